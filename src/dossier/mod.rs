//! The dossier: everything that one judgement looks at, as plain data with one time.

mod agreement;
pub mod approvals;
pub mod completion;
mod consent;
mod content_facts;
pub mod coverage;
mod covered;
mod emergency_facts;
pub mod exceptions;
mod facts;
mod model;
mod past;
mod procedure_facts;
mod request;
mod risk;
mod rollback_facts;
mod rule_globs;
mod schedule_facts;
mod statement;
mod subject;
mod template_facts;
mod terms;
mod unclear;
mod wording_quality;

pub use agreement::{AgreementFacts, NotMember, StaleApproval};
pub use consent::{Approval, Channel, Objection, Proof};
pub use content_facts::{ContentFacts, PlanFile};
pub use covered::{Coverage, Uncovered, UncoveredReason};
pub use emergency_facts::{EmergencyFacts, Level, LiveApproval};
pub use exceptions::{Exception, GrantedBy};
pub use facts::{Findings, Words, freeze_in_force, in_force, stated_rollback};
pub use model::{
    Authorised, Change, Dossier, Facts, FreezeInForce, LogState, MOST_HITS, NotCounted, Obligation, Origin,
    Owed, Roles, SCHEMA, Standing, Unit,
};
pub use past::Past;
pub use procedure_facts::ProcedureFacts;
pub use request::{Request, RequestKind};
pub use risk::risk_floor;
pub use rollback_facts::{
    DataWritten, DurationSaid, Reversibility, RollbackFacts, RollbackTarget, Tried, named_plan,
};
pub use rule_globs::RuleGlobs;
pub use schedule_facts::{Collision, ScheduleFacts};
pub use statement::{StatementFacts, VendorNamed};
pub use subject::subject;
pub use template_facts::{OutsideBounds, TemplateFacts, TemplateUse};
pub use terms::Terms;
pub use unclear::{Lack, Unclear, unclear};
