//! Everything that a page about the reasons of a decision needs.

use std::collections::BTreeMap;

use crate::change::Message;
use crate::policy::{Explanation, Finding};
use crate::report::decision::DecisionView;

/// A decision with what every rule said.
#[derive(Debug, Clone)]
pub struct WhyView<'a> {
    /// The decision that the explanation led to, with places and names.
    pub decision: DecisionView<'a>,
    /// What every rule said.
    pub explanation: &'a Explanation,
    /// The word that was recorded; `None` when nothing was, and this only says what would be.
    pub recorded_word: Option<String>,
    /// What was recorded, where it differs from what the rules say now.
    pub recorded: Vec<Finding>,
    /// What the reader has to know first.
    pub notes: Vec<Message>,
    /// `same`, `differs`, `other_rules` or `not_recorded`.
    pub basis: &'static str,
    /// Lines of `sekisho.yml` by field.
    pub lines: BTreeMap<String, u32>,
    /// Whether one rule was asked for: then all of it is shown.
    pub one_rule: bool,
}
