//! The catalogue: every rule that is in force, the engine's own included.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::LazyLock;
use std::thread;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::contract::{self, Checked};
use super::metadata::CellWords;
use super::rule::{Keeper, Parameters, Rule, Scope};
use super::{BundleError, RuleId};
use crate::change::Message;

/// The shipped files: rules with their tests, the engine's list, the wording.
static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/policies");

/// How many threads compile the shipped rules at most.
const MOST_THREADS: usize = 4;

/// The list of what the engine keeps.
const ENGINE: &str = "engine.json";

/// The list of what each shipped rule reads.
const READS: &str = "reads.json";

/// One entry of that list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    code: String,
    name: String,
    group: String,
    title: String,
    description: String,
    wave: u8,
    scope: String,
    kept_by: String,
    effect: CellWords,
    controls: Vec<String>,
}

/// Every rule by its code.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    rules: BTreeMap<RuleId, Rule>,
}

impl Catalog {
    /// The shipped rules alone.
    ///
    /// # Errors
    /// [`BundleError::File`] when a shipped file breaks the contract.
    pub fn shipped() -> Result<Self, BundleError> {
        let (catalog, _) = Self::read(&[])?;
        Ok(catalog)
    }

    /// All rules, in the order of their codes.
    pub fn all(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }

    /// The rule with this code.
    pub fn get(&self, code: &RuleId) -> Option<&Rule> {
        self.rules.get(code)
    }

    /// The shipped rules and those of `house` (path and text), with everything that can run.
    pub(crate) fn read(house: &[(String, String)]) -> Result<(Self, Vec<Checked>), BundleError> {
        let mut catalog = Self { rules: kept()? };
        let mut runnable = Vec::new();
        for (path, checked) in shipped_rules()? {
            catalog.add(path, checked.rule.clone())?;
            runnable.push(checked.clone());
        }
        for (path, source) in house.iter().filter(|(path, _)| is_rule(path)) {
            let checked = contract::check(path, source, true)?;
            catalog.add(path, checked.rule.clone())?;
            runnable.push(checked);
        }
        Ok((catalog, runnable))
    }

    /// Adds a rule whose code and package are new.
    fn add(&mut self, path: &str, rule: Rule) -> Result<(), BundleError> {
        let package = rule.file().map(|file| &file.package);
        let twin = self
            .all()
            .find(|known| known.file().map(|file| &file.package) == package);
        if self.rules.contains_key(&rule.code) || twin.is_some() {
            let message = Message::new("policy-taken").with("code", &rule.code);
            return Err(BundleError::file(path, message));
        }
        self.rules.insert(rule.code.clone(), rule);
        Ok(())
    }
}

/// Whether a path is that of a rule, not of a test or another file.
pub(crate) fn is_rule(path: &str) -> bool {
    path.ends_with(".rego") && !path.ends_with("_test.rego")
}

/// The shipped rules by path, checked and compiled once for the whole process: a gate loads the
/// rules of more than one commit, and these are in all of them.
fn shipped_rules() -> Result<&'static [(String, Checked)], BundleError> {
    static RULES: LazyLock<Result<Vec<(String, Checked)>, BundleError>> = LazyLock::new(|| {
        let files = shipped_files().into_iter();
        let rules: Vec<(String, &str)> = files.filter(|(path, _)| is_rule(path)).collect();
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let part = rules.len().div_ceil(threads.min(MOST_THREADS)).max(1);
        let read = |part: &[(String, &str)]| -> Result<Vec<_>, BundleError> {
            let rules = part.iter();
            rules
                .map(|(path, source)| Ok((path.clone(), contract::shipped(path, source)?)))
                .collect()
        };
        thread::scope(|scope| {
            let parts: Vec<_> = rules
                .chunks(part)
                .map(|part| scope.spawn(move || read(part)))
                .collect();
            let mut all = Vec::with_capacity(rules.len());
            for part in parts {
                let ended = |_| Err(BundleError::file("policies", Message::new("policy-thread")));
                all.extend(part.join().unwrap_or_else(ended)?);
            }
            Ok(all)
        })
    });
    RULES.as_deref().map_err(Clone::clone)
}

/// The Rego files of this release by path, in the order of their paths.
pub(crate) fn shipped_files() -> BTreeMap<String, &'static str> {
    let mut files = BTreeMap::new();
    let mut folders = vec![&SHIPPED];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8())
                && path.ends_with(".rego")
            {
                files.insert(format!("policies/{}", path.replace('\\', "/")), text);
            }
        }
    }
    files
}

/// The text of the list of what the shipped rules read.
pub(crate) fn reads_list() -> &'static str {
    SHIPPED
        .get_file(READS)
        .and_then(|file| file.contents_utf8())
        .unwrap_or_default()
}

/// The text of the engine's list.
pub(crate) fn engine_list() -> &'static str {
    SHIPPED
        .get_file(ENGINE)
        .and_then(|file| file.contents_utf8())
        .unwrap_or_default()
}

/// What the engine keeps, by code.
fn kept() -> Result<BTreeMap<RuleId, Rule>, BundleError> {
    let path = format!("policies/{ENGINE}");
    let wrong =
        |error: String| BundleError::file(&path, Message::new("policy-metadata").with("error", error));
    let list: Vec<Kept> = serde_json::from_str(engine_list()).map_err(|error| wrong(error.to_string()))?;
    let mut rules = BTreeMap::new();
    for entry in list {
        let effect = entry.effect.read().ok_or_else(|| wrong(entry.code.clone()))?;
        let rule = Rule {
            code: RuleId::new(entry.code),
            name: entry.name,
            title: entry.title,
            description: entry.description,
            group: entry.group,
            scope: if entry.scope == "deployment" {
                Scope::Deployment
            } else {
                Scope::Change
            },
            wave: entry.wave,
            effect,
            parameters: Parameters::default(),
            controls: entry.controls,
            always_applies: true,
            keeper: if entry.kept_by == "obligation" {
                Keeper::Obligation
            } else {
                Keeper::Engine
            },
        };
        rules.insert(rule.code.clone(), rule);
    }
    Ok(rules)
}
