//! `sekisho/check/v1`: what a check found, for programs.

use serde::{Deserialize, Serialize};

use super::{Ahead, CheckView, CheckedFile};
use crate::change::ChangeId;
use crate::change::text::Fault;
use crate::report::{Wording, decision, fault};

/// The schema, as it stands in the document's first field.
pub const SCHEMA: &str = "sekisho/check/v1";

/// What a check found; only `message`, `satisfy` and `gate_message` are in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Json {
    schema: String,
    files: usize,
    errors: usize,
    warnings: usize,
    faults: Vec<JsonFault>,
    asks: Vec<JsonAsk>,
    ahead: JsonAhead,
    gate: Option<decision::Json>,
    gate_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct JsonFault {
    file: String,
    line: Option<u32>,
    column: Option<u32>,
    end_column: Option<u32>,
    field: String,
    code: String,
    warning: bool,
    message: String,
    satisfy: Option<String>,
    suggestion: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct JsonAsk {
    change: Option<ChangeId>,
    code: String,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum JsonAhead {
    NotAsked,
    NoBaseline,
    Stopped,
    Judged,
}

/// The result for programs. What is not known is `null`, never left out.
pub fn json(wording: &Wording, view: &CheckView) -> Json {
    let (errors, warnings) = view.counts();
    let each = |file: &CheckedFile| -> Vec<JsonFault> {
        file.faults.iter().map(|found| of(wording, file, found)).collect()
    };
    let (ahead, gate, reason) = match &view.ahead {
        Ahead::NotAsked => (JsonAhead::NotAsked, None, None),
        Ahead::NoBaseline => (JsonAhead::NoBaseline, None, None),
        Ahead::Stopped(message) => (JsonAhead::Stopped, None, Some(message)),
        Ahead::Judged(decision) => (JsonAhead::Judged, Some(decision.as_ref().clone()), None),
    };
    let ask = |ask: &super::Ask| JsonAsk {
        change: ask.change.clone(),
        code: ask.message.key.clone(),
        message: wording.say(&ask.message),
    };
    Json {
        schema: SCHEMA.to_owned(),
        files: view.read,
        errors,
        warnings,
        faults: view.files.iter().flat_map(each).collect(),
        asks: view.asks.iter().map(ask).collect(),
        ahead,
        gate,
        gate_message: reason.map(|message| wording.say(message)),
    }
}

fn of(wording: &Wording, file: &CheckedFile, found: &Fault) -> JsonFault {
    let place = found.place.as_ref();
    JsonFault {
        file: file.file.clone(),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        end_column: place.map(|place| place.end_column(file.content.as_deref())),
        field: found.field.clone(),
        code: found.message.key.clone(),
        warning: found.warning,
        message: wording.say(&found.message),
        satisfy: fault::satisfy(wording, found),
        suggestion: found.message.with.get("suggestion").cloned(),
    }
}

impl Json {
    /// An example in which nothing is left out. Written without `..`, so that a field which is added
    /// is added here too.
    pub(crate) fn full() -> Self {
        let text = String::new;
        Self {
            schema: SCHEMA.to_owned(),
            files: 0,
            errors: 0,
            warnings: 0,
            faults: vec![JsonFault {
                file: text(),
                line: Some(1),
                column: Some(1),
                end_column: Some(1),
                field: text(),
                code: text(),
                warning: false,
                message: text(),
                satisfy: Some(text()),
                suggestion: Some(text()),
            }],
            asks: vec![JsonAsk {
                change: Some(ChangeId::typed("19700101", [0; 4])),
                code: text(),
                message: text(),
            }],
            ahead: JsonAhead::Judged,
            gate: Some(decision::Json::full()),
            gate_message: Some(text()),
        }
    }
}
