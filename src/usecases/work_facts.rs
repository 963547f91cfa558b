//! What is known about a change beyond its own text: its template's record, its procedure, the
//! calendar, and how it ended before.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::change::{ChangeId, Declaration, Digest, Message, Moment};
use crate::dossier::coverage::Outside;
use crate::dossier::{Origin, ProcedureFacts, ScheduleFacts, TemplateFacts};

use super::calendar_facts::{empty, schedule};
use super::collect_change::Material;
use super::expected::files;
use super::others::{Other, collisions, others};
use super::template_facts::template;
use super::template_record::{TemplateRecord, template_record};
use super::{Asked, InForce, LogView, Ports, Stop};

/// What the changes of one deployment share, read when it is first needed.
#[derive(Default)]
pub(super) struct Shelf {
    /// The changes of this deployment: they are carried out together.
    pub together: BTreeSet<ChangeId>,
    others: OnceCell<Vec<Other>>,
    record: OnceCell<TemplateRecord>,
    globs: Outside,
}

impl Shelf {
    /// The shelf of a deployment of these changes.
    pub(super) fn of<'a>(materials: impl IntoIterator<Item = &'a Material>) -> Self {
        Self {
            together: materials.into_iter().map(|m| m.id.clone()).collect(),
            ..Self::default()
        }
    }
}

/// What was found out about one change.
pub(super) struct Known {
    pub ended: String,
    pub procedure: ProcedureFacts,
    pub schedule: ScheduleFacts,
    pub template: TemplateFacts,
}

/// Finds all of it out.
///
/// # Errors
/// [`Stop`] when repository, calendar or log cannot be read.
#[allow(clippy::too_many_arguments)]
pub(super) fn gather(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    at: Moment,
    material: &Material,
    completed: &Declaration,
    shelf: &Shelf,
) -> Result<Known, Stop> {
    let exists = |path: &str| {
        let file = ports.repository.read(&asked.head, path)?;
        Ok::<bool, Stop>(file.is_some())
    };
    // Nothing that the calendar does not know holds up the way back.
    let back = asked.rollback_of.as_ref() == Some(&material.id);
    let mut schedule = match schedule(view, rules, &asked.service, at, material, completed) {
        Err(_) if back => empty(at),
        schedule => schedule?,
    };
    if completed.window.start.is_some() || completed.window.end.is_some() {
        let all = read_once(&shelf.others, || others(ports, view, rules, asked))?;
        collisions(
            &mut schedule,
            rules,
            asked,
            at,
            (&material.id, completed),
            all,
            &shelf.together,
        );
    }
    let template = match &completed.template {
        None => TemplateFacts::default(),
        Some(_) => {
            let record = read_once(&shelf.record, || template_record(ports, view, rules, asked))?;
            match template(rules, asked, at, material, completed, record, &shelf.globs) {
                Err(_) if back => TemplateFacts::default(),
                template => drifted(ports, view, rules, asked, material, template?)?,
            }
        }
    };
    // What a template makes of commits has no declaration that could be written anew; there the
    // template itself is suspended.
    let ended = match material.origin {
        Origin::Derived => None,
        Origin::File | Origin::Log => view
            .standing
            .ended(&material.id, &asked.service, &asked.environment),
    };
    Ok(Known {
        ended: ended.unwrap_or_default().to_owned(),
        procedure: ProcedureFacts::of(completed.procedure.as_deref(), exists)?,
        schedule,
        template,
    })
}

/// For work by hand the template alone was agreed: the files that it leans on are those of the
/// authorised commit, or they say something else than it.
fn drifted(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
    material: &Material,
    mut template: TemplateFacts,
) -> Result<TemplateFacts, Stop> {
    let key = (asked.service.clone(), asked.environment.clone());
    let Some(state) = view
        .standing
        .states
        .get(&key)
        .filter(|_| material.units.is_empty() && material.chosen.is_some())
    else {
        return Ok(template);
    };
    let now = files(ports, &asked.head, &rules.config, &material.typed)?;
    let agreed = files(ports, &state.head, &rules.config, &material.typed)?;
    let fields = ["plan", "procedure", "rollback.to"];
    let of = |all: &[(&'static str, Digest)], field| all.iter().find(|(f, _)| *f == field).map(|(_, d)| *d);
    let differs = fields
        .iter()
        .filter(|field| of(&now, **field) != of(&agreed, **field));
    template
        .overrides
        .extend(differs.map(|field| (*field).to_owned()));
    Ok(template)
}

fn read_once<T>(cell: &OnceCell<T>, read: impl FnOnce() -> Result<T, Stop>) -> Result<&T, Stop> {
    if cell.get().is_none() {
        let _ = cell.set(read()?);
    }
    cell.get().ok_or_else(|| Stop::unavailable("error-log-busy"))
}

/// The holiday table ends before a day that has to be counted.
pub(super) fn unknown_year(error: crate::change::schedule::UnknownYear) -> Stop {
    Stop::Unavailable(Message::new("error-calendar").with("year", error.0))
}
