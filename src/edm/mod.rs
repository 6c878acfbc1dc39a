//! Literals of the OData primitive types (OData ABNF 4.01), decided here and nowhere else.
//!
//! Owns the grammars and the exact arithmetic in 100 ns ticks. Knows nothing of JSON documents,
//! members or rules.
