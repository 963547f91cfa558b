//! The judgement: a pure function of rules and dossier.

use super::bundle::Bundle;
use super::{Decision, Effect, Finding, NotJudged, RuleId, Word, asking, excepted, invariants};
use crate::change::Message;
use crate::dossier::{Dossier, Obligation, RequestKind};

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
    let mut of_rules = asking::all(bundle, dossier)?;
    excepted::lower(dossier, &mut of_rules);
    findings.extend(of_rules);
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
            excepted: None,
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
