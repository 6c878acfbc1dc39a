//! The material beside the project, which a checkout alone does not have.

use std::io::{self, Write};
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::thread;

/// Set where a test without its material fails rather than being skipped.
const REQUIRE: &str = "AUTOPILOT_LINT_REQUIRE_SHARED";

/// A file or folder of it. `None` where there is no material at all, which the running test says on
/// standard error.
///
/// # Panics
/// Where this part is missing from the material, or the material is required.
#[track_caller]
pub(crate) fn part(name: &str) -> Option<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let part = root.join(name);
    if part.exists() {
        return Some(part);
    }
    let required = root.exists() || std::env::var_os(REQUIRE).is_some();
    assert!(!required, "{} is missing", part.display());
    // Past what catches the output of tests that pass: nobody should take this one for a pass.
    let _ = writeln!(io::stderr(), "skipped: {} needs ../shared/{name}", test());
    None
}

/// The running test; by its place in the source where it has no thread of its own.
#[track_caller]
fn test() -> String {
    match thread::current().name() {
        Some(name) if name != "main" => name.to_owned(),
        _ => Location::caller().to_string(),
    }
}
