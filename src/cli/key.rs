//! `sekisho key`: the keys that sign in the log.

use sekisho::change::{Message, Moment};
use sekisho::usecases::{Stop, file_keys, revoke};

use super::actor;
use super::args::{Global, KeyArgs, KeyCommand, KeyFetchArgs, KeyRevokeArgs};
use super::exit::{Ended, Failure};
use super::gate::{authorised, open};
use super::history::people;
use super::output::Output;
use crate::wire::Access;

/// Runs the command below `key`.
pub(super) async fn run(global: &Global, output: &Output, args: &KeyArgs) -> Result<Ended, Failure> {
    match &args.command {
        KeyCommand::Revoke(args) => revoked(global, output, args).await,
        KeyCommand::Fetch(args) => fetched(global, output, args).await,
    }
}

/// Brings the keys of the issuer of runners' tokens into the log, in the name of a person.
async fn fetched(global: &Global, output: &Output, args: &KeyFetchArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Write).await?;
    let (log, _, rules) = authorised(&wiring, args.service.as_deref(), &args.environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let done = file_keys(wiring.ports(), acting.actor(), &log).await?;
    wiring.remember().await?;
    output.print(&match &done.record {
        Some(record) => Message::new("key-fetched")
            .with("count", done.names.len())
            .with("names", done.names.join(", "))
            .with("seq", record.seq),
        None => Message::new("key-fetched-nothing"),
    });
    Ok(Ended::done())
}

async fn revoked(global: &Global, output: &Output, args: &KeyRevokeArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Write).await?;
    let (log, _, rules) = authorised(&wiring, args.service.as_deref(), &args.environment).await?;
    let since = args.since.as_deref().map(|text| {
        Moment::read(text, &rules.config.calendar.zone)
            .map_err(|_| Stop::Request(Message::new("error-revoke-since").with("text", text)))
    });
    let since = since.transpose()?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let done = revoke(
        wiring.ports(),
        acting.actor(),
        &log,
        (&args.fingerprint, since),
        &args.reason,
    )
    .await?;
    wiring.remember().await?;
    let key = if done.missing == 0 {
        "key-revoked"
    } else {
        "key-revoke-asked"
    };
    output.print(
        &Message::new(key)
            .with("key", &args.fingerprint)
            .with(
                "person",
                people(Some(&rules.config)).names(&output.wording, &done.owners),
            )
            .with("missing", done.missing)
            .with("since", if since.is_some() { "named" } else { "ever" })
            .with("at", args.since.as_deref().unwrap_or_default())
            .with("seq", done.record.seq),
    );
    Ok(Ended::done())
}
