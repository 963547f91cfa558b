//! From a filter to the numbers of records.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::ledger::{About, folded};
use crate::ports::{Filter, Found, Part, StoreError};
use crate::store::row::number;
use crate::store::sqlite::store_error;

/// The shortest text that the search table finds by itself, in characters.
const TRIGRAM: usize = 3;

pub(super) async fn find(
    connection: &mut SqliteConnection,
    filter: &Filter,
    part: Part,
) -> Result<Found, StoreError> {
    let mut count = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM event WHERE 1");
    narrow(&mut count, filter);
    let (total,): (i64,) = count
        .build_query_as()
        .fetch_one(&mut *connection)
        .await
        .map_err(store_error)?;
    let mut query = QueryBuilder::<Sqlite>::new("SELECT seq FROM event WHERE 1");
    narrow(&mut query, filter);
    if let Some(before) = part.before {
        query.push(" AND seq < ").push_bind(number(before));
    }
    // One more than is wanted says whether there are older ones.
    query
        .push(" ORDER BY seq DESC LIMIT ")
        .push_bind(number(part.limit.saturating_add(1)));
    let rows: Vec<(i64,)> = query
        .build_query_as()
        .fetch_all(connection)
        .await
        .map_err(store_error)?;
    let mut seqs: Vec<u64> = rows
        .into_iter()
        .filter_map(|(seq,)| seq.try_into().ok())
        .collect();
    let wanted = usize::try_from(part.limit).unwrap_or(usize::MAX);
    let older = seqs.len() > wanted;
    seqs.truncate(wanted);
    seqs.reverse();
    Ok(Found {
        seqs,
        total: total.try_into().unwrap_or_default(),
        older,
    })
}

fn narrow(query: &mut QueryBuilder<Sqlite>, filter: &Filter) {
    let own = [
        ("service", &filter.service),
        ("environment", &filter.environment),
        ("outcome", &filter.outcome),
    ];
    for (column, wanted) in own {
        if let Some(wanted) = wanted {
            query
                .push(format_args!(" AND {column} = "))
                .push_bind(wanted.as_str());
        }
    }
    let about = [
        (About::Area, &filter.area),
        (About::Change, &filter.change),
        (About::Person, &filter.person),
        (About::Type, &filter.change_type),
    ];
    for (kind, wanted) in about {
        if let Some(wanted) = wanted {
            query
                .push(" AND seq IN (SELECT seq FROM about WHERE kind = ")
                .push_bind(kind_number(kind))
                .push(" AND what = ")
                .push_bind(wanted.as_str())
                .push(")");
        }
    }
    for (sign, at) in [(">=", filter.since), ("<=", filter.until)] {
        if let Some(at) = at {
            query.push(format_args!(" AND sealed {sign} ")).push_bind(at);
        }
    }
    let text = folded(filter.text.as_deref().unwrap_or_default());
    for word in text.split_whitespace() {
        said(query, word);
    }
}

/// How the table calls it.
pub(super) const fn kind_number(kind: About) -> i64 {
    match kind {
        About::Area => 1,
        About::Change => 2,
        About::Person => 3,
        About::Type => 4,
    }
}

/// Records in whose texts `word` occurs. Words of one or two characters, of which Japanese has
/// many, are looked for in every text.
fn said(query: &mut QueryBuilder<Sqlite>, word: &str) {
    query.push(" AND seq IN (SELECT seq FROM said WHERE ");
    if word.chars().count() < TRIGRAM {
        query.push("instr(words, ").push_bind(word).push(") > 0)");
    } else {
        let phrase = format!("\"{}\"", word.replace('"', "\"\""));
        query.push("words MATCH ").push_bind(phrase).push(")");
    }
}
