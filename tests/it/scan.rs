//! Reads the sources for tests: comments, strings and tests told apart from code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A source file, comments and strings blanked out, tests of its own left out.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) room: String,
    pub(crate) text: String,
    pub(crate) code: String,
}

pub(crate) fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, end));
        } else if path.extension().is_some_and(|e| e == end) {
            found.push(path);
        }
    }
    found.sort();
    found
}

pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(top())
        .unwrap()
        .to_string_lossy()
        .replace('\\', "/")
}

pub(crate) fn sources() -> Vec<Source> {
    let all: Vec<Source> = files(&top().join("src"), "rs")
        .into_iter()
        .map(|file| {
            let path = shown(&file);
            let room = path.split('/').nth(1).unwrap().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(file).unwrap();
            let code = without_tests(&blanked(&text, false));
            Source {
                path,
                room,
                text,
                code,
            }
        })
        .collect();
    assert!(all.len() > 20, "the scan found only {} files", all.len());
    all
}

/// The code of the library and the binary by path: no comments, no tests, strings as they are.
pub(crate) fn spoken() -> Vec<(String, String)> {
    let plain = |text: &str| without_tests(&blanked(text, true));
    sources()
        .iter()
        .map(|source| (source.path.clone(), plain(&source.text)))
        .collect()
}

/// Rust text with comments, and unless `strings` string contents too, turned into spaces; line
/// ends stay.
pub(crate) fn blanked(text: &str, strings: bool) -> String {
    let c: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let blank = |c: char| if c == '\n' { '\n' } else { ' ' };
    let at = |i: usize| c.get(i).copied().unwrap_or('\0');
    let mut i = 0;
    while i < c.len() {
        let word_before = i > 0 && (at(i - 1).is_alphanumeric() || at(i - 1) == '_');
        let hashes = (i + 1..).take_while(|&j| at(j) == '#').count();
        let raw = at(i) == 'r' && !word_before && at(i + 1 + hashes) == '"';
        let (end, keep) = if at(i) == '/' && at(i + 1) == '/' {
            ((i..c.len()).find(|&j| c[j] == '\n').unwrap_or(c.len()), false)
        } else if at(i) == '/' && at(i + 1) == '*' {
            (
                (i + 2..c.len())
                    .find(|&j| at(j) == '*' && at(j + 1) == '/')
                    .map_or(c.len(), |j| j + 2),
                false,
            )
        } else if raw {
            let closes = |j: &usize| at(*j) == '"' && (1..=hashes).all(|n| at(j + n) == '#');
            (
                (i + 2 + hashes..c.len())
                    .find(closes)
                    .map_or(c.len(), |j| j + 1 + hashes),
                strings,
            )
        } else if at(i) == '"' {
            let mut j = i + 1;
            while j < c.len() && c[j] != '"' {
                j += if c[j] == '\\' { 2 } else { 1 };
            }
            ((j + 1).min(c.len()), strings)
        } else if at(i) == '\'' && at(i + 1) == '\\' {
            (
                (i + 3..c.len())
                    .find(|&j| c[j] == '\'')
                    .map_or(c.len(), |j| j + 1),
                false,
            )
        } else if at(i) == '\'' && at(i + 2) == '\'' {
            (i + 3, false)
        } else {
            out.push(c[i]);
            i += 1;
            continue;
        };
        // The quotes stay, so that `.expect("` is still seen.
        let quoted = at(i) == '"' || raw;
        for (n, &character) in c[i..end].iter().enumerate() {
            let edge = quoted && (n == 0 || n + 1 == end - i);
            out.push(if keep || edge { character } else { blank(character) });
        }
        i = end;
    }
    out
}

/// The code without items under `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut rest = code;
    let mut out = String::new();
    while let Some(start) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..start]);
        let item = &rest[start..];
        let mut depth = 0_i32;
        let end = item.char_indices().find_map(|(i, c)| {
            depth += match c {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            (depth == 0 && (c == '}' || c == ';')).then_some(i + 1)
        });
        rest = &item[end.unwrap_or(item.len())..];
    }
    out.push_str(rest);
    out
}

/// The rooms behind `crate::` (or another root), also inside `{…}` groups.
pub(crate) fn rooms_named(code: &str, root: &str) -> BTreeSet<String> {
    let name = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut rooms = BTreeSet::new();
    for (start, _) in code.match_indices(&format!("{root}::")) {
        let before = code[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let after = code[start + root.len() + 2..].trim_start();
        if !after.starts_with('{') {
            rooms.insert(name(after));
            continue;
        }
        let mut depth = 0;
        let mut first = true;
        for (i, c) in after.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => first = true,
                c if first && depth == 1 && !c.is_whitespace() => {
                    rooms.insert(name(&after[i..]));
                    first = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    rooms
}

#[test]
fn the_scan_sees_what_it_should() {
    let code =
        "use crate::{change::{Digest, Moment}, report::x};\nlet a = crate::store::open(); // crate::git\n";
    let rooms: Vec<String> = rooms_named(&blanked(code, false), "crate").into_iter().collect();
    assert_eq!(rooms, ["change", "report", "store"]);
    let code = "a(\"crate::x \\\" .unwrap()\", r#\"b\"#, '\"', '\\''); c";
    assert_eq!(blanked(code, false).len(), code.len());
    assert!(!blanked(code, false).contains("unwrap") && blanked(code, false).ends_with("); c"));
    let code = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { x.unwrap() } }\nfn c() {}";
    assert!(!without_tests(code).contains("unwrap") && without_tests(code).contains("fn c"));
}
