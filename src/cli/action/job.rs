//! Which job this is, and the person whose account started it.

use sekisho::change::{Message, PersonKey};
use sekisho::config::Config;
use sekisho::usecases::{LogView, Stop};

use super::inputs::{Inputs, Verb, variable};

/// What the runner says about this job. It sets these variables itself; a workflow cannot.
#[derive(Debug, Default)]
pub(in crate::cli) struct Job {
    /// The event that started the run.
    event: Option<String>,
    /// The account that started the run.
    first: Option<String>,
    /// Its number.
    first_id: Option<u64>,
    /// The account that started this attempt.
    triggering: Option<String>,
    /// `host/owner/name` of the repository.
    repository: Option<String>,
    /// What the run is about: a branch, or what a pull request would come to.
    reference: Option<String>,
}

impl Job {
    /// Reads them.
    pub(in crate::cli) fn read() -> Result<Self, Stop> {
        let server = variable("GITHUB_SERVER_URL")?.unwrap_or_else(|| "https://github.com".to_owned());
        let host = server
            .split_once("://")
            .map_or(server.as_str(), |(_, host)| host)
            .trim_end_matches('/')
            .to_owned();
        Ok(Self {
            event: variable("GITHUB_EVENT_NAME")?,
            first: variable("GITHUB_ACTOR")?,
            first_id: variable("GITHUB_ACTOR_ID")?.and_then(|id| id.parse().ok()),
            triggering: variable("GITHUB_TRIGGERING_ACTOR")?,
            reference: variable("GITHUB_REF")?,
            repository: variable("GITHUB_REPOSITORY")?.map(|name| format!("{host}/{name}")),
        })
    }

    /// The pull request that this run is about.
    pub(super) fn proposal(&self) -> Option<u64> {
        let rest = self.reference.as_deref()?.strip_prefix("refs/pull/")?;
        let event = self.event.as_deref().unwrap_or_default();
        let number = rest.strip_suffix("/merge")?.parse().ok();
        number.filter(|_| event == "pull_request" || event == "pull_request_review")
    }

    /// A pull request runs the workflow that it brings along itself: nothing is decided there.
    pub(super) fn refuse_proposals(&self, inputs: &Inputs) -> Result<(), Stop> {
        let event = self.event.as_deref().unwrap_or_default();
        if inputs.verb != Verb::Check && event.starts_with("pull_request") {
            return Err(Stop::Request(
                Message::new("action-on-pull-request").with("event", event),
            ));
        }
        Ok(())
    }

    /// The log is the one that was pinned; without a pin, this repository's own.
    pub(super) fn refuse_other_log(&self, log: &LogView, genesis: Option<&str>) -> Result<(), Stop> {
        if log.genesis().is_none() {
            // Without a log there is no baseline, and the gate says so.
            return Ok(());
        }
        if let Some(pinned) = genesis {
            let pinned = pinned.trim_start_matches("sha256:");
            if log
                .genesis()
                .is_some_and(|found| found.eq_ignore_ascii_case(pinned))
            {
                return Ok(());
            }
            return Err(Stop::Unavailable(
                Message::new("action-genesis")
                    .with("pinned", pinned)
                    .with("found", log.genesis().unwrap_or_default()),
            ));
        }
        let origin = log.origin().trim_end_matches("/sekisho");
        // As the log's own name writes it: without the colon before a port.
        let here = self.repository.as_deref().unwrap_or_default().replace(':', "-");
        // A log that was opened before there was a remote names no repository of the forge.
        if origin.starts_with("local/") || here.is_empty() || origin.eq_ignore_ascii_case(&here) {
            return Ok(());
        }
        Err(Stop::Unavailable(
            Message::new("action-other-repository")
                .with("origin", origin)
                .with("repository", here),
        ))
    }

    /// The person whose account started this attempt, by the account's number.
    ///
    /// # Errors
    /// [`Stop::Unavailable`] where that cannot be known for sure, [`Stop::Request`] where the
    /// configuration has nobody with that number.
    pub(in crate::cli) fn person<'c>(&self, config: &'c Config, day: &str) -> Result<&'c PersonKey, Stop> {
        let (Some(first), Some(id)) = (&self.first, self.first_id) else {
            return Err(Stop::unavailable("action-no-account"));
        };
        // Absent on servers that know no attempts by others.
        let triggering = self.triggering.as_ref().unwrap_or(first);
        if !triggering.eq_ignore_ascii_case(first) {
            // The number that a job is told is the first one's.
            return Err(Stop::Unavailable(
                Message::new("action-run-again")
                    .with("account", triggering)
                    .with("first", first),
            ));
        }
        let mut found = config.people.iter().filter(|(_, p)| p.github_id == Some(id));
        let Some((key, person)) = found.next() else {
            return Err(Stop::Request(
                Message::new("action-unknown-account")
                    .with("account", first)
                    .with("id", id),
            ));
        };
        if !person.active_on(day) {
            return Err(Stop::Request(Message::new("action-inactive").with("person", key)));
        }
        match &person.github {
            Some(login) if !login.eq_ignore_ascii_case(first) => Err(Stop::Unavailable(
                Message::new("action-renamed")
                    .with("person", key)
                    .with("login", login)
                    .with("account", first)
                    .with("id", id),
            )),
            _ => Ok(key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        let text = "version: 1\npeople:\n  sato: {name: Sato, github: sato-y, github_id: 11}\n  mori: {name: Mori, github: mori, github_id: 12, until: 2026-11-30}\nexecutors: [sato]\napprovers: [mori]\nrollback_plans:\n  p: {strategy: redeploy, steps: [./back], criteria: [\"5xx > 1%\"], decider: mori, duration: 5m}\n";
        match sekisho::config::read(text, "shop", &|_| None) {
            Ok((config, _)) => config,
            Err(faults) => panic!("{faults:?}"),
        }
    }

    fn who(first: &str, id: Option<u64>, triggering: Option<&str>) -> Result<String, (u8, String)> {
        let job = Job {
            first: Some(first.to_owned()),
            first_id: id,
            triggering: triggering.map(str::to_owned),
            ..Job::default()
        };
        let config = config();
        let found = job.person(&config, "2026-12-01").map(ToString::to_string);
        found.map_err(|stop| match stop {
            Stop::Request(message) => (2, message.key),
            Stop::Unavailable(message) => (3, message.key),
            other => panic!("{other}"),
        })
    }

    #[test]
    fn account_is_known_by_its_number() {
        assert_eq!(who("sato-y", Some(11), Some("Sato-Y")), Ok("sato".to_owned()));
        assert_eq!(who("sato-y", Some(11), None), Ok("sato".to_owned()));
        for (first, id, triggering, code, key) in [
            ("sato-y", Some(11), Some("mori"), 3, "action-run-again"),
            ("mallory", Some(11), Some("mallory"), 3, "action-renamed"),
            ("sato-y", Some(99), Some("sato-y"), 2, "action-unknown-account"),
            ("sato-y", None, Some("sato-y"), 3, "action-no-account"),
            ("mori", Some(12), Some("mori"), 2, "action-inactive"),
        ] {
            assert_eq!(who(first, id, triggering), Err((code, key.to_owned())), "{first}");
        }
    }
}
