//! Checks a document that is held as a whole.

use autopilot_lint::json::Tape;
use autopilot_lint::lint::{self, Linter, Outcome, Scratch, Seen};
use rayon::prelude::*;

use crate::cli::inputs::{Buffer, Claim, Input, Reason};
use crate::cli::results::RunOptions;

/// Payloads that one thread takes at a time, where several share those of one document.
const SHARE: usize = 256;
/// Shares that are begun, for each thread, before what they gave is put together.
const SHARES_AHEAD: usize = 4;
/// Length of a document from which on they do, in bytes.
const SHARED_FROM: usize = 64 << 10;

/// What is reused from file to file; one for each thread.
#[derive(Default)]
pub(super) struct FileBuffers {
    pub(super) text: Buffer,
    pub(super) scratch: Scratch,
    tape: Tape,
}

/// Checks the document of an input, whose text is in `buffers`.
///
/// # Errors
/// Why no report is about it.
pub(super) fn check(
    input: &Input,
    linter: &Linter,
    options: &RunOptions<'_>,
    buffers: &mut FileBuffers,
) -> Result<Outcome, Reason> {
    let recognition = options.recognition;
    if input.claim == Claim::None {
        let mut seen = Seen::default();
        recognition.signs().look(buffers.text.bytes(), &mut seen);
        if !seen.is_enough() {
            options.advance(buffers.text.bytes().len());
            return Err(Reason::NoSign);
        }
    }
    let outcome = check_text(linter, options, buffers);
    let may_be_own = input.claim != Claim::Named && !outcome.diagnostics.is_empty();
    if may_be_own && recognition.is_own_text(buffers.text.bytes()) {
        return Err(Reason::OwnOutput);
    }
    Ok(outcome)
}

fn check_text(linter: &Linter, options: &RunOptions<'_>, buffers: &mut FileBuffers) -> Outcome {
    let FileBuffers {
        text,
        scratch,
        tape,
    } = buffers;
    let text = text.bytes();
    options.advance(text.len());
    // The next document may well be written as this one is, which this way alone remembers.
    let little = options.threads == 1 || text.len() < SHARED_FROM;
    if little || lint::is_sequence(text) {
        return linter.check(text, scratch);
    }
    let mut outcome = Outcome::default();
    let Outcome {
        diagnostics,
        payloads,
        ids,
        over_limit,
    } = &mut outcome;
    *over_limit = linter.open(text, tape, diagnostics, |enclosure, diagnostics| {
        *payloads = enclosure.payloads.len();
        ids.clone_from(&enclosure.ids);
        // Some shares at a time: what is found must not grow with the document.
        for shares in enclosure
            .payloads
            .chunks(SHARE * options.threads * SHARES_AHEAD)
        {
            let shares = shares.par_chunks(SHARE);
            let found: Vec<_> = shares.map(|share| linter.check_payloads(share)).collect();
            for found in found {
                diagnostics.append(found);
            }
        }
    });
    outcome
}

#[cfg(test)]
mod tests {
    use autopilot_lint::diagnostic::Severity;
    use autopilot_lint::lint::Options;
    use autopilot_lint::model::table;

    use std::path::Path;

    use super::*;
    use crate::cli::budget::Budget;
    use crate::cli::inputs::UnpackLimit;
    use crate::cli::results::Recognition;

    #[test]
    fn small_documents_show_how_the_next_are_written_whatever_the_threads() {
        let event = br##"{"@odata.type":"#microsoft.graph.deviceManagementAutopilotEvent",
            "id":"9a2d6d0c-5e7b-4b8e-8f0a-1c2d3e4f5a6b","osVersion":"10.0.22631.1"}"##;
        let linter = Linter::new(&Options::default()).unwrap();
        let input = Input::file(Path::new("a.json"));
        let recognition = Recognition::new(table::autopilot_event().into());
        for threads in [1, 2] {
            let options = RunOptions {
                max_file_size: u64::MAX,
                max_unpacked: UnpackLimit::new(None),
                budget: &Budget::new(None),
                show: Severity::Info,
                max_diagnostics: 1,
                threads,
                frames: false,
                redacted: false,
                fixes: None,
                recognition: &recognition,
                progress: None,
            };
            let mut buffers = FileBuffers::default();
            for _ in 0..3 {
                buffers.text.clear();
                buffers.text.put(event);
                let outcome = check(&input, &linter, &options, &mut buffers);
                assert!(outcome.expect("checked").diagnostics.is_empty());
            }
            let sure = linter.is_certainly_clean(event, &mut buffers.scratch);
            assert!(sure, "{threads} threads");
        }
    }
}
