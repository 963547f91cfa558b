//! Text of strangers inside Markdown and HTML.

use super::harmless;

/// The text so that Markdown and HTML show it as it is, on one line, also in a table's cell: no
/// markup, no link, no mention of an account, no reference to an issue.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let text = harmless(text);
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let word_follows = rest.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // A reference instead of a backslash: inside a table a `\|` in code still ends a cell.
            '|' => safe.push_str("&#124;"),
            // GitHub makes mentions, issue numbers and addresses of these.
            '@' if word_follows => safe.push_str("&#64;"),
            '#' if word_follows => safe.push_str("&#35;"),
            ':' if rest.peek() == Some(&'/') => safe.push_str("&#58;"),
            '.' if before.is_some_and(|b: char| b.eq_ignore_ascii_case(&'w')) => safe.push_str("&#46;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '~' | '!' | '$' => {
                safe.push('\\');
                safe.push(c);
            }
            // Only at the start of a line would these begin a heading, a list or a rule.
            '#' | '-' | '+' | '=' if before.is_none() => {
                safe.push('\\');
                safe.push(c);
            }
            '.' if before.is_some_and(|b: char| b.is_ascii_digit()) && rest.peek() == Some(&' ') => {
                safe.push_str("\\.");
            }
            c => safe.push(c),
        }
        before = Some(c);
    }
    safe
}

/// The text as code; longer runs of backticks around it than in it.
pub fn code(text: &str) -> String {
    let text = harmless(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The lines as a block of code that none of them can end.
pub fn block(lines: &str) -> String {
    let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", lines.trim_end_matches('\n'))
}

/// A table's row of cells that are Markdown already.
pub fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stay_titles() {
        for (hostile, shown) in [
            (
                "<img src=x onerror=alert(1)>",
                "&lt;img src=x onerror=alert\\(1\\)&gt;",
            ),
            ("a | b", "a &#124; b"),
            ("[x](javascript:1)", "\\[x\\]\\(javascript:1\\)"),
            ("see @octocat and #1", "see &#64;octocat and &#35;1"),
            ("https://example.com", "https&#58;//example.com"),
            ("www.example.com", "www&#46;example.com"),
            ("# heading", "\\# heading"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("one\n## two", "one\\\\n## two"),
            ("`code` **b** __u__", "\\`code\\` \\*\\*b\\*\\* \\_\\_u\\_\\_"),
            ("&lt;", "&amp;lt;"),
        ] {
            assert_eq!(escape(hostile), shown, "{hostile}");
        }
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "``` a``b ```");
        assert!(block("x\n```\ny").starts_with("````text\n"));
    }
}
