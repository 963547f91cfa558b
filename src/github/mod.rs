//! GitHub: which pull request brought a commit, who reviewed and pushed what. The only room that
//! speaks to a network.

mod activity;
mod address;
mod anchors;
mod answer;
mod client;
mod comment;
mod forge;
mod linking;
mod log_branch;
mod members;
mod proposed;
mod query;
mod reading;
mod shapes;
mod token;
mod told;

pub use address::{Address, Surroundings};
pub use forge::GitHub;
pub use log_branch::{AppendingBranch, Detour};
pub use token::Token;
