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

/// How much is told of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Full,
    Looked,
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
    let all = [
        (
            "why-stopped",
            Detail::Full,
            true,
            &[Said::Fail, Said::Unavailable][..],
        ),
        ("why-noted", Detail::Full, false, &[Said::Fail, Said::Unavailable]),
        ("why-held", Detail::Looked, false, &[Said::Pass]),
        (
            "why-not-applicable",
            Detail::Looked,
            false,
            &[Said::NotApplicable],
        ),
        ("why-off", Detail::Named, false, &[Said::Off]),
        ("why-not-asked", Detail::Named, false, &[Said::NotAsked]),
        ("why-kept", Detail::Named, false, &[Said::Kept]),
    ];
    let section = |(heading, detail, stops, said): (&'static str, Detail, bool, &[Said])| {
        let is_here =
            |one: &&Answered| said.contains(&one.said) && (one.effect == Some(Effect::Deny)) == stops;
        let answers: Vec<&Answered> = view.explanation.answers.iter().filter(is_here).collect();
        Section {
            heading,
            blocks: pages.blocks(&answers, if view.one_rule { Detail::Full } else { detail }),
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
    /// In full, each answer is a block; else a rule is one, and the changes are counted.
    fn blocks(&self, answers: &[&Answered], detail: Detail) -> Vec<Block> {
        if detail == Detail::Full {
            return answers.iter().map(|one| self.block(one, 1, detail)).collect();
        }
        let mut by_rule: BTreeMap<&RuleId, Vec<&Answered>> = BTreeMap::new();
        for one in answers {
            by_rule.entry(&one.code).or_default().push(one);
        }
        let counted = by_rule.values().filter_map(|all| Some((all.first()?, all.len())));
        counted
            .map(|(first, count)| self.block(first, count, detail))
            .collect()
    }

    fn block(&self, one: &Answered, count: usize, detail: Detail) -> Block {
        let wording = self.phrases.wording;
        let about = match (&one.change, count) {
            (_, 2..) => wording.say(&Message::new("why-changes").with("count", count)),
            (Some(change), _) => change.to_string(),
            (None, _) => String::new(),
        };
        let looked = detail != Detail::Named && count == 1;
        let reads = one.reads.iter().filter(|_| looked);
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
