//! The parts that both files share: a rollback plan and a verification.

use jiff::tz::TimeZone;

use super::{Fields, Value};
use crate::change::{Backup, ForwardFix, Rollback, Strategy, Tested, Verification};

/// A rollback plan, whole or in part.
pub fn rollback(value: &Value<'_>, zone: &TimeZone) -> Option<Rollback> {
    let fields = value.fields()?;
    let plan = Rollback {
        strategy: fields
            .get("strategy")
            .and_then(|v| v.word(Strategy::ALL, Strategy::as_str)),
        steps: fields.texts("steps"),
        to: fields.text("to"),
        decider: fields.person("decider"),
        decider_alternate: fields.person("decider_alternate"),
        criteria: fields.texts("criteria"),
        decide_by: fields.moment("decide_by", zone),
        duration: fields.period("duration"),
        tested: fields.get("tested").and_then(|v| tested(&v)),
        data_correction: fields.text("data_correction"),
        point_of_no_return: fields.text("point_of_no_return"),
        forward_fix: fields.fields("forward_fix").map(forward_fix),
        backup: fields.fields("backup").map(backup),
    };
    fields.done();
    Some(plan)
}

fn tested(value: &Value<'_>) -> Option<Tested> {
    if !value.is_map() {
        return value.day().map(|day| Tested {
            at: day.to_string(),
            evidence: None,
        });
    }
    let fields = value.fields()?;
    let at = fields.required("at").and_then(|v| v.day());
    let evidence = fields.text("evidence");
    fields.done();
    at.map(|day| Tested {
        at: day.to_string(),
        evidence,
    })
}

fn forward_fix(fields: Fields<'_>) -> ForwardFix {
    let fix = ForwardFix {
        plan: fields.text("plan"),
        owner: fields.person("owner"),
    };
    fields.done();
    fix
}

fn backup(fields: Fields<'_>) -> Backup {
    let copy = Backup {
        reference: fields.text("ref"),
        restore_tested: fields.day("restore_tested"),
    };
    fields.done();
    copy
}

/// How a result is checked; a text or a list of texts stands for its checks.
pub fn verification(value: &Value<'_>) -> Option<Verification> {
    if !value.is_map() {
        return Some(Verification {
            checks: value.texts(),
            ..Verification::default()
        });
    }
    let fields = value.fields()?;
    let verification = Verification {
        checks: fields.texts("checks"),
        done_when: fields.text("done_when"),
        observe_for: fields.period("observe_for"),
        dashboards: fields.texts("dashboards"),
    };
    fields.done();
    Some(verification)
}
