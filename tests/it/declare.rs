//! `declare`: what it asks and why, templates, and what it refuses.

use crate::support::stage::Stage;

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, keys: ["{hayashi}"]}
executors: [sato]
approvers: [hayashi]
areas:
  database: {paths: ["db/**"]}
templates:
  web: {paths: ["web/**"]}
  price-import: {paths: ["data/**"]}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

fn shop() -> Stage {
    let mut stage = Stage::new();
    let mut config = CONFIG.to_owned();
    for person in ["sato", "hayashi"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("web/page.html", "one\n");
    stage.commit("sato", "The shop");
    stage.git("sato", &["config", "user.name", "Sato"]);
    stage.git("sato", &["config", "user.email", "sato@shop.example"]);
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage
}

const SAID: [&str; 6] = [
    "--title",
    "Lower the price",
    "--reason",
    "The autumn campaign starts on Monday.",
    "--reference",
    "#12",
];

/// The path that was written.
fn path(out: &str) -> String {
    out.lines().last().unwrap_or_default().trim().to_owned()
}

#[test]
fn without_a_terminal_the_missing_flags_are_named() {
    let stage = shop();
    let done = stage.sekisho("sato", &["declare"]).expect(2);
    assert!(
        done.err.contains("--title --reason --reference"),
        "{}",
        done.both()
    );
    let kind = [
        &["declare", "--kind", "certificate", "--delivery", "manual"][..],
        &SAID,
    ]
    .concat();
    let done = stage.sekisho("sato", &kind).expect(2);
    for flag in [
        "--executor",
        "--verifier",
        "--procedure",
        "--plan",
        "--test",
        "--start",
        "--end",
        "--verify",
        "--done-when",
        "--detail names=VALUE",
        "--detail not_after_old=VALUE",
    ] {
        assert!(done.err.contains(flag), "{flag}\n{}", done.both());
    }
    assert!(!stage.path("changes").exists());
    stage
        .sekisho("sato", &[&["declare"][..], &SAID].concat())
        .expect(0);
}

#[test]
fn staged_paths_raise_what_is_asked_for() {
    let stage = shop();
    stage.write("db/1.sql", "x\n");
    stage.git("sato", &["add", "db"]);
    let done = stage
        .sekisho("sato", &[&["declare"][..], &SAID].concat())
        .expect(2);
    assert!(done.err.contains("--start --end"), "{}", done.both());
}

#[test]
fn flags_fill_every_field_that_is_demanded() {
    let stage = shop();
    let all = [
        "declare",
        "--kind",
        "ｄｎｓ",
        "--delivery",
        "manual",
        "--target",
        "www.shop.example",
        "--executor",
        "sato",
        "--verifier",
        "hayashi",
        "--function",
        "all pages",
        "--security",
        "none",
        "--procedure",
        "docs/dns.md",
        "--plan",
        "dns/new.txt",
        "--test",
        "the zone checks out",
        "--start",
        "２０２６－１２－０４Ｔ０９：５０",
        "--end",
        "2026-12-04T11:00",
        "--verify",
        "dig www.shop.example",
        "--done-when",
        "the new address is shown",
        "--detail",
        "zone=shop.example",
        "--detail",
        "record=www",
        "--detail",
        "type=A",
        "--detail",
        "old=192.0.2.1",
        "--detail",
        "new=192.0.2.2",
        "--detail",
        "ttl_now=300",
    ];
    let done = stage.sekisho("sato", &[&all[..], &SAID].concat()).expect(0);
    let text = stage.read(&path(&done.out));
    assert!(text.contains("kind: dns"), "{text}");
    assert!(text.contains("start: 2026-12-04T09:50:00+09:00"), "{text}");
    assert!(text.contains("delivery: manual"), "{text}");
}

const SHIPPED: [&str; 4] = [
    "dependency-patch",
    "price-import",
    "release-rollback",
    "renew-certificate",
];

#[test]
fn every_template_on_disk_is_listed_in_both_languages() {
    for language in ["en", "ja"] {
        let folder = crate::scan::top().join("templates").join(language);
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names, SHIPPED.map(|name| format!("{name}.yml")));
    }
}

