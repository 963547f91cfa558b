//! The fields of a declaration that are asked for: their flags, and what an answer becomes.

use sekisho::change::{Kind, Message, Moment, Period, Strategy};
use sekisho::usecases::InForce;
use serde_json::Value;

use crate::cli::prompt::narrow;

/// What an answer to a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Free text on one line.
    Text,
    /// One item of a list.
    Item,
    /// Several items with commas between.
    Items,
    /// A person of the configuration.
    Person,
    /// A kind of work.
    Kind,
    /// A strategy of rollback.
    Strategy,
    /// A rollback plan of the configuration.
    Plan,
    /// A point in time.
    Moment,
    /// A duration.
    Duration,
}

/// Field, flag and sort, in the order in which people are asked.
const FIELDS: &[(&str, &str, Sort)] = &[
    ("title", "--title", Sort::Text),
    ("reason", "--reason", Sort::Text),
    ("references", "--reference", Sort::Items),
    ("kind", "--kind", Sort::Kind),
    ("targets", "--target", Sort::Item),
    ("roles.executor", "--executor", Sort::Person),
    ("roles.verifier", "--verifier", Sort::Person),
    ("impact.functions", "--function", Sort::Items),
    ("impact.security", "--security", Sort::Text),
    ("procedure", "--procedure", Sort::Text),
    ("plan", "--plan", Sort::Text),
    ("tests", "--test", Sort::Item),
    ("window.start", "--start", Sort::Moment),
    ("window.end", "--end", Sort::Moment),
    ("rollback", "--rollback", Sort::Plan),
    ("rollback.strategy", "--rollback-strategy", Sort::Strategy),
    ("rollback.steps", "--rollback-step", Sort::Item),
    ("rollback.criteria", "--rollback-criterion", Sort::Item),
    ("rollback.decider", "--rollback-decider", Sort::Person),
    ("rollback.duration", "--rollback-duration", Sort::Duration),
    ("verification.checks", "--verify", Sort::Item),
    ("verification.done_when", "--done-when", Sort::Text),
];

/// Fields of the rollback plan, where no named plan is chosen.
pub(super) const OF_ROLLBACK: &[&str] = &[
    "rollback.strategy",
    "rollback.steps",
    "rollback.criteria",
    "rollback.decider",
    "rollback.duration",
];

/// The flag that sets a field; `None` where only the file does.
pub(super) fn flag(field: &str) -> Option<String> {
    if let Some(key) = field.strip_prefix("details.") {
        return Some(format!("--detail {key}=VALUE"));
    }
    let known = FIELDS.iter().find(|(name, ..)| *name == field);
    known.map(|(_, flag, _)| (*flag).to_owned())
}

/// What an answer for this field is.
pub(super) fn sort(field: &str) -> Sort {
    let known = FIELDS.iter().find(|(name, ..)| *name == field);
    known.map_or(Sort::Text, |(_, _, sort)| *sort)
}

/// Where a field stands in the order of questions.
pub(super) fn rank(field: &str) -> usize {
    FIELDS
        .iter()
        .position(|(name, ..)| *name == field)
        .unwrap_or(FIELDS.len())
}

/// The value of a typed answer.
///
/// # Errors
/// What is wrong with it.
pub(super) fn value(field: &str, text: &str, rules: &InForce) -> Result<Value, Message> {
    let wrong = || {
        let flag = flag(field).unwrap_or_else(|| field.to_owned());
        Message::new("error-flag").with("flag", flag).with("text", text)
    };
    let word = narrow(text);
    match sort(field) {
        Sort::Text if field == "title" && text.chars().count() > 80 => {
            Err(Message::new("ask-title-long").with("count", text.chars().count()))
        }
        Sort::Text => Ok(text.into()),
        Sort::Item => Ok(vec![text].into()),
        Sort::Items => {
            let items = text
                .split([',', '、', '，'])
                .map(str::trim)
                .filter(|item| !item.is_empty());
            Ok(items.collect::<Vec<_>>().into())
        }
        Sort::Person => match rules.config.people.contains_key(word.as_str()) {
            true => Ok(word.into()),
            false => Err(wrong()),
        },
        Sort::Plan => match rules.config.rollback_plans.contains_key(&word) {
            true => Ok(word.into()),
            false => Err(wrong()),
        },
        Sort::Kind => word.parse::<Kind>().map(|_| word.into()).map_err(|()| wrong()),
        Sort::Strategy => word
            .parse::<Strategy>()
            .map(|_| word.into())
            .map_err(|()| wrong()),
        Sort::Moment => match Moment::read(&word, &rules.config.calendar.zone) {
            Ok(_) => Ok(word.into()),
            Err(_) => Err(wrong()),
        },
        Sort::Duration => match word.parse::<Period>() {
            Ok(_) => Ok(word.into()),
            Err(_) => Err(wrong()),
        },
    }
}
