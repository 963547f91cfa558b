//! A YAML file as a tree in which every value keeps its place.

use std::borrow::Cow;
use std::ops::Range;

use super::json::json;
use super::lines::{BOM, Lines};
use super::node::{Entry, Node, Shape};
use super::parse::Builder;
use super::{Fault, Place};
use crate::change::Message;

/// The largest file, in bytes.
const LARGEST: usize = 1024 * 1024;

/// A YAML file that keeps to the reading rules: no duplicate keys, anchors, tags, nulls, second
/// documents or tabs as indentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    text: String,
    lines: Lines,
    root: Node,
}

impl Document {
    /// Reads a text; a byte order mark and CRLF are welcome.
    ///
    /// # Errors
    /// Every fault up to the first that makes the rest unreadable.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        if text.len() > LARGEST {
            return Err(vec![whole(Message::new("yaml-too-large").with("limit", LARGEST))]);
        }
        let text = escaped(text);
        let lines = Lines::of(&text);
        let root = Builder::new(&text, &lines).run()?;
        Ok(Self {
            text: text.into_owned(),
            lines,
            root,
        })
    }

    /// The outermost value of a file that is not ours, such as a workflow: a key may be without a value.
    ///
    /// # Errors
    /// Otherwise as [`Document::parse`].
    pub fn sketch(text: &str) -> Result<Node, Vec<Fault>> {
        if text.len() > LARGEST {
            return Err(vec![whole(Message::new("yaml-too-large").with("limit", LARGEST))]);
        }
        Builder::new(text, &Lines::of(text)).with_open_keys().run()
    }

    /// Reads bytes.
    ///
    /// # Errors
    /// As [`Document::parse`], and `yaml-not-utf8` with the place of the first wrong byte.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(text),
            Err(error) => {
                let good = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
                let good = String::from_utf8_lossy(good);
                let place = Lines::of(&good).place(&good, &(good.len()..good.len()));
                let key = match bytes {
                    [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "yaml-utf16",
                    _ => "yaml-not-utf8",
                };
                let fault = whole(Message::new(key));
                Err(vec![Fault {
                    place: (key == "yaml-not-utf8").then_some(place),
                    ..fault
                }])
            }
        }
    }

    /// The text that was read; in JSON, with the characters escaped that YAML does not allow.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The outermost value.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The place of a field such as `roles.approvers[0]`: of its value, of its key where the value
    /// fills several lines, else of the nearest thing around it that was written. A list of one
    /// that was written as one value is found too. For the file as a whole the place is empty and
    /// at the first value.
    pub fn place(&self, field: &str) -> Option<Place> {
        Some(match self.walk(field) {
            (here, true) => self.around(&here),
            (here, false) => self.of(&here),
        })
    }

    /// The place of a field's key, or of the field where it has none of its own.
    pub fn key_place(&self, field: &str) -> Option<Place> {
        match self.walk(field) {
            (Spot { key: Some(key), .. }, false) => Some(self.place_of_bytes(key)),
            _ => self.place(field),
        }
    }

    /// As far as the document goes along `field`, and whether a key is missing there.
    fn walk(&self, field: &str) -> (Spot<'_>, bool) {
        let mut here = Spot {
            node: &self.root,
            key: None,
        };
        let mut rest = field;
        while !rest.is_empty() {
            match step(&here, rest) {
                Step::To(next, left) => {
                    here = next;
                    rest = left;
                }
                Step::Missing => return (here, true),
                Step::Stop => break,
            }
        }
        (here, false)
    }

    /// What is written at exactly this field, and where; `None` where nothing is.
    pub fn written(&self, field: &str) -> Option<(serde_json::Value, Place)> {
        let mut here = Spot {
            node: &self.root,
            key: None,
        };
        let mut rest = field;
        while !rest.is_empty() {
            match step(&here, rest) {
                Step::To(next, left) => {
                    here = next;
                    rest = left;
                }
                Step::Missing | Step::Stop => return None,
            }
        }
        Some((json(here.node, true), self.of(&here)))
    }

    /// The place of a value, or of its key where the value fills several lines.
    pub(crate) fn place_of(&self, node: &Node, key: Option<&Range<usize>>) -> Place {
        self.of(&Spot { node, key })
    }

    pub(crate) fn place_of_bytes(&self, bytes: &Range<usize>) -> Place {
        self.lines.place(&self.text, bytes)
    }

    fn of(&self, spot: &Spot<'_>) -> Place {
        match spot.key {
            Some(key) if spot.node.block => self.place_of_bytes(key),
            None if std::ptr::eq(spot.node, &self.root) => self.start(),
            _ => self.place_of_bytes(&spot.node.bytes),
        }
    }

    /// Where a key is missing: the key of the map, else the map.
    fn around(&self, spot: &Spot<'_>) -> Place {
        match spot.key {
            Some(key) => self.place_of_bytes(key),
            None => self.of(spot),
        }
    }

    fn start(&self) -> Place {
        let at = self.root.bytes.start.max(if self.text.starts_with(BOM) {
            BOM.len_utf8()
        } else {
            0
        });
        self.place_of_bytes(&(at..at))
    }
}

/// JSON may hold characters as they are that YAML wants escaped: records are JSON, and they may
/// hold any text that a person managed to enter.
fn escaped(text: &str) -> Cow<'_, str> {
    let refused = |c: char| matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    if !text.starts_with('{') || !text.contains(refused) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if refused(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn whole(message: Message) -> Fault {
    Fault {
        place: None,
        field: String::new(),
        message,
        warning: false,
    }
}

/// A value and the key in front of it.
struct Spot<'d> {
    node: &'d Node,
    key: Option<&'d Range<usize>>,
}

enum Step<'d, 'f> {
    To(Spot<'d>, &'f str),
    /// The map has no such key.
    Missing,
    /// The value has no parts.
    Stop,
}

fn step<'d, 'f>(here: &Spot<'d>, field: &'f str) -> Step<'d, 'f> {
    if let Some((index, left)) = index(field) {
        return match &here.node.shape {
            Shape::List(items) => match items.get(index) {
                Some(node) => Step::To(Spot { node, key: None }, left),
                None => Step::Stop,
            },
            _ if index == 0 => Step::To(
                Spot {
                    node: here.node,
                    key: here.key,
                },
                left,
            ),
            _ => Step::Stop,
        };
    }
    let field = field.strip_prefix('.').unwrap_or(field);
    let Shape::Map(entries) = &here.node.shape else {
        return Step::Stop;
    };
    match longest(entries, field) {
        Some((entry, left)) => Step::To(
            Spot {
                node: &entry.value,
                key: Some(&entry.key_bytes),
            },
            left,
        ),
        None => Step::Missing,
    }
}

/// `[2]` at the start of a field, and what follows.
fn index(field: &str) -> Option<(usize, &str)> {
    let (number, left) = field.strip_prefix('[')?.split_once(']')?;
    Some((number.parse().ok()?, left))
}

/// The entry whose key starts the field; the longest, since keys may hold dots.
fn longest<'d, 'f>(entries: &'d [Entry], field: &'f str) -> Option<(&'d Entry, &'f str)> {
    entries
        .iter()
        .filter_map(|entry| {
            let left = field.strip_prefix(entry.key.as_str())?;
            (left.is_empty() || left.starts_with(['.', '['])).then_some((entry, left))
        })
        .max_by_key(|(entry, _)| entry.key.len())
}
