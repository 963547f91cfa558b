//! JSON Schemas of the files that people write and of the documents that programs read.

mod asked;
mod document;
mod example;

pub use document::{Document, schema};
