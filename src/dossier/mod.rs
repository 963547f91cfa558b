//! The dossier: everything that one judgement looks at, as plain data with one time.

pub mod approvals;
pub mod completion;
pub mod coverage;
mod facts;
mod model;
mod subject;
mod uncovered;
mod wording_quality;

pub use facts::{Findings, Words, freeze_in_force, in_force, stated_rollback};
pub use model::{
    Approval, Authorised, Change, Channel, Coverage, Dossier, Facts, FreezeInForce, LogState, MOST_HITS,
    NotCounted, Objection, Obligation, Origin, Proof, Request, RequestKind, Roles, SCHEMA, Standing, Unit,
};
pub use subject::subject;
pub use uncovered::{Uncovered, UncoveredReason};
