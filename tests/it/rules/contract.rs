//! The contract beside the project: the table of rules, and the findings that the documentation's
//! own sample must and must not give.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::library::{Diagnostic, Linter, Options, Scratch, Severity, derive, rules};
use crate::support::shared;

/// A row of a table of rules: name, category and severity, and what is said of it.
struct Row {
    cells: [String; 3],
    fault: String,
}

/// The rows of the table in a section of the contract.
fn table(contract: &str, heading: &str) -> Vec<Row> {
    let mut sections = contract.split("\n## ");
    let section = sections.find(|section| section.lines().next() == Some(heading));
    let section = section.expect("a section on rules");
    let rows = section
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1);
    let rows = rows.map(|row| {
        let mut cells = row.split('|').skip(1).map(|cell| cell.trim().to_owned());
        let mut next = || cells.next().unwrap_or_default();
        Row {
            cells: std::array::from_fn(|_| next()),
            fault: next(),
        }
    });
    rows.collect()
}

/// The contract's rules in their order: those to come as far as they are there, where their rows say
/// that they stand or else last.
fn promised(contract: &str, is_there: impl Fn(&str) -> bool) -> Vec<[String; 3]> {
    // Rules on exchanges are reserved there, several in one row.
    let of_exchange = |row: &Row| row.cells[1] == "exchange";
    let promised = table(contract, "Rules").into_iter();
    let promised = promised.filter(|row| !of_exchange(row));
    let mut promised: Vec<_> = promised.map(|row| row.cells).collect();
    for Row { cells, fault } in table(contract, "Rules to come") {
        let known = promised.iter().any(|known| known[0] == cells[0]);
        if known || !is_there(&cells[0]) {
            continue;
        }
        let beside = |words: &str| {
            let name = fault.split_once(words)?.1.split('`').next()?;
            promised.iter().position(|known| known[0] == name)
        };
        let at = beside("stands before `").or_else(|| Some(beside("stands after `")? + 1));
        promised.insert(at.unwrap_or(promised.len()), cells);
    }
    promised
}

#[test]
fn the_register_is_the_contracts_table() {
    let Some(contract) = shared::part("contract.md") else {
        return;
    };
    let contract = fs::read_to_string(contract).expect("the contract");
    let declared: Vec<_> = rules::ALL
        .iter()
        .map(|rule| {
            let severity = rule.default.map_or("off", Severity::name);
            [rule.name, rule.category.name(), severity].map(str::to_owned)
        })
        .collect();
    let is_there = |name: &str| declared.iter().any(|known| known[0] == name);
    assert_eq!(declared, promised(&contract, is_there));
}

/// The pages of the operations on the resource and of the resource, in all languages and years.
fn pages(folder: PathBuf) -> Vec<PathBuf> {
    const NAME: &str = "intune-troubleshooting-devicemanagementautopilotevent";
    let mut pages = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(NAME))
            {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

fn lint(text: &str) -> Vec<Diagnostic> {
    let linter = Linter::new(&Options::default()).expect("any revision");
    linter
        .check(text.as_bytes(), &mut Scratch::default())
        .diagnostics
        .into_iter()
        .collect()
}

/// How often each rule found something.
fn counted(diagnostics: &[Diagnostic]) -> BTreeMap<(Severity, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for found in diagnostics {
        *counts.entry((found.severity, found.rule.name)).or_insert(0) += 1;
    }
    counts
}

#[test]
fn the_documentations_samples_give_what_their_numbers_do() {
    let Some(folder) = shared::part("pages") else {
        return;
    };
    let mut checked = 0;
    for page in pages(folder) {
        let markdown = fs::read_to_string(&page).expect("a page");
        for sample in derive::samples(&markdown) {
            if sample.kind == derive::SampleKind::Representation {
                continue;
            }
            checked += 1;
            let mut counts = counted(&lint(sample.text));
            let place = format!("{}:{}", page.display(), sample.line);
            let placeholders = counts.remove(&(Severity::Info, "placeholder-value"));
            let text_members = sample.text.matches(" value\"").count();
            assert_eq!(placeholders, Some(text_members), "{place}");
            let expected = [
                ((Severity::Info, "enrolled-before-registered"), 1),
                ((Severity::Info, "success-with-failure-details"), 1),
                ((Severity::Warning, "deployment-duration-exceeds-total"), 1),
                (
                    (Severity::Warning, "deployment-starts-before-enrollment"),
                    1,
                ),
                ((Severity::Warning, "negative-duration"), 3),
            ];
            assert_eq!(counts, BTreeMap::from(expected), "{place}");
        }
    }
    assert!(checked >= 50, "only {checked} samples were found");
}

/// The skeleton of a resource page holds the names of types: no payload, and the findings say why.
#[test]
fn the_documentations_skeletons_are_told_for_what_they_are() {
    let Some(folder) = shared::part("pages") else {
        return;
    };
    let mut checked = 0;
    for page in pages(folder) {
        let markdown = fs::read_to_string(&page).expect("a page");
        let samples = derive::samples(&markdown).into_iter();
        for sample in samples.filter(|one| one.kind == derive::SampleKind::Representation) {
            checked += 1;
            for found in lint(sample.text) {
                let words = format!("{} {}", found.message, found.help.unwrap_or_default());
                assert!(
                    words.contains("the name of a type in the place of a value"),
                    "{}: {words}",
                    page.display()
                );
            }
        }
    }
    assert!(checked >= 5, "only {checked} skeletons were found");
}
