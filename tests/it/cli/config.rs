//! The configuration file: what it says, where it is found, and how its faults are shown.

use serde_json::Value;

use crate::library::config::{commented, json_schema};
use crate::library::{Config, table};
use crate::support::folder::{Folder, found};
use crate::support::{binary, golden};

/// A zero-guid warning and an unknown-member error.
const FAULTY: &str = r#"{"deviceId": "00000000-0000-0000-0000-000000000000", "osVersoin": "10.0.26200.1", "targetedAppCount": 1, "targetedPolicyCount": 1}"#;
const ZERO: &str = "warning[zero-guid]";
const UNKNOWN: &str = "error[unknown-member]";

fn revisions() -> Vec<String> {
    table::autopilot_event().revisions
}

/// Texts, the part of each that is wrong, and what is said of it.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "slect = []",
        "slect",
        "unknown key `slect`; did you mean `select`?",
    ),
    (
        "Mode = 'any'",
        "Mode",
        "unknown key `Mode`; names are case-sensitive: write `mode`",
    ),
    (
        "color = 'never'",
        "color",
        "unknown key `color`; expected one of revision, mode, fail-level, baseline, include, \
         exclude, schema, across-files, output-format, show, redact, select, ignore, severity, fixable, unfixable, overrides",
    ),
    (
        "[[overrides]]\nfile = ['a']",
        "file",
        "unknown key `file`; did you mean `files`?",
    ),
    (
        "[[ignore]]\nrule = 'zero-guid'\nfile = 'a'\npointer = ''\nraeson = 'b'",
        "raeson",
        "unknown key `raeson`; did you mean `reason`?",
    ),
    (
        "select = 'order'",
        "'order'",
        "`select` must be a list of rules and categories, not a string",
    ),
    (
        "select = [1]",
        "1",
        "an element of `select` must be a string, not an integer",
    ),
    (
        "ignore = {}",
        "{}",
        "`ignore` must be a list of rules, categories and tables, not a table",
    ),
    (
        "severity = 'off'",
        "'off'",
        "`severity` must be a table, not a string",
    ),
    (
        "overrides = 1.5",
        "1.5",
        "`overrides` must be a list of tables, not a float",
    ),
    (
        "mode = true",
        "true",
        "`mode` must be a string, not a boolean",
    ),
    (
        "[[overrides]]\nfiles = 'a'",
        "'a'",
        "`files` must be a list of globs, not a string",
    ),
    (
        "select = ['order', 'zero-gid']",
        "'zero-gid'",
        "unknown rule or category `zero-gid`; did you mean `zero-guid`?",
    ),
    (
        "severity = { zero-gid = 'off' }",
        "zero-gid",
        "unknown rule or category `zero-gid`; did you mean `zero-guid`?",
    ),
    (
        "[severity]\nzero-guid = 'fatal'",
        "'fatal'",
        "unknown severity `fatal`; expected one of error, warning, info, off",
    ),
    (
        "ignore = ['json-syntax']",
        "'json-syntax'",
        "`json-syntax` cannot be turned off; what it reports cannot be checked at all, so ignore single findings instead",
    ),
    (
        "fail-level = 'off'",
        "'off'",
        "unknown fail level `off`; expected one of error, warning, info, never",
    ),
    (
        "mode = 'reply'",
        "'reply'",
        "unknown mode `reply`; expected one of any, create, update, response",
    ),
    (
        "revision = '2021'",
        "'2021'",
        "unknown revision `2021`; expected one of any, 2019-09, 2020-03, 2021-01, 2023-09, 2024-08, latest",
    ),
    (
        "[[overrides]]\nfiles = ['a', '[b']",
        "'[b'",
        "invalid glob `[b`: unclosed character class; missing ']'",
    ),
    (
        "[[overrides]]\nfiles = ['../a']",
        "'../a'",
        "`../a` leads outside the configuration's folder; globs are relative to that folder, \
         without `..`",
    ),
    ("[[overrides]]\nfiles = []", "[]", "`files` is empty"),
    ("include = []", "[]", "`include` is empty"),
    (
        "exclude = 'a'",
        "'a'",
        "`exclude` must be a list of globs, not a string",
    ),
    #[cfg(not(windows))]
    (
        r"include = ['payloads\old\*.json']",
        r"'payloads\old\*.json'",
        r"`payloads\old\*.json` has `\` as a separator, which works on Windows only; write `payloads/old/*.json`; a `*` that stands for itself is written `[*]`",
    ),
    #[cfg(not(windows))]
    (
        r#"baseline = "sub\\known.json""#,
        r#""sub\\known.json""#,
        r"`sub\known.json` has `\` as a separator, which works on Windows only; write `sub/known.json`",
    ),
    #[cfg(not(windows))]
    (
        "[[ignore]]\nrule = 'zero-guid'\nfile = 'a\\b'\npointer = ''\nreason = 'b'",
        "'a\\b'",
        r"`a\b` has `\` as a separator, which works on Windows only; write `a/b`",
    ),
    (
        "[[ignore]]\nrule = 'zero-guid'\nfile = 'a/*.json'\npointer = ''\nreason = 'b'",
        "'a/*.json'",
        "`file` is no glob, but `a/*.json` looks like one; name one file; for several files, use \
         `ignore` in `[[overrides]]`",
    ),
    (
        "[[overrides]]\nmode = 'any'",
        "[[overrides]]",
        "`files` is missing; files = [\"fixtures/**/*.json\"]",
    ),
    (
        "ignore = [{ rule = 'zero-guid', file = 'a', pointer = '' }]",
        "{ rule = 'zero-guid', file = 'a', pointer = '' }",
        "`reason` is missing; reason = \"the device was never registered\"",
    ),
    (
        "[[ignore]]\nrule = 'value'\nfile = 'a'\npointer = ''\nreason = 'b'",
        "'value'",
        "unknown rule `value`",
    ),
    (
        "[[ignore]]\nrule = 'zero-guid'\nfile = '/etc/a'\npointer = ''\nreason = 'b'",
        "'/etc/a'",
        "`file` must name something inside the configuration's folder; write a path relative to \
         that folder, without `..`",
    ),
    (
        "[[ignore]]\nrule = 'zero-guid'\nfile = 'a'\npointer = 'id'\nreason = 'b'",
        "'id'",
        "`id` is not a JSON Pointer; for example `/value/0/id`, or an empty string for the whole document",
    ),
    (
        "[[ignore]]\nrule = 'zero-guid'\nfile = 'a'\npointer = ''\nreason = ' '",
        "' '",
        "`reason` is empty",
    ),
    (
        "baseline = '../known.json'",
        "'../known.json'",
        "`baseline` must name something inside the configuration's folder; write a path relative \
         to that folder, without `..`",
    ),
    (
        "schema = '../resource.json'",
        "'../resource.json'",
        "`schema` must name something inside the configuration's folder; write a path relative \
         to that folder, without `..`",
    ),
    (
        "across-files = 'yes'",
        "'yes'",
        "`across-files` must be a boolean, not a string",
    ),
    (
        "output-format = 'sarif=report.sarif'",
        "'sarif=report.sarif'",
        "`sarif=report.sarif` names a file; write `sarif`; only the command line names files to \
         write",
    ),
    (
        "output-format = 'text'",
        "'text'",
        "unknown format `text`; expected one of full, concise, grouped, json, json-lines, sarif, \
         github, azure, gitlab, junit, html, markdown",
    ),
    (
        "show = 'never'",
        "'never'",
        "unknown severity `never`; expected one of error, warning, info",
    ),
    (
        "redact = false",
        "false",
        "`redact` can only be true; leave it out, or use --no-redact where the report may show \
         everything",
    ),
    ("select = [", "", "not TOML: unclosed array, expected `]`"),
    (
        "mode = 'any'\nmode = 'any'",
        "mode",
        "not TOML: duplicate key",
    ),
    (
        "ignore = ['value']\n[[ignore]]\nrule = 'zero-guid'",
        "ignore",
        "not TOML: duplicate key; `ignore` and `[[ignore]]` are one key; put both into one list: ignore = [\"a-rule\", \
         { rule = .., file = .., pointer = .., reason = .. }]",
    ),
];

