//! What a command is given: the doors, the time, and who is at the keyboard.

use jiff::Timestamp;

use super::Heard;
use crate::change::{Moment, PersonKey};
use crate::config::Config;
use crate::ledger::{Head, Receipt};
use crate::ports::{Forge, Issuer, LedgerStore, Repository, Signer, Verifier};

/// The doors of one command and its one time.
#[derive(Clone, Copy)]
pub struct Ports<'a> {
    /// The repository.
    pub repository: &'a dyn Repository,
    /// The change log.
    pub ledger: &'a dyn LedgerStore,
    /// Checks signatures.
    pub verifier: &'a dyn Verifier,
    /// The time, read once.
    pub now: Timestamp,
    /// The repository's name, which a configuration without services gives to its only one.
    pub name: &'a str,
    /// What is known of the log from before: where it ended when it was last looked at from here,
    /// and its first record.
    pub remembered: &'a [Head],
    /// What somebody kept of the log elsewhere: it must begin with exactly that.
    pub against: &'a [Receipt],
    /// The forge, where there is a token for it.
    pub forge: Option<&'a dyn Forge>,
    /// Who is asked for the keys of runners' tokens.
    pub issuer: Option<&'a dyn Issuer>,
    /// What the forge said about this deployment; `None`: it was not asked.
    pub heard: Option<&'a Heard>,
    /// Fresh random bytes.
    pub random: &'a dyn Fn() -> [u8; 16],
    /// Told how far long work is: steps read, records verified.
    pub progress: &'a dyn Fn(u64),
}

impl Ports<'_> {
    /// The time as the configured calendar shows it.
    pub fn at(&self, config: &Config) -> Moment {
        Moment::new(self.now, &config.calendar.zone)
    }

    /// The time as records write it.
    pub fn utc(&self) -> String {
        Moment::new(self.now, &jiff::tz::TimeZone::UTC).utc()
    }
}

/// Who acts, and the key that shows it.
#[derive(Clone, Copy)]
pub struct Actor<'a> {
    /// The person.
    pub person: &'a PersonKey,
    /// How records name them: `key:SHA256:<fingerprint>`, or `person:<key>` without a key.
    pub by: &'a str,
    /// Their key; `None` only where acts without a signature count.
    pub signer: Option<&'a dyn Signer>,
}
