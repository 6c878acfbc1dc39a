//! Every documentation page at hand derives as its checked-in expectation says.

mod derive_support;

use std::fmt::Write as _;

use autopilot_lint::derive::{self, DeriveError, Derived, Options};
use autopilot_lint::model::{Enumeration, Member, Model, TypeRef};
use derive_support::{Pages, expect};

/// An enumeration on one line, the numbers where they are known.
fn enumeration(of: &Enumeration) -> String {
    let members: Vec<String> = of
        .members
        .iter()
        .map(|member| match member.value {
            Some(value) => format!("{}={value}", member.name),
            None => member.name.clone(),
        })
        .collect();
    format!("  enum {}: {}\n", of.name, members.join(" "))
}

fn member(model: &Model, of: &Member) -> String {
    let name = match of.type_ref {
        TypeRef::Edm(edm) => edm.name(),
        TypeRef::Enumeration(at) => &model.enumerations[at].name,
        TypeRef::Structured(at) => &model.types[at].name,
    };
    let array = if of.collection { "[]" } else { "" };
    let arrow = if of.navigation { " ->" } else { ":" };
    format!("    {}{arrow} {name}{array}\n", of.name)
}

fn outcome(result: &Result<Derived, DeriveError>) -> String {
    let derived = match result {
        Ok(derived) => derived,
        Err(error) => return format!("  refused {error}\n"),
    };
    let model = &derived.model;
    let mut text = String::new();
    for of in &model.types {
        let base = of.base.as_ref().map_or(String::new(), |base| format!(" : {base}"));
        let open = if of.open { " open" } else { "" };
        let _ = writeln!(text, "  type {}{base}{open}", of.name);
        text.extend(of.members.iter().map(|one| member(model, one)));
    }
    text.extend(model.enumerations.iter().map(enumeration));
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
            let load = |key: &str| pages.load(&corpus, key);
            let result = derive::derive(&page, &load, &Options::default());
            let _ = write!(text, "{page}\n{}\n", outcome(&result));
        }
        expect(&format!("{corpus}.txt"), &text);
    }
}
