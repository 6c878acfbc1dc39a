//! Holds what documents, workflows and templates say of the project's home and version to
//! Cargo.toml, the one place that knows them. `UPDATE_EXPECT=1` writes them into all of these files.
//!
//! Before a home is known, they name one that cannot exist: nothing pretends to be published.

use std::fs;
use std::path::{Path, PathBuf};

use regex_lite::{Captures, Regex};

use crate::support::golden;

/// Under a domain that is reserved for examples.
const NO_HOME: &str = "https://git.example.com/OWNER/autopilot-lint";

/// Places that have a name for us, whoever we are.
const REGISTRIES: [&str; 4] = ["crates.io", "docs.rs", "pypi.org", "www.npmjs.com"];

/// Where nothing is said to readers, or what is said belongs to another time or to a test.
const APART: [&str; 8] = [
    ".git",
    "CHANGELOG.md",
    "benches",
    "fixtures",
    "fuzz",
    "node_modules",
    "target",
    "tests",
];

fn home() -> &'static str {
    let home = env!("CARGO_PKG_REPOSITORY").trim_end_matches('/');
    let home = home.strip_suffix(".git").unwrap_or(home);
    if home.is_empty() { NO_HOME } else { home }
}

/// The home without its host, as `uses:` has it.
fn path_of(home: &str) -> &str {
    let (_, path) = home
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .expect("a host and a path");
    path
}

/// A text with the home and the version in it that are given.
fn rewritten(text: &str, home: &str, version: &str) -> String {
    let pattern = |pattern| Regex::new(pattern).expect("a pattern");
    let address = pattern(r"https://([A-Za-z0-9.-]+)(?:/[A-Za-z0-9._~-]+)*?/autopilot-lint\b");
    let text = address.replace_all(text, |found: &Captures<'_>| {
        let is_registry = REGISTRIES.contains(&&found[1]);
        if is_registry { &found[0] } else { home }.to_owned()
    });
    // In a workflow, a pipeline's resources, a component, and a registry of images.
    let path = pattern(
        r"(uses: |name: |\$CI_SERVER_FQDN/|\$CI_SERVER_HOST/|ghcr\.io/)(?:[A-Za-z0-9._-]+/)+autopilot-lint\b",
    );
    let to_path = |found: &Captures<'_>| format!("{}{}", &found[1], path_of(home));
    let text = path.replace_all(&text, to_path);
    // Behind our name and, in a configuration of pre-commit, in the line below our address.
    let pin = pattern(
        r"(autopilot-lint(?:/[a-z-]+)?(?:@v?|==|:)|autopilot-lint(?:-pre-commit)?\n +rev: v)[0-9]+\.[0-9]+\.[0-9]+",
    );
    let to_version = |found: &Captures<'_>| format!("{}{version}", &found[1]);
    pin.replace_all(&text, to_version).into_owned()
}

/// Files that people read or copy from, from the root of the project.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join(folder)).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        let path = folder.join(&name);
        if APART.iter().any(|apart| name == *apart) {
            continue;
        }
        if entry.file_type().expect("a type").is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| {
            ["md", "yaml", "yml"]
                .iter()
                .any(|known| extension == *known)
        }) {
            found.push(path);
        }
    }
}

#[test]
fn the_home_and_the_version_are_those_of_the_package() {
    let mut found = Vec::new();
    files(Path::new(""), &mut found);
    let mut said = 0;
    for path in found {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path));
        let text = text.expect("readable");
        let today = rewritten(&text, home(), env!("CARGO_PKG_VERSION"));
        said += text.matches(home()).count();
        golden::hold(&path, &today);
    }
    assert!(golden::updating() || said > 0, "no file names the home");
}

#[test]
fn another_home_and_version_get_everywhere() {
    let old = "\
repos:
  - repo: https://git.example.com/OWNER/autopilot-lint-pre-commit
    rev: v0.1.0
  - repo: https://example.com/other
    rev: v0.1.0
cargo install --git https://git.example.com/autopilot-lint.git
  - uses: OWNER/autopilot-lint@v0.1.0
  - uses: actions/checkout@v4.2.0
  - component: $CI_SERVER_FQDN/OWNER/autopilot-lint/check@0.1.0
pip install autopilot-lint==0.1.0
docker run ghcr.io/owner/autopilot-lint:0.1.0
https://pypi.org/project/autopilot-lint/
";
    let new = "\
repos:
  - repo: https://code.example.org/a/b/autopilot-lint-pre-commit
    rev: v2.3.4
  - repo: https://example.com/other
    rev: v0.1.0
cargo install --git https://code.example.org/a/b/autopilot-lint.git
  - uses: a/b/autopilot-lint@v2.3.4
  - uses: actions/checkout@v4.2.0
  - component: $CI_SERVER_FQDN/a/b/autopilot-lint/check@2.3.4
pip install autopilot-lint==2.3.4
docker run ghcr.io/a/b/autopilot-lint:2.3.4
https://pypi.org/project/autopilot-lint/
";
    let home = "https://code.example.org/a/b/autopilot-lint";
    assert_eq!(rewritten(old, home, "2.3.4"), new);
    assert_eq!(rewritten(new, home, "2.3.4"), new);
}
