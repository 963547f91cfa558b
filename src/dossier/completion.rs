//! From what was typed to what is judged: defaults and derived values, each named.

use crate::change::{
    AreaKey, ChangeType, Declaration, Delivery, EnvironmentKey, Kind, Moment, Period, PersonKey, Risk,
    Rollback, RollbackChoice, ServiceKey, Strategy, Target,
};
use crate::config::Config;

use super::{Terms, risk_floor};

/// What a declaration is completed from.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The configuration in force.
    pub config: &'a Config,
    /// The service.
    pub service: &'a ServiceKey,
    /// The environment.
    pub environment: &'a EnvironmentKey,
    /// Who triggers.
    pub actor: &'a PersonKey,
    /// Who wrote the declaration or, without a file, the first commit.
    pub author: Option<&'a PersonKey>,
    /// The areas that the paths touch.
    pub areas: &'a [AreaKey],
    /// The lowest risk that the paths allow.
    pub path_risk: Risk,
    /// Whether commits carry it.
    pub has_units: bool,
    /// Whether some of its files lie in no area that somebody is named for.
    pub elsewhere: bool,
    /// Numbers and names of the rules.
    pub terms: &'a Terms,
    /// The time of the judgement.
    pub at: Moment,
}

/// What a redeployment goes back to when nobody said so.
pub const LAST_STATE: &str = "last authorised state";

/// How long work takes when nobody said so.
const ESTIMATE: Period = Period::Wall(600);

/// The completed declaration and the fields of it that nobody typed.
pub fn complete(typed: &Declaration, around: Surroundings<'_>) -> (Declaration, Vec<String>) {
    let mut all = typed.clone();
    let mut derived = Vec::new();
    let mut note = |field: &str, missing: bool| {
        if missing {
            derived.push(field.to_owned());
        }
        missing
    };
    if note("type", all.change_type.is_none()) {
        let standard = all.template.is_some();
        all.change_type = Some(if standard {
            ChangeType::Standard
        } else {
            ChangeType::Normal
        });
    }
    if note("kind", all.kind.is_none()) {
        all.kind = Some(kind_of(around.areas));
    }
    if note("delivery", all.delivery.is_none()) {
        all.delivery = Some(if around.has_units {
            Delivery::Pipeline
        } else {
            Delivery::Manual
        });
    }
    if note("targets", all.targets.is_empty()) {
        all.targets.push(Target::default());
    }
    for target in &mut all.targets {
        target.service.get_or_insert_with(|| around.service.clone());
        target
            .environment
            .get_or_insert_with(|| around.environment.clone());
    }
    if note("roles.requester", all.roles.requester.is_none()) {
        all.roles.requester = around.author.cloned();
    }
    let by_pipeline = all.delivery == Some(Delivery::Pipeline);
    if by_pipeline && note("roles.executor", all.roles.executor.is_none()) {
        all.roles.executor = Some(around.actor.clone());
    }
    if note("impact.data", all.impact.data.is_none()) {
        all.impact.data = Some(data_of(&all, around));
    }
    let floor = risk_floor(&all, around).0;
    if note("risk", all.risk.is_none_or(|risk| risk < floor)) {
        all.risk = Some(floor);
    }
    if note("roles.approvers", all.roles.approvers.is_empty()) {
        all.roles.approvers = authorities(&all, around);
    }
    let kind = all.kind.unwrap_or(Kind::Code);
    let impact = &mut all.impact;
    if note("impact.functions", impact.functions.is_empty()) {
        impact.functions.push(around.service.to_string());
    }
    if note("impact.downtime", impact.downtime.is_none()) {
        impact.downtime = Some(Period::Wall(0));
    }
    if note("impact.visible", impact.visible.is_none()) {
        impact.visible = Some(kind.visible());
    }
    if note("impact.money", impact.money.is_none()) {
        impact.money = Some(kind.money());
    }
    if note("impact.users", impact.users.is_none()) {
        let word = if impact.visible == Some(true) {
            "all"
        } else {
            "none"
        };
        impact.users = Some(word.to_owned());
    }
    if note("impact.security", impact.security.is_none()) {
        impact.security = Some("none".to_owned());
    }
    if note("window.estimate", all.window.estimate.is_none()) {
        all.window.estimate = Some(ESTIMATE);
    }
    complete_verification(&mut all, around, &mut derived);
    complete_rollback(&mut all, around, &mut derived);
    (all, derived)
}

fn complete_verification(all: &mut Declaration, around: Surroundings<'_>, derived: &mut Vec<String>) {
    let service = around.config.services.get(around.service);
    let default = service
        .and_then(|s| s.verification.as_ref())
        .or(around.config.verification.as_ref());
    let stated = &mut all.verification;
    if stated.checks.is_empty() && all.delivery == Some(Delivery::Pipeline) {
        derived.push("verification.checks".to_owned());
        stated.checks = match default {
            Some(default) => default.checks.clone(),
            None => vec!["deploy job succeeded".to_owned()],
        };
    }
    if let Some(default) = default {
        stated.done_when = stated.done_when.take().or_else(|| default.done_when.clone());
        stated.observe_for = stated.observe_for.or(default.observe_for);
        if stated.dashboards.is_empty() {
            stated.dashboards.clone_from(&default.dashboards);
        }
    }
    // What DEC-09 asks for at least, as `rules:` sets it.
    let least = around.terms.observe_least.get(&all.risk.unwrap_or(Risk::Low));
    if let (None, Some(least)) = (stated.observe_for, least) {
        derived.push("verification.observe_for".to_owned());
        stated.observe_for = Some(*least);
    }
}

