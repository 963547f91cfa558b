//! What is known about a rule without running it.

use std::collections::BTreeMap;

use globset::GlobBuilder;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Effect, RuleId};
use crate::change::{ChangeType, Period};
use crate::config::Profile;

/// How often a rule answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Once for every change.
    Change,
    /// Once for the deployment.
    Deployment,
}

/// What a failure does to one type of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// The rule runs and a failure has this effect.
    Run(Effect),
    /// Judged once, on the template, when the configuration is checked.
    Template,
    /// Not run.
    Never,
    /// No decision at all; only for what the engine keeps.
    Stop,
}

impl Cell {
    /// Reads `deny`, `oblige`, `warn`, `info`, `template`, `-` or `stop`.
    pub fn read(word: &str) -> Option<Self> {
        Some(match word {
            "template" => Self::Template,
            "-" => Self::Never,
            "stop" => Self::Stop,
            word => Self::Run(Effect::read(word)?),
        })
    }
}

/// What a failure does, by type of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cells {
    /// For normal changes.
    pub normal: Cell,
    /// For standard changes.
    pub standard: Cell,
    /// For emergencies.
    pub emergency: Cell,
}

impl Cells {
    /// The cell of one type.
    pub const fn of(&self, change_type: ChangeType) -> Cell {
        match change_type {
            ChangeType::Normal => self.normal,
            ChangeType::Standard => self.standard,
            ChangeType::Emergency => self.emergency,
        }
    }

    /// All three, in the order of the catalogue.
    pub const fn all(&self) -> [Cell; 3] {
        [self.normal, self.standard, self.emergency]
    }
}

/// The numbers and words that a rule can be given.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Parameters {
    /// The defaults; their types are the types of what may be set.
    pub defaults: Map<String, Value>,
    /// Defaults that differ in a profile.
    pub profile: BTreeMap<String, Map<String, Value>>,
    /// Lists to which a setting adds instead of replacing them.
    pub added: Vec<String>,
    /// Those that are lengths of time: texts in files, seconds in what a rule is given.
    pub durations: Vec<String>,
    /// Lists of globs.
    pub globs: Vec<String>,
    /// The words that the texts of a parameter may be.
    pub words: BTreeMap<String, Vec<String>>,
}

impl Parameters {
    /// The values of a profile, before any setting.
    pub fn of(&self, profile: Profile) -> Map<String, Value> {
        let mut values = self.defaults.clone();
        if let Some(own) = self.profile.get(profile.as_str()) {
            values.extend(own.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        for name in &self.durations {
            if let Some(value) = values.get_mut(name)
                && let Some(seconds) = in_seconds(value)
            {
                *value = seconds;
            }
        }
        values
    }
}

/// A length of time, or a map of them, in seconds; `None` for business days and anything else.
pub(super) fn in_seconds(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => text.parse::<Period>().ok()?.seconds().map(Value::from),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| Some((name.clone(), in_seconds(value)?)))
            .collect::<Option<Map<_, _>>>()
            .map(Value::Object),
        _ => None,
    }
}

/// Whether a value is a glob that can be used.
pub(super) fn is_glob(value: &Value) -> bool {
    let glob = value.as_str().filter(|text| !text.is_empty());
    glob.is_some_and(|text| GlobBuilder::new(text).literal_separator(true).build().is_ok())
}

/// The file that a rule is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleFile {
    /// Its Rego package, such as `sekisho.roles.one_executor`.
    pub package: String,
    /// Its path, from the repository's root.
    pub path: String,
    /// Its text.
    #[serde(skip)]
    pub source: String,
    /// Whether it belongs to the repository that is judged.
    pub house: bool,
}

/// Who keeps a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeper {
    /// Types and control flow; nothing can switch it off.
    Engine,
    /// Events that open and close work with a deadline.
    Obligation,
    /// A Rego file.
    File(RuleFile),
}

/// One rule of the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// Its code, such as `ROL-02`.
    pub code: RuleId,
    /// Its name, such as `approver-is-independent`.
    pub name: String,
    /// The rule in one sentence, in English.
    pub title: String,
    /// What it looks at, in English.
    pub description: String,
    /// Its group, the folder that it lies in.
    pub group: String,
    /// How often it answers.
    pub scope: Scope,
    /// When it came: 1, 2 or 3; house rules have 0.
    pub wave: u8,
    /// What a failure does.
    pub effect: Cells,
    /// What can be set.
    pub parameters: Parameters,
    /// The frameworks for which its findings are relevant evidence.
    pub controls: Vec<String>,
    /// Whether there is no dossier to which it does not apply.
    pub always_applies: bool,
    /// Whether it is judged on templates as well as on the changes that they make.
    pub on_templates: bool,
    /// Who keeps it.
    pub keeper: Keeper,
}

impl Rule {
    /// The file, where the rule has one.
    pub const fn file(&self) -> Option<&RuleFile> {
        match &self.keeper {
            Keeper::File(file) => Some(file),
            Keeper::Engine | Keeper::Obligation => None,
        }
    }

    /// Whether the rule is judged once on every template: what its cell says, or that its
    /// standard changes are not the only ones it speaks about.
    pub const fn judges_templates(&self) -> bool {
        matches!(self.effect.standard, Cell::Template) || self.on_templates
    }

    /// Whether the rule belongs to the repository that is judged.
    pub fn house(&self) -> bool {
        self.file().is_some_and(|file| file.house)
    }
}
