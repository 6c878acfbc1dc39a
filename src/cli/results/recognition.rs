//! Tells files that no report is about: those without a sign of an event, and this program's own.
//!
//! Owns the judgement that a file which looks like one of ours hides no event. What ours look like,
//! and what a sign is, the library says.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, OnceLock};

use autopilot_lint::lint::{Linter, Options, Scratch, Signs};
use autopilot_lint::model::Model;
use autopilot_lint::report::own::{OwnForm, own_form};

use crate::cli::inputs::{Input, OpenFile, UnpackLimit, decompress};

/// Bytes of a file by which it is taken for one of ours.
const HEAD: usize = 1 << 10;

/// What it takes to tell such files; made when the first is asked about.
#[derive(Debug)]
pub(crate) struct Recognition {
    model: Arc<Model>,
    signs: OnceLock<Signs>,
    linter: OnceLock<Option<Linter>>,
}

impl Recognition {
    pub(crate) const fn new(model: Arc<Model>) -> Self {
        Self {
            model,
            signs: OnceLock::new(),
            linter: OnceLock::new(),
        }
    }

    /// The signs of an event.
    pub(crate) fn signs(&self) -> &Signs {
        self.signs.get_or_init(|| Signs::of(&self.model))
    }

    /// Whether a text is a report, baseline or schema of this program. That it begins as one is not
    /// enough: it must be JSON in which no event is found.
    pub(crate) fn is_own_text(&self, text: &[u8]) -> bool {
        match own_form(&text[..text.len().min(HEAD)]) {
            None => false,
            Some(OwnForm::Document) => self.holds_no_event(text),
            Some(OwnForm::Lines) => self.lines_hold_no_event(text).unwrap_or(false),
        }
    }

    /// The same of an input that is not held; `limit` is the size of a document, in bytes.
    pub(crate) fn is_own_file(&self, input: &Input, limit: u64, unpacked: UnpackLimit) -> bool {
        self.try_own_file(input, limit, unpacked).unwrap_or(false)
    }

    fn try_own_file(&self, input: &Input, limit: u64, unpacked: UnpackLimit) -> io::Result<bool> {
        let OpenFile { file, .. } = input.open().map_err(io::Error::other)?;
        let mut source = decompress(input.kind().compression, unpacked, file);
        let mut head = Vec::new();
        source.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        let form = own_form(&head);
        let source = head.chain(source);
        match form {
            None => Ok(false),
            Some(OwnForm::Lines) => self.lines_hold_no_event(source),
            Some(OwnForm::Document) => {
                let mut text = Vec::new();
                source.take(limit + 1).read_to_end(&mut text)?;
                Ok(text.len() as u64 <= limit && self.holds_no_event(&text))
            }
        }
    }

    fn lines_hold_no_event(&self, lines: impl Read) -> io::Result<bool> {
        for line in BufReader::new(lines).split(b'\n') {
            let line = line?;
            if !line.trim_ascii().is_empty() && !self.holds_no_event(&line) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn holds_no_event(&self, text: &[u8]) -> bool {
        let linter = || Linter::with_model(Arc::clone(&self.model), &Options::default()).ok();
        let Some(linter) = self.linter.get_or_init(linter) else {
            return false;
        };
        let outcome = linter.check(text, &mut Scratch::default());
        // Windows PowerShell puts a byte order mark before what it saves.
        let expected = |name| matches!(name, "not-an-event" | "byte-order-mark");
        let mut found = outcome.diagnostics.iter();
        outcome.payloads == 0 && found.all(|found| expected(found.rule.name))
    }
}
