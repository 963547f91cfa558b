//! The walk over a log, record by record.

use std::collections::{BTreeMap, HashSet};

use crate::change::{Digest, Message};
use crate::ledger::acts;
use crate::ledger::line::{Line, NotARecord};
use crate::ledger::machines::Machines;
use crate::ledger::receipt::Receipt;
use crate::ledger::record::{Head, Sealed};
use crate::ledger::seal::{CLOCK_TOLERANCE, is_late_filing};
use crate::ledger::signers::Signers;
use crate::ledger::tree::Tree;

use super::damage::{Damage, DamageKind, Note, NoteKind};
use super::evidence::Evidence;
use super::looked::Looked;
use super::report::{Report, Signed};
use super::revocations::Revocations;

/// How many damages and notes a report lists.
const LISTED: usize = 1_000;

/// What to ask of a log besides being whole.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether only signed records may change the signers or take documents out.
    pub signatures_required: bool,
    /// Places that somebody remembers: the log must be as long, with these leaves.
    pub remembered: Vec<Head>,
    /// What somebody kept of the log as it was: it must begin with exactly that.
    pub against: Vec<Receipt>,
    /// The time, in seconds since 1970: no record may be ahead of it. Not looked at where it is `None`.
    pub now: Option<i64>,
}

/// A verification in progress: feed it every record in order, then finish.
///
/// It keeps 32 bytes and one id for each record, and no record.
#[derive(Debug, Default)]
pub struct Verification {
    pub(super) options: Options,
    next: u64,
    leaves: Vec<[u8; 32]>,
    tree: Tree,
    ids: HashSet<u128>,
    origin: Option<String>,
    closed: bool,
    sealed_at: i64,
    pub(super) signers: Signers,
    pub(super) machines: Machines,
    pub(super) missing: BTreeMap<Digest, Vec<u64>>,
    pub(super) redacted: BTreeMap<Digest, u64>,
    pub(super) revocations: Revocations,
    /// Records by which something may pass, with their author and when they were sealed.
    pub(super) permits: Vec<(u64, String, i64)>,
    signed: u64,
    unsigned: Vec<u64>,
    unchecked: Vec<u64>,
    opaque: u64,
    damages: Vec<Damage>,
    more_damages: u64,
    notes: Vec<Note>,
}

impl Verification {
    /// Begins at the first record.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// From here on, only signed records may change the signers or take documents out.
    pub fn require_signatures(&mut self, required: bool) {
        self.options.signatures_required = required;
    }

    /// Adds what the store says about its own structure.
    pub fn complain(&mut self, complaint: &str) {
        let message = DamageKind::Store.message().with("complaint", complaint);
        self.damage(None, DamageKind::Store, message);
    }

    /// Adds what is worth knowing about where the log is kept.
    pub fn remark(&mut self, remark: Message) {
        let seq = self.next.saturating_sub(1);
        self.note(seq, NoteKind::Place, remark);
    }

    /// Adds what is wrong around the records: a checkpoint, a file.
    pub fn add(&mut self, damage: Damage) {
        self.damage(damage.seq, damage.kind, damage.message);
    }

    /// Checks the next record; says how it is vouched for.
    pub fn feed(&mut self, row: &Sealed, evidence: &mut dyn Evidence) -> Signed {
        self.take(&Looked::at(row), evidence)
    }

    /// Checks the next record, whose bytes were looked at ahead.
    pub fn take(&mut self, looked: &Looked<'_>, evidence: &mut dyn Evidence) -> Signed {
        let (row, computed) = (looked.row, looked.leaf);
        let seq = row.seq;
        if computed != row.leaf {
            self.plain(seq, DamageKind::LeafDiffers);
        }
        if seq != self.next {
            self.gap(seq, self.next, seq);
        }
        self.next = seq.saturating_add(1);
        let signed = match &looked.line {
            Ok(line) => {
                self.opaque += u64::from(!looked.known);
                self.record(seq, line, evidence)
            }
            Err(wrong) => self.unreadable(seq, *wrong),
        };
        self.leaves.push(computed);
        self.tree.push(computed);
        self.held_against(&computed);
        match signed {
            Signed::Good => self.signed += 1,
            Signed::Unsigned => self.unsigned.push(seq),
            Signed::Unknown => self.unchecked.push(seq),
            Signed::Bad => {}
        }
        signed
    }

    /// What was kept of a log of this size.
    fn held_against(&mut self, leaf: &[u8; 32]) {
        let size = self.tree.size();
        let agrees = |kept: &Receipt| kept.agrees(leaf, &self.tree.root());
        let same_size = |kept: &&Receipt| kept.size == size;
        let all = self.options.against.iter().filter(same_size).all(agrees);
        if !all {
            let kind = DamageKind::NotTheCheckpoint;
            self.damage(None, kind, kind.message().with("size", size));
        }
    }

