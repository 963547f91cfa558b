//! Secrets in what programs print and are given, taken out before anything of it is kept.

/// What stands for a secret.
pub const MASK: &str = "[masked]";

/// How tokens begin whose makers mark them.
const PREFIXES: &[&str] = &[
    "AIza",
    "AKIA",
    "ASIA",
    "SG.",
    "dop_v1_",
    "eyJ",
    "gho_",
    "ghp_",
    "ghr_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "hf_",
    "npm_",
    "pypi-",
    "rk_live_",
    "sk-",
    "sk_live_",
    "whsec_",
    "xapp-",
    "xoxa-",
    "xoxb-",
    "xoxp-",
    "xoxs-",
    "ya29.",
];

/// A token is at least as long as this behind its beginning, in bytes.
const SHORTEST_TOKEN: usize = 12;

/// A shorter value is no secret that could be told from other words.
const SHORTEST_VALUE: usize = 6;

/// Parts of names that secrets are kept under.
const NAMES: &[&str] = &[
    "apikey",
    "api_key",
    "access_key",
    "auth",
    "credential",
    "dsn",
    "passphrase",
    "passwd",
    "password",
    "private_key",
    "pwd",
    "secret",
    "signing_key",
    "token",
];

/// Whether something of this name is a secret: a variable, a flag, a key.
pub fn is_secret_name(name: &str) -> bool {
    let name = name.to_lowercase().replace('-', "_");
    NAMES.iter().any(|part| name.contains(part)) || name == "pass" || name.ends_with("_pass")
}

/// The text without secrets: `known` values, marked tokens, private keys, passwords in addresses, and
/// what stands behind `Bearer`.
pub fn masked(text: &str, known: &[String]) -> String {
    let mut text = without_keys(text);
    let mut values: Vec<&str> = known
        .iter()
        .flat_map(|value| std::iter::once(value.as_str()).chain(value.lines()))
        .map(str::trim)
        .filter(|value| value.len() >= SHORTEST_VALUE)
        .collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    for value in values {
        text = text.replace(value, MASK);
    }
    without_tokens(&without_passwords(&text))
}

/// The arguments of a command, the values of flags with telling names masked as well.
pub fn masked_words(words: &[String], known: &[String]) -> Vec<String> {
    let mut next_is_secret = false;
    let one = |word: &String| {
        let hidden = std::mem::take(&mut next_is_secret);
        if hidden && !word.starts_with('-') {
            return MASK.to_owned();
        }
        let name = word.trim_start_matches('-');
        match name.split_once('=') {
            Some((name, _)) if is_secret_name(name) => {
                let kept = word.split_once('=').map_or("", |(before, _)| before);
                format!("{kept}={MASK}")
            }
            None if word.starts_with("--") && is_secret_name(name) => {
                next_is_secret = true;
                word.clone()
            }
            _ => masked(word, known),
        }
    };
    words.iter().map(one).collect()
}

/// Private keys, also of a text that begins or ends in the middle of one.
fn without_keys(text: &str) -> String {
    let begins = |line: &str| line.contains("-----BEGIN ") && line.contains("PRIVATE KEY");
    let ends = |line: &str| line.contains("-----END ") && line.contains("PRIVATE KEY");
    let first_end = text.lines().position(ends);
    let first_begin = text.lines().position(begins);
    // Without its beginning, what stands before an end belongs to a key.
    let mut inside = match (first_end, first_begin) {
        (Some(end), Some(begin)) => end < begin,
        (end, None) => end.is_some(),
        _ => false,
    };
    let mut out = String::with_capacity(text.len());
    if inside {
        out.push_str(MASK);
        out.push('\n');
    }
    for line in text.split_inclusive('\n') {
        if !inside && begins(line) {
            inside = true;
            out.push_str(MASK);
            out.push('\n');
        }
        if !inside {
            out.push_str(line);
        }
        if ends(line) {
            inside = false;
        }
    }
    out
}

/// The password of `scheme://user:password@host`.
fn without_passwords(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'');
        let authority = after.find(ends).unwrap_or(after.len());
        let (authority, behind) = after.split_at(authority);
        match authority.rsplit_once('@') {
            Some((user, host)) => match user.split_once(':') {
                Some((user, _)) => out.push_str(&format!("{user}:{MASK}@{host}")),
                None => out.push_str(&format!("{MASK}@{host}")),
            },
            None => out.push_str(authority),
        }
        rest = behind;
    }
    out + rest
}

