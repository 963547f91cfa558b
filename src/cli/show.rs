//! One change, one rule or one record as a page.

use serde_json::Value;

use sekisho::change::{ChangeId, Message, Moment};
use sekisho::config::Config;
use sekisho::dossier::{Change, Obligation};
use sekisho::ledger::body::Fields;
use sekisho::ports::Repository as _;
use sekisho::report::Title;
use sekisho::report::show::{
    self as page, ApprovalLine, DecisionLine, ExecutionLine, RecordLine, RollbackLine, ShowView,
};
use sekisho::usecases::{self, LogView, Row, Stop};

use super::args::Format;
use super::exceptions;
use super::exit::{Ended, Failure};
use super::history::{channel, codes, local, people};
use super::output::Output;
use super::show_now::current;
use crate::wire::Wiring;

/// Shows everything about one change.
pub(super) async fn change(
    output: &Output,
    wiring: &Wiring,
    log: &LogView,
    config: Option<&Config>,
    id: &ChangeId,
) -> Result<Ended, Failure> {
    let known = usecases::show(wiring.ports(), log, id).await?;
    let current = current(wiring, log, id);
    if known.is_none() && current.is_none() {
        return Err(Stop::Request(unrecorded(wiring, config, id)));
    }
    let (rows, judged) = known.map_or((Vec::new(), None), |page| (page.rows, page.last));
    let now = Moment::new(wiring.now, &jiff::tz::TimeZone::UTC);
    let last = current.as_ref().map(|current| &current.change);
    let mut view = fill(log, config, (id, now), &rows, last.or(judged.as_ref()));
    if current.is_some_and(|current| current.approved) {
        view.phase = Some("approved".to_owned());
    }
    output.data(&match output.format {
        Format::Text => page::text(&output.wording, &view, output.look()),
        Format::Markdown => page::markdown(&output.wording, &view),
        Format::Json | Format::Sarif => format!("{:#}", page::json(&view)),
    });
    Ok(Ended::done())
}

/// Why there is no page: nobody knows the number, or its file brings nothing that could be judged.
fn unrecorded(wiring: &Wiring, config: Option<&Config>, id: &ChangeId) -> Message {
    let name = format!("/{id}.yml");
    let file = config.and_then(|config| {
        let head = wiring.repository.resolve("HEAD").ok()?;
        let files = wiring.repository.list(&head, &config.paths.changes).ok()?;
        files.into_iter().find(|file| file.ends_with(&name))
    });
    match file {
        Some(file) => Message::new("error-show-unrecorded")
            .with("what", id)
            .with("file", file),
        None => Message::new("error-show-unknown").with("what", id),
    }
}

fn fill(
    log: &LogView,
    config: Option<&Config>,
    (id, now): (&ChangeId, Moment),
    rows: &[Row],
    last: Option<&Change>,
) -> ShowView {
    let text = |name: &str| last.and_then(|c| c.declaration.get(name)?.as_str().map(str::to_owned));
    let recorded = rows.iter().rev().find_map(super::history::title);
    let title = recorded
        .or_else(|| text("title").map(Title::Text))
        .unwrap_or(Title::NotFetched);
    let verdict = log.standing.last_allowed(id, None);
    let place = rows
        .iter()
        .rev()
        .map(|row| Fields(&row.body))
        .find(|body| body.text("service").is_some());
    let outcome = log
        .standing
        .executions_of(id, None)
        .last()
        .and_then(|e| e.outcome.clone());
    ShowView {
        id: id.clone(),
        title,
        reason: text("reason").map(Title::Text),
        change_type: last.map_or("normal", |c| c.change_type.as_str()).to_owned(),
        kind: text("kind"),
        risk: last.map(|c| c.risk.as_str().to_owned()),
        service: place.and_then(|p| p.text("service")).map(str::to_owned),
        environment: place.and_then(|p| p.text("environment")).map(str::to_owned),
        areas: last
            .map(|c| c.facts.areas.iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
        phase: Some(phase(log, id).to_owned()),
        place: last.map(|c| c.place.clone()),
        requester: last.and_then(|c| c.roles.requester.clone()),
        executor: last
            .and_then(|c| c.roles.executor.clone())
            .or_else(|| verdict.map(|v| v.actor.clone())),
        approvers: last.map(|c| c.roles.approvers.clone()).unwrap_or_default(),
        verifier: last.and_then(|c| c.roles.verifier.clone()),
        approvals: approvals(log, config, id, (rows, last)),
        exceptions: exceptions::lines(log, config, rows, now),
        rollback: last.and_then(rollback),
        decisions: rows.iter().filter_map(|row| decision(row, config)).collect(),
        executions: executions(rows, config),
        outcome,
        obligations: open_of(log, config, id, now),
        records: rows
            .iter()
            .map(|row| RecordLine {
                seq: row.seq,
                at: local(row.at, config),
                act: row.act.clone(),
                by: row.person.clone().unwrap_or_default(),
                channel: Some(channel(row)),
            })
            .collect(),
        people: people(config),
    }
}

/// Where a change is in its life, as far as the log says.
fn phase(log: &LogView, id: &ChangeId) -> &'static str {
    let execution = log.standing.executions_of(id, None).last();
    match execution {
        Some(e) if e.finished.is_some() => "executed",
        Some(e) if e.started.is_some() => "in_progress",
        Some(_) => "approved",
        None => "declared",
    }
}