#[test]
fn every_fault_has_one_message_and_its_place() {
    for (text, wrong, expected) in FAULTS {
        let error = Config::parse(text, &revisions()).expect_err(text);
        assert_eq!(error.to_string(), *expected, "{text}");
        assert_eq!(
            text.get(error.span.clone()),
            Some(*wrong),
            "{text}: {error}"
        );
    }
}

#[test]
fn a_fault_is_shown_with_its_line_and_ends_the_run() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    for (text, _, expected) in FAULTS {
        folder.write("autopilot-lint.toml", text);
        let (found, run) = folder.check(".");
        assert_eq!((run.status, found.len()), (Some(2), 0), "{text}");
        let message = expected
            .split_once(':')
            .map_or(*expected, |(start, _)| start);
        assert!(run.stderr.contains(message), "{text}: {}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 3, "{text}: {}", run.stderr);
        assert!(
            run.stderr.starts_with("error: autopilot-lint.toml:"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn the_line_of_a_fault_is_shown_safely() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    for (text, expected) in [
        (
            "mode = 'any'\n\tslect = ['\u{202e}东']\n",
            "2:2: unknown key `slect`; did you mean `select`?\n 2 |  slect = ['\\u{202e}东']\n   \
             |  ^^^^^\n",
        ),
        (
            "'东' = 1",
            "1:1: unknown key `东`; expected one of revision, mode, fail-level, baseline, \
             include, exclude, schema, across-files, output-format, show, redact, select, ignore, severity, fixable, unfixable, \
             overrides\n 1 | '东' = 1\n   | ^^^^\n",
        ),
        (
            "select = ['\u{202e}::error::']",
            "1:11: unknown rule or category `\\u{202e}:\\u{3a}error:\\u{3a}`\n 1 | select = \
             ['\\u{202e}:\\u{3a}error:\\u{3a}']\n   |           \
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n",
        ),
    ] {
        folder.write("autopilot-lint.toml", text);
        let (_, run) = folder.check(".");
        assert_eq!(run.stderr, format!("error: autopilot-lint.toml:{expected}"));
    }
}

#[test]
fn a_file_that_is_no_configuration_ends_the_run() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    std::fs::create_dir(folder.path().join("folder")).expect("made");
    std::fs::write(folder.path().join("latin"), b"# \xe9").expect("written");
    for (name, reason) in [
        ("missing.toml", "No such file or directory"),
        ("folder", "not a regular file"),
        ("latin", "not UTF-8"),
    ] {
        let (_, run) = folder.check(&format!("--config {name}"));
        assert_eq!(run.status, Some(2), "{name}");
        assert_eq!(run.stderr, format!("error: {name}: {reason}\n"));
    }
}

#[test]
fn a_configuration_says_what_options_say_and_options_come_before_it() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    for (config, options, expected, status) in [
        ("", "", &[ZERO, UNKNOWN][..], 1),
        ("select = ['value']", "", &[ZERO], 0),
        ("select = ['value']", "--select schema", &[UNKNOWN], 1),
        ("ignore = ['schema']", "", &[ZERO], 0),
        ("ignore = ['schema']", "--select schema", &[UNKNOWN], 1),
        ("ignore = ['unknown-member']", "--select schema", &[], 0),
        (
            "ignore = ['unknown-member']",
            "--severity unknown-member=info",
            &[ZERO, "info[unknown-member]"],
            0,
        ),
        (
            "severity = { zero-guid = 'error' }",
            "--ignore schema",
            &["error[zero-guid]"],
            1,
        ),
        (
            "severity = { zero-guid = 'error' }",
            "--severity zero-guid=info",
            &["info[zero-guid]", UNKNOWN],
            1,
        ),
        ("severity = { unknown-member = 'off' }", "", &[ZERO], 0),
        ("fail-level = 'never'", "", &[ZERO, UNKNOWN], 0),
        (
            "fail-level = 'never'",
            "--fail-level warning",
            &[ZERO, UNKNOWN],
            1,
        ),
        (
            "mode = 'create'\nselect = ['missing-member']",
            "--mode update",
            &[],
            0,
        ),
        ("ignore = ['schema']", "--no-config", &[ZERO, UNKNOWN], 1),
    ] {
        folder.write("autopilot-lint.toml", config);
        let (found, run) = folder.check(&format!("{options} ."));
        assert_eq!(found, expected, "{config} {options}");
        assert_eq!(run.status, Some(status), "{config} {options}");
    }
}

#[test]
fn overrides_change_single_files() {
    let folder = Folder::repository(&[
        ("old/a.json", FAULTY),
        ("old/deep/b.json", FAULTY),
        ("c.json", FAULTY),
        (
            "later.json",
            r#"{"deploymentState": "success", "enrollmentState": "enrolled"}"#,
        ),
    ]);
    let config = "
        ignore = ['zero-guid']
        [[overrides]]
        files = ['old/']
        select = ['zero-guid', 'value']
        severity = { zero-guid = 'info' }
        [[overrides]]
        files = ['deep', 'nowhere/*']
        ignore = ['zero-guid']
        [[overrides]]
        files = ['later.json']
        mode = 'response'
        select = ['missing-member']
        [[overrides]]
        files = ['c.json', 'later.json']
        mode = 'any'
    ";
    folder.write("autopilot-lint.toml", config);
    let (_, run) = folder.check(".");
    let expected = [
        "c.json:1:54: error[unknown-member",
        "old/a.json:1:14: info[zero-guid",
    ];
    let found: Vec<_> = run
        .stdout
        .lines()
        .map(|line| line.split_once("] ").expect("a name").0)
        .collect();
    assert_eq!(found, expected);
    let said = "; 1 rule off; configured by autopilot-lint.toml, with overrides for 4 files \
                (48 rules off, 1 severity lowered)\n";
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
    folder.write("autopilot-lint.toml", &config.replace("mode = 'any'", ""));
    let (found, _) = folder.check("later.json");
    assert_eq!(found, ["error[missing-member]"]);
    let (found, _) = folder.check("later.json --mode update");
    assert!(found.is_empty(), "{found:?}");
}

/// Whoever may change the files may change the configuration too: what it does must be seen.
#[test]
fn the_summary_tells_what_keeps_a_run_from_failing() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    for (config, options, expected) in [
        ("", "", "; configured by autopilot-lint.toml\n"),
        (
            "fail-level = 'never'",
            "",
            "; fail level never; configured by autopilot-lint.toml\n",
        ),
        (
            "fail-level = 'never'",
            "--fail-level error",
            "s; configured by autopilot-lint.toml\n",
        ),
        (
            "severity = { zero-guid = 'off' }",
            "",
            "; 1 rule off; configured by autopilot-lint.toml\n",
        ),
    ] {
        folder.write("autopilot-lint.toml", config);
        let (_, run) = folder.check(&format!("{options} ."));
        assert!(
            run.stderr.ends_with(expected),
            "{config} {options}: {}",
            run.stderr
        );
    }
}