fn is_of_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '/' | '=')
}

fn without_tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    let mut bearer = false;
    // How far the run of such characters goes on: measured once, or one long line takes minutes.
    let mut length = 0_usize;
    while let Some(c) = rest.chars().next() {
        let starts = before.is_none_or(|before| !before.is_ascii_alphanumeric() && before != '_');
        if length == 0 && is_of_token(c) {
            length = rest.find(|c| !is_of_token(c)).unwrap_or(rest.len());
        }
        let marked = PREFIXES
            .iter()
            .any(|prefix| rest.starts_with(prefix) && length >= prefix.len() + SHORTEST_TOKEN);
        if starts && (marked || (bearer && length >= SHORTEST_TOKEN)) {
            out.push_str(MASK);
            rest = &rest[length..];
            (before, bearer, length) = (Some('.'), false, 0);
            continue;
        }
        if starts && length > 0 {
            let word = &rest[..length];
            bearer = ["bearer", "basic"]
                .iter()
                .any(|kind| word.eq_ignore_ascii_case(kind));
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
        length = length.saturating_sub(c.len_utf8());
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_and_other_words_are_not() {
        let known = ["hunter2-hunter2".to_owned(), "short".to_owned()];
        let cases = [
            ("token ghp_0123456789abcdefghij end", "token [masked] end"),
            ("a=AKIAIOSFODNN7EXAMPLE!", "a=[masked]!"),
            (
                "Authorization: Bearer abcdef0123456789",
                "Authorization: Bearer [masked]",
            ),
            ("it was hunter2-hunter2.", "it was [masked]."),
            (
                "postgres://app:s3cr3t@db/x and more",
                "postgres://app:[masked]@db/x and more",
            ),
            ("https://token@host/", "https://[masked]@host/"),
            (
                "short words stay: ask-me, sk-1, task-000000000000000",
                "short words stay: ask-me, sk-1, task-000000000000000",
            ),
            ("写真 ghp_0123456789abcdefghij", "写真 [masked]"),
            ("", ""),
        ];
        for (text, right) in cases {
            assert_eq!(masked(text, &known), right);
        }
    }

    #[test]
    fn runs_of_token_characters_are_masked_wherever_a_token_begins_in_them() {
        let token = "ghp_0123456789abcdefghij";
        for (text, right) in [
            (format!("a.{token}"), "a.[masked]".to_owned()),
            (format!("a/b={token}!{token}"), "a/b=[masked]![masked]".to_owned()),
            (format!("x{token} {token}"), format!("x{token} [masked]")),
            (
                format!("Bearer abcdefghijklmn.{token} é{token}"),
                "Bearer [masked] é[masked]".to_owned(),
            ),
        ] {
            assert_eq!(masked(&text, &[]), right);
        }
    }

    #[test]
    fn private_keys_are_masked_whole_or_cut() {
        let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n";
        assert_eq!(masked(&format!("a\n{key}b\n"), &[]), "a\n[masked]\nb\n");
        assert_eq!(
            masked("a\n-----BEGIN PRIVATE KEY-----\nabc\n", &[]),
            "a\n[masked]\n"
        );
        assert_eq!(
            masked("abc\n-----END PRIVATE KEY-----\nb\n", &[]),
            "[masked]\nb\n"
        );
        let certificate = "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n";
        assert_eq!(masked(certificate, &[]), certificate);
    }

    #[test]
    fn arguments_behind_telling_flags_are_masked() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let line = words("curl --password abc --api-token=x -H k:ghp_0123456789abcdefghij --verbose it");
        assert_eq!(
            masked_words(&line, &[]),
            words("curl --password [masked] --api-token=[masked] -H k:[masked] --verbose it")
        );
    }

    #[test]
    fn names_of_secrets() {
        for name in [
            "GITHUB_TOKEN",
            "PGPASSWORD",
            "AWS_SECRET_ACCESS_KEY",
            "SENTRY_DSN",
            "DB_PASS",
            "PASS",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["PATH", "HOME", "KEYBOARD", "COMPASS", "LANG"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
