//! One test binary; one module per subject.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod house;
mod report_fixture;
mod report_json;
mod report_markdown;
mod report_text;
mod scan;
mod width;
mod wording;
