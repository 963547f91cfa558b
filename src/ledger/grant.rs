//! An exception to one rule, as one person granted it.

use super::body::Fields;
use super::{Record, Trust};
use crate::change::{ChangeId, Digest, EnvironmentKey, Moment, PersonKey, ServiceKey};

/// One person's exception to one rule for exactly one content of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The record.
    pub seq: u64,
    /// Who granted it.
    pub person: PersonKey,
    /// When it was sealed.
    pub at: Moment,
    /// Whether the record is signed.
    pub trust: Trust,
    /// The rule's code.
    pub rule: String,
    /// The change.
    pub change: ChangeId,
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// When it ends.
    pub until: Moment,
    /// The declaration's or the template's digest.
    pub declaration: Digest,
    /// The digest of the expected difference.
    pub plan: Option<Digest>,
    /// The digests of the units.
    pub content: Vec<Digest>,
}

impl Grant {
    /// Reads the body of an `exception.granted/1`; `None` when a part of it is missing.
    pub(super) fn read(record: &Record, at: Moment, trust: Trust) -> Option<Self> {
        let fields = Fields(&record.statement.body);
        Some(Self {
            seq: record.seq,
            person: fields.person("person")?,
            at,
            trust,
            rule: fields.text("rule")?.to_owned(),
            change: fields.change("change")?,
            service: fields.text("service")?.into(),
            environment: fields.text("environment")?.into(),
            until: fields.text("until")?.parse().ok()?,
            declaration: fields.digest("declaration")?,
            plan: fields.digest("plan"),
            content: fields.digests("content")?,
        })
    }
}
