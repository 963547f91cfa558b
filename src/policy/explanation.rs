//! Why a decision is what it is: what every rule said, what it looked at, what is set.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::{Map, Value};

use super::asking::Heard;
use super::bundle::{Active, Bundle};
use super::judge::weigh;
use super::program::Program;
use super::rule::{Rule, Scope};
use super::settings::Origin;
use super::syntax::{ITEM, Path, written};
use super::verdict::Answer;
use super::{Decision, Effect, Finding, NotJudged, RuleId, shape};
use crate::change::ChangeId;
use crate::dossier::{Change, Dossier, MOST_HITS, Obligation};

/// What became of one rule for one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// It does not hold.
    Fail,
    /// It could not be evaluated while something was put back.
    Unavailable,
    /// It holds.
    Pass,
    /// There was nothing to judge.
    NotApplicable,
    /// Not asked about this type of change.
    NotAsked,
    /// Switched off in `sekisho.yml`.
    Off,
    /// Kept by the engine, which found nothing.
    Kept,
}

impl From<Answer> for Said {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Pass => Self::Pass,
            Answer::Fail => Self::Fail,
            Answer::Na => Self::NotApplicable,
        }
    }
}

/// A part of the dossier that a rule looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Read {
    /// Where it is, such as `change.facts.quorum`; `[]` stands for every element.
    pub path: String,
    /// What was there: the first 50 values, in the order of the dossier.
    pub values: Vec<Value>,
    /// How many there were; none where the dossier has nothing there.
    pub count: usize,
}

/// A parameter as it was in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InForceParameter {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// Who says so.
    pub from: Origin,
}

/// What one rule said about one change, or about the deployment, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answered {
    /// The rule's code.
    pub code: RuleId,
    /// Its name.
    pub name: String,
    /// The change; absent when it concerns the deployment.
    pub change: Option<ChangeId>,
    /// What it said.
    pub said: Said,
    /// The gravest effect of what it found.
    pub effect: Option<Effect>,
    /// What it found, the gravest first.
    pub findings: Vec<Finding>,
    /// What it looked at.
    pub reads: Vec<Read>,
    /// Its parameters.
    pub parameters: Vec<InForceParameter>,
    /// The effect that `sekisho.yml` sets; absent where the shipped one holds.
    pub set: Option<Effect>,
    /// Why `sekisho.yml` lowers it, in its words.
    pub lowered_because: Option<String>,
}

/// A decision with everything that led to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// What was decided.
    pub decision: Decision,
    /// What every rule said: what stopped first, then by code and change.
    pub answers: Vec<Answered>,
}

/// Judges as [`super::judge()`] does, and keeps what every rule said.
///
/// # Errors
/// As [`super::judge()`].
pub fn explain(bundle: &Bundle, dossier: &Dossier, opens: Vec<Obligation>) -> Result<Explanation, NotJudged> {
    let mut heard = Vec::new();
    let decision = weigh(bundle, dossier, opens, &mut |one| heard.push(one))?;
    let told = Told::new(dossier, &decision, &heard);
    let asked: HashSet<Subject<'_>> = heard.iter().map(|one| subject(one.active, one.change)).collect();
    let mut answers: Vec<Answered> = heard.iter().map(|one| told.heard(one)).collect();
    for rule in bundle.catalog().all() {
        match bundle.active_of(&rule.code) {
            Some(active) => answers.extend(told.silent(active, &asked)),
            None => answers.extend(told.kept(rule)),
        }
    }
    answers.sort_by(|a, b| order(a).cmp(&order(b)));
    Ok(Explanation { decision, answers })
}

/// What stopped first, then other findings by their weight, then the rest by what was said.
fn order(answered: &Answered) -> impl Ord + '_ {
    let Answered {
        code,
        change,
        said,
        effect,
        ..
    } = answered;
    (std::cmp::Reverse(*effect), *said, code, change)
}

/// A rule, and the change that it is asked about.
type Subject<'a> = (&'a RuleId, Option<&'a ChangeId>);

fn subject<'a>(active: &'a Active, change: Option<&'a Change>) -> Subject<'a> {
    (&active.rule.code, change.map(|change| &change.id))
}

/// What the answers are told from.
struct Told<'a> {
    dossier: &'a Dossier,
    /// What was found, by whom it is about.
    found: HashMap<Subject<'a>, Vec<&'a Finding>>,
    /// What rules see, by change.
    inputs: HashMap<Option<&'a ChangeId>, Value>,
    /// What each rule that was asked names of it.
    paths: HashMap<&'a RuleId, Vec<Path>>,
}

