//! Areas: who decides what.

use std::collections::BTreeMap;

use crate::change::{DataImpact, PersonKey, Risk};

/// Who may approve, for each risk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Authority {
    /// The people by risk; a risk that is not named has nobody.
    pub by_risk: BTreeMap<Risk, Vec<PersonKey>>,
}

impl Authority {
    /// Who may approve at `risk`.
    pub fn at(&self, risk: Risk) -> &[PersonKey] {
        self.by_risk.get(&risk).map_or(&[], Vec::as_slice)
    }

    /// Everyone named at any risk, once each, in order.
    pub fn everyone(&self) -> Vec<PersonKey> {
        let mut all: Vec<PersonKey> = Vec::new();
        for person in self.by_risk.values().flatten() {
            if !all.contains(person) {
                all.push(person.clone());
            }
        }
        all
    }
}

/// A part of the system with people of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Area {
    /// Its owners; an area with owners is sensitive.
    pub owners: Vec<PersonKey>,
    /// Who may approve; `None`: the owners, and without owners the top-level approvers.
    pub approvers: Option<Authority>,
    /// Who may carry out; `None`: the top-level executors.
    pub executors: Option<Vec<PersonKey>>,
    /// The globs of its files.
    pub paths: Vec<String>,
    /// The risk floor; `None`: that of the kind of the same name.
    pub risk: Option<Risk>,
    /// What its changes do to data; `None`: that of the kind of the same name.
    pub data: Option<DataImpact>,
    /// The label by language (`ja`, `en`).
    pub label: BTreeMap<String, String>,
}

impl Area {
    /// Whether an owner has to agree.
    pub fn sensitive(&self) -> bool {
        !self.owners.is_empty()
    }

    /// Whether it names anyone who decides, so that it is closed to everybody else.
    pub fn closed(&self) -> bool {
        self.sensitive()
            || self
                .approvers
                .as_ref()
                .is_some_and(|named| !named.everyone().is_empty())
    }
}
