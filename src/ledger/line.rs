//! A record as it lies in the log: every field a slice of its bytes.

use crate::change::Digest;

use super::acts;
use super::canonical::{NotCanonical, check_canonical};
use super::instant::instant;
use super::members::{bare, items, members};
use super::record::Head;

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

/// A statement's fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) act: &'a str,
    pub(super) body: &'a str,
    pub(super) by: &'a str,
    pub(super) id: &'a str,
    pub(super) id_number: u128,
    pub(super) log: &'a str,
    pub(super) seen: Head,
    pub(super) time: &'a str,
    /// The claimed time in seconds since 1970.
    pub(super) at: i64,
    with: Option<&'a str>,
}

/// A digest with a word beside it: `{"d":"sha256:…","t":"sshsig"}` or with `n`.
pub(super) type Named<'a> = (Digest, &'a str);

impl<'a> Line<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, NotARecord> {
        check_canonical(bytes)?;
        let text = std::str::from_utf8(bytes).map_err(|_| NotARecord::Field("prev"))?;
        let mut fields = [None; 6];
        for (key, value) in members(text) {
            let slot = ENVELOPE.iter().zip(&mut fields).find(|(name, _)| **name == key);
            *slot.ok_or(NotARecord::Field("v"))?.1 = Some(value);
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
            said: Said::of_checked(signed)?,
            time,
            at: instant(time).ok_or(NotARecord::Field("time"))?,
        })
    }

    pub(super) fn signatures(&self) -> impl Iterator<Item = Named<'a>> + use<'a> {
        items(self.signatures).filter_map(|item| named(item, "t"))
    }
}

const ENVELOPE: [&str; 6] = ["prev", "seq", "sig", "st", "time", "v"];

impl<'a> Said<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, NotARecord> {
        check_canonical(bytes)?;
        let text = std::str::from_utf8(bytes).map_err(|_| NotARecord::Field("st"))?;
        Self::of_checked(text)
    }

    /// The fields of a statement whose bytes are known to be canonical. Fields that this version
    /// does not know are passed over, unless `crit` says that they must be understood.
    fn of_checked(text: &'a str) -> Result<Self, NotARecord> {
        let [mut act, mut body, mut by, mut id, mut log, mut time, mut with] = [None; 7];
        let mut seen = None;
        for (key, value) in members(text) {
            match key {
                "act" => act = bare(value),
                "body" => body = Some(value),
                "by" => by = bare(value),
                "crit" if value != "[]" => return Err(NotARecord::Newer),
                "id" => id = bare(value),
                "log" => log = bare(value),
                "seen" => seen = head(value),
                "time" => time = bare(value),
                "with" => with = Some(value),
                _ => {}
            }
        }
        if let Some(with) = with {
            check_named(with, "n", NotARecord::Field("with"))?;
        }
        let id = id.ok_or(NotARecord::Field("id"))?;
        let time = time.ok_or(NotARecord::Field("time"))?;
        Ok(Self {
            act: act.filter(|act| is_act(act)).ok_or(NotARecord::Field("act"))?,
            body: body
                .filter(|body| body.starts_with('{'))
                .ok_or(NotARecord::Field("body"))?,
            by: by.filter(|by| is_principal(by)).ok_or(NotARecord::Field("by"))?,
            id,
            id_number: id_number(id).ok_or(NotARecord::Field("id"))?,
            log: log.filter(|log| is_origin(log)).ok_or(NotARecord::Field("log"))?,
            seen: seen.ok_or(NotARecord::Field("seen"))?,
            time,
            at: instant(time).ok_or(NotARecord::Field("time"))?,
            with,
        })
    }

    pub(super) fn attachments(&self) -> impl Iterator<Item = Named<'a>> + use<'a> {
        items(self.with.unwrap_or_default()).filter_map(|item| named(item, "n"))
    }

    /// The text of one field of the body.
    pub(super) fn body_text(&self, name: &str) -> Option<&'a str> {
        members(self.body)
            .find(|(key, _)| *key == name)
            .and_then(|(_, value)| bare(value))
    }

    /// The document that this statement says was taken out.
    pub(super) fn redacts(&self) -> Option<Digest> {
        let digest = if self.act == acts::REDACTED {
            self.body_text("blob")
        } else {
            None
        };
        digest?.parse().ok()
    }

    /// Whether the body has this field, whatever its value.
    pub(super) fn body_has(&self, name: &str) -> bool {
        members(self.body).any(|(key, _)| key == name)
    }

    /// Whether this act changes whose signatures count.
    pub(super) fn brings_signers(&self) -> bool {
        matches!(self.act, acts::CREATED | acts::SIGNERS)
    }

    /// The digest of the signers that this statement brings: an attachment or, in the body, the
    /// digest itself.
    pub(super) fn signers(&self) -> Option<Digest> {
        self.attachments()
            .find(|(_, name)| *name == "signers")
            .map(|(digest, _)| digest)
            .or_else(|| self.body_text("signers")?.parse().ok())
    }
}

