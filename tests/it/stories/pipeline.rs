//! Story 0: a repository whose changes go out with a pipeline.

#[test]
fn a_pipeline_repository() {
    super::story::play(include_str!("00-pipeline.json"));
}