impl<'a> Told<'a> {
    fn new(dossier: &'a Dossier, decision: &'a Decision, heard: &[Heard<'a>]) -> Self {
        let mut found: HashMap<Subject<'a>, Vec<&Finding>> = HashMap::new();
        for finding in &decision.findings {
            let subject = (&finding.code, finding.change.as_ref());
            found.entry(subject).or_default().push(finding);
        }
        let changes = dossier.changes.iter().map(Some);
        let inputs = changes.chain([None]).map(|change| {
            let id = change.map(|change| &change.id);
            (id, shape::input(dossier, change, &Map::new()))
        });
        let mut paths: HashMap<&RuleId, Vec<Path>> = HashMap::new();
        for one in heard {
            let code = &one.active.rule.code;
            paths.entry(code).or_insert_with(|| named(&one.active.rule));
        }
        Self {
            dossier,
            found,
            inputs: inputs.collect(),
            paths,
        }
    }

    fn heard(&self, heard: &Heard<'_>) -> Answered {
        let reads = self.reads(heard.active, heard.change);
        self.answered(heard.active, heard.change, heard.said, reads)
    }

    /// A rule with a file that was not asked about some changes, or about nothing at all.
    fn silent(&self, active: &Active, asked: &HashSet<Subject<'_>>) -> Vec<Answered> {
        let said = if active.is_off() {
            Said::Off
        } else {
            Said::NotAsked
        };
        let subjects: Vec<Option<&Change>> = match active.rule.scope {
            Scope::Deployment => vec![None],
            Scope::Change => self.dossier.changes.iter().map(Some).collect(),
        };
        subjects
            .into_iter()
            .filter(|change| !asked.contains(&subject(active, *change)))
            .map(|change| self.answered(active, change, said, Vec::new()))
            .collect()
    }

    /// A rule without a file: what the engine found, change by change, or that it found nothing.
    fn kept(&self, rule: &Rule) -> Vec<Answered> {
        let of_rule = self.found.iter().filter(|((code, _), _)| **code == rule.code);
        let mut found: Vec<(Option<&ChangeId>, Vec<Finding>)> = of_rule
            .map(|((_, change), findings)| (*change, findings.iter().map(|f| (*f).clone()).collect()))
            .collect();
        if found.is_empty() {
            found.push((None, Vec::new()));
        }
        let each = |(change, findings): (Option<&ChangeId>, Vec<Finding>)| Answered {
            code: rule.code.clone(),
            name: rule.name.clone(),
            change: change.cloned(),
            said: if findings.is_empty() {
                Said::Kept
            } else {
                Said::Fail
            },
            effect: findings.iter().map(|f| f.effect).max(),
            findings,
            reads: Vec::new(),
            parameters: Vec::new(),
            set: None,
            lowered_because: None,
        };
        found.into_iter().map(each).collect()
    }

    fn answered(&self, active: &Active, change: Option<&Change>, said: Said, reads: Vec<Read>) -> Answered {
        let subject = subject(active, change);
        let findings = self.found.get(&subject).map(Vec::as_slice).unwrap_or_default();
        let chosen = active.chosen.as_ref();
        Answered {
            code: active.rule.code.clone(),
            name: active.rule.name.clone(),
            change: change.map(|change| change.id.clone()),
            said,
            effect: findings.iter().map(|f| f.effect).max(),
            findings: findings.iter().map(|f| (*f).clone()).collect(),
            reads,
            parameters: active.parameters(),
            set: chosen.and_then(|chosen| chosen.effect),
            lowered_because: chosen.and_then(|chosen| chosen.reason.clone()),
        }
    }

    /// What the rule's file names, with what stands there. Parameters are told apart from it.
    fn reads(&self, active: &Active, change: Option<&Change>) -> Vec<Read> {
        let Some(input) = self.inputs.get(&change.map(|change| &change.id)) else {
            return Vec::new();
        };
        let paths = self.paths.get(&active.rule.code).map(Vec::as_slice);
        let paths = paths.unwrap_or_default().iter();
        paths.map(|path| read(input, path)).collect()
    }
}

impl Active {
    /// The parameters in force, with who says so.
    pub(crate) fn parameters(&self) -> Vec<InForceParameter> {
        let from = |name: &String| self.origins.get(name).copied().unwrap_or(Origin::Shipped);
        self.params
            .iter()
            .map(|(name, value)| InForceParameter {
                name: name.clone(),
                value: value.clone(),
                from: from(name),
            })
            .collect()
    }
}

/// The paths that a rule's file names, parameters left out: they are told apart from what is read.
/// Those through which another one goes are left out too.
fn named(rule: &Rule) -> Vec<Path> {
    let Some(file) = rule.file() else {
        return Vec::new();
    };
    let Ok((_, names)) = Program::parse(&file.path, &file.source) else {
        return Vec::new();
    };
    let goes_on = |path: &Path| {
        let next = names.inputs.range(path.clone()..).nth(1);
        next.is_some_and(|(next, _)| next.starts_with(path))
    };
    let is_parameter = |path: &Path| path.first().is_none_or(|first| first == "params");
    let furthest = names
        .inputs
        .keys()
        .filter(|path| !is_parameter(path) && !goes_on(path));
    furthest.cloned().collect()
}

fn read(input: &Value, path: &Path) -> Read {
    let mut values = Vec::new();
    follow(input, path, &mut values);
    Read {
        path: written(path),
        count: values.len(),
        values: values.into_iter().take(MOST_HITS).cloned().collect(),
    }
}

/// Everything that a path leads to.
fn follow<'v>(value: &'v Value, path: &[String], found: &mut Vec<&'v Value>) {
    let Some((step, rest)) = path.split_first() else {
        return found.push(value);
    };
    match value {
        Value::Object(fields) if step == ITEM => fields.values().for_each(|next| follow(next, rest, found)),
        Value::Object(fields) => fields
            .get(step)
            .into_iter()
            .for_each(|next| follow(next, rest, found)),
        Value::Array(items) if step == ITEM => items.iter().for_each(|next| follow(next, rest, found)),
        Value::Array(items) => {
            let item = step.parse::<usize>().ok().and_then(|n| items.get(n));
            item.into_iter().for_each(|next| follow(next, rest, found));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_leads_to_every_element_and_to_nothing_where_nothing_is() {
        let input = json!({"change": {"approvals": [{"person": "a"}, {"person": "b"}], "facts": {}}});
        let path = |text: &str| text.split('.').map(str::to_owned).collect::<Path>();
        let both = read(&input, &path("change.approvals.[].person"));
        assert_eq!(
            (both.path.as_str(), both.values, both.count),
            ("change.approvals[].person", vec![json!("a"), json!("b")], 2)
        );
        let gone = read(&input, &path("change.facts.quorum"));
        assert_eq!((gone.values, gone.count), (Vec::new(), 0));
    }
}
