//! Signatures of people: made by `ssh-keygen`, checked in process.

mod ssh;
mod ssh_keygen;

pub use ssh::{KeyError, SshVerifier, fingerprint};
pub use ssh_keygen::{SshKeygen, public_key_of};
