//! What the options on output do to what a user, a hook or a build system gets.

use std::path::Path;

use serde_json::Value;

use crate::support::binary::{Run, command};
use crate::support::folder::Folder;
use crate::support::{FORMATS, NOW_TEXT};

/// `check` in a folder with more variables in its environment.
fn check(folder: &Folder, words: &str, variables: &[(&str, &str)]) -> Run {
    let mut all = vec!["check", "--now", NOW_TEXT];
    all.extend(words.split(' ').filter(|word| !word.is_empty()));
    let mut command = command(folder.path(), &all);
    command.envs(variables.iter().copied());
    command.output().expect("the binary runs").into()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Identifying values in every spelling, each in or beside what is found.
const PRIVATE: &str = r#"{
  "id": "{7d1c9a3e-55aa-4c7b-9f00-d15ea5e00001}",
  "deviceId": "7d1c9a3e-55aa-4c7b-9f00-d15ea5e00002",
  "\u0075serId": "7d1c9a3e-55aa-4c7b-9f00-d15ea5e0000",
  "userPrincipalName": "\u006demine.o\u006emez",
  "userPrincpalName": "Memine.Onmez@fabrikam.example",
  "deploymentState": "memine.onmez",
  "deviceSerialNumber": "ZQ-\u202e774411 ",
  "managedDeviceName": ["DESKTOP-QX81"],
  "enrollmentFailureDetails": "DESKTOP-QX81 of \u006demine.onmez@FABRIKAM.example \u200b failed",
  "osVersion": "\\nmemine.onmez"
}
"#;

/// Parts of [`PRIVATE`] that no report may show, in lower case.
const SECRETS: [&str; 9] = [
    "7d1c9a3e", "d15ea5e", "memine", "emine", "onmez", "fabrikam", "774411", "qx81", "desktop",
];

#[test]
fn no_format_shows_what_identifies() {
    let folder = Folder::repository(&[
        ("a.json", PRIVATE),
        ("minified.json", &PRIVATE.replace('\n', "")),
        ("broken.json", &PRIVATE.replace("\",\n", "\"\n")),
        (
            "lines.jsonl",
            &format!("{0}\n{0}\n", PRIVATE.replace('\n', "")),
        ),
    ]);
    for format in FORMATS {
        let words = format!("--redact --select all --output-format {format} .");
        let run = check(&folder, &words, &[]);
        assert_eq!(run.status, Some(1), "{}", run.stderr);
        let shown = format!("{}{}", run.stdout, run.stderr).to_lowercase();
        for secret in SECRETS {
            let at = shown.find(secret);
            let around = at.map(|at| &shown[at.saturating_sub(80)..(at + 80).min(shown.len())]);
            assert_eq!(around, None, "{format} shows {secret}");
        }
        assert!(shown.contains("‹text, "), "{format}: {shown}");
        let open = check(&folder, &words.replace("--redact", "--no-redact"), &[]);
        assert!(open.stdout.contains("memine.onmez"), "{format}");
    }
}

#[test]
fn what_is_found_and_known_does_not_hang_on_what_is_hidden() {
    let folder = Folder::repository(&[("a.json", PRIVATE)]);
    let report = |option: &str| {
        let run = check(&folder, &format!("{option} --output-format json ."), &[]);
        let mut report = json(&run.stdout);
        for one in report["diagnostics"].as_array_mut().expect("a list") {
            for text in ["message", "help", "pointer", "labels"] {
                one[text] = Value::Null;
            }
            // That there is a fix and how sure it is stays known.
            if let Some(fix) = one.get_mut("fix") {
                fix["message"] = Value::Null;
                fix["edits"] = Value::Null;
            }
        }
        report
    };
    assert_eq!(report("--redact"), report("--no-redact"));
    for (write, read) in [("--redact", "--no-redact"), ("--no-redact", "--redact")] {
        let written = check(
            &folder,
            &format!("{write} a.json --write-baseline known{write}.json"),
            &[],
        );
        assert_eq!(written.status, Some(0), "{}", written.stderr);
        let run = check(
            &folder,
            &format!("{read} a.json --baseline known{write}.json"),
            &[],
        );
        assert_eq!((run.status, &*run.stdout), (Some(0), ""), "{}", run.stderr);
        assert!(!run.stderr.contains("no longer reported"), "{}", run.stderr);
    }
    assert_eq!(
        folder.read("known--redact.json"),
        folder.read("known--no-redact.json")
    );
}

