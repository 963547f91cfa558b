//! The certificate that expired at night: from the first call to the decision four days later.

use serde_json::Value;

use crate::branch_program::with_remote;
use crate::support::port::{certificate, codes, normal, port};
use crate::support::stage::Stage;

/// Declares the emergency; its number.
fn declared(stage: &Stage) -> String {
    let done = stage.sekisho("suzuki", &certificate(&[])).expect(0);
    done.out.lines().next().unwrap().to_owned()
}

fn tried(stage: &Stage, person: &str) {
    stage
        .sekisho(
            "suzuki",
            &[
                "emergency",
                "call",
                "--person",
                person,
                "--channel",
                "phone",
                "--result",
                "no_answer",
            ],
        )
        .expect(0);
}

fn start(stage: &Stage, id: &str, code: i32) -> Value {
    let flags = ["start", id, "--service", "minato-ec", "--format", "json"];
    stage.sekisho("suzuki", &flags).expect(code).json()
}

fn gate(stage: &Stage, service: &str, code: i32) -> Value {
    let flags = ["gate", "--service", service, "--format", "json"];
    stage.sekisho("sato", &flags).expect(code).json()
}

/// What is open, by kind, with its day.
fn due(stage: &Stage) -> Vec<String> {
    let list = stage
        .sekisho("suzuki", &["due", "--format", "json"])
        .expect(0)
        .json();
    let open = list["open"].as_array().unwrap().iter();
    let said = |one: &Value| {
        format!(
            "{} {}",
            one["kind"].as_str().unwrap(),
            one["due"].as_str().unwrap()
        )
    };
    let mut all: Vec<String> = open.map(said).collect();
    all.sort();
    all
}

#[test]
fn an_expired_certificate_is_renewed_at_night_and_answered_for() {
    let mut stage = port();
    // Without an incident and without somebody who decides nothing is declared.
    stage.at("2026-11-21T23:14:00+09:00");
    let bare = stage
        .sekisho("suzuki", &certificate(&["--incident", "--decider"]))
        .expect(1);
    assert!(
        bare.out.contains("EMG-04") && bare.out.contains("EMG-02"),
        "{}",
        bare.both()
    );

    // Declared, and not to be carried out yet: first somebody is asked.
    stage.at("2026-11-21T23:16:00+09:00");
    let id = declared(&stage);
    let early = start(&stage, &id, 1);
    assert_eq!(codes(&early, "deny"), ["EMG-05"], "{early:#}");

    tried(&stage, "kudo");
    stage.at("2026-11-21T23:21:00+09:00");
    tried(&stage, "tanaka");
    stage.at("2026-11-21T23:26:00+09:00");
    tried(&stage, "hayashi");

    stage.at("2026-11-21T23:31:00+09:00");
    stage
        .sekisho("suzuki", &["emergency", "told", "--channel", "chat"])
        .expect(0);
    let passed = start(&stage, &id, 0);
    assert_eq!(passed["decision"], "pass_with_obligations", "{passed:#}");
    assert!(
        codes(&passed, "oblige").contains(&"EMG-07".to_owned()),
        "{passed:#}"
    );
    assert!(
        codes(&passed, "info").contains(&"EMG-06".to_owned()),
        "{passed:#}"
    );
    assert_eq!(
        due(&stage),
        [
            "ack 2026-11-22T23:31:00+09:00",
            "outcome 2026-11-24T18:00:00+09:00",
            "record 2026-11-22T23:16:00+09:00",
            "retro_approval 2026-11-24T18:00:00+09:00",
            "review 2026-11-30T18:00:00+09:00",
        ]
    );
    stage.at("2026-11-21T23:40:00+09:00");
    stage
        .sekisho("suzuki", &["finish", &id, "--outcome", "success"])
        .expect(0);

    // Four hours are over.
    stage.at("2026-11-22T03:20:00+09:00");
    let expired = start(&stage, &id, 1);
    assert_eq!(codes(&expired, "deny"), ["EMG-08"], "{expired:#}");

    // In the morning the record is completed, and somebody answers.
    stage.at("2026-11-22T10:00:00+09:00");
    let complete = [
        "emergency",
        "complete",
        &id,
        "--description",
        "A new certificate of the same authority was installed on both balancers.",
        "--function",
        "every page",
        "--criterion",
        "openssl reports an error",
        "--duration",
        "3m",
        "--verify",
        "openssl s_client -connect www:443",
        "--done-when",
        "the new date is shown",
    ];
    stage.sekisho("suzuki", &complete).expect(0);
    stage.sekisho("kudo", &["emergency", "ack", &id]).expect(0);
    assert_eq!(due(&stage).len(), 2, "{:?}", due(&stage));

    // What is open is a warning, what is overdue stops; and only this service.
    stage.at("2026-11-24T11:00:00+09:00");
    normal(&stage, "minato-ec", "app.txt", "two\n");
    let warned = gate(&stage, "minato-ec", 0);
    assert!(
        codes(&warned, "warn").contains(&"EMG-18".to_owned()),
        "{warned:#}"
    );
    stage.at("2026-11-25T09:30:00+09:00");
    normal(&stage, "minato-ec", "app.txt", "three\n");
    let stopped = gate(&stage, "minato-ec", 1);
    assert_eq!(codes(&stopped, "deny"), ["EMG-18"], "{stopped:#}");
    normal(&stage, "minato-blog", "blog/page.txt", "two\n");
    gate(&stage, "minato-blog", 0);

    // Nobody decides about their own night.
    let own = stage
        .sekisho("suzuki", &["approve", &id, "--service", "minato-ec"])
        .expect(1);
    assert!(
        own.out.contains("Suzuki") || own.out.contains("suzuki"),
        "{}",
        own.both()
    );
    stage.at("2026-11-25T09:40:00+09:00");
    let late = stage
        .sekisho("kudo", &["approve", &id, "--service", "minato-ec"])
        .expect(0);
    assert!(late.err.contains("24 Nov"), "{}", late.both());
    gate(&stage, "minato-ec", 0);
}

