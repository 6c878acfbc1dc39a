//! One target from its bytes to its part of the report.

use std::io::{self, Read};
use std::path::Path;

use autopilot_lint::diagnostic::{Diagnostic, Located};
use autopilot_lint::json::Tape;
use autopilot_lint::lint::{Linter, Scratch};
use autopilot_lint::policy::{Filter, Tally};
use autopilot_lint::report::{Counts, FileReport};
use autopilot_lint::source::{LineIndex, locate};
use rayon::prelude::*;

use super::input;
use super::lines;
use super::walk::{Place, Target};

/// Payloads in one document from which on several threads share them.
const SHARED_FROM: usize = 256;

/// What every target is checked with.
pub(crate) struct Run<'a> {
    pub(crate) linter: &'a Linter,
    pub(crate) max_file_size: u64,
    pub(crate) max_diagnostics: usize,
    /// A format shows the source.
    pub(crate) frames: bool,
}

/// A part of a file with its place.
#[derive(Clone, Copy)]
pub(crate) struct Base<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) line: usize,
    pub(crate) offset: usize,
}

/// What one target gave.
pub(crate) struct Checked {
    pub(crate) report: FileReport,
    /// Why it was not checked to its end.
    pub(crate) fault: Option<String>,
    pub(crate) tally: Tally,
}

/// What one file gives, within the limit on findings.
pub(crate) struct Collected<'a> {
    run: &'a Run<'a>,
    filter: Filter<'a>,
    located: Vec<Located>,
    not_shown: Counts,
    payloads: usize,
}

impl Collected<'_> {
    /// Adds what was found in the next part of the file.
    pub(crate) fn add(&mut self, base: Base<'_>, diagnostics: Vec<Diagnostic>, payloads: usize) {
        self.payloads += payloads;
        if diagnostics.is_empty() {
            return;
        }
        let index = LineIndex::with_base(base.text, base.line, base.offset);
        for mut diagnostic in diagnostics {
            if !self.filter.keep(&mut diagnostic) {
                continue;
            }
            if self.located.len() < self.run.max_diagnostics {
                self.located
                    .push(locate(diagnostic, &index, self.run.frames));
            } else {
                self.not_shown.add(diagnostic.severity);
            }
        }
    }
}

impl Run<'_> {
    /// Checks one target. What was found before a fault is in the report all the same.
    pub(crate) fn check(
        &self,
        target: &Target,
        filter: Filter<'_>,
        buffers: &mut Buffers,
    ) -> Checked {
        let mut collected = Collected {
            run: self,
            filter,
            located: Vec::new(),
            not_shown: Counts::default(),
            payloads: 0,
        };
        let fault = self.read(target, buffers, &mut collected).err();
        let tally = collected.filter.finish();
        let report = FileReport {
            path: target.name.clone(),
            payloads: collected.payloads,
            diagnostics: collected.located,
            not_shown: collected.not_shown,
            silenced: tally.silenced(),
        };
        Checked {
            report,
            fault,
            tally,
        }
    }

    fn read(
        &self,
        target: &Target,
        buffers: &mut Buffers,
        collected: &mut Collected<'_>,
    ) -> Result<(), String> {
        match &target.place {
            Place::StandardInput => self.read_stream(&target.name, collected),
            Place::File(path) => {
                let file = input::open(path)?;
                if names_lines(path) {
                    return lines::check(self.linter, file, Vec::new(), collected);
                }
                buffers.text.clear();
                input::read_all(file, self.max_file_size, &mut buffers.text)?;
                self.check_document(buffers, collected);
                Ok(())
            }
        }
    }

    /// Standard input: JSON Lines by name or by content.
    fn read_stream(&self, name: &str, collected: &mut Collected<'_>) -> Result<(), String> {
        let mut source = io::stdin().lock();
        let mut text = Vec::new();
        if !names_lines(Path::new(name)) && !begins_with_lines(&mut source, &mut text)? {
            input::read_all(source, self.max_file_size, &mut text)?;
            let mut buffers = Buffers {
                text,
                ..Buffers::default()
            };
            self.check_document(&mut buffers, collected);
            return Ok(());
        }
        lines::check(self.linter, source, text, collected)
    }

    fn check_document(&self, buffers: &mut Buffers, collected: &mut Collected<'_>) {
        let Buffers {
            text,
            scratch,
            tape,
        } = buffers;
        let base = Base {
            text,
            line: 1,
            offset: 0,
        };
        if rayon::current_num_threads() == 1 {
            let outcome = self.linter.check(text, scratch);
            collected.add(base, outcome.diagnostics, outcome.payloads);
            return;
        }
        let (mut diagnostics, mut payloads) = (Vec::new(), 0);
        self.linter
            .open(text, tape, &mut diagnostics, |enclosure, diagnostics| {
                payloads = enclosure.payloads.len();
                let shares = enclosure.payloads.par_chunks(SHARED_FROM);
                diagnostics
                    .par_extend(shares.flat_map_iter(|share| self.linter.check_payloads(share)));
            });
        collected.add(base, diagnostics, payloads);
    }
}

/// What is used again from file to file; one for each thread.
#[derive(Default)]
pub(crate) struct Buffers {
    text: Vec<u8>,
    scratch: Scratch,
    tape: Tape,
}

fn names_lines(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "jsonl" || extension == "ndjson")
}

/// Reads until it is clear whether `source` is JSON Lines.
fn begins_with_lines(source: &mut impl Read, text: &mut Vec<u8>) -> Result<bool, String> {
    const STEP: u64 = 64 << 10;
    const ENOUGH: usize = 16 << 20;
    loop {
        let read = source.take(STEP).read_to_end(text);
        let read = read.map_err(|error| input::describe(&error))?;
        if lines::looks_like_lines(text) {
            return Ok(true);
        }
        let first_line_ended = memchr::memchr(b'\n', text.trim_ascii_start()).is_some();
        let more = (read as u64) == STEP && text.len() < ENOUGH;
        let follows = || {
            let text = text.trim_ascii_start();
            let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
            !text[end..].trim_ascii().is_empty()
        };
        if !more || first_line_ended && follows() {
            return Ok(false);
        }
    }
}
