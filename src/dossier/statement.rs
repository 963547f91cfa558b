//! What a declaration says, weighed: long enough, complete enough, and in itself.

use serde::{Deserialize, Serialize};

use super::completion::Surroundings;
use super::risk::unknown_facts;
use super::wording_quality::is_blank;
use super::{Findings, MOST_HITS};
use crate::change::{ChangeType, Declaration, Period, Risk};

/// A watch period that nothing reaches, for a risk without one: a hundred years.
const NEVER: u64 = 36_525 * 86_400;

/// An external party that a change names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorNamed {
    /// The key under `vendors:`.
    pub key: String,
    /// The field that names it.
    pub field: String,
    /// Whether it is configured.
    pub known: bool,
    /// Whether the configuration says whom to call.
    pub contact: bool,
    /// Whether it says where their own state is shown.
    pub status_page: bool,
}

/// What a declaration says, as numbers and lists; every key is always there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementFacts {
    /// The characters of the reason; 0 without one, and for a placeholder.
    pub reason_chars: u64,
    /// `ja` where the reason is written in Japanese characters, else `en`.
    pub reason_script: String,
    /// References that lead nowhere: neither a number nor an address nor a path.
    pub vague_references: Vec<String>,
    /// What contradicts the type: `emergency_block`, `template`, `planned`.
    pub type_conflicts: Vec<String>,
    /// How many checks of the result are named.
    pub checks: u64,
    /// Seconds that the result is watched.
    pub observe_seconds: u64,
    /// Seconds that it has to be watched at this risk.
    pub observe_least_seconds: u64,
    /// The external parties that it names.
    pub vendors: Vec<VendorNamed>,
    /// The risk as typed: `low`, `medium`, `high`, or `none`.
    pub risk_typed: String,
    /// Names among the parameters of RSK-01 that are no fact.
    pub unknown_risk_facts: Vec<String>,
    /// What was typed about security: `nothing`, `none`, or `text`.
    pub security_said: String,
}

impl StatementFacts {
    /// Weighs a declaration at the risk in force.
    pub(super) fn compute(of: Findings<'_>, risk: Risk) -> Self {
        let (typed, completed) = (of.typed, of.completed);
        let reason = completed.reason.as_deref().unwrap_or_default().trim();
        let watched = &completed.verification;
        let placeholder = |text: &str| is_blank(text, &of.words.blank);
        let vague = |text: &&String| !leads_somewhere(text) && !placeholder(text);
        Self {
            reason_chars: if placeholder(reason) {
                0
            } else {
                reason.chars().count() as u64
            },
            reason_script: if reason.chars().any(is_japanese) {
                "ja"
            } else {
                "en"
            }
            .to_owned(),
            vague_references: completed
                .references
                .iter()
                .filter(vague)
                .take(MOST_HITS)
                .cloned()
                .collect(),
            type_conflicts: type_conflicts(typed, completed, of.around),
            checks: watched
                .checks
                .iter()
                .filter(|check| !check.trim().is_empty())
                .count() as u64,
            observe_seconds: watched.observe_for.map_or(0, long_enough),
            observe_least_seconds: of
                .around
                .terms
                .observe_least
                .get(&risk)
                .map_or(NEVER, |least| long_enough(*least)),
            vendors: vendors(completed, of.around),
            risk_typed: typed.risk.map_or("none", Risk::as_str).to_owned(),
            unknown_risk_facts: unknown_facts(of.around),
            security_said: security(typed.impact.security.as_deref()).to_owned(),
        }
    }
}

/// Seconds of a length of time; a day of business counts as a whole one.
const fn long_enough(period: Period) -> u64 {
    match period {
        Period::Wall(seconds) => seconds,
        Period::BusinessDays(days) => days as u64 * 86_400,
    }
}

/// Kana and the ideographs that Japanese uses.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}')
}

/// An issue, a CVE, an address, a path, a dated letter: all hold a digit or a slash.
fn leads_somewhere(reference: &str) -> bool {
    reference.chars().any(|c| c.is_numeric() || c == '/' || c == '／')
}

fn type_conflicts(typed: &Declaration, completed: &Declaration, around: Surroundings<'_>) -> Vec<String> {
    let change_type = completed.change_type.unwrap_or(ChangeType::Normal);
    let emergency = change_type == ChangeType::Emergency;
    let can_wait = completed.window.start.is_some_and(|start| {
        let ttl = around.config.emergency.ttl;
        around
            .config
            .calendar
            .due(around.at, ttl)
            .is_ok_and(|end| start > end)
    });
    // A normal change that names a template is one that the template earns its place with (STD-03).
    let named = typed.template.is_some() && emergency;
    [
        (typed.emergency.is_some() && !emergency, "emergency_block"),
        (named, "template"),
        (emergency && can_wait, "planned"),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, word)| word.to_owned())
    .collect()
}

/// Those of `impact.vendors`, and the one that the details of an external interface name.
fn vendors(completed: &Declaration, around: Surroundings<'_>) -> Vec<VendorNamed> {
    let configured = around.config.notices.get("vendors");
    let listed = completed.impact.vendors.iter().enumerate();
    let mut named: Vec<(String, &str)> = listed
        .map(|(index, key)| (format!("impact.vendors[{index}]"), key.as_str()))
        .collect();
    if let Some(key) = completed.details.get("vendor").and_then(|v| v.as_str())
        && !named.iter().any(|(_, known)| *known == key)
    {
        named.push(("details.vendor".to_owned(), key));
    }
    named
        .into_iter()
        .take(MOST_HITS)
        .map(|(field, key)| {
            let entry = configured.and_then(|all| all.get(key));
            let says = |name: &str| {
                let text = entry.and_then(|entry| entry.get(name)?.as_str());
                text.is_some_and(|text| !text.trim().is_empty())
            };
            VendorNamed {
                key: key.to_owned(),
                field,
                known: entry.is_some(),
                contact: says("contact"),
                status_page: says("status_url"),
            }
        })
        .collect()
}

/// Whether somebody wrote about security, and more than that there is nothing.
fn security(typed: Option<&str>) -> &'static str {
    const NOTHING: &[&str] = &["none", "no", "なし", "無し", "無", "ない"];
    match typed.map(|text| text.trim().trim_end_matches(['.', '。']).to_lowercase()) {
        None => "nothing",
        Some(text) if text.is_empty() => "nothing",
        Some(text) if NOTHING.contains(&text.as_str()) => "none",
        Some(_) => "text",
    }
}
