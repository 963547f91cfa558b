//! The dossier: everything that one judgement looks at, as plain data with one time.

pub mod coverage;
mod model;

pub use model::{
    Approval, Authorised, Change, Channel, Coverage, Dossier, Facts, FreezeInForce, LogState,
    MOST_HITS, NotCounted,
    Objection, Obligation, Origin, Proof, Request, RequestKind, Roles, SCHEMA, Standing, Uncovered,
    UncoveredReason, Unit,
};
