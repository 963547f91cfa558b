//! Configuration and rules as they stand at one commit.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::change::text::{Document, Fault};
use crate::change::{Digest, EnvironmentKey, Message, Period, Risk, ServiceKey};
use crate::config::{self, Config};
use crate::dossier::coverage::Ground;
use crate::dossier::{RuleGlobs, Terms, Words};
use crate::ledger::Standing;
use crate::policy::{Bundle, BundleError};
use crate::ports::{Repository, RepositoryError};

use super::{FileFaults, Stop};

/// The configuration's path in every repository.
pub const CONFIG_PATH: &str = "sekisho.yml";

/// Lists the rules and words below a folder: path and text.
pub type Listing<'a> = dyn Fn(&str) -> Result<Vec<(String, String)>, Stop> + 'a;

/// What holds at one commit.
pub struct InForce {
    /// The commit.
    pub commit: String,
    /// The configuration.
    pub config: Config,
    /// Its bytes.
    pub config_bytes: Vec<u8>,
    /// The other files that were read with it, by path: house rules with their words, holidays.
    pub files: BTreeMap<String, String>,
    /// Warnings about it.
    pub warnings: Vec<Fault>,
    /// The rules.
    pub bundle: Bundle,
    /// The configuration's globs, compiled.
    pub ground: Ground,
    /// The globs of the rules' parameters, compiled.
    pub globs: RuleGlobs,
    words: OnceLock<Words>,
    terms: OnceLock<Terms>,
}

