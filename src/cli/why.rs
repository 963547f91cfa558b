//! Why a decision is what it is: `show --why`, `check --explain`.

use std::collections::BTreeMap;

use sekisho::change::text::{Document, nearest};
use sekisho::change::{ChangeId, Message};
use sekisho::policy::{Explanation, RuleId, RulePage};
use sekisho::report::key as key_page;
use sekisho::report::why::{self as page, WhyView};
use sekisho::usecases::{self, Basis, InForce, Judged, Outlook, Stop, Which, explain_key, explained};

use super::args::{Format, Global};
use super::exit::{Ended, Failure};
use super::gate::open;
use super::output::Output;
use super::view;
use crate::wire::Access;

/// `show --why`: a recorded decision, judged once more.
pub(super) async fn recorded(global: &Global, output: &Output, what: &str) -> Result<Ended, Failure> {
    let which = which(what)?;
    let wiring = open(global, output, Access::Read).await?;
    let log = usecases::read_log(wiring.ports()).await?;
    let why = usecases::why(wiring.ports(), &log, &which).await?;
    let version = env!("CARGO_PKG_VERSION");
    let (basis, note) = match &why.basis {
        Basis::Same => ("same", Message::new("why-same").with("seq", why.seq)),
        Basis::Differs => ("differs", Message::new("why-differs").with("seq", why.seq)),
        Basis::OtherRules { version: theirs } => (
            "other_rules",
            Message::new("why-other-rules")
                .with("seq", why.seq)
                .with("theirs", theirs)
                .with("ours", version),
        ),
    };
    let recorded = match why.basis {
        Basis::Same => Vec::new(),
        Basis::Differs | Basis::OtherRules { .. } => why.recorded.clone(),
    };
    let view = WhyView {
        decision: view::decided(&why.judged, None),
        explanation: &why.explanation,
        recorded_word: Some(why.word.clone()),
        recorded,
        notes: vec![note],
        basis,
        lines: lines(&why.judged.rules, &why.explanation),
        one_rule: false,
    };
    print(output, &view);
    Ok(match why.basis {
        Basis::Differs => Ended::denied(),
        Basis::Same | Basis::OtherRules { .. } => Ended::done(),
    })
}

/// Which decision is meant: a change's last one, or a record.
fn which(what: &str) -> Result<Which, Stop> {
    if let Ok(id) = what.parse::<ChangeId>() {
        return Ok(Which::Change(id));
    }
    if let Ok(seq) = what.trim_start_matches('#').parse::<u64>() {
        return Ok(Which::Record(seq));
    }
    Err(Stop::Request(Message::new("error-why-what").with("what", what)))
}

/// `check --explain`: one rule about the range, or one key.
pub(super) fn explain(
    output: &Output,
    rules: &InForce,
    outlook: Option<&Outlook>,
    what: &str,
) -> Result<Ended, Failure> {
    let judged = match outlook {
        Some(Outlook::Judged(judged)) => Some(judged.as_ref()),
        _ => None,
    };
    let code = RuleId::new(what.to_uppercase());
    let in_force = judged.map_or(rules, |judged| &judged.rules);
    if RulePage::of(&in_force.bundle, &code).is_some() {
        return rule(output, judged, outlook, code);
    }
    let answers = explain_key(rules, judged, what)?;
    output.data(&match output.format {
        Format::Text => key_page::text(&output.wording, &answers, output.look()),
        Format::Markdown => key_page::markdown(&output.wording, &answers),
        Format::Json | Format::Sarif => format!("{:#}", key_page::json(what, &answers)),
    });
    Ok(Ended::done())
}

fn rule(
    output: &Output,
    judged: Option<&Judged>,
    outlook: Option<&Outlook>,
    code: RuleId,
) -> Result<Ended, Failure> {
    let Some(judged) = judged else {
        return Err(match outlook {
            Some(Outlook::Stopped(stop)) => stop.clone(),
            _ => Stop::unavailable("check-no-baseline"),
        });
    };
    let mut explanation = explained(judged)?;
    explanation.answers.retain(|one| one.code == code);
    let view = WhyView {
        decision: view::decided(judged, None),
        explanation: &explanation,
        recorded_word: None,
        recorded: Vec::new(),
        notes: vec![Message::new("why-not-recorded")],
        basis: "not_recorded",
        lines: lines(&judged.rules, &explanation),
        one_rule: true,
    };
    print(output, &view);
    Ok(if stops(&explanation) {
        Ended::denied()
    } else {
        Ended::done()
    })
}

fn stops(explanation: &Explanation) -> bool {
    let deny = Some(sekisho::policy::Effect::Deny);
    explanation.answers.iter().any(|one| one.effect == deny)
}

fn print(output: &Output, view: &WhyView<'_>) {
    output.data(&match output.format {
        Format::Text => page::text(&output.wording, view, output.look()),
        Format::Markdown => page::markdown(&output.wording, view),
        Format::Json | Format::Sarif => format!("{:#}", page::json(&output.wording, view)),
    });
}

/// The lines of `sekisho.yml` that set something for these rules.
fn lines(rules: &InForce, explanation: &Explanation) -> BTreeMap<String, u32> {
    let text = String::from_utf8_lossy(&rules.config_bytes);
    let Ok(document) = Document::parse(&text) else {
        return BTreeMap::new();
    };
    let mut fields = Vec::new();
    for one in &explanation.answers {
        fields.push(format!("rules.{}", one.code));
        let names = one.parameters.iter();
        fields.extend(names.map(|p| format!("rules.{}.{}", one.code, p.name)));
    }
    let line = |field: String| Some((field.clone(), document.written(&field)?.1.line));
    fields.into_iter().filter_map(line).collect()
}

/// A code that there is not, with the one that was probably meant.
pub(super) fn no_such_rule<'k>(what: &str, codes: impl Iterator<Item = &'k str>) -> Stop {
    Stop::Request(match nearest(what, codes) {
        Some(near) => Message::new("error-show-near")
            .with("what", what)
            .with("near", near),
        None => Message::new("error-show-unknown").with("what", what),
    })
}
