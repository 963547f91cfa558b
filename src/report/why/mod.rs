//! Why a decision is what it is, for people and for programs.

mod blocks;
mod json;
mod pages;
mod view;

pub(super) use blocks::plain;
pub use json::json;
pub use pages::{markdown, text};
pub use view::WhyView;
