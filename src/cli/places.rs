//! Where the fields of findings stand in files.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use sekisho::change::ChangeId;
use sekisho::change::text::Document;
use sekisho::dossier::Change;
use sekisho::policy::Finding;
use sekisho::report::FilePlace;
use sekisho::usecases::{CONFIG_PATH, Judged};

/// The places of one judgement. Many findings point to few places, so each file is read and each
/// place is marked once.
pub(super) struct Places<'a> {
    judged: &'a Judged,
    changes: HashMap<&'a ChangeId, &'a Change>,
    config: Cow<'a, str>,
    documents: BTreeMap<&'a str, Option<Document>>,
    marked: BTreeMap<(&'a str, &'a str), Option<FilePlace>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(judged: &'a Judged) -> Self {
        let changes = judged.collected.dossier.changes.iter();
        Self {
            judged,
            changes: changes.map(|change| (&change.id, change)).collect(),
            config: String::from_utf8_lossy(&judged.rules.config_bytes),
            documents: BTreeMap::new(),
            marked: BTreeMap::new(),
        }
    }

    /// In the declaration's file, or in the configuration for what comes from a template or a
    /// named plan.
    pub(super) fn of(&mut self, finding: &'a Finding) -> Option<FilePlace> {
        let id = finding.change.as_ref()?;
        let field = finding.field.as_deref().unwrap_or_default();
        if let Some((file, text)) = self.judged.collected.texts.get(id) {
            return self.mark(file, text, field);
        }
        let field = self.changes.get(id)?.place.strip_prefix("sekisho.yml#")?;
        let config = self.config.clone();
        self.mark(CONFIG_PATH, &config, field)
    }

    /// A field that is not written has no place of its own; pointing at some other line misleads.
    fn mark(&mut self, file: &'a str, text: &str, field: &'a str) -> Option<FilePlace> {
        if let Some(known) = self.marked.get(&(file, field)) {
            return known.clone();
        }
        let document = self
            .documents
            .entry(file)
            .or_insert_with(|| Document::parse(text).ok());
        let place = document.as_ref().and_then(|document| document.place(field));
        let place = place.filter(|place| !place.bytes.is_empty());
        let marked = place.map(|place| FilePlace::of(file, text, &place));
        self.marked.insert((file, field), marked.clone());
        marked
    }
}
