//! A command line that cannot be understood, in the reader's language.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use sekisho::change::Message;
use sekisho::report::Wording;

/// What is wrong, what was probably meant, and how it is used; `None` for help and version,
/// which clap prints itself.
pub(super) fn words(wording: &Wording, error: &Error) -> Option<String> {
    let facts = Facts(error);
    let message = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::InvalidValue if facts.text(ContextKind::InvalidValue).is_empty() => {
            facts.about("usage-no-value")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let message = facts.about("usage-value");
            message.with("value", facts.text(ContextKind::InvalidValue))
        }
        ErrorKind::UnknownArgument => match facts.text(ContextKind::InvalidArg) {
            flag if flag.starts_with('-') => Message::new("usage-unknown-flag").with("flag", flag),
            word => Message::new("usage-extra-word").with("word", word),
        },
        ErrorKind::InvalidSubcommand => {
            Message::new("usage-unknown-command").with("command", facts.text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => Message::new("usage-missing-command")
            .with("command", facts.text(ContextKind::InvalidSubcommand))
            .with("known", facts.text(ContextKind::ValidSubcommand)),
        ErrorKind::MissingRequiredArgument => {
            Message::new("usage-missing").with("flags", facts.text(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => match facts.text(ContextKind::PriorArg) {
            other if other == facts.text(ContextKind::InvalidArg) => facts.about("usage-twice"),
            other if other.is_empty() => facts.about("usage-alone"),
            other => facts.about("usage-conflict").with("other", other),
        },
        ErrorKind::NoEquals
        | ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => facts.about("usage-count"),
        ErrorKind::InvalidUtf8 => Message::new("usage-not-text"),
        _ => Message::new("usage-other"),
    };
    Some(page(wording, &facts, &message))
}

/// The sentence, what helps, the usage, and where more is.
fn page(wording: &Wording, facts: &Facts<'_>, message: &Message) -> String {
    let mut lines = vec![wording.say(&Message::new("usage-error").with("sentence", wording.say(message)))];
    let choices = facts.text(ContextKind::ValidValue);
    if !choices.is_empty() {
        lines.push(wording.say(&Message::new("usage-choices").with("choices", choices)));
    }
    lines.extend(facts.why().map(|why| wording.say(&reason(&why))));
    let near = [
        ContextKind::SuggestedValue,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
    ];
    let near = near
        .map(|kind| facts.text(kind))
        .into_iter()
        .find(|text| !text.is_empty());
    if let Some(near) = near {
        lines.push(wording.say(&Message::new("usage-near").with("near", near)));
    }
    lines.push(String::new());
    if let Some(usage) = facts.usage() {
        lines.push(format!("{}: {usage}", wording.label("help-usage")));
    }
    lines.push(wording.label("usage-more"));
    lines.join("\n")
}

/// Why a value is refused; numbers have words of their own, the rest is as clap says it.
fn reason(why: &str) -> Message {
    const NO_NUMBER: &[&str] = &["invalid digit", "cannot parse integer", "number too"];
    if let Some((_, range)) = why.split_once(" is not in ") {
        return Message::new("usage-range").with("range", range.replace("..=", "-"));
    }
    match NO_NUMBER.iter().any(|words| why.contains(words)) {
        true => Message::new("usage-number"),
        false => Message::new("usage-detail").with("detail", why),
    }
}

/// What clap knows about an error.
struct Facts<'a>(&'a Error);

impl Facts<'_> {
    /// The words of one kind; several are a list.
    fn text(&self, kind: ContextKind) -> String {
        match self.0.get(kind) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(texts)) => texts.join(", "),
            Some(ContextValue::StyledStr(text)) => text.to_string(),
            Some(ContextValue::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    /// A sentence about the argument that is wrong.
    fn about(&self, key: &str) -> Message {
        Message::new(key).with("flag", self.text(ContextKind::InvalidArg))
    }

    /// The reader's own reason, such as a number that is too large.
    fn why(&self) -> Option<String> {
        let source = std::error::Error::source(self.0)?;
        (self.0.kind() == ErrorKind::ValueValidation).then(|| source.to_string())
    }

    /// The usage on one line, without clap's heading.
    fn usage(&self) -> Option<String> {
        let usage = self.text(ContextKind::Usage);
        let usage = usage.trim_start_matches("Usage:").trim();
        let lines: Vec<&str> = usage.lines().map(str::trim).collect();
        (!usage.is_empty()).then(|| lines.join("\n  "))
    }
}
