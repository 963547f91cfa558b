//! Pages for a terminal, in both languages.

use insta::assert_snapshot;
use sekisho::change::{Message, PersonKey};
use sekisho::config::Language;
use sekisho::dossier::completion::LAST_STATE;
use sekisho::policy::TestFault;
use sekisho::report::check::{Ask, CheckView, CheckedFile};
use sekisho::report::history::{HistoryView, RollbackBrief, Row};
use sekisho::report::show::{
    ApprovalLine, DecisionLine, ExceptionLine, ExecutionLine, RecordLine, RollbackLine, ShowView,
};
use sekisho::report::tests::{TestedRule, TestsView};
use sekisho::report::verify::VerifyView;
use sekisho::report::{
    Look, People, Title, Wording, check, decision, fault, history, show, tests, time, verify,
};

use crate::report_fixture::{CONTENT, FILE, denied, fault as a_fault, moment, names, passed, view};

const LANGUAGES: [Language; 2] = [Language::En, Language::Ja];

/// The same page in English and Japanese.
fn both(page: impl Fn(&Wording) -> String) -> String {
    LANGUAGES
        .map(|language| page(&Wording::new(language)))
        .join("\n----\n\n")
}

#[test]
fn a_denial() {
    let (dossier, decision) = denied();
    assert_snapshot!(both(|w| decision::text(
        w,
        &view(&dossier, &decision),
        Look::default()
    )));
}

/// "Missing: nothing has to be done" contradicts itself.
#[test]
fn where_nothing_is_missing_nothing_is_called_missing() {
    let (dossier, mut decision) = denied();
    decision.findings.truncate(1);
    decision.findings[0].message = Message::new("RBK-09.lifted").with("count", 1);
    let page = both(|w| decision::text(w, &view(&dossier, &decision), Look::default()));
    assert!(
        page.contains("To do: nothing.") && page.contains("対応: 必要ありません。"),
        "{page}"
    );
    assert!(!page.contains("Missing:") && !page.contains("不足:"), "{page}");
    assert!(page.contains("1 finding would"), "{page}");
}

#[test]
fn a_pass() {
    let (dossier, decision) = passed();
    assert_snapshot!(both(|w| decision::text(
        w,
        &view(&dossier, &decision),
        Look::default()
    )));
}

#[test]
fn colour_adds_nothing_but_colour() {
    let (dossier, decision) = denied();
    let wording = Wording::new(Language::Ja);
    let plain = decision::text(&wording, &view(&dossier, &decision), Look::default());
    let coloured = decision::text(
        &wording,
        &view(&dossier, &decision),
        Look {
            colour: true,
            width: None,
        },
    );
    assert!(!plain.contains('\u{1b}') && coloured.contains('\u{1b}'));
    let codes = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    assert_eq!(codes.replace_all(&coloured, ""), plain);
}

#[test]
fn a_hostile_title_stays_a_title() {
    let (mut dossier, mut decision) = denied();
    let hostile = "x\n::error::y\u{1b}[2J##[command]\u{202e}";
    dossier.changes[0]
        .declaration
        .insert("title".to_owned(), hostile.into());
    decision.findings[0].message = Message::new("error-read-file")
        .with("file", hostile)
        .with("detail", "::stop-commands::z");
    decision.findings[2].name = hostile.to_owned();
    decision.findings[2].field = Some(hostile.to_owned());
    let mut names = names();
    names.insert(PersonKey::from("kudo"), hostile.to_owned());
    let mut view = view(&dossier, &decision);
    view.names = names;
    for language in LANGUAGES {
        let text = decision::text(&Wording::new(language), &view, Look::default());
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
        assert!(!text.contains("##["), "{text}");
        assert!(
            !text.lines().any(|line| line.trim_start().starts_with("::")),
            "{text}"
        );
    }
}

#[test]
fn a_decision_with_nothing_in_it_is_still_a_page() {
    let (mut dossier, mut decision) = denied();
    dossier.changes.clear();
    decision.findings.clear();
    let wording = Wording::new(Language::En);
    let text = decision::text(&wording, &view(&dossier, &decision), Look::default());
    assert!(text.starts_with("BLOCKED  minato-ec → production"), "{text}");
    assert!(
        text.contains("No declared change in this range (2 steps)."),
        "{text}"
    );
}

