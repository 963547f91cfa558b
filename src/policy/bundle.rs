//! The rules in force: shipped and house rules with their settings, compiled.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use super::catalog::{self, Catalog};
use super::program::Program;
use super::rule::{Keeper, Rule};
use super::settings::{self, Chosen};
use super::{BundleError, RuleId};
use crate::change::Digest;
use crate::config::{Profile, RuleSettings};

/// A rule that runs.
#[derive(Clone)]
pub(crate) struct Active {
    pub(crate) rule: Rule,
    pub(crate) program: Program,
    pub(crate) chosen: Option<Chosen>,
    pub(crate) params: Map<String, Value>,
}

impl Active {
    /// The query that gives the verdict.
    pub(crate) fn query(&self) -> String {
        let package = self.rule.file().map_or("", |file| file.package.as_str());
        format!("data.{package}.verdict")
    }

    /// Whether the repository switched it off.
    pub(crate) fn is_off(&self) -> bool {
        self.chosen
            .as_ref()
            .is_some_and(|chosen| chosen.effect.is_none())
    }
}

/// Everything that a judgement applies.
#[derive(Clone)]
pub struct Bundle {
    catalog: Catalog,
    active: BTreeMap<RuleId, Active>,
    digest: Digest,
}

impl Bundle {
    /// Loads the shipped rules and those of `house` (path and text; tests among them are left
    /// out), applies `settings`, and compiles every rule. `version` is that of sekisho,
    /// `config` the digest of the configuration that the settings come from.
    ///
    /// # Errors
    /// [`BundleError`] at the first rule that breaks the contract or setting that fits no rule;
    /// there is no bundle with a part of the rules.
    pub fn load(
        house: &[(String, String)],
        settings: &RuleSettings,
        profile: Profile,
        version: &str,
        config: Digest,
    ) -> Result<Self, BundleError> {
        let (catalog, runnable) = Catalog::read(house)?;
        settings::known(&catalog, settings)?;
        let mut active = BTreeMap::new();
        for checked in runnable {
            let rule = checked.rule;
            let setting = settings.get(rule.code.as_str());
            let chosen = settings::effect(&rule, setting)?;
            let params = settings::parameters(&rule, profile, setting)?;
            let code = rule.code.clone();
            active.insert(
                code,
                Active {
                    rule,
                    program: checked.program,
                    chosen,
                    params,
                },
            );
        }
        let digest = digest(&catalog, &active, version, config);
        Ok(Self {
            catalog,
            active,
            digest,
        })
    }

    /// The rules, those of the engine included.
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The digest of the policy in force: rules, parameters, configuration, version.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// A parameter in force, for the facts that are computed with it.
    pub fn parameter(&self, code: &str, name: &str) -> Option<&Value> {
        self.active.get(&RuleId::new(code))?.params.get(name)
    }

    /// The rules that run, in the order of their codes.
    pub(crate) fn active(&self) -> impl Iterator<Item = &Active> {
        self.active.values()
    }
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<&RuleId> = self.active.keys().collect();
        f.debug_struct("Bundle")
            .field("digest", &self.digest)
            .field("rules", &codes)
            .finish()
    }
}

/// The policy digest.
fn digest(
    catalog: &Catalog,
    active: &BTreeMap<RuleId, Active>,
    version: &str,
    config: Digest,
) -> Digest {
    let mut files = BTreeMap::new();
    let mut rules = Vec::new();
    files.insert(
        "policies/engine.json".to_owned(),
        Digest::of(catalog::engine_list().as_bytes()),
    );
    for rule in catalog.all() {
        let params = active.get(&rule.code).map(|active| &active.params);
        if let Keeper::File(file) = &rule.keeper {
            files.insert(file.path.clone(), Digest::of(file.source.as_bytes()));
        }
        rules.push(json!({"rule": rule, "params": params.cloned().unwrap_or_default()}));
    }
    canonical(&json!({"catalog": rules, "config": config, "files": files, "version": version}))
}

/// The digest of a value's canonical JSON. The maps of `serde_json` are sorted by key, and
/// nothing here holds a float.
fn canonical(value: &Value) -> Digest {
    Digest::of(value.to_string().as_bytes())
}
