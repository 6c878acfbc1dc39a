//! The commands beside `check`: what they print, and that the checked-in pages are theirs.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::library::{Config, RenderOptions, config, docs, rule_url, rules};
use crate::support::folder::Folder;
use crate::support::{binary, golden};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn print(words: &str) -> String {
    let run = Folder::repository(&[]).run(words);
    assert_eq!(run.status, Some(0), "{words}: {}", run.stderr);
    assert_eq!(run.stderr, "", "{words}");
    run.stdout
}

#[test]
fn rules_are_listed_in_every_format() {
    let text = print("rules");
    let markdown = print("rules --output-format markdown");
    let json: Value = serde_json::from_str(&print("rules --format json")).expect("JSON");
    let listed = json.as_array().expect("a list");
    assert_eq!(listed.len(), rules::ALL.len());
    assert_eq!(text.lines().count(), rules::ALL.len());
    assert_eq!(markdown.lines().count(), rules::ALL.len() + 2);
    for ((rule, listed), line) in rules::ALL.iter().zip(listed).zip(text.lines()) {
        let default = rule.default.map_or("off", |severity| severity.name());
        assert_eq!(listed["name"], rule.name);
        assert_eq!(listed["category"], rule.category.name());
        assert_eq!(listed["default"], default);
        assert_eq!(listed["summary"], rule.summary);
        let exceptions = listed["exceptions"].as_array().expect("a list");
        assert_eq!(exceptions.len(), rule.exceptions.len());
        for ((severity, which), exception) in rule.exceptions.iter().zip(exceptions) {
            assert_eq!(exception["severity"], severity.name());
            let words = format!("{severity} {which}");
            for text in [
                line,
                &docs::page(rule),
                &print(&format!("explain {}", rule.name)),
            ] {
                assert!(text.contains(&words), "{words} is not in {text}");
            }
        }
        let url = rule_url(rule);
        assert_eq!(listed.get("url"), Some(&Value::from(url.clone())));
        let page = root().join(format!("docs/rules/{}.md", rule.name));
        assert!(page.is_file(), "{}", page.display());
        let words: Vec<_> = line.split_whitespace().take(3).collect();
        assert_eq!(words, [rule.name, rule.category.name(), default]);
        let row = match url {
            Some(url) => format!("| [`{}`]({url}) |", rule.name),
            None => format!("| `{}` |", rule.name),
        };
        assert!(markdown.contains(&row), "{row}");
    }
}

#[test]
fn every_rule_is_explained_with_a_live_finding() {
    for rule in rules::ALL {
        let text = print(&format!("explain {}", rule.name));
        let finding = format!("[{}]: ", rule.name);
        assert!(
            text.starts_with(rule.name) && text.contains(&finding),
            "{text}"
        );
        assert!(text.contains("╭─[example.json:"), "{text}");
        assert!(
            text.contains("\nNot reported") && text.contains("reason = "),
            "{text}"
        );
    }
    let colored = print("explain zero-guid --color always");
    assert!(colored.contains("\u{1b}["), "{colored}");
}

/// The indented lines from the one that begins with `start`.
fn toml(explained: &str, start: &str) -> String {
    let lines = explained.lines();
    let lines = lines.skip_while(|line| !line.trim_start().starts_with(start));
    let lines = lines.take_while(|line| line.starts_with(' '));
    lines
        .map(|line| format!("{}\n", line.trim_start()))
        .collect::<Vec<_>>()
        .concat()
}

#[test]
fn what_explain_says_of_configuration_works() {
    for rule in rules::ALL {
        let Some(example) = rule.bad.first() else {
            continue;
        };
        let Ok(text) = String::from_utf8(example.text()) else {
            continue;
        };
        let explained = docs::explanation(rule, &RenderOptions::default());
        let (severity, ignore) = (
            toml(&explained, "severity = "),
            toml(&explained, "[[ignore]]"),
        );
        assert!(docs::page(rule).contains(severity.trim_end()), "{severity}");
        let folder = Folder::repository(&[("example.json", &text)]);
        let options = format!(
            "--mode {} --revision {}",
            example.mode.name(),
            example.revision
        );
        let select = format!("{options} --severity {}=warning", rule.name);
        folder.write("autopilot-lint.toml", &ignore);
        let (found, run) = folder.check(&select);
        assert!(found.is_empty(), "{}: {found:?} {}", rule.name, run.stderr);
        folder.write("autopilot-lint.toml", &severity);
        let (found, run) = folder.check(&options);
        let on = severity.contains("\"off\"");
        assert_eq!(
            found.is_empty(),
            on,
            "{}: {found:?} {}",
            rule.name,
            run.stderr
        );
    }
}

