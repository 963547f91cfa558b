//! The review: a short form, filled in by somebody who looks at it from outside, and what it leaves to do.

use serde_json::{Value, json};

use crate::support::port::{certificate, normal, port};
use crate::support::stage::Stage;

const FORM: &str = r#"happened: The certificate expired at 23:00 and no page could be read.
path: A normal change takes a day; the renewal was missed.
gate: "yes"
way_back: It was there and not needed.
earlier: A check of the dates every morning.
temporary: nothing
elsewhere: The two other names have the same date.
told: Everybody on the route.
rules: The procedure gets a timer.
actions:
  - {what: Renew on a timer, owner: hayashi, due: 2026-12-10}
  - {what: Watch the dates, owner: mori, due: "2026-12-12T12:00"}
"#;

/// An emergency that Suzuki declared and carried out; its number.
fn night() -> (Stage, String) {
    let mut stage = port();
    let declared = stage.sekisho("suzuki", &certificate(&[])).expect(0);
    let id = declared.out.lines().next().unwrap().to_owned();
    stage
        .sekisho("kudo", &["approve", &id, "--service", "minato-ec"])
        .expect(0);
    stage
        .sekisho("suzuki", &["start", &id, "--service", "minato-ec"])
        .expect(0);
    stage.at("2026-11-20T18:30:00+09:00");
    stage
        .sekisho("suzuki", &["finish", &id, "--outcome", "success"])
        .expect(0);
    (stage, id)
}

