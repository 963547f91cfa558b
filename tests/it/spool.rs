//! Acts while the log cannot be reached: kept, brought in later, never dropped, and nothing rests
//! on them before the log has them.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use sekisho::change::{ChangeId, Digest, EnvironmentKey, PersonKey};
use sekisho::git::GitRepository;
use sekisho::ledger::{ActKind, Head, Sealed};
use sekisho::ports::{
    AppendError, Broken, Draft, Guard, LedgerStore, Repository as _, Signer as _, Spool, SpoolCount,
    StoreError,
};
use sekisho::sign::{SshKeygen, SshVerifier};
use sekisho::store::{FileSpool, SqliteLedger};
use sekisho::usecases::{
    Actor, Approving, Asked, Finishing, InForce, On, Ports, Recorded, Stop, approve, finish, gate, read_log,
};

use crate::support::stage::{Done, Stage};
use crate::written_log::{run, statement, unsigned};

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, keys: ["{hayashi}"]}
  mori:    {name: Mori, email: mori@shop.example, keys: ["{mori}"]}
executors: [sato]
approvers: [hayashi, mori]
windows: {default: always}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: []}
"#;

/// A shop with a declared change that nobody approved.
fn shop() -> (Stage, String) {
    shop_with(|config, _| config)
}

/// The same with a configuration that was edited; the edit is given Mori's key.
fn shop_with(edit: impl Fn(String, &str) -> String) -> (Stage, String) {
    let mut stage = Stage::new();
    let mut config = CONFIG.to_owned();
    for person in ["sato", "hayashi", "mori"] {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    let key = stage.key("mori");
    stage.write("sekisho.yml", &edit(config, &key));
    stage.write("app.txt", "one\n");
    stage.commit("sato", "The shop");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage.write("app.txt", "two\n");
    let reason = "The page has to say what is true.";
    let flags = [
        "declare",
        "--title",
        "Two",
        "--reason",
        reason,
        "--reference",
        "#1",
    ];
    let done = stage.sekisho("sato", &flags).expect(0);
    stage.commit("sato", "Two");
    let file = done.out.trim().rsplit('/').next().unwrap().to_owned();
    let id = file.trim_end_matches(".yml").to_owned();
    (stage, id)
}

/// The log as it is when reading still works and writing does not.
struct Cut(SqliteLedger);

#[async_trait]
impl LedgerStore for Cut {
    async fn head(&self) -> Result<Head, StoreError> {
        self.0.head().await
    }

    async fn append(&self, _: &[Draft], _: Guard<'_>, _: &str) -> Result<Vec<Sealed>, AppendError> {
        Err(StoreError::Unreachable("the line is cut".to_owned()).into())
    }

    async fn adopt(&self, _: &[Sealed], _: &[Vec<u8>]) -> Result<(), AppendError> {
        Err(StoreError::Unreachable("the line is cut".to_owned()).into())
    }

    async fn erase(&self, digest: &Digest) -> Result<(), StoreError> {
        self.0.erase(digest).await
    }

    async fn range(&self, from: u64, to: u64) -> Result<Vec<Sealed>, StoreError> {
        self.0.range(from, to).await
    }

    async fn find(&self, id: &str) -> Result<Option<u64>, StoreError> {
        self.0.find(id).await
    }

    async fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.blob(digest).await
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.0.check().await
    }
}

/// What somebody does at `now` (UTC) while the line is cut.
enum Doing<'a> {
    Act(ActKind, &'a str),
    Finish(&'a str, &'a str),
    Gate,
}

fn spool_of(stage: &Stage) -> FileSpool {
    FileSpool::new(stage.path(".git/sekisho/spool"))
}

fn draft_file(stage: &Stage, number: u64) -> PathBuf {
    stage.path(&format!(".git/sekisho/spool/{number:06}.draft"))
}

