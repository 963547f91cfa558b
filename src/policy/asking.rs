//! Every rule is asked about every change that it judges, and about the deployment.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::bundle::{Active, Bundle};
use super::program::RunFault;
use super::rule::{Cell, Scope};
use super::verdict::{self, Answer, Detail, Verdict, VerdictFault};
use super::{Effect, Finding, NotJudged, RuleId, Said, shape};
use crate::change::{ChangeType, Message};
use crate::dossier::{Change, Dossier, RequestKind};

/// How many verdicts of one rule are kept to be given again.
const MOST_KEPT: usize = 1_024;

/// What one rule said about one change, or about the deployment.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    pub(super) active: &'a Active,
    pub(super) change: Option<&'a Change>,
    pub(super) said: Said,
}

/// What all rules say about a dossier, in no order; `hear` is told every verdict, also those
/// that found nothing.
///
/// # Errors
/// The first rule, by code, that has no proper verdict. While something is put back, such rules
/// are findings instead.
pub(super) fn all<'a>(
    bundle: &'a Bundle,
    dossier: &'a Dossier,
    hear: &mut dyn FnMut(Heard<'a>),
) -> Result<Vec<Finding>, NotJudged> {
    let common = shape::common(dossier);
    let asked = bundle.active().filter(|active| !active.is_off());
    let mut rules: Vec<Asked<'_>> = asked.map(|active| Asked::new(active, &common)).collect();
    let mut round = Round {
        lenient: dossier.request.kind == RequestKind::Rollback,
        open: rules.len(),
        fault: None,
        findings: Vec::new(),
        hear,
    };
    for change in &dossier.changes {
        let fields = match json!(change) {
            Value::Object(fields) => fields,
            // Never; and no rule has a verdict about nothing.
            _ => Map::new(),
        };
        for (place, rule) in rules.iter_mut().enumerate() {
            if place < round.open && rule.judges(change) {
                let answer = rule.about(change, &fields);
                round.note(place, answer, rule.active, Some(change));
            }
        }
    }
    for (place, rule) in rules.iter().enumerate() {
        if place < round.open && rule.judges_deployment() {
            round.note(place, rule.about_deployment(dossier), rule.active, None);
        }
    }
    match round.fault {
        Some(fault) => Err(fault),
        None => Ok(round.findings),
    }
}

/// What the rules that are judged once per template say about those of a dossier.
///
/// # Errors
/// As [`all`].
pub(super) fn templates(bundle: &Bundle, dossier: &Dossier) -> Result<Vec<Finding>, NotJudged> {
    if dossier.templates.is_empty() {
        return Ok(Vec::new());
    }
    let common = shape::common(dossier);
    let asked = bundle.active().filter(|active| !active.is_off());
    let asked = asked.filter(|active| active.rule.judges_templates());
    let mut rules: Vec<Asked<'_>> = asked.map(|active| Asked::new(active, &common)).collect();
    let mut findings = Vec::new();
    for template in &dossier.templates {
        let fields = match json!(template) {
            Value::Object(fields) => fields,
            // Never; and no rule has a verdict about nothing.
            _ => Map::new(),
        };
        for rule in &mut rules {
            let verdict = rule.about(template, &fields)?;
            if verdict.answer == Answer::Fail {
                let details = verdict.details.iter();
                findings.extend(details.map(|detail| finding(rule.active, Some(template), detail)));
            }
        }
    }
    Ok(findings)
}

/// What was said so far.
struct Round<'a, 'h> {
    /// Whether a fault is a finding.
    lenient: bool,
    /// Only rules before this place are still asked: one of them could have the earlier fault.
    open: usize,
    fault: Option<NotJudged>,
    findings: Vec<Finding>,
    /// Told every verdict.
    hear: &'h mut dyn FnMut(Heard<'a>),
}

impl<'a> Round<'a, '_> {
    fn note(
        &mut self,
        place: usize,
        answer: Result<Verdict, NotJudged>,
        active: &'a Active,
        change: Option<&'a Change>,
    ) {
        let said = match &answer {
            Ok(verdict) => verdict.answer.into(),
            Err(_) => Said::Unavailable,
        };
        (self.hear)(Heard { active, change, said });
        match answer {
            Ok(verdict) if verdict.answer == Answer::Fail => {
                let details = verdict.details.iter();
                self.findings
                    .extend(details.map(|detail| finding(active, change, detail)));
            }
            Ok(_) => {}
            Err(fault) if self.lenient => self.findings.push(unavailable(&fault, change)),
            Err(fault) => {
                self.open = place;
                self.fault = Some(fault);
            }
        }
    }
}

