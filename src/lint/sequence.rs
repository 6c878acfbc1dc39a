//! JSON texts that follow one another otherwise than one a line: indented, with commas between
//! them, behind record separators (RFC 7464).
//!
//! Owns where each of them ends, and that the way they are written is one finding, whatever their
//! number. Must not know where the text comes from; whoever has only some of it keeps the rest.

use memchr::memchr;

use crate::diagnostic::{Diagnostic, Diagnostics, Identity};
use crate::foreign;
use crate::json::{self, Span, SyntaxErrorKind, Tape};
use crate::rules::syntax::json_syntax::Layout;
use crate::rules::syntax::{byte_order_mark, json_syntax};
use crate::source::BYTE_ORDER_MARK;
use crate::text::wide;

use super::outcome::Outcome;
use super::reader::mark;

/// Begins a text of a sequence (RFC 7464 section 2.2).
const RECORD_SEPARATOR: u8 = 0x1e;

/// Reads texts that follow one another, part by part.
#[derive(Debug, Default)]
pub struct Sequence {
    /// The first text was read.
    begun: bool,
    over: bool,
    /// How texts are written was said.
    said: bool,
    /// Names of what was found instead of a text.
    named: Vec<&'static str>,
    tape: Tape,
}

/// What stands at a place.
enum Next {
    /// A text, or a line that is none.
    Text { end: usize },
    /// A line that a finding was reported about before.
    Known { end: usize },
    /// A text may begin whose end is not at hand.
    Unfinished,
}

impl Sequence {
    /// Texts were read before: what follows is no other file.
    pub const fn go_on(&mut self) {
        self.begun = true;
    }

