//! A runner that carries out `action.yml` as GitHub's does: the inputs' expressions in `env`, a file
//! for each step's outputs, bash with the flags of `shell: bash`.
#![allow(clippy::disallowed_methods, reason = "a runner starts the steps")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use regex::Regex;
use sekisho::change::text::{Document, Node, Shape};

use super::stage::Stage;

/// A step of a composite action.
pub(crate) struct Step {
    pub id: String,
    pub shell: String,
    pub run: String,
    pub env: BTreeMap<String, String>,
}

/// `action.yml`.
pub(crate) struct ActionFile {
    /// Names of the inputs with their defaults.
    pub inputs: BTreeMap<String, String>,
    /// Names of the outputs with their expressions.
    pub outputs: BTreeMap<String, String>,
    pub steps: Vec<Step>,
}

/// What a run of the Action did.
#[derive(Debug)]
pub(crate) struct Run {
    pub code: i32,
    pub log: String,
    pub outputs: BTreeMap<String, String>,
    pub summary: String,
}

pub(crate) fn entries(node: &Node) -> Vec<(&str, &Node)> {
    match &node.shape {
        Shape::Map(entries) => entries.iter().map(|e| (e.key.as_str(), &e.value)).collect(),
        _ => Vec::new(),
    }
}

pub(crate) fn child<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    entries(node)
        .into_iter()
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value)
}

pub(crate) fn text(node: Option<&Node>) -> String {
    match node.map(|node| &node.shape) {
        Some(Shape::Scalar(scalar)) => scalar.text.clone(),
        _ => String::new(),
    }
}

impl ActionFile {
    /// The one of this repository.
    pub(crate) fn read() -> Self {
        Self::of(crate::scan::top())
    }

    /// The one in `folder`.
    pub(crate) fn of(folder: &Path) -> Self {
        let file = std::fs::read_to_string(folder.join("action.yml")).unwrap();
        let document = Document::parse(&file).unwrap_or_else(|faults| panic!("{faults:?}"));
        let root = document.root();
        let named = |key: &str, inner: &str| -> BTreeMap<String, String> {
            let found = child(root, key).map(entries).unwrap_or_default();
            found
                .into_iter()
                .map(|(name, node)| (name.to_owned(), text(child(node, inner))))
                .collect()
        };
        let runs = child(root, "runs").unwrap();
        assert_eq!(text(child(runs, "using")), "composite");
        let Some(Shape::List(steps)) = child(runs, "steps").map(|steps| &steps.shape) else {
            panic!("no steps");
        };
        let steps = steps.iter().map(|step| Step {
            id: text(child(step, "id")),
            shell: text(child(step, "shell")),
            run: text(child(step, "run")),
            env: child(step, "env")
                .map(entries)
                .unwrap_or_default()
                .into_iter()
                .map(|(name, value)| (name.to_owned(), text(Some(value))))
                .collect(),
        });
        Self {
            inputs: named("inputs", "default"),
            outputs: named("outputs", "value"),
            steps: steps.collect(),
        }
    }
}

/// A job on a runner.
pub(crate) struct Runner<'s> {
    stage: &'s Stage,
    /// The folder of the Action: the scripts and the table of this repository.
    pub action: PathBuf,
    /// The tool cache.
    pub cache: PathBuf,
    temp: PathBuf,
    /// The folder that was checked out.
    pub workspace: PathBuf,
    /// What `github.token` is; empty: no GitHub answers, and approvals are those in the log.
    pub token: String,
    variables: BTreeMap<String, String>,
}

impl<'s> Runner<'s> {
    /// A job that `sato-y` started by a push of HEAD, with an empty tool cache and a released program.
    pub(crate) fn new(stage: &'s Stage) -> Self {
        let action = stage.beside("action");
        for folder in ["scripts", "dist"] {
            std::fs::create_dir_all(action.join(folder)).unwrap();
        }
        let top = crate::scan::top();
        for file in [
            "action.yml",
            "scripts/action-install",
            "Cargo.toml",
            "dist/checksums.txt",
        ] {
            std::fs::copy(top.join(file), action.join(file)).unwrap();
        }
        let mut runner = Self {
            stage,
            action,
            cache: stage.beside("cache"),
            temp: stage.beside("temp"),
            workspace: stage.repository(),
            token: String::new(),
            variables: BTreeMap::new(),
        };
        let head = stage.git("runner", &["rev-parse", "HEAD"]);
        for (name, value) in [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_ACTOR", "sato-y"),
            ("GITHUB_ACTOR_ID", "11"),
            ("GITHUB_TRIGGERING_ACTOR", "sato-y"),
            ("GITHUB_EVENT_NAME", "push"),
            ("GITHUB_REPOSITORY", "acme/shop"),
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_SHA", head.trim()),
            ("GITHUB_RUN_ID", "1700"),
            ("GITHUB_RUN_ATTEMPT", "1"),
            ("RUNNER_OS", "Linux"),
            ("RUNNER_ARCH", "X64"),
        ] {
            runner.set(name, value);
        }
        runner.release("#!/bin/sh\nexec \"$BUILT\" \"$@\"\n");
        runner
    }

    /// Where the job is.
    pub(crate) fn stage(&self) -> &Stage {
        self.stage
    }

    /// Sets a variable of the job.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Publishes `program` as the release of this version, and writes its checksum into the table.
    pub(crate) fn release(&mut self, program: &str) {
        let version = env!("CARGO_PKG_VERSION");
        let releases = self.stage.beside("releases");
        let folder = releases.join(format!("v{version}"));
        std::fs::create_dir_all(&folder).unwrap();
        let target = "x86_64-unknown-linux-musl";
        std::fs::write(folder.join(format!("sekisho-{version}-{target}")), program).unwrap();
        let sum = sekisho::change::Digest::of(program.as_bytes()).hex();
        self.table(&format!("{version} {target} {sum}\n"));
        let place = format!("file://{}", releases.display());
        self.set("SEKISHO_RELEASES", &place);
    }

