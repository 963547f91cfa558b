//! One value on its way to a type.

use std::ops::Range;

use super::json::json;
use super::stumble::WIDE_COMMAS;
use super::{Ask, Fields, Node, Scalar, Shape, Sheet};
use crate::change::Message;

/// A value with its field; each reading gives the value or adds a fault at its place.
#[derive(Debug, Clone)]
pub struct Value<'s> {
    sheet: &'s Sheet<'s>,
    node: &'s Node,
    key: Option<&'s Range<usize>>,
    field: String,
}

/// The longest text, in characters.
const LONGEST: usize = 10_000;
/// The longest list.
const MOST_ITEMS: usize = 500;

impl<'s> Value<'s> {
    pub(super) fn new(
        sheet: &'s Sheet<'s>,
        node: &'s Node,
        key: Option<&'s Range<usize>>,
        field: String,
    ) -> Self {
        Self {
            sheet,
            node,
            key,
            field,
        }
    }

    /// The field, such as `roles.approvers[0]`.
    pub fn field(&self) -> &str {
        &self.field
    }

    pub(super) fn sheet(&self) -> &'s Sheet<'s> {
        self.sheet
    }

    /// The value as it was written.
    pub fn node(&self) -> &'s Node {
        self.node
    }

    /// Adds a fault at this value.
    pub fn fault(&self, message: Message) {
        let place = self.sheet.document().place_of(self.node, self.key);
        self.sheet.add(Some(place), &self.field, message, false);
    }

    /// Adds a fault at the key in front of this value.
    pub fn fault_at_key(&self, message: Message) {
        let document = self.sheet.document();
        let place = self.key.map_or_else(
            || document.place_of(self.node, None),
            |key| document.place_of_bytes(key),
        );
        self.sheet.add(Some(place), &self.field, message, false);
    }

    /// Adds a warning at this value.
    pub fn warn(&self, message: Message) {
        let place = self.sheet.document().place_of(self.node, self.key);
        self.sheet.add(Some(place), &self.field, message, true);
    }

    pub(super) fn wrong_type(&self, expected: &str) {
        if expected == "map" && self.wide_colon() {
            return;
        }
        self.fault(self.type_message(expected));
    }

    pub(super) fn type_message(&self, expected: &str) -> Message {
        Message::new("yaml-wrong-type")
            .with("expected", expected)
            .with("found", self.node.sort())
    }

    /// Says so where two names of a list were parted by the comma of another alphabet, which makes one
    /// of them.
    pub(super) fn wide_comma(&self) -> bool {
        let document = self.sheet.document();
        let bytes = &self.node.bytes;
        let before = document.text().get(..bytes.start).unwrap_or_default();
        let written = document.text().get(bytes.clone()).unwrap_or_default();
        let Some(at) = written.find(WIDE_COMMAS) else {
            return false;
        };
        if !before.trim_end().ends_with(['[', ',']) {
            return false;
        }
        let (bytes, message) = super::stumble::wide_comma(document.text(), bytes.start + at);
        let place = document.place_of_bytes(&bytes);
        self.sheet.add(Some(place), &self.field, message, false);
        true
    }

    /// Says so where a key is followed by a full-width colon, which makes a text of it.
    fn wide_colon(&self) -> bool {
        let document = self.sheet.document();
        let Shape::Scalar(Scalar { quoted: false, .. }) = &self.node.shape else {
            return false;
        };
        let Some(written) = document.text().get(self.node.bytes.clone()) else {
            return false;
        };
        let Some(at) = written.find('：') else {
            return false;
        };
        let end = at + '：'.len_utf8();
        let start = self.node.bytes.start;
        let place = document.place_of_bytes(&(start + at..start + end));
        let message = super::stumble::wide_colon(written.get(end..).unwrap_or_default());
        self.sheet.add(Some(place), &self.field, message, false);
        true
    }

    /// Warns where full-width quotes around a text became part of it.
    fn wide_quotes(&self, scalar: &Scalar) {
        let quotes = ['“', '”', '„', '‟', '＂', '‘', '’'];
        if scalar.quoted || !scalar.text.starts_with(quotes) || !scalar.text.ends_with(quotes) {
            return;
        }
        let inside = scalar.text.trim_matches(quotes);
        if !inside.is_empty() && !inside.contains(quotes) {
            let meant = super::declaration::inline(inside);
            self.warn(Message::new("yaml-wide-quotes").with("suggestion", meant));
        }
    }

    /// Notes what is asked of this value, where that is wanted.
    pub(super) fn note(&self, ask: impl FnOnce() -> Ask) {
        self.sheet.note(|| self.field.clone(), || Some(ask()));
    }

    /// Whether this is a map.
    pub fn is_map(&self) -> bool {
        self.note(|| Ask::MapOrNot);
        matches!(self.node.shape, Shape::Map(_))
    }

    /// Whether this is exactly the text `word`.
    pub fn is(&self, word: &str) -> bool {
        self.note(|| Ask::Literal(word.to_owned()));
        matches!(&self.node.shape, Shape::Scalar(scalar) if scalar.text == word)
    }

    pub(super) fn scalar(&self, expected: &'static str) -> Option<&'s Scalar> {
        self.note(|| Ask::Scalar(expected));
        match &self.node.shape {
            Shape::Scalar(scalar) => Some(scalar),
            _ => {
                self.wrong_type(expected);
                None
            }
        }
    }

    /// The map.
    pub fn fields(&self) -> Option<Fields<'s>> {
        self.note(|| Ask::Map);
        match &self.node.shape {
            Shape::Map(entries) => Some(Fields::new(self.sheet, entries, self.field.clone())),
            _ => {
                self.wrong_type("map");
                None
            }
        }
    }

    /// The map; the fault `message` where a single value stands instead.
    pub fn fields_or(&self, message: Message) -> Option<Fields<'s>> {
        self.note(|| Ask::Map);
        let is_text = matches!(&self.node.shape, Shape::Scalar(scalar) if !scalar.text.contains('：'));
        if is_text {
            self.fault(message);
            return None;
        }
        self.fields()
    }

    /// The map; `None`, without a fault, where this is something else.
    pub fn fields_if_map(&self) -> Option<Fields<'s>> {
        self.is_map().then(|| self.fields()).flatten()
    }

    /// The items of a list; a single value is a list of one.
    pub fn items(&self) -> Vec<Value<'s>> {
        self.note(|| Ask::List);
        let Shape::List(items) = &self.node.shape else {
            let only = Value {
                field: format!("{}[0]", self.field),
                ..self.clone()
            };
            return vec![only];
        };
        if items.len() > MOST_ITEMS {
            self.fault(Message::new("yaml-list-too-long").with("limit", MOST_ITEMS));
            return Vec::new();
        }
        let item = |(i, node)| Value::new(self.sheet, node, None, format!("{}[{i}]", self.field));
        items.iter().enumerate().map(item).collect()
    }

    /// A text, verbatim, that is not blank. Numbers and truth values count as they were written.
    pub fn text(&self) -> Option<String> {
        let scalar = self.scalar("text")?;
        let text = &scalar.text;
        if text.trim().is_empty() {
            self.fault(Message::new("yaml-empty"));
            return None;
        }
        self.wide_quotes(scalar);
        self.short_text(text, LONGEST)
    }

    /// A text of one line and at most `limit` characters.
    pub fn line(&self, limit: usize) -> Option<String> {
        self.note(|| Ask::Length(limit));
        let text = self.text()?;
        if text.trim_end().contains(['\n', '\r']) {
            self.fault(Message::new("yaml-one-line"));
            return None;
        }
        self.short_text(&text, limit)
    }

    fn short_text(&self, text: &str, limit: usize) -> Option<String> {
        let length = text.chars().count();
        if length > limit {
            self.fault(
                Message::new("yaml-too-long")
                    .with("limit", limit)
                    .with("length", length),
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// The texts of a list, or of one value.
    pub fn texts(&self) -> Vec<String> {
        self.items().iter().filter_map(Value::text).collect()
    }

    /// Anything, as JSON; fractions stay texts, so that `1.10` is not `1.1`.
    pub fn json(&self) -> serde_json::Value {
        self.note(|| Ask::Any);
        json(self.node, false)
    }

    /// Anything, as JSON with fractions as numbers.
    pub fn json_with_fractions(&self) -> serde_json::Value {
        self.note(|| Ask::Any);
        json(self.node, true)
    }
}
