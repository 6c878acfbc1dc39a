//! Numbered pieces of work on several threads, whose results are taken one after the other.
//!
//! Owns the numbering, the order and the bound on results that wait for their turn. Knows nothing of
//! files and findings. No thread is kept for the taking: whichever brings the next result takes it,
//! and what waits behind it.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Pieces that may be begun, for each thread, before the first of them is taken.
const AHEAD: usize = 3;

/// What makes the pieces.
pub(crate) trait Work: Sync {
    /// What a thread uses again from piece to piece.
    type Buffers: Default + Send;
    /// A piece that is done.
    type Done: Send;

    /// Does the next piece, whose number is the next of `turns`; `None` where there is none to
    /// be had. What comes after the last piece is never taken.
    fn next(&self, turns: &Turns, buffers: &mut Self::Buffers) -> Option<(usize, Self::Done)>;
}

/// Does pieces on `threads` threads of the pool that this runs in, until `take` breaks.
pub(crate) fn run<W: Work>(
    work: &W,
    threads: usize,
    take: impl FnMut(W::Done) -> ControlFlow<()> + Send,
) {
    let line = Line {
        turns: Turns::new(threads * AHEAD),
        waiting: Mutex::new(Waiting {
            done: HashMap::new(),
            next: 0,
            taken_by_another: false,
        }),
        take: Mutex::new(take),
        work,
    };
    let mut buffers = W::Buffers::default();
    // Most streams are one piece.
    let more = line.step(&mut buffers);
    if threads == 1 || !more {
        while line.step(&mut buffers) {}
        return;
    }
    rayon::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|_| {
                let mut buffers = W::Buffers::default();
                while line.step(&mut buffers) {}
            });
        }
        while line.step(&mut buffers) {}
    });
}

/// Who is next.
pub(crate) struct Turns {
    state: Mutex<Turn>,
    /// A piece was taken, or the end has come.
    moved: Condvar,
    /// Most pieces that are begun and not yet taken.
    ahead: usize,
}

#[derive(Clone, Copy)]
struct Turn {
    begun: usize,
    taken: usize,
    over: bool,
}

impl Turns {
    const fn new(ahead: usize) -> Self {
        Self {
            state: Mutex::new(Turn {
                begun: 0,
                taken: 0,
                over: false,
            }),
            moved: Condvar::new(),
            ahead,
        }
    }

    /// The number of the next piece, from 0; waits while too many are begun. `None` after the end.
    ///
    /// No thread may wait for another one between this and bringing the piece: the first piece
    /// that is begun then always comes, and all others after it.
    pub(crate) fn claim(&self) -> Option<usize> {
        let mut turn = locked(&self.state);
        while !turn.over && turn.begun >= turn.taken + self.ahead {
            let woken = self.moved.wait(turn);
            turn = woken.unwrap_or_else(PoisonError::into_inner);
        }
        let number = turn.begun;
        turn.begun += 1;
        (!turn.over).then_some(number)
    }

    fn taken(&self) {
        locked(&self.state).taken += 1;
        self.moved.notify_all();
    }

    fn end(&self) {
        locked(&self.state).over = true;
        self.moved.notify_all();
    }

    fn over(&self) -> bool {
        locked(&self.state).over
    }
}

struct Waiting<D> {
    done: HashMap<usize, D>,
    /// Which is taken next.
    next: usize,
    taken_by_another: bool,
}

struct Line<'a, W: Work, T> {
    turns: Turns,
    waiting: Mutex<Waiting<W::Done>>,
    take: Mutex<T>,
    work: &'a W,
}

impl<W: Work, T: FnMut(W::Done) -> ControlFlow<()> + Send> Line<'_, W, T> {
    /// Does one piece; `false` after the end.
    fn step(&self, buffers: &mut W::Buffers) -> bool {
        let _end = EndOnPanic(&self.turns);
        let Some((number, done)) = self.work.next(&self.turns, buffers) else {
            return false;
        };
        self.bring(number, done);
        !self.turns.over()
    }

    /// Takes a piece, and all that waited for it, or leaves it to whoever is taking.
    fn bring(&self, number: usize, done: W::Done) {
        let mut waiting = locked(&self.waiting);
        waiting.done.insert(number, done);
        if waiting.taken_by_another {
            return;
        }
        waiting.taken_by_another = true;
        loop {
            let next = waiting.next;
            let Some(done) = waiting.done.remove(&next) else {
                break;
            };
            waiting.next += 1;
            drop(waiting);
            if locked(&self.take)(done).is_break() {
                // Leaves it to this thread for good: nothing is taken any more.
                return self.turns.end();
            }
            self.turns.taken();
            waiting = locked(&self.waiting);
        }
        waiting.taken_by_another = false;
    }
}

/// Keeps others from waiting for a thread that is gone.
struct EndOnPanic<'a>(&'a Turns);

impl Drop for EndOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end();
        }
    }
}

/// What a mutex holds. A thread that panicked with it ends the whole run anyway.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
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
        type Buffers = ();
        type Done = usize;

        fn next(&self, turns: &Turns, (): &mut ()) -> Option<(usize, usize)> {
            let number = turns.claim()?;
            self.begun.fetch_max(number + 1, Ordering::Relaxed);
            assert_ne!(Some(number), self.panics_at, "on purpose");
            if number.is_multiple_of(7) {
                std::thread::sleep(Duration::from_millis(2));
            }
            Some((number, number))
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
                run(&work, threads, |number| {
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
                run(&work, 4, |number| {
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
            run(&Numbers::default(), 3, |number| {
                sum += number;
                if number == 30 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            sum
        };
        let sums: Vec<usize> = pool(3).install(|| (0..20).into_par_iter().map(sum).collect());
        assert_eq!(sums, [465; 20]);
    }
}
