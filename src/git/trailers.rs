//! Trailers of a commit message: `Token: value` lines in its last paragraph.

/// One trailer; the token in lower case, the value unfolded to one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trailer {
    /// What stands before the colon, in lower case.
    pub(super) token: String,
    /// What stands after it.
    pub(super) value: String,
}

/// The trailers of `message` as `git log --format=%(trailers)` finds them: the last paragraph,
/// unless it is the subject; every line of it a trailer or the continuation of one, or a quarter
/// of them and one that git itself wrote.
pub(super) fn read(message: &[u8]) -> Vec<Trailer> {
    let text = String::from_utf8_lossy(message);
    let lines: Vec<&str> = text.lines().collect();
    let blank = |line: &str| line.trim().is_empty();
    let end = lines
        .iter()
        .rposition(|line| !blank(line))
        .map_or(0, |last| last + 1);
    let Some(start) = lines
        .iter()
        .take(end)
        .rposition(|line| blank(line))
        .map(|at| at + 1)
    else {
        return Vec::new();
    };
    // A message may begin with empty lines: the first paragraph is its subject all the same.
    if lines.iter().take(start).all(|line| blank(line)) {
        return Vec::new();
    }
    block(lines.get(start..end).unwrap_or_default())
}

fn block(lines: &[&str]) -> Vec<Trailer> {
    let mut found: Vec<Trailer> = Vec::new();
    let (mut trailers, mut others, mut gits_own) = (0_usize, 0_usize, false);
    let mut open = Open::Nothing;
    for line in lines {
        if line.starts_with([' ', '\t']) && open != Open::Nothing {
            match (&open, found.last_mut()) {
                (Open::Trailer, Some(last)) => {
                    let more = format!("{} {}", last.value, line.trim());
                    more.trim().clone_into(&mut last.value);
                }
                _ => others += 1,
            }
            continue;
        }
        let own = line.starts_with("Signed-off-by: ") || line.starts_with("(cherry picked from commit ");
        gits_own |= own;
        if let Some(trailer) = trailer(line) {
            found.push(trailer);
            trailers += 1;
            open = Open::Trailer;
        } else if own {
            trailers += 1;
            open = Open::Note;
        } else {
            others += 1;
            open = Open::Text;
        }
    }
    let accepted = trailers > 0 && (others == 0 || (gits_own && trailers * 3 >= others));
    if accepted { found } else { Vec::new() }
}

/// What an indented line would continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Trailer,
    Note,
    Text,
}

fn trailer(line: &str) -> Option<Trailer> {
    let (token, value) = line.split_once(':')?;
    let token = token.trim_end_matches([' ', '\t']);
    let word = !token.is_empty() && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    word.then(|| Trailer {
        token: token.to_ascii_lowercase(),
        value: value.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(message: &str) -> Vec<(String, String)> {
        read(message.as_bytes())
            .into_iter()
            .map(|t| (t.token, t.value))
            .collect()
    }

    fn change(message: &str) -> Vec<String> {
        pairs(message)
            .into_iter()
            .filter(|(token, _)| token == "change")
            .map(|(_, value)| value)
            .collect()
    }

    #[test]
    fn the_last_paragraph_counts() {
        assert_eq!(change("subject\n\nbody\n\nChange: A\nchange: B\n"), ["A", "B"]);
        assert_eq!(change("subject\r\n\r\nCHANGE : A\r\n\r\n\r\n"), ["A"]);
        assert_eq!(change("subject\n\nChange: A\n\nbody\n"), [""; 0]);
        assert_eq!(change("Change: A\n"), [""; 0]);
        assert_eq!(change("\n\nChange: A\n"), [""; 0]);
        assert_eq!(change("subject\n\nwords\nChange: A\n"), [""; 0]);
        assert_eq!(change(""), [""; 0]);
    }

    #[test]
    fn folded_values_are_one_line() {
        assert_eq!(
            pairs("s\n\nCo-authored-by: A\n  <a@example.com>\nChange:\n\tX\n"),
            [
                ("co-authored-by".into(), "A <a@example.com>".into()),
                ("change".into(), "X".into())
            ]
        );
    }

    #[test]
    fn gits_own_lines_make_a_paragraph_trailers() {
        assert_eq!(
            change("s\n\nsome words\nSigned-off-by: A <a@b>\nChange: X\n"),
            ["X"]
        );
        assert_eq!(change("s\n\n(cherry picked from commit 1)\nChange: X\n"), ["X"]);
        assert_eq!(
            change("s\n\na\nb\nc\nd\ne\nf\ng\nSigned-off-by: A <a@b>\nChange: X\n"),
            [""; 0]
        );
    }
}
