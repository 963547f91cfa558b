//! A workflow that signs with GitHub's tokens: from the first key set to a check by hand, and what is
//! tried against it.

use serde_json::{Value, json};

use crate::attacks::declared;
use crate::bundle::by_hand;
use crate::fake_github::issuer::{Issuer, REQUEST_TOKEN};
use crate::support::runner::{Run, Runner};
use crate::support::stage::{Done, Stage};

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, github: sato-y, github_id: 11, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, github: hayashi, github_id: 12, keys: ["{hayashi}"]}
executors: [sato, hayashi]
approvers: [hayashi]
environments: {production: {branch: main}}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: []}
windows: {default: always}
"#;

const TRUST: &str = r#"trust:
  issuer: "{issuer}"
  repository_id: 987654321
  owner_id: 555
  workflows: [".github/workflows/deploy.yml@main"]
  environments: [production]
"#;

/// The same where everybody may read the tokens.
const READ_BY_ALL: &str = "  publish_tokens: true\n";

/// A shop with its log on a branch, and the issuer of its workflow's tokens.
struct Shop {
    stage: Stage,
    issuer: Issuer,
}

impl Shop {
    /// A log without keys of the issuer.
    fn new() -> Self {
        Self::with(TRUST)
    }

    fn with(trust: &str) -> Self {
        let mut stage = Stage::new();
        let now = sekisho::ledger::instant("2026-12-01T01:00:00Z").unwrap();
        let issuer = Issuer::start(now);
        let mut config = format!("{CONFIG}{}", trust.replace("{issuer}", &issuer.name));
        for person in ["sato", "hayashi"] {
            config = config.replace(&format!("{{{person}}}"), &stage.key(person));
        }
        stage.write("sekisho.yml", &config);
        stage.write("app.txt", "one\n");
        stage.commit("sato", "The shop");
        stage.git("sato", &["init", "-q", "--bare", "-b", "main", "../origin.git"]);
        stage.git("sato", &["remote", "add", "origin", "../origin.git"]);
        stage.git("sato", &["push", "-q", "origin", "main"]);
        stage.sekisho("sato", &["baseline"]).expect(0);
        Self { stage, issuer }
    }

    /// A person has brought the issuer's keys.
    fn ready() -> Self {
        let shop = Self::new();
        shop.stage.sekisho("hayashi", &["key", "fetch"]).expect(0);
        shop
    }

    /// A change that is declared and approved.
    fn change(&self, title: &str) -> String {
        let id = declared(&self.stage, "app.txt", title);
        self.stage.sekisho("hayashi", &["approve", &id]).expect(0);
        self.stage.git("sato", &["push", "-q", "origin", "main"]);
        id
    }

    /// A job that may have tokens.
    fn job(&self) -> Runner<'_> {
        let mut runner = Runner::new(&self.stage);
        for (name, value) in self.issuer.variables() {
            runner.set(name, &value);
        }
        runner
    }

    /// The gate in a job; nothing of it shows a token.
    fn gate(&self) -> Run {
        self.job_with(&[])
    }

    fn job_with(&self, inputs: &[(&str, &str)]) -> Run {
        let run = self.job().uses(inputs);
        let report = run.outputs.get("report-path").map(std::fs::read_to_string);
        let report = report.and_then(Result::ok).unwrap_or_default();
        for text in [&run.log, &run.summary, &report, &format!("{:?}", run.outputs)] {
            assert!(!text.contains(REQUEST_TOKEN) && !text.contains("eyJ"), "{text}");
        }
        run
    }

    /// What verification says in a clone that has never seen the log.
    fn verified(&self) -> Value {
        let place = self.stage.path("../clean");
        let _ = std::fs::remove_dir_all(&place);
        let place = place.display().to_string();
        self.stage
            .git("nobody", &["clone", "-q", "../origin.git", &place]);
        self.stage
            .sekisho(
                "nobody",
                &["-C", &place, "verify", "--replay", "--format", "json"],
            )
            .expect(0)
            .json()
    }

    /// The records of this act, as they lie in the log.
    fn records(&self, act: &str) -> Vec<Value> {
        let folder = self.stage.path("../records");
        let _ = std::fs::remove_dir_all(&folder);
        self.stage
            .sekisho("sato", &["log", "export", folder.to_str().unwrap()])
            .expect(0);
        let log = std::fs::read_to_string(folder.join("log.jsonl")).unwrap();
        let all = log
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        all.filter(|record| record["st"]["act"] == act).collect()
    }

    fn claim(&self, name: &str, value: Value) {
        self.issuer.does().claims.insert(name.to_owned(), value);
    }

    fn by_hand(&self) -> Done {
        let folder = self.stage.path("../bundle");
        let _ = std::fs::remove_dir_all(&folder);
        self.stage
            .sekisho("sato", &["log", "export", folder.to_str().unwrap()])
            .expect(0);
        by_hand(&folder)
    }
}

