//! `people:`, `groups:` and `areas:`.

use std::collections::{BTreeMap, BTreeSet};

use super::known::Known;
use super::{Area, Config, Group, Key, Person, Profile, is_shipped_blank};
use crate::change::text::{Fields, Value, is_name};
use crate::change::{AreaKey, DataImpact, Message, PersonKey, Risk};

/// The kinds of SSH key.
const KEY_TYPES: &[&str] = &[
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
];

pub(super) fn groups(root: &Fields<'_>, known: &Known) -> BTreeMap<String, Group> {
    let mut groups = BTreeMap::new();
    for (name, value) in root.fields("groups").map(|f| f.named()).unwrap_or_default() {
        checked_name(name, &value);
        if known.people.contains(name) {
            value.fault_at_key(Message::new("yaml-name-clash").with("name", name));
        }
        let group = if value.is_map() {
            let Some(fields) = value.fields() else {
                continue;
            };
            let team = fields.required("github").and_then(|v| team(&v));
            fields.done();
            team.map(Group::Team)
        } else {
            Some(Group::People(
                value.items().iter().filter_map(|v| known.person(v)).collect(),
            ))
        };
        if let Some(group) = group {
            groups.insert(name.to_owned(), group);
        }
    }
    groups
}

fn team(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    let fits = text
        .split_once('/')
        .is_some_and(|(org, team)| !org.is_empty() && !team.is_empty() && !team.contains('/'));
    if !fits {
        value.fault(Message::new("yaml-team").with("found", &text));
    }
    fits.then_some(text)
}

/// A key of a map of names.
pub(super) fn checked_name(name: &str, value: &Value<'_>) {
    if !is_name(name) {
        value.fault_at_key(Message::new("yaml-name").with("found", name));
    }
}

pub(super) fn people(root: &Fields<'_>, known: &Known, profile: Profile) -> BTreeMap<PersonKey, Person> {
    let mut people = BTreeMap::new();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let named = root
        .required("people")
        .and_then(|v| v.fields())
        .map(|f| f.named())
        .unwrap_or_default();
    for (name, value) in named {
        checked_name(name, &value);
        let Some(fields) = value.fields() else {
            continue;
        };
        let person = person(&fields, known);
        if is_shipped_blank(&person.name) {
            value.warn(Message::new("yaml-blank-person").with("person", name));
        }
        if profile == Profile::Audited && person.github.is_some() && person.github_id.is_none() {
            value.fault_at_key(Message::new("yaml-audited-needs").with("key", "github_id"));
        }
        for identity in identities(&person) {
            if let Some(other) = seen.insert(identity.clone(), name) {
                value.fault_at_key(
                    Message::new("yaml-same-identity")
                        .with("what", identity)
                        .with("other", other),
                );
            }
        }
        fields.done();
        people.insert(name.into(), person);
    }
    people
}

/// Under audit, whoever acts in a role signs: a key for each of them.
pub(super) fn keys_of_roles(root: &Fields<'_>, config: &Config) {
    let mut acting: BTreeSet<&PersonKey> = BTreeSet::new();
    let areas = config.areas.values();
    let services = config.services.values();
    acting.extend(&config.executors);
    acting.extend(config.approvers.by_risk.values().flatten());
    acting.extend(areas.clone().flat_map(|area| &area.owners));
    acting.extend(areas.clone().filter_map(|area| area.executors.as_ref()).flatten());
    acting.extend(services.clone().filter_map(|s| s.executors.as_ref()).flatten());
    let authorities = areas.filter_map(|area| area.approvers.as_ref());
    let authorities = authorities.chain(services.filter_map(|s| s.approvers.as_ref()));
    acting.extend(authorities.flat_map(|authority| authority.by_risk.values().flatten()));
    acting.extend(&config.emergency.declarers);
    acting.extend(&config.emergency_route);
    acting.extend(config.freezes.iter().map(|freeze| &freeze.owner));
    for key in acting {
        if config
            .people
            .get(key)
            .is_some_and(|person| person.keys.is_empty())
        {
            let message = Message::new("yaml-audited-needs").with("key", "keys");
            root.sheet().fault(&format!("people.{key}.keys"), message);
        }
    }
}

/// What tells one human being from another; shared by two keys it would make one person two.
fn identities(person: &Person) -> Vec<String> {
    let mut all: Vec<String> = person.emails.clone();
    all.extend(
        person
            .github
            .as_ref()
            .map(|login| format!("github:{}", login.to_lowercase())),
    );
    all.extend(person.github_id.map(|id| format!("github_id:{id}")));
    all.extend(person.keys.iter().map(|key| key.key.clone()));
    all.sort();
    all.dedup();
    all
}

