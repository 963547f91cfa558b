//! Rules for people and programs: one on a page, all of them in a table.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::markdown::{escape, row};
use super::why::plain;
use super::{Look, Page, Wording, harmless, table};
use crate::change::Message;
use crate::config::{Language, Profile};
use crate::policy::{Cell, Effect, Example, Keeper, Origin, RulePage, Said};

/// A rule with what surrounds it.
#[derive(Debug, Clone)]
pub struct RuleView<'a> {
    /// The rule.
    pub page: &'a RulePage,
    /// Cases of its tests.
    pub examples: Vec<Example>,
    /// The profile whose defaults hold; `None` outside a repository.
    pub profile: Option<Profile>,
    /// Lines of `sekisho.yml` by field.
    pub lines: BTreeMap<String, u32>,
}

/// A heading with its lines: a label and a text, or a text alone.
type Section = (String, Vec<(String, String)>);

/// One rule for a terminal or a pipe.
pub fn text(wording: &Wording, view: &RuleView<'_>, look: Look) -> String {
    let mut page = Page::new(look);
    page.line(page.strong(&title(view)));
    for sentence in sentences(wording, view) {
        page.gap();
        page.line(sentence);
    }
    for (heading, lines) in sections(wording, view) {
        page.gap();
        page.line(page.strong(&heading));
        page.pairs(2, &lines);
    }
    page.finish()
}

/// One rule as Markdown.
pub fn markdown(wording: &Wording, view: &RuleView<'_>) -> String {
    let mut out = format!("## {}\n", escape(&title(view)));
    for sentence in sentences(wording, view) {
        out.push_str(&format!("\n{}\n", escape(&sentence)));
    }
    for (heading, lines) in sections(wording, view) {
        out.push_str(&format!("\n### {}\n\n", escape(&heading)));
        for (label, text) in lines {
            let label = if label.is_empty() {
                label
            } else {
                format!("**{}** ", escape(&label))
            };
            out.push_str(&format!("- {label}{}\n", escape(&text)));
        }
    }
    out
}

/// One rule for programs: `sekisho/rule/v1`; only `sentences` are in a language.
pub fn json(wording: &Wording, view: &RuleView<'_>) -> Value {
    let mut value = entry(view.page);
    if let Some(fields) = value.as_object_mut() {
        let parameters = view.page.parameters.iter().map(|parameter| {
            let field = format!("rules.{}.{}", view.page.rule.code, parameter.name);
            let line = view.lines.get(&field);
            json!({"name": parameter.name, "value": parameter.value, "from": parameter.from, "line": line})
        });
        fields.insert("parameters".to_owned(), parameters.collect());
        fields.insert("schema".to_owned(), "sekisho/rule/v1".into());
        fields.insert("sentences".to_owned(), json!(sentences(wording, view)));
        fields.insert("examples".to_owned(), json!(view.examples));
        fields.insert("profile".to_owned(), json!(view.profile));
    }
    value
}

/// All rules for a terminal or a pipe.
pub fn list_text(wording: &Wording, pages: &[RulePage], look: Look) -> String {
    let heads = LIST.map(|key| wording.label(key));
    let rows: Vec<Vec<String>> = pages.iter().map(|page| cells(wording, page)).collect();
    let mut out = Page::new(look);
    out.block(&table(&heads, &rows, look));
    out.finish()
}

/// All rules as Markdown.
pub fn list_markdown(wording: &Wording, pages: &[RulePage]) -> String {
    let escaped = |cells: Vec<String>| -> Vec<String> { cells.iter().map(|cell| escape(cell)).collect() };
    let mut out = row(&LIST.map(|key| escape(&wording.label(key))));
    out.push_str("|---|---|---|---|---|---|\n");
    for page in pages {
        out.push_str(&row(&escaped(cells(wording, page))));
    }
    out
}

/// All rules for programs: `sekisho/rules/v1`, free of language.
pub fn list_json(pages: &[RulePage]) -> Value {
    let rules: Vec<Value> = pages.iter().map(entry).collect();
    json!({ "schema": "sekisho/rules/v1", "rules": rules })
}

const LIST: [&str; 6] = [
    "rules-code",
    "rules-name",
    "rules-normal",
    "rules-standard",
    "rules-emergency",
    "rules-here",
];

fn cells(wording: &Wording, page: &RulePage) -> Vec<String> {
    let mut cells = vec![harmless(page.rule.code.as_str()), harmless(&page.rule.name)];
    cells.extend(page.rule.effect.all().map(|cell| self::cell(wording, cell)));
    cells.push(here(wording, page).unwrap_or_default());
    cells
}

fn entry(page: &RulePage) -> Value {
    let rule = &page.rule;
    json!({
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "description": rule.description,
        "group": rule.group,
        "scope": rule.scope,
        "effect": {
            "normal": cell_word(rule.effect.normal),
            "standard": cell_word(rule.effect.standard),
            "emergency": cell_word(rule.effect.emergency),
        },
        "kept_by": match &rule.keeper {
            Keeper::Engine => "engine",
            Keeper::Obligation => "obligation",
            Keeper::File(_) => "rule",
        },
        "file": rule.file().map(|file| &file.path),
        "house": rule.house(),
        "off": page.off,
        "set": page.set,
        "lowered_because": page.lowered_because,
        "controls": rule.controls,
    })
}

fn title(view: &RuleView<'_>) -> String {
    let rule = &view.page.rule;
    format!("{} {}", harmless(rule.code.as_str()), harmless(&rule.name))
}

