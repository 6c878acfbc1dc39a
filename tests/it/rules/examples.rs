//! Every rule's examples, linted: a bad one is found by that rule alone and at the marked span, a
//! good one by no rule.

use serde_json::json;

use crate::library::{
    Applicability, Example, Linter, Options, Rule, Scratch, Severity, docs, from_schema, repair,
    rules,
};

fn lint(rule: &'static Rule, example: &Example) -> Vec<(String, String)> {
    let options = docs::options(rule, example);
    let linter = Linter::new(&options).expect("the example's revision exists");
    let text = example.text();
    let outcome = linter.check(&text, &mut Scratch::default());
    let found = outcome.diagnostics.iter().map(|found| {
        let span = &text[found.span.start..found.span.end];
        let token = String::from_utf8_lossy(span).into_owned();
        (
            found.rule.name.to_owned(),
            format!("{}: {token}", found.span.start),
        )
    });
    found.collect()
}

fn show(example: &Example) -> String {
    String::from_utf8_lossy(&example.text()).into_owned()
}

#[test]
fn a_bad_example_is_found_by_its_rule_alone_at_the_marked_span() {
    for rule in rules::ALL {
        assert!(!rule.bad.is_empty(), "{} has no bad example", rule.name);
        for example in rule.bad {
            let span = example.span().expect("a bad example has a mark");
            let text = example.text();
            let token = String::from_utf8_lossy(&text[span.start..span.end]);
            let expected = (rule.name.to_owned(), format!("{}: {token}", span.start));
            assert_eq!(
                lint(rule, example),
                [expected],
                "{}: {}",
                rule.name,
                show(example)
            );
        }
    }
}

/// Findings with a severity that a rule does not declare stop every test: this one asks whether it
/// gives those that it declares.
#[test]
fn every_declared_exception_is_given() {
    let of_guid = json!({
        "title": "thing",
        "type": "object",
        "properties": {"key": {"x-edm-type": "Edm.Guid", "type": "string", "format": "uuid"}},
    });
    let model = from_schema(&of_guid).expect("a resource");
    let linter = Linter::with_model(model, &Options::default()).expect("any revision");
    let mut given = severities(&linter, br#"{"key": "x"}"#);
    for rule in rules::ALL {
        for example in rule.bad {
            let options = docs::options(rule, example);
            let linter = Linter::new(&options).expect("the example's revision exists");
            given.extend(severities(&linter, &example.text()));
        }
    }
    for rule in rules::ALL {
        for (severity, which) in rule.exceptions {
            let found = given.contains(&(rule.name, *severity));
            assert!(found, "{} never gives {severity} {which}", rule.name);
        }
    }
}

fn severities(linter: &Linter, text: &[u8]) -> Vec<(&'static str, Severity)> {
    let outcome = linter.check(text, &mut Scratch::default());
    let found = outcome.diagnostics.iter();
    found
        .map(|found| (found.rule.name, found.severity))
        .collect()
}

#[test]
fn a_good_example_is_found_by_no_rule() {
    for rule in rules::ALL {
        assert!(!rule.good.is_empty(), "{} has no good example", rule.name);
        for example in rule.good {
            assert_eq!(example.span(), None, "{} marks a good example", rule.name);
            assert_eq!(lint(rule, example), [], "{}: {}", rule.name, show(example));
        }
    }
}

#[test]
fn declarations_are_in_form() {
    let mut names: Vec<_> = rules::ALL.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), rules::ALL.len(), "a name is declared twice");
    for rule in rules::ALL {
        let name = rule.name;
        let kebab = name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        assert!(kebab, "{name} is not kebab case");
        assert!(
            !rule.summary.ends_with('.') && rule.summary.len() <= 90,
            "{name}: {}",
            rule.summary
        );
        assert!(rule.why.ends_with('.'), "{name}: {}", rule.why);
        for (severity, which) in rule.exceptions {
            let default = rule.default.unwrap_or(Severity::Warning);
            assert_ne!(*severity, default, "{name} gives it anyway");
            assert!(
                ["for ", "where "]
                    .iter()
                    .any(|start| which.starts_with(start)),
                "{name}: {which}"
            );
        }
        assert!(!rule.source.is_empty(), "{name}");
    }
}

fn fixed(text: &[u8], most: Applicability, linter: &Linter) -> Vec<u8> {
    let check = |text: &[u8]| linter.check(text, &mut Scratch::default()).diagnostics;
    let repaired = repair(text, check(text), most, check);
    let repaired = repaired.unwrap_or_else(|error| {
        panic!("{}: {error:?}", String::from_utf8_lossy(text));
    });
    repaired.map_or_else(|| text.to_vec(), |repaired| repaired.text)
}

#[test]
fn every_bad_example_is_fixed_as_it_declares_and_nothing_is_left_to_fix() {
    for rule in rules::ALL {
        for example in rule.bad {
            let options = docs::options(rule, example);
            let linter = Linter::new(&options).expect("the example's revision exists");
            let text = example.text();
            for most in Applicability::ALL {
                let expected = match example.fixed {
                    Some((applicability, expected)) if applicability <= most => expected,
                    _ => &text,
                };
                let once = fixed(&text, most, &linter);
                let shown = |text| String::from_utf8_lossy(text).into_owned();
                assert_eq!(shown(&once), shown(expected), "{}, {most}", rule.name);
                let twice = fixed(&once, most, &linter);
                assert_eq!(shown(&twice), shown(&once), "{}: twice", rule.name);
            }
        }
    }
}
