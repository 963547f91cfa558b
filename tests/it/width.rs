//! Columns and carets stay in line, also below full-width characters.

use sekisho::change::text::Place;
use sekisho::report::{FilePlace, Look, Page, table};
use unicode_width::UnicodeWidthStr as _;

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

#[test]
fn columns_begin_at_the_same_place() {
    let rows = [
        strings(["変更番号", "佐藤 優", "|x"]),
        strings(["CHG", "tanaka", "|x"]),
        strings(["a", "ﾊﾝｶｸ｜全角", "|x"]),
    ];
    let text = table(&strings(["番号", "Executor", "|x"]), &rows, Look::default());
    let starts: Vec<usize> = text
        .lines()
        .map(|line| line.split("|x").next().unwrap().width())
        .collect();
    assert_eq!(starts.len(), 4);
    assert!(
        starts.iter().all(|start| *start == starts[0]),
        "{starts:?}\n{text}"
    );
}

#[test]
fn a_pipe_is_never_wrapped_and_a_screen_always() {
    let long = "長い件名".repeat(40);
    let rows = [vec!["1".to_owned(), long.clone()]];
    let headings = strings(["#", "title"]);
    let piped = table(&headings, &rows, Look::default());
    assert!(piped.contains(&long) && piped.lines().count() == 2);
    let screen = table(
        &headings,
        &rows,
        Look {
            colour: false,
            width: Some(60),
        },
    );
    assert!(
        screen.lines().count() > 3 && screen.lines().all(|line| line.width() <= 60),
        "{screen}"
    );
}

#[test]
fn cells_of_strangers_stay_in_their_cell() {
    let rows = [strings(["a\nb", "c\u{1b}[31m\t\r"])];
    let text = table(&strings(["x", "y"]), &rows, Look::default());
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains(r"a\nb") && !text.contains('\u{1b}'));
}

/// The page of one place: the excerpt and the line of carets.
fn excerpt(content: &str, column: u32, bytes: std::ops::Range<usize>) -> (String, String) {
    let place = FilePlace::of(
        "f.yml",
        content,
        &Place {
            line: 1,
            column,
            bytes,
        },
    );
    let mut page = Page::new(Look::default());
    place.show(&mut page, 0);
    let text = page.finish();
    let mut lines = text.lines().skip(1).map(str::to_owned);
    (lines.next().unwrap(), lines.next().unwrap())
}

#[test]
fn carets_stand_below_what_they_mark() {
    let content = "件名: 価格 # x";
    let start = content.find('価').unwrap();
    let (line, carets) = excerpt(content, 5, start..start + "価格".len());
    assert_eq!(
        carets.find('^').map(|i| carets[..i].width()),
        line.find('価').map(|i| line[..i].width())
    );
    assert_eq!(carets.matches('^').count(), 4);
}

#[test]
fn carets_still_fit_where_the_line_holds_control_characters() {
    let content = "a\u{1b}[2J: value";
    let start = content.find("value").unwrap();
    let (line, carets) = excerpt(content, 8, start..start + 5);
    assert_eq!(line.find("value"), carets.find('^'));
    assert!(!line.contains('\u{1b}'));
}

#[test]
fn long_lines_are_cut_around_the_mark() {
    let content = format!("{}MARK{}", "あ".repeat(500), "い".repeat(500));
    let (line, carets) = excerpt(&content, 501, 1500..1504);
    assert!(line.width() < 140 && line.contains("MARK"), "{line}");
    assert_eq!(
        line.find("MARK").map(|i| line[..i].width()),
        carets.find('^').map(|i| carets[..i].width())
    );
}
