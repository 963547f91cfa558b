//! Canonical JSON against the definition of RFC 8785 in another's hands.

use proptest::prelude::*;
use sekisho::ledger::{canonical_document, check_canonical, check_document, to_canonical};
use serde_json::{Map, Value};

fn text() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| text.replace('\u{7f}', ""))
}

fn value(key: BoxedStrategy<String>) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn object(key: BoxedStrategy<String>) -> impl Strategy<Value = Value> {
    prop::collection::vec((key.clone(), value(key)), 0..6)
        .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>()))
}

proptest! {
    #[test]
    fn records_are_written_as_rfc_8785_writes_them(value in object("[a-z0-9_]{1,8}".boxed())) {
        if let Ok(bytes) = to_canonical(&value) {
            prop_assert_eq!(&bytes, &serde_json_canonicalizer::to_vec(&value).unwrap());
            prop_assert_eq!(check_canonical(&bytes), Ok(()));
            prop_assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value);
        } else {
            prop_assert!(serde_json_canonicalizer::to_vec(&value).unwrap().len() > 16_384);
        }
    }

    /// Keys beyond the basic plane are ordered by bytes here and by UTF-16 there; all others agree.
    #[test]
    fn documents_are_written_as_rfc_8785_writes_them(
        value in object("[\u{0}-\u{7e}\u{80}-\u{d7ff}]{0,6}".boxed()),
    ) {
        let bytes = canonical_document(&value).unwrap();
        prop_assert_eq!(&bytes, &serde_json_canonicalizer::to_vec(&value).unwrap());
        prop_assert_eq!(check_document(&bytes), Ok(()));
    }

    /// Whatever the check lets through is what the writer would have written.
    #[test]
    fn there_is_one_way_to_write_a_value(
        value in object("[a-c]{1,2}".boxed()),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let Ok(mut bytes) = to_canonical(&value) else { return Ok(()) };
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if check_canonical(&bytes).is_ok() {
            let read: Value = serde_json::from_slice(&bytes).unwrap();
            prop_assert_eq!(to_canonical(&read).unwrap(), bytes);
        }
    }

    #[test]
    fn any_bytes_are_judged_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if check_document(&bytes).is_ok() {
            prop_assert!(serde_json::from_slice::<Value>(&bytes).is_ok());
        }
    }
}
