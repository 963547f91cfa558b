//! The commonest denials, as people read them in both languages: what, why, who or what is missing, and
//! the next command. Each is a real decision of the real program.

use crate::support::stage::Stage;

const NAMES: [&str; 6] = ["佐藤 優", "林 樹", "石井 陸", "森 薫", "田中 彩", "工藤 健"];

const KEYS: [&str; 6] = ["sato", "hayashi", "ishii", "mori", "tanaka", "kudo"];

/// One way to be denied. Where nothing else is said, `app.txt` is changed and declared in one commit.
#[derive(Default, Clone, Copy)]
struct Case {
    name: &'static str,
    /// Lines of the declaration besides title, reason and reference; a line that has one of those in it
    /// replaces it.
    declared: &'static str,
    /// Files besides the declaration: path and text.
    files: &'static [(&'static str, &'static str)],
    /// Who approves what was committed.
    approved: &'static [&'static str],
    /// Files that are committed after the approval.
    after: &'static [(&'static str, &'static str)],
    /// The message of the commit.
    message: &'static str,
    /// Whether nothing is declared, or only later.
    undeclared: bool,
    /// When it is committed and approved.
    from: &'static str,
    /// When the gate is asked; empty: at once.
    at: &'static str,
    /// What is asked; empty: the gate.
    ask: &'static str,
}

const ONE: Case = Case {
    name: "",
    declared: "",
    files: &[("app.txt", "two\n")],
    approved: &["hayashi"],
    after: &[],
    message: "Shipping costs",
    undeclared: false,
    from: "2026-12-01T11:00:00+09:00",
    at: "",
    ask: "",
};

/// What makes a change of medium risk complete, with its way back.
const MEDIUM: &str = "risk: medium\nprocedure: docs/steps.md\ntests: [tried on the spare shop]\n\
    window: {start: 2026-12-01T10:00, end: 2026-12-01T12:00, estimate: 10m}\n\
    impact: {functions: [cart]}\nroles: {verifier: ishii}\n\
    rollback: {strategy: redeploy, steps: [./deploy previous], criteria: [\"5xx > 1% for 5m\"], decider: hayashi, \
    decider_alternate: ishii, duration: 8m, decide_by: 2026-12-01T11:30, tested: 2026-11-20}\n";

