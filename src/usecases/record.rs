//! The only writer: encodes, signs and appends.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::change::{Digest, Message};
use crate::ledger::{
    Admission, Attachment, Head, Machines, Revocations, SIGNATURE_NAMESPACE, Sealed, Signers, Statement,
    TOKEN_SIGNATURE, TokenFinding, TokenUse, acts,
};
use crate::ports::{AppendError, Draft, Guard, Spool};

use super::{Actor, Ports, Stop};

/// What is to be recorded.
#[derive(Debug, Clone)]
pub struct Saying {
    /// `noun.verb/major`.
    pub act: &'static str,
    /// Ids, digests and words; no free text.
    pub body: Map<String, Value>,
    /// Documents that belong to it, by name.
    pub with: Vec<(&'static str, Vec<u8>)>,
}

/// The log that is written to, as the writer has read it.
#[derive(Debug, Clone, Copy)]
pub struct Onto<'a> {
    /// Its origin.
    pub origin: &'a str,
    /// Where it ends.
    pub head: Head,
    /// The digest of the signers in force; `None` before there is a log.
    pub signers: Option<Digest>,
    /// The keys that were revoked.
    pub revocations: &'a Revocations,
    /// The workflows that count, and the keys of their tokens.
    pub machines: &'a Machines,
}

/// What became of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// It is in the log.
    Sealed(Sealed),
    /// The log could not be reached: it waits under this number and counts for nothing yet.
    Waits(u64),
}

/// Refuses a record that the log's own signers would call damaged: a key that the authorised
/// configuration names, but the log does not know (yet, or any more), at this time.
async fn admitted(ports: Ports<'_>, actor: Actor<'_>, onto: Onto<'_>) -> Result<(), AppendError> {
    let (Some(signer), Some(digest)) = (actor.signer, onto.signers) else {
        return Ok(());
    };
    if signer.kind() == TOKEN_SIGNATURE {
        // Each of its tokens is looked at once it is there.
        return Ok(());
    }
    let Some(bytes) = ports.ledger.blob(&digest).await? else {
        return Err(refused("the signers of the log are missing"));
    };
    let revoked = actor
        .by
        .strip_prefix("key:")
        .and_then(|key| onto.revocations.of(key));
    if let Some(seq) = revoked {
        return Err(refused(format!("this key was revoked by record {seq}")));
    }
    let signers = Signers::read(&bytes).map_err(refused)?.without(onto.revocations);
    let person = format!("person:{}", actor.person);
    let at = ports.now.as_second();
    match signers.admits(signer.public_key(), SIGNATURE_NAMESPACE, &[actor.by, &person], at) {
        Admission::Good => Ok(()),
        _ => Err(refused(
            "this key does not sign for this person in this log at this time",
        )),
    }
}

/// Refuses a token that whoever verifies the log would not believe: nothing is written that only
/// its writer takes for signed.
fn vouched(ports: Ports<'_>, onto: Onto<'_>, draft: &Draft) -> Result<(), AppendError> {
    let statement = Statement::read(&draft.statement).map_err(refused)?;
    for (_, token) in draft
        .signatures
        .iter()
        .filter(|(kind, _)| kind == TOKEN_SIGNATURE)
    {
        let said = TokenUse {
            act: &statement.act,
            by: &statement.by,
            person: statement.body.get("person").and_then(Value::as_str),
            bytes: &draft.statement,
            sealed: ports.now.as_second(),
        };
        let mut rsa = |key: &_, signed: &[u8], own: &[u8]| ports.verifier.check_rsa(key, signed, own);
        match onto.machines.check(said, token, &mut rsa) {
            TokenFinding::Good => {}
            TokenFinding::Bad(claim) => {
                return Err(refused(format!(
                    "the token of this job does not fit the log: {claim}"
                )));
            }
            other => {
                return Err(refused(format!(
                    "the token of this job cannot be checked: {other:?}"
                )));
            }
        }
    }
    Ok(())
}

/// Signs and appends `sayings`, all or none.
///
/// # Errors
/// [`AppendError`] from the store; `Refused` when a statement cannot be encoded or signed.
pub async fn write(
    ports: Ports<'_>,
    actor: Actor<'_>,
    onto: Onto<'_>,
    sayings: Vec<Saying>,
    guard: Guard<'_>,
) -> Result<Vec<Sealed>, AppendError> {
    let (origin, seen) = (onto.origin, onto.head);
    admitted(ports, actor, onto).await?;
    let mut drafts = Vec::with_capacity(sayings.len());
    for saying in sayings {
        let id = URL_SAFE_NO_PAD.encode((ports.random)());
        let draft = draft(ports, actor, (origin, seen), &id, saying)?;
        vouched(ports, onto, &draft)?;
        drafts.push(draft);
    }
    append(ports, onto, &drafts, guard).await
}

