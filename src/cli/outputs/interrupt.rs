//! Signals that ask the process to end: nothing half-written stays behind.
//!
//! The handlers only read and set flags. No thread waits for signals.

use std::io::{self, Write};

/// Prepares for SIGINT and SIGTERM: the process ends at once with status 130 or 143 or, while it
/// writes a file, once what it has written is removed.
#[cfg(unix)]
pub(crate) fn prepare() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;
    for signal in [SIGINT, SIGTERM] {
        // A system that refuses leaves the default, which ends the process too.
        let _ = flag::register_conditional_shutdown(signal, status(signal), unix::FREE.clone());
        let number = signal.unsigned_abs() as usize;
        let _ = flag::register_usize(signal, unix::PENDING.clone(), number);
    }
}

#[cfg(not(unix))]
pub(crate) const fn prepare() {}

/// The status that shells know a signal by.
#[cfg(unix)]
const fn status(signal: i32) -> i32 {
    128 + signal
}

#[cfg(unix)]
mod unix {
    use std::sync::atomic::{AtomicBool, AtomicUsize};
    use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

    /// Nothing is to be removed before the process ends.
    pub(super) static FREE: LazyLock<Arc<AtomicBool>> =
        LazyLock::new(|| Arc::new(AtomicBool::new(true)));
    /// How many files are being written: threads may write one each.
    pub(super) static WRITING: Mutex<usize> = Mutex::new(0);
    /// The signal that came meanwhile; 0 = none.
    pub(super) static PENDING: LazyLock<Arc<AtomicUsize>> = LazyLock::new(Arc::default);

    pub(super) fn writing() -> MutexGuard<'static, usize> {
        WRITING.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// While one lives, no signal ends the process; one that came ends it when the last goes.
pub(super) struct Delayed(());

impl Delayed {
    #[cfg(unix)]
    pub(super) fn begin() -> Self {
        let mut writing = unix::writing();
        *writing += 1;
        unix::FREE.store(false, std::sync::atomic::Ordering::SeqCst);
        Self(())
    }

    #[cfg(not(unix))]
    pub(super) const fn begin() -> Self {
        Self(())
    }
}

#[cfg(unix)]
impl Drop for Delayed {
    fn drop(&mut self) {
        use std::sync::atomic::Ordering;
        let mut writing = unix::writing();
        *writing -= 1;
        if *writing > 0 {
            return;
        }
        unix::FREE.store(true, Ordering::SeqCst);
        let signal = i32::try_from(unix::PENDING.load(Ordering::SeqCst)).unwrap_or_default();
        if signal > 0 {
            std::process::exit(status(signal));
        }
    }
}

/// Writes until a signal comes.
pub(super) struct UntilSignal<W>(pub(super) W);

impl<W: Write> Write for UntilSignal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        #[cfg(unix)]
        if unix::PENDING.load(std::sync::atomic::Ordering::Relaxed) > 0 {
            return Err(io::Error::other("ended by a signal"));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
