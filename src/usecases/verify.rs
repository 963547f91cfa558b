//! Verifies the log of any store, a page at a time; no record is kept.

use crate::ledger::{Damage, Looked, Options, Record, Report, Standing, Verification};
use crate::ports::{LedgerStore, Verifier};

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
