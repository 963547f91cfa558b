//! `sekisho demo`: the whole walk in a throw-away repository, with the real program, real git
//! and real keys.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use sekisho::change::Message;
use sekisho::usecases::Stop;

use super::args::DemoArgs;
use super::exit::{Ended, Failure};
use super::output::Output;

/// Walks through it; ends with 1 when a step does not do what it should.
pub(super) fn run(output: &Output, args: &DemoArgs) -> Result<Ended, Failure> {
    let temporary = tempfile::tempdir().map_err(|error| failed("demo", &error))?;
    let root = match &args.keep {
        Some(folder) if folder.exists() => {
            return Err(Stop::Request(
                Message::new("error-folder-exists").with("folder", folder.display()),
            ));
        }
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|error| failed("mkdir", &error))?;
            folder.canonicalize().map_err(|error| failed("mkdir", &error))?
        }
        None => temporary.path().to_owned(),
    };
    let stage = Stage::new(output, root)?;
    stage.open()?;
    let change = stage.denied_and_fixed()?;
    stage.approved_and_passed(&change)?;
    stage.looked_up(&change)?;
    stage.tampered()?;
    stage.tell("demo-end");
    if args.keep.is_some() {
        output.talk(&stage.shop.display().to_string());
    }
    Ok(Ended::done())
}

fn failed(step: &str, detail: &dyn std::fmt::Display) -> Stop {
    Stop::Unavailable(
        Message::new("error-demo")
            .with("step", step)
            .with("detail", detail),
    )
}

/// The repository and the two people of the demo.
struct Stage<'a> {
    output: &'a Output,
    program: PathBuf,
    shop: PathBuf,
    developer: PathBuf,
    approver: PathBuf,
}

impl<'a> Stage<'a> {
    fn new(output: &'a Output, root: PathBuf) -> Result<Self, Stop> {
        let program = std::env::current_exe().map_err(|error| failed("sekisho", &error))?;
        let shop = root.join("shop");
        std::fs::create_dir_all(&shop).map_err(|error| failed("mkdir", &error))?;
        Ok(Self {
            output,
            program,
            shop,
            developer: root.join("developer_key"),
            approver: root.join("approver_key"),
        })
    }

    fn tell(&self, key: &str) {
        self.output
            .data(&format!("\n{}", self.output.say(&Message::new(key))));
    }

    /// The program itself, in the demo's language and repository.
    fn sekisho(&self, key: &Path, arguments: &[&str]) -> Result<ExitStatus, Stop> {
        self.shown("sekisho", arguments);
        let language = sekisho::report::Wording::code(self.output.wording.language());
        let mut command = self.process(&self.program);
        command.args(["--lang", language]).args(arguments);
        command.env("SEKISHO_KEY", key);
        command.status().map_err(|error| failed("sekisho", &error))
    }

    /// The same; its output is kept and shown.
    fn sekisho_says(&self, key: &Path, arguments: &[&str]) -> Result<String, Stop> {
        self.shown("sekisho", arguments);
        let language = sekisho::report::Wording::code(self.output.wording.language());
        let mut command = self.process(&self.program);
        command.args(["--lang", language]).args(arguments);
        command.env("SEKISHO_KEY", key);
        let done = command.output().map_err(|error| failed("sekisho", &error))?;
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        self.output.data(&text);
        self.output.talk(&String::from_utf8_lossy(&done.stderr));
        Ok(text)
    }

    fn expect(&self, key: &Path, arguments: &[&str], code: i32) -> Result<(), Stop> {
        let status = self.sekisho(key, arguments)?;
        if status.code() == Some(code) {
            Ok(())
        } else {
            Err(failed(&arguments.join(" "), &status))
        }
    }

    fn git(&self, arguments: &[&str]) -> Result<(), Stop> {
        self.shown("git", arguments);
        let done = self
            .process(Path::new("git"))
            .args(arguments)
            .output()
            .map_err(|error| failed("git", &error))?;
        if done.status.success() {
            Ok(())
        } else {
            Err(failed("git", &String::from_utf8_lossy(&done.stderr)))
        }
    }

    fn shown(&self, program: &str, arguments: &[&str]) {
        let words: Vec<String> = arguments
            .iter()
            .map(|word| {
                if word.contains([' ', '>', '<', '%', '(']) || !word.is_ascii() {
                    format!("\"{word}\"")
                } else {
                    (*word).to_owned()
                }
            })
            .collect();
        self.output.data(&format!("$ {program} {}", words.join(" ")));
    }

