//! Holds what the documentation site is made of to what it is made from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The versions of each package in a lock file.
fn locked(path: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(path).expect("a lock file");
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
