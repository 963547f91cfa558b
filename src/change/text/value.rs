//! One value on its way to a type.

use std::ops::Range;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::near::nearest;
use super::{Fields, Node, Scalar, Shape, Sheet};
use crate::change::{Message, Moment, Period};

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

    fn wrong_type(&self, expected: &str) {
        self.fault(
            Message::new("yaml-wrong-type")
                .with("expected", expected)
                .with("found", self.node.sort()),
        );
    }

    fn refused(&self, key: &str, found: &str) {
        self.fault(Message::new(key).with("found", short(found)));
    }

    /// Whether this is a map.
    pub fn is_map(&self) -> bool {
        matches!(self.node.shape, Shape::Map(_))
    }

    /// Whether this is exactly the text `word`.
    pub fn is(&self, word: &str) -> bool {
        matches!(&self.node.shape, Shape::Scalar(scalar) if scalar.text == word)
    }

    fn scalar(&self, expected: &str) -> Option<&'s Scalar> {
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
        match &self.node.shape {
            Shape::Map(entries) => Some(Fields::new(self.sheet, entries, self.field.clone())),
            _ => {
                self.wrong_type("map");
                None
            }
        }
    }

    /// The items of a list; a single value is a list of one.
    pub fn items(&self) -> Vec<Value<'s>> {
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
        let text = &self.scalar("text")?.text;
        if text.trim().is_empty() {
            self.fault(Message::new("yaml-empty"));
            return None;
        }
        self.short_text(text, LONGEST)
    }

    /// A text of one line and at most `limit` characters.
    pub fn line(&self, limit: usize) -> Option<String> {
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

    /// A truth value.
    pub fn truth(&self) -> Option<bool> {
        let truth = self.scalar("bool")?.truth();
        if truth.is_none() {
            self.wrong_type("bool");
        }
        truth
    }

    /// A whole number from `least` to `most`.
    pub fn whole(&self, least: u32, most: u32) -> Option<u32> {
        let Some(number) = self.scalar("whole")?.whole() else {
            self.wrong_type("whole");
            return None;
        };
        let fits = u32::try_from(number).ok().filter(|n| (least..=most).contains(n));
        if fits.is_none() {
            let message = Message::new("yaml-range").with("found", number);
            self.fault(message.with("least", least).with("most", most));
        }
        fits
    }

    /// A number that identifies something.
    pub fn number(&self) -> Option<u64> {
        let number = self.scalar("whole")?.whole().and_then(|n| u64::try_from(n).ok());
        if number.is_none() {
            self.wrong_type("whole");
        }
        number
    }

    fn parsed<T>(&self, expected: &str, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = &self.scalar(expected)?.text;
        let value = read(text);
        if value.is_none() {
            self.refused(key, text);
        }
        value
    }

    /// A length of time, such as `30m` or `2bd`.
    pub fn period(&self) -> Option<Period> {
        self.parsed("duration", "yaml-duration", |text| text.parse().ok())
    }

    /// A length of time, or `off`.
    pub fn period_or_off(&self) -> Option<Option<Period>> {
        if self.is("off") {
            Some(None)
        } else {
            self.period().map(Some)
        }
    }

    /// A point in time; a missing offset is `zone`'s. A local time that the zone's clocks show
    /// twice or never is a warning.
    pub fn moment(&self, zone: &TimeZone) -> Option<Moment> {
        let moment = self.parsed("moment", "yaml-moment", |text| Moment::read(text, zone).ok())?;
        if let Shape::Scalar(scalar) = &self.node.shape
            && scalar.text.parse::<Moment>().is_err()
            && let Ok(local) = scalar.text.parse::<jiff::civil::DateTime>()
            && zone.to_ambiguous_timestamp(local).is_ambiguous()
        {
            self.warn(
                Message::new("yaml-moment-ambiguous")
                    .with("found", short(&scalar.text))
                    .with("taken", moment),
            );
        }
        Some(moment)
    }

    /// A day, `2026-12-04`.
    pub fn day(&self) -> Option<Date> {
        self.parsed("day", "yaml-day", |text| {
            let shaped = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
            shaped.then(|| text.parse().ok()).flatten()
        })
    }

    /// A time of day, `09:00`.
    pub fn time(&self) -> Option<Time> {
        self.parsed("time", "yaml-time", |text| {
            let (hour, minute) = text.split_once(':')?;
            let two = |t: &str| (t.len() == 2).then(|| t.parse::<i8>().ok()).flatten();
            Time::new(two(hour)?, two(minute)?, 0, 0).ok()
        })
    }

    /// One word of a closed list.
    pub fn word<W: Copy>(&self, all: &[W], spelling: impl Fn(W) -> &'static str) -> Option<W> {
        let text = &self.scalar("word")?.text;
        if let Some(word) = all.iter().copied().find(|word| spelling(*word) == text) {
            return Some(word);
        }
        let allowed: Vec<&str> = all.iter().map(|word| spelling(*word)).collect();
        let message = match nearest(text, allowed.iter().copied()) {
            Some(near) => Message::new("yaml-word").with("suggestion", near),
            None => Message::new("yaml-word-alone"),
        };
        self.fault(
            message
                .with("found", short(text))
                .with("allowed", allowed.join(", ")),
        );
        None
    }

    /// A name: letters, digits, `_`, `-` and `.`, as in keys of `people:`.
    pub fn name(&self) -> Option<String> {
        self.parsed("name", "yaml-name", |text| is_name(text).then(|| text.to_owned()))
    }

    /// A glob inside the repository.
    pub fn glob(&self) -> Option<String> {
        self.parsed("text", "yaml-glob", |text| {
            let inside =
                !text.starts_with(['/', '.', '!']) || text.starts_with(".github/") || is_dotfile(text);
            let inside = inside && !text.split('/').any(|part| part == ".." || part == ".");
            let fits = globset::GlobBuilder::new(text)
                .literal_separator(true)
                .build()
                .is_ok();
            (inside && fits && !text.is_empty()).then(|| text.to_owned())
        })
    }

    /// A path inside the repository.
    pub fn path(&self) -> Option<String> {
        self.parsed("text", "yaml-path", |text| {
            let text = text.strip_prefix("./").unwrap_or(text);
            let parts = text.trim_end_matches('/').split('/');
            let inside = !text.contains(['\\', '\n', '*'])
                && !parts.into_iter().any(|part| matches!(part, "" | "." | ".."));
            inside.then(|| text.to_owned())
        })
    }

    /// A reference to a secret: `${NAME}`, `file:PATH` or `file:PATH#key` as the whole value. The
    /// value itself is never part of a message.
    pub fn secret(&self) -> Option<String> {
        let text = &self.scalar("secret")?.text;
        let variable = |name: &str| {
            !name.is_empty()
                && !name.starts_with(|c: char| c.is_ascii_digit())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        let named = text
            .strip_prefix("${")
            .and_then(|rest| rest.strip_suffix('}'))
            .is_some_and(variable);
        let filed = text
            .strip_prefix("file:")
            .is_some_and(|path| !path.trim().is_empty());
        self.sheet.secret(self.node);
        if named || filed && !text.contains("${") {
            return Some(text.clone());
        }
        self.fault(Message::new("yaml-secret-literal"));
        None
    }

    /// Anything, as JSON; fractions stay texts, so that `1.10` is not `1.1`.
    pub fn json(&self) -> serde_json::Value {
        json(self.node, false)
    }

    /// Anything, as JSON with fractions as numbers.
    pub fn json_with_fractions(&self) -> serde_json::Value {
        json(self.node, true)
    }

    /// Adds a fault where `name` is not one of `known`.
    pub fn known<'k>(&self, name: &str, sort: &str, known: impl IntoIterator<Item = &'k str>) -> bool {
        let known: Vec<&str> = known.into_iter().collect();
        if known.contains(&name) {
            return true;
        }
        let message = match nearest(name, known.iter().copied()) {
            Some(near) => Message::new("yaml-unknown-name").with("suggestion", near),
            None => Message::new("yaml-unknown-name-alone"),
        };
        self.fault(message.with("sort", sort).with("name", short(name)));
        false
    }
}

