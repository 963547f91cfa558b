//! A shop with people who have keys, an emergency route and two services: where emergencies happen.

use super::stage::Stage;

const CONFIG: &str = r##"version: 1
profile: small
language: en
organisations: {client: Minato, agency: Shiomi, maintainer: Port}
people:
  sato:    {name: Sato, org: agency, email: sato@shop.example, keys: ["{sato}"]}
  mori:    {name: Mori, org: agency, email: mori@shop.example, keys: ["{mori}"]}
  hayashi: {name: Hayashi, org: agency, email: hayashi@shop.example, keys: ["{hayashi}"]}
  tanaka:  {name: Tanaka, org: client, email: tanaka@shop.example, keys: ["{tanaka}"]}
  kudo:    {name: Kudo, org: client, email: kudo@shop.example, keys: ["{kudo}"], contacts: {phone: "${KUDO_PHONE}"}}
  suzuki:  {name: Suzuki, org: maintainer, email: suzuki@shop.example, keys: ["{suzuki}"]}
services:
  minato-ec: {}
  minato-blog: {paths: ["blog/**"]}
executors: [sato, hayashi, suzuki]
approvers: [hayashi]
areas:
  certificate:    {owners: [kudo]}
  dns:            {owners: [kudo]}
  infrastructure: {approvers: [kudo]}
rollback_plans:
  redeploy-previous: {strategy: redeploy, steps: [gh workflow run rollback.yml], duration: 8m, decider: hayashi, criteria: ["5xx > 1% for 5m"], tested: 2026-11-05}
windows: {default: always}
calendar:
  timezone: Asia/Tokyo
  holidays: [2026-11-23, 2027-01-01, 2027-01-11]
freezes:
  - {id: nenmatsu-2026, kind: hard, from: 2026-12-28T00:00, to: 2027-01-03T23:59, owner: kudo}
emergency:
  declarers: [sato, suzuki]
  route: [kudo, tanaka, hayashi]
"##;

/// The people of the shop.
pub(crate) const PEOPLE: [&str; 6] = ["sato", "mori", "hayashi", "tanaka", "kudo", "suzuki"];

/// The shop on the evening of 20 November 2026, both services with a first state.
pub(crate) fn port() -> Stage {
    port_with(|config| config)
}

/// The same with another configuration.
pub(crate) fn port_with(change: impl Fn(String) -> String) -> Stage {
    let mut stage = Stage::new();
    stage.at("2026-11-20T18:00:00+09:00");
    let mut config = change(CONFIG.to_owned());
    for person in PEOPLE {
        config = config.replace(&format!("{{{person}}}"), &stage.key(person));
    }
    stage.write("sekisho.yml", &config);
    stage.write("app.txt", "one\n");
    stage.write("blog/page.txt", "one\n");
    stage.commit("sato", "The shop");
    for service in ["minato-ec", "minato-blog"] {
        stage
            .sekisho("sato", &["baseline", "--service", service])
            .expect(0);
    }
    stage
}

/// A normal change of a file, approved by somebody with authority; its number.
pub(crate) fn normal(stage: &Stage, service: &str, file: &str, text: &str) -> String {
    stage.write(file, text);
    let done = stage
        .sekisho(
            "mori",
            &[
                "declare",
                "--service",
                service,
                "--title",
                text.trim(),
                "--reason",
                "The page has to say what is true.",
                "--reference",
                "#1",
            ],
        )
        .expect(0);
    stage.commit("mori", text.trim());
    let path = done.out.trim().to_owned();
    let id = path
        .rsplit('/')
        .next()
        .unwrap()
        .trim_end_matches(".yml")
        .to_owned();
    stage
        .sekisho("hayashi", &["approve", &id, "--service", service])
        .expect(0);
    id
}

/// The flags of an expired certificate, all but those in `without`.
pub(crate) fn certificate<'a>(without: &[&str]) -> Vec<&'a str> {
    let all = [
        ("--service", "minato-ec"),
        ("--target", "www.minato-mart.example"),
        ("--what", "Renew the certificate of www"),
        ("--incident", "#412"),
        ("--step", "Show the maintenance page: ./lb.sh maintenance on"),
        ("--strategy", "failover"),
        ("--decider", "kudo"),
        ("--approver", "kudo"),
        ("--grounds", "outage"),
        (
            "--reason",
            "The certificate expired at 23:00 and no page can be read.",
        ),
        ("--measure", "renew_certificate"),
        ("--detected-at", "2026-11-21T23:10"),
        ("--yes-service", "minato-ec"),
    ];
    let mut flags = vec!["emergency"];
    for (flag, value) in all {
        if !without.contains(&flag) {
            flags.extend([flag, value]);
        }
    }
    flags
}

/// The codes of a decision's findings with this effect.
pub(crate) fn codes(decision: &serde_json::Value, effect: &str) -> Vec<String> {
    let findings = decision["findings"].as_array().unwrap();
    let fitting = findings.iter().filter(|finding| finding["effect"] == effect);
    let mut codes: Vec<String> = fitting
        .map(|finding| finding["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}
