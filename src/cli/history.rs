//! `sekisho history` and `sekisho show`: what happened, from the log.

use std::collections::BTreeSet;

use sekisho::change::{ChangeId, Message, Moment, PersonKey};
use sekisho::config::Config;
use sekisho::ledger::Trust;
use sekisho::ledger::body::Fields;
use sekisho::report::history::{self as page, HistoryView, RollbackBrief, Row};
use sekisho::report::{People, Title};
use sekisho::usecases::{self, InForce, LogView};

use super::args::{Format, Global, HistoryArgs, ShowArgs};
use super::exit::{Ended, Failure};
use super::gate::open;
use super::output::Output;
use super::{rules, search, show, show_record, view, why};
use crate::wire::{Access, Wiring};

/// Lists records.
pub(super) async fn history(global: &Global, output: &Output, args: &HistoryArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    let log = usecases::read_log(wiring.ports()).await?;
    let config = any_config(&wiring, &log);
    let found = search::find(&wiring, output, &log, config.as_ref(), args).await?;
    let seqs: BTreeSet<u64> = found.seqs.iter().copied().collect();
    let rows = usecases::history(wiring.ports(), &log, &|row| seqs.contains(&row.seq)).await?;
    let rows: Vec<Row> = rows.iter().map(|row| line(row, config.as_ref())).collect();
    let view = HistoryView {
        total: found.total,
        older: rows.first().map(|row| row.seq).filter(|_| found.older),
        rows,
        people: people(config.as_ref()),
    };
    output.data(&match output.format {
        Format::Text => page::text(&output.wording, &view, output.look()),
        Format::Markdown => page::markdown(&output.wording, &view),
        Format::Json | Format::Sarif => format!("{:#}", page::json(&view)),
    });
    if let (Some(before), Format::Text) = (view.older, output.format) {
        output.tell(&Message::new("history-older").with("before", before));
    }
    Ok(Ended::done())
}

/// Shows one change, rule or record.
pub(super) async fn show(global: &Global, output: &Output, args: &ShowArgs) -> Result<Ended, Failure> {
    if args.why {
        return why::recorded(global, output, &args.what).await;
    }
    if let Ok(id) = args.what.parse::<ChangeId>() {
        let wiring = open(global, output, Access::Read).await?;
        let log = usecases::read_log(wiring.ports()).await?;
        let config = any_config(&wiring, &log);
        return show::change(output, &wiring, &log, config.as_ref(), &id).await;
    }
    if let Ok(seq) = args.what.trim_start_matches('#').parse::<u64>() {
        let wiring = open(global, output, Access::Read).await?;
        return show_record::record(output, &wiring, seq).await;
    }
    rules::show(global, output, &args.what)
}

/// The configuration at any authorised state, for names and the time zone; a history can be
/// read without.
pub(super) fn any_config(wiring: &Wiring, log: &LogView) -> Option<Config> {
    let ((service, _), state) = log.standing.states.iter().next()?;
    let rules = InForce::at(&wiring.repository, &state.head, service.as_str()).ok()?;
    Some(rules.config)
}

/// The names of people, as far as they are known.
pub(super) fn people(config: Option<&Config>) -> People {
    People(config.map(view::names).unwrap_or_default())
}

/// A moment as the configured calendar shows it.
pub(super) fn local(at: Moment, config: Option<&Config>) -> Moment {
    config.map_or(at, |config| at.shown_in(&config.calendar.zone))
}

/// How it is known who acted.
pub(super) fn channel(row: &usecases::Row) -> String {
    let body = Fields(&row.body);
    match (body.text("channel"), row.trust) {
        (Some("attested"), _) => "attested",
        (_, Trust::Signed) => "signed",
        (_, Trust::Unsigned) => "unsigned",
        (_, Trust::Unchecked | Trust::Account) => "unchecked",
    }
    .to_owned()
}

/// Whether a title is there, and if not, why.
pub(super) fn title(row: &usecases::Row) -> Option<Title> {
    match &row.title {
        usecases::Title::Text(text) => Some(Title::Text(text.clone())),
        usecases::Title::Redacted(by) => Some(Title::Redacted(*by)),
        usecases::Title::NotFetched => Some(Title::NotFetched),
        usecases::Title::None => None,
    }
}

fn line(row: &usecases::Row, config: Option<&Config>) -> Row {
    let body = Fields(&row.body);
    // What a decision says about its only change is shown as the record's own.
    let first = body
        .list("changes")
        .and_then(|c| c.first())
        .and_then(|c| c.as_object());
    let change = first.map(Fields);
    let text = |key: &str| body.text(key).or_else(|| change?.text(key)).map(str::to_owned);
    let person = |key: &str| body.person(key).or_else(|| change?.person(key));
    let several = row.changes.len();
    let named = row.changes.first().map(|id| match several {
        0 | 1 => id.to_string(),
        more => format!("{id} +{}", more - 1),
    });
    let approvers: Vec<PersonKey> = match body.person("approver") {
        Some(approver) => vec![approver],
        None => change
            .and_then(|c| c.list("approvers"))
            .unwrap_or_default()
            .iter()
            .filter_map(|p| p.as_str()?.strip_prefix("person:").map(PersonKey::from))
            .collect(),
    };
    let areas = change.and_then(|c| c.list("areas")).unwrap_or_default();
    Row {
        seq: row.seq,
        at: local(row.at, config),
        said: body
            .text("occurred")
            .and_then(|said| said.parse().ok())
            .map(|said| local(said, config)),
        act: row.act.clone(),
        change: named,
        change_type: text("type"),
        kind: text("kind"),
        service: text("service"),
        environment: text("environment"),
        areas: areas
            .iter()
            .filter_map(|a| a.as_str().map(str::to_owned))
            .collect(),
        risk: text("risk"),
        executor: person("executor"),
        approvers,
        decider: person("decider"),
        rollback: text("strategy").map(|strategy| RollbackBrief {
            strategy,
            seconds: change.and_then(|c| c.number("rollback_seconds")),
        }),
        codes: codes(row),
        outcome: text("outcome"),
        deviation: row.body.get("deviation") == Some(&true.into()),
        by: row.person.clone().unwrap_or_default(),
        channel: Some(channel(row)),
        title: title(row),
    }
}

/// The codes that fired in a decision, the stopping ones first, or the rule of an exception.
pub(super) fn codes(row: &usecases::Row) -> Vec<String> {
    if let ("exception.granted" | "exception.withdrawn", Some(rule)) =
        (row.act.as_str(), Fields(&row.body).text("rule"))
    {
        return vec![rule.to_owned()];
    }
    let Some(codes) = row.body.get("codes").and_then(|c| c.as_object()) else {
        return Vec::new();
    };
    ["deny", "oblige", "warn"]
        .iter()
        .filter_map(|effect| codes.get(*effect)?.as_array())
        .flatten()
        .filter_map(|code| code.as_str().map(str::to_owned))
        .collect()
}
