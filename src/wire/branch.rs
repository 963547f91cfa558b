//! Opens the log on a branch.

use jiff::Timestamp;

use sekisho::change::Message;
use sekisho::git::GitRepository;
use sekisho::ports::LedgerStore;
use sekisho::store::{BranchLedger, Reader};
use sekisho::usecases::Stop;

use super::{Access, Through, forge, now, pause, verifiers};

/// The log on the branch, fetched.
pub(super) async fn open(
    repository: &GitRepository,
    remote: &str,
    access: Access,
    (through, detour): Through<'_>,
    notices: &mut Vec<Message>,
) -> Result<Box<dyn LedgerStore>, Stop> {
    let folder = repository
        .common_dir()
        .join("sekisho")
        .join("branch")
        .join(remote.replace('/', "+"));
    let branch = Box::new(repository.log_branch(remote, &folder)?);
    let branch = forge::appending(repository, through, remote, branch, detour)?;
    let reader = Reader::new(Box::new(verifiers()), now()?.as_second());
    let ledger = BranchLedger::new(branch, &folder, pause(), reader);
    if access == Access::Glance {
        return Ok(Box::new(ledger));
    }
    match ledger.refresh().await {
        Ok(()) => {}
        Err(error) if error.outage().is_some() && forgiving(access, &ledger) => {
            let detail = error.outage().unwrap_or_default();
            let as_of = ledger.as_of().and_then(|time| Timestamp::try_from(time).ok());
            let key = if as_of.is_some() {
                "log-as-of"
            } else {
                "log-never-fetched"
            };
            let message = Message::new(key).with("place", format!("{remote}/sekisho-log"));
            let message = message.with("detail", detail);
            notices.push(match as_of {
                Some(at) => message.with("at", at.strftime("%Y-%m-%d %H:%M:%SZ")),
                None => message,
            });
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Box::new(ledger))
}

/// Whether an old view of the log serves: to look at, or to say something from that counts only
/// once it is in the log.
fn forgiving(access: Access, ledger: &BranchLedger) -> bool {
    access == Access::Read || (access == Access::Late && ledger.as_of().is_some())
}
