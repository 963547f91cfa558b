//! Texts of a declaration that say nothing yet, each at its field.

use super::Words;
use super::wording_quality::{is_blank, is_vague_criterion, is_vague_step, texts};
use crate::change::{Declaration, RollbackChoice};

/// In which way a text says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// It is a placeholder.
    Placeholder,
    /// It is a rollback step that nobody else could follow.
    VagueStep,
    /// It is a rollback criterion that cannot be measured.
    VagueCriterion,
}

/// A text that says nothing yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// The field, such as `rollback.steps[0]`.
    pub field: String,
    /// The text.
    pub text: String,
    /// In which way.
    pub lack: Lack,
}

/// Every text that says nothing, each once, by the words that the facts use too.
pub fn unclear(typed: &Declaration, words: &Words) -> Vec<Unclear> {
    let mut all = Vec::new();
    let mut add = |field: String, text: &str, lack| {
        all.push(Unclear {
            field,
            text: text.to_owned(),
            lack,
        });
    };
    for (field, text) in texts(typed) {
        if is_blank(text, &words.blank) {
            add(field, text, Lack::Placeholder);
        }
    }
    if let Some(RollbackChoice::Stated(plan)) = &typed.rollback {
        for (index, step) in plan.steps.iter().enumerate() {
            if is_vague_step(step, &words.vague) && !is_blank(step, &words.blank) {
                add(format!("rollback.steps[{index}]"), step, Lack::VagueStep);
            }
        }
        for (index, criterion) in plan.criteria.iter().enumerate() {
            if is_vague_criterion(criterion, &words.observations) && !is_blank(criterion, &words.blank) {
                add(
                    format!("rollback.criteria[{index}]"),
                    criterion,
                    Lack::VagueCriterion,
                );
            }
        }
    }
    all
}
