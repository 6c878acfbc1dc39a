//! Places in a text: byte offsets to lines and columns, and the excerpt around a finding.
//!
//! Owns the line index and the windowing; knows nothing of rules, formats or escaping.

/// The lines of a source around a finding, each cut to a window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// In ascending order of number.
    pub lines: Vec<FrameLine>,
}

/// One line of a [`Frame`], or a window of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameLine {
    /// Line number from 1.
    pub number: usize,
    /// Column (code points, from 1) of the first character of `text`.
    pub first_column: usize,
    /// The characters, raw: not yet made safe; without the line end.
    pub text: String,
    /// The line goes on before `text`.
    pub cut_before: bool,
    /// The line goes on after `text`.
    pub cut_after: bool,
}
