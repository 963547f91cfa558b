//! Help in the reader's language and in groups: clap's texts are English, the others come from the
//! wording.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, CommandFactory as _};
use sekisho::change::Message;
use sekisho::config::Language;
use sekisho::report::Wording;

use super::args::Cli;

/// The commands of the first help, in the order of a change's life.
const MAIN: &[&str] = &[
    "init",
    "declare",
    "check",
    "gate",
    "approve",
    "emergency",
    "rollback",
    "incident",
];

/// The other groups of the whole help; what is in none comes last.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "help-group-work",
        &[
            "baseline", "object", "start", "finish", "exec", "review", "due", "grant", "freeze", "key",
        ],
    ),
    (
        "help-group-look",
        &["history", "show", "verify", "report", "audit", "log"],
    ),
];

/// Flags before the command that take a value.
const WITH_VALUE: &[&str] = &["--lang", "-C", "--directory", "--log", "--key", "--against"];

/// How much of the commands the first page of help shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Main,
    All,
}

/// Takes `--all` out of a call for help on everything, so that what is left asks for help.
pub(super) fn extent_of(arguments: Vec<OsString>) -> (Vec<OsString>, Extent) {
    let words: Vec<String> = arguments
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    // The words that are neither flags nor their values.
    let mut plain = Vec::new();
    let mut rest = words.iter().enumerate().skip(1);
    while let Some((index, word)) = rest.next() {
        if WITH_VALUE.contains(&word.as_str()) {
            rest.next();
        } else if !word.starts_with('-') {
            plain.push((index, word.as_str()));
        }
    }
    let asks_for_all = words.iter().any(|word| word == "--all");
    let is_help = matches!(plain.as_slice(), [] | [(_, "help")]);
    let command = plain.first().map(|(index, _)| *index);
    if !(asks_for_all && is_help) {
        return (arguments, Extent::Main);
    }
    let kept = arguments.into_iter().zip(&words).enumerate();
    let mut left: Vec<OsString> = kept
        .filter(|(index, (_, word))| *word != "--all" && Some(*index) != command)
        .map(|(_, (word, _))| word)
        .collect();
    if !left.iter().any(|word| word == "--help" || word == "-h") {
        left.push("--help".into());
    }
    (left, Extent::All)
}

/// The root command with its texts in `language`.
pub(super) fn command(language: Language, extent: Extent) -> Command {
    let wording = Wording::new(language);
    let all = Arg::new("all").long("all").action(ArgAction::SetTrue);
    let mut command = Cli::command().arg(all);
    // `--help` and `--version` are made when the command is built; then they can be named too.
    command.build();
    let command = translate(command, &wording, "sekisho").about(wording.label("help-sekisho"));
    let template = root_template(&command, &wording, extent);
    let command = command.after_help(wording.label("help-exit-codes"));
    command.help_template(template)
}

/// Sets the help of a command, its arguments and its subcommands.
fn translate(command: Command, wording: &Wording, name: &str) -> Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    let mut command = command.mut_args(|argument| described(argument, wording, name));
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
    let template = template(&command, wording);
    command.help_template(template)
}

/// An argument with its words; defaults, choices and variables are said in the same language.
fn described(argument: Arg, wording: &Wording, name: &str) -> Arg {
    let own = format!("help-{name}_{}", argument.get_id());
    let shared = format!("help-any_{}", argument.get_id());
    let Some(key) = [own, shared].into_iter().find(|key| wording.knows(key)) else {
        return argument;
    };
    let mut help = wording.label(&key);
    let mut add = |key: &str, value: String| {
        help.push(' ');
        help.push_str(&wording.say(&Message::new(key).with("value", value)));
    };
    if argument.get_action().takes_values() {
        let choices = argument.get_possible_values();
        let choices: Vec<&str> = choices.iter().map(|choice| choice.get_name()).collect();
        if !choices.is_empty() {
            add("help-choices", choices.join(", "));
        }
        let defaults = argument.get_default_values().iter();
        let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
        if !defaults.is_empty() {
            add("help-default", defaults.join(", "));
        }
        if let Some(variable) = argument.get_env() {
            add("help-variable", variable.to_string_lossy().into_owned());
        }
    }
    argument
        .help(help)
        .hide_default_value(true)
        .hide_possible_values(true)
        .hide_env(true)
}

