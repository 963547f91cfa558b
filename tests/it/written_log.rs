//! Writes small logs with generated keys, for the tests that read or bend them.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use sekisho::change::Digest;
use sekisho::ledger::{
    Attachment, Evidence, Head, Held, MachineKey, Options, Report, SIGNATURE_NAMESPACE, Sealed, SignerLine,
    Statement, Verdict, Verification, instant, leaf,
};
use sekisho::ports::{Draft, Verifier};
use sekisho::sign::{RsaVerifier, SshVerifier, fingerprint};
use serde_json::{Map, Value, json};
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::{HashAlg, LineEnding, PrivateKey};

pub(crate) const ORIGIN: &str = "git.example/acme/shop";

/// Waits for a future. One runtime for the whole test, because a connection belongs to the runtime
/// that it was opened in.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<tokio::runtime::Handle> = LazyLock::new(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let handle = runtime.handle().clone();
        std::thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
        handle
    });
    RUNTIME.block_on(future)
}

/// A person with a key that the test knows.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) key: PrivateKey,
}

impl Person {
    pub(crate) fn new(name: &'static str, seed: u8) -> Self {
        let pair = Ed25519Keypair::from_seed(&[seed; 32]);
        let key = PrivateKey::new(KeypairData::Ed25519(pair), "").unwrap();
        Self { name, key }
    }

    pub(crate) fn public_key(&self) -> String {
        self.key.public_key().to_openssh().unwrap()
    }

    pub(crate) fn principal(&self) -> String {
        format!("key:{}", fingerprint(&self.public_key()).unwrap())
    }

    pub(crate) fn line(&self) -> SignerLine {
        SignerLine {
            principals: vec![self.principal(), format!("person:{}", self.name)],
            namespaces: vec![SIGNATURE_NAMESPACE.to_owned()],
            valid_after: None,
            valid_before: None,
            key: self.public_key(),
        }
    }

    pub(crate) fn sign(&self, namespace: &str, bytes: &[u8]) -> Vec<u8> {
        let signature = self.key.sign(namespace, HashAlg::Sha512, bytes).unwrap();
        signature.to_pem(LineEnding::LF).unwrap().into_bytes()
    }

    pub(crate) fn write_private(&self, file: &Path) {
        self.key.write_openssh_file(file, LineEnding::LF).unwrap();
    }

    /// The statement signed by this person, with its documents.
    pub(crate) fn draft(&self, mut statement: Statement, blobs: Vec<Vec<u8>>) -> Draft {
        statement.by = self.principal();
        statement
            .body
            .insert("person".to_owned(), json!(format!("person:{}", self.name)));
        let bytes = statement.encode().unwrap();
        Draft {
            signatures: vec![("sshsig".to_owned(), self.sign(SIGNATURE_NAMESPACE, &bytes))],
            statement: bytes,
            blobs,
        }
    }
}

/// 22 characters that are 128 bits.
pub(crate) fn id(n: usize) -> String {
    format!("{n:0>21}A")
}

pub(crate) fn time(seconds: i64) -> String {
    let start = instant("2026-11-20T01:00:00Z").unwrap();
    jiff::Timestamp::from_second(start + seconds).unwrap().to_string()
}

pub(crate) fn statement(act: &str, n: usize, seen: Head, body: Value, at: i64) -> Statement {
    let Value::Object(body) = body else { panic!() };
    Statement {
        act: act.to_owned(),
        body,
        by: "person:sato".to_owned(),
        id: id(n),
        log: ORIGIN.to_owned(),
        seen,
        time: time(at),
        with: Vec::new(),
    }
}

pub(crate) fn attach(mut statement: Statement, name: &str, blob: &[u8]) -> Statement {
    statement.with.push(Attachment {
        digest: Digest::of(blob),
        name: name.to_owned(),
    });
    statement
}

pub(crate) fn signers_of(people: &[&Person]) -> Vec<u8> {
    let lines: Vec<String> = people
        .iter()
        .map(|person| format!("{}\n", person.line()))
        .collect();
    lines.concat().into_bytes()
}

pub(crate) fn unsigned(statement: &Statement) -> Draft {
    Draft {
        statement: statement.encode().unwrap(),
        signatures: Vec::new(),
        blobs: Vec::new(),
    }
}

/// `log.created/1` by this person, with these signers.
pub(crate) fn genesis(by: &Person, people: &[&Person]) -> Draft {
    let body = json!({"format": "sekisho-ledger/1", "hash": "sha256", "origin": ORIGIN});
    genesis_of(by, people, body)
}