#[test]
fn a_measure_that_is_not_listed_waits_for_a_yes() {
    let mut stage = port();
    stage.at("2026-11-21T23:16:00+09:00");
    let mut flags = certificate(&["--measure", "--approver"]);
    flags.extend(["--measure", "config", "--approver", "hayashi"]);
    let id = stage
        .sekisho("suzuki", &flags)
        .expect(0)
        .out
        .lines()
        .next()
        .unwrap()
        .to_owned();
    tried(&stage, "kudo");
    stage.at("2026-11-21T23:21:00+09:00");
    tried(&stage, "tanaka");
    stage.at("2026-11-21T23:26:00+09:00");
    tried(&stage, "hayashi");
    stage.at("2026-11-21T23:31:00+09:00");
    let stopped = start(&stage, &id, 1);
    assert_eq!(codes(&stopped, "deny"), ["EMG-07"], "{stopped:#}");
    let yes = [
        "emergency",
        "call",
        "--person",
        "kudo",
        "--channel",
        "phone",
        "--result",
        "approved",
    ];
    stage.sekisho("suzuki", &yes).expect(2);
    let shown = [&yes[..], &["--evidence", "23:33 by phone: move the origin"]].concat();
    stage.sekisho("suzuki", &shown).expect(0);
    let passed = start(&stage, &id, 0);
    assert_eq!(codes(&passed, "deny"), [""; 0]);
    assert!(
        due(&stage).iter().any(|one| one.starts_with("confirmation ")),
        "{:?}",
        due(&stage)
    );
    // Kudo confirms what was written down; deciding about it is for somebody with authority.
    let said = |person: &str| stage.sekisho(person, &["approve", &id, "--service", "minato-ec"]);
    said("tanaka").expect(1);
    said("kudo").expect(0);
    assert!(
        !due(&stage).iter().any(|one| one.starts_with("confirmation ")),
        "{:?}",
        due(&stage)
    );
    assert!(
        due(&stage).iter().any(|one| one.starts_with("retro_approval ")),
        "{:?}",
        due(&stage)
    );
    said("hayashi").expect(0);
    assert!(
        !due(&stage).iter().any(|one| one.starts_with("retro_approval ")),
        "{:?}",
        due(&stage)
    );
}

#[test]
fn without_a_network_it_is_kept_and_judged_as_of_the_night() {
    let mut stage = port();
    std::fs::remove_dir_all(stage.path(".git/sekisho")).unwrap();
    let server = with_remote(&stage);
    for service in ["minato-ec", "minato-blog"] {
        stage
            .sekisho("sato", &["baseline", "--service", service])
            .expect(0);
    }
    stage.git(
        "sato",
        &["config", "remote.origin.url", "http://127.0.0.1:9/shop.git"],
    );
    stage.at("2026-11-21T23:14:00+09:00");
    let kept = stage.sekisho("suzuki", &certificate(&[])).expect(3);
    let id = kept.out.lines().next().unwrap().to_owned();
    assert!(kept.err.contains("sekisho log sync"), "{}", kept.both());
    for (time, person) in [("23:14", "kudo"), ("23:19", "tanaka"), ("23:24", "hayashi")] {
        stage.at(&format!("2026-11-21T{time}:00+09:00"));
        let flags = [
            "emergency",
            "call",
            &id,
            "--person",
            person,
            "--channel",
            "phone",
            "--result",
            "no_answer",
        ];
        stage.sekisho("suzuki", &flags).expect(3);
    }
    // The gate decides on the log, so it is done and said.
    stage.at("2026-11-21T23:33:00+09:00");
    let flags = ["start", &id, "--service", "minato-ec"];
    stage.sekisho("suzuki", &flags).expect(3);
    stage
        .sekisho(
            "suzuki",
            &["emergency", "done", &id, "--evidence", "./renew.sh www"],
        )
        .expect(3);

    stage.at("2026-11-22T08:00:00+09:00");
    stage.git("sato", &["config", "remote.origin.url", &server.url("shop.git")]);
    stage.sekisho("suzuki", &["log", "sync"]).expect(0);
    let passed = start(&stage, &id, 0);
    let owed = codes(&passed, "oblige");
    assert!(
        owed.contains(&"AVL-02".to_owned()) && owed.contains(&"EMG-07".to_owned()),
        "{passed:#}"
    );
    // Once the gate has decided, only the clock counts.
    stage
        .sekisho("suzuki", &["finish", &id, "--outcome", "success"])
        .expect(0);
    let again = start(&stage, &id, 1);
    assert!(codes(&again, "deny").contains(&"EMG-08".to_owned()), "{again:#}");
}
