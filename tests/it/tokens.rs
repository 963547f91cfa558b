//! Tokens of workflows as signatures: each attack is tried on a log that verifies without it.

use sekisho::change::Digest;
use sekisho::ledger::{DamageKind, Machines, Options, Report, Statement};
use sekisho::ports::Draft;
use serde_json::{Value, json};

use crate::fake_github::issuer::{claims, header, key_set, token};
use crate::written_log::{Copied, Person, attach, genesis, statement};

const ISSUER: &str = "https://token.actions.githubusercontent.com";

/// 2026-11-20T01:00:00Z, when these logs begin.
const BEGIN: i64 = 1_795_136_400;

fn pins() -> Value {
    json!({
        "issuer": ISSUER,
        "repository_id": "987654321",
        "owner_id": "555",
        "workflows": [".github/workflows/deploy.yml@refs/heads/main"],
        "environments": ["production"],
    })
}

/// A log that sato opened, in which a workflow counts and `keys` were brought by `by`.
fn log(by: Option<&Person>, keys: &[&str]) -> Copied {
    let sato = Person::new("sato", 1);
    let mut log = Copied::default();
    let first = genesis(&sato, &[&sato]);
    let mut said = Statement::read(&first.statement).unwrap();
    let accounts = json!({"person:sato": "11", "person:mori": "12"})
        .to_string()
        .into_bytes();
    said.body.insert("oidc".to_owned(), pins());
    said = attach(said, "accounts", &accounts);
    let blobs = [first.blobs, vec![accounts]].concat();
    log.push(&sato.draft(said, blobs), 0);
    let set = key_set(keys);
    let body = json!({"issuer": ISSUER, "kids": ["k"]});
    let said = attach(statement("trust.jwks/1", 1, log.head(), body, 10), "jwks", &set);
    let draft = match by {
        Some(person) => person.draft(said, vec![set]),
        None => Draft {
            statement: said.encode().unwrap(),
            signatures: Vec::new(),
            blobs: vec![set],
        },
    };
    log.push(&draft, 10);
    log
}

fn usual() -> Copied {
    log(Some(&Person::new("sato", 1)), &["one", "two"])
}

/// What a workflow says, 100 s after the beginning.
fn said(log: &Copied) -> Statement {
    let body = json!({"service": "shop", "environment": "production", "person": "person:sato"});
    let mut said = statement("deploy.allowed/1", log.lines.len(), log.head(), body, 100);
    said.by = "github-actions:987654321".to_owned();
    said
}

/// The token for it, with the key `one`.
fn usual_token(said: &Statement) -> Vec<u8> {
    bent_token(said, &|_| {})
}

fn bent_token(said: &Statement, bend: &dyn Fn(&mut Value)) -> Vec<u8> {
    let audience = Machines::audience(&said.encode().unwrap());
    let mut all = Value::Object(claims(ISSUER, &audience, BEGIN + 100));
    bend(&mut all);
    token("one", &header("one"), &all)
}

fn verified(log: &Copied, said: &Statement, token: Vec<u8>, sealed: i64) -> Report {
    let mut log = log.clone();
    let draft = Draft {
        statement: said.encode().unwrap(),
        signatures: vec![("github-oidc".to_owned(), token)],
        blobs: Vec::new(),
    };
    log.push(&draft, sealed);
    log.verify_with(Options {
        signatures_required: true,
        ..Options::default()
    })
}

#[track_caller]
fn refused(report: &Report, claim: &str) {
    let found: Vec<_> = report.damages.iter().map(|damage| damage.kind).collect();
    assert_eq!(found, [DamageKind::BadToken], "{:?}", report.damages);
    assert_eq!(report.damages[0].message.with["claim"], claim);
}

/// A token whose claims are bent is refused because of `claim`.
#[track_caller]
fn refused_with(claim: &str, bend: &dyn Fn(&mut Value)) {
    let log = usual();
    let said = said(&log);
    refused(&verified(&log, &said, bent_token(&said, bend), 100), claim);
}

/// A statement that is bent, with a token of its own, is refused because of `claim`.
#[track_caller]
fn refused_saying(claim: &str, bend: impl Fn(&mut Statement)) {
    let log = usual();
    let mut said = said(&log);
    bend(&mut said);
    refused(&verified(&log, &said, usual_token(&said), 100), claim);
}

