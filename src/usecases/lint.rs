//! What is wrong in one declaration, as far as a file shows it.

use jiff::tz::TimeZone;

use crate::change::text::{Document, Fault, declaration};
use crate::change::{ChangeId, ChangeType, Declaration, Message};
use crate::dossier::{Lack, unclear};
use crate::policy::Effect;

use super::{InForce, Lookup, references};

/// What is wrong in one declaration, warnings included; with `rules`, names are looked up too.
pub fn declaration_faults(path: &str, bytes: &[u8], rules: Option<&InForce>) -> Vec<Fault> {
    looked_up(path, bytes, rules, None)
}

/// The same; with `lookup`, paths and other changes are looked up, and texts that say nothing
/// are found.
pub(super) fn looked_up(
    path: &str,
    bytes: &[u8],
    rules: Option<&InForce>,
    lookup: Option<&Lookup<'_>>,
) -> Vec<Fault> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name
        .strip_suffix(".yml")
        .filter(|stem| stem.parse::<ChangeId>().is_ok());
    let mut faults: Vec<Fault> = stem.is_none().then(|| misnamed(name)).into_iter().collect();
    let document = match Document::parse_bytes(bytes) {
        Ok(document) => document,
        Err(unreadable) => return [faults, unreadable].concat(),
    };
    let zone = rules.map_or(TimeZone::UTC, |rules| rules.config.calendar.zone.clone());
    match declaration::read(&document, &zone, stem) {
        Ok((declaration, warnings)) => {
            faults.extend(warnings);
            // A change of the past was judged by the people, files and words of its time.
            let past = lookup.is_some_and(|lookup| passed(&declaration, lookup));
            if let Some(rules) = rules.filter(|_| !past) {
                faults.extend(references::faults(&document, &declaration, &rules.config, lookup));
                if lookup.is_some() {
                    faults.extend(empty_words(&document, &declaration, rules));
                }
            }
        }
        Err(mut found) => {
            if let Some(rules) = rules {
                references::people_by_name(&mut found, &rules.config);
            }
            faults.extend(found);
        }
    }
    faults.sort_by_key(|fault| fault.place.as_ref().map(|place| place.bytes.start));
    faults
}

fn passed(declaration: &Declaration, lookup: &Lookup<'_>) -> bool {
    declaration
        .id
        .as_ref()
        .is_some_and(|id| lookup.decided.contains(id))
}

/// The file's name, with the one that was probably meant.
fn misnamed(name: &str) -> Fault {
    let mut message = Message::new("yaml-file-name").with("found", name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let meant = stem.to_uppercase();
    if meant.parse::<ChangeId>().is_ok() {
        message = message.with("suggestion", format!("{meant}.yml"));
    }
    Fault {
        place: None,
        field: String::new(),
        message,
        warning: false,
    }
}

/// Placeholders and phrases, in the words of the rules that will find them.
fn empty_words(document: &Document, declaration: &Declaration, rules: &InForce) -> Vec<Fault> {
    let change_type = declaration.change_type.unwrap_or(match declaration.template {
        Some(_) => ChangeType::Standard,
        None => ChangeType::Normal,
    });
    let found = unclear(declaration, rules.words()).into_iter();
    found
        .filter_map(|unclear| {
            let (code, key, name, value) = match unclear.lack {
                Lack::Placeholder => ("DEC-03", "DEC-03.placeholder", "field", &unclear.field),
                Lack::VagueStep => ("RBK-02", "RBK-02.vague", "step", &unclear.text),
                Lack::VagueCriterion => ("RBK-04", "RBK-04.vague", "criterion", &unclear.text),
            };
            let effect = rules.bundle.effect(code, change_type)?;
            Some(Fault {
                place: document.place(&unclear.field),
                message: Message::new(key).with(name, value),
                field: unclear.field,
                warning: effect != Effect::Deny,
            })
        })
        .collect()
}