#[test]
fn a_revision_can_be_overridden_for_files() {
    let states = r#"{"deviceSetupStatus": "success", "deploymentState": "success"}"#;
    let folder = Folder::repository(&[("a.json", states), ("b.json", states)]);
    let config = "revision = 'latest'\n[[overrides]]\nfiles = ['b.json']\nrevision = '2019-09'\n";
    folder.write("autopilot-lint.toml", config);
    let (_, run) = folder.check("--select schema .");
    let lines: Vec<_> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("b.json:") && lines[0].contains("member-not-in-revision"),
        "{lines:?}"
    );
    let (found, _) = folder.check("--select schema --revision latest .");
    assert!(found.is_empty(), "{found:?}");
}

/// The one finding of `FAULTY` by zero-guid.
const IGNORED: &str = "[[ignore]]\nrule = 'zero-guid'\nfile = 'sub/a.json'\n\
    pointer = '/deviceId'\nreason = 'never registered'\n";

#[test]
fn single_findings_are_ignored_and_counted() {
    let two = format!("[{FAULTY}, {FAULTY}]");
    let folder = Folder::repository(&[
        ("sub/a.json", FAULTY),
        ("sub/b.json", FAULTY),
        ("c.json", &two),
    ]);
    folder.write("autopilot-lint.toml", IGNORED);
    let (found, run) = folder.check("sub");
    assert_eq!(found, [UNKNOWN, ZERO, UNKNOWN]);
    let said = "; 1 finding ignored; configured by autopilot-lint.toml\n";
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
    assert!(!run.stderr.contains("no longer reported"), "{}", run.stderr);
    let in_collection = IGNORED
        .replace("sub/a.json", "c.json")
        .replace("/deviceId", "/1/deviceId");
    folder.write("autopilot-lint.toml", &in_collection);
    let (_, run) = folder.check("c.json");
    let places: Vec<_> = run
        .stdout
        .lines()
        .map(|line| line.split(' ').next())
        .collect();
    assert_eq!(places.len(), 3, "{places:?}");
    assert_eq!(run.stdout.matches("zero-guid").count(), 1);
}

