//! What can be wrong with a log, and what is worth knowing although it is not.

use crate::change::Message;

/// Something in the log is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The record, where it is one.
    pub seq: Option<u64>,
    /// Which kind of damage.
    pub kind: DamageKind,
    /// The sentence: the kind's key with values.
    pub message: Message,
}

impl Damage {
    /// A damage that is no single record's; the message has the values of the kind's sentence.
    pub const fn around(kind: DamageKind, message: Message) -> Self {
        Self {
            seq: None,
            kind,
            message,
        }
    }
}

/// The kinds of damage, each with its own sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DamageKind {
    /// The line is not written in the one allowed way.
    NotCanonical,
    /// The line is canonical JSON, but no record.
    NotARecord,
    /// The record needs a newer version to be read.
    NewerFormat,
    /// The store's leaf is not the leaf of the store's bytes.
    LeafDiffers,
    /// The record does not name the leaf of the record before.
    ChainBroken,
    /// Numbers are missing, doubled or out of order.
    SequenceGap,
    /// The log does not begin with `log.created`.
    NoGenesis,
    /// A second `log.created`.
    SecondGenesis,
    /// A record behind the one that closed the log.
    AfterTheEnd,
    /// The log was closed without a signature where signatures are required.
    ClosedUnsigned,
    /// Two records have the same id.
    DuplicateId,
    /// The statement was made for another log.
    ForeignOrigin,
    /// The record was sealed before the one before it.
    TimeBackwards,
    /// It was sealed at a time that has not come: nothing can be sealed behind it until then.
    TimeAhead,
    /// The claimed time is too far from the sealing.
    TimeTooFar,
    /// The signer had seen another history than the one before this record.
    SeenElsewhere,
    /// The signature was not made over this statement.
    BadSignature,
    /// A runner's token was not made for this statement, or not by a workflow that counts.
    BadToken,
    /// The log has another key under a name than the issuer of tokens publishes.
    KeyNotTheIssuers,
    /// A fresh token was made with a key that its issuer does not publish.
    TokenUnpublished,
    /// The statement names a key as its author and carries no signature.
    SignatureMissing,
    /// Nobody's line had the signing key at that time.
    UnknownKey,
    /// The key was revoked before.
    KeyRevoked,
    /// The key is not the named person's.
    NotTheSigner,
    /// The key is not valid on that day.
    KeyOutsideDays,
    /// The signers that the record brings cannot be read.
    SignersUnreadable,
    /// The signers were changed without a signature where signatures are required.
    SignersUnsigned,
    /// A document is not there and no record says why.
    BlobMissing,
    /// A document is not the one that was named.
    BlobAltered,
    /// The log ends before a place that is remembered.
    Shortened,
    /// At a remembered place stands another record.
    OtherHistory,
    /// The log ends before a place that was noted on the forge.
    ShorterThanNoted,
    /// At a place that was noted on the forge stands another record.
    OtherThanNoted,
    /// The log does not begin with what a checkpoint says.
    NotTheCheckpoint,
    /// The log ends before a checkpoint.
    ShorterThanCheckpoint,
    /// There are records behind those of a bundle's own checkpoint.
    MoreThanCheckpoint,
    /// A checkpoint of another log.
    CheckpointOfAnother,
    /// A checkpoint that cannot be read.
    CheckpointUnreadable,
    /// A signature under a checkpoint is not by the key that it names.
    CheckpointForged,
    /// A file of a bundle that no record names.
    FileStray,
    /// A file of a bundle that is not as a bundle has it.
    FileWrong,
    /// The signers beside the records are not those of the last record about them.
    SignersDiffer,
    /// A decision that its rules do not make of its case.
    DecisionDiffers,
    /// The store says that its own structure is damaged.
    Store,
}

