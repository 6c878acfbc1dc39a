//! The linter as a whole: generated events, mutants, and the fast path against the full one.

mod fast_path;
mod hostile;
mod properties;