#[test]
fn a_finding_is_ignored_under_every_name_of_its_file() {
    let folder = Folder::repository(&[("sub/a.json", FAULTY)]);
    folder.write(
        "autopilot-lint.toml",
        &IGNORED.replace("sub/a.json", "./sub/a.json"),
    );
    let absolute = folder.path().join("sub/a.json");
    for (below, name) in [
        ("", "sub/a.json"),
        ("", "./sub/../sub/a.json"),
        ("sub", "a.json"),
        ("sub", "."),
        ("", absolute.to_str().expect("UTF-8")),
    ] {
        let run = folder.run_below(below, &format!("check --output-format concise {name}"));
        assert_eq!(found(&run), [UNKNOWN], "{below} {name}");
        assert!(run.stderr.contains("1 finding ignored"), "{}", run.stderr);
    }
    let run = binary::run_with(
        folder.path(),
        &[
            "check",
            "--output-format",
            "concise",
            "--stdin-filename",
            "sub/a.json",
            "-",
        ],
        FAULTY.as_bytes(),
    );
    assert_eq!(found(&run), [UNKNOWN], "{}", run.stderr);
}

#[test]
fn entries_that_ignore_nothing_are_named() {
    let folder = Folder::repository(&[("sub/a.json", FAULTY), ("c.json", "[]")]);
    let stale = "autopilot-lint.toml ignores zero-guid at `/deviceId` in sub/a.json, which is no \
                 longer reported";
    folder.write("autopilot-lint.toml", IGNORED);
    for (file, options, expected) in [
        (Some(FAULTY), ".", false),
        (Some("{\"targetedAppCount\": 1}"), ".", true),
        (Some("{\"targetedAppCount\": 1}"), "--quiet .", false),
        // Not checked, and not looked for: nobody can tell.
        (Some("{\"targetedAppCount\": 1}"), "c.json", false),
        (
            Some("{\"targetedAppCount\": 1}"),
            "--ignore zero-guid .",
            false,
        ),
        (None, "c.json", true),
    ] {
        match file {
            Some(text) => folder.write("sub/a.json", text),
            None => folder.remove("sub/a.json"),
        }
        let (_, run) = folder.check(options);
        assert_eq!(
            run.stderr.contains(stale),
            expected,
            "{options}: {}",
            run.stderr
        );
    }
}

