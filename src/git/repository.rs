//! One repository, opened.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use git2::{Commit, Config, ConfigLevel, Error, ErrorCode, ObjectType, Oid};

use super::kept::Kept;
use super::node::Node;
use super::{Login, bring, committers, fault, fetch, files, patch, range, side_by_side, sound};
use crate::change::Message;
use crate::ports::{Between, GitIdentity, Patch, Range, Repository, RepositoryError};

/// A repository on this machine: with a work tree, a linked one, or bare.
pub struct GitRepository {
    git: git2::Repository,
    kept: RefCell<Kept>,
    promisor: OnceCell<Option<String>>,
    login: Option<Login>,
}

impl fmt::Debug for GitRepository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GitRepository").field(&self.git.path()).finish()
    }
}

impl GitRepository {
    /// Opens the repository whose work tree or git directory `path` is.
    ///
    /// # Errors
    /// [`RepositoryError::NoRepository`]; [`RepositoryError::Unsupported`] for another owner and
    /// for formats that libgit2 does not read.
    pub fn open(path: &Path) -> Result<Self, RepositoryError> {
        sound::take_over();
        let git = git2::Repository::open(path).map_err(|error| fault::opening(path, &error))?;
        let repository = Self {
            git,
            kept: RefCell::default(),
            promisor: OnceCell::new(),
            login: None,
        };
        let grafts = repository.git.commondir().join("info").join("grafts");
        if grafts.metadata().is_ok_and(|file| file.len() > 0) {
            return Err(RepositoryError::Unsupported(Message::new("error-git-grafts")));
        }
        Ok(repository)
    }

    /// Opens the repository that `path` lies in.
    ///
    /// # Errors
    /// Those of [`Self::open`].
    pub fn discover(path: &Path) -> Result<Self, RepositoryError> {
        let none: [&Path; 0] = [];
        let place =
            git2::Repository::discover_path(path, none).map_err(|error| fault::opening(path, &error))?;
        Self::open(&place)
    }

    /// How git logs in where the forge is.
    pub(super) const fn login(&self) -> Option<&Login> {
        self.login.as_ref()
    }

    /// Logs in with `login` when commits and the log's branch are fetched.
    pub fn log_in(&mut self, login: Login) {
        self.login = Some(login);
    }

    /// The git directory; that of the work tree in a linked one.
    pub fn git_dir(&self) -> PathBuf {
        self.git.path().to_owned()
    }

    /// The git directory that all work trees share.
    pub fn common_dir(&self) -> PathBuf {
        self.git.commondir().to_owned()
    }

    /// The work tree; `None` in a bare repository.
    pub fn work_tree(&self) -> Option<PathBuf> {
        self.git.workdir().map(Path::to_owned)
    }

    /// The setting `name` (`section.key`) of this repository's own configuration; what the user
    /// or the machine sets does not count.
    ///
    /// # Errors
    /// [`RepositoryError::Broken`] when the configuration cannot be read.
    pub fn local_setting(&self, name: &str) -> Result<Option<String>, RepositoryError> {
        let config = self.git.config().map_err(fault::broken)?;
        match config.open_level(ConfigLevel::Local) {
            Ok(local) => setting(&local, name),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(fault::broken(error)),
        }
    }

    pub(super) fn git(&self) -> &git2::Repository {
        &self.git
    }

    /// What was read lately.
    pub(super) const fn kept(&self) -> &RefCell<Kept> {
        &self.kept
    }

    /// Shallow histories end early and libgit2 shows their last commits as roots.
    fn whole_history(&self) -> Result<(), RepositoryError> {
        if self.git.is_shallow() {
            Err(RepositoryError::Shallow)
        } else {
            Ok(())
        }
    }

