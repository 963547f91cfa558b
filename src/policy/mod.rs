//! The rules: loaded as a bundle, run over a dossier, summed up to a decision.

mod annotation;
mod asking;
mod bundle;
mod catalog;
mod contract;
mod decision;
mod excepted;
mod fault;
mod invariants;
mod judge;
mod metadata;
mod not_judged;
mod program;
mod reads;
mod rule;
mod settings;
mod shape;
mod syntax;
mod test_report;
mod test_run;
mod verdict;

pub use bundle::Bundle;
pub use catalog::Catalog;
pub use decision::{Decision, Effect, Finding, RuleId, Word};
pub use excepted::Excepted;
pub use fault::BundleError;
pub use judge::judge;
pub use not_judged::NotJudged;
pub use rule::{Cell, Cells, Keeper, Parameters, Rule, RuleFile, Scope};
pub use test_report::{RuleReport, TestFault, TestReport};
pub use test_run::test_run;
