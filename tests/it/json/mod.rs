//! The parser, held against others.

mod differential;
mod suite;
