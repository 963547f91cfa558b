//! From a field to the line that a person sees.

use sekisho::change::text::{Document, Excerpt, Fault, Place};
use sekisho::report::{FilePlace, Look, Page};

const JA: &str = include_str!("data/seat-plan.yml");

/// The line of a place and carets, as a terminal prints them.
pub(crate) fn marked(text: &str, place: &Place) -> String {
    let mut page = Page::new(Look::default());
    FilePlace::of("", text, place).show(&mut page, 0);
    let shown = page.finish();
    shown.lines().skip(1).collect::<Vec<_>>().join("\n")
}

fn shown(text: &str, field: &str) -> String {
    let document = Document::parse(text).unwrap();
    match document.place(field) {
        Some(place) => marked(text, &place),
        None => "nowhere".to_owned(),
    }
}

fn faults(text: &[u8]) -> Vec<Fault> {
    Document::parse_bytes(text).expect_err("the text was accepted")
}

fn said(text: &str) -> String {
    let list: Vec<String> = faults(text.as_bytes())
        .iter()
        .map(|f| {
            let place = f
                .place
                .as_ref()
                .map(|p| format!("{}:{}", p.line, p.column))
                .unwrap_or_default();
            format!("{place} [{}] {}", f.field, f.message)
        })
        .collect();
    list.join("\n")
}

#[test]
fn a_field_finds_its_value_or_what_is_nearest() {
    let fields = [
        "plan",
        "roles.approvers[0]",
        "roles.approvers",
        "rollback.steps[1]",
        "rollback.steps",
        "rollback.steps[7]",
        "rollback.decider_alternate",
        "rollback",
        "targets[0].paths",
        "tests[1].evidence",
        "tests[1].who",
        "impact.users",
        "verification.done_when",
        "risk",
        "",
        "references[0]",
        "criteria.x[0].y",
    ];
    let all: Vec<String> = fields.iter().map(|f| format!("{f}\n{}", shown(JA, f))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_field_finds_its_value_in_english_and_through_dots_and_dashes() {
    let text = "rules:\n  ROL-02.effect: {effect: info}\n  ROL-02: {effect: warn, reason: \"two people\"}\n  CON-05: warn\npeople:\n\n  a.b: {name: A}\n  a: {b: {name: B}}\n";
    let fields = [
        "rules.ROL-02.effect",
        "rules.ROL-02.reason",
        "rules.CON-05.effect",
        "people.a.b.name",
        "people.a.b.email",
        "people",
        "rules.XXX-99",
    ];
    let all: Vec<String> = fields
        .iter()
        .map(|f| format!("{f}\n{}", shown(text, f)))
        .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn bom_and_crlf_do_not_move_places() {
    let plain = "a: 1\nロール: {b: [x, 漢字]}\n";
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    for field in ["a", "ロール.b[1]", "ロール", ""] {
        assert_eq!(shown(plain, field), shown(&windows, field), "{field}");
    }
    let document = Document::parse(&windows).unwrap();
    let place = document.place("ロール.b[1]").unwrap();
    assert_eq!(&windows[place.bytes], "漢字");
}

#[test]
fn marks_are_cut_and_made_harmless() {
    let long = format!("a: [{}, here, {}]\n", "漢字".repeat(60), "x".repeat(200));
    let hostile = "a: x\n\u{1b}[31m\t\u{202e}evil\tb\n";
    let at = hostile.find("evil").unwrap();
    let steered = marked(
        hostile,
        &Place {
            line: 2,
            column: 8,
            bytes: at..at + 4,
        },
    );
    let tall = format!("a: \"{}\"\n", "y".repeat(300));
    insta::assert_snapshot!(format!(
        "{}\n{steered}\n{}",
        shown(&long, "a[1]"),
        shown(&tall, "a")
    ));
}

#[test]
fn what_the_two_files_may_not_hold() {
    let texts = [
        "a: 1\nb: 2\na: 3\n",
        "roles:\n  approvers: ~\n  executor:\n",
        "a: [x, ]\nb: [null, '']\nc:\n  -\n  - x\n",
        "a: &x 1\nb: *x\nc: *y\n",
        "base: {a: 1}\nb:\n  <<: {a: 2}\n",
        "a: !!python/object x\nb: !custom {}\n",
        "a: 1\n---\nb: 2\n",
        "%YAML 1.2\n---\na: 1\n",
        "a:\n\tb: 1\n",
        "a: [\n\t1]\n",
        "1: x\ntrue: y\n? [a]\n: z\n",
        "a: \"open\nb: 2\n",
        "a: [1, 2\nb: 3\n",
        "title: a: b\n",
        "a: 1\nb\n",
        "a: 1\n  b: 2\n",
        "a: @x\n",
        "a: \"\\q\"\n",
        "",
        "# nothing\n",
    ];
    let all: Vec<String> = texts.iter().map(|t| format!("{t:?}\n{}", said(t))).collect();
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn limits_hold() {
    let deep = format!("a: {}1{}", "[".repeat(40), "]".repeat(40));
    let very_deep = "[".repeat(200_000);
    let blocks: String = (0..60).map(|i| format!("{}k:\n", " ".repeat(i))).collect();
    let many = format!("a: [{}]", "1,".repeat(25_000));
    let large = format!("a: {}", "x".repeat(1024 * 1024));
    for (text, key) in [
        (deep, "yaml-too-deep"),
        (very_deep, "yaml-too-deep"),
        (blocks, "yaml-too-deep"),
        (many, "yaml-too-many"),
        (large, "yaml-too-large"),
    ] {
        assert_eq!(faults(text.as_bytes()).last().unwrap().message.key, key);
    }
    let broken = faults(b"a: 1\nb: \xff\n");
    assert_eq!(
        (
            broken[0].message.key.as_str(),
            broken[0].place.as_ref().unwrap().line
        ),
        ("yaml-not-utf8", 2)
    );
}

#[test]
fn scalars_are_yaml_1_2() {
    let document = Document::parse(
        "[no, 09:00, 007, 0x1f, 12, -3, true, 'true', 1.10, 2026-12-04, 99999999999999999999]",
    )
    .unwrap();
    let sheet = sekisho::change::text::Sheet::new(&document);
    assert!(sheet.root().is_none());
    let sorts: Vec<&str> = match &document.root().shape {
        sekisho::change::text::Shape::List(items) => items.iter().map(|i| i.sort()).collect(),
        _ => Vec::new(),
    };
    assert_eq!(
        sorts,
        [
            "text", "text", "text", "text", "whole", "whole", "bool", "text", "text", "text", "text"
        ]
    );
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_field_panics(text in r#"(?s)[ -~\t\n\r漢🦀\u{feff}\[\]{}:,#&*!|>'"%@-]{0,60}"#, field in r"[a-c\[\]0-9.]{0,12}") {
        if let Ok(document) = Document::parse(&text)
            && let Some(place) = document.place(&field)
        {
            proptest::prop_assert!(text.get(place.bytes.clone()).is_some());
            let excerpt = Excerpt::of(&text, &place);
            proptest::prop_assert!(excerpt.before + excerpt.marked <= excerpt.text.chars().count());
        }
    }
}
