//! The workflow that runs this, as the one who signs: looked at before anything is judged.

use sekisho::change::{Message, PersonKey};
use sekisho::github::JobTokens;
use sekisho::ledger::{Token, run_misfit};
use sekisho::usecases::{LogView, Stop};

use super::actor::Acting;

/// The audience of a token that is only looked at.
const LOOK: &str = "sekisho:v1:look";

/// Has the workflow sign for `person`, if it is one of those that count in this log. Unless
/// `may_be_read`, only for a log that not everybody can read.
///
/// # Errors
/// [`Stop::Request`] where it is not, with the lines to add; [`Stop::Unavailable`] where GitHub makes no
/// token, or signs with a key that nobody brought into the log.
pub(super) fn signs(
    log: &LogView,
    person: &PersonKey,
    tokens: JobTokens,
    may_be_read: bool,
) -> Result<Acting, Stop> {
    let bytes = tokens.ask(LOOK)?;
    let Some(token) = Token::read(&bytes) else {
        return Err(Stop::unavailable("action-token-unreadable"));
    };
    let claim = |name: &str| token.claim(name).unwrap_or("-").to_owned();
    let repository = claim("repository");
    let file = token.claim("job_workflow_ref").or(token.claim("workflow_ref"));
    let file = file.unwrap_or("-");
    let own = file.strip_prefix(&format!("{repository}/")).unwrap_or(file);
    let about = |key: &str| {
        Message::new(key)
            .with("workflow", own)
            .with("repository", claim("repository_id"))
            .with("person", person)
    };
    let machines = &log.report.machines;
    let Some(pins) = machines.pins() else {
        return Err(Stop::Request(about("action-token-nobody")));
    };
    if let Some(what) = run_misfit(pins, &token) {
        let found = match what {
            "issuer" => claim("iss"),
            "repository" => claim("repository_id"),
            "owner" => claim("repository_owner_id"),
            "event" => claim("event_name"),
            "workflow" => own.to_owned(),
            other => claim(other),
        };
        let message = about("action-token-misfit").with("claim", what);
        return Err(Stop::Request(message.with("found", found)));
    }
    let is_closed = matches!(token.claim("repository_visibility"), Some("private" | "internal"));
    if !is_closed && !may_be_read {
        return Err(Stop::Request(about("action-token-public")));
    }
    if machines.key(&token.kid).is_none() {
        return Err(Stop::Unavailable(
            about("action-token-key")
                .with("kid", &token.kid)
                .with("issuer", &pins.issuer),
        ));
    }
    let by = format!("github-actions:{}", pins.repository_id);
    Ok(Acting::through(person, by, tokens))
}
