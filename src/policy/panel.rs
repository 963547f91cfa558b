//! The rules that are asked about some changes of a deployment, one after the other.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use serde_json::{Map, Value, json};

use super::NotJudged;
use super::asked::Asked;
use super::bundle::Active;
use super::traces::Traces;
use super::verdict::Verdict;
use crate::dossier::Change;

/// What one thread judges at least, in changes; what it learns about rules it learns alone.
const LEAST: usize = 8;

/// More threads have little left to do.
const MOST_THREADS: usize = 8;

/// What a rule said.
pub(super) type Answer = Result<Arc<Verdict>, Box<NotJudged>>;

/// What was said about one change.
pub(super) struct Judged {
    /// The change as rules see it, where somebody asked for it.
    pub(super) fields: Option<Value>,
    /// The answers of those rules that judge it, by the rule's place.
    pub(super) answers: Vec<(usize, Answer)>,
}

/// Some rules, ready to be asked.
pub(super) struct Panel<'a> {
    rules: Vec<Asked<'a>>,
    traces: Traces,
    /// Whether the others are still asked after a rule had no verdict.
    lenient: bool,
    /// Only rules before this place are still asked: one of them could have the earlier fault.
    open: usize,
    /// Whether a rule about the deployment reads changes.
    keeps: bool,
}

impl<'a> Panel<'a> {
    pub(super) fn new(rules: &[&'a Active], common: &Map<String, Value>, lenient: bool) -> Self {
        Self {
            rules: rules.iter().map(|active| Asked::new(active, common)).collect(),
            traces: Traces::of(rules.iter().map(|active| &active.reads)),
            lenient,
            open: rules.len(),
            keeps: false,
        }
    }

    /// Asks those rules about a change for which `judges` holds.
    pub(super) fn about(&mut self, change: &Change, judges: impl Fn(&Asked<'a>) -> bool) -> Judged {
        let fields = match json!(change) {
            Value::Object(fields) => fields,
            // Never; and no rule has a verdict about nothing.
            _ => Map::new(),
        };
        let numbers = self.traces.numbers(&fields);
        let mut answers = Vec::with_capacity(self.rules.len());
        for (place, rule) in self.rules.iter_mut().enumerate() {
            if place < self.open && judges(rule) {
                let numbers = numbers.as_deref();
                let trace = numbers.and_then(|numbers| self.traces.of_rule(place, numbers));
                let answer = rule.about(change, &fields, trace).map_err(Box::new);
                if answer.is_err() && !self.lenient {
                    self.open = place;
                }
                answers.push((place, answer));
            }
        }
        Judged {
            fields: self.keeps.then(|| fields.into()),
            answers,
        }
    }
}

/// Asks rules about changes, on every processor that there is; the answers are in the order of the
/// changes. Of the rules after one that had no verdict, in whatever thread, some are not asked.
pub(super) fn about_all(
    rules: &[&Active],
    common: &Map<String, Value>,
    lenient: bool,
    changes: &[Change],
) -> Vec<Judged> {
    let ask = |part: &[Change]| {
        let mut panel = Panel::new(rules, common, lenient);
        panel.keeps = rules.iter().any(|active| active.reads.reads_changes());
        let judged = part
            .iter()
            .map(|change| panel.about(change, |rule| rule.judges(change)));
        judged.collect::<Vec<_>>()
    };
    let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = processors.min(MOST_THREADS).min(changes.len() / LEAST).max(1);
    let mut parts = changes.chunks(changes.len().div_ceil(threads).max(1));
    let own = parts.next().unwrap_or_default();
    thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| (part, scope.spawn(|| ask(part)))).collect();
        let mut judged = ask(own);
        for (part, other) in others {
            // A thread that ended early has said nothing: then it is asked again here.
            judged.extend(other.join().unwrap_or_else(|_| ask(part)));
        }
        judged
    })
}
