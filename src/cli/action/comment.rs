//! The comment on a pull request.

use sekisho::change::Message;
use sekisho::ports::ForgeError;
use sekisho::report::annotation::Level;
use sekisho::report::job;
use sekisho::report::markdown::escape;

use crate::cli::output::Output;
use crate::wire::Wiring;

/// What our comment begins with; nobody sees it.
const MARKER: &str = "<!-- sekisho:check -->";

/// Writes the page into the comment of this account, or says why there is none. Nothing else of
/// the check depends on it.
pub(super) async fn keep(output: &Output, wiring: &Wiring, number: u64, page: &str) {
    let Some(forge) = wiring.ports().forge else {
        output.remark(Level::Notice, &Message::new("comment-no-token"));
        return;
    };
    let more = escape(&output.say(&Message::new("comment-cut")));
    let text = format!("{MARKER}\n{}", job::comment(page, &more));
    let why = match forge.comment(number, MARKER, &text).await {
        Ok(()) => return,
        Err(ForgeError::Forbidden { .. }) => Message::new("comment-not-permitted"),
        Err(error) => Message::new("comment-not-written").with("detail", error),
    };
    output.remark(Level::Notice, &why);
}
