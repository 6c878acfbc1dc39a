//! What a finding says in one line, for formats that have no more room.

use super::palette::Palette;
use super::sanitize;
use crate::diagnostic::Diagnostic;

/// The message and, where there is one, the help. Safe to print.
pub(super) fn in_one_line(diagnostic: &Diagnostic, palette: &Palette) -> String {
    let message = sanitize::text(&diagnostic.message);
    match &diagnostic.help {
        None => message.into_owned(),
        Some(help) => {
            let head = palette.help.style("help:");
            format!("{message}; {head} {}", sanitize::text(help))
        }
    }
}
