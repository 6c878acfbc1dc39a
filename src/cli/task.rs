//! A target with all that it is checked by, and the wall around it: a panic while it is checked
//! costs its findings and those of no other.

use std::panic::{AssertUnwindSafe, catch_unwind};

use autopilot_lint::lint::{Duplicates, Outcome};
use autopilot_lint::policy::{Filter, Settings};

use super::governing::Governing;
use super::input;
use super::named::Content;
use super::run::{Base, Buffers, Checked, Collected, Run};
use super::walk::{Place, Target};

pub(crate) struct Task<'a> {
    pub(crate) target: &'a Target,
    pub(crate) run: Run<'a>,
    pub(crate) settings: &'a Settings,
    pub(crate) governing: &'a Governing,
}

/// A document that was checked, not yet in a report.
#[derive(Default)]
pub(crate) struct Held {
    text: Vec<u8>,
    pub(crate) outcome: Outcome,
    fault: Option<String>,
}

impl<'a> Task<'a> {
    /// Checks it; `met` has the identifiers of the targets before, if they count.
    pub(crate) fn check(&self, buffers: &mut Buffers, met: Option<&mut Duplicates>) -> Checked {
        let check = || Ok(self.run.check(self.target, self.filter(), buffers, met));
        walled(check).unwrap_or_else(|fault| {
            *buffers = Buffers::default();
            self.collected().finish(self.target, Some(fault))
        })
    }

    /// The size of the document that it is, in bytes; `None` for a stream of lines, and for what is
    /// packed.
    pub(crate) fn document_size(&self) -> Option<u64> {
        match &self.target.place {
            Place::File(path) if Content::of(path) == Content::DOCUMENT => {
                let metadata = std::fs::metadata(path);
                Some(metadata.map_or(0, |file| file.len()))
            }
            _ => None,
        }
    }

    /// Checks the document that it is, and holds it.
    pub(crate) fn hold(&self, buffers: &mut Buffers) -> Held {
        walled(|| self.try_hold(buffers)).unwrap_or_else(|fault| {
            *buffers = Buffers::default();
            Held {
                fault: Some(fault),
                ..Held::default()
            }
        })
    }

    fn try_hold(&self, buffers: &mut Buffers) -> Result<Held, String> {
        if let Place::File(path) = &self.target.place {
            buffers.text.clear();
            let (file, size) = input::open_sized(path)?;
            let limit = self.run.max_file_size;
            buffers.text.fill_from_file(&file, size, limit)?;
        }
        let outcome = self.run.document(buffers);
        Ok(Held {
            text: buffers.text.bytes().to_vec(),
            outcome,
            fault: None,
        })
    }

    /// Puts what is held into a report.
    pub(crate) fn release(&self, held: Held) -> Checked {
        let mut collected = self.collected();
        let Outcome {
            diagnostics,
            payloads,
            ..
        } = held.outcome;
        collected.add(Base::whole(&held.text), diagnostics, payloads);
        collected.finish(self.target, held.fault)
    }

    fn collected(&self) -> Collected<'a> {
        Collected::new(self.run, self.filter())
    }

    fn filter(&self) -> Filter<'a> {
        self.governing.filter(self.target, self.settings)
    }
}

/// Does what may panic; whatever it was about to change is in no state to be used again.
fn walled<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err("internal error; please report it, with this file if you can share it".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn a_panic_is_a_fault_of_its_file_alone() {
        let check = |number: usize| {
            walled(|| match number {
                7 => panic!("\u{1b}"),
                number => Ok(number),
            })
        };
        let checked: Vec<_> = (0..100).into_par_iter().map(check).collect();
        for (number, checked) in checked.into_iter().enumerate() {
            match checked {
                Ok(same) => assert_eq!(same, number),
                Err(fault) => assert!(
                    number == 7 && fault.starts_with("internal error"),
                    "{number}"
                ),
            }
        }
    }
}
