//! The files that an approval binds beside the declaration, at the commit that is judged.

use serde_json::{Map, Value};

use crate::change::{Declaration, Digest, RollbackChoice};
use crate::config::Config;
use crate::dossier::PlanFile;

use super::record::document;
use super::{Ports, Stop};

/// Stands for a file that is not there: no content has this digest, so no approval is of it.
const NO_FILE: Digest = Digest::from_bytes([0; 32]);

/// The files of the repository that a declaration leans on, each with the field that names it:
/// the expected difference, the steps of the work, what is returned to. Addresses and names of
/// things elsewhere are no files.
///
/// # Errors
/// [`Stop`] when a file cannot be read.
pub(super) fn files(
    ports: Ports<'_>,
    head: &str,
    config: &Config,
    typed: &Declaration,
) -> Result<Vec<(&'static str, Digest)>, Stop> {
    let plan = match &typed.rollback {
        Some(RollbackChoice::Stated(plan)) => Some(&**plan),
        Some(RollbackChoice::Named(name)) => config.rollback_plans.get(name),
        None => None,
    };
    let named = [
        ("plan", typed.plan.as_deref()),
        ("procedure", typed.procedure.as_deref()),
        ("rollback.to", plan.and_then(|plan| plan.to.as_deref())),
    ];
    let mut found = Vec::new();
    for (field, text) in named {
        let path = text.map(|text| text.split('#').next().unwrap_or(text));
        let bytes = match path {
            Some(path) if !path.is_empty() => ports.repository.read(head, path)?,
            _ => None,
        };
        match bytes {
            Some(bytes) => found.push((field, Digest::of(&bytes))),
            None if field == "plan" && text.is_some() => found.push((field, NO_FILE)),
            None => {}
        }
    }
    Ok(found)
}

/// What an approval binds of these files: of the expected difference alone its digest, else the
/// digest of all of them.
///
/// # Errors
/// [`Stop`] when a file cannot be read.
pub(super) fn bound(
    ports: Ports<'_>,
    head: &str,
    config: &Config,
    typed: &Declaration,
) -> Result<Option<Digest>, Stop> {
    let files = files(ports, head, config, typed)?;
    if let [] | [("plan", _)] = files.as_slice() {
        return Ok(files.first().map(|(_, digest)| *digest));
    }
    let all: Map<String, Value> = files
        .iter()
        .map(|(field, digest)| ((*field).to_owned(), digest.to_string().into()))
        .collect();
    Ok(Some(Digest::of(&document(&all.into())?)))
}

/// What there is of the expected difference.
///
/// # Errors
/// [`Stop`] when the file cannot be read.
pub(super) fn expected(ports: Ports<'_>, head: &str, path: Option<&str>) -> Result<PlanFile, Stop> {
    let Some(path) = path else {
        return Ok(PlanFile::Unsaid);
    };
    Ok(match ports.repository.read(head, path)? {
        None => PlanFile::Missing,
        Some(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => PlanFile::Empty,
        Some(_) => PlanFile::There,
    })
}