    /// The commit with these 40 hex digits.
    fn commit(&self, id: &str) -> Result<(Oid, Arc<Node>), RepositoryError> {
        let unknown = || match self.git.is_shallow() {
            true => RepositoryError::Shallow,
            false => RepositoryError::NotFound(id.to_owned()),
        };
        if id.len() != 40 || !id.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(RepositoryError::NotFound(id.to_owned()));
        }
        let oid = Oid::from_str(id).map_err(|_| unknown())?;
        if let Some(known) = self.kept.borrow().nodes.get(oid) {
            return Ok((oid, known));
        }
        let odb = self.git.odb().map_err(fault::broken)?;
        match odb.read_header(oid) {
            Ok((_, ObjectType::Commit)) => Ok((oid, self.node(oid)?)),
            Ok(_) => Err(unknown()),
            Err(error) if error.code() == ErrorCode::NotFound => Err(unknown()),
            Err(error) => Err(self.object_fault(oid, &error)),
        }
    }

    /// Its tree.
    fn tree_of(&self, id: &str) -> Result<Oid, RepositoryError> {
        self.commit(id).map(|(_, node)| node.tree)
    }

    /// A commit that another object names: it has to be there.
    pub(super) fn inner_commit(&self, oid: Oid) -> Result<Commit<'_>, RepositoryError> {
        self.object(oid, ObjectType::Commit, |_| ())?;
        self.git
            .find_commit(oid)
            .map_err(|error| self.object_fault(oid, &error))
    }

    pub(super) fn blob(&self, oid: Oid) -> Result<Vec<u8>, RepositoryError> {
        self.object(oid, ObjectType::Blob, <[u8]>::to_vec)
    }

    /// What `take` takes of the bytes of an object that is what its id says.
    pub(super) fn object<T>(
        &self,
        oid: Oid,
        kind: ObjectType,
        take: impl Fn(&[u8]) -> T,
    ) -> Result<T, RepositoryError> {
        let odb = self.git.odb().map_err(fault::broken)?;
        let object = self.there(oid, || odb.read(oid))?;
        // Another kind under this id is no damage of it, but it is not what was named either.
        sound::check(oid, kind, object.data())?;
        Ok(take(object.data()))
    }

    /// The size of a blob in bytes, without unpacking it.
    pub(super) fn blob_size(&self, oid: Oid) -> Result<usize, RepositoryError> {
        let odb = self.git.odb().map_err(fault::broken)?;
        let (size, _) = self.there(oid, || odb.read_header(oid))?;
        Ok(size)
    }

    /// What `read` reads of the object `oid`, fetched first where a partial clone left it out.
    fn there<T>(&self, oid: Oid, read: impl Fn() -> Result<T, Error>) -> Result<T, RepositoryError> {
        match read() {
            Err(error) if error.code() == ErrorCode::NotFound => {
                self.fetch_missing(&[oid])?;
                read()
            }
            answer => answer,
        }
        .map_err(|error| self.object_fault(oid, &error))
    }

    /// Fetches those of `oids` that a partial clone left out, in one request.
    ///
    /// # Errors
    /// [`RepositoryError::Unsupported`] when they cannot be had.
    pub(super) fn fetch_missing(&self, oids: &[Oid]) -> Result<(), RepositoryError> {
        let Some(remote) = self.promisor.get_or_init(|| self.find_promisor()) else {
            return Ok(());
        };
        let odb = self.git.odb().map_err(fault::broken)?;
        let missing: Vec<Oid> = oids.iter().copied().filter(|oid| !odb.exists(*oid)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        fetch::objects(self.git.path(), remote, &missing)?;
        odb.refresh().map_err(fault::broken)
    }

    /// The best common ancestor.
    pub(super) fn common(&self, one: Oid, other: Oid) -> Result<Option<Oid>, RepositoryError> {
        match self.git.merge_base(one, other) {
            Ok(oid) => Ok(Some(oid)),
            Err(error) if error.code() == ErrorCode::NotFound && error.class() != git2::ErrorClass::Odb => {
                Ok(None)
            }
            Err(error) => Err(self.object_fault(one, &error)),
        }
    }

    pub(super) fn object_fault(&self, oid: Oid, error: &Error) -> RepositoryError {
        fault::object(oid, error)
    }

    /// The remote that a partial clone gets from what it left out.
    fn find_promisor(&self) -> Option<String> {
        let config = self.git.config().ok()?;
        if let Ok(Some(named)) = setting(&config, "extensions.partialclone") {
            return Some(named);
        }
        let mut entries = config.entries(Some(r"^remote\..*\.promisor$")).ok()?;
        let entry = entries.next()?.ok()?;
        let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
        let name = name.strip_prefix("remote.")?.strip_suffix(".promisor")?;
        Some(name.to_owned())
    }

    /// Whether `name` is both a branch's and a tag's: git takes the tag, people mean the branch.
    fn of_branch_and_tag(&self, name: &str) -> bool {
        ["refs/heads/", "refs/tags/"]
            .iter()
            .all(|folder| self.git.find_reference(&format!("{folder}{name}")).is_ok())
    }

    fn unborn_head(&self) -> Option<String> {
        let head = self.git.find_reference("HEAD").ok()?;
        let target = head.symbolic_target().ok()??;
        let born = self.git.find_reference(target).is_ok();
        (!born).then(|| target.strip_prefix("refs/heads/").unwrap_or(target).to_owned())
    }

    /// The branch that the symbolic reference `name` points to, without `prefix`.
    fn pointed_to(&self, name: &str, prefix: &str) -> Option<String> {
        let reference = self.git.find_reference(name).ok()?;
        let target = reference.symbolic_target().ok()??;
        target.strip_prefix(prefix).map(str::to_owned)
    }
}