    /// All of it is known: what follows is not looked at.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.over
    }

    /// Hands on the texts that `part` begins with, each with how many bytes of `part` stand before it,
    /// and gives how many bytes that took; behind the `last` part nothing follows.
    pub fn split(&mut self, part: &[u8], last: bool, mut each: impl FnMut(&[u8], usize)) -> usize {
        let between = &mut Outcome::default();
        self.read(part, last, between, |text, _, bytes, _| each(text, bytes))
    }

    /// Reads the texts that `part` begins with, hands each to `check` with how many lines and bytes
    /// of `part` stand before it, and adds to `outcome` what is wrong between them. Gives how many
    /// bytes that took; what is left begins with a text that may go on. Behind the `last` part
    /// nothing follows.
    pub(super) fn read(
        &mut self,
        part: &[u8],
        last: bool,
        outcome: &mut Outcome,
        mut check: impl FnMut(&[u8], usize, usize, &mut Outcome),
    ) -> usize {
        let text = part.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let (mut at, mut lines) = (0, 0);
        while !self.over {
            let begin = self.skip(part, at, &mut outcome.diagnostics);
            lines += line_ends(&part[at..begin]);
            at = begin;
            if at == part.len() {
                break;
            }
            let end = match self.next(part, text, at, last, &mut outcome.diagnostics) {
                Next::Text { end } => {
                    check(&part[at..end], lines, at, outcome);
                    end
                }
                Next::Known { end } => end,
                Next::Unfinished => break,
            };
            lines += line_ends(&part[at..end]);
            at = end;
        }
        if self.over { part.len() } else { at }
    }

    /// Where the next text begins: behind blanks, record separators, and commas after a text.
    fn skip(&mut self, part: &[u8], from: usize, found: &mut Diagnostics) -> usize {
        let mut at = from;
        while let Some(byte) = part.get(at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {}
                0xef if is_sequence(&part[at..]) => at += BYTE_ORDER_MARK.len() - 1,
                &RECORD_SEPARATOR => self.say(Layout::RecordSeparator, at, found),
                b',' if self.begun => self.say(Layout::Comma, at, found),
                _ => break,
            }
            at += 1;
        }
        at
    }

    fn next(
        &mut self,
        part: &[u8],
        text: &str,
        at: usize,
        last: bool,
        found: &mut Diagnostics,
    ) -> Next {
        let line_end = memchr(b'\n', &part[at..]).map_or(part.len(), |end| at + end);
        let first = !std::mem::replace(&mut self.begun, true);
        let line = &part[at..line_end];
        let whole = Next::Text { end: line_end };
        let Err(fault) = self.parse(line) else {
            return whole;
        };
        if first && is_another_file(&part[at..]) {
            self.over = true;
            return Next::Text { end: part.len() };
        }
        if let Some(json) = line.trim_ascii_end().strip_suffix(b",")
            && self.parse(json).is_ok()
        {
            return Next::Text {
                end: at + json.len(),
            };
        }
        if fault.is_some_and(|kind| matches!(kind, SyntaxErrorKind::Unclosed(_))) {
            let begin = at + mark(line);
            let rest = text.get(begin..).unwrap_or_default();
            if let Some(length) = json::parse_prefix(rest, 0, &mut self.tape) {
                let end = begin + length;
                let lines = 1 + line_ends(&part[at..end]);
                self.say(Layout::Indented { lines }, begin, found);
                return Next::Text { end };
            }
            let goes_on = text.len() == part.len() && !last;
            if goes_on && self.is_unfinished(rest) {
                self.begun = !first;
                return Next::Unfinished;
            }
        }
        let alone = first || self.said;
        if alone && let Some(lines) = self.broken_document(part, at, line_end) {
            // What the fault is called may depend on all that follows.
            if !last {
                self.begun = !first;
                return Next::Unfinished;
            }
            self.say(Layout::Indented { lines }, at + mark(line), found);
            self.over = true;
            return Next::Text { end: part.len() };
        }
        // What spoils one line spoils many: it is said once.
        let line_text = str::from_utf8(line).unwrap_or_default();
        let named = json::parse(line_text, &mut self.tape)
            .err()
            .and_then(|error| foreign::in_text(line_text, &error));
        if let Some(found) = named.filter(|found| !found.what.whole) {
            if self.named.contains(&found.what.name) {
                return Next::Known { end: line_end };
            }
            self.named.push(found.what.name);
        }
        whole
    }

    /// How many lines, up to its fault, are of one document with a fault in a later one than the
    /// first, which ends at `line_end`: the line after that is no text either.
    fn broken_document(&mut self, part: &[u8], at: usize, line_end: usize) -> Option<usize> {
        let begin = at + mark(&part[at..]);
        let rest = str::from_utf8(&part[begin..]).ok()?;
        let next = part.get(line_end + 1..)?;
        let next = &next[..memchr(b'\n', next).unwrap_or(next.len())];
        let of_one_line = next.trim_ascii().is_empty() || self.parse(next).is_ok();
        let fault = json::parse(rest, &mut self.tape).err()?;
        let cut_off = matches!(fault.kind, SyntaxErrorKind::Unclosed(_));
        let document = if cut_off {
            part[at..].trim_ascii_end()
        } else {
            &part[at..begin + fault.span.start]
        };
        let lines = line_ends(document) + 1;
        (lines > 1 && !of_one_line).then_some(lines)
    }

    /// Whether a line is a JSON text.
    ///
    /// # Errors
    /// The fault; `None` where it is not UTF-8.
    fn parse(&mut self, line: &[u8]) -> Result<(), Option<SyntaxErrorKind>> {
        let text = str::from_utf8(&line[mark(line)..]).map_err(|_| None)?;
        json::parse(text, &mut self.tape).map_err(|error| Some(error.kind))
    }

    /// Whether a text that is not whole may become so by what follows it. All of it is whole lines,
    /// so nothing but brackets can be open.
    fn is_unfinished(&mut self, text: &str) -> bool {
        let parsed = json::parse(text, &mut self.tape);
        parsed.is_err_and(|error| matches!(error.kind, SyntaxErrorKind::Unclosed(_)))
    }

    fn say(&mut self, layout: Layout, at: usize, found: &mut Diagnostics) {
        if std::mem::replace(&mut self.said, true) {
            return;
        }
        let mut identity = Identity::default();
        identity.add(layout.name());
        found.push(Diagnostic {
            identity: identity.0,
            ..json_syntax::written(layout, Span::new(at, at + 1))
        });
    }
}

/// Whether bytes are no lines at all: they are in another encoding, or something else than JSON.
fn is_another_file(bytes: &[u8]) -> bool {
    let foreign = || foreign::in_bytes(bytes).is_some_and(|found| found.what.whole);
    wide::encoding(bytes).is_some() || foreign()
}

