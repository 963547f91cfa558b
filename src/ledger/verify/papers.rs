//! The documents, signatures and signers of one record.

use crate::change::{Digest, Message};
use crate::ledger::acts;
use crate::ledger::instant::instant;
use crate::ledger::line::Line;
use crate::ledger::signers::Signers;

use super::damage::{DamageKind, NoteKind};
use super::evidence::{Evidence, Held};
use super::report::Signed;
use super::trust;
use super::verification::Verification;

impl Verification {
    pub(super) fn documents(&mut self, seq: u64, line: &Line<'_>, evidence: &mut dyn Evidence) {
        for (digest, _) in line.said.attachments() {
            match right(&digest, evidence.blob(&digest)) {
                Held::Bytes(_) => {}
                Held::Missing => self.missing.entry(digest).or_default().push(seq),
                Held::Altered => self.blob(seq, DamageKind::BlobAltered, &digest),
            }
        }
    }

    /// A document that no redaction explains away: without it nothing after it can be judged.
    fn essential(&mut self, seq: u64, digest: &Digest, evidence: &mut dyn Evidence) -> Option<Vec<u8>> {
        match right(digest, evidence.blob(digest)) {
            Held::Bytes(bytes) => return Some(bytes),
            Held::Missing => self.blob(seq, DamageKind::BlobMissing, digest),
            Held::Altered => self.blob(seq, DamageKind::BlobAltered, digest),
        }
        None
    }

    pub(super) fn signatures(&mut self, seq: u64, line: &Line<'_>, evidence: &mut dyn Evidence) -> Signed {
        let mut all = Signed::Unsigned;
        for signature in line.signatures() {
            let Some(blob) = self.essential(seq, &signature.0, evidence) else {
                all = Signed::Bad;
                continue;
            };
            let finding = trust::check(line, signature, &blob, (&self.signers, &self.machines), evidence);
            all = all.max(finding.signed());
            match finding {
                trust::Finding::Good => {}
                trust::Finding::Unknown(why) => self.note(seq, NoteKind::Unchecked, why),
                trust::Finding::Bad(DamageKind::UnknownKey, message) if self.is_of_revoked(line) => {
                    let message = Message {
                        key: DamageKind::KeyRevoked.key().into(),
                        ..message
                    };
                    self.damage(Some(seq), DamageKind::KeyRevoked, message);
                }
                trust::Finding::Bad(kind, message) => self.damage(Some(seq), kind, message),
            }
        }
        let names_its_signer =
            line.said.by.starts_with("key:") || line.said.by.starts_with("github-actions:");
        if all == Signed::Unsigned && names_its_signer {
            let message = DamageKind::SignatureMissing.message().with("by", line.said.by);
            self.damage(Some(seq), DamageKind::SignatureMissing, message);
            return Signed::Bad;
        }
        all
    }

    fn is_of_revoked(&self, line: &Line<'_>) -> bool {
        let key = line.said.by.strip_prefix("key:");
        key.is_some_and(|key| self.revocations.of(key).is_some())
    }

    /// Whether what is signed like this counts in this log.
    fn believes(&self, signed: Signed) -> bool {
        match signed {
            Signed::Good => true,
            Signed::Bad => false,
            Signed::Unsigned | Signed::Unknown => !self.options.signatures_required,
        }
    }

    pub(super) fn may_change_trust(&mut self, seq: u64, signed: Signed) -> bool {
        match signed {
            Signed::Good => true,
            Signed::Bad => false,
            Signed::Unsigned | Signed::Unknown if self.options.signatures_required => {
                self.plain(seq, DamageKind::SignersUnsigned);
                false
            }
            Signed::Unsigned | Signed::Unknown => {
                self.note(
                    seq,
                    NoteKind::SignersUnsigned,
                    Message::new(NoteKind::SignersUnsigned.key()),
                );
                true
            }
        }
    }

    /// Stores close for whatever says so: whether somebody did who may is told here.
    pub(super) fn ending(&mut self, seq: u64, signed: Signed) {
        if self.options.signatures_required && matches!(signed, Signed::Unsigned | Signed::Unknown) {
            self.plain(seq, DamageKind::ClosedUnsigned);
        }
    }

