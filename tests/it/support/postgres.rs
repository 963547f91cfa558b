//! A PostgreSQL server of a test's own: a copy of one that was set up before, at a socket in a
//! temporary folder. It ends with the test, however that ends.
#![allow(clippy::disallowed_methods, reason = "tests start the server")]

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sekisho::store::{PostgresAddress, PostgresLedger};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _};

use crate::written_log::run;

/// The password of everybody who needs one.
pub(crate) const PASSWORD: &str = "pw-of-the-tests";

/// Who may connect: `keeper` owns the tables, the others have one role each.
const PEOPLE: &str = "CREATE ROLE keeper LOGIN CREATEROLE
CREATE ROLE ci LOGIN PASSWORD 'pw-of-the-tests'
CREATE ROLE auditor LOGIN PASSWORD 'pw-of-the-tests'
CREATE ROLE counsel LOGIN PASSWORD 'pw-of-the-tests'
CREATE ROLE guest LOGIN PASSWORD 'pw-of-the-tests'
CREATE DATABASE logs OWNER keeper
";

const ACCESS: &str = "local all postgres,keeper trust\nlocal all all scram-sha-256\n";

/// Durability is for the benches: no test pulls the plug of the machine.
const SETTINGS: &str = "listen_addresses = ''
max_connections = 100
shared_buffers = 16MB
fsync = off
max_wal_size = 64MB
timezone = 'UTC'
log_min_messages = fatal
";

/// A server.
pub(crate) struct Server {
    folder: PathBuf,
    /// Stops the server and removes its folder once this process is gone.
    warden: Child,
}

impl Server {
    /// A server that has a database without any tables.
    pub(crate) fn empty() -> Self {
        Self::with_settings("")
    }

    /// The same with more lines in its settings.
    pub(crate) fn with_settings(more: &str) -> Self {
        let template = template();
        let folder = place();
        let data = folder.join("data");
        done(Command::new("cp").arg("-R").arg(&template).arg(&data));
        let lines = format!(
            "{SETTINGS}unix_socket_directories = '{}'\n{more}\n",
            folder.display()
        );
        fs::write(data.join("postgresql.auto.conf"), lines).unwrap();
        if let Some((uid, gid)) = other_user() {
            done(
                Command::new("chown")
                    .arg("-R")
                    .arg(format!("{uid}:{gid}"))
                    .arg(&folder),
            );
        }
        let script = "read -r _; \"$1\" -D \"$2/data\" stop -s -m immediate; rm -rf \"$2\"";
        let mut warden = as_user("sh");
        warden
            .args(["-c", script, "sh"])
            .arg(program("pg_ctl"))
            .arg(&folder);
        let warden = warden
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        let server = Self { folder, warden };
        server.start();
        server
    }

    /// A server that has the tables and whose people have their roles.
    pub(crate) fn prepared() -> Self {
        Self::empty().prepare()
    }

    /// Makes the tables and gives roles.
    pub(crate) fn prepare(self) -> Self {
        let keeper = self.address("keeper");
        assert!(run(PostgresLedger::prepare(&keeper)).unwrap());
        self.sql(
            "keeper",
            "GRANT sekisho_writer TO ci; GRANT sekisho_reader TO auditor; GRANT sekisho_redactor TO counsel",
        )
        .unwrap();
        self
    }

    /// How `user` reaches the database.
    pub(crate) fn url(&self, user: &str) -> String {
        let secret = if ["postgres", "keeper"].contains(&user) {
            String::new()
        } else {
            format!(":{PASSWORD}")
        };
        format!(
            "postgres://{user}{secret}@localhost/logs?host={}",
            self.folder.display()
        )
    }

    pub(crate) fn address(&self, user: &str) -> PostgresAddress {
        PostgresAddress::read(&self.url(user)).unwrap()
    }

    /// The folder of the socket.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A log, opened as `user`.
    pub(crate) fn log(&self, user: &str, origin: &str) -> PostgresLedger {
        run(PostgresLedger::open(self.address(user), origin)).unwrap()
    }

    /// A connection past the store.
    pub(crate) async fn connection(&self, user: &str) -> PgConnection {
        connected(&self.url(user)).await
    }