    /// Writes the table of checksums.
    pub(crate) fn table(&self, text: &str) {
        std::fs::write(self.action.join("dist/checksums.txt"), text).unwrap();
    }

    fn command(&self, step: &Step, inputs: &BTreeMap<String, String>, run: &Run) -> Command {
        let script = self.temp.join(format!("{}.sh", step.id));
        std::fs::write(&script, &step.run).unwrap();
        let mut command = self.stage.of_a_runner("bash");
        command
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
            .arg(script)
            .current_dir(&self.workspace)
            .envs(&self.variables)
            .env("BUILT", env!("CARGO_BIN_EXE_sekisho"))
            .env("GITHUB_ACTION_PATH", &self.action)
            .env("RUNNER_TOOL_CACHE", &self.cache)
            .env("RUNNER_TEMP", &self.temp)
            .env("GITHUB_OUTPUT", self.file(&step.id, "output"))
            .env("GITHUB_STEP_SUMMARY", self.file(&step.id, "summary"))
            .stdin(Stdio::null());
        for (name, value) in &step.env {
            command.env(name, self.evaluated(value, inputs, run));
        }
        command
    }

    fn file(&self, step: &str, kind: &str) -> PathBuf {
        self.temp.join(format!("{step}.{kind}"))
    }

    /// Carries the Action out with these inputs.
    pub(crate) fn uses(&self, given: &[(&str, &str)]) -> Run {
        self.uses_and(given, &mut |_| {})
    }

    /// The same; `meanwhile` is called with the number of the process of the last step while it runs.
    pub(crate) fn uses_and(&self, given: &[(&str, &str)], meanwhile: &mut dyn FnMut(u32)) -> Run {
        let file = ActionFile::of(&self.action);
        let mut inputs = file.inputs.clone();
        for (name, value) in given {
            assert!(inputs.contains_key(*name), "no input {name}");
            inputs.insert((*name).to_owned(), (*value).to_owned());
        }
        let mut run = Run {
            code: 0,
            log: String::new(),
            outputs: BTreeMap::new(),
            summary: String::new(),
        };
        let last = file.steps.last().map(|step| step.id.clone());
        for step in &file.steps {
            for kind in ["output", "summary"] {
                std::fs::write(self.file(&step.id, kind), "").unwrap();
            }
            let log = self.file(&step.id, "log");
            let both = std::fs::File::create(&log).unwrap();
            let mut command = self.command(step, &inputs, &run);
            command.stdout(both.try_clone().unwrap()).stderr(both);
            let mut child = command.spawn().unwrap();
            if last.as_deref() == Some(&step.id) {
                meanwhile(child.id());
            }
            let status = child.wait().unwrap();
            let read = |file| std::fs::read_to_string(file).unwrap();
            run.log.push_str(&read(log));
            run.summary.push_str(&read(self.file(&step.id, "summary")));
            for (name, value) in outputs(&read(self.file(&step.id, "output"))) {
                run.outputs
                    .insert(format!("steps.{}.outputs.{name}", step.id), value);
            }
            run.code = status.code().unwrap_or(-1);
            if run.code != 0 {
                break;
            }
        }
        let shown = file.outputs.iter();
        run.outputs = shown
            .map(|(name, value)| (name.clone(), self.evaluated(value, &inputs, &run)))
            .collect();
        run
    }

    /// The value of expressions that `action.yml` may use, and of no other.
    fn evaluated(&self, value: &str, inputs: &BTreeMap<String, String>, run: &Run) -> String {
        let expression = Regex::new(r"\$\{\{ *([a-z0-9._-]+) *\}\}").unwrap();
        let shown = expression.replace_all(value, |found: &regex::Captures<'_>| {
            let path = &found[1];
            if path == "github.token" {
                return self.token.clone();
            }
            if path == "github.action_repository" {
                return "acme/sekisho".to_owned();
            }
            match path.strip_prefix("inputs.") {
                Some(name) => {
                    let known = inputs.get(name).unwrap_or_else(|| panic!("{path}"));
                    self.evaluated(known, &BTreeMap::new(), run)
                }
                None => run.outputs.get(path).cloned().unwrap_or_default(),
            }
        });
        shown.into_owned()
    }
}

impl Run {
    /// Fails the test unless the Action ended with `code`.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.log);
        self
    }

    /// The lines that the runner obeys, as it reads the log: none between `stop-commands` and its end.
    pub(crate) fn obeyed(&self) -> Vec<&str> {
        let mut found = Vec::new();
        let mut stopped: Option<String> = None;
        for line in self.log.lines() {
            let begun = line.trim_start();
            let is_command = begun.starts_with("::") || line.contains("##[");
            match (&stopped, begun.strip_prefix("::stop-commands::")) {
                (Some(end), _) => {
                    if begun == format!("::{end}::") {
                        stopped = None;
                    }
                }
                (None, Some(end)) => stopped = Some(end.to_owned()),
                (None, None) if is_command => found.push(line),
                (None, None) => {}
            }
        }
        assert_eq!(stopped, None, "commands stay switched off");
        found
    }
}

/// A file of outputs, read as the runner reads it.
fn outputs(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match (line.find('='), line.find("<<")) {
            (equals, Some(at)) if equals.is_none_or(|equals| at < equals) => {
                let end = &line[at + 2..];
                let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
                found.insert(line[..at].to_owned(), value.join("\n"));
            }
            (Some(at), _) => {
                found.insert(line[..at].to_owned(), line[at + 1..].to_owned());
            }
            _ => panic!("no output: {line}"),
        }
    }
    found
}
