//! The events of an array whose document is not at hand as a whole.
//!
//! Owns how what is found in single elements becomes what a check of the whole document would
//! find, and the judgement that this cannot be told. Knows nothing of files, and of how the
//! elements are come by.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{self, Document, Kind, Node, Span, Tape};
use crate::rules;

use crate::view::enclosure;
use crate::view::{Enclosure, EventId, Findings, Payload, PayloadPlace, Spelling};

use super::duplicates::Duplicates;
use super::fast::{Rest, Settled};
use super::linter::{self, Linter};
use super::outcome::sort;
use super::reader::{self, mark};
use super::scratch::Scratch;

/// What is around the elements of an array: the document without them.
#[derive(Debug)]
pub struct Shell<'a> {
    linter: &'a Linter,
    /// Tells it from every other one: what is around an event can decide what it may lack.
    id: u64,
    enclosure: Enclosure<'a>,
    /// The array.
    array: Span,
    /// What the context of the object around the array says of the elements.
    expected: Option<bool>,
    /// Where an element stands, but for its index.
    place: PayloadPlace,
    /// What the text and its encoding gave.
    of_text: Diagnostics,
    /// Length of the byte order mark before the text.
    mark: usize,
}

/// What was found in some elements that follow one another.
#[derive(Debug, Default)]
pub struct Part {
    found: Diagnostics,
    /// For each of these the index of the element among those of the part.
    found_in: Vec<usize>,
    /// Those of them in which something can be fixed, as an index among those of the part and bytes
    /// of the document.
    fixable: Vec<(usize, Span)>,
    ids: Vec<EventId>,
    elements: usize,
    payloads: usize,
    lone_surrogates: usize,
}

/// An element in which something can be fixed.
#[derive(Debug)]
pub struct FixableElement {
    /// Its bytes in the document.
    pub span: Span,
    /// Its index in the array.
    pub index: usize,
    /// What was found in it, with places that count from its first byte; `None` where that is too much
    /// to be held for all elements of a part together.
    pub found: Option<Diagnostics>,
}

impl Part {
    /// Adds what was found in the next element, which begins at `offset` in the document.
    fn add(&mut self, mut diagnostics: Diagnostics, offset: usize) {
        for found in &mut diagnostics {
            found.shift(offset);
        }
        self.found.append(diagnostics);
        self.found_in.resize(self.found.len(), self.elements);
    }

    /// Notes the last element of `span` if something in it, found behind the first `before` findings,
    /// can be fixed.
    fn note_fixable(&mut self, before: usize, span: Span) {
        let mut new = self.found[before..].iter();
        if self.found.is_full() || new.any(|found| found.fix.is_some()) {
            self.fixable.push((self.elements, span));
        }
    }
}

/// A document is unusual: what a check of the whole would find cannot be told from its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unusual;

impl<'a> Shell<'a> {
    /// Reads a document, the elements of whose array are left out: the root array, or the one that
    /// member `value` of the root object is. `None` where this is not what it is.
    #[must_use]
    pub fn read(linter: &'a Linter, bytes: &'a [u8], tape: &'a mut Tape) -> Option<Self> {
        let mark = mark(bytes);
        let mut of_text = Diagnostics::default();
        let document = reader::open(&bytes[mark..], tape, &linter.setup.vocabulary, &mut of_text);
        let document = document.ok()?;
        let enclosure = enclosure::find(document, &linter.setup.lookup, linter.setup.mode);
        if !enclosure.payloads.is_empty() || !enclosure.strangers.is_empty() {
            return None;
        }
        let array = match enclosure.envelope {
            Some(envelope) => only_value(envelope)?,
            None => document.root(),
        };
        let place = match enclosure.envelope {
            Some(_) => PayloadPlace::ValueElement(Spelling::Right, 0),
            None => PayloadPlace::Element(0),
        };
        Some(Self {
            linter,
            id: linter::unique(),
            expected: enclosure::expected(&enclosure, &linter.setup.lookup),
            array: array.span(),
            enclosure,
            place,
            of_text,
            mark,
        })
    }

