//! What `init` knows before it writes.

use crate::change::{Period, Strategy};
use crate::config::{Language, Profile};

/// A person whom `init` found in the history or asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StarterPerson {
    /// The key under `people:`.
    pub key: String,
    /// The name.
    pub name: String,
    /// The addresses of their commits, lower case.
    pub emails: Vec<String>,
    /// The GitHub login.
    pub github: Option<String>,
    /// The GitHub account number.
    pub github_id: Option<u64>,
    /// The organisation's key.
    pub org: Option<String>,
    /// The SSH public key that signs for them.
    pub ssh_key: Option<String>,
}

/// The way back of every change that names none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StarterRollback {
    /// The way back; `None`: take the commit back.
    pub strategy: Option<Strategy>,
    /// The command; `None`: the one that takes a commit back with git.
    pub step: Option<String>,
    /// The observation that triggers it; `None`: that of the language.
    pub criterion: Option<String>,
    /// Who decides; `None`: the first who carries out.
    pub decider: Option<String>,
    /// How long it takes; `None`: 10 minutes.
    pub duration: Option<Period>,
}

/// A standard change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StarterTemplate {
    /// The key under `templates:`.
    pub key: String,
    /// The service; `None`: any.
    pub service: Option<String>,
    /// The globs.
    pub paths: Vec<String>,
}

/// What `init` knows about a repository.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StarterChoices {
    /// The language of the remarks and of all text.
    pub language: Language,
    /// The profile.
    pub profile: Profile,
    /// Key and name of each organisation, one's own first.
    pub organisations: Vec<(String, String)>,
    /// The people; at least one.
    pub people: Vec<StarterPerson>,
    /// The keys of those who carry out.
    pub executors: Vec<String>,
    /// The keys of those who approve; where none differs from a sole executor, an approver to be
    /// named is added.
    pub approvers: Vec<String>,
    /// The keys of those who may declare an emergency; empty: whoever carries out.
    pub declarers: Vec<String>,
    /// The keys of those who are called in an emergency, in that order; empty: the approvers.
    pub route: Vec<String>,
    /// Key and globs of each service; empty: one service.
    pub services: Vec<(String, Vec<String>)>,
    /// Globs of the migrations of a database.
    pub migrations: Vec<String>,
    /// Standard changes.
    pub templates: Vec<StarterTemplate>,
    /// Globs of what is never deployed.
    pub ignore: Vec<String>,
    /// `PATH@REF` of the workflows that may ask the gate; needed under audit, and where they sign.
    pub workflows: Vec<String>,
    /// The numbers of the repository and of its owner on GitHub, where its workflows sign.
    pub repository: Option<(u64, Option<u64>)>,
    /// Whether unsigned acts count.
    pub signatures_optional: bool,
    /// The way back.
    pub rollback: StarterRollback,
    /// The IANA time zone; `None`: that of the language.
    pub zone: Option<String>,
}
