//! The entries of one tree, read once from bytes that are what the tree's id says.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use git2::{ObjectType, Oid};

use super::GitRepository;
use crate::ports::RepositoryError;

/// Normalised mode of a folder.
pub(super) const FOLDER: i32 = 0o040_000;

/// The length of an id in bytes.
const ID: usize = 20;

/// One tree. Its entries stand in git's order and have names that can stand in a tree: readers
/// would disagree about what any other tree holds.
#[derive(Debug)]
pub(super) struct Sheet {
    bytes: Box<[u8]>,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    mode: i32,
    oid: Oid,
    name: Range<usize>,
}

/// One entry of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// The normalised mode.
    pub(super) mode: i32,
    /// The blob, the tree or, for a submodule, the commit.
    pub(super) oid: Oid,
    /// The name's bytes.
    pub(super) name: &'a [u8],
}

impl Sheet {
    /// Reads a tree's bytes; `None` when they are malformed.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (mut at, mut lines) = (0, Vec::<Line>::new());
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let space = rest.iter().take(8).position(|byte| *byte == b' ')?;
            let mode = mode(rest.get(..space)?)?;
            let length = memchr::memchr(0, rest.get(space + 1..)?)?;
            let name = at + space + 1..at + space + 1 + length;
            let next = name.end + 1 + ID;
            let oid = Oid::from_bytes(bytes.get(name.end + 1..next)?).ok()?;
            let entry = Entry {
                mode,
                oid,
                name: bytes.get(name.clone())?,
            };
            let before = lines.last().map(|line| line.entry(bytes));
            if !sound(entry.name) || before.is_some_and(|before| before.order(&entry) != Ordering::Less) {
                return None;
            }
            lines.push(Line { mode, oid, name });
            at = next;
        }
        Some(Self {
            bytes: bytes.into(),
            lines,
        })
    }

    /// The entries, in git's order.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.lines.iter().map(|line| line.entry(&self.bytes))
    }

    /// The entry with this name.
    pub(super) fn named(&self, name: &[u8]) -> Option<Entry<'_>> {
        self.entries().find(|entry| entry.name == name)
    }

    fn size(&self) -> usize {
        self.bytes.len() + std::mem::size_of_val(self.lines.as_slice())
    }
}

impl Line {
    fn entry<'a>(&self, bytes: &'a [u8]) -> Entry<'a> {
        Entry {
            mode: self.mode,
            oid: self.oid,
            name: bytes.get(self.name.clone()).unwrap_or_default(),
        }
    }
}

impl Entry<'_> {
    /// Git's order: a folder as if its name ended in a slash, which is the byte order of full paths.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let common = self.name.len().min(other.name.len());
        let after = |entry: &Self| match entry.name.get(common) {
            Some(byte) => Some(*byte),
            None => (entry.mode == FOLDER).then_some(b'/'),
        };
        self.name
            .get(..common)
            .cmp(&other.name.get(..common))
            .then_with(|| after(self).cmp(&after(other)))
    }
}

/// The normalised mode that up to seven octal digits say, as libgit2 normalises it.
fn mode(digits: &[u8]) -> Option<i32> {
    if digits.is_empty() || !digits.iter().all(|digit| (b'0'..=b'7').contains(digit)) {
        return None;
    }
    let said = digits
        .iter()
        .fold(0, |mode, digit| mode * 8 + i32::from(digit - b'0'));
    if said > 0o177_777 {
        return None;
    }
    Some(match said & 0o170_000 {
        FOLDER => FOLDER,
        _ if said & 0o100 != 0 => 0o100_755,
        kind @ (0o160_000 | 0o120_000) => kind,
        _ => 0o100_644,
    })
}

/// Whether a name can stand in a tree.
pub(super) fn sound(name: &[u8]) -> bool {
    !name.contains(&b'/') && !matches!(name, b"" | b"." | b"..") && !name.eq_ignore_ascii_case(b".git")
}

