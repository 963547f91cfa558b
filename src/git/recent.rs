//! Objects that were read lately: what one step wrote is what a later step changes, and libgit2
//! keeps no blobs and reads a tree anew to show its bytes.

use std::collections::{HashMap, VecDeque};

use git2::Oid;

/// What is held for one object beside its bytes, in bytes, roughly.
const ENTRY: usize = 128;

/// What was made of the objects that were read last, within a fixed amount of memory.
pub(super) struct Recent<T> {
    /// What is held, with its size in bytes.
    held: HashMap<Oid, (T, usize)>,
    order: VecDeque<Oid>,
    bytes: usize,
    most: usize,
}

impl<T: Clone> Recent<T> {
    /// Holds nothing yet, and never more than `most` bytes.
    pub(super) fn within(most: usize) -> Self {
        Self {
            held: HashMap::new(),
            order: VecDeque::new(),
            bytes: 0,
            most,
        }
    }

    /// What was made of `oid`, if it is still held.
    pub(super) fn get(&self, oid: Oid) -> Option<T> {
        self.held.get(&oid).map(|(value, _)| value.clone())
    }

    /// Holds something of `size` bytes, and lets go of the oldest where there is too much.
    pub(super) fn hold(&mut self, oid: Oid, value: T, size: usize) {
        let size = size + ENTRY;
        self.bytes += size;
        if let Some((_, known)) = self.held.insert(oid, (value, size)) {
            self.bytes = self.bytes.saturating_sub(known);
        } else {
            self.order.push_back(oid);
        }
        while self.bytes > self.most {
            let Some(oldest) = self.order.pop_front() else {
                return;
            };
            if let Some((_, gone)) = self.held.remove(&oldest) {
                self.bytes = self.bytes.saturating_sub(gone);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first() -> Result<(), git2::Error> {
        const MOST: usize = 30_000;
        let id = |n: u32| Oid::from_str(&format!("{n:040x}"));
        let mut recent = Recent::within(MOST);
        for n in 1..=3 {
            recent.hold(id(n)?, n, MOST / 3);
        }
        assert_eq!(recent.get(id(1)?), None);
        assert_eq!(recent.get(id(2)?), Some(2));
        recent.hold(id(3)?, 7, 0);
        assert_eq!(recent.get(id(3)?), Some(7));
        assert!(recent.bytes <= MOST);
        recent.hold(id(4)?, 4, MOST / 3);
        assert_eq!(recent.get(id(2)?), Some(2));
        assert_eq!(recent.order.len(), recent.held.len());
        Ok(())
    }
}
