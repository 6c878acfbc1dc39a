//! Collects what one file gives, part by part.
//!
//! Owns the limit on findings, and that a finding gets its place and loses what identifies before it
//! is kept.

use std::io;

use autopilot_lint::diagnostic::{Diagnostic, Diagnostics, Located, locate};
use autopilot_lint::lint::{Linter, Seen};
use autopilot_lint::policy::Filter;
use autopilot_lint::report::{FileReport, NotShown, redacted};
use autopilot_lint::source::LineIndex;

use super::checked_input::{CheckedInput, Ending, FileError};
use super::file_index::FileIndex;
use super::run_options::RunOptions;
use crate::cli::inputs::Reason;

/// Consecutive bytes of a file, and where they stand.
#[derive(Clone, Copy)]
pub(crate) struct Segment<'a> {
    pub(crate) text: &'a [u8],
    /// Number of the line that it begins in, from 1.
    pub(crate) line: usize,
    /// Byte of the file that it begins with.
    pub(crate) offset: usize,
}

impl<'a> Segment<'a> {
    /// A whole file.
    pub(crate) const fn whole(text: &'a [u8]) -> Self {
        Self {
            text,
            line: 1,
            offset: 0,
        }
    }
}

/// What one file gives, within the limit on findings.
pub(crate) struct Collector<'a> {
    pub(crate) linter: &'a Linter,
    pub(crate) options: RunOptions<'a>,
    filter: Filter<'a>,
    located: Vec<Located>,
    not_shown: NotShown,
    hidden: NotShown,
    payloads: usize,
    /// Whether anything was found, reported or not.
    pub(crate) has_findings: bool,
    /// Whether something can be fixed, as the run is asked to.
    has_fixes: bool,
    /// Whether there was a sign of an event; `None` where nobody asks.
    seen: Option<Seen>,
    passed_over: Option<Reason>,
}

impl<'a> Collector<'a> {
    pub(crate) fn new(linter: &'a Linter, options: RunOptions<'a>, filter: Filter<'a>) -> Self {
        Self {
            linter,
            options,
            filter,
            located: Vec::new(),
            not_shown: NotShown::default(),
            hidden: NotShown::default(),
            payloads: 0,
            has_findings: false,
            has_fixes: false,
            seen: None,
            passed_over: None,
        }
    }

    /// The same for a file that is passed over unless it has a sign of an event.
    pub(crate) fn looking_for_events(self) -> Self {
        Self {
            seen: Some(Seen::default()),
            ..self
        }
    }

    /// Another one for the same file that nothing was added to yet.
    pub(crate) fn fresh(&self) -> Self {
        Self {
            seen: self.seen.as_ref().map(|_| Seen::default()),
            ..Self::new(self.linter, self.options, self.filter.clone())
        }
    }

    /// Looks for signs of an event in the next part of the file, where that is asked for; says
    /// whether the file is to be checked for all that is known of it.
    pub(crate) fn look_for_signs(&mut self, text: &[u8]) -> bool {
        let Some(seen) = &mut self.seen else {
            return true;
        };
        self.options.recognition.signs().look(text, seen);
        seen.is_enough()
    }

    /// Keeps the file out of the report.
    pub(crate) fn pass_over(&mut self, reason: Reason) {
        self.passed_over = Some(reason);
    }

    /// Adds what was found in the next segment of the file.
    pub(crate) fn add(&mut self, segment: Segment<'_>, diagnostics: Diagnostics, payloads: usize) {
        self.payloads += payloads;
        self.look_for_signs(segment.text);
        let shown = self.keep(diagnostics);
        if shown.is_empty() {
            return;
        }
        let index = LineIndex::with_base(segment.text, segment.line, segment.offset);
        for diagnostic in shown {
            self.push(locate(diagnostic, &index, self.options.frames));
        }
    }

    /// Adds a finding as the report may show it.
    fn push(&mut self, located: Located) {
        self.located.push(if self.options.redacted {
            redacted(located, self.linter.vocabulary())
        } else {
            located
        });
    }

    /// Adds what was found in the next part of a file that is not held.
    ///
    /// # Errors
    /// When the file cannot be read again.
    pub(crate) fn add_indexed(
        &mut self,
        index: &mut FileIndex<'_>,
        diagnostics: Diagnostics,
        payloads: usize,
    ) -> io::Result<()> {
        self.payloads += payloads;
        for shown in self.keep(diagnostics) {
            let located = index.locate(shown, self.options.frames)?;
            self.push(located);
        }
        Ok(())
    }

    /// Those of the findings that are shown; the others are counted.
    fn keep(&mut self, diagnostics: Diagnostics) -> Vec<Diagnostic> {
        self.has_findings |= !diagnostics.is_empty();
        let (reported, not_held) = self.filter.apply(diagnostics);
        if let Some(most) = self.options.fixes {
            self.has_fixes |= self.filter.has_fixes(&reported, &not_held, most);
        }
        let mut kept = Vec::new();
        for diagnostic in reported {
            if diagnostic.severity < self.options.show {
                self.hidden.add(&diagnostic);
            } else if self.located.len() + kept.len() < self.options.max_diagnostics {
                kept.push(diagnostic);
            } else {
                self.not_shown.add(&diagnostic);
            }
        }
        for (rule, severity, fix, count) in not_held.counts() {
            let counted = if severity < self.options.show {
                &mut self.hidden
            } else {
                &mut self.not_shown
            };
            counted.add_several(rule, severity, fix, count);
        }
        kept
    }

    /// What it comes to, for the input of this name. `error`: why it was not checked to its end.
    pub(crate) fn finish(self, name: &str, error: Option<FileError>) -> CheckedInput {
        let tally = self.filter.finish();
        let has_no_sign = self.seen.is_some_and(|seen| !seen.is_enough());
        let no_sign = has_no_sign.then_some(Reason::NoSign);
        // What was not read to its end may have had one there.
        let passed_over = self.passed_over.or(no_sign).filter(|_| error.is_none());
        let report = FileReport {
            path: name.to_owned(),
            payloads: self.payloads,
            diagnostics: self.located,
            not_shown: self.not_shown,
            hidden: self.hidden,
            silenced: tally.silenced(),
            ..FileReport::default()
        };
        CheckedInput {
            report,
            ending: Ending {
                error,
                tally,
                passed_over,
                has_fixes: self.has_fixes,
                ..Ending::default()
            },
        }
    }
}