/// One rule, with the part of its input that is the same for every change.
struct Asked<'a> {
    active: &'a Active,
    query: String,
    common: Map<String, Value>,
    /// Verdicts by what the rule read: it is a function of that.
    given: HashMap<Vec<u8>, Verdict>,
}

impl<'a> Asked<'a> {
    fn new(active: &'a Active, common: &Map<String, Value>) -> Self {
        let read = common.iter().filter(|(name, _)| active.reads.field(name));
        let mut common: Map<String, Value> =
            read.map(|(name, value)| (name.clone(), value.clone())).collect();
        common.insert("params".to_owned(), active.params.clone().into());
        Self {
            query: active.query(),
            given: HashMap::new(),
            active,
            common,
        }
    }

    fn runs(&self, change_type: ChangeType) -> bool {
        matches!(self.active.rule.effect.of(change_type), Cell::Run(_))
    }

    fn judges(&self, change: &Change) -> bool {
        self.active.rule.scope == Scope::Change && self.runs(change.change_type)
    }

    fn judges_deployment(&self) -> bool {
        self.active.rule.scope == Scope::Deployment && self.runs(ChangeType::Normal)
    }

    /// Its verdict about one change.
    fn about(&mut self, change: &Change, fields: &Map<String, Value>) -> Result<Verdict, NotJudged> {
        let trace = self.active.reads.trace(fields);
        if let Some(known) = trace.as_ref().and_then(|trace| self.given.get(trace)) {
            return Ok(known.clone());
        }
        let mut input = self.common.clone();
        input.insert("change".to_owned(), self.active.reads.of_change(fields).into());
        let verdict = self.run(input, Some(change))?;
        if let Some(trace) = trace.filter(|_| self.given.len() < MOST_KEPT) {
            self.given.insert(trace, verdict.clone());
        }
        Ok(verdict)
    }

    /// Its verdict about the deployment.
    fn about_deployment(&self, dossier: &Dossier) -> Result<Verdict, NotJudged> {
        let mut input = self.common.clone();
        if self.active.reads.field("changes") {
            input.insert("changes".to_owned(), json!(dossier.changes));
        }
        self.run(input, None)
    }

    fn run(&self, input: Map<String, Value>, change: Option<&Change>) -> Result<Verdict, NotJudged> {
        let code = || self.active.rule.code.clone();
        let change = || change.map(|change| change.id.clone());
        let value = self
            .active
            .program
            .run(&self.query, &input.into())
            .map_err(|fault| match fault {
                RunFault::Undefined => NotJudged::NoVerdict {
                    code: code(),
                    change: change(),
                },
                RunFault::TimedOut => NotJudged::TimedOut {
                    code: code(),
                    change: change(),
                },
                RunFault::Failed(why) => NotJudged::Failed {
                    code: code(),
                    change: change(),
                    why,
                },
            })?;
        verdict::read(value, &self.active.rule.code).map_err(|fault| match fault {
            VerdictFault::Missing => NotJudged::NoVerdict {
                code: code(),
                change: change(),
            },
            VerdictFault::Malformed(why) => NotJudged::Malformed {
                code: code(),
                change: change(),
                why,
            },
        })
    }
}

/// A finding from one reason of a failure.
fn finding(active: &Active, change: Option<&Change>, detail: &Detail) -> Finding {
    let rule = &active.rule;
    let change_type = change.map_or(ChangeType::Normal, |change| change.change_type);
    let cell = match rule.effect.of(change_type) {
        Cell::Run(effect) => effect,
        // Not run, so never here; the strictest is the only safe reading.
        Cell::Template | Cell::Never | Cell::Stop => Effect::Deny,
    };
    let shipped = detail.effect.unwrap_or(cell);
    let chosen = active
        .chosen
        .as_ref()
        .and_then(|chosen| Some((chosen.effect?, chosen.reason.clone())));
    // A setting below the cell is a ceiling and one above it a floor, so that the degrees of a
    // rule keep their order.
    let (effect, lowered_because) = match chosen {
        Some((effect, reason)) if effect < cell && effect < shipped => (effect, reason),
        Some((effect, _)) if effect > cell => (effect.max(shipped), None),
        Some(_) | None => (shipped, None),
    };
    Finding {
        code: rule.code.clone(),
        name: rule.name.clone(),
        effect,
        change: change.map(|change| change.id.clone()),
        field: detail.field.clone(),
        message: Message {
            key: format!("{}.{}", rule.code, detail.message),
            with: detail.values(),
        },
        lowered_because,
        excepted: None,
    }
}

