//! One change as text, Markdown and JSON: sections of lines, written down twice.

use serde_json::{Value, json};

use super::{ApprovalLine, ExecutionLine, RollbackLine, ShowView};
use crate::change::Message;
use crate::dossier::completion::LAST_STATE;
use crate::report::markdown::escape;
use crate::report::obligation::obligation;
use crate::report::{Look, Page, Wording, harmless, time};

/// A heading with its lines: a label and a text, or a text alone.
struct Section {
    heading: &'static str,
    lines: Vec<(String, String)>,
}

/// One change for a terminal or a pipe.
pub fn text(wording: &Wording, view: &ShowView, look: Look) -> String {
    let mut page = Page::new(look);
    page.line(format!(
        "{}  {}",
        page.strong(view.id.as_str()),
        view.title.say(wording)
    ));
    for section in sections(wording, view) {
        page.gap();
        page.line(page.strong(&wording.label(section.heading)));
        page.pairs(2, &section.lines);
    }
    page.finish()
}

/// One change as Markdown.
pub fn markdown(wording: &Wording, view: &ShowView) -> String {
    let mut out = format!(
        "## {} {}\n",
        escape(view.id.as_str()),
        escape(&view.title.say(wording))
    );
    for section in sections(wording, view) {
        out.push_str(&format!("\n### {}\n\n", escape(&wording.label(section.heading))));
        for (label, text) in &section.lines {
            let label = if label.is_empty() {
                String::new()
            } else {
                format!("**{}** ", escape(label))
            };
            out.push_str(&format!("- {label}{}\n", escape(text)));
        }
    }
    out
}

/// One change for programs: `sekisho/change-page/v1`, free of language.
pub fn json(view: &ShowView) -> Value {
    json!({ "schema": "sekisho/change-page/v1", "change": view })
}

fn sections(wording: &Wording, view: &ShowView) -> Vec<Section> {
    let all = [
        ("show-what", what(wording, view)),
        ("show-who", who(wording, view)),
        ("show-approvals", approvals(wording, view)),
        ("show-exceptions", exceptions(wording, view)),
        ("rollback-plan", rollback(wording, view)),
        ("show-decisions", decisions(wording, view)),
        ("show-executions", executions(wording, view)),
        ("show-obligations", obligations(wording, view)),
        ("show-records", records(wording, view)),
    ];
    all.into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(heading, lines)| Section { heading, lines })
        .collect()
}

fn what(wording: &Wording, view: &ShowView) -> Vec<(String, String)> {
    let word = |group: &str, text: &Option<String>| text.as_ref().map(|text| wording.word(group, text));
    let place = [&view.service, &view.environment]
        .into_iter()
        .flatten()
        .map(|t| harmless(t))
        .collect::<Vec<_>>();
    let areas: Vec<String> = view.areas.iter().map(|area| wording.word("kind", area)).collect();
    let pairs = [
        ("show-type", Some(wording.word("type", &view.change_type))),
        ("show-kind", word("kind", &view.kind)),
        ("show-risk", word("level", &view.risk)),
        ("history-where", (!place.is_empty()).then(|| place.join(" → "))),
        (
            "show-areas",
            (!areas.is_empty()).then(|| areas.join(&wording.label("list-separator"))),
        ),
        (
            "show-reason",
            view.reason.as_ref().map(|reason| reason.say(wording)),
        ),
        ("show-phase", word("phase", &view.phase)),
        ("show-outcome", word("outcome", &view.outcome)),
        ("show-place", view.place.as_deref().map(harmless)),
    ];
    labelled(wording, pairs)
}

fn labelled<const N: usize>(wording: &Wording, pairs: [(&str, Option<String>); N]) -> Vec<(String, String)> {
    pairs
        .into_iter()
        .filter_map(|(key, text)| Some((wording.label(key), text?)))
        .collect()
}