/// Appends unless somebody changed who may sign since the writer looked: a record that is sealed
/// behind that with a key that no longer counts would be a damage of the log.
async fn append(
    ports: Ports<'_>,
    onto: Onto<'_>,
    drafts: &[Draft],
    guard: Guard<'_>,
) -> Result<Vec<Sealed>, AppendError> {
    let trust = |statement: &Statement| matches!(statement.act.as_str(), acts::REVOKED | acts::SIGNERS);
    let both = |statement: &Statement| match guard {
        Guard::Unless { conflicts, .. } => trust(statement) || conflicts(statement),
        Guard::Any | Guard::At(_) => trust(statement),
    };
    let guard = match guard {
        Guard::At(head) => Guard::At(head),
        Guard::Unless { since, .. } => Guard::Unless {
            since: since.min(onto.head.size),
            conflicts: &both,
        },
        Guard::Any => Guard::Unless {
            since: onto.head.size,
            conflicts: &both,
        },
    };
    ports.ledger.append(drafts, guard, &ports.utc()).await
}

/// Signs and appends one act. Where the log cannot be reached and the act may be filed late, it
/// is signed once more, with the time at which it happened, and waits in `spool`; under the same
/// id, for the log may have it after all.
///
/// # Errors
/// [`AppendError`] as for [`write()`]; an act that cannot be kept either is lost and says so.
pub(super) async fn write_or_keep(
    ports: Ports<'_>,
    actor: Actor<'_>,
    onto: Onto<'_>,
    saying: Saying,
    guard: Guard<'_>,
    spool: &dyn Spool,
) -> Result<Recorded, AppendError> {
    admitted(ports, actor, onto).await?;
    let (place, id) = ((onto.origin, onto.head), URL_SAFE_NO_PAD.encode((ports.random)()));
    let one = draft(ports, actor, place, &id, saying.clone())?;
    vouched(ports, onto, &one)?;
    // A token holds for minutes: what waits is signed by people.
    let may_wait =
        acts::may_be_late(saying.act) && actor.signer.is_none_or(|own| own.kind() != TOKEN_SIGNATURE);
    let unreachable = match append(ports, onto, &[one], guard).await {
        Ok(sealed) => {
            let sealed = sealed.into_iter().next();
            return sealed
                .map(Recorded::Sealed)
                .ok_or_else(|| refused("no record came back"));
        }
        Err(AppendError::Store(error)) if error.outage().is_some() && may_wait => error,
        Err(error) => return Err(error),
    };
    let mut late = saying;
    late.body.insert("occurred".to_owned(), ports.utc().into());
    let late = draft(ports, actor, place, &id, late)?;
    spool.add(&late).map(Recorded::Waits).map_err(|error| {
        let either = |why| format!("{why}; it could not be kept for later either: {error}");
        AppendError::Store(unreachable.reworded(either))
    })
}

fn draft(
    ports: Ports<'_>,
    actor: Actor<'_>,
    (origin, seen): (&str, Head),
    id: &str,
    saying: Saying,
) -> Result<Draft, AppendError> {
    let mut body = saying.body;
    body.insert("person".to_owned(), format!("person:{}", actor.person).into());
    let statement = Statement {
        act: saying.act.to_owned(),
        body,
        by: actor.by.to_owned(),
        id: id.to_owned(),
        log: origin.to_owned(),
        seen,
        time: ports.utc(),
        with: saying
            .with
            .iter()
            .map(|(name, bytes)| Attachment {
                digest: Digest::of(bytes),
                name: (*name).to_owned(),
            })
            .collect(),
    };
    let bytes = statement.encode().map_err(refused)?;
    let mut signatures = Vec::new();
    if let Some(signer) = actor.signer {
        let signature = signer.sign(SIGNATURE_NAMESPACE, &bytes).map_err(refused)?;
        signatures.push((signer.kind().to_owned(), signature));
    }
    Ok(Draft {
        statement: bytes,
        signatures,
        blobs: saying.with.into_iter().map(|(_, bytes)| bytes).collect(),
    })
}

fn refused(error: impl std::fmt::Display) -> AppendError {
    AppendError::Refused(error.to_string())
}

/// A body from pairs; what is `None` is left out.
pub(super) fn body<const N: usize>(pairs: [(&str, Option<Value>); N]) -> Map<String, Value> {
    pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect()
}

/// The canonical bytes of a document, for a blob.
pub(super) fn document(value: &Value) -> Result<Vec<u8>, Stop> {
    crate::ledger::canonical_document(value)
        .map_err(|error| Stop::Unavailable(Message::new("error-encode").with("detail", error)))
}
