//! Configurations for tests of rooms that read a finished one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use jiff::tz::TimeZone;
use sekisho::change::schedule::Calendar;
use sekisho::change::{Digest, Period, PersonKey, Risk, ServiceKey, TemplateKey};
use sekisho::config::{
    ApprovalSettings, Area, Authority, Config, DueSettings, PathSettings, Profile, Service,
    Signatures, Template, Trust,
};

/// A configuration with one service without paths, nothing ignored, and the usual gate files.
pub(crate) fn config() -> Config {
    let words = |list: &[&str]| {
        list.iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    Config {
        profile: Profile::Small,
        language: None,
        organisations: BTreeMap::new(),
        people: BTreeMap::new(),
        groups: BTreeMap::new(),
        executors: Vec::new(),
        approvers: Authority::default(),
        areas: BTreeMap::new(),
        services: BTreeMap::from([("shop".into(), Service::default())]),
        environments: BTreeMap::new(),
        templates: Vec::new(),
        rollback_plans: BTreeMap::new(),
        verification: None,
        calendar: Calendar {
            zone: TimeZone::UTC,
            zone_name: "UTC".to_owned(),
            days: Vec::new(),
            from: Time::midnight(),
            to: Time::midnight(),
            due_time: Time::midnight(),
            holidays: BTreeSet::new(),
            known_years: None,
        },
        freezes: Vec::new(),
        approval: ApprovalSettings {
            quorum: BTreeMap::new(),
            gate_quorum: 2,
            outside_reviewers: Vec::new(),
            attested_risks: BTreeSet::new(),
            attested_emergency: false,
            attested_file: false,
        },
        emergency_route: Vec::new(),
        due: DueSettings {
            outcome: Period::BusinessDays(1),
        },
        trust: Trust {
            signatures: Signatures::Optional,
            workflows: Vec::new(),
        },
        paths: PathSettings {
            changes: "changes/".to_owned(),
            policies: "policies/".to_owned(),
            boundary: "boundary.yml".to_owned(),
            ignore: Vec::new(),
            gate: words(&[
                "sekisho.yml",
                "policies/**",
                "boundary.yml",
                ".github/workflows/**",
                ".github/actions/**",
            ]),
        },
        rules: BTreeMap::new(),
    }
}

/// Adds a service; no `paths`: what no other service names.
pub(crate) fn service(config: &mut Config, key: &str, paths: &[&str]) {
    let paths = paths.iter().map(|glob| (*glob).to_owned()).collect();
    config.services.insert(
        key.into(),
        Service {
            paths,
            ..Service::default()
        },
    );
}

/// Adds an area; with `owners` it is sensitive.
pub(crate) fn area(
    config: &mut Config,
    key: &str,
    owners: &[&str],
    paths: &[&str],
    risk: Option<Risk>,
) {
    let area = Area {
        owners: owners.iter().map(|owner| PersonKey::from(*owner)).collect(),
        paths: paths.iter().map(|glob| (*glob).to_owned()).collect(),
        risk,
        ..Area::default()
    };
    config.areas.insert(key.into(), area);
}

/// Adds a template after those that are there.
pub(crate) fn template(
    config: &mut Config,
    key: &str,
    service: Option<&str>,
    paths: &[&str],
    risk: Risk,
) {
    let template = Template {
        service: service.map(ServiceKey::from),
        paths: paths.iter().map(|glob| (*glob).to_owned()).collect(),
        risk,
        rollback: None,
        valid_for: Period::Wall(90 * 86_400),
        written: serde_json::json!({}),
        digest: Digest::of(key.as_bytes()),
    };
    config.templates.push((TemplateKey::from(key), template));
}
