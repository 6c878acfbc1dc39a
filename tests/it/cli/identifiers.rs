//! Identifiers that come again in a stream that is checked in pieces.

use std::fmt::Write as _;

use crate::support::folder::Folder;

/// Events of the stream, several windows of it.
const EVENTS: usize = 30_000;

/// A line of about 300 bytes.
fn line(number: usize) -> String {
    let id = format!("00000000-0000-4000-8000-{:012x}", number + 1);
    let name = "x".repeat(200);
    format!(
        r#"{{"deploymentState": "success", "id": "{id}", "windowsAutopilotDeploymentProfileDisplayName": "{name}"}}"#
    )
}

#[test]
fn an_event_that_comes_again_is_found_in_whatever_piece_it_is() {
    let mut text = String::new();
    for number in 0..EVENTS {
        writeln!(text, "{}", line(number)).expect("a string takes it");
        if number == 10 {
            // A blank line counts as a line.
            text.push('\n');
        }
    }
    for number in [3, 20_000] {
        writeln!(text, "{}", line(number)).expect("a string takes it");
    }
    let folder = Folder::repository(&[("a.jsonl", &text)]);
    let column = line(0).find("\"0000").expect("an id") + 1;
    let found = |line: usize, first: usize| {
        format!(
            "a.jsonl:{line}:{column}: error[duplicate-event-id] another event has the same id \
             already: on line {first}; help: remove the one that is out of date; pages that \
             overlap hold events twice\n"
        )
    };
    let expected = found(EVENTS + 2, 4) + &found(EVENTS + 3, 20_002);
    for jobs in [1, 2, 5] {
        let run = folder.run(&format!(
            "check --no-config --output-format concise --jobs {jobs} a.jsonl"
        ));
        assert_eq!(run.stdout, expected, "{}", run.stderr);
        assert_eq!(run.status, Some(1));
    }
}