fn is_dotfile(text: &str) -> bool {
    text.starts_with('.') && text.as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether a text can be a key that fields, records and commands name.
pub(crate) fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.chars().count() <= 64 && text.chars().all(fits) && text.starts_with(char::is_alphanumeric)
}

/// A text of a file inside a sentence: one line of at most 60 characters.
fn short(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(61)
        .collect();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line,
    }
}

fn json(node: &Node, fractions: bool) -> serde_json::Value {
    match &node.shape {
        Shape::Empty => serde_json::Value::Null,
        Shape::List(items) => items.iter().map(|item| json(item, fractions)).collect(),
        Shape::Map(entries) => {
            let map = entries
                .iter()
                .map(|entry| (entry.key.clone(), json(&entry.value, fractions)));
            serde_json::Value::Object(map.collect())
        }
        Shape::Scalar(scalar) => scalar_json(scalar, fractions),
    }
}

fn scalar_json(scalar: &Scalar, fractions: bool) -> serde_json::Value {
    if let Some(truth) = scalar.truth() {
        return truth.into();
    }
    if let Some(number) = scalar.whole() {
        return number.into();
    }
    match scalar.fraction().filter(|_| fractions) {
        Some(number) => number.into(),
        None => scalar.text.clone().into(),
    }
}
