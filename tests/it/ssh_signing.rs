//! Signing with the real `ssh-keygen`, and both programs reading each other's signatures.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sekisho::change::Digest;
use sekisho::ledger::{Admission, SIGNATURE_NAMESPACE, Signers, Verdict, instant};
use sekisho::ports::{SignError, Signer, Verifier};
use sekisho::sign::{SshKeygen, SshVerifier, Verifiers, fingerprint, public_key_of};

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

/// What `ssh-keygen -Y verify` accepts and what we admit, for lists of signers as people and
/// attackers write them. Where we refuse to read a list, nobody is admitted.
#[test]
fn nobody_is_admitted_whom_openssh_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let (sato, mori) = (Person::new("sato", 1), Person::new("mori", 2));
    let signature = sato.sign(SIGNATURE_NAMESPACE, MESSAGE);
    let (key, other) = (sato.public_key(), mori.public_key());
    let ns = SIGNATURE_NAMESPACE;
    // The list, and whether both take it.
    let lists = [
        (format!("person:sato {key}"), true),
        (format!("person:mori,person:sato {key}"), true),
        (format!("\"person:sato\" {key} a comment"), true),
        (format!("  person:sato  {key}  "), true),
        (format!("# person:mori\n\nperson:sato {key}\n"), true),
        (format!("person:sato {other}\nperson:sato {key}"), true),
        (format!("person:sato namespaces=\"{ns}\" {key}"), true),
        (format!("person:sato namespaces=\"git,{ns}\" {key}"), true),
        (format!("person:sato NAMESPACES=\"{ns}\" {key}"), true),
        (format!("person:sato namespaces=\"git\" {key}"), false),
        (format!("person:sato namespaces=\"\" {key}"), false),
        (format!("person:sato namespaces=\"{ns} \" {key}"), false),
        (
            format!("person:sato valid-after=\"20261101\",valid-before=\"20261201\" {key}"),
            true,
        ),
        (
            format!("person:sato valid-after=20261101,valid-before=20261201 {key}"),
            false,
        ),
        (format!("person:sato valid-after=\"20261120010000Z\" {key}"), true),
        (format!("person:sato valid-after=\"202611200101\" {key}"), false),
        (format!("person:sato valid-before=\"20261119\" {key}"), false),
        (format!("person:sato valid-after=\"2026\" {key}"), false),
        (format!("person:sato valid-after=\"20261301\" {key}"), false),
        (
            format!("person:sato valid-before=\"20261120\",valid-after=\"20261121\" {key}"),
            false,
        ),
        (format!("person:sato cert-authority {key}"), false),
        (
            format!("person:sato cert-authority,namespaces=\"{ns}\" {key}"),
            false,
        ),
        (format!("person:sato unknown-option {key}"), false),
        (
            format!("person:sato namespaces=\"{ns}\",namespaces=\"{ns}\" {key}"),
            false,
        ),
        (format!("!person:sato,person:sato {key}"), false),
        (format!("person:mori {key}"), false),
        (format!("person:sat {key}"), false),
        (format!("Person:sato {key}"), false),
        (format!("person:sato {other}"), false),
        (format!("\"person:sato {key}"), false),
        ("person:sato".to_owned(), false),
        (format!("#person:sato {key}"), false),
    ];
    // OpenSSH takes these and we do not: a pattern may name more people than anybody meant.
    let narrower = [
        format!("person:* {key}"),
        format!("*,!person:mori {key}"),
        format!("person:sato namespaces=\"sekisho-*\" {key}"),
        format!("person:s?to {key}"),
    ];
    let at = instant("2026-11-20T01:00:00Z").unwrap();
    let ours = |list: &str| {
        Signers::read(list.as_bytes())
            .is_ok_and(|signers| signers.admits(&key, ns, &["person:sato"], at) == Admission::Good)
    };
    let theirs =
        |list: &str| openssh_accepts(folder.path(), list, "person:sato", "20261120010000", &signature);
    for (list, good) in &lists {
        assert_eq!((ours(list), theirs(list)), (*good, *good), "{list}");
    }
    for list in &narrower {
        assert_eq!((ours(list), theirs(list)), (false, true), "{list}");
    }
}

fn signed_by(key: &impl ssh_key::SigningKey, data: &[u8]) -> ssh_key::Signature {
    key.try_sign(data).unwrap()
}

