//! From the comment of a rule file to a rule; strict, so that a misspelt key is no silent default.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::annotation;
use super::rule::{Cell, Cells, Keeper, Parameters, Rule, RuleFile, Scope, in_seconds, is_glob};
use super::{BundleError, RuleId};
use crate::change::Message;
use crate::config::Profile;

/// The whole comment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    title: String,
    description: String,
    custom: Custom,
}

/// What is ours in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Custom {
    code: String,
    name: String,
    scope: ScopeWord,
    #[serde(default)]
    wave: u8,
    effect: CellWords,
    #[serde(default)]
    parameters: Map<String, Value>,
    #[serde(default)]
    profile: BTreeMap<String, Map<String, Value>>,
    #[serde(default)]
    added: Vec<String>,
    #[serde(default)]
    durations: Vec<String>,
    #[serde(default)]
    globs: Vec<String>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    controls: Vec<String>,
    #[serde(default)]
    always_applies: bool,
    #[serde(default)]
    on_templates: bool,
    #[serde(default)]
    invariant: bool,
}

/// How often the rule answers.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ScopeWord {
    Change,
    Deployment,
}

/// The three cells as words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CellWords {
    normal: String,
    standard: String,
    emergency: String,
}

impl CellWords {
    /// The cells; `None` for a word that is none.
    pub(crate) fn read(&self) -> Option<Cells> {
        Some(Cells {
            normal: Cell::read(&self.normal)?,
            standard: Cell::read(&self.standard)?,
            emergency: Cell::read(&self.emergency)?,
        })
    }
}

/// Reads the rule of a file.
///
/// # Errors
/// [`BundleError::File`] for a comment that is missing, misspelt or contradicts itself.
pub(crate) fn rule(path: &str, source: &str, package: String, house: bool) -> Result<Rule, BundleError> {
    let wrong = |error: String| BundleError::file(path, Message::new("policy-metadata").with("error", error));
    let text = annotation::block(source)
        .ok_or_else(|| BundleError::file(path, Message::new("policy-no-metadata")))?;
    let value = annotation::read(&text).map_err(wrong)?;
    let block: Block = serde_json::from_value(value).map_err(|error| wrong(error.to_string()))?;
    let custom = block.custom;
    let effect = custom.effect.read().ok_or_else(|| wrong("effect".to_owned()))?;
    check(&custom, &effect).map_err(|field| wrong(field.to_owned()))?;
    let group = match package.rsplit_once('.') {
        Some((parent, _)) => parent.rsplit('.').next().unwrap_or(parent).to_owned(),
        None => String::new(),
    };
    Ok(Rule {
        code: RuleId::new(custom.code),
        name: custom.name,
        title: block.title,
        description: block.description,
        group,
        scope: match custom.scope {
            ScopeWord::Change => Scope::Change,
            ScopeWord::Deployment => Scope::Deployment,
        },
        wave: custom.wave,
        effect,
        parameters: Parameters {
            defaults: custom.parameters,
            profile: custom.profile,
            added: custom.added,
            durations: custom.durations,
            globs: custom.globs,
            words: custom.words,
        },
        controls: custom.controls,
        always_applies: custom.always_applies,
        on_templates: custom.on_templates,
        keeper: Keeper::File(RuleFile {
            package,
            path: path.to_owned(),
            source: source.to_owned(),
            house,
        }),
    })
}

/// What types cannot say; the field that is wrong.
fn check(custom: &Custom, effect: &Cells) -> Result<(), &'static str> {
    let known = |name: &String| custom.parameters.contains_key(name);
    if !code_fits(&custom.code) {
        return Err("code");
    }
    if !name_fits(&custom.name) {
        return Err("name");
    }
    // An invariant is kept where nobody can edit it away, so no file is one; and only the
    // engine can stop without a decision.
    if custom.invariant {
        return Err("invariant");
    }
    let cells = effect.all();
    if cells.contains(&Cell::Stop) || cells.iter().all(|cell| !matches!(cell, Cell::Run(_))) {
        return Err("effect");
    }
    if !custom
        .added
        .iter()
        .all(|name| custom.parameters.get(name).is_some_and(Value::is_array))
    {
        return Err("added");
    }
    if !custom.words.keys().all(known) {
        return Err("words");
    }
    if !every(custom, &custom.durations, |value| in_seconds(value).is_some()) {
        return Err("durations");
    }
    let globs = |value: &Value| value.as_array().is_some_and(|items| items.iter().all(is_glob));
    if !every(custom, &custom.globs, globs) {
        return Err("globs");
    }
    let profiles = Profile::ALL.iter().map(|profile| profile.as_str());
    let named = |name: &String| profiles.clone().any(|profile| profile == name);
    if !custom
        .profile
        .iter()
        .all(|(name, own)| named(name) && own.keys().all(known))
    {
        return Err("profile");
    }
    Ok(())
}

/// Whether the parameters with these `names` are there and have values, those of the profiles
/// included, that all fit.
fn every(custom: &Custom, names: &[String], fits: impl Fn(&Value) -> bool) -> bool {
    let of_profiles = |name: &String| {
        let own = custom.profile.values().filter_map(|own| own.get(name));
        own.collect::<Vec<_>>()
    };
    names.iter().all(|name| {
        let default = custom.parameters.get(name);
        default.is_some_and(&fits) && of_profiles(name).into_iter().all(&fits)
    })
}

/// Two to five capitals, a hyphen, two or three digits.
fn code_fits(code: &str) -> bool {
    code.split_once('-').is_some_and(|(group, number)| {
        (2..=5).contains(&group.len())
            && group.bytes().all(|b| b.is_ascii_uppercase())
            && (2..=3).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Lowercase words with hyphens.
fn name_fits(name: &str) -> bool {
    !name.is_empty()
        && name.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}