/// A finding that names a change which is not in the dossier is shown all the same.
#[test]
fn no_finding_is_lost() {
    let (mut dossier, decision) = denied();
    dossier.changes.clear();
    for language in LANGUAGES {
        let text = decision::text(
            &Wording::new(language),
            &view(&dossier, &decision),
            Look::default(),
        );
        assert!(!decision.findings.is_empty());
        for finding in &decision.findings {
            assert!(text.contains(finding.code.as_str()), "{text}");
        }
    }
}

#[test]
fn a_fault_in_a_file() {
    assert_snapshot!(both(|w| fault::text(
        w,
        FILE,
        CONTENT,
        &a_fault(),
        Look::default()
    )));
}

#[test]
fn a_fault_never_points_outside_its_file() {
    let wording = Wording::new(Language::En);
    for (line, column, bytes) in [
        (0, 0, 0..0),
        (99, 1, 900..901),
        (3, 9999, 0..usize::MAX),
        (u32::MAX, u32::MAX, 1..1),
        (1, 8, 8..9),
    ] {
        let mut wrong = a_fault();
        wrong.place = Some(sekisho::change::text::Place { line, column, bytes });
        assert!(fault::text(&wording, FILE, CONTENT, &wrong, Look::default()).contains(FILE));
        assert!(fault::text(&wording, FILE, "", &wrong, Look::default()).contains('^'));
    }
}

pub(crate) fn rows() -> HistoryView {
    let row = Row {
        seq: 1042,
        at: moment("2026-12-04T09:52:00+09:00"),
        said: None,
        act: "deploy.finished/1".to_owned(),
        change: Some("CHG-20261204-7K3Q".to_owned()),
        change_type: Some("emergency".to_owned()),
        kind: Some("pricing".to_owned()),
        service: Some("minato-ec".to_owned()),
        environment: Some("production".to_owned()),
        areas: vec!["pricing".to_owned()],
        risk: Some("medium".to_owned()),
        executor: Some(PersonKey::from("sato")),
        approvers: vec![PersonKey::from("tanaka")],
        decider: Some(PersonKey::from("kudo")),
        rollback: Some(RollbackBrief {
            strategy: "restore".to_owned(),
            seconds: Some(480),
        }),
        codes: vec!["ROL-02".to_owned()],
        outcome: Some("rolled_back".to_owned()),
        deviation: false,
        by: "person:sato".to_owned(),
        channel: Some("unsigned".to_owned()),
        title: Some(Title::Text("冬の感謝祭 | 価格\u{1b}[2J".to_owned())),
    };
    let mut redacted = row.clone();
    redacted.act = "house.opened/3".to_owned();
    redacted.outcome = Some("<b>odd</b>".to_owned());
    redacted.title = Some(Title::Redacted(1050));
    redacted.by = "key:SHA256:abc".to_owned();
    redacted.executor = None;
    redacted.channel = Some("signed".to_owned());
    let mut bare = redacted.clone();
    bare.title = Some(Title::NotFetched);
    (bare.service, bare.rollback, bare.outcome, bare.change_type) = (None, None, None, None);
    HistoryView {
        rows: vec![row, redacted, bare],
        total: 17,
        older: None,
        people: People(names()),
    }
}

#[test]
fn the_history() {
    assert_snapshot!(both(|w| history::text(w, &rows(), Look::default())));
}

#[test]
fn the_history_on_a_narrow_screen() {
    let look = Look {
        colour: false,
        width: Some(80),
    };
    let text = both(|w| history::text(w, &rows(), look));
    assert!(
        text.lines()
            .all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80),
        "{text}"
    );
    assert_snapshot!(text);
}

