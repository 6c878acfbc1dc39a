//! One target from its bytes to its part of the report.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use autopilot_lint::diagnostic::{Diagnostic, Located, locate};
use autopilot_lint::json::Tape;
use autopilot_lint::lint::{self, Duplicates, Linter, Outcome, Scratch};
use autopilot_lint::policy::{Filter, Tally};
use autopilot_lint::report::redact::{Identifying, Redaction};
use autopilot_lint::report::{FileReport, NotShown};
use autopilot_lint::source::LineIndex;
use rayon::prelude::*;

use super::elements;
use super::file_index::FileIndex;
use super::inflate;
use super::input::{self, Buffer};
use super::lines::{self, Source, Stream};
use super::named::{self, Content, Packing};
use super::progress::Progress;
use super::walk::{Place, Target};

/// Payloads that one thread takes at a time, where several share those of one document.
const SHARE: usize = 256;
/// Length of a document from which on they do, in bytes.
const SHARED_FROM: usize = 64 << 10;

/// Length of a document from which on it is not held as a whole, in bytes: elements checked one by
/// one are decided faster, but what is around them is read apart.
const STREAMED_FROM: u64 = 64 << 10;

/// What every target is checked with.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) linter: &'a Linter,
    pub(crate) max_file_size: u64,
    pub(crate) max_diagnostics: usize,
    /// Threads that may share one file; those of the pool that this runs in.
    pub(crate) threads: usize,
    pub(crate) shared: Shared<'a>,
}

/// What the reports want, and who waits for them.
#[derive(Clone, Copy)]
pub(crate) struct Shared<'a> {
    /// A format shows the source.
    pub(crate) frames: bool,
    /// The members whose values no format is to show.
    pub(crate) hidden: Option<&'a Identifying>,
    pub(crate) progress: Option<&'a Progress<'a>>,
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

/// What one target gave: its part of the report, and what became of it beside that.
pub(crate) type Checked = (FileReport, Ended);

/// How a target ended.
pub(crate) struct Ended {
    /// Why it was not checked to its end.
    pub(crate) fault: Option<String>,
    /// What the policy did with its findings.
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
        (report, Ended { fault, tally })
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

    /// Adds what was found in the next part of a file that is not held.
    ///
    /// # Errors
    /// When the file cannot be read again.
    pub(crate) fn add_indexed(
        &mut self,
        index: &mut FileIndex<'_>,
        diagnostics: Vec<Diagnostic>,
        payloads: usize,
    ) -> io::Result<()> {
        self.payloads += payloads;
        for shown in self.kept(diagnostics) {
            let located = index.locate(shown, self.run.shared.frames)?;
            self.located.push(located);
        }
        Ok(())
    }

    /// One that nothing was added to yet.
    fn anew(&self) -> Self {
        Self::new(self.run, self.filter.clone())
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
        mut met: Option<&mut Duplicates>,
    ) -> Result<(), String> {
        if met.is_none() && self.clean_at_once(target, buffers, collected) {
            return Ok(());
        }
        let name = &target.name;
        let text = &mut buffers.text;
        text.clear();
        let held = match &target.place {
            Place::StandardInput => self.read_stdin(name, text, collected, met.as_deref_mut()),
            Place::File(path) => self.read_file(path, name, text, collected, met.as_deref_mut()),
        };
        if held? {
            let mut outcome = self.document(buffers);
            if let Some(met) = met {
                admit(&mut outcome, name, met);
            }
            let base = Base::whole(buffers.text.bytes());
            collected.add(base, outcome.diagnostics, outcome.payloads);
        }
        Ok(())
    }

    /// Checks a plain file with a single read, if this gives one event that is certainly clean:
    /// no question need be asked about such a file, as what is cut off is never one event.
    fn clean_at_once(
        self,
        target: &Target,
        buffers: &mut Buffers,
        collected: &mut Collected<'_>,
    ) -> bool {
        let Place::File(path) = &target.place else {
            return false;
        };
        let Buffers { text, scratch, .. } = buffers;
        let small = target.listed
            && named::ends_as_document(path)
            && text.fill_once(path).is_ok_and(|ended| ended)
            && text.bytes().len() as u64 <= self.max_file_size;
        if !small || !self.linter.is_certainly_clean(text.bytes(), scratch) {
            return false;
        }
        self.shared.advance(text.bytes().len());
        collected.add(Base::whole(text.bytes()), Vec::new(), 1);
        true
    }