#[test]
fn the_configuration_is_found_above_but_not_beyond_the_repository() {
    let folder = Folder::repository(&[
        ("a.json", FAULTY),
        ("inner/sub/b.json", FAULTY),
        ("autopilot-lint.toml", "ignore = ['value']"),
    ]);
    let by = |run: &binary::Run| {
        let said = run
            .stderr
            .split_once("configured by ")
            .map(|(_, name)| name.trim_end().to_owned());
        said.unwrap_or_default()
    };
    let check = |below: &str, words: &str| by(&folder.run_below(below, &format!("check {words}")));
    assert_eq!(check("", "."), "autopilot-lint.toml");
    assert_eq!(check("", "inner/sub/b.json"), "autopilot-lint.toml");
    let absolute = folder.path().join("autopilot-lint.toml");
    let absolute = absolute.to_str().expect("UTF-8");
    assert_eq!(check("inner/sub", "b.json"), absolute);
    assert_eq!(check("inner/sub", "../../a.json"), absolute);
    // The nearest one counts, as seen from where the command is run.
    folder.write("inner/autopilot-lint.toml", "ignore = ['schema']");
    assert_eq!(check("", "."), "autopilot-lint.toml");
    assert_eq!(check("", "inner"), "autopilot-lint.toml");
    assert_eq!(check("inner", "."), "autopilot-lint.toml");
    assert_eq!(check("inner", "../a.json"), absolute);
    // Another repository begins here.
    folder.remove("inner/autopilot-lint.toml");
    folder.write("inner/.git", "gitdir: elsewhere");
    assert_eq!(check("inner/sub", "b.json"), "");
    assert_eq!(check("", "inner/sub/b.json"), "autopilot-lint.toml");
    assert_eq!(
        check("inner", "--config ../autopilot-lint.toml ."),
        absolute
    );
}

