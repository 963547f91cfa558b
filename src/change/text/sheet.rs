//! One reading of one document, with all faults that it finds.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::veil::covered;
use super::{Ask, Document, Fault, Fields, Node, Place, Shape, Value};
use crate::change::Message;

/// Collects the faults of one reading, so that a person sees all of them at once.
#[derive(Debug)]
pub struct Sheet<'d> {
    document: &'d Document,
    faults: RefCell<Vec<Fault>>,
    secrets: RefCell<BTreeSet<usize>>,
    asks: Option<RefCell<Asks>>,
}

/// Fields with what was asked there; `None`: only whether they are there.
pub(super) type Asks = Vec<(String, Option<Ask>)>;

impl<'d> Sheet<'d> {
    /// A reading of `document`.
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            faults: RefCell::default(),
            secrets: RefCell::default(),
            asks: None,
        }
    }

    /// A reading that notes what it is asked for.
    pub(super) fn surveying(document: &'d Document) -> Self {
        Self {
            asks: Some(RefCell::default()),
            ..Self::new(document)
        }
    }

    /// Notes what is asked at a field, where that is wanted.
    pub(super) fn note(&self, field: impl FnOnce() -> String, ask: impl FnOnce() -> Option<Ask>) {
        if let Some(asks) = &self.asks {
            asks.borrow_mut().push((field(), ask()));
        }
    }

    /// What was asked, in order.
    pub(super) fn into_asks(self) -> Asks {
        self.asks.map(RefCell::into_inner).unwrap_or_default()
    }

    /// The outermost map; a fault when it is something else.
    pub fn root(&self) -> Option<Fields<'_>> {
        Value::new(self, self.document.root(), None, String::new()).fields()
    }

    /// Adds a fault at a field.
    pub fn fault(&self, field: &str, message: Message) {
        self.add(self.document.place(field), field, message, false);
    }

    /// Adds a warning at a field.
    pub fn warn(&self, field: &str, message: Message) {
        self.add(self.document.place(field), field, message, true);
    }

    pub(super) fn add(&self, place: Option<Place>, field: &str, message: Message, warning: bool) {
        self.faults.borrow_mut().push(Fault {
            place,
            field: field.to_owned(),
            message: covered(message),
            warning,
        });
    }

    /// Takes back the faults `key` at `field`, where another fault is their reason.
    pub(super) fn forget(&self, key: &str, field: &str) {
        let mut faults = self.faults.borrow_mut();
        faults.retain(|fault| fault.message.key != key || fault.field != field);
    }

    pub(super) fn document(&self) -> &Document {
        self.document
    }

    /// Remembers that the value at these bytes may be a reference to a secret.
    pub(super) fn secret(&self, node: &Node) {
        self.secrets.borrow_mut().insert(node.bytes.start);
    }

    /// Refuses `${` in every value that was not read as a secret.
    pub fn refuse_stray_secrets(&self) {
        self.stray(self.document.root(), "");
    }

    fn stray(&self, node: &Node, field: &str) {
        match &node.shape {
            Shape::Scalar(scalar) => {
                if scalar.text.contains("${") && !self.secrets.borrow().contains(&node.bytes.start) {
                    let place = self.document.place_of(node, None);
                    self.add(Some(place), field, Message::new("yaml-secret-elsewhere"), false);
                }
            }
            Shape::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.stray(item, &format!("{field}[{i}]"));
                }
            }
            Shape::Map(entries) => {
                for entry in entries {
                    self.stray(&entry.value, &join(field, &entry.key));
                }
            }
            Shape::Empty => {}
        }
    }

    /// The faults that make the file unusable, then the warnings, each in the order of the file.
    pub fn into_faults(self) -> (Vec<Fault>, Vec<Fault>) {
        let mut all = self.faults.into_inner();
        all.sort_by_key(|fault| fault.place.as_ref().map(|place| place.bytes.start));
        all.dedup();
        all.into_iter().partition(|fault| !fault.warning)
    }
}

/// The field `key` of the field `outer`.
pub(super) fn join(outer: &str, key: &str) -> String {
    if outer.is_empty() {
        key.to_owned()
    } else {
        format!("{outer}.{key}")
    }
}
