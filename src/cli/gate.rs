//! `sekisho gate`: decides about one deployment.

use sekisho::change::{ChangeId, EnvironmentKey, Message, ServiceKey};
use sekisho::config::Config;
use sekisho::dossier::Dossier;
use sekisho::ledger::Tree;
use sekisho::policy::Word;
use sekisho::ports::{Repository as _, Spool as _, SpoolCount};
use sekisho::usecases::{
    Asked, InForce, Judged, LogView, Stop, choose_service, gate, grown, read_log, record_outage,
    still_passes, with_declared,
};

use super::actor::Acting;
use super::against::receipts;
use super::args::{GateArgs, Global};
use super::exit::{Ended, Failure};
use super::output::Output;
use super::{actor, exec, fallen, noted, view, what_if};
use crate::wire::{Access, Wiring};

/// Judges, records, and prints.
pub(super) async fn run(global: &Global, output: &Output, args: &GateArgs) -> Result<Ended, Failure> {
    if args.dossier.is_some() {
        return what_if::saved(global, output, args).await;
    }
    let gated = decide(global, output, args, &|wiring, log, config| {
        actor::find_in_job(wiring, log, config, global)
    })
    .await?;
    if let Some(reason) = gated.fallen {
        return Err(Stop::Request(reason));
    }
    if let Some(file) = &args.save_dossier {
        save(file, &gated.judged.collected.dossier)?;
    }
    print(output, &gated.wiring, &gated.judged).await?;
    let ended = ended(&gated.judged);
    // The program ends here; to give back every piece of a long dossier takes as long as to read it.
    std::mem::forget(gated.judged);
    Ok(ended)
}

/// A decision with what it was made with.
pub(super) struct Gated {
    /// Repository and log.
    pub wiring: Wiring,
    /// Who asked.
    pub acting: Acting,
    /// What was asked.
    pub asked: Asked,
    /// What was decided.
    pub judged: Judged,
    /// Why a pass that is in the log holds no longer.
    pub fallen: Option<Message>,
}

/// Finds out who asks.
pub(super) type Who<'a> = &'a dyn Fn(&Wiring, &LogView, &Config) -> Result<Acting, Stop>;

/// Judges, records, and looks once more before a pass is told: the one way to a pass.
pub(super) async fn decide(
    global: &Global,
    output: &Output,
    args: &GateArgs,
    who: Who<'_>,
) -> Result<Gated, Stop> {
    let wiring = open(global, output, Access::Write).await?;
    let head = wiring.repository.resolve(&args.head)?;
    let (log, service, rules) = match authorised(&wiring, args.service.as_deref(), &args.environment).await {
        Ok(found) => found,
        Err(stop) => {
            noted::refuse_gone(output, &wiring, &head).await?;
            return Err(stop);
        }
    };
    let acting = who(&wiring, &log, &rules.config)?;
    let asked = Asked {
        environment: EnvironmentKey::from(args.environment.as_str()),
        head,
        base: args
            .base
            .as_deref()
            .map(|base| wiring.repository.resolve(base))
            .transpose()?,
        actor: acting.person().clone(),
        run: run_of(args.run.as_deref(), &wiring)?,
        rollback_of: args.rollback_of.as_deref().map(change_id).transpose()?,
        service,
    };
    // The way back does not wait for GitHub.
    let noted = match asked.rollback_of {
        Some(_) => Ok(Vec::new()),
        None => noted::read(output, &wiring, &log, &asked.head).await,
    };
    let noted = match noted {
        Ok(noted) => noted,
        Err(stop) => {
            record_outage(wiring.ports(), acting.actor(), &asked, &stop).await;
            return Err(stop);
        }
    };
    let both = (wiring, log);
    let (wiring, log) = noted::hold_against(global, output, both, &noted, &args.disregarded).await?;
    let judged = match gate(wiring.ports(), acting.actor(), &asked, log).await {
        Ok(judged) => judged,
        Err(stop) => {
            record_outage(wiring.ports(), acting.actor(), &asked, &stop).await;
            return Err(stop);
        }
    };
    wiring.remember().await?;
    let looked = look_again(&wiring, args, &asked, &judged).await;
    if !matches!(looked, Ok(None)) {
        fallen::take_back(output, &wiring, &acting, &judged).await;
    }
    noted::leave(output, &wiring, &asked.head, &noted).await;
    let fallen = looked?;
    Ok(Gated {
        wiring,
        acting,
        asked,
        judged,
        fallen,
    })
}

/// Why a pass holds no longer.
async fn look_again(
    wiring: &Wiring,
    args: &GateArgs,
    asked: &Asked,
    judged: &Judged,
) -> Result<Option<Message>, Stop> {
    if wiring.repository.resolve(&args.head)? != asked.head {
        return Ok(Some(Message::new("recheck-head-moved").with("head", &args.head)));
    }
    still_passes(wiring.ports(), asked, judged).await
}

fn ended(judged: &Judged) -> Ended {
    if judged.decision.word == Word::Deny {
        Ended::denied()
    } else {
        Ended::done()
    }
}

