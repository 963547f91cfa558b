//! `sekisho log sync`: brings acts that waited into the log.

use sekisho::ledger::body::Fields;
use sekisho::report::synced::{self, SyncedView};
use sekisho::usecases::{Brought, Synced, read_log, sync};

use crate::cli::args::{Format, Global};
use crate::cli::exit::{Ended, Failure};
use crate::cli::gate::open_quietly;
use crate::cli::history::{any_config, local, people};
use crate::cli::output::Output;
use crate::wire::Access;
use sekisho::config::Config;

/// Files what waits; 1 when something was put aside or is gone.
pub(super) async fn run(global: &Global, output: &Output) -> Result<Ended, Failure> {
    let wiring = open_quietly(global, output, Access::Write).await?;
    let spool = wiring.spool();
    let brought = sync(wiring.ports(), &spool).await?;
    if !brought.is_empty() {
        wiring.remember().await?;
    }
    let log = read_log(wiring.ports()).await?;
    let config = any_config(&wiring, &log);
    let view: Vec<SyncedView> = brought.iter().map(|one| line(one, config.as_ref())).collect();
    let held = wiring.spool_path().join("held");
    output.data(&match output.format {
        Format::Json => format!("{:#}", synced::json(&view)),
        _ => synced::text(
            &output.wording,
            &view,
            &people(config.as_ref()),
            &held.display().to_string(),
            output.look(),
        ),
    });
    Ok(if view.iter().all(|one| one.record.is_some()) {
        Ended::done()
    } else {
        Ended::denied()
    })
}

fn line(one: &Brought, config: Option<&Config>) -> SyncedView {
    let body = one.statement.as_ref().map(|said| Fields(&said.body));
    let text = |key: &str| body.and_then(|body| body.text(key)).map(str::to_owned);
    let said = text("occurred").or_else(|| one.statement.as_ref().map(|said| said.time.clone()));
    let (record, held) = match &one.end {
        Synced::Recorded { seq, at, .. } => (Some((*seq, local(*at, config))), None),
        Synced::Held(why) => (None, Some(why.clone())),
        Synced::Gone => (None, None),
    };
    let act = one.statement.as_ref().map(|said| said.act.split('/').next());
    SyncedView {
        number: one.number,
        act: act.flatten().map(str::to_owned),
        change: text("change"),
        person: body
            .and_then(|body| body.person("person"))
            .map(|person| person.to_string()),
        said: said
            .and_then(|said| said.parse().ok())
            .map(|said| local(said, config)),
        record,
        held,
    }
}
