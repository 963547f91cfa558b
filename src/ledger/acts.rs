//! The acts that this version knows; all others verify like these and are counted as opaque.

/// Begins a log; its first record and no other.
pub const CREATED: &str = "log.created/1";
/// Says whose signatures count from the next record on.
pub const SIGNERS: &str = "trust.signers/1";
/// Brings keys of the issuer of runners' tokens.
pub const JWKS: &str = "trust.jwks/1";
/// Says that a key's signatures count no more.
pub const REVOKED: &str = "key.revoked/1";
/// Says that a document was taken out of the log.
pub const REDACTED: &str = "blob.redacted/1";

/// Ends a log; it goes on elsewhere.
pub const CLOSED: &str = "log.closed/1";

/// Noun and verbs, all of major version 1, in the order of the nouns.
const KNOWN: &[(&str, &[&str])] = &[
    ("access", &["granted", "revoked"]),
    ("action", &["opened", "done"]),
    ("anchor", &["made"]),
    ("announcement", &["published"]),
    ("approval", &["requested", "confirmed"]),
    ("authority", &["granted", "revoked"]),
    ("blob", &["redacted"]),
    ("boundary", &["changed"]),
    (
        "change",
        &[
            "approved",
            "cancelled",
            "declared",
            "late_declared",
            "objected",
            "revised",
            "type_changed",
            "withdrawn",
        ],
    ),
    ("checkpoint", &["go", "no_go"]),
    ("collision", &["found"]),
    ("data_correction", &["done"]),
    ("deploy", &["allowed", "denied", "started", "finished"]),
    ("deviation", &["recorded"]),
    ("drill", &["run"]),
    (
        "emergency",
        &[
            "closed",
            "contact_attempted",
            "declared",
            "executed",
            "extended",
            "prompt_abandoned",
            "retro_approved",
            "retro_rejected",
            "route_exhausted",
        ],
    ),
    ("exception", &["granted", "withdrawn"]),
    ("forward_fix", &["started", "finished"]),
    ("freeze", &["declared", "lifted", "exception_granted"]),
    ("gate", &["unavailable"]),
    ("key", &["registered", "revoked"]),
    (
        "log",
        &[
            "anchored",
            "closed",
            "created",
            "upgraded",
            "verification_failed",
            "verified",
        ],
    ),
    ("notify", &["sent", "failed", "acknowledged"]),
    ("obligation", &["opened", "done", "waived"]),
    ("offline", &["declared", "synced"]),
    ("policy", &["changed"]),
    ("reconcile", &["run"]),
    ("record", &["withheld"]),
    ("remediation", &["opened", "done"]),
    ("review", &["opened", "answered", "closed"]),
    ("rollback", &["decided", "started", "finished"]),
    ("state", &["baselined"]),
    ("template", &["approved", "suspended"]),
    ("trust", &["jwks", "signers"]),
    ("undeclared", &["found", "explained"]),
    ("verification", &["passed", "failed"]),
    ("window", &["moved"]),
    ("witness", &["saw"]),
];

/// Whether this version knows what the act means.
pub fn is_known(act: &str) -> bool {
    act.strip_suffix("/1")
        .and_then(|name| name.split_once('.'))
        .is_some_and(|(noun, verb)| {
            let found = KNOWN.binary_search_by_key(&noun, |(known, _)| known);
            found.is_ok_and(|nth| KNOWN[nth].1.contains(&verb))
        })
}

/// Whether something may pass because a person said so by this act: approvals, exceptions, waivers.
pub fn permits(act: &str) -> bool {
    matches!(
        act,
        "change.approved/1" | "exception.granted/1" | "obligation.waived/1"
    )
}

/// Whether a record of this act may be sealed long after its claimed time: what happened
/// without a way to the log is filed later and says in `occurred` when it was. Never a decision
/// of the gate, never what says who may sign.
pub fn may_be_late(act: &str) -> bool {
    act.starts_with("emergency.")
        || act.starts_with("offline.")
        || matches!(
            act,
            "change.approved/1"
                | "change.late_declared/1"
                | "change.objected/1"
                | "change.withdrawn/1"
                | "deploy.finished/1"
                | "notify.acknowledged/1"
                | "notify.sent/1"
                | "rollback.decided/1"
                | "rollback.finished/1"
                | "rollback.started/1"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_is_found() {
        for (noun, verbs) in KNOWN {
            for verb in *verbs {
                assert!(is_known(&format!("{noun}.{verb}/1")), "{noun}.{verb}");
            }
        }
        for other in [
            "deploy.allowed/2",
            "deploy.allowed",
            "deploy.run/1",
            "zone.opened/1",
            "/1",
        ] {
            assert!(!is_known(other), "{other}");
        }
    }

    #[test]
    fn what_lets_pass_or_says_who_signs_is_never_late() {
        for act in [
            "deploy.allowed/1",
            "deploy.denied/1",
            "deploy.started/1",
            "checkpoint.go/1",
            "freeze.lifted/1",
            "state.baselined/1",
            "log.created/1",
            "trust.signers/1",
            "key.revoked/1",
            "exception.granted/1",
            "obligation.waived/1",
            "blob.redacted/1",
            "change.approved/2",
        ] {
            assert!(!may_be_late(act), "{act}");
        }
    }
}
