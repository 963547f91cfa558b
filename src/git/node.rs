//! A commit's place in the history: its tree and its parents.

use std::sync::Arc;

use git2::{ObjectType, Oid};

use super::GitRepository;
use crate::ports::RepositoryError;

/// The length of an id in hex digits.
const DIGITS: usize = 40;

/// What a commit's first lines say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// Its tree.
    pub(super) tree: Oid,
    /// Its parents, in order.
    pub(super) parents: Vec<Oid>,
}

impl Node {
    /// Reads the lines `tree ID` and `parent ID` that a commit begins with.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (tree, mut rest) = line(bytes, b"tree ")?;
        let mut parents = Vec::new();
        while rest.starts_with(b"parent ") {
            let (parent, further) = line(rest, b"parent ")?;
            parents.push(parent);
            rest = further;
        }
        rest.starts_with(b"author ").then_some(Self { tree, parents })
    }
}

/// The id of the line that `bytes` begin with, and what follows the line.
fn line<'a>(bytes: &'a [u8], word: &[u8]) -> Option<(Oid, &'a [u8])> {
    let (id, rest) = bytes.strip_prefix(word)?.split_at_checked(DIGITS)?;
    let id = std::str::from_utf8(id).ok()?;
    let rest = rest.strip_prefix(b"\n")?;
    Some((Oid::from_str(id).ok()?, rest))
}

impl GitRepository {
    /// Tree and parents of a commit that another object names: it has to be there.
    ///
    /// # Errors
    /// [`RepositoryError::Broken`] when it is missing, damaged or no commit.
    pub(super) fn node(&self, oid: Oid) -> Result<Arc<Node>, RepositoryError> {
        if let Some(known) = self.kept().borrow().nodes.get(oid) {
            return Ok(known);
        }
        let read = self.object(oid, ObjectType::Commit, Node::read)?;
        let node =
            Arc::new(read.ok_or_else(|| RepositoryError::Broken(format!("commit {oid} is malformed")))?);
        let size = std::mem::size_of_val(node.parents.as_slice());
        self.kept().borrow_mut().nodes.hold(oid, Arc::clone(&node), size);
        Ok(node)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn the_first_lines_say_the_place() {
        let read = |text: &str| Node::read(text.as_bytes());
        let id = |text| Oid::from_str(text).unwrap();
        let node = |parents| Some(Node { tree: id(A), parents });
        assert_eq!(read(&format!("tree {A}\nauthor x\n")), node(vec![]));
        let two = format!("tree {A}\nparent {B}\nparent {A}\nauthor x\nparent {B}\n");
        assert_eq!(read(&two), node(vec![id(B), id(A)]));
        for wrong in [
            String::new(),
            format!("tree {A}"),
            format!("tree {A}\n"),
            format!("tree  {A}\nauthor x\n"),
            format!("parent {A}\ntree {A}\nauthor x\n"),
            format!("tree {A}\nparent {B} \nauthor x\n"),
            format!("tree {A}\nparent 12\nauthor x\n"),
            format!("tree {A}\nparent +{}\nauthor x\n", &B[1..]),
        ] {
            assert_eq!(read(&wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        /// What is no commit ends in an answer all the same.
        #[test]
        fn anything_is_read_without_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = Node::read(&bytes);
        }
    }
}
