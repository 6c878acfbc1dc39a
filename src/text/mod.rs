//! Text below all grammars: what JSON, the rules and the reports alike hold of characters.

pub(crate) mod invisible;