#[test]
fn gate_deploy_and_end_are_signed_by_the_workflow_and_anybody_can_check_that() {
    let shop = Shop::ready();
    let id = shop.change("Say it");
    let deploy = "env | grep -c ACTIONS_ID_TOKEN || true";
    let run = shop.job_with(&[("command", "run"), ("run", deploy)]).expect(0);
    assert!(
        run.log.lines().any(|line| line == "0"),
        "the deploy cannot sign: {}",
        run.log
    );
    let allowed = shop.records("deploy.allowed/1");
    let [allowed] = allowed.as_slice() else {
        panic!("{allowed:?}")
    };
    assert_eq!(allowed["st"]["by"], "github-actions:987654321");
    assert_eq!(allowed["st"]["body"]["person"], "person:sato");
    assert_eq!(allowed["sig"][0]["t"], "github-oidc");
    assert_eq!(
        allowed["st"]["body"]["checked"]["live"],
        json!({"from": 0, "to": allowed["seq"], "unpublished": 0})
    );
    for act in ["deploy.started/1", "deploy.finished/1"] {
        let records = shop.records(act);
        assert_eq!(records.len(), 1);
        assert_eq!(records[0]["sig"][0]["t"], "github-oidc");
        assert_eq!(records[0]["st"]["body"]["change"], id.as_str());
    }
    let asked = shop.issuer.does().asked.clone();
    let for_statements: std::collections::BTreeSet<_> = asked
        .iter()
        .filter(|one| one.starts_with("sekisho:v1:sha256:"))
        .collect();
    assert_eq!(for_statements.len(), 3, "{asked:?}");
    let report = shop.verified();
    assert_eq!(report["signed"], report["size"], "{report}");
    let done = shop.by_hand().expect(0);
    assert!(
        done.out.contains("RIGHT") && !done.out.contains("note:"),
        "{}",
        done.both()
    );
    // What the program refuses, the commands refuse too.
    let log = shop.stage.path("../bundle/log.jsonl");
    let text = std::fs::read_to_string(&log).unwrap();
    let bent = text.replace("\"word\":\"pass", "\"word\":\"fail");
    assert_ne!(text, bent);
    std::fs::write(&log, bent).unwrap();
    let done = by_hand(&shop.stage.path("../bundle")).expect(1);
    assert!(done.out.contains("audience"), "{}", done.both());
}

#[test]
fn plain_gate_in_a_job_signs_the_same_way() {
    let shop = Shop::ready();
    shop.change("Say it");
    let variables = shop.issuer.variables();
    let mut all: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    all.extend([
        ("GITHUB_ACTOR", "sato-y"),
        ("GITHUB_ACTOR_ID", "11"),
        ("GITHUB_TRIGGERING_ACTOR", "sato-y"),
        ("GITHUB_EVENT_NAME", "push"),
        ("GITHUB_REPOSITORY", "acme/shop"),
    ]);
    let done = shop.stage.sekisho_with("runner", &["gate"], &all).expect(0);
    assert!(!done.both().contains(REQUEST_TOKEN));
    assert_eq!(shop.records("deploy.allowed/1")[0]["sig"][0]["t"], "github-oidc");
    let next = shop.stage.sekisho_with("runner", &["gate"], &all[..2]).expect(3);
    assert!(next.err.contains("GITHUB_ACTOR"), "{}", next.both());
}

