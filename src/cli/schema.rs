//! `sekisho schema`: what editors complete and programs rely on.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use sekisho::change::Message;
use sekisho::git::GitRepository;
use sekisho::report::schema::{Document, schema};
use sekisho::usecases::{CONFIG_PATH, Stop};

use super::args::{Global, SchemaArgs};
use super::exit::{Ended, Failure};
use super::output::Output;

/// Prints one schema, or writes all of them.
pub(super) fn run(global: &Global, output: &Output, args: &SchemaArgs) -> Result<Ended, Failure> {
    if args.write {
        return write_all(global, output);
    }
    let named = |document: &&Document| Some(document.as_str()) == args.document.as_deref();
    for document in Document::ALL.iter().filter(named) {
        output.data(&format!("{:#}", schema(*document, &output.wording)));
    }
    Ok(Ended::done())
}

/// Puts the schemas below the git folder, where they are nobody's change, and says how an editor
/// is told of them.
fn write_all(global: &Global, output: &Output) -> Result<Ended, Failure> {
    let start = global.directory.clone().unwrap_or_else(|| PathBuf::from("."));
    let repository = GitRepository::discover(&start)?;
    let folder = repository.common_dir().join("sekisho");
    std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    for document in Document::ALL {
        let path = folder.join(format!("{}.schema.json", document.as_str()));
        let text = format!("{:#}\n", schema(*document, &output.wording));
        replace(&folder, &path, &text)?;
        output.data(&path.display().to_string());
    }
    for (file, document) in [
        (CONFIG_PATH, Document::Config),
        ("changes/*.yml", Document::Declaration),
    ] {
        let up = if file.contains('/') { ".." } else { "." };
        let line = format!(
            "# yaml-language-server: $schema={up}/.git/sekisho/{}.schema.json",
            document.as_str()
        );
        output.tell(&Message::new("schema-line").with("file", file).with("line", line));
    }
    Ok(Ended::done())
}

/// Writes the whole file or nothing.
fn replace(folder: &Path, path: &Path, text: &str) -> Result<(), Stop> {
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| unwritable(path, &error))?;
    file.write_all(text.as_bytes())
        .map_err(|error| unwritable(path, &error))?;
    file.persist(path)
        .map_err(|error| unwritable(path, &error.error))?;
    Ok(())
}

fn unwritable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Request(
        Message::new("error-write-file")
            .with("file", path.display())
            .with("detail", error),
    )
}
