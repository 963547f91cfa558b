//! What a draft of a declaration still lacks, and why it is asked for.

use jiff::tz::TimeZone;

use crate::change::text::declaration::{self, Draft};
use crate::change::text::{Document, Fault};
use crate::change::{ChangeType, Declaration, EnvironmentKey, Message, PersonKey, Risk, ServiceKey};
use crate::dossier::completion::{Surroundings, complete};
use crate::dossier::risk_floor;
use crate::policy::{Demand, Effect, missing_fields};

use super::{InForce, Ports};

/// What is known of the work besides the draft.
#[derive(Debug, Clone, Copy)]
pub struct Staged<'a> {
    /// The paths that the change will touch, as far as they are staged.
    pub paths: &'a [String],
    /// Whether commits carry the change.
    pub by_pipeline: bool,
    /// Who declares.
    pub actor: Option<&'a PersonKey>,
    /// The service that was named.
    pub service: Option<&'a ServiceKey>,
}

/// What a draft comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    /// The type.
    pub change_type: ChangeType,
    /// The risk.
    pub risk: Risk,
    /// What made it more than low: `kind:…`, `area:…`, `paths`, `manual`, …
    pub because: Vec<String>,
    /// The fields that are missing, each with why it is needed.
    pub missing: Vec<(String, Demand)>,
}

/// Completes the draft as the gate would, and looks at what is then missing. Placeholders count as
/// missing.
///
/// # Errors
/// What is wrong in the draft.
pub fn needs(
    ports: Ports<'_>,
    rules: &InForce,
    draft: &Draft,
    staged: Staged<'_>,
) -> Result<Needs, Vec<Fault>> {
    let config = &rules.config;
    let typed = typed(draft, &config.calendar.zone)?;
    let stated = typed.targets.first().and_then(|target| target.service.as_ref());
    let first = config.services.keys().next();
    let nobody = PersonKey::from("");
    let nothing = ServiceKey::from("");
    let paths = staged.paths;
    let terms = rules.terms();
    let around = Surroundings {
        config,
        service: staged.service.or(stated).or(first).unwrap_or(&nothing),
        environment: &EnvironmentKey::from("production"),
        actor: staged.actor.or(config.executors.first()).unwrap_or(&nobody),
        author: staged.actor,
        areas: &rules.ground.areas(paths),
        path_risk: rules.ground.risk_floor(paths).0,
        has_units: staged.by_pipeline,
        elsewhere: rules.ground.elsewhere(paths),
        terms,
        at: ports.at(config),
    };
    let (completed, _) = complete(&typed, around);
    let change_type = completed.change_type.unwrap_or(ChangeType::Normal);
    let risk = completed.risk.unwrap_or(Risk::Low);
    let (floor, because) = risk_floor(&completed, around);
    let mut missing = missing_fields(change_type, risk, &declaration::to_value(&completed));
    let asks_for_tests = rules.bundle.effect("PRC-03", change_type) == Some(Effect::Deny);
    let is_asked = missing.iter().any(|(field, _)| field == "tests");
    if asks_for_tests && risk > Risk::Low && completed.tests.is_empty() && !is_asked {
        missing.push(("tests".to_owned(), Demand::Risk(Risk::Medium)));
    }
    Ok(Needs {
        change_type,
        risk,
        because: if floor == risk { because } else { Vec::new() },
        missing,
    })
}

/// The declaration as far as it is settled.
fn typed(draft: &Draft, zone: &TimeZone) -> Result<Declaration, Vec<Fault>> {
    let document = Document::parse(&draft.settled().text())?;
    declaration::read(&document, zone, None).map(|(declaration, _)| declaration)
}

/// Those of `faults` that something other than a placeholder is to blame for, and the fields of the
/// placeholders.
pub fn placeholder_faults(draft: &Draft, faults: Vec<Fault>) -> (Vec<Fault>, Vec<String>) {
    let fields: Vec<String> = draft.placeholders().into_iter().map(|(field, _)| field).collect();
    let is_placeholder = |fault: &Fault| {
        let field = fault.field.split('[').next().unwrap_or_default();
        fields.iter().any(|known| known == &fault.field || known == field)
    };
    let others = faults
        .into_iter()
        .filter(|fault| !is_placeholder(fault))
        .collect();
    (others, fields)
}

/// `faults` of a file with one sentence for each placeholder in it, whatever else a placeholder breaks.
pub(super) fn with_placeholders_named(bytes: &[u8], faults: Vec<Fault>) -> Vec<Fault> {
    let Ok(document) = Document::parse_bytes(bytes) else {
        return faults;
    };
    let draft = Draft::read(document.text()).unwrap_or_default();
    let (mut faults, fields) = placeholder_faults(&draft, faults);
    if fields.is_empty() {
        return faults;
    }
    faults.extend(
        draft
            .placeholder_places()
            .into_iter()
            .map(|(field, words)| Fault {
                place: document.place(&field),
                message: Message::new("yaml-placeholder").with("hint", words.trim_matches(['<', '>'])),
                field,
                warning: false,
            }),
    );
    faults.sort_by_key(|fault| fault.place.as_ref().map(|place| place.bytes.start));
    faults
}
