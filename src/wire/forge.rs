//! Opens the forge, where there is a token for it.

use sekisho::change::Message;
use sekisho::git::{GitRepository, Login};
use sekisho::github::{Address, Detour, GitHub, JobTokens, Surroundings, Token, TokenIssuer};
use sekisho::ports::LogBranch;
use sekisho::usecases::Stop;

/// GitHub, where there is a token and `origin` is on the server that the token is for. Commits are
/// fetched with the same token.
pub(super) fn open(repository: &mut GitRepository) -> Result<Option<GitHub>, Stop> {
    let token = ["GITHUB_TOKEN", "GH_TOKEN"]
        .iter()
        .find_map(|name| Token::new(&variable(name)?));
    let (Some(token), Some(remote)) = (token, repository.local_setting("remote.origin.url")?) else {
        return Ok(None);
    };
    let around = Surroundings {
        server: variable("GITHUB_SERVER_URL"),
        rest: variable("GITHUB_API_URL"),
        graphql: variable("GITHUB_GRAPHQL_URL"),
        branch: variable("GITHUB_REF").and_then(|name| Some(name.strip_prefix("refs/heads/")?.to_owned())),
    };
    let Some(address) = Address::of(&remote, &around) else {
        return Ok(None);
    };
    repository.log_in(Login {
        server: address.server.clone(),
        header: token.git_header(),
        for_the_log: in_a_job(),
    });
    Ok(Some(GitHub::new(address, token, PAUSE)))
}

/// The setting of `.git/config` that says how records reach the log's branch.
const APPEND: &str = "sekisho.append";

/// Whether this is a job of GitHub Actions.
pub(crate) fn in_a_job() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The log's branch of `remote`, appended to as the repository says: by a push, or by GitHub itself
/// where the remote is the repository that the token is for. Unsaid, a job asks GitHub.
pub(super) fn appending(
    repository: &GitRepository,
    forge: Option<&GitHub>,
    remote: &str,
    branch: Box<dyn LogBranch>,
    detour: &Detour,
) -> Result<Box<dyn LogBranch>, Stop> {
    let wanted = match repository.local_setting(APPEND)?.as_deref() {
        None => in_a_job(),
        Some("push") => false,
        Some("api") => true,
        Some(other) => {
            return Err(Stop::Request(
                Message::new("error-append-setting").with("text", other),
            ));
        }
    };
    Ok(match forge.filter(|_| wanted && remote == "origin") {
        Some(forge) => Box::new(forge.appending(branch, detour.clone())),
        None => branch,
    })
}

/// Who is asked for the keys of runners' tokens.
pub(super) const fn issuer() -> TokenIssuer {
    TokenIssuer::new(PAUSE)
}

/// The tokens of this job, where it may have some.
pub(super) fn job_tokens() -> Option<JobTokens> {
    let place = variable("ACTIONS_ID_TOKEN_REQUEST_URL")?;
    JobTokens::new(&place, &variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN")?, PAUSE)
}

fn variable(name: &str) -> Option<String> {
    let text = std::env::var_os(name)?.into_string().ok()?;
    (!text.is_empty()).then_some(text)
}

/// The first pause before something is asked again.
#[cfg(not(feature = "test-clock"))]
const PAUSE: std::time::Duration = std::time::Duration::from_secs(1);

/// In tests nobody waits.
#[cfg(feature = "test-clock")]
const PAUSE: std::time::Duration = std::time::Duration::from_millis(1);
