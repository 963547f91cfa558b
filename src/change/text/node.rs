//! The tree of a YAML file: every value and every key with its bytes.

use std::ops::Range;

/// A value of a YAML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it holds.
    pub shape: Shape,
    /// Its bytes in the file.
    pub bytes: Range<usize>,
    /// Whether it starts on a line of its own, below its key: block lists, block maps, `|` and `>`.
    pub block: bool,
}

/// What a value holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Nothing: `key:`, `~` or `null`. Never part of a document that was accepted, only of a sketch.
    Empty,
    /// A text, number or truth value.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file.
    Map(Vec<Entry>),
}

/// One line of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The key's bytes in the file.
    pub key_bytes: Range<usize>,
    /// The value.
    pub value: Node,
}

/// A text as it was written, escapes resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text.
    pub text: String,
    /// Whether it stood in quotes or in a block, and so is a text whatever it looks like.
    pub quoted: bool,
}

/// The largest whole number that every JSON reader keeps exactly.
const LARGEST: i64 = (1 << 53) - 1;

impl Scalar {
    /// The whole number that this is: plain, decimal, without sign `+` and leading zeros. Other
    /// spellings (`007`, `0x1f`) stay texts, so that nothing is lost.
    pub fn whole(&self) -> Option<i64> {
        let number: i64 = self.plain()?.parse().ok()?;
        (number.abs() <= LARGEST && number.to_string() == self.text).then_some(number)
    }

    /// The truth value that this is: plain `true` or `false`; `yes` and `no` are texts.
    pub fn truth(&self) -> Option<bool> {
        match self.plain()? {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// The decimal fraction that this is: plain, digits on both sides of one point.
    pub fn fraction(&self) -> Option<f64> {
        let text = self.plain()?;
        let (whole, part) = text.strip_prefix('-').unwrap_or(text).split_once('.')?;
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        (digits(whole) && digits(part))
            .then(|| text.parse().ok())
            .flatten()
    }

    /// Whether this is nothing at all.
    pub(crate) fn is_null(&self) -> bool {
        !self.quoted && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }

    fn plain(&self) -> Option<&str> {
        (!self.quoted).then_some(self.text.as_str())
    }
}

impl Node {
    /// The word for this value's shape in `yaml-wrong-type`.
    pub fn sort(&self) -> &'static str {
        match &self.shape {
            Shape::Empty => "nothing",
            Shape::List(_) => "list",
            Shape::Map(_) => "map",
            Shape::Scalar(scalar) if scalar.truth().is_some() => "bool",
            Shape::Scalar(scalar) if scalar.whole().is_some() => "whole",
            Shape::Scalar(_) => "text",
        }
    }
}
