//! Work with a deadline in one sentence, the same wherever it is read.

use super::{Wording, time};
use crate::change::{ChangeId, Message};
use crate::dossier::Obligation;

/// Who owes what by when. `change` is left out on a page that is about one change.
pub(super) fn obligation(
    wording: &Wording,
    duty: &Obligation,
    owner: &str,
    change: Option<&ChangeId>,
) -> String {
    let key = match (duty.overdue, change) {
        (true, Some(_)) => "obligation-overdue-change",
        (true, None) => "obligation-overdue",
        (false, Some(_)) => "obligation-due-change",
        (false, None) => "obligation-due",
    };
    let mut message = Message::new(key)
        .with("due", time::short(wording, duty.due))
        .with("owner", owner)
        .with("what", wording.word("obligation", &duty.kind));
    if let Some(change) = change {
        message = message.with("change", change);
    }
    wording.say(&message)
}
