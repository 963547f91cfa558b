//! Whose word counts at the end of a log. Readers of a place where anybody can write ask this before
//! they take a record in: what nobody signed who may, or signed wrongly, is not part of the log there.

use crate::change::Digest;
use crate::ledger::acts;
use crate::ledger::instant::instant;
use crate::ledger::line::Line;
use crate::ledger::machines::Machines;
use crate::ledger::signers::Signers;

use super::evidence::{Evidence, Held};
use super::report::Signed;
use super::revocations::Revocations;
use super::trust;

/// The names of the attachments that say whose account is whose, and that bring keys of an issuer.
const ACCOUNTS: &str = "accounts";
const KEYS: &str = "jwks";
const BRINGS: [&str; 2] = [ACCOUNTS, KEYS];

/// The signers and workflows in force behind the records that were taken in, and whether anybody else counts.
///
/// It depends on nothing but those records: two readers of the same place agree.
#[derive(Debug, Clone, Default)]
pub struct Believed {
    signers: Signers,
    machines: Machines,
    revocations: Revocations,
    unsigned_counts: bool,
}

impl Believed {
    /// Whether the record may change whose word counts; cheaper than reading it.
    pub fn is_told_by(bytes: &[u8]) -> bool {
        [acts::CREATED, acts::SIGNERS, acts::REVOKED, acts::JWKS]
            .iter()
            .any(|act| memchr::memmem::find(bytes, act.as_bytes()).is_some())
    }

    /// The documents that [`Believed::admits`] and [`Believed::take_in`] look into: signatures, and what
    /// the record brings of signers, accounts and keys.
    pub fn asks_for(bytes: &[u8]) -> Vec<Digest> {
        let Ok(line) = Line::read(bytes) else {
            return Vec::new();
        };
        let signers = line.said.brings_signers().then(|| line.said.signers());
        let signatures = line.signatures().map(|(digest, _)| digest);
        let brought = line.said.attachments().filter(|(_, name)| BRINGS.contains(name));
        let brought = brought.map(|(digest, _)| digest);
        signatures.chain(signers.flatten()).chain(brought).collect()
    }

    /// Whether the record could be taken in, before any document is looked at.
    pub fn may_admit(&self, bytes: &[u8]) -> bool {
        Line::read(bytes).is_ok_and(|line| {
            self.unsigned_counts || line.said.act == acts::CREATED || line.signatures().next().is_some()
        })
    }

    /// Whether the record, which continues the chain, is by somebody whose word counts.
    ///
    /// The first record is: nobody can vouch for it but itself, and its leaf is what is pinned.
    ///
    /// # Errors
    /// Why not, for developers.
    pub fn admits(&self, bytes: &[u8], evidence: &mut dyn Evidence) -> Result<(), &'static str> {
        let line = Line::read(bytes).map_err(|_| "it is no record")?;
        if line.said.act == acts::CREATED {
            return Ok(());
        }
        match self.signed(&line, evidence) {
            Signed::Bad => Err("its signature is not of somebody who may sign in this log"),
            Signed::Unsigned | Signed::Unknown if !self.unsigned_counts => {
                Err("this log takes only what somebody signed whose signature can be checked")
            }
            _ if line.said.act == acts::SIGNERS && brought(&line, evidence).is_none() => {
                Err("the signers that it brings cannot be read")
            }
            _ => Ok(()),
        }
    }

    /// Takes in a record that was admitted.
    pub fn take_in(&mut self, bytes: &[u8], evidence: &mut dyn Evidence) {
        let Ok(line) = Line::read(bytes) else { return };
        if line.said.brings_signers() {
            let signers = brought(&line, evidence).unwrap_or_default();
            self.signers = signers.without(&self.revocations);
            self.unsigned_counts = line.said.body_text("signatures") == Some("optional");
            let named = line.said.attachments().find(|(_, name)| *name == ACCOUNTS);
            // Without the list that it names no account is anybody's.
            let accounts = named.map(|(digest, _)| held(&digest, evidence).unwrap_or_default());
            self.machines.name(line.said.body, accounts.as_deref());
        } else if line.said.act == acts::JWKS {
            self.learn(&line, evidence);
        } else if line.said.act == acts::REVOKED
            && let (Some(key), Some(person)) = (line.said.body_text("key"), line.said.body_text("person"))
        {
            let since = line.said.body_text("since").and_then(instant);
            self.revocations
                .take_in(line.seq, key, person, since, &self.signers);
            self.signers = std::mem::take(&mut self.signers).without(&self.revocations);
        }
    }

    /// Takes in the keys of the issuer that counts.
    fn learn(&mut self, line: &Line<'_>, evidence: &mut dyn Evidence) {
        let issuer = self.machines.pins().map(|pins| pins.issuer.as_str());
        if line.said.body_text("issuer") != issuer {
            return;
        }
        for (digest, _) in line.said.attachments().filter(|(_, name)| *name == KEYS) {
            if let Some(set) = held(&digest, evidence) {
                self.machines.learn(&set);
            }
        }
    }

    fn signed(&self, line: &Line<'_>, evidence: &mut dyn Evidence) -> Signed {
        let in_force = (&self.signers, &self.machines);
        let mut all = Signed::Unsigned;
        for signature in line.signatures() {
            let Some(blob) = held(&signature.0, evidence) else {
                return Signed::Bad;
            };
            all = all.max(trust::check(line, signature, &blob, in_force, evidence).signed());
        }
        all
    }
}

/// The signers that a record brings, where they can be read.
fn brought(line: &Line<'_>, evidence: &mut dyn Evidence) -> Option<Signers> {
    Signers::read(&held(&line.said.signers()?, evidence)?).ok()
}

fn held(digest: &Digest, evidence: &mut dyn Evidence) -> Option<Vec<u8>> {
    match evidence.blob(digest) {
        Held::Bytes(bytes) if Digest::of(&bytes) == *digest => Some(bytes),
        _ => None,
    }
}
