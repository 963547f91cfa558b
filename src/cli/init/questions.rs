//! The questions of `init`, in their order, and the choices that come of them.

use sekisho::change::Message;
use sekisho::config::{StarterChoices, StarterTemplate, StartingPoint};
use sekisho::usecases::{Roster, Stop, Survey};

use super::{WORKFLOW_PATH, accounts, people, settings};
use crate::cli::args::InitArgs;
use crate::cli::output::Output;
use crate::cli::prompt::{Prompt, Question};

/// Asks what neither the repository nor a flag says.
pub(super) fn choices(
    prompt: &mut Prompt<'_>,
    output: &Output,
    args: &InitArgs,
    (survey, known): (&Survey, &[accounts::Known]),
    mut roster: Roster,
) -> Result<StarterChoices, Stop> {
    let like = like(prompt, output, args, survey, &roster)?;
    let outside = people::outside(prompt, args, like, &mut roster)?;
    let executors = executors(prompt, args, like, &mut roster, outside.as_ref())?;
    let approvers = approvers(
        prompt,
        args,
        like,
        survey,
        &mut roster,
        (&executors, outside.as_ref()),
    )?;
    let services = settings::services(prompt, args, like, survey)?;
    let rollback = settings::rollback(prompt, args, survey, &mut roster, &executors)?;
    let zone = settings::zone(prompt, output, args)?;
    let ignore = settings::ignore(prompt, args, survey)?;
    let route = settings::route(prompt, args, like, &mut roster, &approvers)?;
    let audited = like == StartingPoint::Audited;
    let mut declarers = Vec::new();
    if audited {
        for key in executors.iter().chain(&route) {
            if !declarers.contains(key) && declarers.len() < 2.max(executors.len()) {
                declarers.push(key.clone());
            }
        }
    }
    let mut needed: Vec<String> = Vec::new();
    if audited {
        for key in executors.iter().chain(&approvers).chain(&route) {
            if !needed.contains(key) {
                needed.push(key.clone());
            }
        }
    }
    people::sign(prompt, args, &mut roster, &needed)?;
    accounts::write(known, &mut roster)?;
    prompt.settle("sekisho init")?;
    if audited {
        // A login without its number could be registered anew by somebody else.
        for person in roster
            .people
            .iter_mut()
            .filter(|person| person.github_id.is_none())
        {
            person.github = None;
        }
    }
    let mut organisations = Vec::new();
    if like == StartingPoint::Agency
        && let Some(client) = outside.as_ref().and_then(|key| roster.get_mut(key))
    {
        client.org = Some("client".to_owned());
        let inside = roster.people.iter_mut().filter(|person| person.org.is_none());
        inside.for_each(|person| person.org = Some("agency".to_owned()));
        organisations = vec![
            ("agency".to_owned(), String::new()),
            ("client".to_owned(), String::new()),
        ];
    }
    let signed = roster.people.iter().any(|person| person.ssh_key.is_some());
    Ok(StarterChoices {
        language: output.wording.language(),
        profile: like.profile(),
        organisations,
        templates: templates(survey, &services),
        people: roster.people,
        executors,
        approvers,
        declarers,
        route,
        services,
        migrations: survey.folders.migrations.clone(),
        ignore,
        workflows: workflows(survey, args),
        repository: None,
        signatures_optional: !signed && !audited,
        rollback,
        zone,
    })
}

/// The sort of team; with `--yes` the plain one.
fn like(
    prompt: &mut Prompt<'_>,
    output: &Output,
    args: &InitArgs,
    survey: &Survey,
    roster: &Roster,
) -> Result<StartingPoint, Stop> {
    let all = StartingPoint::ALL;
    if let Some(word) = &args.like {
        return Ok(all
            .iter()
            .copied()
            .find(|point| point.as_str() == word)
            .unwrap_or_default());
    }
    if prompt.proposes() {
        return Ok(StartingPoint::Team);
    }
    let proposed = if survey.folders.services.len() > 1 {
        StartingPoint::Monorepo
    } else if roster.people.len() == 1 {
        StartingPoint::Solo
    } else {
        StartingPoint::Team
    };
    let options: Vec<String> = all
        .iter()
        .map(|point| output.wording.label(&format!("like-{}", point.as_str())))
        .collect();
    let question = Question {
        flag: "--like",
        words: Message::new("ask-like"),
        why: None,
        proposal: None,
    };
    let chosen = prompt.one(
        &question,
        &options,
        all.iter().position(|point| *point == proposed),
    )?;
    Ok(all.get(chosen).copied().unwrap_or_default())
}

