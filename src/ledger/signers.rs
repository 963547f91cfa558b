//! Whose signatures count: the `allowed_signers` format of OpenSSH, as strict as we write it.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::fingerprint::fingerprint;
use super::verify::Revocations;

/// The people and keys whose signatures count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signers {
    lines: Vec<SignerLine>,
}

/// One key, whose it is, for what and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerLine {
    /// Who signs with it: `key:SHA256:…`, `person:…`, `github-user:…`.
    pub principals: Vec<String>,
    /// What it may sign; everything when empty.
    pub namespaces: Vec<String>,
    /// The first second it is good for, since 1970.
    pub valid_after: Option<i64>,
    /// The last second it is good for, since 1970.
    pub valid_before: Option<i64>,
    /// Type and base64, without a comment.
    pub key: String,
}

/// What the signers say about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// The key signs for these principals at this time.
    Good,
    /// Nobody's line has the key, or none for this namespace.
    UnknownKey,
    /// The key is another's.
    NotTheirs,
    /// The key is theirs, but not at this time.
    OutsideDays,
}

/// A text that is no list of signers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct SignersError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, for developers.
    pub why: &'static str,
}

impl Signers {
    /// Reads `allowed_signers`.
    ///
    /// Wildcards, certificate authorities and unknown options are refused instead of being read
    /// more narrowly or widely than OpenSSH would. A date without `Z` is UTC.
    ///
    /// # Errors
    /// [`SignersError`] with the first line that cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Self, SignersError> {
        let text = std::str::from_utf8(bytes).map_err(|_| SignersError {
            line: 1,
            why: "not UTF-8",
        })?;
        let mut lines = Vec::new();
        for (nth, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                lines.push(read_line(line).map_err(|why| SignersError { line: nth + 1, why })?);
            }
        }
        Ok(Self { lines })
    }

    /// The lines in order.
    pub fn lines(&self) -> &[SignerLine] {
        &self.lines
    }

    /// The people (`person:…`) whose key this is, `SHA256:…`.
    pub fn owners<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.lines
            .iter()
            .filter(move |line| fingerprint(&line.key).as_deref() == Some(key))
            .flat_map(|line| &line.principals)
            .map(String::as_str)
            .filter(|principal| principal.starts_with("person:"))
    }

    /// The same without the keys that were revoked.
    #[must_use]
    pub fn without(mut self, revoked: &Revocations) -> Self {
        self.lines
            .retain(|line| fingerprint(&line.key).is_none_or(|key| revoked.of(&key).is_none()));
        self
    }

    /// Whether `key` (type and base64) signs in `namespace` at `at` (seconds since 1970) for
    /// every one of `principals`, all on one line.
    pub fn admits(&self, key: &str, namespace: &str, principals: &[&str], at: i64) -> Admission {
        let mut best = Admission::UnknownKey;
        for line in self
            .lines
            .iter()
            .filter(|line| line.key == key && line.is_for(namespace))
        {
            if !principals
                .iter()
                .all(|wanted| line.principals.iter().any(|has| has == wanted))
            {
                if best == Admission::UnknownKey {
                    best = Admission::NotTheirs;
                }
            } else if line.is_valid(at) {
                return Admission::Good;
            } else {
                best = Admission::OutsideDays;
            }
        }
        best
    }
}

impl SignerLine {
    fn is_for(&self, namespace: &str) -> bool {
        self.namespaces.is_empty() || self.namespaces.iter().any(|name| name == namespace)
    }

    /// Both ends are inside, as with `ssh-keygen -Y verify`.
    fn is_valid(&self, at: i64) -> bool {
        self.valid_after.is_none_or(|after| at >= after)
            && self.valid_before.is_none_or(|before| at <= before)
    }
}

/// The line as `allowed_signers` has it. Times are written to the second when they are not
/// midnight; they mean UTC.
impl fmt::Display for SignerLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let principals = self.principals.join(",");
        // A line that begins with this sign is a remark.
        if principals.starts_with('#') {
            write!(f, "\"{principals}\"")?;
        } else {
            f.write_str(&principals)?;
        }
        let mut options = Vec::new();
        if !self.namespaces.is_empty() {
            options.push(format!("namespaces=\"{}\"", self.namespaces.join(",")));
        }
        for (name, at) in [
            ("valid-after", self.valid_after),
            ("valid-before", self.valid_before),
        ] {
            if let Some(at) = at {
                options.push(format!("{name}=\"{}\"", date(at).ok_or(fmt::Error)?));
            }
        }
        if !options.is_empty() {
            write!(f, " {}", options.join(","))?;
        }
        write!(f, " {}", self.key)
    }
}

