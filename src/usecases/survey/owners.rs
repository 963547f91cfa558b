//! People and machines: CODEOWNERS, and addresses that no person has.

/// A path whose owners are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedPath {
    /// What an area of it could be called.
    pub name: String,
    /// Its glob.
    pub glob: String,
    /// Logins and addresses, lower case.
    pub owners: Vec<String>,
}

/// Where GitHub looks for owners, in its order.
pub(super) const PLACES: &[&str] = &[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/// Addresses that services commit with.
const MACHINES: &[&str] = &[
    "noreply@github.com",
    "action@github.com",
    "actions@github.com",
    "support@dependabot.com",
    "bot@renovateapp.com",
];

/// Logins and addresses of the last line that names owners of everything; teams are left out,
/// since only a forge can tell who is in them.
pub(super) fn of_everything(text: &str) -> Vec<String> {
    let lines = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    let general = lines.rev().find_map(|line| {
        let mut words = line.split_whitespace();
        matches!(words.next(), Some("*" | "/" | "/**" | "**")).then(|| words.collect::<Vec<_>>())
    });
    let people = general
        .unwrap_or_default()
        .into_iter()
        .filter(|owner| !owner.contains('/'));
    people
        .map(|owner| owner.strip_prefix('@').unwrap_or(owner).to_lowercase())
        .collect()
}

/// Paths that have owners of their own: a name for the area, its glob, and the logins and addresses.
/// As at GitHub the last line counts; teams are left out.
pub(super) fn of_paths(text: &str) -> Vec<OwnedPath> {
    let mut found: Vec<OwnedPath> = Vec::new();
    for line in text.lines() {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
        let Some(glob) = words.next().and_then(glob) else {
            continue;
        };
        let owners = words.filter(|owner| !owner.contains('/'));
        let owners: Vec<String> = owners
            .map(|owner| owner.strip_prefix('@').unwrap_or(owner).to_lowercase())
            .collect();
        found.retain(|known| known.glob != glob);
        let last = glob
            .trim_end_matches("/**")
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let name: String = last
            .trim_start_matches(['*', '.'])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        if !owners.is_empty() && !name.is_empty() && found.len() < MOST {
            found.push(OwnedPath { name, glob, owners });
        }
    }
    found
}

/// A pattern of CODEOWNERS as a glob; `None` for everything, and for what a glob cannot say.
fn glob(pattern: &str) -> Option<String> {
    if matches!(pattern, "*" | "/" | "/**" | "**") || pattern.contains(['[', '!', '\\', '"']) {
        return None;
    }
    let inside = pattern.trim_start_matches('/');
    // Without a slash in it a pattern is of any folder; a folder has all that is in it.
    let anywhere = !pattern.trim_end_matches('/').contains('/');
    let is_file = inside.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let mut glob = inside.trim_end_matches('/').trim_end_matches("/**").to_owned();
    if inside.ends_with('/') || inside.ends_with("/**") || !is_file && !inside.ends_with('*') {
        glob.push_str("/**");
    }
    Some(match anywhere {
        true => format!("**/{glob}"),
        false => glob,
    })
}

/// More paths are better written by hand.
const MOST: usize = 12;

/// Whether a machine commits under this name.
pub(super) fn is_machine(name: &str, address: &str) -> bool {
    let name = name.to_lowercase();
    let address = address.to_lowercase();
    let local = address.split('@').next().unwrap_or_default();
    let login = local.split_once('+').map_or(local, |(_, login)| login);
    let named = |text: &str| {
        text == "bot"
            || text.ends_with("[bot]")
            || text.ends_with("-bot")
            || text.ends_with("_bot")
            || text.ends_with(" bot")
    };
    named(&name)
        || named(login)
        || name == "github actions"
        || name == "github-actions"
        || MACHINES.contains(&address.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_for_everything_counts_and_teams_do_not() {
        let text = "* @old\n/docs @writer\n*  @Sato-Y sato@shop.example @shop/team # all\n";
        assert_eq!(of_everything(text), ["sato-y", "sato@shop.example"]);
        assert_eq!(of_everything("docs/ @writer"), Vec::<String>::new());
    }

    #[test]
    fn paths_with_owners_become_globs() {
        let text = "* @old\n/db/ @Sato-Y # schema\n*.css @ishii @shop/team\ndocs/*.md @writer\n/pay @tanaka\n\
                    apps/ @shop/team\n/db/ @hayashi\n[ab] @x\n";
        let found: Vec<String> = of_paths(text)
            .into_iter()
            .map(|owned| format!("{} {} {}", owned.name, owned.glob, owned.owners.join(" ")))
            .collect();
        assert_eq!(
            found,
            [
                "css **/*.css ishii",
                "md docs/*.md writer",
                "pay pay/** tanaka",
                "db db/** hayashi"
            ]
        );
    }

    #[test]
    fn machines_are_told_from_people_called_like_one() {
        for (name, address) in [
            (
                "dependabot[bot]",
                "49699333+dependabot[bot]@users.noreply.github.com",
            ),
            ("GitHub", "noreply@github.com"),
            ("Release Bot", "release@shop.example"),
            ("x", "deploy-bot@shop.example"),
        ] {
            assert!(is_machine(name, address), "{name} {address}");
        }
        for (name, address) in [
            ("Abbot", "abbot@shop.example"),
            ("Bo T", "7+bo-t@users.noreply.github.com"),
            ("Robot Sato", "robot.sato@shop.example"),
        ] {
            assert!(!is_machine(name, address), "{name} {address}");
        }
    }
}
