//! From events to the tree, refusing what the two files may not hold.

use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use super::lines::Lines;
use super::node::{Entry, Node, Scalar, Shape};
use super::veil::covered;
use super::{Fault, scan_fault, stumble};
use crate::change::Message;

/// The deepest nesting of lists and maps.
const DEEPEST: usize = 32;
/// The most values and keys.
const MOST_NODES: usize = 20_000;
/// The most faults that one reading collects.
const MOST_FAULTS: usize = 100;

/// A list or map that is not closed yet.
struct Open {
    start: usize,
    block: bool,
    inside: Inside,
}

enum Inside {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        key: Option<(String, Range<usize>)>,
        known: BTreeMap<String, usize>,
    },
}

/// Builds the tree of one document.
pub(super) struct Builder<'t> {
    text: &'t str,
    lines: &'t Lines,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
    faults: Vec<Fault>,
    /// Whether a key without a value is no fault.
    open_keys: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, lines: &'t Lines) -> Self {
        Self {
            text,
            lines,
            open: Vec::new(),
            root: None,
            nodes: 0,
            documents: 0,
            faults: Vec::new(),
            open_keys: false,
        }
    }

    /// Takes a key without a value as it is, for files that are not ours.
    pub(super) fn with_open_keys(mut self) -> Self {
        self.open_keys = true;
        self
    }

    /// The root, or every fault up to the first one that stops the reading.
    pub(super) fn run(mut self) -> Result<Node, Vec<Fault>> {
        let options = granit_parser::options! {
            disallow_directives: true,
            emit_unresolved_aliases: true,
            emit_comments: false,
            flow_nesting_limit: 2 * DEEPEST,
            block_nesting_limit: 2 * DEEPEST,
        };
        for event in Parser::new_from_str_with_options(self.text, options) {
            let goes_on = match event {
                Ok((event, span)) => self.take(&event, &span),
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(self.text.len());
                    self.unreadable(at, scan_fault::message(error.kind()));
                    false
                }
            };
            if !goes_on || self.faults.len() >= MOST_FAULTS {
                break;
            }
        }
        if self.faults.is_empty() && self.root.is_none() {
            self.fault(&(0..0), Message::new("yaml-nothing"));
        }
        match self.root {
            Some(root) if self.faults.is_empty() => Ok(root),
            _ => Err(each_once(self.faults)),
        }
    }

    /// Says what the scanner stumbled over, at what a person would correct.
    fn unreadable(&mut self, at: usize, message: Message) {
        let flow = self.open.last().is_some_and(|open| !open.block);
        let (bytes, message) = stumble::meant(self.text, self.lines, at, message, flow);
        self.fault(&bytes, message);
    }

    /// Takes one event; `false` ends the reading.
    fn take(&mut self, event: &Event<'_>, span: &Span) -> bool {
        let bytes = span.byte_range().unwrap_or(0..0);
        if event.is_node() {
            self.nodes += 1;
            if self.nodes > MOST_NODES {
                self.fault(&bytes, Message::new("yaml-too-many").with("limit", MOST_NODES));
                return false;
            }
            self.check(event, span, &bytes);
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.fault(&bytes, Message::new("yaml-several-documents"));
                    return false;
                }
            }
            Event::Scalar(value, style, ..) => self.scalar(value, *style, bytes),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.fault(&bytes, Message::new("yaml-anchor"));
                self.close(Node {
                    shape: Shape::Empty,
                    bytes,
                    block: false,
                });
            }
            Event::SequenceStart(style, ..) => {
                return self.begin(bytes, *style, Inside::List(Vec::new()));
            }
            Event::MappingStart(style, ..) => {
                let inside = Inside::Map {
                    entries: Vec::new(),
                    key: None,
                    known: BTreeMap::new(),
                };
                return self.begin(bytes, *style, inside);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&bytes),
            _ => {}
        }
        true
    }

    /// Anchors, tags and tabs, which any node may have.
    fn check(&mut self, event: &Event<'_>, span: &Span, bytes: &Range<usize>) {
        if event.anchor_id().is_some_and(|id| id > 0) {
            self.fault(bytes, Message::new("yaml-anchor"));
        }
        if event.tag().is_some() {
            let tag = span
                .tag_span()
                .and_then(|tag| tag.byte_range())
                .unwrap_or_else(|| bytes.clone());
            self.fault(&tag, Message::new("yaml-tag"));
        }
        let before = self.lines.before(self.text, bytes.start);
        if before.contains('\t') && before.trim().is_empty() {
            let tab = bytes.start - before.len() + before.find('\t').unwrap_or(0);
            self.fault(&(tab..tab + 1), Message::new("yaml-tab"));
        }
    }

    fn begin(&mut self, bytes: Range<usize>, style: StructureStyle, inside: Inside) -> bool {
        if self.open.len() >= DEEPEST {
            self.fault(&bytes, Message::new("yaml-too-deep").with("limit", DEEPEST));
            return false;
        }
        let block = matches!(style, StructureStyle::Block);
        self.open.push(Open {
            start: bytes.start,
            block,
            inside,
        });
        true
    }

    fn end(&mut self, bytes: &Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        let (shape, last) = match open.inside {
            Inside::List(items) => {
                let last = items.last().map(|item| item.bytes.end);
                (Shape::List(items), last)
            }
            Inside::Map { entries, .. } => {
                let last = entries.last().map(|entry| entry.value.bytes.end);
                (Shape::Map(entries), last)
            }
        };
        let end = if open.block {
            last.unwrap_or(open.start)
        } else {
            bytes.end
        };
        self.close(Node {
            shape,
            bytes: open.start..end.max(open.start),
            block: open.block,
        });
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, bytes: Range<usize>) {
        let scalar = Scalar {
            text: value.to_owned(),
            quoted: !matches!(style, ScalarStyle::Plain),
        };
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let shape = if scalar.is_null() {
            Shape::Empty
        } else {
            Shape::Scalar(scalar)
        };
        self.close(Node { shape, bytes, block });
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node) {
        let is_key = matches!(
            self.open.last(),
            Some(Open {
                inside: Inside::Map { key: None, .. },
                ..
            })
        );
        if is_key {
            return self.key(node);
        }
        if node.shape == Shape::Empty
            && !self.open_keys
            && self
                .faults
                .iter()
                .all(|f| f.place.as_ref().is_none_or(|p| p.bytes != node.bytes))
        {
            let bytes = self.key_bytes().unwrap_or_else(|| node.bytes.clone());
            let (bytes, message) = stumble::nothing(self.text, self.lines, &bytes);
            self.fault(&bytes, message);
        }
        match self.open.last_mut().map(|open| &mut open.inside) {
            None => self.root = Some(node),
            Some(Inside::List(items)) => items.push(node),
            Some(Inside::Map { entries, key, known }) => {
                if let Some((key, key_bytes)) = key.take()
                    && !known.contains_key(&key)
                {
                    known.insert(key.clone(), key_bytes.start);
                    entries.push(Entry {
                        key,
                        key_bytes,
                        value: node,
                    });
                }
            }
        }
    }

    fn key(&mut self, node: Node) {
        let bytes = node.bytes.clone();
        let text = match node.shape {
            Shape::Scalar(scalar) if scalar.text == "<<" && !scalar.quoted => {
                self.fault(&bytes, Message::new("yaml-merge-key"));
                scalar.text
            }
            Shape::Scalar(scalar) => {
                if scalar.whole().is_some() || scalar.truth().is_some() || scalar.fraction().is_some() {
                    self.fault(
                        &bytes,
                        Message::new("yaml-key-not-text").with("key", &scalar.text),
                    );
                }
                scalar.text
            }
            _ => {
                self.fault(&bytes, Message::new("yaml-key-not-text").with("key", "[…]"));
                String::new()
            }
        };
        let inner = text.trim_start_matches(['\u{3000}', '\u{a0}']);
        let wide = text.len() - inner.len();
        if wide > 0 {
            // The key above has no value only because this one does not count as below it.
            if self
                .faults
                .last()
                .is_some_and(|f| f.message.key.starts_with("yaml-empty"))
            {
                self.faults.pop();
            }
            let columns = text.chars().count() - inner.chars().count();
            let meant = "  ".repeat(columns);
            self.fault(
                &(bytes.start..bytes.start + wide),
                Message::new("yaml-wide-space").with("suggestion", meant),
            );
        }
        let earlier = match self.open.last_mut().map(|open| &mut open.inside) {
            Some(Inside::Map { key, known, .. }) => {
                let earlier = known.get(&text).copied();
                *key = Some((text.clone(), bytes.clone()));
                earlier
            }
            _ => None,
        };
        if let Some(earlier) = earlier {
            let line = self.lines.place(self.text, &(earlier..earlier)).line;
            self.fault(
                &bytes,
                Message::new("yaml-duplicate-key")
                    .with("key", &text)
                    .with("line", line),
            );
        }
    }

    fn key_bytes(&self) -> Option<Range<usize>> {
        match &self.open.last()?.inside {
            Inside::Map {
                key: Some((_, bytes)),
                ..
            } => Some(bytes.clone()),
            _ => None,
        }
    }

    /// The field that is being read, such as `targets[1].paths`.
    fn field(&self) -> String {
        let mut field = String::new();
        for open in &self.open {
            match &open.inside {
                Inside::List(items) => field.push_str(&format!("[{}]", items.len())),
                Inside::Map {
                    key: Some((key, _)), ..
                } => {
                    if !field.is_empty() {
                        field.push('.');
                    }
                    field.push_str(key);
                }
                Inside::Map { key: None, .. } => {}
            }
        }
        field
    }

    fn fault(&mut self, bytes: &Range<usize>, message: Message) {
        let place = Some(self.lines.place(self.text, bytes));
        self.faults.push(Fault {
            place,
            field: self.field(),
            message: covered(message),
            warning: false,
        });
    }
}

/// An anchor and everything that refers to it is one mistake.
fn each_once(mut faults: Vec<Fault>) -> Vec<Fault> {
    let merges = faults.iter().any(|fault| fault.message.key == "yaml-merge-key");
    let mut seen = merges;
    faults.retain(|fault| fault.message.key != "yaml-anchor" || !std::mem::replace(&mut seen, true));
    faults
}
