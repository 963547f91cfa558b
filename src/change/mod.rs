//! What a change is: its declaration, its people, its rollback plan and its times.

mod declaration;
mod digest;
mod digesting;
pub mod holidays;
mod kind;
mod message;
mod moment;
mod names;
mod opening;
mod period;
mod rollback;
pub mod schedule;
pub mod text;

pub use declaration::{
    Announcement, ChangeType, Contact, Declaration, Delivery, Emergency, Followup, Impact, Roles, Target,
    Temporary, TestRun, Verification, Window,
};
pub use digest::{Digest, DigestError};
pub(crate) use digest::{from_hex, to_hex};
pub use digesting::Digesting;
pub use kind::{DataImpact, Kind, Risk};
pub use message::Message;
pub use moment::{Moment, MomentError};
pub use names::{AreaKey, ChangeId, ChangeIdError, EnvironmentKey, PersonKey, ServiceKey, TemplateKey};
pub use opening::Opening;
pub use period::{Period, PeriodError};
pub use rollback::{Backup, ForwardFix, Rollback, RollbackChoice, Strategy, Tested};
