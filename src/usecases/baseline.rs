//! The first authorised state of a service in an environment.

use jiff::tz::TimeZone;
use serde_json::json;

use crate::change::text::Fault;
use crate::change::{Digest, EnvironmentKey, Message, Moment, ServiceKey};
use crate::config::{Config, Signatures};
use crate::ledger::Sealed;
use crate::ports::Guard;

use super::in_force::CONFIG_PATH;
use super::locked_out::refuse_locked_out;
use super::machines::{are_named, workflows};
use super::record::{Onto, body};
use super::{Actor, FileFaults, InForce, LogView, Ports, Saying, Stop, template_faults, write};

/// A baseline that was recorded.
pub struct Baselined {
    /// The service.
    pub service: ServiceKey,
    /// The environment.
    pub environment: EnvironmentKey,
    /// The commit.
    pub head: String,
    /// The leaf of the log's first record, 64 hex digits.
    pub genesis: String,
    /// Whether this opened the log.
    pub opened: bool,
    /// The record.
    pub record: Sealed,
}

/// The lines of `allowed_signers` for everyone's keys: who may sign as whom, and when.
pub fn signers(config: &Config) -> String {
    let mut lines = String::new();
    for (person, details) in &config.people {
        for key in &details.keys {
            let Some(fingerprint) = key.fingerprint() else {
                continue;
            };
            lines.push_str(&format!(
                "key:{fingerprint},person:{person} namespaces=\"{}\"",
                crate::ledger::SIGNATURE_NAMESPACE
            ));
            let zone = &config.calendar.zone;
            if let Some(from) = later(key.from.as_deref(), details.from.as_deref())
                && let Some(from) = instant(from, zone, 0)
            {
                lines.push_str(&format!(",valid-after=\"{from}\""));
            }
            if let Some(until) = earlier(key.until.as_deref(), details.until.as_deref())
                && let Some(until) = instant(until, zone, 86_399)
            {
                lines.push_str(&format!(",valid-before=\"{until}\""));
            }
            lines.push_str(&format!(" {}\n", key.key));
        }
    }
    lines
}

/// A day's beginning in the calendar's zone and `seconds` more, as `allowed_signers` writes it
/// in UTC; both ends of a key's days count whole.
fn instant(day: &str, zone: &TimeZone, seconds: i64) -> Option<String> {
    let begin = Moment::read(&format!("{day}T00:00"), zone).ok()?;
    Some(
        begin
            .plus_seconds(seconds)
            .utc()
            .chars()
            .filter(char::is_ascii_digit)
            .collect(),
    )
}

fn later<'a>(one: Option<&'a str>, other: Option<&'a str>) -> Option<&'a str> {
    one.max(other)
}

fn earlier<'a>(one: Option<&'a str>, other: Option<&'a str>) -> Option<&'a str> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// The record that the signers of `config` are the ones from here on; `None` when they are
/// already, with the same setting for records without a signature.
pub(super) fn new_signers(view: &LogView, config: &Config) -> Option<Saying> {
    let signers = signers(config);
    let digest = Digest::of(signers.as_bytes());
    let unsigned_counts = config.trust.signatures == Signatures::Optional;
    let same = view.standing.signers == Some(digest)
        && view.standing.unsigned_counts == unsigned_counts
        && are_named(&view.report.machines, config);
    let (oidc, accounts) = workflows(config);
    (!same).then(|| Saying {
        act: "trust.signers/1",
        body: body([
            ("signers", Some(digest.to_string().into())),
            ("signatures", Some(config.trust.signatures.as_str().into())),
            ("oidc", oidc),
        ]),
        with: std::iter::once(("signers", signers.into_bytes()))
            .chain(accounts)
            .collect(),
    })
}

