//! `sekisho review`: the review of what was carried out, by its short form.

use std::path::Path;

use sekisho::change::{ChangeId, Message};
use sekisho::report::review::{self as page, ReviewPage};
use sekisho::usecases::{
    self, Answers, Form, LogView, Remedy, Reviewing, Stop, newest_config, read_log, reviewed,
};

use super::args::{Format, Global, ReviewArgs};
use super::exit::{Ended, Failure};
use super::gate::{authorised, change_id, open};
use super::history::{local, people};
use super::output::Output;
use super::prompt::{Prompt, Question};
use super::{actor, files};
use crate::wire::{Access, Wiring};

/// Shows the form or the last review, or records one.
pub(super) async fn run(global: &Global, output: &Output, args: &ReviewArgs) -> Result<Ended, Failure> {
    let change = change_id(&args.change)?;
    if let Some(format) = args.format {
        return shown(global, output, &change, format).await;
    }
    let wiring = open(global, output, Access::Write).await?;
    let log = read_log(wiring.ports()).await?;
    let form = usecases::form(&log, &change)?;
    let decided = log.standing.last_allowed(&change, None);
    let place = decided.map(|d| (d.service.to_string(), d.environment.to_string()));
    let (service, environment) = place.ok_or_else(|| Stop::unavailable("error-no-baseline"))?;
    let (log, _, rules) = authorised(&wiring, Some(&service), &environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let answers = match &args.from {
        Some(file) => read(file)?,
        None => asked(output, &form)?,
    };
    let reviewing = Reviewing {
        form: &form,
        answers: &answers,
    };
    let record = usecases::review(wiring.ports(), acting.actor(), &log, &rules, reviewing).await?;
    wiring.remember().await?;
    output.print(
        &Message::new("review-done")
            .with("change", &change)
            .with("seq", record.seq)
            .with("actions", answers.actions.len()),
    );
    Ok(Ended::done())
}

async fn shown(
    global: &Global,
    output: &Output,
    change: &ChangeId,
    format: Format,
) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    let log = read_log(wiring.ports()).await?;
    let view = view(&wiring, &log, change).await?;
    output.data(&match format {
        Format::Text => page::text(&output.wording, &view),
        Format::Markdown => page::markdown(&output.wording, &view),
        Format::Json | Format::Sarif => format!("{:#}", page::json(&view)),
    });
    Ok(Ended::done())
}

async fn view(wiring: &Wiring, log: &LogView, change: &ChangeId) -> Result<ReviewPage, Stop> {
    let form = usecases::form(log, change)?;
    let config = newest_config(wiring.ports(), log)?;
    let known = reviewed(wiring.ports(), log, change).await?;
    let names = people(config.as_ref());
    let closed = known.as_ref().map(|(review, _)| {
        let person = names.name(review.person.as_str()).to_owned();
        (person, local(review.at, config.as_ref()), review.seq)
    });
    let answers = known.map(|(_, answers)| answers).unwrap_or_default();
    let said = |key: &&'static str| {
        let said = answers.said.get(*key).cloned().unwrap_or_default();
        ((*key).to_owned(), said)
    };
    Ok(ReviewPage {
        change: change.clone(),
        answers: form.questions.iter().map(said).collect(),
        actions: answers
            .actions
            .iter()
            .map(|action| [action.what.clone(), action.owner.clone(), action.due.clone()])
            .collect(),
        closed,
    })
}

/// A filled-in form: YAML by its name, else Markdown.
fn read(file: &Path) -> Result<Answers, Stop> {
    let name = file.display().to_string();
    let bytes =
        files::read_bounded(file, files::LARGEST).map_err(|error| files::unreadable(&name, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| files::unreadable(&name, &error))?;
    match files::is_yaml(&name) {
        true => Answers::from_yaml(&text),
        false => Answers::from_markdown(&text),
    }
}

/// The answers of somebody at a terminal.
fn asked(output: &Output, form: &Form) -> Result<Answers, Stop> {
    let mut prompt = Prompt::new(output, false);
    let mut answers = Answers::default();
    if !prompt.asks() {
        prompt.miss("--from");
        prompt.settle("review")?;
    }
    let says = |text: &str| match text.trim().is_empty() {
        true => Err(Message::new("review-empty")),
        false => Ok(()),
    };
    for key in &form.questions {
        let answer = prompt.line(&question(key), &says)?;
        answers.said.insert((*key).to_owned(), answer);
    }
    let fits = |text: &str| match (text.trim().is_empty(), Remedy::read(text)) {
        (true, _) | (_, Ok(_)) => Ok(()),
        (_, Err(Stop::Request(fault))) => Err(fault),
        (_, Err(_)) => Err(Message::new("review-action-form")),
    };
    loop {
        let typed = prompt.line(&question("actions"), &fits)?;
        if typed.trim().is_empty() {
            return Ok(answers);
        }
        answers.actions.push(Remedy::read(&typed)?);
    }
}

fn question(key: &str) -> Question<'static> {
    Question {
        flag: "--from",
        words: Message::new(format!("review-ask-{key}")),
        why: (key == "actions").then(|| Message::new("review-action-form")),
        proposal: None,
    }
}
