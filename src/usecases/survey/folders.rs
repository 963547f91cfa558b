//! What the folders of a repository hold, by the names that people give them.

use std::collections::BTreeSet;

/// Proposals about paths; each is a glob.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folders {
    /// Services of a repository that holds several: name and globs.
    pub services: Vec<(String, Vec<String>)>,
    /// Where the schema of a database is changed.
    pub migrations: Vec<String>,
    /// What is surely deployed.
    pub deployed: Vec<String>,
    /// What is mostly never deployed.
    pub idle: Vec<String>,
    /// The program that deploys, as a command.
    pub deploy: Option<String>,
}

/// Folders whose folders are services.
const OF_SERVICES: &[&str] = &["apps", "services"];

/// Folders of programs and pages at the top.
const DEPLOYED: &[&str] = &[
    "app",
    "assets",
    "backend",
    "client",
    "components",
    "frontend",
    "lib",
    "pages",
    "public",
    "server",
    "src",
    "static",
    "views",
    "web",
];

/// Folders that a deploy mostly leaves out.
const IDLE_FOLDERS: &[&str] = &[
    ".vscode",
    ".idea",
    ".github/ISSUE_TEMPLATE",
    "docs",
    "spec",
    "test",
    "tests",
];

/// Programs that deploy, by their name.
const DEPLOY_PROGRAMS: &[&str] = &[
    "deploy.sh",
    "deploy",
    "bin/deploy",
    "bin/deploy.sh",
    "script/deploy",
    "scripts/deploy",
    "scripts/deploy.sh",
];

/// Files that a deploy mostly leaves out.
const IDLE_FILES: &[&str] = &[
    "LICENSE",
    "LICENSE.md",
    ".editorconfig",
    ".gitignore",
    ".gitattributes",
];

/// More of anything is better written by hand.
const MOST: usize = 12;

/// What `paths` look like.
pub(super) fn of(paths: &[String]) -> Folders {
    let tops: BTreeSet<&str> = paths
        .iter()
        .filter_map(|path| Some(path.split_once('/')?.0))
        .collect();
    let services = services(paths);
    let mut idle: Vec<String> = IDLE_FOLDERS
        .iter()
        .map(|folder| format!("{folder}/"))
        .filter(|folder| paths.iter().any(|path| path.starts_with(folder.as_str())))
        .map(|folder| format!("{folder}**"))
        .collect();
    let at_top = |path: &&String| !path.contains('/');
    if paths.iter().filter(at_top).any(|path| path.ends_with(".md")) {
        idle.push("*.md".to_owned());
    }
    let files = IDLE_FILES
        .iter()
        .filter(|file| paths.iter().any(|path| path == *file));
    idle.extend(
        files
            .filter(|file| **file != "LICENSE.md")
            .map(|file| (*file).to_owned()),
    );
    Folders {
        migrations: migrations(paths),
        deployed: DEPLOYED
            .iter()
            .filter(|folder| services.is_empty() && tops.contains(**folder))
            .map(|folder| format!("{folder}/**"))
            .collect(),
        services,
        idle,
        deploy: DEPLOY_PROGRAMS
            .iter()
            .find(|program| paths.iter().any(|path| path == *program))
            .map(|program| format!("./{program}")),
    }
}

/// Folders side by side; one alone makes no second service.
fn services(paths: &[String]) -> Vec<(String, Vec<String>)> {
    let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
    for path in paths {
        let mut parts = path.split('/');
        if let (Some(top), Some(name), Some(_)) = (parts.next(), parts.next(), parts.next())
            && OF_SERVICES.contains(&top)
            && plain(name)
        {
            found.insert((name, top));
        }
    }
    let names: BTreeSet<&str> = found.iter().map(|(name, _)| *name).collect();
    if names.len() < 2 || names.len() > MOST {
        return Vec::new();
    }
    let globs = |name: &str| {
        let own = found.iter().filter(|(own, _)| *own == name);
        own.map(|(name, top)| format!("{top}/{name}/**")).collect()
    };
    names
        .iter()
        .map(|name| ((*name).to_owned(), globs(name)))
        .collect()
}

/// Folders called `migrations` or `migrate`.
fn migrations(paths: &[String]) -> Vec<String> {
    let mut found = BTreeSet::new();
    for path in paths {
        let parts: Vec<&str> = path.split('/').collect();
        let Some(depth) = parts
            .iter()
            .position(|part| matches!(*part, "migrations" | "migrate"))
        else {
            continue;
        };
        let folder = parts.get(..=depth).unwrap_or_default();
        if depth + 1 < parts.len() && folder.iter().all(|part| plain(part)) {
            found.insert(format!("{}/**", folder.join("/")));
        }
    }
    found.into_iter().take(MOST).collect()
}

/// Whether a folder's name is safe as a name and means itself in a glob.
fn plain(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    name.chars().count() <= 64 && name.chars().all(fits) && name.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(all: &[&str]) -> Vec<String> {
        all.iter().map(|path| (*path).to_owned()).collect()
    }

    #[test]
    fn two_folders_side_by_side_are_two_services() {
        let found = of(&paths(&[
            "apps/web/a.ts",
            "services/api/main.go",
            "services/web/b",
            "README.md",
        ]));
        let expected = vec![
            ("api".to_owned(), vec!["services/api/**".to_owned()]),
            (
                "web".to_owned(),
                vec!["apps/web/**".to_owned(), "services/web/**".to_owned()],
            ),
        ];
        assert_eq!(found.services, expected);
        assert_eq!(found.idle, ["*.md"]);
        assert!(of(&paths(&["apps/web/a.ts", "src/x"])).services.is_empty());
    }

    #[test]
    fn schema_changes_are_found_wherever_they_lie() {
        let found = of(&paths(&[
            "db/migrate/1.rb",
            "shop/migrations/2.py",
            "src/migrations",
        ]));
        assert_eq!(found.migrations, ["db/migrate/**", "shop/migrations/**"]);
        assert_eq!(found.deployed, ["src/**"]);
        assert_eq!(found.deploy, None);
        let found = of(&paths(&["deploy/a.tf", "scripts/deploy", "deploy.sh.md"]));
        assert_eq!(found.deploy.as_deref(), Some("./scripts/deploy"));
    }

    #[test]
    fn folder_whose_name_is_a_glob_or_an_escape_is_not_proposed() {
        let found = of(&paths(&[
            "apps/*/a",
            "apps/\u{1b}[31m/a",
            "apps/web/a",
            "{a,b}/migrations/1",
        ]));
        assert!(found.services.is_empty() && found.migrations.is_empty());
    }
}
