//! Signed notes as C2SP writes them: a text, an empty line, and a line for each signature.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::checkpoint::NotACheckpoint;

/// The longest note that is read, in bytes.
const LONGEST: usize = 64 * 1024;
/// The most signatures that are read.
const MOST_SIGNATURES: usize = 64;

/// A text with signatures, none of which has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    /// What is signed; it ends with a line end.
    pub text: String,
    /// The signatures, in their order.
    pub signatures: Vec<NoteSignature>,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The key's name.
    pub name: String,
    /// The first bytes of the hash over the key: which of the name's keys it claims to be.
    pub key_id: [u8; 4],
    /// The signature, in the form that the key's type has.
    pub bytes: Vec<u8>,
}

/// A key that checks notes, as its one line `name+hash+key` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey {
    /// Its name.
    pub name: String,
    /// The first bytes of the hash over name, type and key.
    pub id: [u8; 4],
    /// 1: Ed25519 over the text. 4: Ed25519 over time and text, which witnesses make.
    pub kind: u8,
    /// The public key.
    pub key: Vec<u8>,
}

impl SignedNote {
    /// Reads a note.
    ///
    /// # Errors
    /// [`NotACheckpoint`] when a line is not as the format has it.
    pub fn read(bytes: &[u8]) -> Result<Self, NotACheckpoint> {
        let text = std::str::from_utf8(bytes).map_err(|_| NotACheckpoint("not UTF-8"))?;
        if bytes.len() > LONGEST {
            return Err(NotACheckpoint("too long"));
        }
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(NotACheckpoint("a control character"));
        }
        let at = text.rfind("\n\n").ok_or(NotACheckpoint("no empty line"))?;
        let (text, lines) = (text.get(..=at), text.get(at + 2..));
        let (Some(text), Some(lines)) = (text, lines) else {
            return Err(NotACheckpoint("no empty line"));
        };
        if text.contains("\n\n") {
            return Err(NotACheckpoint("a second empty line"));
        }
        let body = lines.strip_suffix('\n');
        let signatures: Vec<NoteSignature> = match body {
            Some(lines) => lines.split('\n').map(signature).collect::<Option<_>>(),
            None if lines.is_empty() => Some(Vec::new()),
            None => None,
        }
        .ok_or(NotACheckpoint("a signature line"))?;
        if signatures.len() > MOST_SIGNATURES {
            return Err(NotACheckpoint("too many signatures"));
        }
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for one in &self.signatures {
            let mut bytes = one.key_id.to_vec();
            bytes.extend(&one.bytes);
            writeln!(f, "\u{2014} {} {}", one.name, STANDARD.encode(bytes))?;
        }
        Ok(())
    }
}

fn signature(line: &str) -> Option<NoteSignature> {
    let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    let (key_id, rest) = bytes.split_first_chunk::<4>()?;
    (is_name(name) && !rest.is_empty()).then(|| NoteSignature {
        name: name.to_owned(),
        key_id: *key_id,
        bytes: rest.to_vec(),
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains('+') && !name.contains(char::is_whitespace)
}

impl NoteKey {
    /// Reads the line `name+hash+key`; `None` when it is none, or its hash is not its key's.
    pub fn read(line: &str) -> Option<Self> {
        let (name, rest) = line.trim_end().split_once('+')?;
        let (hash, key) = rest.split_once('+')?;
        let bytes = STANDARD.decode(key).ok()?;
        let (kind, key) = bytes.split_first()?;
        let digest = Sha256::new()
            .chain_update(name)
            .chain_update("\n")
            .chain_update(&bytes)
            .finalize();
        let id = *digest.first_chunk::<4>()?;
        let written: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let is_whole = is_name(name) && written == hash && !key.is_empty();
        is_whole.then(|| Self {
            name: name.to_owned(),
            id,
            kind: *kind,
            key: key.to_vec(),
        })
    }

    /// Whether a signature claims to be this key's.
    pub fn claimed_by(&self, signature: &NoteSignature) -> bool {
        self.name == signature.name && self.id == signature.key_id
    }

    /// The bytes that the key has signed and its signature over them; `None` for a type that is
    /// not known, or a signature of another length.
    pub fn signed<'s>(&self, text: &str, signature: &'s NoteSignature) -> Option<(Vec<u8>, &'s [u8])> {
        match self.kind {
            1 => Some((text.as_bytes().to_vec(), &signature.bytes)),
            4 => {
                let (time, rest) = signature.bytes.split_first_chunk::<8>()?;
                let time = u64::from_be_bytes(*time);
                Some((format!("cosignature/v1\ntime {time}\n{text}").into_bytes(), rest))
            }
            _ => None,
        }
    }
}
