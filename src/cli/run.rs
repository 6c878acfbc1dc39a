//! One target from its bytes to its part of the report.

use std::io::{self, Read};
use std::path::Path;

use autopilot_lint::diagnostic::{Diagnostic, Located};
use autopilot_lint::json::Tape;
use autopilot_lint::lint::{self, Duplicates, Linter, Outcome, Scratch};
use autopilot_lint::policy::{Filter, Tally};
use autopilot_lint::report::redact::{Identifying, Redaction};
use autopilot_lint::report::{FileReport, NotShown};
use autopilot_lint::source::{LineIndex, locate};
use rayon::prelude::*;

use super::input;
use super::lines;
use super::progress::Progress;
use super::walk::{Place, Target};

/// Payloads in one document from which on several threads share them.
const SHARED_FROM: usize = 256;

/// What every target is checked with.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) linter: &'a Linter,
    pub(crate) max_file_size: u64,
    pub(crate) max_diagnostics: usize,
    pub(crate) shared: Shared<'a>,
}

/// What the reports want, and who waits for them.
#[derive(Clone, Copy)]
pub(crate) struct Shared<'a> {
    /// A format shows the source.
    pub(crate) frames: bool,
    /// The members whose values no format is to show.
    pub(crate) hidden: Option<&'a Identifying>,
    pub(crate) progress: Option<&'a Progress>,
}

impl Shared<'_> {
    /// So many bytes more are checked.
    pub(crate) fn advance(self, bytes: usize) {
        if let Some(progress) = self.progress {
            progress.advance(bytes);
        }
    }
}

/// A part of a file with its place.
#[derive(Clone, Copy)]
pub(crate) struct Base<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) line: usize,
    pub(crate) offset: usize,
}

impl<'a> Base<'a> {
    /// A whole file.
    pub(crate) const fn whole(text: &'a [u8]) -> Self {
        Self {
            text,
            line: 1,
            offset: 0,
        }
    }
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
    pub(crate) run: Run<'a>,
    filter: Filter<'a>,
    located: Vec<Located>,
    not_shown: NotShown,
    payloads: usize,
}

impl<'a> Collected<'a> {
    pub(crate) fn new(run: Run<'a>, filter: Filter<'a>) -> Self {
        Self {
            run,
            filter,
            located: Vec::new(),
            not_shown: NotShown::default(),
            payloads: 0,
        }
    }

    /// What it comes to; `fault`: why the target was not checked to its end.
    pub(crate) fn finish(self, target: &Target, fault: Option<String>) -> Checked {
        let tally = self.filter.finish();
        let report = FileReport {
            path: target.name.clone(),
            payloads: self.payloads,
            diagnostics: self.located,
            not_shown: self.not_shown,
            silenced: tally.silenced(),
            ..FileReport::default()
        };
        Checked {
            report,
            fault,
            tally,
        }
    }

    /// Adds what was found in the next part of the file.
    pub(crate) fn add(&mut self, base: Base<'_>, diagnostics: Vec<Diagnostic>, payloads: usize) {
        self.payloads += payloads;
        let shown = self.kept(diagnostics);
        if shown.is_empty() {
            return;
        }
        let Shared { frames, hidden, .. } = self.run.shared;
        let redaction = hidden.map(|names| Redaction::new(base.text, names));
        let masked = redaction.as_ref().filter(|_| frames);
        let masked = masked.map(|redaction| redaction.mask(base.text, &shown));
        let text = masked.as_deref().unwrap_or(base.text);
        let index = LineIndex::with_base(text, base.line, base.offset);
        for diagnostic in shown {
            let mut located = locate(diagnostic, &index, frames);
            if let Some(redaction) = &redaction {
                redaction.apply(&mut located);
            }
            self.located.push(located);
        }
    }

