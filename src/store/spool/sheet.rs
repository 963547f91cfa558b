//! One waiting act as the bytes of its file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use crate::change::Digest;
use crate::ports::Draft;

/// The first word of every file.
const FORMAT: &str = "sekisho-spool/1";

/// The longest file that is read: a statement, its signatures and documents.
pub(super) const LONGEST: u64 = 128 * 1024 * 1024;

/// An act with its place among the others.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Its number.
    pub(super) number: u64,
    /// The digest of the sheet before; that of nothing for the first.
    pub(super) before: Digest,
    /// The act.
    pub(super) draft: Draft,
}

impl Sheet {
    /// Format and digest in the first line, the act in the second.
    pub(super) fn write(&self) -> Vec<u8> {
        let signatures: Vec<Value> = self
            .draft
            .signatures
            .iter()
            .map(|(kind, bytes)| json!({"b": BASE64.encode(bytes), "t": kind}))
            .collect();
        let blobs: Vec<String> = self.draft.blobs.iter().map(|blob| BASE64.encode(blob)).collect();
        let act = json!({
            "before": self.before,
            "blobs": blobs,
            "number": self.number,
            "sig": signatures,
            "st": BASE64.encode(&self.draft.statement),
        })
        .to_string();
        format!("{FORMAT} {}\n{act}\n", Digest::of(act.as_bytes())).into_bytes()
    }

    /// Reads a file; `None` when it is not exactly as it was written.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, Digest)> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, act) = text.split_once('\n')?;
        let act = act.strip_suffix('\n')?;
        let digest: Digest = head.strip_prefix(FORMAT)?.strip_prefix(' ')?.parse().ok()?;
        if Digest::of(act.as_bytes()) != digest {
            return None;
        }
        let act: Value = serde_json::from_str(act).ok()?;
        let bytes = |value: &Value| BASE64.decode(value.as_str()?).ok();
        let mut signatures = Vec::new();
        for signature in act.get("sig")?.as_array()? {
            let kind = signature.get("t")?.as_str()?.to_owned();
            signatures.push((kind, bytes(signature.get("b")?)?));
        }
        let blobs = act.get("blobs")?.as_array()?.iter().map(bytes);
        let sheet = Self {
            number: act.get("number")?.as_u64()?,
            before: act.get("before")?.as_str()?.parse().ok()?,
            draft: Draft {
                statement: bytes(act.get("st")?)?,
                signatures,
                blobs: blobs.collect::<Option<_>>()?,
            },
        };
        Some((sheet, digest))
    }
}
