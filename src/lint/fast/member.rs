//! What the name of a member came to: a declared member with its usual value, an annotation, or
//! nothing that is looked at.

use crate::json::Scalar;
use crate::lint::setup::Setup;
use crate::view::Decoded;

use super::literal::Literal;
use super::stages::Stages;
use super::token::Token;

/// Events one after the other in which a value is the same, before it is compared with the names
/// around it.
pub(super) const CONSTANT: u8 = 64;
/// Events without the usual value of a member before it is no longer looked for.
const MISSES: u8 = 16;

/// What the name of a member came to.
#[derive(Debug, Clone)]
pub(super) enum Bound {
    Declared(Declared),
    /// Control information or an annotation, about which there is nothing to say as long as it is
    /// this very token.
    Token(Token),
    /// Nothing looks at it.
    Unseen,
}

#[derive(Debug, Clone)]
pub(super) struct Declared {
    /// Index of the declared member.
    pub(super) index: usize,
    /// Tape index of the name.
    pub(super) name: u32,
    literal: Literal,
    /// A value that was clean, as long as it is met again: many are the same in every event.
    usual: Option<(Token, Decoded)>,
    /// Events since it was met.
    missed: u8,
    /// Events one after the other in which it was met.
    met: u8,
}

impl Bound {
    /// Whether the value has been the same for long, or has to be.
    pub(super) fn is_constant(&self) -> bool {
        match self {
            Self::Declared(declared) => declared.usual.is_some() && declared.met >= CONSTANT,
            Self::Token(_) => true,
            Self::Unseen => false,
        }
    }
}

impl Declared {
    /// For the declared member `index`; `name` is the tape index of its name.
    pub(super) fn new(
        setup: &Setup,
        stages: Stages,
        index: usize,
        name: u32,
        usual: (Token, Decoded),
    ) -> Self {
        let member = &setup.model.resource().members[index];
        Self {
            index,
            name,
            literal: if stages.literals_on_the_way {
                Literal::of(setup, member)
            } else {
                Literal::OPEN
            },
            usual: stages.usual_values.then_some(usual),
            missed: 0,
            met: 0,
        }
    }

    /// Reads a value about which no rule on literals has anything to say; `None` = not sure.
    #[inline]
    pub(super) fn read(
        &mut self,
        setup: &Setup,
        text: &str,
        at: usize,
        decoded: &mut Decoded,
    ) -> Option<Scalar> {
        if let Some((token, usual)) = &self.usual {
            if let Some(scalar) = token.read(text.as_bytes(), at) {
                *decoded = *usual;
                self.missed = 0;
                self.met = self.met.saturating_add(1);
                return Some(scalar);
            }
            self.miss();
        }
        self.literal.read(setup, text, at, decoded)
    }

    /// Forgets the usual value where it is missed too often.
    fn miss(&mut self) {
        self.met = 0;
        self.missed += 1;
        if self.missed == MISSES {
            self.usual = None;
        }
    }
}
