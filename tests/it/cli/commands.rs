//! The commands beside `check`: what they print, and that the checked-in pages are theirs.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::library::{Category, Config, RenderOptions, config, docs, rule_url, rules};
use crate::support::folder::Folder;
use crate::support::{COMMANDS, binary, golden};

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
    let longest = text.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(80), "{longest:?}");
    let listed_in_text: Vec<_> = entries(&text).into_iter().map(|(name, _)| name).collect();
    let names: Vec<_> = rules::ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(listed_in_text, names);
    assert_eq!(markdown.lines().count(), rules::ALL.len() + 2);
    for ((rule, listed), (_, line)) in rules::ALL.iter().zip(listed).zip(entries(&text)) {
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
                &line,
                &docs::page(rule),
                &print(&format!("explain {}", rule.name)),
            ] {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(text.contains(&words), "{words} is not in {text}");
            }
        }
        let url = rule_url(rule);
        assert_eq!(listed.get("url"), Some(&Value::from(url.clone())));
        let page = root().join(format!("docs/rules/{}.md", rule.name));
        assert!(page.is_file(), "{}", page.display());
        let words: Vec<_> = line.split_whitespace().take(2).collect();
        assert_eq!(words, [rule.name, default]);
        let row = match url {
            Some(url) => format!("| [`{}`]({url}) |", rule.name),
            None => format!("| `{}` |", rule.name),
        };
        assert!(markdown.contains(&row), "{row}");
    }
}

/// Each rule of a list with its lines, those under a heading.
fn entries(text: &str) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("  ")) {
        if line.starts_with("   ") {
            entries.last_mut().expect("a rule").1.push_str(line);
        } else {
            let name = line.split_whitespace().next().expect("a name");
            entries.push((name.to_owned(), line.to_owned()));
        }
    }
    entries
}

#[test]
fn rules_stand_under_their_categories() {
    let text = print("rules");
    for category in Category::ALL {
        let heading = format!("{category}: {}\n", category.about());
        let (_, list) = text.split_once(&heading).expect("a heading");
        let list = list.split("\n\n").next().expect("a list");
        let listed = entries(list).into_iter().map(|(name, _)| name);
        let rules = rules::ALL.iter().filter(|rule| rule.category == category);
        let names: Vec<_> = rules.map(|rule| rule.name).collect();
        assert_eq!(listed.collect::<Vec<_>>(), names);
    }
}

#[test]
fn several_rules_categories_and_all_are_explained() {
    let starts = |words: &str| -> Vec<String> {
        let text = print(words);
        let line = format!("\n{}\n\n", "─".repeat(80));
        let parts = text
            .split(&line)
            .map(|part| part.lines().next().expect("a line").to_owned());
        parts.collect()
    };
    assert_eq!(
        starts("explain zero-guid os-version-syntax"),
        ["zero-guid", "os-version-syntax"]
    );
    let schema = starts("explain schema");
    assert_eq!(
        schema[0],
        "schema is a category of 10 rules on members and types of the resource."
    );
    let of_schema = rules::ALL
        .iter()
        .filter(|rule| rule.category == Category::Schema);
    let names: Vec<_> = of_schema.map(|rule| rule.name).collect();
    assert_eq!(schema[1..], names);
    let names: Vec<_> = rules::ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(starts("explain --all"), names);
    assert_eq!(starts("explain all"), names);
    for words in ["explain", "explain --all zero-guid"] {
        assert_eq!(
            Folder::repository(&[]).run(words).status,
            Some(2),
            "{words}"
        );
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
            "--mode {} --revision {} .",
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
            .contains("unknown rule or category `zero-giud`; did you mean `zero-guid`?"),
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
    let said = "wrote autopilot-lint.toml\nwrote autopilot-lint.schema.json, by which editors know \
                its keys\n";
    assert_eq!(run.stderr, said);
    let written = folder.read("autopilot-lint.toml");
    assert_eq!(written, config::commented());
    // Editors find the schema by the first line.
    let schema = written
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("#:schema "));
    let schema = folder.read(schema.expect("a schema"));
    assert_eq!(schema, print("schema configuration"));
    // It is no payload, whoever names it.
    for words in ["check .", "check autopilot-lint.schema.json"] {
        let run = folder.run(words);
        assert_eq!((run.status, &*run.stdout), (Some(0), ""), "{}", run.stderr);
    }
    folder.write("autopilot-lint.toml", "mode = 'any'\n");
    let run = folder.run("init");
    assert_eq!(run.status, Some(2));
    assert_eq!(
        run.stderr,
        "error: autopilot-lint.toml: already exists; left unchanged\n"
    );
    assert_eq!(folder.read("autopilot-lint.toml"), "mode = 'any'\n");
    let names = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(names, 3, "no temporary file is left");
    // A schema that is there is left alone.
    folder.remove("autopilot-lint.toml");
    folder.write("autopilot-lint.schema.json", "{}");
    let run = folder.run("init");
    assert_eq!(
        (run.status, &*run.stderr),
        (Some(0), "wrote autopilot-lint.toml\n")
    );
    assert_eq!(folder.read("autopilot-lint.schema.json"), "{}");
}

