//! How far a run has come, for whoever waits at a terminal.
//!
//! Owns when that is shown. A run that is over within a second shows nothing and pays nothing but
//! a few additions: no thread is started, and nothing is drawn but by the threads that check.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::walk::{Place, Target};

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// A run that is being waited for.
#[derive(Debug)]
pub(crate) struct Progress<'a> {
    started: Instant,
    targets: &'a [Target],
    done: AtomicU64,
    bar: OnceLock<ProgressBar>,
}

impl<'a> Progress<'a> {
    /// The progress of a run that is to check these; `None` where nobody looks.
    pub(crate) fn new(targets: &'a [Target]) -> Option<Self> {
        let looked_at = io::stderr().is_terminal() && !super::ci::is_detected();
        looked_at.then(|| Self {
            started: Instant::now(),
            targets,
            done: AtomicU64::new(0),
            bar: OnceLock::new(),
        })
    }

    /// So many bytes more are checked.
    pub(crate) fn advance(&self, bytes: usize) {
        let bytes = bytes as u64;
        let done = self.done.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if self.started.elapsed() > PATIENCE {
            let bar = self.bar.get_or_init(|| bar(total(self.targets)));
            bar.set_position(done);
        }
    }
}

impl Drop for Progress<'_> {
    /// Takes away what is shown.
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

/// Bytes to check; `None` where nobody knows.
fn total(targets: &[Target]) -> Option<u64> {
    let size = |target: &Target| match &target.place {
        Place::File(_) => Some(target.bytes().unwrap_or_default()),
        Place::StandardInput => None,
    };
    targets.iter().map(size).sum()
}

/// In ASCII, which every terminal has.
fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (
            ProgressBar::new(total),
            "checking [{wide_bar}] {bytes} of {total_bytes}",
        ),
        None => (ProgressBar::no_length(), "checking {bytes}"),
    };
    let style = ProgressStyle::with_template(template).expect("a template that a test draws");
    bar.with_style(style.progress_chars("=> "))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::walk;
    use super::*;

    #[test]
    fn a_bar_is_made_when_patience_is_at_its_end() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), [b' '; 20]).expect("written");
        for (path, total) in [(Path::new("-"), None), (file.path(), Some(20))] {
            let targets = walk::targets(&[path.to_path_buf()], None).targets;
            let progress = |started| Progress {
                started,
                targets: &targets,
                done: AtomicU64::new(0),
                bar: OnceLock::new(),
            };
            let short = progress(Instant::now());
            short.advance(5);
            assert!(short.bar.get().is_none());
            let Some(before) = Instant::now().checked_sub(2 * PATIENCE) else {
                continue;
            };
            let long = progress(before);
            long.advance(5);
            long.advance(7);
            let bar = long.bar.get().expect("a bar");
            assert_eq!((bar.position(), bar.length()), (12, total));
        }
    }
}