    fn unreadable(&mut self, seq: u64, wrong: NotARecord) -> Signed {
        let (kind, message) = match wrong {
            NotARecord::NotCanonical(wrong) => (
                DamageKind::NotCanonical,
                DamageKind::NotCanonical
                    .message()
                    .with("at", wrong.at)
                    .with("rule", wrong.rule),
            ),
            NotARecord::Field(field) => (
                DamageKind::NotARecord,
                DamageKind::NotARecord.message().with("field", field),
            ),
            NotARecord::Newer => (DamageKind::NewerFormat, DamageKind::NewerFormat.message()),
        };
        self.damage(Some(seq), kind, message);
        Signed::Bad
    }

    fn record(&mut self, seq: u64, line: &Line<'_>, evidence: &mut dyn Evidence) -> Signed {
        self.place(seq, line);
        self.times(seq, line);
        self.history_seen(seq, line);
        if !self.ids.insert(line.said.id_number) {
            self.damage(
                Some(seq),
                DamageKind::DuplicateId,
                DamageKind::DuplicateId.message().with("id", line.said.id),
            );
        }
        let is_first = self.leaves.is_empty();
        if is_first && line.said.act == acts::CREATED {
            // Nobody can vouch for the first record but itself; its leaf is what is pinned.
            self.take_signers(seq, line, evidence);
        }
        self.documents(seq, line, evidence);
        let signed = self.signatures(seq, line, evidence);
        if line.said.act == acts::SIGNERS && self.may_change_trust(seq, signed) {
            self.take_signers(seq, line, evidence);
        }
        if line.said.act == acts::JWKS {
            self.take_keys(seq, line, signed, evidence);
        }
        if line.said.act == acts::CLOSED {
            self.ending(seq, signed);
        }
        if acts::permits(line.said.act) && signed == Signed::Good {
            self.permits.push((seq, line.said.by.to_owned(), line.at));
        }
        if line.said.act == acts::REVOKED {
            self.revocation(seq, line, signed);
        }
        if let Some(digest) = line.said.redacts() {
            self.redaction(seq, (line, digest), signed, evidence);
        }
        signed
    }

    /// The chain, the number, the log's name and its beginning.
    fn place(&mut self, seq: u64, line: &Line<'_>) {
        if line.prev != self.leaves.last().copied().unwrap_or_default() {
            self.plain(seq, DamageKind::ChainBroken);
        }
        if line.seq != seq {
            self.gap(seq, seq, line.seq);
        }
        let creates = line.said.act == acts::CREATED;
        match (self.leaves.is_empty(), creates) {
            (true, false) => self.plain(seq, DamageKind::NoGenesis),
            (false, true) => self.plain(seq, DamageKind::SecondGenesis),
            _ => {}
        }
        if self.closed {
            self.plain(seq, DamageKind::AfterTheEnd);
        }
        self.closed |= line.said.act == acts::CLOSED;
        let origin = self.origin.get_or_insert_with(|| line.said.log.to_owned());
        let named = if creates {
            line.said.body_text("origin")
        } else {
            None
        };
        if *origin != line.said.log || named.is_some_and(|named| named != line.said.log) {
            let message = DamageKind::ForeignOrigin
                .message()
                .with("expected", origin)
                .with("found", line.said.log);
            self.damage(Some(seq), DamageKind::ForeignOrigin, message);
        }
    }

    fn times(&mut self, seq: u64, line: &Line<'_>) {
        if !self.leaves.is_empty() && line.at < self.sealed_at {
            let message = DamageKind::TimeBackwards.message().with("time", line.time);
            self.damage(Some(seq), DamageKind::TimeBackwards, message);
        }
        let ahead = |at: i64| {
            let now = self.options.now.map(|now| now.saturating_add(CLOCK_TOLERANCE));
            now.is_some_and(|now| at > now)
        };
        // The first is enough: what comes behind it cannot be dated before it.
        if ahead(line.at) && !ahead(self.sealed_at) {
            let message = DamageKind::TimeAhead.message().with("time", line.time);
            self.damage(Some(seq), DamageKind::TimeAhead, message);
        }
        self.sealed_at = line.at;
        let late = line.said.at < line.at - CLOCK_TOLERANCE;
        let may_be_late = late && is_late_filing(&line.said);
        if may_be_late {
            let message = Message::new(NoteKind::FiledLate.key())
                .with("claimed", line.said.time)
                .with("sealed", line.time);
            self.note(seq, NoteKind::FiledLate, message);
        }
        if (late && !may_be_late) || line.said.at > line.at + CLOCK_TOLERANCE {
            let message = DamageKind::TimeTooFar
                .message()
                .with("claimed", line.said.time)
                .with("sealed", line.time);
            self.damage(Some(seq), DamageKind::TimeTooFar, message);
        }
    }

