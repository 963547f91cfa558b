//! The tables and triggers as shipped, and whether a file still has them.

use std::collections::BTreeSet;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqlSafeStr, SqliteConnection};

use crate::ports::StoreError;

use super::rows::store_error;

const MIGRATIONS: [(i64, &str, &str); 2] = [
    (
        1,
        "init",
        include_str!("../../../migrations/sqlite/0001_init.sql"),
    ),
    (
        2,
        "redaction",
        include_str!("../../../migrations/sqlite/0002_redaction.sql"),
    ),
];

/// The newest schema that this version knows.
pub(super) fn newest() -> i64 {
    MIGRATIONS
        .iter()
        .map(|(version, ..)| *version)
        .max()
        .unwrap_or_default()
}

pub(super) fn migrator() -> Migrator {
    let migration = |(version, name, sql): (i64, &'static str, &'static str)| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    };
    Migrator::with_migrations(MIGRATIONS.map(migration).to_vec())
}

/// Kind, name and text of everything in a schema that is not SQLite's or the migrations' own.
type Schema = BTreeSet<(String, String, String)>;

async fn schema_of(connection: &mut SqliteConnection) -> Result<Schema, StoreError> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT type, name, sql FROM sqlite_schema \
         WHERE sql IS NOT NULL AND name <> '_sqlx_migrations' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .fetch_all(connection)
    .await
    .map_err(store_error)?;
    Ok(rows.into_iter().collect())
}

/// How the schema of a file differs from the shipped one, a line each.
pub(super) async fn differences(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let found = schema_of(connection).await?;
    let options = SqliteConnectOptions::new().in_memory(true);
    let mut fresh = options.connect().await.map_err(store_error)?;
    migrator()
        .run_direct(None, &mut fresh, false)
        .await
        .map_err(|error| StoreError::Unreachable(error.to_string()))?;
    let shipped = schema_of(&mut fresh).await?;
    let lost = shipped
        .difference(&found)
        .map(|(kind, name, _)| format!("{kind} {name} is not as shipped"));
    let strange = found
        .difference(&shipped)
        .filter(|(kind, name, _)| !shipped.iter().any(|(k, n, _)| (k, n) == (kind, name)))
        .map(|(kind, name, _)| format!("{kind} {name} does not belong here"));
    Ok(lost.chain(strange).collect())
}
