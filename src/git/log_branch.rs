//! The branch `sekisho-log` of a remote, in a bare repository of its own: neither the user's
//! references nor the work tree, and no depth of the user's clone, have to do with it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

use git2::{Commit, ErrorCode, Oid, Signature, Time, Tree};

use super::remote::Remote;
use super::{GitRepository, answer};
use crate::ports::{LogBranch, LogCommit, LogFile, Offer, StoreError};

/// The branch.
const BRANCH: &str = "refs/heads/sekisho-log";
/// What keeps the fetched commits.
const KEPT: &str = "refs/sekisho/log";
/// Who makes the commits. They are transport: who said what is in the records.
const MAKER: (&str, &str) = ("sekisho", "sekisho@localhost");

/// The branch `sekisho-log` of one remote.
pub struct GitLogBranch {
    remote: Remote,
    copy: Mutex<Option<git2::Repository>>,
    fetches: AtomicU64,
}

impl fmt::Debug for GitLogBranch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GitLogBranch").field(&self.remote.name).finish()
    }
}

impl GitRepository {
    /// The log's branch of the remote `remote`, with the copy of its commits in `folder`.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when there is no such remote, or no git.
    pub fn log_branch(&self, remote: &str, folder: &Path) -> Result<GitLogBranch, StoreError> {
        let login = self.login().filter(|login| login.for_the_log);
        Ok(GitLogBranch {
            remote: Remote::of(&self.git_dir(), remote, folder.join("log.git"), login)?,
            copy: Mutex::new(None),
            fetches: AtomicU64::new(0),
        })
    }
}

/// The copy, opened.
struct Copy<'a>(MutexGuard<'a, Option<git2::Repository>>);

impl Copy<'_> {
    fn git(&self) -> Result<&git2::Repository, StoreError> {
        self.0
            .as_ref()
            .ok_or_else(|| StoreError::Unreachable("it is not open".to_owned()))
    }

    fn found(&self, commit: &str) -> Result<Commit<'_>, StoreError> {
        let git = self.git()?;
        let oid = Oid::from_str(commit).map_err(broken)?;
        git.find_commit(oid).map_err(broken)
    }
}

/// An error of the copy: it holds nothing that the remote does not have.
fn broken(error: git2::Error) -> StoreError {
    match by_words(error.message().to_owned()) {
        StoreError::Unreachable(words) if words.contains("Permission denied") => StoreError::ReadOnly(words),
        StoreError::Unreachable(words) => StoreError::Unreachable(format!(
            "the copy of the log's branch is damaged and can be deleted: {words}"
        )),
        other => other,
    }
}

/// Git and libgit2 keep of the system's errors the words only.
fn by_words(words: String) -> StoreError {
    if words.contains("No space left on device") || words.contains("Disk quota exceeded") {
        StoreError::NoRoom(words)
    } else if words.contains("Read-only file system") {
        StoreError::ReadOnly(words)
    } else {
        StoreError::Unreachable(words)
    }
}

