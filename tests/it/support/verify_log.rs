//! Verifies the log that a store holds, as a program of its own would.

use std::collections::HashMap;

use sekisho::change::Digest;
use sekisho::ledger::{Evidence, Held, Options, Record, Report, SIGNATURE_NAMESPACE, Verdict, Verification};
use sekisho::ports::{LedgerStore, StoreError, Verifier};

/// How many records are read at once.
const BATCH: u64 = 512;

/// Reads every record and document of `store` and checks them, after the store has checked
/// itself.
///
/// # Errors
/// [`StoreError`] when the store cannot be read to its end; damage is in the report.
pub(crate) async fn verify_log(
    store: &dyn LedgerStore,
    verifier: &dyn Verifier,
    options: Options,
) -> Result<Report, StoreError> {
    let mut verification = Verification::new(options);
    for complaint in store.check().await? {
        verification.complain(&complaint);
    }
    let mut next = 0_u64;
    loop {
        let rows = store.range(next, next.saturating_add(BATCH)).await?;
        let Some(last) = rows.last() else {
            return Ok(verification.finish());
        };
        next = last.seq.saturating_add(1);
        for row in &rows {
            let mut blobs = HashMap::new();
            // A line that is no record names nothing; feeding it reports that.
            for digest in Record::names(&row.bytes).unwrap_or_default() {
                blobs.insert(digest, held(store.blob(&digest).await)?);
            }
            verification.feed(row, &mut Fetched { blobs, verifier });
        }
    }
}

/// A store refuses to hand out a document that is not what its digest says.
fn held(answer: Result<Option<Vec<u8>>, StoreError>) -> Result<Held, StoreError> {
    match answer {
        Ok(Some(bytes)) => Ok(Held::Bytes(bytes)),
        Ok(None) => Ok(Held::Missing),
        Err(StoreError::Damaged(_)) => Ok(Held::Altered),
        Err(error) => Err(error),
    }
}

/// The documents of one record, and the verifier.
struct Fetched<'a> {
    blobs: HashMap<Digest, Held>,
    verifier: &'a dyn Verifier,
}

impl Evidence for Fetched<'_> {
    fn blob(&mut self, digest: &Digest) -> Held {
        self.blobs.get(digest).cloned().unwrap_or(Held::Missing)
    }

    fn check(&mut self, kind: &str, bytes: &[u8], signature: &[u8]) -> Verdict {
        self.verifier.check(kind, SIGNATURE_NAMESPACE, bytes, signature)
    }
}