    /// What its elements are checked with.
    #[must_use]
    pub const fn linter(&self) -> &'a Linter {
        self.linter
    }

    /// Where the array stands, in bytes of the text that was read.
    #[must_use]
    pub const fn array(&self) -> Span {
        self.array.shifted(self.mark)
    }

    /// Checks the element that `text` begins with, whatever follows it, and gives its length;
    /// `None` where this is no JSON value. `offset` is where it begins in the document.
    pub fn check(
        &self,
        text: &str,
        offset: usize,
        scratch: &mut Scratch,
        part: &mut Part,
    ) -> Option<usize> {
        let mut names = Diagnostics::default();
        let before = part.found.len();
        let end = match self.settle(text, scratch, &mut names) {
            Some(Settled { mut id, end }) => {
                if let Some(id) = &mut id {
                    id.shift(0, offset);
                }
                part.ids.extend(id);
                part.payloads += 1;
                part.add(names, offset);
                end
            }
            None => self.check_fully(text, offset, scratch, part)?,
        };
        part.note_fixable(before, Span::new(offset, offset + end));
        part.elements += 1;
        Some(end)
    }

    /// Checks an element of this index alone; `None` where the text is no single JSON value.
    pub fn check_alone(
        &self,
        text: &str,
        index: usize,
        scratch: &mut Scratch,
    ) -> Option<Diagnostics> {
        let mut part = Part::default();
        let end = self.check(text, 0, scratch, &mut part)?;
        let mut found = part.found;
        self.place(index, found.iter_mut());
        self.linter.setup.keep(&mut found);
        (end == text.len()).then_some(found)
    }

    /// The elements of a part in which something can be fixed, and how many it has. `before`: how many
    /// elements stand before it.
    #[must_use]
    pub fn fixable(&self, part: Part, before: usize) -> (Vec<FixableElement>, usize) {
        let full = part.found.is_full();
        let mut found_in = part.found_in.iter().copied();
        let mut rest = part.found.into_iter().peekable();
        let mut next = found_in.next();
        let mut fixable = Vec::with_capacity(part.fixable.len());
        for (in_part, span) in part.fixable {
            let index = before + in_part;
            let mut own = Vec::new();
            while let Some(at) = next.filter(|at| *at <= in_part && !full) {
                next = found_in.next();
                own.extend(rest.next().filter(|_| at == in_part));
            }
            for found in &mut own {
                found.shift_back(span.start);
            }
            self.place(index, own.iter_mut());
            let mut found = Diagnostics::from(own);
            self.linter.setup.keep(&mut found);
            fixable.push(FixableElement {
                span,
                index,
                found: (!full).then_some(found),
            });
        }
        (fixable, part.elements)
    }

    /// Puts what was found in an element where the element of this index is.
    fn place<'f>(&self, index: usize, found: impl Iterator<Item = &'f mut Diagnostic>) {
        let from = self.place.pointer();
        let to = self.place.with_index(index).pointer();
        for found in found {
            found.rebase(&from, &to);
        }
    }

    /// What is found around the array where it has no element.
    ///
    /// # Errors
    /// When it is too much to be held.
    pub fn found_around(&self) -> Result<Diagnostics, Unusual> {
        let [before, after] = self.around(0, 0)?;
        Ok(before.into_iter().chain(after).collect::<Vec<_>>().into())
    }

    /// As [`Filter::settle`](super::fast::Filter::settle) for what `text` begins with.
    fn settle(
        &self,
        text: &str,
        scratch: &mut Scratch,
        found: &mut Diagnostics,
    ) -> Option<Settled> {
        // Where the context names something else, the members alone do not make it an event.
        if self.expected == Some(false) {
            return None;
        }
        scratch.settle(&self.linter.setup, self.id, (text, Rest::Any), found)
    }

    /// Checks an element on the full path.
    fn check_fully(
        &self,
        text: &str,
        offset: usize,
        scratch: &mut Scratch,
        part: &mut Part,
    ) -> Option<usize> {
        let Scratch {
            tape,
            slots,
            filter,
        } = scratch;
        let depth = 1 + usize::from(self.enclosure.envelope.is_some());
        let end = json::parse_prefix(text, depth, tape)?;
        let node = Document::new(text, tape).root();
        let mut diagnostics = Diagnostics::default();
        diagnostics.extend(reader::lone_surrogates(
            Document::new(text, tape),
            tape,
            &self.linter.setup.vocabulary,
        ));
        part.lone_surrogates += tape.lone_surrogate_count();
        match enclosure::element(
            node,
            self.expected,
            &self.linter.setup.lookup,
            self.linter.setup.mode,
        ) {
            Ok(()) => {
                let payload = Payload {
                    node,
                    place: self.place,
                    envelope: self.enclosure.envelope,
                };
                self.linter
                    .setup
                    .check_payload(&payload, slots, &mut diagnostics);
                part.payloads += 1;
                part.ids.extend(self.linter.setup.id_of(&payload));
                if let Some(filter) = filter {
                    filter.learn(
                        &self.linter.setup,
                        self.id,
                        node.document(),
                        slots,
                        &diagnostics,
                    );
                }
            }
            Err(stranger) => self.strange(node, stranger, &mut diagnostics),
        }
        diagnostics.settle();
        sort(&mut diagnostics);
        part.add(diagnostics, offset);
        Some(end)
    }

    fn strange(
        &self,
        node: Node<'_>,
        stranger: enclosure::Stranger,
        diagnostics: &mut Diagnostics,
    ) {
        let enclosure = Enclosure {
            strangers: vec![(node, stranger)],
            resource: self.enclosure.resource,
            ..Enclosure::default()
        };
        for (rule, check) in &self.linter.setup.checks.document {
            let findings = Findings::new(rule, None, &self.linter.setup.vocabulary, diagnostics);
            check(&enclosure, &mut findings.in_part(self.place.pointer()));
        }
    }

    /// What is found around `items` elements: before the array and after it. `removed` bytes stand
    /// between its brackets.
    ///
    /// # Errors
    /// When it is too much to be held.
    fn around(&self, items: usize, removed: usize) -> Result<[Vec<Diagnostic>; 2], Unusual> {
        let mut found = self.of_text.clone();
        let enclosure = Enclosure {
            items: self.enclosure.items.map(|_| items),
            ..self.enclosure.clone()
        };
        reader::duplicates_around(&enclosure, &self.linter.setup.vocabulary, &mut found);
        for (rule, check) in &self.linter.setup.checks.document {
            check(
                &enclosure,
                &mut Findings::new(rule, None, &self.linter.setup.vocabulary, &mut found),
            );
        }
        self.linter.setup.keep(&mut found);
        for diagnostic in &mut found {
            diagnostic.shift(self.mark);
        }
        if self.mark > 0 {
            found.push(rules::syntax::byte_order_mark::diagnostic());
            self.linter.setup.keep(&mut found);
        }
        let (mut found, not_held) = found.finish();
        if !not_held.is_empty() {
            return Err(Unusual);
        }
        sort(&mut found);
        let array = self.array().start;
        let (before, mut after): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|one| one.span.start <= array);
        for diagnostic in &mut after {
            diagnostic.shift(removed);
        }
        Ok([before, after])
    }
}