#[test]
fn every_shipped_template_is_complete_but_for_its_placeholders() {
    for language in ["en", "ja"] {
        let stage = shop();
        let config = stage.read("sekisho.yml").replace("price-import:", "prices:");
        stage.write("sekisho.yml", &config);
        for name in SHIPPED {
            let done = stage
                .sekisho("sato", &["--lang", language, "declare", "--from", name])
                .expect(0);
            let file = path(&done.out);
            let text = stage.read(&file);
            assert_eq!(text.is_ascii(), language == "en", "{text}");
            let check = stage
                .sekisho("sato", &["--lang", language, "check", &file])
                .expect(1);
            let named = if language == "en" {
                "still to be filled in"
            } else {
                "まだ記入されていません"
            };
            let placeholders = text.matches("\"<").count();
            assert!(placeholders > 5, "{text}");
            let found = check.out.matches(named).count();
            assert_eq!(found, placeholders, "{name}\n{}", check.both());
            // With everything filled in, nothing is left to say.
            let filled = filled(&text);
            stage.write(&file, &filled);
            for place in ["docs/steps.md", "data/new.csv"] {
                stage.write(place, "x\n");
            }
            let done = stage.sekisho("sato", &["check", &file]);
            assert_eq!(done.code, 0, "{filled}\n{}", done.both());
            std::fs::remove_file(stage.path(&file)).unwrap();
        }
    }
}

