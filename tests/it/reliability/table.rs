//! The table of threats: each has a test, and each test that it names is there.

use std::fs;
use std::path::Path;

/// How many threats there are.
const THREATS: usize = 51;

/// The cells of the rows that begin with a threat.
fn rows(page: &str) -> Vec<(usize, Vec<&str>)> {
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<_> = line.strip_prefix("| T")?.split(" | ").collect();
        Some((cells[0].parse().ok()?, cells))
    });
    rows.collect()
}

/// The texts in backticks.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_threat_has_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/reliability.md")).expect("the page");
    let rows = rows(&page);
    let numbers: Vec<_> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=THREATS).collect::<Vec<_>>());
    for (number, cells) in rows {
        let [_, threat, defence, tests, removed] = cells.as_slice() else {
            panic!("T{number}: {} cells", cells.len());
        };
        assert!(
            !threat.is_empty() && !removed.trim_end_matches(" |").is_empty(),
            "T{number}"
        );
        for file in code(defence).filter(|code| code.contains(".rs")) {
            assert!(root.join(file).is_file(), "T{number}: {file}");
        }
        let mut named = 0;
        for test in code(tests) {
            let (file, name) = test.split_once(' ').expect("a file and a test");
            let text = fs::read_to_string(root.join(file)).unwrap_or_default();
            let place = text.find(&format!("fn {name}()"));
            let attribute = place.and_then(|at| text[..at].trim_end().lines().last());
            assert!(
                attribute.is_some_and(|line| line.contains("#[test]")),
                "T{number}: {test}"
            );
            named += 1;
        }
        assert!(named > 0, "T{number}");
    }
}
