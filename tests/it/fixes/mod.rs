//! What fixing does to texts of every layout, and what it leaves alone.

mod events;
mod layouts;

use crate::library::{Applicability, Diagnostic, Linter, Options, Scratch, repair};

fn check(linter: &Linter, text: &[u8]) -> Vec<Diagnostic> {
    let outcome = linter.check(text, &mut Scratch::default());
    outcome.diagnostics.into_iter().collect()
}

/// The text with all fixes up to `most`, and the findings that they mended.
fn fixed(text: &[u8], most: Applicability, linter: &Linter) -> (Vec<u8>, Vec<Diagnostic>) {
    let check = |text: &[u8]| check(linter, text).into();
    let repaired = repair(text, check(text), most, check);
    let repaired = repaired.unwrap_or_else(|error| {
        let (rule, span) = (error.rule.name, error.span);
        panic!(
            "{rule} at {span:?} in what was {}",
            String::from_utf8_lossy(text)
        );
    });
    repaired.map_or_else(
        || (text.to_vec(), Vec::new()),
        |repaired| (repaired.text, repaired.mended),
    )
}

#[test]
fn fixes_that_meet_others_mend_what_they_say_all_the_same() {
    let linter = Linter::new(&Options::default()).expect("any revision");
    for (text, expected) in [
        // Once the duplicate is gone, the names left are too few to be a style.
        (
            r#"{"deviceSerialNumber":"a","UserPrincipalName":"x","UserPrincipalName":"y","OsVersion":"z"}"#,
            r#"{"deviceSerialNumber":"a","userPrincipalName":"y","osVersion":"z"}"#,
        ),
        // What stays unreadable stays as it is.
        ("\u{feff}\u{feff}", "\u{feff}\u{feff}"),
        (
            "\u{feff}{\"deploymentState\":\"Success\"",
            "\u{feff}{\"deploymentState\":\"Success\"",
        ),
        (
            "\u{feff}{\"targetedAppCount\":3,}",
            "{\"targetedAppCount\":3}",
        ),
    ] {
        let (after, _) = fixed(text.as_bytes(), Applicability::Unsafe, &linter);
        assert_eq!(String::from_utf8_lossy(&after), expected, "{text}");
    }
}

#[test]
fn an_object_that_says_more_or_contradicts_itself_is_replaced_by_nothing_that_is_safe() {
    let linter = Linter::new(&Options::default()).expect("any revision");
    for (value, safe) in [
        (r#"{"Hours": 1, "Minutes": 2}"#, true),
        (r#"{"TotalSeconds": 60}"#, true),
        (r#"{"Hours": 1, "Hours": 2}"#, false),
        (r#"{"Hours": 1, "hours": 2}"#, false),
        (r#"{"Hours": 1, "note": "keep"}"#, false),
        (r#"{"TotalSeconds": 60, "Minutes": 2}"#, false),
        (r#"{"Hours": 25, "Minutes": -3}"#, false),
    ] {
        let text = format!(r#"{{"deploymentDuration": {value}, "targetedAppCount": 3}}"#);
        let (after, _) = fixed(text.as_bytes(), Applicability::Safe, &linter);
        assert_eq!(after != text.as_bytes(), safe, "{text}");
    }
    let twice = r#"{"value": "/Date(1704067200000)/", "value": "/Date(0)/"}"#;
    let text = format!(r#"{{"eventDateTime": {twice}, "targetedAppCount": 3}}"#);
    let (after, _) = fixed(text.as_bytes(), Applicability::Safe, &linter);
    assert_eq!(String::from_utf8_lossy(&after), text);
}
