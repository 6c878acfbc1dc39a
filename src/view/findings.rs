//! The handle through which rules report: by node, in words.
//!
//! Owns the way from a node to span and pointer, and which nodes tell a finding from others. Knows
//! nothing of lines, files or formats.

use crate::diagnostic::{
    Diagnostic, Diagnostics, Fix, Identity, Label, Operand, Quantity, Rule, Severity,
};
use crate::json::{Node, Pointer, Span};
use crate::redact::{Values, Vocabulary};
use crate::text::words::Words;

use super::payload::Payload;

/// What a finding points at.
#[derive(Debug, Clone, Copy)]
pub enum Anchor<'a> {
    /// A whole value, or a member name.
    Token(Node<'a>),
    /// A whole value whose content is another matter: it is told from others by what it is and the
    /// names in it.
    Outline(Node<'a>),
    /// The opening bracket of an object or array: the place of what is missing in it.
    Opening(Node<'a>),
    /// The first of several member names that are at fault together. The object that they are in
    /// tells it from others, whichever name comes first.
    FirstName {
        /// The name.
        name: Node<'a>,
        /// The object.
        object: Node<'a>,
    },
}

impl<'a> From<Node<'a>> for Anchor<'a> {
    fn from(node: Node<'a>) -> Self {
        Self::Token(node)
    }
}

impl<'a> Anchor<'a> {
    const fn node(self) -> Node<'a> {
        match self {
            Self::Token(node) | Self::Outline(node) | Self::Opening(node) => node,
            Self::FirstName { name, .. } => name,
        }
    }

    fn span(self) -> Span {
        let span = self.node().span();
        match self {
            Self::Token(_) | Self::Outline(_) | Self::FirstName { .. } => span,
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
    vocabulary: &'a Vocabulary,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Findings<'a> {
    /// Findings of `rule`; `payload` is `None` for what concerns the whole document.
    pub(crate) fn new(
        rule: &'static Rule,
        payload: Option<&'a Payload<'a>>,
        vocabulary: &'a Vocabulary,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            rule,
            payload,
            root: Pointer::root(),
            vocabulary,
            diagnostics,
        }
    }

    /// The same of another rule.
    #[inline]
    pub(crate) const fn of(&mut self, rule: &'static Rule) -> &mut Self {
        self.rule = rule;
        self
    }

    /// Whether further ones will only be counted: what they say need not be worked out.
    pub(crate) fn are_only_counted(&self) -> bool {
        self.diagnostics.is_full_of(self.rule)
    }

    /// The object or array right around a value of the payload.
    pub(crate) fn holder<'n>(&self, node: Node<'n>) -> Node<'n> {
        let from = self.payload.map_or(0, |payload| payload.node.index());
        node.holder(node.document().node(from))
    }

    /// The same in a document that stands at `root` of another one.
    pub(crate) fn in_part(self, root: Pointer) -> Self {
        Self { root, ..self }
    }

    /// Adds a finding. `message` is one sentence without a full stop.
    pub fn report<'n>(
        &mut self,
        place: impl Into<Anchor<'n>>,
        message: impl Into<Words>,
    ) -> Draft<'_> {
        let anchor = place.into();
        let document = anchor.node().document();
        let (from, base) = match self.payload {
            Some(payload) => (document.node(payload.node.index()), payload.pointer()),
            None => (document.root(), self.root.clone()),
        };
        let counted = self.diagnostics.is_full_of(self.rule);
        let mut draft = Draft {
            counted,
            from: from.index(),
            base,
            vocabulary: self.vocabulary,
            diagnostic: self.diagnostics.push(Diagnostic::of_text(
                self.rule,
                anchor.span(),
                message,
            )),
        };
        if counted {
            return draft;
        }
        let (pointer, is_name) = draft.pointer(anchor);
        let mut identity = Identity::default();
        // Where the whole document is spoken of, what leads to it is part of the place.
        let known = if self.payload.is_some() {
            &draft.base
        } else {
            &Pointer::root()
        };
        match anchor {
            Anchor::FirstName { object, .. } => {
                let (pointer, _) = draft.pointer(Anchor::Opening(object));
                identity.add_path(&pointer, known);
            }
            _ => identity.add_path(&pointer, known),
        }
        draft.diagnostic.identity = identity.0;
        draft.identify(anchor, &pointer, is_name);
        draft.diagnostic.pointer = pointer;
        draft.diagnostic.payload = self.payload.map(|_| draft.base.clone());
        draft
    }
}

/// A finding that is being described.
#[derive(Debug)]
pub struct Draft<'f> {
    /// It will only be counted: nobody asks where it stands, and long names are not copied for it.
    counted: bool,
    /// Tape index and pointer of the payload's node.
    from: u32,
    base: Pointer,
    vocabulary: &'f Vocabulary,
    diagnostic: &'f mut Diagnostic,
}

impl Draft<'_> {
    /// Names another operand.
    pub fn label<'n>(
        &mut self,
        place: impl Into<Anchor<'n>>,
        message: impl Into<Words>,
    ) -> &mut Self {
        if self.counted {
            return self;
        }
        let anchor = place.into();
        let (pointer, is_name) = self.pointer(anchor);
        self.identify(anchor, &pointer, is_name);
        self.diagnostic.labels.push(Label {
            span: anchor.span(),
            pointer,
            message: message.into(),
        });
        self
    }

    /// The way to a place, and whether it is a name there rather than a value.
    fn pointer(&self, anchor: Anchor<'_>) -> (Pointer, bool) {
        let from = anchor.node().document().node(self.from);
        let is_known = |name: &str| self.vocabulary.knows(name);
        anchor.node().pointer_knowing(from, &self.base, &is_known)
    }

    /// Adds what stands at a place to what tells the finding from others.
    fn identify(&mut self, anchor: Anchor<'_>, pointer: &Pointer, is_name: bool) {
        let vocabulary = self.vocabulary;
        let mut identity = Identity(self.diagnostic.identity);
        match anchor {
            Anchor::Opening(_) | Anchor::FirstName { .. } => {}
            Anchor::Outline(node) => identity.add_outline(node, vocabulary),
            Anchor::Token(node) if is_name => identity.add_name(node, vocabulary),
            Anchor::Token(node) => {
                let names = pointer.steps().filter(|step| !step.is_index());
                let member = names.last().filter(|step| !step.strange);
                let values = member.map_or(Values::Anything, |step| vocabulary.values(step.text));
                identity.add_value(node, values, vocabulary);
            }
        }
        self.diagnostic.identity = identity.0;
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
    pub fn help(&mut self, help: impl Into<Words>) -> &mut Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// Says what to do, where there is something to say.
    pub fn maybe_help(&mut self, help: Option<Words>) -> &mut Self {
        self.diagnostic.help = help;
        self
    }

    /// Says what mends it, where that is known. The rule has an example of it.
    pub fn maybe_fix(&mut self, fix: Option<Fix>) -> &mut Self {
        if !self.counted {
            debug_assert!(
                fix.is_none() || self.diagnostic.rule.fixable().is_some(),
                "{} has no example that is fixed",
                self.diagnostic.rule.name
            );
            self.diagnostic.fix = fix.map(Box::new);
        }
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

    /// Adds to what tells this finding from others at the same place; `text` is the program's or
    /// the model's own.
    pub fn identified_by(&mut self, text: &str) -> &mut Self {
        let mut identity = Identity(self.diagnostic.identity);
        identity.add(text);
        self.diagnostic.identity = identity.0;
        self
    }
}
