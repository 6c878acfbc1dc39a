//! Which files a run checks: what is named, what folders are searched for, and what says otherwise.

use std::collections::BTreeSet;
use std::fs;

use regex_lite::Regex;
use serde_json::Value;

use crate::support::archive::{gzip, zstandard};
use crate::support::binary::{self, Run};
use crate::support::folder::Folder;
use crate::support::{CLEAN, FAULTY};

/// JSON that has nothing to do with events.
const OTHER: &str = r#"{"name": "site", "version": "1.0.0", "id": 7}"#;

fn report(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// The files with findings, and how many were passed over.
fn outcome(folder: &Folder, words: &str) -> (Vec<String>, u64) {
    let run = folder.run(format!("check --format json {words}").trim_end());
    let report = report(&run);
    let found = report["diagnostics"].as_array().expect("an array");
    let files: BTreeSet<_> = found.iter().map(|found| found["file"].as_str()).collect();
    let files = files.into_iter().flatten().map(str::to_owned).collect();
    let passed_over = &report["summary"]["passed_over"];
    (files, passed_over.as_u64().expect("a number"))
}

/// The files that would be checked.
fn shown(folder: &Folder, words: &str) -> Vec<String> {
    let run = folder.run(format!("check --show-files {words}").trim_end());
    assert_eq!(run.status, Some(0), "{run:?}");
    run.stdout.lines().map(str::to_owned).collect()
}

fn utf_16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// The patterns for files in a text about hooks.
fn patterns(text: &str) -> Vec<Regex> {
    let lines = text.lines().map(str::trim);
    let patterns = lines.filter_map(|line| line.strip_prefix("files: "));
    let patterns = patterns.map(|pattern| Regex::new(pattern).expect(pattern));
    patterns.collect()
}

#[test]
fn hooks_take_the_names_that_folders_are_searched_for() {
    let names = [
        "a.json",
        "A.JSON",
        "a.Jsonl",
        "a.ndjson",
        "a.json.gz",
        "A.JSON.GZ",
        "a.jsonl.zst",
        "a.NDJSON.Zst",
        ".json",
        "a.b.json",
        "a.txt",
        "json",
        "a.json5",
        "a.gz",
        "a.txt.gz",
        "a.json.gz.zst",
        "a.json.bz2",
        "a.json~",
        "a.json.txt",
    ];
    let folder = Folder::repository(&[]);
    for name in names {
        let kept = name.to_ascii_lowercase();
        let bytes = match kept.rsplit('.').next() {
            Some("gz") => gzip(CLEAN),
            Some("zst") => zstandard(CLEAN),
            _ => CLEAN.into(),
        };
        folder.write(&format!("payloads/{name}"), &bytes);
    }
    let searched = shown(&folder, ".");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("a file");
    let patterns = [
        patterns(&read(".pre-commit-hooks.yaml")),
        patterns(&read("docs/start.md")),
        patterns(&read("docs/ci.md")),
    ];
    assert!(patterns[0].len() + patterns[1].len() >= 3);
    for pattern in patterns.iter().flatten() {
        let names = names.map(|name| format!("payloads/{name}"));
        let mut taken: Vec<_> = names
            .into_iter()
            .filter(|name| pattern.is_match(name))
            .collect();
        taken.sort();
        assert_eq!(taken, searched, "{pattern}");
    }
}

#[test]
fn a_hook_and_a_folder_agree_but_for_what_gitignore_names() {
    let folder = Folder::repository(&[
        (".gitignore", "ignored.json\nbuild/\n"),
        (".vscode/settings.json", OTHER),
        (".github/b.json", FAULTY),
        ("package.json", OTHER),
        ("UPPER.JSON", FAULTY),
        ("a/b/c.jsonl", FAULTY),
        ("broken.json", "{"),
        ("clean.json", CLEAN),
        ("x/y/skip.json", FAULTY),
        ("ignored.json", FAULTY),
        ("build/d.json", FAULTY),
    ]);
    folder.write("e.json.GZ", &gzip(FAULTY));
    let ignored = ["build/d.json", "ignored.json"];
    let tracked = [
        ".github/b.json",
        ".vscode/settings.json",
        "UPPER.JSON",
        "a/b/c.jsonl",
        "broken.json",
        "build/d.json",
        "clean.json",
        "e.json.GZ",
        "ignored.json",
        "package.json",
        "x/y/skip.json",
    ];
    for config in [
        "",
        "exclude = ['.vscode/', 'x/**/skip.json']",
        "include = ['a/', 'UPPER.JSON', 'e.json.GZ', 'ignored.json', 'x/', 'package.json']\n\
         exclude = ['skip.json']",
    ] {
        folder.write("autopilot-lint.toml", config);
        let hook = shown(&folder, &format!("-- {}", tracked.join(" ")));
        let (with_findings, _) = outcome(&folder, &format!("-- {}", tracked.join(" ")));
        let not_ignored = |names: &[String]| -> Vec<String> {
            let kept = names
                .iter()
                .filter(|name| !ignored.contains(&name.as_str()));
            kept.cloned().collect()
        };
        assert_eq!(shown(&folder, "."), not_ignored(&hook), "{config}");
        let (searched, passed_over) = outcome(&folder, ".");
        assert_eq!(searched, not_ignored(&with_findings), "{config}");
        // Each is checked or counted: two are one folder each.
        let left = tracked.len() - shown(&folder, ".").len();
        assert_eq!(passed_over, left as u64, "{config}");
        assert_eq!(shown(&folder, "--no-ignore ."), hook, "{config}");
    }
}

#[test]
fn without_a_path_events_are_looked_for() {
    let three = r#"{"osVersion": 1, "deploymentState": "x", "deviceId": 3}"#;
    // Longer than a chunk.
    let long = format!("{{\"name\": \"{}\"}}", "x".repeat(1 << 10));
    let many = format!("{long}\n").repeat(300);
    let long_array = |last: &str| format!("[{}{last}]", format!("{long},\n").repeat(100));
    let pascal = FAULTY.replace("deploymentS", "DeploymentS");
    let files: Vec<(&str, Vec<u8>, bool)> = vec![
        ("event.json", FAULTY.into(), true),
        ("names.json", three.into(), true),
        ("pascal.json", pascal.into(), true),
        ("type.json", r##"{"@odata.type": "#microsoft.graph.deviceManagementAutopilotEvent", "x": 1}"##.into(), true),
        ("set.json", r#"{"@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents", "value": 1}"#.into(), true),
        ("broken.json", format!("{}, ", &three[..three.len() - 1]).into(), true),
        ("no.json", format!("deviceId: 1\n{}", &three[1..]).into(), true),
        ("wide.json", utf_16(FAULTY), true),
        ("packed.json.gz", gzip(FAULTY), true),
        ("packed.json.zst", zstandard(FAULTY), true),
        ("late.jsonl", format!("{many}{FAULTY}").into(), true),
        ("late.jsonl.gz", gzip(&format!("{many}{FAULTY}")), true),
        ("late-array.json", long_array(FAULTY).into(), true),
        ("package.json", OTHER.into(), false),
        ("two.json", r#"{"osVersion": 1, "deploymentState": "x"}"#.into(), false),
        ("broken-other.json", "{\"name\": ".into(), false),
        ("empty.json", Vec::new(), false),
        ("wide-other.json", utf_16(OTHER), false),
        ("packed-other.json.gz", gzip(OTHER), false),
        ("other.jsonl", many.clone().into(), false),
        ("other.jsonl.zst", zstandard(&many), false),
        ("other-array.json", long_array(OTHER).into(), false),
    ];
    let folder = Folder::repository(&[]);
    for (name, bytes, _) in &files {
        folder.write(name, bytes);
    }
    let names = |sign: bool| -> Vec<String> {
        let of = files.iter().filter(|(_, _, has)| *has == sign);
        let mut names: Vec<_> = of.map(|(name, ..)| (*name).to_owned()).collect();
        names.sort();
        names
    };
    let passed_over = names(false).len() as u64;
    for words in ["", "--across-files", "--jobs 1"] {
        assert_eq!(
            outcome(&folder, words),
            (names(true), passed_over),
            "{words}"
        );
    }
    assert_eq!(shown(&folder, ""), names(true));
    // What is named is said to hold events.
    let mut all = names(true);
    all.extend(names(false));
    all.retain(|name| name != "two.json");
    all.sort();
    for words in [".", "--across-files .", &all.join(" ")] {
        let (found, passed_over) = outcome(&folder, words);
        let found: Vec<_> = found
            .into_iter()
            .filter(|name| name != "two.json")
            .collect();
        assert_eq!((found, passed_over), (all.clone(), 0), "{words}");
    }
    let run = folder.run("check -v");
    let said =
        "passed over package.json: no sign of an event; name the file or its folder to check it\n";
    assert!(run.stderr.contains(said), "{run:?}");
}

#[test]
fn a_clean_tree_without_a_path_is_clean_and_what_is_passed_over_is_known_nowhere() {
    let folder = Folder::repository(&[("package.json", OTHER), ("a.json", CLEAN)]);
    let run = folder.run("check");
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(
        run.stderr.starts_with("1 file, 1 payload: 0 errors"),
        "{run:?}"
    );
    assert!(run.stderr.ends_with("; 1 file passed over\n"), "{run:?}");
    folder.run("check --write-baseline known.json");
    assert!(!folder.read("known.json").contains("package.json"));
    assert_eq!(folder.run("check .").status, Some(1));
}

#[test]
fn identifiers_of_what_is_passed_over_do_not_count() {
    let id = r#""id": "7a9f5d4c-3e21-4b86-9c07-1d2e3f4a5b6c""#;
    let folder = Folder::repository(&[
        (
            "a.json",
            &format!("{{{id}, \"deploymentState\": \"success\"}}"),
        ),
        ("b.json", &CLEAN.replacen('{', &format!("{{{id}, "), 1)),
    ]);
    assert_eq!(outcome(&folder, "--across-files"), (vec![], 1));
    assert_eq!(outcome(&folder, "--across-files .").0, ["b.json"]);
}

#[test]
fn a_run_that_checks_nothing_can_be_an_error() {
    let folder = Folder::repository(&[
        ("empty/notes.txt", ""),
        ("collection.json", r#"{"value": []}"#),
        ("other/package.json", OTHER),
    ]);
    fs::create_dir(folder.path().join("lines")).expect("made");
    folder.write("lines/none.jsonl", "");
    for (words, status) in [
        ("empty", 2),
        ("--exclude *.json* .", 2),
        ("--show-files empty", 2),
        ("collection.json", 0),
        ("lines", 0),
        ("other", 1),
        ("--exclude other", 2),
        ("empty collection.json", 0),
        ("missing", 2),
    ] {
        let run = folder.run(&format!("check --require-payloads {words}"));
        assert_eq!(run.status, Some(status), "{words} {run:?}");
    }
    let run = folder.run("check --require-payloads empty");
    assert!(
        run.stderr
            .contains("error: no files were checked, as --require-payloads demands\n"),
        "{run:?}"
    );
    assert_eq!(folder.run("check empty").status, Some(0));
}

#[test]
fn own_outputs_in_a_searched_folder_are_passed_over() {
    let folder = Folder::repository(&[("in/a.json", FAULTY)]);
    let long = format!("[{}]", vec![FAULTY; 200].join(",\n"));
    folder.write("in/long.json", &long);
    let mut own = Vec::new();
    for format in ["json", "sarif", "gitlab", "json-lines"] {
        for (of, name) in [("in/a.json", "short"), ("in", "long")] {
            let extension = if format == "json-lines" {
                "jsonl"
            } else {
                "json"
            };
            let name = format!("out/{name}-{format}.{extension}");
            fs::create_dir_all(folder.path().join("out")).expect("made");
            folder.run(&format!("check --format {format}={name} {of}"));
            let text = folder.read(&name);
            folder.write(&format!("{name}.gz"), &gzip(&text));
            own.push(format!("{name}.gz"));
            own.push(name);
        }
    }
    folder.run("check --format json-lines=out/lines.json in/long.json");
    folder.run("check --write-baseline out/known.json in");
    folder.run("check --write-baseline out/none.json --select syntax in/a.json");
    folder.write("out/schema.json", &folder.run("schema").stdout);
    folder.write(
        "out/rules.json",
        &folder.run("rules --output-format json").stdout,
    );
    let compact: Value = serde_json::from_str(&folder.read("out/long-json.json")).expect("JSON");
    folder.write("out/compact.json", &compact.to_string());
    for name in ["lines", "known", "none", "schema", "rules", "compact"] {
        own.push(format!("out/{name}.json"));
    }
    for words in ["", "out", "--across-files out", "--mode create out"] {
        let (found, passed_over) = outcome(&folder, words);
        let expected: &[&str] = match words {
            "" => &["in/a.json", "in/long.json"],
            _ => &[],
        };
        assert_eq!(found, expected, "{words}");
        assert_eq!(passed_over, own.len() as u64, "{words}");
    }
    let run = folder.run("check -v out");
    for name in &own {
        let said = format!("passed over {name}: written by this program; name it to check it\n");
        assert!(run.stderr.contains(&said), "{said} {run:?}");
    }
    // What is named is checked.
    let (found, passed_over) = outcome(&folder, &format!("out {}", own.join(" ")));
    own.sort();
    assert_eq!((found, passed_over), (own, 0));
}

#[test]
fn what_only_pretends_to_be_an_output_is_checked() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    folder.run("check --format json=json --format gitlab=gitlab --format json-lines=lines a.json");
    folder.run("check --write-baseline known a.json");
    let tool = r#""version": 1, "tool": {"name": "autopilot-lint", "version": "0.1.0"}"#;
    let json = folder.read("json");
    for (name, text) in [
        ("wrapped.json", format!("{{{tool}, \"value\": [{FAULTY}]}}")),
        ("event.json", format!("{{{tool}, {}", &FAULTY[1..])),
        ("cut.json", json[..json.len() / 2].to_owned()),
        ("more.json", format!("{json}{FAULTY}")),
        (
            "gitlab.json",
            folder
                .read("gitlab")
                .replacen("\n]", &format!(",{FAULTY}]"), 1),
        ),
        ("lines.jsonl", folder.read("lines") + FAULTY),
        (
            "known.json",
            folder
                .read("known")
                .replacen("\n]", &format!("\n], \"value\": [{FAULTY}]"), 1),
        ),
    ] {
        folder.write(name, &text);
        for words in [name, "--exclude a.json ."] {
            let (found, _) = outcome(&folder, words);
            assert!(found.contains(&name.to_owned()), "{name} {words}");
        }
    }
}

#[test]
fn lists_of_paths_are_taken_as_those_on_the_command_line() {
    let folder = Folder::repository(&[
        ("a.json", FAULTY),
        ("b c.json", FAULTY),
        ("sub/d.json", FAULTY),
        ("package.json", OTHER),
    ]);
    for (list, words, expected) in [
        ("a.json\n", "", &["a.json"][..]),
        ("a.json\r\nsub\r\n\r\n", "", &["a.json", "sub/d.json"]),
        ("b c.json\0sub/d.json\0", "", &["b c.json", "sub/d.json"]),
        ("sub/d.json", "a.json", &["a.json", "sub/d.json"]),
        ("package.json", "", &["package.json"]),
        ("a.json\nsub/d.json\n", "--exclude sub", &["a.json"]),
        // Nothing is named: that is not the whole folder.
        ("", "", &[]),
    ] {
        folder.write("list", list);
        let words = format!("--files-from list {words}");
        assert_eq!(outcome(&folder, words.trim_end()).0, expected, "{list:?}");
        let arguments = format!("check --format json {}", words.replace("list", "-"));
        let arguments: Vec<_> = arguments.split_whitespace().collect();
        let run = binary::run_with(folder.path(), &arguments, list.as_bytes());
        let report = report(&run);
        let found = report["diagnostics"].as_array().expect("an array");
        let found: Vec<_> = found.iter().map(|found| found["file"].as_str()).collect();
        let expected: Vec<_> = expected.iter().copied().map(Some).collect();
        assert_eq!(found, expected, "{list:?}");
    }
    let run = folder.run("check --files-from list --format json=list a.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    let run = binary::run_with(
        folder.path(),
        &["check", "--files-from", "list", "-"],
        b"{}",
    );
    assert_eq!(run.status, Some(1), "{run:?}");
    for (arguments, input, said) in [
        (
            &["check", "--files-from", "missing"][..],
            "",
            "error: missing: ",
        ),
        (
            &["check", "--files-from", "-"],
            "a.json\n-\n",
            "error: -: names standard input, which is read for the list itself\n",
        ),
        (
            &["check", "--files-from", "-", "-"],
            "a.json\n",
            "error: -: names standard input, which is read for the list itself\n",
        ),
    ] {
        let run = binary::run_with(folder.path(), arguments, input.as_bytes());
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.starts_with(said), "{run:?}");
    }
}

#[test]
fn what_is_excluded_is_passed_over_even_if_it_is_named() {
    let folder = Folder::repository(&[
        ("a.json", FAULTY),
        ("old/b.json", FAULTY),
        ("sub/old/c.json", FAULTY),
        ("sub/d.json", FAULTY),
    ]);
    for (words, expected, passed_over) in [
        ("--exclude old .", &["a.json", "sub/d.json"][..], 2),
        ("--exclude old/ --exclude a.json .", &["sub/d.json"], 3),
        (
            "--exclude ./old/*.json .",
            &["a.json", "sub/d.json", "sub/old/c.json"],
            1,
        ),
        ("--exclude sub/old sub", &["sub/d.json"], 1),
        ("--exclude old a.json old/b.json", &["a.json"], 1),
        ("--exclude old a.json old", &["a.json"], 1),
        ("--exclude old . old/b.json", &["a.json", "sub/d.json"], 3),
    ] {
        let (found, counted) = outcome(&folder, words);
        assert_eq!(found, expected, "{words}");
        assert_eq!(counted, passed_over, "{words}");
    }
    // Relative to where it is run.
    let run = folder.run_below("sub", "check --format concise --exclude old .");
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    let run = folder.run("check -v --exclude old . a.json");
    assert!(
        run.stderr
            .contains("passed over old/: excluded by --exclude\n"),
        "{run:?}"
    );
    assert!(!run.stderr.contains("note: "), "{run:?}");
    let run = folder.run("check --exclude old old/b.json");
    assert!(
        run.stderr
            .starts_with("note: passed over old/b.json: excluded by --exclude\n"),
        "{run:?}"
    );
    for (glob, said) in [
        ("../x", "`../x` leads outside the current folder"),
        ("[a", "invalid glob `[a`"),
    ] {
        let run = folder.run(&format!("check --exclude {glob} ."));
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains(said), "{run:?}");
    }
}

#[test]
fn the_configuration_says_which_files_are_payloads() {
    let folder = Folder::repository(&[
        ("payloads/a.json", FAULTY),
        ("payloads/other.json", OTHER),
        ("payloads/old/b.json", FAULTY),
        ("payloads/notes.txt", FAULTY),
        ("c.json", FAULTY),
        ("package.json", OTHER),
    ]);
    let config = "include = ['payloads/']\nexclude = ['payloads/old/']";
    folder.write("autopilot-lint.toml", config);
    let payloads = ["payloads/a.json", "payloads/other.json"];
    for (words, passed_over) in [
        ("", 3),
        (".", 3),
        ("payloads", 1),
        ("payloads/a.json payloads/other.json package.json", 1),
        ("payloads payloads/old c.json", 2),
    ] {
        let (found, counted) = outcome(&folder, words);
        assert_eq!(found, payloads, "{words}");
        assert_eq!(counted, passed_over, "{words}");
    }
    let run = folder.run("check -v --format concise . c.json payloads/old/b.json");
    for said in [
        "note: passed over c.json: not included by the configuration\n",
        "note: passed over payloads/old/b.json: excluded by the configuration\n",
        "\npassed over payloads/old/: excluded by the configuration\n",
        "\npassed over package.json: not included by the configuration\n",
    ] {
        assert!(run.stderr.contains(said), "{said} {run:?}");
    }
    assert!(
        !run.stderr.contains("note: passed over package.json"),
        "{run:?}"
    );
    let run = folder.run("check -q c.json");
    assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{run:?}");
    // Standard input is what somebody asks about, whatever it is called.
    let words = ["check", "--stdin-filename", "package.json", "-"];
    let run = binary::run_with(folder.path(), &words, OTHER.as_bytes());
    assert_eq!(run.status, Some(1), "{run:?}");
    // What lies elsewhere is not the configuration's.
    let elsewhere = Folder::repository(&[("d.json", FAULTY)]);
    let file = elsewhere.path().join("d.json").display().to_string();
    let run = folder.run(&format!("check --config autopilot-lint.toml {file}"));
    assert_eq!(run.status, Some(1), "{run:?}");
}

#[test]
fn globs_of_the_configuration_that_match_no_file_are_noted() {
    let folder = Folder::repository(&[
        (".gitignore", "build/\n"),
        ("a.json", CLEAN),
        ("sub/b.json", CLEAN),
        ("build/c.json", CLEAN),
    ]);
    let config = "
        include = ['*.json', 'payloads/']
        exclude = ['build/', 'sub/', 'node_modules/']
        [[overrides]]
        files = ['a.json', 'gone.json']
        mode = 'update'
        [[overrides]]
        files = ['old/', 'older/']
        mode = 'update'
    ";
    folder.write("autopilot-lint.toml", config);
    let notes = [
        "autopilot-lint.toml includes `payloads/`: no file matches\n",
        "autopilot-lint.toml excludes `node_modules/`: no file matches\n",
        "autopilot-lint.toml has an override for `old/`, `older/`: no file matches\n",
    ];
    for (below, words) in [("", "check"), ("", "check ."), ("sub", "check ..")] {
        let run = folder.run_below(below, words);
        assert_eq!(run.status, Some(0), "{words} {run:?}");
        for note in notes {
            assert!(run.stderr.contains(note), "{words} {note} {run:?}");
        }
        let lines = run.stderr.lines().filter(|line| line.starts_with("note: "));
        assert_eq!(lines.count(), notes.len(), "{words} {run:?}");
    }
    // Where only a part is looked at, nobody can tell.
    for words in ["check a.json", "check sub a.json", "check -q ."] {
        let run = folder.run(words);
        assert!(!run.stderr.contains("no file matches"), "{words} {run:?}");
    }
}