/// A rule that could not be evaluated while something is put back.
fn unavailable(fault: &NotJudged, change: Option<&Change>) -> Finding {
    Finding {
        code: RuleId::new("AVL-03"),
        name: "error-is-never-a-pass".to_owned(),
        effect: Effect::Info,
        change: change.map(|change| change.id.clone()),
        field: None,
        message: Message::new("AVL-03.rollback").with("why", fault),
        lowered_because: None,
        excepted: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Digest;
    use crate::config::Profile;

    /// The paths of everything below `value`.
    fn paths(value: &Value, here: &str, found: &mut Vec<String>) {
        let below: Vec<(String, &Value)> = match value {
            Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(n, v)| (n.to_string(), v))
                .collect(),
            _ => Vec::new(),
        };
        for (name, value) in below {
            let path = format!("{here}/{name}");
            paths(value, &path, found);
            found.push(path);
        }
    }

    /// `whole` with the value at `path` taken out, or put in another's place.
    fn bent(whole: &Value, path: &str, other: Option<Value>) -> Value {
        let mut bent = whole.clone();
        let (parent, name) = path.rsplit_once('/').unwrap();
        match (bent.pointer_mut(parent).unwrap(), other) {
            (Value::Object(fields), None) => drop(fields.remove(name)),
            (Value::Array(items), None) => drop(items.remove(name.parse().unwrap())),
            (Value::Object(fields), Some(other)) => drop(fields.insert(name.to_owned(), other)),
            (Value::Array(items), Some(other)) => items[name.parse::<usize>().unwrap()] = other,
            _ => unreachable!("a path leads through maps and lists"),
        }
        bent
    }

    /// A rule that reads a field which is kept from it would see nothing there: so whatever is
    /// changed in the whole input, the rule says the same about the part that it is given, and
    /// what it cannot tell apart has one verdict.
    #[test]
    fn a_rule_says_the_same_about_the_part_it_is_given() {
        let bundle = Bundle::load(&[], &Default::default(), Profile::Small, "test", Digest::of(b"")).unwrap();
        let mut dossier = crate::policy::full_dossier();
        let rollback = json!({"strategy": "redeploy", "steps": ["a"], "criteria": ["5xx"], "decider": "p",
            "decider_alternate": "q", "decide_by": "2026-12-04T10:20:00+09:00", "duration": "8m"});
        dossier.changes[0]
            .declaration
            .insert("rollback".to_owned(), rollback);
        dossier.changes[0]
            .declaration
            .insert("plan".to_owned(), "data/prices.csv".into());
        // Where rules look at more than one field before they speak.
        dossier.changes[0].risk = crate::change::Risk::High;
        dossier.changes[0].facts.rollback.strategy = "redeploy".to_owned();
        dossier.changes[0].facts.statement.security_said = "text".to_owned();
        let change = dossier.changes[0].clone();
        for active in bundle
            .active()
            .filter(|active| active.rule.scope == Scope::Change)
        {
            let query = active.query();
            let source = active.rule.file().unwrap().source.as_str();
            let whole = shape::input(&dossier, Some(&change), &active.params);
            let asked = Asked::new(active, &shape::common(&dossier));
            let trace = active.reads.trace(whole["change"].as_object().unwrap());
            let first = active.program.run(&query, &whole).ok();
            let mut all = Vec::new();
            paths(&whole["change"], "/change", &mut all);
            let mut told_apart = 0;
            for path in all {
                // What the file names is bent in every way, all the rest taken out once.
                let name = path.rsplit('/').next().unwrap_or_default();
                let named = source.contains(name) || name.parse::<usize>().is_ok();
                let others = [None, Some(json!("else")), Some(json!(7)), Some(json!([]))];
                for other in others.into_iter().take(if named { 4 } else { 1 }) {
                    let whole = bent(&whole, &path, other);
                    let fields = whole["change"].as_object().unwrap();
                    let mut part = asked.common.clone();
                    part.insert("change".to_owned(), active.reads.of_change(fields).into());
                    let about_whole = active.program.run(&query, &whole).ok();
                    let about_part = active.program.run(&query, &part.into()).ok();
                    assert_eq!(about_whole, about_part, "{} {path}", active.rule.code);
                    told_apart += usize::from(about_whole != first);
                    if trace.is_some() && active.reads.trace(fields) == trace {
                        assert_eq!(about_whole, first, "{} {path}", active.rule.code);
                    }
                }
            }
            assert!(
                told_apart > 0,
                "{} looks at nothing of a change",
                active.rule.code
            );
        }
    }
}
