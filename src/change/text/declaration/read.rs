//! From a document to a declaration.

use jiff::tz::TimeZone;

use super::SCHEMA;
use super::misplaced::misplaced;
use super::read_parts as parts;
use crate::change::text::{Asked, Document, Fault, Fields, Sheet, rollback, verification};
use crate::change::{
    ChangeId, ChangeType, Declaration, Delivery, Kind, Message, Risk, RollbackChoice, TemplateKey,
};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 80;

/// Reads a declaration. Times without offset are `zone`'s; `file_stem` is the file's name without
/// its ending, which is the change's id. The second value holds warnings.
///
/// # Errors
/// Every fault of the file, in its order.
pub fn read(
    document: &Document,
    zone: &TimeZone,
    file_stem: Option<&str>,
) -> Result<(Declaration, Vec<Fault>), Vec<Fault>> {
    let sheet = Sheet::new(document);
    let declaration = sheet.root().map(|fields| whole(fields, zone, file_stem));
    let (faults, warnings) = sheet.into_faults();
    match declaration {
        Some(declaration) if faults.is_empty() => Ok((declaration, warnings)),
        _ => Err(faults),
    }
}

/// Everything that is asked of a declaration.
pub fn asked() -> Asked {
    Asked::by(|sheet| {
        if let Some(fields) = sheet.root() {
            whole(fields, &TimeZone::UTC, None);
        }
    })
}

fn whole(fields: Fields<'_>, zone: &TimeZone, file_stem: Option<&str>) -> Declaration {
    schema(&fields);
    let id = id(&fields, file_stem);
    let change_type = fields
        .get("type")
        .and_then(|v| v.word(ChangeType::ALL, ChangeType::as_str));
    let declaration = Declaration {
        id,
        change_type,
        risk: fields.get("risk").and_then(|v| v.word(Risk::ALL, Risk::as_str)),
        reversible_until: fields.moment("reversible_until", zone),
        depends_on: parts::each(&fields, "depends_on", parts::change_id),
        rollback: fields.get("rollback").and_then(|value| {
            if value.is_map() {
                return rollback(&value, zone).map(|plan| RollbackChoice::Stated(Box::new(plan)));
            }
            value.name().map(RollbackChoice::Named)
        }),
        template: fields
            .get("template")
            .and_then(|v| v.name())
            .map(TemplateKey::from),
        params: parts::map(&fields, "params"),
        emergency: fields.fields("emergency").map(|f| parts::emergency(f, zone)),
        temporary: fields
            .fields("temporary")
            .map(|f| parts::temporary(f, zone))
            .unwrap_or_default(),
        followups: parts::each(&fields, "followups", parts::followup),
        salt: fields.text("salt"),
        ..common(&fields, zone)
    };
    if let (Some(start), Some(until)) = (declaration.window.start, declaration.reversible_until)
        && until <= start
    {
        let message = Message::new("yaml-ends-before-start").with("start", start);
        fields.sheet().fault(&fields.path("reversible_until"), message);
    }
    misplaced(&fields);
    fields.done();
    declaration
}

/// The keys that a template may bring along as well; the others stay as they are by default.
pub fn common(fields: &Fields<'_>, zone: &TimeZone) -> Declaration {
    Declaration {
        title: fields.get("title").and_then(|v| v.line(LONGEST_TITLE)),
        kind: fields.get("kind").and_then(|v| v.word(Kind::ALL, Kind::as_str)),
        delivery: fields
            .get("delivery")
            .and_then(|v| v.word(Delivery::ALL, Delivery::as_str)),
        targets: parts::each(fields, "targets", parts::target),
        reason: fields.text("reason"),
        description: fields.text("description"),
        references: fields.texts("references"),
        roles: fields.fields("roles").map(parts::roles).unwrap_or_default(),
        impact: fields.fields("impact").map(parts::impact).unwrap_or_default(),
        procedure: fields.text("procedure"),
        plan: fields.get("plan").and_then(|v| v.path()),
        tests: parts::each(fields, "tests", parts::test_run),
        window: fields
            .get("window")
            .and_then(|v| parts::start_and_end(&v))
            .map(|f| parts::window(f, zone))
            .unwrap_or_default(),
        verification: fields
            .get("verification")
            .and_then(|v| verification(&v))
            .unwrap_or_default(),
        contact: fields
            .get("contact")
            .and_then(|v| parts::contact(&v, zone))
            .unwrap_or_default(),
        details: parts::map(fields, "details"),
        ..Declaration::default()
    }
}

fn schema(fields: &Fields<'_>) {
    let Some(value) = fields.required("schema") else {
        return;
    };
    if !value.is(SCHEMA) {
        value.fault(
            Message::new("yaml-schema")
                .with("expected", SCHEMA)
                .with("suggestion", SCHEMA),
        );
    }
}

/// The id inside, which must agree with the file's name.
fn id(fields: &Fields<'_>, file_stem: Option<&str>) -> Option<ChangeId> {
    let named: Option<ChangeId> = file_stem.and_then(|stem| stem.parse().ok());
    if let (Some(stem), None) = (file_stem, &named) {
        fields
            .sheet()
            .fault("", Message::new("yaml-file-name").with("found", stem));
    }
    let Some(value) = fields.get("id") else {
        return named;
    };
    let written = parts::change_id(&value)?;
    match named {
        Some(named) if named != written => {
            value.fault(
                Message::new("yaml-id-differs")
                    .with("found", &written)
                    .with("expected", &named)
                    .with("suggestion", &named),
            );
            None
        }
        _ => Some(written),
    }
}
