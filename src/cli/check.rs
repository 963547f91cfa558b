//! `sekisho check`: what is wrong in the files, and what the gate will ask for.

use std::collections::BTreeSet;

use sekisho::change::{ChangeId, EnvironmentKey, Message};
use sekisho::policy::Word;
use sekisho::ports::Repository as _;
use sekisho::usecases::{
    Asked, CONFIG_PATH, Checked, InForce, LogView, Lookup, Outlook, Stop, WorkFile, check, choose_service,
    hear_proposal, outlook, read_log, template_faults,
};

use super::args::{CheckArgs, Format, Global};
use super::exit::{Ended, Failure};
use super::gate::{open, run_of};
use super::output::Output;
use super::source::Source;
use super::{actor, files, view, what_if, why};
use crate::wire::{Access, Wiring};

/// Checks and prints.
pub(super) async fn run(global: &Global, output: &Output, args: &CheckArgs) -> Result<Ended, Failure> {
    look(global, output, args).await.map(|looked| looked.ended)
}

/// A check that was made and printed.
pub(super) struct Looked {
    /// How the command ends.
    pub ended: Ended,
    /// What was found; `None` where something else was asked for.
    pub found: Option<Found>,
}

/// What was found.
pub(super) struct Found {
    /// Repository and log.
    pub wiring: Wiring,
    /// In the files.
    pub checked: Checked,
    /// What the gate would say; `None`: it was not asked.
    pub outlook: Option<Outlook>,
}

impl From<Ended> for Looked {
    fn from(ended: Ended) -> Self {
        Self { ended, found: None }
    }
}

/// Checks and prints.
pub(super) async fn look(global: &Global, output: &Output, args: &CheckArgs) -> Result<Looked, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    let source = if args.staged {
        Source::staged(&wiring)?
    } else {
        Source::work_tree(&wiring)?
    };
    let config = source.read(CONFIG_PATH)?;
    if config.is_none() && args.files.is_empty() && !args.staged {
        return Err(Stop::request("error-no-config-here"));
    }
    let all = source.declarations(&changes_folder(&wiring, &source, config.as_deref()))?;
    let files = if args.staged {
        source.changed(&all)?
    } else if args.files.is_empty() {
        source.files(&all)?
    } else {
        named(global, &source, &args.files)?
    };
    if args.staged && files.is_empty() && !source.gate_changed(config.as_deref())? {
        let checked = Checked::default();
        print(output, &checked, None, args);
        return Ok(Ended::done().into());
    }
    let (mut checked, rules) = looked_up(&wiring, &source, &all, &files, config.as_deref()).await?;
    if let Some(rules) = rules.as_ref().filter(|_| args.files.is_empty()) {
        let at = wiring.ports().at(&rules.config);
        checked.add(CONFIG_PATH, &rules.config_bytes, template_faults(rules, at)?);
    }
    let outlook = match &rules {
        Some(_) if args.files.is_empty() && !args.staged => Some(look_ahead(global, &wiring, args).await?),
        _ => None,
    };
    if let Some(what) = &args.explain {
        return match (rules, checked.files.into_iter().next()) {
            (Some(rules), _) => why::explain(output, &rules, outlook.as_ref(), what).map(Looked::from),
            (None, Some(faults)) => Err(Stop::Faults(Box::new(faults))),
            (None, None) => Err(Stop::request("error-no-config-here")),
        };
    }
    let judged = outlook.as_ref().and_then(Outlook::judged);
    if let Some(judged) = judged {
        checked.leave_to(&judged.decision);
    }
    print(output, &checked, outlook.as_ref(), args);
    let denied = judged.is_some_and(|judged| judged.decision.word == Word::Deny);
    // Who asks about another time asks nothing else: no answer is no good news.
    match &outlook {
        Some(Outlook::Stopped(stop)) if args.at.is_some() => return Err(stop.clone()),
        Some(Outlook::NoBaseline) if args.at.is_some() => return Err(Stop::unavailable("check-no-baseline")),
        _ => {}
    }
    let ended = if checked.failed() || denied {
        Ended::denied()
    } else {
        Ended::done()
    };
    drop(source);
    let found = Some(Found {
        wiring,
        checked,
        outlook,
    });
    Ok(Looked { ended, found })
}

/// The folder of declarations; the default one where the configuration cannot be read.
fn changes_folder(wiring: &Wiring, source: &Source<'_>, config: Option<&[u8]>) -> String {
    let text = config.map(String::from_utf8_lossy).unwrap_or_default();
    let read = |path: &str| source.text(path);
    sekisho::config::read(&text, &wiring.name, &read)
        .map_or_else(|_| "changes/".to_owned(), |(config, _)| config.paths.changes)
}

