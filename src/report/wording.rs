//! The sentences of both languages, and the values that go into them.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::langid;

use super::harmless;
use crate::change::Message;
use crate::config::Language;

/// The values that are lists, joined by `, ` where they were made.
const LISTS: &[&str] = &[
    "allowed", "areas", "because", "changes", "fields", "known", "missing", "names", "people", "presets",
    "services", "values",
];

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");
static POLICIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/policies");

/// The words of one language.
pub struct Wording {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Wording {
    /// The words of `language`, from every file of `locales/<language>/` and
    /// `policies/wording.<language>.ftl`.
    pub fn new(language: Language) -> Self {
        let locale = match language {
            Language::En => langid!("en"),
            Language::Ja => langid!("ja"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Isolation marks are invisible characters that would end up in JSON and in pipes.
        bundle.set_use_isolating(false);
        for (_, text) in Self::sources(language) {
            // What is sound in a broken file is used; a test refuses broken files.
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(part, _)| part);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The wording files of `language`: path and text.
    pub fn sources(language: Language) -> Vec<(String, &'static str)> {
        let code = Self::code(language);
        let folder = LOCALES.get_dir(code).into_iter().flat_map(Dir::files);
        let rules = POLICIES.get_file(format!("wording.{code}.ftl"));
        folder
            .map(|file| ("locales", file))
            .chain(rules.map(|file| ("policies", file)))
            .filter(|(_, file)| file.path().extension().is_some_and(|end| end == "ftl"))
            .filter_map(|(top, file)| {
                Some((format!("{top}/{}", file.path().display()), file.contents_utf8()?))
            })
            .collect()
    }

    /// `en` or `ja`.
    pub const fn code(language: Language) -> &'static str {
        match language {
            Language::En => "en",
            Language::Ja => "ja",
        }
    }

    /// The language of these words.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The sentence of `message`, its values made harmless. Where the wording has none, or lacks
    /// a value, the key and the values themselves.
    pub fn say(&self, message: &Message) -> String {
        self.maybe(message)
            .unwrap_or_else(|| harmless(&message.to_string()))
    }

    /// The words under `id`.
    pub fn label(&self, id: &str) -> String {
        self.say(&Message::new(id))
    }

    /// The sentence of `message`, or `None` where the wording has none or lacks a value.
    pub fn maybe(&self, message: &Message) -> Option<String> {
        let pattern = self.bundle.get_message(&fluent_id(&message.key))?.value()?;
        let mut values = FluentArgs::new();
        for (name, value) in &message.with {
            values.set(name.clone(), self.value(name, value));
        }
        let mut errors = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, Some(&values), &mut errors);
        errors.is_empty().then(|| sentence.into_owned())
    }

    /// A value in its sentence; a list is joined as this language joins lists.
    fn value(&self, name: &str, value: &str) -> FluentValue<'static> {
        if LISTS.contains(&name) && value.contains(", ") {
            return fluent_value(&value.replace(", ", &self.label("list-separator")));
        }
        fluent_value(value)
    }

    /// The words under `<group>-<word>`, for a word of a closed list that came out of a record;
    /// a word without them is shown itself.
    pub fn word(&self, group: &str, word: &str) -> String {
        let id = format!("{group}-{word}");
        if self.knows(&id) {
            self.label(&id)
        } else {
            harmless(word)
        }
    }

    /// The words of an act such as `deploy.allowed/1`.
    pub fn act(&self, act: &str) -> String {
        let name = act.split('/').next().unwrap_or(act).replace('.', "-");
        let id = format!("act-{name}");
        if self.knows(&id) {
            self.label(&id)
        } else {
            harmless(act)
        }
    }

    /// Whether there are words for this key.
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(&fluent_id(key))
    }
}

/// `ROL-02.involved` is `ROL-02_involved` in the files: Fluent has no dots in names.
fn fluent_id(key: &str) -> String {
    key.replace('.', "_")
}

/// Numbers as numbers, so that sentences can tell one from many; only where writing the number
/// gives the same text back.
fn fluent_value(value: &str) -> FluentValue<'static> {
    const EXACT: std::ops::RangeInclusive<i64> = -9_007_199_254_740_991..=9_007_199_254_740_991;
    match value.parse::<i64>() {
        Ok(number) if EXACT.contains(&number) && number.to_string() == value => number.into(),
        _ => harmless(value).into(),
    }
}

/// For developers: the language alone.
impl std::fmt::Debug for Wording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wording")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}