fn who(wording: &Wording, view: &ShowView) -> Vec<(String, String)> {
    let people = &view.people;
    let name = |key: &Option<crate::change::PersonKey>| key.as_ref().map(|key| people.name(key.as_str()));
    labelled(
        wording,
        [
            ("role-requester", name(&view.requester)),
            (
                "role-executor",
                Some(people.name_or_nobody(wording, view.executor.as_ref())),
            ),
            ("role-approver", Some(people.names(wording, &view.approvers))),
            ("role-verifier", name(&view.verifier)),
        ],
    )
}

fn approvals(wording: &Wording, view: &ShowView) -> Vec<(String, String)> {
    if view.approvals.is_empty() {
        return vec![(String::new(), wording.label("approval-none"))];
    }
    view.approvals
        .iter()
        .map(|line| {
            (
                view.people.name(line.person.as_str()),
                approval(wording, view, line),
            )
        })
        .collect()
}

/// What a person said, how, when, and whether it still counts.
fn approval(wording: &Wording, view: &ShowView, line: &ApprovalLine) -> String {
    let mut words = vec![
        wording.word("approval-kind", &line.kind),
        wording.word("channel", &line.channel),
        time::moment(wording, line.at),
    ];
    if let Some(by) = &line.by {
        words.push(wording.say(&Message::new("show-recorded-by").with("person", view.people.name(by))));
    }
    if !line.stands {
        words.push(wording.label("approval-stale"));
    }
    if let Some(seq) = line.seq {
        words.push(format!("#{seq}"));
    }
    if let Some(evidence) = &line.evidence {
        let text = evidence.say(wording);
        words.push(wording.say(&Message::new("show-evidence").with("text", text)));
    }
    words.join(" · ")
}

/// Each exception: from which rule, by whom, until when, why, and whether it has ended.
fn exceptions(wording: &Wording, view: &ShowView) -> Vec<(String, String)> {
    let each = |line: &super::ExceptionLine| {
        let key = match &line.reason {
            Some(_) => "exception-granted",
            None => "exception-granted-silent",
        };
        let mut message = Message::new(key)
            .with("until", time::moment(wording, line.until))
            .with("at", time::short(wording, line.at));
        if let Some(reason) = &line.reason {
            message = message.with("reason", reason);
        }
        let mut words = vec![view.people.name(&line.person), wording.say(&message)];
        if line.channel != "signed" {
            words.push(wording.word("channel", &line.channel));
        }
        if line.state != "granted" {
            words.push(wording.word("exception", &line.state));
        }
        words.push(format!("#{}", line.seq));
        (harmless(&line.rule), words.join(" · "))
    };
    view.exceptions.iter().map(each).collect()
}

fn rollback(wording: &Wording, view: &ShowView) -> Vec<(String, String)> {
    let Some(plan) = &view.rollback else {
        return vec![(String::new(), wording.label("rollback-none"))];
    };
    let people = &view.people;
    let decider = plan.decider.as_ref().map_or_else(
        || wording.label("rollback-no-decider"),
        |key| people.name(key.as_str()),
    );
    let mut lines = labelled(
        wording,
        [
            (
                "rollback-strategy",
                plan.strategy.as_ref().map(|word| wording.word("strategy", word)),
            ),
            ("rollback-to", plan.to.as_deref().map(|to| target(wording, to))),
            ("rollback-decider", Some(decider)),
            (
                "rollback-alternate",
                plan.alternate.as_ref().map(|key| people.name(key.as_str())),
            ),
            (
                "rollback-duration",
                plan.seconds.map(|seconds| time::duration(wording, seconds)),
            ),
            (
                "rollback-decide-by",
                plan.decide_by.map(|until| time::moment(wording, until)),
            ),
            ("rollback-tested", plan.tested.as_deref().map(harmless)),
            (
                "rollback-until",
                plan.until.map(|until| time::moment(wording, until)),
            ),
            (
                "rollback-no-return",
                plan.point_of_no_return.as_deref().map(harmless),
            ),
            ("rollback-forward-fix", forward_fix(wording, view, plan)),
            ("rollback-backup", backup(wording, plan)),
            (
                "rollback-data-correction",
                plan.data_correction.as_deref().map(harmless),
            ),
        ],
    );
    lines.extend(
        plan.criteria
            .iter()
            .map(|sign| (wording.label("rollback-criterion"), harmless(sign))),
    );
    lines.extend(plan.steps.iter().enumerate().map(|(i, step)| {
        (
            wording.say(&Message::new("rollback-step").with("n", i + 1)),
            harmless(step),
        )
    }));
    lines
}

