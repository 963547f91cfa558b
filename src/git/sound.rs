//! Whether an object is what its id says.
//!
//! libgit2 checks that itself, with a hash that also looks for crafted collisions and takes many
//! times as long. Collisions are looked for by git when objects arrive; what is left to check
//! here is that nobody changed them since.

use std::sync::Once;

use git2::{ObjectType, Oid};
use sha1::{Digest as _, Sha1};

use crate::ports::RepositoryError;

/// Leaves the check to this file, in the whole process.
pub(super) fn take_over() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| git2::opts::strict_hash_verification(false));
}

/// Checks one object's bytes.
///
/// # Errors
/// [`RepositoryError::Broken`] when they have another id.
pub(super) fn check(oid: Oid, kind: ObjectType, bytes: &[u8]) -> Result<(), RepositoryError> {
    let found = Sha1::new()
        .chain_update(kind.str())
        .chain_update(format!(" {}\0", bytes.len()))
        .chain_update(bytes)
        .finalize();
    if oid.as_bytes() == found.as_slice() {
        Ok(())
    } else {
        Err(RepositoryError::Broken(format!("object {oid} is damaged")))
    }
}
