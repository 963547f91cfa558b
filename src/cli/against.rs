//! What somebody kept of the log as it was: the log must begin with exactly that.

use std::path::Path;

use sekisho::change::Message;
use sekisho::ledger::Receipt;
use sekisho::usecases::Stop;

use super::args::Global;
use super::files::{LARGEST, read_bounded};

/// What the log is held against.
///
/// # Errors
/// [`Stop::Request`] for a text that is neither a checkpoint nor a file with one.
pub(super) fn receipts(global: &Global) -> Result<Vec<Receipt>, Stop> {
    global.against.iter().map(|text| receipt(text)).collect()
}

/// A checkpoint as it was kept: a file, or the text that decisions print.
fn receipt(text: &str) -> Result<Receipt, Stop> {
    let unreadable = |detail: &dyn std::fmt::Display| {
        let message = Message::new("error-against").with("text", text);
        Stop::Request(message.with("detail", detail))
    };
    if let Ok(receipt) = text.parse() {
        return Ok(receipt);
    }
    let bytes = read_bounded(Path::new(text), LARGEST).map_err(|error| unreadable(&error))?;
    Receipt::read(&bytes).map_err(|wrong| unreadable(&wrong))
}
