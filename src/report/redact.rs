//! Findings without anything that may identify a person or a device.
//!
//! Owns which parts of a located finding hold text of a payload: its words, pointers and excerpts.
//! What may be shown of them, [`crate::redact`] decides. Line, column, length and fingerprint stay
//! the same.

use crate::diagnostic::Located;
use crate::redact::{Vocabulary, hidden, masked};
use crate::rules::syntax::invalid_encoding;

/// The finding with masks for all text of its payload but words of the model and what is certainly
/// a date, duration or number. The time it takes depends on the finding, not on its file.
#[must_use]
pub fn redacted(located: Located, vocabulary: &Vocabulary) -> Located {
    let is_encoded = located.diagnostic.rule == &invalid_encoding::RULE.rule;
    let mask = |text: &str, cut_after: bool| {
        if is_encoded {
            hidden(text)
        } else {
            masked(text, cut_after, vocabulary)
        }
    };
    let mut frame = located.frame;
    for line in frame.iter_mut().flat_map(|frame| &mut frame.lines) {
        line.text = mask(&line.text, line.cut_after);
    }
    let diagnostic = located.diagnostic.redacted(vocabulary);
    let is_withheld = diagnostic
        .fix
        .as_ref()
        .is_none_or(|fix| fix.edits.is_empty());
    let mut preview = located.preview.filter(|_| !is_withheld);
    let hunks = preview.iter_mut().flat_map(|preview| &mut preview.hunks);
    for line in hunks.flat_map(|hunk| hunk.old.lines.iter_mut().chain(&mut hunk.new.lines)) {
        let text = mask(&line.text, line.cut_after);
        line.masked = text != line.text;
        line.text = text;
    }
    Located {
        diagnostic,
        frame,
        preview,
        ..located
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lint::{Linter, Options, Scratch};
    use crate::model::table;
    use crate::report::{FORMATS, FileReport, RenderOptions, Report};

    /// What each format prints of the findings in a text.
    fn printed(text: &str) -> Vec<String> {
        let linter = Linter::new(&Options::default()).expect("any revision");
        let outcome = linter.check(text.as_bytes(), &mut Scratch::default());
        let report = Report::of_document("a.json", text.as_bytes(), outcome);
        let vocabulary = Vocabulary::new(Arc::new(table::autopilot_event()));
        let files = report.files.into_iter().map(|file| FileReport {
            diagnostics: file
                .diagnostics
                .into_iter()
                .map(|located| redacted(located, &vocabulary))
                .collect(),
            ..file
        });
        let report = Report {
            files: files.collect(),
            ..Report::default()
        };
        let print =
            |format: &crate::report::Format| format.render(&report, &RenderOptions::default());
        FORMATS.iter().map(print).collect()
    }

    #[test]
    fn messages_keep_their_sense() {
        for (text, expected) in [
            (
                r#"{"userPrincipalName": "CONTOSO\\anna.berg", "deploymentState": "success"}"#,
                "userPrincipalName `‹text, 17 characters›` is not `user@domain`",
            ),
            (
                r#"{"deviceId": "{3e455cab-5cab-3e45-ab5c-453eab5c453e}", "deploymentState": "success"}"#,
                "deviceId `‹{********-****-****-****-************}›` is not a GUID: it stands in braces",
            ),
            (
                r#"{"deploymentState": "Sucess", "targetedAppCount": 1}"#,
                "`‹text, 6 characters›` is not a member of windowsAutopilotDeploymentState",
            ),
            (
                r#"{"deploymentState": "Success", "targetedAppCount": 1}"#,
                "`Success` is not a member of windowsAutopilotDeploymentState",
            ),
            (
                r#"{"deploymentState": "success", "5CG1234XYZ": 1, "targetedAppCount": 1}"#,
                "`‹name, 10 characters›` is not a member of deviceManagementAutopilotEvent",
            ),
            (
                r#"{"eventDateTime": "2024-05-02 09:14:03Z", "targetedAppCount": 1}"#,
                "eventDateTime `2024-05-02 09:14:03Z` is not a date-time: a space stands where `T` parts date and time",
            ),
            (
                r#"{"eventDateTime": "Anna 490154203237518", "targetedAppCount": 1}"#,
                "eventDateTime `‹text, 20 characters›` is not a date-time: it is not of the form `YYYY-MM-DDThh:mm:ssZ`",
            ),
            (
                r#"{"managedDeviceName": "LAPTOP-\u200b42", "targetedAppCount": 1}"#,
                "managedDeviceName holds a zero-width space (U+200B) at character 8",
            ),
            (
                r#"{"osVersion": "Os Version value", "targetedAppCount": 1}"#,
                "osVersion is `Os Version value`, a placeholder of the documentation's samples",
            ),
            (
                r#"{"deviceSerialNumber": "To be filled by O.E.M.", "targetedAppCount": 1}"#,
                "deviceSerialNumber is `To be filled by O.E.M.`, the default of a board without a serial number",
            ),
            (
                r#"{"targetedAppCount": 490154203237518.0, "osVersion": ""}"#,
                "targetedAppCount `‹text, 17 characters›` is not an integer: an integer has no fraction and no exponent",
            ),
        ] {
            let shown = printed(text);
            let concise = &shown[1];
            assert!(concise.contains(expected), "{concise}");
        }
    }

    #[test]
    fn a_text_that_only_begins_as_a_default_is_none() {
        let text = r#"{"deviceSerialNumber": "#.to_owned()
            + "\""
            + &"0".repeat(32)
            + r#"5CG1234XYZ", "osVersion": ""}"#;
        let concise = &printed(&text)[1];
        assert!(
            concise.contains("deviceSerialNumber is `‹text, 42 characters›`"),
            "{concise}"
        );
    }

    #[test]
    fn no_format_shows_what_a_payload_made_up() {
        let text = "{\"deploymentState\": \"success\", \"5CG1234XYZ\": {\"5CG1234XYZ\": 1, \"5CG1234XYZ\": 2},\n\
                    \"deviceId\": \"5CG1234XYZ\u{200b}\", \"userPrincipalName\": \"5CG1234XYZ\"}";
        for shown in printed(text) {
            assert!(
                !shown.contains("CG123") && !shown.contains("34XYZ"),
                "{shown}"
            );
        }
        // The same, of a name that is all digits.
        for shown in printed(&text.replace("5CG1234XYZ", "490154203237518")) {
            assert!(
                !shown.contains("49015") && !shown.contains("37518"),
                "{shown}"
            );
        }
    }
}
