//! Checks a whole log from its bytes alone: form, chain, tree, time, people and documents.

mod believed;
mod damage;
mod evidence;
mod looked;
mod papers;
mod report;
mod revocations;
mod trust;
mod verification;

pub use believed::Believed;
pub use damage::{Damage, DamageKind, Note, NoteKind};
pub use evidence::{Evidence, Held, SIGNATURE_NAMESPACE, Verdict};
pub use looked::Looked;
pub use report::{Report, Signed};
pub use revocations::Revocations;
pub use verification::{Options, Verification};
