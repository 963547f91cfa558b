//! The repository over libgit2: history, trees, files; never the network, never the work tree.

mod committers;
mod difference;
mod fault;
mod files;
mod patch;
mod path;
mod place;
mod range;
mod repository;
mod texts;
mod trailers;

pub use repository::GitRepository;