#[test]
fn keys_come_from_a_person_first_and_from_the_workflow_later() {
    let shop = Shop::new();
    shop.change("Say it");
    let run = shop.gate().expect(3);
    assert!(run.log.contains("sekisho key fetch"), "{}", run.log);
    shop.issuer.does().publishes = vec!["one".to_owned(), "two".to_owned()];
    let done = shop.stage.sekisho("hayashi", &["key", "fetch"]).expect(0);
    assert!(done.out.contains("key-one, key-two"), "{}", done.both());
    let done = shop.stage.sekisho("hayashi", &["key", "fetch"]).expect(0);
    assert!(done.out.contains("Nothing was recorded"), "{}", done.both());
    shop.gate().expect(0);
    // The issuer rotates: the next key is brought by a token of the one before.
    shop.issuer.does().publishes = vec!["two".to_owned(), "three".to_owned()];
    shop.issuer.does().signs_with = "two".to_owned();
    let now = shop.issuer.does().now;
    shop.issuer.does().now = now + 2 * 86_400;
    let mut later = shop;
    later.stage.at("2026-12-03T10:00:00+09:00");
    later.change("Say more");
    later.gate().expect(0);
    assert_eq!(later.records("trust.jwks/1").len(), 2);
    later.issuer.does().signs_with = "three".to_owned();
    later.change("Say the most");
    later.gate().expect(0);
    let unpublished = &later.records("deploy.allowed/1")[1]["st"]["body"]["checked"]["live"]["unpublished"];
    assert_eq!(
        unpublished, 1,
        "the key of the first decision is gone, and that is said"
    );
    assert_eq!(later.verified()["signed"], later.verified()["size"]);
    let done = later.by_hand().expect(0);
    assert!(
        done.out.contains("RIGHT") && !done.out.contains("note:"),
        "{}",
        done.both()
    );
}

#[test]
fn job_that_the_log_does_not_let_sign() {
    let shop = Shop::ready();
    shop.change("Say it");
    let before = shop.verified()["size"].clone();
    for (claim, value, word) in [
        ("iss", "https://token.evil.example", "tokens are issued by"),
        ("repository_id", "1", "repository has the number 1"),
        ("repository_owner_id", "1", "owner has the number 1"),
        ("ref", "refs/heads/feature", "runs for refs/heads/feature"),
        ("environment", "staging", "environment is staging"),
        ("event_name", "pull_request", "started by pull_request"),
        (
            "job_workflow_ref",
            "acme/shop/.github/workflows/evil.yml@refs/heads/feature",
            "written in .github/workflows/evil.yml@refs/heads/feature",
        ),
    ] {
        shop.claim(claim, json!(value));
        let run = shop.gate().expect(2);
        assert!(run.log.contains(word), "{word}: {}", run.log);
        assert!(run.outputs["decision"].is_empty());
        shop.issuer.does().claims.clear();
    }
    shop.claim("actor_id", json!("12"));
    let run = shop.gate().expect(3);
    assert!(run.log.contains("actor"), "{}", run.log);
    shop.issuer.does().claims.clear();
    shop.claim("aud", json!("sts.amazonaws.com"));
    shop.gate().expect(3);
    assert_eq!(shop.verified()["size"], before, "nothing was written");
}

#[test]
fn job_without_the_right_to_tokens() {
    let shop = Shop::ready();
    shop.change("Say it");
    let run = Runner::new(&shop.stage).uses(&[]).expect(2);
    assert!(run.log.contains("id-token: write"), "{}", run.log);
    shop.issuer.does().refuses = true;
    let run = shop.gate().expect(3);
    assert!(run.log.contains("id-token: write"), "{}", run.log);
    shop.issuer.does().refuses = false;
    // An answer that comes late is waited for, within bounds.
    shop.issuer.does().silent = 2;
    shop.gate().expect(0);
    shop.issuer.does().silent = 1_000;
    shop.gate().expect(3);
    assert!(shop.issuer.does().silent > 980, "it stopped asking");
}

