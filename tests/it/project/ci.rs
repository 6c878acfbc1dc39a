//! What CI systems use: the script, its copies in the templates, and the Action. `.ci/uses` runs them
//! in the systems themselves.

use std::fs;
use std::path::Path;

use crate::support::golden;

const SCRIPT: &str = "packaging/ci/run.sh";
/// Each has the script in a block of text.
const COPIES: [&str; 2] = ["packaging/azure/autopilot-lint.yml", "templates/check.yml"];

fn read(path: &str) -> String {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(whole).expect("a file in UTF-8")
}

/// A template with the script, indented as its block is, and with this version.
fn with_script(template: &str, script: &str) -> String {
    let begin = template.find("|\n").expect("a block") + 2;
    let (before, rest) = template.split_at(begin);
    let indent = rest.len() - rest.trim_start().len();
    let is_inside = |line: &&str| line.trim().is_empty() || line.starts_with(&" ".repeat(indent));
    let inside: usize = rest
        .split_inclusive('\n')
        .take_while(is_inside)
        .map(str::len)
        .sum();
    let mut text = String::new();
    for line in before.split_inclusive('\n') {
        text.push_str(&with_version(line));
    }
    for line in script.split_inclusive('\n') {
        if line != "\n" {
            text.push_str(&" ".repeat(indent));
        }
        text.push_str(line);
    }
    text + &rest[inside..]
}

/// A line whose default is a version, with this one.
fn with_version(line: &str) -> String {
    let Some((before, quoted)) = line.split_once("default: '") else {
        return line.to_owned();
    };
    let is_version = quoted.starts_with(|c: char| c.is_ascii_digit()) && quoted.contains('.');
    if is_version {
        format!("{before}default: '{}'\n", env!("CARGO_PKG_VERSION"))
    } else {
        line.to_owned()
    }
}

#[test]
fn templates_hold_the_script_and_the_version() {
    let script = read(SCRIPT);
    for path in COPIES {
        let today = with_script(&read(path), &script);
        assert!(
            today.contains(&format!("default: '{}'", env!("CARGO_PKG_VERSION"))),
            "{path}"
        );
        golden::hold(path, &today);
    }
}

/// Both systems replace some of the text of a script before a shell reads it.
#[test]
fn no_system_replaces_a_part_of_the_script() {
    let script = read(SCRIPT);
    assert!(!script.contains("$[[") && !script.contains("${{"));
    for (at, _) in script.match_indices("$(") {
        let inside = script[at + 2..].split(')').next().unwrap_or_default();
        assert!(
            inside.contains(' '),
            "Azure takes $({inside}) for a variable"
        );
    }
}

/// What stands in a script would be run: an expression is the value of a variable or an input.
#[test]
fn expressions_stand_in_no_script() {
    let action = read("action.yml");
    let azure = read(COPIES[0]);
    let gitlab = read(COPIES[1]);
    for (text, mark) in [(action, "${{"), (azure, "${{"), (gitlab, "$[[")] {
        let mut found = 0;
        for line in text.lines().filter(|line| line.contains(mark)) {
            let (key, _) = line.trim().split_once(": ").unwrap_or_default();
            assert!(
                !["run", "bash", "script", ""].contains(&key) || line.ends_with("':"),
                "{line}"
            );
            found += 1;
        }
        assert!(found > 5, "{found}");
    }
}

/// A tag can be moved, a commit cannot.
#[test]
fn actions_of_others_are_pinned_by_their_commit() {
    let workflows = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let workflows = fs::read_dir(workflows).expect("a folder");
    let mut texts = vec![read("action.yml")];
    texts.extend(
        workflows
            .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("a workflow")),
    );
    let mut found = 0;
    for line in texts.iter().flat_map(|text| text.lines()) {
        let Some((_, used)) = line.split_once("uses: ") else {
            continue;
        };
        if used.starts_with("./") {
            continue;
        }
        let (_, commit) = used.split_once('@').expect("an action of others");
        let (commit, version) = commit.split_once(" # v").expect("a version in a comment");
        let is_commit = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
        assert!(
            is_commit && version.starts_with(|c: char| c.is_ascii_digit()),
            "{line}"
        );
        found += 1;
    }
    assert!(found > 0);
}

#[cfg(unix)]
mod script {
    use std::os::unix::fs::PermissionsExt;
    use std::process::{Command, Stdio};

    use super::*;
    use crate::support::binary::{self, Run};
    use crate::support::folder::Folder;
    use crate::support::{CLEAN, FAULTY};