/// A signature by a key on a security key, made without one: the key signs the digest of the
/// application, flags, counter and digest of what is signed.
fn on_security_key(person: &Person, application: &str, flags: u8) -> (String, Vec<u8>) {
    use ssh_key::public::{KeyData, SkEd25519};
    use ssh_key::{Algorithm, HashAlg, PublicKey, Signature, SshSig};
    let KeyData::Ed25519(point) = person.key.public_key().key_data() else {
        panic!()
    };
    let public = KeyData::SkEd25519(SkEd25519::new(*point, application.to_owned()));
    let signed = SshSig::signed_data(SIGNATURE_NAMESPACE, HashAlg::Sha512, MESSAGE).unwrap();
    let mut data = Digest::of(application.as_bytes()).as_bytes().to_vec();
    data.push(flags);
    data.extend(7_u32.to_be_bytes());
    data.extend(Digest::of(&signed).as_bytes());
    let signature = signed_by(&person.key, &data);
    let mut bytes = signature.as_bytes().to_vec();
    bytes.push(flags);
    bytes.extend(7_u32.to_be_bytes());
    let signature = Signature::new(Algorithm::SkEd25519, bytes).unwrap();
    let line = PublicKey::from(public.clone()).to_openssh().unwrap();
    let armoured = SshSig::new(public, SIGNATURE_NAMESPACE, HashAlg::Sha512, signature)
        .unwrap()
        .to_pem(ssh_key::LineEnding::LF)
        .unwrap();
    (line, armoured.into_bytes())
}

#[test]
fn signatures_of_security_keys() {
    let folder = tempfile::tempdir().unwrap();
    let sato = Person::new("sato", 1);
    let (key, touched) = on_security_key(&sato, "ssh:", 1);
    assert_eq!(check(&touched), Verdict::Good { key: key.clone() });
    let list = format!("person:sato {key}\n");
    assert!(openssh_accepts(
        folder.path(),
        &list,
        "person:sato",
        "20261120",
        &touched
    ));
    let signers = Signers::read(list.as_bytes()).unwrap();
    assert_eq!(
        signers.admits(&key, SIGNATURE_NAMESPACE, &["person:sato"], 0),
        Admission::Good
    );
    // Nobody touched it: a program alone could have made it.
    let (_, untouched) = on_security_key(&sato, "ssh:", 0);
    assert!(matches!(check(&untouched), Verdict::Bad(why) if why.key == "signature-untouched"));
    // Flags and counter are part of what is signed.
    let (_, verified) = on_security_key(&sato, "ssh:", 5);
    assert!(matches!(check(&verified), Verdict::Good { .. }));
    // Another application is another key.
    let (elsewhere, _) = on_security_key(&sato, "ssh:other", 1);
    assert_ne!(elsewhere, key);
}

#[test]
fn each_kind_of_signature_has_its_own_verifier() {
    struct Yes;
    impl Verifier for Yes {
        fn check(&self, _: &str, _: &str, _: &[u8], _: &[u8]) -> Verdict {
            Verdict::Good { key: "k".to_owned() }
        }
    }
    let verifiers = Verifiers::default()
        .with("github-oidc", Yes)
        .with("sshsig", SshVerifier)
        .with("sshsig", Yes);
    let sato = Person::new("sato", 1);
    let signature = sato.sign(SIGNATURE_NAMESPACE, MESSAGE);
    let says = |kind: &str, signature: &[u8]| verifiers.check(kind, SIGNATURE_NAMESPACE, MESSAGE, signature);
    assert_eq!(
        says("sshsig", &signature),
        Verdict::Good {
            key: sato.public_key()
        }
    );
    assert!(
        matches!(says("sshsig", b"no signature"), Verdict::Bad(_)),
        "the first one for a kind stays"
    );
    assert!(matches!(says("github-oidc", b"a token"), Verdict::Good { .. }));
    for kind in ["note", "", "SSHSIG", "sshsig ", "github-oidc/2"] {
        assert!(
            matches!(says(kind, &signature), Verdict::Unknown { key: None, .. }),
            "{kind}"
        );
    }
    let alone = Verifiers::default();
    assert!(matches!(
        alone.check("sshsig", SIGNATURE_NAMESPACE, MESSAGE, &signature),
        Verdict::Unknown { .. }
    ));
}
