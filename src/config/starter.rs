//! The first `sekisho.yml`, as `init` writes it.

use super::{Language, Profile, SHIPPED_BLANK_NAME, SHIPPED_BLANK_NAME_JA};
use crate::change::text::declaration::inline;

/// A person whom `init` found in the history or asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StarterPerson {
    /// The key under `people:`.
    pub key: String,
    /// The name.
    pub name: String,
    /// The address of their commits.
    pub email: Option<String>,
    /// The GitHub login.
    pub github: Option<String>,
    /// The SSH public key that signs for them.
    pub ssh_key: Option<String>,
}

/// What `init` knows about a repository.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StarterChoices {
    /// The language of the remarks and of all text.
    pub language: Language,
    /// The profile.
    pub profile: Profile,
    /// The people; at least one.
    pub people: Vec<StarterPerson>,
    /// The keys of those who carry out.
    pub executors: Vec<String>,
    /// The keys of those who approve; where none differs from a sole executor, an approver to be
    /// named is added.
    pub approvers: Vec<String>,
    /// Whether unsigned acts count.
    pub signatures_optional: bool,
    /// The command that deploys the earlier release again.
    pub rollback_step: Option<String>,
    /// The IANA time zone; `None`: that of the language.
    pub zone: Option<String>,
}

/// Remarks in both languages: Japanese, English.
struct Remarks {
    people: &'static str,
    approvers: &'static str,
    blank: &'static str,
    plan: &'static str,
    decider: &'static str,
    signatures: &'static str,
    criterion: &'static str,
    windows: &'static str,
}

const JA: Remarks = Remarks {
    people: "関係者。github はGitHubのアカウント名",
    approvers: "自分の変更は自分で承認できません",
    blank: "承認する人の氏名に書き換えてください",
    plan: "ほかの人がそのまま実行できる形で",
    decider: "切り戻し判断者",
    signatures: "署名のない操作も記録に数え、そのことを表示します",
    criterion: "5xx > 1% が5分継続",
    windows: "business_hours にすると、時間帯を書かない変更は営業時間内に限られます",
};

const EN: Remarks = Remarks {
    people: "everyone who plays a part; github is the account name",
    approvers: "nobody approves their own change",
    blank: "replace this by the person who approves",
    plan: "so that somebody else can follow it",
    decider: "who decides to go back",
    signatures: "acts without a signature count, and are shown as unsigned",
    criterion: "5xx > 1% for 5m",
    windows: "business_hours keeps changes without a window of their own to business hours",
};

/// The text of a `sekisho.yml` that [`super::read()`] accepts.
pub fn starter(choices: &StarterChoices) -> String {
    let (remarks, blank, language) = match choices.language {
        Language::Ja => (&JA, SHIPPED_BLANK_NAME_JA, "ja"),
        Language::En => (&EN, SHIPPED_BLANK_NAME, "en"),
    };
    let mut approvers = choices.approvers.clone();
    let alone = choices.executors.len() <= 1 && approvers.iter().all(|key| choices.executors.contains(key));
    let blank_key = if alone { Some(free_key(choices)) } else { None };
    approvers.extend(blank_key.clone());
    let decider = choices
        .executors
        .first()
        .or(approvers.first())
        .cloned()
        .unwrap_or_default();
    let step = choices
        .rollback_step
        .as_deref()
        .unwrap_or("gh workflow run rollback.yml");

    let mut lines = vec!["version: 1".to_owned()];
    if choices.profile != Profile::default() {
        lines.push(format!("profile: {}", choices.profile.as_str()));
    }
    lines.push(format!("language: {language}"));
    lines.push(format!("people:  # {}", remarks.people));
    lines.extend(choices.people.iter().map(person));
    if let Some(key) = &blank_key {
        lines.push(format!(
            "  {}: {{name: {}}}  # {}",
            inline(key),
            inline(blank),
            remarks.blank
        ));
    }
    lines.push(format!("executors: {}", list(&choices.executors)));
    lines.push(format!(
        "approvers: {}  # {}",
        list(&approvers),
        remarks.approvers
    ));
    if choices.profile == Profile::Solo {
        lines.push(format!("approval: {{outside_reviewers: {}}}", list(&approvers)));
    }
    lines.push("rollback_plans:".to_owned());
    lines.push("  redeploy-previous:".to_owned());
    lines.push("    strategy: redeploy".to_owned());
    lines.push(format!("    steps: [{}]  # {}", inline(step), remarks.plan));
    lines.push(format!("    criteria: [{}]", inline(remarks.criterion)));
    lines.push(format!(
        "    decider: {}  # {}",
        inline(&decider),
        remarks.decider
    ));
    lines.push("    duration: 10m".to_owned());
    let zone = choices
        .zone
        .as_deref()
        .or((choices.language == Language::En).then_some("UTC"));
    lines.extend(zone.map(|zone| format!("calendar: {{timezone: {}}}", inline(zone))));
    if choices.profile == Profile::Small {
        // Where nobody chose hours yet, the first deployment must not depend on the clock.
        lines.push(format!("windows: {{default: always}}  # {}", remarks.windows));
    }
    if choices.signatures_optional {
        lines.push(format!(
            "trust: {{signatures: optional}}  # {}",
            remarks.signatures
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A key for the approver to be named that nobody has.
fn free_key(choices: &StarterChoices) -> String {
    let taken = |key: &str| choices.people.iter().any(|person| person.key == key);
    let names = (1..).map(|n| {
        if n == 1 {
            "approver".to_owned()
        } else {
            format!("approver{n}")
        }
    });
    names.into_iter().find(|key| !taken(key)).unwrap_or_default()
}

fn person(person: &StarterPerson) -> String {
    let pairs = [
        ("name", Some(person.name.as_str())),
        ("github", person.github.as_deref()),
        ("email", person.email.as_deref()),
        ("keys", person.ssh_key.as_deref()),
    ];
    let inside: Vec<String> = pairs
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key}: {}", inline(value?))))
        .collect();
    format!("  {}: {{{}}}", inline(&person.key), inside.join(", "))
}

fn list(keys: &[String]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| inline(key)).collect();
    format!("[{}]", keys.join(", "))
}
