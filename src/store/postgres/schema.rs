//! The tables, triggers and functions as shipped, and whether a database still has them.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

use crate::ports::StoreError;

use super::session::{Session, patient};

const MIGRATIONS: [(i64, &str, &str); 2] = [
    (
        1,
        "init",
        include_str!("../../../migrations/postgres/0001_init.sql"),
    ),
    (
        2,
        "held and spoiled",
        include_str!("../../../migrations/postgres/0002_held_and_spoiled.sql"),
    ),
];

/// The newest schema that this version knows.
fn newest() -> i64 {
    MIGRATIONS
        .iter()
        .map(|(version, ..)| *version)
        .max()
        .unwrap_or_default()
}

fn migrator() -> Migrator {
    let migration = |(version, name, sql): (i64, &'static str, &'static str)| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    };
    let mut migrator = Migrator::with_migrations(MIGRATIONS.map(migration).to_vec());
    migrator.create_schema("sekisho");
    migrator.dangerous_set_table_name("sekisho._sqlx_migrations");
    migrator
}

/// Whether the schema is this version's.
pub(super) async fn look_at(session: &mut Session) -> Result<(), StoreError> {
    match version(session).await? {
        found if found == newest() => Ok(()),
        found if found < newest() => Err(StoreError::Unprepared),
        found => Err(newer(found)),
    }
}

async fn version(session: &mut Session) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(version), 0) FROM sekisho._sqlx_migrations WHERE success";
    let rows = session.script(sql.to_owned()).await?;
    match rows.first().map(|row| sqlx::Row::try_get(row, 0)) {
        Some(Ok(version)) => Ok(version),
        Some(Err(error)) => Err(session.failed(&error)),
        None => Ok(0),
    }
}

fn newer(found: i64) -> StoreError {
    StoreError::Unreachable(format!(
        "schema {found} was made by a newer version; this one knows {}",
        newest()
    ))
}

/// Makes the tables or brings them up to date; whether there was anything to do.
pub(super) async fn prepare(session: &mut Session) -> Result<bool, StoreError> {
    let before = match version(session).await {
        Ok(version) if version > newest() => return Err(newer(version)),
        Ok(version) => version,
        Err(StoreError::Unprepared) => 0,
        Err(error) => return Err(error),
    };
    let done = migrator().run_direct(None, &mut session.connection, false).await;
    done.map_err(|error| match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => session.failed(&error),
        other => StoreError::Damaged(session.address.masked(&other.to_string())),
    })?;
    Ok(before < newest())
}

/// Functions with their bodies and triggers, as the migrations make them; the last one counts.
fn shipped() -> (BTreeMap<&'static str, &'static str>, BTreeSet<&'static str>) {
    let (mut functions, mut triggers) = (BTreeMap::new(), BTreeSet::new());
    for (_, _, sql) in MIGRATIONS {
        for part in sql.split("FUNCTION sekisho.").skip(1) {
            let name = part.split('(').next().unwrap_or_default();
            let body = part.split("$fn$").nth(1);
            let head = part.split("$fn$").next().unwrap_or_default();
            // Grants and triggers name functions too, and have no body of their own.
            if let (Some(body), false) = (body, head.contains(';')) {
                functions.insert(name, body);
            }
        }
        for part in sql.split("CREATE TRIGGER ").skip(1) {
            triggers.extend(part.split_whitespace().next());
        }
    }
    (functions, triggers)
}

/// How functions and triggers differ from the shipped ones, a line each.
pub(super) async fn differences(session: &mut Session) -> Result<Vec<String>, StoreError> {
    let (functions, triggers) = shipped();
    let found: Vec<(String, String, bool)> = patient(
        sqlx::query_as(
            "SELECT p.proname::text, p.prosrc, \
             coalesce(p.proconfig = ARRAY['search_path=pg_catalog, pg_temp'], false) \
             FROM pg_catalog.pg_proc p WHERE p.pronamespace = 'sekisho'::regnamespace",
        )
        .fetch_all(&mut session.connection),
    )
    .await
    .map_err(|error| session.failed(&error))?;
    let enabled: Vec<(String,)> = patient(
            sqlx::query_as(
            "SELECT t.tgname::text FROM pg_catalog.pg_trigger t \
             JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid \
             WHERE c.relnamespace = 'sekisho'::regnamespace AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')",
        )
        .fetch_all(&mut session.connection),
)
.await
.map_err(|error| session.failed(&error))?;
    let mut lines = Vec::new();
    for (name, body) in &functions {
        let same = |(found, text, pinned): &&(String, String, bool)| found == name && text == body && *pinned;
        if found.iter().find(same).is_none() {
            lines.push(format!("function {name} is not as shipped"));
        }
    }
    let strangers = found
        .iter()
        .filter(|(name, ..)| !functions.contains_key(name.as_str()));
    lines.extend(strangers.map(|(name, ..)| format!("function {name} does not belong here")));
    let enabled: BTreeSet<&str> = enabled.iter().map(|(name,)| name.as_str()).collect();
    lines.extend(
        triggers
            .difference(&enabled)
            .map(|name| format!("trigger {name} is missing or switched off")),
    );
    lines.extend(
        enabled
            .difference(&triggers)
            .map(|name| format!("trigger {name} does not belong here")),
    );
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_found_in_the_migrations() {
        let (functions, triggers) = shipped();
        assert_eq!(
            functions.keys().copied().collect::<Vec<_>>(),
            [
                "append",
                "erase",
                "head_is_a_record",
                "in_order",
                "lock_head",
                "only_taken_out",
                "refuse",
                "taken_out"
            ]
        );
        assert!(
            functions
                .values()
                .all(|body| body.contains("BEGIN") && body.ends_with("END\n"))
        );
        assert_eq!(triggers.len(), 9);
    }

    #[test]
    fn every_function_with_the_owners_rights_has_a_fixed_search_path() {
        for (_, _, sql) in MIGRATIONS {
            let definers = sql.matches("SECURITY DEFINER").count();
            assert_eq!(
                definers,
                sql.matches("SECURITY DEFINER SET search_path = pg_catalog, pg_temp")
                    .count()
            );
            assert!(definers > 0);
        }
    }
}