fn person(fields: &Fields<'_>, known: &Known) -> Person {
    let contacts = fields.fields("contacts").map(|f| f.named()).unwrap_or_default();
    let emails = fields.get("email").map(|v| v.items()).unwrap_or_default();
    Person {
        name: fields
            .required("name")
            .and_then(|v| v.line(100))
            .unwrap_or_default(),
        github: fields.get("github").and_then(|v| login(&v)),
        github_id: fields.get("github_id").and_then(|v| v.number()),
        org: fields
            .get("org")
            .and_then(|v| known.name(&v, "organisation", &known.organisations)),
        emails: emails.iter().filter_map(email).collect(),
        contacts: contacts
            .into_iter()
            .filter_map(|(key, v)| Some((key.to_owned(), v.secret()?)))
            .collect(),
        duty: fields
            .get("duty")
            .and_then(|v| known.name(&v, "window", &known.windows)),
        keys: fields
            .get("keys")
            .map(|v| v.items())
            .unwrap_or_default()
            .iter()
            .filter_map(key)
            .collect(),
        from: fields.day("from"),
        until: fields.day("until"),
    }
}

fn login(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    let fits = is_login(&text);
    if !fits {
        let mut message = Message::new("yaml-login").with("found", &text);
        let meant = ["@", "https://github.com/", "github.com/"].iter();
        if let Some(meant) = meant
            .filter_map(|start| text.strip_prefix(start))
            .find(|meant| is_login(meant))
        {
            message = message.with("suggestion", meant);
        }
        value.fault(message);
    }
    fits.then_some(text)
}

fn is_login(text: &str) -> bool {
    (1..=39).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn email(value: &Value<'_>) -> Option<String> {
    let text = value.text()?.to_lowercase();
    let fits = text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(char::is_whitespace)
    });
    if !fits {
        value.fault(Message::new("yaml-email").with("found", &text));
    }
    fits.then_some(text)
}

fn key(value: &Value<'_>) -> Option<Key> {
    if !value.is_map() {
        return public_key(value).map(|key| Key {
            key,
            from: None,
            until: None,
        });
    }
    let fields = value.fields()?;
    let key = fields.required("key").and_then(|v| public_key(&v));
    let (from, until) = (fields.day("from"), fields.day("until"));
    fields.done();
    Some(Key {
        key: key?,
        from,
        until,
    })
}

/// Type and base64; the comment behind them is dropped.
fn public_key(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    let mut words = text.split_whitespace();
    let (kind, blob) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let encoded = blob.starts_with("AAAA")
        && blob
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
    if KEY_TYPES.contains(&kind) && encoded {
        return Some(format!("{kind} {blob}"));
    }
    value.fault(Message::new("yaml-ssh-key"));
    None
}

pub(super) fn areas(root: &Fields<'_>, known: &Known) -> BTreeMap<AreaKey, Area> {
    let mut areas = BTreeMap::new();
    for (name, value) in root.fields("areas").map(|f| f.named()).unwrap_or_default() {
        checked_name(name, &value);
        let Some(fields) = value.fields() else {
            continue;
        };
        let area = Area {
            owners: fields
                .get("owners")
                .map(|v| known.persons(&v))
                .unwrap_or_default(),
            approvers: fields.get("approvers").map(|v| known.authority(&v)),
            executors: fields.get("executors").map(|v| known.persons(&v)),
            paths: fields.globs("paths"),
            risk: fields.get("risk").and_then(|v| v.word(Risk::ALL, Risk::as_str)),
            data: fields
                .get("data")
                .and_then(|v| v.word(DataImpact::ALL, DataImpact::as_str)),
            data_correction: fields.text("data_correction"),
            label: fields.get("label").map(|v| label(&v)).unwrap_or_default(),
        };
        fields.done();
        areas.insert(name.into(), area);
    }
    areas
}

fn label(value: &Value<'_>) -> BTreeMap<String, String> {
    let languages = ["ja", "en"];
    if !value.is_map() {
        let Some(text) = value.text() else {
            return BTreeMap::new();
        };
        return languages
            .map(|language| (language.to_owned(), text.clone()))
            .into();
    }
    let Some(fields) = value.fields() else {
        return BTreeMap::new();
    };
    let label = languages
        .into_iter()
        .filter_map(|language| Some((language.to_owned(), fields.text(language)?)))
        .collect();
    fields.done();
    label
}
