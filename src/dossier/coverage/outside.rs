//! What a set of globs does not reach.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::globs::Globs;

/// Sets of globs, each compiled when it is first asked for.
#[derive(Debug, Default)]
pub struct Outside {
    /// `None` for globs that cannot be compiled.
    compiled: RefCell<BTreeMap<Vec<String>, Option<Globs>>>,
}

impl Outside {
    /// Those of `texts` that none of `globs` matches. Globs that cannot be compiled match nothing.
    pub fn of(&self, globs: &[String], texts: &[&String]) -> Vec<String> {
        let mut compiled = self.compiled.borrow_mut();
        if !compiled.contains_key(globs) {
            compiled.insert(globs.to_vec(), Globs::new(globs).ok());
        }
        let known = compiled.get(globs).and_then(Option::as_ref);
        let reached = |text: &str| known.is_some_and(|globs| globs.is_match(text));
        texts
            .iter()
            .filter(|text| !reached(text))
            .map(|text| (*text).clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_set_answers_for_itself_however_often_it_is_asked() {
        let texts = ["a/b".to_owned(), "c".to_owned()];
        let texts: Vec<&String> = texts.iter().collect();
        let outside = Outside::default();
        for _ in 0..2 {
            assert_eq!(outside.of(&["a/*".to_owned()], &texts), ["c"]);
            assert_eq!(outside.of(&["c".to_owned()], &texts), ["a/b"]);
            assert_eq!(outside.of(&["[".to_owned()], &texts), ["a/b", "c"]);
            assert_eq!(outside.of(&[], &texts), ["a/b", "c"]);
        }
    }
}
