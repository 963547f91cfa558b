//! Where a repository's forge answers: github.com, GHE.com, or a server of one's own.

/// The addresses of one repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The server's own address, without a slash at the end.
    pub server: String,
    /// The REST API, without a slash at the end.
    pub rest: String,
    /// Where GraphQL is posted.
    pub graphql: String,
    /// The repository's owner.
    pub owner: String,
    /// The repository's name.
    pub name: String,
    /// The branch that this run is about, where one is said.
    pub branch: Option<String>,
}

/// What the surroundings say about the server.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The server that the token is for; `None`: github.com.
    pub server: Option<String>,
    /// Its REST API.
    pub rest: Option<String>,
    /// Its GraphQL API.
    pub graphql: Option<String>,
    /// The branch that this run is about.
    pub branch: Option<String>,
}

/// The server that a token is for unless something else is said.
const PUBLIC: &str = "https://github.com";

impl Address {
    /// The addresses for the repository that `remote` is the address of; `None` when it is on
    /// another server than the token is for, or when the token would go over an open line.
    pub fn of(remote: &str, around: &Surroundings) -> Option<Self> {
        let server = around.server.as_deref().unwrap_or(PUBLIC).trim_end_matches('/');
        let (scheme, host) = server.split_once("://")?;
        let (remote_host, path) = host_and_path(remote)?;
        if !remote_host.eq_ignore_ascii_case(host) {
            return None;
        }
        let path = path.trim_end_matches('/');
        let (owner, name) = path.strip_suffix(".git").unwrap_or(path).split_once('/')?;
        if !is_name(owner) || !is_name(name) {
            return None;
        }
        let (rest, graphql) = match (host, host.ends_with(".ghe.com")) {
            ("github.com", _) => (
                "https://api.github.com".to_owned(),
                "https://api.github.com/graphql".to_owned(),
            ),
            (_, true) => (
                format!("{scheme}://api.{host}"),
                format!("{scheme}://api.{host}/graphql"),
            ),
            _ => (format!("{server}/api/v3"), format!("{server}/api/graphql")),
        };
        // Elsewhere nobody could tell whether it is this server that answers.
        let is_here = |place: &str| {
            let rest = place.split_once("://").map_or(place, |(_, rest)| rest);
            let there = rest.split('/').next().unwrap_or(rest);
            there == host || there.strip_prefix("api.") == Some(host)
        };
        let chosen = |given: &Option<String>, usual: String| match given.as_deref() {
            Some(text) if is_here(text) => text.trim_end_matches('/').to_owned(),
            _ => usual,
        };
        let address = Self {
            server: server.to_owned(),
            rest: chosen(&around.rest, rest),
            graphql: chosen(&around.graphql, graphql),
            owner: owner.to_owned(),
            name: name.to_owned(),
            branch: around.branch.clone(),
        };
        [&address.rest, &address.graphql]
            .iter()
            .all(|place| is_closed(place))
            .then_some(address)
    }
}

/// Whether nobody on the way can read what is sent there.
pub(super) fn is_closed(place: &str) -> bool {
    match place.split_once("://") {
        Some(("https", _)) => true,
        Some(("http", rest)) => {
            let host = rest.split('/').next().unwrap_or(rest);
            let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
            matches!(host, "localhost" | "127.0.0.1" | "[::1]")
        }
        _ => false,
    }
}

/// What GitHub lets owners and repositories be called, and nothing that means something in a path.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !text.is_empty() && text.len() <= 100 && text.chars().all(plain) && !matches!(text, "." | "..")
}

/// Host (with its port) and path of a remote, however it is written.
fn host_and_path(remote: &str) -> Option<(&str, &str)> {
    let (rest, is_url) = match remote.split_once("://") {
        Some(("https" | "http" | "ssh" | "git", rest)) => (rest, true),
        Some(_) => return None,
        None => (remote, false),
    };
    let (host, path) = match is_url {
        true => rest.split_once('/')?,
        false => rest.split_once(':')?,
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    (!host.is_empty() && !host.contains('/')).then_some((host, path.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(remote: &str, server: Option<&str>) -> Option<Address> {
        let around = Surroundings {
            server: server.map(str::to_owned),
            ..Surroundings::default()
        };
        Address::of(remote, &around)
    }

    #[test]
    fn repositories_are_found_however_their_remote_is_written() {
        for remote in [
            "https://github.com/acme/shop.git",
            "https://github.com/acme/shop",
            "https://x-access-token:secret@github.com/acme/shop.git/",
            "git@github.com:acme/shop.git",
            "ssh://git@github.com/acme/shop.git",
        ] {
            let found = of(remote, None).unwrap();
            assert_eq!(
                (found.owner.as_str(), found.name.as_str()),
                ("acme", "shop"),
                "{remote}"
            );
            assert_eq!(found.graphql, "https://api.github.com/graphql");
            assert_eq!(found.rest, "https://api.github.com");
        }
    }

    #[test]
    fn servers_of_ones_own_have_their_own_addresses() {
        let own = of("https://git.acme.example/a/b", Some("https://git.acme.example/")).unwrap();
        assert_eq!(own.rest, "https://git.acme.example/api/v3");
        assert_eq!(own.graphql, "https://git.acme.example/api/graphql");
        let ghe = of("https://acme.ghe.com/a/b", Some("https://acme.ghe.com")).unwrap();
        assert_eq!(ghe.rest, "https://api.acme.ghe.com");
        assert_eq!(ghe.graphql, "https://api.acme.ghe.com/graphql");
    }

    #[test]
    fn token_goes_to_no_other_server_and_over_no_open_line() {
        assert_eq!(of("https://evil.example/acme/shop", None), None);
        assert_eq!(of("https://github.com.evil.example/acme/shop", None), None);
        assert_eq!(of("https://github.com@evil.example/acme/shop", None), None);
        assert_eq!(
            of("http://git.acme.example/a/b", Some("http://git.acme.example")),
            None
        );
        assert_eq!(of("https://github.com/acme/shop/../../x", None), None);
        assert_eq!(of("file:///srv/acme/shop", None), None);
        assert_eq!(of("../acme/shop", None), None);
    }

    #[test]
    fn api_is_where_the_server_is() {
        let mut around = Surroundings {
            server: Some("https://git.acme.example".to_owned()),
            rest: Some("https://api.git.acme.example/".to_owned()),
            graphql: Some("https://evil.example/graphql".to_owned()),
            ..Surroundings::default()
        };
        let found = Address::of("https://git.acme.example/a/b", &around).unwrap();
        assert_eq!(found.rest, "https://api.git.acme.example");
        assert_eq!(found.graphql, "https://git.acme.example/api/graphql");
        around.graphql = Some("http://git.acme.example/graphql".to_owned());
        assert_eq!(Address::of("https://git.acme.example/a/b", &around), None);
    }
}
