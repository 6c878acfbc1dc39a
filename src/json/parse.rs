//! The RFC 8259 parser: text to span tape, iterative, strict.
//!
//! Owns the hot path. It only notices that the text cannot go on as JSON and where; what the fault
//! is called is worked out in `fault`, once, off this path.

use super::fault::{self, Expected, Fault, Halt};
use super::scan::{number_end, peek, skip_blanks};
use super::span::Span;
use super::string::{self, Escape};
use super::syntax::{Bracket, Limit, MAX_DEPTH, SyntaxError, SyntaxErrorKind};
use super::tape::{Entry, Kind, Open, Tape, narrow};
use crate::text::bytes;

/// Tape memory, in bytes, that any text may use on top of twice its own length. Texts of up to
/// 8 MiB cannot exceed it, whatever they hold: a value takes two bytes of text at least.
const ALLOWANCE: usize = 48 << 20;

/// First reservation at most, in entries: 1 MiB.
const FIRST_RESERVATION: usize = (1 << 20) / size_of::<Entry>();

/// Parses `text` into `tape`, whose buffers are used again.
///
/// Half a surrogate pair in an escape is no error here: see [`Tape::lone_surrogates`]. Nor is a
/// member name that comes twice: see [`super::duplicates`]. U+FEFF is not white space, at the
/// start neither. The tape takes at most twice the bytes of the text plus 48 MiB, of which a text
/// needs more only if it is longer than 8 MiB and holds hardly more than brackets, commas and
/// digits.
///
/// # Errors
/// The first fault, with the span of the offending token; the tape is then empty.
pub fn parse(text: &str, tape: &mut Tape) -> Result<(), SyntaxError> {
    tape.clear();
    if !addressable(text.len()) {
        let first = text.chars().next().map_or(0, char::len_utf8);
        return Err(SyntaxError {
            span: Span::new(0, first),
            kind: SyntaxErrorKind::TextTooLong,
        });
    }
    let mut parser = Parser::new(text.as_bytes(), tape);
    let Err(Halted(halt)) = parser.document() else {
        return Ok(());
    };
    let container = parser.container();
    tape.clear();
    Err(fault::diagnose(text, *halt, container))
}

/// Parses the one value that `text` begins with, whatever follows it, and gives its end. `depth`
/// arrays and objects, which count against [`MAX_DEPTH`], are around it. `None` where this is no
/// JSON value, or no whole one: what the fault is, [`parse`] says of a whole text.
pub fn parse_prefix(text: &str, depth: usize, tape: &mut Tape) -> Option<usize> {
    tape.clear();
    if !addressable(text.len()) {
        return None;
    }
    let mut parser = Parser::new(text.as_bytes(), tape);
    parser.alone = true;
    parser.tape.open.resize(depth, Open::DOCUMENT);
    let parsed = parser.value(0).is_ok();
    if !parsed {
        tape.clear();
    }
    parsed.then(|| tape.entries[0].span().end)
}

/// Whether the tape's 32-bit offsets reach all of a text this long.
fn addressable(length: usize) -> bool {
    u32::try_from(length).is_ok()
}

/// Most values, member names included, that a text of `length` bytes may have: a text with more is
/// refused.
#[must_use]
pub fn most_values(length: u64) -> u64 {
    // A value takes two bytes of text at least.
    let by_length = length.div_ceil(2);
    by_length.min(most_entries(usize::try_from(length).unwrap_or(usize::MAX)) as u64)
}

/// The limit that made [`parse`] give up on a text of `length` bytes; `None` where it met a fault.
#[must_use]
pub fn exceeded(error: &SyntaxError, length: usize) -> Option<Limit> {
    match error.kind {
        SyntaxErrorKind::TextTooLong => Some(Limit::Length),
        SyntaxErrorKind::TooManyValues => Some(Limit::Values(most_entries(length) as u64)),
        _ => None,
    }
}

/// Most entries that the tape of a text of `length` bytes may hold.
fn most_entries(length: usize) -> usize {
    (length.saturating_mul(2).saturating_add(ALLOWANCE) / size_of::<Entry>()).min(Entry::MOST)
}

/// A halt, boxed so that the results of the hot path stay small.
struct Halted(Box<Halt>);

