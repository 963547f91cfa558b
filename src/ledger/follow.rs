//! Whether a line that lies about in a shared place is the log's next record.

use crate::change::to_hex;

use super::acts;
use super::instant::instant;
use super::line::{Line, NotARecord};
use super::record::{Head, SignatureRef};
use super::seal::{Tail, fits, signed_as_it_says};
use super::tree::leaf;

/// A line that continues a log, as far as its end tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    /// Where the log ends with it.
    pub tail: Tail,
    /// The statement's id; whether it was used before is the store's to check.
    pub id: String,
    /// What its signer had seen; whether that is this log is the store's to check.
    pub seen: Head,
    /// When it was sealed, in seconds since 1970.
    pub at: i64,
}

/// Why a line is not the next record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotNext {
    /// It stands at this place, but a newer version wrote it: what follows cannot be read here.
    #[error("record {0} needs a newer version")]
    Newer(u64),
    /// It does not belong here; other lines may.
    #[error("{0}")]
    Foreign(&'static str),
}

/// Asks of a line what sealing asked of it: whoever reads a place where anybody can write takes
/// the first line that passes.
///
/// # Errors
/// [`NotNext`] when the line is not the record behind `tail` (`None`: the first).
pub fn follow(tail: Option<&Tail>, bytes: &[u8]) -> Result<Follower, NotNext> {
    let head = tail.map_or(Head::EMPTY, |tail| tail.head);
    let line = Line::read(bytes).map_err(|wrong| match wrong {
        NotARecord::Newer if stands_at(head, bytes) => NotNext::Newer(head.size),
        _ => NotNext::Foreign("it is no record"),
    })?;
    if line.seq != head.size || line.prev != head.leaf {
        return Err(NotNext::Foreign("it does not continue the chain"));
    }
    if tail.is_some_and(|tail| tail.closed) {
        return Err(NotNext::Foreign("the log was closed before it"));
    }
    let before = tail.and_then(|tail| instant(&tail.time));
    if before.is_some_and(|before| line.at < before) {
        return Err(NotNext::Foreign("it was sealed before the record before it"));
    }
    let signatures: Vec<SignatureRef> = line
        .signatures()
        .map(|(digest, kind)| SignatureRef {
            digest,
            kind: kind.to_owned(),
        })
        .collect();
    let origin = tail.map(|tail| tail.origin.as_str());
    fits(&line.said, head, origin, line.at)
        .and_then(|()| signed_as_it_says(&line.said, &signatures))
        .map_err(NotNext::Foreign)?;
    Ok(Follower {
        tail: Tail {
            head: Head {
                size: head.size.saturating_add(1),
                leaf: leaf(bytes),
            },
            time: line.time.to_owned(),
            origin: line.said.log.to_owned(),
            closed: line.said.act == acts::CLOSED,
        },
        id: line.said.id.to_owned(),
        seen: line.said.seen,
        at: line.at,
    })
}

/// Whether the fixed beginning of a line names this place, whatever comes behind it.
fn stands_at(head: Head, bytes: &[u8]) -> bool {
    let beginning = format!("{{\"prev\":\"{}\",\"seq\":{},", to_hex(&head.leaf), head.size);
    bytes.starts_with(beginning.as_bytes())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ledger::{Record, Statement, Unsealed, seal};

    fn statement(act: &str, id: char, seen: Head) -> Vec<u8> {
        let body = json!({"n": 1}).as_object().cloned().unwrap_or_default();
        let statement = Statement {
            act: act.to_owned(),
            body,
            by: "person:sato".to_owned(),
            id: format!("{}A", id.to_string().repeat(21)),
            log: "git.example/acme/shop".to_owned(),
            seen,
            time: "2026-11-24T02:00:01Z".to_owned(),
            with: Vec::new(),
        };
        statement.encode().unwrap()
    }

    fn sealed(tail: Option<&Tail>, statement: &[u8]) -> Vec<u8> {
        let draft = Unsealed {
            statement,
            signatures: Vec::new(),
        };
        let mut sealed = seal(tail, &[draft], "2026-11-24T02:00:02Z").unwrap();
        sealed.remove(0).bytes
    }

    #[test]
    fn what_was_sealed_follows_and_nothing_that_was_bent() {
        let first = sealed(None, &statement("log.created/1", 'a', Head::EMPTY));
        let one = follow(None, &first).unwrap().tail;
        let second = sealed(Some(&one), &statement("change.declared/1", 'b', one.head));
        let two = follow(Some(&one), &second).unwrap();
        assert_eq!(two.tail.head.size, 2);
        assert_eq!(two.seen, one.head);
        for (tail, line) in [(None, &second), (Some(&one), &first), (Some(&two.tail), &second)] {
            assert!(matches!(follow(tail, line), Err(NotNext::Foreign(_))));
        }
        let text = String::from_utf8(second.clone()).unwrap();
        for (from, to) in [
            (":02Z\",\"v\"", ":01Z\",\"v\""),
            ("acme/shop", "acme/shap"),
            ("02:00:01Z\"},", "01:00:01Z\"},"),
            ("\"act\":\"change", "\"act\": \"change"),
            ("person:sato", "key:SHA256:x"),
        ] {
            let bent = text.replacen(from, to, 1);
            assert_ne!(bent, text, "{from}");
            let answer = follow(Some(&one), bent.as_bytes());
            assert!(matches!(answer, Err(NotNext::Foreign(_))), "{from}: {answer:?}");
        }
        assert!(Record::read(&second).is_ok());
    }

    #[test]
    fn a_record_of_a_newer_version_stops_only_where_it_stands() {
        let first = sealed(None, &statement("log.created/1", 'a', Head::EMPTY));
        let newer = String::from_utf8(first).unwrap().replace("\"v\":1}", "\"v\":2}");
        assert_eq!(follow(None, newer.as_bytes()), Err(NotNext::Newer(0)));
        let elsewhere = newer.replace("\"seq\":0", "\"seq\":7");
        assert!(matches!(
            follow(None, elsewhere.as_bytes()),
            Err(NotNext::Foreign(_))
        ));
    }
}
