//! `sekisho.yml`: parsed, then validated, with a place for every fault.

mod areas;
mod blank;
mod defaults;
mod emergency;
mod in_force;
mod key;
mod known;
mod model;
mod people;
mod profile;
mod reach;
mod read;
mod read_notices;
mod read_people;
mod read_rules;
mod read_settings;
mod read_templates;
mod read_what;
mod read_when;
mod services;
mod starter;
mod teams;
mod unsatisfiable;
mod windows;

pub use areas::{Area, Authority};
pub use blank::{SHIPPED_BLANK_NAME, SHIPPED_BLANK_NAME_JA, is_shipped_blank};
pub use emergency::EmergencySettings;
pub use in_force::settings;
pub use key::{KeyAnswer, KeyStep, Source, descend, key, keys};
pub use model::{
    ApprovalSettings, Config, DueSettings, Environment, Freeze, FreezeKind, Language, PathSettings,
    RuleSetting, RuleSettings, Signatures, Trust,
};
pub use people::{Group, Key, Person, fingerprint};
pub use profile::Profile;
pub use read::{asked, read};
pub use services::{Service, Template};
pub use starter::{
    ACTION, GATE_PERMISSIONS, StarterChoices, StarterPerson, StarterRollback, StarterTemplate,
    StarterWorkflow, StartingPoint, revert_step, starter,
};
pub use unsatisfiable::unsatisfiable;
pub use windows::{WindowHours, WindowNow};
