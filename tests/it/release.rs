//! What is released has no settable clock.

#[test]
fn clock_of_the_stories_is_in_no_release() {
    let plain = std::path::Path::new("target/plain/sekisho");
    let plain = std::env::var_os("SEKISHO_PLAIN_BINARY").map_or(plain.to_owned(), Into::into);
    let bytes = std::fs::read(&plain).unwrap_or_else(|error| {
        panic!(
            "{}: {error}. scripts/test builds the program without the stories' clock and puts it there",
            plain.display()
        )
    });
    let name = b"SEKISHO_TEST_NOW";
    assert!(!bytes.windows(name.len()).any(|window| window == name));
    let tested = std::fs::read(env!("CARGO_BIN_EXE_sekisho")).unwrap();
    assert!(
        tested.windows(name.len()).any(|window| window == name),
        "the tests run the one with the clock"
    );
}
