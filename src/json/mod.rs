//! JSON text (RFC 8259) as a flat span tape: what stands where, and nothing of what it means.
//!
//! Owns the tape, the views over it and JSON Pointers (RFC 6901). Knows nothing of events, rules
//! or files. The parser in [`parse`] writes the tape; everything else reads it through
//! [`Document`] and [`Node`].

pub mod parse;
mod pointer;
mod string;

use std::borrow::Cow;

pub use parse::{MAX_DEPTH, SyntaxError, parse};
pub use pointer::{Pointer, PointerToken};

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

/// One entry of the tape (20 bytes). Values stand in document order; an object's children are its
/// members, name then value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Index of the entry after this value and all it holds.
    pub(crate) next: u32,
    /// Elements of an array, members of an object; 0 otherwise.
    pub(crate) len: u32,
    pub(crate) kind: Kind,
    /// The string has a backslash escape.
    pub(crate) escaped: bool,
}

/// The parsed form of one JSON text. Buffers are kept from parse to parse.
#[derive(Debug, Default)]
pub struct Tape {
    pub(crate) entries: Vec<Entry>,
    /// Escapes that are half a surrogate pair, in document order.
    pub(crate) lone_surrogates: Vec<Span>,
}

impl Tape {
    /// An empty tape.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Spans of `\u` escapes that are half a surrogate pair (UTF-16, RFC 8259 section 8.2).
    #[must_use]
    pub fn lone_surrogates(&self) -> &[Span] {
        &self.lone_surrogates
    }
}

/// A JSON text with its tape.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    text: &'a str,
    tape: &'a Tape,
}

impl<'a> Document<'a> {
    /// Joins a text with the tape that [`parse`] wrote for it.
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
        self.entry().kind
    }

    /// The whole JSON token, quotes and brackets included.
    #[must_use]
    pub fn span(&self) -> Span {
        let entry = self.entry();
        Span::new(entry.start as usize, entry.end as usize)
    }

    /// The token as written.
    #[must_use]
    pub fn raw(&self) -> &'a str {
        let entry = self.entry();
        &self.document.text[entry.start as usize..entry.end as usize]
    }

    /// The text between the quotes of a string without escapes; `None` for anything else.
    #[must_use]
    pub fn plain_str(&self) -> Option<&'a str> {
        let entry = self.entry();
        if entry.kind != Kind::String || entry.escaped {
            return None;
        }
        Some(&self.document.text[entry.start as usize + 1..entry.end as usize - 1])
    }

    /// The string's value, escapes resolved (a lone surrogate becomes U+FFFD); `None` for anything
    /// but a string.
    #[must_use]
    pub fn string(&self) -> Option<Cow<'a, str>> {
        let entry = self.entry();
        if entry.kind != Kind::String {
            return None;
        }
        let inner = &self.document.text[entry.start as usize + 1..entry.end as usize - 1];
        Some(if entry.escaped {
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
        escapes.get(next).is_some_and(|escape| escape.end <= span.end)
    }

    /// Tape index after this value and all it holds.
    #[must_use]
    pub fn end_index(&self) -> u32 {
        self.entry().next
    }

    /// Elements of an array, members of an object; 0 for anything else.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entry().len as usize
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

    fn children(&self, of: Kind) -> Children<'a> {
        let entry = self.entry();
        let next = self.index + 1;
        Children {
            document: self.document,
            next,
            end: if entry.kind == of { entry.next } else { next },
        }
    }
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
    pub fn name_text(&self) -> Cow<'a, str> {
        self.name.string().unwrap_or_default()
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
