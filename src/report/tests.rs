//! Every format over the same reports: the text it prints, and that no text of a payload gets out.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::report::samples::{self, print};

/// Set to write the golden files anew instead of comparing with them.
const BLESS: &str = "AUTOPILOT_LINT_BLESS";

fn golden(name: &str, printed: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("src/report/golden")
        .join(name);
    if std::env::var_os(BLESS).is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, printed).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        printed == expected,
        "{name} differs; {BLESS}=1 writes it anew:\n{printed}"
    );
}

#[test]
fn golden_files() {
    for format in FORMATS {
        let printed = print(format.name, &samples::report(), &RenderOptions::default());
        golden(&format!("{}.txt", format.name), &printed);
    }
}

#[test]
fn golden_files_of_full_with_other_options() {
    let ascii = RenderOptions {
        unicode: false,
        width: 60,
        ..RenderOptions::default()
    };
    golden(
        "full-ascii-60.txt",
        &print("full", &samples::report(), &ascii),
    );
    let color = RenderOptions {
        color: true,
        hyperlinks: true,
        ..RenderOptions::default()
    };
    golden("full-color.txt", &print("full", &samples::report(), &color));
    golden(
        "full-hostile.txt",
        &print("full", &samples::hostile(), &RenderOptions::default()),
    );
}

#[test]
fn full_fits_its_width() {
    for width in [60, 80, 120] {
        let options = RenderOptions {
            width,
            ..RenderOptions::default()
        };
        let printed = print("full", &samples::report(), &options);
        let body = printed.trim_end().rsplit_once('\n').unwrap().0;
        for line in body.lines() {
            assert!(
                textwrap::core::display_width(line) <= width,
                "{width}: {line}"
            );
        }
    }
}

#[test]
fn fingerprints_are_unique_and_do_not_hang_on_places() {
    let report = samples::report();
    let mut all = Vec::new();
    for file in &report.files {
        let mut fingerprints = Fingerprints::new(&file.path);
        // Twice over: the second time each is one more of the same.
        for located in file.diagnostics.iter().chain(&file.diagnostics) {
            all.push(fingerprints.next(&located.diagnostic));
        }
    }
    let unique: std::collections::HashSet<&String> = all.iter().collect();
    assert_eq!(unique.len(), all.len());
    let mut moved = report.files[1].diagnostics[0].diagnostic.clone();
    moved.span = crate::json::Span::new(0, 0);
    moved.message = String::new();
    assert_eq!(
        Fingerprints::new("./fixtures/event.json").next(&moved),
        all[0]
    );
    assert_eq!(all[0], "28e96315201df17f73dde3c20dcaa368");
}

#[test]
fn the_summary_counts_what_is_not_shown() {
    let summary = samples::report().summary();
    assert_eq!(
        summary.found,
        Counts {
            errors: 7,
            warnings: 4,
            infos: 2
        }
    );
    assert_eq!(
        (summary.not_shown, summary.unreadable, summary.payloads),
        (3, 1, 7)
    );
    let one = Counts {
        errors: 1,
        ..Counts::default()
    };
    let table = [
        (Summary::default(), "No findings in 0 files (0 payloads)."),
        (
            Summary {
                files: 1,
                payloads: 1,
                found: one,
                ..Summary::default()
            },
            "Found 1 error in 1 file (1 payload).",
        ),
    ];
    for (summary, expected) in table {
        assert_eq!(full::conclusion(&summary), expected);
    }
}

#[test]
fn full_takes_any_span_at_any_width() {
    let text = format!(
        "{{\t\"日本\": \"{}\",\r\n\"b\u{202e}\": 1}}\n",
        "é\u{1F600}x".repeat(80)
    );
    let index = crate::source::LineIndex::new(&text);
    let template = samples::report().files[1].diagnostics[1].diagnostic.clone();
    for start in (0..text.len() + 3).step_by(7) {
        for length in [0, 1, 5, 30, 2000] {
            let mut diagnostic = template.clone();
            diagnostic.span = crate::json::Span::new(start, start + length);
            diagnostic.labels[0].span = crate::json::Span::new(start / 2, start / 2 + length);
            let located = crate::source::locate(diagnostic, &index, true);
            let file = FileReport {
                path: "a".to_owned(),
                diagnostics: vec![located],
                ..FileReport::default()
            };
            let report = Report {
                files: vec![file],
                ..Report::default()
            };
            for width in [0, 80, 500] {
                let printed = print(
                    "full",
                    &report,
                    &RenderOptions {
                        width,
                        ..RenderOptions::default()
                    },
                );
                assert!(
                    printed.contains("╭─[a:") && printed.contains("starts here"),
                    "{start} {length}: {printed}"
                );
            }
        }
    }
}
