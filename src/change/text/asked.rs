//! What a reader asks of a document, noted while it reads: the reader's own list of its keys.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::{Document, Sheet};

/// One thing that is asked of a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// It has to be there.
    Required,
    /// Whether it is a map; it may be something else.
    MapOrNot,
    /// A map with keys that are known.
    Map,
    /// A map with keys that somebody chose.
    Named,
    /// A list, or one value that stands for a list of one.
    List,
    /// A single value of this sort, one of the words of `yaml-wrong-type`.
    Scalar(&'static str),
    /// A text of at most so many characters.
    Length(usize),
    /// A number in this range.
    Range(u32, u32),
    /// One of these words.
    Word(Vec<&'static str>),
    /// This word besides what else it may be.
    Literal(String),
    /// Anything.
    Any,
}

/// What is asked of a value and of everything inside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// What is asked of the value itself.
    pub asks: BTreeSet<Ask>,
    /// What is asked of the values at its known keys.
    pub keys: BTreeMap<String, Asked>,
    /// What is asked of the values at keys that somebody chose.
    pub named: Option<Box<Asked>>,
    /// What is asked of its items.
    pub item: Option<Box<Asked>>,
}

/// The key that stands for every key that somebody chooses.
const ANY: &str = "any";

/// More rounds than any of the two files is deep.
const MOST_ROUNDS: usize = 40;

/// What a value is in a document that is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Map,
    List,
    Scalar,
}

impl Asked {
    /// Everything that `read` asks for: it is given documents that hold what it asked for before,
    /// with a map wherever there may be one, then each value in its other forms, until it asks for
    /// nothing new.
    pub fn by(read: impl Fn(&Sheet<'_>)) -> Self {
        let mut asked = Self::default();
        for _ in 0..MOST_ROUNDS {
            let before = asked.clone();
            let whole = asked.sample("", None);
            asked.learn(&whole, &read);
            if asked != before {
                continue;
            }
            let mut other = Vec::new();
            asked.other_forms("", &mut other);
            for (field, form) in other {
                asked.learn(&before.sample("", Some((&field, form))), &read);
            }
            if asked == before {
                break;
            }
        }
        asked
    }

    /// Has a document read, and notes what is asked of it.
    fn learn(&mut self, document: &Json, read: &impl Fn(&Sheet<'_>)) {
        let Ok(document) = Document::parse(&document.to_string()) else {
            return;
        };
        let sheet = Sheet::surveying(&document);
        read(&sheet);
        for (field, ask) in sheet.into_asks() {
            self.note(&field, ask);
        }
    }

    /// Adds what was asked at a field.
    fn note(&mut self, field: &str, ask: Option<Ask>) {
        let mut here = self;
        for part in field.split(['.', '[']).filter(|part| !part.is_empty()) {
            let open = here.asks.contains(&Ask::Named) || here.named.is_some();
            here = match part {
                _ if part.ends_with(']') => here.item.get_or_insert_default(),
                ANY if open => here.named.get_or_insert_default(),
                key => here.keys.entry(key.to_owned()).or_default(),
            };
        }
        here.asks.extend(ask);
    }

    fn form(&self) -> Form {
        let may = |ask| self.asks.contains(&ask);
        if may(Ask::Map) || may(Ask::MapOrNot) || may(Ask::Named) || !self.keys.is_empty() {
            Form::Map
        } else if may(Ask::List) {
            Form::List
        } else {
            Form::Scalar
        }
    }

    fn other_forms(&self, field: &str, found: &mut Vec<(String, Form)>) {
        if self.form() == Form::Map && !field.is_empty() {
            found.push((field.to_owned(), Form::Scalar));
            if self.asks.contains(&Ask::List) {
                found.push((field.to_owned(), Form::List));
            }
        }
        for (key, inside) in &self.keys {
            inside.other_forms(&format!("{field}.{key}"), found);
        }
        if let Some(inside) = &self.named {
            inside.other_forms(&format!("{field}.{ANY}"), found);
        }
        if let Some(inside) = &self.item {
            inside.other_forms(&format!("{field}[]"), found);
        }
    }

    /// A value that answers what is asked; at one field in another form.
    fn sample(&self, field: &str, other: Option<(&String, Form)>) -> Json {
        let form = match other {
            Some((at, form)) if at == field => form,
            _ => self.form(),
        };
        let list = |inside: &Asked| Json::Array(vec![inside.sample(&format!("{field}[]"), other)]);
        match form {
            Form::Map => {
                let named = self.named.iter().map(|inside| (ANY, inside.as_ref()));
                let keys = self.keys.iter().map(|(key, inside)| (key.as_str(), inside));
                let empty = Asked::default();
                let first = self.asks.contains(&Ask::Named) && self.named.is_none();
                let first = first.then_some((ANY, &empty));
                let all = keys.chain(named).chain(first);
                let pair = |(key, inside): (&str, &Asked)| {
                    (key.to_owned(), inside.sample(&format!("{field}.{key}"), other))
                };
                Json::Object(all.map(pair).collect::<Map<_, _>>())
            }
            Form::List => list(self.item.as_deref().unwrap_or(&Asked::default())),
            Form::Scalar => self.single(),
        }
    }

    /// A single value of the right sort.
    fn single(&self) -> Json {
        for ask in &self.asks {
            match ask {
                Ask::Range(least, _) => return (*least).into(),
                Ask::Word(words) => return words.first().copied().unwrap_or(ANY).into(),
                Ask::Scalar("bool") => return true.into(),
                Ask::Scalar("whole") => return 1.into(),
                Ask::Scalar("duration") => return "1m".into(),
                Ask::Scalar("moment") => return "2026-01-01T00:00".into(),
                Ask::Scalar("day") => return "2026-01-01".into(),
                Ask::Scalar("time") => return "01:00".into(),
                Ask::Scalar("secret") => return "${ANY}".into(),
                _ => {}
            }
        }
        ANY.into()
    }
}
