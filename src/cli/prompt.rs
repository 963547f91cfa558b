//! Questions at a terminal. Each has a flag that answers it where there is no terminal.

use std::io::IsTerminal as _;

use inquire::ui::{RenderConfig, Styled};
use inquire::{InquireError, MultiSelect, Select, Text};
use sekisho::change::Message;
use sekisho::config::Language;
use sekisho::report::harmless;
use sekisho::usecases::Stop;

use super::output::Output;

/// Where answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// A person at a terminal.
    Terminal,
    /// The proposals.
    Proposals,
    /// Flags only.
    Flags,
}

/// One question.
pub(super) struct Question<'a> {
    /// The flag that answers it.
    pub flag: &'a str,
    /// Its words.
    pub words: Message,
    /// Why it is asked, or what a good answer looks like.
    pub why: Option<Message>,
    /// What is proposed.
    pub proposal: Option<String>,
}

/// Asks, or takes proposals, or gathers the flags that are missing.
pub(super) struct Prompt<'a> {
    output: &'a Output,
    source: Source,
    missing: Vec<String>,
}

impl<'a> Prompt<'a> {
    /// Asks at a terminal; without one, or with `proposals`, nobody is asked.
    pub(super) fn new(output: &'a Output, proposals: bool) -> Self {
        // Questions go to stderr, and some terminals could be reached without stdin: both have to be
        // the person's, else a script could hang.
        let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let source = match (proposals, terminal) {
            (true, _) => Source::Proposals,
            (false, true) => Source::Terminal,
            (false, false) => Source::Flags,
        };
        Self {
            output,
            source,
            missing: Vec::new(),
        }
    }

    /// Whether a person answers.
    pub(super) fn asks(&self) -> bool {
        self.source == Source::Terminal
    }

    /// Whether proposals are answers.
    pub(super) fn proposes(&self) -> bool {
        self.source == Source::Proposals
    }

    /// Words of the person's language.
    pub(super) fn label(&self, key: &str) -> String {
        self.output.wording.label(key)
    }

    /// The person's language.
    pub(super) fn language(&self) -> Language {
        self.output.wording.language()
    }

    /// A line of text that `check` accepts; empty where a flag is missing, see [`Self::settle`].
    pub(super) fn line(
        &mut self,
        question: &Question<'_>,
        check: &dyn Fn(&str) -> Result<(), Message>,
    ) -> Result<String, Stop> {
        if let Some(answer) = self.unasked(question.flag, question.proposal.clone()) {
            return Ok(answer);
        }
        let words = self.output.say(&question.words);
        let why = question.why.as_ref().map(|why| self.output.say(why));
        let proposal = question.proposal.as_deref().map(harmless);
        let mut typed: Option<String> = None;
        loop {
            let mut text = Text::new(&words).with_render_config(self.look());
            if let Some(why) = &why {
                text = text.with_help_message(why);
            }
            if let Some(proposal) = &proposal {
                text = text.with_default(proposal);
            }
            if let Some(typed) = &typed {
                text = text.with_initial_value(typed);
            }
            let answer = text.prompt().map_err(left)?.trim().to_owned();
            match check(&answer) {
                Ok(()) => return Ok(answer),
                Err(fault) => self.output.tell(&fault),
            }
            typed = Some(answer);
        }
    }

    /// The number of one option.
    pub(super) fn one(
        &mut self,
        question: &Question<'_>,
        options: &[String],
        proposal: Option<usize>,
    ) -> Result<usize, Stop> {
        if self.source != Source::Terminal {
            let offered = proposal.filter(|_| self.proposes());
            if offered.is_none() {
                self.miss(question.flag);
            }
            return Ok(offered.or(proposal).unwrap_or(0));
        }
        let words = self.output.say(&question.words);
        let help = self.help(question, "ask-keys-one");
        let options: Vec<String> = options.iter().map(|option| harmless(option)).collect();
        let chosen = Select::new(&words, options)
            .with_starting_cursor(proposal.unwrap_or(0))
            .with_help_message(&help)
            .with_render_config(self.look())
            .raw_prompt()
            .map_err(left)?;
        Ok(chosen.index)
    }

    /// The numbers of at least `least` options, in their order.
    pub(super) fn some(
        &mut self,
        question: &Question<'_>,
        options: &[String],
        proposals: &[usize],
        least: usize,
    ) -> Result<Vec<usize>, Stop> {
        if self.source != Source::Terminal {
            let enough = proposals.len() >= least;
            if least > 0 && !(enough && self.proposes()) {
                self.miss(question.flag);
            }
            return Ok(proposals.to_vec());
        }
        let words = self.output.say(&question.words);
        let help = self.help(question, "ask-keys-some");
        let options: Vec<String> = options.iter().map(|option| harmless(option)).collect();
        loop {
            let chosen = MultiSelect::new(&words, options.clone())
                .with_default(proposals)
                .with_help_message(&help)
                .with_render_config(self.look())
                .raw_prompt()
                .map_err(left)?;
            if chosen.len() >= least {
                return Ok(chosen.into_iter().map(|option| option.index).collect());
            }
            self.output
                .tell(&Message::new("ask-at-least").with("count", least));
        }
    }

    /// Notes a flag without which there is no answer.
    pub(super) fn miss(&mut self, flag: &str) {
        if !self.missing.iter().any(|known| known == flag) {
            self.missing.push(flag.to_owned());
        }
    }

    /// Refuses where flags are missing, naming all of them.
    pub(super) fn settle(&self, command: &str) -> Result<(), Stop> {
        if self.missing.is_empty() {
            return Ok(());
        }
        Err(Stop::Request(
            Message::new("error-flags-missing")
                .with("flags", self.missing.join(" "))
                .with("count", self.missing.len())
                .with("command", command),
        ))
    }

    fn unasked(&mut self, flag: &str, proposal: Option<String>) -> Option<String> {
        if self.asks() {
            return None;
        }
        if proposal.is_none() || !self.proposes() {
            self.miss(flag);
        }
        Some(proposal.unwrap_or_default())
    }

    fn help(&self, question: &Question<'_>, keys: &str) -> String {
        let keys = self.output.wording.label(keys);
        match &question.why {
            Some(why) => format!("{} {keys}", self.output.say(why)),
            None => keys,
        }
    }

    fn look(&self) -> RenderConfig<'static> {
        let look = if self.output.lively_colour() {
            RenderConfig::default_colored()
        } else {
            RenderConfig::empty()
        };
        look.with_canceled_prompt_indicator(Styled::new("×"))
    }
}

/// Why there is no answer.
fn left(error: InquireError) -> Stop {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Stop::request("error-prompt-left")
        }
        other => Stop::Request(Message::new("error-prompt").with("detail", other)),
    }
}

/// A typed word with its full-width letters, digits and signs as ordinary ones.
pub(super) fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::narrow;

    #[test]
    fn full_width_words_are_the_ordinary_ones() {
        assert_eq!(narrow("ｓｏｌｏ"), "solo");
        assert_eq!(narrow("　１０ｍ "), "10m");
        assert_eq!(narrow("２０２６－１２－０１Ｔ０９：５０"), "2026-12-01T09:50");
        assert_eq!(narrow("佐藤　優"), "佐藤 優");
    }
}
