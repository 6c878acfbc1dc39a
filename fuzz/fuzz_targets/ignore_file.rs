//! Ignore files: what the limits let through, the library that obeys them can bear.
#![no_main]

use autopilot_lint::policy::glob_excess;
use ignore::gitignore::GitignoreBuilder;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if text.lines().any(|line| glob_excess(line.as_bytes()).is_some()) {
        return;
    }
    let mut builder = GitignoreBuilder::new("/r");
    for line in text.lines() {
        // A line that is no pattern is passed over.
        let _ = builder.add_line(None, line);
    }
    if let Ok(ignored) = builder.build() {
        for path in ["a.json", "old/a.json", "{a,b}/[c].json"] {
            let _ = ignored.matched_path_or_any_parents(path, false);
        }
    }
});