impl GitLogBranch {
    fn copy(&self) -> Result<Copy<'_>, StoreError> {
        let poisoned = |_| StoreError::Unreachable("it is not open".to_owned());
        let mut copy = self.copy.lock().map_err(poisoned)?;
        if copy.is_none() {
            let mut options = git2::RepositoryInitOptions::new();
            options.bare(true).external_template(false).mkpath(true);
            let made = git2::Repository::init_opts(&self.remote.copy, &options);
            *copy = Some(made.map_err(|error| {
                let place = self.remote.copy.display();
                match broken(error) {
                    StoreError::Unreachable(words) => StoreError::Unreachable(format!("{place}: {words}")),
                    other => other,
                }
            })?);
        }
        Ok(Copy(copy))
    }

    /// Where one fetch puts the branch: never twice the same, so that what a fetch that was killed
    /// left locked is in nobody's way.
    fn incoming(&self) -> String {
        let nth = self.fetches.fetch_add(1, Ordering::Relaxed);
        format!("refs/sekisho/incoming/{}-{nth}", std::process::id())
    }

    /// Keeps `tip`, and what is not kept any more goes.
    fn keep(&self, tip: Oid) -> Result<(), StoreError> {
        let copy = self.copy()?;
        let git = copy.git()?;
        let kept = |git: &git2::Repository| git.reference(KEPT, tip, true, "").map(|_| ());
        if let Err(error) = kept(git) {
            if error.code() != ErrorCode::Locked {
                return Err(broken(error));
            }
            // Whoever holds the log is the only one to write here: the lock is of a process that is gone.
            let _ = std::fs::remove_file(self.remote.copy.join(format!("{KEPT}.lock")));
            kept(git).map_err(broken)?;
        }
        for reference in git
            .references_glob("refs/sekisho/incoming/*")
            .map_err(broken)?
            .flatten()
        {
            let mut reference = reference;
            // One that cannot be deleted now is deleted next time.
            let _ = reference.delete();
        }
        Ok(())
    }

    fn signature(time: i64) -> Result<Signature<'static>, StoreError> {
        Signature::new(MAKER.0, MAKER.1, &Time::new(time, 0)).map_err(broken)
    }
}

/// The only commit before; `None` for a first one.
fn parent(commit: &Commit<'_>) -> Result<Option<Oid>, StoreError> {
    match commit.parent_count() {
        0 => Ok(None),
        1 => commit.parent_id(0).map(Some).map_err(broken),
        _ => Err(StoreError::Damaged(format!(
            "commit {} of the branch sekisho-log joins two lines; a log has one",
            commit.id()
        ))),
    }
}

/// A tree of these files.
fn tree_of<'a>(
    git: &'a git2::Repository,
    base: Option<&Tree<'_>>,
    files: &[(&str, Option<&[u8]>)],
) -> Result<Tree<'a>, git2::Error> {
    let mut builder = git.treebuilder(base)?;
    for (name, bytes) in files {
        match bytes {
            Some(bytes) => {
                builder.insert(name, git.blob(bytes)?, 0o100_644)?;
            }
            None if builder.get(name)?.is_some() => builder.remove(name)?,
            None => {}
        }
    }
    git.find_tree(builder.write()?)
}

impl LogBranch for GitLogBranch {
    fn name(&self) -> String {
        format!("{}/sekisho-log", self.remote.name)
    }

    fn fetch(&self) -> Result<Option<String>, StoreError> {
        drop(self.copy()?);
        let incoming = self.incoming();
        let refspec = format!("+{BRANCH}:{incoming}");
        let done = self.remote.run(&[
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
            "--recurse-submodules=no",
            "--upload-pack=git-upload-pack",
            "--refmap=",
            "--end-of-options",
            &self.remote.name,
            &refspec,
        ])?;
        if !done.status.success() {
            if answer::no_branch(&done.stderr, BRANCH) {
                return Ok(None);
            }
            // Git does not always say why it could not write.
            self.remote.has_room()?;
            let words = format!("{}: {}", self.name(), answer::words(&done.stderr));
            return Err(by_words(words));
        }
        let copy = self.copy()?;
        let tip = copy.git()?.refname_to_id(&incoming).map_err(broken)?;
        drop(copy);
        self.keep(tip)?;
        Ok(Some(tip.to_string()))
    }

    fn commits(&self, since: Option<&str>, tip: &str) -> Result<Option<Vec<String>>, StoreError> {
        let copy = self.copy()?;
        let since = since.map(Oid::from_str).transpose().map_err(broken)?;
        let mut line = Vec::new();
        let mut next = Some(copy.found(tip)?.id());
        while next != since {
            let Some(oid) = next else {
                return Ok(None);
            };
            next = parent(&copy.git()?.find_commit(oid).map_err(broken)?)?;
            line.push(oid.to_string());
        }
        line.reverse();
        Ok(Some(line))
    }

    fn file_id(&self, commit: &str, name: &str) -> Result<Option<String>, StoreError> {
        let copy = self.copy()?;
        let tree = copy.found(commit)?.tree().map_err(broken)?;
        Ok(tree.get_name(name).map(|entry| entry.id().to_string()))
    }