/// Checks with what the files say; where something is wrong that it may know better, the log is asked too.
async fn looked_up(
    wiring: &Wiring,
    source: &Source<'_>,
    all: &[String],
    files: &[WorkFile],
    config: Option<&[u8]>,
) -> Result<(Checked, Option<InForce>), Stop> {
    let stem = |path: &String| path.rsplit('/').next()?.strip_suffix(".yml")?.parse().ok();
    let mut changes: BTreeSet<ChangeId> = all.iter().filter_map(stem).collect();
    let check_with = |changes: &BTreeSet<ChangeId>, decided: &BTreeSet<ChangeId>| {
        let lookup = Lookup {
            read: &|path| source.text(path),
            house: &|folder| source.house(folder),
            exists: &|path| source.exists(path),
            list: &|folder| source.list(folder),
            changes,
            decided,
        };
        check(files, &wiring.name, &lookup, config)
    };
    let (checked, rules) = check_with(&changes, &BTreeSet::new())?;
    if !checked.asks_the_log() {
        return Ok((checked, rules));
    }
    // Without a log that can be read, what the files say stands.
    let Ok(log) = read_log(wiring.ports()).await else {
        return Ok((checked, rules));
    };
    changes.extend(log.changes());
    check_with(&changes, &log.passed())
}

/// Files as a person or an editor names them: relative to the folder of the command.
fn named(global: &Global, source: &Source<'_>, files: &[std::path::PathBuf]) -> Result<Vec<WorkFile>, Stop> {
    let mut found = Vec::new();
    for file in files {
        let path = match &global.directory {
            Some(directory) => directory.join(file),
            None => file.clone(),
        };
        let bytes = files::read_bounded(&path, files::LARGEST)
            .map_err(|error| files::unreadable(&path.display().to_string(), &error))?;
        let absolute = path.canonicalize().unwrap_or(path);
        let inside = source.inside(&absolute);
        if inside != CONFIG_PATH {
            found.push(WorkFile { path: inside, bytes });
        }
    }
    Ok(found)
}

/// What the gate would say to a deployment now; nothing is written.
async fn look_ahead(global: &Global, wiring: &Wiring, args: &CheckArgs) -> Result<Outlook, Stop> {
    let log = read_log(wiring.ports()).await?;
    let environment = EnvironmentKey::from(args.environment.as_str());
    let wanted = args.service.as_deref().map(Into::into);
    let service = match choose_service(&log.standing, &environment, wanted.as_ref()) {
        Ok(service) => service,
        Err(Stop::Unavailable(_)) => return Ok(Outlook::NoBaseline),
        Err(stop) => return Err(stop),
    };
    let asked = match asked(global, wiring, args, &log, service, environment) {
        Ok(asked) => asked,
        Err(stop) => return Ok(Outlook::Stopped(stop)),
    };
    let mut ports = wiring.ports();
    if let Some(at) = &args.at {
        let rules = files::work_tree_rules(wiring, &files::work_tree(wiring)?)?;
        ports.now = what_if::time(&log, &rules.config, at)?;
    }
    let heard = match hear_proposal(ports, &log, &asked, args.proposal).await {
        Ok(heard) => heard,
        Err(stop) => return Ok(Outlook::Stopped(stop)),
    };
    ports.heard = heard.as_ref();
    Ok(outlook(ports, &log, &asked))
}

fn asked(
    global: &Global,
    wiring: &Wiring,
    args: &CheckArgs,
    log: &LogView,
    service: sekisho::change::ServiceKey,
    environment: EnvironmentKey,
) -> Result<Asked, Stop> {
    let key = (service.clone(), environment.clone());
    let commit = log
        .standing
        .states
        .get(&key)
        .map(|state| state.head.clone())
        .unwrap_or_default();
    let rules = InForce::at(&wiring.repository, &commit, service.as_str())?;
    // A check needs no key: without one, it looks as if the first executor deployed.
    let person = match actor::find(wiring, &rules.config, global) {
        Ok(acting) => acting.person().clone(),
        Err(stop) => match rules.config.executors.first() {
            Some(person) => person.clone(),
            None => return Err(stop),
        },
    };
    Ok(Asked {
        service,
        environment,
        head: wiring.repository.resolve(&args.head)?,
        base: None,
        actor: person,
        run: run_of(None, wiring)?,
        rollback_of: None,
    })
}

fn print(output: &Output, checked: &Checked, outlook: Option<&Outlook>, args: &CheckArgs) {
    if matches!(output.format, Format::Json | Format::Sarif) {
        output.data(&view::check(output, checked, outlook));
        return;
    }
    for file in &checked.files {
        output.data(&view::faults(output, file));
    }
    if checked.files.is_empty() {
        output.print(&Message::new("check-clean").with("count", checked.read));
    }
    match outlook {
        None => {}
        Some(Outlook::NoBaseline | Outlook::Stopped(_)) if args.at.is_some() => {}
        Some(Outlook::NoBaseline) => output.tell(&Message::new("check-no-baseline")),
        Some(Outlook::Stopped(stop)) => output.tell(&view::stop_message(stop)),
        Some(Outlook::Judged(judged)) => {
            output.print(&match &args.at {
                None => Message::new("check-outlook"),
                Some(_) => {
                    let at = sekisho::report::time::moment(&output.wording, judged.collected.dossier.at);
                    Message::new("check-outlook-at").with("at", at)
                }
            });
            output.data(&view::would(output, judged));
        }
    }
}
