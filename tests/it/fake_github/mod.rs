//! A GitHub to test against: it keeps repositories, pull requests, reviews and pushes, answers
//! REST and GraphQL from them, and has the bad habits that were seen of the real one.

mod changes;
mod graphql;
mod http;
pub(crate) mod issuer;
mod smart_git;
mod state;
mod world;

pub(crate) use state::{Comment, Habit, Review, State};
pub(crate) use world::{How, World};

/// The account of a workflow's token.
pub(crate) fn actions_bot() -> serde_json::Value {
    serde_json::json!({"id": 41_898_282, "login": "github-actions[bot]", "type": "Bot"})
}
