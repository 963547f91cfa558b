//! Tokens of machines: what does not fit is bad, what fits is still nobody's word.

use std::path::PathBuf;

use sekisho::change::Digest;
use sekisho::ledger::{Record, SIGNATURE_NAMESPACE, Verdict};
use sekisho::ports::Verifier as _;
use sekisho::sign::{TokenTrust, TokenVerifier};

fn vector(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/vector");
    std::fs::read(folder.join(name)).unwrap()
}

fn trust() -> TokenTrust {
    TokenTrust {
        issuer: "https://token.actions.githubusercontent.com".to_owned(),
        repository: "987654321".to_owned(),
        workflows: vec!["acme/shop/.github/workflows/deploy.yml@refs/heads/main".to_owned()],
        key_sets: vec![vector(
            "blobs/70964264868af13b08f818a243f5179a15562594fd8bb98800811a41799b245b",
        )],
    }
}

/// The statement of a record and its token.
fn signed(nth: usize) -> (Vec<u8>, Vec<u8>) {
    let log = vector("log.jsonl");
    let record = Record::read(log.split(|byte| *byte == b'\n').nth(nth).unwrap()).unwrap();
    let token = vector(&format!("blobs/{}", record.signatures[0].digest.hex()));
    (record.statement.encode().unwrap(), token)
}

fn check(trust: TokenTrust, statement: &[u8], token: &[u8]) -> Result<(), String> {
    match TokenVerifier::new(trust).check("github-oidc", SIGNATURE_NAMESPACE, statement, token) {
        Verdict::Unknown { key: None, why } if why.key == "signature-token-fits" => Ok(()),
        Verdict::Bad(why) => Err(why.with.get("claim").cloned().unwrap_or(why.key)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn tokens_of_the_vector_fit_and_are_never_good() {
    for nth in [1, 4] {
        let (statement, token) = signed(nth);
        assert_eq!(check(trust(), &statement, &token), Ok(()));
    }
}

#[test]
fn token_of_another_statement() {
    let (statement, _) = signed(4);
    let (_, token) = signed(1);
    assert_eq!(check(trust(), &statement, &token), Err("audience".to_owned()));
}

#[test]
fn token_of_a_hostile_branch_workflow_of_another_repository_or_issuer() {
    let (statement, token) = signed(4);
    let bent = |bend: fn(&mut TokenTrust)| {
        let mut trust = trust();
        bend(&mut trust);
        check(trust, &statement, &token)
    };
    assert_eq!(bent(|t| t.workflows[0].push('x')), Err("workflow".to_owned()));
    assert_eq!(bent(|t| t.workflows.clear()), Err("workflow".to_owned()));
    assert_eq!(bent(|t| t.repository.push('1')), Err("issuer".to_owned()));
    assert_eq!(bent(|t| t.issuer.push('x')), Err("issuer".to_owned()));
    assert_eq!(bent(|t| t.key_sets.clear()), Err("signature".to_owned()));
}

#[test]
fn every_bent_character_of_a_token() {
    let (statement, token) = signed(4);
    let length = token
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(token.len());
    for at in 0..length {
        let mut bent = token.clone();
        bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
        assert!(check(trust(), &statement, &bent).is_err(), "{at}");
    }
}

#[test]
fn without_pins_nothing_is_checked() {
    let (statement, token) = signed(4);
    let verifier = TokenVerifier::new(TokenTrust::default());
    let verdict = verifier.check("github-oidc", SIGNATURE_NAMESPACE, &statement, &token);
    assert!(matches!(verdict, Verdict::Unknown { key: None, .. }));
    assert_eq!(
        Digest::of(&statement).hex(),
        "5cb9fb02c5b1c5706c541b9cfebe2399d13d691f381f5df33ed757eb0f087797"
    );
}