pub(crate) fn page() -> ShowView {
    let at = moment("2026-12-04T09:49:00+09:00");
    let approval = |person: &str, channel: &str, by: Option<&str>, stands| ApprovalLine {
        person: PersonKey::from(person),
        kind: "approve".to_owned(),
        channel: channel.to_owned(),
        at,
        by: by.map(ToOwned::to_owned),
        seq: Some(1040),
        stands,
        evidence: (channel == "attested").then(|| Title::Text("電話 9:45、画面を共有".to_owned())),
    };
    ShowView {
        id: "CHG-20261204-7K3Q".parse().unwrap(),
        title: Title::Text("冬の感謝祭 価格一括変更".to_owned()),
        reason: Some(Title::Redacted(1050)),
        change_type: "normal".to_owned(),
        kind: Some("pricing".to_owned()),
        risk: Some("medium".to_owned()),
        service: Some("minato-ec".to_owned()),
        environment: Some("production".to_owned()),
        areas: vec!["pricing".to_owned(), "campaign".to_owned()],
        phase: Some("executed".to_owned()),
        place: Some(FILE.to_owned()),
        requester: None,
        executor: Some(PersonKey::from("sato")),
        approvers: vec![PersonKey::from("tanaka"), PersonKey::from("hayashi")],
        verifier: Some(PersonKey::from("hayashi")),
        approvals: vec![
            approval("tanaka", "review", None, true),
            approval("kudo", "attested", Some("sato"), true),
            approval("hayashi", "unsigned", None, false),
        ],
        exceptions: vec![ExceptionLine {
            rule: "SCH-02".to_owned(),
            person: "kudo".to_owned(),
            at,
            until: moment("2026-12-04T18:00:00+09:00"),
            channel: "unsigned".to_owned(),
            reason: Some("割引の表示が法令に反するため".to_owned()),
            state: "withdrawn".to_owned(),
            seq: 1039,
        }],
        rollback: Some(RollbackLine {
            strategy: Some("restore".to_owned()),
            steps: vec!["bin/restore prices".to_owned(), "目視で確認".to_owned()],
            decider: Some(PersonKey::from("tanaka")),
            alternate: Some(PersonKey::from("kudo")),
            criteria: vec!["5xx > 1% for 5m".to_owned()],
            decide_by: Some(moment("2026-12-04T10:20:00+09:00")),
            seconds: Some(480),
            ..RollbackLine::default()
        }),
        decisions: vec![DecisionLine {
            seq: 1041,
            at,
            word: "deny".to_owned(),
            codes: vec!["APP-02".to_owned()],
            head: Some("0f66ab12cd34ef56".to_owned()),
        }],
        executions: vec![ExecutionLine {
            started: Some(1043),
            started_at: Some(at),
            finished: Some(1044),
            finished_at: Some(moment("2026-12-04T11:20:00+09:00")),
            by: "person:sato".to_owned(),
            outcome: None,
            deviation: Some(Title::Text("The cache was emptied twice.".to_owned())),
        }],
        outcome: None,
        obligations: denied().0.standing.obligations,
        records: vec![RecordLine {
            seq: 1040,
            at,
            act: "change.approved/1".to_owned(),
            by: "key:SHA256:abc".to_owned(),
            channel: Some("signed".to_owned()),
        }],
        people: People(names()),
    }
}

#[test]
fn one_change() {
    assert_snapshot!(both(|w| show::text(w, &page(), Look::default())));
}

#[test]
fn the_state_to_return_to_is_in_the_words_of_the_reader() {
    let mut page = page();
    page.rollback.as_mut().unwrap().to = Some(LAST_STATE.to_owned());
    let japanese = show::text(&Wording::new(Language::Ja), &page, Look::default());
    assert!(
        japanese.contains("最後に通過した状態") && !japanese.contains(LAST_STATE),
        "{japanese}"
    );
}

#[test]
fn a_verification() {
    let sound = VerifyView {
        origin: "sekisho/example".to_owned(),
        size: 6,
        head: "ab".repeat(32),
        root: "cd".repeat(32),
        signed: 4,
        unsigned: 2,
        ..VerifyView::default()
    };
    let damaged = VerifyView {
        damages: vec![
            Message::new("damage-chain-broken").with("seq", 3),
            Message::new("damage-foreign-origin")
                .with("seq", 4)
                .with("expected", "sekisho/example")
                .with("found", "other\u{1b}c"),
            Message::new("damage-bad-signature")
                .with("seq", 5)
                .with("signature", "sha256:cd")
                .with("reason", "signature-wrong"),
        ],
        notes: vec![
            Message::new("note-blob-redacted")
                .with("seq", 2)
                .with("by", 6)
                .with("digest", "sha256:ab"),
        ],
        ..sound.clone()
    };
    assert_snapshot!(both(|w| format!(
        "{}\n{}",
        verify::text(w, &sound, Look::default()),
        verify::text(w, &damaged, Look::default())
    )));
    let json = verify::json(&Wording::new(Language::En), &damaged);
    assert_eq!(
        (json["sound"].as_bool(), json["damages"][0]["code"].as_str()),
        (Some(false), Some("damage-chain-broken"))
    );
}

