//! A shop on the fake GitHub, where people push, review and merge.

use std::path::PathBuf;
use std::sync::MutexGuard;

use serde_json::json;

use super::http::{Server, TOKEN};
use super::state::{Commit, Habit, Pull, Review, State, User};
use crate::attacks::declared;
use crate::support::runner::Runner;
use crate::support::stage::{Done, Stage};

const CONFIG: &str = r#"version: 1
language: en
people:
  sato:    {name: Sato, email: sato@shop.example, github: sato, github_id: 1001, keys: ["{sato}"]}
  hayashi: {name: Hayashi, email: hayashi@shop.example, github: hayashi, github_id: 1002, keys: ["{hayashi}"]}
  ishii:   {name: Ishii, email: ishii@shop.example, github: ishii, github_id: 1003, keys: ["{ishii}"]}
executors: [sato]
approvers: [hayashi, ishii]
environments: {production: {}}
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: ["5xx > 1% for 5m"], decider: hayashi, duration: 5m}
calendar: {timezone: Asia/Tokyo, holidays: [2026-11-23]}
"#;

/// No commit.
const NOTHING: &str = "0000000000000000000000000000000000000000";

/// A way to merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// A merge commit.
    Merge,
    /// One commit.
    Squash,
    /// Every commit anew.
    Rebase,
}

/// The setting of git that sends the token.
fn header(address: &str) -> (String, String) {
    let header = super::smart_git::login(TOKEN);
    (
        format!("http.{address}/.extraheader"),
        format!("Authorization: {header}"),
    )
}

/// The shop with everybody around it.
pub(crate) struct World {
    pub(crate) stage: Stage,
    server: Server,
    minutes: u32,
}

impl World {
    /// A shop with a baseline, on GitHub.
    pub(crate) fn new() -> Self {
        Self::with(|config| config)
    }

    /// The same with another configuration.
    pub(crate) fn with(change: impl Fn(String) -> String) -> Self {
        Self::begun(change, false)
    }

    /// The same with the log on a branch of the repository on GitHub.
    pub(crate) fn on_a_branch() -> Self {
        Self::begun(|config| config, true)
    }

    fn begun(change: impl Fn(String) -> String, branch: bool) -> Self {
        let mut stage = Stage::new();
        let mut config = change(CONFIG.to_owned());
        for person in ["sato", "hayashi", "ishii"] {
            config = config.replace(&format!("{{{person}}}"), &stage.key(person));
        }
        stage.write("sekisho.yml", &config);
        stage.write("app.txt", "one\n");
        stage.write(
            "list.txt",
            &(1..40).map(|nth| format!("line {nth}\n")).collect::<String>(),
        );
        stage.commit("sato", "The shop");
        let world = Self::around(stage);
        let log = world.stage.log().display().to_string();
        let log = if branch { "branch" } else { log.as_str() };
        world.stage.git("sato", &["config", "sekisho.log", log]);
        let (key, header) = header(&world.server.address);
        world.stage.git("sato", &["config", &key, &header]);
        world.stage.sekisho("sato", &["baseline"]).expect(0);
        world.publish("main");
        world
    }

    /// Puts a repository on GitHub as `acme/shop`, still without a branch, with everybody's account.
    pub(crate) fn around(stage: Stage) -> Self {
        let bare = stage.path("../origin.git");
        stage.git("sato", &["init", "-q", "--bare", bare.to_str().unwrap()]);
        for setting in ["uploadpack.allowAnySHA1InWant", "http.receivepack"] {
            let place = bare.to_str().unwrap();
            stage.git("sato", &["--git-dir", place, "config", setting, "true"]);
        }
        let server = Server::start(bare);
        let url = format!("{}/acme/shop.git", server.address);
        stage.git("sato", &["remote", "add", "origin", &url]);
        let mut world = Self {
            stage,
            server,
            minutes: 0,
        };
        for (id, login) in [
            (1001, "sato"),
            (1002, "hayashi"),
            (1003, "ishii"),
            (1666, "mallory"),
        ] {
            world.user(id, login, "User");
        }
        world
    }

