//! The template that a change is made from, and how it fared.

use serde::{Deserialize, Serialize};

use crate::change::Risk;

/// A parameter that does not keep to the template's bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideBounds {
    /// The parameter.
    pub param: String,
    /// `missing`, `unknown`, `type`, `min`, `max`, `pattern` or `values`.
    pub because: String,
    /// What the template asks for.
    pub wanted: String,
}

/// An earlier use of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateUse {
    /// The change that was made from it.
    pub change: String,
    /// How that ended; `open` until it is recorded.
    pub outcome: String,
}

/// What is known of a change's template; for a change without one, `name` is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFacts {
    /// Its key.
    pub name: String,
    /// Whether the configuration in force has it, for this service.
    pub known: bool,
    /// Its digest; empty when it is not known.
    pub digest: String,
    /// The risk that it was agreed for.
    pub risk: Risk,
    /// The rollback plan that it names or gets; empty: none.
    pub plan: String,
    /// When it stops holding; empty when it is not known.
    pub valid_until: String,
    /// Seconds until then; negative afterwards.
    pub seconds_valid: i64,
    /// Parameters outside its bounds.
    pub outside: Vec<OutsideBounds>,
    /// Files of the change outside its paths.
    pub paths_outside: Vec<String>,
    /// How many there are.
    pub paths_outside_count: u64,
    /// What a declaration of work by hand says that the template does not leave open.
    pub overrides: Vec<String>,
    /// Its globs that reach the gate's own files and no others.
    pub gate_globs: Vec<String>,
    /// Normal changes after this template that succeeded.
    pub normal_successes: u64,
    /// Its latest uses in this form since a normal change succeeded, the newest first.
    pub uses: Vec<TemplateUse>,
}

impl Default for TemplateFacts {
    fn default() -> Self {
        Self {
            name: String::new(),
            known: false,
            digest: String::new(),
            risk: Risk::Low,
            plan: String::new(),
            valid_until: String::new(),
            seconds_valid: 0,
            outside: Vec::new(),
            paths_outside: Vec::new(),
            paths_outside_count: 0,
            overrides: Vec::new(),
            gate_globs: Vec::new(),
            normal_successes: 0,
            uses: Vec::new(),
        }
    }
}
