//! What a finding says in one line, for formats that have no more room.

use super::palette::Palette;
use super::sanitize;
use crate::diagnostic::Diagnostic;

/// The message and, where there is one, the help. Safe to print.
pub(super) fn in_one_line(diagnostic: &Diagnostic, palette: &Palette) -> String {
    let mut line = sanitize::text(&diagnostic.message).into_owned();
    if let Some(help) = &diagnostic.help {
        let head = palette.help.style("help:");
        line.push_str(&format!("; {head} {}", sanitize::text(help)));
    }
    line
}
