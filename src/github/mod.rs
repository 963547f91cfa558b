//! GitHub: which pull request brought a commit, who reviewed and pushed what. The only room that
//! speaks to a network.

mod activity;
mod address;
mod anchors;
mod answer;
mod client;
mod comment;
mod forge;
mod job_tokens;
mod linking;
mod log_branch;
mod members;
mod plain;
mod proposed;
mod query;
mod reading;
mod shapes;
mod token;
mod token_issuer;
mod told;

pub use address::{Address, Surroundings};
pub use forge::GitHub;
pub use job_tokens::JobTokens;
pub use log_branch::{AppendingBranch, Detour};
pub use token::Token;
pub use token_issuer::TokenIssuer;
