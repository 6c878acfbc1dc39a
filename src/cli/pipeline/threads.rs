//! How many threads a run uses, and where they come from.

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use crate::cli::inputs::Input;

/// Most threads: more only cost memory.
const MAX_JOBS: usize = 64;
/// Files up to which a second thread gains nothing, if each is small.
const FEW: usize = 4;
/// Bytes up to which a file is small.
const SMALL: u64 = 32 << 10;

/// How many threads to check these inputs with; 0 asks for one each processor.
pub(crate) fn thread_count(asked: usize, inputs: &[Input]) -> usize {
    if is_little(inputs) {
        return 1;
    }
    let jobs = match asked {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => jobs,
    };
    jobs.clamp(1, MAX_JOBS)
}

/// Whether all of it is checked sooner than a second thread starts.
fn is_little(inputs: &[Input]) -> bool {
    let small = |input: &Input| input.size().is_some_and(|bytes| bytes <= SMALL);
    inputs.len() <= FEW && inputs.iter().all(small)
}

/// Threads of our own, whatever the environment asks for. The current thread is one of them: a
/// single job starts no other.
pub(super) fn pool(jobs: usize) -> ThreadPool {
    let threads = ThreadPoolBuilder::new().num_threads(jobs);
    or_current_thread(threads.use_current_thread().build())
}

/// Makes do with the current thread where the system gives no others.
fn or_current_thread(pool: Result<ThreadPool, ThreadPoolBuildError>) -> ThreadPool {
    pool.or_else(|_| {
        let current = ThreadPoolBuilder::new().num_threads(1);
        current.use_current_thread().build()
    })
    .expect("no thread to start")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rayon::prelude::*;

    use super::*;

    #[test]
    fn threads_that_the_system_does_not_give_are_done_without() {
        let refusing = ThreadPoolBuilder::new().num_threads(4);
        let refused = refusing.spawn_handler(|_| Err(std::io::ErrorKind::WouldBlock.into()));
        let sum = || (0..100).into_par_iter().sum::<i32>();
        assert_eq!(or_current_thread(refused.build()).install(sum), 4950);
    }

    #[test]
    fn no_more_threads_than_are_of_use() {
        let missing = [Input::file(Path::new("missing"))];
        for (asked, given) in [(1, 1), (8, 8), (64, 64), (65, 64), (usize::MAX, 64)] {
            assert_eq!(thread_count(asked, &missing), given);
        }
        assert!((1..=MAX_JOBS).contains(&thread_count(0, &missing)));
    }
}