    /// Runs it in a folder, in an environment of these variables alone.
    fn run(folder: &Folder, variables: &[(&str, &str)]) -> Run {
        let temporary = folder.path().join("temporary");
        fs::create_dir_all(&temporary).expect("made");
        let mut command = Command::new("sh");
        command
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(SCRIPT))
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            // Where some have their Python.
            .env("HOME", std::env::var_os("HOME").unwrap_or_default())
            .env("TMPDIR", temporary)
            .env("LINT_PROGRAM", binary::PATH)
            .envs(variables.iter().copied())
            .stdin(Stdio::null());
        Run::from(command.output().expect("a shell"))
    }

    #[test]
    fn words_are_split_and_nothing_else_happens_to_them() {
        let names = [
            "-q.json",
            "a b.json",
            "$(touch owned).json",
            "`touch owned`.json",
            "*.json",
            "c;d.json",
        ];
        let folder = Folder::repository(&[]);
        for name in names {
            folder.write(name, FAULTY);
        }
        folder.write("not named.json", FAULTY);
        let paths = names.join("\n");
        let variables = [
            ("LINT_PATHS", &*paths),
            ("LINT_ARGS", " --mode  any\n--max-diagnostics=1 "),
        ];
        let run = run(&folder, &variables);
        assert_eq!(run.status, Some(1), "{run:?}");
        for name in names {
            assert!(
                run.stdout.contains(&format!("{name}:1:21: error[")),
                "{name}: {run:?}"
            );
        }
        assert!(!run.stdout.contains("not named"), "{run:?}");
        assert!(!folder.path().join("owned").exists());
    }

    #[test]
    fn outputs_of_an_action_are_its_own() {
        let folder =
            Folder::repository(&[("clean.json", CLEAN), ("payloads/x\nstatus=0.json", FAULTY)]);
        for (paths, status) in [("clean.json", 0), ("payloads", 1), ("missing", 2)] {
            let [output, summary] = ["output", "summary"].map(|name| folder.path().join(name));
            fs::write(&output, "").expect("written");
            fs::write(&summary, "before\n").expect("written");
            let run = run(
                &folder,
                &[
                    ("LINT_PATHS", paths),
                    ("GITHUB_ACTIONS", "true"),
                    ("GITHUB_OUTPUT", output.to_str().expect("UTF-8")),
                    ("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8")),
                ],
            );
            assert_eq!(run.status, Some(status), "{run:?}");
            let written = folder.read("output");
            let lines: Vec<(&str, &str)> = written
                .lines()
                .filter_map(|line| line.split_once('='))
                .collect();
            let [
                ("markdown-file", markdown),
                ("sarif-file", sarif),
                ("status", said),
            ] = lines[..]
            else {
                panic!("{written}");
            };
            assert_eq!(said, status.to_string());
            assert!(Path::new(sarif).is_file());
            let report = fs::read_to_string(markdown).expect("a report");
            assert_eq!(folder.read("summary"), format!("before\n{report}"));
            let annotated = run
                .stdout
                .lines()
                .any(|line| line.starts_with("::error file="));
            assert_eq!(annotated, status > 0, "{run:?}");
        }
    }

    #[test]
    fn the_agent_of_azure_gets_status_and_files() {
        let folder = Folder::repository(&[("a.json", FAULTY)]);
        for (asked, files) in [("true", 2), ("false", 0)] {
            let run = run(
                &folder,
                &[
                    ("TF_BUILD", "True"),
                    ("LINT_SUMMARY", asked),
                    ("LINT_SARIF", asked),
                ],
            );
            assert_eq!(run.status, Some(1), "{run:?}");
            let commands: Vec<&str> = run
                .stdout
                .lines()
                .filter(|line| {
                    line.starts_with("##vso[") && !line.starts_with("##vso[task.logissue ")
                })
                .collect();
            assert_eq!(commands.len(), files + 1, "{run:?}");
            let last = commands.last().expect("a command");
            assert_eq!(
                *last,
                "##vso[task.setvariable variable=status;isoutput=true]1"
            );
        }
    }

    /// The archive of a release with a program that says which it is, and the lines of its sums.
    fn release(folder: &Folder) -> Option<String> {
        let stem = format!(
            "autopilot-lint-{}-unknown-linux-{}",
            std::env::consts::ARCH,
            {
                let loader = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"];
                if loader.iter().any(|path| Path::new(path).exists()) {
                    "gnu"
                } else {
                    "musl"
                }
            }
        );
        let program = format!("release/{stem}/autopilot-lint");
        folder.write(&program, "#!/bin/sh\necho the program of the release\n");
        let path = folder.path().join(program);
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("set");
        let words =
            format!("cd release && tar -czf {stem}.tar.gz {stem} && sha256sum {stem}.tar.gz");
        let mut shell = Command::new("sh");
        let made = shell
            .args(["-c", &words])
            .current_dir(folder.path())
            .output()
            .expect("a shell");
        let has_curl = Command::new("curl").arg("--version").output().is_ok();
        if !cfg!(target_os = "linux") || !made.status.success() || !has_curl {
            eprintln!(
                "not tested: the program of a release, as there is no curl, tar or sha256sum"
            );
            return None;
        }
        Some(String::from_utf8(made.stdout).expect("UTF-8"))
    }

    #[test]
    fn the_program_is_that_of_the_release_or_none() {
        let folder = Folder::repository(&[("a.json", FAULTY)]);
        let Some(sums) = release(&folder) else { return };
        let address = format!("file://{}/release", folder.path().display());
        let first = if sums.starts_with('0') { '1' } else { '0' };
        let other = format!("{first}{}", &sums[1..]);
        for (sums, status, said) in [
            (&*sums, 0, "the program of the release"),
            (
                &*other,
                2,
                "is not the file of the release: its SHA-256 differs",
            ),
            ("", 2, "neither a program nor a version is given"),
        ] {
            let run = run(
                &folder,
                &[
                    ("LINT_PROGRAM", ""),
                    ("LINT_RELEASES", &address),
                    ("LINT_SUMS", sums),
                ],
            );
            assert_eq!(run.status, Some(status), "{run:?}");
            assert!(
                format!("{}{}", run.stdout, run.stderr).contains(said),
                "{run:?}"
            );
        }
    }

    #[test]
    fn the_tags_of_the_action_hold_the_sums() {
        let folder = Folder::repository(&[]);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/ci/tag.sh");
        let words = "exec >&2
            git init -q --bare home && git init -q work && cd work && mkdir -p packaging/ci && touch packaging/ci/x && git add . &&
            git remote add origin ../home && git commit -q -m x && git tag v1.2.3 &&
            printf 'first' > ../sums && \"$SCRIPT\" v1.2.3 ../sums && git checkout -q v1.2.3 &&
            git commit -q --allow-empty -m y && git tag v1.3.0 &&
            printf 'second' > ../sums && \"$SCRIPT\" v1.3.0 ../sums";
        let shell = |line: &str| {
            let mut shell = Command::new("sh");
            shell.args(["-c", line]).current_dir(folder.path());
            for who in ["AUTHOR", "COMMITTER"] {
                shell.env(format!("GIT_{who}_NAME"), "a");
                shell.env(format!("GIT_{who}_EMAIL"), "a@example.com");
            }
            shell
                .env("SCRIPT", &script)
                .env("GIT_CONFIG_GLOBAL", "/dev/null");
            let output = shell.output().expect("a shell");
            (
                output.status.success(),
                String::from_utf8_lossy(&output.stdout).into_owned(),
                output.stderr,
            )
        };
        if !shell("git --version").0 {
            eprintln!("not tested: the tags of the Action, as there is no git");
            return;
        }
        let (made, _, said) = shell(words);
        assert!(made, "{}", String::from_utf8_lossy(&said));
        for (tag, sums) in [
            ("action-v1.2.3", "first"),
            ("action-v1.3.0", "second"),
            ("v1", "second"),
        ] {
            let (_, held, _) = shell(&format!("git -C home show {tag}:packaging/ci/SHA256SUMS"));
            assert_eq!(held, sums, "{tag}");
        }
        let (_, parents, _) = shell("git -C home log --format=%s v1");
        assert_eq!(
            parents,
            "Add the checksums of v1.3.0 for the Action\ny\nx\n"
        );
    }

    /// Python takes modules from the folder that it is started in.
    #[test]
    fn no_module_of_the_tree_is_run() {
        let folder = Folder::repository(&[("pip.py", "open('owned', 'w')")]);
        let run = run(
            &folder,
            &[
                ("LINT_PROGRAM", ""),
                ("LINT_VERSION", "0.0.0"),
                ("PIP_NO_INDEX", "1"),
            ],
        );
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(!folder.path().join("owned").exists());
    }
}
