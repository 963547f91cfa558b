//! No obligation disappears but by what closes it: random acts of random people, held against a table that is
//! written down here a second time.

use proptest::prelude::*;
use sekisho::change::{ChangeId, Digest, PersonKey};
use sekisho::ledger::{Attachment, Head, Open, Record, Standing, Statement, Trust};
use serde_json::{Map, Value, json};

const ID: &str = "CHG-20261121-2D5N";
const PEOPLE: [&str; 6] = ["sato", "suzuki", "kudo", "tanaka", "mori", "hayashi"];
/// Who declared and who carries out.
const INVOLVED: [&str; 2] = ["sato", "suzuki"];
/// Who may decide afterwards.
const ABLE: [&str; 3] = ["kudo", "tanaka", "sato"];
/// Who wrote an approval down, and for whom.
const RECORDER: &str = "mori";
const ASKED: &str = "tanaka";

const KINDS: [&str; 11] = [
    "outcome",
    "told",
    "ack",
    "record",
    "retro_approval",
    "confirmation",
    "review",
    "temporary",
    "back_to_code",
    "outside_review",
    "confirmation",
];

const ACTS: [&str; 12] = [
    "deploy.finished/1",
    "notify.sent/1",
    "notify.acknowledged/1",
    "change.revised/1",
    "emergency.retro_approved/1",
    "emergency.retro_rejected/1",
    "change.approved/1",
    "change.objected/1",
    "change.withdrawn/1",
    "obligation.done/1",
    "review.closed/1",
    "obligation.waived/1",
];

fn digest(byte: u8) -> Digest {
    Digest::from_bytes([byte; 32])
}

/// What was declared and carried out, and what was written down for [`ASKED`].
const DECLARATION: u8 = 1;
const SUBJECT: u8 = 2;

/// One act, as anybody with a key could write it.
#[derive(Debug, Clone)]
struct Said {
    act: &'static str,
    by: &'static str,
    of_person: Option<&'static str>,
    declaration: u8,
    of: u8,
    target: usize,
    follows: bool,
    paper: bool,
}

fn said() -> impl Strategy<Value = Said> {
    let who = (
        prop::sample::select(ACTS.to_vec()),
        prop::sample::select(PEOPLE.to_vec()),
        prop::option::weighted(0.3, prop::sample::select(PEOPLE.to_vec())),
    );
    let what = (
        prop::sample::select(vec![DECLARATION, DECLARATION, 9]),
        prop::sample::select(vec![SUBJECT, SUBJECT, 9]),
        0..16usize,
    );
    (who, what, any::<bool>(), any::<bool>()).prop_map(
        |((act, by, of_person), (declaration, of, target), follows, paper)| Said {
            act,
            by,
            of_person,
            declaration,
            of,
            target,
            follows,
            paper,
        },
    )
}

fn record(seq: u64, act: &str, by: &str, body: Value, paper: bool) -> Record {
    let mut body: Map<String, Value> = body.as_object().unwrap().clone();
    body.insert("person".to_owned(), format!("person:{by}").into());
    let time = format!("2026-11-21T{:02}:{:02}:00Z", seq / 60, seq % 60);
    let with = paper.then(|| Attachment {
        digest: digest(7),
        name: "review".to_owned(),
    });
    Record {
        prev: [0; 32],
        seq,
        signatures: Vec::new(),
        statement: Statement {
            act: act.to_owned(),
            body,
            by: format!("person:{by}"),
            id: String::new(),
            log: "shop".to_owned(),
            seen: Head::EMPTY,
            time: time.clone(),
            with: with.into_iter().collect(),
        },
        time,
    }
}

/// The record of the decision.
const DECISION: u64 = 3;

fn begun() -> Standing {
    let mut standing = Standing::default();
    let place = json!({"service": "shop", "environment": "production"});
    let with = |more: Value| {
        let mut all = place.as_object().unwrap().clone();
        all.extend(more.as_object().unwrap().clone());
        Value::Object(all)
    };
    let person = |key: &str| format!("person:{key}");
    let opens = |nth: usize, kind: &&str| {
        let content = (nth == 10).then(|| digest(SUBJECT).to_string());
        let owner = match *kind {
            "confirmation" => ASKED,
            "outside_review" => "hayashi",
            _ => "suzuki",
        };
        let mut one =
            json!({"kind": kind, "owner": person(owner), "due": "2026-11-24T09:00:00Z", "change": ID});
        if let Some(content) = content {
            one["content"] = content.into();
        }
        one
    };
    let opened: Vec<Value> = KINDS
        .iter()
        .enumerate()
        .map(|(nth, kind)| opens(nth, kind))
        .collect();
    let declaration = digest(DECLARATION).to_string();
    let all = [
        ("state.baselined/1", with(json!({"head": "a"}))),
        (
            "emergency.declared/1",
            with(
                json!({"change": ID, "executor": person(INVOLVED[1]), "measure": "restart", "declaration": declaration}),
            ),
        ),
        (
            "emergency.contact_attempted/1",
            json!({"change": ID, "called": person(ASKED), "via": "phone", "result": "approved", "declaration": declaration}),
        ),
        (
            "deploy.allowed/1",
            with(
                json!({"run": "1", "executor": person(INVOLVED[1]), "opened": opened, "changes": [{
                    "id": ID, "type": "emergency", "d": declaration, "executor": person(INVOLVED[1]),
                    "retro": ABLE.map(person),
                }]}),
            ),
        ),
    ];
    for ((act, body), seq) in all.into_iter().zip(0..) {
        let by = if act.starts_with("emergency.c") {
            RECORDER
        } else {
            INVOLVED[0]
        };
        standing.apply(&record(seq, act, by, body, false), Trust::Signed);
    }
    assert_eq!(standing.open.len(), KINDS.len(), "{:?}", standing.unreadable);
    standing
}