const CASES: &[Case] = &[
    Case {
        name: "nobody declared it",
        undeclared: true,
        ..ONE
    },
    Case {
        name: "declared in a later commit",
        undeclared: true,
        after: &[("changes/2026/ID.yml", "DECLARATION")],
        ..ONE
    },
    Case {
        name: "names a change that is not there",
        undeclared: true,
        message: "Shipping costs\n\nChange: CHG-20261201-ZZZZ",
        ..ONE
    },
    Case {
        name: "two declarations in one commit",
        files: &[
            ("app.txt", "two\n"),
            ("changes/2026/CHG-20261201-BBBB.yml", "DECLARATION"),
        ],
        ..ONE
    },
    Case {
        name: "nobody approved it",
        approved: &[],
        ..ONE
    },
    Case {
        name: "changed after the approval",
        after: &[("app.txt", "three\n")],
        ..ONE
    },
    Case {
        name: "approved by whoever carries it out",
        approved: &["sato"],
        ..ONE
    },
    Case {
        name: "approved by somebody without authority",
        approved: &["kudo"],
        ..ONE
    },
    Case {
        name: "somebody objects",
        ask: "object",
        ..ONE
    },
    Case {
        name: "sensitive area without its owner",
        declared: "targets: [{area: pricing}]\n",
        files: &[("data/prices.csv", "tea,980\n")],
        ..ONE
    },
    Case {
        name: "medium risk and little said",
        declared: "risk: medium\n",
        ..ONE
    },
    Case {
        name: "a placeholder is left",
        declared: "reason: TBD\n",
        ..ONE
    },
    Case {
        name: "the reason says nothing",
        declared: "reason: fix\n",
        ..ONE
    },
    Case {
        name: "a reference that leads nowhere",
        declared: "references: [see chat]\n",
        ..ONE
    },
    Case {
        name: "a person who is not there yet",
        declared: "roles: {verifier: mori}\n",
        ..ONE
    },
    Case {
        name: "another person carries it out than declared",
        declared: "roles: {executor: kudo}\n",
        ..ONE
    },
    Case {
        name: "a payment without a party to call",
        declared: "kind: payment\n",
        ..ONE
    },
    Case {
        name: "a file rides along",
        declared: "targets: [{paths: [app.txt]}]\n",
        files: &[("app.txt", "two\n"), ("other.txt", "one\n")],
        ..ONE
    },
    Case {
        name: "a sensitive area is not named",
        declared: "targets: [{area: texts}]\n",
        files: &[("texts/a.txt", "two\n"), ("data/prices.csv", "tea,980\n")],
        approved: &["hayashi", "tanaka"],
        ..ONE
    },
    Case {
        name: "steps that nobody can follow",
        declared: "rollback: {strategy: revert, steps: [revert it], criteria: [\"5xx > 1% for 5m\"], decider: hayashi, duration: 5m}\n",
        ..ONE
    },
    Case {
        name: "a criterion that is a feeling",
        declared: "rollback: {strategy: redeploy, steps: [./deploy previous], criteria: [if it looks bad], decider: hayashi, duration: 5m}\n",
        ..ONE
    },
    Case {
        name: "a migration and only the earlier release",
        files: &[("db/migrate/1.sql", "alter table orders;\n")],
        ..ONE
    },
    Case {
        name: "the risk is declared too low",
        declared: "kind: pricing\nrisk: low\n",
        ..ONE
    },
    Case {
        name: "the gate's own files",
        files: &[("sekisho.yml", "CONFIG")],
        ..ONE
    },
    Case {
        name: "outside the declared window",
        declared: "window: {start: 2026-12-02T20:00, end: 2026-12-02T21:00}\n",
        ..ONE
    },
    Case {
        name: "too late to go back",
        declared: "window: {start: 2026-12-01T10:00, end: 2026-12-01T11:03}\n",
        ..ONE
    },
    Case {
        name: "high risk on short notice",
        declared: "MEDIUM risk: high",
        approved: &["hayashi", "ishii"],
        ..ONE
    },
    Case {
        name: "work by hand without its difference",
        declared: "kind: config\ndelivery: manual\n",
        ask: "start",
        ..ONE
    },
    Case {
        name: "a freeze is in force",
        at: "2026-12-29T11:00:00+09:00",
        approved: &[],
        ..ONE
    },
    Case {
        name: "the approval is old",
        from: "2026-12-29T12:00:00+09:00",
        at: "2027-02-09T11:00:00+09:00",
        ..ONE
    },
];

fn config(stage: &mut Stage) -> String {
    let mut config = "version: 1\nlanguage: ja\npeople:\n".to_owned();
    for (key, name) in KEYS.iter().zip(NAMES) {
        let from = if *key == "mori" { ", from: 2027-01-05" } else { "" };
        let public = stage.key(key);
        config.push_str(&format!(
            "  {key}: {{name: {name}, email: {key}@shop.example, keys: [\"{public}\"]{from}}}\n"
        ));
    }
    config.push_str(
        "executors: [sato, kudo]\napprovers: [hayashi, ishii, sato]\nareas:\n  \
         pricing: {owners: [tanaka], paths: [\"data/prices*.csv\"]}\n  texts: {paths: [\"texts/**\"]}\nrollback_plans:\n  \
         previous: {strategy: redeploy, steps: [./deploy previous], criteria: [\"5xx > 1% for 5m\"], decider: hayashi, duration: 5m}\n\
         calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23, 2027-01-01, 2027-01-11]}\nwindows: {default: always}\n\
         freezes:\n  - {id: year-end, kind: hard, from: 2026-12-28T00:00, to: 2027-01-03T23:59, owner: hayashi, reason: year end}\n",
    );
    config
}

/// The declaration of a case: the usual lines, its own in their place or below.
fn declaration(number: usize, declared: &str) -> String {
    let declared = match declared.strip_prefix("MEDIUM ") {
        Some("risk: high") => MEDIUM.replace("risk: medium", "risk: high"),
        _ => declared.to_owned(),
    };
    let mut text = "schema: sekisho/declaration/v1\n".to_owned();
    for (key, value) in [
        ("title", "送料の表示を直す".to_owned()),
        (
            "reason",
            "実際の請求と違う送料が表示されているため、正しい金額に直す。".to_owned(),
        ),
        ("references", format!("[\"#{number}\"]")),
    ] {
        if !declared.contains(&format!("{key}:")) {
            text.push_str(&format!("{key}: {value}\n"));
        }
    }
    text + &declared
}