    /// Reads standard input; gives whether `text` has a document that is still to be checked.
    fn read_stdin(
        self,
        name: &str,
        text: &mut Buffer,
        collected: &mut Collected<'_>,
        met: Option<&mut Duplicates>,
    ) -> Result<bool, String> {
        let content = Content::of(Path::new(name));
        let mut source = inflate::unpack(content.packing, io::stdin());
        if content.lines || begins_with_lines(&mut source, text)? {
            let begin = io::Cursor::new(text.bytes().to_vec());
            let stream = Stream::new(begin.chain(source));
            return self.lines(&stream, name, collected, met).map(|()| false);
        }
        text.fill_to_end(source, self.max_file_size)?;
        Ok(true)
    }

    /// Reads a file; gives whether `text` has a document that is still to be checked.
    fn read_file(
        self,
        path: &Path,
        name: &str,
        text: &mut Buffer,
        collected: &mut Collected<'_>,
        met: Option<&mut Duplicates>,
    ) -> Result<bool, String> {
        let (file, size) = input::open_sized(path)?;
        let content = Content::of(path);
        match (content.lines, content.packing) {
            (true, Packing::None) => self.lines(&file, name, collected, met)?,
            (true, packing) => {
                let stream = Stream::new(inflate::unpack(packing, file));
                self.lines(&stream, name, collected, met)?;
            }
            (false, Packing::None) => {
                // Identifiers that count in other files are at hand only where it is held.
                if met.is_some() || !self.streamed(&file, size, collected) {
                    text.fill_from_file(&file, size, self.max_file_size)?;
                    return Ok(true);
                }
            }
            (false, packing) => {
                text.fill_to_end(inflate::unpack(packing, file), self.max_file_size)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn lines(
        self,
        source: &impl Source,
        name: &str,
        collected: &mut Collected<'_>,
        met: Option<&mut Duplicates>,
    ) -> Result<(), String> {
        let mut own = Duplicates::new();
        let met = met.unwrap_or(&mut own);
        lines::check(self.linter, source, self.threads, collected, (name, met))
    }

    /// Checks an array in a file of `size` bytes without holding it, where it is long and nothing
    /// about it is unusual.
    fn streamed(self, file: &File, size: u64, collected: &mut Collected<'_>) -> bool {
        // What identifies people is masked in a text that is held.
        let masked = self.shared.hidden.is_some();
        if size < STREAMED_FROM || size > self.max_file_size || masked {
            return false;
        }
        let mut attempt = collected.anew();
        let (linter, threads) = (self.linter, self.threads);
        let done = elements::check(elements::CUT, linter, file, size, threads, &mut attempt);
        if done.is_some() {
            *collected = attempt;
        }
        done.is_some()
    }

    /// Checks the document whose text is in `buffers`.
    pub(crate) fn document(self, buffers: &mut Buffers) -> Outcome {
        let Buffers {
            text,
            scratch,
            tape,
        } = buffers;
        self.shared.advance(text.bytes().len());
        let text = text.bytes();
        // The next document may well be written as this one is, which this way alone remembers.
        if self.threads == 1 || text.len() < SHARED_FROM {
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
                let shares = enclosure.payloads.par_chunks(SHARE);
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
    pub(crate) text: Buffer,
    scratch: Scratch,
    tape: Tape,
}

/// Reads until it is clear whether `source` is JSON Lines.
fn begins_with_lines(source: &mut impl Read, buffer: &mut Buffer) -> Result<bool, String> {
    const STEP: usize = 64 << 10;
    const ENOUGH: usize = 16 << 20;
    loop {
        let wanted = buffer.bytes().len() + STEP;
        let ended = buffer.fill(wanted, |bytes| source.read(bytes));
        let ended = ended.map_err(|error| input::describe(&error))?;
        let text = buffer.bytes();
        if lines::looks_like_lines(text) {
            return Ok(true);
        }
        let first_line_ended = memchr::memchr(b'\n', text.trim_ascii_start()).is_some();
        let more = !ended && text.len() < ENOUGH;
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

#[cfg(test)]
mod tests {
    use autopilot_lint::lint::Options;

    use super::*;

    #[test]
    fn small_documents_show_how_the_next_are_written_whatever_the_threads() {
        let event = br##"{"@odata.type":"#microsoft.graph.deviceManagementAutopilotEvent",
            "id":"9a2d6d0c-5e7b-4b8e-8f0a-1c2d3e4f5a6b","osVersion":"10.0.22631.1"}"##;
        let linter = Linter::new(&Options::default()).unwrap();
        for threads in [1, 2] {
            let run = Run {
                linter: &linter,
                max_file_size: u64::MAX,
                max_diagnostics: 1,
                threads,
                shared: Shared {
                    frames: false,
                    hidden: None,
                    progress: None,
                },
            };
            let mut buffers = Buffers::default();
            for _ in 0..3 {
                buffers.text.clear();
                buffers.text.put(event);
                assert!(run.document(&mut buffers).diagnostics.is_empty());
            }
            let sure = linter.is_certainly_clean(event, &mut buffers.scratch);
            assert!(sure, "{threads} threads");
        }
    }
}
