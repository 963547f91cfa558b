//! The language of a command, before anything else of it is known.

use std::ffi::OsString;
use std::path::Path;

use sekisho::config::Language;
use sekisho::report::choose_language;
use sekisho::usecases::CONFIG_PATH;

use super::files::{LARGEST, read_bounded};

/// The language that was asked for, before anything else is parsed; the configuration's comes
/// from the folder where the command runs.
pub(super) fn language_of(arguments: &[OsString]) -> Language {
    let words: Vec<String> = arguments
        .iter()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let flag = flag_of(&words, "--lang");
    let directory = flag_of(&words, "--directory").or_else(|| flag_of(&words, "-C"));
    let variable = std::env::var_os("SEKISHO_LANG").map(|v| v.to_string_lossy().into_owned());
    let configured = configured(directory.as_deref());
    let locale = locale();
    choose_language(
        flag.as_deref(),
        variable.as_deref(),
        configured,
        locale.as_deref(),
    )
}

fn flag_of(words: &[String], flag: &str) -> Option<String> {
    let end = words.iter().position(|w| w == "--").unwrap_or(words.len());
    let words = &words[..end];
    let with_equals = format!("{flag}=");
    words.iter().enumerate().find_map(|(index, word)| {
        if word == flag {
            words.get(index + 1).cloned()
        } else {
            word.strip_prefix(&with_equals).map(str::to_owned)
        }
    })
}

/// `language:` of the nearest `sekisho.yml`, read as a line: a wrong file is reported later, in
/// the language that this finds.
fn configured(directory: Option<&str>) -> Option<Language> {
    let start = directory
        .map(std::path::PathBuf::from)
        .or_else(|| std::env::current_dir().ok())?;
    let read = |folder: &Path| read_bounded(&folder.join(CONFIG_PATH), LARGEST).ok();
    let text = String::from_utf8(start.ancestors().find_map(read)?).ok()?;
    text.lines().find_map(|line| {
        let value = line.strip_prefix("language:")?.trim();
        match value.split_whitespace().next()?.trim_matches(['"', '\'']) {
            "ja" => Some(Language::Ja),
            "en" => Some(Language::En),
            _ => None,
        }
    })
}

/// The locale of messages: the usual variables first, then what the system says.
fn locale() -> Option<String> {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(std::env::var_os)
        .map(|value| value.to_string_lossy().into_owned())
        .find(|value| !value.is_empty());
    named.or_else(sys_locale::get_locale)
}