/// Whether bytes begin with a record separator.
#[must_use]
pub fn is_sequence(bytes: &[u8]) -> bool {
    let bytes = &bytes[mark(bytes)..];
    bytes.trim_ascii_start().first() == Some(&RECORD_SEPARATOR)
}

/// Names the line of each byte order mark but that of the file. `text` begins at byte `offset`
/// and in line `line` of its file.
pub fn number_marks(found: &mut Diagnostics, text: &[u8], offset: usize, line: usize) {
    let (mut at, mut line) = (0, line);
    for diagnostic in found.iter_mut() {
        let start = diagnostic.span.start;
        if diagnostic.rule != &byte_order_mark::RULE.rule || offset + start == 0 || start < at {
            continue;
        }
        line += line_ends(text.get(at..start).unwrap_or_default());
        at = start;
        byte_order_mark::name_line(diagnostic, line);
    }
}

fn line_ends(text: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', text).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Linter, Options, Scratch};

    /// Texts that follow one another, some of them none, and what may stand between them.
    const PIECES: &[&str] = &[
        "{\"osVersion\": \"10.0.26200.8893\"}",
        "{\n \"osVersion\":\n \"10.0.26200.8893\",\n \"targetedAppCount\": -1\n}",
        "[\n{\"targetedAppCount\": 1}\n,\n{}\n]",
        "{\"targetedAppCount\": [1, 2",
        "{\"a\": [\n",
        "\u{feff}{}",
        "\u{feff}\u{1e}",
        "\u{1e}",
        "\n",
        "\r\n",
        " ",
        ",",
        ",\n",
        "]",
        "}",
        "x",
        "\"é",
        "\u{1b}[0m",
        "<<<<<<< a\n",
        "\0",
        "\u{1a}",
        "version https://git-lfs.github.com/spec/v1\n",
    ];

    /// Everything found, when the text comes in parts that end where lines do.
    fn found(linter: &Linter, text: &str, part: usize) -> Vec<(usize, usize, String)> {
        let (mut sequence, mut scratch) = (Sequence::default(), Scratch::default());
        let (mut all, mut at, mut end) = (Vec::new(), 0, 0);
        while !sequence.is_over() && (end < text.len() || at < end) {
            let next = text.len().min(end + part);
            end = memchr(b'\n', &text.as_bytes()[next..]).map_or(text.len(), |to| next + to + 1);
            let bytes = &text.as_bytes()[at..end];
            let last = end == text.len();
            let mut outcome = Outcome::default();
            let taken =
                linter.check_sequence(&mut sequence, bytes, last, &mut scratch, &mut outcome);
            assert!(
                taken <= bytes.len() && (!last || taken == bytes.len()),
                "{text:?}"
            );
            let line = 1 + line_ends(&text.as_bytes()[..at]);
            number_marks(&mut outcome.diagnostics, bytes, at, line);
            for one in &*outcome.diagnostics {
                let span = one.span.shifted(at);
                assert!(span.start <= span.end && span.end <= text.len(), "{text:?}");
                assert!(text.get(span.start..span.end).is_some(), "{text:?} {one:?}");
                all.push((span.start, span.end, one.message.to_string()));
            }
            at += taken;
        }
        all
    }

    #[test]
    fn texts_are_the_same_whatever_parts_they_come_in() {
        let linter = Linter::new(&Options::default()).expect("any revision");
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).unwrap_or_default() % below
        };
        for _ in 0..1_500 {
            let pieces = (0..=random(12)).map(|_| PIECES[random(PIECES.len())]);
            let text: String = pieces.collect();
            let whole = found(&linter, &text, text.len());
            for part in [1, 7, 40] {
                // Only the first part shows what a file is instead.
                let is_other = foreign::in_bytes(text.as_bytes()).is_some();
                if !is_other {
                    assert_eq!(found(&linter, &text, part), whole, "{text:?} by {part}");
                }
            }
        }
    }

    #[test]
    fn only_what_begins_with_a_separator_is_a_sequence() {
        for (text, is) in [
            ("\u{1e}{}", true),
            ("\u{feff}\u{1e}{}", true),
            (" \n\u{1e}", true),
            ("{}\u{1e}", false),
            ("", false),
        ] {
            assert_eq!(is_sequence(text.as_bytes()), is, "{text:?}");
        }
    }
}
