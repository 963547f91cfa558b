//! How signatures are checked.

use crate::ledger::{MachineKey, Verdict};

/// Checks signatures without knowing whose keys count: that is the log's business.
pub trait Verifier: Send + Sync {
    /// Whether `signature` of type `kind` (`sshsig`, `github-oidc`, …) was made in `namespace`
    /// over exactly `bytes`. A type or key that cannot be checked is `Unknown`, never `Good`.
    fn check(&self, kind: &str, namespace: &str, bytes: &[u8], signature: &[u8]) -> Verdict;

    /// Whether the owner of this RSA key signed exactly `signed` (PKCS #1, SHA-256); `None` when
    /// that cannot be checked here.
    fn check_rsa(&self, _key: &MachineKey, _signed: &[u8], _signature: &[u8]) -> Option<bool> {
        None
    }
}
