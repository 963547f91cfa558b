//! Text of strangers, made safe to show.

use std::fmt::Write as _;

/// The text on one line, with everything that a terminal would obey or hide made visible:
/// line ends become `\n`, a tab a space, other control and invisible characters `\u{1b}`.
pub fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push(' '),
            c if dangerous(c) => {
                // Writing to a String cannot fail.
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    safe
}

/// Control characters, line separators, whatever turns the direction of writing, and characters
/// without a shape. The joiners U+200C and U+200D stay: scripts and emoji need them.
fn dangerous(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        for (hostile, shown) in [
            ("\u{1b}[2J\u{1b}[31mPASSED", "\\u{1b}[2J\\u{1b}[31mPASSED"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("title\n::set-output name=x::y", "title\\n::set-output name=x::y"),
            ("a\rb\tc\u{7}\u{8}", "a\\rb c\\u{7}\\u{8}"),
            ("safe\u{202e}gnp.exe\u{2066}", "safe\\u{202e}gnp.exe\\u{2066}"),
            ("pay\u{200b}pal\u{feff}", "pay\\u{200b}pal\\u{feff}"),
            ("\u{2028}line", "\\u{2028}line"),
            ("冬の感謝祭 価格一括変更 👩‍💻", "冬の感謝祭 価格一括変更 👩‍💻"),
        ] {
            assert_eq!(harmless(hostile), shown);
        }
    }
}
