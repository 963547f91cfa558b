//! The configuration that came into force last, whichever service brought it.

use crate::config::Config;

use super::{InForce, LogView, Ports, Stop};

/// The configuration of the state that was authorised last; `None` before the first.
///
/// # Errors
/// [`Stop`] when it cannot be read.
pub fn newest_config(ports: Ports<'_>, view: &LogView) -> Result<Option<Config>, Stop> {
    let newest = view.standing.states.iter().max_by_key(|(_, state)| state.seq);
    let Some(((service, _), state)) = newest else {
        return Ok(None);
    };
    let rules = InForce::at(ports.repository, &state.head, service.as_str())?;
    Ok(Some(rules.config))
}
