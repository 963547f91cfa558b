//! The review of what was carried out: a short form, its answers, and what is to be done.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::change::text::Document;
use crate::change::{ChangeId, ChangeType, Digest, Message, Moment, PersonKey};
use crate::ledger::{ACTION, Decided, Reviewed, Sealed};
use crate::ports::Guard;

use super::record::{body, document};
use super::{Actor, InForce, LogView, Ports, Saying, Stop, write};

/// The questions, in the order in which they are asked.
const QUESTIONS: [&str; 9] = [
    "happened",
    "path",
    "gate",
    "way_back",
    "earlier",
    "temporary",
    "elsewhere",
    "told",
    "rules",
];

/// The one that only an emergency is asked.
const PATH: &str = "path";

/// What is to be done; asked last, as a list.
pub(super) const ACTIONS: &str = "actions";

/// How many things one review may find to be done; its record stays below 16 KiB.
const MOST_ACTIONS: usize = 24;

/// Something to be done, as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// What.
    pub what: String,
    /// By whom.
    pub owner: String,
    /// By when: a day or a time.
    pub due: String,
}

/// A filled-in form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The answers, by question.
    pub said: BTreeMap<String, String>,
    /// What is to be done; empty where nothing is.
    pub actions: Vec<Remedy>,
}

/// Which questions a change is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The change.
    pub change: ChangeId,
    /// The keys of its questions.
    pub questions: Vec<&'static str>,
}

/// A review on its way.
pub struct Reviewing<'a> {
    /// The form.
    pub form: &'a Form,
    /// How it was filled in.
    pub answers: &'a Answers,
}

/// The form for `change`.
///
/// # Errors
/// [`Stop::Request`] when it never passed the gate: there is nothing to look back at.
pub fn form(view: &LogView, change: &ChangeId) -> Result<Form, Stop> {
    let decided = ran(view, change)?;
    let known = decided.changes.iter().find(|known| &known.id == change);
    let emergency = known.is_some_and(|known| known.change_type == ChangeType::Emergency.as_str());
    let asked = |question: &&str| emergency || *question != PATH;
    Ok(Form {
        change: change.clone(),
        questions: QUESTIONS.into_iter().filter(asked).collect(),
    })
}

fn ran<'a>(view: &'a LogView, change: &ChangeId) -> Result<&'a Decided, Stop> {
    let decided = view.standing.last_allowed(change, None);
    decided.ok_or_else(|| Stop::Request(Message::new("error-review-never").with("change", change)))
}

impl Answers {
    /// Reads a form from YAML: a text for each question, and a list of actions.
    ///
    /// # Errors
    /// [`Stop::Request`] when it is none, with what is wrong.
    pub fn from_yaml(text: &str) -> Result<Self, Stop> {
        let wrong = |detail: &str| Stop::Request(Message::new("error-review-form").with("detail", detail));
        let document = Document::parse(text).map_err(|faults| {
            let first = faults.into_iter().next();
            Stop::Request(first.map_or_else(|| Message::new("error-review-empty"), |fault| fault.message))
        })?;
        let Some((Value::Object(fields), _)) = document.written("") else {
            return Err(Stop::request("error-review-empty"));
        };
        let mut answers = Self::default();
        for (key, value) in &fields {
            match (key.as_str(), value) {
                (ACTIONS, Value::Array(all)) => {
                    for action in all {
                        answers
                            .actions
                            .push(remedy(action).ok_or_else(|| wrong(ACTIONS))?);
                    }
                }
                (key, Value::String(text)) if QUESTIONS.contains(&key) => {
                    answers.said.insert(key.to_owned(), text.trim().to_owned());
                }
                (key, _) => return Err(wrong(key)),
            }
        }
        Ok(answers)
    }

