//! The Merkle tree of RFC 6962 over the leaves, built as the records pass by.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The leaf of a record: SHA-256 of a zero byte and the record's line without its line end.
pub fn leaf(line: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update([0])
        .chain_update(line)
        .finalize()
        .into()
}

pub(super) fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// A tree that keeps no more than one hash for each of its heights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// The roots of the full subtrees, largest first: one for each bit of `size`.
    full: Vec<[u8; 32]>,
}

impl Tree {
    /// The tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf at the end.
    pub fn push(&mut self, leaf: [u8; 32]) {
        let mut right = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.full.pop() {
                right = node(&left, &right);
            }
        }
        self.full.push(right);
        self.size = self.size.saturating_add(1);
    }

    /// The root over all leaves; SHA-256 of nothing when there is none.
    pub fn root(&self) -> [u8; 32] {
        let mut subtrees = self.full.iter().rev();
        match subtrees.next() {
            None => Sha256::digest([]).into(),
            Some(last) => subtrees.fold(*last, |right, left| node(left, &right)),
        }
    }
}

/// The text that a checkpoint's signatures cover: origin, size and root, a line each.
pub fn checkpoint_body(origin: &str, size: u64, root: &[u8; 32]) -> String {
    format!("{origin}\n{size}\n{}\n", STANDARD.encode(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, section 2.1, word by word.
    fn defined(leaves: &[[u8; 32]]) -> [u8; 32] {
        match leaves {
            [] => Sha256::digest([]).into(),
            [only] => *only,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                node(&defined(left), &defined(right))
            }
        }
    }

    #[test]
    fn the_frontier_gives_the_root_of_the_definition() {
        let mut tree = Tree::new();
        let mut leaves = Vec::new();
        for n in 0..70_u8 {
            assert_eq!(tree.root(), defined(&leaves), "{n}");
            tree.push(leaf(&[n]));
            leaves.push(leaf(&[n]));
        }
        assert_eq!(tree.size(), 70);
    }
}
