//! Why there is no decision.

use crate::change::{ChangeId, Message};

use super::RuleId;

/// A dossier that could not be judged; never a pass.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotJudged {
    /// A rule gave no verdict.
    #[error("{code} gave no verdict")]
    NoVerdict {
        /// The rule.
        code: RuleId,
        /// The change it was asked about.
        change: Option<ChangeId>,
    },
    /// A rule gave a verdict that breaks the contract, or more than one.
    #[error("{code} gave a malformed verdict: {why}")]
    Malformed {
        /// The rule.
        code: RuleId,
        /// The change it was asked about.
        change: Option<ChangeId>,
        /// What is wrong with it, in words for the rule's author.
        why: String,
    },
    /// A rule failed.
    #[error("{code} failed: {why}")]
    Failed {
        /// The rule.
        code: RuleId,
        /// The change it was asked about.
        change: Option<ChangeId>,
        /// The engine's words.
        why: String,
    },
    /// A rule took too long.
    #[error("{code} took too long")]
    TimedOut {
        /// The rule.
        code: RuleId,
        /// The change it was asked about.
        change: Option<ChangeId>,
    },
    /// The dossier contradicts itself.
    #[error("the dossier contradicts itself: {message}")]
    Contradiction {
        /// The change.
        change: Option<ChangeId>,
        /// What does not fit, a key `dossier-…`.
        message: Message,
    },
}

impl NotJudged {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        let about = |key: &str, code: &RuleId, change: &Option<ChangeId>| {
            let change = change.as_ref().map_or("-", ChangeId::as_str);
            Message::new(key).with("code", code).with("change", change)
        };
        match self {
            Self::NoVerdict { code, change } => about("not-judged-no-verdict", code, change),
            Self::Malformed { code, change, why } => {
                about("not-judged-malformed", code, change).with("why", why)
            }
            Self::Failed { code, change, why } => about("not-judged-failed", code, change).with("why", why),
            Self::TimedOut { code, change } => about("not-judged-timed-out", code, change),
            Self::Contradiction { message, .. } => message.clone(),
        }
    }
}
