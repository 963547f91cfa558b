//! `sekisho check`: what is wrong in the files, and what the gate will ask for.

use std::path::Path;

use sekisho::change::{EnvironmentKey, Message};
use sekisho::policy::Word;
use sekisho::ports::Repository as _;
use sekisho::usecases::{
    Asked, CONFIG_PATH, Checked, InForce, LogView, Outlook, Stop, WorkFile, check, choose_service, outlook,
    read_log,
};

use super::args::{CheckArgs, Format, Global};
use super::exit::{Ended, Failure};
use super::gate::{open, run_of};
use super::output::Output;
use super::{actor, files, view, what_if, why};
use crate::wire::{Access, Wiring};

/// Checks and prints.
pub(super) async fn run(global: &Global, output: &Output, args: &CheckArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    let top = files::work_tree(&wiring)?;
    let config = std::fs::read(top.join(CONFIG_PATH)).ok();
    if config.is_none() && args.files.is_empty() {
        return Err(Stop::request("error-no-config-here"));
    }
    let folder = changes_folder(&wiring, &top, config.as_deref());
    let files = if args.files.is_empty() {
        read_all(&top, files::declaration_paths(&top, &folder)?)?
    } else {
        named(global, &top, &args.files)?
    };
    let read_file = |path: &str| std::fs::read_to_string(top.join(path)).ok();
    let house = |folder: &str| files::house_files(&top, folder);
    let (checked, rules) = check(&files, &wiring.name, &read_file, &house, config.as_deref())?;
    let outlook = match &rules {
        Some(_) if args.files.is_empty() => Some(look_ahead(global, &wiring, args).await?),
        _ => None,
    };
    if let Some(what) = &args.explain {
        return match (rules, checked.files.into_iter().next()) {
            (Some(rules), _) => why::explain(output, &rules, outlook.as_ref(), what),
            (None, Some(faults)) => Err(Stop::Faults(Box::new(faults))),
            (None, None) => Err(Stop::request("error-no-config-here")),
        };
    }
    print(output, &checked, outlook.as_ref(), args);
    // Who asks about another time asks nothing else: no answer is no good news.
    match outlook {
        Some(Outlook::Stopped(stop)) if args.at.is_some() => return Err(stop),
        Some(Outlook::NoBaseline) if args.at.is_some() => return Err(Stop::unavailable("check-no-baseline")),
        _ => {}
    }
    let denied = matches!(&outlook, Some(Outlook::Judged(judged)) if judged.decision.word == Word::Deny);
    Ok(if checked.failed() || denied {
        Ended::denied()
    } else {
        Ended::done()
    })
}

/// The folder of declarations; the default one where the configuration cannot be read.
fn changes_folder(wiring: &Wiring, top: &Path, config: Option<&[u8]>) -> String {
    let rules = config.and_then(|_| files::work_tree_rules(wiring, top).ok());
    rules.map_or_else(|| "changes/".to_owned(), |rules| rules.config.paths.changes)
}

fn read_all(top: &Path, paths: Vec<String>) -> Result<Vec<WorkFile>, Stop> {
    paths
        .into_iter()
        .map(|path| {
            let bytes = std::fs::read(top.join(&path)).map_err(|error| files::unreadable(&path, &error))?;
            Ok(WorkFile { path, bytes })
        })
        .collect()
}

/// Files as a person or an editor names them: relative to the folder of the command.
fn named(global: &Global, top: &Path, files: &[std::path::PathBuf]) -> Result<Vec<WorkFile>, Stop> {
    let mut found = Vec::new();
    for file in files {
        let path = match &global.directory {
            Some(directory) => directory.join(file),
            None => file.clone(),
        };
        let bytes =
            std::fs::read(&path).map_err(|error| files::unreadable(&path.display().to_string(), &error))?;
        let absolute = path.canonicalize().unwrap_or(path);
        let inside = absolute
            .strip_prefix(top)
            .unwrap_or(&absolute)
            .to_string_lossy()
            .into_owned();
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
    if output.format == Format::Json {
        output.data(&view::check_json(output, checked, outlook));
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
