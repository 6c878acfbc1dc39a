//! The shapes of the events met last, and whether a text certainly is another event of one of them.
//!
//! Owns which shapes are kept and when one is learned. Knows nothing of how values are decided.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Document;
use crate::lint::setup::Setup;
use crate::view::{EventId, Slot};

use super::shape::Shape;
use super::stages::Stages;
use super::values::Rest;

/// Shapes that are known at a time: of the revisions, and with or without the members that a
/// service leaves out, each also with its constant values.
const SHAPES: usize = 8;

/// Shapes learned one after the other, none of them met again, before only one in so many is.
const PATIENCE: u32 = 16;

/// The shapes that were learned, that of the last event that was settled first.
#[derive(Debug, Default)]
pub(in crate::lint) struct Filter {
    /// Of what they are the events, a linter's documents or the elements of an array: elsewhere it
    /// may be decided otherwise.
    owner: u64,
    shapes: Vec<Shape>,
    stages: Stages,
    /// Events since one fitted.
    missed: u32,
    /// Empty between events.
    diagnostics: Diagnostics,
}

/// An event whose values are certainly clean.
#[derive(Debug)]
pub(in crate::lint) struct Settled {
    /// Its identifier, if rules ask for it.
    pub(in crate::lint) id: Option<EventId>,
    /// Where it ends.
    pub(in crate::lint) end: usize,
}

impl Filter {
    pub(in crate::lint) fn with(stages: Stages) -> Self {
        Self {
            stages,
            ..Self::default()
        }
    }

    /// Whether it has met an event of `owner`.
    pub(in crate::lint) const fn is_of(&self, owner: u64) -> bool {
        self.owner == owner
    }

    /// Whether `text` certainly is, or begins with, one event whose values are clean; `None` = not
    /// sure. What its names give is added to `found`.
    pub(in crate::lint) fn settle(
        &mut self,
        setup: &Setup,
        owner: u64,
        (text, rest): (&str, Rest),
        found: &mut Diagnostics,
    ) -> Option<Settled> {
        if !self.is_of(owner) {
            return None;
        }
        self.missed = self.missed.saturating_add(1);
        for at in 0..self.shapes.len() {
            let Shape {
                layout,
                values,
                names,
            } = &mut self.shapes[at];
            let Some((document, end)) = values.read(layout, setup, (text, rest)) else {
                continue;
            };
            let clean = values.decide(setup, document, &mut self.diagnostics);
            self.diagnostics.clear();
            let settled = clean.then(|| {
                found.extend(names.iter().map(|named| named.repeated(document)));
                Settled {
                    id: values.identify(setup, document),
                    end,
                }
            });
            self.missed = 0;
            if settled.is_some() {
                let constant = values.with_constants(setup, self.stages, document);
                let constant = constant.map(|(layout, values)| Shape {
                    layout,
                    values,
                    names: names.clone(),
                });
                self.shapes[..=at].rotate_right(1);
                if let Some(shape) = constant {
                    self.add(shape);
                }
            }
            return settled;
        }
        None
    }

    /// Learns the shape of a document that is one event, with the slots that the full path filled
    /// and what it found, if it found nothing but in names.
    pub(in crate::lint) fn learn(
        &mut self,
        setup: &Setup,
        owner: u64,
        document: Document<'_>,
        slots: &[Slot],
        found: &[Diagnostic],
    ) {
        if !self.is_of(owner) {
            // Of a single event nothing need be learned.
            self.owner = owner;
            self.shapes.clear();
            return;
        }
        if self.missed == 0 || self.missed > PATIENCE && !self.missed.is_multiple_of(PATIENCE) {
            return;
        }
        if let Some(shape) = Shape::of(setup, self.stages, document.root(), slots, found) {
            self.add(shape);
        }
    }

    fn add(&mut self, shape: Shape) {
        self.shapes.truncate(SHAPES - 1);
        self.shapes.insert(0, shape);
    }
}

#[cfg(test)]
mod tests {
    use super::super::member::CONSTANT;
    use super::*;
    use crate::lint::{Linter, Options, Scratch};

    /// What is found in each text by the filter alone, once it has seen the first one twice.
    fn settled(linter: &Linter, texts: &[&str]) -> Vec<Option<Vec<(&'static str, String)>>> {
        let mut scratch = Scratch::default();
        for _ in 0..2 {
            let _ = linter.check(texts[0].as_bytes(), &mut scratch);
        }
        let settle = |text: &&str| {
            let mut found = Diagnostics::default();
            scratch.settle(&linter.setup, linter.id, (text, Rest::Blank), &mut found)?;
            let told = |one: &Diagnostic| {
                let span = one.span;
                (one.rule.name, text[span.start..span.end].to_owned())
            };
            Some(found.iter().map(told).collect())
        };
        texts.iter().map(settle).collect()
    }

