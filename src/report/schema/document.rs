//! The documents that have a schema.

use serde_json::{Map, Value, json};

use super::{asked, example};
use crate::change::text::declaration;
use crate::dossier::Dossier;
use crate::report::{Wording, check, decision};

/// The dialect.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A document with a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// `sekisho.yml`.
    Config,
    /// A change declaration.
    Declaration,
    /// What a decision is made from, as `gate --save-dossier` writes it.
    Dossier,
    /// What `gate --format json` prints.
    Decision,
    /// What `check --format json` prints.
    Check,
}

impl Document {
    /// Every document, in the order of the help.
    pub const ALL: &[Self] = &[
        Self::Config,
        Self::Declaration,
        Self::Dossier,
        Self::Decision,
        Self::Check,
    ];

    /// Its name on the command line and in files' names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Declaration => "declaration",
            Self::Dossier => "dossier",
            Self::Decision => "decision",
            Self::Check => "check",
        }
    }
}

/// The JSON Schema of a document, draft 2020-12, with descriptions in the language of `wording`.
pub fn schema(document: Document, wording: &Wording) -> Value {
    let parts = match document {
        Document::Config => asked::of(&crate::config::asked(), &["config"], wording),
        Document::Declaration => asked::of(&declaration::asked(), &["declaration"], wording),
        Document::Dossier => example::of::<Dossier>(&json!(crate::policy::full_dossier())),
        Document::Decision => example::of::<decision::Json>(&json!(decision::Json::full())),
        Document::Check => example::of::<check::Json>(&json!(check::Json::full())),
    };
    let title = wording.label(&format!("schema-title-{}", document.as_str()));
    let head = [("$schema", DIALECT.into()), ("title", Value::from(title))];
    let head = head.map(|(key, value)| (key.to_owned(), value));
    Value::Object(head.into_iter().chain(parts).collect::<Map<_, _>>())
}
