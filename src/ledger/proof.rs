//! Proofs over the tree of RFC 6962: that a leaf is in it, and that it grew from another.

use super::tree::{Tree, node};

/// A proof that proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The number is not in the tree, or the smaller tree is the larger one.
    #[error("the tree has no such place")]
    OutOfRange,
    /// The proof has more or fewer hashes than this place needs.
    #[error("the proof has another length")]
    Length,
    /// The hashes lead to another root.
    #[error("the proof leads to another root")]
    OtherRoot,
}

/// The hashes that lead from the leaf at `index` to the root over `leaves`, lowest first; `None`
/// when there is no such leaf.
pub fn prove_inclusion(leaves: &[[u8; 32]], index: u64) -> Option<Vec<[u8; 32]>> {
    let mut at = usize::try_from(index).ok().filter(|at| *at < leaves.len())?;
    let mut rest = leaves;
    let mut proof = Vec::new();
    while rest.len() > 1 {
        let (left, right) = rest.split_at(left_size(rest.len()));
        if at < left.len() {
            proof.push(root(right));
            rest = left;
        } else {
            proof.push(root(left));
            at -= left.len();
            rest = right;
        }
    }
    proof.reverse();
    Some(proof)
}

/// The hashes that show that the tree over `leaves` grew from that over its first `size`; `None`
/// when it has fewer, or `size` is none.
pub fn prove_consistency(leaves: &[[u8; 32]], size: u64) -> Option<Vec<[u8; 32]>> {
    let mut old = usize::try_from(size)
        .ok()
        .filter(|old| (1..=leaves.len()).contains(old))?;
    let mut rest = leaves;
    let mut proof = Vec::new();
    // Whether the part that is left of the old tree is the whole of it: its root is known.
    let mut whole = true;
    while old < rest.len() {
        let (left, right) = rest.split_at(left_size(rest.len()));
        if old <= left.len() {
            proof.push(root(right));
            rest = left;
        } else {
            proof.push(root(left));
            old -= left.len();
            rest = right;
            whole = false;
        }
    }
    if !whole {
        proof.push(root(rest));
    }
    proof.reverse();
    Some(proof)
}

/// Checks that `leaf` stands at `index` of the tree of `size` leaves with this root.
///
/// # Errors
/// [`ProofError`] when the proof does not show it.
pub fn check_inclusion(
    leaf: [u8; 32],
    index: u64,
    size: u64,
    proof: &[[u8; 32]],
    root: &[u8; 32],
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::OutOfRange);
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = leaf;
    for other in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at & 1 == 1 || at == last {
            hash = node(other, &hash);
            let up = at.trailing_zeros().min(63);
            // Levels at which this subtree stands alone at the right edge are passed over.
            if at & 1 == 0 {
                at >>= up;
                last >>= up;
            }
        } else {
            hash = node(&hash, other);
        }
        at >>= 1;
        last >>= 1;
    }
    match last {
        0 if hash == *root => Ok(()),
        0 => Err(ProofError::OtherRoot),
        _ => Err(ProofError::Length),
    }
}

/// Checks that the tree of `size` leaves with `root` grew from that of `old_size` with
/// `old_root`.
///
/// # Errors
/// [`ProofError`] when the proof does not show it.
pub fn check_consistency(
    old_size: u64,
    old_root: &[u8; 32],
    size: u64,
    root: &[u8; 32],
    proof: &[[u8; 32]],
) -> Result<(), ProofError> {
    if old_size == 0 || old_size > size {
        return Err(ProofError::OutOfRange);
    }
    if old_size == size {
        return match (proof.is_empty(), old_root == root) {
            (false, _) => Err(ProofError::Length),
            (true, true) => Ok(()),
            (true, false) => Err(ProofError::OtherRoot),
        };
    }
    let (mut at, mut last) = (old_size - 1, size - 1);
    let up = at.trailing_ones();
    at = at.checked_shr(up).unwrap_or_default();
    last = last.checked_shr(up).unwrap_or_default();
    let mut hashes = proof.iter();
    // An old tree that is one full subtree is its own first hash.
    let first = match at {
        0 => old_root,
        _ => hashes.next().ok_or(ProofError::Length)?,
    };
    let (mut old, mut new) = (*first, *first);
    for other in hashes {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at & 1 == 1 || at == last {
            old = node(other, &old);
            new = node(other, &new);
            if at & 1 == 0 {
                let up = at.trailing_zeros().min(63);
                at >>= up;
                last >>= up;
            }
        } else {
            new = node(&new, other);
        }
        at >>= 1;
        last >>= 1;
    }
    match last {
        0 if old == *old_root && new == *root => Ok(()),
        0 => Err(ProofError::OtherRoot),
        _ => Err(ProofError::Length),
    }
}

/// The largest power of two below `size`, which is at least 2.
fn left_size(size: usize) -> usize {
    size.next_power_of_two() / 2
}

fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    let mut tree = Tree::new();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    tree.root()
}
