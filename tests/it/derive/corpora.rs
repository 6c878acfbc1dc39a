//! Every page at hand derives, or is refused, as its checked-in expectation says.

use std::fmt::Write as _;

use super::pages::{Pages, enumeration, expect, member};
use crate::library::SchemaOptions;
use crate::library::derive::{self, DeriveError, Derived, Options};

fn outcome(result: &Result<Derived, DeriveError>) -> String {
    let derived = match result {
        Ok(derived) => derived,
        Err(error) => return format!("  refused {error}\n"),
    };
    let model = &derived.model;
    let mut text = String::new();
    for of in &model.types {
        let base = of
            .base
            .as_ref()
            .map_or(String::new(), |base| format!(" : {base}"));
        let open = if of.open { " open" } else { "" };
        let _ = writeln!(text, "  type {}{base}{open}", of.name);
        for one in &of.members {
            let _ = writeln!(text, "    {}", member(model, one));
        }
    }
    for of in &model.enumerations {
        let _ = writeln!(text, "  {}", enumeration(of));
    }
    for warning in &derived.warnings {
        let _ = writeln!(text, "  warning {warning}");
    }
    for one in &derived.unresolved {
        let _ = writeln!(text, "  unresolved {one}");
    }
    text
}

#[test]
fn every_page_gives_what_is_expected() {
    let Some(pages) = Pages::open() else { return };
    for corpus in pages.corpora() {
        let mut text = String::new();
        for page in pages.of(&corpus) {
            let result = pages.derive(&corpus, &page, Options::default());
            let _ = write!(text, "{page}\n{}\n", outcome(&result));
        }
        expect(&format!("pages/{corpus}.txt"), &text);
    }
}

/// A page that breaks off anywhere gives a model or an error, never a panic.
#[test]
fn pages_that_break_off() {
    let Some(pages) = Pages::open() else { return };
    let corpus = "ru-sxs-2019";
    for page in pages.of(corpus) {
        let whole = pages.load(corpus, &page).expect("a page");
        for part in 1..8 {
            let end = whole.floor_char_boundary(whole.len() * part / 8);
            let load = |key: &str| (key == page).then(|| whole[..end].to_owned());
            if let Ok(derived) = derive::derive(&page, &load, &Options::default()) {
                let _ = derived.to_json_schema(&SchemaOptions::default());
            }
        }
    }
}
