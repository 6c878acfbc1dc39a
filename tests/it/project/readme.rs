//! Holds README.md against the tool: what it shows is what is printed, what it says to type works,
//! and its table of rules is the tool's.

use std::fs;
use std::ops::Range;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use tempfile::TempDir;

use crate::library::docs;
use crate::support::{binary, golden};

/// What the shell blocks may say beside our own commands.
const OTHER_COMMANDS: [&str; 5] = [
    "cargo test --locked",
    "cargo install --locked ",
    "pre-commit ",
    "bash .ci/run",
    "UPDATE_EXPECT=1 cargo test --locked",
];

const TABLE: (&str, &str) = ("<!-- rules -->\n", "<!-- /rules -->\n");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("a readable README")
}

/// Where the texts of the fenced blocks in `language` are.
fn blocks(readme: &str, language: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut inside = false;
    for (event, range) in Parser::new(readme).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                inside = &*info == language;
            }
            Event::Text(_) if inside => found.push(range),
            Event::End(_) => inside = false,
            _ => {}
        }
    }
    assert!(!found.is_empty(), "no block in {language}");
    found
}

/// A command and what a terminal of 80 columns then shows.
fn shown(command: &str) -> String {
    let terminal = ["--output-format", "full", "--color", "never"];
    let outcome = binary::run_line(command, &terminal, root());
    format!(
        "$ {command}\n{}{}",
        outcome.stdout,
        with_any_time(&outcome.stderr)
    )
}

/// The summary with a time that does not change from run to run.
fn with_any_time(summary: &str) -> String {
    let (text, _) = summary.rsplit_once(" in ").expect("a summary with a time");
    format!("{text} in 1 ms\n")
}

fn table() -> String {
    docs::table(|rule| Some(format!("docs/rules/{}.md", rule.name)))
}

/// The README with everything in it that the tool decides.
fn current(readme: &str) -> String {
    let mut text = readme.to_owned();
    for block in blocks(readme, "console").into_iter().rev() {
        let command = readme[block.clone()].lines().next();
        let command = command.and_then(|line| line.strip_prefix("$ "));
        text.replace_range(block, &shown(command.expect("a command first")));
    }
    let (open, close) = TABLE;
    let start = text.find(open).expect("the table's begin") + open.len();
    let end = text.find(close).expect("the table's end");
    text.replace_range(start..end, &table());
    text
}

#[test]
fn outputs_and_table_are_what_the_tool_says() {
    golden::hold("README.md", &current(&readme()));
}

#[test]
fn files_named_for_contributors_exist() {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).expect("readable");
    let mut files = 0;
    for code in text.split('`').skip(1).step_by(2) {
        // A name in capitals or an ellipsis stands for many.
        let stands_for_many = |part: &str| {
            let stem = part.split('.').nth_back(1).unwrap_or(part);
            stem.contains(['*', '…']) || stem.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        let is_path = [
            "src/",
            "tests/",
            "schemas/",
            "fixtures/",
            "docs/",
            "scripts/",
        ];
        if is_path.iter().any(|start| code.starts_with(start))
            && !code.split('/').any(stands_for_many)
            && !code.contains(' ')
        {
            assert!(root().join(code).exists(), "{code}");
            files += 1;
        }
    }
    assert!(files > 20, "{files}");
}

#[test]
fn commands_of_the_shell_blocks_succeed() {
    let readme = readme();
    for block in blocks(&readme, "sh") {
        for line in readme[block].lines() {
            let command = line.split(" #").next().unwrap_or(line).trim();
            let command = command.replace("cargo run --locked --", "autopilot-lint");
            if command.starts_with("autopilot-lint ") {
                let outcome = binary::run_line(&command, &[], root());
                assert_eq!(outcome.status, Some(0), "{command}\n{}", outcome.stderr);
            } else {
                let known = OTHER_COMMANDS
                    .iter()
                    .any(|known| command.starts_with(known));
                assert!(known, "{command}");
            }
        }
    }
}

/// A folder as the examples of gates and of the configuration have it: `payloads`, all valid.
fn users_folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let payloads = folder.path().join("payloads");
    fs::create_dir(&payloads).expect("a folder");
    let event = root().join("fixtures/valid/event.json");
    fs::copy(event, payloads.join("event.json")).expect("a copy");
    folder
}

#[test]
fn commands_of_the_gates_succeed() {
    let folder = users_folder();
    let readme = readme();
    let mut commands = 0;
    for block in blocks(&readme, "yaml") {
        for line in readme[block].lines() {
            if let Some(start) = line.find("autopilot-lint check") {
                let outcome = binary::run_line(&line[start..], &[], folder.path());
                assert_eq!(outcome.status, Some(0), "{line}\n{}", outcome.stderr);
                commands += 1;
            }
        }
    }
    assert!(commands > 0, "no gate is shown");
}

#[test]
fn the_configuration_is_understood() {
    let folder = users_folder();
    let readme = readme();
    for block in blocks(&readme, "toml") {
        fs::write(folder.path().join("autopilot-lint.toml"), &readme[block]).expect("a file");
        let outcome = binary::run_line(
            "autopilot-lint check --verbose payloads",
            &[],
            folder.path(),
        );
        let used = outcome.stderr.contains("autopilot-lint.toml");
        assert_eq!(
            (outcome.status, used),
            (Some(0), true),
            "{}",
            outcome.stderr
        );
    }
}

#[test]
fn the_gate_of_this_project_runs_both_set_up_commands() {
    let gate = fs::read_to_string(root().join(".ci/run")).expect("the gate");
    let readme = readme();
    let first = &readme[blocks(&readme, "sh")[0].clone()];
    let commands: Vec<&str> = first.lines().collect();
    assert_eq!(commands.len(), 2, "{first}");
    for command in commands {
        let runs = gate.lines().any(|line| line == command);
        assert!(runs, ".ci/run lacks `{command}`");
    }
}