/// The array that member `value` is, if there is one such member.
fn only_value(envelope: Node<'_>) -> Option<Node<'_>> {
    let mut values = envelope
        .members()
        .filter(|member| member.is_named("value"))
        .map(|member| member.value);
    let value = values.next().filter(|value| value.kind() == Kind::Array)?;
    values.next().is_none().then_some(value)
}

/// Joins what was found in the parts of an array, in their order.
#[derive(Debug)]
pub struct Joined<'a> {
    shell: &'a Shell<'a>,
    elements: usize,
    payloads: usize,
    lone_surrogates: usize,
    ids: Duplicates,
    known_ids: usize,
    /// Length of the document, in bytes.
    length: u64,
    before: Vec<Diagnostic>,
}

impl<'a> Joined<'a> {
    /// Longest document in which a repeated identifier is found wherever it is, in bytes. In longer
    /// ones as in JSON Lines: among those that [`Duplicates`] remembers.
    const ALL_IDS: u64 = 256 << 20;

    /// What is known before the first part; `length`: of the document, in bytes.
    ///
    /// # Errors
    /// Where the document is to be checked as a whole.
    pub fn new(shell: &'a Shell<'a>, length: u64) -> Result<Self, Unusual> {
        let [before, _] = shell.around(0, 0)?;
        Ok(Self {
            shell,
            elements: 0,
            payloads: 0,
            lone_surrogates: shell.of_text.len(),
            ids: Duplicates::new(),
            known_ids: 0,
            length,
            before,
        })
    }

    /// What is found before the array.
    #[must_use]
    pub fn before(&self) -> Vec<Diagnostic> {
        self.before.clone()
    }

    /// What is found in the next part, and how many payloads are in it.
    ///
    /// # Errors
    /// Where the document is to be checked as a whole.
    pub fn add(&mut self, mut part: Part) -> Result<(Diagnostics, usize), Unusual> {
        self.lone_surrogates += part.lone_surrogates;
        self.known_ids += part.ids.len();
        let forgotten = self.known_ids > Duplicates::GENERATION && self.length <= Self::ALL_IDS;
        let repeated = !self.ids.admit("", &mut part.ids).is_empty();
        if forgotten || repeated || self.lone_surrogates > Tape::KEPT_SURROGATES {
            return Err(Unusual);
        }
        let from = self.shell.place.pointer();
        let mut diagnostics = part.found;
        for (index, found) in part.found_in.iter().zip(diagnostics.iter_mut()) {
            let place = self.shell.place.with_index(self.elements + index);
            found.rebase(&from, &place.pointer());
        }
        self.elements += part.elements;
        self.payloads += part.payloads;
        self.shell.linter.setup.keep(&mut diagnostics);
        Ok((diagnostics, part.payloads))
    }

    /// What is found after the array; `removed` bytes stand between its brackets.
    ///
    /// # Errors
    /// Where the document is to be checked as a whole.
    pub fn finish(self, removed: usize) -> Result<Vec<Diagnostic>, Unusual> {
        let [before, after] = self.shell.around(self.elements, removed)?;
        let known = |one: &Diagnostic| (one.rule.name, one.span, one.message.clone());
        let same = before.iter().map(known).eq(self.before.iter().map(known));
        let array = self.shell.array().start;
        let starts = |found: &[Diagnostic]| -> Vec<usize> {
            let labels = found.iter().flat_map(|one| &one.labels);
            labels.map(|label| label.span.start).collect()
        };
        let far = starts(&before).iter().any(|start| *start > array)
            || starts(&after).iter().any(|start| *start <= array + removed);
        let none = self.payloads == 0;
        if same && !far && !none {
            Ok(after)
        } else {
            Err(Unusual)
        }
    }
}