    #[test]
    fn what_is_found_in_names_is_repeated_where_they_stand() {
        let options = Options {
            revision: "2019-09".to_owned(),
            ..Options::default()
        };
        let linter = Linter::new(&options).expect("a revision");
        let texts = [
            r#"{"deploymentState":"success","deviceId":null,"osVersion":"","region":1,"id":""}"#,
            r#"{"deploymentState":"success","deviceId":null,"osVersion":"","region":"x","id":"3e455cab-5cab-3e45-ab5c-453eab5c453e"}"#,
            r#"{"deploymentState":"succes","deviceId":null,"osVersion":"","region":1,"id":""}"#,
            r#"{"deploymentState":"success","deviceId":null,"osVersion":"","region":[],"id":""}"#,
            r#"{"deploymentState":"success","deviceId":null,"osVersion":"","regions":1,"id":""}"#,
        ];
        let names = vec![
            ("member-not-in-revision", r#""deviceId""#.to_owned()),
            ("unknown-member", r#""region""#.to_owned()),
        ];
        let expected = [Some(names.clone()), Some(names), None, None, None];
        assert_eq!(settled(&linter, &texts), expected);
    }

    #[test]
    fn values_that_stay_the_same_are_compared_and_their_rules_not_asked() {
        let linter = Linter::new(&Options::default()).expect("any revision");
        let event = |enrollment: &str, number: u32| {
            format!(
                r#"{{"deploymentState":"success","osVersion":"10.0.26200.{number}","enrollmentState":"{enrollment}"}}"#
            )
        };
        let mut scratch = Scratch::default();
        for number in 0..u32::from(CONSTANT) + 8 {
            let text = event("enrolled", number);
            let outcome = linter.check(text.as_bytes(), &mut scratch);
            assert!(outcome.diagnostics.is_empty(), "{text}");
        }
        let shape = &scratch.filter.as_ref().expect("a filter").shapes[0];
        assert_eq!(shape.values.members.len(), 1, "the version alone differs");
        assert!(shape.values.rules.is_empty(), "none reads the version");
        for (enrollment, expected) in [
            ("failed", Some("success-but-enrollment-failed")),
            ("notContacted", None),
            ("enrolled", None),
        ] {
            let outcome = linter.check(event(enrollment, 1).as_bytes(), &mut scratch);
            let found = outcome.diagnostics.first().map(|found| found.rule.name);
            assert_eq!(found, expected, "{enrollment}");
        }
    }

    #[test]
    fn the_same_is_found_whichever_stage_is_left_out() {
        let linter = Linter::new(&Options::default()).expect("any revision");
        let event = |number: u32| {
            let state = if number % 90 == 89 {
                "failed"
            } else {
                "enrolled"
            };
            format!(
                r#"{{"deploymentState":"success","enrollmentState":"{state}","osVersion":"10.0.26200.{number}","region":{number}}}"#
            )
        };
        let leave_out: [fn(&mut Stages); 6] = [
            |_| {},
            |stages| stages.usual_values = false,
            |stages| stages.constant_values = false,
            |stages| stages.rules_that_fall_away = false,
            |stages| stages.literals_on_the_way = false,
            |stages| stages.findings_in_names = false,
        ];
        for (index, leave_out) in leave_out.iter().enumerate() {
            let mut stages = Stages::default();
            leave_out(&mut stages);
            let mut scratch = Scratch::with_stages(stages);
            for number in 0..2 * u32::from(CONSTANT) + 80 {
                let text = event(number);
                let fast = linter.check(text.as_bytes(), &mut scratch);
                let full = linter.check(text.as_bytes(), &mut Scratch::without_filter());
                assert_eq!(*fast.diagnostics, *full.diagnostics, "{index}: {text}");
            }
        }
    }

    #[test]
    fn what_is_found_elsewhere_is_not_learned() {
        let linter = Linter::new(&Options::default()).expect("any revision");
        let wrong_value = r#"{"deploymentState":"succes","osVersion":"","region":1}"#;
        let twice = r#"{"deploymentState":"success","osVersion":"","region":1,"region":1}"#;
        for text in [wrong_value, twice] {
            assert_eq!(settled(&linter, &[text]), [None], "{text}");
        }
    }
}