#[test]
fn workflow_that_counts_signs() {
    let log = usual();
    let said = said(&log);
    let report = verified(&log, &said, usual_token(&said), 100);
    assert_eq!(report.damages, []);
    assert_eq!((report.signed, report.unchecked), (3, Vec::new()));
}

#[test]
fn token_of_another_issuer() {
    refused_with("issuer", &|all| all["iss"] = json!("https://token.evil.example"));
    refused_with("issuer", &|all| all["iss"] = json!(format!("{ISSUER}/acme")));
    refused_with("issuer", &|all| drop(all.as_object_mut().unwrap().remove("iss")));
}

#[test]
fn token_for_another_audience() {
    refused_with("audience", &|all| all["aud"] = json!("sts.amazonaws.com"));
    refused_with("audience", &|all| all["aud"] = json!([all["aud"].clone()]));
    refused_with("audience", &|all| all["aud"] = json!("sekisho:v1:look"));
}

#[test]
fn token_of_another_repository_or_owner() {
    refused_with("repository", &|all| all["repository_id"] = json!("987654322"));
    // Numbers are texts in these tokens; anything else is another's token.
    refused_with("repository", &|all| all["repository_id"] = json!(987_654_321));
    refused_with("owner", &|all| all["repository_owner_id"] = json!("556"));
}

#[test]
fn token_of_another_branch_or_environment() {
    refused_with("ref", &|all| all["ref"] = json!("refs/heads/feature"));
    refused_with("ref", &|all| all["ref"] = json!("refs/tags/main"));
    refused_with("ref", &|all| all["ref"] = json!(""));
    refused_with("environment", &|all| all["environment"] = json!("staging"));
    refused_with("environment", &|all| {
        drop(all.as_object_mut().unwrap().remove("environment"));
    });
}

#[test]
fn token_of_a_pull_request() {
    for event in ["pull_request", "pull_request_target", "pull_request_review", ""] {
        refused_with("event", &|all| all["event_name"] = json!(event));
    }
}

#[test]
fn token_of_a_hostile_branch_workflow() {
    for file in [
        "acme/shop/.github/workflows/deploy.yml@refs/heads/feature",
        "acme/shop/.github/workflows/evil.yml@refs/heads/main",
        "mallory/shop/.github/workflows/deploy.yml@refs/heads/main",
        ".github/workflows/deploy.yml@refs/heads/main",
    ] {
        refused_with("workflow", &|all| all["job_workflow_ref"] = json!(file));
        refused_with("workflow", &|all| {
            let all = all.as_object_mut().unwrap();
            all.remove("job_workflow_ref");
            all.insert("workflow_ref".to_owned(), json!(file));
        });
    }
    // A file that calls the one that counts from elsewhere counts no more than its branch does.
    refused_with("ref", &|all| {
        all["workflow_ref"] = json!("acme/shop/.github/workflows/evil.yml@refs/heads/x");
        all["ref"] = json!("refs/heads/x");
    });
}

#[test]
fn subject_says_nothing() {
    let log = usual();
    let said = said(&log);
    let token = bent_token(&said, &|all| {
        all["sub"] = json!("repo:mallory/evil:ref:refs/heads/x")
    });
    assert_eq!(verified(&log, &said, token, 100).damages, []);
}

#[test]
fn token_replayed_onto_another_statement() {
    let log = usual();
    let said = said(&log);
    let token = usual_token(&said);
    let mut other = said.clone();
    other.act = "deploy.denied/1".to_owned();
    refused(&verified(&log, &other, token, 100), "audience");
}

#[test]
fn workflow_that_approves_or_speaks_for_somebody_else() {
    for act in [
        "change.approved/1",
        "exception.granted/1",
        "key.revoked/1",
        "obligation.waived/1",
        "state.baselined/1",
        "blob.redacted/1",
        "log.closed/1",
    ] {
        refused_saying("act", |said| said.act = act.to_owned());
    }
    for person in ["person:mori", "person:nobody"] {
        refused_saying("actor", |said| {
            said.body.insert("person".to_owned(), json!(person));
        });
    }
    refused_saying("actor", |said| drop(said.body.remove("person")));
    for by in [
        "github-actions:1",
        "person:sato",
        "key:SHA256:x",
        "github-user:11",
    ] {
        let log = usual();
        let mut said = said(&log);
        said.by = by.to_owned();
        let report = verified(&log, &said, usual_token(&said), 100);
        refused(&report, "author");
    }
}

