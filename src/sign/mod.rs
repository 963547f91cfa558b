//! Signatures of people: made by `ssh-keygen`, checked in process.

mod ssh;
mod ssh_keygen;
mod verifiers;

pub use ssh::{KeyError, SshVerifier, fingerprint};
pub use ssh_keygen::{SshKeygen, public_key_of};
pub use verifiers::Verifiers;
