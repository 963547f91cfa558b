//! SARIF 2.1.0: what was found, for code scanning and editors.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::check::{CheckView, CheckedFile};
use super::decision::{DecisionView, sentence};
use super::{Wording, fault};
use crate::change::text::Fault;
use crate::change::{Digest, Message};
use crate::policy::{Effect, Finding};

/// The schema of the format.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The program's name.
const PROGRAM: &str = env!("CARGO_PKG_NAME");
/// The file that a finding about a deployment as a whole is shown at.
const WHOLE: &str = "sekisho.yml";

/// What was found, and whether the program came to its end.
#[derive(Debug, Default)]
pub struct Sarif {
    rules: BTreeMap<String, Value>,
    results: Vec<Value>,
    stopped: Option<String>,
}

impl Sarif {
    /// Adds what a check found in files.
    #[must_use]
    pub fn with_check(mut self, wording: &Wording, view: &CheckView) -> Self {
        for file in &view.files {
            for found in &file.faults {
                self.fault(wording, file, found);
            }
        }
        self
    }

    /// Adds the findings of a decision.
    #[must_use]
    pub fn with_decision(mut self, wording: &Wording, view: &DecisionView<'_>) -> Self {
        let places = view.places.iter().map(Option::as_ref);
        for (finding, place) in view
            .decision
            .findings
            .iter()
            .zip(places.chain(std::iter::repeat(None)))
        {
            let region = place.map(|place| {
                let width = u32::try_from(place.marked).unwrap_or(1);
                region(place.line, place.column, place.column.saturating_add(width))
            });
            let file = place.map_or(WHOLE, |place| place.file.as_str());
            self.finding(wording, view, finding, location(file, region));
        }
        self
    }

    /// Says that there is no answer, and why: a file without results must not read as clean.
    #[must_use]
    pub fn stopped(mut self, reason: &str) -> Self {
        self.stopped = Some(reason.to_owned());
        self
    }

    fn fault(&mut self, wording: &Wording, file: &CheckedFile, found: &Fault) {
        let content = file.content.as_deref();
        let region = found
            .place
            .as_ref()
            .map(|place| region(place.line, place.column, place.end_column(content)));
        let key = found.message.key.as_str();
        let rule = key.split_once('.').map_or(key, |(code, _)| code);
        let (group, _) = rule.split_once('-').unwrap_or((rule, ""));
        let about = match (wording.knows(rule), key.contains('.')) {
            (true, true) => wording.label(rule),
            _ => wording.label(&format!("sarif-{group}")),
        };
        let level = if found.warning { "warning" } else { "error" };
        let satisfy = fault::satisfy(wording, found);
        let said = [Some(wording.say(&found.message)), satisfy].into_iter().flatten();
        let location = location(&file.file, region.clone());
        let mut result = json!({
            "level": level,
            "message": { "text": plain(&said.collect::<Vec<_>>().join(" ")) },
            "locations": [{ "physicalLocation": location }],
            "partialFingerprints": fingerprint(&[key, &file.file, &found.field]),
            "properties": { "field": found.field, "code": key },
        });
        if let (Some(region), Some(suggestion)) = (region, found.message.with.get("suggestion")) {
            result["fixes"] = json!([{
                "description": { "text": plain(&wording.say(&Message::new("fault-write").with("suggestion", suggestion))) },
                "artifactChanges": [{
                    "artifactLocation": artifact(&file.file),
                    "replacements": [{ "deletedRegion": region, "insertedContent": { "text": suggestion } }],
                }],
            }]);
        }
        self.add(rule, &about, result);
    }

    fn finding(&mut self, wording: &Wording, view: &DecisionView<'_>, finding: &Finding, location: Value) {
        let level = match finding.effect {
            Effect::Deny => "error",
            Effect::Warn | Effect::Oblige => "warning",
            Effect::Info => "note",
        };
        let change = finding.change.as_ref().map(ToString::to_string);
        let field = finding.field.as_deref().unwrap_or_default();
        let code = finding.code.as_str();
        let file = location["artifactLocation"]["uri"].as_str().unwrap_or_default();
        let about = if wording.knows(code) {
            wording.label(code)
        } else {
            finding.name.clone()
        };
        let result = json!({
            "level": level,
            "message": { "text": plain(&sentence(wording, view, finding)) },
            "partialFingerprints": fingerprint(&[
                &finding.message.key,
                file,
                field,
                change.as_deref().unwrap_or_default(),
            ]),
            "properties": {
                "field": field, "code": finding.message.key, "change": change,
                "effect": finding.effect, "name": finding.name, "lowered_because": finding.lowered_because,
            },
            "locations": [{ "physicalLocation": location }],
        });
        self.add(code, &about, result);
    }

    fn add(&mut self, rule: &str, about: &str, mut result: Value) {
        result["ruleId"] = rule.into();
        self.results.push(result);
        self.rules
            .entry(rule.to_owned())
            .or_insert_with(|| json!({ "id": rule, "shortDescription": { "text": plain(about) } }));
    }

    /// The log file.
    pub fn finish(mut self) -> Value {
        let indexes: BTreeMap<String, usize> = self.rules.keys().cloned().zip(0..).collect();
        for result in &mut self.results {
            let index = result["ruleId"].as_str().and_then(|rule| indexes.get(rule));
            result["ruleIndex"] = json!(index);
        }
        let notifications = self
            .stopped
            .iter()
            .map(|reason| json!({ "level": "error", "message": { "text": plain(reason) } }));
        let rules: Vec<Value> = self.rules.into_values().collect();
        json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": PROGRAM,
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": self.stopped.is_none(),
                    "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
                }],
                "results": self.results,
            }],
        })
    }
}

fn region(line: u32, column: u32, end: u32) -> Value {
    let mut region = Map::new();
    region.insert("startLine".to_owned(), line.into());
    region.insert("startColumn".to_owned(), column.into());
    region.insert("endColumn".to_owned(), end.max(column).into());
    region.into()
}

fn location(file: &str, region: Option<Value>) -> Value {
    let mut location = json!({ "artifactLocation": artifact(file) });
    if let Some(region) = region {
        location["region"] = region;
    }
    location
}

/// A file of the repository, relative to its top.
fn artifact(file: &str) -> Value {
    if file.starts_with('/') {
        return json!({ "uri": format!("file://{}", encoded(file)) });
    }
    json!({ "uri": encoded(file), "uriBaseId": "%SRCROOT%" })
}

/// The path with everything escaped that is not plain in an address.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into())
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// A sentence in which nothing is a link or a placeholder: `[text](address)` and `{0}` are.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' | '[' | ']' => plain.extend(['\\', c]),
            '{' if rest.peek().is_some_and(char::is_ascii_digit) => plain.push_str("{{"),
            c => plain.push(c),
        }
    }
    plain
}

/// The same for the same mistake, wherever its line has moved to.
fn fingerprint(parts: &[&str]) -> Value {
    json!({ "sekisho/v1": Digest::of(parts.join("\n").as_bytes()).hex() })
}
