//! Work on many commits, on every processor that there is.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::GitRepository;
use crate::ports::RepositoryError;

/// What one thread does at least; starting it and opening the repository again costs as much as
/// a few of these.
const LEAST: usize = 8;

/// More threads wait for the disk and for each other.
const MOST_THREADS: usize = 8;

/// What `work` makes of each of `all`, in their order. Neighbours stay together, because they
/// share most of their objects. libgit2's repositories belong to one thread, so each thread has
/// its own. `seen` is called with the number that is done.
///
/// # Errors
/// The first error, in the order of `all`.
pub(super) fn each<T: Sync, R: Send>(
    repo: &GitRepository,
    all: &[T],
    seen: &mut dyn FnMut(u64),
    work: impl Fn(&GitRepository, &T) -> Result<R, RepositoryError> + Sync,
) -> Result<Vec<R>, RepositoryError> {
    let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = processors.min(MOST_THREADS).min(all.len() / LEAST).max(1);
    let part = all.len().div_ceil(threads).max(1);
    let place = repo.git_dir();
    let done = AtomicU64::new(0);
    let count = || done.fetch_add(1, Ordering::Relaxed) + 1;
    let mut parts = all.chunks(part);
    let own = parts.next().unwrap_or_default();
    thread::scope(|scope| {
        let others: Vec<_> = parts
            .map(|part| {
                scope.spawn(|| {
                    let repo = GitRepository::open(&place)?;
                    part.iter()
                        .map(|item| {
                            let result = work(&repo, item)?;
                            count();
                            Ok(result)
                        })
                        .collect::<Result<Vec<R>, _>>()
                })
            })
            .collect();
        let mut results = Vec::with_capacity(all.len());
        let mut failed = None;
        for item in own {
            match work(repo, item) {
                Ok(result) => results.push(result),
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
            seen(count());
        }
        for other in others {
            let part = other
                .join()
                .unwrap_or_else(|_| Err(RepositoryError::Broken("a thread ended early".to_owned())));
            match part {
                Ok(part) if failed.is_none() => results.extend(part),
                Ok(_) => {}
                Err(error) => drop(failed.get_or_insert(error)),
            }
        }
        if threads > 1 {
            seen(done.load(Ordering::Relaxed));
        }
        failed.map_or(Ok(results), Err)
    })
}
