//! What an approval is of.

use serde_json::{Map, Value};

use crate::change::Digest;

/// The approval subject as a JSON object; its canonical bytes are what `of` names.
pub fn subject(content: &[Digest], declaration: Digest, plan: Option<Digest>) -> Map<String, Value> {
    let mut sorted: Vec<Digest> = content.to_vec();
    sorted.sort();
    let mut subject = Map::new();
    subject.insert(
        "content".to_owned(),
        sorted.iter().map(Digest::to_string).collect(),
    );
    subject.insert("declaration".to_owned(), declaration.to_string().into());
    if let Some(plan) = plan {
        subject.insert("plan".to_owned(), plan.to_string().into());
    }
    subject
}
