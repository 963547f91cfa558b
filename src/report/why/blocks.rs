//! The explanation in parts that text and Markdown lay out.

use std::collections::BTreeMap;

use serde_json::Value;

use super::WhyView;
use crate::change::Message;
use crate::policy::{Answered, Effect, Finding, InForceParameter, Origin, Read, RuleId, Said};
use crate::report::decision::phrases::Phrases;
use crate::report::{Wording, harmless};

/// The longest value on a page, in characters; JSON has all of it.
const LONGEST: usize = 100;

/// A heading with the rules below it.
pub(super) struct Section {
    pub(super) heading: &'static str,
    /// Whether their names alone are worth a page: nothing has to be done about them.
    pub(super) in_a_row: bool,
    pub(super) blocks: Vec<Block>,
}

/// One rule about one change, or about several that it says the same of.
pub(super) struct Block {
    /// Code and name.
    pub(super) rule: String,
    /// The change, or how many.
    pub(super) about: String,
    /// What its finding does.
    pub(super) effect: String,
    /// What it found, what would satisfy it, why it was lowered.
    pub(super) sentences: Vec<String>,
    /// What it looked at.
    pub(super) reads: Vec<(String, String)>,
    /// Its parameters and who says so.
    pub(super) settings: Vec<(String, String)>,
}

/// Whether an answer belongs into a section.
type Belongs = Box<dyn Fn(&Answered) -> bool>;

/// How much is told of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Full,
    Named,
}

/// The sections of a page, those without a rule left out.
pub(super) fn sections(wording: &Wording, view: &WhyView<'_>) -> Vec<Section> {
    let pages = Blocks {
        phrases: Phrases {
            wording,
            view: &view.decision,
        },
        view,
    };
    let failed = |one: &Answered| matches!(one.said, Said::Fail | Said::Unavailable);
    let does = |effect: Effect| move |one: &Answered| failed(one) && one.effect == Some(effect);
    let says = |said: Said| move |one: &Answered| one.said == said;
    let detail = if view.one_rule {
        Detail::Full
    } else {
        Detail::Named
    };
    let all: [(&'static str, Detail, Belongs); 9] = [
        ("why-stopped", Detail::Full, Box::new(does(Effect::Deny))),
        ("why-owed", Detail::Full, Box::new(does(Effect::Oblige))),
        ("why-warned", Detail::Full, Box::new(does(Effect::Warn))),
        (
            "why-noted",
            Detail::Full,
            Box::new(move |one| failed(one) && one.effect.is_none_or(|effect| effect == Effect::Info)),
        ),
        ("why-held", detail, Box::new(says(Said::Pass))),
        ("why-not-applicable", detail, Box::new(says(Said::NotApplicable))),
        ("why-off", detail, Box::new(says(Said::Off))),
        ("why-not-asked", detail, Box::new(says(Said::NotAsked))),
        ("why-kept", detail, Box::new(says(Said::Kept))),
    ];
    let section = |(heading, detail, here): (&'static str, Detail, Belongs)| {
        let answers: Vec<&Answered> = view.explanation.answers.iter().filter(|one| here(one)).collect();
        Section {
            heading,
            in_a_row: detail == Detail::Named && heading != "why-off",
            blocks: pages.blocks(&answers, detail),
        }
    };
    let sections = all.into_iter().map(section);
    sections.filter(|section| !section.blocks.is_empty()).collect()
}

struct Blocks<'a> {
    phrases: Phrases<'a>,
    view: &'a WhyView<'a>,
}

