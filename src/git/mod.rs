//! The repository over libgit2: history, trees, files; never the network, never the work tree.

mod committers;
mod difference;
mod fault;
mod files;
mod hunks;
mod patch;
mod path;
mod range;
mod repository;
mod side_by_side;
mod texts;
mod trailers;

pub use repository::GitRepository;