    /// Reads a form from Markdown, as it is printed: a heading for each question that ends in its key in
    /// brackets, below it the answer; actions are items `WHAT | OWNER | DUE`.
    ///
    /// # Errors
    /// [`Stop::Request`] when an action is no such item.
    pub fn from_markdown(text: &str) -> Result<Self, Stop> {
        let mut answers = Self::default();
        let mut key = String::new();
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                key = key_of(heading).unwrap_or_default().to_owned();
                continue;
            }
            match key.as_str() {
                "" => {}
                _ if line.starts_with("<!--") => {}
                ACTIONS => answers.actions.extend(item(line)?),
                key => {
                    let said = answers.said.entry(key.to_owned()).or_default();
                    said.push_str(line);
                    said.push('\n');
                }
            }
        }
        for said in answers.said.values_mut() {
            *said = said.trim().to_owned();
        }
        Ok(answers)
    }

    /// The questions of `form` that nobody answered.
    pub fn missing(&self, form: &Form) -> Vec<&'static str> {
        let says = |question: &str| {
            self.said
                .get(question)
                .is_some_and(|said| !said.trim().is_empty())
        };
        form.questions
            .iter()
            .copied()
            .filter(|question| !says(question))
            .collect()
    }

    fn to_value(&self, form: &Form) -> Map<String, Value> {
        let mut all = Map::new();
        for question in &form.questions {
            let said = self
                .said
                .get(*question)
                .map(|said| said.trim())
                .unwrap_or_default();
            all.insert((*question).to_owned(), said.into());
        }
        let actions = self
            .actions
            .iter()
            .map(|action| json!({"what": action.what, "owner": action.owner, "due": action.due}));
        all.insert(ACTIONS.to_owned(), actions.collect());
        all
    }
}

/// The question that a heading ends in: `… (happened)`.
fn key_of(heading: &str) -> Option<&str> {
    let key = heading.trim_end().strip_suffix(')')?.rsplit_once('(')?.1;
    (key == ACTIONS || QUESTIONS.contains(&key)).then_some(key)
}

/// One action of a list; a line that is no item is none.
fn item(line: &str) -> Result<Option<Remedy>, Stop> {
    let Some(text) = line.trim().strip_prefix("- ") else {
        return Ok(None);
    };
    Remedy::read(text).map(Some)
}

impl Remedy {
    /// Reads `WHAT | OWNER | DUE`.
    ///
    /// # Errors
    /// [`Stop::Request`] when a part of it is missing.
    pub fn read(text: &str) -> Result<Self, Stop> {
        let parts: Vec<&str> = text.split('|').map(str::trim).collect();
        match parts.as_slice() {
            [what, owner, due] if parts.iter().all(|part| !part.is_empty()) => Ok(Self {
                what: (*what).to_owned(),
                owner: (*owner).to_owned(),
                due: (*due).to_owned(),
            }),
            _ => Err(Stop::Request(
                Message::new("error-review-action").with("text", text),
            )),
        }
    }
}