    /// What GitHub knows.
    pub(crate) fn github(&self) -> MutexGuard<'_, State> {
        self.server.state()
    }

    /// Where the server is.
    pub(crate) fn address(&self) -> &str {
        &self.server.address
    }

    /// From now on GitHub has this habit.
    pub(crate) fn habit(&self, habit: Habit) {
        self.github().habits.insert(habit);
    }

    /// Adds an account.
    pub(crate) fn user(&mut self, id: u64, login: &str, kind: &'static str) {
        let user = User {
            id,
            login: login.to_owned(),
            kind,
            can_push: true,
        };
        self.github().users.insert(login.to_owned(), user);
    }

    /// One minute passes; the time as GitHub writes it.
    pub(crate) fn tick(&mut self) -> String {
        self.minutes += 1;
        let now = format!(
            "2026-12-01T{:02}:{:02}:00Z",
            1 + self.minutes / 60,
            self.minutes % 60
        );
        self.stage.at(&now);
        now
    }

    fn bare(&self) -> PathBuf {
        self.stage.path("../origin.git")
    }

    fn publish(&self, name: &str) {
        let bare = self.bare();
        self.stage.git(
            "sato",
            &[
                "push",
                "-q",
                bare.to_str().unwrap(),
                &format!("+{name}:refs/heads/{name}"),
            ],
        );
    }

    pub(crate) fn commit_of(&self, revision: &str) -> String {
        self.stage.git("sato", &["rev-parse", revision]).trim().to_owned()
    }

    /// Begins `branch` on the main line and declares a change to `file`; its number.
    pub(crate) fn work(&mut self, branch: &str, file: &str, title: &str) -> String {
        self.tick();
        self.stage.git("sato", &["checkout", "-q", "-b", branch, "main"]);
        declared(&self.stage, file, title)
    }

    /// Commits `text` as `file` on the branch that is checked out.
    pub(crate) fn edit(&mut self, by: &str, file: &str, text: &str) -> String {
        self.tick();
        self.stage.write(file, text);
        self.stage.commit(by, &format!("Work on {file}"))
    }

    /// Pushes a branch, by force if need be, and opens its pull request when there is none.
    pub(crate) fn push(&mut self, by: &str, branch: &str, number: u64) {
        let at = self.tick();
        let head = self.commit_of(branch);
        let reference = format!("refs/heads/{branch}");
        self.publish(branch);
        let bare = self.bare();
        let pull_ref = format!("+{branch}:refs/pull/{number}/head");
        self.stage
            .git(by, &["push", "-q", bare.to_str().unwrap(), &pull_ref]);
        let commits = self.commits(branch);
        let mut state = self.github();
        let actor = state.users.get(by).map(User::rest);
        let rows = state.pushes.entry(reference.clone()).or_default();
        let before = rows
            .first()
            .and_then(|row| row["after"].as_str())
            .unwrap_or(NOTHING)
            .to_owned();
        let kind = if before == NOTHING {
            "branch_creation"
        } else {
            "push"
        };
        let row = json!({"before": before, "after": head, "ref": reference, "timestamp": at, "activity_type": kind, "actor": actor});
        rows.insert(0, row);
        let pull = state.pulls.entry(number).or_insert_with(|| Pull {
            number,
            branch: branch.to_owned(),
            base: "main".to_owned(),
            author: by.to_owned(),
            ..Pull::default()
        });
        pull.head = head;
        pull.commits = commits;
    }

    /// The commits of a branch that the main line does not have.
    fn commits(&self, branch: &str) -> Vec<Commit> {
        let range = format!("main..{branch}");
        let format = "--format=%H%x00%ae%x00%ce%x00%B%x01";
        let printed = self.stage.git("sato", &["log", "--reverse", format, &range]);
        let entries = printed
            .split('\u{1}')
            .map(str::trim)
            .filter(|entry| !entry.is_empty());
        let read = |entry: &str| {
            let fields: Vec<&str> = entry.split('\0').collect();
            Commit {
                oid: fields[0].to_owned(),
                author: fields[1].to_owned(),
                committer: fields[2].to_owned(),
                message: fields[3].to_owned(),
            }
        };
        entries.map(read).collect()
    }

    /// Somebody reviews what the pull request shows now.
    pub(crate) fn review(&mut self, by: &str, number: u64, state: &'static str) {
        let at = self.tick();
        let mut github = self.github();
        let pull = github.pulls.get_mut(&number).unwrap();
        let review = Review {
            id: format!("R{number}-{}", pull.reviews.len()),
            by: by.to_owned(),
            state,
            at,
            commit: pull.head.clone(),
        };
        pull.reviews.push(review);
    }

    /// `actor` dismisses the last review of `by`.
    pub(crate) fn dismiss(&mut self, actor: &str, number: u64, by: &str) {
        let at = self.tick();
        let mut github = self.github();
        let who = github.users[actor].actor();
        let pull = github.pulls.get_mut(&number).unwrap();
        let review = pull.reviews.iter_mut().rfind(|review| review.by == by).unwrap();
        let event = json!({
            "__typename": "ReviewDismissedEvent",
            "createdAt": at,
            "actor": who,
            "previousReviewState": review.state,
            "review": {"id": review.id},
        });
        review.state = "DISMISSED";
        pull.events.push(event);
    }

    /// GitHub moves what the reviews name to the present head.
    pub(crate) fn reanchor(&mut self, number: u64) {
        let mut github = self.github();
        let pull = github.pulls.get_mut(&number).unwrap();
        let head = pull.head.clone();
        pull.reviews
            .iter_mut()
            .for_each(|review| review.commit.clone_from(&head));
    }

    /// Merges a pull request on GitHub's pages.
    pub(crate) fn merge(&mut self, number: u64, how: How) {
        self.tick();
        let branch = self.github().pulls[&number].branch.clone();
        let before = self.commit_of("main");
        let commits: Vec<String> = self
            .commits(&branch)
            .into_iter()
            .map(|commit| commit.oid)
            .collect();
        self.stage.git("sato", &["checkout", "-q", "main"]);
        match how {
            How::Merge => {
                let title = format!("Merge pull request #{number}");
                drop(
                    self.stage
                        .git("hayashi", &["merge", "-q", "--no-ff", "-m", &title, &branch]),
                );
            }
            How::Squash => {
                self.stage.git("sato", &["merge", "-q", "--squash", &branch]);
                drop(
                    self.stage
                        .git("sato", &["commit", "-q", "-m", &format!("Work (#{number})")]),
                );
            }
            How::Rebase => {
                for commit in &commits {
                    self.stage.git("sato", &["cherry-pick", "--allow-empty", commit]);
                }
            }
        }
        self.landed(number, &before);
    }

    /// Tells GitHub that what came after `before` on the main line is the pull request.
    pub(crate) fn landed(&mut self, number: u64, before: &str) {
        self.publish("main");
        let range = format!("{before}..main");
        let printed = self
            .stage
            .git("sato", &["rev-list", "--reverse", "--first-parent", &range]);
        let landed = printed.lines().map(str::to_owned).collect();
        let parents = self
            .stage
            .git("sato", &["rev-list", "--parents", "-1", "main"])
            .split_whitespace()
            .count()
            - 1;
        let mut github = self.github();
        let pull = github.pulls.get_mut(&number).unwrap();
        pull.landed = landed;
        pull.parents = parents as u64;
        pull.by_github = true;
    }

    /// The variables of a workflow with a token.
    fn variables(&self) -> Vec<(&'static str, String)> {
        let address = &self.server.address;
        vec![
            ("GITHUB_TOKEN", TOKEN.to_owned()),
            ("GITHUB_SERVER_URL", address.clone()),
            ("GITHUB_API_URL", format!("{address}/api/v3")),
            ("GITHUB_GRAPHQL_URL", format!("{address}/api/graphql")),
        ]
    }

    /// Sato asks the gate, with a token.
    pub(crate) fn gate(&mut self) -> Done {
        self.run("sato", &["gate"], &[])
    }

    /// Runs the program with a token and more variables.
    pub(crate) fn run(&mut self, by: &str, arguments: &[&str], more: &[(&str, &str)]) -> Done {
        self.tick();
        let variables = self.variables();
        let own = variables.iter().map(|(name, value)| (*name, value.as_str()));
        let all: Vec<(&str, &str)> = own.chain(more.iter().copied()).collect();
        let done = self.stage.sekisho_with(by, arguments, &all);
        assert!(!done.both().contains(TOKEN), "the token is shown");
        done
    }

    /// What git sends to log in, as a setting.
    pub(crate) fn header(&self) -> (String, String) {
        let header = super::smart_git::login(TOKEN);
        let key = format!("http.{}/.extraheader", self.server.address);
        (key, format!("Authorization: {header}"))
    }

    /// What `actions/checkout` leaves of `commit` in the folder `name` with the whole history and without
    /// credentials; where.
    pub(crate) fn checkout(&self, name: &str, commit: &str) -> PathBuf {
        let to = self.stage.path(&format!("../{name}"));
        let place = to.to_str().unwrap();
        let (key, value) = self.header();
        let from = format!("{}/acme/shop.git", self.server.address);
        let login = format!("{key}={value}");
        self.stage.git(
            "runner",
            &["-c", &login, "clone", "-q", "--no-checkout", &from, place],
        );
        self.stage
            .git("runner", &["-C", place, "checkout", "-q", "--detach", commit]);
        to
    }

    /// A number for the next run.
    pub(crate) fn next_run(&self) -> String {
        (1_700 + self.minutes).to_string()
    }

    /// A job that `by` started by a push of the main line: a clean machine with the workflow's token.
    pub(crate) fn clean_job(&mut self, by: &str) -> Runner<'_> {
        self.tick();
        let head = self.commit_of("main");
        let number = self.minutes;
        let workspace = self.checkout(&format!("job-{number}"), &head);
        let id = self.github().users[by].id.to_string();
        let variables = self.variables();
        let mut runner = Runner::new(&self.stage);
        for (name, value) in &variables {
            // The token comes as `github.token`, not as a variable of the job.
            if *name != "GITHUB_TOKEN" {
                runner.set(name, value);
            }
        }
        runner.set("GITHUB_ACTOR", by).set("GITHUB_ACTOR_ID", &id);
        runner.set("GITHUB_TRIGGERING_ACTOR", by).set("GITHUB_SHA", &head);
        runner.set("GITHUB_REF", "refs/heads/main");
        runner.set("GITHUB_REF_NAME", "main");
        runner.set("GITHUB_RUN_ID", &(1_700 + number).to_string());
        runner.workspace = workspace;
        runner.token = TOKEN.to_owned();
        runner
    }

    /// A clone that has the main line and nothing else, as a runner has it; where.
    pub(crate) fn runner(&self) -> String {
        let to = self.stage.path("../runner").display().to_string();
        let header = super::smart_git::login(TOKEN);
        let key = format!("http.{}/.extraheader", self.server.address);
        let login = format!("{key}=Authorization: {header}");
        let from = format!("{}/acme/shop.git", self.server.address);
        let arguments = [
            "-c",
            login.as_str(),
            "clone",
            "-q",
            "--single-branch",
            "--branch",
            "main",
            from.as_str(),
            to.as_str(),
        ];
        self.stage.git("sato", &arguments);
        self.stage.git(
            "sato",
            &[
                "-C",
                &to,
                "config",
                "sekisho.log",
                self.stage.log().to_str().unwrap(),
            ],
        );
        // Two headers of this kind would be refused.
        self.stage.git(
            "sato",
            &["-C", &to, "config", &key, &format!("Authorization: {header}")],
        );
        to
    }

    /// A clone that nobody has used, with nothing but the main line; where. It knows no password.
    pub(crate) fn fresh(&self, name: &str) -> String {
        let to = self.stage.path(&format!("../{name}")).display().to_string();
        let (key, header) = header(&self.server.address);
        let from = format!("{}/acme/shop.git", self.server.address);
        let login = format!("{key}={header}");
        let clone = ["-c", &login, "clone", "-q", "--branch", "main", &from, &to];
        self.stage.git("sato", &clone);
        self.stage
            .git("sato", &["-C", &to, "config", "sekisho.log", "branch"]);
        // A person's own git knows how to log in.
        self.stage.git("sato", &["-C", &to, "config", &key, &header]);
        to
    }

    /// Sato's gate as a step of a job of GitHub Actions; `more` variables win.
    pub(crate) fn job(&mut self, arguments: &[&str], more: &[(&str, &str)]) -> Done {
        let head = self.commit_of("HEAD");
        let run = format!("{}", 1_700 + self.minutes);
        let usual = [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_ACTOR", "sato"),
            ("GITHUB_ACTOR_ID", "1001"),
            ("GITHUB_TRIGGERING_ACTOR", "sato"),
            ("GITHUB_EVENT_NAME", "push"),
            ("GITHUB_REPOSITORY", "acme/shop"),
            ("GITHUB_REF", "refs/heads/main"),
            ("GITHUB_SHA", head.as_str()),
            ("GITHUB_RUN_ID", run.as_str()),
            ("GITHUB_RUN_ATTEMPT", "1"),
        ];
        let all: Vec<(&str, &str)> = usual.into_iter().chain(more.iter().copied()).collect();
        self.run("sato", arguments, &all)
    }

    /// The commits of the log's branch on GitHub, the oldest first.
    pub(crate) fn log_line(&self) -> Vec<String> {
        let bare = self.bare();
        let arguments = ["rev-list", "--reverse", "refs/heads/sekisho-log"];
        let printed = super::smart_git::run(&bare, &arguments).unwrap_or_default();
        printed.lines().map(str::to_owned).collect()
    }

    /// Moves a branch on GitHub, or deletes it.
    pub(crate) fn put(&self, branch: &str, commit: Option<&str>) {
        moved(&self.bare(), branch, commit);
    }

    /// The same, right before GitHub answers the next question of this name.
    pub(crate) fn put_before(&self, question: &'static str, branch: &'static str, commit: &str) {
        let (bare, commit) = (self.bare(), commit.to_owned());
        self.before(question, move |_| moved(&bare, branch, Some(&commit)));
    }

    /// Something that happens right before GitHub answers the next question of this name.
    pub(crate) fn before(&self, question: &'static str, what: impl FnOnce(&mut State) + Send + 'static) {
        self.github().before.push((question, Box::new(what)));
    }

    /// The commit that GitHub would make of a pull request, checked out as a job has it.
    pub(crate) fn proposal(&mut self, branch: &str) -> String {
        self.tick();
        self.stage.git("sato", &["checkout", "-q", "--detach", "main"]);
        let title = format!("Merge {branch} into main");
        self.stage
            .git("sato", &["merge", "-q", "--no-ff", "-m", &title, branch]);
        self.commit_of("HEAD")
    }
}

fn moved(bare: &std::path::Path, branch: &str, commit: Option<&str>) {
    let reference = format!("refs/heads/{branch}");
    let arguments = match commit {
        Some(commit) => vec!["update-ref", reference.as_str(), commit],
        None => vec!["update-ref", "-d", reference.as_str()],
    };
    super::smart_git::run(bare, &arguments).unwrap();
}
