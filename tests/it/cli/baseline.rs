//! Known findings: adopting the tool on old files, and what is new or stale afterwards.

use std::collections::BTreeSet;

use crate::library::{Baseline, Mode, Scratch};
use crate::support::document::{Document, Wrap};
use crate::support::event::Maker;
use crate::support::faults::{self, Make, Subject};
use crate::support::folder::{Folder, found};
use crate::support::json::{Json, Layout};
use crate::support::random::Random;
use crate::support::{binary, linter};

const ZERO: &str = "warning[zero-guid]";
const UNKNOWN: &str = "error[unknown-member]";

/// An event with a finding of zero-guid.
const FAULTY: &str = r#"{"deviceId": "00000000-0000-0000-0000-000000000000"}"#;

/// Documents with up to three faults an event and, if asked for, one around them.
fn faulty_documents(count: usize, around: bool) -> Vec<(String, Document)> {
    let mut faults = faults::all();
    faults.retain(|fault| fault.mode == Mode::Any && !matches!(fault.make, Make::Text(_)));
    let mut maker = Maker::new(29, None, Mode::Any);
    let mut documents = Vec::new();
    while documents.len() < count {
        let mut document = Document::any(&mut maker, 4);
        for event in 0..document.events.len() {
            for _ in 0..=maker.random.below(3) {
                let members = &mut document.events[event];
                if let Make::Event(make) = maker.random.pick(&faults).make {
                    make(&mut Subject {
                        maker: &mut maker,
                        members,
                    });
                }
            }
        }
        if let Make::Document(make) = maker.random.pick(&faults).make
            && around
        {
            make(&mut document, &mut maker.random);
        }
        let name = format!("old/{}/{}.json", documents.len() % 9, documents.len());
        documents.push((name, document));
    }
    documents
}

/// The same with other blanks and escapes, and its members in another order.
fn laid_out_anew(document: &Document, random: &mut Random) -> String {
    let mut anew = document.clone();
    anew.layout = Layout::any(random);
    anew.layout.byte_order_mark = document.layout.byte_order_mark;
    random.shuffle(&mut anew.envelope);
    for event in &mut anew.events {
        random.shuffle(event);
    }
    anew.write(random)
}

