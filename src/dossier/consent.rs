//! Approvals and objections as a judgement sees them.

use serde::{Deserialize, Serialize};

use crate::change::{Digest, Moment, PersonKey};

/// The way an approval was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// With the person's own key.
    Signed,
    /// As a review of a pull request.
    Review,
    /// Recorded by somebody else, with evidence.
    Attested,
    /// By the person, without a signature.
    Unsigned,
}

/// Why an approval is known to be of this content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The reviewer saw a change with the same digest.
    PatchEqual,
    /// The digest is under the signature.
    Signature,
    /// The digest is in a record of somebody else.
    Attested,
    /// The digest is in a record without a signature.
    None,
}

/// An approval that counts for at least one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Whose it is.
    pub person: PersonKey,
    /// When it was recorded.
    pub at: Moment,
    /// The way it was given.
    pub channel: Channel,
    /// Why it is known to be of this content.
    pub proof: Proof,
    /// Who recorded it, for an attested one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<PersonKey>,
    /// What was written down for this person, as the digests of its subjects; empty where it is all their own word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recorded: Vec<Digest>,
    /// The digests of the units that it counts for; empty for work by hand.
    pub units: Vec<Digest>,
    /// The place in the declaration that a finding about it points to.
    pub field: String,
}

/// An objection that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Whose it is.
    pub person: PersonKey,
    /// When it was recorded.
    pub at: Moment,
    /// The way it was given.
    pub channel: Channel,
}
