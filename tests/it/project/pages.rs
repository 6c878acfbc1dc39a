//! Holds the pages that people read against the tool: what they show is what is printed, what they say
//! to type works, and what they list is what is declared.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anstyle_svg::{Term, WIN10_CONSOLE};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use tempfile::TempDir;

use crate::library::{FORMATS, config, table};
use crate::support::{binary, golden};

/// What the shell blocks may say beside our own commands.
const OTHER_COMMANDS: [&str; 2] = ["cargo test --locked", "cargo install --locked "];
/// Around what is derived from the keys of the configuration.
const KEYS: (&str, &str) = ("<!-- keys -->\n", "<!-- /keys -->\n");
const CONFIGURATION: &str = "docs/configuration.md";
/// Around the list of formats.
const LISTED: (&str, &str) = ("<!-- formats -->\n", "<!-- /formats -->\n");
/// What the picture of a terminal shows.
const PICTURED: &str = "autopilot-lint check fixtures/invalid/order/ends-before-start.json";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(page: &str) -> String {
    fs::read_to_string(root().join(page)).expect("a readable page")
}

/// The pages at the root and in `docs`, from the root; those of the rules are held where they are made.
fn pages() -> Vec<String> {
    let mut pages = Vec::new();
    for folder in ["", "docs/"] {
        for entry in fs::read_dir(root().join(folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            let name = name.to_str().expect("a name in UTF-8");
            if Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "md")
            {
                pages.push(format!("{folder}{name}"));
            }
        }
    }
    pages.sort();
    assert!(pages.len() > 10, "{pages:?}");
    pages
}

/// Where the texts of the fenced blocks in `language` are.
fn blocks(page: &str, language: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut inside = false;
    let mut within = 0..0;
    for (event, range) in Parser::new(page).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                inside = &*info == language;
                within = 0..0;
            }
            // In a list, each line by itself.
            Event::Text(_) if inside => {
                within.start = if within.end == 0 {
                    range.start
                } else {
                    within.start
                };
                within.end = range.end;
            }
            Event::End(TagEnd::CodeBlock) => {
                if inside {
                    found.push(within.clone());
                }
                inside = false;
            }
            _ => {}
        }
    }
    found
}

/// A folder as the pages suppose one: `payloads`, all valid.
fn users_folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let payloads = folder.path().join("payloads");
    fs::create_dir(&payloads).expect("a folder");
    let event = root().join("fixtures/valid/event.json");
    fs::copy(event, payloads.join("event.json")).expect("a copy");
    folder
}

/// Runs a line of a page: in the project if it speaks of its fixtures, else where a user is.
fn succeeds(line: &str, users: &Path) {
    let in_project = line.contains("fixtures/");
    let outcome = binary::run_line(line, &[], if in_project { root() } else { users });
    assert_eq!(outcome.status, Some(0), "{line}\n{}", outcome.stderr);
}

#[test]
fn commands_of_the_shell_blocks_succeed() {
    let users = users_folder();
    let mut ours = 0;
    for page in pages() {
        let text = read(&page);
        for block in blocks(&text, "sh") {
            for line in text[block].lines() {
                let command = line.split(" #").next().unwrap_or(line).trim();
                let command = command.replace("cargo run --locked --", "autopilot-lint");
                if command.starts_with("autopilot-lint ") {
                    succeeds(&command, users.path());
                    ours += 1;
                } else {
                    let mut known = OTHER_COMMANDS.iter();
                    let known = known.any(|known| command.starts_with(known));
                    let contributes = command.starts_with("UPDATE_EXPECT=1 ");
                    assert!(known || contributes, "{page}: {command}");
                }
            }
        }
    }
    assert!(ours > 10, "{ours}");
}

#[test]
fn commands_of_the_gates_succeed() {
    let users = users_folder();
    let mut commands = 0;
    for page in pages() {
        let text = read(&page);
        let yaml = blocks(&text, "yaml");
        for block in yaml.into_iter().chain(blocks(&text, "powershell")) {
            for line in text[block].lines() {
                if let Some(start) = line.find("autopilot-lint check") {
                    // What reads its output is no part of it.
                    let command = line[start..].split(" | ").next();
                    succeeds(command.unwrap_or_default(), users.path());
                    commands += 1;
                }
            }
        }
    }
    assert!(commands > 4, "{commands}");
}