#[test]
fn what_lies_elsewhere_has_its_own_configuration() {
    let here = Folder::repository(&[("autopilot-lint.toml", "ignore = ['value']")]);
    let there = Folder::repository(&[
        ("sub/a.json", FAULTY),
        ("autopilot-lint.toml", "ignore = ['schema']"),
    ]);
    let file = there.path().join("sub/a.json");
    let (found, _) = here.check(file.to_str().expect("UTF-8"));
    assert_eq!(found, [ZERO]);
    // Outside of a repository what is above belongs to others.
    std::fs::remove_dir(there.path().join(".git")).expect("removed");
    let (found, _) = here.check(file.to_str().expect("UTF-8"));
    assert_eq!(found, [ZERO, UNKNOWN]);
    let (found, _) = here.check(there.path().to_str().expect("UTF-8"));
    assert_eq!(found, [ZERO]);
}

#[test]
fn the_commented_file_says_nothing_and_shows_every_key() {
    let text = commented();
    let config = Config::parse(&text, &revisions()).expect("TOML");
    let silent = Config::default();
    assert_eq!(format!("{config:?}"), format!("{silent:?}"));
    let uncommented: String = text
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(code) if code.starts_with(":schema ") => "\n".to_owned(),
            Some(code) if !code.starts_with(' ') || code.starts_with("    ") => format!("{code}\n"),
            _ => "\n".to_owned(),
        })
        .collect();
    let config = Config::parse(&uncommented, &revisions()).expect(&uncommented);
    assert!(
        config.layer.select.is_some() && config.layer.mode.is_some(),
        "{config:?}"
    );
    assert!(
        config.fail_level.is_some() && config.baseline.is_some() && config.schema.is_some(),
        "{config:?}"
    );
    assert!(!config.include.is_empty() && !config.exclude.is_empty());
    assert!(
        config.across_files && config.redact && config.show.is_some(),
        "{config:?}"
    );
    assert!(config.output_format.is_some(), "{config:?}");
    assert_eq!(
        (config.overrides.len(), config.ignored.len()),
        (1, 1),
        "{config:?}"
    );
    let data: toml::Value = toml::from_str(&uncommented).expect("TOML");
    let data = serde_json::to_value(data).expect("JSON");
    assert_eq!(data.as_object().expect("a table").len(), 17);
    let validator = jsonschema::validator_for(&json_schema(&revisions())).expect("a schema");
    assert!(validator.is_valid(&data), "{data:#}");
}

/// What the schema refuses the program refuses, and the other way round, but for what no schema
/// can say.
#[test]
fn the_schema_and_the_program_agree() {
    let validator = jsonschema::validator_for(&json_schema(&revisions())).expect("a schema");
    let beyond = [
        "invalid glob",
        "leads outside",
        "must name something inside",
        "cannot be turned off",
        "as a separator",
    ];
    for (text, _, message) in FAULTS {
        let Ok(data) = toml::from_str::<toml::Value>(text) else {
            continue;
        };
        let data = serde_json::to_value(data).expect("JSON");
        let refused = !validator.is_valid(&data);
        let expected = !beyond.iter().any(|beyond| message.contains(beyond));
        assert_eq!(refused, expected, "{text}");
    }
    for text in [
        "",
        IGNORED,
        "severity = { zero-guid = 'off' }",
        "severity = { value = 'info', all = 'off' }",
        "ignore = ['all', 'value']",
        "redact = true\nacross-files = false\nshow = 'info'\noutput-format = 'json-lines'",
    ] {
        let data: toml::Value = toml::from_str(text).expect("TOML");
        let data = serde_json::to_value(data).expect("JSON");
        assert!(validator.is_valid(&data), "{text}");
    }
}

#[test]
fn the_schema_of_the_configuration_is_as_shipped() {
    let current = format!("{:#}\n", json_schema(&revisions()));
    let _: Value = serde_json::from_str(&current).expect("JSON");
    golden::hold("schemas/autopilot-lint.schema.json", &current);
}

/// A schema of another resource, with revisions of its own.
const RESOURCE: &str = r#"{"title": "thing", "type": "object", "x-revisions": ["r1", "r2"],
    "properties": {"at": {"type": "string", "format": "date-time", "x-since": "r2"}},
    "additionalProperties": false}"#;

