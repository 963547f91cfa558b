//! An emergency at a pseudo-terminal: asked one by one, left at any question, called with one key.

use crate::support::port::{certificate, port};
use crate::support::stage::Stage;

/// Leaves at a question.
const CTRL_C: &str = "\u{3}";

/// What is asked, and what is typed, in one language.
struct Talk {
    language: &'static str,
    answers: [(&'static str, &'static str); 10],
    service: &'static str,
    nothing: &'static str,
    recalled: &'static str,
}

const ENGLISH: Talk = Talk {
    language: "en",
    answers: [
        ("What is touched", "www.minato-mart.example"),
        ("What is done", "Renew the certificate of www"),
        ("Who carries it out", ""),
        ("The measure", "renew"),
        ("Which incident", "#412"),
        ("The ground", "outage"),
        (
            "Why it cannot wait",
            "The certificate expired and no page can be read.",
        ),
        ("How it is put back", "./lb.sh maintenance on"),
        ("Who decides that", ""),
        ("Who approves afterwards", ""),
    ],
    service: "Type the name of the service",
    nothing: "Nothing is declared",
    recalled: "Your answers so far",
};

const JAPANESE: Talk = Talk {
    language: "ja",
    answers: [
        ("対象", "www.minato-mart.example"),
        ("何をするか", "wwwの証明書更新"),
        ("実行者", ""),
        ("手段", "証明書"),
        ("どの障害か", "＃４１２"),
        ("緊急事由", "停止"),
        ("待てない理由", "23:00に証明書が失効し、全ページが閲覧不能。"),
        ("切り戻し方", "保守ページへ切替: ./lb.sh maintenance on"),
        ("切り戻し判断者", "Kudo"),
        ("事後承認する人", "Kudo"),
    ],
    service: "サービス名 minato-ec",
    nothing: "まだ宣言していません",
    recalled: "これまでの入力",
};

impl Talk {
    fn flags(&self) -> [&'static str; 5] {
        ["--lang", self.language, "emergency", "--service", "minato-ec"]
    }

    /// Declares; the name of the service is typed wide.
    fn declares(&self, stage: &Stage, columns: u16, then: &[(&str, &str)]) -> String {
        let mut terminal = stage.at_terminal_of("suzuki", &self.flags(), columns);
        for (question, keys) in self.answers {
            terminal.answers(question, keys);
        }
        terminal.answers(self.service, "ｍｉｎａｔｏ－ｅｃ");
        for (question, keys) in then {
            terminal.sees(question).types(keys);
        }
        terminal.ends(0)
    }
}

