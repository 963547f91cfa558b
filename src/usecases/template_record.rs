//! How templates fared, folded from the log: since when each is authorised, and how its uses ended.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::change::{ChangeId, Digest, Moment, TemplateKey};
use crate::config;
use crate::dossier::TemplateUse;
use crate::ledger::{Decided, Execution, Trust};

use super::in_force::CONFIG_PATH;
use super::{Asked, InForce, LogView, Ports, Stop};

/// What the log says about the templates of a configuration.
#[derive(Debug, Clone, Default)]
pub(super) struct TemplateRecord {
    since: BTreeMap<TemplateKey, Moment>,
    uses: Vec<Use>,
    normal: Vec<Run>,
}

/// A standard change that was allowed.
#[derive(Debug, Clone)]
struct Use {
    /// The template's digest.
    of: String,
    change: String,
    outcome: String,
    /// When that outcome was known.
    at: Moment,
}

/// A normal change that followed a template and succeeded.
#[derive(Debug, Clone)]
struct Run {
    template: String,
    decided: Moment,
}

impl TemplateRecord {
    /// Since when a template of the configuration in force is authorised as it is now.
    pub(super) fn since(&self, key: &TemplateKey) -> Option<Moment> {
        self.since.get(key).copied()
    }

    /// How many normal changes that name the template succeeded.
    pub(super) fn normal_successes(&self, key: &TemplateKey) -> u64 {
        self.normal
            .iter()
            .filter(|run| run.template == key.as_str())
            .count() as u64
    }

    /// The uses of a template in this form that no successful normal change came after, the
    /// newest first.
    pub(super) fn uses(&self, key: &TemplateKey, digest: Digest) -> Vec<TemplateUse> {
        let of = digest.to_string();
        let runs = self.normal.iter().filter(|run| run.template == key.as_str());
        let cleared = runs.map(|run| run.decided).max();
        let uses = self.uses.iter().rev();
        uses.filter(|used| used.of == of && cleared.is_none_or(|cleared| used.at > cleared))
            .map(|used| TemplateUse {
                change: used.change.clone(),
                outcome: used.outcome.clone(),
            })
            .collect()
    }
}

/// Folds the log for the service and environment that are asked about.
///
/// # Errors
/// [`Stop`] when the repository cannot be read.
pub(super) fn template_record(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
) -> Result<TemplateRecord, Stop> {
    let mut record = TemplateRecord {
        since: authorised_since(ports, view, rules, asked)?,
        ..TemplateRecord::default()
    };
    let standing = &view.standing;
    let mut put_back: BTreeMap<&ChangeId, Vec<&Decided>> = BTreeMap::new();
    for decided in standing.decisions.values().filter(|decided| decided.allowed) {
        if let Some(id) = &decided.rollback_of {
            put_back.entry(id).or_default().push(decided);
        }
    }
    for execution in &standing.executions {
        let Some(decided) = standing.decisions.get(&execution.decision) else {
            continue;
        };
        if decided.environment != asked.environment || decided.rollback_of.is_some() {
            continue;
        }
        for change in &decided.changes {
            let (outcome, at) = ending(put_back.get(&change.id), decided, execution);
            let text = |name: &str| change.body.get(name).and_then(Value::as_str);
            let named = text("template");
            match (
                change.change_type.as_str(),
                named,
                text("template_d").or(text("d")),
            ) {
                ("standard", _, Some(of)) => record.uses.push(Use {
                    of: of.to_owned(),
                    change: change.id.to_string(),
                    outcome: outcome.to_owned(),
                    at,
                }),
                ("normal", Some(template), _) if outcome == "success" => record.normal.push(Run {
                    template: template.to_owned(),
                    decided: decided.at,
                }),
                _ => {}
            }
        }
    }
    record.uses.sort_by_key(|used| used.at);
    Ok(record)
}

/// How a change of a decision ended, and when that was known.
fn ending<'a>(
    put_back: Option<&Vec<&Decided>>,
    decided: &Decided,
    execution: &'a Execution,
) -> (&'a str, Moment) {
    let put_back = put_back.into_iter().flatten().find(|later| {
        later.seq > decided.seq
            && later.service == decided.service
            && later.environment == decided.environment
    });
    match (put_back, execution.outcome.as_deref()) {
        (Some(later), _) => ("rolled_back", later.at),
        (None, Some(outcome)) => (outcome, execution.finished.unwrap_or(decided.at)),
        (None, None) => ("open", decided.at),
    }
}

