//! GitHub: which pull request brought a commit, who reviewed and pushed what. The only room that
//! speaks to a network.

mod activity;
mod address;
mod answer;
mod client;
mod forge;
mod linking;
mod query;
mod shapes;
mod token;
mod told;

pub use address::{Address, Surroundings};
pub use forge::GitHub;
pub use token::Token;
