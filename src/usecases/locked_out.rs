//! A configuration under which nothing could ever pass, told at its lines.

use crate::change::text::{Document, Fault};
use crate::config;

use super::in_force::CONFIG_PATH;
use super::{FileFaults, InForce, Stop};

/// Why nothing, or nothing of some sort, could ever pass under `rules`, with places.
pub(super) fn locked_out(rules: &InForce) -> Vec<Fault> {
    let mut reasons = config::unsatisfiable(&rules.config);
    if reasons.is_empty() {
        return reasons;
    }
    if let Ok(document) = Document::parse_bytes(&rules.config_bytes) {
        for reason in &mut reasons {
            reason.place = document.key_place(&reason.field);
        }
    }
    reasons
}

/// Lets no such configuration become the authorised one: once it is, nothing could change it.
///
/// # Errors
/// [`Stop::Faults`] with every reason.
pub(super) fn refuse_locked_out(rules: &InForce) -> Result<(), Stop> {
    let faults = locked_out(rules);
    if faults.is_empty() {
        return Ok(());
    }
    Err(Stop::Faults(Box::new(FileFaults {
        file: CONFIG_PATH.to_owned(),
        text: String::from_utf8_lossy(&rules.config_bytes).into_owned(),
        faults,
    })))
}
