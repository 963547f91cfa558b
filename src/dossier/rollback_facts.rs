//! What is known of a change's way back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::completion::areas_of;
use super::{Findings, stated_rollback};
use crate::change::{
    DataImpact, Declaration, Digest, Moment, Period, Rollback, RollbackChoice, ServiceKey, Strategy,
};
use crate::config::Config;

/// What is said about how long going back takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DurationSaid {
    /// Nothing.
    Unsaid,
    /// Business days: nobody can tell whether that fits.
    BusinessDays,
    /// Hours and minutes.
    Wall,
}

/// When something was tried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tried {
    /// Never, as far as is known.
    Never,
    /// On a day that has not come yet.
    Ahead,
    /// Before.
    Before,
}

/// Whether a change can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reversibility {
    /// It can.
    Reversible,
    /// Until a time.
    TimeLimited,
    /// It cannot.
    Irreversible,
}

/// Whether data is written, or money depends on the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataWritten {
    /// No.
    No,
    /// Taken for granted from the name of an area alone.
    Assumed,
    /// Said, by the declaration or the configuration.
    Stated,
}

/// What the thing to return to was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollbackTarget {
    /// Nothing is named.
    Unsaid,
    /// The last authorised state.
    State,
    /// A commit.
    Commit,
    /// A tag.
    Tag,
    /// A branch.
    Branch,
    /// A file.
    File,
    /// Something outside the repository, which nobody can see from here.
    Elsewhere,
    /// A path, and no such file.
    NoFile,
    /// A version, and no such commit, tag or branch.
    NoRevision,
    /// A version that is another one as soon as somebody commits.
    Moving,
    /// A version that holds the change itself.
    WithChange,
    /// A file that the change itself alters.
    Changed,
}

/// Facts about the way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollbackFacts {
    /// The way; empty when it is not said.
    pub strategy: String,
    /// The named plan; empty for a plan of its own.
    pub plan: String,
    /// The digest of the named plan's way, steps and target.
    pub steps: Digest,
    /// Whether somebody chose it for this change.
    pub chosen: bool,
    /// What is said about how long it takes.
    pub duration: DurationSaid,
    /// Whether the change has a window with an end.
    pub windowed: bool,
    /// Seconds from the planned start to the window's end; 0 without a window.
    pub room_seconds: i64,
    /// Whether it was tried out.
    pub tested: Tried,
    /// Seconds since then; 0 when it was not.
    pub tested_seconds: u64,
    /// Whether the change can be undone.
    pub reversibility: Reversibility,
    /// Whether the last moment for the decision leaves no time to go back.
    pub decided_too_late: bool,
    /// Whether the copy was restored once.
    pub restore_tested: Tried,
    /// Seconds since then; 0 when it was not.
    pub restore_tested_seconds: u64,
    /// What it returns to.
    pub target: RollbackTarget,
    /// Whether data is written meanwhile.
    pub data: DataWritten,
}

impl RollbackFacts {
    /// Computes them.
    pub(super) fn compute(of: Findings<'_>) -> Self {
        let plan = stated_rollback(of.completed);
        let named = named_plan(of.typed, of.around.config, of.around.service);
        let (tested, tested_seconds) = tested(of, plan);
        let restored = plan.and_then(|plan| plan.backup.as_ref()?.restore_tested.as_deref());
        let (restore_tested, restore_tested_seconds) = since_day(of, restored);
        let window = &of.completed.window;
        let start = window.start.unwrap_or(of.around.at);
        Self {
            strategy: plan
                .and_then(|plan| plan.strategy)
                .map(|strategy| strategy.to_string())
                .unwrap_or_default(),
            steps: named
                .as_ref()
                .map_or(Digest::from_bytes([0; 32]), |(_, steps)| *steps),
            plan: named.map(|(name, _)| name).unwrap_or_default(),
            chosen: of.typed.rollback.is_some(),
            duration: match plan.and_then(|plan| plan.duration) {
                None => DurationSaid::Unsaid,
                Some(Period::BusinessDays(_)) => DurationSaid::BusinessDays,
                Some(Period::Wall(_)) => DurationSaid::Wall,
            },
            windowed: window.end.is_some(),
            room_seconds: window.end.map_or(0, |end| end.seconds_since(start)),
            tested,
            tested_seconds,
            reversibility: reversibility(of.completed, of.around.at),
            decided_too_late: decided_too_late(of.completed),
            restore_tested,
            restore_tested_seconds,
            target: of.target,
            data: data(of),
        }
    }
}

