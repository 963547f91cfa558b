//! A record as it lies in the log: every field a slice of its bytes.

use crate::change::Digest;

use super::canonical::{NotCanonical, RECORD};
use super::instant::instant;
use super::members::{bare, items};
use super::said::{Named, Said, Written, check_named, count, hash, named, text};
use super::scan::Scan;

/// Bytes that are no record or no statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotARecord {
    /// The JSON is not written in the one allowed way.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    /// A field is missing, unknown or of another shape.
    #[error("the field {0} is not as the format wants it")]
    Field(&'static str),
    /// The record is of a format that this version does not read.
    #[error("the record needs a newer version")]
    Newer,
}

/// A record's fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) prev: [u8; 32],
    pub(super) seq: u64,
    signatures: &'a str,
    /// The statement's bytes: what is signed.
    pub(super) signed: &'a str,
    pub(super) said: Said<'a>,
    /// When it was sealed.
    pub(super) time: &'a str,
    /// The same in seconds since 1970.
    pub(super) at: i64,
}

impl<'a> Line<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, NotARecord> {
        let text = text(bytes)?;
        let (mut fields, mut said, mut strange) = ([None; 6], Written::default(), false);
        Scan::over(bytes, RECORD).document(|scan, depth| {
            scan.members(depth, |scan, key| {
                let start = scan.at();
                if key == b"st" && scan.is_at_object() {
                    said.walk(text, scan, depth + 1)?;
                } else {
                    scan.value(depth + 1)?;
                }
                match ENVELOPE.iter().position(|name| name.as_bytes() == key) {
                    Some(nth) => fields[nth] = text.get(start..scan.at()),
                    None => strange = true,
                }
                Ok(())
            })
        })?;
        if strange {
            return Err(NotARecord::Field("v"));
        }
        let [prev, seq, sig, st, time, v] = fields;
        match v {
            Some("1") => {}
            Some(other) if other.parse().is_ok_and(|v: u64| v > 1) => {
                return Err(NotARecord::Newer);
            }
            _ => return Err(NotARecord::Field("v")),
        }
        let signatures = sig.ok_or(NotARecord::Field("sig"))?;
        check_named(signatures, "t", NotARecord::Field("sig"))?;
        let signed = st.ok_or(NotARecord::Field("st"))?;
        let time = time.and_then(bare).ok_or(NotARecord::Field("time"))?;
        Ok(Self {
            prev: prev.and_then(hash).ok_or(NotARecord::Field("prev"))?,
            seq: seq.and_then(count).ok_or(NotARecord::Field("seq"))?,
            signatures,
            signed,
            said: said.said()?,
            time,
            at: instant(time).ok_or(NotARecord::Field("time"))?,
        })
    }

    pub(super) fn signatures(&self) -> impl Iterator<Item = Named<'a>> + use<'a> {
        items(self.signatures).filter_map(|item| named(item, "t"))
    }

    /// The digests of everything that a verification asks for, each once.
    pub(super) fn names(&self) -> Vec<Digest> {
        let mut digests: Vec<Digest> = self.signatures().map(|(digest, _)| digest).collect();
        digests.extend(self.said.attachments().map(|(digest, _)| digest));
        if self.said.brings_signers() {
            digests.extend(self.said.signers());
        }
        digests.extend(self.said.redacts());
        digests.sort_unstable();
        digests.dedup();
        digests
    }
}

const ENVELOPE: [&str; 6] = ["prev", "seq", "sig", "st", "time", "v"];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::ledger::canonical::check_canonical;

    const LINE: &str = concat!(
        r#"{"prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":12,"#,
        r#""sig":[{"d":"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","t":"sshsig"}],"#,
        r#""st":{"act":"deploy.allowed/1","body":{"a":[1,{"b":"切り戻し \"x\" \u0001"}],"c":true},"by":"person:sato","#,
        r#""crit":[],"id":"AAAAAAAAAAAAAAAAAAAAAA","log":"git.example/acme/shop","#,
        r#""seen":{"head":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","size":3},"#,
        r#""time":"2026-12-04T00:52:00Z","#,
        r#""with":[{"d":"sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc","n":"note"}]},"#,
        r#""time":"2026-12-04T00:53:00Z","v":1}"#,
    );

    /// What one walk reads is what two readers that know nothing of each other find.
    fn agrees(bytes: &[u8]) -> Result<(), TestCaseError> {
        let read = Line::read(bytes);
        match check_canonical(bytes) {
            Err(wrong) => prop_assert_eq!(read.err(), Some(NotARecord::NotCanonical(wrong))),
            Ok(()) => prop_assert!(!matches!(read, Err(NotARecord::NotCanonical(_)))),
        }
        let Ok(line) = read else { return Ok(()) };
        let value: Value = serde_json::from_slice(bytes).unwrap();
        let said = &value["st"];
        prop_assert_eq!(crate::change::to_hex(&line.prev), value["prev"].as_str().unwrap());
        prop_assert_eq!(Some(line.seq), value["seq"].as_u64());
        prop_assert_eq!(
            line.signed,
            crate::ledger::to_canonical(said)
                .map(|b| String::from_utf8(b).unwrap())
                .unwrap()
        );
        prop_assert_eq!(Some(line.time), value["time"].as_str());
        for (read, key) in [
            (line.said.act, "act"),
            (line.said.by, "by"),
            (line.said.id, "id"),
            (line.said.log, "log"),
            (line.said.time, "time"),
        ] {
            prop_assert_eq!(Some(read), said[key].as_str());
        }
        prop_assert_eq!(
            &serde_json::from_str::<Value>(line.said.body).unwrap(),
            &said["body"]
        );
        prop_assert_eq!(Some(line.said.seen.size), said["seen"]["size"].as_u64());
        prop_assert_eq!(
            crate::change::to_hex(&line.said.seen.leaf),
            said["seen"]["head"].as_str().unwrap()
        );
        prop_assert_eq!(line.signatures().count(), value["sig"].as_array().unwrap().len());
        let with = said.get("with").map_or(0, |with| with.as_array().unwrap().len());
        prop_assert_eq!(line.said.attachments().count(), with);
        Ok(())
    }

    #[test]
    fn a_whole_record_is_read() {
        agrees(LINE.as_bytes()).unwrap();
        assert_eq!(Line::read(LINE.as_bytes()).unwrap().names().len(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        /// Bytes are put elsewhere, doubled, left out and changed.
        #[test]
        fn a_bent_record_is_read_as_it_stands_or_not_at_all(
            edits in prop::collection::vec(
                (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..40, any::<u8>(), 0..4),
                1..3,
            ),
        ) {
            let mut bytes = LINE.as_bytes().to_vec();
            for (at, to, length, byte, how) in edits {
                let at = at.index(bytes.len());
                let end = (at + length).min(bytes.len());
                match how {
                    0 => bytes[at] = byte,
                    1 => drop(bytes.drain(at..end)),
                    2 => {
                        let piece = bytes[at..end].to_vec();
                        let to = to.index(bytes.len());
                        bytes.splice(to..to, piece);
                    }
                    _ => bytes[at] = LINE.as_bytes()[to.index(LINE.len())],
                }
                if bytes.is_empty() {
                    break;
                }
            }
            agrees(&bytes)?;
        }
    }
}
