//! Who is at the keyboard: a key that the configuration lists for exactly one person, or, where
//! unsigned acts count, git's configured address.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use sekisho::change::{Message, Moment, PersonKey};
use sekisho::config::{self, Config, Signatures};
use sekisho::ports::{Repository as _, Signer};
use sekisho::sign::{self, SshKeygen};
use sekisho::usecases::{Actor, LogView, Stop};

use super::action::Job;
use super::args::Global;
use super::workflow;
use crate::wire::{LogPlace, Wiring};

/// A person with what they sign with.
pub(super) struct Acting {
    person: PersonKey,
    by: String,
    signer: Option<Box<dyn Signer>>,
    /// The public key that the agent is asked by; it goes when the command ends.
    _file: Option<TempPath>,
}

impl Acting {
    /// A person for whom a workflow signs.
    pub(super) fn through(person: &PersonKey, by: String, signer: impl Signer + 'static) -> Self {
        Self {
            person: person.clone(),
            by,
            signer: Some(Box::new(signer)),
            _file: None,
        }
    }

    /// The person as use cases take them.
    pub(super) fn actor(&self) -> Actor<'_> {
        Actor {
            person: &self.person,
            by: &self.by,
            signer: self.signer.as_deref(),
        }
    }

    /// The person.
    pub(super) fn person(&self) -> &PersonKey {
        &self.person
    }
}

/// Finds out who acts.
pub(super) fn find(wiring: &Wiring, config: &Config, global: &Global) -> Result<Acting, Stop> {
    let day = config
        .calendar
        .day(Moment::new(wiring.now, &config.calendar.zone));
    let candidates = key_files(wiring, global)?;
    for file in &candidates {
        let Ok(signer) = SshKeygen::new(PROGRAM, file) else {
            continue;
        };
        if let Some(person) = owner(config, signer.public_key(), &day)? {
            return signed(person, signer, None);
        }
    }
    if let Some(found) = in_agent(config, &day)? {
        return Ok(found);
    }
    if config.trust.signatures == Signatures::Optional
        && let Some(email) = wiring.repository.identity()?.email
        && let Some(person) = config.person_of_email(&email)
    {
        return Ok(Acting {
            by: format!("person:{person}"),
            person: person.clone(),
            signer: None,
            _file: None,
        });
    }
    Err(nobody(wiring, config, &candidates))
}

/// The same; in a job that may have tokens and was given no key, whoever started it, and its workflow
/// signs.
pub(super) fn find_in_job(
    wiring: &Wiring,
    log: &LogView,
    config: &Config,
    global: &Global,
) -> Result<Acting, Stop> {
    if global.key.is_some() || wiring.job_tokens().is_none() {
        return find(wiring, config, global);
    }
    let day = config
        .calendar
        .day(Moment::new(wiring.now, &config.calendar.zone));
    known(wiring, log, config, Job::read()?.person(config, &day)?, None)
}

/// The person whom the forge names, with the key that this job was given, which has to be that
/// person's own. Without a key the workflow itself signs, and where it cannot only unsigned acts are
/// left, where they count.
pub(super) fn known(
    wiring: &Wiring,
    log: &LogView,
    config: &Config,
    person: &PersonKey,
    key: Option<&Path>,
) -> Result<Acting, Stop> {
    let day = config
        .calendar
        .day(Moment::new(wiring.now, &config.calendar.zone));
    if let Some(file) = key {
        let refused =
            |error: &dyn std::fmt::Display| Stop::Request(Message::new("error-key").with("detail", error));
        let signer = SshKeygen::new(PROGRAM, file).map_err(|error| refused(&error))?;
        return match owner(config, signer.public_key(), &day)? {
            Some(owner) if &owner == person => signed(owner, signer, None),
            Some(owner) => Err(Stop::Request(
                Message::new("action-key-of-other")
                    .with("person", person)
                    .with("owner", owner),
            )),
            None => Err(Stop::Request(
                Message::new("error-who-key")
                    .with("person", person)
                    .with("key", signer.public_key()),
            )),
        };
    }
    if let Some(tokens) = wiring.job_tokens()
        && (log.report.machines.pins().is_some() || config.trust.signatures != Signatures::Optional)
    {
        let may_be_read = config.trust.publish_tokens || !matches!(wiring.place, LogPlace::Branch(_));
        return workflow::signs(log, person, tokens, may_be_read);
    }
    if config.trust.signatures != Signatures::Optional {
        return Err(Stop::Request(
            Message::new("action-needs-key").with("person", person),
        ));
    }
    Ok(Acting {
        by: format!("person:{person}"),
        person: person.clone(),
        signer: None,
        _file: None,
    })
}