fn executors(
    prompt: &mut Prompt<'_>,
    args: &InitArgs,
    like: StartingPoint,
    roster: &mut Roster,
    outside: Option<&String>,
) -> Result<Vec<String>, Stop> {
    if !args.executor.is_empty() {
        return people::all_named(roster, &args.executor, "--executor");
    }
    let inside: Vec<_> = roster
        .people
        .iter()
        .filter(|person| Some(&person.key) != outside)
        .cloned()
        .collect();
    let proposed: Vec<String> = match like {
        StartingPoint::Solo => inside.iter().take(1).map(|person| person.key.clone()).collect(),
        _ => inside.iter().map(|person| person.key.clone()).collect(),
    };
    let question = Question {
        flag: "--executor",
        words: Message::new("ask-executors"),
        why: None,
        proposal: None,
    };
    people::chosen(prompt, &question, &inside, &proposed, 1)
}

/// The flags; else the one outside alone, or whoever is chosen.
fn approvers(
    prompt: &mut Prompt<'_>,
    args: &InitArgs,
    like: StartingPoint,
    survey: &Survey,
    roster: &mut Roster,
    (executors, outside): (&[String], Option<&String>),
) -> Result<Vec<String>, Stop> {
    let mut chosen = if !args.approver.is_empty() {
        people::all_named(roster, &args.approver, "--approver")?
    } else if like.asks_outside() && outside.is_some() {
        // Whoever does the work does not approve it: that is what the one outside is for.
        Vec::new()
    } else {
        let owners: Vec<String> = survey
            .owners
            .iter()
            .filter_map(|owner| roster.find(owner).map(str::to_owned))
            .collect();
        let proposed = if owners.is_empty() || prompt.proposes() {
            executors.to_vec()
        } else {
            owners
        };
        let inside: Vec<_> = roster
            .people
            .iter()
            .filter(|person| Some(&person.key) != outside)
            .cloned()
            .collect();
        let question = Question {
            flag: "--approver",
            words: Message::new("ask-approvers"),
            why: Some(Message::new("ask-approvers-why")),
            proposal: None,
        };
        let least = usize::from(outside.is_none());
        let mut chosen = people::chosen(prompt, &question, &inside, &proposed, least)?;
        if prompt.asks() && outside.is_none() {
            chosen.extend(another(prompt, roster, executors, &chosen)?);
        }
        chosen
    };
    if let Some(outside) = outside.filter(|key| !chosen.contains(key)) {
        chosen.push(outside.clone());
    }
    Ok(chosen)
}

/// Where nobody but the one who carries out approves, somebody else has to be named, now or in the
/// file.
fn another(
    prompt: &mut Prompt<'_>,
    roster: &mut Roster,
    executors: &[String],
    chosen: &[String],
) -> Result<Option<String>, Stop> {
    if executors.len() > 1 || chosen.iter().any(|key| !executors.contains(key)) {
        return Ok(None);
    }
    let question = Question {
        flag: "--approver",
        words: Message::new("ask-approver"),
        why: Some(Message::new("ask-approver-why")),
        proposal: None,
    };
    let trial = roster.clone();
    let text = prompt.line(&question, &|text| {
        if text.is_empty() {
            return Ok(());
        }
        people::named(&mut trial.clone(), text, "--approver").map(drop)
    })?;
    if text.is_empty() {
        return Ok(None);
    }
    people::named(roster, &text, "--approver")
        .map(Some)
        .map_err(Stop::Request)
}

/// The workflows that deploy, and the one that `--workflow` writes, on the default branch.
fn workflows(survey: &Survey, args: &InitArgs) -> Vec<String> {
    let branch = survey.branch.as_deref().unwrap_or("main");
    let mut files: Vec<&str> = survey
        .workflows
        .deploys
        .iter()
        .map(|deploy| deploy.file.as_str())
        .collect();
    files.dedup();
    if files.is_empty() || (args.workflow && !files.contains(&WORKFLOW_PATH)) {
        files.push(WORKFLOW_PATH);
    }
    files
        .iter()
        .map(|file| format!("{file}@refs/heads/{branch}"))
        .collect()
}

/// A standard change for what is surely deployed; one for each service where there are several.
fn templates(survey: &Survey, services: &[(String, Vec<String>)]) -> Vec<StarterTemplate> {
    if !services.is_empty() {
        let template = |(key, paths): &(String, Vec<String>)| StarterTemplate {
            key: format!("{key}-deploy"),
            service: Some(key.clone()),
            paths: paths.clone(),
        };
        return services.iter().map(template).collect();
    }
    let paths = survey.folders.deployed.clone();
    if paths.is_empty() {
        return Vec::new();
    }
    vec![StarterTemplate {
        key: "deploy".to_owned(),
        service: None,
        paths,
    }]
}