fn left_behind(stage: &Stage) -> usize {
    let folder = stage.path(".git/sekisho/answers");
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

fn the_only(stage: &Stage) -> String {
    let status = stage.sekisho("suzuki", &["emergency", "status"]).expect(0);
    status.out.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn a_tired_person_declares_calls_and_may_start() {
    let mut stage = port();
    stage.at("2026-11-21T23:16:00+09:00");
    let seen = ENGLISH.declares(&stage, 160, &[("Call Kudo now", "n"), ("4:59", "q")]);
    assert!(seen.contains("Waiting for Kudo to call back"), "{seen}");
    assert!(seen.contains("suzuki"), "{seen}");
    let next = seen.lines().rev().find(|line| !line.trim().is_empty()).unwrap();
    assert!(next.contains("next: sekisho emergency call"), "{seen}");
    assert_eq!(left_behind(&stage), 0);

    // The same command goes on, whoever answers is written down, and the next command is the last.
    stage.at("2026-11-21T23:21:00+09:00");
    let mut terminal = stage.at_terminal("suzuki", &["emergency", "--service", "minato-ec"]);
    terminal
        .sees("goes on with it")
        .sees("Call Tanaka now")
        .types("ｙ");
    terminal.answers("What did Tanaka say?", "23:22 by phone: go ahead");
    let seen = terminal.ends(0);
    let next = seen.lines().rev().find(|line| !line.trim().is_empty()).unwrap();
    assert!(next.contains("next: sekisho start CHG-"), "{seen}");
    let id = the_only(&stage);
    let text = stage.sekisho("suzuki", &["show", &id]).expect(0).out;
    assert!(
        text.contains("www.minato-mart.example") || text.contains("Renew"),
        "{text}"
    );
    stage
        .sekisho("suzuki", &["start", &id, "--service", "minato-ec"])
        .expect(0);
}

#[test]
fn forty_columns_and_japanese_are_enough() {
    let mut stage = port();
    stage.at("2026-11-21T23:16:00+09:00");
    let calls = [
        ("Kudoさんに連絡してください", "n"),
        ("Kudoさんからの折り返し", "r"),
        ("Kudoさんの返事", "朝まで待て\r"),
        ("Tanakaさんに連絡してください", "ｎ"),
        ("4:59", CTRL_C),
    ];
    let seen = JAPANESE.declares(&stage, 40, &calls);
    assert!(seen.contains("不承認を記録しました"), "{seen}");
    let last = seen.trim_end().lines().last().unwrap();
    assert!(last.contains("次の操作: sekisho emergency call"), "{seen}");
}

#[test]
fn leaving_at_each_question_loses_no_answer() {
    for talk in [ENGLISH, JAPANESE] {
        let mut stage = port();
        stage.at("2026-11-21T23:16:00+09:00");
        for (place, (question, keys)) in talk.answers.into_iter().enumerate() {
            let mut terminal = stage.at_terminal_of("suzuki", &talk.flags(), 60);
            if place > 0 {
                terminal.sees(talk.recalled);
            }
            terminal.answers(question, keys);
            let next = talk.answers.get(place + 1).map_or(talk.service, |next| next.0);
            terminal.sees(next).types(CTRL_C);
            let seen = terminal.ends(2);
            assert!(seen.contains(talk.nothing), "{seen}");
            for (earlier, _) in &talk.answers[..place] {
                assert!(!seen.contains(&format!("? {earlier}")), "{earlier}\n{seen}");
            }
        }
        stage.sekisho("suzuki", &["emergency", "status"]).expect(2);
        let mut terminal = stage.at_terminal("suzuki", &talk.flags());
        terminal.sees(talk.recalled).sees("--approver: kudo");
        terminal
            .answers(talk.service, "minato-ec")
            .sees("Kudo")
            .types("q");
        terminal.ends(0);
        let log = stage
            .sekisho("suzuki", &["history", "--format", "json"])
            .expect(0)
            .out;
        assert_eq!(log.matches("emergency.prompt_abandoned").count(), 1, "{log}");
        assert_eq!(left_behind(&stage), 0);
    }
}

#[test]
fn a_mistyped_service_is_asked_for_again() {
    let stage = port();
    let mut flags = certificate(&["--yes-service"]);
    flags.extend(["--executor", "suzuki"]);
    let mut terminal = stage.at_terminal("suzuki", &flags);
    terminal
        .answers("Type the name of the service", "minato")
        .sees("That is not minato-ec")
        .answers("Type the name of the service", "-ec")
        .sees("Call Kudo now")
        .types("q");
    terminal.ends(0);
}

#[test]
fn answers_that_somebody_put_there_or_that_are_old_are_not_taken() {
    let mut stage = port();
    stage.at("2026-11-21T23:16:00+09:00");
    let leave = |stage: &Stage| {
        let mut terminal = stage.at_terminal("suzuki", &ENGLISH.flags());
        terminal
            .answers("What is touched", "www")
            .sees("What is done")
            .types(CTRL_C);
        terminal.ends(2)
    };
    leave(&stage);
    // Another day it is another emergency.
    stage.at("2026-11-23T00:16:00+09:00");
    let seen = leave(&stage);
    assert!(!seen.contains("Your answers so far"), "{seen}");
    // Nobody answers for another person.
    let mut terminal = stage.at_terminal("sato", &ENGLISH.flags());
    terminal.sees("What is touched").types(CTRL_C);
    terminal.ends(2);
    // Terminal commands in planted answers are shown as text, and a link is not followed.
    let folder = stage.path(".git/sekisho/answers");
    let file = std::fs::read_dir(&folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let kept = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, kept.replace("www", "\\u001b[2Jwww")).unwrap();
    let mut terminal = stage.at_terminal("suzuki", &ENGLISH.flags());
    terminal
        .sees("--target: ")
        .sees("www")
        .sees("What is done")
        .types(CTRL_C);
    let seen = terminal.ends(2);
    assert!(!seen.contains('\u{1b}'), "{seen:?}");
    let elsewhere = stage.beside("elsewhere").join("answers.json");
    std::fs::write(&elsewhere, &kept).unwrap();
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    let mut terminal = stage.at_terminal("suzuki", &ENGLISH.flags());
    terminal
        .answers("What is touched", "api")
        .sees("What is done")
        .types(CTRL_C);
    terminal.ends(2);
    assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), kept);
}

#[test]
fn what_is_missing_fits_one_screen() {
    let stage = port();
    let flags = certificate(&["--incident", "--decider"]);
    for language in ["en", "ja"] {
        let page = stage
            .sekisho("suzuki", &[&["--lang", language][..], &flags].concat())
            .expect(1);
        assert!(page.out.contains("EMG-04"), "{}", page.both());
        assert!(
            !page.out.contains("EMG-13") && !page.out.contains("DEC-02"),
            "{}",
            page.both()
        );
        assert!(page.both().lines().count() <= 24, "{}", page.both());
        assert!(!page.out.contains("emergency status"), "{}", page.both());
        let last = page.err.trim_end().lines().last().unwrap();
        assert!(last.contains("--incident --decider"), "{}", page.both());
    }
}