impl Halted {
    #[cold]
    fn new(at: usize, fault: Fault) -> Self {
        Self(Box::new(Halt { at, fault }))
    }

    fn expected(at: usize, expected: Expected) -> Self {
        Self::new(at, Fault::Token(expected))
    }
}

struct Parser<'t> {
    bytes: &'t [u8],
    tape: &'t mut Tape,
    /// The innermost of what is open; the others are in `tape.open`.
    inner: Open,
    /// Whatever follows the value is not looked at.
    alone: bool,
}

impl<'t> Parser<'t> {
    fn new(bytes: &'t [u8], tape: &'t mut Tape) -> Self {
        let most = most_entries(bytes.len());
        if tape.entries.capacity() > most {
            // Keeps the verdict on this text independent of the texts before it.
            tape.entries.shrink_to(most);
        }
        tape.entries
            .reserve((bytes.len() / 16).clamp(8, FIRST_RESERVATION));
        Self {
            bytes,
            tape,
            inner: Open::DOCUMENT,
            alone: false,
        }
    }

    fn document(&mut self) -> Result<(), Halted> {
        self.value(skip_blanks(self.bytes, 0))
    }

    fn value(&mut self, mut at: usize) -> Result<(), Halted> {
        loop {
            if self.inner.bracket == Some(Bracket::Object) {
                at = self.name(at)?;
            }
            let end = match peek(self.bytes, at) {
                b'"' => self.string(at)?,
                b'{' | b'[' => {
                    at = self.open(at)?;
                    if !self.closes(peek(self.bytes, at)) {
                        continue;
                    }
                    self.close(at, 0)
                }
                first => self.bare(at, first)?,
            };
            match self.after_value(end)? {
                Some(next) => at = next,
                None => return Ok(()),
            }
        }
    }

    /// Reads a number or literal that begins with `first`.
    #[inline]
    fn bare(&mut self, at: usize, first: u8) -> Result<usize, Halted> {
        match first {
            b'-' | b'0'..=b'9' => self.number(at),
            b't' => self.literal(at, "true", Kind::True),
            b'f' => self.literal(at, "false", Kind::False),
            b'n' => self.literal(at, "null", Kind::Null),
            _ => Err(Halted::expected(at, Expected::Value)),
        }
    }

    /// Reads from the end of a value to where the next member or element should start, going up out
    /// of arrays and objects; `None` at the end of the text.
    #[inline]
    fn after_value(&mut self, mut at: usize) -> Result<Option<usize>, Halted> {
        loop {
            at = skip_blanks(self.bytes, at);
            let byte = peek(self.bytes, at);
            if byte == b',' && self.inner.bracket.is_some() {
                self.inner.commas += 1;
                return Ok(Some(skip_blanks(self.bytes, at + 1)));
            }
            if self.closes(byte) {
                at = self.close(at, self.inner.commas + 1);
            } else if self.inner.bracket.is_some() {
                return Err(Halted::expected(at, Expected::Separator));
            } else if at < self.bytes.len() && !self.alone {
                return Err(Halted::expected(at, Expected::End));
            } else {
                return Ok(None);
            }
        }
    }

    /// Whether `byte` closes the innermost array or object.
    #[inline]
    fn closes(&self, byte: u8) -> bool {
        match self.inner.bracket {
            Some(Bracket::Object) => byte == b'}',
            Some(Bracket::Array) => byte == b']',
            None => false,
        }
    }

    /// Reads a member name and its colon, to the start of the member's value.
    #[inline]
    fn name(&mut self, at: usize) -> Result<usize, Halted> {
        if peek(self.bytes, at) != b'"' {
            return Err(Halted::expected(at, Expected::Name));
        }
        let mut colon = self.string(at)?;
        if peek(self.bytes, colon) != b':' {
            colon = skip_blanks(self.bytes, colon);
        }
        if peek(self.bytes, colon) != b':' {
            return Err(Halted::expected(colon, Expected::Colon));
        }
        Ok(skip_blanks(self.bytes, colon + 1))
    }

