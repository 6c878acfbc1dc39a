//! Texts that are kept in the repository and compared with what the tool gives today.
//!
//! Owns the one variable that writes them all again. Knows nothing of what is in them: the library's
//! own tests compile this file too.

#![allow(dead_code, reason = "each crate that compiles it uses its own part")]

use std::fs;
use std::path::Path;

/// Set to write again what is kept, instead of comparing with it.
const UPDATE: &str = "UPDATE_EXPECT";

/// Whether what is kept is written again.
pub(crate) fn updating() -> bool {
    std::env::var_os(UPDATE).is_some_and(|value| !value.is_empty())
}

/// Compares the file at `path`, counted from the root of the project, with what it should be today;
/// writes it instead where [`updating`].
pub(crate) fn hold(path: impl AsRef<Path>, today: &str) {
    hold_or_write(path.as_ref(), today);
}

/// The same for source that is compiled in. Fails also where it was just written, as what else is
/// kept may follow from it.
pub(crate) fn hold_source(path: impl AsRef<Path>, today: &str) {
    let path = path.as_ref();
    let written = hold_or_write(path, today);
    assert!(
        !written,
        "{} is written: run this again, to compile it in",
        path.display()
    );
}

/// Whether it was written.
fn hold_or_write(path: &Path, today: &str) -> bool {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let kept = fs::read_to_string(&whole).unwrap_or_default();
    if kept == today {
        return false;
    }
    if updating() {
        let folder = whole.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a folder that can be made");
        fs::write(&whole, today).expect("a file that can be written");
        return true;
    }
    let path = path
        .strip_prefix(env!("CARGO_MANIFEST_DIR"))
        .unwrap_or(path);
    let path = path.display();
    let (line, kept, today) = difference(&kept, today);
    panic!(
        "{path}:{line} is out of date; {UPDATE}=1 cargo test writes it again\n  kept:  {kept:?}\n  \
         today: {today:?}"
    );
}

/// Fails for a file that is kept and should be no more; removes it instead where [`updating`].
pub(crate) fn remove(path: &Path) {
    assert!(
        updating(),
        "{} is left over; {UPDATE}=1 cargo test removes it",
        path.display()
    );
    fs::remove_file(path).expect("a file that can be removed");
}

/// The first line in which two texts differ, counted from 1, in both of them.
fn difference<'a>(kept: &'a str, today: &'a str) -> (usize, &'a str, &'a str) {
    let end = "(the end)";
    let mut kept = kept.split_inclusive('\n').chain([end]);
    let mut today = today.split_inclusive('\n').chain([end]);
    let mut line = 1;
    loop {
        match (kept.next().unwrap_or(end), today.next().unwrap_or(end)) {
            (kept, today) if kept == today => line += 1,
            (kept, today) => return (line, kept, today),
        }
    }
}
