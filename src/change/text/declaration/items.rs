//! A declaration as keys and values, in the order of the documentation.

use serde_json::{Map, Value as Json};

use super::SCHEMA;
use super::item::Item;
use crate::change::{
    Contact, Declaration, Emergency, Followup, Impact, Roles, Rollback, RollbackChoice, Target, Temporary,
    TestRun, Verification, Window,
};

/// The declaration as JSON, with the keys of the YAML file.
pub fn to_value(declaration: &Declaration) -> Map<String, Json> {
    items(declaration)
        .into_iter()
        .map(|(key, item)| (key, item.into_json()))
        .collect()
}

/// Every key that holds something.
pub(super) fn items(d: &Declaration) -> Vec<(String, Item)> {
    let pairs = vec![
        ("schema", Some(Item::Text(SCHEMA.to_owned()))),
        ("id", d.id.as_ref().map(Item::text)),
        ("type", d.change_type.as_ref().map(Item::text)),
        ("title", d.title.as_ref().map(Item::text)),
        ("kind", d.kind.as_ref().map(Item::text)),
        ("delivery", d.delivery.as_ref().map(Item::text)),
        ("targets", Item::list(&d.targets, target)),
        ("reason", d.reason.as_ref().map(Item::text)),
        ("description", d.description.as_ref().map(Item::text)),
        ("references", Item::list(&d.references, Item::text)),
        ("roles", roles(&d.roles)),
        ("risk", d.risk.as_ref().map(Item::text)),
        ("impact", impact(&d.impact)),
        ("reversible_until", d.reversible_until.as_ref().map(Item::text)),
        ("procedure", d.procedure.as_ref().map(Item::text)),
        ("plan", d.plan.as_ref().map(Item::text)),
        ("tests", Item::list(&d.tests, test_run)),
        ("window", window(&d.window)),
        ("depends_on", Item::list(&d.depends_on, Item::text)),
        ("rollback", d.rollback.as_ref().map(choice)),
        ("verification", verification(&d.verification)),
        ("contact", contact(&d.contact)),
        ("template", d.template.as_ref().map(Item::text)),
        ("params", json(&d.params)),
        ("emergency", d.emergency.as_ref().map(emergency)),
        ("temporary", temporary(&d.temporary)),
        ("followups", Item::list(&d.followups, followup)),
        ("details", json(&d.details)),
        ("salt", d.salt.as_ref().map(Item::text)),
    ];
    pairs
        .into_iter()
        .filter_map(|(key, item)| Some((key.to_owned(), item?)))
        .collect()
}

fn json(map: &Map<String, Json>) -> Option<Item> {
    if map.is_empty() {
        None
    } else {
        Item::json(&Json::Object(map.clone()))
    }
}

fn target(t: &Target) -> Item {
    let resource_only = Target {
        resource: t.resource.clone(),
        ..Target::default()
    };
    if let Some(resource) = &t.resource
        && *t == resource_only
    {
        return Item::text(resource);
    }
    let map = Item::map(vec![
        ("service", t.service.as_ref().map(Item::text)),
        ("environment", t.environment.as_ref().map(Item::text)),
        ("area", t.area.as_ref().map(Item::text)),
        ("resource", t.resource.as_ref().map(Item::text)),
        ("paths", Item::list(&t.paths, Item::text)),
    ]);
    map.unwrap_or(Item::Map(Vec::new()))
}

fn roles(r: &Roles) -> Option<Item> {
    Item::map(vec![
        ("requester", r.requester.as_ref().map(Item::text)),
        ("executor", r.executor.as_ref().map(Item::text)),
        ("approvers", Item::list(&r.approvers, Item::text)),
        ("verifier", r.verifier.as_ref().map(Item::text)),
    ])
}

fn impact(i: &Impact) -> Option<Item> {
    Item::map(vec![
        ("functions", Item::list(&i.functions, Item::text)),
        ("users", i.users.as_ref().map(Item::text)),
        ("downtime", i.downtime.as_ref().map(Item::text)),
        ("data", i.data.as_ref().map(Item::text)),
        ("visible", i.visible.map(|truth| Item::Plain(truth.into()))),
        ("money", i.money.map(|truth| Item::Plain(truth.into()))),
        ("security", i.security.as_ref().map(Item::text)),
        ("vendors", Item::list(&i.vendors, Item::text)),
    ])
}

