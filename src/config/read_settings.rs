//! `approval:`, `emergency:`, `due:`, `trust:` and `paths:`.

use super::known::{Known, by_risk};
use super::{
    ApprovalSettings, Authority, DueSettings, EmergencySettings, PathSettings, Profile, Signatures, Trust,
    defaults,
};
use crate::change::text::{Fields, Value};
use crate::change::{Message, Period, PersonKey, Risk};

/// The most of anything that is counted.
const MOST: u32 = 100_000;

pub(super) fn approval(root: &Fields<'_>, known: &Known, profile: Profile) -> ApprovalSettings {
    let mut approval = defaults::approval(profile);
    if let Some(fields) = root.fields("approval") {
        if let Some(quorum) = fields.get("quorum").and_then(|v| by_risk(&v, |v| v.whole(0, 20))) {
            approval.quorum.extend(quorum);
        }
        if let Some(ages) = fields.get("max_age").and_then(|v| by_risk(&v, |v| v.period())) {
            approval.max_age.extend(ages);
        }
        set(
            &mut approval.cooling_off,
            fields.get("cooling_off").and_then(|v| v.period_or_off()),
        );
        set(
            &mut approval.outside_review_due,
            fields.get("outside_review_due").and_then(|v| v.period_or_off()),
        );
        set(
            &mut approval.gate_quorum,
            fields.get("gate_quorum").and_then(|v| v.whole(1, 20)),
        );
        if let Some(value) = fields.get("outside_reviewers")
            && !value.is("off")
        {
            approval.outside_reviewers = known.persons(&value);
        }
        if let Some(attested) = fields.fields("attested") {
            self::attested(&mut approval, attested);
        }
        fields.done();
    }
    if profile == Profile::Solo && approval.outside_reviewers.is_empty() {
        let message = Message::new("yaml-missing-key").with("key", "outside_reviewers");
        root.sheet().fault("approval.outside_reviewers", message);
    }
    approval
}

