//! The change log `sekisho-ledger/1`: canonical records, statements, the chain and the tree.

pub mod body;
mod record;
mod standing;

pub use record::{Attachment, Head, Record, Sealed, SignatureRef, Statement};
pub use standing::{
    Act, ActKind, Decided, Execution, Filed, Open, Standing, State, Trust, Verdict, concerns,
};