/// What the program prints to one case.
fn page(stage: &mut Stage, (number, case): (usize, &Case), config: &str) -> (i32, [String; 2]) {
    let id = format!("CHG-20261201-A{number:03}");
    let written = declaration(number, case.declared);
    stage.at(case.from);
    let write = |stage: &Stage, files: &[(&str, &str)]| {
        for (path, text) in files {
            let text = match *text {
                "DECLARATION" => written.clone(),
                "CONFIG" => format!("{config}# One more line.\n"),
                text => text.to_owned(),
            };
            stage.write(&path.replace("ID", &id), &text);
        }
    };
    write(stage, case.files);
    if !case.undeclared {
        stage.write(&format!("changes/2026/{id}.yml"), &written);
    }
    stage.commit("sato", case.message);
    if !case.undeclared
        && case.ask != "start"
        && !case.files.iter().any(|(path, _)| path.starts_with("changes"))
    {
        for person in case.approved {
            stage.sekisho(person, &["approve", &id]).expect(0);
        }
    }
    if !case.after.is_empty() {
        write(stage, case.after);
        stage.commit("sato", &format!("More\n\nChange: {id}"));
    }
    if !case.at.is_empty() {
        stage.at(case.at);
    }
    if case.ask == "object" {
        let no = ["object", &id, "--reason", "The prices are wrong."];
        stage.sekisho("ishii", &no).expect(0);
    }
    let ask = match case.ask {
        "start" => vec!["start", id.as_str()],
        _ => vec!["gate"],
    };
    let mut code = 1;
    let pages = ["en", "ja"].map(|language| {
        let done = stage.sekisho_with("sato", &ask, &[("SEKISHO_LANG", language)]);
        code = if done.code == 1 { code } else { done.code };
        format!(
            "# {}
{}{}",
            case.name, done.out, done.err
        )
    });
    (code, pages)
}

/// How many cases share a log.
const EACH_LOG: usize = 5;

/// What differs from run to run.
const VARIES: &[(&str, &str)] = &[
    (r"\b[0-9a-f]{40}\b", "COMMIT"),
    (r"\b[0-9a-f]{12}\b", "COMMIT"),
    (r"checkpoint [0-9]+( [0-9a-f]+…?)+", "checkpoint N"),
    (r"チェックポイント ?[0-9]+( [0-9a-f]+…?)+", "チェックポイントN"),
    (r"Record [0-9]+", "Record N"),
    (r"記録[0-9]+", "記録N"),
];

#[test]
fn thirty_denials_in_both_languages() {
    let mut all = [Vec::new(), Vec::new()];
    let mut others = Vec::new();
    // Every command verifies the whole log, so a new one is begun from time to time.
    for (round, cases) in CASES.chunks(EACH_LOG).enumerate() {
        let mut stage = Stage::new();
        let config = config(&mut stage);
        stage.write("sekisho.yml", &config);
        stage.write("app.txt", "one\n");
        stage.write("docs/steps.md", "Do it, look at it.\n");
        let base = stage.commit("sato", "The shop");
        stage.sekisho("sato", &["baseline"]).expect(0);
        for (index, case) in cases.iter().enumerate() {
            let (code, pages) = page(&mut stage, (round * EACH_LOG + index, case), &config);
            all.iter_mut().zip(pages).for_each(|(all, page)| all.push(page));
            others.extend((code != 1).then_some(case.name));
            stage.git("sato", &["reset", "-q", "--hard", &base]);
            stage.git("sato", &["clean", "-qfd"]);
        }
    }
    let [english, japanese] = all.map(|pages| pages.join("\n"));
    insta::with_settings!({filters => VARIES.to_vec()}, {
        insta::assert_snapshot!("english", english);
        insta::assert_snapshot!("japanese", japanese);
    });
    assert_eq!(others, [""; 0]);
    assert!(CASES.len() >= 30);
}