fn cut_off(stage: &Stage, person: &str, now: &str, doing: &Doing<'_>) -> Result<Recorded, Stop> {
    let repository = GitRepository::discover(&stage.repository()).unwrap();
    let key = stage.repository().parent().unwrap().join(format!("{person}_key"));
    let signer = SshKeygen::new("ssh-keygen", key).unwrap();
    let by = format!(
        "key:{}",
        sekisho::config::fingerprint(signer.public_key()).unwrap()
    );
    let person = PersonKey::from(person);
    let actor = Actor {
        person: &person,
        by: &by,
        signer: Some(&signer),
    };
    let spool = spool_of(stage);
    run(async {
        let ledger = Cut(SqliteLedger::open(&stage.log()).await.unwrap());
        let random = || *Digest::of(now.as_bytes()).as_bytes().first_chunk().unwrap();
        let ports = Ports {
            repository: &repository,
            ledger: &ledger,
            verifier: &SshVerifier,
            now: now.parse().unwrap(),
            name: "shop",
            remembered: &[],
            against: &[],
            forge: None,
            issuer: None,
            heard: None,
            random: &random,
            progress: &|_| {},
        };
        let view = read_log(ports).await.unwrap();
        let (service, environment) = ("shop".into(), EnvironmentKey::from("production"));
        let state = view.standing.states.values().next().unwrap();
        let rules = InForce::at(&repository, &state.head, "shop").unwrap();
        let head = repository.resolve("HEAD").unwrap();
        let asked = Asked {
            service,
            environment,
            head: head.clone(),
            base: None,
            actor: PersonKey::from("sato"),
            run: "terminal/1".to_owned(),
            rollback_of: None,
        };
        let done = match doing {
            Doing::Act(kind, change) => {
                let act = Approving {
                    kind: *kind,
                    on: On::Change(change.parse().unwrap()),
                    fork: Some(head.clone()),
                    head,
                    on_behalf: None,
                    via: None,
                    evidence: None,
                    reason: None,
                };
                let given = approve(ports, actor, &view, &rules, &asked, act, &spool).await;
                given.map(|given| given.recorded)
            }
            Doing::Finish(change, outcome) => {
                let id: ChangeId = change.parse().unwrap();
                let finishing = Finishing {
                    outcome: (*outcome).to_owned(),
                    back_to: None,
                    evidence: Some(b"the shop answers again".to_vec()),
                    deviation: None,
                };
                let finished = finish(ports, actor, &id, finishing, &spool).await;
                finished.map(|finished| finished.recorded)
            }
            Doing::Gate => gate(ports, actor, &asked, view).await.map(|_| Recorded::Waits(0)),
        };
        ledger.0.close().await;
        done
    })
}

#[track_caller]
fn kept(stage: &Stage, person: &str, now: &str, doing: &Doing<'_>) -> u64 {
    match cut_off(stage, person, now, doing) {
        Ok(Recorded::Waits(number)) => number,
        other => panic!("{other:?}"),
    }
}

fn count(stage: &Stage) -> (u64, u64) {
    let SpoolCount { waiting, held } = spool_of(stage).count().unwrap();
    (waiting, held)
}

fn synced(stage: &Stage, code: i32) -> Done {
    stage.sekisho("sato", &["log", "sync"]).expect(code)
}

fn records(stage: &Stage) -> u64 {
    let page = stage.sekisho("sato", &["history", "--format", "json"]).json();
    page["total"].as_u64().unwrap()
}

const TEN: &str = "2026-12-01T01:00:00Z";

