//! The judgement: a pure function of rules and dossier.

use super::bundle::{Active, Bundle};
use super::program::RunFault;
use super::rule::{Cell, Scope};
use super::verdict::{self, Answer, Detail, VerdictFault};
use super::{Decision, Effect, Finding, NotJudged, RuleId, Word, invariants, shape};
use crate::change::{ChangeType, Message};
use crate::dossier::{Change, Dossier, Obligation, RequestKind};

/// The obligation that every deployment owes and that does not change the word.
const OUTCOME: &str = "outcome";

/// Judges a dossier. `opens` is the work with a deadline that a pass opens; it is listed, and
/// everything but the outcome of a deployment turns a pass into one with obligations.
///
/// # Errors
/// [`NotJudged`] when a rule has no proper verdict or the dossier contradicts itself. A declared
/// rollback is judged all the same: what could not be evaluated is then listed as `AVL-03`.
pub fn judge(bundle: &Bundle, dossier: &Dossier, opens: Vec<Obligation>) -> Result<Decision, NotJudged> {
    invariants::consistent(dossier)?;
    let mut findings = invariants::findings(dossier);
    for active in bundle.active() {
        for change in subjects(active, dossier) {
            match ask(active, dossier, change) {
                Ok(found) => findings.extend(found),
                Err(fault) if dossier.request.kind == RequestKind::Rollback => {
                    findings.push(unavailable(&fault, change));
                }
                Err(fault) => return Err(fault),
            }
        }
    }
    if dossier.request.kind == RequestKind::Rollback {
        lift(&mut findings);
    }
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    findings.dedup();
    Ok(Decision {
        word: word(&findings, &opens),
        findings,
        opened: opens,
    })
}

/// Whom a rule is asked about: every change whose type it judges, or the deployment.
fn subjects<'a>(active: &Active, dossier: &'a Dossier) -> Vec<Option<&'a Change>> {
    if active.is_off() {
        return Vec::new();
    }
    let runs = |change_type| matches!(active.rule.effect.of(change_type), Cell::Run(_));
    match active.rule.scope {
        Scope::Change => dossier
            .changes
            .iter()
            .filter(|c| runs(c.change_type))
            .map(Some)
            .collect(),
        Scope::Deployment if runs(ChangeType::Normal) => vec![None],
        Scope::Deployment => Vec::new(),
    }
}

/// Asks one rule once.
fn ask(active: &Active, dossier: &Dossier, change: Option<&Change>) -> Result<Vec<Finding>, NotJudged> {
    let code = || active.rule.code.clone();
    let subject = || change.map(|change| change.id.clone());
    let input = shape::input(dossier, change, &active.params);
    let value = active
        .program
        .run(&active.query(), &input)
        .map_err(|fault| match fault {
            RunFault::Undefined => NotJudged::NoVerdict {
                code: code(),
                change: subject(),
            },
            RunFault::TimedOut => NotJudged::TimedOut {
                code: code(),
                change: subject(),
            },
            RunFault::Failed(why) => NotJudged::Failed {
                code: code(),
                change: subject(),
                why,
            },
        })?;
    let verdict = verdict::read(value, &active.rule.code).map_err(|fault| match fault {
        VerdictFault::Missing => NotJudged::NoVerdict {
            code: code(),
            change: subject(),
        },
        VerdictFault::Malformed(why) => NotJudged::Malformed {
            code: code(),
            change: subject(),
            why,
        },
    })?;
    Ok(match verdict.answer {
        Answer::Fail => verdict
            .details
            .iter()
            .map(|detail| finding(active, change, detail))
            .collect(),
        Answer::Pass | Answer::Na => Vec::new(),
    })
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
    }
}

/// RBK-09: nothing holds up the way back; what would have is shown.
fn lift(findings: &mut Vec<Finding>) {
    let mut lifted = 0;
    for finding in findings.iter_mut() {
        lifted += usize::from(finding.effect > Effect::Info);
        finding.effect = Effect::Info;
    }
    if lifted > 0 {
        findings.push(Finding {
            code: RuleId::new("RBK-09"),
            name: "rollback-is-never-blocked".to_owned(),
            effect: Effect::Info,
            change: None,
            field: None,
            message: Message::new("RBK-09.lifted").with("count", lifted),
            lowered_because: None,
        });
    }
}

/// The gravest first, then by code, change, field and message.
fn order(finding: &Finding) -> impl Ord + '_ {
    let Finding {
        code,
        effect,
        change,
        field,
        message,
        ..
    } = finding;
    (std::cmp::Reverse(*effect), code, change, field, message)
}

/// The word that sums the findings up.
fn word(findings: &[Finding], opens: &[Obligation]) -> Word {
    let has = |effect| findings.iter().any(|finding| finding.effect == effect);
    if has(Effect::Deny) {
        Word::Deny
    } else if has(Effect::Oblige) || opens.iter().any(|obligation| obligation.kind != OUTCOME) {
        Word::PassWithObligations
    } else {
        Word::Pass
    }
}
