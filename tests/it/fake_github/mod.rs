//! A GitHub to test against: it keeps repositories, pull requests, reviews and pushes, answers
//! REST and GraphQL from them, and has the bad habits that were seen of the real one.

mod graphql;
mod http;
pub(crate) mod issuer;
mod smart_git;
mod state;
mod world;

pub(crate) use state::{Habit, Review};
pub(crate) use world::{How, World};
