//! Plays a story: each step moves the clock, does things, and says what the gate has to answer.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::support::stage::{Done, Stage};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    story: String,
    config: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    says: String,
    at: String,
    by: String,
    /// `write FILE TEXT` · `commit PERSON MESSAGE` · `amend` · `configure OLD NEW` ·
    /// `declare NAME FLAGS…` · `as PERSON COMMAND…` · `gate FLAGS…` · `sekisho COMMAND…`;
    /// `{NAME}` stands for the number of the change declared under that name.
    r#do: Vec<Vec<String>>,
    /// The exit code of the last command.
    exit: i32,
    decision: Option<String>,
    /// Exactly these codes deny; without it they are not looked at.
    codes: Option<Vec<String>>,
}

/// Plays the story in `text`.
pub(super) fn play(text: &str) {
    let story: Story = serde_json::from_str(text).unwrap();
    let mut stage = Stage::new();
    let mut config = story.config;
    while let Some(start) = config.find("{key:") {
        let end = start + config[start..].find('}').unwrap();
        let key = stage.key(&config[start + 5..end]);
        config.replace_range(start..=end, &key);
    }
    stage.write("sekisho.yml", &config);
    let mut changes = BTreeMap::new();
    for step in &story.steps {
        stage.at(&step.at);
        let mut last = None;
        for action in &step.r#do {
            if let Some(done) = act(&stage, step, action, &mut changes) {
                last = Some(done);
            }
        }
        let done = last.expect("a step ends with a command");
        let place = format!("{}: {}", story.story, step.says);
        assert_eq!(done.code, step.exit, "{place}\n{}", done.both());
        check(step, &done, &place);
    }
}

fn act(
    stage: &Stage,
    step: &Step,
    action: &[String],
    changes: &mut BTreeMap<String, String>,
) -> Option<Done> {
    let words: Vec<String> = action.iter().map(|word| named(word, changes)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", file, text] => stage.write(file, text),
        ["commit", person, message] => {
            stage.commit(person, message);
        }
        ["amend"] => {
            stage.git(&step.by, &["add", "-A"]);
            stage.git(&step.by, &["commit", "-q", "--amend", "--no-edit"]);
        }
        ["configure", old, new] => {
            let text = stage.read("sekisho.yml");
            assert!(text.contains(old), "{old}");
            stage.write("sekisho.yml", &text.replace(old, new));
        }
        ["declare", name, flags @ ..] => {
            let done = stage.sekisho(&step.by, &[&["declare"], flags].concat()).expect(0);
            let id = done
                .out
                .trim()
                .rsplit('/')
                .next()
                .unwrap()
                .trim_end_matches(".yml")
                .to_owned();
            changes.insert((*name).to_owned(), id);
        }
        ["as", person, command @ ..] => {
            stage.sekisho(person, command).expect(0);
        }
        ["done", person, kind, evidence] => {
            let list = stage
                .sekisho(person, &["due", "--format", "json"])
                .expect(0)
                .json();
            let open = list["open"].as_array().unwrap();
            let one = open.iter().find(|one| one["kind"] == *kind).unwrap();
            let id = one["id"].as_str().unwrap();
            stage
                .sekisho(person, &["due", "--done", id, "--evidence", evidence])
                .expect(0);
        }
        ["gate", flags @ ..] => {
            return Some(stage.sekisho(&step.by, &[&["gate", "--format", "json"], flags].concat()));
        }
        ["sekisho", command @ ..] => return Some(stage.sekisho(&step.by, command)),
        other => panic!("no such action: {other:?}"),
    }
    None
}

/// Puts the numbers of changes in the place of their names.
fn named(word: &str, changes: &BTreeMap<String, String>) -> String {
    changes.iter().fold(word.to_owned(), |word, (name, id)| {
        word.replace(&format!("{{{name}}}"), id)
    })
}

fn check(step: &Step, done: &Done, place: &str) {
    let Some(decision) = &step.decision else { return };
    let json = done.json();
    assert_eq!(json["decision"], decision.as_str(), "{place}\n{json:#}");
    if let Some(codes) = &step.codes {
        let mut found: Vec<&str> = json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["effect"] == "deny")
            .map(|finding| finding["code"].as_str().unwrap())
            .collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(&found, codes, "{place}\n{json:#}");
    }
}