    /// A process that sees nothing of the person's own git settings.
    #[allow(clippy::disallowed_methods)]
    fn process(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.shop)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("SSH_AUTH_SOCK")
            .env_remove("GITHUB_RUN_ID");
        command
    }

    fn write(&self, name: &str, text: &str) -> Result<(), Stop> {
        std::fs::write(self.shop.join(name), text).map_err(|error| failed(name, &error))
    }

    fn new_key(&self, file: &Path) -> Result<(), Stop> {
        let done = self
            .process(Path::new("ssh-keygen"))
            .args(["-q", "-t", "ed25519", "-N", "", "-C", "demo", "-f"])
            .arg(file)
            .output()
            .map_err(|error| failed("ssh-keygen", &error))?;
        if done.status.success() {
            Ok(())
        } else {
            Err(failed("ssh-keygen", &String::from_utf8_lossy(&done.stderr)))
        }
    }

    /// A repository with a configuration and a first authorised state.
    fn open(&self) -> Result<(), Stop> {
        self.tell("demo-open");
        self.new_key(&self.developer)?;
        self.new_key(&self.approver)?;
        self.git(&["init", "-q", "-b", "main"])?;
        self.git(&["config", "user.name", "Developer"])?;
        self.git(&["config", "user.email", "developer@shop.example"])?;
        self.write("index.html", "<h1>Shop</h1>\n<p>Tea 1,200 yen</p>\n")?;
        self.git(&["add", "."])?;
        self.git(&["commit", "-q", "-m", "The shop"])?;
        self.expect(
            &self.developer,
            &["init", "--yes", "--approver", "Client <client@shop.example>"],
            0,
        )?;
        self.name_approvers_key()?;
        self.git(&["add", "."])?;
        self.git(&["commit", "-q", "-m", "Configure the gate"])?;
        self.expect(&self.developer, &["baseline"], 0)
    }

    /// The client has a key too; without one, `approve --for` would record the answer.
    fn name_approvers_key(&self) -> Result<(), Stop> {
        let public = std::fs::read_to_string(self.approver.with_extension("pub"))
            .map_err(|error| failed("ssh-keygen", &error))?;
        let key: Vec<&str> = public.split_whitespace().take(2).collect();
        let path = self.shop.join("sekisho.yml");
        let text = std::fs::read_to_string(&path).map_err(|error| failed("sekisho.yml", &error))?;
        let text = text.replacen(
            "email: client@shop.example",
            &format!("email: client@shop.example, keys: [\"{}\"]", key.join(" ")),
            1,
        );
        std::fs::write(&path, text).map_err(|error| failed("sekisho.yml", &error))
    }

    /// A commit that nobody declared, and its declaration.
    fn denied_and_fixed(&self) -> Result<String, Stop> {
        self.tell("demo-undeclared");
        self.write("index.html", "<h1>Shop</h1>\n<p>Tea 980 yen</p>\n")?;
        self.git(&["commit", "-q", "-a", "-m", "Lower the price of tea"])?;
        self.expect(
            &self.developer,
            &["gate", "--environment", "production", "--head", "HEAD"],
            1,
        )?;
        self.tell("demo-declare");
        let title = self.output.say(&Message::new("demo-title"));
        let reason = self.output.say(&Message::new("demo-reason"));
        let path = self.sekisho_says(
            &self.developer,
            &[
                "declare",
                "--title",
                &title,
                "--reason",
                &reason,
                "--reference",
                "#12",
            ],
        )?;
        let change = path
            .trim()
            .rsplit('/')
            .next()
            .and_then(|name| name.strip_suffix(".yml"))
            .ok_or_else(|| failed("declare", &path))?
            .to_owned();
        self.git(&["add", "changes"])?;
        self.git(&["commit", "-q", "--amend", "--no-edit"])?;
        self.tell("demo-unapproved");
        self.expect(
            &self.developer,
            &["gate", "--environment", "production", "--head", "HEAD"],
            1,
        )?;
        Ok(change)
    }

    fn approved_and_passed(&self, change: &str) -> Result<(), Stop> {
        self.tell("demo-approve");
        self.expect(&self.approver, &["approve", change], 0)?;
        self.tell("demo-pass");
        self.expect(
            &self.developer,
            &["gate", "--environment", "production", "--head", "HEAD"],
            0,
        )?;
        self.tell("demo-execute");
        self.expect(&self.developer, &["start", change], 0)?;
        self.expect(&self.developer, &["finish", change, "--outcome", "success"], 0)
    }

    fn looked_up(&self, change: &str) -> Result<(), Stop> {
        self.tell("demo-history");
        self.expect(&self.developer, &["history"], 0)?;
        self.expect(&self.developer, &["show", change], 0)?;
        self.expect(&self.developer, &["verify"], 0)
    }

    /// One byte of one record, in the database's own file.
    fn tampered(&self) -> Result<(), Stop> {
        self.tell("demo-tamper");
        let path = self.shop.join(".git/sekisho/log.sqlite");
        let honest = std::fs::read(&path).map_err(|error| failed("log", &error))?;
        let wanted: &[u8] = b"deploy.finished/1";
        let place = honest
            .windows(wanted.len())
            .rposition(|window| window == wanted)
            .ok_or_else(|| failed("log", &"deploy.finished/1"))?;
        let mut bent = honest.clone();
        if let Some(byte) = bent.get_mut(place + 7) {
            *byte ^= 1;
        }
        std::fs::write(&path, bent).map_err(|error| failed("log", &error))?;
        self.expect(&self.developer, &["verify"], 4)?;
        self.expect(
            &self.developer,
            &["gate", "--environment", "production", "--head", "HEAD"],
            4,
        )?;
        self.tell("demo-restore");
        std::fs::write(&path, honest).map_err(|error| failed("log", &error))?;
        self.expect(&self.developer, &["verify"], 0)
    }
}
