//! Keys that are taken out of use, and who can do that to whom.

use sekisho::sign::fingerprint;
use serde_json::json;

use crate::commands::{declared, shop};
use crate::grants::forged;
use crate::support::stage::Stage;

const WHY: &str = "The laptop was left on a train";

fn revoke(stage: &Stage, person: &str, key: &str, code: i32) -> String {
    let done = stage
        .sekisho(person, &["key", "revoke", key, "--reason", WHY])
        .expect(code);
    done.out + &done.err
}

fn key_of(stage: &mut Stage, person: &str) -> String {
    fingerprint(&stage.key(person)).unwrap()
}

#[test]
fn ones_own_key_is_revoked_at_once_and_for_good() {
    let mut stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let key = key_of(&mut stage, "hayashi");
    let said = revoke(&stage, "hayashi", &key, 0);
    assert!(said.contains("(Hayashi) counts"), "{said}");
    // What nobody has used yet does not count any more, and nothing can be signed.
    stage.sekisho("sato", &["gate"]).expect(1);
    let next = declared(&stage, "Three");
    let refused = stage.sekisho("hayashi", &["approve", &next]).expect(3);
    assert!(refused.err.contains("revoked by record 3"), "{}", refused.both());
    assert!(revoke(&stage, "hayashi", &key, 2).contains("was revoked by record 3"));
    stage.sekisho("sato", &["verify"]).expect(0);
    let history = stage.sekisho("sato", &["history", "--text", "train"]).expect(0);
    assert!(history.out.contains("key revoked"), "{}", history.both());
}