impl InForce {
    /// Reads configuration and house rules from the tree of `commit`.
    ///
    /// # Errors
    /// [`Stop::Faults`] when the configuration is wrong there, [`Stop::Unavailable`] when it is
    /// missing or a rule cannot be used.
    pub fn at(repository: &dyn Repository, commit: &str, name: &str) -> Result<Self, Stop> {
        let short = commit.get(..12).unwrap_or(commit);
        let about = |key: &str| Stop::Unavailable(Message::new(key).with("commit", short));
        let bytes = match repository.read(commit, CONFIG_PATH) {
            Ok(Some(bytes)) => bytes,
            Ok(None) if repository.is_link(commit, CONFIG_PATH)? => return Err(about("error-config-link")),
            Ok(None) => return Err(about("error-no-config")),
            Err(RepositoryError::NotFound(gone)) if gone == commit => {
                return Err(Stop::Unavailable(
                    Message::new("error-authorised-gone").with("commit", commit),
                ));
            }
            Err(error) => return Err(error.into()),
        };
        let read_file = |path: &str| {
            let bytes = repository.read(commit, path).ok()??;
            String::from_utf8(bytes).ok()
        };
        let house = |folder: &str| {
            let mut files = Vec::new();
            for path in repository.list(commit, folder)? {
                if path.ends_with(".rego") || path.ends_with(".ftl") {
                    let bytes = repository.read(commit, &path)?.unwrap_or_default();
                    files.push((path, String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
            Ok(files)
        };
        Self::from_parts(commit, bytes, name, &read_file, &house)
    }

    /// The same from any source of files: the work tree, for `check`.
    ///
    /// # Errors
    /// As [`InForce::at`].
    pub fn from_parts(
        commit: &str,
        bytes: Vec<u8>,
        name: &str,
        read_file: &dyn Fn(&str) -> Option<String>,
        house: &Listing<'_>,
    ) -> Result<Self, Stop> {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let files = RefCell::new(BTreeMap::new());
        let read_file = |path: &str| {
            let text = read_file(path)?;
            files.borrow_mut().insert(path.to_owned(), text.clone());
            Some(text)
        };
        let (config, warnings) = config::read(&text, name, &read_file).map_err(|faults| {
            Stop::Faults(Box::new(FileFaults {
                file: CONFIG_PATH.to_owned(),
                text: text.clone(),
                faults,
            }))
        })?;
        let house = house(&config.paths.policies)?;
        files.borrow_mut().extend(house.iter().cloned());
        let bundle = Bundle::load(
            &house,
            &config.rules,
            config.profile,
            env!("CARGO_PKG_VERSION"),
            Digest::of(&bytes),
        )
        .and_then(distance_is_seconds)
        .map_err(|error| bundle_stop(error, &text))?;
        let ground = Ground::new(&config)
            .map_err(|error| Stop::Unavailable(Message::new("error-globs").with("detail", error)))?;
        let globs = RuleGlobs::new(
            &list(&bundle, "CON-02", "tolerate"),
            &list(&bundle, "RBK-11", "paths"),
        )
        .map_err(|error| Stop::Unavailable(Message::new("error-globs").with("detail", error)))?;
        Ok(Self {
            commit: commit.to_owned(),
            config,
            config_bytes: bytes,
            files: files.into_inner(),
            warnings,
            bundle,
            ground,
            globs,
            words: OnceLock::new(),
            terms: OnceLock::new(),
        })
    }

    /// The notice that a change of this risk needs (SCH-04).
    pub fn lead(&self, risk: Risk) -> Period {
        period(
            self.bundle
                .parameter("SCH-04", "lead")
                .and_then(|lead| lead.get(risk.as_str())),
        )
    }

    /// The notice that a downtime needs (SCH-04).
    pub fn downtime_notice(&self) -> Period {
        period(self.bundle.parameter("SCH-04", "downtime_notice"))
    }

    /// Seconds that two windows have to lie apart (SCH-03).
    pub fn buffer_seconds(&self) -> i64 {
        let seconds = period(self.bundle.parameter("SCH-03", "buffer")).seconds();
        seconds
            .and_then(|seconds| i64::try_from(seconds).ok())
            .unwrap_or(i64::MAX)
    }

    /// The words of the rules that facts are computed with.
    pub fn words(&self) -> &Words {
        self.words.get_or_init(|| Words {
            blank: self.listed("DEC-03", "blank_words"),
            vague: self.listed("RBK-02", "vague"),
            observations: self.listed("RBK-04", "observations"),
        })
    }

    /// The numbers and names of the rules that facts are computed with.
    pub fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| self.read_terms())
    }

    fn read_terms(&self) -> Terms {
        let period = |value: &serde_json::Value| value.as_str()?.parse::<Period>().ok();
        let observe = self.bundle.parameter("DEC-09", "observe_min");
        Terms {
            observe_least: Risk::ALL
                .iter()
                .filter_map(|risk| Some((*risk, period(observe?.get(risk.as_str())?)?)))
                .collect(),
            pending: self.bundle.parameter("APP-05", "limit").and_then(period),
            high_if: self.listed("RSK-01", "high_if"),
            medium_if: self.listed("RSK-01", "medium_if"),
        }
    }

    fn listed(&self, code: &str, name: &str) -> Vec<String> {
        list(&self.bundle, code, name)
    }
}

/// A parameter that is a length of time; one that is none asks for more than anybody can give.
fn period(value: Option<&serde_json::Value>) -> Period {
    let text = value.and_then(serde_json::Value::as_str);
    text.and_then(|text| text.parse().ok())
        .unwrap_or(Period::BusinessDays(10_000))
}

/// The rules, if windows lie a number of seconds apart: a day of business is none, and two windows
/// would never be far enough from each other.
fn distance_is_seconds(bundle: Bundle) -> Result<Bundle, BundleError> {
    match bundle.parameter("SCH-03", "buffer") {
        Some(buffer) if period(Some(buffer)).seconds().is_none() => Err(BundleError::Setting {
            field: "rules.SCH-03.buffer".to_owned(),
            message: Message::new("rules-duration").with("found", buffer),
        }),
        _ => Ok(bundle),
    }
}

/// A parameter that is a list of texts.
fn list(bundle: &Bundle, code: &str, name: &str) -> Vec<String> {
    let items = bundle.parameter(code, name).and_then(|value| value.as_array());
    items
        .into_iter()
        .flatten()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// A setting is a fault of the configuration, in its place; a rule that breaks the contract is
/// an outage.
fn bundle_stop(error: BundleError, text: &str) -> Stop {
    match error {
        BundleError::Setting { field, message } => Stop::Faults(Box::new(FileFaults {
            file: CONFIG_PATH.to_owned(),
            text: text.to_owned(),
            faults: vec![Fault {
                place: Document::parse(text).ok().and_then(|document| {
                    match message.key.starts_with("rules-unknown") {
                        true => document.key_place(&field),
                        false => document.place(&field),
                    }
                }),
                field,
                message,
                warning: false,
            }],
        })),
        BundleError::File { path, line, message } => Stop::Unavailable(in_file(&path, line, message)),
    }
}

/// A sentence about one place of a rule's file; `at` names it.
pub fn in_file(path: &str, line: Option<u32>, message: Message) -> Message {
    match line {
        Some(line) => message.with("at", format!("{path}:{line}")),
        None => message.with("at", path),
    }
}

/// The service that is meant: the one that is named, else the only one with a state in
/// `environment`.
///
/// # Errors
/// [`Stop::Unavailable`] before the first baseline, [`Stop::Request`] when several could be
/// meant.
pub fn choose_service(
    standing: &Standing,
    environment: &EnvironmentKey,
    wanted: Option<&ServiceKey>,
) -> Result<ServiceKey, Stop> {
    let known: BTreeSet<&ServiceKey> = standing
        .states
        .keys()
        .filter(|(_, e)| e == environment)
        .map(|(service, _)| service)
        .collect();
    let no_state = || {
        let mut message = Message::new("error-no-baseline").with("environment", environment);
        if let Some(service) = wanted {
            message = message.with("service", service);
        }
        Stop::Unavailable(message)
    };
    match (wanted, known.len()) {
        (Some(service), _) if known.contains(service) => Ok(service.clone()),
        (Some(_), _) | (None, 0) => Err(no_state()),
        (None, 1) => known.into_iter().next().cloned().ok_or_else(no_state),
        (None, _) => {
            let list: Vec<&str> = known.iter().map(|s| s.as_str()).collect();
            Err(Stop::Request(
                Message::new("error-which-service").with("services", list.join(", ")),
            ))
        }
    }
}