/// What it asks, why, and what satisfies it; a house rule says the first in its own words.
fn sentences(wording: &Wording, view: &RuleView<'_>) -> Vec<String> {
    let rule = &view.page.rule;
    let own = |part: &str| wording.maybe(&Message::new(format!("{}{part}", rule.code)));
    let mut all = vec![own("").unwrap_or_else(|| harmless(&rule.title))];
    if rule.house() || wording.language() == Language::En {
        all.push(harmless(&rule.description));
    }
    for (part, key) in [(".why", "rule-why"), (".satisfy", "rule-satisfy")] {
        all.extend(own(part).map(|sentence| wording.say(&Message::new(key).with("sentence", sentence))));
    }
    all
}

fn sections(wording: &Wording, view: &RuleView<'_>) -> Vec<Section> {
    let all = [
        ("rule-effect", effects(wording, view)),
        ("why-set", parameters(wording, view)),
        ("rule-examples", examples(wording, view)),
        ("rule-kept-by", vec![(String::new(), keeper(wording, view))]),
        (
            "rule-controls",
            vec![(
                String::new(),
                harmless(&view.page.rule.controls.join(&wording.label("list-separator"))),
            )],
        ),
    ];
    let filled = |(key, lines): (&str, Vec<(String, String)>)| {
        let lines: Vec<_> = lines.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        (!lines.is_empty()).then(|| (wording.label(key), lines))
    };
    all.into_iter().filter_map(filled).collect()
}

fn effects(wording: &Wording, view: &RuleView<'_>) -> Vec<(String, String)> {
    let rule = &view.page.rule;
    let types = ["normal", "standard", "emergency"];
    let mut lines: Vec<(String, String)> = types
        .iter()
        .zip(rule.effect.all())
        .map(|(word, cell)| (wording.word("type", word), self::cell(wording, cell)))
        .collect();
    if view.profile.is_some() {
        let word = here(wording, view.page).unwrap_or_else(|| wording.label("rule-as-shipped"));
        let place = line_of(view, &format!("rules.{}", rule.code));
        let place = match place.as_str() {
            "" => place,
            line => format!(" (sekisho.yml{line})"),
        };
        lines.push((wording.label("rule-here"), format!("{word}{place}")));
    }
    lines
}

fn parameters(wording: &Wording, view: &RuleView<'_>) -> Vec<(String, String)> {
    let each = |parameter: &crate::policy::InForceParameter| {
        let field = format!("rules.{}.{}", view.page.rule.code, parameter.name);
        let from = match (parameter.from, view.profile) {
            (Origin::Config, _) => format!("sekisho.yml{}", line_of(view, &field)),
            (Origin::Profile, Some(profile)) => {
                wording.say(&Message::new("from-profile").with("profile", profile.as_str()))
            }
            (Origin::Shipped | Origin::Profile, _) => wording.label("from-shipped"),
        };
        (
            harmless(&parameter.name),
            format!("{} ({from})", plain(&parameter.value)),
        )
    };
    view.page.parameters.iter().map(each).collect()
}

/// `:12`, where the file says it.
fn line_of(view: &RuleView<'_>, field: &str) -> String {
    let line = view.lines.get(field);
    line.map(|line| format!(":{line}")).unwrap_or_default()
}

fn examples(wording: &Wording, view: &RuleView<'_>) -> Vec<(String, String)> {
    let named = |said: Said| -> String {
        let of_kind = view.examples.iter().filter(|example| example.said == said);
        let name = |example: &Example| match (wording.language(), &example.name_ja) {
            (Language::Ja, Some(name)) => harmless(name),
            _ => harmless(&example.name),
        };
        let names: Vec<String> = of_kind.map(name).collect();
        names.join(&wording.label("list-of-phrases"))
    };
    [
        ("rule-holds", Said::Pass),
        ("rule-fails", Said::Fail),
        ("rule-not-applicable", Said::NotApplicable),
    ]
    .map(|(key, said)| (wording.label(key), named(said)))
    .into()
}

fn keeper(wording: &Wording, view: &RuleView<'_>) -> String {
    match &view.page.rule.keeper {
        Keeper::Engine => wording.label("rule-engine"),
        Keeper::Obligation => wording.label("rule-obligation"),
        Keeper::File(file) => harmless(&file.path),
    }
}

/// What the repository makes of it; `None` where it is as shipped.
fn here(wording: &Wording, page: &RulePage) -> Option<String> {
    let word = match (page.off, page.set) {
        (true, _) => wording.label("rule-off"),
        (false, Some(effect)) => self::effect(wording, effect),
        (false, None) => return None,
    };
    Some(match &page.lowered_because {
        Some(reason) => {
            let reason = wording.say(&Message::new("finding-lowered").with("reason", reason));
            format!("{word}. {reason}")
        }
        None => word,
    })
}

fn cell(wording: &Wording, cell: Cell) -> String {
    match cell {
        Cell::Run(effect) => self::effect(wording, effect),
        Cell::Template => wording.label("cell-template"),
        Cell::Never => wording.label("cell-never"),
        Cell::Stop => wording.label("cell-stop"),
    }
}

fn cell_word(cell: Cell) -> Value {
    match cell {
        Cell::Run(effect) => json!(effect),
        Cell::Template => "template".into(),
        Cell::Never => "-".into(),
        Cell::Stop => "stop".into(),
    }
}

fn effect(wording: &Wording, effect: Effect) -> String {
    wording.label(match effect {
        Effect::Info => "effect-info",
        Effect::Warn => "effect-warn",
        Effect::Oblige => "effect-oblige",
        Effect::Deny => "effect-deny",
    })
}
