//! Views over a text and its tape: documents, values, members.
//!
//! Owns how the tape is looked at. Knows nothing of how it was written.

use std::borrow::Cow;

use serde_json::Value;

use super::pointer::{Pointer, PointerToken};
use super::span::Span;
use super::string;
use super::tape::{Entry, Kind, Tape};

/// White space of RFC 8259 section 2.
pub(super) const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// A JSON text with its tape.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    text: &'a str,
    tape: &'a Tape,
}

impl<'a> Document<'a> {
    /// Joins a text with the tape that [`parse`](super::parse()) wrote for it.
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

    /// The innermost value, or member name, that begins at or before a byte of the text.
    pub(crate) fn node_at(&self, offset: usize) -> Node<'a> {
        let entries = &self.tape.entries;
        let after = entries.partition_point(|entry| entry.span().start <= offset);
        self.node(u32::try_from(after.saturating_sub(1)).unwrap_or_default())
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

    /// A tape of this value alone. Its offsets remain those of the document.
    pub(crate) fn own_tape(&self) -> Tape {
        let own = self.index as usize..self.entry().next as usize;
        let mut tape = Tape::new();
        tape.entries
            .extend(self.document.tape.entries[own].iter().map(|entry| Entry {
                next: entry.next - self.index,
                ..*entry
            }));
        tape
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

    /// The tape index of what comes after this and all that it holds.
    pub(super) fn next(&self) -> u32 {
        self.entry().next
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

    /// The member that this is the value of; `None` for an element, a name and the root.
    #[must_use]
    pub fn member(&self) -> Option<Member<'a>> {
        let name = self.document.node(self.index.checked_sub(1)?);
        let between = self.document.text.get(name.span().end..self.span().start)?;
        let is_name = name.kind() == Kind::String && between.trim_matches(BLANKS) == ":";
        is_name.then_some(Member { name, value: *self })
    }

    /// Whether this is the name of a member.
    #[must_use]
    pub fn is_name(&self) -> bool {
        let after = &self.document.text[self.span().end..];
        after.trim_start_matches(BLANKS).starts_with(':')
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
        self.pointer_knowing(ancestor, pointer, &|_| true).0
    }

    /// The same with the names marked as strange that are not known, and whether this is the name
    /// of the member that the pointer leads to, rather than its value.
    pub(crate) fn pointer_knowing(
        &self,
        ancestor: Node<'_>,
        pointer: &Pointer,
        is_known: &dyn Fn(&str) -> bool,
    ) -> (Pointer, bool) {
        let mut pointer = pointer.clone();
        let mut holder = ancestor;
        while let Some(child) = holder.step_towards(self.index, &mut pointer, is_known) {
            holder = child;
        }
        (pointer, holder.index != self.index)
    }

    /// The object or array right around this, which is in `ancestor`.
    pub(crate) fn holder(&self, ancestor: Self) -> Self {
        let (mut holder, mut ignored) = (ancestor, Pointer::root());
        while let Some(child) = holder.step_towards(self.index, &mut ignored, &|_| true)
            && child.index < self.index
        {
            holder = child;
        }
        holder
    }

    /// The child that holds the node of this index or, if that is a member name, goes with it;
    /// `pointer` gets its token.
    fn step_towards(
        &self,
        index: u32,
        pointer: &mut Pointer,
        is_known: &dyn Fn(&str) -> bool,
    ) -> Option<Self> {
        if index <= self.index {
            return None;
        }
        let holds = |child: &Node<'_>| index < child.entry().next;
        let document = self.document;
        let whole = (self.index, self.len());
        let (before, next) = document
            .tape
            .milestones
            .before(whole, index, self.child_indices());
        let children = Children {
            document,
            next,
            end: self.entry().next,
        };
        if self.kind() == Kind::Object {
            let member = Members { children }.find(|member| holds(&member.value))?;
            let name = member.name_text();
            pointer.push(if is_known(&name) {
                PointerToken::Name(&name)
            } else {
                PointerToken::StrangeName(&name)
            });
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

    /// The tape indices of all elements, or of the names of all members.
    fn child_indices(&self) -> impl Iterator<Item = u32> {
        let names = self.members().map(|member| member.name.index);
        names.chain(self.elements().map(|element| element.index))
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
    /// The member that a name is of.
    pub(crate) fn of_name(name: Node<'a>) -> Self {
        let value = name.document.node(name.index + 1);
        Self { name, value }
    }

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
    use super::super::parse::parse;
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
    fn a_value_knows_the_member_that_it_is_of() {
        with_root(|root| {
            for member in root.members() {
                let found = member.value.member().map(|member| member.name.index());
                assert_eq!(found, Some(member.name.index()));
                let holders = [member.name, member.value].map(|node| node.holder(root).index());
                assert_eq!(holders, [root.index(); 2]);
                assert!(member.name.is_name() && !member.value.is_name());
                assert!(member.name.member().is_none());
                for element in member.value.elements() {
                    assert!(element.member().is_none() && !element.is_name());
                    assert_eq!(element.holder(root).index(), member.value.index());
                    for inner in element.members() {
                        assert_eq!(inner.value.holder(root).index(), element.index());
                    }
                }
            }
            assert!(root.member().is_none());
        });
    }

    #[test]
    fn values_are_those_of_serde_json() {
        let expected = serde_json::json!({
            "a/b~": [1, {"c": null, "d": []}, "\n"], "a": true, "n": f64::MIN, "t": "x\"y"
        });
        with_root(|root| assert_eq!(root.to_value(), expected));
    }
}