    /// Puts the signers in force that a record brings. When they cannot be read nobody is
    /// believed from here on.
    pub(super) fn take_signers(&mut self, seq: u64, line: &Line<'_>, evidence: &mut dyn Evidence) {
        self.signers = Signers::default();
        self.take_machines(seq, line, evidence);
        let Some(digest) = line.said.signers() else {
            if line.said.act == acts::SIGNERS {
                let message = DamageKind::SignersUnreadable.message().with("reason", "none");
                self.damage(Some(seq), DamageKind::SignersUnreadable, message);
            }
            return;
        };
        let Some(bytes) = self.essential(seq, &digest, evidence) else {
            return;
        };
        match Signers::read(&bytes) {
            // What was revoked stays revoked, whoever names it again.
            Ok(signers) => self.signers = signers.without(&self.revocations),
            Err(wrong) => {
                let message = DamageKind::SignersUnreadable.message().with("reason", wrong);
                self.damage(Some(seq), DamageKind::SignersUnreadable, message);
            }
        }
    }

    /// Puts the workflows in force that a record about signers names, and whose account is whose.
    fn take_machines(&mut self, seq: u64, line: &Line<'_>, evidence: &mut dyn Evidence) {
        let named = line.said.attachments().find(|(_, name)| *name == "accounts");
        // Without the list that it names no account is anybody's.
        let accounts = named.map(|(digest, _)| self.essential(seq, &digest, evidence).unwrap_or_default());
        self.machines.name(line.said.body, accounts.as_deref());
    }

    /// Takes in the keys of the issuer that a record brings. Who brings them has to count, or
    /// anybody could bring keys of their own making and sign with them.
    pub(super) fn take_keys(
        &mut self,
        seq: u64,
        line: &Line<'_>,
        signed: Signed,
        evidence: &mut dyn Evidence,
    ) {
        let believed = self.believes(signed);
        let issuer = self.machines.pins().map(|pins| pins.issuer.clone());
        if !believed || line.said.body_text("issuer") != issuer.as_deref() {
            return;
        }
        let sets: Vec<Digest> = line
            .said
            .attachments()
            .filter(|(_, name)| *name == "jwks")
            .map(|(digest, _)| digest)
            .collect();
        for digest in sets {
            if let Some(set) = self.essential(seq, &digest, evidence) {
                self.machines.learn(&set);
            }
        }
    }

    /// Takes in that somebody wants a key revoked; at once where it is their own.
    pub(super) fn revocation(&mut self, seq: u64, line: &Line<'_>, signed: Signed) {
        let believed = self.believes(signed);
        let (key, person) = (line.said.body_text("key"), line.said.body_text("person"));
        if let (true, Some(key), Some(person)) = (believed, key, person) {
            // What is no time counts like none: then the key was never trusted.
            let since = line.said.body_text("since").and_then(instant);
            self.revocations.take_in(seq, key, person, since, &self.signers);
            self.signers = std::mem::take(&mut self.signers).without(&self.revocations);
        }
    }

    /// Marks what was allowed with keys that were revoked later on.
    pub(super) fn revoked_since(&mut self) {
        for (seq, author, sealed) in std::mem::take(&mut self.permits) {
            if let Some(by) = self.revocations.distrusts(&author, sealed) {
                let kind = NoteKind::KeyRevokedSince;
                self.note(seq, kind, Message::new(kind.key()).with("by", by));
            }
        }
    }

    pub(super) fn redaction(
        &mut self,
        seq: u64,
        (line, digest): (&Line<'_>, Digest),
        signed: Signed,
        evidence: &mut dyn Evidence,
    ) {
        let believed = self.believes(signed);
        if believed {
            self.redacted.insert(digest, seq);
            self.claimed(seq, line);
        }
        if evidence.blob(&digest) != Held::Missing {
            let kind = NoteKind::RedactedButPresent;
            self.note(seq, kind, Message::new(kind.key()).with("digest", digest));
        }
    }
}

impl Verification {
    /// That somebody else asked for it is the word of who recorded it: only one of the two signs.
    fn claimed(&mut self, seq: u64, line: &Line<'_>) {
        let (person, asked) = (line.said.body_text("person"), line.said.body_text("requested_by"));
        if let (Some(person), Some(asked)) = (person, asked)
            && person != asked
        {
            let bare = |text: &str| text.trim_start_matches("person:").to_owned();
            let kind = NoteKind::RequestClaimed;
            let message = Message::new(kind.key())
                .with("person", bare(person))
                .with("asked", bare(asked));
            self.note(seq, kind, message);
        }
    }
}

/// What is held, after its digest was computed.
fn right(digest: &Digest, held: Held) -> Held {
    match held {
        Held::Bytes(bytes) if Digest::of(&bytes) != *digest => Held::Altered,
        other => other,
    }
}