fn attested(approval: &mut ApprovalSettings, fields: Fields<'_>) {
    const FOR: &[&str] = &["low", "medium", "high", "emergency_live"];
    if let Some(value) = fields.get("allowed_for") {
        let words: Vec<&str> = value.items().iter().filter_map(|v| v.word(FOR, |w| w)).collect();
        approval.attested_risks = words
            .iter()
            .filter_map(|word| word.parse::<Risk>().ok())
            .collect();
        approval.attested_emergency = words.contains(&"emergency_live");
    }
    set(&mut approval.confirm_due, fields.period("confirm_due"));
    let file = fields
        .get("evidence")
        .and_then(|v| v.word(&["note", "file"], |w| w))
        .map(|word| word == "file");
    set(&mut approval.attested_file, file);
    fields.done();
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

pub(super) fn emergency(
    root: &Fields<'_>,
    known: &Known,
    profile: Profile,
    executors: &[PersonKey],
    approvers: &Authority,
    reviewers: &[PersonKey],
) -> (EmergencySettings, Vec<PersonKey>) {
    let mut emergency = defaults::emergency(profile);
    emergency.declarers = executors.to_vec();
    let mut route = if profile == Profile::Solo {
        reviewers.to_vec()
    } else {
        approvers.everyone()
    };
    let (mut named_declarers, mut named_route) = (0, 0);
    if let Some(fields) = root.fields("emergency") {
        if let Some(value) = fields.get("declarers") {
            emergency.declarers = known.persons(&value);
            named_declarers = emergency.declarers.len();
        }
        if let Some(value) = fields.get("route") {
            route = known.persons(&value);
            named_route = route.len();
        }
        numbers(&mut emergency, &fields);
        fields.done();
    }
    if profile == Profile::Audited {
        for (key, count) in [("declarers", named_declarers), ("route", named_route)] {
            if count < 2 {
                let message = Message::new("yaml-at-least-two").with("key", key);
                root.sheet().fault(&format!("emergency.{key}"), message);
            }
        }
    }
    (emergency, route)
}

fn numbers(emergency: &mut EmergencySettings, fields: &Fields<'_>) {
    set(
        &mut emergency.wait_per_level,
        fields.get("wait_per_level").and_then(|v| wall(&v, None)),
    );
    set(
        &mut emergency.without_live_approval,
        fields.truth("without_live_approval"),
    );
    if let Some(value) = fields.get("listed_measures") {
        let words = value.items();
        let words = words.iter().filter_map(|v| v.word(defaults::MEASURES, |w| w));
        emergency.listed_measures = words.map(str::to_owned).collect();
    }
    set(
        &mut emergency.ttl,
        fields.get("ttl").and_then(|v| wall(&v, Some(86_400))),
    );
    set(
        &mut emergency.extensions,
        fields.get("extensions").and_then(|v| v.whole(0, 10)),
    );
    set(
        &mut emergency.executions,
        fields.get("executions").and_then(|v| v.whole(1, MOST)),
    );
    set(&mut emergency.late_limit, fields.period("late_limit"));
    set(&mut emergency.open_issue, fields.truth("open_issue"));
    set(
        &mut emergency.drill_every,
        fields.get("drill_every").and_then(|v| v.period_or_off()),
    );
    if let Some(limit) = fields.fields("open_limit") {
        set(
            &mut emergency.open_per_service,
            limit.get("service").and_then(|v| v.whole(1, MOST)),
        );
        set(
            &mut emergency.open_total,
            limit.get("total").and_then(|v| v.whole(1, MOST)),
        );
        limit.done();
    }
    if let Some(size) = fields.fields("size") {
        set(
            &mut emergency.files,
            size.get("files").and_then(|v| v.whole(1, MOST)),
        );
        set(
            &mut emergency.lines,
            size.get("lines").and_then(|v| v.whole(1, MOST)),
        );
        size.done();
    }
}

/// A length of wall time of at most `most` seconds; the night does not wait for business days.
fn wall(value: &Value<'_>, most: Option<u64>) -> Option<Period> {
    let period = value.period()?;
    match period.seconds() {
        None => value.fault(Message::new("yaml-wall-time").with("found", period)),
        Some(seconds) if most.is_some_and(|most| seconds > most) => {
            let most = Period::Wall(most.unwrap_or(seconds));
            value.fault(
                Message::new("yaml-at-most")
                    .with("found", period)
                    .with("most", most),
            );
        }
        Some(_) => return Some(period),
    }
    None
}

pub(super) fn due(root: &Fields<'_>, profile: Profile) -> DueSettings {
    let mut due = defaults::due(profile);
    let Some(fields) = root.fields("due") else {
        return due;
    };
    set(&mut due.record, fields.period("record"));
    set(&mut due.ack, fields.period("ack"));
    set(&mut due.outcome, fields.period("outcome"));
    if let Some(retro) = fields.fields("retro_approval") {
        set(&mut due.retro_approval, retro.period("due"));
        set(&mut due.retro_approval_max, retro.period("max"));
        retro.done();
    }
    set(&mut due.review, fields.period("review"));
    set(&mut due.review_grace, fields.period("review_grace"));
    set(&mut due.remediation, fields.period("remediation"));
    set(&mut due.back_to_code, fields.period("back_to_code"));
    set(&mut due.temporary, fields.period("temporary"));
    set(&mut due.finish_notice, fields.period("finish_notice"));
    set(&mut due.sync, fields.period("sync"));
    set(&mut due.data_correction, fields.period("data_correction"));
    if let Some(value) = fields.get("undeclared") {
        if value.is("info") {
            (due.undeclared, due.undeclared_block) = (None, None);
        } else if let Some(undeclared) = value.fields() {
            set(&mut due.undeclared, undeclared.period("declare").map(Some));
            let block = undeclared.get("block");
            let never = block.as_ref().is_some_and(|v| v.is("never"));
            let block = if never {
                Some(None)
            } else {
                block.and_then(|v| v.period()).map(Some)
            };
            set(&mut due.undeclared_block, block);
            undeclared.done();
        }
    }
    fields.done();
    due
}

pub(super) fn trust(root: &Fields<'_>, profile: Profile) -> Trust {
    const ALL: &[(Signatures, &str)] = &[
        (Signatures::Optional, "optional"),
        (Signatures::Github, "github"),
        (Signatures::Required, "required"),
    ];
    let mut trust = Trust {
        signatures: defaults::signatures(profile),
        workflows: Vec::new(),
        issuer: None,
        repository_id: None,
        owner_id: None,
        publish_tokens: false,
        environments: Vec::new(),
        anchor: None,
    };
    if let Some(fields) = root.fields("trust") {
        let signatures = fields
            .get("signatures")
            .and_then(|v| v.word(ALL, |(_, name)| name));
        set(
            &mut trust.signatures,
            signatures.map(|(signatures, _)| signatures),
        );
        for value in fields.get("workflows").map(|v| v.items()).unwrap_or_default() {
            let Some(text) = value.text() else { continue };
            if text
                .split_once('@')
                .is_none_or(|(path, reference)| path.is_empty() || reference.is_empty())
            {
                value.fault(Message::new("yaml-workflow").with("found", &text));
            }
            trust.workflows.push(text);
        }
        trust.issuer = fields.get("issuer").and_then(|value| issuer(&value));
        trust.repository_id = fields.get("repository_id").and_then(|value| value.number());
        trust.owner_id = fields.get("owner_id").and_then(|value| value.number());
        trust.publish_tokens = fields.truth("publish_tokens").unwrap_or(false);
        trust.environments = fields.texts("environments");
        trust.anchor = fields.text("anchor").filter(|anchor| anchor != "none");
        fields.done();
    }
    if profile == Profile::Audited {
        for (key, missing) in [
            ("workflows", trust.workflows.is_empty()),
            ("anchor", trust.anchor.is_none()),
        ] {
            if missing {
                root.sheet().fault(
                    &format!("trust.{key}"),
                    Message::new("yaml-audited-needs").with("key", key),
                );
            }
        }
    }
    trust
}

/// The issuer's address, as its tokens have it: over a line that nobody else reads.
fn issuer(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    let is_here = ["http://127.0.0.1:", "http://localhost:"]
        .iter()
        .any(|start| text.starts_with(start));
    if (!text.starts_with("https://") && !is_here) || text.ends_with('/') || text.len() > 200 {
        value.fault(Message::new("yaml-issuer").with("found", &text));
    }
    Some(text)
}

/// `read_too` are further files that the configuration is read from.
pub(super) fn paths(root: &Fields<'_>, read_too: &[String]) -> PathSettings {
    let fields = root.fields("paths");
    let path = |key| {
        fields
            .as_ref()
            .and_then(|f| f.get(key))
            .and_then(|v: Value<'_>| v.path())
    };
    let folder = |key, default: &str| {
        let path = path(key).unwrap_or_else(|| default.to_owned());
        format!("{}/", path.trim_end_matches('/'))
    };
    let mut settings = PathSettings {
        changes: folder("changes", "changes/"),
        policies: folder("policies", "policies/"),
        boundary: path("boundary").unwrap_or_else(|| "boundary.yml".to_owned()),
        ignore: fields.as_ref().map(|f| f.globs("ignore")).unwrap_or_default(),
        gate: Vec::new(),
    };
    path("procedures");
    settings.gate = vec![
        "sekisho.yml".to_owned(),
        format!("{}**", settings.policies),
        settings.boundary.clone(),
        ".github/workflows/**".to_owned(),
        ".github/actions/**".to_owned(),
        "CODEOWNERS".to_owned(),
        ".github/CODEOWNERS".to_owned(),
        "docs/CODEOWNERS".to_owned(),
    ];
    // What the configuration is read from is guarded like the configuration.
    settings
        .gate
        .extend(read_too.iter().map(|path| globset::escape(path)));
    if let Some(fields) = fields {
        settings.gate.extend(fields.globs("gate"));
        fields.done();
    }
    settings
}
