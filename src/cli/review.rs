//! `sekisho review`: the review after an emergency, closed by somebody who did not carry it out.

use sekisho::change::Message;
use sekisho::usecases;

use super::args::{Global, ReviewArgs};
use super::emergency::Crisis;
use super::exit::{Ended, Failure};
use super::files;
use super::output::Output;

/// Records what was found.
pub(super) async fn run(global: &Global, output: &Output, args: &ReviewArgs) -> Result<Ended, Failure> {
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
