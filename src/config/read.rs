//! From text to configuration.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::known::Known;
use super::read_settings as settings;
use super::{
    Config, Language, Profile, read_notices, read_people, read_rules, read_templates, read_what, read_when,
};
use crate::change::Message;
use crate::change::text::{Asked, Document, Fault, Fields, Sheet};

/// Reads `sekisho.yml`. A file without `services:` has one, named `default_service`; `read_file`
/// gives the text of a file of the repository, for lists of holidays. The second value holds
/// warnings.
///
/// # Errors
/// Every fault of the file, in its order.
pub fn read(
    text: &str,
    default_service: &str,
    read_file: &dyn Fn(&str) -> Option<String>,
) -> Result<(Config, Vec<Fault>), Vec<Fault>> {
    let document = Document::parse(text)?;
    let sheet = Sheet::new(&document);
    let config = sheet
        .root()
        .and_then(|root| whole(root, default_service, read_file));
    sheet.refuse_stray_secrets();
    let (faults, warnings) = sheet.into_faults();
    match config {
        Some(config) if faults.is_empty() => Ok((config, warnings)),
        _ => Err(faults),
    }
}

/// Everything that is asked of a configuration.
pub fn asked() -> Asked {
    Asked::by(|sheet| {
        if let Some(root) = sheet.root() {
            whole(root, "any", &|_| None);
        }
    })
}

fn whole(
    root: Fields<'_>,
    default_service: &str,
    read_file: &dyn Fn(&str) -> Option<String>,
) -> Option<Config> {
    let missing = Message::new("yaml-version-missing").with("expected", "1");
    if let Some(version) = root.required_or("version", missing)
        && !version.is("1")
    {
        version.fault(
            Message::new("yaml-version")
                .with("expected", 1)
                .with("suggestion", 1),
        );
    }
    let profile = root
        .get("profile")
        .and_then(|v| v.word(Profile::ALL, Profile::as_str))
        .unwrap_or_default();
    let language = root
        .get("language")
        .and_then(|v| v.word(&["ja", "en"], |word| word))
        .map(|word| match word {
            "ja" => Language::Ja,
            _ => Language::En,
        });
    let mut known = Known::of(&root, default_service);
    let organisations = root.fields("organisations").map(texts).unwrap_or_default();
    known.groups = read_people::groups(&root, &known);
    let people = read_people::people(&root, &known, profile);
    let (calendar, holiday_files) = read_when::calendar(&root, language, read_file);
    let zone: TimeZone = calendar.zone.clone();
    let executors = root
        .required("executors")
        .map(|v| known.persons(&v))
        .unwrap_or_default();
    let approvers = root
        .required("approvers")
        .map(|v| known.authority(&v))
        .unwrap_or_default();
    let rollback_plans = read_what::rollback_plans(&root, &known, &zone);
    let services = read_what::services(&root, &known, default_service);
    let approval = settings::approval(&root, &known, profile);
    let (emergency, emergency_route) = settings::emergency(
        &root,
        &known,
        profile,
        &executors,
        &approvers,
        &approval.outside_reviewers,
    );
    let config = Config {
        profile,
        language,
        organisations,
        areas: read_people::areas(&root, &known),
        templates: read_templates::templates(&root, &known, &services, &rollback_plans, &zone),
        environments: read_what::environments(&root),
        verification: root
            .get("verification")
            .and_then(|v| crate::change::text::verification(&v)),
        windows: read_when::windows(&root, profile),
        freezes: read_when::freezes(&root, &known, &zone),
        notices: read_notices::notices(&root, &known),
        due: settings::due(&root, profile),
        trust: settings::trust(&root, profile),
        paths: settings::paths(&root, &holiday_files),
        rules: read_rules::rules(&root),
        people,
        groups: known.groups,
        executors,
        approvers,
        services,
        rollback_plans,
        calendar,
        approval,
        emergency,
        emergency_route,
    };
    if profile == Profile::Audited {
        read_people::keys_of_roles(&root, &config);
    }
    root.done();
    Some(config)
}

fn texts(fields: Fields<'_>) -> BTreeMap<String, String> {
    let pairs = fields.named().into_iter();
    pairs
        .filter_map(|(key, value)| Some((key.to_owned(), value.text()?)))
        .collect()
}