fn date(at: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(at)
        .ok()?
        .to_zoned_datetime(TimeZone::UTC);
    let shape = if at % 86_400 == 0 {
        "%Y%m%d"
    } else {
        "%Y%m%d%H%M%S"
    };
    Some(time.strftime(shape).to_string())
}

fn read_line(line: &str) -> Result<SignerLine, &'static str> {
    let (principals, rest) = word(line)?;
    let (second, after) = word(rest)?;
    let (options, key) = if is_key_type(second) {
        ("", rest)
    } else {
        (second, after)
    };
    let mut read = SignerLine {
        principals: list(unquoted(principals)?)?,
        namespaces: Vec::new(),
        valid_after: None,
        valid_before: None,
        key: read_key(key)?,
    };
    for option in split_options(options) {
        read_option(option, &mut read)?;
    }
    Ok(read)
}

/// The first word, quotes and all, and what follows it.
fn word(text: &str) -> Result<(&str, &str), &'static str> {
    let text = text.trim_start();
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ' ' | '\t' if !quoted => return Ok(text.split_at(at)),
            _ => {}
        }
    }
    if quoted {
        return Err("a quote has no end");
    }
    Ok((text, ""))
}

fn unquoted(text: &str) -> Result<&str, &'static str> {
    let inner = match text.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').ok_or("a quote is out of place")?,
        None => text,
    };
    if inner.contains(['"', '\\']) {
        return Err("a quote is out of place");
    }
    Ok(inner)
}

fn list(text: &str) -> Result<Vec<String>, &'static str> {
    if text.contains(['*', '?', '!']) {
        return Err("patterns are not read");
    }
    if text.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err("a name holds a space or a control character");
    }
    let names: Vec<String> = text.split(',').map(str::to_owned).collect();
    if names.iter().any(String::is_empty) {
        return Err("a name is empty");
    }
    Ok(names)
}

fn is_key_type(word: &str) -> bool {
    ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"]
        .iter()
        .any(|start| word.starts_with(start))
}

fn read_key(text: &str) -> Result<String, &'static str> {
    let mut words = text.split_ascii_whitespace();
    match (words.next(), words.next()) {
        (Some(kind), Some(_)) if kind.contains("-cert-") => Err("certificates are not read"),
        (Some(kind), Some(data)) if is_key_type(kind) && is_plain(kind) && is_base64(data) => {
            Ok(format!("{kind} {data}"))
        }
        _ => Err("a key is expected"),
    }
}

fn is_plain(kind: &str) -> bool {
    kind.bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-@.".contains(&b))
}

fn is_base64(data: &str) -> bool {
    data.bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
}

fn split_options(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
    .filter(|_| !text.is_empty())
}

