//! What shells complete: the real ones, at a terminal, with the keys that a person presses.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::folder::Folder;
use crate::support::{COMMANDS, binary};

/// A line as typed, and as it is after the tabulator key.
const LINES: &[(&str, &str)] = &[
    ("autopilot-lint expl", "autopilot-lint explain "),
    (
        "autopilot-lint check --fa",
        "autopilot-lint check --fail-level ",
    ),
    (
        "autopilot-lint rules --out",
        "autopilot-lint rules --output-format ",
    ),
    // Values.
    (
        "autopilot-lint check --mode cr",
        "autopilot-lint check --mode create ",
    ),
    (
        "autopilot-lint check --mode=cr",
        "autopilot-lint check --mode=create ",
    ),
    (
        "autopilot-lint check --revision 2021",
        "autopilot-lint check --revision 2021-01 ",
    ),
    (
        "autopilot-lint check --format sar",
        "autopilot-lint check --format sarif ",
    ),
    (
        "autopilot-lint check --fail-level nev",
        "autopilot-lint check --fail-level never ",
    ),
    (
        "autopilot-lint check --show warn",
        "autopilot-lint check --show warning ",
    ),
    (
        "autopilot-lint schema --draft 20",
        "autopilot-lint schema --draft 2020-12 ",
    ),
    (
        "autopilot-lint explain zero",
        "autopilot-lint explain zero-guid ",
    ),
    (
        "autopilot-lint explain zero-guid coll",
        "autopilot-lint explain zero-guid collection ",
    ),
    (
        "autopilot-lint completions power",
        "autopilot-lint completions powershell ",
    ),
    // Lists, and a level after its name.
    (
        "autopilot-lint check --select zero-g",
        "autopilot-lint check --select zero-guid ",
    ),
    (
        "autopilot-lint check --select order,zero-g",
        "autopilot-lint check --select order,zero-guid ",
    ),
    (
        "autopilot-lint check --ignore=order,zero-g",
        "autopilot-lint check --ignore=order,zero-guid ",
    ),
    (
        "autopilot-lint check --severity zero-g",
        "autopilot-lint check --severity zero-guid=",
    ),
    (
        "autopilot-lint check --severity zero-guid=o",
        "autopilot-lint check --severity zero-guid=off ",
    ),
    (
        "autopilot-lint check --severity order=off,zero-guid=inf",
        "autopilot-lint check --severity order=off,zero-guid=info ",
    ),
    // What stands before it.
    (
        "FOO=1 autopilot-lint check --fa",
        "FOO=1 autopilot-lint check --fail-level ",
    ),
    (
        "true | autopilot-lint check --fa",
        "true | autopilot-lint check --fail-level ",
    ),
    (
        "autopilot-lint check 'one event.json' --fa",
        "autopilot-lint check 'one event.json' --fail-level ",
    ),
    (
        "autopilot-lint check --now 2026-11-01T00:00:00Z --mode cr",
        "autopilot-lint check --now 2026-11-01T00:00:00Z --mode create ",
    ),
    // Files, also where their names have blanks.
    ("autopilot-lint check pay", "autopilot-lint check payloads/"),
    (
        "autopilot-lint check -v payloads/one",
        "autopilot-lint check -v payloads/one\\ event.json ",
    ),
    (
        "autopilot-lint check --baseline kno",
        "autopilot-lint check --baseline known.json ",
    ),
    (
        "autopilot-lint check --format sarif=kno",
        "autopilot-lint check --format sarif=known.json ",
    ),
    (
        "autopilot-lint derive pag",
        "autopilot-lint derive page.md ",
    ),
    // Nothing.
    (
        "autopilot-lint check --nonsense",
        "autopilot-lint check --nonsense",
    ),
];

/// Ends a line that is looked at.
const REPORT: char = '\u{14}';

fn folder() -> Folder {
    Folder::repository(&[
        ("payloads/one event.json", "{}"),
        ("known.json", "{}"),
        ("page.md", ""),
    ])
}

/// Whether a program is there; says what is not tested where it is not.
fn has(program: &str) -> bool {
    let found = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    let found = found.is_ok();
    if !found {
        eprintln!("not tested: completions, as there is no {program}");
    }
    found
}

/// A command in the folder that finds the binary and knows nothing of its user.
fn shell(folder: &Folder, program: &str) -> Command {
    let binary = Path::new(binary::PATH).parent().expect("a folder");
    let path = format!(
        "{}:{}",
        binary.display(),
        std::env::var("PATH").expect("a path")
    );
    let mut command = Command::new(program);
    command
        .current_dir(folder.path())
        .env("PATH", path)
        .env("HOME", folder.path())
        .env("ZDOTDIR", folder.path())
        .env("XDG_CONFIG_HOME", folder.path().join(".config"))
        .env("XDG_DATA_HOME", folder.path().join(".local"))
        .env("TERM", "dumb")
        .env("INPUTRC", "/dev/null");
    command
}

