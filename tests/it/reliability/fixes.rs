//! Files that are fixed: each is the old or the new one, whatever happens meanwhile.

use std::fs::{self, File};
use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime};

use crate::support::archive::{gzip, zstandard};
use crate::support::binary::{self, command};
use crate::support::folder::Folder;
use crate::support::random::Random;

/// An event with a fault that is fixed, and the same without it.
fn event(number: usize) -> (String, String) {
    let text = |open, close| {
        format!(
            "{{\"id\": \"{open}9a2d6d0c-5e7b-4b8e-8f0a-{number:012x}{close}\", \
             \"osVersion\": \"10.0.22631.1\", \"deploymentState\": \"success\"}}\n"
        )
    };
    (text("{", "}"), text("", ""))
}

/// A file of this name with some events, each on a line: as it is, and fixed.
fn lines(name: &str, count: usize) -> (String, String, String) {
    let (old, new): (Vec<_>, Vec<_>) = (0..count).map(event).unzip();
    (name.to_owned(), old.concat(), new.concat())
}

/// Names of what is being written, or was.
fn temporaries(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names
        .filter(|name| name.starts_with(".autopilot-lint-"))
        .collect()
}

fn fix(folder: &Folder) -> Child {
    let mut command = command(folder.path(), &["check", "--fix-only", "."]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("it runs")
}

/// A repository with these files as they are.
fn old(files: &[(String, String, String)]) -> Folder {
    let folder = Folder::repository(&[]);
    for (name, old, _) in files {
        folder.write(name, old);
    }
    folder
}

#[test]
fn a_killed_run_leaves_each_file_old_or_new_and_what_it_was_writing_goes_away() {
    let mut files = vec![lines("large.jsonl", 500)];
    for number in 0..15 {
        files.push(lines(&format!("{number}.json"), 1));
    }
    let mut random = Random::new(20);
    let (mut mixed, mut left) = (0, 0);
    let folder = old(&files);
    for round in 0..10 {
        for (name, old, _) in &files {
            folder.write(name, old);
        }
        let mut child = fix(&folder);
        std::thread::sleep(Duration::from_micros(random.below(400_000) as u64));
        let _ = child.kill();
        child.wait().expect("it ends");
        let mut fixed = 0;
        for (name, old, new) in &files {
            let text = folder.read(name);
            assert!(text == *old || text == *new, "{round}: {name}");
            fixed += usize::from(text == *new);
        }
        mixed += usize::from(fixed > 0 && fixed < files.len());
        left = temporaries(&folder).len();
        // What is left is no payload.
        let run = folder.run("check --show-files .");
        assert_eq!(run.stdout.lines().count(), files.len(), "{run:?}");
    }
    // No round need be killed while it writes; a file that one left behind is made here.
    let stale = ".autopilot-lint-0123456789ab.tmp";
    folder.write(stale, "half");
    let file = File::options().write(true).open(folder.path().join(stale));
    let an_hour_ago = SystemTime::now() - Duration::from_secs(3_700);
    file.expect("a file")
        .set_modified(an_hour_ago)
        .expect("a time");
    folder.run("check .");
    assert_eq!(
        temporaries(&folder).len(),
        left + 1,
        "a check removes nothing"
    );
    folder.run("check --diff .");
    assert_eq!(
        temporaries(&folder).len(),
        left + 1,
        "a diff removes nothing"
    );
    folder.run("check --fix-only .");
    assert_eq!(
        temporaries(&folder).len(),
        left,
        "{mixed} rounds were mixed"
    );
    assert!(!temporaries(&folder).contains(&stale.to_owned()));
    for (name, _, new) in &files {
        assert_eq!(folder.read(name), *new);
    }
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_nothing_half_written() {
    for (signal, status) in [("INT", 130), ("TERM", 143)] {
        let files = [lines("a.jsonl", 3_000), lines("b.jsonl", 3_000)];
        let folder = old(&files);
        let mut child = fix(&folder);
        while temporaries(&folder).is_empty() {
            let ended = child.try_wait().expect("it can be asked");
            assert!(ended.is_none(), "no temporary file was seen");
            std::thread::sleep(Duration::from_millis(1));
        }
        let mut kill = std::process::Command::new("kill");
        let killed = kill.args(["-s", signal, &child.id().to_string()]).status();
        assert!(killed.expect("kill").success());
        let ended = child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(status));
        assert_eq!(temporaries(&folder), [""; 0]);
        for (name, old, new) in &files {
            let text = folder.read(name);
            assert!(text == *old || text == *new, "{name}");
        }
    }
}

#[test]
fn several_runs_at_once_do_no_harm() {
    let files: Vec<_> = (0..30)
        .map(|number| lines(&format!("{number}.jsonl"), 40))
        .collect();
    let folder = old(&files);
    let runs: Vec<Child> = (0..4).map(|_| fix(&folder)).collect();
    for mut run in runs {
        // Who sees that another one was faster leaves the file alone.
        let status = run.wait().expect("it ends").code();
        assert!(matches!(status, Some(0 | 2)), "{status:?}");
    }
    for (name, _, new) in &files {
        assert_eq!(folder.read(name), *new, "{name}");
    }
    assert_eq!(temporaries(&folder), [""; 0]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_replaced_stays_and_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let (old, new) = event(1);
    let folder = Folder::repository(&[
        ("plain.json", &old),
        ("read-only.json", &old),
        ("linked.json", &old),
        ("locked/a.json", &old),
    ]);
    let path = |name: &str| folder.path().join(name);
    let mode = |name: &str, mode| {
        fs::set_permissions(path(name), fs::Permissions::from_mode(mode)).expect("a mode");
    };
    let several = [gzip(&old), gzip(&old)].concat();
    folder.write("several.jsonl.gz", &several);
    let frames = [zstandard(&old), zstandard(&old)].concat();
    folder.write("frames.jsonl.zst", &frames);
    mode("read-only.json", 0o444);
    fs::hard_link(path("linked.json"), path("other-name")).expect("a link");
    mode("locked", 0o555);
    let locks = File::create(path("locked/x")).is_err();
    // What would change is shown for all that is one file of one part.
    let run = folder.run("check --diff .");
    let shown = run.stdout.matches("\n+++ ").count();
    assert_eq!((run.status, shown), (Some(2), 4), "{run:?}");
    let run = folder.run("check --fix .");
    mode("locked", 0o755);
    assert_eq!(run.status, Some(2), "{run:?}");
    let expected = [
        (
            "frames.jsonl.zst: not fixed: its archive has more than one part",
            true,
        ),
        ("linked.json: not fixed: it has 2 names (hard links)", true),
        (
            "locked/a.json: not fixed: cannot be written: Permission denied",
            locks,
        ),
        ("read-only.json: not fixed: it is read-only", true),
        (
            "several.jsonl.gz: not fixed: its archive has more than one part",
            true,
        ),
    ];
    for (words, is_said) in expected {
        let said = run.stderr.contains(&format!("error: {words}"));
        assert_eq!(said, is_said, "{words}: {run:?}");
    }
    // What was found is in the report all the same.
    assert!(run.stdout.contains("linked.json:1:"), "{run:?}");
    assert_eq!(folder.read("plain.json"), new);
    for name in ["read-only.json", "linked.json", "other-name"] {
        assert_eq!(folder.read(name), old, "{name}");
    }
    assert_eq!(fs::read(path("several.jsonl.gz")).expect("a file"), several);
    assert_eq!(fs::read(path("frames.jsonl.zst")).expect("a file"), frames);
    assert_eq!(temporaries(&folder), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_text() {
    let files = [lines("a.jsonl", 200)];
    let folder = old(&files);
    // As on a full disk, no file may grow beyond a block.
    let line = format!("trap '' XFSZ; ulimit -f 1; exec {} \"$@\"", binary::PATH);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &line, "sh", "check", "--fix-only", "a.jsonl"]);
    let run = shell.current_dir(folder.path()).output().expect("sh");
    let stderr = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains("error: a.jsonl: not fixed: cannot be written: "),
        "{stderr}"
    );
    assert_eq!(folder.read("a.jsonl"), files[0].1);
    assert_eq!(temporaries(&folder), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_the_links_to_it() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (old, new) = event(1);
    let folder = Folder::repository(&[("below/real.json", &old)]);
    let path = |name: &str| folder.path().join(name);
    let outside = Folder::repository(&[("real.json", &old)]);
    fs::set_permissions(path("below/real.json"), fs::Permissions::from_mode(0o640))
        .expect("a mode");
    symlink("below/real.json", path("link.json")).expect("a link");
    symlink(outside.path().join("real.json"), path("away.json")).expect("a link");
    let run = folder.run("check --fix-only link.json away.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(
        run.stderr
            .contains("away.json: a link leads out of the repository"),
        "{run:?}"
    );
    assert_eq!(outside.read("real.json"), old);
    assert_eq!(folder.read("below/real.json"), new);
    assert!(path("link.json").is_symlink());
    let mode = fs::metadata(path("below/real.json"))
        .expect("a file")
        .permissions();
    assert_eq!(mode.mode() & 0o7777, 0o640);
}

/// What is printed where others read it neither acts nor identifies.
#[test]
fn a_diff_for_people_is_safe_and_masked() {
    let text = "  ::error::x\u{1b}[31m ##[error]y ##vso[task.setvariable]z\n";
    let folder = Folder::repository(&[("a.jsonl", ""), ("::b.json", "")]);
    // In JSON Lines, what is no document is no fault of the line before.
    let line = "{\"id\": \"{9a2d6d0c-5e7b-4b8e-8f0a-1c2d3e4f5a6b}\", \
        \"userPrincipalName\": \"anna@example.com\", \"deploymentState\": \"success\"}\n";
    let lines = format!("{line}{text}");
    folder.write("a.jsonl", &lines);
    folder.write("::b.json", line);
    for (variable, words) in [
        ("GITHUB_ACTIONS", "check --diff ."),
        ("GITHUB_ACTIONS", "check --diff --no-redact ."),
        ("NOTHING", "check --diff --redact ."),
    ] {
        let words: Vec<_> = words.split(' ').collect();
        let run = command(folder.path(), &words)
            .env(variable, "true")
            .output();
        let stdout = String::from_utf8(run.expect("it runs").stdout).expect("UTF-8");
        assert!(stdout.starts_with("--- ./:"), "{stdout}");
        assert!(stdout.contains("+++ a.jsonl\n@@ -1,"), "{stdout}");
        let acts = stdout
            .lines()
            .any(|line| line.trim_start().starts_with("::"));
        let acts =
            acts || stdout.contains("##[") || stdout.contains("##vso") || stdout.contains('\u{1b}');
        assert!(!acts, "{stdout}");
        let masks = words.len() == 3 && variable != "NOTHING" || words.contains(&"--redact");
        assert_eq!(stdout.contains("anna"), !masks, "{stdout}");
    }
}