    fn history_seen(&mut self, seq: u64, line: &Line<'_>) {
        let seen = line.said.seen;
        let stands = match seen.size.checked_sub(1) {
            None => Some([0; 32]),
            Some(last) => usize::try_from(last)
                .ok()
                .and_then(|last| self.leaves.get(last).copied()),
        };
        if seen.size > seq || stands != Some(seen.leaf) {
            let message = DamageKind::SeenElsewhere
                .message()
                .with("by", line.said.by)
                .with("size", seen.size);
            self.damage(Some(seq), DamageKind::SeenElsewhere, message);
        }
    }

    /// Ends the log here.
    pub fn finish(mut self) -> Report {
        self.explain_missing();
        self.revoked_since();
        self.remembered();
        self.longer_than_kept();
        self.damages.sort_by_key(|damage| damage.seq);
        self.notes.sort_by_key(|note| note.seq);
        let head = Head {
            size: self.tree.size(),
            leaf: self.leaves.last().copied().unwrap_or_default(),
        };
        Report {
            origin: self.origin,
            head,
            tree: self.tree,
            genesis: self.leaves.first().copied(),
            signed: self.signed,
            unsigned: self.unsigned,
            unchecked: self.unchecked,
            opaque: self.opaque,
            machines: self.machines,
            revocations: self.revocations,
            damages: self.damages,
            more_damages: self.more_damages,
            notes: self.notes,
        }
    }

    fn explain_missing(&mut self) {
        for (digest, named_by) in std::mem::take(&mut self.missing) {
            for seq in named_by {
                match self.redacted.get(&digest) {
                    Some(by) => {
                        let message = Message::new(NoteKind::Redacted.key())
                            .with("digest", digest)
                            .with("by", by);
                        self.note(seq, NoteKind::Redacted, message);
                    }
                    None => self.blob(seq, DamageKind::BlobMissing, &digest),
                }
            }
        }
    }

    fn longer_than_kept(&mut self) {
        for kept in std::mem::take(&mut self.options.against) {
            if let Some(name) = &kept.origin
                && self.origin.as_ref().is_some_and(|origin| origin != name)
            {
                let kind = DamageKind::CheckpointOfAnother;
                let message = kind.message().with("found", name);
                let expected = self.origin.clone().unwrap_or_default();
                self.damage(None, kind, message.with("expected", expected));
            }
            if kept.size > self.tree.size() {
                let kind = DamageKind::ShorterThanCheckpoint;
                let message = kind.message().with("kept", kept.size);
                self.damage(None, kind, message.with("size", self.tree.size()));
            }
        }
    }

    fn remembered(&mut self) {
        for head in std::mem::take(&mut self.options.remembered) {
            let Some(last) = head.size.checked_sub(1) else {
                continue;
            };
            let kind = match usize::try_from(last).ok().and_then(|last| self.leaves.get(last)) {
                Some(leaf) if *leaf == head.leaf => continue,
                Some(_) => DamageKind::OtherHistory,
                None => DamageKind::Shortened,
            };
            let message = kind
                .message()
                .with("remembered", head.size)
                .with("size", self.tree.size());
            self.damage(Some(last), kind, message);
        }
    }

    pub(super) fn plain(&mut self, seq: u64, kind: DamageKind) {
        self.damage(Some(seq), kind, kind.message());
    }

    fn gap(&mut self, seq: u64, expected: u64, found: u64) {
        let message = DamageKind::SequenceGap
            .message()
            .with("expected", expected)
            .with("found", found);
        self.damage(Some(seq), DamageKind::SequenceGap, message);
    }

    pub(super) fn blob(&mut self, seq: u64, kind: DamageKind, digest: &Digest) {
        self.damage(Some(seq), kind, kind.message().with("digest", digest));
    }

    pub(super) fn damage(&mut self, seq: Option<u64>, kind: DamageKind, message: Message) {
        if self.damages.len() >= LISTED {
            self.more_damages += 1;
            return;
        }
        let message = match seq {
            Some(seq) => message.with("seq", seq),
            None => message,
        };
        self.damages.push(Damage { seq, kind, message });
    }

    pub(super) fn note(&mut self, seq: u64, kind: NoteKind, message: Message) {
        if self.notes.len() < LISTED {
            let message = message.with("seq", seq);
            self.notes.push(Note { seq, kind, message });
        }
    }
}
