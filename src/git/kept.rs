//! What one repository keeps of the objects that it read and checked.

use std::sync::Arc;

use super::node::Node;
use super::recent::Recent;
use super::sheet::Sheet;

/// How much of each kind is held, in bytes.
const MOST_TEXT: usize = 32 * 1024 * 1024;
const MOST_TREES: usize = 16 * 1024 * 1024;
const MOST_NODES: usize = 8 * 1024 * 1024;

/// A blob's text; `None` for one that counts by its id.
pub(super) type Text = Option<Arc<[u8]>>;

/// Blobs, trees and commits that were read lately; each was found to be what its id says.
pub(super) struct Kept {
    pub(super) texts: Recent<Text>,
    pub(super) sheets: Recent<Arc<Sheet>>,
    pub(super) nodes: Recent<Arc<Node>>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            texts: Recent::within(MOST_TEXT),
            sheets: Recent::within(MOST_TREES),
            nodes: Recent::within(MOST_NODES),
        }
    }
}
