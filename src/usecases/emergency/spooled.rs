//! The log with what waits beside it: what somebody without a network has said so far.

use crate::ledger::{Record, Statement, Trust};
use crate::ports::{Draft, Spool};
use crate::usecases::sync::unspooled;
use crate::usecases::{LogView, Ports, Stop};

/// Takes in what waits, so that an emergency which was declared without a network can be gone on
/// with. Only for talking about it: no decision of the gate is made on such a view.
///
/// # Errors
/// [`Stop::Unavailable`] when the spool cannot be read.
pub fn with_spooled(ports: Ports<'_>, view: &mut LogView, spool: &dyn Spool) -> Result<(), Stop> {
    for waiting in spool.list().map_err(unspooled)? {
        let Ok(draft) = waiting.draft else { continue };
        take_in(ports, view, &draft);
    }
    Ok(())
}

fn take_in(ports: Ports<'_>, view: &mut LogView, draft: &Draft) {
    let Ok(statement) = Statement::read(&draft.statement) else {
        return;
    };
    for attached in &statement.with {
        let bytes = draft
            .blobs
            .iter()
            .find(|bytes| crate::change::Digest::of(bytes) == attached.digest);
        if let (Some(bytes), "declaration") = (bytes, attached.name.as_str()) {
            view.filed_texts.insert(attached.digest, bytes.clone());
        }
    }
    let record = Record {
        prev: view.head.leaf,
        seq: view.head.size,
        signatures: Vec::new(),
        statement,
        time: ports.utc(),
    };
    view.standing.apply(&record, Trust::Signed);
}
