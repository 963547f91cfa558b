//! The file with the expected difference, at the commit that is judged.

use crate::change::Digest;
use crate::dossier::PlanFile;

use super::{Ports, Stop};

/// Stands for a file that is not there: no content has this digest, so no approval is of it.
const NO_FILE: Digest = Digest::from_bytes([0; 32]);

/// The digest of the file with the expected difference; `None` when it is not there.
pub(super) fn plan_digest(ports: Ports<'_>, head: &str, path: &str) -> Result<Option<Digest>, Stop> {
    Ok(ports.repository.read(head, path)?.map(|bytes| Digest::of(&bytes)))
}

/// The expected difference: its digest, and what there is of it.
///
/// # Errors
/// [`Stop`] when the file cannot be read.
pub(super) fn expected(
    ports: Ports<'_>,
    head: &str,
    path: Option<&str>,
) -> Result<(Option<Digest>, PlanFile), Stop> {
    let Some(path) = path else {
        return Ok((None, PlanFile::Unsaid));
    };
    let Some(bytes) = ports.repository.read(head, path)? else {
        return Ok((Some(NO_FILE), PlanFile::Missing));
    };
    let empty = bytes.iter().all(u8::is_ascii_whitespace);
    let file = if empty { PlanFile::Empty } else { PlanFile::There };
    Ok((Some(Digest::of(&bytes)), file))
}