#[test]
fn an_unknown_rule_is_a_fault_with_the_nearest_name() {
    let run = Folder::repository(&[]).run("explain zero-giud");
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(
        run.stderr
            .contains("unknown rule `zero-giud`; did you mean `zero-guid`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_schema_is_that_of_the_revision_and_mode() {
    let names = |words: &str| -> Vec<String> {
        let schema: Value = serde_json::from_str(&print(words)).expect("JSON");
        jsonschema::validator_for(&schema).expect("a schema");
        let properties = schema["properties"].as_object().expect("an object");
        properties.keys().cloned().collect()
    };
    let (any, old) = (names("schema"), names("schema --revision 2019-09"));
    assert!(any.len() > old.len(), "{any:?} {old:?}");
    let required = |words: &str| {
        let schema: Value = serde_json::from_str(&print(words)).expect("JSON");
        schema["required"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(required("schema"), 0);
    assert_eq!(
        required("schema --mode create") + 1,
        required("schema --mode response")
    );
    let run = Folder::repository(&[]).run("schema --revision 2018");
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr
            .contains("unknown revision `2018`; expected one of any, 2019-09,"),
        "{}",
        run.stderr
    );
}

#[test]
fn init_writes_a_configuration_once() {
    let folder = Folder::repository(&[]);
    let run = folder.run("init");
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "wrote autopilot-lint.toml\n");
    assert_eq!(folder.read("autopilot-lint.toml"), config::commented());
    folder.write("autopilot-lint.toml", "mode = 'any'\n");
    let run = folder.run("init");
    assert_eq!(run.status, Some(2));
    assert_eq!(
        run.stderr,
        "error: autopilot-lint.toml: already exists; left unchanged\n"
    );
    assert_eq!(folder.read("autopilot-lint.toml"), "mode = 'any'\n");
    let names = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(names, 2, "no temporary file is left");
}

#[test]
fn shells_get_completions_of_commands_and_options() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = print(&format!("completions {shell}"));
        for word in ["explain", "write-baseline", "fail-level", "completions"] {
            assert!(text.contains(word), "{shell}: {word}");
        }
    }
    let run = Folder::repository(&[]).run("completions tcsh");
    assert_eq!(run.status, Some(2));
}

#[test]
fn the_manual_has_every_command_and_option() {
    let page = print("man");
    assert!(
        page.lines()
            .any(|line| line.starts_with(".TH autopilot-lint 1")),
        "{page}"
    );
    for command in [
        "CHECK",
        "RULES",
        "EXPLAIN",
        "SCHEMA",
        "DERIVE",
        "INIT",
        "COMPLETIONS",
        "MAN",
    ] {
        assert!(page.contains(&format!("\n.SH {command}\n")), "{command}");
    }
    for option in [
        "\\-\\-write\\-baseline",
        "\\-\\-severity",
        "\\-\\-stdin\\-filename",
    ] {
        assert!(page.contains(option), "{option}");
    }
    assert!(page.contains("Exit status: 0 clean"), "{page}");
}

/// The report that nobody could read must not pass for one that said nothing.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_fault_and_a_reader_that_left_is_none() {
    use std::process::Stdio;
    let folder = Folder::repository(&[]);
    for words in [
        "rules",
        "explain zero-guid",
        "schema",
        "completions bash",
        "man",
    ] {
        let words: Vec<_> = words.split(' ').collect();
        let full = fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("a device");
        let mut command = binary::command(folder.path(), &words);
        let output = command.stdout(full).output().expect("the binary runs");
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert_eq!(
            output.stderr,
            b"error: standard output: No space left on device\n"
        );
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = binary::command(folder.path(), &words);
        let output = command
            .stdout(Stdio::from(writer))
            .output()
            .expect("the binary runs");
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(0), &b""[..]),
            "{words:?}"
        );
    }
}

#[test]
fn the_configuration_in_the_index_of_the_pages_is_understood() {
    let index = docs::index();
    let block = index.split("```toml\n").nth(1).expect("an example");
    let text = block.split("```").next().expect("TOML");
    let config = Config::parse(text, &[]).expect("a configuration");
    assert_eq!(config.ignored.len(), 1, "{text}");
}

#[test]
fn the_pages_of_the_rules_are_as_derived() {
    let folder = root().join("docs/rules");
    let mut pages = vec![("README.md".to_owned(), docs::index())];
    pages.extend(
        rules::ALL
            .iter()
            .map(|rule| (format!("{}.md", rule.name), docs::page(rule))),
    );
    for (name, text) in &pages {
        golden::hold(folder.join(name), text);
    }
    for entry in fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if !pages.iter().any(|(name, _)| path.ends_with(name)) {
            golden::remove(&path);
        }
    }
}
