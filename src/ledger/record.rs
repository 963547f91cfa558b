//! A record: a signed statement with its place in the log.

use serde_json::{Map, Value};

use crate::change::Digest;

/// Where a log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head {
    /// The number of records.
    pub size: u64,
    /// The leaf of the last record; zeros when there is none.
    pub leaf: [u8; 32],
}

/// A record in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its number, from 0.
    pub seq: u64,
    /// SHA-256 of a zero byte and its bytes.
    pub leaf: [u8; 32],
    /// Its line, without a line end.
    pub bytes: Vec<u8>,
}

/// A document that a statement names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its digest.
    pub digest: Digest,
    /// What it is: `dossier`, `declaration`, `signers`, …
    pub name: String,
}

/// What a principal says; the signed part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// `noun.verb/major`.
    pub act: String,
    /// Ids, digests and words; no free text.
    pub body: Map<String, Value>,
    /// `github-user:<id>`, `github-actions:<id>`, `key:SHA256:<fingerprint>` or `person:<key>`.
    pub by: String,
    /// 128 random bits, base64url; unique in a log.
    pub id: String,
    /// The log's origin.
    pub log: String,
    /// What the principal knew of the log.
    pub seen: Head,
    /// The claimed time, RFC 3339 in UTC to the second.
    pub time: String,
    /// Documents that belong to it.
    pub with: Vec<Attachment>,
}

/// A signature blob over a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureRef {
    /// The digest of the blob.
    pub digest: Digest,
    /// `sshsig`, `github-oidc` or `note`.
    pub kind: String,
}

/// A parsed record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The leaf of the record before, zeros for the first.
    pub prev: [u8; 32],
    /// Its number.
    pub seq: u64,
    /// Its signatures.
    pub signatures: Vec<SignatureRef>,
    /// What is said.
    pub statement: Statement,
    /// When it was sealed, RFC 3339 in UTC to the second.
    pub time: String,
}
