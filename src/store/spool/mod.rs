//! Where signed acts wait while the log cannot be reached: one file each, in a private folder.

mod ends;
mod file_spool;
mod sheet;

pub use file_spool::FileSpool;
