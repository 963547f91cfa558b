//! The workflows of a repository on GitHub: what is written beside those that are there, and where the
//! gate has to stand in those that deploy already.

use std::path::Path;

use sekisho::change::Message;
use sekisho::config::{self, Config, GATE_PERMISSIONS, Signatures, StarterWorkflow};
use sekisho::usecases::{InForce, Stop, Survey};

use super::{CHECK_PATH, WORKFLOW_PATH};
use crate::cli::args::InitArgs;
use crate::cli::files;
use crate::cli::output::Output;
use crate::wire::Wiring;

/// Writes the workflows that are not there yet.
pub(super) fn write(
    output: &Output,
    wiring: &Wiring,
    args: &InitArgs,
    top: &Path,
    survey: &Survey,
    rules: &InForce,
) -> Result<(), Stop> {
    let starter = starter(output, wiring, args, survey, &rules.config)?;
    let others = || {
        survey
            .workflows
            .deploys
            .iter()
            .filter(|job| job.file != WORKFLOW_PATH)
    };
    let ungated: Vec<_> = others().filter(|job| !job.gated).collect();
    // Where the gate stands before every deploy already, it needs no workflow of ours.
    let needed = others().count() == 0 || !ungated.is_empty();
    let wrote = needed && put(output, top, WORKFLOW_PATH, &starter.gate())?;
    put(output, top, CHECK_PATH, &starter.check())?;
    let allowed: Vec<String> = GATE_PERMISSIONS
        .iter()
        .map(|(name, access)| format!("{name}: {access}"))
        .collect();
    for deploy in &ungated {
        output.tell(
            &Message::new("init-deploy-ungated")
                .with("file", &deploy.file)
                .with("job", &deploy.job)
                .with("gate", WORKFLOW_PATH)
                .with("permissions", allowed.join(", ")),
        );
    }
    if !needed {
        output.tell(&Message::new("init-deploys-gated"));
    } else if wrote && ungated.is_empty() && starter.deploy.is_none() {
        output.tell(&Message::new("init-workflow-deploy").with("path", WORKFLOW_PATH));
    }
    if starter.action.is_none() && !top.join(config::ACTION).join("action.yml").exists() {
        output.tell(&Message::new("init-workflow-copy").with("place", config::ACTION));
    }
    let unknown: Vec<&str> = rules
        .config
        .people
        .iter()
        .filter(|(key, person)| rules.config.executors.contains(key) && person.github_id.is_none())
        .map(|(key, _)| key.as_str())
        .collect();
    if !unknown.is_empty() {
        output.tell(&Message::new("init-workflow-accounts").with("people", unknown.join(", ")));
    }
    if !starter.keys.is_empty() && is_hosted(wiring) {
        let (_, name) = wiring.origin.split_once('/').unwrap_or_default();
        output.tell(&Message::new("init-workflow-number").with("name", name));
    }
    for (_, secret) in &starter.keys {
        output.tell(&Message::new("init-workflow-key").with("secret", secret));
    }
    Ok(())
}

/// Writes a file that is not there yet; whether it was.
fn put(output: &Output, top: &Path, path: &str, text: &str) -> Result<bool, Stop> {
    if top.join(path).symlink_metadata().is_ok() {
        output.tell(&Message::new("init-exists").with("path", path));
        return Ok(false);
    }
    files::write_new(top, path, text)?;
    output.data(path);
    output.tell(&Message::new("init-workflow").with("path", path));
    Ok(true)
}

/// What the repository, its configuration and the flags say about deploys.
fn starter(
    output: &Output,
    wiring: &Wiring,
    args: &InitArgs,
    survey: &Survey,
    config: &Config,
) -> Result<StarterWorkflow, Stop> {
    if let Some(action) = args.action.as_deref().filter(|action| !is_pinned(action)) {
        return Err(Stop::Request(
            Message::new("error-init-action").with("action", action),
        ));
    }
    let usual = survey.branch.as_deref().unwrap_or("main");
    let gated = config.environments.iter().filter(|(_, one)| one.gated);
    let environments: Vec<(String, String)> = gated
        .map(|(key, one)| {
            let branch = one.branch.as_deref().unwrap_or(usual);
            (key.to_string(), branch.to_owned())
        })
        .collect();
    let called = survey
        .workflows
        .deploys
        .iter()
        .any(|job| job.file != WORKFLOW_PATH && !job.gated);
    Ok(StarterWorkflow {
        language: output.wording.language(),
        action: args.action.clone(),
        environments,
        services: config.services.keys().map(ToString::to_string).collect(),
        deploy: args.deploy.clone().or_else(|| survey.folders.deploy.clone()),
        keys: keys(config),
        hosted: is_hosted(wiring) || wiring.origin.starts_with("local/"),
        called,
    })
}

/// Whether the repository is on a server that GitHub runs.
pub(super) fn is_hosted(wiring: &Wiring) -> bool {
    let host = wiring.origin.split('/').next().unwrap_or_default();
    host == "github.com" || host.ends_with(".ghe.com")
}

/// Whether the workflow signs by tokens of GitHub, so that nobody's key is needed.
pub(super) fn signs_itself(config: &Config) -> bool {
    config.trust.repository_id.is_some() && !config.trust.workflows.is_empty()
}

/// The numbers of the repository and of its owner, by which its workflow signs: given, else looked up.
pub(super) async fn numbers(wiring: &Wiring, args: &InitArgs) -> Result<Option<(u64, Option<u64>)>, Stop> {
    if !args.workflow {
        return Ok(None);
    }
    if let Some(number) = args.repository_id {
        return Ok(Some((number, None)));
    }
    match wiring.ports().forge {
        Some(forge) => Ok(Some(
            forge.numbers().await.map(|(own, owner)| (own, Some(owner)))?,
        )),
        None => Ok(None),
    }
}

/// Who starts deployments and has to sign them: the account's number, and what their secret is called.
fn keys(config: &Config) -> Vec<(u64, String)> {
    if config.trust.signatures == Signatures::Optional || signs_itself(config) {
        return Vec::new();
    }
    let plain = |key: &str| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let people = config.people.iter().filter(|(key, person)| {
        config.executors.contains(key) && !person.keys.is_empty() && plain(key.as_str())
    });
    people
        .filter_map(|(key, person)| {
            let secret = format!("SEKISHO_KEY_{}", key.as_str().to_uppercase());
            Some((person.github_id?, secret))
        })
        .collect()
}

/// Whether this is an Action at one commit: `OWNER/NAME@` and 40 digits.
fn is_pinned(action: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    action.split_once('@').is_some_and(|(name, commit)| {
        name.contains('/')
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(plain)
            && commit.len() == 40
            && commit.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn action_is_named_by_a_commit_only() {
        let commit = "0123456789abcdef0123456789abcdef01234567";
        assert!(is_pinned(&format!("acme/sekisho@{commit}")));
        for wrong in ["acme/sekisho@v1", "acme/sekisho", "./x@main", "a b/c@main"] {
            assert!(!is_pinned(wrong), "{wrong}");
        }
        assert!(!is_pinned(&format!("acme/sekisho@{}", commit.to_uppercase())));
        assert!(!is_pinned(&format!("acme/sekisho\n  - run: x@{commit}")));
    }
}
