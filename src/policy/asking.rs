//! Every rule is asked about every change that it judges, and about the deployment.

use super::asked::Asked;
use super::bundle::{Active, Bundle};
use super::panel::{Answer, Panel, about_all};
use super::rule::Cell;
use super::verdict::{self, Detail};
use super::{Effect, Finding, NotJudged, RuleId, Said, shape};
use crate::change::{ChangeType, Message};
use crate::dossier::{Change, Dossier, RequestKind};

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
    let rules: Vec<&Active> = bundle.active().filter(|active| !active.is_off()).collect();
    let lenient = dossier.request.kind == RequestKind::Rollback;
    let mut round = Round {
        lenient,
        open: rules.len(),
        fault: None,
        findings: Vec::new(),
        hear,
    };
    let judged = about_all(&rules, &common, lenient, &dossier.changes);
    let mut written = Vec::with_capacity(judged.len());
    for (change, judged) in dossier.changes.iter().zip(judged) {
        for (place, answer) in judged.answers {
            round.note(place, answer, &rules, Some(change));
        }
        // A rule that only counts them is given as many.
        written.push(judged.fields.unwrap_or_default());
    }
    for (place, active) in rules.iter().enumerate() {
        let rule = Asked::new(active, &common);
        if place < round.open && rule.judges_deployment() {
            let answer = rule.about_deployment(&written).map_err(Box::new);
            round.note(place, answer, &rules, None);
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
    let rules: Vec<&Active> = asked.filter(|active| active.rule.judges_templates()).collect();
    let mut panel = Panel::new(&rules, &common, false);
    let mut findings = Vec::new();
    for template in &dossier.templates {
        for (place, answer) in panel.about(template, |_| true).answers {
            let verdict = answer.map_err(|fault| *fault)?;
            if let Some(active) = rules
                .get(place)
                .filter(|_| verdict.answer == verdict::Answer::Fail)
            {
                let details = verdict.details.iter();
                findings.extend(details.map(|detail| finding(active, Some(template), detail)));
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
    fn note(&mut self, place: usize, answer: Answer, rules: &[&'a Active], change: Option<&'a Change>) {
        let Some(active) = rules.get(place).filter(|_| place < self.open) else {
            return;
        };
        let said = match &answer {
            Ok(verdict) => verdict.answer.into(),
            Err(_) => Said::Unavailable,
        };
        (self.hear)(Heard { active, change, said });
        match answer {
            Ok(verdict) if verdict.answer == verdict::Answer::Fail => {
                let details = verdict.details.iter();
                self.findings
                    .extend(details.map(|detail| finding(active, change, detail)));
            }
            Ok(_) => {}
            Err(fault) if self.lenient => self.findings.push(unavailable(&fault, change)),
            Err(fault) => {
                self.open = place;
                self.fault = Some(*fault);
            }
        }
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
    use serde_json::{Value, json};

    use super::*;
    use crate::change::Digest;
    use crate::config::Profile;
    use crate::policy::rule::Scope;

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
        dossier.changes[0]
            .declaration
            .insert("emergency".to_owned(), json!({"grounds": "outage"}));
        dossier.changes[0]
            .declaration
            .insert("reason".to_owned(), "The shop is down".into());
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

    /// The same of rules about the deployment, which may be given less of its changes.
    #[test]
    fn a_rule_says_the_same_about_the_changes_it_is_given() {
        let bundle = Bundle::load(&[], &Default::default(), Profile::Small, "test", Digest::of(b"")).unwrap();
        let mut counting = 0;
        for active in bundle
            .active()
            .filter(|active| active.rule.scope == Scope::Deployment)
        {
            let query = active.query();
            let mut answers = std::collections::BTreeSet::new();
            for (number, several, covered) in
                (0..4).flat_map(|n| [(n, true, true), (n, false, true), (n, true, false)])
            {
                let mut dossier = crate::policy::full_dossier();
                dossier.changes = vec![dossier.changes[0].clone(); number];
                if covered {
                    dossier.coverage.uncovered.clear();
                    dossier.coverage.uncovered_count = 0;
                }
                let mut params = active.params.clone();
                params.insert("several_per_deploy".to_owned(), several.into());
                let whole = shape::input(&dossier, None, &params);
                let asked = Asked::new(active, &shape::common(&dossier));
                let mut part = asked.common.clone();
                part.insert("params".to_owned(), params.into());
                let changes: Vec<Value> = dossier.changes.iter().map(|change| json!(change)).collect();
                let given = active.reads.of_changes(&changes);
                counting += usize::from(
                    given
                        .as_ref()
                        .is_some_and(|given| number > 0 && given != &changes),
                );
                if let Some(given) = given {
                    part.insert("changes".to_owned(), given.into());
                }
                let about_whole = active.program.run(&query, &whole).ok();
                assert_eq!(
                    about_whole,
                    active.program.run(&query, &part.into()).ok(),
                    "{}",
                    active.rule.code
                );
                answers.insert(format!("{about_whole:?}"));
            }
            assert!(
                answers.len() > usize::from(active.reads.field("changes")),
                "{}",
                active.rule.code
            );
        }
        assert!(counting > 0, "no rule counts changes any more");
    }

    /// However many threads ask, what is said and in which order is the same.
    #[test]
    fn many_changes_are_judged_like_each_of_them_alone() {
        let bundle = Bundle::load(&[], &Default::default(), Profile::Small, "test", Digest::of(b"")).unwrap();
        let mut dossier = crate::policy::full_dossier();
        let one = dossier.changes[0].clone();
        for number in 1..140 {
            let mut next = one.clone();
            next.id = crate::change::ChangeId::derived("20261204", Digest::of(&[number as u8, 7]).as_bytes());
            next.risk = [crate::change::Risk::Low, crate::change::Risk::High][number / 7 % 2];
            next.facts.quorum = (number / 3 % 4) as _;
            if number % 5 == 0 {
                next.approvals.clear();
            }
            dossier.changes.push(next);
        }
        let told = |dossier: &Dossier| {
            let mut heard = Vec::new();
            let findings = all(&bundle, dossier, &mut |one| {
                heard.push((
                    one.active.rule.code.clone(),
                    one.change.map(|change| change.id.clone()),
                    one.said,
                ));
            });
            (findings.unwrap(), heard)
        };
        let (findings, heard) = told(&dossier);
        let (mut alone, mut heard_alone) = (Vec::new(), Vec::new());
        let mut single = dossier.clone();
        for change in &dossier.changes {
            single.changes = vec![change.clone()];
            let (findings, heard) = told(&single);
            alone.extend(findings.into_iter().filter(|finding| finding.change.is_some()));
            heard_alone.extend(heard.into_iter().filter(|(_, change, _)| change.is_some()));
        }
        let of_changes = |findings: Vec<Finding>| {
            findings
                .into_iter()
                .filter(|f| f.change.is_some())
                .collect::<Vec<_>>()
        };
        assert_eq!(of_changes(findings), alone);
        let heard: Vec<_> = heard
            .into_iter()
            .filter(|(_, change, _)| change.is_some())
            .collect();
        assert!(heard == heard_alone);
    }
}
