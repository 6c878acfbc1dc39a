//! JSON text (RFC 8259) as a flat span tape: what stands where, and nothing of what it means.
//!
//! Owns the tape, the views over it and JSON Pointers (RFC 6901). Knows nothing of events, rules
//! or files. The parser in [`parse()`] writes the tape; everything else reads it through
//! [`Document`] and [`Node`].

pub mod duplicates;
mod fault;
mod known;
mod layout;
mod milestones;
pub mod parse;
mod pointer;
mod string;
mod syntax;

use std::borrow::Cow;

use serde_json::Value;

pub(crate) use known::Known;
pub use layout::{Layout, Scalar};
pub use parse::{MAX_DEPTH, parse, parse_prefix, skip_blanks};
pub(crate) use pointer::pointer_tokens;
pub use pointer::{Pointer, PointerToken};
pub(crate) use string::plain_length;
pub use syntax::{Bracket, CommentStyle, Literal, SyntaxError, SyntaxErrorKind};

/// A range of bytes, end exclusive, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The same range, `by` bytes further on.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }
}

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// A number, known by its text only.
    Number,
    /// A string, as a value or as a member name.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// One entry of the tape (16 bytes). Values stand in document order; an object's children are its
/// members, name then value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    start: u32,
    end: u32,
    /// Index of the entry after this value and all it holds.
    next: u32,
    /// Bits 0 to 2: the kind. Bit 3: the string has an escape. Bits 4 to 31: elements of an array
    /// or members of an object.
    tag: u32,
}

impl Entry {
    /// Most entries that a tape may hold: what `tag` has room to count.
    const MOST: usize = u32::MAX as usize >> Self::LEN_SHIFT;
    const KIND_MASK: u32 = 0b111;
    const ESCAPED: u32 = 0b1000;
    const LEN_SHIFT: u32 = 4;

    #[inline]
    const fn new(kind: Kind, start: u32, end: u32, next: u32) -> Self {
        let tag = kind as u32;
        Self {
            start,
            end,
            next,
            tag,
        }
    }

    #[inline]
    fn close(&mut self, end: u32, next: u32, len: u32) {
        self.end = end;
        self.next = next;
        self.tag |= len << Self::LEN_SHIFT;
    }

    fn set_escaped(&mut self) {
        self.tag |= Self::ESCAPED;
    }

    #[inline]
    const fn kind(self) -> Kind {
        match self.tag & Self::KIND_MASK {
            0 => Kind::Null,
            1 => Kind::False,
            2 => Kind::True,
            3 => Kind::Number,
            4 => Kind::String,
            5 => Kind::Array,
            _ => Kind::Object,
        }
    }

    #[inline]
    const fn is_escaped(self) -> bool {
        self.tag & Self::ESCAPED != 0
    }

    #[inline]
    const fn len(self) -> usize {
        (self.tag >> Self::LEN_SHIFT) as usize
    }

    #[inline]
    const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// The parsed form of one JSON text. Buffers are kept from parse to parse.
#[derive(Debug, Default)]
pub struct Tape {
    entries: Vec<Entry>,
    /// What is open around the innermost array or object, while parsing.
    open: Vec<parse::Open>,
    /// Escapes that are half a surrogate pair, in document order.
    lone_surrogates: Vec<Span>,
    lone_surrogate_count: usize,
    milestones: milestones::Milestones,
}

impl Tape {
    /// An empty tape.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Most places of lone surrogates that are kept; further ones are only counted.
    pub(crate) const KEPT_SURROGATES: usize = 1 << 16;

    /// Spans of `\u` escapes that are half a surrogate pair (UTF-16, RFC 8259 section 8.2), six
    /// bytes each, in document order: the first 65,536 of them.
    #[must_use]
    pub fn lone_surrogates(&self) -> &[Span] {
        &self.lone_surrogates
    }

    /// How many there are in all.
    #[must_use]
    pub const fn lone_surrogate_count(&self) -> usize {
        self.lone_surrogate_count
    }

    fn clear(&mut self) {
        self.entries.clear();
        self.open.clear();
        self.lone_surrogates.clear();
        self.lone_surrogate_count = 0;
        self.milestones.clear();
    }
}

/// A JSON text with its tape.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    text: &'a str,
    tape: &'a Tape,
}

impl<'a> Document<'a> {
    /// Joins a text with the tape that [`parse()`] wrote for it.
    #[must_use]
    pub const fn new(text: &'a str, tape: &'a Tape) -> Self {
        Self { text, tape }
    }

    /// The whole text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The value that the text is.
    #[must_use]
    pub const fn root(&self) -> Node<'a> {
        Node {
            document: *self,
            index: 0,
        }
    }

    /// The node at a tape index that [`Node::index`] gave.
    #[must_use]
    pub const fn node(&self, index: u32) -> Node<'a> {
        Node {
            document: *self,
            index,
        }
    }
}

/// A value of a document, or a member name (a [`Kind::String`]).
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    document: Document<'a>,
    index: u32,
}

