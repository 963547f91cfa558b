//! Help in the reader's language: clap's texts are English, the others come from the wording.

use std::ffi::OsString;

use clap::{Command, CommandFactory as _};
use sekisho::config::Language;
use sekisho::report::{Wording, choose_language};

use super::args::Cli;

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
    let text = start
        .ancestors()
        .find_map(|folder| std::fs::read_to_string(folder.join("sekisho.yml")).ok())?;
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

/// The root command with its texts in `language`.
pub(super) fn command(language: Language) -> Command {
    let wording = Wording::new(language);
    let mut command = Cli::command();
    // `--help` and `--version` are made when the command is built; then they can be named too.
    command.build();
    let about = wording.label("help-sekisho");
    translate(command, &wording, "sekisho").about(about)
}

/// Sets the help of a command, its arguments and its subcommands.
fn translate(command: Command, wording: &Wording, name: &str) -> Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    let mut command = command.mut_args(|argument| {
        let own = format!("help-{name}_{}", argument.get_id());
        let shared = format!("help-any_{}", argument.get_id());
        match [own, shared].into_iter().find(|key| wording.knows(key)) {
            Some(key) => argument.help(wording.label(&key)),
            None => argument,
        }
    });
    for sub in names {
        command = command.mut_subcommand(&sub, |command| {
            let key = format!("help-{sub}");
            let command = translate(command, wording, &sub);
            if wording.knows(&key) {
                command.about(wording.label(&key))
            } else {
                command
            }
        });
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undocumented(command: &Command, found: &mut Vec<String>) {
        if command.get_about().is_none() {
            found.push(command.get_name().to_owned());
        }
        let silent = command
            .get_arguments()
            .filter(|argument| argument.get_help().is_none());
        found.extend(silent.map(|argument| format!("{} {}", command.get_name(), argument.get_id())));
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            undocumented(sub, found);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_help_in_both_languages() {
        for language in [Language::En, Language::Ja] {
            let mut found = Vec::new();
            undocumented(&command(language), &mut found);
            assert_eq!(found, Vec::<String>::new(), "{language:?}");
        }
        let japanese = command(Language::Ja);
        for sub in japanese.get_subcommands().filter(|sub| sub.get_name() != "help") {
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_ascii(), "{}: {about}", sub.get_name());
        }
    }
}
