//! Days on which the disk is full, the folder may only be read, or the clock is wrong: what is said about it,
//! that nothing is half written, and that the next try works.

use crate::attacks::{declared, shop};
use crate::branch_program::shared_shop;
use crate::support::stage::Stage;

/// `expect CODE WORDS COMMAND…` ends the script unless the command does so, with these words.
/// `fill` leaves so many kilobytes free in the folder of the log.
const SHELL: &str = r#"
expect() {
    wanted=$1; words=$2; shift 2
    out=$("$@" 2>&1) && got=0 || got=$?
    case "$got:$out" in
        "$wanted:"*"$words"*) ;;
        *) echo "wanted $wanted '$words', got $got for $*: $out" >&2; exit 9 ;;
    esac
}
fill() {
    rm -f .git/sekisho/filler
    dd if=/dev/zero of=.git/sekisho/filler bs=4096 2>/dev/null || true
    truncate -s "-$1K" .git/sekisho/filler
}
small_disk() {
    cp -a .git/sekisho "$KEPT/before"
    mount -t tmpfs -o size=8m none .git/sekisho
    cp -a "$KEPT/before/." .git/sekisho/
}
read_only() {
    mount --bind "$1" "$1"
    mount -o remount,bind,ro "$1"
}
bring_back() {
    rm -f .git/sekisho/filler
    rm -rf "$KEPT/after"
    cp -a .git/sekisho "$KEPT/after"
    umount .git/sekisho
    rm -rf .git/sekisho
    cp -a "$KEPT/after" .git/sekisho
}
"#;

#[allow(clippy::print_stdout, reason = "what was left out is told")]
/// Runs a script with mounts of its own; false where nobody may mount anything.
fn script(stage: &Stage, person: &str, script: &str) -> bool {
    let script = format!("{SHELL}\n{script}");
    match stage.with_own_mounts(person, &script) {
        Some(done) => {
            done.expect(0);
            true
        }
        None => {
            println!("left out: this machine lets nobody mount a small or a read-only disk");
            false
        }
    }
}

/// A shop with a change that would pass.
fn ready() -> (Stage, String) {
    let stage = shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    (stage, id)
}

/// How often the log has this act.
fn said(stage: &Stage, act: &str) -> usize {
    stage.sekisho("sato", &["verify"]).expect(0);
    let page = stage
        .sekisho("sato", &["history", "--format", "json"])
        .expect(0)
        .json();
    let rows = page["rows"].as_array().unwrap();
    rows.iter().filter(|row| row.to_string().contains(act)).count()
}

#[test]
fn disk_that_is_full_when_a_decision_is_to_be_recorded() {
    let (stage, _) = ready();
    let ran = script(
        &stage,
        "sato",
        r#"
        small_disk
        fill 0
        expect 3 'is full' "$SEKISHO" gate --run 7
        SEKISHO_LANG=ja expect 3 '空きがありません' "$SEKISHO" gate --run 7
        for free in 4 12 24 32 40 48; do
            fill $free
            "$SEKISHO" gate --run 7 >"$KEPT/said" 2>&1 && code=0 || code=$?
            case $code in
                0) ;;
                3) grep -q 'is full\|No space' "$KEPT/said" || { cat "$KEPT/said" >&2; exit 9; } ;;
                *) cat "$KEPT/said" >&2; exit 9 ;;
            esac
        done
        rm .git/sekisho/filler
        expect 0 '' "$SEKISHO" verify
        expect 0 PASSED "$SEKISHO" gate --run 7
        bring_back
        "#,
    );
    if ran {
        assert_eq!(said(&stage, "deploy.allowed"), 1);
    }
}

#[test]
fn disk_that_is_full_under_the_index_of_the_history() {
    let (stage, _) = ready();
    script(
        &stage,
        "sato",
        r#"
        small_disk
        "$SEKISHO" history --person hayashi --format json >"$KEPT/before.json"
        rm -f .git/sekisho/index.sqlite*
        for free in 0 16 60; do
            fill $free
            "$SEKISHO" history --person hayashi --format json >"$KEPT/full.json" 2>"$KEPT/said"
            cmp "$KEPT/before.json" "$KEPT/full.json"
        done
        fill 0
        rm -f .git/sekisho/index.sqlite*
        expect 0 'index.sqlite' "$SEKISHO" history --person hayashi
        rm .git/sekisho/filler
        "$SEKISHO" history --person hayashi --format json >"$KEPT/full.json" 2>"$KEPT/said"
        cmp "$KEPT/before.json" "$KEPT/full.json"
        test ! -s "$KEPT/said"
        "#,
    );
}

