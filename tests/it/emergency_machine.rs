//! Random sequences of acts about one emergency, folded: whatever is written into a log, nothing
//! that is owed disappears without the act that closes it, and nothing goes back.

use proptest::prelude::*;
use sekisho::change::{ChangeId, PersonKey};
use sekisho::ledger::{Emergency, Head, Open, Record, Standing, Statement, Trust};
use serde_json::{Map, Value, json};

const CHANGE: &str = "CHG-20261121-2D5N";
/// The first declares, the second carries out; the others have no part in it.
const PEOPLE: [&str; 5] = ["suzuki", "sato", "kudo", "hayashi", "mori"];
const INVOLVED: [&str; 2] = ["suzuki", "sato"];
/// Whom the gate has found able; one of them should not be there, and must not count.
const ABLE: [&str; 3] = ["kudo", "hayashi", "suzuki"];
const KINDS: [&str; 8] = [
    "told",
    "ack",
    "record",
    "retro_approval",
    "review",
    "outcome",
    "remediation",
    "confirmation",
];
const ACTS: [&str; 19] = [
    "emergency.declared/1",
    "emergency.declared/1",
    "deploy.allowed/1",
    "deploy.allowed/1",
    "deploy.denied/1",
    "deploy.started/1",
    "deploy.finished/1",
    "emergency.contact_attempted/1",
    "emergency.executed/1",
    "emergency.extended/1",
    "emergency.closed/1",
    "emergency.retro_approved/1",
    "emergency.retro_rejected/1",
    "notify.acknowledged/1",
    "notify.sent/1",
    "change.revised/1",
    "obligation.done/1",
    "review.closed/1",
    "emergency.forgiven/1",
];

/// One random act: which, by whom, about which earlier record, and what is left out of it.
type Step = (usize, usize, usize, u64, u64, Option<usize>);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (
        0..ACTS.len(),
        0..PEOPLE.len(),
        0..PEOPLE.len(),
        0_u64..40,
        1_u64..9,
        proptest::option::weighted(0.1, 0_usize..12),
    );
    prop::collection::vec(step, 1..40)
}

fn body((act, by, other, about, nth, lacks): Step) -> Map<String, Value> {
    let digest = |letter: &str| format!("sha256:{}", letter.repeat(64));
    let who = |place: usize| format!("person:{}", PEOPLE[place]);
    let opened: Vec<Value> = KINDS
        .iter()
        .map(|kind| {
            json!({"kind": kind, "owner": "person:kudo", "due": "2026-11-24T18:00:00+09:00", "change": CHANGE})
        })
        .collect();
    let retro: Vec<String> = ABLE.iter().map(|name| format!("person:{name}")).collect();
    let result = ["approved", "refused", "no_answer"][other % 3];
    let mut body = json!({
        "change": CHANGE, "service": "minato-ec", "environment": "production", "person": who(by),
        "executor": "person:sato", "measure": "renew_certificate", "declaration": digest("a"),
        "called": who(other), "via": "phone", "result": result,
        "until": "2026-11-22T03:00:00+09:00", "decision": about, "opened": about, "nth": nth,
        "run": "terminal/1", "outcome": "success",
    });
    let name = ACTS[act];
    let all = body.as_object_mut().unwrap();
    match name {
        "emergency.declared/1" => {
            all.insert("person".to_owned(), "person:suzuki".into());
        }
        "deploy.allowed/1" | "deploy.denied/1" => {
            all.insert("opened".to_owned(), opened.into());
            all.insert(
                "changes".to_owned(),
                json!([{"id": CHANGE, "type": "emergency", "retro": retro}]),
            );
        }
        "emergency.extended/1" => {
            all.insert("approver".to_owned(), who(other).into());
        }
        "emergency.retro_approved/1" | "emergency.retro_rejected/1" if nth % 2 == 0 => {
            all.insert("approver".to_owned(), who(other).into());
            all.insert(
                "opened".to_owned(),
                json!([{"kind": "remediation", "owner": "person:sato",
                "due": "2026-11-25T18:00:00+09:00", "change": CHANGE}]),
            );
        }
        "notify.acknowledged/1" if nth % 2 == 0 => {
            all.insert("acknowledged_by".to_owned(), who(other).into());
        }
        _ => {}
    }
    if let Some(key) = lacks.and_then(|place| all.keys().nth(place).cloned()) {
        all.remove(&key);
    }
    all.clone()
}

fn record(seq: u64, step: Step) -> Record {
    let minute = 16 + seq;
    let time = format!("2026-11-21T{:02}:{:02}:00Z", 14 + minute / 60, minute % 60);
    Record {
        prev: [0; 32],
        seq,
        signatures: Vec::new(),
        statement: Statement {
            act: ACTS[step.0].to_owned(),
            body: body(step),
            by: "person:suzuki".to_owned(),
            id: format!("{seq}"),
            log: "shop".to_owned(),
            seen: Head {
                size: seq,
                leaf: [0; 32],
            },
            time: time.clone(),
            with: Vec::new(),
        },
        time,
    }
}

