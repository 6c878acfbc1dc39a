//! The handle through which rules report: by node, in words.
//!
//! Owns the way from a node to span, pointer and identity. Knows nothing of lines, files or
//! formats.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Operand, Quantity, Rule, Severity};
use crate::json::{Kind, Node, Pointer, Span};

use super::payload::Payload;

/// What a finding points at.
#[derive(Debug, Clone, Copy)]
pub enum Anchor<'a> {
    /// A whole value, or a member name.
    Token(Node<'a>),
    /// The opening bracket of an object or array: the place of what is missing in it.
    Opening(Node<'a>),
}

impl<'a> From<Node<'a>> for Anchor<'a> {
    fn from(node: Node<'a>) -> Self {
        Self::Token(node)
    }
}

impl<'a> Anchor<'a> {
    const fn node(self) -> Node<'a> {
        match self {
            Self::Token(node) | Self::Opening(node) => node,
        }
    }

    fn span(self) -> Span {
        let span = self.node().span();
        match self {
            Self::Token(_) => span,
            Self::Opening(_) => Span::new(span.start, span.start + 1),
        }
    }
}

/// Where diagnostics of one rule in one payload, or in the document around them, go.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'static Rule,
    payload: Option<&'a Payload<'a>>,
    /// Pointer of the root of a document that is part of another one.
    root: Pointer,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Findings<'a> {
    /// Findings of `rule`; `payload` is `None` for what concerns the whole document.
    pub(crate) fn new(
        rule: &'static Rule,
        payload: Option<&'a Payload<'a>>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            rule,
            payload,
            root: Pointer::root(),
            diagnostics,
        }
    }

    /// The same of another rule.
    #[inline]
    pub(crate) const fn of(&mut self, rule: &'static Rule) -> &mut Self {
        self.rule = rule;
        self
    }

    /// The same in a document that stands at `root` of another one.
    pub(crate) fn in_part(self, root: Pointer) -> Self {
        Self { root, ..self }
    }

    /// Adds a finding. `message` is one sentence without a full stop.
    pub fn report<'n>(&mut self, place: impl Into<Anchor<'n>>, message: String) -> Draft<'_> {
        let place = place.into();
        let document = place.node().document();
        let (from, base) = match self.payload {
            Some(payload) => (document.node(payload.node.index()), payload.pointer()),
            None => (document.root(), self.root.clone()),
        };
        let mut identity = Identity::default();
        identity.add_path(place.node().pointer_from(from, &self.root).as_str());
        identity.add(&content(place));
        let diagnostic = Diagnostic {
            rule: self.rule,
            severity: self.rule.default.unwrap_or(Severity::Warning),
            message,
            help: None,
            span: place.span(),
            pointer: place.node().pointer_from(from, &base),
            payload: self.payload.map(|_| base.clone()),
            labels: Vec::new(),
            operands: Vec::new(),
            times: None,
            identity: identity.0,
        };
        Draft {
            from: from.index(),
            base,
            diagnostic: self.diagnostics.push(diagnostic),
        }
    }
}

/// A finding that is being described.
#[derive(Debug)]
pub struct Draft<'f> {
    /// Tape index and pointer of the payload's node.
    from: u32,
    base: Pointer,
    diagnostic: &'f mut Diagnostic,
}

impl Draft<'_> {
    /// Names another operand.
    pub fn label<'n>(
        &mut self,
        place: impl Into<Anchor<'n>>,
        message: impl Into<String>,
    ) -> &mut Self {
        let place = place.into();
        let from = place.node().document().node(self.from);
        self.identified_by(&content(place));
        self.diagnostic.labels.push(Label {
            span: place.span(),
            pointer: place.node().pointer_from(from, &self.base),
            message: message.into(),
        });
        self
    }

    /// Adds a quantity that the finding compares, for drawings.
    pub fn operand(&mut self, name: &str, quantity: Quantity) -> &mut Self {
        self.diagnostic.operands.push(Operand {
            name: name.to_owned(),
            quantity,
        });
        self
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// Says what to do, where there is something to say.
    pub fn maybe_help(&mut self, help: Option<String>) -> &mut Self {
        self.diagnostic.help = help;
        self
    }

    /// Gives the finding a severity that the rule declares: its default, or one of its
    /// exceptions.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        let rule = self.diagnostic.rule;
        debug_assert!(rule.gives(severity), "{}: {severity}", rule.name);
        self.diagnostic.severity = severity;
        self
    }

    /// Adds to what tells this finding from others at the same place.
    pub fn identified_by(&mut self, text: &str) -> &mut Self {
        let mut identity = Identity(self.diagnostic.identity);
        identity.add(text);
        self.diagnostic.identity = identity.0;
        self
    }
}

/// The part of a place that stays the same when the text is laid out anew: scalars with escapes
/// resolved, nothing of objects and arrays.
fn content(place: Anchor<'_>) -> String {
    let node = place.node();
    match node.kind() {
        Kind::Object | Kind::Array => String::new(),
        Kind::String => node.string().unwrap_or_default().into_owned(),
        _ => node.raw().to_owned(),
    }
}

/// A hash that is extended text by text. XXH3, as for fingerprints: its values are specified for
/// good, and findings that collide are told apart by their ordinal.
#[derive(Debug, Clone, Copy, Default)]
struct Identity(u64);

impl Identity {
    fn add(&mut self, text: &str) {
        self.0 = xxh3_64_with_seed(text.as_bytes(), self.0);
    }

    /// Adds a JSON Pointer without its array indices: they change with every insertion above.
    fn add_path(&mut self, pointer: &str) {
        let is_index =
            |token: &&str| !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit());
        for token in pointer.split('/').filter(|token| !is_index(token)) {
            self.add(token);
        }
    }
}