#[test]
fn an_approval_while_the_log_cannot_be_reached() {
    let (mut stage, id) = shop();
    assert_eq!(kept(&stage, "mori", TEN, &Doing::Act(ActKind::Approve, &id)), 1);
    // It counts for nothing, and every command says that it waits.
    stage.at("2026-12-01T12:00:00+09:00");
    let denied = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(denied.err.contains("1 waiting, 0 put aside"), "{}", denied.both());
    let before = records(&stage);
    let done = synced(&stage, 0);
    assert_eq!(
        done.out,
        format!(
            "Draft 1: approved {id}, Mori. Said 1 Dec 10:00, in the log 1 Dec 12:00 (record {before}).\n"
        )
    );
    assert_eq!((count(&stage), records(&stage)), ((0, 0), before + 1));
    let history = stage.sekisho("sato", &["history"]).expect(0);
    assert!(history.err.is_empty(), "{}", history.both());
    assert!(
        history
            .out
            .contains("approved, filed late, said 2026-12-01 10:00"),
        "{}",
        history.both()
    );
    let verify = stage.sekisho("sato", &["verify"]).expect(0);
    let note = "was said at 2026-12-01T01:00:00Z and sealed at 2026-12-01T03:00:00Z";
    assert!(verify.out.contains(note), "{}", verify.both());
    assert_eq!(synced(&stage, 0).out, "Nothing waits for the change log.\n");
    stage.sekisho("sato", &["gate"]).expect(0);
}

