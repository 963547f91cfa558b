//! From records to rows.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::change::Digest;
use crate::ledger::{Event, Head, Sealed, folded, words};
use crate::ports::{LedgerStore, Reach, StoreError};
use crate::store::row::number;
use crate::store::sqlite::store_error;

use super::open::begin_again;
use super::search::kind_number;

/// How many records are taken in at once, and of how many the texts.
const RECORDS: u64 = 10_000;
const TEXTS: u64 = 1_000;
/// How many records are read while others are put.
const PART: u64 = 1_000;
/// Rows of one statement; SQLite takes 32,766 values.
const ROWS: usize = 250;

/// How far the index is.
struct Done {
    upto: u64,
    leaf: Vec<u8>,
    texts: u64,
}

/// Takes in what comes next.
pub(super) async fn advance(
    connection: &mut SqliteConnection,
    log: &dyn LedgerStore,
    texts: bool,
) -> Result<Reach, StoreError> {
    let head = log.head().await?;
    let mut done = read(connection).await?;
    if !is_of(&done, log, head).await? {
        begin_again(connection).await?;
        done = read(connection).await?;
    }
    let before = (done.upto, done.texts);
    if done.upto < head.size {
        take_in(connection, log, &mut done).await?;
    }
    if texts && done.texts < done.upto {
        take_in_texts(connection, log, &mut done).await?;
    }
    write(connection, &done).await?;
    let upto = if texts {
        done.upto.min(done.texts)
    } else {
        done.upto
    };
    Ok(Reach {
        upto,
        of: head.size,
        moved: before != (done.upto, done.texts),
    })
}

/// Whether the index was made from this log: its last record is at its place there.
async fn is_of(done: &Done, log: &dyn LedgerStore, head: Head) -> Result<bool, StoreError> {
    let Some(last) = done.upto.checked_sub(1) else {
        return Ok(true);
    };
    if done.upto == head.size {
        return Ok(done.leaf == head.leaf);
    }
    let there = log.range(last, done.upto).await?;
    Ok(there
        .first()
        .is_some_and(|record| record.seq == last && done.leaf == record.leaf))
}

async fn read(connection: &mut SqliteConnection) -> Result<Done, StoreError> {
    let (upto, leaf, texts): (i64, Vec<u8>, i64) = sqlx::query_as("SELECT upto, leaf, texts FROM reach")
        .fetch_one(connection)
        .await
        .map_err(store_error)?;
    Ok(Done {
        upto: upto.try_into().unwrap_or_default(),
        leaf,
        texts: texts.try_into().unwrap_or_default(),
    })
}

async fn write(connection: &mut SqliteConnection, done: &Done) -> Result<(), StoreError> {
    sqlx::query("UPDATE reach SET upto = ?, leaf = ?, texts = ?")
        .bind(number(done.upto))
        .bind(&done.leaf)
        .bind(number(done.texts))
        .execute(connection)
        .await
        .map_err(store_error)?;
    Ok(())
}

/// Takes in the next records. SQLite works in threads of its own: while some records are put, the
/// next ones are read.
async fn take_in(
    connection: &mut SqliteConnection,
    log: &dyn LedgerStore,
    done: &mut Done,
) -> Result<(), StoreError> {
    let end = done.upto.saturating_add(RECORDS);
    let mut page = read_on(log, done.upto, end).await?;
    while let Some(last) = page.last() {
        let (upto, leaf) = (last.seq.saturating_add(1), last.leaf);
        let (put, next) = tokio::join!(put(connection, &page), read_on(log, upto, end));
        let taken_out = put?;
        done.upto = upto;
        leaf.as_slice().clone_into(&mut done.leaf);
        if !taken_out.is_empty() {
            forget(connection, &taken_out, done).await?;
        }
        page = next?;
    }
    Ok(())
}

async fn read_on(log: &dyn LedgerStore, from: u64, end: u64) -> Result<Vec<Sealed>, StoreError> {
    if from >= end {
        return Ok(Vec::new());
    }
    log.range(from, from.saturating_add(PART).min(end)).await
}

/// Puts what records are about; the documents that they take out.
async fn put(connection: &mut SqliteConnection, page: &[Sealed]) -> Result<Vec<Digest>, StoreError> {
    let events: Vec<Event<'_>> = page.iter().map(event).collect::<Result<_, _>>()?;
    for some in events.chunks(ROWS) {
        put_events(connection, some).await?;
    }
    put_about(connection, &events).await?;
    put_documents(connection, &events).await?;
    Ok(events.iter().filter_map(|event| event.redacts).collect())
}

