//! Signals that ask the process to end: nothing half-written stays behind.
//!
//! The handlers only read and set flags. No thread waits for signals. On Windows, the signal of
//! Ctrl+C is the C library's.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Prepares for SIGINT and SIGTERM: the process ends at once with status 130 or 143 or, while it
/// writes a file, once what it has written is removed.
pub(crate) fn prepare() {
    for signal in [SIGINT, SIGTERM] {
        // A system that refuses leaves the default, which ends the process too.
        let _ = flag::register_conditional_shutdown(signal, status(signal), FREE.clone());
        let number = signal.unsigned_abs() as usize;
        let _ = flag::register_usize(signal, PENDING.clone(), number);
    }
}

/// The status that shells know a signal by.
const fn status(signal: i32) -> i32 {
    128 + signal
}

/// Nothing is to be removed before the process ends.
static FREE: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));
/// How many files are being written: threads may write one each.
static WRITING: Mutex<usize> = Mutex::new(0);
/// The signal that came meanwhile; 0 = none.
static PENDING: LazyLock<Arc<AtomicUsize>> = LazyLock::new(Arc::default);

fn writing() -> MutexGuard<'static, usize> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// While one lives, no signal ends the process; one that came ends it when the last goes.
pub(super) struct Delayed(());

impl Delayed {
    pub(super) fn begin() -> Self {
        let mut writing = writing();
        *writing += 1;
        FREE.store(false, Ordering::SeqCst);
        Self(())
    }
}

impl Drop for Delayed {
    fn drop(&mut self) {
        let mut writing = writing();
        *writing -= 1;
        if *writing > 0 {
            return;
        }
        FREE.store(true, Ordering::SeqCst);
        let signal = i32::try_from(PENDING.load(Ordering::SeqCst)).unwrap_or_default();
        if signal > 0 {
            std::process::exit(status(signal));
        }
    }
}

/// Writes until a signal comes.
pub(super) struct UntilSignal<W>(pub(super) W);

impl<W: Write> Write for UntilSignal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if PENDING.load(Ordering::Relaxed) > 0 {
            return Err(io::Error::other("ended by a signal"));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
