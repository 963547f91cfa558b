//! GitHub's workflow commands: how to write one, and how never to write one by accident.

use super::{FilePlace, harmless};

/// How grave an annotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The run stops.
    Error,
    /// Somebody should look.
    Warning,
    /// For information.
    Notice,
}

/// One annotation as a workflow command, without a line end.
pub fn annotation(level: Level, title: &str, message: &str, place: Option<&FilePlace>) -> String {
    let word = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = place {
        properties.push(format!("file={}", property(&place.file)));
        properties.push(format!("line={}", place.line));
        properties.push(format!("col={}", place.column));
    }
    properties.push(format!("title={}", property(title)));
    format!("::{word} {}::{}", properties.join(","), data(message))
}

/// A value between `=` and `,`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The text after the last `::`.
fn data(text: &str) -> String {
    harmless(text).replace('%', "%25")
}

/// The text so that no line of it is a workflow command: the runner obeys lines that begin with
/// `::` after white space, and `##[` anywhere.
pub fn disarm(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        if body.starts_with("::") {
            safe.push_str(&line[..line.len() - body.len()]);
            safe.push('\\');
            safe.push_str(&body.replace("##[", "# #["));
        } else {
            safe.push_str(&line.replace("##[", "# #["));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_never_becomes_a_command() {
        assert_eq!(disarm("a\n  ::error::x\n"), "a\n  \\::error::x\n");
        assert_eq!(disarm("x ##[error]y"), "x # #[error]y");
        assert_eq!(disarm("\u{3000}::debug::"), "\u{3000}\\::debug::");
        assert_eq!(disarm("src/a.rs: crate::b"), "src/a.rs: crate::b");
        assert_eq!(
            annotation(Level::Error, "A,b:c", "50%\n::stop-commands::x", None),
            "::error title=A%2Cb%3Ac::50%25\\n::stop-commands::x"
        );
    }
}
