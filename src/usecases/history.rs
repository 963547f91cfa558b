//! What happened, from the log alone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::change::{ChangeId, Digest, Moment};
use crate::ledger::body::Fields;
use crate::ledger::{Record, Trust};

use super::{LogView, Ports, Stop};

/// The title of a change, which is text and may be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// As it was written.
    Text(String),
    /// Taken out by this record.
    Redacted(u64),
    /// Not in this copy of the log.
    NotFetched,
    /// The record is not about a change.
    None,
}

/// One record for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The record's number.
    pub seq: u64,
    /// When it was sealed.
    pub at: Moment,
    /// `noun.verb`.
    pub act: String,
    /// The changes it is about.
    pub changes: Vec<ChangeId>,
    /// The title of the first of them.
    pub title: Title,
    /// What the record says.
    pub body: Map<String, Value>,
    /// Who acted, by key.
    pub person: Option<String>,
    /// Whether its signature was checked.
    pub trust: Trust,
    /// Texts and documents that belong to it, where they are still there.
    pub documents: BTreeMap<String, Vec<u8>>,
}

/// One change with everything that is known of it.
pub struct Page {
    /// Its number.
    pub id: ChangeId,
    /// Its records, oldest first.
    pub rows: Vec<Row>,
    /// The change as the last dossier held it.
    pub last: Option<crate::dossier::Change>,
}

/// The records that are `wanted`, oldest first. Only documents that they need are read.
///
/// # Errors
/// [`Stop`] when a blob cannot be read.
pub async fn history(
    ports: Ports<'_>,
    view: &LogView,
    wanted: &(dyn Fn(&Row) -> bool + Sync),
) -> Result<Vec<Row>, Stop> {
    let rows: Vec<Row> = view
        .records
        .iter()
        .map(|(record, trust)| row(record, *trust))
        .collect();
    let titled: BTreeSet<ChangeId> = rows
        .iter()
        .filter(|row| wanted(row))
        .filter_map(|row| row.changes.first().cloned())
        .collect();
    let mut titles: BTreeMap<ChangeId, Title> = BTreeMap::new();
    let mut shown = Vec::new();
    for (mut row, (record, _)) in rows.into_iter().zip(&view.records) {
        let is_wanted = wanted(&row);
        if !is_wanted && !may_title(&row, &titled) {
            continue;
        }
        read_documents(ports, view, record, &mut row).await?;
        titles.extend(titles_of(&row));
        if !is_wanted {
            continue;
        }
        if let Some(title) = row.changes.first().and_then(|id| titles.get(id)) {
            row.title = title.clone();
        }
        shown.push(row);
    }
    Ok(shown)
}

/// Whether a record's documents may hold the title of one of these changes.
fn may_title(row: &Row, titled: &BTreeSet<ChangeId>) -> bool {
    // A decision about many changes names only the first of them.
    row.body.contains_key("changes_total") || row.changes.iter().any(|id| titled.contains(id))
}

async fn read_documents(
    ports: Ports<'_>,
    view: &LogView,
    record: &Record,
    row: &mut Row,
) -> Result<(), Stop> {
    for attachment in &record.statement.with {
        let wanted = matches!(
            attachment.name.as_str(),
            "dossier" | "declaration" | "note" | "findings"
        );
        if !wanted {
            continue;
        }
        if let Some(bytes) = ports.ledger.blob(&attachment.digest).await? {
            row.documents.insert(attachment.name.clone(), bytes);
        } else if let Some(by) = redacted_by(view, &attachment.digest) {
            row.title = Title::Redacted(by);
        } else {
            row.title = Title::NotFetched;
        }
    }
    Ok(())
}

fn row(record: &Record, trust: Trust) -> Row {
    let body = &record.statement.body;
    let fields = Fields(body);
    let mut changes: Vec<ChangeId> = fields.change("change").into_iter().collect();
    changes.extend(fields.change("rollback_of"));
    for item in fields.list("changes").unwrap_or_default() {
        changes.extend(item.as_object().and_then(|item| Fields(item).change("id")));
    }
    changes.dedup();
    let act = record.statement.act.split('/').next().unwrap_or_default();
    Row {
        seq: record.seq,
        at: record
            .time
            .parse()
            .unwrap_or_else(|_| Moment::new(jiff::Timestamp::UNIX_EPOCH, &jiff::tz::TimeZone::UTC)),
        act: act.to_owned(),
        changes,
        title: Title::None,
        body: body.clone(),
        person: fields.person("person").map(|p| p.to_string()),
        trust,
        documents: BTreeMap::new(),
    }
}

/// The record that took a document out.
pub(super) fn redacted_by(view: &LogView, digest: &Digest) -> Option<u64> {
    view.records.iter().find_map(|(record, _)| {
        let redacts = record.statement.act == "blob.redacted/1"
            && Fields(&record.statement.body).digest("blob").as_ref() == Some(digest);
        redacts.then_some(record.seq)
    })
}

/// The titles in a dossier or a declaration that a record carries.
fn titles_of(row: &Row) -> Vec<(ChangeId, Title)> {
    let mut titles = Vec::new();
    if let Some(dossier) = dossier_of(row) {
        for change in dossier.changes {
            if let Some(title) = change.declaration.get("title").and_then(Value::as_str) {
                titles.push((change.id, Title::Text(title.to_owned())));
            }
        }
    }
    let filed = row
        .documents
        .get("declaration")
        .and_then(|b| serde_json::from_slice::<Value>(b).ok());
    if let (Some(id), Some(title)) = (
        row.changes.first(),
        filed
            .as_ref()
            .and_then(|d| d.get("title"))
            .and_then(Value::as_str),
    ) {
        titles.push((id.clone(), Title::Text(title.to_owned())));
    }
    titles
}

fn dossier_of(row: &Row) -> Option<crate::dossier::Dossier> {
    serde_json::from_slice(row.documents.get("dossier")?).ok()
}

/// Everything about one change; `None` when the log does not know it.
///
/// # Errors
/// [`Stop`] when a blob cannot be read.
pub async fn show(ports: Ports<'_>, view: &LogView, id: &ChangeId) -> Result<Option<Page>, Stop> {
    let rows = history(ports, view, &|row| row.changes.contains(id)).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let last = rows
        .iter()
        .rev()
        .filter_map(dossier_of)
        .flat_map(|dossier| dossier.changes)
        .find(|change| &change.id == id);
    Ok(Some(Page {
        id: id.clone(),
        rows,
        last,
    }))
}
