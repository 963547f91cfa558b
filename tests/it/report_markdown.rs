//! Markdown pages: job summaries and what goes into issues.

use insta::assert_snapshot;
use sekisho::change::Message;
use sekisho::config::Language;
use sekisho::report::{Title, Wording, decision, history, show};

use crate::report_fixture::{denied, passed, view};
use crate::report_text::{page, rows};

fn both(page: impl Fn(&Wording) -> String) -> String {
    [Language::En, Language::Ja]
        .map(|language| page(&Wording::new(language)))
        .join("\n----\n\n")
}

#[test]
fn a_denied_job() {
    let (dossier, decision) = denied();
    assert_snapshot!(both(|w| decision::markdown(w, &view(&dossier, &decision))));
}

#[test]
fn a_passed_job() {
    let (dossier, decision) = passed();
    assert_snapshot!(both(|w| decision::markdown(w, &view(&dossier, &decision))));
}

#[test]
fn the_history_as_a_table() {
    let text = both(|w| history::markdown(w, &rows()));
    let columns: Vec<usize> = text
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| line.matches('|').count())
        .collect();
    assert!(
        columns.len() >= 10 && columns.iter().all(|n| *n == 10),
        "{columns:?}"
    );
    assert_snapshot!(text);
}

#[test]
fn one_change_as_a_page() {
    assert_snapshot!(both(|w| show::markdown(w, &page())));
}

#[test]
fn nothing_of_a_stranger_becomes_markup() {
    let (mut dossier, mut decision) = denied();
    let hostile = "<script>x</script> [a](http://b) | @octocat #1\n## heading ![i](u) `c`";
    dossier.changes[0]
        .declaration
        .insert("title".to_owned(), hostile.into());
    decision.findings[0].message = Message::new("error-read-file")
        .with("file", hostile)
        .with("detail", hostile);
    decision.findings[0].name = hostile.to_owned();
    decision.findings[2].field = Some("a`<b>".to_owned());
    let mut view = view(&dossier, &decision);
    if let Some(Some(place)) = view.places.first_mut() {
        place.text = "``` <img> ```".to_owned();
    }
    let mut shown = page();
    shown.title = Title::Text(hostile.to_owned());
    for language in [Language::En, Language::Ja] {
        let wording = Wording::new(language);
        let text = format!(
            "{}{}",
            decision::markdown(&wording, &view),
            show::markdown(&wording, &shown)
        );
        for markup in [
            "<script",
            "](http",
            "@octocat",
            " #1",
            "\n## heading",
            "![i]",
            "<b>odd",
        ] {
            assert!(!text.contains(markup), "{markup} in\n{text}");
        }
        assert!(text.contains("  ````text\n"), "{text}");
    }
}
