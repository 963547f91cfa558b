//! Other changes that are declared and not over, and how close their windows are.

use std::collections::BTreeSet;

use crate::change::text::{Document, declaration};
use crate::change::{ChangeId, Declaration, Moment, ServiceKey};
use crate::dossier::{Collision, MOST_HITS, ScheduleFacts};
use crate::ledger::Decided;

use super::from_template::with_template;
use super::{Asked, InForce, LogView, Ports, Stop};

/// Another change with a window.
#[derive(Debug, Clone)]
pub(super) struct Other {
    id: ChangeId,
    declaration: Declaration,
}

/// Every change of the commit and of the log that names a window, is meant for this environment
/// and is not over. One that cannot be read is none: it can pass nowhere.
///
/// # Errors
/// [`Stop`] when the repository cannot be read.
pub(super) fn others(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
) -> Result<Vec<Other>, Stop> {
    let mut found = Vec::new();
    let mut seen = over(view, asked);
    for path in ports.repository.list(&asked.head, &rules.config.paths.changes)? {
        let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".yml"));
        let Some(id) = name.and_then(|name| name.parse::<ChangeId>().ok()) else {
            continue;
        };
        if seen.insert(id.clone()) {
            let bytes = ports.repository.read(&asked.head, &path)?.unwrap_or_default();
            found.extend(other(rules, asked, id, &bytes));
        }
    }
    for (id, filed) in &view.standing.filed {
        if seen.insert(id.clone())
            && let Some(bytes) = view.filed_texts.get(&filed.digest)
        {
            found.extend(other(rules, asked, id.clone(), bytes));
        }
    }
    Ok(found)
}

/// The changes that have come to an end in this environment, for whichever service.
fn over(view: &LogView, asked: &Asked) -> BTreeSet<ChangeId> {
    let standing = &view.standing;
    let here = |decided: &&Decided| decided.allowed && decided.environment == asked.environment;
    let ended = standing
        .executions
        .iter()
        .filter(|execution| {
            execution
                .outcome
                .as_deref()
                .is_some_and(|outcome| outcome != "failed")
        })
        .filter_map(|execution| standing.decisions.get(&execution.decision))
        .filter(here)
        .filter(|decided| decided.rollback_of.is_none())
        .flat_map(|decided| decided.changes.iter().map(|change| change.id.clone()));
    let put_back = standing
        .decisions
        .values()
        .filter(here)
        .filter_map(|decided| decided.rollback_of.clone());
    ended.chain(put_back).collect()
}

fn other(rules: &InForce, asked: &Asked, id: ChangeId, bytes: &[u8]) -> Option<Other> {
    const WINDOW: &[u8] = b"window";
    // Most declarations name none, and reading them all would take its time.
    if !bytes.windows(WINDOW.len()).any(|part| part == WINDOW) {
        return None;
    }
    let document = Document::parse_bytes(bytes).ok()?;
    let zone = &rules.config.calendar.zone;
    let (typed, _) = declaration::read(&document, zone, Some(id.as_str())).ok()?;
    let (declaration, _) = with_template(&rules.config, typed);
    let here = declaration.targets.is_empty()
        || declaration.targets.iter().any(|target| {
            target
                .environment
                .as_ref()
                .is_none_or(|environment| environment == &asked.environment)
        });
    (here && declaration.window.start.is_some() && declaration.window.end.is_some())
        .then_some(Other { id, declaration })
}

/// Puts the changes of `all` that are closer than the buffer and need the same into `facts`.
/// Those of the same deployment are carried out together, and a change that one of the two names
/// under `depends_on` was planned with it.
pub(super) fn collisions(
    facts: &mut ScheduleFacts,
    rules: &InForce,
    asked: &Asked,
    at: Moment,
    (id, completed): (&ChangeId, &Declaration),
    all: &[Other],
    together: &BTreeSet<ChangeId>,
) {
    // Half a window is open on its other side.
    let start = completed.window.start.unwrap_or(at);
    let buffer = rules.buffer_seconds();
    let mut found: Vec<(i64, Collision)> = Vec::new();
    for other in all {
        let planned = completed.depends_on.contains(&other.id) || other.declaration.depends_on.contains(id);
        if &other.id == id || together.contains(&other.id) || planned {
            continue;
        }
        let window = &other.declaration.window;
        let (Some(from), Some(to)) = (window.start, window.end) else {
            continue;
        };
        let after = completed
            .window
            .end
            .map_or(i64::MIN, |end| from.seconds_since(end));
        let gap = after.max(start.seconds_since(to));
        // What is over by its own window and was never carried out stands in nobody's way.
        if gap >= buffer || to < at {
            continue;
        }
        if let Some((on, name)) = shared(rules, &asked.service, completed, &other.declaration) {
            found.push((
                gap,
                Collision {
                    change: other.id.clone(),
                    on: on.to_owned(),
                    name,
                    start: from,
                    end: to,
                },
            ));
        }
    }
    found.sort_by(|a, b| (a.0, &a.1.change).cmp(&(b.0, &b.1.change)));
    facts.collisions_count = found.len() as u64;
    facts.collisions = found.into_iter().map(|(_, one)| one).take(MOST_HITS).collect();
}

/// What two changes both need.
fn shared(
    rules: &InForce,
    service: &ServiceKey,
    one: &Declaration,
    other: &Declaration,
) -> Option<(&'static str, String)> {
    let same_person = one.roles.executor.is_some() && one.roles.executor == other.roles.executor;
    let services = services_of(other, service);
    let things = |declaration: &Declaration| -> Vec<String> {
        let targets = declaration.targets.iter();
        let named = |t: &crate::change::Target| {
            let resource = t.resource.as_ref().map(|text| text.trim().to_lowercase());
            resource.or_else(|| t.area.as_ref().map(|area| area.to_string()))
        };
        targets.filter_map(named).collect()
    };
    let (own, theirs) = (things(one), things(other));
    if let Some(thing) = own.iter().find(|thing| theirs.contains(thing)) {
        return Some(("target", thing.clone()));
    }
    // Who names nothing in particular means the whole service.
    if services.contains(service) && (own.is_empty() || theirs.is_empty()) {
        return Some(("target", service.to_string()));
    }
    if let Some(needed) = services.iter().find(|other| needs(rules, service, other)) {
        return Some(("dependency", needed.to_string()));
    }
    let person = one.roles.executor.as_ref().filter(|_| same_person)?;
    Some(("executor", person.to_string()))
}

/// The services of a declaration; the one that is judged where it names none.
fn services_of(declaration: &Declaration, service: &ServiceKey) -> BTreeSet<ServiceKey> {
    let named: BTreeSet<ServiceKey> = declaration
        .targets
        .iter()
        .filter_map(|t| t.service.clone())
        .collect();
    if named.is_empty() {
        BTreeSet::from([service.clone()])
    } else {
        named
    }
}

/// Whether one of two services needs the other.
fn needs(rules: &InForce, one: &ServiceKey, other: &ServiceKey) -> bool {
    let on = |a: &ServiceKey, b: &ServiceKey| {
        let service = rules.config.services.get(a);
        service.is_some_and(|service| service.depends_on.contains(b))
    };
    one != other && (on(one, other) || on(other, one))
}
