//! The dossier: everything that one judgement looks at, as plain data with one time.

pub mod approvals;
pub mod completion;
mod content_facts;
pub mod coverage;
mod covered;
pub mod exceptions;
mod facts;
mod model;
mod rollback_facts;
mod rule_globs;
mod subject;
mod wording_quality;

pub use content_facts::{ContentFacts, PlanFile};
pub use covered::{Coverage, Uncovered, UncoveredReason};
pub use exceptions::{Exception, GrantedBy};
pub use facts::{Findings, Words, freeze_in_force, in_force, stated_rollback};
pub use model::{
    Approval, Authorised, Change, Channel, Dossier, Facts, FreezeInForce, LogState, MOST_HITS, NotCounted,
    Objection, Obligation, Origin, Proof, Request, RequestKind, Roles, SCHEMA, Standing, Unit,
};
pub use rollback_facts::{
    DataWritten, DurationSaid, Reversibility, RollbackFacts, RollbackTarget, Tried, named_plan,
};
pub use rule_globs::RuleGlobs;
pub use subject::subject;
