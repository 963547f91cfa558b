//! What people and programs read: sentences, pages, tables and JSON, made from plain data.

pub mod annotation;
pub mod calendar;
pub mod check;
pub mod decision;
pub mod due;
pub mod fault;
mod file_place;
mod harmless;
pub mod history;
pub mod key;
mod language;
pub mod markdown;
mod obligation;
mod page;
mod people;
pub mod record;
pub mod rules;
pub mod sarif;
pub mod schema;
pub mod show;
pub mod synced;
mod table;
pub mod tests;
pub mod time;
mod title;
pub mod verify;
pub mod why;
mod wording;

pub use file_place::FilePlace;
pub use harmless::harmless;
pub use language::choose_language;
pub use page::{Look, Page};
pub use people::People;
pub use table::table;
pub use title::Title;
pub use wording::Wording;