/// Acts that name the change, and those on the content of a derived one.
fn approvals(
    log: &LogView,
    config: Option<&Config>,
    id: &ChangeId,
    (rows, last): (&[Row], Option<&Change>),
) -> Vec<ApprovalLine> {
    use sekisho::ledger::{ActKind, Trust};
    let counts = |person: &sekisho::change::PersonKey| {
        last.is_some_and(|c| c.approvals.iter().any(|a| &a.person == person))
    };
    let of_content = |act: &sekisho::ledger::Act| {
        last.is_some_and(|c| {
            act.declaration == c.digest && c.units.iter().any(|u| act.content.contains(&u.content))
        })
    };
    log.standing
        .acts
        .iter()
        .filter(|act| act.change.as_ref() == Some(id) || of_content(act))
        .map(|act| ApprovalLine {
            person: act.person.clone(),
            kind: match act.kind {
                ActKind::Approve => "approve",
                ActKind::Object => "object",
                ActKind::Withdraw => "withdraw",
            }
            .to_owned(),
            channel: match (act.attested(), act.trust) {
                _ if act.revoked.is_some() => "revoked",
                (true, _) => "attested",
                (false, Trust::Signed) => "signed",
                (false, _) => "unsigned",
            }
            .to_owned(),
            at: local(act.at, config),
            by: act.attested().then(|| act.by.to_string()),
            seq: Some(act.seq),
            stands: act.kind == ActKind::Object || counts(&act.person),
            evidence: evidence(rows, act.seq),
        })
        .collect()
}

/// The note that shows an approval; `None` where the record has none.
fn evidence(rows: &[Row], seq: u64) -> Option<Title> {
    let row = rows.iter().find(|row| row.seq == seq)?;
    let Some(bytes) = row.documents.get("note") else {
        return match row.body.get("channel").and_then(Value::as_str) {
            Some("attested") => Some(Title::NotFetched),
            _ => None,
        };
    };
    let note: Value = serde_json::from_slice(bytes).ok()?;
    let text = note.get("evidence").or_else(|| note.get("reason"))?.as_str()?;
    Some(Title::Text(text.to_owned()))
}

