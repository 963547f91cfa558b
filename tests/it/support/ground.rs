//! Configurations for tests of rooms that read a finished one.

use sekisho::change::{Digest, Period, PersonKey, Risk, ServiceKey, TemplateKey};
use sekisho::config::{Area, Config, Service, Template};

/// The fewest lines that are a configuration.
const SMALLEST: &str = "\
version: 1
language: en
people: {sato: {name: Sato}, hayashi: {name: Hayashi}}
executors: [sato]
approvers: [hayashi]
rollback_plans:
  previous: {strategy: redeploy, steps: [./deploy previous], criteria: [5xx > 1%], decider: hayashi, duration: 5m}
calendar: {timezone: UTC}
";

/// A configuration with one service without paths, nothing ignored, and the usual gate files.
pub(crate) fn config() -> Config {
    sekisho::config::read(SMALLEST, "shop", &|_| None).unwrap().0
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
pub(crate) fn area(config: &mut Config, key: &str, owners: &[&str], paths: &[&str], risk: Option<Risk>) {
    let area = Area {
        owners: owners.iter().map(|owner| PersonKey::from(*owner)).collect(),
        paths: paths.iter().map(|glob| (*glob).to_owned()).collect(),
        risk,
        ..Area::default()
    };
    config.areas.insert(key.into(), area);
}

/// Adds a template after those that are there.
pub(crate) fn template(config: &mut Config, key: &str, service: Option<&str>, paths: &[&str], risk: Risk) {
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
