//! Verifies the log of any store, a page at a time; no record is kept.

use serde_json::{Map, Value};

use crate::ledger::{Damage, Looked, Options, Record, Report, Sealed, Standing, Verification};
use crate::ports::{LedgerStore, StoreError, Verifier};

use super::documents::documents;
use super::log_view::{PAGE, trust};
use super::{Ports, Stop};

/// What a verification reads from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The log.
    pub ledger: &'a dyn LedgerStore,
    /// Checks signatures.
    pub verifier: &'a dyn Verifier,
    /// Told how many records were checked.
    pub progress: &'a dyn Fn(u64),
}

impl<'a> From<Ports<'a>> for Source<'a> {
    fn from(ports: Ports<'a>) -> Self {
        Self {
            ledger: ports.ledger,
            verifier: ports.verifier,
            progress: ports.progress,
        }
    }
}

/// Checks every record and document. `around` is what was found wrong besides them.
///
/// # Errors
/// [`Stop::Unavailable`] when the store cannot be read; damage is in the report.
pub async fn verify(source: Source<'_>, options: Options, around: Vec<Damage>) -> Result<Report, Stop> {
    let mut verification = Verification::new(options);
    for complaint in source.ledger.check().await? {
        verification.complain(&complaint);
    }
    around.into_iter().for_each(|damage| verification.add(damage));
    let size = source.ledger.head().await?.size;
    let mut standing = Standing::default();
    let mut from = 0;
    while from < size {
        let page = source
            .ledger
            .range(from, from.saturating_add(PAGE).min(size))
            .await?;
        if page.is_empty() {
            break;
        }
        for looked in Looked::page(&page).iter().flatten() {
            let sealed = looked.row();
            let mut documents = documents(source.ledger, source.verifier, looked).await?;
            let signed = verification.take(looked, &mut documents);
            if looked.is_about_signers()
                && let (Some(trust), Ok(record)) = (trust(signed), Record::read(&sealed.bytes))
            {
                standing.apply(&record, trust);
                verification.require_signatures(!standing.unsigned_counts);
            }
        }
        from += page.len() as u64;
        (source.progress)(from);
    }
    for remark in source.ledger.remarks().await? {
        verification.remark(remark);
    }
    Ok(verification.finish())
}

/// What the log's first record says of the machines that may sign (its `oidc`), and the key sets
/// that records bring.
///
/// # Errors
/// [`Stop::Unavailable`] when the store cannot be read.
pub async fn token_key_sets(ledger: &dyn LedgerStore) -> Result<(Map<String, Value>, Vec<Vec<u8>>), Stop> {
    let size = ledger.head().await?.size;
    let (mut pins, mut sets, mut from) = (Map::new(), Vec::new(), 0);
    while from < size {
        let page = ledger.range(from, from.saturating_add(PAGE).min(size)).await?;
        if page.is_empty() {
            break;
        }
        from += page.len() as u64;
        let about = |sealed: &&Sealed| {
            sealed.seq == 0 || memchr::memmem::find(&sealed.bytes, b"trust.jwks/").is_some()
        };
        for record in page
            .iter()
            .filter(about)
            .filter_map(|sealed| Record::read(&sealed.bytes).ok())
        {
            if let Some(oidc) = record.statement.body.get("oidc").and_then(Value::as_object)
                && record.seq == 0
            {
                pins = oidc.clone();
            }
            for attached in record.statement.with.iter().filter(|with| with.name == "jwks") {
                match ledger.blob(&attached.digest).await {
                    Ok(set) => sets.extend(set),
                    Err(StoreError::Damaged(_)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
    Ok((pins, sets))
}