#[test]
fn shells_get_completions_of_commands_and_options() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = print(&format!("completions {shell}"));
        let asks = ["bash", "zsh", "fish"].contains(&shell);
        let words: &[&str] = if asks {
            &["__complete"]
        } else {
            &["explain", "write-baseline", "fail-level", "completions"]
        };
        for word in words {
            assert!(text.contains(word), "{shell}: {word}");
        }
        assert_eq!(text.contains("__complete"), asks, "{shell}");
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
    assert!(!page.contains("__complete"), "{page}");
    for section in ["EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES"] {
        assert!(
            page.contains(&format!("\n.SH \"{section}\"\n"))
                || page.contains(&format!("\n.SH {section}\n")),
            "{section}: {page}"
        );
    }
    for word in [
        "AUTOPILOT_LINT_FAIL_LEVEL",
        "NO_COLOR",
        "TF_BUILD",
        "autopilot\\-lint.toml",
        "findings at or above the fail level",
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
}

/// What the manual gives as examples works.
#[test]
fn examples_of_the_manual_run() {
    let page = print("man");
    let (_, examples) = page.split_once("EXAMPLES").expect("examples");
    let event = root().join("fixtures/valid/create-request.json");
    let event = fs::read_to_string(event).expect("a fixture");
    let folder = Folder::repository(&[("payloads/event.json", "[]"), ("request.json", &event)]);
    let mut ran = 0;
    for line in examples
        .lines()
        .filter_map(|line| line.strip_prefix("\\fBautopilot"))
    {
        let words = format!("autopilot{}", line.trim_end_matches("\\fR")).replace('\\', "");
        let words = words.replace("autopilot-lint ", "");
        let output = binary::run_in_shell(folder.path(), &words);
        assert_eq!(output.status.code(), Some(0), "{words}: {output:?}");
        ran += 1;
    }
    assert_eq!(ran, 6, "{examples}");
}

#[test]
fn help_has_a_short_and_a_long_form_in_groups_of_80_columns() {
    let short = print("check -h");
    let long = print("check --help");
    for text in [&short, &long] {
        let headings = ["\nInputs:\n", "\nRules:\n", "\nOutput:\n", "\nLimits:\n"];
        let places = headings.map(|heading| text.find(heading).expect(heading));
        assert!(places.is_sorted(), "{text}");
        // Nothing of ours stands outside the groups.
        let options = text.split("\nOptions:\n").nth(1).expect("options");
        let options = options.split("\n\nInputs:").next().expect("a group");
        assert!(options.matches("--").count() <= 2, "{options}");
    }
    assert!(long.len() > 2 * short.len());
    for command in [""].into_iter().chain(COMMANDS) {
        for form in ["-h", "--help"] {
            let words = format!("{command} {form}");
            let text = print(words.trim_start());
            let wide = text.lines().find(|line| line.chars().count() > 80);
            assert_eq!(wide, None, "{words}");
        }
    }
}

#[test]
fn the_version_says_what_it_was_built_from() {
    let short = print("-V");
    assert_eq!(short, print("--version"));
    let version = format!("autopilot-lint {}", env!("CARGO_PKG_VERSION"));
    let commit = short.strip_prefix(&version).expect("the version");
    // A build for development says none.
    assert!(commit == "\n" || commit.starts_with(" ("), "{short}");
}

/// A path needs no knowledge of commands.
#[test]
fn who_forgets_the_command_is_told_it() {
    let folder = Folder::repository(&[("a", "{}")]);
    for (words, expected) in [
        (
            "a.json",
            "tip: to check files, write 'autopilot-lint check a.json'",
        ),
        ("./payloads", "write 'autopilot-lint check ./payloads'"),
        ("a", "write 'autopilot-lint check a'"),
        ("-", "write 'autopilot-lint check -'"),
        (
            "--format json a.json",
            "write 'autopilot-lint check --format'",
        ),
        (
            "--revision=latest a.json",
            "write 'autopilot-lint check --revision'",
        ),
        ("-q a.json", "write 'autopilot-lint check -q'"),
        (
            "chek a.json",
            "similar subcommands exist: 'schema', 'check'",
        ),
        (
            "wrong-type",
            "tip: to ask about rules, write 'autopilot-lint explain wrong-type'",
        ),
        (
            "rules schema",
            "tip: to ask about rules, write 'autopilot-lint explain schema'",
        ),
        (
            "rules --revision latest",
            "unexpected argument '--revision' found",
        ),
    ] {
        let run = folder.run(words);
        assert_eq!((run.status, &*run.stdout), (Some(2), ""), "{words}");
        assert!(run.stderr.contains(expected), "{words}: {}", run.stderr);
    }
    for words in [
        "chek a.json",
        "nonsense",
        "--nonsense",
        "rules --revision latest",
    ] {
        let run = folder.run(words);
        assert!(
            !run.stderr.contains("to check files"),
            "{words}: {}",
            run.stderr
        );
    }
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
