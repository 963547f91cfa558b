//! What records are about, for searching: one SQLite file that can be thrown away.

mod open;
mod project;
mod search;
mod sqlite;

pub use sqlite::SqliteIndex;
