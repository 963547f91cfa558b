//! Notes about the log on GitHub: read before a decision, made after it.

use sekisho::change::Message;
use sekisho::ports::Anchor;
use sekisho::report::annotation::Level;
use sekisho::usecases::{self, LogView, Noted, Stop};

use super::args::Global;
use super::gate::open_quietly;
use super::output::Output;
use crate::wire::{Access, Wiring, in_a_job};

/// The setting of `.git/config` with the notes and commits that were found to be wrong.
const DISREGARDED: &str = "sekisho.disregardedNotes";

/// What was noted about the log, on GitHub.
///
/// # Errors
/// [`Stop::Unavailable`] where that cannot be read.
pub(super) async fn read(
    output: &Output,
    wiring: &Wiring,
    log: &LogView,
    head: &str,
) -> Result<Vec<Anchor>, Stop> {
    let Noted { anchors, blind } = usecases::noted(wiring.ports(), log, head).await?;
    if let Some(blind) = blind {
        output.remark(Level::Notice, &blind);
    }
    Ok(anchors)
}

/// Holds the log against them. Somebody may have appended and noted since the log was fetched, so
/// it is fetched again before it is called broken.
///
/// # Errors
/// [`Stop::Broken`] when the log is not what it was.
pub(super) async fn hold_against(
    global: &Global,
    output: &Output,
    (wiring, log): (Wiring, LogView),
    anchors: &[Anchor],
    given: &[String],
) -> Result<(Wiring, LogView), Stop> {
    let disregarded = disregarded(&wiring, given)?;
    let held = usecases::hold_against(wiring.ports(), &log, anchors, &disregarded).await;
    let (wiring, log, warnings) = match held {
        Ok(warnings) => (wiring, log, warnings),
        Err(Stop::Broken(_)) => {
            let wiring = open_quietly(global, output, Access::Write).await?;
            let log = usecases::read_log(wiring.ports()).await?;
            let ports = wiring.ports();
            let warnings = usecases::hold_against(ports, &log, anchors, &disregarded).await?;
            (wiring, log, warnings)
        }
        Err(stop) => return Err(stop),
    };
    for warning in &warnings {
        output.remark(Level::Warning, warning);
    }
    Ok((wiring, log))
}

/// Where there is no log: it never began, or somebody took it away.
///
/// # Errors
/// [`Stop::Broken`] when there was one.
pub(super) async fn refuse_gone(output: &Output, wiring: &Wiring, head: &str) -> Result<(), Stop> {
    let log = usecases::read_log(wiring.ports()).await?;
    if log.head.size > 0 {
        return Ok(());
    }
    let anchors = read(output, wiring, &log, head).await?;
    let disregarded = disregarded(wiring, &[])?;
    let warnings = usecases::hold_against(wiring.ports(), &log, &anchors, &disregarded).await?;
    for warning in &warnings {
        output.remark(Level::Warning, warning);
    }
    Ok(())
}

/// In a job, notes on the commit where the log ends now, and says how the record got there.
pub(super) async fn leave(output: &Output, wiring: &Wiring, commit: &str, known: &[Anchor]) {
    if let Some(detour) = wiring.detour() {
        output.remark(Level::Notice, detour);
    }
    if !in_a_job() {
        return;
    }
    if let Some(why) = usecases::note(wiring.ports(), &wiring.origin, commit, known).await {
        output.remark(Level::Notice, &why);
    }
}

fn disregarded(wiring: &Wiring, given: &[String]) -> Result<Vec<String>, Stop> {
    let kept = wiring.repository.local_setting(DISREGARDED)?.unwrap_or_default();
    Ok(listed(&kept).into_iter().chain(given.iter().cloned()).collect())
}

/// Words between commas.
pub(super) fn listed(text: &str) -> Vec<String> {
    let words = text.split(',').map(str::trim);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The sentences about damages, for a page.
pub(super) fn damages(output: &Output, stop: &Stop) -> Vec<String> {
    let Stop::Broken(report) = stop else {
        return Vec::new();
    };
    let damages = report.damages.iter().take(20);
    let say = |message: &Message| output.say(message);
    damages.map(|damage| say(&damage.message)).collect()
}
