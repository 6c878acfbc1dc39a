//! Fixes that do what they say, and fixes that do not.

use super::*;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Rule};
use crate::json::Span;
use crate::rules;

/// One finding of a rule, as if it could be mended by one edit.
fn found(rule: &'static Rule, span: (usize, usize), text: Option<&str>) -> Diagnostic {
    let span = Span::new(span.0, span.1);
    let mut found = Diagnostic::of_text(rule, span, "a fault");
    found.payload = Some(crate::json::Pointer::root());
    found.fix = text.map(|text| Box::new(Fix::safe("do it", [Edit::replace(span, text)])));
    found
}

#[test]
fn a_fix_that_does_harm_is_found_out() {
    let guid = &rules::value::guid_syntax::RULE.rule;
    let date = &rules::order::deployment_ends_before_start::RULE.rule;
    let unknown = &rules::schema::unknown_member::RULE.rule;
    let text = br#"{"a": "x", "b": 1}"#;
    let offered = || found(guid, (6, 9), Some(r#""yy""#));
    for (name, after, expected) in [
        ("mended", vec![], Ok(())),
        ("another is left", vec![found(guid, (16, 17), None)], Ok(())),
        ("not mended", vec![found(guid, (6, 10), None)], Err(guid)),
        ("comes to light", vec![found(date, (6, 10), None)], Ok(())),
        (
            "new by its name",
            vec![found(unknown, (1, 4), None)],
            Err(unknown),
        ),
    ] {
        let mut before = vec![offered()];
        if name == "another is left" {
            before.push(found(guid, (15, 16), None));
        }
        let result = repair(text, before.into(), Applicability::Safe, |_| {
            after.clone().into()
        });
        let result = result.map(|_| ()).map_err(|unproven| unproven.rule);
        assert_eq!(result, expected, "{name}");
    }
}

#[test]
fn fixes_end_after_some_passes() {
    let guid = &rules::value::guid_syntax::RULE.rule;
    let zero = &rules::value::zero_guid::RULE.rule;
    let mut passes = 0;
    // Each pass mends one finding and brings to light another: of rules in turn, none of which is
    // offered by a rule that reads the value.
    let repaired = repair(
        b"xx",
        vec![found(guid, (0, 1), Some("y"))].into(),
        Applicability::Safe,
        |_| {
            passes += 1;
            let rule = if passes % 2 == 1 { zero } else { guid };
            let mut next = found(rule, (passes % 2, passes % 2 + 1), None);
            let edit = Edit::replace(next.span, "y");
            next.fix = Some(Box::new(Fix::safe("do it", [edit])));
            vec![next].into()
        },
    );
    assert!(repaired.is_ok_and(|repaired| repaired.is_some()));
    assert_eq!(passes, MAX_PASSES);
}
