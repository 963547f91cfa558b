//! The dossier: everything that one judgement looks at, as plain data with one time.

mod agreement;
pub mod approvals;
pub mod completion;
mod consent;
pub mod coverage;
mod covered;
pub mod exceptions;
mod facts;
mod model;
mod past;
mod risk;
mod statement;
mod subject;
mod terms;
mod wording_quality;

pub use agreement::{AgreementFacts, NotMember, StaleApproval};
pub use consent::{Approval, Channel, Objection, Proof};
pub use covered::{Coverage, Uncovered, UncoveredReason};
pub use exceptions::{Exception, GrantedBy};
pub use facts::{Findings, Words, freeze_in_force, in_force, stated_rollback};
pub use model::{
    Authorised, Change, Dossier, Facts, FreezeInForce, LogState, MOST_HITS, NotCounted, Obligation, Origin,
    Request, RequestKind, Roles, SCHEMA, Standing, Unit,
};
pub use past::Past;
pub use risk::risk_floor;
pub use statement::{StatementFacts, VendorNamed};
pub use subject::subject;
pub use terms::Terms;
