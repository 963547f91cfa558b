//! GitHub: which pull request brought a commit, who reviewed and pushed what. The only room that
//! speaks to a network.

mod activity;
mod address;
mod answer;
mod client;
mod forge;
mod job_tokens;
mod linking;
mod plain;
mod query;
mod shapes;
mod token;
mod token_issuer;
mod told;

pub use address::{Address, Surroundings};
pub use forge::GitHub;
pub use job_tokens::JobTokens;
pub use token::Token;
pub use token_issuer::TokenIssuer;
