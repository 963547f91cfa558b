//! A statement as it lies in a record: every field a slice of its bytes.

use crate::change::Digest;

use super::acts;
use super::canonical::{NotCanonical, RECORD, check_canonical};
use super::instant::instant;
use super::line::NotARecord;
use super::members::{bare, items, members};
use super::record::Head;
use super::scan::Scan;

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

impl<'a> Said<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, NotARecord> {
        let text = text(bytes)?;
        let mut written = Written::default();
        Scan::over(bytes, RECORD).document(|scan, depth| written.walk(text, scan, depth))?;
        written.said()
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

/// Bytes as text; where they are none, whatever breaks a rule first is reported.
pub(super) fn text(bytes: &[u8]) -> Result<&str, NotARecord> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(_) => Err(check_canonical(bytes).map_or_else(NotARecord::from, |()| NotARecord::Field("prev"))),
    }
}

/// The values of a statement's fields, as written.
#[derive(Default)]
pub(super) struct Written<'a> {
    act: Option<&'a str>,
    body: Option<&'a str>,
    by: Option<&'a str>,
    crit: Option<&'a str>,
    id: Option<&'a str>,
    log: Option<&'a str>,
    seen: Option<&'a str>,
    time: Option<&'a str>,
    with: Option<&'a str>,
}

impl<'a> Written<'a> {
    /// Walks over the statement that stands here; `bytes` are those of `text`.
    pub(super) fn walk(
        &mut self,
        text: &'a str,
        scan: &mut Scan<'a>,
        depth: usize,
    ) -> Result<(), NotCanonical> {
        scan.members(depth, |scan, key| {
            let start = scan.at();
            scan.value(depth + 1)?;
            let field = match key {
                b"act" => &mut self.act,
                b"body" => &mut self.body,
                b"by" => &mut self.by,
                b"crit" => &mut self.crit,
                b"id" => &mut self.id,
                b"log" => &mut self.log,
                b"seen" => &mut self.seen,
                b"time" => &mut self.time,
                b"with" => &mut self.with,
                _ => return Ok(()),
            };
            *field = text.get(start..scan.at());
            Ok(())
        })
    }

    /// The fields. Those that this version does not know were passed over, unless `crit` says that
    /// they must be understood.
    pub(super) fn said(self) -> Result<Said<'a>, NotARecord> {
        if self.crit.is_some_and(|crit| crit != "[]") {
            return Err(NotARecord::Newer);
        }
        if let Some(with) = self.with {
            check_named(with, "n", NotARecord::Field("with"))?;
        }
        let id = self.id.and_then(bare).ok_or(NotARecord::Field("id"))?;
        let time = self.time.and_then(bare).ok_or(NotARecord::Field("time"))?;
        let text =
            |value: Option<&'a str>, fits: fn(&str) -> bool| value.and_then(bare).filter(|text| fits(text));
        Ok(Said {
            act: text(self.act, is_act).ok_or(NotARecord::Field("act"))?,
            body: self
                .body
                .filter(|body| body.starts_with('{'))
                .ok_or(NotARecord::Field("body"))?,
            by: text(self.by, is_principal).ok_or(NotARecord::Field("by"))?,
            id,
            id_number: id_number(id).ok_or(NotARecord::Field("id"))?,
            log: text(self.log, is_origin).ok_or(NotARecord::Field("log"))?,
            seen: self.seen.and_then(head).ok_or(NotARecord::Field("seen"))?,
            time,
            at: instant(time).ok_or(NotARecord::Field("time"))?,
            with: self.with,
        })
    }
}

/// Every item has the digest `d`, the word `key` and nothing else.
pub(super) fn check_named(array: &str, key: &str, wrong: NotARecord) -> Result<(), NotARecord> {
    let right = array.starts_with('[') && items(array).all(|item| named(item, key).is_some());
    right.then_some(()).ok_or(wrong)
}

pub(super) fn named<'a>(item: &'a str, word_key: &str) -> Option<Named<'a>> {
    let mut fields = members(item);
    let (Some(("d", digest)), Some((key, word)), None) = (fields.next(), fields.next(), fields.next()) else {
        return None;
    };
    let word = bare(word).filter(|word| key == word_key && !word.is_empty() && word.len() <= 64)?;
    Some((bare(digest)?.parse().ok()?, word))
}

/// `{"head":"…","size":…}` and nothing else.
fn head(value: &str) -> Option<Head> {
    let (leaf, rest) = value.strip_prefix("{\"head\":\"")?.split_at_checked(64)?;
    let size = rest.strip_prefix("\",\"size\":")?.strip_suffix('}')?;
    Some(Head {
        size: count(size)?,
        leaf: crate::change::from_hex(leaf)?,
    })
}

pub(super) fn hash(value: &str) -> Option<[u8; 32]> {
    crate::change::from_hex(bare(value)?)
}

pub(super) fn count(value: &str) -> Option<u64> {
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
    let visible = |c: char| !c.is_whitespace() && !c.is_control();
    (1..=256).contains(&text.len())
        && (text.bytes().all(|byte| byte.is_ascii_graphic()) || text.chars().all(visible))
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
