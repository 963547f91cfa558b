//! Which language a person is spoken to in.

use crate::config::Language;

/// The language of the first source that names a known one: `--lang`, `SEKISHO_LANG`,
/// `sekisho.yml`, the locale (`ja_JP.UTF-8`, `ja-JP`); English otherwise.
pub fn choose_language(
    flag: Option<&str>,
    variable: Option<&str>,
    config: Option<Language>,
    locale: Option<&str>,
) -> Language {
    flag.and_then(named)
        .or_else(|| variable.and_then(named))
        .or(config)
        .or_else(|| locale.and_then(named))
        .unwrap_or_default()
}

/// The language of `ja`, `ja-JP` or `ja_JP.UTF-8`.
fn named(text: &str) -> Option<Language> {
    let word = text.split(['-', '_', '.', '@']).next()?;
    if word.eq_ignore_ascii_case("ja") {
        Some(Language::Ja)
    } else if word.eq_ignore_ascii_case("en") {
        Some(Language::En)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_source_wins() {
        use Language::{En, Ja};
        assert_eq!(
            choose_language(Some("ja"), Some("en"), Some(En), Some("en_US")),
            Ja
        );
        assert_eq!(choose_language(None, Some("JA-jp"), Some(En), None), Ja);
        assert_eq!(choose_language(None, None, Some(Ja), Some("en_US.UTF-8")), Ja);
        assert_eq!(choose_language(None, None, None, Some("ja_JP.UTF-8")), Ja);
        assert_eq!(choose_language(None, Some(""), None, Some("C")), En);
        assert_eq!(choose_language(Some("jam"), None, None, Some("POSIX")), En);
    }
}
