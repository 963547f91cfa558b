//! How programs that were run ended, and signals that are passed on to them.

use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// The exit code of a program, as a shell would say it.
pub(super) fn code_of(status: ExitStatus) -> u8 {
    match (status.code(), status.signal()) {
        (Some(code), _) => u8::try_from(code).unwrap_or(1),
        (None, Some(signal)) => by_signal(signal),
        (None, None) => 1,
    }
}

/// The exit code of a program that this signal ended.
pub(super) fn by_signal(signal: i32) -> u8 {
    u8::try_from(signal).map_or(1, |signal| signal.saturating_add(128))
}

/// Sends a signal to everything that belongs to the program with this number, which leads a group of
/// its own. It may have ended by itself meanwhile.
pub(super) fn pass_on(leader: u32, number: i32) {
    if let (Ok(leader), Ok(signal)) = (i32::try_from(leader), Signal::try_from(number)) {
        let _ = killpg(Pid::from_raw(leader), signal);
    }
}

/// Whether anything of the group of this program is still there.
pub(super) fn group_lives(leader: u32) -> bool {
    i32::try_from(leader).is_ok_and(|leader| leader > 0 && killpg(Pid::from_raw(leader), None).is_ok())
}