fn body(said: &Said, open: &[Open]) -> Value {
    let target = open.get(said.target % open.len().max(1));
    let mut body = json!({
        "change": ID,
        "decision": DECISION,
        "outcome": "success",
        "of": digest(said.of).to_string(),
        "content": [],
        "declaration": digest(said.declaration).to_string(),
        "opened": target.map_or(0, |open| open.seq),
        "nth": target.map_or(0, |open| open.nth),
    });
    if let Some(person) = said.of_person {
        body["approver"] = format!("person:{person}").into();
        body["acknowledged_by"] = format!("person:{person}").into();
    }
    if !said.act.starts_with("obligation.") {
        let owner = |kind: &str| match (kind, said.of_person) {
            ("confirmation", Some(person)) => format!("person:{person}"),
            _ => "person:suzuki".to_owned(),
        };
        let one = |kind: &str| json!({"kind": kind, "owner": owner(kind), "due": "2026-11-25T09:00:00Z", "change": ID});
        let kinds = ["remediation", "confirmation", "action"];
        body["opened"] = kinds
            .iter()
            .filter(|_| said.follows)
            .map(|kind| one(kind))
            .collect();
    }
    body
}

/// Whether `said` is what closes `open`.
fn closes(all: &[Said], said: &Said, open: &Open) -> bool {
    let person = said.of_person.unwrap_or(said.by);
    let own = person == said.by;
    let involved = INVOLVED.contains(&said.by);
    let decides = said.act.starts_with("emergency.retro")
        && ABLE.contains(&person)
        && !INVOLVED.contains(&person)
        && !involved
        && said.declaration == DECLARATION
        && (said.follows || (own && said.act.ends_with("approved/1")));
    let nth = usize::try_from(open.seq.saturating_sub(DECISION)).unwrap();
    let recorder = nth.checked_sub(1).map_or(RECORDER, |nth| all[nth].by);
    let done = said.act == "obligation.done/1";
    let owes = open.owner == PersonKey::from(said.by);
    let right = match open.content {
        Some(content) => digest(said.of) == content,
        None => said.declaration == DECLARATION,
    };
    match open.kind.as_str() {
        "outcome" => said.act == "deploy.finished/1",
        "told" => {
            (said.act == "notify.sent/1" && involved)
                || (done && (owes || involved || ABLE.contains(&said.by)))
        }
        "ack" => decides || (said.act == "notify.acknowledged/1" && !INVOLVED.contains(&person)),
        "record" => said.act == "change.revised/1" && involved,
        "retro_approval" => decides,
        "confirmation" => {
            let word = own && owes && right;
            (word && said.act == "change.approved/1")
                || (word && said.act == "change.objected/1" && said.follows)
                || (word && decides)
                || (done && !owes && !involved && said.by != recorder)
        }
        "review" => said.act == "review.closed/1" && !involved && said.paper,
        "remediation" => done && !involved,
        "temporary" | "back_to_code" | "action" => done,
        "outside_review" => said.act == "change.approved/1" && open.owner == PersonKey::from(person),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn no_obligation_disappears_but_by_what_closes_it(all in prop::collection::vec(said(), 1..40)) {
        let mut standing = begun();
        let change: ChangeId = ID.parse().unwrap();
        for (said, seq) in all.iter().zip(DECISION + 1..) {
            let before = standing.open.clone();
            let retro = standing.emergencies[&change].retro.len();
            let body = body(said, &before);
            standing.apply(&record(seq, said.act, said.by, body, said.paper), Trust::Signed);
            let gone = before.iter().filter(|open| !standing.open.contains(open));
            for open in gone {
                prop_assert!(closes(&all, said, open), "{said:?} took away {open:?}");
            }
            // A no is never the end of it.
            let after = &standing.emergencies[&change].retro;
            if after.len() > retro && after.last().is_some_and(|last| !last.approved) {
                prop_assert!(standing.open.iter().any(|open| open.kind == "remediation" && open.seq == seq));
            }
        }
    }
}

#[test]
fn each_obligation_can_be_closed() {
    let plain = Said {
        act: "obligation.done/1",
        by: "suzuki",
        of_person: None,
        declaration: DECLARATION,
        of: SUBJECT,
        target: 0,
        follows: true,
        paper: true,
    };
    let by = |act: &'static str, by: &'static str| Said {
        act,
        by,
        ..plain.clone()
    };
    let mut standing = begun();
    let all = [
        by("deploy.finished/1", "mori"),
        by("notify.sent/1", "suzuki"),
        by("notify.acknowledged/1", "hayashi"),
        by("change.revised/1", "sato"),
        by("change.approved/1", "tanaka"),
        by("change.approved/1", "hayashi"),
        Said {
            follows: false,
            ..by("emergency.retro_approved/1", "kudo")
        },
        Said {
            follows: false,
            ..by("review.closed/1", "kudo")
        },
    ];
    for (said, seq) in all.iter().zip(DECISION + 1..) {
        let body = body(said, &standing.open);
        standing.apply(&record(seq, said.act, said.by, body, said.paper), Trust::Signed);
    }
    let mut left: Vec<String> = standing.open.iter().map(|open| open.kind.clone()).collect();
    left.sort();
    assert_eq!(left, ["back_to_code", "temporary"], "{:?}", standing.unreadable);
    for seq in 40..42 {
        let body = body(&plain, &standing.open);
        standing.apply(&record(seq, plain.act, plain.by, body, false), Trust::Signed);
    }
    assert!(standing.open.is_empty(), "{:?}", standing.open);
}