#[test]
fn a_check() {
    let mut warning = a_fault();
    warning.warning = true;
    warning.place = None;
    let view = CheckView {
        files: vec![CheckedFile {
            file: FILE.to_owned(),
            content: Some(CONTENT.to_owned()),
            faults: vec![a_fault(), warning],
        }],
        asks: vec![Ask {
            change: None,
            message: Message::new("approval-none"),
        }],
        ..CheckView::default()
    };
    assert_snapshot!(both(|w| check::text(w, &view, Look::default())));
    let json = serde_json::to_value(check::json(&Wording::new(Language::En), &view)).unwrap();
    assert_eq!(
        (json["errors"].as_u64(), json["faults"][0]["line"].as_u64()),
        (Some(1), Some(3))
    );
}

#[test]
fn results_of_tests() {
    let fault = |test: &str, key: &str| TestFault {
        test: test.to_owned(),
        message: Message::new(key),
    };
    let rule = |faults, not_covered: Vec<u32>| TestedRule {
        code: "ROL-02".to_owned(),
        name: "approver-is-independent".to_owned(),
        file: "policies/roles/approver-is-independent.rego".to_owned(),
        tests: 2,
        removals: 9,
        faults,
        coverage: Some(if not_covered.is_empty() { 100 } else { 97 }),
        not_covered,
    };
    let untested = TestedRule {
        tests: 0,
        coverage: None,
        ..rule(vec![fault("", "test-no-file")], Vec::new())
    };
    let view = TestsView {
        rules: vec![
            rule(Vec::new(), Vec::new()),
            rule(vec![fault("test_na", "test-failed")], Vec::new()),
            rule(Vec::new(), vec![31, 32, 40]),
            untested,
        ],
        least: Some(98),
    };
    assert!(!view.sound() && !TestsView::default().sound());
    assert_snapshot!(both(|w| tests::text(w, &view, Look::default())));
    let json = tests::json(&Wording::new(Language::En), &view);
    let sound = |index: usize| json["rules"][index]["sound"].as_bool().unwrap();
    assert_eq!([0, 1, 2, 3].map(sound), [true, false, false, false]);
    assert_eq!(json["rules"][1]["faults"][0]["test"], "test_na");
    assert_eq!(json["rules"][2]["not_covered"], serde_json::json!([31, 32, 40]));
}

#[test]
fn times_read_as_people_write_them() {
    let (en, ja) = (Wording::new(Language::En), Wording::new(Language::Ja));
    let at = moment("2026-12-04T09:45:00+09:00");
    assert_eq!(time::moment(&en, at), "Fri 4 Dec 2026 09:45 +09:00");
    assert_eq!(time::moment(&ja, at), "2026年12月4日(金) 09:45 +09:00");
    assert_eq!(
        (time::short(&en, at), time::short(&ja, at)),
        ("4 Dec 09:45".to_owned(), "12/4 09:45".to_owned())
    );
    for (seconds, english, japanese) in [
        (0, "0 s", "0秒"),
        (45, "45 s", "45秒"),
        (60, "1 min", "1分"),
        (90, "90 s", "90秒"),
        (480, "8 min", "8分"),
        (509, "8 min", "8分"),
        (3_600, "1 h", "1時間"),
        (5_400, "1 h 30 min", "1時間30分"),
        (172_800, "2 d", "2日"),
        (93_600, "1 d 2 h", "1日2時間"),
    ] {
        assert_eq!(
            (time::duration(&en, seconds), time::duration(&ja, seconds)),
            (english.to_owned(), japanese.to_owned())
        );
    }
    assert!(!time::duration(&en, u64::MAX).is_empty());
    let until = moment("2026-12-04T09:53:00+09:00");
    assert_eq!(
        (time::remaining(&en, at, until), time::remaining(&ja, until, at)),
        ("8 min left".to_owned(), "8分前".to_owned())
    );
}