/// Types each line and the tabulator key at a terminal; the lines as the shell then has them.
fn press(folder: &Folder, start: &str) -> Vec<String> {
    let mut terminal = shell(folder, "script");
    let mut terminal = terminal
        .args(["--quiet", "--return", "--command", start, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a terminal");
    let mut keys = String::new();
    for (typed, _) in LINES {
        keys.extend([typed, "\t"]);
        keys.push(REPORT);
    }
    keys.push_str("exit\n");
    let mut input = terminal.stdin.take().expect("keys");
    input.write_all(keys.as_bytes()).expect("typed");
    terminal.wait().expect("it ends");
    let lines = folder.read("lines");
    lines.lines().map(str::to_owned).collect()
}

/// What readers are told to put into a shell's settings.
fn told(line: &'static str) -> &'static str {
    let page = include_str!("../../../docs/check.md");
    assert!(page.contains(&format!("`{line}`")), "{line}");
    line
}

fn assert_completed(shell: &str, lines: &[String]) {
    let pairs = LINES.iter().zip(lines);
    for ((typed, expected), line) in pairs {
        assert_eq!(line, expected, "{shell}: {typed}");
    }
    assert_eq!(lines.len(), LINES.len(), "{shell}");
}

#[test]
fn bash_completes_with_and_without_bash_completion() {
    if !has("bash") || !has("script") {
        return;
    }
    let library = "/usr/share/bash-completion/bash_completion";
    for library in ["/dev/null", library] {
        if !Path::new(library).exists() {
            eprintln!("not tested: completions in bash with bash-completion, which is not there");
            continue;
        }
        let folder = folder();
        let load = told("eval \"$(autopilot-lint completions bash)\"");
        folder.write(
            "rc",
            &format!(
                "PS1='$ '\n. {library}\n{load}\n\
                 report() {{ printf '%s\\n' \"$READLINE_LINE\" >> lines; READLINE_LINE=; }}\n\
                 bind -x '\"\\C-t\": report'\n"
            ),
        );
        let lines = press(&folder, "bash --noprofile --rcfile rc -i");
        assert_completed(&format!("bash, {library}"), &lines);
    }
}

#[test]
fn zsh_completes() {
    if !has("zsh") || !has("script") {
        return;
    }
    let folder = folder();
    let load = told("eval \"$(autopilot-lint completions zsh)\"");
    folder.write(
        ".zshrc",
        &format!(
            "autoload -Uz compinit && compinit -u -D\n{load}\nunsetopt beep\n\
             report() {{ print -r -- \"$BUFFER\" >> lines; BUFFER= }}\n\
             zle -N report\nbindkey '^T' report\n"
        ),
    );
    let lines = press(&folder, "zsh -d -i");
    assert_completed("zsh", &lines);
}

#[test]
fn zsh_finds_the_script_in_its_folder_of_functions() {
    if !has("zsh") {
        return;
    }
    let folder = folder();
    let script = folder.run("completions zsh").stdout;
    folder.write("functions/_autopilot-lint", &script);
    let words = "fpath=(./functions $fpath); autoload -Uz compinit && compinit -u -D; \
                 print -r -- $_comps[autopilot-lint]";
    let output = shell(&folder, "zsh")
        .args(["-d", "-f", "-c", words])
        .output();
    let output = output.expect("zsh");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "_autopilot-lint\n");
}

#[test]
fn fish_completes() {
    if !has("fish") {
        return;
    }
    let folder = folder();
    let load =
        told("autopilot-lint completions fish > ~/.config/fish/completions/autopilot-lint.fish");
    fs::create_dir_all(folder.path().join(".config/fish/completions")).expect("made");
    let loaded = shell(&folder, "fish")
        .args(["--no-config", "-c", load])
        .status();
    assert!(loaded.expect("fish").success());
    for (typed, expected) in LINES {
        let words = format!("complete -C \"{typed}\"");
        let output = shell(&folder, "fish").args(["-c", &words]).output();
        let output = String::from_utf8(output.expect("fish").stdout).expect("UTF-8");
        let candidates: Vec<_> = output
            .lines()
            .filter_map(|line| line.split('\t').next())
            .collect();
        // The shell adds the blank, and quotes names when it inserts them.
        let word = expected.trim_end().replace("\\ ", "§");
        let word = word
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .replace('§', " ");
        let expected = if typed == expected {
            vec![]
        } else {
            vec![&*word]
        };
        assert_eq!(candidates, expected, "{typed}");
    }
    // What it means is told.
    let words = "complete -C 'autopilot-lint explain zero'";
    let output = shell(&folder, "fish").args(["-c", words]).output();
    let output = String::from_utf8(output.expect("fish").stdout).expect("UTF-8");
    assert_eq!(output, "zero-guid\tan identifier that is all zeros\n");
}

/// What the scripts ask, where no shell is there to ask it.
#[test]
fn a_word_is_completed_to_options_or_to_values() {
    let folder = folder();
    let complete = |words: &str| {
        let index = words.split(' ').count() - 1;
        let run = folder.run(&format!("__complete --index {index} -- {words}"));
        assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{words}");
        let lines = run
            .stdout
            .lines()
            .map(|line| line.split('\t').next().unwrap_or_default());
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let commands = complete("autopilot-lint ");
    for command in COMMANDS {
        assert!(
            commands.contains(&command.to_owned()),
            "{command}: {commands:?}"
        );
    }
    assert!(
        !commands.iter().any(|one| one.starts_with(['-', '_'])),
        "{commands:?}"
    );
    // A file is meant.
    assert!(complete("autopilot-lint check ").is_empty());
    let options = complete("autopilot-lint check --");
    assert!(
        options.len() > 25 && options.iter().all(|one| one.starts_with("--")),
        "{options:?}"
    );
    assert_eq!(complete("autopilot-lint check --severity order=").len(), 4);
    // Some shells drop an empty word.
    let run = folder.run("__complete --index 1 -- autopilot-lint");
    assert_eq!(run.stdout.lines().count(), commands.len());
}
