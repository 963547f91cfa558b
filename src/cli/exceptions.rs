//! The exceptions of one change, from its records.

use sekisho::change::Moment;
use sekisho::config::Config;
use sekisho::ledger::body::Fields;
use sekisho::report::show::ExceptionLine;
use sekisho::usecases::{LogView, Row};

use super::history::{channel, local};

/// Every exception that was granted, also those that were taken back or have ended.
pub(super) fn lines(log: &LogView, config: Option<&Config>, rows: &[Row], now: Moment) -> Vec<ExceptionLine> {
    let granted = rows.iter().filter(|row| row.act == "exception.granted");
    granted
        .filter_map(|row| {
            let body = Fields(&row.body);
            let until: Moment = body.text("until")?.parse().ok()?;
            let stands = log.standing.grants.iter().any(|grant| grant.seq == row.seq);
            let state = match (stands, now < until) {
                (false, _) => "withdrawn",
                (true, false) => "expired",
                (true, true) => "granted",
            };
            Some(ExceptionLine {
                rule: body.text("rule")?.to_owned(),
                person: row.person.clone().unwrap_or_default(),
                at: local(row.at, config),
                until: local(until, config),
                channel: channel(row),
                reason: log.reasons.get(&row.seq).cloned(),
                state: state.to_owned(),
                seq: row.seq,
            })
        })
        .collect()
}