fn event(record: &Sealed) -> Result<Event<'_>, StoreError> {
    Event::read(&record.bytes).map_err(|wrong| StoreError::Damaged(format!("record {}: {wrong}", record.seq)))
}

async fn run(connection: &mut SqliteConnection, mut query: QueryBuilder<Sqlite>) -> Result<(), StoreError> {
    query.build().execute(connection).await.map_err(store_error)?;
    Ok(())
}

async fn put_events(connection: &mut SqliteConnection, events: &[Event<'_>]) -> Result<(), StoreError> {
    let mut query =
        QueryBuilder::<Sqlite>::new("INSERT INTO event (seq, service, environment, sealed, outcome) ");
    query.push_values(events, |mut row, event| {
        row.push_bind(number(event.seq))
            .push_bind(event.service.as_deref())
            .push_bind(event.environment.as_deref())
            .push_bind(event.sealed)
            .push_bind(event.outcome.as_deref());
    });
    run(connection, query).await
}

async fn put_about(connection: &mut SqliteConnection, events: &[Event<'_>]) -> Result<(), StoreError> {
    let mut rows: Vec<_> = events
        .iter()
        .flat_map(|event| {
            let about = event.about.iter();
            about.map(|(kind, what)| (*kind, what.as_ref(), event.seq))
        })
        .collect();
    // The rows of a table without row numbers lie in the order of their key.
    rows.sort_unstable();
    for some in rows.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO about (kind, what, seq) ");
        query.push_values(some, |mut row, (kind, what, seq)| {
            row.push_bind(kind_number(*kind))
                .push_bind(*what)
                .push_bind(number(*seq));
        });
        run(connection, query).await?;
    }
    Ok(())
}

async fn put_documents(connection: &mut SqliteConnection, events: &[Event<'_>]) -> Result<(), StoreError> {
    let rows: Vec<_> = events
        .iter()
        .flat_map(|event| {
            let texts = event.texts.iter();
            texts.map(|(name, digest)| (event.seq, digest, *name))
        })
        .collect();
    for some in rows.chunks(ROWS) {
        // A record may name one document twice.
        let mut query = QueryBuilder::<Sqlite>::new("INSERT OR IGNORE INTO document (seq, digest, name) ");
        query.push_values(some, |mut row, (seq, digest, name)| {
            row.push_bind(number(*seq))
                .push_bind(&digest.as_bytes()[..])
                .push_bind(*name);
        });
        run(connection, query).await?;
    }
    Ok(())
}

/// Documents were taken out: no word of them stays, in no page and in no part of the search
/// table. It is dropped whole and its texts are taken in again when somebody asks for them.
async fn forget(
    connection: &mut SqliteConnection,
    taken_out: &[Digest],
    done: &mut Done,
) -> Result<(), StoreError> {
    for digest in taken_out {
        sqlx::query("INSERT OR IGNORE INTO redacted (digest) VALUES (?)")
            .bind(&digest.as_bytes()[..])
            .execute(&mut *connection)
            .await
            .map_err(store_error)?;
    }
    for sql in [
        "DROP TABLE said",
        "CREATE VIRTUAL TABLE said USING fts5 (words, seq UNINDEXED, tokenize = 'trigram')",
    ] {
        sqlx::query(sql)
            .execute(&mut *connection)
            .await
            .map_err(store_error)?;
    }
    done.texts = 0;
    Ok(())
}

async fn take_in_texts(
    connection: &mut SqliteConnection,
    log: &dyn LedgerStore,
    done: &mut Done,
) -> Result<(), StoreError> {
    let end = done.texts.saturating_add(TEXTS).min(done.upto);
    let named: Vec<(i64, Vec<u8>, String)> = sqlx::query_as(
        "SELECT seq, digest, name FROM document WHERE seq >= ? AND seq < ? \
         AND digest NOT IN (SELECT digest FROM redacted) ORDER BY seq",
    )
    .bind(number(done.texts))
    .bind(number(end))
    .fetch_all(&mut *connection)
    .await
    .map_err(store_error)?;
    let mut rows = Vec::new();
    for (seq, digest, name) in named {
        let Ok(digest) = <[u8; 32]>::try_from(digest) else {
            continue;
        };
        // A document that is not there has no words; whether it should be there, `verify` says.
        if let Some(bytes) = log.blob(&Digest::from_bytes(digest)).await? {
            let words = folded(&words(&name, &bytes));
            if !words.trim().is_empty() {
                rows.push((seq, words));
            }
        }
    }
    for some in rows.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO said (words, seq) ");
        query.push_values(some, |mut row, (seq, words)| {
            row.push_bind(words.as_str()).push_bind(*seq);
        });
        run(connection, query).await?;
    }
    done.texts = end;
    Ok(())
}
