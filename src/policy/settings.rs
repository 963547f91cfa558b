//! What `rules:` of `sekisho.yml` makes of a rule: another effect, other parameters.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::rule::{Cell, Keeper, Rule, in_seconds, is_glob};
use super::{BundleError, Catalog, Effect, RuleId};
use crate::change::text::likely;
use crate::change::{Message, Period};
use crate::config::{Profile, RuleSetting, RuleSettings};

/// What a repository made of a rule's effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// The effect of every failure; `None`: the rule is not run.
    pub(crate) effect: Option<Effect>,
    /// Why, where it is lower than shipped.
    pub(crate) reason: Option<String>,
}

/// Who says what the value of a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The rule's own default.
    Shipped,
    /// The default of the profile.
    Profile,
    /// `rules:` of `sekisho.yml`.
    Config,
}

/// Who says what each parameter of a rule is.
pub(crate) fn origins(
    rule: &Rule,
    profile: Profile,
    setting: Option<&RuleSetting>,
) -> BTreeMap<String, Origin> {
    let own = rule.parameters.profile.get(profile.as_str());
    let origin = |name: &String| match (setting, own) {
        (Some(setting), _) if setting.parameters.contains_key(name) => Origin::Config,
        (_, Some(own)) if own.contains_key(name) => Origin::Profile,
        _ => Origin::Shipped,
    };
    let values = rule.parameters.of(profile);
    values.keys().map(|name| (name.clone(), origin(name))).collect()
}

/// Checks all settings against the catalogue.
///
/// # Errors
/// [`BundleError::Setting`] for the first that fits no rule.
pub(crate) fn known(catalog: &Catalog, settings: &RuleSettings) -> Result<(), BundleError> {
    for code in settings.keys() {
        let field = format!("rules.{code}");
        match catalog.get(&RuleId::new(code)).map(|rule| &rule.keeper) {
            None => {
                let codes: Vec<&str> = catalog.all().map(|rule| rule.code.as_str()).collect();
                let message = Message::new("rules-unknown").with("code", code);
                return Err(BundleError::setting(field, meant(message, code, &codes)));
            }
            Some(Keeper::Engine | Keeper::Obligation) => {
                return Err(BundleError::setting(
                    field,
                    Message::new("rules-engine").with("code", code),
                ));
            }
            Some(Keeper::File(_)) => {}
        }
    }
    Ok(())
}

/// The effect that a setting chooses; `None` when it leaves it as shipped.
pub(crate) fn effect(rule: &Rule, setting: Option<&RuleSetting>) -> Result<Option<Chosen>, BundleError> {
    let Some((setting, word)) = setting.and_then(|s| Some((s, s.effect.as_deref()?))) else {
        return Ok(None);
    };
    let field = |name: &str| format!("rules.{}.{name}", rule.code);
    let effect = match word {
        "deny" => Some(Effect::Deny),
        "warn" => Some(Effect::Warn),
        "info" => Some(Effect::Info),
        "off" => None,
        _ => {
            let message = Message::new("rules-effect").with("effect", word);
            return Err(BundleError::setting(field("effect"), message));
        }
    };
    let reason = setting
        .reason
        .as_deref()
        .map(str::trim)
        .filter(|reason| !reason.is_empty());
    let lowers = rule.effect.all().iter().any(|cell| match cell {
        Cell::Run(shipped) => effect.is_none_or(|effect| effect < *shipped),
        Cell::Template | Cell::Never | Cell::Stop => effect.is_none(),
    });
    if lowers && reason.is_none() {
        let message = Message::new("rules-reason").with("code", &rule.code);
        return Err(BundleError::setting(field("effect"), message));
    }
    Ok(Some(Chosen {
        effect,
        reason: reason.map(str::to_owned),
    }))
}