    fn file(&self, commit: &str, name: &str, most: usize) -> Result<LogFile, StoreError> {
        let copy = self.copy()?;
        let git = copy.git()?;
        let tree = copy.found(commit)?.tree().map_err(broken)?;
        let Some(entry) = tree.get_name(name) else {
            return Ok(LogFile::Absent);
        };
        if entry.kind() != Some(git2::ObjectType::Blob) {
            return Ok(LogFile::Absent);
        }
        let odb = git.odb().map_err(broken)?;
        // The length first: what is too long is not unpacked.
        let (size, _) = odb.read_header(entry.id()).map_err(broken)?;
        if size > most {
            return Ok(LogFile::TooLong);
        }
        let object = odb.read(entry.id()).map_err(broken)?;
        Ok(LogFile::Bytes(object.data().to_vec()))
    }

    fn message(&self, commit: &str) -> Result<String, StoreError> {
        let copy = self.copy()?;
        Ok(String::from_utf8_lossy(copy.found(commit)?.message_bytes()).into_owned())
    }

    fn commit(&self, commit: &LogCommit) -> Result<String, StoreError> {
        let copy = self.copy()?;
        let git = copy.git()?;
        let parent = commit.parent.as_deref().map(|id| copy.found(id)).transpose()?;
        let files: Vec<(&str, Option<&[u8]>)> = commit
            .files
            .iter()
            .map(|(name, bytes)| (*name, Some(bytes.as_slice())))
            .collect();
        let tree = tree_of(git, None, &files).map_err(broken)?;
        let maker = Self::signature(commit.time)?;
        let parents: Vec<&Commit<'_>> = parent.iter().collect();
        let made = git.commit(None, &maker, &maker, &commit.message, &tree, &parents);
        made.map(|oid| oid.to_string()).map_err(broken)
    }

    fn replay(
        &self,
        commit: &str,
        parent: Option<&str>,
        (name, bytes): (&'static str, Option<&[u8]>),
    ) -> Result<String, StoreError> {
        let copy = self.copy()?;
        let git = copy.git()?;
        let old = copy.found(commit)?;
        let parent = parent.map(|id| copy.found(id)).transpose()?;
        let base = old.tree().map_err(broken)?;
        let tree = tree_of(git, Some(&base), &[(name, bytes)]).map_err(broken)?;
        let message = String::from_utf8_lossy(old.message_bytes()).into_owned();
        let parents: Vec<&Commit<'_>> = parent.iter().collect();
        let made = git.commit(None, &old.author(), &old.committer(), &message, &tree, &parents);
        made.map(|oid| oid.to_string()).map_err(broken)
    }

    fn offer(&self, commit: &str, expected: Option<&str>) -> Result<Offer, StoreError> {
        let lease = format!("--force-with-lease={BRANCH}:{}", expected.unwrap_or_default());
        let refspec = format!("{commit}:{BRANCH}");
        let done = self.remote.run(&[
            "push",
            "--porcelain",
            "--no-verify",
            "--no-signed",
            "--no-follow-tags",
            "--recurse-submodules=no",
            "--receive-pack=git-receive-pack",
            &lease,
            "--end-of-options",
            &self.remote.name,
            &refspec,
        ])?;
        let offer = answer::offer(&done.stdout, &done.stderr, BRANCH);
        if offer == Offer::Taken {
            // It is on the other side; what becomes of the copy changes nothing about that.
            let _ = Oid::from_str(commit)
                .map_err(broken)
                .and_then(|oid| self.keep(oid));
        }
        Ok(offer)
    }

    fn forget(&self) -> Result<(), StoreError> {
        let poisoned = |_| StoreError::Unreachable("it is not open".to_owned());
        *self.copy.lock().map_err(poisoned)? = None;
        match std::fs::remove_dir_all(&self.remote.copy) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                let place: PathBuf = self.remote.copy.clone();
                Err(StoreError::Unreachable(format!("{}: {error}", place.display())))
            }
            _ => Ok(()),
        }
    }
}
