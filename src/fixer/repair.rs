//! Pass after pass, until nothing is left to fix.

use crate::diagnostic::{Applicability, Diagnostic, Diagnostics, Fix, NotHeld};

use super::proof::{Unproven, prove};
use super::splice::splice;

/// Passes that are made at most: fixes that overlap need one each, and no more than a few do.
pub const MAX_PASSES: usize = 10;

/// A text that was fixed.
#[derive(Debug, Default)]
pub struct Repaired {
    /// The text.
    pub text: Vec<u8>,
    /// The findings that were mended, in the order in which they were.
    pub mended: Vec<Diagnostic>,
}

/// Makes all fixes up to `most` in a text in which `found` was, as `check` finds it; `None` where
/// there are none. A finding that is not to be mended comes without its fix.
///
/// # Errors
/// Where a fix does not mend its finding, or does harm: then nothing of the text should be changed.
pub fn repair(
    text: &[u8],
    found: Diagnostics,
    most: Applicability,
    mut check: impl FnMut(&[u8]) -> Diagnostics,
) -> Result<Option<Repaired>, Unproven> {
    let mut repaired: Option<Repaired> = None;
    let (mut found, mut not_held) = found.finish();
    let mut passes = 0;
    while passes < MAX_PASSES {
        let text = repaired.as_ref().map_or(text, |repaired| &repaired.text);
        let offered: Vec<usize> = (0..found.len())
            .filter(|at| offer(&found[*at], most).is_some())
            .collect();
        let fixes = offered.iter().filter_map(|at| offer(&found[*at], most));
        let spliced = splice(text, fixes);
        if spliced.moved.is_empty() {
            break;
        }
        let mut mended = vec![false; found.len()];
        for (at, made) in offered.iter().zip(&spliced.made) {
            mended[*at] = *made;
        }
        let (after, after_not_held) = check(&spliced.text).finish();
        prove(&found, &not_held, &mended, &spliced, &after)?;
        let fewer = total(&after, &after_not_held) < total(&found, &not_held);
        // Of more than are held at a time, the first have to go before the others are known.
        passes += usize::from(not_held.is_empty() || !fewer);
        let all = std::mem::replace(&mut found, after).into_iter().zip(mended);
        let made = all.filter_map(|(found, mended)| mended.then_some(found));
        let repaired = repaired.get_or_insert_default();
        repaired.text = spliced.text;
        repaired.mended.extend(made);
        not_held = after_not_held;
    }
    Ok(repaired)
}

fn total(held: &[Diagnostic], not_held: &NotHeld) -> usize {
    let counts = not_held.counts().map(|(.., count)| count);
    held.len() + counts.sum::<usize>()
}

/// The fix of a finding, if it may be made.
fn offer(found: &Diagnostic, most: Applicability) -> Option<&Fix> {
    let fix = found.fix.as_deref()?;
    (fix.applicability <= most && !fix.edits.is_empty()).then_some(fix)
}