#[test]
fn token_that_everybody_could_read_while_it_holds() {
    let shop = Shop::ready();
    shop.change("Say it");
    for visibility in [json!("public"), json!("?"), Value::Null] {
        shop.claim("repository_visibility", visibility);
        let run = shop.gate().expect(2);
        assert!(run.log.contains("publish_tokens: true"), "{}", run.log);
    }
    let shop = Shop::with(&format!("{TRUST}{READ_BY_ALL}"));
    shop.stage.sekisho("hayashi", &["key", "fetch"]).expect(0);
    shop.change("Say it");
    shop.claim("repository_visibility", json!("public"));
    shop.gate().expect(0);
}

/// A token holds for minutes: an end that waits would be nobody's word when it is brought in.
#[test]
fn end_that_cannot_be_written_does_not_wait_under_a_token() {
    let shop = Shop::ready();
    let id = shop.change("Say it");
    shop.gate().expect(0);
    let (here, away) = (shop.stage.path("../origin.git"), shop.stage.path("../away.git"));
    std::fs::rename(&here, &away).unwrap();
    let inputs = [
        ("command", "finish"),
        ("change", id.as_str()),
        ("outcome", "success"),
    ];
    shop.job_with(&inputs).expect(3);
    std::fs::rename(&away, &here).unwrap();
    let run = shop.job_with(&inputs).expect(0);
    assert!(!run.log.contains("log sync"), "nothing waits: {}", run.log);
    let ends = shop.records("deploy.finished/1");
    assert_eq!(
        (ends.len(), &ends[0]["st"]["body"]["occurred"]),
        (1, &Value::Null)
    );
}

#[test]
fn configuration_that_names_no_workflow() {
    let shop = Shop::with("");
    shop.change("Say it");
    let run = shop.gate().expect(2);
    assert!(
        run.log.contains("repository_id: 987654321")
            && run.log.contains(".github/workflows/deploy.yml@refs/heads/main"),
        "{}",
        run.log
    );
    let done = shop.stage.sekisho("hayashi", &["key", "fetch"]).expect(2);
    assert!(done.err.contains("repository_id"), "{}", done.both());
    // A key still signs, and says who acts.
    let key = shop.stage.private_key("sato");
    shop.job_with(&[("signing-key", &key)]).expect(0);
}

#[test]
fn key_set_that_is_not_the_issuers() {
    let shop = Shop::new();
    shop.issuer.does().keys_at = Some("http://127.0.0.1:9/jwks".to_owned());
    let done = shop.stage.sekisho("hayashi", &["key", "fetch"]).expect(3);
    assert!(done.err.contains("another server"), "{}", done.both());
    shop.issuer.does().keys_at = None;
    // Somebody with a key of the log brings one of their own making in the issuer's name.
    shop.issuer.does().disguised = true;
    shop.stage.sekisho("hayashi", &["key", "fetch"]).expect(0);
    shop.issuer.does().disguised = false;
    shop.change("Say it");
    let run = shop.gate().expect(4);
    assert!(run.log.contains("key of their own"), "{}", run.log);
    let done = shop.stage.sekisho("hayashi", &["key", "fetch"]).expect(4);
    assert!(done.both().contains("key of their own"), "{}", done.both());
}

#[test]
fn fresh_token_by_a_key_that_the_issuer_does_not_publish() {
    let shop = Shop::new();
    shop.issuer.does().publishes = vec!["one".to_owned(), "three".to_owned()];
    shop.stage.sekisho("hayashi", &["key", "fetch"]).expect(0);
    shop.issuer.does().signs_with = "three".to_owned();
    shop.change("Say it");
    shop.gate().expect(0);
    shop.issuer.does().publishes = vec!["one".to_owned()];
    shop.issuer.does().signs_with = "one".to_owned();
    shop.change("Say more");
    let run = shop.gate().expect(4);
    assert!(run.log.contains("does not publish"), "{}", run.log);
}