#[test]
fn a_folder_of_faulty_files_is_adopted() {
    const FILES: usize = 500;
    let folder = Folder::repository(&[]);
    let mut random = Random::new(31);
    let documents = faulty_documents(FILES, true);
    for (name, document) in &documents {
        folder.write(name, &document.write(&mut random));
    }
    let (found, run) = folder.check("old");
    assert!(
        found.len() > FILES && run.status == Some(1),
        "{}",
        found.len()
    );

    let (silent, run) = folder.check("old --write-baseline known.json");
    assert_eq!((silent.len(), run.status), (0, Some(0)), "{}", run.stderr);
    let wrote = format!("wrote known.json: {} known findings\n", found.len());
    assert!(run.stderr.contains(&wrote), "{}", run.stderr);

    let (silent, run) = folder.check("old --baseline known.json --fail-level info");
    assert_eq!((silent.len(), run.status), (0, Some(0)), "{silent:?}");
    let said = format!(
        "; {} findings in baseline known.json; fail level info\n",
        found.len()
    );
    assert!(run.stderr.ends_with(&said), "{}", run.stderr);

    folder.write("old/new.json", r#"{"targetedAppCount": -1}"#);
    let (new, run) = folder.check("old --baseline known.json");
    assert_eq!(new, ["error[negative-count]"]);
    assert_eq!(run.status, Some(1));
    folder.remove("old/new.json");

    for (name, document) in &documents {
        folder.write(name, &laid_out_anew(document, &mut random));
    }
    let (new, run) = folder.check("old --baseline known.json --fail-level info");
    assert_eq!((new.len(), run.status), (0, Some(0)), "{}", run.stdout);
    assert!(!run.stderr.contains("no longer reported"), "{}", run.stderr);
}

/// An event in front of the others moves all their pointers, an equal finding all their ordinals.
#[test]
fn what_is_inserted_above_changes_nothing_below() {
    let folder = Folder::repository(&[]);
    let mut random = Random::new(37);
    let mut maker = Maker::new(41, None, Mode::Any);
    let mut documents = faulty_documents(60, false);
    documents.retain(|(_, document)| matches!(document.wrap, Wrap::Array | Wrap::Collection));
    assert!(documents.len() > 10);
    for (name, document) in &documents {
        folder.write(name, &document.write(&mut random));
    }
    folder.check("old --write-baseline known.json");
    for (name, document) in &mut documents {
        document.envelope.retain(|(name, _)| name != "@odata.count");
        document.events.insert(0, maker.event());
        folder.write(name, &document.write(&mut random));
    }
    folder.check("old --write-baseline without-counts.json");
    for (name, document) in &mut documents {
        let mut event = maker.event();
        event.push(("dviceId".to_owned(), Json::null()));
        document.events.insert(0, event);
        folder.write(name, &document.write(&mut random));
    }
    let (new, _) = folder.check("old --baseline without-counts.json");
    assert_eq!(new, vec![UNKNOWN; documents.len()]);
}

#[test]
fn one_more_of_equal_findings_is_one_new_finding() {
    let folder = Folder::repository(&[("a.json", &format!("[{FAULTY}, {FAULTY}]"))]);
    folder.check("--write-baseline known.json .");
    let with = |events: &[&str]| {
        folder.write("a.json", &format!("[{}]", events.join(",\n")));
        folder.check("--baseline known.json a.json").0
    };
    let clean = r#"{"targetedAppCount": 1}"#;
    let other = FAULTY.replace("deviceId", "userId");
    assert!(with(&[FAULTY, FAULTY]).is_empty());
    assert_eq!(with(&[FAULTY, FAULTY, FAULTY]), [ZERO]);
    assert!(with(&[clean, FAULTY, clean, FAULTY]).is_empty());
    assert_eq!(with(&[FAULTY, other.as_str()]), [ZERO]);
    assert!(with(&[FAULTY]).is_empty());
}

/// Elements of a member's array have indices in their pointers.
#[test]
fn an_element_above_a_known_one_changes_nothing() {
    let detail = r#"{"complianceStatus": "compliannt"}"#;
    let event = |details: &[&str]| format!(r#"{{"policyStatusDetails": [{}]}}"#, details.join(","));
    let folder = Folder::repository(&[("a.json", &event(&[detail]))]);
    let (found, _) = folder.check(".");
    assert_eq!(found, ["error[unknown-enum-member]"]);
    folder.check("--write-baseline known.json .");
    folder.write("a.json", &event(&[r#"{"displayName": "new"}"#, detail]));
    let (found, run) = folder.check("a.json --baseline known.json");
    assert!(found.is_empty(), "{found:?} {}", run.stderr);
}

#[test]
fn texts_that_are_no_json_can_be_known_too() {
    let folder = Folder::repository(&[
        ("a.json", "{"),
        ("b.jsonl", "{}\n{\n"),
        ("c.json", "{\"a\": '\u{1}'}"),
    ]);
    let (found, _) = folder.check(".");
    assert!(found.len() >= 3, "{found:?}");
    folder.check("--write-baseline known.json .");
    let (found, run) = folder.check("--baseline known.json a.json b.jsonl c.json");
    assert_eq!((found.len(), run.status), (0, Some(0)), "{found:?}");
}

#[test]
fn the_file_is_sorted_with_an_entry_a_line() {
    let folder = Folder::repository(&[
        ("b.json", &format!("[{FAULTY}, {FAULTY}]")),
        (
            "a/c.json",
            r#"{"osVersoin": "10.0.26200.8893", "targetedAppCount": 1,
                "deviceId": "00000000-0000-0000-0000-000000000000"}"#,
        ),
    ]);
    folder.check("--write-baseline known.json .");
    let text = folder.read("known.json");
    let lines: Vec<_> = text.lines().collect();
    let without_identity: Vec<_> = lines[3..6]
        .iter()
        .map(|line| {
            let (before, rest) = line.split_once("\"identity\":\"").expect("an identity");
            format!("{before}{}", &rest[18..])
        })
        .collect();
    assert_eq!(lines[..3], ["{", "\"version\": 2,", "\"findings\": ["]);
    assert_eq!(
        without_identity,
        [
            r#"{"file":"a/c.json","rule":"unknown-member","at":"/‹name, 9 characters›","count":1},"#,
            r#"{"file":"a/c.json","rule":"zero-guid","at":"/deviceId","count":1},"#,
            r#"{"file":"b.json","rule":"zero-guid","at":"/deviceId","count":2}"#,
        ]
    );
    assert_eq!(lines[6..], ["]", "}"]);
    let baseline = Baseline::parse(text.as_bytes()).expect("a baseline");
    assert_eq!(baseline.to_json(), text);
    // The file itself is not checked, wherever it lies and whatever its name is.
    folder.check("--write-baseline known.json .");
    assert_eq!(folder.read("known.json"), text);
}

#[test]
fn files_have_one_name_wherever_the_command_is_run() {
    let folder = Folder::repository(&[("sub/a.json", FAULTY)]);
    folder.check("--write-baseline known.json .");
    let absolute = folder.path().join("sub/a.json");
    for (below, words) in [
        ("", "sub --baseline known.json".to_owned()),
        ("", "./sub/a.json --baseline ./known.json".to_owned()),
        ("sub", "--baseline ../known.json .".to_owned()),
        (
            "sub",
            format!("--baseline ../known.json {}", absolute.display()),
        ),
    ] {
        let run = folder.run_below(below, &format!("check {words}"));
        assert_eq!(run.stdout, "", "{words}");
        assert!(
            run.stderr.contains("1 finding in baseline"),
            "{words}: {}",
            run.stderr
        );
    }
    let words = [
        "check",
        "--baseline",
        "known.json",
        "--stdin-filename",
        "sub/a.json",
        "-",
    ];
    let run = binary::run_with(folder.path(), &words, FAULTY.as_bytes());
    assert_eq!(run.stdout, "", "{}", run.stderr);
    // Without a name it is a file of its own.
    let words = [
        "check",
        "--baseline",
        "known.json",
        "--output-format",
        "concise",
        "-",
    ];
    let run = binary::run_with(folder.path(), &words, FAULTY.as_bytes());
    assert_eq!(found(&run), [ZERO]);
}

#[test]
fn stale_entries_are_named_and_removed_by_writing_anew() {
    let folder = Folder::repository(&[
        ("a.json", &format!("[{FAULTY}, {FAULTY}, {FAULTY}]")),
        ("b.json", FAULTY),
        ("c.json", FAULTY),
    ]);
    folder.check("--write-baseline .known .");
    folder.write("a.json", FAULTY);
    folder.remove("b.json");
    let note = "note: 3 known findings in .known no longer reported; remove them with \
                --write-baseline .known\n  a.json: zero-guid at /deviceId, 2 times\n  b.json: zero-guid at \
                /deviceId\n";
    let (found, run) = folder.check("--baseline .known .");
    assert_eq!((found.len(), run.status), (0, Some(0)));
    assert!(run.stderr.contains(note), "{}", run.stderr);
    let (_, run) = folder.check("--baseline .known --quiet .");
    assert_eq!(run.stderr, "");
    // Of what was not looked for nobody can tell; a file that is gone needs no looking.
    let (_, run) = folder.check("--baseline .known c.json");
    assert!(
        run.stderr.contains("note: 1 known finding in"),
        "{}",
        run.stderr
    );
    let (_, run) = folder.check("--baseline .known a.json --select order");
    assert!(
        run.stderr.contains("note: 1 known finding in"),
        "{}",
        run.stderr
    );

    let (_, run) = folder.check("--write-baseline .known a.json");
    assert!(
        run.stderr
            .contains("wrote .known: 2 known findings; 3 removed\n"),
        "{}",
        run.stderr
    );
    let (found, run) = folder.check("--baseline .known .");
    assert!(
        found.is_empty() && !run.stderr.contains("any more"),
        "{}",
        run.stderr
    );
}

#[test]
fn entries_of_files_that_were_not_checked_to_their_end_are_kept() {
    let long = format!("{}\n{FAULTY}\n", "x".repeat(200));
    let folder = Folder::repository(&[("a.json", &format!("[{FAULTY}]")), ("b.json", FAULTY)]);
    folder.check("--write-baseline .known .");
    let before = folder.read(".known");
    folder.write("a.json", &long);
    let (_, run) = folder.check("--baseline .known --max-file-size 150 .");
    assert_eq!(run.status, Some(2));
    assert!(!run.stderr.contains("any more"), "{}", run.stderr);
    let (_, run) = folder.check("--write-baseline .known --max-file-size 150 .");
    assert_eq!(run.status, Some(2));
    assert_eq!(folder.read(".known"), before);
}

#[test]
fn what_is_ignored_is_not_written() {
    let folder = Folder::repository(&[("a.json", FAULTY), ("b.json", FAULTY)]);
    let ignore = "ignore = [{ rule = 'zero-guid', file = 'a.json', pointer = '/deviceId', \
                  reason = 'a test' }]";
    folder.write("autopilot-lint.toml", ignore);
    let (_, run) = folder.check("--write-baseline known.json .");
    assert!(
        run.stderr
            .contains("; 1 finding ignored; 1 finding in baseline known.json; configured"),
        "{}",
        run.stderr
    );
    assert!(!folder.read("known.json").contains("a.json"));
}

#[test]
fn findings_beyond_the_limit_of_a_file_are_known_too() {
    let folder = Folder::repository(&[("a.json", &format!("[{}]", [FAULTY; 20].join(",")))]);
    folder.check("a.json --write-baseline known.json --max-diagnostics 3");
    assert!(folder.read("known.json").contains("\"count\":20"));
    folder.write("a.json", &format!("[{}]", [FAULTY; 22].join(",")));
    let (found, run) = folder.check("a.json --baseline known.json --max-diagnostics 3");
    assert_eq!(found, [ZERO, ZERO]);
    assert!(!run.stderr.contains("not shown"), "{}", run.stderr);
}

#[test]
fn a_configuration_can_name_the_baseline() {
    let folder = Folder::repository(&[("sub/a.json", FAULTY)]);
    folder.check("sub --write-baseline sub/known.json");
    folder.write("autopilot-lint.toml", "baseline = 'sub/known.json'\n");
    let (found, run) = folder.check("sub/a.json");
    assert!(found.is_empty(), "{found:?}");
    let said = "1 finding in baseline sub/known.json; configured by autopilot-lint.toml\n";
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
    let (found, _) = folder.check("sub/a.json --no-config");
    assert_eq!(found, [ZERO]);
    // What the command line names comes before it.
    folder.check("sub/a.json --write-baseline other.json --ignore all");
    let (found, _) = folder.check("sub/a.json --baseline other.json");
    assert_eq!(found, [ZERO]);
}

#[test]
fn a_file_that_is_no_baseline_ends_the_run_and_is_left_alone() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    let entry = r#"{"file":"a","rule":"b","at":"","identity":"0000000000000000","count":1}"#;
    let document = |entry: &str| format!("{{\"version\": 2, \"findings\": [\n{entry}\n]}}");
    folder.write("known.bad", &document(entry));
    assert_eq!(folder.check("--baseline known.bad .").1.status, Some(0));
    for (text, expected) in [
        (
            String::new(),
            "not a baseline: the text ends too early, at line 1, column 0",
        ),
        (
            "[]".to_owned(),
            "not a baseline: not an entry as this program writes them, at line 1",
        ),
        (
            "<<<<<<< HEAD".to_owned(),
            "not a baseline: not JSON, at line 1, column 1",
        ),
        (
            document(&entry.replace("count", "cuont")),
            "not a baseline: not an entry as this program writes them, at line 2, column 68",
        ),
        (
            document(&entry.replace(":1}", ":0}")),
            "not a baseline: not an entry as this program writes them, at line 2",
        ),
        (
            document(&entry.replace("00\"", "0g\"")),
            "not a baseline: not an entry as this program writes them, at line 2",
        ),
        (
            document(&entry.replace("00\"", "0\"")),
            "not a baseline: not an entry",
        ),
        (
            document(entry).replace("\"version\": 2", "\"version\": 3"),
            "a baseline of version 3; this program reads version 2",
        ),
    ] {
        folder.write("known.bad", &text);
        for option in ["--baseline", "--write-baseline"] {
            let (found, run) = folder.check(&format!("{option} known.bad"));
            assert_eq!((found.len(), run.status), (0, Some(2)), "{text}");
            let expected = format!("error: known.bad: {expected}");
            assert!(run.stderr.starts_with(&expected), "{text}: {}", run.stderr);
            assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        }
        assert_eq!(folder.read("known.bad"), text);
    }
    let (_, run) = folder.check("--baseline missing .");
    assert_eq!(run.stderr, "error: missing: No such file or directory\n");
    assert_eq!(run.status, Some(2));
    let (_, run) = folder.check("--write-baseline missing/known .");
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.contains("error: missing/known: No such file"),
        "{}",
        run.stderr
    );
    let (_, run) = folder.check("--baseline a --write-baseline b .");
    assert_eq!(run.status, Some(2));
}

#[test]
fn an_older_baseline_is_refused_with_the_command_that_writes_it_anew() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    let entry =
        r#"{"file":"a.json","rule":"zero-guid","at":"","identity":"00000000000000ff","count":1}"#;
    for version in ["\"version\": 1, ", ""] {
        let old = format!("{{{version}\"findings\": [\n{entry}\n]}}");
        folder.write("known.old", &old);
        let (found, run) = folder.check("--baseline known.old .");
        assert_eq!((found.len(), run.status), (0, Some(2)));
        let expected = "error: known.old: written by an older version, which told findings apart in \
                        another way; write it anew: autopilot-lint check --write-baseline known.old\n";
        assert_eq!(run.stderr, expected);
        assert_eq!(folder.read("known.old"), old);
        let (_, run) = folder.check("--write-baseline known.old .");
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        let (found, run) = folder.check("--baseline known.old .");
        assert_eq!((found.len(), run.status), (0, Some(0)), "{}", run.stderr);
    }
}

/// What is known, and what is found in its place later.
#[test]
fn a_known_finding_hides_no_other() {
    let event = |members: &str| format!(r#"{{"deploymentState": "success", {members}}}"#);
    for (known, later) in [
        // Another fault of the same construct, another construct, other content.
        (r#""a": 1,"#, r#""a": 1, "b": 2,"#),
        (r#""a": 1,"#, r#""a": 1 // x"#),
        (r#""a": 1, // x"#, r#""a": 1, // xy"#),
        (r#""targetedAppCount": 03"#, r#""targetedAppCount": 3."#),
        (
            r#""targetedAppCount": 3, "osVersion": '1'"#,
            r#""targetedAppCount": -3, "osVersion": '1'"#,
        ),
        (
            r#""osVersion": "\ud800""#,
            r#""managedDeviceName": "\ud800""#,
        ),
        (r#""osVersion": "\ud800""#, r#""osVersion": "\ud801""#),
        (
            r#""deploymentDuration": {"Ticks": 1, "Days": 0}"#,
            r#""deploymentDuration": {"Ticks": 2, "Days": 0}"#,
        ),
        (r#""targetedAppCount": [1]"#, r#""targetedAppCount": [2]"#),
        (r#""targetedAppCount": {}"#, r#""targetedAppCount": []"#),
        (
            r#""enrollmentState": "Faild""#,
            r#""enrollmentState": "Blokd""#,
        ),
        (r#""region": 1"#, r#""reason": 1"#),
        (r#""a": {"x": 1, "x": 2}"#, r#""a": {"y": 1, "y": 2}"#),
    ] {
        let folder = Folder::repository(&[("a.json", &event(known))]);
        let (found, _) = folder.check("a.json");
        assert!(!found.is_empty(), "{known}");
        folder.check("a.json --write-baseline known.json");
        let (found, _) = folder.check("a.json --baseline known.json --fail-level info");
        assert!(found.is_empty(), "{found:?}");
        let laid_out = event(known)
            .replace(", ", ",\n  ")
            .replace("// x", "// x\n");
        folder.write("a.json", &laid_out);
        let (found, _) = folder.check("a.json --baseline known.json --fail-level info");
        assert!(found.is_empty(), "{laid_out}: {found:?}");
        folder.write("a.json", &event(later));
        let (found, run) = folder.check("a.json --baseline known.json --fail-level info");
        assert!(!found.is_empty() && run.status == Some(1), "{later}");
    }
}

#[test]
fn no_fingerprint_tells_one_serial_number_from_another() {
    let linter = linter(None, Mode::Any, &[]);
    let mut scratch = Scratch::default();
    let mut random = Random::new(43);
    let mut identities = |serial: &str| {
        let text = format!(
            r#"{{"deploymentState": "{serial}", "deviceSerialNumber": "{serial} ", "{serial}": 1,
                "deviceId": "{serial}", "eventDateTime": "{serial}", "osVersion": ["{serial}"],
                "userPrincipalName": "{serial}", "targetedAppCount": {{"{serial}": "{serial}"}}}}"#
        );
        let found = linter.check(text.as_bytes(), &mut scratch).diagnostics;
        let broken = format!("{{{text}");
        let broken = linter.check(broken.as_bytes(), &mut scratch).diagnostics;
        let all = found.iter().chain(&broken);
        all.map(|one| (one.rule.name, one.identity))
            .collect::<Vec<_>>()
    };
    let expected = identities("5CG1234XYZ");
    assert!(expected.len() > 7, "{expected:?}");
    for _ in 0..2_000 {
        let serial = format!(
            "5CG{:04}XY{}",
            random.below(10_000),
            random.pick(&['A', 'B', 'Q'])
        );
        assert_eq!(identities(&serial), expected, "{serial}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_look_the_same_are_two_files() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::repository(&[("in/a\\xff.json", FAULTY)]);
    folder.check("--write-baseline known.json in");
    let name = std::ffi::OsStr::from_bytes(b"a\xff.json");
    std::fs::write(folder.path().join("in").join(name), FAULTY).expect("written");
    let (found, _) = folder.check("in");
    let (new, _) = folder.check("--baseline known.json in");
    assert_eq!((found.len(), new.len()), (2, 1), "{found:?}");
    let run = folder.run("check in --output-format json");
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["diagnostics"].as_array().expect("a list");
    let fingerprints: BTreeSet<_> = findings
        .iter()
        .map(|one| one["fingerprint"].as_str())
        .collect();
    assert_eq!(fingerprints.len(), findings.len());
    // A run without the file keeps what is known of it.
    folder.check("--write-baseline known.json in");
    folder.write("in/b.json", FAULTY);
    folder.check("in/b.json --write-baseline known.json");
    let (new, _) = folder.check("--baseline known.json in");
    assert!(new.is_empty(), "{new:?}");
}

/// Two branches that both add the same finding leave it in the file twice.
#[test]
fn an_entry_that_is_there_twice_counts_once() {
    let entry = |count: usize| {
        format!(
            r#"{{"file":"a","rule":"b","at":"/c","identity":"00000000000000ff","count":{count}}}"#
        )
    };
    let text = format!(
        r#"{{"version": 2, "findings": [{}, {}, {}]}}"#,
        entry(2),
        entry(3),
        entry(1)
    );
    let baseline = Baseline::parse(text.as_bytes()).expect("a baseline");
    assert_eq!(baseline.len(), 3);
    assert_eq!(baseline.to_json().lines().count(), 6);
}

#[cfg(unix)]
#[test]
fn the_file_is_replaced_and_keeps_its_permissions_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    let mode = |name: &str| {
        let metadata = std::fs::metadata(folder.path().join(name)).expect("a file");
        metadata.permissions().mode() & 0o777
    };
    folder.check("--write-baseline known .");
    folder.write("plain", "");
    assert_eq!(mode("known"), mode("plain"));
    std::fs::set_permissions(
        folder.path().join("known"),
        PermissionsExt::from_mode(0o640),
    )
    .expect("set");
    symlink("known", folder.path().join("link")).expect("linked");
    folder.write("b.json", FAULTY);
    folder.check("--write-baseline link .");
    assert!(folder.path().join("link").is_symlink());
    assert!(folder.read("known").contains("b.json"));
    assert_eq!(mode("known"), 0o640);
    let names = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(names, 6, "no temporary file is left");
}