fn remedy(value: &Value) -> Option<Remedy> {
    let fields = value.as_object()?;
    let text = |key: &str| {
        let text = fields.get(key)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    (fields.len() == 3).then_some(())?;
    Some(Remedy {
        what: text("what")?,
        owner: text("owner")?,
        due: text("due")?,
    })
}

/// Records the answers and closes the review; what is to be done is opened with it.
///
/// # Errors
/// [`Stop::Request`] when something is missing, or it is the own work of whoever asks.
pub async fn review(
    ports: Ports<'_>,
    actor: Actor<'_>,
    view: &LogView,
    rules: &InForce,
    reviewing: Reviewing<'_>,
) -> Result<Sealed, Stop> {
    let Reviewing { form, answers } = reviewing;
    let change = &form.change;
    let decided = ran(view, change)?;
    let known = view.standing.emergencies.get(change);
    let executor = decided.changes.iter().any(|known| {
        let named = known.body.get("executor").and_then(Value::as_str);
        named.and_then(|named| named.strip_prefix("person:")) == Some(actor.person.as_str())
    });
    let involved = |known: &crate::ledger::Emergency| known.involves(actor.person);
    if known.is_some_and(|known| involved(known) || executor || &decided.actor == actor.person) {
        return Err(Stop::Request(
            Message::new("error-review-own")
                .with("person", actor.person)
                .with("change", change),
        ));
    }
    let missing = answers.missing(form);
    if !missing.is_empty() {
        return Err(Stop::Request(
            Message::new("error-review-missing")
                .with("change", change)
                .with("questions", missing.join(", ")),
        ));
    }
    let mut paper = answers.to_value(form);
    paper.insert("salt".to_owned(), Digest::of(&(ports.random)()).hex().into());
    let saying = Saying {
        act: "review.closed/1",
        body: body([
            ("change", Some(change.as_str().into())),
            ("service", Some(decided.service.as_str().into())),
            ("environment", Some(decided.environment.as_str().into())),
            ("decision", Some(decided.seq.into())),
            ("actions", Some(answers.actions.len().into())),
            ("opened", Some(opened(ports, rules, change, answers)?)),
        ]),
        with: vec![("review", document(&Value::Object(paper))?)],
    };
    let sealed = write(ports, actor, view.onto(), vec![saying], Guard::At(view.head)).await?;
    let record = sealed.into_iter().next();
    record.ok_or_else(|| Stop::unavailable("error-log-busy"))
}

/// What is to be done, each with somebody who is known and a day to come.
fn opened(ports: Ports<'_>, rules: &InForce, change: &ChangeId, answers: &Answers) -> Result<Value, Stop> {
    let config = &rules.config;
    let now = ports.at(config);
    if answers.actions.len() > MOST_ACTIONS {
        return Err(Stop::Request(
            Message::new("error-review-actions").with("most", MOST_ACTIONS),
        ));
    }
    let one = |action: &Remedy| {
        let wrong = |key: &str| {
            Stop::Request(
                Message::new(key)
                    .with("what", &action.what)
                    .with("owner", &action.owner)
                    .with("due", &action.due),
            )
        };
        let owner = PersonKey::from(action.owner.as_str());
        let person = config.people.get(&owner);
        if !person.is_some_and(|person| person.active_on(&config.calendar.day(now))) {
            return Err(wrong("error-review-owner"));
        }
        let due = day_or_time(&action.due, config).ok_or_else(|| wrong("error-review-due"))?;
        if due <= now {
            return Err(wrong("error-review-due"));
        }
        Ok(json!({
            "kind": ACTION,
            "owner": format!("person:{owner}"),
            "due": due.to_string(),
            "change": change.as_str(),
        }))
    };
    answers.actions.iter().map(one).collect()
}

/// A time, or the end of a day.
fn day_or_time(text: &str, config: &crate::config::Config) -> Option<Moment> {
    let zone = &config.calendar.zone;
    let read = |text: &str| Moment::read(text, zone).ok();
    read(text).or_else(|| read(&format!("{text}T23:59")))
}

/// The last review of a change with its answers; `None` where there is none, or its document was taken out.
///
/// # Errors
/// [`Stop::Unavailable`] when the log cannot be read.
pub async fn reviewed<'a>(
    ports: Ports<'_>,
    view: &'a LogView,
    change: &ChangeId,
) -> Result<Option<(&'a Reviewed, Answers)>, Stop> {
    let last = view.standing.reviews.get(change).and_then(|all| all.last());
    let Some(last) = last else { return Ok(None) };
    let Some(bytes) = ports.ledger.blob(&last.answers).await? else {
        return Ok(None);
    };
    let Ok(Value::Object(paper)) = serde_json::from_slice(&bytes) else {
        return Ok(None);
    };
    let mut answers = Answers::default();
    for (key, value) in &paper {
        match (key.as_str(), value) {
            (ACTIONS, Value::Array(all)) => answers.actions.extend(all.iter().filter_map(remedy)),
            (key, Value::String(text)) if QUESTIONS.contains(&key) => {
                answers.said.insert(key.to_owned(), text.clone());
            }
            _ => {}
        }
    }
    Ok(Some((last, answers)))
}
