//! Declarations to start from, as they come with the program.

use include_dir::{Dir, include_dir};

use crate::config::Language;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The names of the shipped declarations.
pub const SHIPPED_TEMPLATES: &[&str] = &[
    "dependency-patch",
    "price-import",
    "release-rollback",
    "renew-certificate",
];

/// The text of a shipped declaration; `None` when there is none of that name.
pub fn shipped_template(name: &str, language: Language) -> Option<&'static str> {
    let name = SHIPPED_TEMPLATES.iter().find(|known| **known == name)?;
    let folder = match language {
        Language::En => "en",
        Language::Ja => "ja",
    };
    TEMPLATES
        .get_file(format!("{folder}/{name}.yml"))?
        .contents_utf8()
}