/// The program that signs.
const PROGRAM: &str = "ssh-keygen";

/// The public key of a key file.
pub(super) fn public_key(file: &Path) -> Option<String> {
    sign::public_key_of(Path::new(PROGRAM), file).ok()
}

fn signed(person: PersonKey, signer: SshKeygen, file: Option<TempPath>) -> Result<Acting, Stop> {
    let fingerprint = config::fingerprint(signer.public_key())
        .ok_or_else(|| Stop::Request(Message::new("error-key").with("detail", signer.public_key())))?;
    Ok(Acting {
        person,
        by: format!("key:{fingerprint}"),
        signer: Some(Box::new(signer)),
        _file: file,
    })
}

/// The one person whose key this is today.
fn owner(config: &Config, public: &str, day: &str) -> Result<Option<PersonKey>, Stop> {
    let mut owners = config
        .people
        .iter()
        .filter(|(_, person)| person.active_on(day))
        .filter(|(_, person)| {
            person
                .keys
                .iter()
                .any(|key| key.key == public && key.valid_on(day))
        })
        .map(|(key, _)| key.clone());
    let first = owners.next();
    match (first, owners.next()) {
        (Some(one), Some(other)) => Err(Stop::Request(
            Message::new("error-key-of-two")
                .with("one", one)
                .with("other", other),
        )),
        (first, _) => Ok(first),
    }
}

/// The key files to try: the one that was named, git's signing key, and the usual ones.
pub(super) fn key_files(wiring: &Wiring, global: &Global) -> Result<Vec<PathBuf>, Stop> {
    if let Some(file) = &global.key {
        if !file.exists() {
            return Err(Stop::Request(
                Message::new("error-no-key-file").with("file", file.display()),
            ));
        }
        return Ok(vec![file.clone()]);
    }
    let home = std::env::home_dir();
    let mut files = Vec::new();
    if let Some(named) = wiring.repository.identity()?.signing_key {
        let named = match (named.strip_prefix("~/"), &home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(named),
        };
        files.push(named);
    }
    if let Some(home) = home {
        let names = ["id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa"];
        files.extend(names.iter().map(|name| home.join(".ssh").join(name)));
    }
    files.retain(|file| file.exists() || with_pub(file).exists());
    Ok(files)
}

fn with_pub(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}

/// Asks the agent for each key that the configuration lists, by letting it sign nothing of
/// meaning.
fn in_agent(config: &Config, day: &str) -> Result<Option<Acting>, Stop> {
    if std::env::var_os("SSH_AUTH_SOCK").is_none_or(|socket| socket.is_empty()) {
        return Ok(None);
    }
    for (person, details) in &config.people {
        for key in details.keys.iter().filter(|key| key.valid_on(day)) {
            let failed =
                |error: std::io::Error| Stop::Request(Message::new("error-key").with("detail", error));
            let mut file = tempfile::Builder::new()
                .suffix(".pub")
                .tempfile()
                .map_err(failed)?;
            writeln!(file, "{}", key.key).map_err(failed)?;
            let file = file.into_temp_path();
            let Ok(signer) = SshKeygen::new(PROGRAM, file.to_path_buf()) else {
                continue;
            };
            let is_there = signer.sign("sekisho-probe", b"").is_ok();
            if is_there && owner(config, &key.key, day)?.as_ref() == Some(person) {
                return signed(person.clone(), signer, Some(file)).map(Some);
            }
        }
    }
    Ok(None)
}

/// Nobody is known: says which line to add.
fn nobody(wiring: &Wiring, config: &Config, candidates: &[PathBuf]) -> Stop {
    let public = candidates.iter().find_map(|file| public_key(file));
    let email = wiring
        .repository
        .identity()
        .ok()
        .and_then(|identity| identity.email);
    let known = email.as_deref().and_then(|email| config.person_of_email(email));
    if let (Signatures::Optional, None, None, Some(email)) = (config.trust.signatures, &public, known, &email)
    {
        return Stop::Request(Message::new("error-who-email").with("email", email));
    }
    let person = known.map_or_else(|| "NAME".to_owned(), ToString::to_string);
    match public {
        Some(key) => Stop::Request(
            Message::new("error-who-key")
                .with("person", person)
                .with("key", key),
        ),
        None => Stop::Request(Message::new("error-who-no-key").with("person", person)),
    }
}