#[test]
fn approval_by_a_key_that_was_revoked_before_the_gate() {
    let mut stage = shop();
    let decided = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &decided]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    let ahead = declared(&stage, "Three");
    stage.sekisho("hayashi", &["approve", &ahead]).expect(0);
    let key = key_of(&mut stage, "hayashi");
    let said = revoke(&stage, "hayashi", &key, 0);
    assert!(said.contains("nobody has used yet"), "{said}");
    let denied = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(denied.out.contains("was revoked afterwards"), "{}", denied.both());
    assert!(denied.out.contains("sekisho approve"), "{}", denied.both());
    // What was decided stays decided, and is marked.
    let verified = stage.sekisho("sato", &["verify"]).expect(0);
    let marked = |seq| format!("Record {seq}: the key that signed it was revoked afterwards");
    for seq in [2, 4] {
        assert!(verified.out.contains(&marked(seq)), "{}", verified.both());
    }
    let words = "signed with a key that was revoked afterwards";
    for shown in [&decided, "2", "4"] {
        let page = stage.sekisho("sato", &["show", shown]).expect(0);
        assert!(page.out.contains(words), "{}", page.both());
    }
    stage.sekisho("ishii", &["approve", &ahead]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn approval_from_before_the_key_was_lost() {
    let mut stage = shop();
    let id = declared(&stage, "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let key = key_of(&mut stage, "hayashi");
    let since = |stage: &Stage, person: &str, at: &str, code: i32| {
        let arguments = ["key", "revoke", &key, "--reason", WHY, "--since", at];
        stage.sekisho(person, &arguments).expect(code).both()
    };
    stage.at("2026-12-01T14:00:00+09:00");
    assert!(since(&stage, "hayashi", "2026-12-01T15:00", 2).contains("no time before now"));
    assert!(since(&stage, "hayashi", "soon", 2).contains("no time before now"));
    since(&stage, "hayashi", "2026-12-01T12:00", 0);
    let check = |stage: &Stage| {
        let checked = stage.sekisho("sato", &["check", "--format", "json"]).json();
        checked["gate"]["decision"].clone()
    };
    assert_eq!(check(&stage), "pass");
    // A later time is no news; whoever had the key may have named one that suits them.
    since(&stage, "sato", "2026-12-01T13:00", 2);
    assert_eq!(check(&stage), "pass");
    since(&stage, "sato", "2026-12-01T09:00", 0);
    assert_eq!(check(&stage), "deny");
    stage.sekisho("sato", &["gate"]).expect(1);
    stage.sekisho("sato", &["verify"]).expect(0);
}

#[test]
fn objection_lifted_with_a_key_that_was_stolen() {
    for lift in [&["approve"][..], &["object", "--withdraw"]] {
        let mut stage = shop();
        let id = declared(&stage, "Two");
        let object = ["object", &id, "--reason", "The price is wrong"];
        stage.sekisho("ishii", &object).expect(0);
        stage.sekisho("hayashi", &["approve", &id]).expect(0);
        stage.sekisho("ishii", &[lift, &[&id]].concat()).expect(0);
        let key = key_of(&mut stage, "ishii");
        revoke(&stage, "ishii", &key, 0);
        let denied = stage.sekisho("sato", &["gate"]).expect(1);
        assert!(denied.out.contains("Ishii objects"), "{}", denied.both());
    }
}

#[test]
fn one_alone_cannot_shut_another_out() {
    let mut stage = shop();
    let key = key_of(&mut stage, "ishii");
    for _ in 0..2 {
        // Twice the same person is one person.
        assert!(revoke(&stage, "sato", &key, 0).contains("when 1 more person says so"));
    }
    let id = declared(&stage, "Two");
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    let said = revoke(&stage, "hayashi", &key, 0);
    assert!(said.contains("nothing signed by"), "{said}");
    stage
        .sekisho("ishii", &["object", &id, "--reason", "No"])
        .expect(3);
    stage.sekisho("sato", &["verify"]).expect(0);
}

#[test]
fn keys_that_cannot_be_revoked() {
    let mut stage = shop();
    let unknown = revoke(&stage, "sato", "SHA256:AAAA", 2);
    let key = key_of(&mut stage, "sato");
    assert!(unknown.contains(&format!("{key} (sato)")), "{unknown}");
    let short = stage
        .sekisho("sato", &["key", "revoke", &key, "--reason", "lost"])
        .expect(2);
    assert!(short.err.contains("at least 10 characters"), "{}", short.both());
    for person in ["hayashi", "ishii"] {
        let key = key_of(&mut stage, person);
        revoke(&stage, person, &key, 0);
    }
    assert!(revoke(&stage, "sato", &key, 2).contains("nobody could sign"));
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn record_signed_with_a_revoked_key() {
    let mut stage = shop();
    let key = key_of(&mut stage, "hayashi");
    revoke(&stage, "hayashi", &key, 0);
    // The store takes any signed record; the verification does not.
    sealed_behind(&stage, "hayashi");
    let broken = stage.sekisho("sato", &["verify"]).expect(4);
    assert!(broken.out.contains("was revoked before"), "{}", broken.both());
    stage.sekisho("sato", &["gate"]).expect(4);
}

#[test]
fn revocation_that_says_whose_key_it_is() {
    let mut stage = shop();
    let key = key_of(&mut stage, "ishii");
    // The owner is who the signers say, not who the record says.
    let body = json!({"key": key, "owner": "person:sato", "person": "person:sato"});
    forged(&stage, "sato", "key.revoked/1", &body);
    let id = declared(&stage, "Two");
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
}

/// Appends an approval of nothing by `person`, past every check of the program.
fn sealed_behind(stage: &Stage, person: &str) {
    use sekisho::ledger::Statement;
    use sekisho::ports::{Draft, Guard, LedgerStore as _, Signer as _};
    use sekisho::sign::SshKeygen;
    use sekisho::store::SqliteLedger;
    let file = stage.repository().parent().unwrap().join(format!("{person}_key"));
    let signer = SshKeygen::new("ssh-keygen", file).unwrap();
    crate::written_log::run(async {
        let log = SqliteLedger::open(&stage.log()).await.unwrap();
        let head = log.head().await.unwrap();
        let first = log.range(0, 1).await.unwrap().remove(0);
        let origin = sekisho::ledger::Record::read(&first.bytes).unwrap().statement.log;
        let body = json!({"change": "CHG-20261201-AAAA", "person": format!("person:{person}")});
        let said = Statement {
            act: "change.cancelled/1".to_owned(),
            body: body.as_object().unwrap().clone(),
            by: format!("key:{}", fingerprint(signer.public_key()).unwrap()),
            id: crate::written_log::id(5),
            log: origin,
            seen: head,
            time: "2026-12-01T01:00:00Z".to_owned(),
            with: Vec::new(),
        };
        let statement = said.encode().unwrap();
        let signature = signer.sign("sekisho-statement-v1", &statement).unwrap();
        let draft = Draft {
            statement,
            signatures: vec![("sshsig".to_owned(), signature)],
            blobs: Vec::new(),
        };
        log.append(&[draft], Guard::Any, "2026-12-01T01:00:00Z")
            .await
            .unwrap();
        log.close().await;
    });
}

/// A record that was signed before the revocation and would be sealed behind it would damage the
/// log for good.
#[test]
fn revocation_between_reading_the_log_and_writing() {
    use sekisho::change::PersonKey;
    use sekisho::git::GitRepository;
    use sekisho::ports::{AppendError, Guard, Signer as _};
    use sekisho::sign::{SshKeygen, SshVerifier};
    use sekisho::store::SqliteLedger;
    use sekisho::usecases::{Actor, Ports, Saying, read_log, write};
    let mut stage = shop();
    let key = key_of(&mut stage, "hayashi");
    let repository = GitRepository::discover(&stage.repository()).unwrap();
    let file = stage.repository().parent().unwrap().join("hayashi_key");
    let signer = SshKeygen::new("ssh-keygen", file).unwrap();
    let by = format!("key:{}", fingerprint(signer.public_key()).unwrap());
    let person = PersonKey::from("hayashi");
    crate::written_log::run(async {
        let ledger = SqliteLedger::open(&stage.log()).await.unwrap();
        let ports = Ports {
            repository: &repository,
            ledger: &ledger,
            verifier: &SshVerifier,
            now: "2026-12-01T01:00:00Z".parse().unwrap(),
            name: "shop",
            remembered: &[],
            against: &[],
            forge: None,
            issuer: None,
            heard: None,
            random: &|| [7; 16],
            progress: &|_| {},
        };
        let view = read_log(ports).await.unwrap();
        revoke(&stage, "hayashi", &key, 0);
        let saying = Saying {
            act: "change.cancelled/1",
            body: serde_json::Map::new(),
            with: Vec::new(),
        };
        let actor = Actor {
            person: &person,
            by: &by,
            signer: Some(&signer),
        };
        let written = write(ports, actor, view.onto(), vec![saying], Guard::Any).await;
        assert!(
            matches!(written, Err(AppendError::Conflict { seq: 2 })),
            "{written:?}"
        );
        ledger.close().await;
    });
    stage.sekisho("sato", &["verify"]).expect(0);
}