/// Every item has the digest `d`, the word `key` and nothing else.
fn check_named(array: &str, key: &str, wrong: NotARecord) -> Result<(), NotARecord> {
    let right = array.starts_with('[') && items(array).all(|item| named(item, key).is_some());
    right.then_some(()).ok_or(wrong)
}

fn named<'a>(item: &'a str, word_key: &str) -> Option<Named<'a>> {
    let mut fields = members(item);
    let (Some(("d", digest)), Some((key, word)), None) = (fields.next(), fields.next(), fields.next()) else {
        return None;
    };
    let word = bare(word).filter(|word| key == word_key && !word.is_empty() && word.len() <= 64)?;
    Some((bare(digest)?.parse().ok()?, word))
}

fn head(value: &str) -> Option<Head> {
    let mut fields = members(value);
    let (Some(("head", leaf)), Some(("size", size)), None) = (fields.next(), fields.next(), fields.next())
    else {
        return None;
    };
    Some(Head {
        size: count(size)?,
        leaf: hash(leaf)?,
    })
}

fn hash(value: &str) -> Option<[u8; 32]> {
    crate::change::from_hex(bare(value)?)
}

fn count(value: &str) -> Option<u64> {
    value.parse().ok()
}

/// `noun.verb/major`.
fn is_act(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    let major = |major: &str| {
        !major.starts_with('0') && (1..=4).contains(&major.len()) && major.bytes().all(|b| b.is_ascii_digit())
    };
    text.len() <= 64
        && text.split_once('/').is_some_and(|(name, number)| {
            major(number)
                && name
                    .split_once('.')
                    .is_some_and(|(noun, verb)| word(noun) && word(verb))
        })
}

fn is_principal(text: &str) -> bool {
    const KINDS: [&str; 4] = ["github-user", "github-actions", "key", "person"];
    is_origin(text)
        && !text.contains(',')
        && text
            .split_once(':')
            .is_some_and(|(kind, name)| KINDS.contains(&kind) && !name.is_empty())
}

/// Visible characters, not too many.
fn is_origin(text: &str) -> bool {
    (1..=256).contains(&text.len()) && text.chars().all(|c| !c.is_whitespace() && !c.is_control())
}

/// 128 bits from 22 characters of base64url, written in the one way they can be.
fn id_number(text: &str) -> Option<u128> {
    if text.len() != 22 {
        return None;
    }
    let mut number: u128 = 0;
    for (nth, byte) in text.bytes().enumerate() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        // The last character carries two bits; the other four have to be zero.
        if nth == 21 && six % 16 != 0 {
            return None;
        }
        number = if nth == 21 {
            number << 2 | u128::from(six >> 4)
        } else {
            number << 6 | u128::from(six)
        };
    }
    Some(number)
}
