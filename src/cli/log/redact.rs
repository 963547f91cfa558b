//! `sekisho log redact`: takes texts out that may not stay.

use sekisho::change::{Message, PersonKey};
use sekisho::config::Profile;
use sekisho::usecases::{Redacting, Stop, Target, redact};

use crate::cli::actor;
use crate::cli::args::Global;
use crate::cli::args_log::RedactArgs;
use crate::cli::exit::{Ended, Failure};
use crate::cli::gate::{authorised, change_id, open};
use crate::cli::output::Output;
use crate::wire::{Access, LogPlace};

/// Records who asked and why, then erases.
pub(super) async fn run(global: &Global, output: &Output, args: &RedactArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Write).await?;
    let (log, _, rules) = authorised(&wiring, args.service.as_deref(), &args.environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let target = match args.target.parse() {
        Ok(digest) => Target::Document(digest),
        Err(_) => Target::Change(change_id(&args.target)?),
    };
    let requested_by = match (&args.requested_by, rules.config.profile) {
        (Some(person), _) => PersonKey::from(person.as_str()),
        (None, Profile::Solo) => acting.person().clone(),
        (None, _) => return Err(Stop::request("error-redact-who")),
    };
    let redacting = Redacting {
        target,
        basis: args.basis.clone(),
        requested_by,
        reason: args.reason.clone(),
        rewrite: args.rewrite,
    };
    let done = redact(wiring.ports(), acting.actor(), &log, &rules.config, &redacting).await?;
    wiring.remember().await?;
    for digest in &done.documents {
        output.print(&Message::new("log-redacted").with("digest", digest));
    }
    if let Some(record) = done.records.first() {
        output.tell(&Message::new("log-redacted-record").with("seq", record.seq));
    }
    let on_a_branch = matches!(wiring.place, LogPlace::Branch(_));
    if on_a_branch && !args.rewrite {
        output.tell(&Message::new("log-redacted-branch").with("target", &args.target));
    }
    output.tell(&Message::new("log-redacted-copies"));
    Ok(Ended::done())
}
