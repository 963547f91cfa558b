//! Rules as they are in force here: `show CODE`, `policy list`.

use std::collections::BTreeMap;

use sekisho::change::Digest;
use sekisho::change::text::Document;
use sekisho::config::{Profile, RuleSettings};
use sekisho::policy::{Bundle, Example, RuleId, RulePage};
use sekisho::report::rules::{self as page, RuleView};
use sekisho::usecases::{InForce, Stop};

use super::args::{Format, Global};
use super::exit::{Ended, Failure};
use super::output::Output;
use super::policy::rule_stop;
use super::{files, why};

/// The rules where the command runs.
struct Here {
    bundle: Bundle,
    house: Vec<(String, String)>,
    /// Configuration and rules of the work tree; `None` outside a repository.
    rules: Option<InForce>,
}

/// Prints what a rule asks, why, how to satisfy it, and what is set here.
pub(super) fn show(global: &Global, output: &Output, what: &str) -> Result<Ended, Failure> {
    let here = here(global)?;
    let code = RuleId::new(what.to_uppercase());
    let Some(rule) = RulePage::of(&here.bundle, &code) else {
        let all = here.bundle.catalog().all();
        let known: Vec<&str> = all
            .flat_map(|rule| [rule.code.as_str(), rule.name.as_str()])
            .collect();
        return match by_name(&here, what) {
            Some(code) => show(global, output, &code),
            None => Err(why::no_such_rule(what, known.into_iter())),
        };
    };
    let view = RuleView {
        page: &rule,
        examples: Example::of(&rule.rule, &here.house),
        profile: here.rules.as_ref().map(|rules| rules.config.profile),
        lines: here
            .rules
            .as_ref()
            .map(|rules| lines(rules, &rule))
            .unwrap_or_default(),
    };
    output.data(&match output.format {
        Format::Text => page::text(&output.wording, &view, output.look()),
        Format::Markdown => page::markdown(&output.wording, &view),
        Format::Json | Format::Sarif => format!("{:#}", page::json(&output.wording, &view)),
    });
    Ok(Ended::done())
}

/// Lists all rules.
pub(super) fn list(global: &Global, output: &Output) -> Result<Ended, Failure> {
    let pages = RulePage::all(&here(global)?.bundle);
    output.data(&match output.format {
        Format::Text => page::list_text(&output.wording, &pages, output.look()),
        Format::Markdown => page::list_markdown(&output.wording, &pages),
        Format::Json | Format::Sarif => format!("{:#}", page::list_json(&pages)),
    });
    Ok(Ended::done())
}

/// The code of the rule with this name.
fn by_name(here: &Here, name: &str) -> Option<String> {
    let rule = here.bundle.catalog().all().find(|rule| rule.name == name)?;
    Some(rule.code.to_string())
}

/// The work tree's rules, or those that are shipped where there is no configuration.
fn here(global: &Global) -> Result<Here, Stop> {
    let house = files::house_rules_here(global)?;
    if let Some(rules) = files::rules_here(global)? {
        return Ok(Here {
            bundle: rules.bundle.clone(),
            house,
            rules: Some(rules),
        });
    }
    let version = env!("CARGO_PKG_VERSION");
    let bundle = Bundle::load(
        &[],
        &RuleSettings::new(),
        Profile::default(),
        version,
        Digest::of(b""),
    );
    Ok(Here {
        bundle: bundle.map_err(rule_stop)?,
        house,
        rules: None,
    })
}

/// The lines of `sekisho.yml` that set something for this rule.
fn lines(rules: &InForce, page: &RulePage) -> BTreeMap<String, u32> {
    let text = String::from_utf8_lossy(&rules.config_bytes);
    let Ok(document) = Document::parse(&text) else {
        return BTreeMap::new();
    };
    let whole = format!("rules.{}", page.rule.code);
    let names = page.parameters.iter().map(|p| format!("{whole}.{}", p.name));
    let fields = names.chain([whole.clone()]);
    let line = |field: String| Some((field.clone(), document.written(&field)?.1.line));
    fields.filter_map(line).collect()
}
