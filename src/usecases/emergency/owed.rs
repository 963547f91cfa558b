//! What an emergency leaves to do, each with its day; and what of it later changes wait for.

use crate::change::{ChangeType, Kind, Moment, Period, PersonKey, ServiceKey};
use crate::config::Config;
use crate::dossier::{Change, Dossier, MOST_HITS, Obligation, Owed, RequestKind};
use crate::ledger::{CONFIRMATION, Open, REMEDIATION};

use crate::usecases::work_facts::unknown_year;
use crate::usecases::{InForce, LogView, Stop};

/// Everyone has to be told within this time, in seconds.
const TOLD_WITHIN: i64 = 5 * 60;

/// Work that later changes wait for as soon as it is overdue.
const GRAVE: [&str; 4] = [CONFIRMATION, "record", REMEDIATION, "retro_approval"];

/// Work that they wait for after a time of grace.
const REVIEW: &str = "review";

/// Sorts of work that live in code somewhere, so that what was done by hand has to come back there.
const CODED: [Kind; 7] = [
    Kind::Config,
    Kind::Infrastructure,
    Kind::Dns,
    Kind::Cdn,
    Kind::Waf,
    Kind::Job,
    Kind::Monitoring,
];

/// What a pass of this dossier opens besides its outcome. What is open already is not opened again.
///
/// # Errors
/// [`Stop::Unavailable`] when the calendar does not know a day.
pub(in crate::usecases) fn emergency_owed(
    rules: &InForce,
    dossier: &Dossier,
) -> Result<Vec<Obligation>, Stop> {
    let mut all = Vec::new();
    if dossier.request.kind == RequestKind::Rollback {
        return Ok(all);
    }
    for change in &dossier.changes {
        let owing = Owing {
            config: &rules.config,
            dossier,
            change,
        };
        if change.change_type == ChangeType::Emergency {
            all.extend(owing.emergency()?);
        }
        all.extend(owing.temporary()?);
    }
    Ok(all)
}

struct Owing<'a> {
    config: &'a Config,
    dossier: &'a Dossier,
    change: &'a Change,
}

impl Owing<'_> {
    fn emergency(&self) -> Result<Vec<Obligation>, Stop> {
        let (facts, due, at) = (&self.change.facts.emergency, &self.config.due, self.dossier.at);
        let declared: Moment = facts.declared_at.parse().unwrap_or(at);
        let executor = self.executor();
        let decider = self.decider();
        let first = facts.executions == 0;
        let mut all = Vec::new();
        if first && !facts.told {
            let end = declared.plus_seconds(TOLD_WITHIN);
            all.push(self.opens("told", &executor, end));
        }
        if first && facts.live.is_empty() && !facts.acknowledged {
            let asked = facts.route.first().map_or(&decider, |level| &level.person);
            all.push(self.opens("ack", asked, self.due(at, due.ack)?));
        }
        for live in facts.live.iter().filter(|live| live.attested) {
            let end = self.due(live.at, self.config.approval.confirm_due)?;
            all.push(self.opens(CONFIRMATION, &live.person, end));
        }
        if first && !facts.completed {
            all.push(self.opens("record", &executor, self.due(declared, due.record)?));
        }
        let soon = self.due(at, due.retro_approval)?;
        let end = soon.min(self.due(at, due.retro_approval_max)?);
        all.push(self.opens("retro_approval", &decider, end));
        if first {
            all.push(self.opens(REVIEW, &decider, self.due(at, due.review)?));
        }
        if first && self.by_hand_in_code() {
            all.push(self.opens("back_to_code", &executor, self.due(at, due.back_to_code)?));
        }
        Ok(all.into_iter().flatten().collect())
    }

    /// What is not meant to stay goes by a day.
    fn temporary(&self) -> Result<Option<Obligation>, Stop> {
        let said = self
            .change
            .declaration
            .get("temporary")
            .and_then(|t| t.get("remove_by"));
        let Some(until) = said.and_then(|by| by.as_str()?.parse::<Moment>().ok()) else {
            return Ok(None);
        };
        let most = self.due(self.dossier.at, self.config.due.temporary)?;
        Ok(self.opens("temporary", &self.executor(), until.min(most)))
    }

    fn by_hand_in_code(&self) -> bool {
        let kind = self.change.declaration.get("kind").and_then(|kind| kind.as_str());
        let kind = kind.and_then(|kind| kind.parse::<Kind>().ok());
        self.change.units.is_empty() && kind.is_some_and(|kind| CODED.contains(&kind))
    }

    fn executor(&self) -> PersonKey {
        let named = self.change.roles.executor.clone();
        named.unwrap_or_else(|| self.dossier.request.actor.clone())
    }

    /// Who decides afterwards: whom the declaration names, if they may, else the first who may.
    fn decider(&self) -> PersonKey {
        let able = &self.change.facts.emergency.retro;
        let named = self
            .change
            .roles
            .approvers
            .iter()
            .find(|person| able.contains(person));
        named.or(able.first()).cloned().unwrap_or_else(|| self.executor())
    }

    fn due(&self, from: Moment, period: Period) -> Result<Moment, Stop> {
        self.config.calendar.due(from, period).map_err(unknown_year)
    }

    /// `None` where the same is open already.
    fn opens(&self, kind: &str, owner: &PersonKey, due: Moment) -> Option<Obligation> {
        let same = |open: &Obligation| {
            let own = open.kind != CONFIRMATION || &open.owner == owner;
            open.kind == kind && own && open.change.as_ref() == Some(&self.change.id)
        };
        if self.dossier.standing.obligations.iter().any(same) {
            return None;
        }
        Some(Obligation {
            change: Some(self.change.id.clone()),
            kind: kind.to_owned(),
            owner: owner.clone(),
            due: due.shown_in(&self.config.calendar.zone),
            overdue: false,
            opened_by: None,
            content: None,
        })
    }
}

/// What of the service's open work later changes may have to wait for, the overdue first: however much
/// is open, nothing that stops is left out of sight.
pub(in crate::usecases) fn owed(
    view: &LogView,
    config: &Config,
    service: &ServiceKey,
    at: Moment,
) -> Vec<Owed> {
    let open = view.standing.open.iter().filter(|open| &open.service == service);
    let mut all: Vec<Owed> = open.filter_map(|open| one(config, open, at)).collect();
    all.sort_by_key(|owed| (!["overdue", "rejected"].contains(&owed.state.as_str()), owed.due));
    all.truncate(MOST_HITS);
    all
}

fn one(config: &Config, open: &Open, at: Moment) -> Option<Owed> {
    let grave = GRAVE.contains(&open.kind.as_str());
    if !grave && open.kind != REVIEW {
        return None;
    }
    let state = if open.kind == REMEDIATION {
        // What somebody said no to stands still until it is put right, whatever the day.
        "rejected"
    } else if at <= open.due {
        "open"
    } else if grave {
        "overdue"
    } else {
        // A day that no calendar knows is over.
        let grace = config.calendar.due(open.due, config.due.review_grace);
        match grace {
            Ok(end) if at <= end => "grace",
            _ => "overdue",
        }
    };
    Some(Owed {
        change: open.change.as_ref().map(ToString::to_string).unwrap_or_default(),
        kind: open.kind.clone(),
        owner: open.owner.clone(),
        due: open.due.shown_in(&config.calendar.zone),
        state: state.to_owned(),
    })
}
