//! The dossier: everything that one judgement looks at, as plain data with one time.

pub mod approvals;
pub mod completion;
pub mod coverage;
mod covered;
pub mod exceptions;
mod facts;
mod model;
mod subject;
mod wording_quality;

pub use covered::{Coverage, Uncovered, UncoveredReason};
pub use exceptions::{Exception, GrantedBy};
pub use facts::{Findings, Words, freeze_in_force, in_force, stated_rollback};
pub use model::{
    Approval, Authorised, Change, Channel, Dossier, Facts, FreezeInForce, LogState, MOST_HITS, NotCounted,
    Objection, Obligation, Origin, Proof, Request, RequestKind, Roles, SCHEMA, Standing, Unit,
};
pub use subject::subject;