/// The named plan that a declaration follows, with the digest of what it does: a plan that was
/// edited since is another one.
pub fn named_plan(typed: &Declaration, config: &Config, service: &ServiceKey) -> Option<(String, Digest)> {
    let (name, plan) = match &typed.rollback {
        Some(RollbackChoice::Stated(_)) => return None,
        Some(RollbackChoice::Named(name)) => config.rollback_plans.get_key_value(name)?,
        None => {
            let (name, _) = config.default_rollback(service)?;
            config.rollback_plans.get_key_value(name)?
        }
    };
    let way = json!([plan.strategy.map(Strategy::as_str), plan.steps, plan.to]);
    Some((name.clone(), Digest::of(way.to_string().as_bytes())))
}

/// The later of the day that the plan names and the last time that the log saw it carried out.
fn tested(of: Findings<'_>, plan: Option<&Rollback>) -> (Tried, u64) {
    let day = plan.and_then(|plan| Some(plan.tested.as_ref()?.at.as_str()));
    let declared = since_day(of, day);
    let carried_out = of
        .rolled_back
        .and_then(|at| u64::try_from(of.around.at.seconds_since(at)).ok());
    match (declared, carried_out) {
        ((Tried::Before, seconds), Some(since)) => (Tried::Before, seconds.min(since)),
        (_, Some(since)) => (Tried::Before, since),
        (declared, None) => declared,
    }
}

/// How long ago a day, `YYYY-MM-DD`, is in the calendar's zone.
fn since_day(of: Findings<'_>, day: Option<&str>) -> (Tried, u64) {
    let Some(day) = day.and_then(|day| day.parse::<Date>().ok()) else {
        return (Tried::Never, 0);
    };
    let Ok(today) = of.around.config.calendar.day(of.around.at).parse::<Date>() else {
        return (Tried::Never, 0);
    };
    let days = (today - day).get_days();
    match u64::try_from(days) {
        Ok(days) => (Tried::Before, days.saturating_mul(86_400)),
        Err(_) => (Tried::Ahead, 0),
    }
}

fn reversibility(completed: &Declaration, at: Moment) -> Reversibility {
    let strategy = stated_rollback(completed).and_then(|plan| plan.strategy);
    let no_way_back = matches!(strategy, Some(Strategy::None | Strategy::ForwardFix));
    let over = completed.reversible_until.is_some_and(|until| until <= at);
    if no_way_back || over || completed.impact.data == Some(DataImpact::Irreversible) {
        Reversibility::Irreversible
    } else if completed.reversible_until.is_some() {
        Reversibility::TimeLimited
    } else {
        Reversibility::Reversible
    }
}

/// Whether going back, decided at the last moment, ends after the time until which it is possible.
fn decided_too_late(completed: &Declaration) -> bool {
    let Some((until, plan)) = completed.reversible_until.zip(stated_rollback(completed)) else {
        return false;
    };
    let seconds = plan.duration.and_then(Period::seconds).unwrap_or(0);
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    plan.decide_by
        .is_some_and(|decided| until < decided.plus_seconds(seconds))
}

/// Whether data is written or money depends on it, and who says so.
fn data(of: Findings<'_>) -> DataWritten {
    let impact = &of.completed.impact;
    let written = matches!(impact.data, Some(DataImpact::Write | DataImpact::Irreversible));
    if !written && impact.money != Some(true) {
        return DataWritten::No;
    }
    let typed = &of.typed.impact;
    let declared = of.typed.kind.is_some() || typed.data.is_some() || typed.money.is_some();
    let configured = || {
        let areas = areas_of(of.completed, of.around);
        areas.iter().any(|area| {
            let area = of.around.config.areas.get(area);
            area.is_some_and(|area| area.data.is_some())
        })
    };
    if declared || configured() {
        DataWritten::Stated
    } else {
        DataWritten::Assumed
    }
}
