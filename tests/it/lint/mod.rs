//! The linter as a whole: generated events, mutants, and the fast path against the full one.

mod fast_path;
mod help;
mod hostile;
mod properties;