#[test]
fn a_configuration_names_the_schema_of_the_resource() {
    let folder = Folder::repository(&[
        (
            "payloads/a.json",
            r#"{"at": "yesterday", "osVersion": "1"}"#,
        ),
        ("payloads/schemas/resource.json", RESOURCE),
    ]);
    let config = "schema = 'schemas/resource.json'\n";
    folder.write("payloads/autopilot-lint.toml", config);
    let syntax = "error[date-time-syntax]";
    // It is no payload itself.
    let (found, run) = folder.check("payloads");
    assert_eq!(found, [syntax, UNKNOWN], "{}", run.stderr);
    let said =
        "; schema payloads/schemas/resource.json; configured by payloads/autopilot-lint.toml\n";
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
    // It has the revisions that others may name.
    folder.write(
        "payloads/autopilot-lint.toml",
        &format!("{config}revision = 'r1'\n"),
    );
    let (found, _) = folder.check("payloads");
    assert_eq!(found, ["warning[member-not-in-revision]", syntax, UNKNOWN]);
    folder.write(
        "payloads/autopilot-lint.toml",
        &format!("{config}revision = '2021-01'\n"),
    );
    let (_, run) = folder.check("payloads");
    assert!(
        run.stderr.contains("expected one of any, r1, r2, latest"),
        "{}",
        run.stderr
    );
    // Whoever runs it comes first.
    let number = RESOURCE.replace(r#""string", "format": "date-time""#, r#""integer""#);
    folder.write("other.json", &number);
    folder.write("payloads/autopilot-lint.toml", config);
    let (found, _) = folder.check("payloads --schema other.json");
    assert_eq!(found, ["error[wrong-type]", UNKNOWN]);
    let (found, _) = folder.check("payloads/a.json --no-config");
    assert_eq!(found, ["error[not-an-event]"]);
    // It is not written over.
    let run = folder.run("check payloads --output-format json=payloads/schemas/resource.json");
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.contains("this run reads this file"),
        "{}",
        run.stderr
    );
    folder.remove("payloads/schemas/resource.json");
    let (_, run) = folder.check("payloads");
    assert_eq!(
        (run.status, &*run.stderr),
        (
            Some(2),
            "error: payloads/schemas/resource.json: No such file or directory\n"
        )
    );
}

