//! The names of a file, for everything that refers to one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Authority, Group};
use crate::change::text::{Fields, Value};
use crate::change::{Kind, Message, PersonKey, Risk};

/// The environment of a file that names none.
pub(super) const DEFAULT_ENVIRONMENT: &str = "production";

/// Every name that something else in the file may refer to.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) people: BTreeSet<String>,
    pub(super) groups: BTreeMap<String, Group>,
    pub(super) organisations: BTreeSet<String>,
    pub(super) services: BTreeSet<String>,
    pub(super) areas: BTreeSet<String>,
    pub(super) windows: BTreeSet<String>,
    pub(super) plans: BTreeSet<String>,
    pub(super) contact_rules: BTreeSet<String>,
    pub(super) channels: BTreeSet<String>,
    pub(super) vendors: BTreeSet<String>,
    pub(super) environments: BTreeSet<String>,
}

impl Known {
    /// Collects the names from the keys of the file, before anything is read.
    pub(super) fn of(root: &Fields<'_>, default_service: &str) -> Self {
        let keys = |key| -> BTreeSet<String> {
            let map = root
                .get(key)
                .filter(Value::is_map)
                .and_then(|value| value.fields());
            map.map(|map| map.named().into_iter().map(|(name, _)| name.to_owned()).collect())
                .unwrap_or_default()
        };
        let mut known = Self {
            people: keys("people"),
            organisations: keys("organisations"),
            services: keys("services"),
            areas: keys("areas"),
            windows: keys("windows"),
            plans: keys("rollback_plans"),
            contact_rules: keys("contact_rules"),
            channels: keys("channels"),
            vendors: keys("vendors"),
            environments: keys("environments"),
            ..Self::default()
        };
        known
            .areas
            .extend(Kind::ALL.iter().map(|kind| kind.as_str().to_owned()));
        known
            .windows
            .extend(["default", "business_hours", "always"].map(str::to_owned));
        if known.environments.is_empty() {
            known.environments.insert(DEFAULT_ENVIRONMENT.to_owned());
        }
        known.contact_rules.insert("default".to_owned());
        if known.services.is_empty() {
            known.services.insert(default_service.to_owned());
        }
        known
    }

    /// One person, never a group.
    pub(super) fn person(&self, value: &Value<'_>) -> Option<PersonKey> {
        let name = value.text()?;
        if self.groups.contains_key(&name) {
            value.fault(Message::new("yaml-group-for-person").with("name", name));
            return None;
        }
        value
            .known(&name, "person", self.people.iter().map(String::as_str))
            .then(|| name.into())
    }

    /// People and groups in order, once each. A GitHub team stays under its group's name: only a
    /// forge can tell who is in it.
    pub(super) fn persons(&self, value: &Value<'_>) -> Vec<PersonKey> {
        let mut all: Vec<PersonKey> = Vec::new();
        for item in value.items() {
            let Some(name) = item.text() else { continue };
            let found = match self.groups.get(&name) {
                Some(Group::People(people)) => people.clone(),
                Some(Group::Team(_)) => vec![name.into()],
                None => {
                    let names = self.people.iter().chain(self.groups.keys()).map(String::as_str);
                    if item.known(&name, "person_or_group", names) {
                        vec![name.into()]
                    } else {
                        Vec::new()
                    }
                }
            };
            for person in found {
                if !all.contains(&person) {
                    all.push(person);
                }
            }
        }
        all
    }

    /// A list for every risk, or a map from risk to list.
    pub(super) fn authority(&self, value: &Value<'_>) -> Authority {
        by_risk(value, |value| Some(self.persons(value)))
            .map(|by_risk| Authority { by_risk })
            .unwrap_or_default()
    }

    /// A name of one of the sets.
    pub(super) fn name(
        &self,
        value: &Value<'_>,
        sort: &'static str,
        known: &BTreeSet<String>,
    ) -> Option<String> {
        let name = value.text()?;
        value
            .known(&name, sort, known.iter().map(String::as_str))
            .then_some(name)
    }

    /// Names of one of the sets.
    pub(super) fn names(
        &self,
        value: &Value<'_>,
        sort: &'static str,
        known: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        value
            .items()
            .iter()
            .filter_map(|item| self.name(item, sort, known))
            .collect()
    }
}

/// One value for every risk, or a map from risk to value.
pub(super) fn by_risk<T: Clone>(
    value: &Value<'_>,
    read: impl Fn(&Value<'_>) -> Option<T>,
) -> Option<BTreeMap<Risk, T>> {
    if !value.is_map() {
        let one = read(value)?;
        return Some(Risk::ALL.iter().map(|risk| (*risk, one.clone())).collect());
    }
    let fields = value.fields()?;
    let map = Risk::ALL
        .iter()
        .filter_map(|risk| Some((*risk, read(&fields.get(risk.as_str())?)?)))
        .collect();
    fields.done();
    Some(map)
}