#[test]
fn what_identifies_is_hidden_by_default_where_others_read_the_log() {
    let folder = Folder::repository(&[("a.json", PRIVATE)]);
    for (words, ci, hidden) in [
        ("", None, false),
        ("", Some(("CI", "true")), true),
        ("", Some(("CI", "1")), true),
        ("", Some(("CI", "")), false),
        ("", Some(("CI", "False")), false),
        ("", Some(("CI", "0")), false),
        ("", Some(("GITHUB_ACTIONS", "true")), true),
        ("", Some(("GITLAB_CI", "true")), true),
        ("", Some(("TF_BUILD", "True")), true),
        ("", Some(("JENKINS_URL", "https://ci.example/")), true),
        ("", Some(("TEAMCITY_VERSION", "2025.03")), true),
        ("", Some(("TEAMCITY_VERSION", "")), false),
        ("", Some(("BUILD_NUMBER", "7")), false),
        ("--no-redact", Some(("JENKINS_URL", "x")), false),
        ("--no-redact", Some(("CI", "true")), false),
        ("--redact", None, true),
        ("--redact --no-redact", None, false),
        ("--no-redact --redact", None, true),
    ] {
        let variables: Vec<_> = ci.into_iter().collect();
        let run = check(&folder, &format!("{words} ."), &variables);
        assert_eq!(!run.stdout.contains("emine"), hidden, "{words} {ci:?}");
        let told = run.stderr.contains("identifying values hidden");
        assert_eq!(told, hidden, "{}", run.stderr);
    }
}

