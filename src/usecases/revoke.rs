//! Takes a key out of use, at once and for good.

use crate::change::{Digest, Message, Moment, PersonKey};
use crate::ledger::{Revocations, SIGNATURE_NAMESPACE, Sealed, SignerLine, Signers, fingerprint};
use crate::ports::Guard;

use super::grant::SHORTEST_REASON;
use super::record::{body, document};
use super::{Actor, LogView, Ports, Saying, Stop, write};

/// A revocation that was recorded.
pub struct Revoked {
    /// The record.
    pub record: Sealed,
    /// Whose key it is.
    pub owners: Vec<PersonKey>,
    /// How many people have to say so, too, before it stands.
    pub missing: usize,
}

/// Records that a key, `SHA256:…`, counts no more, and since when it was not its owner's alone: what it
/// approved since then, or ever where nobody knows, does not count where it is not used yet. Its owner
/// says so alone, with any of their keys; others are two.
///
/// # Errors
/// [`Stop::Request`] when no signer has this key, it is revoked already, or nobody could sign
/// without it.
pub async fn revoke(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    (key, since): (&str, Option<Moment>),
    reason: &str,
) -> Result<Revoked, Stop> {
    let key = key.strip_prefix("key:").unwrap_or(key);
    let since_at = since.map_or(i64::MIN, |since| since.timestamp().as_second());
    if since_at > ports.now.as_second() {
        return Err(Stop::Request(
            Message::new("error-revoke-since").with("text", since.map(Moment::utc).unwrap_or_default()),
        ));
    }
    if reason.trim().chars().count() < SHORTEST_REASON {
        return Err(Stop::Request(
            Message::new("error-revoke-reason").with("count", SHORTEST_REASON),
        ));
    }
    let revocations = &view.report.revocations;
    // A second word counts where it names an earlier time.
    let is_earlier = revocations.since(key).is_some_and(|known| since_at < known);
    if let (Some(seq), false) = (revocations.of(key), is_earlier) {
        return Err(Stop::Request(
            Message::new("error-revoke-done")
                .with("key", key)
                .with("seq", seq),
        ));
    }
    let done = revocations.of(key).is_some();
    let signers = signers(ports, view, done).await?;
    let owners: Vec<PersonKey> = signers
        .owners(key)
        .filter_map(|owner| owner.strip_prefix("person:").map(PersonKey::from))
        .collect();
    if owners.is_empty() {
        return Err(Stop::Request(
            Message::new("error-revoke-unknown")
                .with("key", key)
                .with("keys", known(&signers)),
        ));
    }
    if !done && !others_remain(ports, &signers, key) {
        return Err(Stop::Request(Message::new("error-revoke-last").with("key", key)));
    }
    let missing = match done {
        true => 0,
        false => missing(revocations, key, &owners, actor.person),
    };
    let note = serde_json::json!({
        "reason": reason.trim(),
        "salt": Digest::of(&(ports.random)()).hex(),
    });
    let saying = Saying {
        act: crate::ledger::acts::REVOKED,
        body: body([
            ("key", Some(key.into())),
            ("since", since.map(|since| since.utc().into())),
        ]),
        with: vec![("note", document(&note)?)],
    };
    let sealed = write(ports, actor, view.onto(), vec![saying], Guard::Any).await?;
    let record = sealed
        .into_iter()
        .next()
        .ok_or_else(|| Stop::unavailable("error-log-busy"))?;
    Ok(Revoked {
        record,
        owners,
        missing,
    })
}

/// The signers in force, without what was revoked; with it where it is about one of those.
async fn signers(ports: Ports<'_>, view: &LogView, with_revoked: bool) -> Result<Signers, Stop> {
    let bytes = match &view.standing.signers {
        Some(digest) => ports.ledger.blob(digest).await?,
        None => return Err(Stop::unavailable("error-empty-log")),
    };
    let signers = bytes
        .and_then(|bytes| Signers::read(&bytes).ok())
        .ok_or_else(|| {
            Stop::Unavailable(
                Message::new("error-log-refused").with("detail", "the signers of the log are missing"),
            )
        })?;
    Ok(match with_revoked {
        true => signers,
        false => signers.without(&view.report.revocations),
    })
}

fn known(signers: &Signers) -> String {
    let line = |line: &SignerLine| {
        let people: Vec<&str> = line
            .principals
            .iter()
            .filter_map(|principal| principal.strip_prefix("person:"))
            .collect();
        Some(format!("{} ({})", fingerprint(&line.key)?, people.join(", ")))
    };
    let all: Vec<String> = signers.lines().iter().filter_map(line).collect();
    all.join(" · ")
}

/// Whether somebody could still sign: a log without signers takes nothing in any more.
fn others_remain(ports: Ports<'_>, signers: &Signers, key: &str) -> bool {
    signers.lines().iter().any(|line| {
        let principals: Vec<&str> = line.principals.iter().map(String::as_str).collect();
        let admitted = signers.admits(&line.key, SIGNATURE_NAMESPACE, &principals, ports.now.as_second());
        admitted == crate::ledger::Admission::Good && fingerprint(&line.key).as_deref() != Some(key)
    })
}

fn missing(revocations: &Revocations, key: &str, owners: &[PersonKey], person: &PersonKey) -> usize {
    if owners.contains(person) {
        return 0;
    }
    let person = format!("person:{person}");
    let others = revocations.asked(key).filter(|asked| *asked != person).count();
    Revocations::OTHERS.saturating_sub(others + 1)
}
