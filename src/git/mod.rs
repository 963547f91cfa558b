//! The repository over libgit2: history, trees, files; never the work tree, and the network only where git itself
//! fetches what a partial clone left out, and fetches or pushes the branch that carries the log.

mod answer;
mod bring;
mod committers;
mod difference;
mod fault;
mod fetch;
mod files;
mod guarded;
mod here;
mod hunks;
mod kept;
mod log_branch;
mod node;
mod patch;
mod path;
mod place;
mod range;
mod recent;
mod remote;
mod repository;
mod settings;
mod sheet;
mod side_by_side;
mod sound;
mod staged;
mod stretch;
mod trailers;

pub use bring::Login;
pub use here::Here;
pub use log_branch::GitLogBranch;
pub use repository::GitRepository;
pub use staged::Staged;
