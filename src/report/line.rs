//! What a finding says in one line, for formats that have no more room.

use super::palette::Palette;
use super::sanitize;
use crate::diagnostic::{Applicability, Diagnostic};

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

/// That a finding can be fixed by the program itself, and by which option.
pub(super) fn fixable(diagnostic: &Diagnostic) -> Option<&'static str> {
    let fix = diagnostic.fix.as_ref()?;
    Some(match fix.applicability {
        Applicability::Safe => "fixable with --fix",
        Applicability::Unsafe => "fixable with --fix --unsafe-fixes",
    })
}

/// What the fix does, where the help does not say so already. Not yet safe to print.
pub(super) fn fix_message(diagnostic: &Diagnostic) -> Option<&str> {
    let message: &str = &diagnostic.fix.as_ref()?.message;
    let said = diagnostic
        .help
        .as_deref()
        .is_some_and(|help| help.contains(message));
    (!said).then_some(message)
}

/// Both in one sentence. Safe to print.
pub(super) fn fix_note(diagnostic: &Diagnostic) -> Option<String> {
    let fixable = fixable(diagnostic)?;
    Some(match fix_message(diagnostic) {
        None => fixable.to_owned(),
        Some(message) => format!("{fixable}: {}", sanitize::text(message)),
    })
}