    /// What is to be shown of these; the rest is counted.
    fn kept(&mut self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut kept = Vec::new();
        for mut diagnostic in diagnostics {
            if !self.filter.keep(&mut diagnostic) {
                continue;
            }
            if self.located.len() + kept.len() < self.run.max_diagnostics {
                kept.push(diagnostic);
            } else {
                self.not_shown.add(&diagnostic);
            }
        }
        kept
    }
}

impl Run<'_> {
    /// Checks one target. What was found before a fault is in the report all the same. `met` has
    /// the identifiers of the targets before this one, if they count.
    pub(crate) fn check(
        self,
        target: &Target,
        filter: Filter<'_>,
        buffers: &mut Buffers,
        met: Option<&mut Duplicates>,
    ) -> Checked {
        let mut collected = Collected::new(self, filter);
        let fault = self.read(target, buffers, &mut collected, met).err();
        collected.finish(target, fault)
    }

    fn read(
        self,
        target: &Target,
        buffers: &mut Buffers,
        collected: &mut Collected<'_>,
        met: Option<&mut Duplicates>,
    ) -> Result<(), String> {
        let name = &target.name;
        match &target.place {
            Place::StandardInput => {
                let mut source = io::stdin().lock();
                buffers.text.clear();
                if names_lines(Path::new(name))
                    || begins_with_lines(&mut source, &mut buffers.text)?
                {
                    let text = std::mem::take(&mut buffers.text);
                    return self.lines(source, text, name, collected, met);
                }
                input::read_all(source, self.max_file_size, &mut buffers.text)?;
            }
            Place::File(path) => {
                let file = input::open(path)?;
                if names_lines(path) {
                    return self.lines(file, Vec::new(), name, collected, met);
                }
                buffers.text.clear();
                input::read_all(file, self.max_file_size, &mut buffers.text)?;
            }
        }
        let mut outcome = self.document(buffers);
        if let Some(met) = met {
            admit(&mut outcome, name, met);
        }
        collected.add(
            Base::whole(&buffers.text),
            outcome.diagnostics,
            outcome.payloads,
        );
        Ok(())
    }

    fn lines(
        self,
        source: impl Read,
        begin: Vec<u8>,
        name: &str,
        collected: &mut Collected<'_>,
        met: Option<&mut Duplicates>,
    ) -> Result<(), String> {
        let mut own = Duplicates::new();
        lines::check(
            self.linter,
            source,
            begin,
            collected,
            (name, met.unwrap_or(&mut own)),
        )
    }

    /// Checks the document whose text is in `buffers`.
    pub(crate) fn document(self, buffers: &mut Buffers) -> Outcome {
        let Buffers {
            text,
            scratch,
            tape,
        } = buffers;
        self.shared.advance(text.len());
        if rayon::current_num_threads() == 1 {
            return self.linter.check(text, scratch);
        }
        let mut outcome = Outcome::default();
        let Outcome {
            diagnostics,
            payloads,
            ids,
        } = &mut outcome;
        self.linter
            .open(text, tape, diagnostics, |enclosure, diagnostics| {
                *payloads = enclosure.payloads.len();
                ids.clone_from(&enclosure.ids);
                let shares = enclosure.payloads.par_chunks(SHARED_FROM);
                diagnostics
                    .par_extend(shares.flat_map_iter(|share| self.linter.check_payloads(share)));
            });
        outcome
    }
}

/// Adds the findings for identifiers that were met before.
pub(crate) fn admit(outcome: &mut Outcome, name: &str, met: &mut Duplicates) {
    let again = met.admit(name, &mut outcome.ids);
    if !again.is_empty() {
        outcome.diagnostics.extend(again);
        lint::sort(&mut outcome.diagnostics);
    }
}

/// What is used again from file to file; one for each thread.
#[derive(Default)]
pub(crate) struct Buffers {
    pub(crate) text: Vec<u8>,
    scratch: Scratch,
    tape: Tape,
}

/// Whether a file is JSON Lines by its name.
pub(crate) fn names_lines(path: &Path) -> bool {
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
