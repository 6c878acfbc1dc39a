//! One name twice in one object.

use foldhash::{HashMap, HashMapExt};

use crate::diagnostic::{Category, Edit, Example, Fix, Rule, Severity};
use crate::json::duplicates::Duplicate;
use crate::json::{self, Member};
use crate::rules::{Check, Declaration};
use crate::text::words::{Kind, quoted, words};
use crate::view::Findings;

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "duplicate-member",
        category: Category::Syntax,
        default: Some(Severity::Error),
        exceptions: &[],
        summary: "a name that appears twice in one object",
        why: "Readers disagree on which value wins: most take the last, some the first, and the \
            OData library rejects the document. Names are compared after resolving their escapes.",
        source: "RFC 8259 section 4; behaviour of the OData library",
        bad: &[
            Example::new(r#"{"targetedAppCount": 3, ⟦"targetedAppCount"⟧: 3}"#)
                .fixed_unsafely(r#"{"targetedAppCount": 3}"#),
            Example::new(r#"{"targetedAppCount": 3, ⟦"\u0074argetedAppCount"⟧: 4}"#)
                .fixed_unsafely(r#"{"\u0074argetedAppCount": 4}"#),
        ],
        good: &[Example::new(
            r#"{"targetedAppCount": 3, "targetedPolicyCount": 3}"#,
        )],
    },
    checks: &[Check::Reader],
};

/// How often a name may appear for its finding to have a repair: more is no slip.
const MOST_REMOVED: usize = 16;

/// Reports the repeated names of one object.
pub(crate) fn report(duplicates: &[Duplicate<'_>], findings: &mut Findings<'_>) {
    let groups = Groups::new(duplicates);
    for (at, duplicate) in duplicates.iter().enumerate() {
        let name = duplicate.again.text();
        let name = quoted(&name).kind(Kind::Name);
        let message = words!("{} appears twice in this object", name);
        let fix = if findings.are_only_counted() {
            None
        } else {
            groups.fix(duplicates, at)
        };
        findings
            .report(duplicate.again, message)
            .label(duplicate.first, "first here")
            .help("remove one of the two: readers disagree on which one counts")
            .maybe_fix(fix);
    }
}

/// The places of the duplicates of each name, by the tape index of its first member.
struct Groups(HashMap<u32, Vec<usize>>);

impl Groups {
    fn new(duplicates: &[Duplicate<'_>]) -> Self {
        let mut groups: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, duplicate) in duplicates.iter().enumerate() {
            let group = groups.entry(duplicate.first.index()).or_default();
            if group.len() <= MOST_REMOVED {
                group.push(at);
            }
        }
        Self(groups)
    }

    /// What makes the finding of one of the duplicates go. Where all values are the same, it is
    /// taken out itself. Else the last value stays, which most readers take, this one too: then the
    /// last finding takes out all the others, and these have no repair of their own.
    fn fix(&self, duplicates: &[Duplicate<'_>], at: usize) -> Option<Fix> {
        let duplicate = &duplicates[at];
        let group = self.0.get(&duplicate.first.index())?;
        if group.len() > MOST_REMOVED {
            return None;
        }
        let first = Member::of_name(duplicate.first);
        let again = |at: &usize| Member::of_name(duplicates[*at].again);
        let same = |at: &usize| again(at).value.raw() == first.value.raw();
        let name = first.name_text();
        let name = quoted(&name).kind(Kind::Name);
        let (message, removed) = if group.iter().all(same) {
            let message = words!("remove the second {}: both say the same", name);
            (message, vec![again(&at)])
        } else {
            let (last, others) = group.split_last()?;
            if *last != at {
                return None;
            }
            let removed = std::iter::once(first).chain(others.iter().map(again));
            let message = words!("keep the last {}, which most readers take", name);
            (message, removed.collect())
        };
        let edits = json::removals(&removed).into_iter().map(Edit::delete);
        Some(Fix::not_safe(message, edits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Document, Tape, duplicates, parse};

    /// What the finding of each duplicate leaves of the text.
    fn left(text: &str) -> Vec<Option<String>> {
        let mut tape = Tape::new();
        parse(text, &mut tape).expect("JSON");
        let found = duplicates::of_object(Document::new(text, &tape).root());
        let groups = Groups::new(&found);
        let fixes = (0..found.len()).map(|at| groups.fix(&found, at));
        let left = fixes.map(|fix| {
            let (mut left, mut from) = (String::new(), 0);
            for edit in fix?.edits {
                left.push_str(&text[from..edit.span.start]);
                from = edit.span.end;
            }
            Some(left + &text[from..])
        });
        left.collect()
    }

    #[test]
    fn the_last_value_stays() {
        for (text, expected) in [
            (r#"{"a": 1, "a": 1}"#, vec![Some(r#"{"a": 1}"#)]),
            (r#"{"a": 1, "a": 2}"#, vec![Some(r#"{"a": 2}"#)]),
            (
                r#"{"a": 1, "b": 0, "\u0061": 2}"#,
                vec![Some(r#"{"b": 0, "\u0061": 2}"#)],
            ),
            (
                r#"{"a": [1], "a": [1], "a": [1]}"#,
                vec![
                    Some(r#"{"a": [1], "a": [1]}"#),
                    Some(r#"{"a": [1], "a": [1]}"#),
                ],
            ),
            (
                r#"{"a": 1, "a": 2, "b": 3, "a": 1}"#,
                vec![None, Some(r#"{"b": 3, "a": 1}"#)],
            ),
            (
                r#"{"a": 1, "b": 2, "a": 2, "b": 2}"#,
                vec![
                    Some(r#"{"b": 2, "a": 2, "b": 2}"#),
                    Some(r#"{"a": 1, "b": 2, "a": 2}"#),
                ],
            ),
        ] {
            let left = left(text);
            let left: Vec<_> = left.iter().map(Option::as_deref).collect();
            assert_eq!(left, expected, "{text}");
        }
        let many = format!("{{{}\"a\":0}}", "\"a\":0,".repeat(MOST_REMOVED + 1));
        assert!(left(&many).iter().all(Option::is_none));
    }
}
