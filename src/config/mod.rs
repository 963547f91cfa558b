//! `sekisho.yml`: parsed, then validated, with a place for every fault.

mod areas;
mod model;
mod people;
mod profile;
mod read;
mod services;

pub use areas::{Area, Authority};
pub use model::{
    ApprovalSettings, Config, DueSettings, Environment, Freeze, FreezeKind, Language,
    PathSettings, RuleSetting, RuleSettings, Signatures, Trust,
};
pub use people::{Group, Key, Person};
pub use profile::Profile;
pub use read::{SHIPPED_BLANK_NAME, read};
pub use services::{Service, Template};