#[test]
fn statistics_go_beside_the_report() {
    let folder = Folder::repository(&[
        ("a.json", PRIVATE),
        (
            "b.json",
            r#"[{"deploymentState": "Success"}, {"deploymentState": "failed", "x": 1}]"#,
        ),
    ]);
    let plain = check(&folder, "--output-format json .", &[]);
    let run = check(&folder, "--output-format json --statistics -q .", &[]);
    assert_eq!(run.stdout, plain.stdout);
    let row = |name: &str| {
        let line = run.stderr.lines().find(|line| line.starts_with(name));
        let line = line.unwrap_or_else(|| panic!("{name}: {}", run.stderr));
        line.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(row("unknown-enum-member")[1..], ["3", "0", "0", "3"]);
    assert_eq!(row("b.json")[1..], ["3", "0", "0", "3"]);
    assert_eq!(row("Category").len(), 5);
    assert!(row("schema").len() == 5);
    let totals = run.stderr.contains("in 2 files (3 payloads)");
    assert!(totals, "{}", run.stderr);
    // The summary says the same.
    let run = check(&folder, "--statistics .", &[]);
    assert!(!run.stderr.contains("Found "), "{}", run.stderr);
    assert_eq!(run.stderr.matches("2 files").count(), 1, "{}", run.stderr);
}

#[test]
fn statistics_count_what_is_not_shown_and_what_is_suppressed() {
    let events = r#"{"deploymentState": "Success", "x": 1}"#;
    let folder = Folder::repository(&[("a.json", &format!("[{events}, {events}]"))]);
    let run = check(&folder, "--max-diagnostics 1 --statistics .", &[]);
    for row in ["unknown-enum-member       2", "unknown-member            2"] {
        assert!(run.stderr.contains(row), "{row}: {}", run.stderr);
    }
    assert_eq!(run.stdout.lines().count(), 2, "{}", run.stdout);
    check(&folder, "--write-baseline known.json .", &[]);
    let run = check(&folder, "--baseline known.json --statistics -q .", &[]);
    assert!(
        run.stderr.contains("4 findings suppressed."),
        "{}",
        run.stderr
    );
}

#[test]
fn annotations_go_where_the_build_system_takes_them() {
    let faulty = r#"{"deploymentState": "Success"}"#;
    let folder = Folder::repository(&[("payloads/a.json", faulty)]);
    let systems = [
        ("GITHUB_ACTIONS", "true", "::error file=payloads/a.json,"),
        ("TF_BUILD", "True", "##vso[task.logissue type=error;"),
    ];
    for (variable, value, annotation) in systems {
        let variables = [(variable, value)];
        let run = check(&folder, "--ci .", &variables);
        assert_eq!(run.status, Some(1));
        assert!(
            run.stdout.starts_with("payloads/a.json:1:21: error["),
            "{}",
            run.stdout
        );
        assert!(run.stderr.starts_with(annotation), "{}", run.stderr);
        let json = check(&folder, "--ci --output-format json .", &variables);
        assert!(json.stdout.starts_with('{') && json.stderr.starts_with(annotation));
        // Only where it is asked for, and only once.
        let without = check(&folder, ".", &variables);
        assert!(!without.stderr.contains(annotation));
        for asked in ["github", "azure"] {
            let words = format!("--ci --output-format {asked} --output-format {asked}=out.txt .");
            let run = check(&folder, &words, &variables);
            let own = asked == "github" && variable == "GITHUB_ACTIONS"
                || asked == "azure" && variable == "TF_BUILD";
            assert_eq!(run.stderr.contains(annotation), !own, "{}", run.stderr);
        }
    }
}

#[test]
fn gitlab_gets_its_file() {
    let folder = Folder::repository(&[("a.json", r#"{"deploymentState": "Success"}"#)]);
    let variables = [("GITLAB_CI", "true")];
    let name = "gl-code-quality-report.json";
    for _ in 0..2 {
        // The second time the file is there, and not checked.
        let run = check(&folder, "--ci --output-format json .", &variables);
        assert_eq!(json(&run.stdout)["summary"]["files"], 1);
        assert_eq!(json(&folder.read(name))[0]["location"]["path"], "a.json");
    }
    folder.remove(name);
    check(
        &folder,
        "--ci --output-format gitlab=other.json",
        &variables,
    );
    assert!(!folder.path().join(name).exists());
    let elsewhere = check(&folder, "--ci .", &[("GITLAB_CI", "")]);
    assert!(
        elsewhere.stderr.contains("note: --ci has no effect"),
        "{}",
        elsewhere.stderr
    );
    assert!(!folder.path().join(name).exists());
    let quiet = check(&folder, "--ci -q .", &[]);
    assert_eq!(quiet.stderr, "");
}

/// The name of the only file in each report that names it from the root.
fn names_from_root(run_below: &str, path: &str, folder: &Folder) -> [String; 4] {
    let report = |format: &str| {
        let words = ["check", "--output-format", format, path];
        let output = command(&folder.path().join(run_below), &words).output();
        Run::from(output.expect("the binary runs")).stdout
    };
    let sarif = json(&report("sarif"));
    let result = &sarif["runs"][0]["results"][0];
    let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
    let between = |text: String, from: &str, to: char| {
        let rest = text.split_once(from).expect("a name").1.to_owned();
        rest.split(to).next().expect("a name").to_owned()
    };
    [
        artifact["uri"].as_str().expect("a URI").to_owned(),
        json(&report("gitlab"))[0]["location"]["path"]
            .as_str()
            .expect("a path")
            .to_owned(),
        between(report("github"), "file=", ','),
        between(report("azure"), "sourcepath=", ';'),
    ]
}

#[test]
fn build_systems_get_names_from_the_root_of_the_repository() {
    let faulty = r#"{"deploymentState": "Success"}"#;
    let folder = Folder::repository(&[("sub/dir/a.json", faulty), ("b.json", faulty)]);
    let absolute = folder.path().join("sub/dir/a.json");
    let absolute = absolute.to_str().expect("UTF-8");
    for (below, path, expected) in [
        ("", "sub/dir/a.json", "sub/dir/a.json"),
        ("", "./sub/../sub/dir/a.json", "sub/dir/a.json"),
        ("sub", "dir", "sub/dir/a.json"),
        ("sub/dir", ".", "sub/dir/a.json"),
        ("sub/dir", "../../b.json", "b.json"),
        ("sub", absolute, "sub/dir/a.json"),
    ] {
        let names = names_from_root(below, path, &folder);
        assert_eq!(names, [expected; 4], "{below} {path}");
    }
}

#[test]
fn the_root_is_the_repository_or_else_the_current_folder() {
    let faulty = r#"{"deploymentState": "Success"}"#;
    let folder = Folder::repository(&[("repo/sub/a.json", faulty), ("repo/.git/x", "")]);
    std::fs::remove_dir(folder.path().join(".git")).expect("removed");
    let root = |below: &str, path: &str| {
        let words = ["check", "--output-format", "sarif", path];
        let output = command(&folder.path().join(below), &words).output();
        let run = Run::from(output.expect("the binary runs"));
        let base = &json(&run.stdout)["runs"][0]["originalUriBaseIds"]["%SRCROOT%"];
        base["uri"].as_str().expect("a URI").to_owned()
    };
    let uri = |path: &Path| {
        let path = std::fs::canonicalize(path).expect("a folder");
        format!("file://{}/", path.to_str().expect("UTF-8"))
    };
    assert_eq!(root("repo/sub", "a.json"), uri(&folder.path().join("repo")));
    assert_eq!(root("", "repo/sub"), uri(&folder.path().join("repo")));
    assert_eq!(root("", "."), uri(folder.path()));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_arrive_byte_by_byte() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::repository(&[]);
    let name = std::ffi::OsStr::from_bytes(b"a\xff %\xc3\xa9#.json");
    let path = folder.path().join(name);
    std::fs::write(path, r#"{"deploymentState": "Success"}"#).expect("written");
    let names = names_from_root("", ".", &folder);
    assert_eq!(names[0], "a%FF%20%25%C3%A9%23.json");
    assert_eq!(names[1], "a\\xff %é#.json");
}

#[test]
fn what_cannot_be_read_is_told_in_the_report_of_people_and_beside_every_report() {
    let folder = Folder::repository(&[("a.json", r#"{"deploymentState": "Success"}"#)]);
    for (format, expected) in [
        ("concise", "gone.json: error: "),
        ("grouped", "gone.json\n  error  "),
        ("full", "error: gone.json: "),
    ] {
        let run = check(
            &folder,
            &format!("--output-format {format} a.json gone.json"),
            &[],
        );
        assert_eq!(run.status, Some(2));
        assert!(run.stdout.contains(expected), "{}", run.stdout);
        assert!(run.stderr.contains("error: gone.json: "), "{}", run.stderr);
    }
    for format in FORMATS {
        let run = check(&folder, &format!("--output-format {format} gone.json"), &[]);
        assert_eq!(run.status, Some(2));
        assert!(run.stdout.contains("gone.json"), "{}", run.stdout);
        assert!(!run.stdout.contains("no findings<"), "{}", run.stdout);
    }
}

/// What goes to standard output and what to standard error, by the options.
#[test]
fn formats_that_go_to_files_are_additional() {
    const TEXT: &str = "a.json:1:21: error[unknown-enum-member] ";
    let folder = Folder::repository(&[("a.json", r#"{"deploymentState": "Success"}"#)]);
    let file = "--output-format sarif=out.sarif";
    let two = format!("{file} --output-format junit=out.xml");
    for (words, stdout, has_summary) in [
        (String::new(), TEXT, true),
        (file.to_owned(), TEXT, true),
        (two.clone(), TEXT, true),
        (format!("{file} --output-format json"), "{\n", true),
        (format!("--output-format grouped {two}"), "a.json\n", true),
        ("-q".to_owned(), TEXT, false),
        (format!("-q {file}"), "", false),
        (format!("-qq {two}"), "", false),
        (format!("-q {file} --output-format json"), "{\n", false),
        ("-qq".to_owned(), TEXT, false),
        ("--quiet --quiet".to_owned(), TEXT, false),
    ] {
        let run = check(&folder, &format!("{words} a.json"), &[]);
        assert_eq!(run.status, Some(1), "{words}: {run:?}");
        assert!(run.stdout.starts_with(stdout), "{words}: {run:?}");
        assert_eq!(run.stdout.is_empty(), stdout.is_empty(), "{words}: {run:?}");
        assert_eq!(!run.stderr.is_empty(), has_summary, "{words}: {run:?}");
        if words.contains("sarif=") {
            assert_eq!(json(&folder.read("out.sarif"))["version"], "2.1.0");
            folder.remove("out.sarif");
        }
    }
}

#[test]
fn twice_quiet_prints_errors_only() {
    let text = r#"{"osVersion": "11", "deviceId": "00000000-0000-0000-0000-000000000000", "deploymentState": "Success"}"#;
    let folder = Folder::repository(&[("a.json", text)]);
    let all = check(&folder, "-q a.json gone.json", &[]);
    let errors = check(&folder, "-qq a.json gone.json", &[]);
    assert_eq!(all.stdout.lines().count(), 4, "{all:?}");
    let lines = all.stdout.lines();
    let expected: Vec<_> = lines.filter(|line| line.contains(": error")).collect();
    assert_eq!(errors.stdout.lines().collect::<Vec<_>>(), expected);
    assert_eq!(
        errors.stderr,
        "error: gone.json: No such file or directory\n"
    );
    // What is hidden counts: in the figures, for the status and in a baseline.
    let run = check(&folder, "-qq --output-format json a.json", &[]);
    let summary = &json(&run.stdout)["summary"];
    let figures = ["errors", "warnings", "infos", "hidden"].map(|name| summary[name].as_u64());
    assert_eq!(figures, [1, 1, 1, 2].map(Some));
    let words = "-qq --fail-level info --ignore unknown-enum-member a.json";
    let run = check(&folder, words, &[]);
    assert_eq!((run.status, &*run.stdout), (Some(1), ""));
    check(&folder, "-qq --write-baseline known.json a.json", &[]);
    let findings = &json(&folder.read("known.json"))["findings"];
    assert_eq!(findings.as_array().map(Vec::len), Some(3));
    // A limit counts what is shown, so that no error is pushed out by what is not.
    let run = check(&folder, "-qq --max-diagnostics 1 a.json", &[]);
    assert!(run.stdout.contains("error[unknown-enum-member]"), "{run:?}");
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    // JUnit neither says that nothing was found nor fails for what nobody sees.
    let words = "--output-format junit --ignore unknown-enum-member a.json";
    let run = check(&folder, &format!("-qq {words}"), &[]);
    assert!(run.stdout.contains("no findings to show"), "{run:?}");
    for (level, failures) in [("error", 0), ("info", 1)] {
        let words = format!("--max-diagnostics 0 --fail-level {level} {words}");
        let run = check(&folder, &words, &[]);
        let expected = format!("failures=\"{failures}\"");
        assert!(run.stdout.contains(&expected), "{run:?}");
        assert!(run.stdout.contains("2 more findings not shown"), "{run:?}");
    }
}

#[test]
fn the_page_tells_how_the_run_came_about() {
    let folder = Folder::repository(&[
        ("a.json", r#"{"deploymentState": "Success"}"#),
        ("autopilot-lint.toml", "revision = \"2021-01\"\n"),
    ]);
    let page = |words: &str, variables: &[(&str, &str)]| {
        let mut all = vec!["check", "--output-format", "html"];
        all.extend(words.split(' '));
        let mut command = command(folder.path(), &all);
        command.envs(variables.iter().copied());
        Run::from(command.output().expect("the binary runs")).stdout
    };
    let fact = |name: &str, value: &str| format!("<dt>{name}</dt><dd>{value}</dd>");
    let said = page("--mode=create a.json", &[]);
    for fact in [
        fact(
            "Command",
            "<code>autopilot-lint check --mode create a.json</code>",
        ),
        fact("Revision", "2021-01"),
        fact("Mode", "create"),
        fact("Configuration", "<code>autopilot-lint.toml</code>"),
    ] {
        assert!(said.contains(&fact), "{fact}");
    }
    assert!(!said.contains("<dt>Date"));
    // Neither threads nor colours nor the clock make another page.
    let same = page("--mode create -j3 -q --color always a.json", &[]);
    assert_eq!(same, said);
    let bare = page("--no-config a.json", &[]);
    assert!(bare.contains(&fact("Configuration", "none")));
    let dated = [("SOURCE_DATE_EPOCH", "1793491200")];
    let date = fact("Date", "2026-11-01T00:00:00Z");
    assert!(page("a.json", &dated).contains(&date));
    assert!(page(&format!("--now {NOW_TEXT} a.json"), &[]).contains(&date));
    let masked = page("--redact a.json", &[]);
    assert!(masked.contains(&fact("Identifying values", "masked")));
}

#[test]
fn concise_has_colours_where_they_are_wanted() {
    let folder = Folder::repository(&[("a.json", r#"{"deploymentState": "Success"}"#)]);
    for (words, variables, colours) in [
        ("", &[][..], false),
        ("--color always", &[], true),
        ("--color always", &[("NO_COLOR", "1")], true),
        ("", &[("CLICOLOR_FORCE", "1")], true),
        ("", &[("FORCE_COLOR", "1")], true),
        ("", &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], false),
        ("--color never", &[("FORCE_COLOR", "1")], false),
    ] {
        let words = format!("--output-format concise {words} a.json");
        let run = check(&folder, &words, variables);
        let plain = "a.json:1:21: error[unknown-enum-member] ";
        let coloured =
            "\u{1b}[36ma.json:1:21\u{1b}[0m: \u{1b}[91;1merror[unknown-enum-member]\u{1b}";
        let expected = if colours { coloured } else { plain };
        assert!(
            run.stdout.starts_with(expected),
            "{words} {variables:?}: {run:?}"
        );
        let full = words.replace("concise", "full");
        let full = check(&folder, &full, variables).stdout;
        assert_eq!(full.contains('\u{1b}'), colours, "{words} {variables:?}");
    }
}

/// As Windows tools write files: with a byte order mark, or in UTF-16.
#[test]
fn a_byte_order_mark_is_no_fault_of_what_a_run_reads() {
    let folder = Folder::repository(&[("a.json", r#"{"deploymentState": "Success"}"#)]);
    check(&folder, "--write-baseline known.json a.json", &[]);
    let files = [
        ("--baseline", folder.read("known.json"), Some(0)),
        ("--config", "ignore = ['schema']\n".to_owned(), Some(0)),
        ("--schema", folder.run("schema").stdout, Some(1)),
    ];
    for (option, text, status) in files {
        folder.write("plain", &text);
        folder.write("marked", &format!("\u{feff}{text}"));
        let [plain, marked] = ["plain", "marked"]
            .map(|name| check(&folder, &format!("-q {option} {name} a.json"), &[]));
        assert_eq!(plain.status, status, "{option} {plain:?}");
        assert_eq!(format!("{marked:?}"), format!("{plain:?}"), "{option}");
        let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide).collect();
        std::fs::write(folder.path().join("wide"), wide).expect("written");
        let run = check(&folder, &format!("{option} wide a.json"), &[]);
        let said = "error: wide: UTF-16; save it as UTF-8\n";
        assert_eq!((run.status, &*run.stderr), (Some(2), said));
    }
    let faulty = "\u{feff}select = ['order']\nignore = ['zer']\n";
    folder.write("marked", faulty);
    let run = check(&folder, "--config marked a.json", &[]);
    assert!(run.stderr.starts_with("error: marked:2:11: "), "{run:?}");
}

/// Who reads both streams in one place reads a fault once.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_once_where_both_streams_meet() {
    use std::io::Read;
    let folder = Folder::repository(&[("a.json", r#"{"deploymentState": "Success"}"#)]);
    for (format, expected) in [
        ("concise", 1),
        ("grouped", 1),
        ("full", 1),
        // Who takes such a report out of what comes misses the rest.
        ("json-lines", 2),
    ] {
        let (mut reader, writer) = std::io::pipe().expect("a pipe");
        let words = ["check", "--output-format", format, "a.json", "gone.json"];
        let mut command = command(folder.path(), &words);
        let other = writer.try_clone().expect("the same pipe");
        let mut child = command
            .stdout(writer)
            .stderr(other)
            .spawn()
            .expect("it runs");
        drop(command);
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("text");
        assert_eq!(child.wait().expect("it ends").code(), Some(2));
        let told = text.matches("No such file").count();
        assert_eq!(told, expected, "{format}: {text}");
    }
    // The annotation on standard error says it there.
    for variable in ["GITHUB_ACTIONS", "TF_BUILD"] {
        let run = check(&folder, "--ci a.json gone.json", &[(variable, "true")]);
        for text in [&run.stdout, &run.stderr] {
            assert_eq!(
                text.matches("No such file").count(),
                1,
                "{variable}: {text}"
            );
        }
    }
}

#[test]
fn findings_below_a_severity_are_counted_and_hidden() {
    let event = r#"{"deploymentState": "Success", "deviceId": "00000000-0000-0000-0000-000000000000",
        "eventDateTime": "2001-01-01T00:00:00Z"}"#;
    let folder = Folder::repository(&[("a.json", event)]);
    let all = check(&folder, "--write-baseline known.json", &[]);
    assert!(all.stderr.contains("3 known findings"), "{}", all.stderr);
    let known = folder.read("known.json");
    for (words, config, shown, hidden, status) in [
        ("--show info", "", 3, 0, 1),
        ("--show warning", "", 2, 1, 1),
        ("--show error", "", 1, 2, 1),
        ("", "show = 'error'", 1, 2, 1),
        ("--show info", "show = 'error'", 3, 0, 1),
        ("--show warning --no-config", "show = 'error'", 2, 1, 1),
        // What is hidden fails a run all the same.
        ("--show error --ignore schema", "", 0, 2, 0),
        (
            "--show error --ignore schema --fail-level info",
            "",
            0,
            2,
            1,
        ),
        ("--show error --fail-level never", "", 1, 2, 0),
        ("--show error --exit-zero", "", 1, 2, 0),
        ("--exit-zero", "fail-level = 'info'", 3, 0, 0),
    ] {
        folder.write("autopilot-lint.toml", config);
        let case = format!("{words}, {config}");
        let run = check(
            &folder,
            &format!("{words} a.json --output-format json --statistics"),
            &[],
        );
        assert_eq!(run.status, Some(status), "{case}");
        let report = json(&run.stdout);
        assert_eq!(
            report["diagnostics"].as_array().map(Vec::len),
            Some(shown),
            "{case}"
        );
        assert_eq!(report["summary"]["hidden"], hidden, "{case}");
        let severities = ["errors", "warnings", "infos"];
        let total = severities.map(|name| report["summary"][name].as_u64().unwrap_or_default());
        assert_eq!(total.iter().sum::<u64>(), (shown + hidden) as u64, "{case}");
        let said = run.stderr.contains(&format!("({hidden} hidden)"));
        assert_eq!(said, hidden > 0, "{case}: {}", run.stderr);
        let row = run.stderr.lines().find(|line| line.starts_with("a.json"));
        let total = row
            .and_then(|row| row.split_whitespace().last())
            .map(str::to_owned);
        assert_eq!(
            total,
            Some((shown + hidden).to_string()),
            "{case}: {}",
            run.stderr
        );
    }
    folder.remove("autopilot-lint.toml");
    check(
        &folder,
        "--write-baseline again.json --show error a.json",
        &[],
    );
    assert_eq!(folder.read("again.json"), known);
    // A limit is one on what is shown.
    let run = check(&folder, "--show warning --max-diagnostics 1 a.json", &[]);
    assert!(
        run.stderr.contains("(1 not shown, 1 hidden)"),
        "{}",
        run.stderr
    );
}

#[test]
fn no_option_on_progress_changes_what_a_pipe_gets() {
    let folder = Folder::repository(&[("a.json", r#"{"deploymentState": "Success"}"#)]);
    let plain = check(&folder, "-q .", &[]);
    let without = check(&folder, "-q --no-progress .", &[]);
    assert_eq!((&*plain.stdout, &*plain.stderr), (&*without.stdout, ""));
}
