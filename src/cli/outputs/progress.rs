//! How far a run has come, for whoever waits at a terminal.
//!
//! Owns when that is shown. A run of less than a second shows nothing and costs a few additions: no
//! thread is started, and only the threads that check draw.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::ci;
use crate::cli::inputs::{Input, InputPath};

/// How long a run goes on before anything is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// The progress of a run.
#[derive(Debug)]
pub(crate) struct Progress<'a> {
    started: Instant,
    inputs: &'a [Input],
    done: AtomicU64,
    bar: OnceLock<ProgressBar>,
}

impl<'a> Progress<'a> {
    /// The progress of a run over these inputs; `None` where nobody watches.
    pub(crate) fn new(inputs: &'a [Input]) -> Option<Self> {
        let watched = io::stderr().is_terminal() && !ci::is_detected();
        watched.then(|| Self {
            started: Instant::now(),
            inputs,
            done: AtomicU64::new(0),
            bar: OnceLock::new(),
        })
    }

    /// Counts bytes that are checked now.
    pub(crate) fn advance(&self, bytes: usize) {
        let bytes = bytes as u64;
        let done = self.done.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if self.started.elapsed() > PATIENCE {
            let bar = self.bar.get_or_init(|| bar(total(self.inputs)));
            bar.set_position(done);
        }
    }
}

impl Drop for Progress<'_> {
    /// Removes the bar.
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

/// Bytes to check; `None` where nobody knows.
fn total(inputs: &[Input]) -> Option<u64> {
    let size = |input: &Input| match &input.path {
        InputPath::File(_) => Some(input.size().unwrap_or_default()),
        InputPath::StandardInput => None,
    };
    inputs.iter().map(size).sum()
}

/// Drawn in ASCII, which every terminal has.
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
    use super::*;

    #[test]
    fn a_bar_is_made_when_patience_is_at_its_end() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), [b' '; 20]).expect("written");
        for (input, total) in [
            (Input::standard_input(None), None),
            (Input::file(file.path()), Some(20)),
        ] {
            let inputs = [input];
            let progress = |started| Progress {
                started,
                inputs: &inputs,
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