#[test]
fn token_expired_now_but_held_when_it_was_sealed() {
    // All of this is in the past: what holds now is never asked.
    let log = usual();
    let said = said(&log);
    for sealed in [100, 100 + 300] {
        assert_eq!(verified(&log, &said, usual_token(&said), sealed).damages, []);
    }
    for (iat, exp) in [(-1_000, -700), (500, 800), (300, 0)] {
        refused_with("time", &|all| {
            all["iat"] = json!(BEGIN + 100 + iat);
            all["exp"] = json!(BEGIN + 100 + exp);
        });
    }
    refused_with("time", &|all| all["exp"] = json!("soon"));
}

#[test]
fn rotated_key_signs_what_it_signed_and_the_next_one_goes_on() {
    let mut log = usual();
    for (nth, name) in [(0, "one"), (1, "two")] {
        let said = said(&log);
        let all = claims(
            ISSUER,
            &Machines::audience(&said.encode().unwrap()),
            BEGIN + 100 + nth,
        );
        let draft = Draft {
            statement: said.encode().unwrap(),
            signatures: vec![(
                "github-oidc".to_owned(),
                token(name, &header(name), &Value::Object(all)),
            )],
            blobs: Vec::new(),
        };
        log.push(&draft, 100 + nth);
    }
    let options = Options {
        signatures_required: true,
        ..Options::default()
    };
    let report = log.verify_with(options);
    assert_eq!((report.damages, report.signed), (Vec::new(), 4));
}

#[test]
fn unknown_key_is_nobodys() {
    let log = usual();
    let said = said(&log);
    let audience = Machines::audience(&said.encode().unwrap());
    let all = Value::Object(claims(ISSUER, &audience, BEGIN + 100));
    let report = verified(&log, &said, token("three", &header("three"), &all), 100);
    assert_eq!((report.damages, report.unchecked), (Vec::new(), vec![2]));
}

/// The owner of the log brings keys of their own making and signs with them.
#[test]
fn key_set_that_nobody_who_counts_brought() {
    let mori = Person::new("mori", 2);
    let log_of_nobody = log(None, &["one"]);
    let said = said(&log_of_nobody);
    let report = verified(&log_of_nobody, &said, usual_token(&said), 100);
    assert_eq!((report.damages, report.unchecked), (Vec::new(), vec![2]));
    let log_of_a_stranger = log(Some(&mori), &["one"]);
    let report = verified(&log_of_a_stranger, &said, usual_token(&said), 100);
    assert!(
        report
            .damages
            .iter()
            .any(|damage| damage.kind == DamageKind::UnknownKey)
    );
    assert_eq!(report.signed, 1);
    // Signed by its own key: it vouches for nothing but itself.
    let mut own = usual();
    let set = key_set(&["three"]);
    let mut brings = statement(
        "trust.jwks/1",
        2,
        own.head(),
        json!({"issuer": ISSUER, "person": "person:sato"}),
        100,
    );
    brings.by = "github-actions:987654321".to_owned();
    let brings = attach(brings, "jwks", &set);
    let audience = Machines::audience(&brings.encode().unwrap());
    let all = Value::Object(claims(ISSUER, &audience, BEGIN + 100));
    own.push(
        &Draft {
            statement: brings.encode().unwrap(),
            signatures: vec![("github-oidc".to_owned(), token("three", &header("three"), &all))],
            blobs: vec![set],
        },
        100,
    );
    let next = self::said(&own);
    let audience = Machines::audience(&next.encode().unwrap());
    let all = Value::Object(claims(ISSUER, &audience, BEGIN + 100));
    let report = verified(&own, &next, token("three", &header("three"), &all), 100);
    assert_eq!((report.damages, report.unchecked), (Vec::new(), vec![2, 3]));
}

