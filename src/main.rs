//! The `sekisho` command.

mod cli;
mod wire;

use std::process::ExitCode;

/// A gate over a long range makes and gives back millions of small pieces; the allocators of C
/// libraries, musl's above all, take a quarter of its time for that. Here it is libgit2's, too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run(std::env::args_os().collect())
}