/// The layout of a page, with headings in the reader's language.
fn template(command: &Command, wording: &Wording) -> String {
    let mut template = format!(
        "{{about-with-newline}}\n{}: {{usage}}\n",
        wording.label("help-usage")
    );
    let is_shown = |command: &&Command| !command.is_hide_set();
    if command.get_subcommands().any(|sub| is_shown(&sub)) {
        template.push_str(&section(wording, "help-commands", "{subcommands}"));
    }
    if command.get_positionals().next().is_some() {
        template.push_str(&section(wording, "help-arguments", "{positionals}"));
    }
    template.push_str(section(wording, "help-options", "{options}").trim_end());
    template.push_str("{after-help}");
    template
}

fn section(wording: &Wording, heading: &str, body: &str) -> String {
    format!("\n{}:\n{body}\n", wording.label(heading))
}

/// The first page: the commands in groups, each group with a heading.
fn root_template(command: &Command, wording: &Wording, extent: Extent) -> String {
    let mut groups: Vec<(&str, Vec<&Command>)> = Vec::new();
    let named = |names: &[&str]| -> Vec<&Command> {
        names
            .iter()
            .filter_map(|name| command.find_subcommand(name))
            .collect()
    };
    groups.push(("help-commands", named(MAIN)));
    if extent == Extent::All {
        let known: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| names.iter())
            .chain(MAIN)
            .copied()
            .collect();
        groups.extend(GROUPS.iter().map(|(heading, names)| (*heading, named(names))));
        let others = command
            .get_subcommands()
            .filter(|sub| !known.contains(&sub.get_name()));
        groups.push(("help-group-tools", others.collect()));
    }
    let shown = groups.iter().flat_map(|(_, commands)| commands);
    let widest = shown.map(|command| command.get_name().len()).max().unwrap_or(0);
    let mut template = format!(
        "{{about-with-newline}}\n{}: {{usage}}\n",
        wording.label("help-usage")
    );
    for (heading, commands) in groups.iter().filter(|(_, commands)| !commands.is_empty()) {
        let lines: Vec<String> = commands
            .iter()
            .map(|command| {
                let about = command.get_about().map(ToString::to_string).unwrap_or_default();
                format!("  {:widest$}  {about}", command.get_name())
            })
            .collect();
        template.push_str(&section(wording, heading, &lines.join("\n")));
    }
    if extent == Extent::Main {
        template.push_str(&format!("\n{}\n", wording.label("help-more")));
        template.push_str(&section(wording, "help-options", "{options}"));
        return template;
    }
    template.push_str(section(wording, "help-options", "{options}").trim_end());
    template.push_str("{after-help}");
    template
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
            undocumented(&command(language, Extent::All), &mut found);
            assert_eq!(found, Vec::<String>::new(), "{language:?}");
        }
        let japanese = command(Language::Ja, Extent::All);
        for sub in japanese.get_subcommands().filter(|sub| sub.get_name() != "help") {
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_ascii(), "{}: {about}", sub.get_name());
        }
    }

    fn asked(words: &[&str]) -> (Vec<String>, Extent) {
        let (left, extent) = extent_of(words.iter().map(OsString::from).collect());
        let left = left.iter().map(|word| word.to_string_lossy().into_owned());
        (left.collect(), extent)
    }

    #[test]
    fn all_is_taken_out_of_a_call_for_help_only() {
        for words in [
            &["sekisho", "--help", "--all"][..],
            &["sekisho", "--all"],
            &["sekisho", "help", "--all"],
        ] {
            let (left, extent) = asked(words);
            assert_eq!(extent, Extent::All, "{words:?}");
            assert_eq!(left.last().map(String::as_str), Some("--help"), "{words:?}");
            assert!(
                !left.iter().any(|word| word == "--all" || word == "help"),
                "{left:?}"
            );
        }
        let (left, extent) = asked(&["sekisho", "help", "--all", "--lang", "ja"]);
        assert_eq!(
            (left, extent),
            (
                ["sekisho", "--lang", "ja", "--help"].map(str::to_owned).to_vec(),
                Extent::All
            )
        );
        for words in [
            &["sekisho", "gate", "--all"][..],
            &["sekisho", "help", "gate", "--all"],
            &["sekisho", "--help"],
        ] {
            let (left, extent) = asked(words);
            assert_eq!(
                (left, extent),
                (words.iter().map(|w| (*w).to_owned()).collect(), Extent::Main)
            );
        }
    }
}
