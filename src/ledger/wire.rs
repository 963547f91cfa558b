//! Records and statements from and to their bytes.

use serde_json::{Map, Value, json};

use crate::change::{Digest, to_hex};

use super::canonical::NotCanonical;
use super::line::{Line, NotARecord};
use super::record::{Attachment, Head, Record, SignatureRef, Statement};
use super::said::Said;
use super::write::to_canonical;

impl Statement {
    /// The statement's bytes: what is signed.
    ///
    /// # Errors
    /// [`NotCanonical`] when the body holds what records cannot.
    pub fn encode(&self) -> Result<Vec<u8>, NotCanonical> {
        to_canonical(&self.value())
    }

    /// Reads the bytes of a statement. Fields that this version does not know are passed over.
    ///
    /// # Errors
    /// [`NotARecord`] when they are not canonical or a field is not as it should be.
    pub fn read(bytes: &[u8]) -> Result<Self, NotARecord> {
        Said::read(bytes).and_then(Self::from_said)
    }

    pub(super) fn from_said(said: Said<'_>) -> Result<Self, NotARecord> {
        let body: Map<String, Value> =
            serde_json::from_str(said.body).map_err(|_| NotARecord::Field("body"))?;
        Ok(Self {
            act: said.act.to_owned(),
            body,
            by: said.by.to_owned(),
            id: said.id.to_owned(),
            log: said.log.to_owned(),
            seen: said.seen,
            time: said.time.to_owned(),
            with: said
                .attachments()
                .map(|(digest, name)| Attachment {
                    digest,
                    name: name.to_owned(),
                })
                .collect(),
        })
    }

    fn value(&self) -> Value {
        let mut statement = json!({
            "act": self.act,
            "body": self.body,
            "by": self.by,
            "id": self.id,
            "log": self.log,
            "seen": {"head": to_hex(&self.seen.leaf), "size": self.seen.size},
            "time": self.time,
        });
        if let Some(fields) = statement.as_object_mut()
            && !self.with.is_empty()
        {
            let with = self.with.iter().map(|a| json!({"d": a.digest, "n": a.name}));
            fields.insert("with".to_owned(), with.collect());
        }
        statement
    }
}

impl Record {
    /// Reads a record's line, without a line end.
    ///
    /// # Errors
    /// [`NotARecord`] when it is not canonical or a field is not as it should be.
    pub fn read(bytes: &[u8]) -> Result<Self, NotARecord> {
        let line = Line::read(bytes)?;
        Ok(Self {
            prev: line.prev,
            seq: line.seq,
            signatures: line
                .signatures()
                .map(|(digest, kind)| SignatureRef {
                    digest,
                    kind: kind.to_owned(),
                })
                .collect(),
            statement: Statement::from_said(line.said)?,
            time: line.time.to_owned(),
        })
    }

    /// The record's line, without a line end. A record read from bytes of a newer version may
    /// have lost fields: what was signed are always the bytes, never this.
    ///
    /// # Errors
    /// [`NotCanonical`] when the statement cannot be written or the record is too long.
    pub fn encode(&self) -> Result<Vec<u8>, NotCanonical> {
        let statement = self.statement.encode()?;
        envelope(&self.prev, self.seq, &self.signatures, &statement, &self.time)
    }

    /// The digest of the signers that a record brings; `None` for a record that brings none.
    pub fn signers_of(bytes: &[u8]) -> Option<Digest> {
        let line = Line::read(bytes).ok()?;
        if line.said.brings_signers() {
            line.said.signers()
        } else {
            None
        }
    }

    /// The digests of everything that a verification of this record asks for: signatures,
    /// attachments, signers, and the document that was taken out.
    ///
    /// # Errors
    /// [`NotARecord`] as for [`Record::read`].
    pub fn names(bytes: &[u8]) -> Result<Vec<Digest>, NotARecord> {
        Ok(Line::read(bytes)?.names())
    }
}

/// The line of a record around the bytes of its statement.
pub(super) fn envelope(
    prev: &[u8; 32],
    seq: u64,
    signatures: &[SignatureRef],
    statement: &[u8],
    time: &str,
) -> Result<Vec<u8>, NotCanonical> {
    let signatures: Vec<Value> = signatures
        .iter()
        .map(|s| json!({"d": s.digest, "t": s.kind}))
        .collect();
    let mut line = format!("{{\"prev\":\"{}\",\"seq\":{seq},\"sig\":", to_hex(prev)).into_bytes();
    line.extend(Value::Array(signatures).to_string().bytes());
    line.extend(b",\"st\":");
    line.extend(statement);
    line.extend(format!(",\"time\":\"{time}\",\"v\":1}}").bytes());
    super::canonical::check_canonical(&line)?;
    Ok(line)
}

impl Head {
    /// The end of a log without records.
    pub const EMPTY: Self = Self {
        size: 0,
        leaf: [0; 32],
    };
}
