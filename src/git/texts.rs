//! Blobs that were read lately: what one step wrote is what a later step changes, and libgit2
//! keeps no blobs.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use git2::Oid;

/// How much is held, in bytes.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// What is held for one blob beside its bytes, in bytes, roughly.
const ENTRY: usize = 128;

/// A blob's text; `None` for one that counts by its id.
pub(super) type Text = Option<Arc<[u8]>>;

/// The texts that were read last, within a fixed amount of memory.
#[derive(Default)]
pub(super) struct Texts {
    held: HashMap<Oid, Text>,
    order: VecDeque<Oid>,
    bytes: usize,
}

impl Texts {
    /// The text of `oid`, if it is still held.
    pub(super) fn get(&self, oid: Oid) -> Option<Text> {
        self.held.get(&oid).cloned()
    }

    /// Holds a text, and lets go of the oldest ones where there are too many.
    pub(super) fn hold(&mut self, oid: Oid, text: Text) {
        let size = |text: &Text| text.as_ref().map_or(0, |bytes| bytes.len()) + ENTRY;
        self.bytes += size(&text);
        if let Some(known) = self.held.insert(oid, text) {
            self.bytes = self.bytes.saturating_sub(size(&known));
        } else {
            self.order.push_back(oid);
        }
        while self.bytes > MOST_BYTES {
            let Some(oldest) = self.order.pop_front() else {
                return;
            };
            if let Some(gone) = self.held.remove(&oldest) {
                self.bytes = self.bytes.saturating_sub(size(&gone));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first() -> Result<(), git2::Error> {
        let id = |n: u32| Oid::from_str(&format!("{n:040x}"));
        let mut texts = Texts::default();
        let big: Arc<[u8]> = vec![b'x'; MOST_BYTES / 3].into();
        for n in 1..=3 {
            texts.hold(id(n)?, Some(big.clone()));
        }
        assert!(texts.get(id(1)?).is_none());
        assert!(texts.get(id(2)?).is_some_and(|text| text.is_some()));
        texts.hold(id(3)?, None);
        assert_eq!(texts.get(id(3)?), Some(None));
        assert!(texts.bytes <= MOST_BYTES);
        texts.hold(id(4)?, Some(big));
        assert!(texts.get(id(2)?).is_some());
        assert_eq!(texts.order.len(), texts.held.len());
        Ok(())
    }
}
