//! `sekisho review`: the review after an emergency, closed by somebody who did not carry it out.

use sekisho::change::{ChangeId, Message};
use sekisho::ports::Spool as _;
use sekisho::usecases::{self, Stop};

use super::actor;
use super::args::{Global, ReviewArgs};
use super::emergency::Crisis;
use super::exit::{Ended, Failure};
use super::files;
use super::gate::{authorised, change_id, open, open_quietly};
use super::output::Output;
use crate::wire::Access;

/// Records what was found.
pub(super) async fn run(global: &Global, output: &Output, args: &ReviewArgs) -> Result<Ended, Failure> {
    let id = change_id(&args.change)?;
    let wiring = open_quietly(global, output, Access::Read).await?;
    let log = usecases::read_log(wiring.ports()).await?;
    let of_emergency =
        log.standing.emergencies.contains_key(&id) || wiring.spool().count().is_ok_and(|c| c.waiting > 0);
    if log.standing.last_allowed(&id, None).is_some() && !of_emergency {
        return after_rollback(global, output, args, &id).await;
    }
    drop(wiring);
    let crisis = Crisis::open(global, output, Some(&args.change)).await?;
    let findings = files::evidence(&args.findings)?.bytes;
    let spool = crisis.wiring.spool();
    let recorded = usecases::review(
        crisis.wiring.ports(),
        crisis.acting.actor(),
        &crisis.log,
        (&crisis.id, &findings),
        &spool,
    )
    .await?;
    let done = Message::new("review-done").with("change", &crisis.id);
    crisis.told(output, &recorded, done).await
}

/// The same for a change that was put back.
async fn after_rollback(
    global: &Global,
    output: &Output,
    args: &ReviewArgs,
    id: &ChangeId,
) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Write).await?;
    let log = usecases::read_log(wiring.ports()).await?;
    let Some(decided) = log.standing.last_allowed(id, None) else {
        return Err(Stop::Request(
            Message::new("error-never-passed").with("change", id),
        ));
    };
    let (service, environment) = (decided.service.to_string(), decided.environment.to_string());
    let (log, _, rules) = authorised(&wiring, Some(&service), &environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let findings = files::evidence(&args.findings)?.bytes;
    let ports = wiring.ports();
    let record = usecases::review_of_rollback(ports, acting.actor(), &log, id, &findings).await?;
    wiring.remember().await?;
    output.print(
        &Message::new("review-done")
            .with("change", id)
            .with("seq", record.seq),
    );
    Ok(Ended::done())
}
