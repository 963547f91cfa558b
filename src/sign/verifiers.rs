//! Several verifiers as one: each checks the kinds of signatures that it was made for.

use std::fmt;

use crate::change::Message;
use crate::ledger::{MachineKey, Verdict};
use crate::ports::Verifier;

/// Verifiers by the kind of signature (`sshsig`, `github-oidc`, …). A kind without one is
/// `Unknown`, never `Good`.
#[derive(Default)]
pub struct Verifiers {
    by_kind: Vec<(&'static str, Box<dyn Verifier>)>,
}

impl Verifiers {
    /// The same with `verifier` for `kind`; the first one for a kind stays.
    #[must_use]
    pub fn with(mut self, kind: &'static str, verifier: impl Verifier + 'static) -> Self {
        self.by_kind.push((kind, Box::new(verifier)));
        self
    }
}

impl Verifier for Verifiers {
    fn check(&self, kind: &str, namespace: &str, bytes: &[u8], signature: &[u8]) -> Verdict {
        match self.by_kind.iter().find(|(own, _)| *own == kind) {
            Some((_, verifier)) => verifier.check(kind, namespace, bytes, signature),
            None => Verdict::Unknown {
                key: None,
                why: Message::new("signature-kind-unknown").with("kind", kind),
            },
        }
    }

    fn check_rsa(&self, key: &MachineKey, signed: &[u8], signature: &[u8]) -> Option<bool> {
        let mut all = self.by_kind.iter();
        all.find_map(|(_, verifier)| verifier.check_rsa(key, signed, signature))
    }
}

impl fmt::Debug for Verifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.by_kind.iter().map(|(kind, _)| kind))
            .finish()
    }
}