fn test_run(t: &TestRun) -> Item {
    if t.result.is_none() && t.evidence.is_none() {
        return Item::text(&t.what);
    }
    let map = Item::map(vec![
        ("what", Some(Item::text(&t.what))),
        ("result", t.result.as_ref().map(Item::text)),
        ("evidence", t.evidence.as_ref().map(Item::text)),
    ]);
    map.unwrap_or(Item::Map(Vec::new()))
}

fn window(w: &Window) -> Option<Item> {
    Item::map(vec![
        ("start", w.start.as_ref().map(Item::text)),
        ("end", w.end.as_ref().map(Item::text)),
        ("estimate", w.estimate.as_ref().map(Item::text)),
    ])
}

fn choice(choice: &RollbackChoice) -> Item {
    match choice {
        RollbackChoice::Named(name) => Item::text(name),
        RollbackChoice::Stated(plan) => rollback(plan).unwrap_or(Item::Map(Vec::new())),
    }
}

fn rollback(r: &Rollback) -> Option<Item> {
    let tested = r.tested.as_ref().map(|tested| match &tested.evidence {
        None => Item::text(&tested.at),
        Some(evidence) => Item::Map(vec![
            ("at".to_owned(), Item::text(&tested.at)),
            ("evidence".to_owned(), Item::text(evidence)),
        ]),
    });
    Item::map(vec![
        ("strategy", r.strategy.as_ref().map(Item::text)),
        ("steps", Item::list(&r.steps, Item::text)),
        ("to", r.to.as_ref().map(Item::text)),
        ("decider", r.decider.as_ref().map(Item::text)),
        ("decider_alternate", r.decider_alternate.as_ref().map(Item::text)),
        ("criteria", Item::list(&r.criteria, Item::text)),
        ("decide_by", r.decide_by.as_ref().map(Item::text)),
        ("duration", r.duration.as_ref().map(Item::text)),
        ("tested", tested),
        ("data_correction", r.data_correction.as_ref().map(Item::text)),
        (
            "point_of_no_return",
            r.point_of_no_return.as_ref().map(Item::text),
        ),
        (
            "forward_fix",
            r.forward_fix.as_ref().map(|fix| {
                let map = Item::map(vec![
                    ("plan", fix.plan.as_ref().map(Item::text)),
                    ("owner", fix.owner.as_ref().map(Item::text)),
                ]);
                map.unwrap_or(Item::Map(Vec::new()))
            }),
        ),
        (
            "backup",
            r.backup.as_ref().map(|copy| {
                let map = Item::map(vec![
                    ("ref", copy.reference.as_ref().map(Item::text)),
                    ("restore_tested", copy.restore_tested.as_ref().map(Item::text)),
                ]);
                map.unwrap_or(Item::Map(Vec::new()))
            }),
        ),
    ])
}

fn verification(v: &Verification) -> Option<Item> {
    Item::map(vec![
        ("checks", Item::list(&v.checks, Item::text)),
        ("done_when", v.done_when.as_ref().map(Item::text)),
        ("observe_for", v.observe_for.as_ref().map(Item::text)),
        ("dashboards", Item::list(&v.dashboards, Item::text)),
    ])
}

fn contact(c: &Contact) -> Option<Item> {
    let Some(announcement) = &c.announcement else {
        return c.rule.as_ref().map(Item::text);
    };
    let inside = Item::map(vec![
        ("owner", announcement.owner.as_ref().map(Item::text)),
        ("template", announcement.template.as_ref().map(Item::text)),
        ("sent_at", announcement.sent_at.as_ref().map(Item::text)),
    ]);
    Item::map(vec![
        ("rule", c.rule.as_ref().map(Item::text)),
        ("announcement", Some(inside.unwrap_or(Item::Map(Vec::new())))),
    ])
}

fn emergency(e: &Emergency) -> Item {
    let map = Item::map(vec![
        ("incident", e.incident.as_ref().map(Item::text)),
        ("grounds", e.grounds.as_ref().map(Item::text)),
        ("measure", e.measure.as_ref().map(Item::text)),
        ("detected_at", e.detected_at.as_ref().map(Item::text)),
    ]);
    map.unwrap_or(Item::Map(Vec::new()))
}

fn temporary(t: &Temporary) -> Option<Item> {
    Item::map(vec![
        ("remove_by", t.remove_by.as_ref().map(Item::text)),
        ("removal", t.removal.as_ref().map(Item::text)),
    ])
}

fn followup(f: &Followup) -> Item {
    let map = Item::map(vec![
        ("what", Some(Item::text(&f.what))),
        ("owner", f.owner.as_ref().map(Item::text)),
        ("due", f.due.as_ref().map(Item::text)),
    ]);
    map.unwrap_or(Item::Map(Vec::new()))
}