#[test]
fn the_configuration_is_understood() {
    let users = users_folder();
    let text = read(CONFIGURATION);
    let (before, _) = text.split_once(KEYS.0).expect("the keys");
    let shown = blocks(before, "toml");
    assert!(!shown.is_empty());
    for block in shown {
        fs::write(users.path().join("autopilot-lint.toml"), &before[block]).expect("a file");
        let check = "autopilot-lint check --verbose payloads";
        let outcome = binary::run_line(check, &[], users.path());
        let used = outcome.stderr.contains("autopilot-lint.toml");
        assert_eq!(
            (outcome.status, used),
            (Some(0), true),
            "{}",
            outcome.stderr
        );
    }
}

/// Holds what a page has between two marks.
fn hold(page: &str, (begin, end): (&str, &str), today: &str) {
    let mut text = read(page);
    let start = text.find(begin).expect("a begin") + begin.len();
    let end = text.find(end).expect("an end");
    text.replace_range(start..end, today);
    golden::hold(page, &text);
}

#[test]
fn the_reference_of_the_configuration_is_as_declared() {
    let revisions = table::autopilot_event().revisions;
    let keys = config::reference(&revisions);
    hold(CONFIGURATION, KEYS, &format!("\n{keys}"));
}

#[test]
fn all_formats_are_listed() {
    let rows = FORMATS.iter();
    let rows = rows.map(|format| format!("| `{}` | {} |\n", format.name, format.summary));
    let rows: String = rows.collect();
    hold(
        "docs/check.md",
        LISTED,
        &format!("| name | what it is |\n|---|---|\n{rows}"),
    );
}

#[test]
fn the_picture_of_a_terminal_is_what_the_tool_prints() {
    let terminal = ["--output-format", "full", "--color", "always"];
    let outcome = binary::run_line(PICTURED, &terminal, root());
    let (summary, _) = outcome.stderr.rsplit_once(" in ").expect("a time");
    let shown = format!("$ {PICTURED}\n{}{summary} in 1 ms\n", outcome.stdout);
    let picture = Term::new()
        .palette(WIN10_CONSOLE)
        .render_svg(shown.trim_end());
    golden::hold("docs/images/terminal.svg", &picture);
}

/// The name by which a heading is linked to.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        letter if letter.is_alphanumeric() || "-_".contains(letter) => Some(letter),
        _ => None,
    });
    kept.collect()
}

/// The links and pictures of a page, and the anchors of its headings.
fn links(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut links, mut anchors) = (Vec::new(), Vec::new());
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                anchors.extend(heading.take().map(|text| anchor(&text)));
            }
            _ => {}
        }
    }
    (links, anchors)
}

#[test]
fn links_lead_somewhere() {
    let rules = fs::read_dir(root().join("docs/rules")).expect("a folder");
    let rules = rules.map(|entry| entry.expect("an entry").path());
    let others = pages().into_iter().map(|page| root().join(page));
    let mut followed = 0;
    for page in rules.chain(others) {
        let text = fs::read_to_string(&page).expect("a readable page");
        for link in links(&text).0 {
            let elsewhere = link.starts_with("https://");
            if elsewhere {
                continue;
            }
            let (path, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let folder = page.parent().expect("a folder");
            let target = match path {
                "" => page.clone(),
                path => folder.join(path).components().collect::<PathBuf>(),
            };
            assert!(target.exists(), "{}: {link}", page.display());
            if !fragment.is_empty() {
                let target = fs::read_to_string(&target).expect("a readable page");
                let anchors = links(&target).1;
                let known = anchors.iter().any(|anchor| anchor == fragment);
                assert!(known, "{}: {link}: {anchors:?}", page.display());
            }
            followed += 1;
        }
    }
    assert!(followed > 100, "{followed}");
}

#[test]
fn files_named_for_contributors_exist() {
    let text = read("CONTRIBUTING.md");
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
fn the_gate_of_this_project_runs_both_set_up_commands() {
    let gate = fs::read_to_string(root().join(".ci/run")).expect("the gate");
    let readme = read("README.md");
    let first = &readme[blocks(&readme, "sh")[0].clone()];
    let commands: Vec<&str> = first.lines().collect();
    assert_eq!(commands.len(), 2, "{first}");
    for command in commands {
        let runs = gate.lines().any(|line| line == command);
        assert!(runs, ".ci/run lacks `{command}`");
    }
}