/// The same for a log in which records without a signature count.
pub(crate) fn open_genesis(by: &Person, people: &[&Person]) -> Draft {
    let body =
        json!({"format": "sekisho-ledger/1", "hash": "sha256", "origin": ORIGIN, "signatures": "optional"});
    genesis_of(by, people, body)
}

fn genesis_of(by: &Person, people: &[&Person], body: Value) -> Draft {
    let signers = signers_of(people);
    let statement = statement("log.created/1", 0, Head::EMPTY, body, 0);
    by.draft(attach(statement, "signers", &signers), vec![signers])
}

/// Records and documents, as they can be copied out of any store.
#[derive(Clone, Default)]
pub(crate) struct Copied {
    pub(crate) lines: Vec<Vec<u8>>,
    pub(crate) blobs: BTreeMap<Digest, Vec<u8>>,
}

impl Copied {
    /// Seals drafts the way a store would, without any of its refusals.
    pub(crate) fn push(&mut self, draft: &Draft, at: i64) {
        let signatures: Vec<Value> = draft
            .signatures
            .iter()
            .map(|(kind, blob)| json!({"d": Digest::of(blob), "t": kind}))
            .collect();
        let st = String::from_utf8(draft.statement.clone()).unwrap();
        let prev = self.lines.last().map_or([0; 32], |line| leaf(line));
        let line = format!(
            "{{\"prev\":\"{}\",\"seq\":{},\"sig\":{},\"st\":{st},\"time\":\"{}\",\"v\":1}}",
            Digest::from_bytes(prev).hex(),
            self.lines.len(),
            Value::Array(signatures),
            time(at),
        );
        self.lines.push(line.into_bytes());
        let all = draft.signatures.iter().map(|(_, blob)| blob).chain(&draft.blobs);
        self.blobs
            .extend(all.map(|blob| (Digest::of(blob), blob.clone())));
    }

    pub(crate) fn head(&self) -> Head {
        Head {
            size: self.lines.len() as u64,
            leaf: self.lines.last().map_or([0; 32], |line| leaf(line)),
        }
    }

    /// Numbers and chains all lines anew, as somebody would who can write the whole store.
    pub(crate) fn chain_again(&mut self) {
        let mut prev = [0; 32];
        for (seq, line) in self.lines.iter_mut().enumerate() {
            let mut record: Map<String, Value> = serde_json::from_slice(line).unwrap();
            record.insert("prev".to_owned(), json!(Digest::from_bytes(prev).hex()));
            record.insert("seq".to_owned(), json!(seq));
            *line = sekisho::ledger::to_canonical(&Value::Object(record)).unwrap();
            prev = leaf(line);
        }
    }

    pub(crate) fn verify_with(&self, options: Options) -> Report {
        let mut verification = Verification::new(options);
        for (seq, line) in self.lines.iter().enumerate() {
            let row = Sealed {
                seq: seq as u64,
                leaf: leaf(line),
                bytes: line.clone(),
            };
            verification.feed(&row, &mut self.evidence());
        }
        verification.finish()
    }

    pub(crate) fn verify(&self) -> Report {
        self.verify_with(Options::default())
    }

    pub(crate) fn evidence(&self) -> impl Evidence {
        struct Blobs<'a>(&'a BTreeMap<Digest, Vec<u8>>);
        impl Evidence for Blobs<'_> {
            fn blob(&mut self, digest: &Digest) -> Held {
                self.0
                    .get(digest)
                    .map_or(Held::Missing, |bytes| Held::Bytes(bytes.clone()))
            }

            fn check(&mut self, kind: &str, bytes: &[u8], signature: &[u8]) -> Verdict {
                checked_once(kind, bytes, signature)
            }

            fn check_rsa(&mut self, key: &MachineKey, signed: &[u8], signature: &[u8]) -> Option<bool> {
                RsaVerifier.check_rsa(key, signed, signature)
            }
        }
        Blobs(&self.blobs)
    }
}

/// The verifier's answer; asked once for each signature, because the tests that bend a log bit by
/// bit ask thousands of times.
fn checked_once(kind: &str, bytes: &[u8], signature: &[u8]) -> Verdict {
    type Question = (String, Vec<u8>, Vec<u8>);
    static ANSWERS: LazyLock<Mutex<HashMap<Question, Verdict>>> = LazyLock::new(Mutex::default);
    let question = (kind.to_owned(), bytes.to_vec(), signature.to_vec());
    let mut answers = ANSWERS.lock().unwrap();
    let answer = || SshVerifier.check(kind, SIGNATURE_NAMESPACE, bytes, signature);
    answers.entry(question).or_insert_with(answer).clone()
}
