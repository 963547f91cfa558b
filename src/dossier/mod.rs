//! The dossier: everything that one judgement looks at, as plain data with one time.

pub mod approvals;
pub mod completion;
pub mod coverage;
mod covered;
pub mod exceptions;
mod facts;
mod model;
mod procedure_facts;
mod request;
mod schedule_facts;
mod subject;
mod template_facts;
mod wording_quality;

pub use covered::{Coverage, Uncovered, UncoveredReason};
pub use exceptions::{Exception, GrantedBy};
pub use facts::{Findings, Words, freeze_in_force, in_force, stated_rollback};
pub use model::{
    Approval, Authorised, Change, Channel, Dossier, Facts, FreezeInForce, LogState, MOST_HITS, NotCounted,
    Objection, Obligation, Origin, Proof, Roles, SCHEMA, Standing, Unit,
};
pub use procedure_facts::ProcedureFacts;
pub use request::{Request, RequestKind};
pub use schedule_facts::{Collision, ScheduleFacts};
pub use subject::subject;
pub use template_facts::{OutsideBounds, TemplateFacts, TemplateUse};
