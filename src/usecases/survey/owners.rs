//! People and machines: CODEOWNERS, and addresses that no person has.

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