/// One setting; `None` when it is not set.
fn setting(config: &Config, name: &str) -> Result<Option<String>, RepositoryError> {
    match config.get_entry(name) {
        Ok(entry) if entry.has_value() => Ok(Some(String::from_utf8_lossy(entry.value_bytes()).into_owned())),
        Ok(_) => Ok(None),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(fault::broken(error)),
    }
}

impl Repository for GitRepository {
    fn resolve(&self, revision: &str) -> Result<String, RepositoryError> {
        let unknown = || RepositoryError::NotFound(revision.to_owned());
        if revision.is_empty() || revision.contains('\0') {
            return Err(unknown());
        }
        if self.of_branch_and_tag(revision) {
            return Err(RepositoryError::Unsupported(
                Message::new("error-git-two-names").with("name", revision),
            ));
        }
        let commit = self
            .git
            .revparse_single(revision)
            .and_then(|object| object.peel_to_commit());
        match commit {
            Ok(commit) => Ok(commit.id().to_string()),
            Err(error) => Err(match error.code() {
                ErrorCode::UnbornBranch | ErrorCode::NotFound
                    if revision == "HEAD" && self.unborn_head().is_some() =>
                {
                    let branch = self.unborn_head().unwrap_or_default();
                    RepositoryError::Unsupported(Message::new("error-git-unborn").with("branch", branch))
                }
                ErrorCode::NotFound if self.git.is_shallow() => RepositoryError::Shallow,
                ErrorCode::NotFound | ErrorCode::InvalidSpec | ErrorCode::Ambiguous | ErrorCode::Peel => {
                    unknown()
                }
                _ => fault::broken(error),
            }),
        }
    }

    fn range(&self, base: &str, head: &str, seen: &mut dyn FnMut(u64)) -> Result<Range, RepositoryError> {
        self.whole_history()?;
        let (base, head) = (self.commit(base)?.0, self.commit(head)?.0);
        range::between(self, base, head, seen)
    }

    fn bring(&self, commits: &[String], references: &[String]) -> Result<BTreeSet<String>, RepositoryError> {
        bring::commits(self, commits, references, self.login.as_ref())
    }

    fn patches(&self, wanted: &[Between<'_>]) -> Result<Vec<Patch>, RepositoryError> {
        side_by_side::each(self, wanted, &mut |_| {}, |repo, between| {
            let from = between.from.map(|from| repo.tree_of(from)).transpose()?;
            patch::between(repo, from, repo.tree_of(between.to)?, between.without)
        })
    }

    fn read(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, RepositoryError> {
        files::read(self, self.tree_of(commit)?, path)
    }

    fn is_link(&self, commit: &str, path: &str) -> Result<bool, RepositoryError> {
        files::is_link(self, self.tree_of(commit)?, path)
    }

    fn list(&self, commit: &str, folder: &str) -> Result<Vec<String>, RepositoryError> {
        files::list(self, self.tree_of(commit)?, folder)
    }

    fn merge_base(&self, one: &str, other: &str) -> Result<Option<String>, RepositoryError> {
        self.whole_history()?;
        let (one, other) = (self.commit(one)?.0, self.commit(other)?.0);
        Ok(self.common(one, other)?.map(|oid| oid.to_string()))
    }

    fn default_branch(&self) -> Result<String, RepositoryError> {
        if let Some(branch) = self.pointed_to("refs/remotes/origin/HEAD", "refs/remotes/origin/") {
            return Ok(branch);
        }
        for branch in ["main", "master"] {
            for folder in ["refs/heads/", "refs/remotes/origin/"] {
                match self.git.find_reference(&format!("{folder}{branch}")) {
                    Ok(_) => return Ok(branch.to_owned()),
                    Err(error) if error.code() == ErrorCode::NotFound => {}
                    Err(error) => return Err(fault::broken(error)),
                }
            }
        }
        self.pointed_to("HEAD", "refs/heads/").ok_or_else(|| {
            RepositoryError::NotFound("a default branch (origin/HEAD, main, master)".to_owned())
        })
    }

    fn identity(&self) -> Result<GitIdentity, RepositoryError> {
        let config = self.git.config().map_err(fault::broken)?;
        let ssh = setting(&config, "gpg.format")?.as_deref() == Some("ssh");
        Ok(GitIdentity {
            name: setting(&config, "user.name")?,
            email: setting(&config, "user.email")?,
            signing_key: if ssh {
                setting(&config, "user.signingkey")?
            } else {
                None
            },
        })
    }

    fn committers(&self) -> Result<Vec<(String, String)>, RepositoryError> {
        self.whole_history()?;
        if self.unborn_head().is_some() {
            return Ok(Vec::new());
        }
        let head = self
            .git
            .head()
            .and_then(|head| head.peel_to_commit())
            .map_err(fault::broken)?;
        committers::of(self, head.id())
    }
}