#[test]
fn disk_that_is_full_under_the_copy_of_the_branch() {
    let (stage, _server) = shared_shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    let ran = script(
        &stage,
        "sato",
        r#"
        small_disk
        for free in 0 4 16 32 48 64 96 128; do
            fill $free
            "$SEKISHO" gate --run 7 >"$KEPT/said" 2>&1 && code=0 || code=$?
            case $code in
                0) ;;
                3) grep -q 'full\|No space\|no room' "$KEPT/said" || { cat "$KEPT/said" >&2; exit 9; } ;;
                *) cat "$KEPT/said" >&2; exit 9 ;;
            esac
        done
        rm .git/sekisho/filler
        expect 0 PASSED "$SEKISHO" gate --run 7
        expect 0 '' "$SEKISHO" verify
        bring_back
        "#,
    );
    if ran {
        assert_eq!(said(&stage, "deploy.allowed"), 1);
    }
}

#[test]
fn disk_that_is_full_when_an_act_is_kept_for_later() {
    let (stage, server) = shared_shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["history"]).expect(0);
    let away = "http://127.0.0.1:9/shop.git";
    stage.git("sato", &["config", "remote.origin.url", away]);
    let ran = script(
        &stage,
        "hayashi",
        &format!(
            r#"
            small_disk
            fill 0
            expect 3 'is full' "$SEKISHO" approve {id}
            expect 3 '' "$SEKISHO" approve {id}
            test -z "$(find .git/sekisho/spool -name '*.draft')"
            rm .git/sekisho/filler
            expect 3 'kept as draft 1' "$SEKISHO" approve {id}
            git config remote.origin.url {}
            fill 0
            expect 3 '' "$SEKISHO" log sync
            rm .git/sekisho/filler
            expect 0 '' "$SEKISHO" log sync
            bring_back
            "#,
            server.url("shop.git")
        ),
    );
    if ran {
        assert_eq!(said(&stage, "change.approved"), 1);
        stage.sekisho("sato", &["gate"]).expect(0);
    }
}

#[test]
fn folder_and_file_of_the_log_that_may_only_be_read() {
    let (stage, _) = ready();
    let ran = script(
        &stage,
        "sato",
        r#"
        for place in .git/sekisho .git/sekisho/log.sqlite; do
            read_only "$place"
            expect 3 'may not be written' "$SEKISHO" gate
            SEKISHO_LANG=ja expect 3 '書き込めません' "$SEKISHO" gate
            case $place in
                *.sqlite) expect 0 '' "$SEKISHO" verify; expect 0 Hayashi "$SEKISHO" history --person hayashi ;;
                # What SQLite keeps beside the file, and what is remembered of the log, cannot be written: the
                # whole log is shown where the former is still there, and nothing where it is not.
                *) if "$SEKISHO" history > ../said 2>&1; then grep -q Hayashi ../said || exit 9
                   else expect 3 'may not be written' "$SEKISHO" history; fi
                   "$SEKISHO" verify > ../said 2>&1 || expect 3 'ead-only' "$SEKISHO" verify ;;
            esac
            umount "$place"
        done
        expect 0 PASSED "$SEKISHO" gate
        "#,
    );
    if ran {
        assert_eq!(said(&stage, "deploy.allowed"), 1);
    }
}

#[test]
fn copy_of_the_branch_and_folder_of_acts_that_may_only_be_read() {
    let (stage, server) = shared_shop();
    let id = declared(&stage, "app.txt", "Two");
    stage.sekisho("hayashi", &["history"]).expect(0);
    let ran = script(
        &stage,
        "hayashi",
        &format!(
            r#"
            read_only .git/sekisho
            expect 3 'may not be written' "$SEKISHO" approve {id}
            SEKISHO_LANG=ja expect 3 '書き込めません' "$SEKISHO" approve {id}
            git config remote.origin.url http://127.0.0.1:9/shop.git
            expect 3 '' "$SEKISHO" approve {id}
            umount .git/sekisho
            test ! -e .git/sekisho/spool/000001.draft
            git config remote.origin.url {}
            expect 0 '' "$SEKISHO" approve {id}
            "#,
            server.url("shop.git")
        ),
    );
    if ran {
        assert_eq!(said(&stage, "change.approved"), 1);
    }
}

#[test]
fn clock_that_jumps_back() {
    let (mut stage, _) = ready();
    // A little is taken for the usual difference between clocks: time in the log stands still, and
    // what seems to lie ahead is not judged yet.
    stage.at("2026-12-01T09:56:00+09:00");
    let id = declared(&stage, "app.txt", "Three");
    stage.sekisho("ishii", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["verify"]).expect(0);
    let done = stage.sekisho("sato", &["gate"]).expect(3);
    assert!(done.err.contains("later than the judgement"), "{}", done.both());
    stage.at("2026-12-01T08:00:00+09:00");
    for (language, words) in [
        ("en", "clock of this machine is behind"),
        ("ja", "時計が遅れています"),
    ] {
        let variables = [("SEKISHO_LANG", language)];
        let done = stage
            .sekisho_with("hayashi", &["approve", &id], &variables)
            .expect(3);
        assert!(done.err.contains(words), "{}", done.both());
    }
    stage.at("2026-12-01T10:01:00+09:00");
    assert_eq!(said(&stage, "change.approved"), 2);
    stage.sekisho("hayashi", &["approve", &id]).expect(0);
    stage.sekisho("sato", &["gate"]).expect(0);
}
