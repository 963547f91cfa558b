//! Acceptance stories: data in JSON, every step through the real program.

mod pipeline;
mod story;