/// What the change returns to; what the gate filled in is in the words of the reader.
fn target(wording: &Wording, to: &str) -> String {
    match to {
        LAST_STATE => wording.label("rollback-to-last-state"),
        named => harmless(named),
    }
}

/// The repair and who carries it out.
fn forward_fix(wording: &Wording, view: &ShowView, plan: &RollbackLine) -> Option<String> {
    let owner = plan
        .forward_fix_owner
        .as_ref()
        .map(|key| view.people.name(key.as_str()));
    match (plan.forward_fix.as_deref().map(harmless), owner) {
        (Some(fix), Some(person)) => {
            let message = Message::new("rollback-fixed-by").with("fix", fix);
            Some(wording.say(&message.with("person", person)))
        }
        (fix, owner) => fix.or(owner),
    }
}

/// The copy and when it was last restored.
fn backup(wording: &Wording, plan: &RollbackLine) -> Option<String> {
    match (&plan.backup, &plan.restore_tested) {
        (Some(copy), Some(day)) => {
            let message = Message::new("rollback-backup-restored").with("backup", copy);
            Some(wording.say(&message.with("day", day)))
        }
        (copy, day) => copy.as_deref().or(day.as_deref()).map(harmless),
    }
}

fn decisions(wording: &Wording, view: &ShowView) -> Vec<(String, String)> {
    let each = |line: &super::DecisionLine| {
        let mut words = vec![wording.word("decided", &line.word)];
        words.extend(line.codes.iter().map(|code| harmless(code)));
        words.extend(
            line.head
                .as_ref()
                .map(|head| harmless(&head.chars().take(12).collect::<String>())),
        );
        (
            format!("#{}", line.seq),
            format!("{} · {}", time::moment(wording, line.at), words.join(" · ")),
        )
    };
    view.decisions.iter().map(each).collect()
}

fn executions(wording: &Wording, view: &ShowView) -> Vec<(String, String)> {
    view.executions
        .iter()
        .map(|line| (view.people.name(&line.by), execution(wording, line)))
        .collect()
}

fn execution(wording: &Wording, line: &ExecutionLine) -> String {
    let mut words = Vec::new();
    for (key, at) in [
        ("show-started", line.started_at),
        ("show-finished", line.finished_at),
    ] {
        if let Some(at) = at {
            words.push(wording.say(&Message::new(key).with("at", time::moment(wording, at))));
        }
    }
    if let (Some(from), Some(to)) = (line.started_at, line.finished_at)
        && let Ok(seconds) = u64::try_from(to.seconds_since(from))
    {
        words.push(time::duration(wording, seconds));
    }
    words.push(match &line.outcome {
        Some(outcome) => wording.word("outcome", outcome),
        None => wording.label("outcome-none"),
    });
    if let Some(deviation) = &line.deviation {
        let text = deviation.say(wording);
        words.push(wording.say(&Message::new("show-deviation-of").with("text", text)));
    }
    words.join(" · ")
}

fn obligations(wording: &Wording, view: &ShowView) -> Vec<(String, String)> {
    let each = |duty: &crate::dossier::Obligation| {
        let owner = view.people.name(duty.owner.as_str());
        (String::new(), obligation(wording, duty, &owner, None))
    };
    view.obligations.iter().map(each).collect()
}

fn records(wording: &Wording, view: &ShowView) -> Vec<(String, String)> {
    let each = |line: &super::RecordLine| {
        let mut words = vec![
            time::moment(wording, line.at),
            wording.act(&line.act),
            view.people.name(&line.by),
        ];
        words.extend(
            line.channel
                .as_ref()
                .map(|channel| wording.word("channel", channel)),
        );
        (format!("#{}", line.seq), words.join(" · "))
    };
    view.records.iter().map(each).collect()
}
