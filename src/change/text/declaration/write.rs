//! From a declaration to YAML.

use super::item::Item;
use super::items::items;
use super::scalar;
use crate::change::Declaration;

/// The declaration as a YAML file; reading it gives the same declaration.
pub fn write(declaration: &Declaration) -> String {
    let mut out = String::new();
    map(&mut out, &items(declaration), 0);
    out
}

pub(super) fn map(out: &mut String, pairs: &[(String, Item)], depth: usize) {
    for (i, (key, item)) in pairs.iter().enumerate() {
        if i > 0 || depth == 0 {
            indent(out, depth);
        }
        out.push_str(&scalar::inline(key));
        out.push(':');
        value(out, item, depth);
    }
}

/// What follows `key:`.
fn value(out: &mut String, item: &Item, depth: usize) {
    match item {
        Item::List(items) if !items.is_empty() => {
            out.push('\n');
            for item in items {
                indent(out, depth + 1);
                out.push('-');
                entry(out, item, depth + 1);
            }
        }
        Item::Map(pairs) if !pairs.is_empty() => {
            out.push('\n');
            indent(out, depth + 1);
            map(out, pairs, depth + 1);
        }
        other => leaf(out, other, depth),
    }
}

/// What follows `-`.
fn entry(out: &mut String, item: &Item, depth: usize) {
    match item {
        Item::Map(pairs) if !pairs.is_empty() => {
            out.push(' ');
            map(out, pairs, depth + 1);
        }
        Item::List(items) if !items.is_empty() => value(out, item, depth),
        other => leaf(out, other, depth),
    }
}

fn leaf(out: &mut String, item: &Item, depth: usize) {
    out.push(' ');
    match item {
        Item::Text(text) if scalar::block(text) => return block(out, text, depth + 1),
        Item::Text(text) => out.push_str(&scalar::inline(text)),
        Item::Plain(value) => out.push_str(&value.to_string()),
        Item::List(_) => out.push_str("[]"),
        Item::Map(_) => out.push_str("{}"),
    }
    out.push('\n');
}

fn block(out: &mut String, text: &str, depth: usize) {
    out.push_str(if text.ends_with('\n') { "|\n" } else { "|-\n" });
    let body = text.strip_suffix('\n').unwrap_or(text);
    for line in body.split('\n') {
        if !line.is_empty() {
            indent(out, depth);
            out.push_str(line);
        }
        out.push('\n');
    }
}

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}