    /// Opens an array or object at its bracket; gives where its content or its end stands.
    #[inline]
    fn open(&mut self, at: usize) -> Result<usize, Halted> {
        if self.tape.open.len() == MAX_DEPTH {
            return Err(Halted::new(at, Fault::TooDeep));
        }
        let entry = narrow(self.tape.entries.len());
        let (bracket, kind) = match self.bytes[at] {
            b'[' => (Bracket::Array, Kind::Array),
            _ => (Bracket::Object, Kind::Object),
        };
        // The end is set by `close`.
        self.push(at, at, kind)?;
        self.tape.open.push(self.inner);
        self.inner = Open {
            bracket: Some(bracket),
            entry,
            commas: 0,
        };
        Ok(skip_blanks(self.bytes, at + 1))
    }

    /// Closes the innermost array or object at its bracket; gives where the text goes on.
    #[inline]
    fn close(&mut self, at: usize, len: u32) -> usize {
        let next = narrow(self.tape.entries.len());
        self.tape.entries[self.inner.entry as usize].close(narrow(at + 1), next, len);
        self.inner = self.tape.open.pop().unwrap_or(Open::DOCUMENT);
        at + 1
    }

    #[inline]
    fn string(&mut self, open: usize) -> Result<usize, Halted> {
        let end = bytes::find_quote_backslash_or_control(self.bytes, open + 1);
        if peek(self.bytes, end) == b'"' {
            self.push(open, end + 1, Kind::String)?;
            return Ok(end + 1);
        }
        self.escaped_string(open, end)
    }

    /// Reads on from the first byte of a string that is neither plain nor its end.
    #[inline(never)]
    fn escaped_string(&mut self, open: usize, mut at: usize) -> Result<usize, Halted> {
        while peek(self.bytes, at) == b'\\' {
            let length = match string::escape(&self.bytes[at..]) {
                Some(Escape::Char(_, length)) => length,
                Some(Escape::LoneSurrogate) => {
                    self.note_surrogate(at);
                    6
                }
                None => return Err(Halted::new(at, Fault::String { open })),
            };
            at = bytes::find_quote_backslash_or_control(self.bytes, at + length);
        }
        if peek(self.bytes, at) != b'"' {
            return Err(Halted::new(at, Fault::String { open }));
        }
        self.push(open, at + 1, Kind::String)?;
        if let Some(entry) = self.tape.entries.last_mut() {
            entry.set_escaped();
        }
        Ok(at + 1)
    }

    fn note_surrogate(&mut self, at: usize) {
        self.tape.lone_surrogate_count += 1;
        if self.tape.lone_surrogates.len() < Tape::KEPT_SURROGATES {
            self.tape.lone_surrogates.push(Span::new(at, at + 6));
        }
    }

    #[inline]
    fn literal(&mut self, at: usize, spelling: &str, kind: Kind) -> Result<usize, Halted> {
        let end = at + spelling.len();
        if self.bytes.get(at..end) != Some(spelling.as_bytes()) {
            return Err(Halted::expected(at, Expected::Value));
        }
        self.push(at, end, kind)?;
        Ok(end)
    }

    #[inline]
    fn number(&mut self, start: usize) -> Result<usize, Halted> {
        let end = number_end(self.bytes, start).ok_or_else(|| Halted::new(start, Fault::Number))?;
        self.push(start, end, Kind::Number)?;
        Ok(end)
    }

    /// Writes an entry that holds no other, yet.
    #[inline]
    fn push(&mut self, start: usize, end: usize, kind: Kind) -> Result<(), Halted> {
        let index = self.tape.entries.len();
        if index == self.tape.entries.capacity() {
            self.grow(start)?;
        }
        self.tape.entries.push(Entry::new(
            kind,
            narrow(start),
            narrow(end),
            narrow(index + 1),
        ));
        Ok(())
    }

    /// Makes room on the tape, up to what a text of this length may have.
    #[cold]
    fn grow(&mut self, at: usize) -> Result<(), Halted> {
        let used = self.tape.entries.len();
        let left = most_entries(self.bytes.len()).saturating_sub(used);
        if left == 0 {
            return Err(Halted::new(at, Fault::TooManyValues));
        }
        self.tape.entries.reserve_exact(left.min(used.max(8)));
        Ok(())
    }

