//! The change log `sekisho-ledger/1`: canonical records, statements, the chain and the tree.

mod record;

pub use record::{Attachment, Head, Record, Sealed, SignatureRef, Statement};
