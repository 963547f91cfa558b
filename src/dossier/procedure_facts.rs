//! Where the steps of the work are written down, and whether that stays the same.

use serde::{Deserialize, Serialize};

/// What a declaration's `procedure` leads to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProcedureFacts {
    /// What was written; empty: nothing.
    pub named: String,
    /// `none`, `path` or `address`.
    pub form: String,
    /// Whether the path is a file of the commit that is judged.
    pub found: bool,
    /// The revision after the address's last `@`; empty: none.
    pub revision: String,
}

impl ProcedureFacts {
    /// What `written` is; `exists` tells whether a path is a file of the commit.
    ///
    /// # Errors
    /// Those of `exists`.
    pub fn of<E>(written: Option<&str>, exists: impl Fn(&str) -> Result<bool, E>) -> Result<Self, E> {
        let named = written.unwrap_or_default().trim();
        let facts = Self {
            named: named.to_owned(),
            form: "none".to_owned(),
            ..Self::default()
        };
        if named.is_empty() {
            return Ok(facts);
        }
        if let Some((_, rest)) = named.split_once("://") {
            return Ok(Self {
                form: "address".to_owned(),
                revision: revision(rest).to_owned(),
                ..facts
            });
        }
        // A heading of the file may be named: docs/runbook.md#restart.
        let path = named.split_once('#').map_or(named, |(path, _)| path);
        Ok(Self {
            form: "path".to_owned(),
            found: exists(path)?,
            ..facts
        })
    }
}

/// The text after the last `@` of an address's path. One before the host is a user's name.
fn revision(rest: &str) -> &str {
    rest.split_once('/')
        .and_then(|(_, path)| path.rsplit_once('@'))
        .map_or("", |(_, revision)| revision.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_path_from_an_address_and_finds_the_revision() {
        let of = |text: &str| ProcedureFacts::of(Some(text), |path| Ok::<_, ()>(path == "docs/a.md"));
        for (text, form, found, revision) in [
            ("docs/a.md", "path", true, ""),
            ("docs/a.md#restart", "path", true, ""),
            ("docs/b.md", "path", false, ""),
            ("https://wiki.example/restart@42", "address", false, "42"),
            ("https://wiki.example/restart", "address", false, ""),
            ("https://sato@wiki.example/restart", "address", false, ""),
            ("https://wiki.example/restart@", "address", false, ""),
            (" ", "none", false, ""),
        ] {
            let facts = of(text).unwrap();
            assert_eq!(
                (facts.form.as_str(), facts.found, facts.revision.as_str()),
                (form, found, revision),
                "{text}"
            );
        }
    }
}
