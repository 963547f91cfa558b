//! The rules in force: shipped and house rules with their settings, compiled.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use super::catalog::{self, Catalog};
use super::program::Program;
use super::reads::Reads;
use super::rule::{Keeper, Rule};
use super::settings::{self, Chosen};
use super::{BundleError, RuleId};
use crate::change::{Digest, Message};
use crate::config::{Profile, RuleSettings};
use crate::ledger::canonical_document;

/// A rule that runs.
#[derive(Clone)]
pub(crate) struct Active {
    pub(crate) rule: Rule,
    pub(crate) program: Program,
    pub(crate) reads: Reads,
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
        self.chosen.as_ref().is_some_and(|chosen| chosen.effect.is_none())
    }
}

/// Everything that a judgement applies.
#[derive(Clone)]
pub struct Bundle {
    catalog: Catalog,
    active: BTreeMap<RuleId, Active>,
    document: String,
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
                    reads: checked.reads,
                    chosen,
                    params,
                },
            );
        }
        let document = document(&catalog, &active, version, config)?;
        let digest = Digest::of(document.as_bytes());
        Ok(Self {
            catalog,
            active,
            document,
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

    /// The canonical JSON that [`Bundle::digest`] is of.
    pub fn document(&self) -> &str {
        &self.document
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

/// Everything that a judgement applies, as one document.
fn document(
    catalog: &Catalog,
    active: &BTreeMap<RuleId, Active>,
    version: &str,
    config: Digest,
) -> Result<String, BundleError> {
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
    let value = json!({"catalog": rules, "config": config, "files": files, "version": version});
    let unwritable = |error: &dyn fmt::Display| {
        BundleError::file(
            "policies",
            Message::new("policy-not-canonical").with("detail", error),
        )
    };
    let bytes = canonical_document(&value).map_err(|error| unwritable(&error))?;
    String::from_utf8(bytes).map_err(|error| unwritable(&error))
}
