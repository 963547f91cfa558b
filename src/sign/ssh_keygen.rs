//! Signs with `ssh-keygen -Y sign`: agent, passphrase and security key all work as for git.
//!
//! The key never enters this process.
#![allow(
    clippy::disallowed_methods,
    reason = "the one place of the library that starts a process"
)]

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::ports::{SignError, Signer};

/// Signs with one key, named by its private or, with an agent, its public file.
#[derive(Debug, Clone)]
pub struct SshKeygen {
    program: PathBuf,
    key_file: PathBuf,
    public_key: String,
}

/// The public key (type and base64, no comment) of a key file: of the `.pub` file beside it,
/// of itself where it is one, else what `ssh-keygen -y` makes of the private key.
///
/// # Errors
/// [`SignError`] when no public key can be had.
pub fn public_key_of(program: &Path, key_file: &Path) -> Result<String, SignError> {
    let mut beside = key_file.as_os_str().to_owned();
    beside.push(".pub");
    for file in [key_file, Path::new(&beside)] {
        if let Ok(text) = std::fs::read_to_string(file)
            && let Some(key) = key_of_line(&text)
        {
            return Ok(key);
        }
    }
    let printed = run(Command::new(program)
        .arg("-y")
        .arg("-f")
        .arg(key_file)
        .stdin(Stdio::null()))?;
    let text = String::from_utf8_lossy(&printed.stdout).into_owned();
    key_of_line(&text).ok_or(SignError::Refused(text))
}

/// Type and base64 of a line that is a public key.
fn key_of_line(text: &str) -> Option<String> {
    let mut words = text.split_ascii_whitespace();
    let key = format!("{} {}", words.next()?, words.next()?);
    ssh_key::PublicKey::from_openssh(&key).ok().map(|_| key)
}

impl SshKeygen {
    /// The signer for `key_file`, with `program` as `ssh-keygen`.
    ///
    /// # Errors
    /// [`SignError`] when its public key cannot be had.
    pub fn new(program: impl Into<PathBuf>, key_file: impl Into<PathBuf>) -> Result<Self, SignError> {
        let (program, key_file) = (program.into(), key_file.into());
        let public_key = public_key_of(&program, &key_file)?;
        Ok(Self {
            program,
            key_file,
            public_key,
        })
    }
}

impl Signer for SshKeygen {
    fn public_key(&self) -> &str {
        &self.public_key
    }

    fn sign(&self, namespace: &str, bytes: &[u8]) -> Result<Vec<u8>, SignError> {
        let failed = |error: std::io::Error| SignError::Refused(error.to_string());
        // Through a file, not standard input: a passphrase prompt may need the terminal.
        let folder = tempfile::tempdir().map_err(failed)?;
        let message = folder.path().join("statement");
        std::fs::File::create(&message)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(failed)?;
        let mut command = Command::new(&self.program);
        command
            .args(["-Y", "sign", "-n", namespace, "-f"])
            .arg(&self.key_file)
            .arg(&message);
        run(&mut command)?;
        std::fs::read(folder.path().join("statement.sig")).map_err(failed)
    }
}

fn run(command: &mut Command) -> Result<Output, SignError> {
    let output = command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => SignError::NoProgram,
        _ => SignError::Refused(error.to_string()),
    })?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(SignError::Refused(said.trim().to_owned()))
}
