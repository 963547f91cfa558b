//! The rules: loaded as a bundle, run over a dossier, summed up to a decision.

mod decision;

pub use decision::{Decision, Effect, Finding, RuleId, Word};
