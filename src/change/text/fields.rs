//! A map whose keys are known.

use std::cell::RefCell;

use super::sheet::join;
use super::{Ask, Entry, Sheet, Value, likely};
use crate::change::{Message, Moment, Period, PersonKey};
use jiff::tz::TimeZone;

/// A map that is read key by key; [`Fields::done`] reports the keys that nobody asked for.
#[derive(Debug)]
pub struct Fields<'s> {
    sheet: &'s Sheet<'s>,
    entries: &'s [Entry],
    field: String,
    asked: RefCell<Vec<&'static str>>,
    told: RefCell<Vec<&'static str>>,
}

impl<'s> Fields<'s> {
    pub(super) fn new(sheet: &'s Sheet<'s>, entries: &'s [Entry], field: String) -> Self {
        Self {
            sheet,
            entries,
            field,
            asked: RefCell::default(),
            told: RefCell::default(),
        }
    }

    /// The sheet that collects the faults.
    pub fn sheet(&self) -> &'s Sheet<'s> {
        self.sheet
    }

    /// The path of a key of this map.
    pub fn path(&self, key: &str) -> String {
        join(&self.field, key)
    }

    /// The value of `key`, where the file has it.
    pub fn get(&self, key: &'static str) -> Option<Value<'s>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.sheet.note(|| self.path(key), || None);
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| self.value(entry))
    }

    /// The value of `key`; a fault when the file has none.
    pub fn required(&self, key: &'static str) -> Option<Value<'s>> {
        self.required_or(key, Message::new("yaml-missing-key").with("key", key))
    }

    /// The value of `key`; the fault `message` when the file has none.
    pub fn required_or(&self, key: &'static str, message: Message) -> Option<Value<'s>> {
        let value = self.get(key);
        self.sheet.note(|| self.path(key), || Some(Ask::Required));
        if value.is_none() {
            self.sheet.fault(&self.path(key), message);
        }
        value
    }

    /// The value of a `key` that does not belong here and that the caller tells a fault of.
    pub(super) fn stray(&self, key: &'static str) -> Option<Value<'s>> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        self.told.borrow_mut().push(key);
        Some(self.value(entry))
    }

    /// Every key with its value, for maps whose keys are names; no key is unknown afterwards.
    pub fn named(&self) -> Vec<(&'s str, Value<'s>)> {
        self.sheet.note(|| self.field.clone(), || Some(Ask::Named));
        self.entries
            .iter()
            .map(|entry| (entry.key.as_str(), self.value(entry)))
            .collect()
    }

    /// As [`Fields::named`], without the keys that were asked for before.
    pub fn others(&self) -> Vec<(&'s str, Value<'s>)> {
        let asked = self.asked.borrow();
        self.named()
            .into_iter()
            .filter(|(key, _)| !asked.contains(key))
            .collect()
    }

    fn value(&self, entry: &'s Entry) -> Value<'s> {
        Value::new(
            self.sheet,
            &entry.value,
            Some(&entry.key_bytes),
            self.path(&entry.key),
        )
    }

    /// Reports every key that was not asked for, with the nearest one that is known.
    pub fn done(self) {
        let asked = self.asked.borrow();
        let told = self.told.borrow();
        for entry in self
            .entries
            .iter()
            .filter(|entry| !asked.contains(&entry.key.as_str()) && !told.contains(&entry.key.as_str()))
        {
            let message = match likely(&entry.key, &asked) {
                Some(near) => {
                    // The misspelt key is why the right one is missing.
                    self.sheet.forget("yaml-missing-key", &self.path(near));
                    Message::new("yaml-unknown-key").with("suggestion", near)
                }
                None => Message::new("yaml-unknown-key-alone").with("allowed", asked.join(", ")),
            };
            let place = self.sheet.document().place_of_bytes(&entry.key_bytes);
            let message = message.with("key", &entry.key);
            self.sheet
                .add(Some(place), &self.path(&entry.key), message, false);
        }
    }

    /// The text of `key`.
    pub fn text(&self, key: &'static str) -> Option<String> {
        self.get(key)?.text()
    }

    /// The texts of `key`, one or a list; empty where it is missing.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.get(key).map(|value| value.texts()).unwrap_or_default()
    }

    /// The globs of `key`, one or a list.
    pub fn globs(&self, key: &'static str) -> Vec<String> {
        let values = self.get(key).map(|value| value.items()).unwrap_or_default();
        values.iter().filter_map(Value::glob).collect()
    }

    /// The truth value of `key`.
    pub fn truth(&self, key: &'static str) -> Option<bool> {
        self.get(key)?.truth()
    }

    /// The length of time of `key`.
    pub fn period(&self, key: &'static str) -> Option<Period> {
        self.get(key)?.period()
    }

    /// The point in time of `key`.
    pub fn moment(&self, key: &'static str, zone: &TimeZone) -> Option<Moment> {
        self.get(key)?.moment(zone)
    }

    /// The day of `key`, `YYYY-MM-DD`.
    pub fn day(&self, key: &'static str) -> Option<String> {
        self.get(key)?.day().map(|day| day.to_string())
    }

    /// The person's key at `key`.
    pub fn person(&self, key: &'static str) -> Option<PersonKey> {
        self.get(key)?.name().map(PersonKey::from)
    }

    /// The map at `key`.
    pub fn fields(&self, key: &'static str) -> Option<Fields<'s>> {
        self.get(key)?.fields()
    }
}
