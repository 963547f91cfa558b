//! `sekisho log move`: the log into another store; the old one is closed, never forgotten.

use sekisho::change::Message;
use sekisho::usecases::{may_move, move_log};

use crate::cli::actor;
use crate::cli::args::Global;
use crate::cli::args_log::MoveArgs;
use crate::cli::exit::{Ended, Failure};
use crate::cli::gate::{authorised, open};
use crate::cli::output::Output;
use crate::wire::Access;

/// Copies, verifies, closes the old log, and switches this clone over.
pub(super) async fn run(global: &Global, output: &Output, args: &MoveArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Write).await?;
    let (_, service, rules) = authorised(&wiring, args.service.as_deref(), &args.environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    may_move(wiring.ports(), acting.actor(), &rules, &service)?;
    let place = wiring.other_place(&args.to).await?;
    let done = move_log(
        wiring.ports(),
        acting.actor(),
        place.ledger.as_ref(),
        place.word(),
    )
    .await?;
    let old = wiring.shown_place();
    wiring.switch_to(&place).await?;
    output.print(
        &Message::new("log-moved")
            .with("size", done.head.size)
            .with("place", place.setting())
            .with("old", old),
    );
    output.tell(&Message::new("log-moved-next").with("place", place.setting()));
    Ok(Ended::done())
}