#[cfg(unix)]
#[test]
fn no_link_takes_the_schema_of_a_configuration_out_of_the_repository() {
    let elsewhere = Folder::repository(&[("secret.json", RESOURCE)]);
    let folder = Folder::repository(&[("a.json", "{}")]);
    folder.write("autopilot-lint.toml", "schema = 'resource.json'\n");
    let secret = elsewhere.path().join("secret.json");
    std::os::unix::fs::symlink(&secret, folder.path().join("resource.json")).expect("a link");
    let (_, run) = folder.check("");
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr
            .starts_with("error: resource.json: a link leads out of the repository"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_configuration_shapes_the_output_and_options_come_before_it() {
    let folder = Folder::repository(&[("a.json", FAULTY), ("b.json", FAULTY)]);
    let secret = r#"{"id": "3e455cab-5cab-3e45-ab5c-453eab5c453e", "osVersion": "memine.onmez"}"#;
    folder.write("a.json", secret);
    folder.write("b.json", secret);
    for (config, words, expected, absent) in [
        ("output-format = 'grouped'", "", "a.json\n", "a.json:1:"),
        (
            "output-format = 'grouped'",
            "--format concise",
            "a.json:1:",
            "a.json\n",
        ),
        // What goes to a file is beside it.
        (
            "output-format = 'grouped'",
            "--format json=out.json",
            "a.json\n",
            "a.json:1:",
        ),
        ("redact = true", "", "‹text, ", "memine"),
        ("redact = true", "--no-redact", "memine", "‹text, "),
        ("across-files = true", "", "duplicate-event-id", "nonsense"),
        (
            "across-files = false",
            "",
            "os-version-syntax",
            "duplicate-event-id",
        ),
        (
            "across-files = false",
            "--across-files",
            "duplicate-event-id",
            "nonsense",
        ),
    ] {
        folder.write("autopilot-lint.toml", config);
        let run = folder.run(format!("check a.json b.json {words}").trim_end());
        let case = format!("{config} {words}: {}", run.stdout);
        assert!(run.stdout.contains(expected), "{case}");
        assert!(!run.stdout.contains(absent), "{case}");
    }
}

#[test]
fn variables_stand_between_options_and_configuration() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    folder.write("other.toml", "ignore = ['schema']\n");
    let config = "fail-level = 'never'\noutput-format = 'grouped'\nredact = true\n";
    folder.write("autopilot-lint.toml", config);
    for (words, variables, status, expected) in [
        ("check .", &[][..], 0, "a.json\n"),
        ("check .", &[("FAIL_LEVEL", "warning")], 1, "a.json\n"),
        (
            "check . --fail-level never",
            &[("FAIL_LEVEL", "warning")],
            0,
            "a.json\n",
        ),
        (
            "check . --exit-zero",
            &[("FAIL_LEVEL", "warning")],
            0,
            "a.json\n",
        ),
        ("check .", &[("FAIL_LEVEL", "")], 0, "a.json\n"),
        ("check .", &[("OUTPUT_FORMAT", "concise")], 0, "a.json:1:"),
        (
            "check . --format json",
            &[("OUTPUT_FORMAT", "concise")],
            0,
            "\"version\": 1",
        ),
        ("check .", &[("REDACT", "0")], 0, "osVersoin"),
        ("check .", &[("REDACT", "true")], 0, "‹name, "),
        ("check . --no-redact", &[("REDACT", "1")], 0, "osVersoin"),
        ("check . --redact", &[("REDACT", "false")], 0, "‹name, "),
        ("check .", &[("CONFIG", "other.toml")], 0, "zero-guid"),
        (
            "check . --config autopilot-lint.toml",
            &[("CONFIG", "other.toml")],
            0,
            "unknown-member",
        ),
        (
            "check . --no-config",
            &[("CONFIG", "gone.toml")],
            1,
            "unknown-member",
        ),
        (
            "check .",
            &[("JOBS", "2"), ("NO_PROGRESS", "1")],
            0,
            "unknown-member",
        ),
    ] {
        let run = check_with(&folder, words, variables);
        let case = format!("{words} {variables:?}: {run:?}");
        assert_eq!(run.status, Some(status), "{case}");
        assert!(run.stdout.contains(expected), "{case}");
    }
}

#[test]
fn a_bad_value_of_a_variable_is_a_fault_that_names_it() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    for (name, value, expected) in [
        (
            "FAIL_LEVEL",
            "fatal",
            "`fatal` cannot be used; expected one of error, warning, info, never",
        ),
        (
            "OUTPUT_FORMAT",
            "text",
            "`text` cannot be used; expected one of full, concise,",
        ),
        (
            "OUTPUT_FORMAT",
            "json=a.json",
            "`json=a.json` cannot be used; expected one of full,",
        ),
        (
            "JOBS",
            "-1",
            "`-1` cannot be used; expected a number of threads",
        ),
        (
            "NO_PROGRESS",
            "yes",
            "`yes` cannot be used; expected 1, true, 0 or false",
        ),
        (
            "REDACT",
            "on\u{1b}[2J",
            "`on\\u{1b}[2J` cannot be used; expected 1, true, 0 or false",
        ),
        (
            "CONFIG",
            "gone.toml",
            "gone.toml: No such file or directory",
        ),
    ] {
        // Even where an option comes before it.
        let words = "check . --fail-level never --format json --redact";
        let run = check_with(&folder, words, &[(name, value)]);
        assert_eq!((run.status, &*run.stdout), (Some(2), ""), "{name}={value}");
        let whole = if name == "CONFIG" {
            format!("error: {expected}\n")
        } else {
            format!("error: AUTOPILOT_LINT_{name}: {expected}")
        };
        assert!(run.stderr.starts_with(&whole), "{whole}: {}", run.stderr);
    }
}

/// Runs with these variables, each without the beginning that all have.
fn check_with(folder: &Folder, words: &str, variables: &[(&str, &str)]) -> binary::Run {
    let words: Vec<_> = words.split(' ').collect();
    let mut command = binary::command(folder.path(), &words);
    let variables = variables.iter();
    command.envs(variables.map(|(name, value)| (format!("AUTOPILOT_LINT_{name}"), value)));
    command.output().expect("it runs").into()
}
