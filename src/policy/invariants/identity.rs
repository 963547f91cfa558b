//! DEC-08: a change is the one that its file, its number and its type say.

use serde_json::Value;

use super::all::deny;
use crate::change::Message;
use crate::dossier::{Change, Origin};
use crate::policy::Finding;

/// Findings where number, type and place do not agree.
pub(super) fn findings(change: &Change) -> Vec<Finding> {
    let declared = |field: &str| change.declaration.get(field).and_then(Value::as_str);
    let mut found = Vec::new();
    let mut differs = |field: &str, says: &str, is: &str| {
        let message = Message::new("DEC-08.differs")
            .with("field", field)
            .with("says", says)
            .with("is", is);
        found.push(deny(
            "DEC-08",
            "identity-is-fixed",
            &change.id,
            Some(field.to_owned()),
            message,
        ));
    };
    if let Some(id) = declared("id").filter(|id| *id != change.id.as_str()) {
        differs("id", id, change.id.as_str());
    }
    if let Some(word) = declared("type").filter(|word| *word != change.change_type.as_str()) {
        differs("type", word, change.change_type.as_str());
    }
    if change.origin == Origin::File && stem(&change.place) != change.id.as_str() {
        differs("id", stem(&change.place), change.id.as_str());
    }
    found
}

/// A path's last part without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