impl DamageKind {
    /// The key of its sentence in the wording files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotCanonical => "damage-not-canonical",
            Self::NotARecord => "damage-not-a-record",
            Self::NewerFormat => "damage-newer-format",
            Self::LeafDiffers => "damage-leaf-differs",
            Self::ChainBroken => "damage-chain-broken",
            Self::SequenceGap => "damage-sequence-gap",
            Self::NoGenesis => "damage-no-genesis",
            Self::SecondGenesis => "damage-second-genesis",
            Self::AfterTheEnd => "damage-after-the-end",
            Self::ClosedUnsigned => "damage-closed-unsigned",
            Self::DuplicateId => "damage-duplicate-id",
            Self::ForeignOrigin => "damage-foreign-origin",
            Self::TimeBackwards => "damage-time-backwards",
            Self::TimeAhead => "damage-time-ahead",
            Self::TimeTooFar => "damage-time-too-far",
            Self::SeenElsewhere => "damage-seen-elsewhere",
            Self::BadSignature => "damage-bad-signature",
            Self::BadToken => "damage-bad-token",
            Self::KeyNotTheIssuers => "damage-key-not-the-issuers",
            Self::TokenUnpublished => "damage-token-unpublished",
            Self::SignatureMissing => "damage-signature-missing",
            Self::UnknownKey => "damage-unknown-key",
            Self::KeyRevoked => "damage-key-revoked",
            Self::NotTheSigner => "damage-not-the-signer",
            Self::KeyOutsideDays => "damage-key-outside-days",
            Self::SignersUnreadable => "damage-signers-unreadable",
            Self::SignersUnsigned => "damage-signers-unsigned",
            Self::BlobMissing => "damage-blob-missing",
            Self::BlobAltered => "damage-blob-altered",
            Self::Shortened => "damage-shortened",
            Self::OtherHistory => "damage-other-history",
            Self::ShorterThanNoted => "damage-shorter-than-noted",
            Self::OtherThanNoted => "damage-other-than-noted",
            Self::NotTheCheckpoint => "damage-not-the-checkpoint",
            Self::ShorterThanCheckpoint => "damage-shorter-than-checkpoint",
            Self::MoreThanCheckpoint => "damage-more-than-checkpoint",
            Self::CheckpointOfAnother => "damage-checkpoint-of-another",
            Self::CheckpointUnreadable => "damage-checkpoint-unreadable",
            Self::CheckpointForged => "damage-checkpoint-forged",
            Self::FileStray => "damage-file-stray",
            Self::FileWrong => "damage-file-wrong",
            Self::SignersDiffer => "damage-signers-differ",
            Self::DecisionDiffers => "damage-decision-differs",
            Self::Store => "damage-store",
        }
    }

    /// The sentence without values.
    pub fn message(self) -> Message {
        Message::new(self.key())
    }
}

/// Something to know about the log that is no damage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The record.
    pub seq: u64,
    /// Which kind.
    pub kind: NoteKind,
    /// The sentence.
    pub message: Message,
}

/// The kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// A document was taken out, and a record says so.
    Redacted,
    /// A record says that a document was taken out, but it is still there.
    RedactedButPresent,
    /// Who asked for a document to be taken out is the word of who did it.
    RequestClaimed,
    /// A signature cannot be checked here.
    Unchecked,
    /// The signers were changed without a signature, where none is required.
    SignersUnsigned,
    /// It was said long before it was sealed, as acts made without a way to the log are.
    FiledLate,
    /// The key that signed it was revoked afterwards.
    KeyRevokedSince,
    /// Something about where the log is kept; its sentence is the place's own.
    Place,
}

impl NoteKind {
    /// The key of its sentence in the wording files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Redacted => "note-blob-redacted",
            Self::RedactedButPresent => "note-blob-redacted-but-present",
            Self::RequestClaimed => "note-request-claimed",
            Self::Unchecked => "note-signature-unchecked",
            Self::SignersUnsigned => "note-signers-unsigned",
            Self::FiledLate => "note-filed-late",
            Self::KeyRevokedSince => "note-key-revoked-since",
            Self::Place => "note-branch-foreign",
        }
    }
}
