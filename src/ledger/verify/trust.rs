//! Whose signatures count at a record, and whether they are on it.

use crate::change::{Digest, Message};
use crate::ledger::line::Line;
use crate::ledger::machines::{Machines, TokenFinding, TokenUse};
use crate::ledger::said::Named;
use crate::ledger::signers::{Admission, Signers};
use crate::ledger::token::TOKEN_SIGNATURE;

use super::damage::DamageKind;
use super::evidence::{Evidence, SIGNATURE_NAMESPACE, Verdict};
use super::report::Signed;

/// What one signature on a record comes to.
pub(super) enum Finding {
    /// The author's own.
    Good,
    /// Not checked here, for this reason.
    Unknown(Message),
    /// Wrong.
    Bad(DamageKind, Message),
}

/// Checks one signature of `line` against the signers in force.
pub(super) fn check(
    line: &Line<'_>,
    (digest, kind): Named<'_>,
    blob: &[u8],
    (signers, machines): (&Signers, &Machines),
    evidence: &mut dyn Evidence,
) -> Finding {
    if kind == TOKEN_SIGNATURE {
        return machine(line, digest, blob, machines, evidence);
    }
    let (key, unknown) = match evidence.check(kind, line.signed.as_bytes(), blob) {
        Verdict::Good { key } => (key, None),
        Verdict::Bad(why) => {
            let mut message = DamageKind::BadSignature.message().with("signature", digest);
            message.with.extend(why.with);
            return Finding::Bad(DamageKind::BadSignature, message.with("reason", why.key));
        }
        Verdict::Unknown { key: Some(key), why } => (key, Some(why)),
        Verdict::Unknown { key: None, why } => return Finding::Unknown(why),
    };
    match (admission(line, &key, signers), unknown) {
        (None, None) => Finding::Good,
        (None, Some(why)) => Finding::Unknown(why),
        (Some(kind), _) => {
            let message = kind.message().with("by", line.said.by).with("key", &key);
            let person = line.said.body_text("person").unwrap_or_default();
            Finding::Bad(kind, message.with("person", person).with("time", line.time))
        }
    }
}

/// Checks a runner's token.
fn machine(
    line: &Line<'_>,
    digest: Digest,
    token: &[u8],
    machines: &Machines,
    evidence: &mut dyn Evidence,
) -> Finding {
    let said = TokenUse {
        act: line.said.act,
        by: line.said.by,
        person: line.said.body_text("person"),
        bytes: line.signed.as_bytes(),
        sealed: line.at,
    };
    let mut rsa = |key: &_, signed: &[u8], signature: &[u8]| evidence.check_rsa(key, signed, signature);
    match machines.check(said, token, &mut rsa) {
        TokenFinding::Good => Finding::Good,
        TokenFinding::Bad(claim) => {
            let message = DamageKind::BadToken.message().with("signature", digest);
            Finding::Bad(
                DamageKind::BadToken,
                message.with("claim", claim).with("by", line.said.by),
            )
        }
        TokenFinding::KeyUnknown(kid) => {
            Finding::Unknown(Message::new("signature-token-key-unknown").with("kid", kid))
        }
        TokenFinding::NobodyCounts => Finding::Unknown(Message::new("signature-token-nobody")),
        TokenFinding::Unchecked => {
            Finding::Unknown(Message::new("signature-kind-unknown").with("kind", TOKEN_SIGNATURE))
        }
    }
}

/// Why the key does not speak for the author; `None` when it does.
fn admission(line: &Line<'_>, key: &str, signers: &Signers) -> Option<DamageKind> {
    let mut principals = vec![line.said.by];
    if line.said.body_has("person") {
        principals.push(line.said.body_text("person").unwrap_or_default());
    }
    match signers.admits(key, SIGNATURE_NAMESPACE, &principals, line.at) {
        Admission::Good => None,
        Admission::UnknownKey => Some(DamageKind::UnknownKey),
        Admission::NotTheirs => Some(DamageKind::NotTheSigner),
        Admission::OutsideDays => Some(DamageKind::KeyOutsideDays),
    }
}

impl Finding {
    pub(super) const fn signed(&self) -> Signed {
        match self {
            Self::Good => Signed::Good,
            Self::Unknown(_) => Signed::Unknown,
            Self::Bad(..) => Signed::Bad,
        }
    }
}
