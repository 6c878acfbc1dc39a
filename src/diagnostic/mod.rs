//! Findings as data: what a rule found, where, and in which words.
//!
//! [`Diagnostic`] speaks in byte spans of one document; [`Located`] is the same with lines,
//! columns and the excerpt that a person is shown, independent of the source text. Formats turn
//! [`Located`] into output; nothing here prints.

mod example;
mod fix;
mod held;
mod identity;
mod located;
mod rule;

use std::sync::Arc;

use crate::json::{Pointer, Span};
use crate::redact::Vocabulary;
use crate::text::words::{Kind, Words, mask};

pub use crate::source::{Position, Range};
pub use example::Example;
pub use fix::{Applicability, Edit, Fix};
pub use held::{Diagnostics, NotHeld};
pub(crate) use identity::Identity;
pub use located::{Located, changes, locate};
pub use rule::{Category, Rule, Severity};

/// One finding in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Its severity here: the rule's default, or what the rule or the policy made of it.
    pub severity: Severity,
    /// One sentence: what is wrong, with the actual and the expected value. Untrusted text in it
    /// is not yet made safe.
    pub message: Words,
    /// What to do, where there is more to say than the message does.
    pub help: Option<Words>,
    /// What mends it, where that is known.
    pub fix: Option<Box<Fix>>,
    /// The offending token: a whole value, or a member name.
    pub span: Span,
    /// Where that is.
    pub pointer: Pointer,
    /// The payload it belongs to; `None` where it concerns the whole document.
    pub payload: Option<Pointer>,
    /// The other operands.
    pub labels: Vec<Label>,
    /// The quantities that the finding compares, for drawings; empty where it compares none.
    pub operands: Vec<Operand>,
    /// Every date and duration of its payload that is set, for drawings; shared by the findings of
    /// the payload, and there only where [`Options::times`](crate::lint::Options::times) asked.
    pub times: Option<Arc<[Operand]>>,
    /// What the finding says apart from where it stands: stable under reformatting, reordering of
    /// members and insertions elsewhere. Input of the fingerprint.
    pub identity: u64,
}

impl Diagnostic {
    /// A finding about the text itself, before anything is known of what it holds.
    pub(crate) fn of_text(rule: &'static Rule, span: Span, message: impl Into<Words>) -> Self {
        Self {
            rule,
            severity: rule.default.unwrap_or(Severity::Warning),
            message: message.into(),
            help: None,
            fix: None,
            span,
            pointer: Pointer::root(),
            payload: None,
            labels: Vec::new(),
            operands: Vec::new(),
            times: None,
            identity: 0,
        }
    }

    /// The same with a mask for everything that it quotes, but for the words of the model: in its
    /// words, and in its pointers.
    #[must_use]
    pub(crate) fn redacted(self, vocabulary: &Vocabulary) -> Self {
        let masked = |words: &Words| words.masked(|text| vocabulary.knows(text));
        let labels = self.labels.iter().map(|label| Label {
            pointer: redacted_pointer(&label.pointer),
            message: masked(&label.message),
            span: label.span,
        });
        Self {
            message: masked(&self.message),
            help: self.help.as_ref().map(masked),
            fix: self.fix.as_ref().map(|fix| Box::new(fix.redacted(masked))),
            pointer: redacted_pointer(&self.pointer),
            payload: self.payload.as_ref().map(redacted_pointer),
            labels: labels.collect(),
            ..self
        }
    }

    /// Puts what is said of what `from` points to, and of all in it, at `to`.
    pub(crate) fn rebase(&mut self, from: &Pointer, to: &Pointer) {
        let labels = self.labels.iter_mut().map(|label| &mut label.pointer);
        for pointer in std::iter::once(&mut self.pointer)
            .chain(&mut self.payload)
            .chain(labels)
        {
            pointer.rebase(from, to);
        }
    }

    /// Moves every span `by` bytes on.
    pub fn shift(&mut self, by: usize) {
        self.move_spans(|span| span.shifted(by));
    }

    /// Moves every span `by` bytes back, to count from a part of the text that has all of them.
    pub(crate) fn shift_back(&mut self, by: usize) {
        self.move_spans(|span| {
            Span::new(span.start.saturating_sub(by), span.end.saturating_sub(by))
        });
    }

    fn move_spans(&mut self, moved: impl Fn(Span) -> Span) {
        self.span = moved(self.span);
        for label in &mut self.labels {
            label.span = moved(label.span);
        }
        if let Some(fix) = &mut self.fix {
            fix.move_spans(moved);
        }
    }
}

/// A pointer with a mask for each name that is not the model's.
#[must_use]
pub(crate) fn redacted_pointer(pointer: &Pointer) -> Pointer {
    pointer.masked(|name| mask(name, Kind::Name, false))
}

/// Another place that a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The token.
    pub span: Span,
    /// Where that is.
    pub pointer: Pointer,
    /// A few words, for example `starts here`.
    pub message: Words,
}

/// A quantity that a finding compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    /// The member's name.
    pub name: String,
    /// Its value.
    pub quantity: Quantity,
}

/// The value of an [`Operand`], in ticks of 100 ns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// An instant, counted from 0001-01-01T00:00:00Z.
    Instant(i64),
    /// A duration; may be negative.
    Duration(i64),
}