/// The parameters in force: defaults, then the profile's, then the setting's.
pub(crate) fn parameters(
    rule: &Rule,
    profile: Profile,
    setting: Option<&RuleSetting>,
) -> Result<Map<String, Value>, BundleError> {
    let mut values = rule.parameters.of(profile);
    for (name, given) in setting.into_iter().flat_map(|setting| &setting.parameters) {
        let field = format!("rules.{}.{name}", rule.code);
        let Some(value) = values.get_mut(name) else {
            let message = Message::new("rules-unknown-parameter")
                .with("code", &rule.code)
                .with("parameter", name);
            let known: Vec<&str> = rule.parameters.defaults.keys().map(String::as_str).collect();
            return Err(BundleError::setting(field, meant(message, name, &known)));
        };
        let terms = Terms {
            words: rule.parameters.words.get(name).map(Vec::as_slice),
            adds: rule.parameters.added.contains(name),
            duration: rule.parameters.durations.contains(name),
            globs: rule.parameters.globs.contains(name),
        };
        merge(value, given, terms, &field)?;
    }
    Ok(values)
}

/// The message with the known word that is nearest, where one is near.
fn meant(message: Message, word: &str, known: &[&str]) -> Message {
    match likely(word, known) {
        Some(near) => message.with("suggestion", near),
        None => message,
    }
}

/// What a parameter asks of a setting besides its type.
#[derive(Clone, Copy)]
struct Terms<'a> {
    words: Option<&'a [String]>,
    adds: bool,
    duration: bool,
    globs: bool,
}

/// Puts `given` over `value`, which has the type that is asked for.
fn merge(value: &mut Value, given: &Value, terms: Terms<'_>, field: &str) -> Result<(), BundleError> {
    let wrong = |expected: &str| {
        let message = Message::new("rules-type")
            .with("expected", expected)
            .with("found", given);
        Err(BundleError::setting(field.to_owned(), message))
    };
    match (&mut *value, given) {
        (Value::Number(_), given) if terms.duration => {
            let Some(seconds) = given.as_str().and_then(|_| in_seconds(given)) else {
                let message = Message::new("rules-duration").with("found", given);
                return Err(BundleError::setting(field.to_owned(), message));
            };
            *value = seconds;
            return Ok(());
        }
        (Value::Bool(_), Value::Bool(_)) => {}
        (Value::Number(_), Value::Number(number)) if number.is_u64() => {}
        (Value::String(_), Value::String(text)) => {
            if let Some(words) = terms.words
                && !words.contains(text)
            {
                return wrong(&words.join(", "));
            }
            if is_period(value) && !is_period(given) {
                return wrong(PERIODS);
            }
        }
        (Value::Array(items), _) => return list(items, given, terms, field),
        (Value::Object(own), Value::Object(fields)) => {
            for (name, given) in fields {
                let place = format!("{field}.{name}");
                let Some(value) = own.get_mut(name) else {
                    let message = Message::new("rules-unknown-field").with("field", name);
                    let known: Vec<&str> = own.keys().map(String::as_str).collect();
                    return Err(BundleError::setting(place, meant(message, name, &known)));
                };
                merge(value, given, terms, &place)?;
            }
            return Ok(());
        }
        (expected, _) => return wrong(kind(expected)),
    }
    *value = given.clone();
    Ok(())
}

/// What a length of time looks like.
const PERIODS: &str = "30m, 4h, 7d, 2bd";

/// Whether a text is a length of time. A parameter that is one by default takes only those, so
/// that nothing has to guess what another word means.
fn is_period(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.parse::<Period>().is_ok())
}

/// A list, of which a single value may be written alone; items have the type of the first.
fn list(items: &mut Vec<Value>, given: &Value, terms: Terms<'_>, field: &str) -> Result<(), BundleError> {
    let text = Value::from("");
    let expected = kind(items.first().unwrap_or(&text));
    let given = match given {
        Value::Array(given) => given.clone(),
        one => vec![one.clone()],
    };
    if let Some((index, found)) = given.iter().enumerate().find(|(_, item)| kind(item) != expected) {
        let message = Message::new("rules-type")
            .with("expected", expected)
            .with("found", found);
        return Err(BundleError::setting(format!("{field}[{index}]"), message));
    }
    if terms.globs
        && let Some((index, found)) = given.iter().enumerate().find(|(_, item)| !is_glob(item))
    {
        let message = Message::new("rules-glob").with("found", found);
        return Err(BundleError::setting(format!("{field}[{index}]"), message));
    }
    if terms.adds {
        items.extend(given);
    } else {
        *items = given;
    }
    Ok(())
}

/// The word for a type, as messages use it.
const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "map",
    }
}