/// A later set with the same name and another key changes nothing.
#[test]
fn key_brought_again_as_another() {
    let mut log = usual();
    let sato = Person::new("sato", 1);
    let text = String::from_utf8(key_set(&["three"])).unwrap();
    let set = text.replace("key-three", "key-one").into_bytes();
    let brings = statement("trust.jwks/1", 2, log.head(), json!({"issuer": ISSUER}), 50);
    log.push(&sato.draft(attach(brings, "jwks", &set), vec![set]), 50);
    let said = said(&log);
    let audience = Machines::audience(&said.encode().unwrap());
    let all = Value::Object(claims(ISSUER, &audience, BEGIN + 100));
    refused(
        &verified(&log, &said, token("three", &header("one"), &all), 100),
        "signature",
    );
    assert_eq!(verified(&log, &said, usual_token(&said), 100).damages, []);
}

#[test]
fn token_without_a_signature_or_with_a_secret_that_is_public() {
    let log = usual();
    let said = said(&log);
    let audience = Machines::audience(&said.encode().unwrap());
    let all = Value::Object(claims(ISSUER, &audience, BEGIN + 100));
    for alg in ["none", "None", "HS256", "RS512", "PS256", "ES256", ""] {
        let bent = json!({"typ": "JWT", "alg": alg, "kid": "key-one"});
        refused(&verified(&log, &said, token("one", &bent, &all), 100), "form");
    }
    let whole = String::from_utf8(usual_token(&said)).unwrap();
    let (signed, _) = whole.rsplit_once('.').unwrap();
    refused(
        &verified(&log, &said, format!("{signed}.").into_bytes(), 100),
        "signature",
    );
    refused(&verified(&log, &said, signed.as_bytes().to_vec(), 100), "form");
    // HMAC with the public key as the secret, under the name of RS256.
    let set: Value = serde_json::from_slice(&key_set(&["one"])).unwrap();
    let secret = ring::hmac::Key::new(
        ring::hmac::HMAC_SHA256,
        set["keys"][0]["n"].as_str().unwrap().as_bytes(),
    );
    let tag = ring::hmac::sign(&secret, signed.as_bytes());
    let forged = format!("{signed}.{}", crate::fake_github::issuer::encoded(tag.as_ref()));
    refused(&verified(&log, &said, forged.into_bytes(), 100), "signature");
}

#[test]
fn key_of_another_name_or_in_the_token_itself() {
    let log = usual();
    let said = said(&log);
    let audience = Machines::audience(&said.encode().unwrap());
    let all = Value::Object(claims(ISSUER, &audience, BEGIN + 100));
    // Signed with three, named one.
    let confused = token("three", &header("one"), &all);
    refused(&verified(&log, &said, confused, 100), "signature");
    let mut own = header("one");
    let set: Value = serde_json::from_slice(&key_set(&["three"])).unwrap();
    own["jwk"] = set["keys"][0].clone();
    own["jku"] = json!("https://evil.example/jwks");
    refused(
        &verified(&log, &said, token("three", &own, &all), 100),
        "signature",
    );
    let mut critical = header("one");
    critical["crit"] = json!(["exp"]);
    refused(&verified(&log, &said, token("one", &critical, &all), 100), "form");
}

#[test]
fn every_bent_character_of_a_token() {
    let log = usual();
    let said = said(&log);
    let token = usual_token(&said);
    for at in (0..token.len()).step_by(3) {
        let mut bent = token.clone();
        bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
        let report = verified(&log, &said, bent, 100);
        assert!(!report.is_intact() || report.unchecked == [2], "{at}");
        assert_eq!(report.signed, 2, "{at}");
    }
}

#[test]
fn configuration_without_workflows_ends_what_they_may_say() {
    let mut log = usual();
    let sato = Person::new("sato", 1);
    let signers = crate::written_log::signers_of(&[&sato]);
    let digest = Digest::of(&signers).to_string();
    let ends = statement("trust.signers/1", 2, log.head(), json!({"signers": digest}), 50);
    log.push(&sato.draft(attach(ends, "signers", &signers), vec![signers]), 50);
    let said = said(&log);
    let report = verified(&log, &said, usual_token(&said), 100);
    assert_eq!((report.damages, report.unchecked), (Vec::new(), vec![3]));
}

#[test]
fn record_that_names_a_workflow_and_is_not_signed() {
    let mut log = usual();
    let draft = Draft {
        statement: said(&log).encode().unwrap(),
        signatures: Vec::new(),
        blobs: Vec::new(),
    };
    log.push(&draft, 100);
    let report = log.verify();
    assert_eq!(report.damages[0].kind, DamageKind::SignatureMissing);
}
