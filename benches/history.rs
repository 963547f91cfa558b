//! A synthetic repository: the same bytes every time, written by `git fast-import`.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;

/// The configuration: everything below `src/` is deployed by one template.
const CONFIG: &str = "version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example}
  hayashi: {name: Hayashi, email: hayashi@shop.example}
  mori:    {name: Mori, email: mori@shop.example}
executors: [sato]
approvers: [hayashi, mori]
rollback_plans:
  redeploy-previous: {strategy: redeploy, steps: [gh workflow run rollback.yml], criteria: [\"5xx > 1% for 5m\"], decider: hayashi, duration: 8m}
templates:
  web-deploy: {paths: [\"src/**\"]}
calendar: {timezone: Asia/Tokyo}
trust: {signatures: optional}
";

/// Folders below `src/`, and files in each.
const FOLDERS: usize = 12;
const FILES: usize = 25;

/// A place in a file, and the folder it is in.
struct Source {
    path: String,
    lines: Vec<String>,
}

/// Writes `steps` first-parent steps after a first commit with configuration and files. Each
/// step edits one to three files; every fourth is a merge of a branch of one or two commits.
pub(crate) fn write(folder: &Path, steps: usize) {
    super::git(
        folder.parent().unwrap_or(folder),
        &["init", "-q", "-b", "main", &folder.to_string_lossy()],
    );
    for (key, value) in [("user.name", "Sato"), ("user.email", "sato@shop.example")] {
        super::git(folder, &["config", key, value]);
    }
    let mut import = super::quiet(Path::new("git"), folder)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("git fast-import");
    let stream = import.stdin.take().expect("a pipe");
    let mut history = History::new(BufWriter::with_capacity(1 << 20, stream));
    history.first();
    for step in 1..=steps {
        if step % 4 == 0 {
            history.merge(step);
        } else {
            history.commit(step);
        }
    }
    history.out.flush().expect("git fast-import");
    drop(history);
    assert!(import.wait().expect("git fast-import").success());
    // Packed as a server packs what it sends to a clone.
    super::git(
        folder,
        &["repack", "-a", "-d", "-f", "-q", "--depth=50", "--window=10"],
    );
}

struct History<W> {
    out: W,
    random: u64,
    clock: u64,
    mark: u64,
    sources: Vec<Source>,
}

impl<W: Write> History<W> {
    fn new(out: W) -> Self {
        let mut history = Self {
            out,
            random: 0x9e37_79b9_7f4a_7c15,
            clock: 1_700_000_000,
            mark: 0,
            sources: Vec::new(),
        };
        for number in 0..FOLDERS * FILES {
            let path = format!("src/part{:02}/file{:02}.js", number / FILES, number % FILES);
            let length = 50 + history.below(251);
            let lines = (0..length).map(|_| history.line()).collect();
            history.sources.push(Source { path, lines });
        }
        history
    }

    /// Xorshift: a realistic spread does not need more.
    fn below(&mut self, end: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random >> 33).unwrap_or(0) % end
    }

    fn line(&mut self) -> String {
        const WORDS: [&str; 12] = [
            "order", "price", "stock", "basket", "tax", "total", "const", "return", "await", "render",
            "customer", "discount",
        ];
        let length = 2 + self.below(7);
        let words: Vec<&str> = (0..length)
            .map(|_| WORDS.get(self.below(WORDS.len())).copied().unwrap_or_default())
            .collect();
        format!("  {} = {};", words.join("_"), self.below(10_000))
    }

    /// Begins a commit on `branch` and returns its mark.
    fn head(&mut self, branch: &str, subject: &str, parents: &[u64]) -> u64 {
        self.clock += 600;
        self.mark += 1;
        let (who, when) = (["sato", "mori"][self.below(2)], self.clock);
        let person = format!("{who} <{who}@shop.example> {when} +0900");
        let text = format!("{subject}\n\nWhat it is for, in a sentence of usual length.\n");
        self.put(&format!(
            "commit refs/heads/{branch}\nmark :{}\nauthor {person}\ncommitter {person}\n",
            self.mark
        ));
        self.put(&format!("data {}\n{text}", text.len()));
        for (place, parent) in parents.iter().enumerate() {
            let word = if place == 0 { "from" } else { "merge" };
            self.put(&format!("{word} :{parent}\n"));
        }
        self.mark
    }

    fn put(&mut self, text: &str) {
        self.out.write_all(text.as_bytes()).expect("git fast-import");
    }

    fn file(&mut self, path: &str, text: &str) {
        self.put(&format!("M 100644 inline {path}\ndata {}\n{text}\n", text.len()));
    }

    fn source(&mut self, number: usize) {
        let Some(source) = self.sources.get(number) else {
            return;
        };
        let (path, text) = (source.path.clone(), source.lines.join("\n") + "\n");
        self.file(&path, &text);
    }

    /// Edits one to three files; their numbers.
    fn edit(&mut self) -> Vec<usize> {
        let files: Vec<usize> = (0..=self.below(3)).map(|_| self.below(FOLDERS * FILES)).collect();
        for &number in &files {
            for _ in 0..=self.below(4) {
                let line = self.line();
                let length = self.sources.get(number).map_or(1, |source| source.lines.len());
                let (at, how) = (self.below(length), self.below(4));
                let Some(source) = self.sources.get_mut(number) else {
                    continue;
                };
                match how {
                    0 if length < 300 => source.lines.insert(at, line),
                    1 if length > 50 => drop(source.lines.remove(at)),
                    _ => source.lines[at] = line,
                }
            }
        }
        files
    }

    fn first(&mut self) {
        self.head("main", "The shop", &[]);
        self.file("sekisho.yml", CONFIG);
        (0..FOLDERS * FILES).for_each(|number| self.source(number));
    }

    fn commit(&mut self, step: usize) {
        let files = self.edit();
        self.head("main", &format!("Step {step}"), &[self.mark]);
        files.into_iter().for_each(|number| self.source(number));
    }

    fn merge(&mut self, step: usize) {
        let (main, mut tip, mut all) = (self.mark, self.mark, Vec::new());
        for part in 0..=self.below(2) {
            let files = self.edit();
            tip = self.head("work", &format!("Part {part} of step {step}"), &[tip]);
            files.iter().for_each(|number| self.source(*number));
            all.extend(files);
        }
        self.head("main", &format!("Merge pull request #{step}"), &[main, tip]);
        all.into_iter().for_each(|number| self.source(number));
    }
}
