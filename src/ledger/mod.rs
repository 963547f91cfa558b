//! The change log `sekisho-ledger/1`: canonical records, statements, the chain and the tree.

pub mod acts;
pub mod body;
mod canonical;
mod checkpoint;
mod concerns;
mod emergencies;
mod emergency;
mod event;
mod fingerprint;
mod follow;
mod freezes;
mod grant;
mod instant;
mod line;
mod machines;
mod members;
mod memory;
mod owing;
mod proof;
mod receipt;
mod record;
mod reviews;
mod rollbacks;
mod said;
mod scan;
mod seal;
mod signed_note;
mod signers;
mod standing;
mod tlog_proof;
mod token;
mod tree;
mod verify;
mod waiver;
mod wire;
mod words;
mod write;

pub use canonical::{
    DOCUMENT_MAX_BYTES, DOCUMENT_MAX_DEPTH, MAX_INTEGER, NotCanonical, RECORD_MAX_BYTES, RECORD_MAX_DEPTH,
    check_canonical, check_document,
};
pub use checkpoint::{Checkpoint, NotACheckpoint};
pub use concerns::concerns;
pub use emergencies::able_to_look_back;
pub use emergency::{APPROVED, Attempt, Emergency, Executed, Extension, NO_ANSWER, REFUSED, Retro};
pub use event::{About, Event};
pub use fingerprint::fingerprint;
pub use follow::{Follower, NotNext, follow};
pub use freezes::{DeclaredFreeze, LONGEST_FREEZE_SECONDS};
pub use grant::Grant;
pub use instant::instant;
pub use line::NotARecord;
pub use machines::{CheckRsa, MachineKey, Machines, Pins, TokenFinding, TokenUse, run_misfit};
pub use memory::{
    Act, ActKind, Decided, DecidedChange, Execution, Filed, MOVES_BACK_SECONDS, Open, State, Trust,
};
pub use owing::{ACTION, CONFIRMATION, DONE_BY_WORD, REMEDIATION};
pub use proof::{ProofError, check_consistency, check_inclusion, prove_consistency, prove_inclusion};
pub use receipt::Receipt;
pub use record::{Attachment, Head, Record, Sealed, SignatureRef, Statement};
pub use reviews::Reviewed;
pub use rollbacks::{GoingBack, Returns, Word as CheckpointWord};
pub use seal::{BODY_TEXT_MAX_BYTES, CLOCK_TOLERANCE, SealError, Tail, Unsealed, seal};
pub use signed_note::{NoteKey, NoteSignature, SignedNote};
pub use signers::{Admission, SignerLine, Signers, SignersError};
pub use standing::Standing;
pub use tlog_proof::TlogProof;
pub use token::{TOKEN_SIGNATURE, Token};
pub use tree::{Tree, checkpoint_body, leaf};
pub use verify::{
    Believed, Damage, DamageKind, Evidence, Held, Looked, Note, NoteKind, Options, Report, Revocations,
    SIGNATURE_NAMESPACE, Signed, Verdict, Verification,
};
pub use waiver::Waiver;
pub use words::{folded, words};
pub use write::{canonical_document, canonical_with_items, to_canonical};