fn read_option(option: &str, line: &mut SignerLine) -> Result<(), &'static str> {
    let (name, value) = option.split_once('=').unwrap_or((option, ""));
    // OpenSSH takes no value without quotes; a flag has none.
    if !value.is_empty() && !value.starts_with('"') {
        return Err("a value is not in quotes");
    }
    let value = unquoted(value)?;
    match name.to_ascii_lowercase().as_str() {
        "namespaces" if line.namespaces.is_empty() => line.namespaces = list(value)?,
        "valid-after" if line.valid_after.is_none() => line.valid_after = Some(read_date(value)?),
        "valid-before" if line.valid_before.is_none() => line.valid_before = Some(read_date(value)?),
        "namespaces" | "valid-after" | "valid-before" => return Err("an option comes twice"),
        "cert-authority" => return Err("certificate authorities are not believed"),
        _ => return Err("an option is unknown"),
    }
    Ok(())
}

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, with or without `Z`.
fn read_date(text: &str) -> Result<i64, &'static str> {
    let digits = text.strip_suffix('Z').unwrap_or(text);
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits || !matches!(digits.len(), 8 | 12 | 14) {
        return Err("a date is YYYYMMDD or with HHMM or HHMMSS");
    }
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|d| d.parse::<i16>().ok());
    let small = |from, to| part(from, to).map_or(Some(0), |n| i8::try_from(n).ok());
    let read = || {
        let day = Date::new(part(0, 4)?, small(4, 6)?, small(6, 8)?).ok()?;
        let time = jiff::civil::Time::new(small(8, 10)?, small(10, 12)?, small(12, 14)?, 0).ok()?;
        let zoned = DateTime::from_parts(day, time)
            .to_zoned_datetime(TimeZone::UTC)
            .ok()?;
        Some(zoned.timestamp().as_second())
    };
    read().ok_or("no calendar has this date")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILMJxp8a+BNMI2W3LDQCySLf3I8E7WqNpFpgkTa2JwLk";

    #[test]
    fn reads_principals_options_and_keys() {
        let text = format!(
            "# people\n\nkey:SHA256:abc,person:sato namespaces=\"a,b\",valid-after=\"20260101\",valid-before=\"20261231235959Z\" {KEY} sato@example.jp\n\"person:mori\" {KEY}\n"
        );
        let signers = Signers::read(text.as_bytes()).unwrap();
        let [sato, mori] = signers.lines() else { panic!() };
        assert_eq!(sato.principals, ["key:SHA256:abc", "person:sato"]);
        assert_eq!(sato.namespaces, ["a", "b"]);
        assert_eq!(sato.valid_after, crate::ledger::instant("2026-01-01T00:00:00Z"));
        assert_eq!(sato.valid_before, crate::ledger::instant("2026-12-31T23:59:59Z"));
        assert_eq!((mori.key.as_str(), mori.namespaces.len()), (KEY, 0));
        assert_eq!(
            Signers::read(format!("{sato}\n{mori}").as_bytes()).unwrap(),
            signers
        );
    }

    #[test]
    fn admits_only_the_named_in_their_days() {
        let text = format!(
            "person:sato,key:k namespaces=\"n\",valid-after=\"20260101\",valid-before=\"20261231\" {KEY}"
        );
        let signers = Signers::read(text.as_bytes()).unwrap();
        let at = |text| crate::ledger::instant(text).unwrap();
        let (first, last) = (at("2026-01-01T00:00:00Z"), at("2026-12-31T00:00:00Z"));
        let says = |principals: &[&str], at| signers.admits(KEY, "n", principals, at);
        assert_eq!(says(&["key:k", "person:sato"], first), Admission::Good);
        assert_eq!(says(&["key:k"], last), Admission::Good);
        assert_eq!(says(&["key:k"], first - 1), Admission::OutsideDays);
        assert_eq!(says(&["key:k"], last + 1), Admission::OutsideDays);
        assert_eq!(says(&["key:k", "person:mori"], first), Admission::NotTheirs);
        assert_eq!(
            signers.admits(KEY, "git", &["key:k"], first),
            Admission::UnknownKey
        );
        assert_eq!(
            signers.admits("ssh-ed25519 AAAA", "n", &["key:k"], first),
            Admission::UnknownKey
        );
    }

    #[test]
    fn refuses_what_it_would_read_differently_from_openssh() {
        for wrong in [
            format!("* {KEY}"),
            format!("person:*,!person:x {KEY}"),
            format!("person:sato cert-authority {KEY}"),
            format!("person:sato namespaces=\"*\" {KEY}"),
            format!("person:sato no-touch-required {KEY}"),
            format!("person:sato valid-after=20260101 {KEY}"),
            format!("person:sato valid-after=\"2026\" {KEY}"),
            format!("person:sato valid-after=\"20260230\" {KEY}"),
            format!("person:sato valid-after=\"20260101\",valid-after=\"20260102\" {KEY}"),
            format!("person:sato,,x {KEY}"),
            format!("\"person:sato {KEY}"),
            "person:sato ssh-ed25519".to_owned(),
            "person:sato".to_owned(),
            "person:sato ssh-*\0 AAAA".to_owned(),
            "person:sato ssh-ed25519 \u{12}AAAA".to_owned(),
            format!("\"person:sato person:mori\" {KEY}"),
            format!("person:sa\u{1b}to {KEY}"),
            "person:sato ssh-ed25519-cert-v01@openssh.com AAAA".to_owned(),
        ] {
            assert!(Signers::read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
