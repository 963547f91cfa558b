//! The reasons of a decision as text and as Markdown.

use super::WhyView;
use super::blocks::{Block, Section, sections};
use crate::change::Message;
use crate::report::decision::phrases::Phrases;
use crate::report::markdown::escape;
use crate::report::{Look, Page, Wording, harmless};

/// Columns that a row of names may fill.
const LONGEST_ROW: usize = 96;

/// The reasons for a terminal or a pipe: what stopped first.
pub fn text(wording: &Wording, view: &WhyView<'_>, look: Look) -> String {
    let mut page = Page::new(look);
    page.line(page.strong(&heading(wording, view)));
    for note in &view.notes {
        page.line(wording.say(note));
    }
    let recorded = recorded(wording, view);
    if !recorded.is_empty() {
        page.gap();
        page.line(page.strong(&wording.label("why-recorded")));
        recorded.iter().for_each(|line| page.indented(2, line));
    }
    for section in sections(wording, view) {
        page.gap();
        page.line(page.strong(&wording.label(section.heading)));
        if section.in_a_row {
            rows(&section).iter().for_each(|line| page.indented(2, line));
            continue;
        }
        for block in &section.blocks {
            lay(&mut page, wording, block);
        }
    }
    if !view.one_rule {
        page.gap();
        page.line(wording.label("why-all"));
    }
    page.finish()
}

/// The rules of a section that needs no blocks.
fn rows(section: &Section) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for block in &section.blocks {
        match rows.last_mut() {
            Some(row) if row.chars().count() + block.rule.chars().count() < LONGEST_ROW => {
                row.push_str(&format!(" · {}", block.rule));
            }
            _ => rows.push(block.rule.clone()),
        }
    }
    rows
}

/// A block; what is short stands on one line.
fn lay(page: &mut Page, wording: &Wording, block: &Block) {
    let mut title = vec![page.strong(&block.rule)];
    title.extend(
        [&block.about, &block.effect]
            .into_iter()
            .filter(|w| !w.is_empty())
            .cloned(),
    );
    page.indented(2, title.join("  "));
    for sentence in &block.sentences {
        page.indented(4, sentence);
    }
    for (key, pairs) in [("why-looked", &block.reads), ("why-set", &block.settings)] {
        if pairs.is_empty() {
            continue;
        }
        if block.sentences.is_empty() && block.settings.is_empty() {
            page.pairs(4, pairs);
            continue;
        }
        page.indented(4, page.dim(&wording.label(key)));
        page.pairs(6, pairs);
    }
}

/// The reasons as GitHub-flavoured Markdown.
pub fn markdown(wording: &Wording, view: &WhyView<'_>) -> String {
    let mut out = format!("## {}\n\n", escape(&heading(wording, view)));
    for note in &view.notes {
        out.push_str(&format!("{}\n\n", escape(&wording.say(note))));
    }
    let recorded = recorded(wording, view);
    if !recorded.is_empty() {
        out.push_str(&format!("### {}\n\n", escape(&wording.label("why-recorded"))));
        recorded
            .iter()
            .for_each(|line| out.push_str(&format!("- {}\n", escape(line))));
        out.push('\n');
    }
    for section in sections(wording, view) {
        out.push_str(&format!("### {}\n\n", escape(&wording.label(section.heading))));
        if section.in_a_row {
            out.push_str(&format!("{}\n\n", escape(&rows(&section).join("\n"))));
            continue;
        }
        for block in &section.blocks {
            out.push_str(&item(wording, block));
        }
        out.push('\n');
    }
    if !view.one_rule {
        out.push_str(&format!("{}\n", escape(&wording.label("why-all"))));
    }
    out
}

fn item(wording: &Wording, block: &Block) -> String {
    let mut out = format!("- **{}**", escape(&block.rule));
    for words in [&block.about, &block.effect]
        .into_iter()
        .filter(|w| !w.is_empty())
    {
        out.push_str(&format!(" · {}", escape(words)));
    }
    out.push('\n');
    for sentence in &block.sentences {
        out.push_str(&format!("  - {}\n", escape(sentence)));
    }
    for (key, pairs) in [("why-looked", &block.reads), ("why-set", &block.settings)] {
        if pairs.is_empty() {
            continue;
        }
        let each: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{} {}", crate::report::markdown::code(name), escape(value)))
            .collect();
        out.push_str(&format!(
            "  - {} {}\n",
            escape(&wording.label(key)),
            each.join("; ")
        ));
    }
    out
}

/// What was recorded or would be said, about what, and when.
fn heading(wording: &Wording, view: &WhyView<'_>) -> String {
    let request = &view.decision.dossier.request;
    let at = crate::report::time::moment(wording, view.decision.dossier.at);
    let message = match (&view.recorded_word, &view.decision.record) {
        (Some(word), Some((seq, _))) => Message::new("why-heading-recorded")
            .with("seq", seq)
            .with("word", wording.word("decided", word)),
        _ => {
            let phrases = Phrases {
                wording,
                view: &view.decision,
            };
            Message::new("why-heading-would").with("word", phrases.word())
        }
    };
    let message = message
        .with("service", &request.service)
        .with("environment", &request.environment)
        .with("at", at);
    wording.say(&message)
}

/// What was found then, where the rules say something else now.
fn recorded(wording: &Wording, view: &WhyView<'_>) -> Vec<String> {
    let phrases = Phrases {
        wording,
        view: &view.decision,
    };
    let line = |finding: &crate::policy::Finding| {
        let code = harmless(finding.code.as_str());
        let name = harmless(&finding.name);
        let effect = phrases.effect(finding.effect);
        format!("{code} {name} ({effect}): {}", phrases.say(&finding.message))
    };
    view.recorded.iter().map(line).collect()
}
