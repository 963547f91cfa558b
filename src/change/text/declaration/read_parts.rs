//! The maps inside a declaration.

use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json};

use crate::change::text::{Fields, Value, narrow};
use crate::change::{
    Announcement, AreaKey, ChangeId, Contact, DataImpact, Emergency, EnvironmentKey, Followup, Impact,
    Message, PersonKey, Roles, ServiceKey, Target, Temporary, TestRun, Window,
};

/// Why a change cannot wait.
const GROUNDS: &[&str] = &["outage", "security", "data_loss", "legal", "money"];

/// What is done about an incident.
const MEASURES: &[&str] = &[
    "rollback",
    "disable_feature",
    "restrict_traffic",
    "renew_certificate",
    "restart",
    "scale",
    "config",
    "code",
    "data",
];

/// Every item of a list, or of one value.
pub(super) fn each<T>(
    fields: &Fields<'_>,
    key: &'static str,
    read: impl Fn(&Value<'_>) -> Option<T>,
) -> Vec<T> {
    let items = fields.get(key).map(|value| value.items()).unwrap_or_default();
    items.iter().filter_map(read).collect()
}

/// A map with keys of its own.
pub(super) fn map(fields: &Fields<'_>, key: &'static str) -> Map<String, Json> {
    let inside = fields
        .fields(key)
        .map(|fields| fields.named())
        .unwrap_or_default();
    inside
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.json()))
        .collect()
}

pub(super) fn change_id(value: &Value<'_>) -> Option<ChangeId> {
    let text = value.text()?;
    let id = text.parse().ok();
    if id.is_none() {
        let mut message = Message::new("yaml-change-id").with("found", &text);
        let plain = narrow(&text).to_uppercase();
        if plain.parse::<ChangeId>().is_ok() {
            message = message.with("suggestion", plain);
        }
        value.fault(message);
    }
    id
}

pub(super) fn target(value: &Value<'_>) -> Option<Target> {
    if !value.is_map() {
        return value.text().map(|text| Target {
            resource: Some(text),
            ..Target::default()
        });
    }
    let fields = value.fields()?;
    let target = Target {
        service: fields.get("service").and_then(|v| v.name()).map(ServiceKey::from),
        environment: fields
            .get("environment")
            .and_then(|v| v.name())
            .map(EnvironmentKey::from),
        area: fields.get("area").and_then(|v| v.name()).map(AreaKey::from),
        resource: fields.text("resource"),
        paths: fields.globs("paths"),
    };
    fields.done();
    Some(target)
}

pub(super) fn roles(fields: Fields<'_>) -> Roles {
    let roles = Roles {
        requester: fields.person("requester"),
        executor: fields.person("executor"),
        approvers: each(&fields, "approvers", |v| v.name().map(PersonKey::from)),
        verifier: fields.person("verifier"),
    };
    fields.done();
    roles
}

pub(super) fn impact(fields: Fields<'_>) -> Impact {
    let impact = Impact {
        functions: fields.texts("functions"),
        users: fields.text("users"),
        downtime: fields.period("downtime"),
        data: fields
            .get("data")
            .and_then(|v| v.word(DataImpact::ALL, DataImpact::as_str)),
        visible: fields.truth("visible"),
        money: fields.truth("money"),
        security: fields.text("security"),
        vendors: each(&fields, "vendors", |v| v.name()),
    };
    fields.done();
    impact
}

pub(super) fn test_run(value: &Value<'_>) -> Option<TestRun> {
    if !value.is_map() {
        return value.text().map(|what| TestRun {
            what,
            ..TestRun::default()
        });
    }
    let fields = value.fields()?;
    let what = fields.required("what").and_then(|v| v.text());
    let result = fields.text("result");
    let evidence = fields.text("evidence");
    fields.done();
    Some(TestRun {
        what: what?,
        result,
        evidence,
    })
}

/// The window's keys; one time, or two in one text, are told what they lack.
pub(super) fn start_and_end<'s>(value: &Value<'s>) -> Option<Fields<'s>> {
    value.fields_or(Message::new("yaml-window-text"))
}

pub(super) fn window(fields: Fields<'_>, zone: &TimeZone) -> Window {
    let window = Window {
        start: fields.moment("start", zone),
        end: fields.moment("end", zone),
        estimate: fields.period("estimate"),
    };
    if let (Some(start), Some(end)) = (window.start, window.end)
        && end <= start
    {
        fields.sheet().fault(
            &fields.path("end"),
            Message::new("yaml-ends-before-start").with("start", start),
        );
    }
    fields.done();
    window
}

pub(super) fn contact(value: &Value<'_>, zone: &TimeZone) -> Option<Contact> {
    if !value.is_map() {
        return value.name().map(|rule| Contact {
            rule: Some(rule),
            announcement: None,
        });
    }
    let fields = value.fields()?;
    let contact = Contact {
        rule: fields.get("rule").and_then(|v| v.name()),
        announcement: fields.fields("announcement").map(|f| announcement(f, zone)),
    };
    fields.done();
    Some(contact)
}

fn announcement(fields: Fields<'_>, zone: &TimeZone) -> Announcement {
    let announcement = Announcement {
        owner: fields.person("owner"),
        template: fields.text("template"),
        sent_at: fields.moment("sent_at", zone),
    };
    fields.done();
    announcement
}

pub(super) fn emergency(fields: Fields<'_>, zone: &TimeZone) -> Emergency {
    let word = |key, all: &[&'static str]| {
        fields
            .get(key)
            .and_then(|v| v.word(all, |word| word))
            .map(str::to_owned)
    };
    let emergency = Emergency {
        incident: fields.text("incident"),
        grounds: word("grounds", GROUNDS),
        measure: word("measure", MEASURES),
        detected_at: fields.moment("detected_at", zone),
    };
    fields.done();
    emergency
}

pub(super) fn temporary(fields: Fields<'_>, zone: &TimeZone) -> Temporary {
    let temporary = Temporary {
        remove_by: fields.moment("remove_by", zone),
        removal: fields.get("removal").and_then(|v| change_id(&v)),
    };
    fields.done();
    temporary
}

pub(super) fn followup(value: &Value<'_>) -> Option<Followup> {
    let fields = value.fields()?;
    let what = fields.required("what").and_then(|v| v.text());
    let owner = fields.person("owner");
    let due = fields.day("due");
    fields.done();
    Some(Followup {
        what: what?,
        owner,
        due,
    })
}
