//! Signatures: those of people are made by `ssh-keygen`; all are checked in process.

mod note;
mod oidc;
mod ssh;
mod ssh_keygen;
mod verifiers;

pub use note::signatures_by;
pub use oidc::RsaVerifier;
pub use ssh::{KeyError, SshVerifier, fingerprint};
pub use ssh_keygen::{SshKeygen, public_key_of};
pub use verifiers::Verifiers;