impl Blocks<'_> {
    /// In full, each answer is a block; else a rule is one, whatever number of changes it is about.
    fn blocks(&self, answers: &[&Answered], detail: Detail) -> Vec<Block> {
        if detail == Detail::Full {
            return answers.iter().map(|one| self.block(one, detail)).collect();
        }
        let by_rule: BTreeMap<&RuleId, &Answered> = answers.iter().map(|one| (&one.code, *one)).collect();
        by_rule.values().map(|one| self.block(one, detail)).collect()
    }

    fn block(&self, one: &Answered, detail: Detail) -> Block {
        let wording = self.phrases.wording;
        let about = one.change.as_ref().map(ToString::to_string).unwrap_or_default();
        let reads = one.reads.iter().filter(|_| detail == Detail::Full);
        let settings = one.parameters.iter().filter(|_| detail == Detail::Full);
        let mut settings: Vec<(String, String)> = settings.map(|p| self.setting(one, p)).collect();
        if let (Some(set), Detail::Full) = (one.set, detail) {
            let from = self.config_line(&format!("rules.{}", one.code));
            settings.push((
                wording.label("why-effect"),
                format!("{} ({from})", self.phrases.effect(set)),
            ));
        }
        Block {
            rule: format!("{} {}", harmless(one.code.as_str()), harmless(&one.name)),
            about,
            effect: one
                .effect
                .map(|effect| self.phrases.effect(effect))
                .unwrap_or_default(),
            sentences: self.sentences(one),
            reads: reads.map(|read| (read.path.clone(), self.seen(read))).collect(),
            settings,
        }
    }

    fn sentences(&self, one: &Answered) -> Vec<String> {
        let wording = self.phrases.wording;
        let mut sentences = Vec::new();
        for finding in &one.findings {
            sentences.push(self.finding(finding));
            sentences.extend(self.phrases.excepted(finding));
        }
        let gravest = one.findings.iter().find(|f| f.effect > Effect::Info);
        sentences.extend(gravest.and_then(|finding| self.phrases.satisfy_line(finding)));
        if let Some(reason) = &one.lowered_because {
            sentences.push(wording.say(&Message::new("finding-lowered").with("reason", reason)));
        }
        sentences
    }

    /// What was found, with the file and the line.
    fn finding(&self, finding: &Finding) -> String {
        let all = &self.view.decision.decision.findings;
        let index = all.iter().position(|one| one == finding);
        let place = index.and_then(|index| self.view.decision.places.get(index)?.as_ref());
        let said = self.phrases.say(&finding.message);
        match place {
            Some(place) => format!("{said} ({}:{})", harmless(&place.file), place.line),
            None => said,
        }
    }

    fn seen(&self, read: &Read) -> String {
        let wording = self.phrases.wording;
        let goes_through_a_list = read.path.contains("[]");
        match read.values.as_slice() {
            [] if goes_through_a_list => wording.label("why-none"),
            [] => wording.label("why-absent"),
            values if values.iter().any(is_large) => {
                let size = |value: &Value| value.as_array().map_or(1, Vec::len);
                let count: usize = values.iter().map(size).sum();
                wording.say(&Message::new("why-entries").with("count", count))
            }
            values => {
                let values: Vec<String> = values.iter().map(plain).collect();
                let mut text = shortened(&values.join(", "));
                if read.count > values.len() {
                    let more = Message::new("why-more").with("count", read.count - values.len());
                    text.push_str(&format!(" {}", wording.say(&more)));
                }
                text
            }
        }
    }

    fn setting(&self, one: &Answered, parameter: &InForceParameter) -> (String, String) {
        let wording = self.phrases.wording;
        let field = format!("rules.{}.{}", one.code, parameter.name);
        let from = match parameter.from {
            Origin::Shipped => wording.label("from-shipped"),
            Origin::Profile => {
                let profile = self.view.decision.dossier.profile.as_str();
                wording.say(&Message::new("from-profile").with("profile", profile))
            }
            Origin::Config => self.config_line(&field),
        };
        let value = shortened(&plain(&parameter.value));
        (harmless(&parameter.name), format!("{value} ({from})"))
    }

    fn config_line(&self, field: &str) -> String {
        match self.view.lines.get(field) {
            Some(line) => format!("sekisho.yml:{line}"),
            None => "sekisho.yml".to_owned(),
        }
    }
}

/// A value as people read it, in the manner of the configuration: `text`, `[a, b]`, `{a: b}`.
pub(in crate::report) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => harmless(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let each = fields
                .iter()
                .map(|(name, value)| format!("{}: {}", harmless(name), plain(value)));
            format!("{{{}}}", each.collect::<Vec<_>>().join(", "))
        }
        other => harmless(&other.to_string()),
    }
}

/// Whether a value is too much for a page: whole changes, and not their numbers and words.
fn is_large(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(Value::is_object),
        Value::Object(fields) => fields.values().any(|value| value.is_object() || value.is_array()),
        _ => false,
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LONGEST).collect();
    format!("{kept}…")
}