fn open(stage: &Stage, kind: &str) -> Vec<String> {
    let list = stage
        .sekisho("sato", &["due", "--format", "json"])
        .expect(0)
        .json();
    let all = list["open"].as_array().unwrap().iter();
    let fitting = all.filter(|one| one["kind"] == kind);
    fitting
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_review_is_written_down_closed_and_leaves_actions_with_owners() {
    let (stage, id) = night();
    let form = stage
        .sekisho("kudo", &["review", &id, "--format", "markdown"])
        .expect(0);
    assert_eq!(form.out.matches("\n## ").count(), 10, "{}", form.out);
    stage.write("review.yml", FORM);
    let closed = stage
        .sekisho("kudo", &["review", &id, "--from", "review.yml"])
        .expect(0);
    assert!(closed.out.contains("2 actions are open"), "{}", closed.both());
    assert!(open(&stage, "review").is_empty());
    let actions = open(&stage, "action");
    let list = stage.sekisho("sato", &["due", "--person", "hayashi"]).expect(0);
    assert!(
        list.out
            .contains(&format!("Hayashi: action of the review of {id}"))
            && list
                .out
                .contains(&format!("sekisho due --done {} --evidence WHAT", actions[0])),
        "{}",
        list.both()
    );
    stage
        .sekisho("sato", &["due", "--done", &actions[0], "--evidence", "done"])
        .expect(2);
    stage
        .sekisho(
            "hayashi",
            &["due", "--done", &actions[0], "--evidence", "a timer"],
        )
        .expect(0);
    assert_eq!(open(&stage, "action"), actions[1..]);
    let page = stage
        .sekisho("sato", &["review", &id, "--format", "markdown"])
        .expect(0);
    assert!(
        page.out.contains("Closed by Kudo") && page.out.contains("- Renew on a timer | hayashi | 2026"),
        "{}",
        page.both()
    );
    let page = stage
        .sekisho("sato", &["review", &id, "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(
        page["answers"]["rules"], "The procedure gets a timer.",
        "{page:#}"
    );
}

#[test]
fn the_form_is_filled_in_as_it_is_printed_in_both_languages() {
    let (stage, id) = night();
    let printed = ["en", "ja"].map(|language| {
        let flags = ["review", &id, "--format", "markdown"];
        let form = stage.sekisho_with("kudo", &flags, &[("SEKISHO_LANG", language)]);
        form.expect(0).out
    });
    for form in printed {
        let mut filled = String::new();
        for line in form.lines() {
            filled.push_str(line);
            filled.push('\n');
            if line.starts_with("## ") {
                filled.push_str(match line.ends_with("(actions)") {
                    true => "- Renew on a timer | hayashi | 2026-12-10\n",
                    false => "In a sentence.\n\nAnd another.\n",
                });
            }
        }
        stage.write("review.md", &filled);
        stage
            .sekisho("kudo", &["review", &id, "--from", "review.md"])
            .expect(0);
        let page = stage
            .sekisho("sato", &["review", &id, "--format", "json"])
            .expect(0)
            .json();
        assert_eq!(
            page["answers"]["told"], "In a sentence.\n\nAnd another.",
            "{page:#}"
        );
        assert_eq!(
            page["actions"],
            json!([{"what": "Renew on a timer", "owner": "hayashi", "due": "2026-12-10"}])
        );
    }
}

#[test]
fn a_form_that_leaves_something_open_closes_nothing() {
    let (stage, id) = night();
    for (from, to, says) in [
        ("gate: \"yes\"\n", "", "gate"),
        ("temporary: nothing", "temporary: \" \"", "temporary"),
        ("owner: hayashi", "owner: somebody", "somebody"),
        ("due: 2026-12-10", "due: 2026-11-01", "2026-11-01"),
        ("due: 2026-12-10", "due: soon", "soon"),
        ("rules:", "blame:", "blame"),
        ("happened:", "happened: [", ""),
    ] {
        let form = FORM.replace(from, to);
        assert_ne!(form, FORM, "{from}");
        stage.write("review.yml", &form);
        let done = stage
            .sekisho("kudo", &["review", &id, "--from", "review.yml"])
            .expect(2);
        assert!(done.err.contains(says), "{}", done.both());
    }
    let unasked = stage.sekisho("kudo", &["review", &id]).expect(2);
    assert!(unasked.err.contains("--from"), "{}", unasked.both());
    assert_eq!(open(&stage, "review").len(), 1);
}

#[test]
fn a_review_is_asked_at_a_terminal() {
    let (stage, id) = night();
    let mut terminal = stage.at_terminal("kudo", &["review", &id]);
    for question in [
        "What happened",
        "Why was it",
        "through the gate",
        "way back",
        "noticed",
        "temporary",
    ] {
        terminal.answers(question, "A sentence");
    }
    for question in ["Where else", "Who was told", "Which template"] {
        terminal.answers(question, "Another");
    }
    terminal.answers("What is to be done", "Renew | hayashi | 2026-12-10");
    terminal.answers("What is to be done", "");
    terminal.sees("is closed");
    assert_eq!(open(&stage, "action").len(), 1);
}

#[test]
fn executor_closes_the_review() {
    let (stage, id) = night();
    stage.write("review.yml", FORM);
    stage
        .sekisho("suzuki", &["review", &id, "--from", "review.yml"])
        .expect(2);
    let name = open(&stage, "review").remove(0);
    let seq: u64 = name.split_once('-').unwrap().0.parse().unwrap();
    for (person, body) in [
        ("suzuki", json!({"change": id, "decision": seq})),
        // By somebody else, but without a word about it.
        ("kudo", json!({"change": id, "decision": seq})),
        ("kudo", json!({"change": id, "decision": 0})),
    ] {
        crate::grants::forged(&stage, person, "review.closed/1", &body);
    }
    assert_eq!(open(&stage, "review").len(), 1);
}

#[test]
fn review_of_a_change_that_never_ran() {
    let stage = port();
    let id = normal(&stage, "minato-ec", "app.txt", "two\n");
    stage.write("review.yml", FORM);
    let done = stage
        .sekisho("kudo", &["review", &id, "--from", "review.yml"])
        .expect(2);
    assert!(done.err.contains("never passed"), "{}", done.both());
}

#[test]
fn what_is_said_too_early_or_by_strangers_ends_nothing() {
    let mut stage = port();
    let declared = stage.sekisho("suzuki", &certificate(&[])).expect(0);
    let id = declared.out.lines().next().unwrap().to_owned();
    let full = [
        "emergency",
        "complete",
        &id,
        "--description",
        "A new certificate was installed.",
        "--function",
        "every page",
        "--criterion",
        "openssl reports an error",
        "--duration",
        "3m",
        "--verify",
        "openssl s_client",
        "--done-when",
        "the new date is shown",
    ];
    let early = stage.sekisho("suzuki", &full).expect(2);
    assert!(early.err.contains("was not carried out yet"), "{}", early.both());
    let digest = format!("sha256:{}", "00".repeat(32));
    let complete = json!({"change": id, "declaration": digest});
    crate::grants::forged(&stage, "suzuki", "change.revised/1", &complete);
    stage
        .sekisho("mori", &["emergency", "told", &id, "--channel", "chat"])
        .expect(2);
    crate::grants::forged(&stage, "mori", "notify.sent/1", &json!({"change": id}));
    stage
        .sekisho("kudo", &["approve", &id, "--service", "minato-ec"])
        .expect(0);
    stage.at("2026-11-20T18:10:00+09:00");
    stage
        .sekisho("suzuki", &["start", &id, "--service", "minato-ec"])
        .expect(0);
    for (person, act, body) in [
        ("mori", "change.revised/1", complete),
        ("mori", "notify.sent/1", json!({"change": id})),
    ] {
        crate::grants::forged(&stage, person, act, &body);
    }
    for kind in ["record", "told"] {
        assert_eq!(open(&stage, kind).len(), 1, "{kind}");
    }
    let told: Value = json!(open(&stage, "told")[0]);
    let name = told.as_str().unwrap();
    stage
        .sekisho("mori", &["due", "--done", name, "--evidence", "in the chat"])
        .expect(2);
    stage
        .sekisho("suzuki", &["emergency", "told", &id, "--channel", "chat"])
        .expect(0);
    stage.sekisho("suzuki", &full).expect(0);
    for kind in ["record", "told"] {
        assert_eq!(open(&stage, kind).len(), 0, "{kind}");
    }
}