    /// Start and shape of the innermost array or object that is open.
    fn container(&self) -> Option<(usize, Bracket)> {
        let entry = self.tape.entries.get(self.inner.entry as usize)?;
        Some((entry.span().start, self.inner.bracket?))
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Document;
    use super::*;

    /// Raw texts of all entries in tape order.
    fn tokens(text: &str) -> Vec<String> {
        let mut tape = Tape::new();
        parse(text, &mut tape).expect(text);
        let document = Document::new(text, &tape);
        (0..narrow(tape.entries.len()))
            .map(|index| document.node(index).raw().to_owned())
            .collect()
    }

    #[test]
    fn entries_stand_in_document_order() {
        let cases: [(&str, &[&str]); 7] = [
            ("null", &["null"]),
            ("\r\n\t -0.5e+1 ", &["-0.5e+1"]),
            ("[ ]", &["[ ]"]),
            ("[1,\"a\",[]]", &["[1,\"a\",[]]", "1", "\"a\"", "[]"]),
            (
                "{\"a\" : {}, \"b\":[true ,false]}",
                &[
                    "{\"a\" : {}, \"b\":[true ,false]}",
                    "\"a\"",
                    "{}",
                    "\"b\"",
                    "[true ,false]",
                    "true",
                    "false",
                ],
            ),
            ("\"\\\"\\\\\"", &["\"\\\"\\\\\""]),
            ("[\"é\\n\",0]", &["[\"é\\n\",0]", "\"é\\n\"", "0"]),
        ];
        for (text, expected) in cases {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_end_where_the_grammar_says() {
        let cases = [
            ("0", Some(1)),
            ("-0", Some(2)),
            ("10.25", Some(5)),
            ("1e5", Some(3)),
            ("1E-05", Some(5)),
            ("0.0e+0,", Some(6)),
            ("01", Some(1)),
            ("", None),
            ("-", None),
            ("1.", None),
            ("1.e1", None),
            ("1e", None),
            ("1e+", None),
            ("+1", None),
        ];
        for (text, end) in cases {
            assert_eq!(number_end(text.as_bytes(), 0), end, "{text:?}");
        }
    }

    #[test]
    fn blanks_of_any_length_are_skipped() {
        for length in 0..40 {
            for blank in [" ", "\n", "\t", "\r\n", "\n  ", "\n        \t"] {
                let blanks = blank.repeat(length);
                let text = format!("{blanks}[{blanks}1{blanks},{blanks}{{{blanks}}}{blanks}]");
                assert_eq!(skip_blanks(text.as_bytes(), 0), blanks.len());
                assert_eq!(tokens(&text).len(), 3);
            }
        }
    }

    #[test]
    fn nesting_is_read_to_the_limit_and_no_further() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            let levels = open.matches(['[', '{']).count();
            let nested = |depth: usize| {
                let times = depth / levels;
                format!("{}0{}", open.repeat(times), close.repeat(times))
            };
            assert_eq!(parse(&nested(MAX_DEPTH), &mut Tape::new()), Ok(()));
            let error = parse(&nested(MAX_DEPTH + levels), &mut Tape::new());
            let start = MAX_DEPTH / levels * open.len();
            let expected = SyntaxError {
                span: Span::new(start, start + 1),
                kind: SyntaxErrorKind::NestingTooDeep,
            };
            assert_eq!(error, Err(expected));
        }
    }

    #[test]
    fn a_value_ends_where_it_does_whatever_follows() {
        let cases = [
            ("{\"a\":[1]} , x", Some(9)),
            ("\"é\"]", Some(4)),
            ("{}]", Some(2)),
            ("12,", Some(2)),
            ("null}", Some(4)),
            ("[1", None),
            (" 1", None),
            ("", None),
            ("[1}", None),
            (",1", None),
        ];
        let mut tape = Tape::new();
        for (text, end) in cases {
            assert_eq!(parse_prefix(text, 1, &mut tape), end, "{text}");
        }
        let nested = format!(
            "{}0{}",
            "[".repeat(MAX_DEPTH - 2),
            "]".repeat(MAX_DEPTH - 2)
        );
        for (depth, fits) in [(0, true), (2, true), (3, false)] {
            let parsed = parse_prefix(&nested, depth, &mut tape);
            assert_eq!(parsed.is_some(), fits, "{depth}");
        }
    }

    #[test]
    fn ten_million_brackets_cost_next_to_nothing() {
        let mut tape = Tape::new();
        let started = cpu_time::ThreadTime::now();
        for text in ["[".repeat(10_000_000), "{\"\":".repeat(10_000_000)] {
            let error = parse(&text, &mut tape).expect_err("far too deep");
            assert_eq!(error.kind, SyntaxErrorKind::NestingTooDeep);
        }
        assert!(started.elapsed().as_secs() < 5);
        assert!(tape.entries.capacity() <= FIRST_RESERVATION);
        assert!(tape.open.capacity() <= 2 * MAX_DEPTH);
    }

    #[test]
    fn a_tape_outgrows_its_first_reservation() {
        let text = format!("[{}0]", "0,".repeat(2 * FIRST_RESERVATION));
        let mut tape = Tape::new();
        parse(&text, &mut tape).expect("it is JSON");
        let root = Document::new(&text, &tape).root();
        assert_eq!(root.len(), 2 * FIRST_RESERVATION + 1);
        assert_eq!(root.elements().count(), root.len());
    }

    #[test]
    fn memory_is_bounded_by_the_text() {
        const EIGHT_MIB: usize = 8 << 20;
        assert!(most_entries(EIGHT_MIB) >= EIGHT_MIB / 2);
        assert!(most_entries(64 << 20) * size_of::<Entry>() <= 2 * (64 << 20) + ALLOWANCE);
        assert_eq!(most_entries(usize::MAX), Entry::MOST);
    }

    #[test]
    fn one_value_too_many_is_the_fault_whatever_the_tape_held_before() {
        let text = format!("[{}0]", "0,".repeat(8 << 20));
        let most = most_entries(text.len());
        let mut tape = Tape::new();
        for capacity in [0, 2 * most] {
            tape.entries.reserve(capacity);
            let error = parse(&text, &mut tape).expect_err("over the bound");
            assert_eq!(error.kind, SyntaxErrorKind::TooManyValues);
            let limit = exceeded(&error, text.len());
            assert_eq!(limit, Some(Limit::Values(most as u64)));
            // The array is an entry too.
            let start = 1 + 2 * (most - 1);
            assert_eq!(error.span, Span::new(start, start + 1));
        }
    }

    #[test]
    fn offsets_have_32_bits() {
        assert!(addressable(u32::MAX as usize));
        assert!(!addressable(u32::MAX as usize + 1));
    }

    #[test]
    fn halves_of_surrogate_pairs_are_noted() {
        let cases: [(&str, &[usize]); 6] = [
            (r#""\ud834\udd1e""#, &[]),
            (r#""\ud834""#, &[1]),
            (r#""\udd1e\ud834""#, &[1, 7]),
            (r#"{"a\ud834":"\ud834\ud834\udd1e"}"#, &[3, 12]),
            (r#""\ud834x\udd1e""#, &[1, 8]),
            (r#""\\ud834""#, &[]),
        ];
        let mut tape = Tape::new();
        for (text, starts) in cases {
            parse(text, &mut tape).expect(text);
            let expected: Vec<Span> = starts.iter().map(|s| Span::new(*s, s + 6)).collect();
            assert_eq!(tape.lone_surrogates(), expected, "{text}");
            assert_eq!(tape.lone_surrogate_count(), starts.len());
        }
        let many = format!("\"{}\"", r"\uDEAD".repeat(Tape::KEPT_SURROGATES + 5));
        parse(&many, &mut tape).expect("an odd string");
        assert_eq!(tape.lone_surrogates().len(), Tape::KEPT_SURROGATES);
        assert_eq!(tape.lone_surrogate_count(), Tape::KEPT_SURROGATES + 5);
    }

    #[test]
    fn a_tape_is_used_again() {
        let mut tape = Tape::new();
        parse(r#"{"a":["\ud834"]}"#, &mut tape).expect("it is JSON");
        parse("[1", &mut tape).expect_err("unclosed");
        assert!(tape.entries.is_empty() && tape.lone_surrogates().is_empty());
        parse("[1]", &mut tape).expect("it is JSON");
        assert_eq!(tape.entries.len(), 2);
    }
}
