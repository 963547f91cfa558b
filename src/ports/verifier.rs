//! How signatures are checked.

use crate::ledger::Verdict;

/// Checks signatures without knowing whose keys count: that is the log's business.
pub trait Verifier: Send + Sync {
    /// Whether `signature` of type `kind` (`sshsig`, `github-oidc`, …) was made in `namespace`
    /// over exactly `bytes`. A type or key that cannot be checked is `Unknown`, never `Good`.
    fn check(&self, kind: &str, namespace: &str, bytes: &[u8], signature: &[u8]) -> Verdict;
}