fn save(file: &std::path::Path, dossier: &Dossier) -> Result<(), Stop> {
    let failed = |detail: &dyn std::fmt::Display| {
        Stop::Request(
            Message::new("error-write-file")
                .with("file", file.display())
                .with("detail", detail),
        )
    };
    let text = serde_json::to_string_pretty(dossier).map_err(|error| failed(&error))?;
    std::fs::write(file, text + "\n").map_err(|error| failed(&error))
}

async fn print(output: &Output, wiring: &Wiring, judged: &Judged) -> Result<(), Stop> {
    let checkpoint = match &judged.record {
        Some(_) => Some(checkpoint(wiring, &judged.log).await?),
        None => None,
    };
    output.data(&view::decision(output, judged, checkpoint));
    Ok(())
}

/// Size, last leaf and root of the log as it is now, from what it was when it was read.
pub(super) async fn checkpoint(wiring: &Wiring, before: &Tree) -> Result<String, Stop> {
    Ok(grown(wiring.ports(), before.clone()).await?.to_string())
}

/// Opens repository and log, and says when acts wait to be brought into it.
pub(super) async fn open(global: &Global, output: &Output, access: Access) -> Result<Wiring, Stop> {
    let wiring = open_quietly(global, output, access).await?;
    exec::journal::tell_of_left(output, &wiring);
    match wiring.spool().count() {
        Ok(SpoolCount { waiting: 0, held: 0 }) => {}
        Ok(count) => output.tell(
            &Message::new("spool-waiting")
                .with("waiting", count.waiting)
                .with("held", count.held),
        ),
        Err(error) => output.tell(&Message::new("error-spool").with("detail", error)),
    }
    Ok(wiring)
}

/// Opens repository and log, with a progress bar where somebody watches.
pub(super) async fn open_quietly(global: &Global, output: &Output, access: Access) -> Result<Wiring, Stop> {
    let start = match &global.directory {
        Some(folder) => folder.clone(),
        None => std::env::current_dir()
            .map_err(|error| Stop::Request(Message::new("error-start").with("detail", error)))?,
    };
    let against = receipts(global)?;
    let mut wiring = Wiring::open(
        &start,
        global.log.as_deref(),
        access,
        view::progress(output.lively),
    )
    .await?;
    wiring.against = against;
    wiring.notices.iter().for_each(|notice| output.tell(notice));
    Ok(wiring)
}

/// The log, the service that is meant, and what is in force there.
pub(super) async fn authorised(
    wiring: &Wiring,
    service: Option<&str>,
    environment: &str,
) -> Result<(LogView, ServiceKey, InForce), Stop> {
    authorised_about(wiring, service, environment, None).await
}

/// The same for a command about `change`: where several services could be meant and none is named, the one
/// is that it passed the gate of.
pub(super) async fn authorised_about(
    wiring: &Wiring,
    service: Option<&str>,
    environment: &str,
    change: Option<&str>,
) -> Result<(LogView, ServiceKey, InForce), Stop> {
    let log = read_log(wiring.ports()).await?;
    let environment = EnvironmentKey::from(environment);
    let wanted = service.map(ServiceKey::from);
    let passed = || {
        let change = change.filter(|_| wanted.is_none())?.parse().ok()?;
        let decided = log.standing.last_allowed(&change, None)?;
        (decided.environment == environment).then(|| decided.service.clone())
    };
    let service = choose_service(&log.standing, &environment, wanted.as_ref());
    let service = service.or_else(|stop| passed().ok_or(stop))?;
    let key = (service.clone(), environment);
    let commit = log
        .standing
        .states
        .get(&key)
        .map(|state| state.head.clone())
        .unwrap_or_default();
    let mut rules = InForce::at(wiring.ports().repository, &commit, service.as_str())?;
    with_declared(&mut rules.config, &log);
    Ok((log, service, rules))
}

/// A change's number as typed.
pub(super) fn change_id(text: &str) -> Result<ChangeId, Stop> {
    text.parse()
        .map_err(|_| Stop::Request(Message::new("error-change-id").with("text", text)))
}

/// The run: as given, as GitHub Actions names it, else a number of its own.
pub(super) fn run_of(given: Option<&str>, wiring: &Wiring) -> Result<String, Stop> {
    let variable = |name: &str| std::env::var_os(name).map(|v| v.to_string_lossy().into_owned());
    let run = match (given, variable("GITHUB_RUN_ID"), variable("GITHUB_RUN_ATTEMPT")) {
        (Some(given), _, _) => given.to_owned(),
        (None, Some(id), Some(attempt)) => format!("{id}/{attempt}"),
        _ => {
            let digest = sekisho::change::Digest::of(&(wiring.ports().random)()).hex();
            format!("terminal/{}", &digest[..16])
        }
    };
    let fits = (1..=128).contains(&run.len())
        && run
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_./:".contains(&b));
    if fits {
        Ok(run)
    } else {
        Err(Stop::Request(Message::new("error-run").with("text", run)))
    }
}