    /// Runs SQL as `user`, past the store.
    pub(crate) fn sql(&self, user: &str, sql: &str) -> Result<(), String> {
        self.sql_at(&self.url(user), sql)
    }

    /// Runs SQL in another database of this server.
    pub(crate) fn sql_at(&self, url: &str, sql: &str) -> Result<(), String> {
        run(async {
            let mut connection = connected(url).await;
            let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
                .execute(&mut connection)
                .await;
            done.map(drop).map_err(|error| error.to_string())
        })
    }

    pub(crate) fn start(&self) {
        let log = self.folder.join("server.log");
        self.control(&["start", "-w", "-s", "-l", &log.display().to_string()]);
    }

    /// Ends it as a crash would.
    pub(crate) fn crash(&self) {
        self.control(&["stop", "-s", "-m", "immediate"]);
    }

    fn control(&self, arguments: &[&str]) {
        let mut command = as_user(program("pg_ctl"));
        command.arg("-D").arg(self.folder.join("data")).args(arguments);
        done(&mut command);
    }
}

async fn connected(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().unwrap();
    options.connect().await.unwrap()
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.warden.stdin.take());
        let _ = self.warden.wait();
    }
}

/// A data folder that `initdb` made, with people and an empty database; made once.
fn template() -> PathBuf {
    let room = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(room).unwrap();
    let lock = File::create(room.join("postgres.lock")).unwrap();
    lock.lock().unwrap();
    let asked = Command::new(program("postgres"))
        .arg("--version")
        .output()
        .unwrap();
    let version: String = String::from_utf8_lossy(&asked.stdout)
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                '-'
            }
        })
        .collect();
    let template = room.join(format!("{}-1", version.trim_matches('-')));
    if !template.exists() {
        let folder = place();
        let data = folder.join("data");
        let mut init = as_user(program("initdb"));
        init.args([
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "-A",
            "trust",
            "--no-sync",
            "-D",
        ]);
        done(init.arg(&data).arg("--wal-segsize=1"));
        single(&data, PEOPLE);
        fs::write(data.join("pg_hba.conf"), ACCESS).unwrap();
        let half = template.with_extension("half");
        let _ = fs::remove_dir_all(&half);
        done(Command::new("cp").arg("-R").arg(&data).arg(&half));
        fs::rename(&half, &template).unwrap();
        fs::remove_dir_all(&folder).unwrap();
    }
    template
}

/// Runs lines of SQL in a data folder that no server runs in.
fn single(data: &Path, lines: &str) {
    let mut command = as_user(program("postgres"));
    command.args(["--single", "-F", "-D"]).arg(data).arg("postgres");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

/// An empty folder that the server's user owns, with a name that is short enough for a socket.
fn place() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap().keep();
    if let Some((uid, gid)) = other_user() {
        chown(&folder, Some(uid), Some(gid)).unwrap();
    }
    folder
}

/// PostgreSQL does not run as root: then its own user does, or nobody.
fn other_user() -> Option<(u32, u32)> {
    let own = File::open("/proc/self").and_then(|file| file.metadata());
    let own = own
        .or_else(|_| tempfile::tempfile().and_then(|file| file.metadata()))
        .unwrap();
    if std::os::unix::fs::MetadataExt::uid(&own) != 0 {
        return None;
    }
    let mut text = String::new();
    File::open("/etc/passwd")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    let of = |name: &str| {
        let line = text.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    Some(
        of("postgres")
            .or_else(|| of("nobody"))
            .unwrap_or((65_534, 65_534)),
    )
}

fn as_user(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    // Whatever the person who runs the tests has set for PostgreSQL is not for these servers.
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LC_ALL", "C")
        .current_dir("/");
    if let Some((uid, gid)) = other_user() {
        command.uid(uid).gid(gid);
    }
    command
}

/// One of PostgreSQL's programs: on the path, or where distributions put it.
fn program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    let found = folders
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|file| file.exists());
    found.unwrap_or_else(|| panic!("{name} was not found. Please install PostgreSQL (Debian: apt-get install postgresql), or run scripts/test, which does"))
}

#[track_caller]
fn done(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
