//! Signing with the real `ssh-keygen`, and both programs reading each other's signatures.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sekisho::ledger::{Admission, SIGNATURE_NAMESPACE, Signers, Verdict, instant};
use sekisho::ports::{SignError, Signer, Verifier};
use sekisho::sign::{SshKeygen, SshVerifier, fingerprint, public_key_of};

use crate::written_log::Person;

const PROGRAM: &str = "ssh-keygen";
const MESSAGE: &[u8] = b"{\"act\":\"change.approved/1\"}";

fn make_key(folder: &Path, kind: &[&str]) -> PathBuf {
    let file = folder.join(kind.join("-"));
    let made = Command::new(PROGRAM)
        .args(["-q", "-N", "", "-C", "sato@example.jp", "-t"])
        .args(kind)
        .arg("-f")
        .arg(&file)
        .status()
        .unwrap();
    assert!(made.success());
    file
}

fn check(signature: &[u8]) -> Verdict {
    SshVerifier.check("sshsig", SIGNATURE_NAMESPACE, MESSAGE, signature)
}

/// What `ssh-keygen -Y verify` says.
fn openssh_accepts(folder: &Path, signers: &str, principal: &str, at: &str, signature: &[u8]) -> bool {
    let (list, file, message) = (folder.join("allowed"), folder.join("sig"), folder.join("message"));
    std::fs::write(&list, signers).unwrap();
    std::fs::write(&file, signature).unwrap();
    std::fs::write(&message, MESSAGE).unwrap();
    Command::new(PROGRAM)
        .env("TZ", "UTC")
        .args(["-Y", "verify", "-n", SIGNATURE_NAMESPACE, "-I", principal, "-f"])
        .arg(&list)
        .arg("-s")
        .arg(&file)
        .arg(format!("-Overify-time={at}"))
        .stdin(std::fs::File::open(&message).unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success()
}

#[test]
fn what_ssh_keygen_signs_is_good_here() {
    let folder = tempfile::tempdir().unwrap();
    for kind in [&["ed25519"][..], &["ecdsa", "-b", "256"], &["ecdsa", "-b", "384"]] {
        let file = make_key(folder.path(), kind);
        let signer = SshKeygen::new(PROGRAM, &file).unwrap();
        let signature = signer.sign(SIGNATURE_NAMESPACE, MESSAGE).unwrap();
        let key = signer.public_key().to_owned();
        assert_eq!(check(&signature), Verdict::Good { key: key.clone() }, "{kind:?}");
        let other = SshVerifier.check("sshsig", SIGNATURE_NAMESPACE, b"{}", &signature);
        assert!(matches!(other, Verdict::Bad(_)));
        let elsewhere = SshVerifier.check("sshsig", "git", MESSAGE, &signature);
        assert!(matches!(elsewhere, Verdict::Bad(_)));
        let line = format!("key:{},person:sato {key}\n", fingerprint(&key).unwrap());
        assert!(openssh_accepts(
            folder.path(),
            &line,
            "person:sato",
            "20261120",
            &signature
        ));
    }
}

#[test]
fn what_we_write_openssh_reads_the_same_way() {
    let folder = tempfile::tempdir().unwrap();
    let sato = Person::new("sato", 1);
    let file = folder.path().join("sato");
    sato.write_private(&file);
    let signature = SshKeygen::new(PROGRAM, &file)
        .unwrap()
        .sign(SIGNATURE_NAMESPACE, MESSAGE)
        .unwrap();
    assert_eq!(
        signature,
        sato.sign(SIGNATURE_NAMESPACE, MESSAGE),
        "both make the same signature"
    );
    let mut line = sato.line();
    line.valid_after = instant("2026-11-20T00:00:00Z");
    line.valid_before = instant("2026-11-30T00:00:00Z");
    let text = format!("{line}\n");
    let signers = Signers::read(text.as_bytes()).unwrap();
    for (seconds, good) in [
        ("20261119235959", false),
        ("20261120000000", true),
        ("20261130000000", true),
        ("20261130000001", false),
    ] {
        for (principal, named) in [("person:sato", true), ("person:mori", false)] {
            let theirs = openssh_accepts(folder.path(), &text, principal, seconds, &signature);
            assert_eq!(theirs, good && named, "{seconds} {principal}");
            let written = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", seconds).unwrap();
            let at = instant(&format!("{written}Z")).unwrap();
            let ours = signers.admits(&sato.public_key(), SIGNATURE_NAMESPACE, &[principal], at);
            assert_eq!(ours == Admission::Good, theirs, "{seconds} {principal}");
        }
    }
}

#[test]
fn rsa_is_not_checked_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = make_key(folder.path(), &["rsa", "-b", "2048"]);
    let signer = SshKeygen::new(PROGRAM, &file).unwrap();
    let signature = signer.sign(SIGNATURE_NAMESPACE, MESSAGE).unwrap();
    let Verdict::Unknown { key, why } = check(&signature) else {
        panic!()
    };
    assert_eq!(key.as_deref(), Some(signer.public_key()));
    assert_eq!(why.key, "signature-key-type-unknown");
}

#[test]
fn no_signature_is_never_good() {
    for text in [
        "",
        "-----BEGIN SSH SIGNATURE-----\n",
        "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",
    ] {
        assert!(matches!(check(text.as_bytes()), Verdict::Bad(_)), "{text}");
    }
    let signature = Person::new("sato", 1).sign(SIGNATURE_NAMESPACE, MESSAGE);
    let other = SshVerifier.check("github-oidc", SIGNATURE_NAMESPACE, MESSAGE, &signature);
    assert!(matches!(other, Verdict::Unknown { key: None, .. }));
}

#[test]
fn public_keys_come_from_either_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = make_key(folder.path(), &["ed25519"]);
    let public = file.with_extension("pub");
    let program = Path::new(PROGRAM);
    let key = public_key_of(program, &file).unwrap();
    assert_eq!(public_key_of(program, &public).unwrap(), key);
    std::fs::remove_file(&public).unwrap();
    assert_eq!(public_key_of(program, &file).unwrap(), key);
    assert!(fingerprint(&key).unwrap().starts_with("SHA256:"));
    assert!(fingerprint("ssh-ed25519 AAAA").is_err());
}

#[test]
fn refusals_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nowhere");
    assert!(matches!(
        SshKeygen::new(PROGRAM, &missing),
        Err(SignError::Refused(_))
    ));
    assert!(matches!(
        SshKeygen::new(&missing, &missing),
        Err(SignError::NoProgram)
    ));
    let file = make_key(folder.path(), &["ed25519"]);
    let signer = SshKeygen::new(PROGRAM, &file).unwrap();
    std::fs::remove_file(&file).unwrap();
    match signer.sign(SIGNATURE_NAMESPACE, MESSAGE) {
        Err(SignError::Refused(words)) => assert!(!words.is_empty()),
        other => panic!("{other:?}"),
    }
}
