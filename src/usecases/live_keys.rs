//! The keys of runners' tokens: brought into the log, and held against what their issuer publishes.

use serde_json::{Value, json};

use crate::change::{Message, Moment};
use crate::ledger::{
    Damage, DamageKind, Machines, Record, Sealed, TOKEN_SIGNATURE, Token, Trust, acts, instant,
};
use crate::ports::{Guard, StoreError};

use super::record::body;
use super::{Actor, LogView, Ports, Saying, Stop, write};

/// How long after it was made a token's key has to be among those that are published.
const PUBLISHED_SECONDS: i64 = 86_400;

/// How many names of keys a record lists; the document has all.
const NAMED: usize = 16;

/// What a workflow that signs knows of its issuer at this moment.
pub(super) struct Live {
    /// Keys that the log does not have yet.
    pub(super) brings: Option<Saying>,
    /// Which records' tokens were held against the published keys, as a decision says it.
    pub(super) checked: Value,
}

/// Asks the issuer and holds against it what the log says, since a workflow last did so. `None`
/// where a person signs.
///
/// # Errors
/// [`Stop::Unavailable`] when the issuer does not answer, [`Stop::Broken`] when the log has keys
/// that are not the issuer's.
pub(super) async fn live(ports: Ports<'_>, actor: Actor<'_>, view: &LogView) -> Result<Option<Live>, Stop> {
    if actor.signer.is_none_or(|signer| signer.kind() != TOKEN_SIGNATURE) {
        return Ok(None);
    }
    let machines = &view.report.machines;
    let set = published(ports, machines).await?;
    if let Some(kid) = machines.contradicted_by(&set) {
        return Err(foreign(view, None, &kid));
    }
    let from = checked_before(view);
    let mut gone = 0_u64;
    for (record, trust) in view.records.iter().filter(|(record, _)| record.seq >= from) {
        if *trust == Trust::Signed
            && let Some(kid) = unpublished(ports, machines, record, &set).await?
        {
            gone += 1;
            if is_young(ports, record) {
                return Err(foreign(view, Some(record.seq), &kid));
            }
        }
    }
    Ok(Some(Live {
        brings: brings(machines, set),
        checked: json!({"from": from, "to": view.head.size, "unpublished": gone}),
    }))
}

/// Keys that were brought into the log.
pub struct KeysFiled {
    /// The record; `None` where the log has them all.
    pub record: Option<Sealed>,
    /// The names of the new ones.
    pub names: Vec<String>,
}

/// Asks the issuer for its keys and records those that the log does not have yet.
///
/// # Errors
/// [`Stop::Request`] where the log names no workflow, [`Stop::Unavailable`] when the issuer does not
/// answer, [`Stop::Broken`] when a key is another one in the log.
pub async fn file_keys(ports: Ports<'_>, actor: Actor<'_>, view: &LogView) -> Result<KeysFiled, Stop> {
    let machines = &view.report.machines;
    if machines.pins().is_none() {
        return Err(Stop::request("error-key-no-workflow"));
    }
    let set = published(ports, machines).await?;
    if let Some(kid) = machines.contradicted_by(&set) {
        return Err(foreign(view, None, &kid));
    }
    let names = machines.new_keys(&set);
    let record = match brings(machines, set) {
        Some(saying) => write(ports, actor, view.onto(), vec![saying], Guard::Any)
            .await?
            .pop(),
        None => None,
    };
    Ok(KeysFiled { record, names })
}

async fn published(ports: Ports<'_>, machines: &Machines) -> Result<Vec<u8>, Stop> {
    let (Some(issuer), Some(pins)) = (ports.issuer, machines.pins()) else {
        return Err(Stop::request("error-key-no-workflow"));
    };
    issuer.keys(&pins.issuer).await.map_err(|error| {
        Stop::Unavailable(
            Message::new("error-key-issuer")
                .with("issuer", &pins.issuer)
                .with("detail", error),
        )
    })
}

fn brings(machines: &Machines, set: Vec<u8>) -> Option<Saying> {
    let names = machines.new_keys(&set);
    let issuer = machines.pins()?.issuer.clone();
    (!names.is_empty()).then(|| Saying {
        act: acts::JWKS,
        body: body([
            ("issuer", Some(issuer.into())),
            ("kids", Some(names.into_iter().take(NAMED).collect())),
        ]),
        with: vec![("jwks", set)],
    })
}

/// Up to where a workflow, in a decision that counts, says it has looked.
fn checked_before(view: &LogView) -> u64 {
    let said = |record: &Record| {
        let checked = record.statement.body.get("checked")?;
        checked.get("live")?.get("to")?.as_u64()
    };
    let decisions = view.records.iter().rev().filter(|(record, trust)| {
        let kinds = record.signatures.iter();
        *trust == Trust::Signed
            && kinds
                .map(|one| one.kind.as_str())
                .any(|kind| kind == TOKEN_SIGNATURE)
    });
    decisions
        .into_iter()
        .find_map(|(record, _)| said(record))
        .unwrap_or(0)
}

/// The key that a record's token was made with, where it is not published now.
async fn unpublished(
    ports: Ports<'_>,
    machines: &Machines,
    record: &Record,
    set: &[u8],
) -> Result<Option<String>, Stop> {
    for signature in record.signatures.iter().filter(|one| one.kind == TOKEN_SIGNATURE) {
        let token = match ports.ledger.blob(&signature.digest).await {
            Ok(token) => token.unwrap_or_default(),
            Err(StoreError::Damaged(_)) => continue,
            Err(error) => return Err(error.into()),
        };
        let Some(token) = Token::read(&token) else {
            continue;
        };
        if !machines.is_in(set, &token.kid) {
            return Ok(Some(token.kid));
        }
    }
    Ok(None)
}

fn is_young(ports: Ports<'_>, record: &Record) -> bool {
    let now = Moment::new(ports.now, &jiff::tz::TimeZone::UTC);
    let sealed = instant(&record.time).unwrap_or_default();
    let at = jiff::Timestamp::from_second(sealed).map(|at| Moment::new(at, &jiff::tz::TimeZone::UTC));
    at.is_ok_and(|at| now.seconds_since(at) < PUBLISHED_SECONDS)
}

/// The log has a key that the issuer does not have.
fn foreign(view: &LogView, seq: Option<u64>, kid: &str) -> Stop {
    let mut report = view.report.clone();
    let kind = match seq {
        Some(_) => DamageKind::TokenUnpublished,
        None => DamageKind::KeyNotTheIssuers,
    };
    let message = kind.message().with("kid", kid);
    let message = match seq {
        Some(seq) => message.with("seq", seq),
        None => message,
    };
    report.damages.push(Damage { seq, kind, message });
    Stop::Broken(Box::new(report))
}
