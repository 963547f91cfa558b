//! `sekisho man`: manual pages in both languages, from the same words as the help.

use std::path::Path;

use clap::Command;
use sekisho::change::Message;
use sekisho::config::Language;
use sekisho::report::Wording;
use sekisho::usecases::Stop;

use super::args::ManArgs;
use super::exit::{Ended, Failure};
use super::help::{self, Extent};
use super::output::Output;

/// The headings of a manual page, which are English in what makes it.
const HEADINGS: &[(&str, &str)] = &[
    ("NAME", "man-name"),
    ("SYNOPSIS", "man-synopsis"),
    ("DESCRIPTION", "man-description"),
    ("OPTIONS", "man-options"),
    ("SUBCOMMANDS", "man-commands"),
    ("EXTRA", "man-exit"),
    ("VERSION", "man-version"),
];

/// Prints the first page, or writes all pages of both languages below a folder.
pub(super) fn run(output: &Output, args: &ManArgs) -> Result<Ended, Failure> {
    let Some(folder) = &args.dir else {
        let command = help::command(output.wording.language(), Extent::All);
        output.data(&page(&output.wording, &command)?);
        return Ok(Ended::done());
    };
    let mut count = 0;
    for (language, place) in [(Language::En, "man1"), (Language::Ja, "ja/man1")] {
        let wording = Wording::new(language);
        let command = help::command(language, Extent::All);
        count += write(&wording, &command, &folder.join(place))?;
    }
    let done = Message::new("man-done")
        .with("count", count)
        .with("folder", folder.display());
    output.tell(&done);
    Ok(Ended::done())
}

/// Writes a page for a command and for each below it; how many.
fn write(wording: &Wording, command: &Command, folder: &Path) -> Result<usize, Stop> {
    let failed = |error: std::io::Error| {
        Stop::Request(
            Message::new("error-man-dir")
                .with("folder", folder.display())
                .with("detail", error),
        )
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let text = page(wording, command)?;
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    std::fs::write(folder.join(format!("{name}.1")), text).map_err(failed)?;
    let below = command.get_subcommands().filter(|sub| sub.get_name() != "help");
    let mut count = 1;
    for sub in below {
        count += write(wording, sub, folder)?;
    }
    Ok(count)
}

fn page(wording: &Wording, command: &Command) -> Result<String, Stop> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut bytes)
        .map_err(|error| Stop::Request(Message::new("error-start").with("detail", error)))?;
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().map(|line| heading(wording, line));
    Ok(lines.fold(String::new(), |text, line| text + &line + "\n"))
}

fn heading(wording: &Wording, line: &str) -> String {
    let name = line.strip_prefix(".SH ").map(|name| name.trim_matches('"'));
    let known = HEADINGS.iter().find(|(english, _)| Some(*english) == name);
    match known {
        Some((_, key)) => format!(".SH \"{}\"", wording.label(key)),
        None => line.to_owned(),
    }
}
