//! The phrases about a decision that its text and its Markdown share.

use serde_json::Value;

use super::DecisionView;
use crate::change::{Message, Moment, PersonKey};
use crate::dossier::{Approval, Change, Channel, Obligation, Proof};
use crate::policy::{Effect, Finding, Word};
use crate::report::obligation::obligation;
use crate::report::{FilePlace, Wording, time};

/// A view in one language.
pub(in crate::report) struct Phrases<'a> {
    pub(in crate::report) wording: &'a Wording,
    pub(in crate::report) view: &'a DecisionView<'a>,
}

/// The values of sentences that are never people, though a key may read like one.
const NOT_PEOPLE: &[&str] = &[
    "service",
    "environment",
    "area",
    "areas",
    "path",
    "paths",
    "field",
    "change",
    "commit",
    "later",
    "file",
    "template",
    "kind",
    "plan",
    "freeze",
    "id",
    "key",
    "range",
    "code",
    "name",
];

impl<'a> Phrases<'a> {
    /// The name of a person; a key without one is shown itself.
    pub(in crate::report) fn name(&self, person: &PersonKey) -> String {
        self.view
            .names
            .get(person)
            .cloned()
            .unwrap_or_else(|| person.as_str().to_owned())
    }

    /// Several names.
    pub(in crate::report) fn names<'p>(&self, people: impl IntoIterator<Item = &'p PersonKey>) -> String {
        let names: Vec<String> = people.into_iter().map(|person| self.name(person)).collect();
        names.join(&self.wording.label("list-separator"))
    }

    /// The sentence of a message, keys of people replaced by their names.
    pub(in crate::report) fn say(&self, message: &Message) -> String {
        self.wording.say(&self.named(message))
    }

    fn named(&self, message: &Message) -> Message {
        let mut named = message.clone();
        for (name, value) in &mut named.with {
            if NOT_PEOPLE.contains(&name.as_str()) {
                continue;
            }
            if let Ok(moment) = value.parse::<Moment>() {
                *value = time::moment(self.wording, moment);
                continue;
            }
            let known: Option<Vec<&String>> = value
                .split(',')
                .map(|part| self.view.names.get(part.trim()))
                .collect();
            if let Some(known) = known {
                let known: Vec<&str> = known.into_iter().map(String::as_str).collect();
                *value = known.join(&self.wording.label("list-separator"));
            }
        }
        named
    }

    /// What would satisfy the rule: `<key>.satisfy`, else `<code>.satisfy`.
    pub(in crate::report) fn satisfy(&self, finding: &Finding) -> Option<String> {
        let mut message = self.named(&finding.message);
        message.key.push_str(".satisfy");
        self.wording.maybe(&message).or_else(|| {
            message.key = format!("{}.satisfy", finding.code);
            self.wording.maybe(&message)
        })
    }

    /// What would satisfy the rule under its label. A message with words of its own says what to do
    /// and not what is missing: for some of them nothing is.
    pub(in crate::report) fn satisfy_line(&self, finding: &Finding) -> Option<String> {
        let has_own = self.wording.knows(&format!("{}.satisfy", finding.message.key));
        let key = if has_own {
            "finding-to-do"
        } else {
            "finding-satisfy"
        };
        let message = Message::new(key).with("satisfy", self.satisfy(finding)?);
        Some(self.wording.say(&message))
    }

    /// Who excepted from the rule, until when and why, where somebody did.
    pub(in crate::report) fn excepted(&self, finding: &Finding) -> Option<String> {
        let excepted = finding.excepted.as_ref()?;
        let key = match excepted.reason.is_empty() {
            true => "finding-excepted-silent",
            false => "finding-excepted",
        };
        let message = Message::new(key)
            .with("people", self.names(&excepted.by))
            .with("until", time::moment(self.wording, excepted.until));
        let mut sentence = match excepted.reason.is_empty() {
            true => self.wording.say(&message),
            false => self.wording.say(&message.with("reason", &excepted.reason)),
        };
        if !excepted.unsigned.is_empty() {
            let unsigned = Message::new("exception-unsigned").with("people", self.names(&excepted.unsigned));
            sentence.push_str(&format!(" · {}", self.wording.say(&unsigned)));
        }
        Some(sentence)
    }

    /// Whether the gate lets this pass.
    pub(in crate::report) fn passes(&self) -> bool {
        self.view.decision.word != Word::Deny
    }

    /// The label of the decision's word.
    pub(in crate::report) fn word(&self) -> String {
        // What is not in the log has not passed.
        let is_recorded = self.view.record.is_some();
        self.wording.label(match (self.view.decision.word, is_recorded) {
            (Word::Pass, true) => "decision-pass",
            (Word::PassWithObligations, true) => "decision-pass-obligations",
            (Word::Pass | Word::PassWithObligations, false) => "decision-would-pass",
            (Word::Deny, _) => "decision-deny",
        })
    }

    /// The effect in words.
    pub(in crate::report) fn effect(&self, effect: Effect) -> String {
        self.wording.label(match effect {
            Effect::Info => "effect-info",
            Effect::Warn => "effect-warn",
            Effect::Oblige => "effect-oblige",
            Effect::Deny => "effect-deny",
        })
    }

    /// A change's title, or its template where it has none.
    pub(in crate::report) fn title(&self, change: &Change) -> String {
        let words = |path: &[&str]| found(change, path).and_then(Value::as_str);
        words(&["title"])
            .or_else(|| words(&["template"]))
            .or_else(|| words(&["standard", "template"]))
            .map_or_else(|| self.wording.label("title-none"), ToOwned::to_owned)
    }

    /// The findings of one change, or of the deployment, each with its place.
    pub(in crate::report) fn findings(
        &self,
        change: Option<&Change>,
    ) -> Vec<(&'a Finding, Option<&'a FilePlace>)> {
        let known = |finding: &Finding| {
            self.view
                .dossier
                .changes
                .iter()
                .any(|c| finding.change.as_ref() == Some(&c.id))
        };
        let places = self
            .view
            .places
            .iter()
            .map(Option::as_ref)
            .chain(std::iter::repeat(None));
        self.view
            .decision
            .findings
            .iter()
            .zip(places)
            .filter(|(finding, _)| match change {
                Some(change) => finding.change.as_ref() == Some(&change.id),
                // Also what names a change that is not here: nothing found stays unsaid.
                None => !known(finding),
            })
            .collect()
    }

    /// An obligation as one line.
    pub(in crate::report) fn obligation(&self, duty: &Obligation) -> String {
        let owner = self.name(&duty.owner);
        obligation(self.wording, duty, &owner, duty.change.as_ref())
    }

    /// Who approved, how and when.
    pub(in crate::report) fn approval(&self, approval: &Approval) -> String {
        let key = match (approval.channel, approval.proof) {
            (Channel::Signed, _) => "approval-signed",
            (Channel::Review, Proof::PatchEqual) => "approval-review",
            (Channel::Review, _) => "approval-review-other",
            (Channel::Attested, _) if approval.by.is_some() => "approval-attested",
            (Channel::Attested, _) => "approval-attested-unknown",
            (Channel::Unsigned, _) => "approval-unsigned",
        };
        let mut message = Message::new(key)
            .with("person", self.name(&approval.person))
            .with("at", time::short(self.wording, approval.at));
        if let Some(by) = &approval.by
            && approval.channel == Channel::Attested
        {
            message = message.with("by", self.name(by));
        }
        self.wording.say(&message)
    }

    /// All approvals of a change, or that there are none.
    pub(in crate::report) fn approvals(&self, change: &Change) -> String {
        if change.approvals.is_empty() {
            return self.wording.label("approval-none");
        }
        let each: Vec<String> = change.approvals.iter().map(|a| self.approval(a)).collect();
        each.join(&self.wording.label("list-of-phrases"))
    }

    /// The way back, how long it takes and who decides that on which sign.
    pub(in crate::report) fn rollback(&self, change: &Change) -> String {
        let wording = self.wording;
        let Some(strategy) = text_at(change, &["rollback", "strategy"]) else {
            return wording.label("rollback-none");
        };
        let key = format!("strategy-{strategy}");
        let strategy = if wording.knows(&key) {
            wording.label(&key)
        } else {
            strategy.to_owned()
        };
        let mut way = vec![strategy];
        if change.facts.rollback_seconds > 0 {
            let length = time::duration(wording, change.facts.rollback_seconds);
            way.push(wording.say(&Message::new("rollback-about").with("duration", length)));
        }
        let mut words = vec![way.join(&wording.label("list-separator"))];
        let decider = decider(change).map(|key| self.name(&PersonKey::from(key)));
        let criterion = found(change, &["rollback", "criteria"])
            .and_then(|all| all.get(0))
            .and_then(Value::as_str);
        match (decider, criterion) {
            (Some(person), Some(sign)) => words.push(
                wording.say(
                    &Message::new("rollback-decides-when")
                        .with("person", person)
                        .with("criterion", sign),
                ),
            ),
            (Some(person), None) => {
                words.push(wording.say(&Message::new("rollback-decides").with("person", person)))
            }
            _ => words.push(wording.label("rollback-no-decider")),
        }
        words.join(&wording.label("list-of-phrases"))
    }

    /// Why nothing is listed where no change is; `None` where that needs no word.
    pub(in crate::report) fn no_change(&self) -> Option<Message> {
        let dossier = self.view.dossier;
        if !dossier.changes.is_empty() {
            return None;
        }
        let coverage = &dossier.coverage;
        let key = match (coverage.uncovered_count, coverage.steps) {
            (0, 0) if dossier.request.rollback_of.is_some() => return None,
            (0, 0) => "decision-no-steps",
            (0, _) if coverage.covered == 0 => "decision-nothing-deployed",
            _ => "decision-no-changes",
        };
        Some(Message::new(key).with("steps", coverage.steps))
    }

    /// When the declared window ends and the latest start that leaves time to go back.
    pub(in crate::report) fn window(&self, change: &Change) -> Option<Message> {
        let facts = &change.facts;
        if !facts.in_window || facts.seconds_to_window_end <= 0 {
            return None;
        }
        let end = self.view.dossier.at.plus_seconds(facts.seconds_to_window_end);
        let back = i64::try_from(facts.rollback_seconds).ok()?;
        let latest = end.plus_seconds(-back);
        (latest > self.view.dossier.at).then(|| {
            Message::new("decision-window")
                .with("end", self.clock(end))
                .with("latest", self.clock(latest))
        })
    }

    /// The time of day; on another day than that of the decision, the day too.
    fn clock(&self, moment: Moment) -> String {
        let day = |moment: Moment| moment.zoned().date();
        match day(moment) == day(self.view.dossier.at) {
            true => time::clock(moment),
            false => time::short(self.wording, moment),
        }
    }
}

/// The value at a path of names in a declaration.
pub(in crate::report) fn found<'c>(change: &'c Change, path: &[&str]) -> Option<&'c Value> {
    let (first, rest) = path.split_first()?;
    rest.iter()
        .try_fold(change.declaration.get(*first)?, |value, name| value.get(name))
}

/// The words at a path of names in a declaration.
pub(in crate::report) fn text_at<'c>(change: &'c Change, path: &[&str]) -> Option<&'c str> {
    found(change, path).and_then(Value::as_str)
}

/// Who decides to go back, as a key.
pub(in crate::report) fn decider(change: &Change) -> Option<&str> {
    text_at(change, &["rollback", "decider"])
}
