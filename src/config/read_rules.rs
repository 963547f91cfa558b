//! `rules:` in its shape; whether a rule and its parameters exist is known where the rules are.

use super::{RuleSetting, RuleSettings};
use crate::change::Message;
use crate::change::text::{Fields, Node, Shape, Value, narrow};

/// What a rule may come to.
const EFFECTS: &[&str] = &["deny", "warn", "info", "off"];

pub(super) fn rules(root: &Fields<'_>) -> RuleSettings {
    let named = root.fields("rules").map(|fields| fields.named());
    let mut rules = RuleSettings::new();
    for (code, value) in named.unwrap_or_default() {
        if !is_code(code) {
            let mut message = Message::new("yaml-rule-code").with("found", code);
            let plain = narrow(code).to_uppercase().replace('_', "-");
            if is_code(&plain) {
                message = message.with("suggestion", plain);
            }
            value.fault_at_key(message);
        }
        rules.insert(code.to_owned(), setting(&value));
    }
    rules
}

/// Two to five capital letters, a dash and two or three digits; house rules have such codes too.
fn is_code(code: &str) -> bool {
    code.split_once('-').is_some_and(|(group, number)| {
        (2..=5).contains(&group.len())
            && group.bytes().all(|b| b.is_ascii_uppercase())
            && (2..=3).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// An effect, or a map of effect, reason and parameters.
fn setting(value: &Value<'_>) -> RuleSetting {
    let mut setting = RuleSetting::default();
    let effect = |value: Value<'_>| value.word(EFFECTS, |word| word).map(str::to_owned);
    let Some(fields) = value.fields_if_map() else {
        setting.effect = effect(value.clone());
        return setting;
    };
    setting.effect = fields.get("effect").and_then(effect);
    setting.reason = fields.text("reason");
    for (name, value) in fields.others() {
        if !is_parameter(name) {
            value.fault_at_key(Message::new("yaml-rule-parameter-name").with("found", name));
        } else if !fits(value.node()) {
            value.fault(Message::new("yaml-rule-parameter").with("found", name));
        } else {
            setting
                .parameters
                .insert(name.to_owned(), value.json_with_fractions());
        }
    }
    if fields.named().is_empty() {
        value.fault(Message::new("yaml-empty"));
    }
    setting
}

/// Lower case with underscores, as in `max_age`.
fn is_parameter(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// One value, a list of values, or a map from a word to one value.
fn fits(node: &Node) -> bool {
    let single = |node: &Node| matches!(node.shape, Shape::Scalar(_));
    match &node.shape {
        Shape::Empty => false,
        Shape::Scalar(_) => true,
        Shape::List(items) => items.iter().all(single),
        Shape::Map(entries) => !entries.is_empty() && entries.iter().all(|entry| single(&entry.value)),
    }
}