/// A configuration that was in force: its digest, a commit that holds it, and since when.
struct Held {
    digest: Digest,
    commit: String,
    since: Moment,
}

/// How many earlier configurations are read; a template that did not change in any of them
/// counts as authorised since the first.
const MOST_READ: usize = 200;

/// Since when each template of the configuration in force stands in it unchanged.
fn authorised_since(
    ports: Ports<'_>,
    view: &LogView,
    rules: &InForce,
    asked: &Asked,
) -> Result<BTreeMap<TemplateKey, Moment>, Stop> {
    let held = held(view, rules, asked);
    let mut since = BTreeMap::new();
    let mut open: Vec<_> = rules.config.templates.iter().collect();
    for (read, one) in held.iter().rev().enumerate() {
        let known = if read < MOST_READ {
            templates_at(ports, one)?
        } else {
            None
        };
        open.retain(|(key, template)| {
            // What cannot be read any more is taken for the same: older, never younger.
            let same = known
                .as_ref()
                .is_none_or(|known| known.get(key) == Some(&template.digest));
            if same {
                since.insert(key.clone(), one.since);
            }
            same
        });
        if open.is_empty() {
            break;
        }
    }
    Ok(since)
}

/// The configurations that were in force, in order; what follows itself is one.
fn held(view: &LogView, rules: &InForce, asked: &Asked) -> Vec<Held> {
    let standing = &view.standing;
    let mut held: Vec<Held> = Vec::new();
    let mut since = None;
    for (record, trust) in &view.records {
        let Ok(at) = record.time.parse::<Moment>() else {
            continue;
        };
        let statement = &record.statement;
        let text = |name: &str| statement.body.get(name).and_then(Value::as_str);
        let here = text("service") == Some(asked.service.as_str())
            && text("environment") == Some(asked.environment.as_str());
        let counts = match statement.act.as_str() {
            "deploy.allowed/1" | "deploy.denied/1" => standing.decisions.contains_key(&record.seq),
            "state.baselined/1" | "deploy.finished/1" => true,
            _ => false,
        };
        let trusted = *trust == Trust::Signed || standing.unsigned_counts;
        if !here || !counts || !trusted {
            continue;
        }
        let config = statement.with.iter().find(|attached| attached.name == "config");
        let commit = match standing.decisions.get(&record.seq) {
            Some(decided) => decided.before.clone(),
            None => text("head").map(str::to_owned),
        };
        let begun = *since.get_or_insert(at);
        if let (Some(config), Some(commit)) = (config, commit)
            && held.last().is_none_or(|last| last.digest != config.digest)
        {
            held.push(Held {
                digest: config.digest,
                commit,
                since: begun,
            });
        }
        if statement.act != "deploy.denied/1" {
            since = Some(at);
        }
    }
    let state = standing
        .states
        .get(&(asked.service.clone(), asked.environment.clone()));
    let digest = Digest::of(&rules.config_bytes);
    if let Some(state) = state
        && held.last().is_none_or(|last| last.digest != digest)
    {
        held.push(Held {
            digest,
            commit: rules.commit.clone(),
            since: state.since,
        });
    }
    held
}

/// The digests of the templates of an earlier configuration; `None` when it cannot be read.
fn templates_at(ports: Ports<'_>, held: &Held) -> Result<Option<BTreeMap<TemplateKey, Digest>>, Stop> {
    let bytes = match ports.repository.read(&held.commit, CONFIG_PATH) {
        Ok(Some(bytes)) if Digest::of(&bytes) == held.digest => bytes,
        _ => return Ok(None),
    };
    let read_file = |path: &str| {
        let bytes = ports.repository.read(&held.commit, path).ok()??;
        String::from_utf8(bytes).ok()
    };
    let text = String::from_utf8_lossy(&bytes);
    let Ok((config, _)) = config::read(&text, ports.name, &read_file) else {
        return Ok(None);
    };
    let digests = config
        .templates
        .into_iter()
        .map(|(key, template)| (key, template.digest));
    Ok(Some(digests.collect()))
}