impl<'a> Node<'a> {
    fn entry(&self) -> &'a Entry {
        &self.document.tape.entries[self.index as usize]
    }

    /// The document this stands in.
    #[must_use]
    pub const fn document(&self) -> Document<'a> {
        self.document
    }

    /// Position on the tape: unique in the document, ascending with the text.
    #[must_use]
    pub const fn index(&self) -> u32 {
        self.index
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.entry().kind()
    }

    /// The whole JSON token, quotes and brackets included.
    #[must_use]
    pub fn span(&self) -> Span {
        self.entry().span()
    }

    /// The token as written.
    #[must_use]
    pub fn raw(&self) -> &'a str {
        let span = self.span();
        &self.document.text[span.start..span.end]
    }

    /// The value of a string, escapes resolved as [`Node::string`] does; empty for anything else.
    #[must_use]
    #[inline]
    pub fn text(&self) -> Cow<'a, str> {
        self.plain_str()
            .map_or_else(|| self.string().unwrap_or_default(), Cow::Borrowed)
    }

    /// The text between the quotes of a string without escapes; `None` for anything else.
    #[must_use]
    #[inline]
    pub fn plain_str(&self) -> Option<&'a str> {
        let entry = self.entry();
        (entry.kind() == Kind::String && !entry.is_escaped()).then(|| self.between_quotes())
    }

    /// The string's value, escapes resolved (a lone surrogate becomes U+FFFD); `None` for anything
    /// but a string.
    #[must_use]
    pub fn string(&self) -> Option<Cow<'a, str>> {
        let entry = self.entry();
        if entry.kind() != Kind::String {
            return None;
        }
        let inner = self.between_quotes();
        Some(if entry.is_escaped() {
            Cow::Owned(string::unescape(inner))
        } else {
            Cow::Borrowed(inner)
        })
    }

    /// Whether the token holds a `\u` escape that is half a surrogate pair.
    #[must_use]
    pub fn has_lone_surrogate(&self) -> bool {
        let span = self.span();
        let escapes = &self.document.tape.lone_surrogates;
        let next = escapes.partition_point(|escape| escape.start < span.start);
        escapes
            .get(next)
            .is_some_and(|escape| escape.end <= span.end)
    }

    fn between_quotes(&self) -> &'a str {
        let span = self.span();
        &self.document.text[span.start + 1..span.end - 1]
    }

    /// Elements of an array, members of an object; 0 for anything else.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entry().len()
    }

    /// Whether [`Node::len`] is 0.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The members of an object in document order, duplicates included; none for anything else.
    #[must_use]
    pub fn members(&self) -> Members<'a> {
        Members {
            children: self.children(Kind::Object),
        }
    }

    /// The elements of an array; none for anything else.
    #[must_use]
    pub fn elements(&self) -> Elements<'a> {
        Elements {
            children: self.children(Kind::Array),
        }
    }

    /// The value of the last member of this name (as most readers take it).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Node<'a>> {
        self.members()
            .filter(|member| member.is_named(name))
            .last()
            .map(|member| member.value)
    }

    /// Where this stands in its document; for a member name, where its member does. The first
    /// question about a long array or object takes time with its length, further ones do not.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        self.pointer_from(self.document.root(), &Pointer::root())
    }

    /// The same, starting from a value that holds this one and its known pointer: no walk over
    /// what stands before `ancestor`.
    #[must_use]
    pub fn pointer_from(&self, ancestor: Node<'_>, pointer: &Pointer) -> Pointer {
        let mut pointer = pointer.clone();
        let mut holder = ancestor;
        while let Some(child) = holder.step_towards(self.index, &mut pointer) {
            holder = child;
        }
        pointer
    }

    /// The child that holds the node of this index or, if that is a member name, goes with it;
    /// `pointer` gets its token.
    fn step_towards(&self, index: u32, pointer: &mut Pointer) -> Option<Self> {
        if index <= self.index {
            return None;
        }
        let holds = |child: &Node<'_>| index < child.entry().next;
        let document = self.document;
        let (before, next) = document.tape.milestones.before(*self, index);
        let children = Children {
            document,
            next,
            end: self.entry().next,
        };
        if self.kind() == Kind::Object {
            let member = Members { children }.find(|member| holds(&member.value))?;
            pointer.push(PointerToken::Name(&member.name_text()));
            Some(member.value)
        } else {
            let mut elements = (before..).zip(Elements { children });
            let (place, element) = elements.find(|(_, element)| holds(element))?;
            pointer.push(PointerToken::Index(place));
            Some(element)
        }
    }

    /// A copy as a [`serde_json::Value`], for paths where speed does not count. Of several members
    /// of one name the last stays; a number beyond the range of an f64 becomes the greatest or
    /// smallest there is.
    #[must_use]
    pub fn to_value(&self) -> Value {
        // Goes no deeper than MAX_DEPTH, which the parser sees to.
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Number => number_value(self.raw()),
            Kind::String => Value::String(self.string().unwrap_or_default().into_owned()),
            Kind::Array => self.elements().map(|element| element.to_value()).collect(),
            Kind::Object => self
                .members()
                .map(|member| (member.name_text().into_owned(), member.value.to_value()))
                .collect(),
        }
    }

    fn children(&self, of: Kind) -> Children<'a> {
        let entry = self.entry();
        let next = self.index + 1;
        Children {
            document: self.document,
            next,
            end: if entry.kind() == of { entry.next } else { next },
        }
    }
}

