//! Everything that a page about a decision needs.

use std::collections::BTreeMap;

use crate::change::{Digest, Message, Moment, PersonKey};
use crate::dossier::Dossier;
use crate::policy::Decision;
use crate::report::FilePlace;

/// A decision with what it was made from and where its findings point.
#[derive(Debug, Clone)]
pub struct DecisionView<'a> {
    /// What the gate said.
    pub decision: &'a Decision,
    /// What it looked at.
    pub dossier: &'a Dossier,
    /// The place of each finding, in the order of `decision.findings`; a shorter list means none
    /// for the rest.
    pub places: Vec<Option<FilePlace>>,
    /// The names of people by key; a key without one is shown itself.
    pub names: BTreeMap<PersonKey, String>,
    /// The record of this decision: number and hash.
    pub record: Option<(u64, String)>,
    /// The log's checkpoint with that record.
    pub checkpoint: Option<String>,
    /// When a pass ends.
    pub expires_at: Option<Moment>,
    /// The digest of the dossier.
    pub dossier_digest: Digest,
    /// The commands that come next, the most useful first.
    pub next: Vec<Message>,
}
