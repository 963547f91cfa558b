//! The one way a record's JSON may be written; `docs/ledger-format.md` has the grammar.

use super::scan::Scan;

/// The longest record, in bytes.
pub const RECORD_MAX_BYTES: usize = 16_384;
/// The deepest nesting of a record.
pub const RECORD_MAX_DEPTH: usize = 16;
/// The longest document (declaration, dossier, …), in bytes.
pub const DOCUMENT_MAX_BYTES: usize = 64 * 1024 * 1024;
/// The deepest nesting of a document.
pub const DOCUMENT_MAX_DEPTH: usize = 64;
/// The largest integer that every JSON reader keeps exactly: 2^53 - 1.
pub const MAX_INTEGER: u64 = 9_007_199_254_740_991;

/// Bytes that are not canonical, or a value that cannot be written canonically.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not canonical at byte {at}: {rule}")]
pub struct NotCanonical {
    /// The offset of the first byte that breaks a rule.
    pub at: usize,
    /// The rule, in a few words for developers.
    pub rule: &'static str,
}

/// What differs between records and documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) bytes: usize,
    pub(super) depth: usize,
    pub(super) any_key: bool,
}

pub(super) const RECORD: Limits = Limits {
    bytes: RECORD_MAX_BYTES,
    depth: RECORD_MAX_DEPTH,
    any_key: false,
};

pub(super) const DOCUMENT: Limits = Limits {
    bytes: DOCUMENT_MAX_BYTES,
    depth: DOCUMENT_MAX_DEPTH,
    any_key: true,
};

/// Checks that `bytes` are one canonical object, as records are.
///
/// # Errors
/// [`NotCanonical`] with the first offset that breaks a rule.
pub fn check_canonical(bytes: &[u8]) -> Result<(), NotCanonical> {
    check(bytes, RECORD)
}

/// Checks that `bytes` are one canonical object, as documents are: longer, with any keys.
///
/// # Errors
/// [`NotCanonical`] with the first offset that breaks a rule.
pub fn check_document(bytes: &[u8]) -> Result<(), NotCanonical> {
    check(bytes, DOCUMENT)
}

fn check(bytes: &[u8], limits: Limits) -> Result<(), NotCanonical> {
    let grammar = Scan::over(bytes, limits).document(Scan::value);
    // Bytes that are no UTF-8 pass the scan inside strings: whatever comes first is reported.
    let text = std::str::from_utf8(bytes).map_err(|wrong| NotCanonical {
        at: wrong.valid_up_to(),
        rule: "not UTF-8",
    });
    match (grammar, text) {
        (Err(a), Err(b)) => Err(if b.at < a.at { b } else { a }),
        (Err(wrong), Ok(_)) | (Ok(()), Err(wrong)) => Err(wrong),
        (Ok(()), Ok(_)) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn breaks_at(text: &str, at: usize) {
        let wrong = check_canonical(text.as_bytes()).unwrap_err();
        assert_eq!(wrong.at, at, "{text}: {wrong}");
    }

    #[test]
    fn the_grammar_is_one_way_to_write() {
        for good in [
            "{}",
            r#"{"a":[],"b":{},"c":[1,-1,0,true,false,"",9007199254740991]}"#,
            r#"{"a":"/ \" \\ \b\f\n\r\t\u0000\u001f 切り戻し 😀"}"#,
            r#"{"a":1,"a_":2,"b":3}"#,
        ] {
            assert_eq!(check_canonical(good.as_bytes()), Ok(()), "{good}");
        }
        breaks_at("", 0);
        breaks_at("[]", 0);
        breaks_at("{} ", 2);
        breaks_at(r#"{ "a":1}"#, 1);
        breaks_at(r#"{"a": 1}"#, 5);
        breaks_at(r#"{"b":1,"a":2}"#, 7);
        breaks_at(r#"{"a":1,"a":2}"#, 7);
        breaks_at(r#"{"A":1}"#, 2);
        breaks_at(r#"{"a-b":1}"#, 3);
        breaks_at(r#"{"":1}"#, 2);
        breaks_at(r#"{"a":null}"#, 5);
        breaks_at(r#"{"a":1.0}"#, 6);
        breaks_at(r#"{"a":1e3}"#, 6);
        breaks_at(r#"{"a":01}"#, 5);
        breaks_at(r#"{"a":-0}"#, 5);
        breaks_at(r#"{"a":-}"#, 5);
        breaks_at(r#"{"a":9007199254740992}"#, 5);
        breaks_at(r#"{"a":[1,]}"#, 8);
        breaks_at(r#"{"a":1,}"#, 7);
        breaks_at(r#"{"a":"\/"}"#, 6);
        breaks_at(r#"{"a":"\u0041"}"#, 6);
        breaks_at(r#"{"a":"\u000a"}"#, 6);
        breaks_at(r#"{"a":"\u001F"}"#, 6);
        breaks_at("{\"a\":\"\u{7f}\"}", 6);
        breaks_at("{\"a\":\"\n\"}", 6);
        breaks_at(r#"{"a":"x"#, 7);
        let bytes = b"{\"a\":\"\xff\"}";
        assert_eq!(check_canonical(bytes).unwrap_err().at, 6);
    }

    #[test]
    fn length_and_depth_have_an_end() {
        let nested = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        assert!(check_canonical(nested(RECORD_MAX_DEPTH - 1).as_bytes()).is_ok());
        breaks_at(&nested(RECORD_MAX_DEPTH), 5 + RECORD_MAX_DEPTH - 1);
        assert!(check_document(nested(100_000).as_bytes()).is_err());
        let long = |n: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(n - 8));
        assert!(check_canonical(long(RECORD_MAX_BYTES).as_bytes()).is_ok());
        breaks_at(&long(RECORD_MAX_BYTES + 1), RECORD_MAX_BYTES);
        assert!(check_document(long(RECORD_MAX_BYTES + 1).as_bytes()).is_ok());
    }

    #[test]
    fn keys_of_documents_are_ordered_by_what_they_stand_for() {
        assert!(check_document(br#"{"\n":1," ":2,"A-b":3,"\\":4,"a":5}"#).is_ok());
        assert!(check_document(br#"{" ":1,"\n":2}"#).is_err());
        assert!(check_document(br#"{"\u0001":1,"\u0001":2}"#).is_err());
    }
}
