//! Holds what the documentation site is made of to what it is made from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).expect("a readable file")
}

/// The versions of each package in a lock file.
fn locked(path: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = read(path);
    let lock: toml::Table = text.parse().expect("TOML");
    let mut versions: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for package in lock["package"].as_array().expect("packages") {
        let text = |name: &str| package[name].as_str().expect("a text").to_owned();
        versions
            .entry(text("name"))
            .or_default()
            .insert(text("version"));
    }
    versions
}

#[test]
fn the_linter_in_the_browser_has_the_dependencies_of_the_program() {
    let program = locked("Cargo.lock");
    let browser = locked("site/try/Cargo.lock");
    // Those that only a browser needs stand for none.
    let shared = browser
        .iter()
        .filter(|(name, _)| program.contains_key(*name));
    let mut compared = 0;
    for (name, versions) in shared {
        let known = &program[name];
        assert!(
            versions.is_subset(known),
            "{name}: {versions:?} in site/try/Cargo.lock, {known:?} in Cargo.lock"
        );
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
}

/// `site/check.mjs` tries to connect in a browser; this holds the same where there is none.
#[test]
fn the_page_of_the_linter_may_connect_to_nothing() {
    let page = read("site/try/try.html");
    let (_, policy) = page
        .split_once("Content-Security-Policy\" content=\"")
        .expect("a policy");
    let (policy, _) = policy.split_once('"').expect("its end");
    let directives: Vec<_> = policy.split("; ").collect();
    assert_eq!(directives[0], "default-src 'none'");
    for directive in &directives[1..] {
        let (name, sources) = directive.split_once(' ').expect("sources");
        let own = match name {
            "script-src" => sources == "'self' 'wasm-unsafe-eval'",
            "style-src" => sources == "'self'",
            "base-uri" | "form-action" => sources == "'none'",
            _ => false,
        };
        assert!(own, "{directive}");
    }
    assert!(directives.contains(&"form-action 'none'"));
    // It stands before all that it is to hold for.
    let first_load = ["<link", "<script"]
        .iter()
        .filter_map(|tag| page.find(tag))
        .min();
    assert!(page.find("Content-Security-Policy") < first_load);
}