/// The text with something sensible in place of each placeholder.
fn filled(text: &str) -> String {
    let value = |line: &str| {
        let key = line.trim_start().split(':').next().unwrap_or_default();
        match key {
            "executor" | "owner" => "sato",
            "verifier" | "decider" => "hayashi",
            "start" => "2026-12-04T09:50",
            "end" => "2026-12-04T11:00",
            "procedure" => "docs/steps.md",
            "plan" => "data/new.csv",
            "starts_at" | "ends_at" | "not_after_old" | "not_after_new" => "2026-12-04T10:00",
            "title" => "A title that says what is done",
            _ if line.contains("#12") => "\"#12\"",
            _ if line.contains("CVE") => "CVE-2026-1234",
            _ => "./check-it.sh 20 items",
        }
    };
    let line = |line: &str| match line.split_once("\"<") {
        Some((before, _)) => format!("{before}{}\n", value(line)),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn templates_are_listed_and_an_unknown_one_is_answered_with_them() {
    let stage = shop();
    let done = stage.sekisho("sato", &["declare", "--list-templates"]).expect(0);
    for name in SHIPPED {
        assert_eq!(done.out.matches(name).count(), 1, "{}", done.both());
    }
    assert!(done.out.contains("web  "), "{}", done.both());
    // The repository's own wins over the shipped one of its name.
    assert!(done.out.contains("data/**"), "{}", done.both());
    let done = stage
        .sekisho("sato", &["declare", "--from", "renew-certificat"])
        .expect(2);
    assert!(done.err.contains("renew-certificate"), "{}", done.both());
    std::fs::remove_file(stage.path("sekisho.yml")).unwrap();
    let done = stage
        .sekisho("sato", &["--lang", "ja", "declare", "--list-templates"])
        .expect(0);
    assert!(done.out.contains("証明書"), "{}", done.both());
}

#[test]
fn flags_win_over_the_template() {
    let stage = shop();
    let flags = [
        "declare",
        "--from",
        "renew-certificate",
        "--verifier",
        "hayashi",
        "--delivery",
        "mixed",
    ];
    let done = stage.sekisho("sato", &[&flags[..], &SAID].concat()).expect(0);
    let text = stage.read(&path(&done.out));
    for line in [
        "title: Lower the price",
        "verifier: hayashi",
        "delivery: mixed",
        "executor: \"<",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn template_of_the_repository_makes_a_standard_change_that_passes() {
    let stage = shop();
    stage.write("web/page.html", "two\n");
    let done = stage.sekisho("sato", &["declare", "--from", "web"]).expect(0);
    let file = path(&done.out);
    assert!(stage.read(&file).contains("template: web"));
    stage.commit("sato", "Another page");
    let change = file
        .rsplit('/')
        .next()
        .unwrap()
        .trim_end_matches(".yml")
        .to_owned();
    stage.sekisho("hayashi", &["approve", &change]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn record_with_placeholders_is_not_filed() {
    let stage = shop();
    let done = stage
        .sekisho("sato", &["declare", "--from", "renew-certificate", "--file"])
        .expect(2);
    assert!(done.err.contains("window.start"), "{}", done.both());
    let verified = stage.sekisho("sato", &["verify", "--format", "json"]).json();
    assert_eq!(verified["size"], 2, "{verified:#}");
}

#[test]
fn wrong_answer_in_a_flag_is_refused_before_anything_is_written() {
    let stage = shop();
    for flags in [
        ["--verifier", "hayasi"],
        ["--start", "tomorrow"],
        ["--detail", "no value"],
        ["--detail", "a.b=c"],
        ["--rollback", "no such plan"],
        ["--delivery", "by post"],
    ] {
        stage
            .sekisho("sato", &[&["declare"][..], &SAID, &flags].concat())
            .expect(2);
    }
    assert!(!stage.path("changes").exists());
}

#[test]
fn title_of_yaml_and_escapes_stays_a_title() {
    let stage = shop();
    let hostile = "\u{1b}[31m\"x\": {y}\n- *a # \u{202e}<b>";
    let flags = [
        "declare",
        "--title",
        hostile,
        "--reason",
        "The reason is a test.",
        "--reference",
        "#1",
    ];
    let done = stage.sekisho("sato", &flags);
    assert!(!done.both().contains('\u{1b}'), "{}", done.both());
    if done.code == 0 {
        let text = stage.read(&path(&done.out));
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    }
}

#[test]
fn changes_folder_that_is_a_link_out_of_the_repository() {
    let stage = shop();
    let outside = stage.repository().parent().unwrap().join("outside");
    std::fs::create_dir_all(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, stage.path("changes")).unwrap();
    let done = stage
        .sekisho("sato", &[&["declare"][..], &SAID].concat())
        .expect(2);
    assert!(done.err.contains("link"), "{}", done.both());
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
}

#[test]
fn a_person_is_asked_for_what_the_risk_demands_in_english() {
    let stage = shop();
    stage.git("sato", &["switch", "-q", "-c", "feature/12-new-column"]);
    stage.write("db/1.sql", "x\n");
    stage.write("docs/steps.md", "x\n");
    stage.git("sato", &["add", "db"]);
    let mut terminal = stage.at_terminal("sato", &["declare"]);
    terminal
        .sees("Branch feature/12-new-column, 1 file staged")
        .sees("medium risk")
        .answers("The change in one line", "")
        .answers("Why is it made?", "Orders get a note of their own.")
        .answers("Issue, address or CVE", "")
        .answers("Where are the steps written down?", "docs/steps.md")
        .sees("Asked because this is medium risk")
        .answers("What was tried before?", "the column in the spare shop")
        .answers("Earliest start", "tomorrow")
        .answers(
            "is no value for --start",
            "\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}2026-12-04T09:50",
        )
        .answers("Latest end", "2026-12-04T11:00");
    let seen = terminal.ends(0);
    let file = seen
        .lines()
        .find_map(|line| line.trim().strip_suffix(".yml"))
        .map(|path| format!("{}.yml", &path[path.find("changes/").unwrap()..]));
    let text = stage.read(&file.unwrap());
    for line in [
        "title: new column",
        "\"#12\"",
        "procedure: docs/steps.md",
        "start: 2026-12-04T09:50",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn a_person_fills_in_a_template_in_japanese() {
    let stage = shop();
    let flags = ["--lang", "ja", "declare", "--from", "release-rollback"];
    let mut terminal = stage.at_terminal("sato", &flags);
    terminal
        .answers("件名: どの版からどの版へ戻すか", "2.4 から 2.3 に戻す")
        .answers(
            "反映後に本番で起きていること",
            "注文の1割が失敗しているため、以前の版に戻す。",
        )
        .answers("障害の番号", "#41、#42")
        .answers("利用者が再び使えるようになる機能", "注文")
        .answers("新しい版をもう一度反映するコマンド", "./deploy.sh 2.4")
        .answers("再び進める判断をする人", "ｈａｙａｓｈｉ")
        .answers("動いている版を確認するコマンド", "");
    let seen = terminal.ends(0);
    assert!(
        seen.contains("未記入の項目があります: verification.checks、followups[0].what、followups[0].owner"),
        "{seen}"
    );
    let entry = std::fs::read_dir(stage.path("changes/2026"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let text = std::fs::read_to_string(entry.path()).unwrap();
    for line in [
        "title: 2.4 から 2.3 に戻す",
        "decider: hayashi",
        "\"#42\"",
        "\"<動いている版",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn leaving_at_a_question_writes_nothing() {
    let stage = shop();
    for key in ["\u{3}", "\u{1b}"] {
        let mut terminal = stage.at_terminal("sato", &["declare"]);
        terminal.answers("The change in one line", "x");
        terminal.sees("Why is it made?").types(key);
        let seen = terminal.ends(2);
        assert!(seen.contains("Nothing was written"), "{seen}");
        assert!(!stage.path("changes").exists());
    }
}
