//! Chunks of work on several threads whose results are taken one after the other.
//!
//! Owns the numbering, the order and the bound on results that wait for their turn. Must not know
//! files and findings. No thread is kept for taking results: whichever brings the next one takes it
//! and those that wait behind it.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Chunks that may be begun, for each thread, before the first of them is taken.
const AHEAD: usize = 3;

/// What does the chunks.
pub(crate) trait Work: Sync {
    /// What a thread reuses from chunk to chunk.
    type State: Default + Send;
    /// What a chunk gives.
    type Done: Send;

    /// Does the next chunk, whose number is the next of `tickets`; `None` where there is none. What
    /// comes after the last chunk is never taken.
    fn next(&self, tickets: &Tickets, state: &mut Self::State) -> Option<Numbered<Self::Done>>;
}

/// A chunk that is done, and its number.
pub(crate) struct Numbered<T> {
    pub(crate) number: usize,
    pub(crate) value: T,
}

/// Does chunks on `threads` threads of the pool that this runs in, until `take` breaks.
pub(crate) fn run<W: Work>(
    work: &W,
    threads: usize,
    take: impl FnMut(Numbered<W::Done>) -> ControlFlow<()> + Send,
) {
    let queue = Queue {
        tickets: Tickets::new(threads * AHEAD),
        waiting: Mutex::new(Waiting {
            values: HashMap::new(),
            next: 0,
            taken_by_another: false,
        }),
        take: Mutex::new(take),
        work,
    };
    let mut state = W::State::default();
    // Most streams are one chunk.
    let more = queue.step(&mut state);
    if threads == 1 || !more {
        while queue.step(&mut state) {}
        return;
    }
    rayon::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|_| {
                let mut state = W::State::default();
                while queue.step(&mut state) {}
            });
        }
        while queue.step(&mut state) {}
    });
}

/// The numbers of the chunks, handed out as far as results are taken.
pub(crate) struct Tickets {
    counts: Mutex<TicketCounts>,
    /// A chunk was taken, or the end has come.
    moved: Condvar,
    /// Most chunks that are begun and not yet taken.
    ahead: usize,
}

#[derive(Clone, Copy)]
struct TicketCounts {
    begun: usize,
    taken: usize,
    over: bool,
}

impl Tickets {
    const fn new(ahead: usize) -> Self {
        Self {
            counts: Mutex::new(TicketCounts {
                begun: 0,
                taken: 0,
                over: false,
            }),
            moved: Condvar::new(),
            ahead,
        }
    }

    /// The number of the next chunk, from 0; waits while too many are begun. `None` after the end.
    ///
    /// Between claiming a number and bringing its chunk no thread may wait for another one: so the
    /// first chunk that is begun always comes, and all others after it.
    pub(crate) fn claim(&self) -> Option<usize> {
        let mut counts = lock(&self.counts);
        while !counts.over && counts.begun >= counts.taken + self.ahead {
            let woken = self.moved.wait(counts);
            counts = woken.unwrap_or_else(PoisonError::into_inner);
        }
        let number = counts.begun;
        counts.begun += 1;
        (!counts.over).then_some(number)
    }

    fn count_taken(&self) {
        lock(&self.counts).taken += 1;
        self.moved.notify_all();
    }

    fn end(&self) {
        lock(&self.counts).over = true;
        self.moved.notify_all();
    }

    fn over(&self) -> bool {
        lock(&self.counts).over
    }
}

struct Waiting<T> {
    values: HashMap<usize, T>,
    /// Which is taken next.
    next: usize,
    taken_by_another: bool,
}

struct Queue<'a, W: Work, T> {
    tickets: Tickets,
    waiting: Mutex<Waiting<W::Done>>,
    take: Mutex<T>,
    work: &'a W,
}

impl<W, T> Queue<'_, W, T>
where
    W: Work,
    T: FnMut(Numbered<W::Done>) -> ControlFlow<()> + Send,
{
    /// Does one chunk; `false` after the end.
    fn step(&self, state: &mut W::State) -> bool {
        let _end = EndOnPanic(&self.tickets);
        let Some(done) = self.work.next(&self.tickets, state) else {
            return false;
        };
        self.bring(done);
        !self.tickets.over()
    }

    /// Takes a result and all that waited for it, or leaves it to the thread that is taking.
    fn bring(&self, Numbered { number, value }: Numbered<W::Done>) {
        let mut waiting = lock(&self.waiting);
        waiting.values.insert(number, value);
        if waiting.taken_by_another {
            return;
        }
        waiting.taken_by_another = true;
        loop {
            let number = waiting.next;
            let Some(value) = waiting.values.remove(&number) else {
                break;
            };
            waiting.next += 1;
            drop(waiting);
            if lock(&self.take)(Numbered { number, value }).is_break() {
                // Nothing is taken any more: this thread stays the one that does it.
                return self.tickets.end();
            }
            self.tickets.count_taken();
            waiting = lock(&self.waiting);
        }
        waiting.taken_by_another = false;
    }
}

/// Keeps others from waiting for a thread that is gone.
struct EndOnPanic<'a>(&'a Tickets);

impl Drop for EndOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end();
        }
    }
}

/// What a mutex holds. A thread that panics while holding it ends the whole stream anyway.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    /// Numbers, some of which take longer.
    #[derive(Default)]
    struct Numbers {
        begun: AtomicUsize,
        panics_at: Option<usize>,
    }

    impl Work for Numbers {
        type State = ();
        type Done = usize;

        fn next(&self, tickets: &Tickets, (): &mut ()) -> Option<Numbered<usize>> {
            let number = tickets.claim()?;
            self.begun.fetch_max(number + 1, Ordering::Relaxed);
            assert_ne!(Some(number), self.panics_at, "on purpose");
            if number.is_multiple_of(7) {
                std::thread::sleep(Duration::from_millis(2));
            }
            Some(Numbered {
                number,
                value: number,
            })
        }
    }

    fn pool(threads: usize) -> rayon::ThreadPool {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().expect("threads")
    }

    #[test]
    fn results_are_taken_in_order_and_few_wait() {
        for threads in [1, 2, 5] {
            let work = Numbers::default();
            let mut taken = Vec::new();
            pool(threads).install(|| {
                run(&work, threads, |Numbered { value: number, .. }| {
                    taken.push(number);
                    let ahead = work.begun.load(Ordering::Relaxed) - number;
                    assert!(ahead <= threads * AHEAD, "{ahead}");
                    if number == 99 {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                });
            });
            assert_eq!(taken, (0..100).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn a_panic_ends_the_run_and_leaves_nobody_waiting() {
        for (panics_at, taking_panics_at) in [(Some(20), None), (None, Some(20))] {
            let work = Numbers {
                panics_at,
                ..Numbers::default()
            };
            let pool = pool(4);
            let check = || {
                run(&work, 4, |Numbered { value: number, .. }| {
                    assert_ne!(Some(number), taking_panics_at, "on purpose");
                    ControlFlow::Continue(())
                });
            };
            let caught = std::panic::AssertUnwindSafe(|| pool.install(check));
            assert!(std::panic::catch_unwind(caught).is_err());
        }
    }

    #[test]
    fn several_runs_may_share_a_pool() {
        use rayon::prelude::*;
        let sum = |_| {
            let mut sum = 0;
            run(
                &Numbers::default(),
                3,
                |Numbered { value: number, .. }| {
                    sum += number;
                    if number == 30 {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                },
            );
            sum
        };
        let sums: Vec<usize> = pool(3).install(|| (0..20).into_par_iter().map(sum).collect());
        assert_eq!(sums, [465; 20]);
    }
}
