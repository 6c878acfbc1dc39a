//! The parser against `serde_json`, the oracle: one text, both verdicts and both values.
//!
//! Owns the list of differences. Knows nothing of where texts come from: a test and a fuzz target
//! have it in common.

use autopilot_lint::json::{Document, Kind, Node, Span, SyntaxError, Tape, parse};
use serde_json::Value;

/// Levels that `serde_json` reads: one fewer than ours.
const ORACLE_DEPTH: usize = 127;

/// Why the two may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Difference {
    /// 128 levels: within our limit, over that of `serde_json`.
    Depth,
    /// `serde_json` refuses half a surrogate pair; here it is a finding of its own.
    LoneSurrogate,
    /// `serde_json` refuses a number that an f64 cannot hold; the grammar has no range.
    NumberRange,
}

/// The difference that explains why we read what `serde_json` does not.
fn difference(root: Node<'_>, tape: &Tape) -> Option<Difference> {
    if !tape.lone_surrogates().is_empty() {
        return Some(Difference::LoneSurrogate);
    }
    let mut depth = 0;
    let mut range = false;
    walk(root, 0, &mut |node, level| {
        depth = depth.max(level);
        let number = node.kind() == Kind::Number;
        range |= number && !node.raw().parse::<f64>().is_ok_and(f64::is_finite);
    });
    if depth > ORACLE_DEPTH {
        Some(Difference::Depth)
    } else {
        range.then_some(Difference::NumberRange)
    }
}

/// Visits `node` and all values below it, with the arrays and objects around each, itself counted.
pub(crate) fn walk(node: Node<'_>, around: usize, visit: &mut impl FnMut(Node<'_>, usize)) {
    let level = around + usize::from(matches!(node.kind(), Kind::Array | Kind::Object));
    visit(node, level);
    let values = node.members().map(|member| member.value);
    for child in node.elements().chain(values) {
        walk(child, level, visit);
    }
}

fn check_error(text: &str, error: &SyntaxError) {
    let Span { start, end } = error.span;
    let token = text
        .get(start..end)
        .expect("a span on character boundaries");
    assert_eq!(token.is_empty(), text.is_empty(), "{error:?} in {text:?}");
    assert!(
        !error.kind.message().contains(char::is_control),
        "{error:?}"
    );
}

/// Compares verdicts and values; gives the documented difference, if that is what there is.
pub(crate) fn compare(text: &str, tape: &mut Tape) -> Option<Difference> {
    let theirs = serde_json::from_str::<Value>(text);
    let ours = parse(text, tape);
    match (ours, theirs) {
        (Ok(()), Ok(theirs)) => {
            let ours = Document::new(text, tape).root().to_value();
            assert_eq!(ours, theirs, "{text:?}");
            assert_eq!(tape.lone_surrogate_count(), 0, "{text:?}");
            None
        }
        (Ok(()), Err(theirs)) => {
            let found = difference(Document::new(text, tape).root(), tape);
            assert!(
                found.is_some(),
                "only serde_json refuses ({theirs}): {text:?}"
            );
            found
        }
        (Err(ours), Ok(_)) => panic!("only we refuse ({ours:?}): {text:?}"),
        (Err(ours), Err(_)) => {
            check_error(text, &ours);
            None
        }
    }
}