/// A number as `serde_json` reads it, clamped to the range of an f64.
fn number_value(raw: &str) -> Value {
    serde_json::from_str(raw).unwrap_or_else(|_| {
        let sign = if raw.starts_with('-') { -1.0 } else { 1.0 };
        Value::from(f64::MAX * sign)
    })
}

/// Name and value of an object.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The name, a string.
    pub name: Node<'a>,
    /// The value.
    pub value: Node<'a>,
}

impl<'a> Member<'a> {
    /// Whether the name, escapes resolved, is `name`.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        match self.name.plain_str() {
            Some(plain) => plain == name,
            None => self.name_text() == name,
        }
    }

    /// The name, escapes resolved.
    #[must_use]
    #[inline]
    pub fn name_text(&self) -> Cow<'a, str> {
        self.name.text()
    }
}

#[derive(Debug, Clone)]
struct Children<'a> {
    document: Document<'a>,
    next: u32,
    end: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        if self.next >= self.end {
            return None;
        }
        let node = self.document.node(self.next);
        self.next = node.entry().next;
        Some(node)
    }
}

/// Members of an object; see [`Node::members`].
#[derive(Debug, Clone)]
pub struct Members<'a> {
    children: Children<'a>,
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        let name = self.children.next()?;
        let value = self.children.next()?;
        Some(Member { name, value })
    }
}

/// Elements of an array; see [`Node::elements`].
#[derive(Debug, Clone)]
pub struct Elements<'a> {
    children: Children<'a>,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        self.children.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        r#"{"a/b~":[1,{"\u0063":null,"d":[]},"\n"],"a":{},"n":-1e400,"a":true,"t":"x\"y"}"#;

    fn with_root(test: impl FnOnce(Node<'_>)) {
        let mut tape = Tape::new();
        parse(TEXT, &mut tape).expect("it is JSON");
        test(Document::new(TEXT, &tape).root());
    }

    #[test]
    fn views_show_the_text() {
        with_root(|root| {
            assert_eq!(
                (root.kind(), root.len(), root.raw()),
                (Kind::Object, 5, TEXT)
            );
            let names: Vec<_> = root.members().map(|member| member.name_text()).collect();
            assert_eq!(names, ["a/b~", "a", "n", "a", "t"]);
            assert_eq!(root.get("a").map(|node| node.kind()), Some(Kind::True));
            assert!(root.get("b").is_none());
            let text = root.get("t").expect("there is a t");
            assert_eq!((text.raw(), text.plain_str()), (r#""x\"y""#, None));
            assert_eq!(text.string().as_deref(), Some("x\"y"));
            assert_eq!(root.string(), None);
            let array = root.get("a/b~").expect("there is an array");
            let kinds: Vec<_> = array.elements().map(|element| element.kind()).collect();
            assert_eq!(kinds, [Kind::Number, Kind::Object, Kind::String]);
            assert_eq!((array.members().count(), root.elements().count()), (0, 0));
        });
    }

    #[test]
    fn pointers_lead_to_values_and_members() {
        let pointers = [
            "",
            "/a~1b~0",
            "/a~1b~0",
            "/a~1b~0/0",
            "/a~1b~0/1",
            "/a~1b~0/1/c",
            "/a~1b~0/1/c",
            "/a~1b~0/1/d",
            "/a~1b~0/1/d",
            "/a~1b~0/2",
            "/a",
            "/a",
            "/n",
            "/n",
            "/a",
            "/a",
            "/t",
            "/t",
        ];
        with_root(|root| {
            let document = root.document();
            for (index, pointer) in (0..).zip(pointers) {
                assert_eq!(document.node(index).pointer().as_str(), pointer, "{index}");
            }
            let array = root.get("a/b~").expect("there is an array");
            let base = Pointer::root().join(PointerToken::Name("base"));
            let inner = document.node(7).pointer_from(array, &base);
            assert_eq!(inner.as_str(), "/base/1/d");
        });
    }

    #[test]
    fn values_are_those_of_serde_json() {
        let expected = serde_json::json!({
            "a/b~": [1, {"c": null, "d": []}, "\n"], "a": true, "n": f64::MIN, "t": "x\"y"
        });
        with_root(|root| assert_eq!(root.to_value(), expected));
    }

    #[test]
    fn entries_are_small() {
        assert_eq!(size_of::<Entry>(), 16);
    }
}
