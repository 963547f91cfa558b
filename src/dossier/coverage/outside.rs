//! What a set of globs does not reach.

use super::globs::Globs;

/// Those of `texts` that none of `globs` matches. Globs that cannot be compiled match nothing.
pub fn outside(globs: &[String], texts: &[&String]) -> Vec<String> {
    let compiled = Globs::new(globs).ok();
    let reached = |text: &str| compiled.as_ref().is_some_and(|globs| globs.is_match(text));
    texts
        .iter()
        .filter(|text| !reached(text))
        .map(|text| (*text).clone())
        .collect()
}
