//! What git says about a push or a fetch, read strictly and made fit to be shown.

use crate::ports::Offer;

/// Words of a server, or of git, with which a branch that has moved on is refused.
const OVERTAKEN: &[&str] = &[
    "fetch first",
    "non-fast-forward",
    "stale info",
    "needs force",
    "cannot lock ref",
    "failed to update ref",
    "failed to lock",
    "unable to lock",
    "incorrect old value",
    "reference already exists",
    "reference does not exist",
];

/// Words of git for an answer that did not come.
const NO_ANSWER: &[&str] = &["remote failure", "failed to report status"];

/// How much of what a server says is shown, in characters.
const LONGEST: usize = 400;

/// What became of `reference`, from the status line that `git push --porcelain` prints for it.
/// Without that line nothing is known; the exit code says nothing.
pub(super) fn offer(stdout: &[u8], stderr: &[u8], reference: &str) -> Offer {
    let text = String::from_utf8_lossy(stdout);
    let target = format!(":{reference}");
    let line = text.lines().find_map(|line| {
        let mut fields = line.splitn(3, '\t');
        let (flag, names, summary) = (fields.next()?, fields.next()?, fields.next()?);
        names.ends_with(&target).then_some((flag, summary))
    });
    let Some((flag, summary)) = line else {
        return Offer::Unanswered(words(stderr));
    };
    let has = |list: &[&str]| list.iter().any(|word| summary.contains(word));
    match flag {
        " " | "*" | "=" | "+" => Offer::Taken,
        _ if has(OVERTAKEN) => Offer::Overtaken,
        _ if has(NO_ANSWER) => Offer::Unanswered(words(stderr)),
        _ => {
            let said = words(stderr);
            let summary = shown(summary);
            Offer::Refused(if said.is_empty() {
                summary
            } else {
                format!("{summary}: {said}")
            })
        }
    }
}

/// Whether a fetch failed because the remote has no such branch, and for no other reason.
pub(super) fn no_branch(stderr: &[u8], reference: &str) -> bool {
    let words = format!("fatal: couldn't find remote ref {reference}");
    String::from_utf8_lossy(stderr)
        .lines()
        .any(|line| line.trim_end() == words)
}

/// The words of the other side, else git's own last word.
pub(super) fn words(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let remote: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("remote:"))
        .map(shown)
        .filter(|line| !line.is_empty())
        .collect();
    if !remote.is_empty() {
        return remote.join(" ").chars().take(LONGEST).collect();
    }
    let own = |line: &&str| line.starts_with("fatal:") || line.starts_with("error:");
    let first = text.lines().find(own);
    first.map(shown).unwrap_or_default()
}

/// A line without control characters, and addresses in it without anything but scheme and host:
/// what else stands in them may be a password.
fn shown(line: &str) -> String {
    let mut clean = String::new();
    let mut rest = line.trim();
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at);
        let address = after.get(3..).unwrap_or_default();
        let end = address
            .find(|c: char| c.is_whitespace() || "'\"<>)".contains(c))
            .unwrap_or(address.len());
        let (address, behind) = address.split_at(end);
        let authority = address.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        clean.push_str(before);
        clean.push_str("://");
        clean.push_str(host);
        clean.push('…');
        rest = behind;
    }
    clean.push_str(rest);
    without_paths(&clean)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect()
}

/// The text without what stands in quotes and has a slash, but is no address: git quotes the remote
/// as it is set, and people put secrets there.
fn without_paths(text: &str) -> String {
    let quoted = text.split('\'').enumerate().map(|(nth, part)| {
        let path = nth % 2 == 1 && part.contains('/') && !part.contains("://");
        if path { "…" } else { part }
    });
    quoted.collect::<Vec<_>>().join("'")
}

#[cfg(test)]
mod tests {
    use super::*;

    const REF: &str = "refs/heads/sekisho-log";

    fn said(line: &str) -> Offer {
        offer(format!("To somewhere\n{line}\nDone\n").as_bytes(), b"", REF)
    }

    #[test]
    fn only_the_status_line_of_the_branch_counts() {
        assert_eq!(said(" \tabc:refs/heads/sekisho-log\t1..2"), Offer::Taken);
        assert_eq!(said("*\tabc:refs/heads/sekisho-log\t[new branch]"), Offer::Taken);
        for line in ["", " \tabc:refs/heads/other\t1..2", "abc:refs/heads/sekisho-log"] {
            assert_eq!(said(line), Offer::Unanswered(String::new()), "{line}");
        }
        for reason in [
            "[rejected] (fetch first)",
            "[rejected] (non-fast-forward)",
            "[rejected] (stale info)",
            "[remote rejected] (cannot lock ref 'refs/heads/sekisho-log': is at 1 but expected 2)",
            "[remote rejected] (failed to update ref)",
        ] {
            let line = format!("!\tabc:refs/heads/sekisho-log\t{reason}");
            assert_eq!(said(&line), Offer::Overtaken, "{line}");
        }
        let hook = said("!\tabc:refs/heads/sekisho-log\t[remote rejected] (pre-receive hook declined)");
        assert!(
            matches!(&hook, Offer::Refused(words) if words.contains("hook declined")),
            "{hook:?}"
        );
        let lost = said("!\tabc:refs/heads/sekisho-log\t[remote failure] (remote failed to report status)");
        assert!(matches!(lost, Offer::Unanswered(_)), "{lost:?}");
    }

    #[test]
    fn words_of_a_server_are_shown_without_secrets_and_codes() {
        let stderr = b"remote: \x1b[31mno\x1b[0m https://u:p4ss@git.example/acme?token=x says no\nfatal: x\n";
        let path = words(b"fatal: '/nowhere/s3cret' does not appear to be a git repository");
        assert_eq!(path, "fatal: '…' does not appear to be a git repository");
        let words = words(stderr);
        assert!(!words.contains(['\u{1b}']) && !words.contains("p4ss"), "{words}");
        assert!(
            !words.contains("token") && words.contains("https://git.example…"),
            "{words}"
        );
    }

    #[test]
    fn a_branch_is_missing_only_when_git_says_so() {
        let fatal = "fatal: couldn't find remote ref refs/heads/sekisho-log\n";
        assert!(no_branch(fatal.as_bytes(), REF));
        assert!(!no_branch(format!("remote: {fatal}").as_bytes(), REF));
        assert!(!no_branch(
            b"fatal: couldn't find remote ref refs/heads/sekisho-log2",
            REF
        ));
    }
}
