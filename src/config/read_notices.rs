//! `channels:`, `smtp:`, `contact_rules:` and `vendors:`: checked, and kept as they were written.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::known::Known;
use crate::change::Message;
use crate::change::text::{Fields, Value};

/// Checks one section; what is wrong goes to the sheet.
type Check = fn(&Value<'_>, &Known);

pub(super) fn notices(root: &Fields<'_>, known: &Known) -> BTreeMap<String, Json> {
    let sections: [(&'static str, Check); 4] = [
        ("channels", channels),
        ("smtp", smtp),
        ("contact_rules", contact_rules),
        ("vendors", vendors),
    ];
    let mut notices = BTreeMap::new();
    for (key, check) in sections {
        if let Some(value) = root.get(key) {
            check(&value, known);
            notices.insert(key.to_owned(), value.json());
        }
    }
    notices
}

fn channels(value: &Value<'_>, _: &Known) {
    for (_, channel) in value.fields().map(|f| f.named()).unwrap_or_default() {
        let Some(fields) = channel.fields() else {
            continue;
        };
        let mut ways = 0;
        for key in ["slack", "teams", "webhook"] {
            if let Some(address) = fields.get(key) {
                address.secret();
                ways += 1;
            }
        }
        if let Some(room) = fields.fields("chatwork") {
            room.required("room").and_then(|v| v.text());
            room.required("token").and_then(|v| v.secret());
            room.done();
            ways += 1;
        }
        ways += usize::from(!fields.texts("email").is_empty());
        ways += usize::from(
            fields
                .get("github")
                .and_then(|v| v.word(&["issue"], |w| w))
                .is_some(),
        );
        if ways != 1 {
            channel.fault(Message::new("yaml-channel"));
        }
        fields.done();
    }
}

fn smtp(value: &Value<'_>, _: &Known) {
    let Some(fields) = value.fields() else { return };
    fields.required("host").and_then(|v| v.text());
    fields.required("from").and_then(|v| v.text());
    fields.text("user");
    fields.get("password").and_then(|v| v.secret());
    fields.done();
}

fn contact_rules(value: &Value<'_>, known: &Known) {
    for (_, rule) in value.fields().map(|f| f.named()).unwrap_or_default() {
        let Some(fields) = rule.fields() else {
            continue;
        };
        for key in ["start", "finish", "rollback", "emergency", "overdue"] {
            fields.get(key).inspect(|v| receivers(v, known));
        }
        if let Some(before) = fields.fields("before") {
            before.required("lead").and_then(|v| v.period());
            before.required("to").inspect(|v| receivers(v, known));
            before.done();
        }
        fields.done();
    }
}

/// Channels, people, or `phone:person`.
fn receivers(value: &Value<'_>, known: &Known) {
    for item in value.items() {
        let Some(text) = item.text() else { continue };
        let people = || known.people.iter().map(String::as_str);
        match text.strip_prefix("phone:") {
            Some(person) => item.known(person, "person", people()),
            None => item.known(
                &text,
                "receiver",
                known.channels.iter().map(String::as_str).chain(people()),
            ),
        };
    }
}

fn vendors(value: &Value<'_>, _: &Known) {
    for (_, vendor) in value.fields().map(|f| f.named()).unwrap_or_default() {
        let Some(fields) = vendor.fields() else {
            continue;
        };
        fields.required("name").and_then(|v| v.text());
        for key in ["contact", "hours", "status_url"] {
            fields.text(key);
        }
        fields.done();
    }
}
