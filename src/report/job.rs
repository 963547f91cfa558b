//! What a job of GitHub Actions is told: outputs, a summary that fits, and annotations.

use super::annotation::{Level, annotation};
use super::decision::DecisionView;
use super::decision::phrases::Phrases;
use super::{FilePlace, Wording};
use crate::policy::Effect;

/// The longest summary, in bytes. GitHub drops all of one that is longer than 1 MiB, and stays green.
pub const LONGEST_SUMMARY: usize = 900 * 1024;

/// The longest comment, in bytes, which are never fewer than the 65,536 characters that GitHub takes.
const LONGEST_COMMENT: usize = 60_000;

/// How many annotations of a level a step shows; further ones are dropped unseen.
const MOST_ANNOTATIONS: usize = 10;

/// The longest message of an annotation, in characters.
const LONGEST_MESSAGE: usize = 3_500;

/// Outputs as the runner's file takes them. `delimiter` is random, and no value can end its own text
/// early: a line that is the delimiter is left out.
pub fn outputs(values: &[(&str, String)], delimiter: &str) -> String {
    let mut text = String::new();
    for (name, value) in values {
        text.push_str(&format!("{name}<<{delimiter}\n"));
        for line in value.lines().filter(|line| *line != delimiter) {
            text.push_str(line);
            text.push('\n');
        }
        text.push_str(&format!("{delimiter}\n"));
    }
    text
}

/// The summary where it fits, else its beginning up to a whole change or finding, the line that says
/// so (`more`, Markdown), and its last line.
pub fn summary(text: &str, more: &str) -> String {
    fitting(text, more, LONGEST_SUMMARY)
}

/// The same for a comment.
pub fn comment(text: &str, more: &str) -> String {
    fitting(text, more, LONGEST_COMMENT)
}

fn fitting(text: &str, more: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    let last = text.trim_end().rsplit('\n').next().unwrap_or_default();
    let last = if last.len() > 4_096 { "" } else { last };
    let room = longest.saturating_sub(last.len() + more.len() + 8);
    let mut end = room.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let beginning = text.get(..end).unwrap_or_default();
    // Lines of code are indented below a finding, so these two begin outside of any block.
    let whole = ["\n- **", "\n**"]
        .iter()
        .filter_map(|start| beginning.rfind(start))
        .max();
    let beginning = beginning.get(..whole.unwrap_or(0)).unwrap_or_default();
    format!("{}\n\n{more}\n\n{last}\n", beginning.trim_end())
}

/// The annotations of a decision, the gravest first, as many as a step may have.
pub fn annotations(wording: &Wording, view: &DecisionView<'_>) -> Vec<String> {
    let phrases = Phrases { wording, view };
    let mut found = Annotations::default();
    for (index, finding) in view.decision.findings.iter().enumerate() {
        let level = match finding.effect {
            Effect::Deny => Level::Error,
            Effect::Oblige | Effect::Warn => Level::Warning,
            Effect::Info => Level::Notice,
        };
        let mut message = phrases.say(&finding.message);
        if let Some(satisfy) = phrases.satisfy_line(finding) {
            message.push(' ');
            message.push_str(&satisfy);
        }
        let place = view.places.get(index).and_then(Option::as_ref);
        found.add(
            level,
            &format!("{} {}", finding.code, finding.name),
            &message,
            place,
        );
    }
    found.lines
}

/// Annotations, no more of a level than are shown.
#[derive(Debug, Default)]
pub struct Annotations {
    lines: Vec<String>,
    levels: Vec<Level>,
}

impl Annotations {
    /// Adds one, unless there are enough of its level.
    pub fn add(&mut self, level: Level, title: &str, message: &str, place: Option<&FilePlace>) {
        if self.levels.iter().filter(|known| **known == level).count() >= MOST_ANNOTATIONS {
            return;
        }
        let short: String = message.chars().take(LONGEST_MESSAGE).collect();
        self.levels.push(level);
        self.lines.push(annotation(level, title, &short, place));
    }

    /// The commands, one a line.
    pub fn lines(self) -> Vec<String> {
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_that_would_be_an_output_of_its_own() {
        let text = outputs(&[("decision", "deny\nEND\ndecision<<X\npass".to_owned())], "END");
        assert_eq!(text, "decision<<END\ndeny\ndecision<<X\npass\nEND\n");
    }

    #[test]
    fn summary_that_would_be_dropped_for_its_length() {
        assert_eq!(summary("short\n", "more"), "short\n");
        let finding = format!("- **A** x\n\n  ```text\n  {}\n  ```\n\n", "語".repeat(1_000));
        let long = format!("## Denied\n\n{}<sub>checkpoint</sub>\n", finding.repeat(400));
        assert!(long.len() > LONGEST_SUMMARY);
        let cut = summary(&long, "And more.");
        assert!(cut.len() <= LONGEST_SUMMARY && cut.len() > LONGEST_SUMMARY / 2);
        assert!(cut.ends_with("\n\nAnd more.\n\n<sub>checkpoint</sub>\n"));
        assert_eq!(cut.matches("```").count() % 2, 0, "no block is left open");
        assert!(summary(&"x".repeat(LONGEST_SUMMARY + 1), "m").len() <= LONGEST_SUMMARY + 64);
    }

    #[test]
    fn comment_that_github_would_refuse_for_its_length() {
        let text = format!("## Denied\n\n{}<sub>x</sub>\n", "- **A** y\n".repeat(20_000));
        let cut = comment(&text, "And more.");
        assert!(cut.chars().count() < 65_000 && cut.ends_with("\n\nAnd more.\n\n<sub>x</sub>\n"));
        assert!(cut.starts_with("## Denied"));
    }

    #[test]
    fn eleventh_annotation_of_a_level_is_not_sent() {
        let mut found = Annotations::default();
        for number in 0..20 {
            found.add(Level::Error, "t", &number.to_string(), None);
        }
        found.add(Level::Warning, "t", &"x".repeat(10_000), None);
        let lines = found.lines();
        assert_eq!(lines.len(), 11);
        assert!(lines[10].len() < 4_096);
    }
}