fn rollback(change: &Change) -> Option<RollbackLine> {
    let plan = change.declaration.get("rollback")?.as_object()?;
    let text = |name: &str| plan.get(name).and_then(Value::as_str).map(str::to_owned);
    let list = |name: &str| -> Vec<String> {
        match plan.get(name) {
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(|i| i.as_str().map(str::to_owned))
                .collect(),
            Some(Value::String(one)) => vec![one.clone()],
            _ => Vec::new(),
        }
    };
    let inside = |name: &str, key: &str| plan.get(name)?.get(key)?.as_str().map(str::to_owned);
    Some(RollbackLine {
        strategy: text("strategy"),
        steps: list("steps"),
        to: text("to"),
        decider: text("decider").map(Into::into),
        alternate: text("decider_alternate").map(Into::into),
        criteria: list("criteria"),
        decide_by: text("decide_by").and_then(|t| t.parse().ok()),
        seconds: Some(change.facts.rollback_seconds).filter(|s| *s > 0),
        tested: tested(plan.get("tested")),
        data_correction: text("data_correction"),
        until: change
            .declaration
            .get("reversible_until")
            .and_then(|until| until.as_str()?.parse().ok()),
        point_of_no_return: text("point_of_no_return"),
        forward_fix: inside("forward_fix", "plan"),
        forward_fix_owner: inside("forward_fix", "owner").map(Into::into),
        backup: inside("backup", "ref"),
        restore_tested: inside("backup", "restore_tested"),
    })
}

/// A day, or a day with where it can be seen.
fn tested(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    match (value.as_str(), text("at"), text("evidence")) {
        (Some(day), _, _) => Some(day.to_owned()),
        (None, Some(day), Some(evidence)) => Some(format!("{day} ({evidence})")),
        (None, day, _) => day.map(str::to_owned),
    }
}

fn decision(row: &Row, config: Option<&Config>) -> Option<DecisionLine> {
    if !matches!(row.act.as_str(), "deploy.allowed" | "deploy.denied") {
        return None;
    }
    let body = Fields(&row.body);
    Some(DecisionLine {
        seq: row.seq,
        at: local(row.at, config),
        word: body.text("word").unwrap_or_default().to_owned(),
        codes: codes(row),
        head: body.text("head").map(str::to_owned),
    })
}

/// Starts and ends, paired by the decision that they carry out.
fn executions(rows: &[Row], config: Option<&Config>) -> Vec<ExecutionLine> {
    let mut lines: Vec<(u64, ExecutionLine)> = Vec::new();
    for row in rows {
        let body = Fields(&row.body);
        let Some(decision) = body.number("decision") else {
            continue;
        };
        let by = row.person.clone().unwrap_or_default();
        if row.act == "deploy.started" {
            lines.push((
                decision,
                ExecutionLine {
                    started: Some(row.seq),
                    started_at: Some(local(row.at, config)),
                    finished: None,
                    finished_at: None,
                    by,
                    outcome: None,
                    deviation: None,
                },
            ));
        } else if row.act == "deploy.finished" {
            let outcome = body.text("outcome").map(str::to_owned);
            let deviation = deviation(row);
            let open = lines
                .iter_mut()
                .rev()
                .find(|(d, line)| *d == decision && line.finished.is_none());
            let finished_at = Some(local(row.at, config));
            match open {
                Some((_, line)) => {
                    line.finished = Some(row.seq);
                    line.finished_at = finished_at;
                    line.outcome = outcome;
                    line.deviation = deviation;
                }
                None => lines.push((
                    decision,
                    ExecutionLine {
                        started: None,
                        started_at: None,
                        finished: Some(row.seq),
                        finished_at,
                        by,
                        outcome,
                        deviation,
                    },
                )),
            }
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// What was done differently; its text may be gone while the record stays.
fn deviation(row: &Row) -> Option<Title> {
    row.body.get("deviation")?;
    let note = row.documents.get("note");
    let note = note.and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
    let text = note.as_ref().and_then(|note| note.get("deviation")?.as_str());
    Some(match (text, &row.title) {
        (Some(text), _) => Title::Text(text.to_owned()),
        (None, usecases::Title::Redacted(by)) => Title::Redacted(*by),
        (None, _) => Title::NotFetched,
    })
}

fn open_of(log: &LogView, config: Option<&Config>, id: &ChangeId, now: Moment) -> Vec<Obligation> {
    log.standing
        .open
        .iter()
        .filter(|open| open.change.as_ref() == Some(id))
        .map(|open| Obligation {
            change: open.change.clone(),
            kind: open.kind.clone(),
            owner: open.owner.clone(),
            due: local(open.due, config),
            overdue: open.due < now,
            opened_by: Some(open.seq),
            content: open.content,
        })
        .collect()
}
