//! The material beside the project, which a checkout alone does not have.

use std::path::{Path, PathBuf};

/// A folder of it; `None`, with a word on standard error, where it is absent and not required.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let folder = root.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    let required = std::env::var_os("AUTOPILOT_LINT_REQUIRE_SHARED").is_some();
    assert!(!required, "{} is not there", folder.display());
    eprintln!("skipped: {} is not there", folder.display());
    None
}