/// Opens the log where there is none and records the first authorised state.
///
/// # Errors
/// [`Stop::Request`] when a state exists, or the service or environment is unknown.
pub async fn baseline(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    (service, environment): (&ServiceKey, &EnvironmentKey),
    origin: &str,
) -> Result<Baselined, Stop> {
    known(&rules.config, service, environment)?;
    let key = (service.clone(), environment.clone());
    if let Some(state) = view.standing.states.get(&key) {
        return Err(Stop::Request(
            Message::new("error-baseline-exists")
                .with("service", service)
                .with("environment", environment)
                .with("seq", state.seq),
        ));
    }
    if !view.standing.states.is_empty() && !authorised_already(ports, view, rules, service)? {
        // People and rules come into a log by passing the gate, never by a commit nobody judged.
        return Err(Stop::request("error-baseline-rules"));
    }
    refuse_locked_out(rules)?;
    let faults: Vec<Fault> = template_faults(rules, ports.at(&rules.config))?
        .into_iter()
        .filter(|fault| !fault.warning)
        .collect();
    if !faults.is_empty() {
        // A template that is in the first authorised state is authorised by it.
        return Err(Stop::Faults(Box::new(FileFaults {
            file: CONFIG_PATH.to_owned(),
            text: String::from_utf8_lossy(&rules.config_bytes).into_owned(),
            faults,
        })));
    }
    let opened = view.head.size == 0;
    let mut sayings = Vec::new();
    let signers = signers(&rules.config);
    let signers_digest = Digest::of(signers.as_bytes()).to_string();
    if opened {
        let (oidc, accounts) = workflows(&rules.config);
        sayings.push(Saying {
            act: "log.created/1",
            body: body([
                ("format", Some("sekisho-ledger/1".into())),
                ("hash", Some("sha256".into())),
                ("origin", Some(origin.into())),
                ("signers", Some(signers_digest.into())),
                ("signatures", Some(rules.config.trust.signatures.as_str().into())),
                ("oidc", oidc),
            ]),
            with: std::iter::once(("signers", signers.into_bytes()))
                .chain(accounts)
                .collect(),
        });
    }
    if !opened && new_signers(view, &rules.config).is_some() {
        // Keys come into a log by passing the gate, never by a commit that nobody judged.
        return Err(Stop::request("error-baseline-signers"));
    }
    sayings.push(Saying {
        act: "state.baselined/1",
        body: body([
            ("service", Some(service.as_str().into())),
            ("environment", Some(environment.as_str().into())),
            ("head", Some(rules.commit.clone().into())),
            ("config", Some(json!(Digest::of(&rules.config_bytes)))),
            ("policy", Some(json!(rules.bundle.digest()))),
        ]),
        with: vec![
            ("config", rules.config_bytes.clone()),
            ("policy", rules.bundle.document().as_bytes().to_vec()),
        ],
    });
    let origin = if opened { origin } else { view.origin() };
    let sealed = write(
        ports,
        actor,
        Onto {
            origin,
            ..view.onto()
        },
        sayings,
        Guard::At(view.head),
    )
    .await?;
    let genesis = match view.genesis() {
        Some(genesis) => genesis,
        None => sealed
            .first()
            .map_or_else(String::new, |s| Digest::from_bytes(s.leaf).hex()),
    };
    let record = sealed
        .into_iter()
        .last()
        .ok_or_else(|| Stop::unavailable("error-log-busy"))?;
    Ok(Baselined {
        service: service.clone(),
        environment: environment.clone(),
        head: rules.commit.clone(),
        genesis,
        opened,
        record,
    })
}

/// Whether these rules are those of a state that passed the gate.
fn authorised_already(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    service: &ServiceKey,
) -> Result<bool, Stop> {
    for state in view.standing.states.values() {
        let other = InForce::at(ports.repository, &state.head, service.as_str());
        if other.is_ok_and(|other| other.bundle.digest() == rules.bundle.digest()) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn known(config: &Config, service: &ServiceKey, environment: &EnvironmentKey) -> Result<(), Stop> {
    if !config.environments.contains_key(environment) {
        return Err(Stop::Request(
            Message::new("error-unknown-environment").with("environment", environment),
        ));
    }
    if !config.services.contains_key(service) {
        let known: Vec<&str> = config.services.keys().map(ServiceKey::as_str).collect();
        return Err(Stop::Request(
            Message::new("error-unknown-service")
                .with("service", service)
                .with("services", known.join(", ")),
        ));
    }
    Ok(())
}
