//! The numbers that each profile starts with.

use std::collections::{BTreeMap, BTreeSet};

use super::{ApprovalSettings, DueSettings, EmergencySettings, Profile, Signatures, WindowHours};
use crate::change::{Period, Risk};

/// The six measures that may start without live approval.
pub(super) const MEASURES: &[&str] = &[
    "rollback",
    "disable_feature",
    "restrict_traffic",
    "renew_certificate",
    "restart",
    "scale",
];

pub(super) const fn minutes(n: u64) -> Period {
    Period::Wall(n * 60)
}

const fn hours(n: u64) -> Period {
    Period::Wall(n * 3_600)
}

pub(super) const fn days(n: u64) -> Period {
    Period::Wall(n * 86_400)
}

const fn business(n: u32) -> Period {
    Period::BusinessDays(n)
}

pub(super) fn approval(profile: Profile) -> ApprovalSettings {
    let solo = profile == Profile::Solo;
    let risks = match profile {
        Profile::Audited => BTreeSet::new(),
        _ => BTreeSet::from([Risk::Low, Risk::Medium]),
    };
    ApprovalSettings {
        quorum: Risk::ALL
            .iter()
            .map(|risk| (*risk, profile.quorum(*risk)))
            .collect(),
        gate_quorum: profile.gate_quorum(),
        outside_reviewers: Vec::new(),
        attested_risks: risks,
        attested_emergency: !solo,
        attested_file: profile == Profile::Audited,
        confirm_due: business(1),
        cooling_off: solo.then(|| minutes(30)),
        outside_review_due: solo.then(|| business(5)),
        max_age: BTreeMap::from([
            (Risk::Low, days(30)),
            (Risk::Medium, days(14)),
            (Risk::High, days(7)),
        ]),
    }
}

pub(super) fn emergency(profile: Profile) -> EmergencySettings {
    let audited = profile == Profile::Audited;
    EmergencySettings {
        declarers: Vec::new(),
        wait_per_level: minutes(5),
        without_live_approval: !audited,
        listed_measures: MEASURES.iter().map(|word| (*word).to_owned()).collect(),
        ttl: hours(if audited { 2 } else { 4 }),
        extensions: 1,
        executions: 5,
        late_limit: hours(24),
        open_per_service: 1,
        open_total: 3,
        files: 10,
        lines: 200,
        open_issue: true,
        drill_every: (profile != Profile::Solo).then(|| days(90)),
    }
}

pub(super) fn due(profile: Profile) -> DueSettings {
    let (solo, audited) = (profile == Profile::Solo, profile == Profile::Audited);
    DueSettings {
        outcome: business(1),
        record: hours(24),
        ack: hours(24),
        retro_approval: business(if solo { 2 } else { 1 }),
        retro_approval_max: days(if audited { 3 } else { 5 }),
        review: business(5),
        review_grace: business(if audited { 0 } else { 5 }),
        remediation: business(1),
        back_to_code: business(2),
        temporary: days(7),
        finish_notice: hours(2),
        sync: hours(24),
        data_correction: business(1),
        undeclared: (!solo).then(|| business(1)),
        undeclared_block: audited.then(|| business(3)),
    }
}

pub(super) const fn signatures(profile: Profile) -> Signatures {
    match profile {
        Profile::Solo => Signatures::Optional,
        Profile::Small => Signatures::Github,
        Profile::Audited => Signatures::Required,
    }
}

pub(super) const fn window(profile: Profile) -> WindowHours {
    match profile {
        Profile::Solo => WindowHours::Always,
        Profile::Small | Profile::Audited => WindowHours::BusinessHours,
    }
}
