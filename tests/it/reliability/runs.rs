//! The same report from any run: side by side, on any number of threads, in any environment.

use std::process::Stdio;

use crate::support::binary::{Run, command};
use crate::support::folder::Folder;
use crate::support::{CLEAN, FAULTY, FORMATS, NOW_TEXT};

/// Enough files and payloads for threads to race.
fn folder() -> Folder {
    let folder = Folder::repository(&[("broken.json", "{"), ("deep/er/é.json", FAULTY)]);
    // Blanks cost little and make pieces that threads share; to report a finding costs more.
    let blanks = " ".repeat(800);
    let many = [FAULTY, CLEAN].repeat(50).join(&format!(",{blanks}"));
    folder.write("many.json", &format!("[{many}]"));
    let lines = [FAULTY, CLEAN, "{\"id\": 1}\n"].join(&format!("{blanks}\n"));
    folder.write("lines.jsonl", &lines.repeat(50));
    for number in 0..40 {
        folder.write(
            &format!("files/{number}.json"),
            if number % 3 == 0 { FAULTY } else { CLEAN },
        );
    }
    folder
}

/// Words for a run whose report says nothing of the time it took.
fn words(format: &str) -> [&str; 8] {
    [
        "check",
        "--quiet",
        "--max-diagnostics",
        "50",
        "--now",
        NOW_TEXT,
        "--format",
        format,
    ]
}

#[test]
fn sixteen_runs_at_once_give_the_same() {
    let folder = folder();
    for format in FORMATS {
        let start = || {
            let mut command = command(folder.path(), &words(format));
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().expect("it runs")
        };
        let running: Vec<_> = (0..16).map(|_| start()).collect();
        let ended = running
            .into_iter()
            .map(|child| child.wait_with_output().expect("it ends"));
        let runs: Vec<_> = ended.map(Run::from).collect();
        assert_eq!(runs[0].status, Some(1), "{:?}", runs[0].stderr);
        for run in &runs[1..] {
            assert!(
                run.stdout == runs[0].stdout && run.stderr == runs[0].stderr,
                "{format}"
            );
        }
    }
}

#[test]
fn no_environment_makes_a_difference() {
    type Change = fn(&mut std::process::Command) -> &mut std::process::Command;
    let folder = folder();
    let environments: [(&str, Change); 12] = [
        ("as it is", |command| command),
        ("one thread", |command| command.args(["--jobs", "1"])),
        ("eight threads", |command| command.args(["--jobs", "8"])),
        ("the pool's variable", |command| {
            command.env("RAYON_NUM_THREADS", "3")
        }),
        ("another zone", |command| {
            command.env("TZ", "Asia/Kathmandu")
        }),
        ("no such zone", |command| {
            command.env("TZ", ":/no/such/zone")
        }),
        ("the C locale", |command| {
            command.env("LC_ALL", "C").env("LANG", "C")
        }),
        ("a Turkish locale", |command| {
            command.env("LC_ALL", "tr_TR.UTF-8")
        }),
        ("no home", |command| command.env_remove("HOME")),
        ("a home that is not there", |command| {
            command.env("HOME", "/no/such/home")
        }),
        ("nothing", |command| command.env_clear()),
        ("another width", |command| {
            command.env("COLUMNS", "30").env("LINES", "5")
        }),
    ];
    for format in FORMATS {
        let mut first: Option<Run> = None;
        for (name, change) in environments {
            let mut command = command(folder.path(), &words(format));
            change(&mut command);
            let run = Run::from(command.output().expect("it runs"));
            let first = first.get_or_insert_with(|| Run {
                stdout: run.stdout.clone(),
                stderr: run.stderr.clone(),
                ..run
            });
            let same = run.stdout == first.stdout
                && run.stderr == first.stderr
                && run.status == first.status;
            // What a terminal can draw is the locale's to say.
            let locale = name.contains("locale") || name == "nothing";
            assert!(same || locale && format == "full", "{format}, {name}");
        }
    }
}

/// Whatever ends a run leaves no temporary file, and the report of an earlier run as it was.
#[cfg(unix)]
#[test]
fn a_signal_leaves_nothing_half_written() {
    let folder =
        Folder::repository(&[("a.json", &format!("[{}]", vec![FAULTY; 30_000].join(",")))]);
    folder.write("report.json", "");
    for (signal, status) in [("INT", 130), ("TERM", 143)] {
        let words = "check --max-diagnostics 100000 --format json=report.json a.json";
        let words: Vec<_> = words.split(' ').collect();
        let mut command = command(folder.path(), &words);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it runs");
        let temporary = || {
            let entries = std::fs::read_dir(folder.path()).expect("a folder");
            let names = entries.map(|entry| entry.expect("an entry").file_name());
            let names = names.filter(|name| name.to_string_lossy().starts_with(".autopilot-lint-"));
            names.count()
        };
        while temporary() == 0 {
            let ended = child.try_wait().expect("it can be asked");
            assert!(ended.is_none(), "no temporary file was seen");
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let mut kill = std::process::Command::new("kill");
        let killed = kill.args(["-s", signal, &child.id().to_string()]).status();
        assert!(killed.expect("kill").success());
        let ended = child.wait().expect("it ends");
        assert_eq!((ended.code(), temporary()), (Some(status), 0), "{signal}");
        assert_eq!(folder.read("report.json"), "", "{signal}");
    }
}

/// Where nothing is being written, it ends at once with the same status.
#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_that_waits() {
    let folder = Folder::repository(&[]);
    for (signal, status) in [("INT", 130), ("TERM", 143)] {
        let mut command = command(folder.path(), &["check", "-"]);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("it runs");
        std::thread::sleep(std::time::Duration::from_millis(500));
        let mut kill = std::process::Command::new("kill");
        let killed = kill.args(["-s", signal, &child.id().to_string()]).status();
        assert!(killed.expect("kill").success());
        assert_eq!(child.wait().expect("it ends").code(), Some(status));
    }
}
