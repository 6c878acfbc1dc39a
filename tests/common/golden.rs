//! Texts that are kept in the repository and compared with what the tool gives today.

use std::fs;
use std::path::Path;

/// Compares the file at `path` with `actual`; writes it instead where the environment has the
/// variable `update`.
pub(crate) fn hold(path: &Path, actual: &str, update: &str) {
    if std::env::var_os(update).is_some() {
        return fs::write(path, actual).expect("a writable file");
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    if kept == actual {
        return;
    }
    let (mut kept_lines, mut actual_lines) = (kept.lines(), actual.lines());
    let mut line = 1;
    let (kept, actual) = loop {
        match (kept_lines.next(), actual_lines.next()) {
            (Some(kept), Some(actual)) if kept == actual => line += 1,
            differing => break differing,
        }
    };
    let end = "(the end)";
    panic!(
        "{}:{line}: not what the tool gives; {update}=1 writes it again\n  kept:  {}\n  today: {}",
        path.display(),
        kept.unwrap_or(end),
        actual.unwrap_or(end)
    );
}