/// Kept within the seven days, brought in after them: the state does not move any more.
#[test]
fn an_end_that_puts_the_state_back_and_is_brought_in_too_late() {
    let (mut stage, id) = shop();
    stage.sekisho("mori", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    kept(&stage, "sato", TEN, &Doing::Finish(&id, "failed"));
    stage.at("2026-12-08T10:00:10+09:00");
    let done = synced(&stage, 1);
    assert!(done.out.contains("more than seven days ago"), "{}", done.both());
    assert_eq!(count(&stage), (0, 1));
}

#[test]
fn the_end_of_a_change_while_the_log_cannot_be_reached() {
    let (mut stage, id) = shop();
    stage.sekisho("mori", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    assert_eq!(kept(&stage, "sato", TEN, &Doing::Finish(&id, "success")), 1);
    kept(
        &stage,
        "sato",
        "2026-12-01T01:00:05Z",
        &Doing::Finish(&id, "success"),
    );
    stage.at("2026-12-01T20:00:00+09:00");
    // Twice the same end: the second is put aside, for a person to look at.
    let done = synced(&stage, 1);
    assert!(
        done.out
            .contains("The end of this execution is in the log already."),
        "{}",
        done.both()
    );
    assert_eq!(count(&stage), (0, 1));
    let due = stage.sekisho("sato", &["due"]).expect(0);
    assert!(
        due.err.contains("0 waiting, 1 put aside") && !due.out.contains(&id),
        "{}",
        due.both()
    );
    let why = std::fs::read_to_string(stage.path(".git/sekisho/spool/held/000002.why")).unwrap();
    assert_eq!(why, "sync-finished\n");
    assert!(stage.path(".git/sekisho/spool/held/000002.draft").exists());
}

#[test]
fn a_decision_of_the_gate_is_never_kept_for_later() {
    let (stage, id) = shop();
    stage.sekisho("mori", &["approve", &id]).expect(0);
    let stop = cut_off(&stage, "sato", TEN, &Doing::Gate).unwrap_err();
    assert!(matches!(stop, Stop::Unavailable(_)), "{stop:?}");
    assert_eq!(count(&stage), (0, 0));
}

#[test]
fn going_back_with_other_signers_is_never_kept_for_later() {
    let (stage, id) = shop();
    stage.sekisho("mori", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
    // The log has other signers meanwhile, so that going back would bring the former ones back.
    run(async {
        let ledger = SqliteLedger::open(&stage.log()).await.unwrap();
        let head = ledger.head().await.unwrap();
        let first = ledger.range(0, 1).await.unwrap().remove(0);
        let first = sekisho::ledger::Record::read(&first.bytes).unwrap();
        let digest = first.statement.with[0].digest;
        let mut signers = ledger.blob(&digest).await.unwrap().unwrap();
        signers.extend(b"# one more line\n");
        let mut said = first.statement.clone();
        said.act = "trust.signers/1".to_owned();
        said.id = crate::written_log::id(7);
        said.seen = head;
        said.body.remove("origin");
        said.body
            .insert("signers".to_owned(), Digest::of(&signers).to_string().into());
        said.with[0].digest = Digest::of(&signers);
        let key = stage.repository().parent().unwrap().join("sato_key");
        let signer = SshKeygen::new("ssh-keygen", key).unwrap();
        let statement = said.encode().unwrap();
        let signature = signer.sign("sekisho-statement-v1", &statement).unwrap();
        let draft = Draft {
            statement,
            signatures: vec![("sshsig".to_owned(), signature)],
            blobs: vec![signers],
        };
        ledger.append(&[draft], Guard::Any, TEN).await.unwrap();
        ledger.close().await;
    });
    let stop = cut_off(&stage, "sato", TEN, &Doing::Finish(&id, "failed")).unwrap_err();
    assert!(matches!(stop, Stop::Unavailable(_)), "{stop:?}");
    assert_eq!(count(&stage), (0, 0));
}

#[test]
fn an_old_approval_behind_a_newer_objection() {
    let (mut stage, id) = shop();
    kept(&stage, "mori", TEN, &Doing::Act(ActKind::Approve, &id));
    stage.at("2026-12-01T11:00:00+09:00");
    stage
        .sekisho("mori", &["object", &id, "--reason", "Not this one"])
        .expect(0);
    stage.at("2026-12-01T12:00:00+09:00");
    let done = synced(&stage, 1);
    assert!(
        done.out
            .contains("mori has said something else about this change since"),
        "{}",
        done.both()
    );
    let denied = stage.sekisho("sato", &["gate"]).expect(1);
    assert!(denied.out.contains("APP-04"), "{}", denied.both());
}

#[test]
fn acts_keep_their_order() {
    let (mut stage, id) = shop();
    kept(&stage, "mori", TEN, &Doing::Act(ActKind::Approve, &id));
    // Taking back needs something in the log: an objection says it here.
    kept(
        &stage,
        "mori",
        "2026-12-01T01:05:00Z",
        &Doing::Act(ActKind::Object, &id),
    );
    stage.at("2026-12-01T12:00:00+09:00");
    synced(&stage, 0);
    stage.sekisho("sato", &["gate"]).expect(1);
    stage.sekisho("mori", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn an_approval_of_long_ago() {
    let (mut stage, id) = shop();
    kept(&stage, "mori", TEN, &Doing::Act(ActKind::Approve, &id));
    stage.at("2026-12-09T10:00:00+09:00");
    let done = synced(&stage, 1);
    assert!(
        done.out.contains("too long ago for an approval"),
        "{}",
        done.both()
    );
    stage.sekisho("sato", &["gate"]).expect(1);
}

#[test]
fn a_draft_that_is_gone_takes_approvals_with_it() {
    let (mut stage, id) = shop();
    for (n, now) in [TEN, "2026-12-01T01:01:00Z", "2026-12-01T01:02:00Z"]
        .iter()
        .enumerate()
    {
        let kind = if n == 1 { ActKind::Object } else { ActKind::Approve };
        kept(&stage, "mori", now, &Doing::Act(kind, &id));
    }
    std::fs::remove_file(draft_file(&stage, 2)).unwrap();
    stage.at("2026-12-01T12:00:00+09:00");
    let before = records(&stage);
    let done = synced(&stage, 1);
    assert!(done.out.contains("Draft 2 is gone"), "{}", done.both());
    assert_eq!(
        (records(&stage), count(&stage)),
        (before, (0, 2)),
        "{}",
        done.both()
    );
    stage.sekisho("sato", &["gate"]).expect(1);
    // The next act goes on behind them.
    assert_eq!(
        kept(
            &stage,
            "mori",
            "2026-12-01T03:10:00Z",
            &Doing::Act(ActKind::Approve, &id)
        ),
        4
    );
    stage.at("2026-12-01T12:30:00+09:00");
    synced(&stage, 0);
    stage.sekisho("sato", &["gate"]).expect(0);
}

#[test]
fn a_draft_that_was_altered() {
    let (mut stage, id) = shop();
    kept(&stage, "mori", TEN, &Doing::Act(ActKind::Approve, &id));
    let file = draft_file(&stage, 1);
    let whole = std::fs::read(&file).unwrap();
    stage.at("2026-12-01T12:00:00+09:00");
    for (at, bytes) in [
        (0, whole[..whole.len() - 1].to_vec()),
        (1, Vec::new()),
        (2, {
            let mut bytes = whole.clone();
            let last = bytes.len() - 10;
            bytes[last] ^= 1;
            bytes
        }),
    ] {
        std::fs::write(draft_file(&stage, at + 1), &bytes).unwrap();
        let done = synced(&stage, 1);
        assert!(done.out.contains("cannot be read"), "{}", done.both());
        let held = stage.path(&format!(".git/sekisho/spool/held/{:06}.draft", at + 1));
        assert_eq!(std::fs::read(held).unwrap(), bytes, "put aside as it was");
    }
}

#[test]
fn a_draft_of_another_log_and_one_that_was_never_signed() {
    let (mut stage, id) = shop();
    kept(&stage, "mori", TEN, &Doing::Act(ActKind::Approve, &id));
    let spool = spool_of(&stage);
    let Ok(good) = spool.list().unwrap().remove(0).draft else {
        panic!()
    };
    let text = |draft: &Draft| String::from_utf8(draft.statement.clone()).unwrap();
    let bent = |id: usize, from: &str, to: &str| {
        let own = text(&good).replace(&id_of(&good), &crate::written_log::id(id));
        Draft {
            statement: own.replace(from, to).into_bytes(),
            ..good.clone()
        }
    };
    for draft in [
        bent(1, "local/shop/sekisho", "local/elsewhere/sekisho"),
        bent(2, "person:mori", "person:hayashi"),
        bent(3, "\"occurred\":\"2026-12-01T01:00:00Z\",", ""),
        Draft {
            signatures: Vec::new(),
            ..bent(4, &by_of(&good), "person:mori")
        },
        Draft {
            blobs: Vec::new(),
            ..good.clone()
        },
        unsigned(&statement(
            "deploy.allowed/1",
            9,
            Head::EMPTY,
            serde_json::json!({"occurred": TEN}),
            0,
        )),
    ] {
        spool.add(&draft).unwrap();
    }
    stage.at("2026-12-01T12:00:00+09:00");
    let done = synced(&stage, 1);
    for words in [
        "made for another log: local/elsewhere/sekisho",
        "Its signature was not made over what it says",
        "Acts of this kind cannot be filed late",
        "It is not signed",
    ] {
        assert!(done.out.contains(words), "{words}\n{}", done.both());
    }
    // The good one went first; a copy of it that lost its documents is the same act.
    assert_eq!(count(&stage), (0, 5), "{}", done.both());
    stage.sekisho("sato", &["verify"]).expect(0);
}

fn by_of(draft: &Draft) -> String {
    sekisho::ledger::Statement::read(&draft.statement).unwrap().by
}

fn id_of(draft: &Draft) -> String {
    sekisho::ledger::Statement::read(&draft.statement).unwrap().id
}

#[test]
fn an_answer_that_was_lost_and_a_process_that_ended_in_between() {
    let (mut stage, id) = shop();
    kept(&stage, "mori", TEN, &Doing::Act(ActKind::Approve, &id));
    let folder = stage.path(".git/sekisho/spool");
    let copy = stage.path("copy");
    copy_all(&folder, &copy);
    stage.at("2026-12-01T12:00:00+09:00");
    synced(&stage, 0);
    let before = records(&stage);
    // As it was before the draft was removed: the log has it, so it is not appended again.
    std::fs::remove_dir_all(&folder).unwrap();
    copy_all(&copy, &folder);
    stage.at("2026-12-01T13:00:00+09:00");
    let done = synced(&stage, 0);
    assert!(done.out.contains("in the log 1 Dec 12:00"), "{}", done.both());
    assert_eq!((records(&stage), count(&stage)), (before, (0, 0)));
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn a_key_that_ran_out_before_the_act_was_brought_in() {
    let (mut stage, id) = shop_with(|config, key| {
        let ends = format!("{{key: \"{key}\", until: 2026-12-04}}");
        config.replace(&format!("\"{key}\""), &ends)
    });
    kept(&stage, "mori", TEN, &Doing::Act(ActKind::Approve, &id));
    stage.at("2026-12-05T00:00:01+09:00");
    let before = records(&stage);
    let done = synced(&stage, 1);
    assert!(
        done.out.contains("Its key does not sign for this person now"),
        "{}",
        done.both()
    );
    assert_eq!(records(&stage), before);
}

#[test]
fn a_key_that_was_revoked_before_the_act_was_brought_in() {
    let (mut stage, id) = shop();
    kept(&stage, "mori", TEN, &Doing::Act(ActKind::Approve, &id));
    let fingerprint = sekisho::sign::fingerprint(&stage.key("mori")).unwrap();
    stage.at("2026-12-01T12:00:00+09:00");
    let why = ["--reason", "The laptop was left on a train"];
    stage
        .sekisho("mori", &[&["key", "revoke", &fingerprint][..], &why].concat())
        .expect(0);
    let done = synced(&stage, 1);
    assert!(
        done.out.contains("Its key does not sign for this person now"),
        "{}",
        done.both()
    );
    stage.sekisho("sato", &["gate"]).expect(1);
}

#[test]
fn writers_at_once_give_every_act_its_own_number() {
    let folder = tempfile::tempdir().unwrap();
    let spool = FileSpool::new(folder.path().join("spool"));
    let draft = |n: usize| {
        unsigned(&statement(
            "change.approved/1",
            n,
            Head::EMPTY,
            serde_json::json!({}),
            0,
        ))
    };
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let spool = &spool;
            scope.spawn(move || {
                for n in 0..10 {
                    spool.add(&draft(writer * 10 + n)).unwrap();
                }
            });
        }
    });
    let all = spool.list().unwrap();
    assert_eq!(all.len(), 80);
    assert!(
        all.iter()
            .zip(1..)
            .all(|(one, number)| one.number == number && one.draft.is_ok())
    );
    // Nobody else may read them: they can hold phone numbers.
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
    assert_eq!(
        (
            mode(&folder.path().join("spool")),
            mode(&folder.path().join("spool/000001.draft"))
        ),
        (0, 0)
    );
    // The last ones removed: the note about the numbering misses them.
    for number in [79, 80] {
        std::fs::remove_file(folder.path().join(format!("spool/{number:06}.draft"))).unwrap();
    }
    let all = spool.list().unwrap();
    assert_eq!(all.last().unwrap().draft.as_ref().unwrap_err(), &Broken::Gone);
    assert_eq!(spool.count().unwrap().waiting, 80);
    // Two drafts exchanged.
    let path = |number: u64| folder.path().join(format!("spool/{number:06}.draft"));
    let (one, two) = (std::fs::read(path(1)).unwrap(), std::fs::read(path(2)).unwrap());
    std::fs::write(path(1), two).unwrap();
    std::fs::write(path(2), one).unwrap();
    let all = spool.list().unwrap();
    assert!(all[0].draft.is_err() && all[1].draft.is_err() && all[2].draft.is_ok());
    std::fs::write(folder.path().join("spool/ends"), "0 x 18446744073709551615 y\n").unwrap();
    assert_eq!(
        spool.list().unwrap().len(),
        78,
        "a note that cannot be right is not believed"
    );
}