fn complete_rollback(all: &mut Declaration, around: Surroundings<'_>, derived: &mut Vec<String>) {
    let config = around.config;
    let plan = match all.rollback.take() {
        Some(RollbackChoice::Stated(own)) => Some(*own),
        Some(RollbackChoice::Named(name)) => config.rollback_plans.get(&name).cloned(),
        None => {
            derived.push("rollback".to_owned());
            config
                .default_rollback(around.service)
                .map(|(_, plan)| plan.clone())
        }
    };
    let Some(mut plan) = plan else { return };
    if plan.decider_alternate.is_none() {
        derived.push("rollback.decider_alternate".to_owned());
        plan.decider_alternate = config
            .emergency_route
            .iter()
            .find(|person| Some(*person) != plan.decider.as_ref() && active(around, person))
            .cloned();
    }
    if plan.data_correction.is_none()
        && let Some(correction) = data_correction(all, around)
    {
        derived.push("rollback.data_correction".to_owned());
        plan.data_correction = Some(correction);
    }
    if plan.to.is_none() && plan.strategy == Some(Strategy::Redeploy) {
        derived.push("rollback.to".to_owned());
        plan.to = Some(LAST_STATE.to_owned());
    }
    if plan.decide_by.is_none() {
        derived.push("rollback.decide_by".to_owned());
        plan.decide_by = Some(decide_by(all, &plan, around.at));
    }
    all.rollback = Some(RollbackChoice::Stated(Box::new(plan)));
}

/// What the areas of a change say about data that was written meanwhile, one sentence each.
fn data_correction(all: &Declaration, around: Surroundings<'_>) -> Option<String> {
    let said: Vec<String> = areas_of(all, around)
        .iter()
        .filter_map(|area| around.config.areas.get(area)?.data_correction.clone())
        .collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

/// Whether a person belongs to the organisation on the day of the judgement.
pub(super) fn active(around: Surroundings<'_>, person: &PersonKey) -> bool {
    let day = around.config.calendar.day(around.at);
    around
        .config
        .people
        .get(person)
        .is_some_and(|p| p.active_on(&day))
}

/// Start, estimate and watch period; at most the window's end, or the time until which the change
/// can be undone, less the way back.
fn decide_by(all: &Declaration, plan: &Rollback, at: Moment) -> Moment {
    let seconds = |period: Option<Period>| {
        i64::try_from(period.and_then(Period::seconds).unwrap_or(0)).unwrap_or(i64::MAX)
    };
    let start = all.window.start.unwrap_or(at);
    let wanted = start
        .plus_seconds(seconds(all.window.estimate))
        .plus_seconds(seconds(all.verification.observe_for));
    [all.window.end, all.reversible_until]
        .into_iter()
        .flatten()
        .map(|end| end.plus_seconds(-seconds(plan.duration)))
        .fold(wanted, std::cmp::Ord::min)
}

/// The kind of the riskiest area that is named like one; else code.
fn kind_of(areas: &[AreaKey]) -> Kind {
    areas
        .iter()
        .filter_map(|area| area.as_str().parse::<Kind>().ok())
        .max_by_key(|kind| kind.risk())
        .unwrap_or(Kind::Code)
}

fn data_of(all: &Declaration, around: Surroundings<'_>) -> crate::change::DataImpact {
    let by_kind = all.kind.unwrap_or(Kind::Code).data();
    areas_of(all, around)
        .iter()
        .filter_map(|area| around.config.areas.get(area)?.data)
        .fold(by_kind, std::cmp::Ord::max)
}

/// The areas of a change: those of its paths, those of its targets and that of its kind, where
/// the configuration knows one of that name.
pub fn areas_of(all: &Declaration, around: Surroundings<'_>) -> Vec<AreaKey> {
    let mut areas: Vec<AreaKey> = around.areas.to_vec();
    areas.extend(all.targets.iter().filter_map(|target| target.area.clone()));
    if let Some(kind) = all.kind {
        let key = AreaKey::from(kind.as_str());
        // `code` is what a change is when nothing else is known of it.
        if kind != Kind::Code || around.config.areas.contains_key(&key) {
            areas.push(key);
        }
    }
    areas.sort();
    areas.dedup();
    areas
}

/// Who is active and has authority over a change: for each of its areas, and over the service for
/// what lies in no area that somebody is named for.
pub fn authorities(all: &Declaration, around: Surroundings<'_>) -> Vec<PersonKey> {
    let risk = all.risk.unwrap_or(Risk::Low);
    let areas = areas_of(all, around);
    let mut people: Vec<PersonKey> = Vec::new();
    let general = areas.is_empty() || around.elsewhere;
    for area in areas.iter().map(Some).chain(general.then_some(None)) {
        for person in around.config.may_approve(around.service, area, risk) {
            if active(around, &person) && !people.contains(&person) {
                people.push(person);
            }
        }
    }
    people
}