impl GitRepository {
    /// The tree with this id.
    ///
    /// # Errors
    /// [`RepositoryError::Broken`] when it is missing, damaged or malformed.
    pub(super) fn sheet(&self, oid: Oid) -> Result<Arc<Sheet>, RepositoryError> {
        if let Some(known) = self.kept().borrow().sheets.get(oid) {
            return Ok(known);
        }
        let read = self.object(oid, ObjectType::Tree, Sheet::read)?;
        let sheet =
            Arc::new(read.ok_or_else(|| RepositoryError::Broken(format!("tree {oid} is malformed")))?);
        self.kept()
            .borrow_mut()
            .sheets
            .hold(oid, Arc::clone(&sheet), sheet.size());
        Ok(sheet)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use git2::{Odb, Repository};
    use proptest::prelude::*;

    use super::*;

    fn bytes(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let line = |(mode, name): &(&str, &[u8])| [mode.as_bytes(), b" ", name, b"\0", &[7; ID]].concat();
        entries.iter().flat_map(line).collect()
    }

    /// What libgit2 reads in the same bytes.
    fn theirs(bytes: &[u8]) -> Option<Vec<(i32, Oid, Vec<u8>)>> {
        let odb = Odb::new().unwrap();
        odb.add_new_mempack_backend(1).unwrap();
        let repo = Repository::from_odb(odb).unwrap();
        let oid = repo.odb().unwrap().write(ObjectType::Tree, bytes).ok()?;
        let tree = repo.find_tree(oid).ok()?;
        let entry = |entry: git2::TreeEntry<'_>| (entry.filemode(), entry.id(), entry.name_bytes().to_vec());
        Some(tree.iter().map(entry).collect())
    }

    fn ours(bytes: &[u8]) -> Option<Vec<(i32, Oid, Vec<u8>)>> {
        let entry = |entry: Entry<'_>| (entry.mode, entry.oid, entry.name.to_vec());
        Sheet::read(bytes).map(|sheet| sheet.entries().map(entry).collect())
    }

    #[test]
    fn entries_are_those_that_libgit2_reads() {
        let whole = bytes(&[
            ("100644", b"a"),
            ("40000", b"a.b"),
            ("100755", b"a0"),
            ("040000", b"b"),
            ("120000", b"l"),
            ("160000", b"m"),
            ("100664", b"n"),
            ("120777", b"o"),
            ("0", b"p"),
        ]);
        assert!(ours(&whole).is_some_and(|ours| ours.len() == 9));
        assert_eq!(ours(&whole), theirs(&whole));
        assert_eq!(ours(b""), Some(vec![]));
        for cut in 1..whole.len() {
            let part = &whole[..cut];
            assert_eq!(ours(part), theirs(part), "{cut}");
        }
    }

    #[test]
    fn malformed_trees_are_refused() {
        for wrong in [
            bytes(&[("100644", b"b"), ("100644", b"a")]),
            bytes(&[("100644", b"a"), ("100644", b"a")]),
            bytes(&[("40000", b"a"), ("100644", b"a.b")]),
            bytes(&[("100644", b"x/y")]),
            bytes(&[("100644", b"..")]),
            bytes(&[("40000", b".GIT")]),
            bytes(&[("100644", b"")]),
            bytes(&[("", b"a")]),
            bytes(&[("-1", b"a")]),
            bytes(&[("100648", b"a")]),
            bytes(&[("1000000", b"a")]),
        ] {
            assert_eq!(ours(&wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        /// Whatever is read here, libgit2 reads the same.
        #[test]
        fn nothing_is_read_that_libgit2_reads_otherwise(
            entries in prop::collection::vec(("[0-7]{1,7}", "[ab./]{1,3}"), 0..4),
            noise in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
        ) {
            let entries: Vec<(&str, &[u8])> = entries.iter().map(|(mode, name)| (mode.as_str(), name.as_bytes())).collect();
            let mut whole = bytes(&entries);
            if let Some((place, byte)) = noise.filter(|_| !whole.is_empty()) {
                let place = place.index(whole.len());
                whole[place] = byte;
            }
            if let Some(ours) = ours(&whole) {
                prop_assert_eq!(Some(ours), theirs(&whole));
            }
        }
    }
}
