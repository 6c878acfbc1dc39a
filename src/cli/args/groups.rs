//! The headings under which help and manual list the options of `check`.

/// What is checked.
pub(super) const INPUTS: &str = "Inputs";
/// What it is checked against, and what becomes of findings.
pub(super) const RULES: &str = "Rules";
/// What becomes of what can be fixed.
pub(super) const FIXES: &str = "Fixes";
/// What is said of them, and where.
pub(super) const OUTPUT: &str = "Output";
/// What a run may take of the machine.
pub(super) const LIMITS: &str = "Limits";