fn text<'a>(record: &'a Record, key: &str) -> Option<&'a str> {
    record.statement.body.get(key)?.as_str()
}

fn named<'a>(record: &'a Record, key: &str) -> Option<&'a str> {
    text(record, key)?.strip_prefix("person:")
}

/// Whether `record` may close `open`, told apart from how the log is folded.
fn may_close(record: &Record, open: &Open, declared: bool) -> bool {
    let by = named(record, "person").unwrap_or_default();
    let independent = |name: &str| !name.is_empty() && !INVOLVED.contains(&name);
    let number = |key: &str| record.statement.body.get(key).and_then(Value::as_u64);
    match (record.statement.act.as_str(), open.kind.as_str()) {
        ("notify.sent/1", "told") | ("change.revised/1", "record") => true,
        ("notify.acknowledged/1", "ack") => independent(named(record, "acknowledged_by").unwrap_or(by)),
        ("emergency.retro_approved/1" | "emergency.retro_rejected/1", kind) => {
            let person = named(record, "approver").unwrap_or(by);
            let counts = independent(by) && independent(person) && ABLE.contains(&person);
            let own = kind == "confirmation" && open.owner == PersonKey::from(person);
            counts && (own || ["retro_approval", "ack"].contains(&kind))
        }
        ("review.closed/1", "review") => independent(by),
        ("deploy.finished/1", "outcome") => number("decision") == Some(open.seq),
        ("obligation.done/1", kind) => {
            let named = number("opened") == Some(open.seq) && number("nth") == Some(open.nth);
            let by_word = ["action", "back_to_code", "data_correction", "temporary", "told"];
            // Where no emergency was declared, only who carried it out has a part in it.
            let outside = if declared { independent(by) } else { by != "sato" };
            let apart = ["confirmation", "remediation"].contains(&kind) && outside;
            named && (apart || by_word.contains(&kind))
        }
        _ => false,
    }
}

/// Whether one state of an emergency can come after another.
fn goes_on(before: &Emergency, after: &Emergency) -> Result<(), TestCaseError> {
    prop_assert_eq!(before.seq, after.seq, "declared again");
    prop_assert_eq!(&before.declaration, &after.declaration);
    prop_assert_eq!(&before.declarer, &after.declarer);
    prop_assert_eq!(&before.executor, &after.executor);
    prop_assert_eq!(before.at, after.at, "younger than it was");
    prop_assert!(after.endings.starts_with(&before.endings), "no longer ended");
    prop_assert!(before.executed.is_none() || before.executed == after.executed);
    prop_assert!(after.attempts.len() >= before.attempts.len());
    prop_assert!(after.extensions.starts_with(&before.extensions));
    prop_assert!(after.retro.starts_with(&before.retro));
    prop_assert!(!before.told || after.told);
    prop_assert!(before.completed.is_none() || after.completed.is_some());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_that_is_owed_disappears_and_nothing_goes_back(steps in steps()) {
        let change: ChangeId = CHANGE.parse().unwrap();
        let mut standing = Standing::default();
        for (seq, step) in (0_u64..).zip(steps) {
            let record = record(seq, step);
            let before = standing.clone();
            standing.apply(&record, Trust::Signed);
            for open in &before.open {
                let stays = standing.open.contains(open);
                let declared = before.emergencies.contains_key(&change);
                prop_assert!(stays || may_close(&record, open, declared), "{:?} closed {:?}", record.statement, open);
            }
            let new = standing.open.iter().filter(|open| !before.open.contains(open));
            for open in new {
                let act = record.statement.act.as_str();
                let opens = [
                    "deploy.allowed/1",
                    "deploy.finished/1",
                    "emergency.extended/1",
                    "emergency.retro_approved/1",
                    "emergency.retro_rejected/1",
                ]
                .contains(&act);
                prop_assert!(opens && open.seq == seq, "{} opened {:?}", act, open);
            }
            match (before.emergencies.get(&change), standing.emergencies.get(&change)) {
                (Some(before), Some(after)) => goes_on(before, after)?,
                (Some(_), None) => prop_assert!(false, "an emergency disappeared"),
                (None, Some(_)) => prop_assert_eq!(&record.statement.act, "emergency.declared/1"),
                (None, None) => {}
            }
            if let Some(known) = standing.emergencies.get(&change) {
                let part = |person: &PersonKey| INVOLVED.contains(&person.as_str());
                prop_assert!(!known.retro.iter().any(|retro| part(&retro.person)));
                prop_assert!(!known.extensions.iter().any(|more| part(&more.approver)));
                prop_assert!(!known.acknowledged.iter().any(part));
            }
        }
    }

    #[test]
    fn what_was_not_signed_moves_nothing(steps in steps()) {
        let mut standing = Standing::default();
        for (seq, step) in (0_u64..).zip(steps) {
            standing.apply(&record(seq, step), Trust::Unsigned);
        }
        prop_assert!(standing.emergencies.is_empty() && standing.open.is_empty());
        prop_assert!(standing.decisions.is_empty());
    }
}
