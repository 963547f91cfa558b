//! Where an emergency stands: whom to call next, who has answered, and what may start.

use crate::change::{ChangeId, Message, Moment, PersonKey};
use crate::config::Config;
use crate::dossier::LiveApproval;
use crate::ledger::{Emergency, NO_ANSWER};
use crate::usecases::{LogView, Stop};

use super::answers::answers;
use super::facts::{ended, expires, route, seconds};

/// Somebody on the route, and whether it is their turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Who.
    pub person: PersonKey,
    /// What they said last: `approved`, `refused`, `no_answer`; empty: they were not called.
    pub result: String,
    /// When they were called last.
    pub at: Option<Moment>,
    /// From when on they may be called; `None`: they were called.
    pub from: Option<Moment>,
}

/// Where an emergency stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// When it was declared.
    pub declared: Moment,
    /// When it expires.
    pub expires: Moment,
    /// Seconds until then.
    pub seconds_left: i64,
    /// When it was ended.
    pub ended: Option<Moment>,
    /// What is done.
    pub measure: String,
    /// Whether that may start when nobody answers.
    pub listed: bool,
    /// The route, in order.
    pub calls: Vec<Call>,
    /// Who said yes.
    pub live: Vec<LiveApproval>,
    /// Who said no.
    pub refused: Vec<PersonKey>,
    /// Whether everyone was told.
    pub told: bool,
}

impl Situation {
    /// Who is called next.
    pub fn next(&self) -> Option<&Call> {
        self.calls.iter().find(|call| call.from.is_some())
    }

    /// Whether everybody was called.
    pub fn exhausted(&self) -> bool {
        !self.calls.is_empty() && self.next().is_none()
    }
}

/// Where the emergency `id` stands.
///
/// # Errors
/// [`Stop::Request`] when the log knows none of this number.
pub fn situation(view: &LogView, config: &Config, id: &ChangeId, at: Moment) -> Result<Situation, Stop> {
    let known = find(view, id)?;
    let zone = &config.calendar.zone;
    let expires = expires(known, config)?.shown_in(zone);
    let settings = &config.emergency;
    let said = answers(view, known, id, config, at);
    Ok(Situation {
        declared: known.at.shown_in(zone),
        expires,
        seconds_left: expires.seconds_since(at),
        ended: ended(known, config),
        measure: known.measure.clone(),
        listed: settings.without_live_approval && settings.listed_measures.contains(&known.measure),
        calls: calls(known, config, at),
        live: said.live,
        refused: said.refused,
        told: known.told,
    })
}

/// The emergency of this number.
///
/// # Errors
/// [`Stop::Request`] when the log knows none.
pub(super) fn find<'a>(view: &'a LogView, id: &ChangeId) -> Result<&'a Emergency, Stop> {
    let known = view.standing.emergencies.get(id);
    known.ok_or_else(|| Stop::Request(Message::new("error-emergency-unknown").with("change", id)))
}

fn calls(known: &Emergency, config: &Config, at: Moment) -> Vec<Call> {
    let zone = &config.calendar.zone;
    let wait = seconds(config.emergency.wait_per_level);
    let mut from = known.at;
    let mut calls = Vec::new();
    for level in route(known, config, at) {
        let last = known
            .attempts
            .iter()
            .rev()
            .find(|attempt| attempt.called == level.person);
        let first = known
            .attempts
            .iter()
            .find(|attempt| attempt.called == level.person);
        let again = level.early && last.is_some_and(|last| last.result == NO_ANSWER);
        calls.push(Call {
            result: last.map(|attempt| attempt.result.clone()).unwrap_or_default(),
            at: last.map(|attempt| attempt.at.shown_in(zone)),
            from: (last.is_none() || again).then(|| from.shown_in(zone)),
            person: level.person,
        });
        from = match (first.filter(|_| !again), last) {
            (Some(_), Some(last)) if last.result != NO_ANSWER => from.max(last.at),
            (Some(first), _) => from.max(first.at.plus_seconds(wait)),
            // Whoever is not called yet is called first, and waited for.
            (None, _) => from.max(at).plus_seconds(wait),
        };
    }
    calls
}
