//! Paths that a tree chooses: links, spellings, and outputs where inputs are.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::binary::{self, Run, command};
use crate::support::folder::{Folder, make_fifo};
use crate::support::{CLEAN, FAULTY, FORMATS};

const SECRET: &str = "machine example.com password hunter2\n";

/// A repository and, beside it, somebody's home.
struct Scene {
    folder: Folder,
    outside: Folder,
}

impl Scene {
    fn new(files: &[(&str, &str)]) -> Self {
        let outside = Folder::repository(&[("netrc", SECRET), ("x/a.json", FAULTY)]);
        let folder = Folder::repository(files);
        Self { folder, outside }
    }

    /// A link in the repository, the target counted from somebody's home.
    fn link_outside(&self, name: &str, target: &str) {
        let link = self.folder.path().join(name);
        symlink(self.outside.path().join(target), link).expect("linked");
    }

    fn link(&self, name: &str, target: &str) {
        symlink(target, self.folder.path().join(name)).expect("linked");
    }

    fn real(&self, name: &str) -> PathBuf {
        let outside = self.outside.path().canonicalize().expect("there");
        outside.join(name)
    }

    /// Runs it; it must refuse, name `path`, tell where the link leads and show nothing of it.
    fn refuses(&self, words: &str, path: &str, target: &str) {
        let run = self.folder.run(words);
        assert_eq!(run.status, Some(2), "{words} {run:?}");
        let real = self.real(target);
        let said = format!(
            "error: {path}: a link leads out of the repository; if that is intended, name {}\n",
            real.display()
        );
        assert!(run.stderr.contains(&said), "{words} {run:?}");
        self.is_untouched(&run);
    }

    fn is_untouched(&self, run: &Run) {
        assert_eq!(self.outside.read("netrc"), SECRET, "{run:?}");
        for word in ["hunter2", "example.com", "password"] {
            let shown = run.stdout.contains(word) || run.stderr.contains(word);
            assert!(!shown, "{word} {run:?}");
        }
    }
}

#[test]
fn no_output_is_written_through_a_link_out_of_the_repository() {
    let scene = Scene::new(&[("a.json", FAULTY), ("sub/b.json", FAULTY)]);
    scene.link_outside("report", "netrc");
    scene.link_outside("home", "");
    scene.link_outside("new", "not-there-yet");
    scene.link("again", "report");
    for format in FORMATS {
        let words = format!("check --format {format}=report a.json");
        scene.refuses(&words, "report", "netrc");
    }
    for (file, target) in [
        ("again", "netrc"),
        ("home/netrc", "netrc"),
        ("home/new.json", "new.json"),
        ("home/x/new.json", "x/new.json"),
        ("sub/../home/new.json", "new.json"),
        ("./home/./new.json", "new.json"),
    ] {
        for option in ["--format json=", "--write-baseline "] {
            scene.refuses(&format!("check {option}{file} a.json"), file, target);
        }
    }
    // A link to nothing is not a way to make a file either.
    let run = scene.folder.run("check --format json=new a.json");
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(!scene.real("not-there-yet").exists(), "{run:?}");
    assert!(!scene.real("new.json").exists());
}

#[test]
fn no_link_leads_into_the_data_of_git() {
    let scene = Scene::new(&[("a.json", FAULTY)]);
    let folder = scene.folder.path();
    fs::create_dir_all(folder.join(".git/hooks")).expect("made");
    fs::write(folder.join(".git/config"), SECRET).expect("written");
    scene.link("report", ".git/config");
    scene.link("autopilot-lint.toml", ".git/config");
    scene.link("hooks", ".git/hooks");
    scene.link("all", ".git");
    for words in [
        "check --no-config --format json=report a.json",
        "check --no-config --write-baseline report a.json",
        "check --no-config --format json=hooks/post-checkout a.json",
        "check --no-config --format json=all/new a.json",
        "check --no-config --baseline report a.json",
        "check --no-config --schema report a.json",
        "check --no-config all",
        "check --no-config report",
        "check a.json",
    ] {
        let run = scene.folder.run(words);
        assert_eq!(run.status, Some(2), "{words} {run:?}");
        let said = ": a link leads into the data of git; if that is intended, name ";
        assert!(run.stderr.contains(said), "{words} {run:?}");
        assert!(!run.stderr.contains("hunter2"), "{words} {run:?}");
        assert_eq!(scene.folder.read(".git/config"), SECRET, "{words}");
        assert!(!folder.join(".git/hooks/post-checkout").exists(), "{words}");
        assert!(!folder.join(".git/new").exists(), "{words}");
    }
}

#[test]
fn an_output_may_be_a_link_within_the_repository() {
    let scene = Scene::new(&[("a.json", FAULTY), ("out/old.txt", "old")]);
    scene.link("report", "out/old.txt");
    scene.link("there", "out");
    for (file, written) in [("report", "out/old.txt"), ("there/new.txt", "out/new.txt")] {
        let run = scene
            .folder
            .run(&format!("check --format json={file} a.json"));
        assert_eq!(run.status, Some(1), "{run:?}");
        assert!(scene.folder.read(written).contains("\"version\": 1"));
    }
    assert!(scene.folder.path().join("report").is_symlink());
}

#[test]
fn the_file_that_nobody_named_is_written_through_no_link() {
    const NAME: &str = "gl-code-quality-report.json";
    let check = |scene: &Scene| -> Run {
        let mut command = command(scene.folder.path(), &["check", "--ci", "a.json"]);
        command
            .env("GITLAB_CI", "true")
            .output()
            .expect("runs")
            .into()
    };
    for target in ["inside.txt", "nowhere"] {
        let scene = Scene::new(&[("a.json", FAULTY), ("inside.txt", "mine")]);
        scene.link(NAME, target);
        let run = check(&scene);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains("--ci does not write to"), "{run:?}");
        assert_eq!(scene.folder.read("inside.txt"), "mine");
        assert!(run.stdout.is_empty(), "{run:?}");
    }
    let scene = Scene::new(&[("a.json", FAULTY)]);
    scene.link_outside(NAME, "netrc");
    let run = check(&scene);
    assert_eq!(run.status, Some(2), "{run:?}");
    scene.is_untouched(&run);
    scene.folder.remove(NAME);
    assert_eq!(check(&scene).status, Some(1));
    assert!(scene.folder.read(NAME).starts_with('['));
    // Nobody may ever read from a pipe.
    scene.folder.remove(NAME);
    make_fifo(&scene.folder.path().join(NAME));
    let run = check(&scene);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("--ci does not write to"), "{run:?}");
}

#[test]
fn without_a_repository_a_link_stays_in_the_folder_of_the_output() {
    let outside = Folder::repository(&[("netrc", SECRET)]);
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name);
    fs::write(inside("a.json"), FAULTY).expect("written");
    symlink(outside.path().join("netrc"), inside("report")).expect("linked");
    let run = binary::run(
        folder.path(),
        &["check", "--format", "json=report", "a.json"],
    );
    assert_eq!(run.status, Some(2), "{run:?}");
    assert_eq!(outside.read("netrc"), SECRET);
}

#[test]
fn what_a_run_reads_it_does_not_write() {
    let folder = Folder::repository(&[
        ("a.json", FAULTY),
        ("sub/b.json", FAULTY),
        ("broken.json", "{\"id\": "),
        ("marked.json", "\u{feff}{\"id\": "),
        ("lines.jsonl", "\n{\"deploymentState\": \"success\"}\n"),
        ("autopilot-lint.toml", "ignore = []"),
        ("report.txt", "old"),
        (".gitignore", "tmp\n"),
        ("sub/.gitignore", "tmp\n"),
    ]);
    folder.run("check --write-baseline known a.json");
    folder.run("check --no-config --format json=schema a.json");
    let schema = folder.run("schema").stdout;
    folder.write("schema", &schema);
    fs::hard_link(folder.path().join("a.json"), folder.path().join("other")).expect("linked");
    symlink("a.json", folder.path().join("link")).expect("linked");
    symlink("sub", folder.path().join("folder")).expect("linked");
    let names = [
        "a.json",
        "sub/b.json",
        "broken.json",
        "marked.json",
        "lines.jsonl",
        "known",
        "schema",
        ".gitignore",
        "sub/.gitignore",
    ];
    let before = names.map(|name| folder.read(name));
    for words in [
        "--format json=a.json a.json",
        "--format json=./sub/../a.json a.json",
        "--format json=a.json ./a.json",
        "--format json=other a.json",
        "--format json=a.json other",
        "--format json=link a.json",
        "--format json=a.json link",
        "--format json=folder/b.json sub",
        "--format json=sub/b.json folder/b.json",
        "--format json=a.json .",
        "--format json=broken.json .",
        "--format json=marked.json .",
        "--format json-lines=lines.jsonl .",
        "--format json=autopilot-lint.toml a.json",
        "--format json=.gitignore .",
        "--format json=.gitignore sub",
        "--write-baseline sub/.gitignore .",
        "--write-baseline autopilot-lint.toml a.json",
        "--format json=known --baseline known a.json",
        "--format json=schema --schema schema a.json",
        "--write-baseline known --format json=known a.json",
        "--format json=r --format sarif=r a.json",
        "--format json=r --format sarif=./r a.json",
        "--format json=sub/r --format sarif=folder/r a.json",
        "--write-baseline r --format sarif=./r a.json",
    ] {
        let run = folder.run(&format!("check {words}"));
        assert_eq!(run.status, Some(2), "{words} {run:?}");
        assert!(run.stderr.starts_with("error: "), "{words} {run:?}");
        assert!(run.stdout.is_empty(), "{words} {run:?}");
        assert_eq!(names.map(|name| folder.read(name)), before, "{words}");
        assert!(!folder.path().join("r").exists(), "{words}");
    }
}

#[test]
fn reports_of_an_earlier_run_are_written_again() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    for format in ["json", "sarif", "gitlab", "json-lines"] {
        for _ in 0..2 {
            let run = folder.run(&format!(
                "check --format {format}=report.json --format concise ."
            ));
            assert_eq!(run.status, Some(1), "{format} {run:?}");
            assert!(run.stderr.starts_with("1 file, "), "{format} {run:?}");
        }
    }
}

#[test]
fn devices_and_pipes_that_are_named_are_written_to() {
    let folder = Folder::repository(&[("a.json", FAULTY)]);
    let run = folder.run("check --quiet --format json=/dev/stdout a.json");
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stdout.contains("\"version\": 1"), "{run:?}");
    let run = folder.run("check --quiet --format json=/dev/null --format sarif=/dev/null a.json");
    assert_eq!(run.status, Some(1), "{run:?}");
    let output = binary::run_in_shell(
        folder.path(),
        "check --quiet --format json=/dev/fd/3 --format concise=/dev/stderr a.json 3> three 2> two",
    );
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(folder.read("three").contains("\"version\": 1"));
    assert!(folder.read("two").starts_with("a.json:1:21: "));
}

#[test]
fn what_the_tree_names_is_read_within_the_repository_only() {
    let scene = Scene::new(&[("sub/a.json", FAULTY), ("real.toml", "ignore = ['schema']")]);
    scene.link_outside("autopilot-lint.toml", "netrc");
    scene.refuses("check sub", "autopilot-lint.toml", "netrc");
    scene.refuses(
        "check --config autopilot-lint.toml sub",
        "autopilot-lint.toml",
        "netrc",
    );
    // A way round is no way out.
    scene.folder.remove("autopilot-lint.toml");
    scene.link_outside("home", "");
    scene.link("autopilot-lint.toml", "home/netrc");
    scene.refuses("check sub", "autopilot-lint.toml", "netrc");
    scene.refuses("check --config home/netrc sub", "home/netrc", "netrc");
    scene.folder.remove("autopilot-lint.toml");
    scene.link("autopilot-lint.toml", "real.toml");
    assert_eq!(scene.folder.run("check sub").status, Some(0));
    for text in ["baseline = 'known.json'", "baseline = 'home/netrc'"] {
        scene.folder.write("real.toml", text);
        let _ = fs::remove_file(scene.folder.path().join("known.json"));
        scene.link_outside("known.json", "netrc");
        let run = scene.folder.run("check sub");
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(
            run.stderr.contains("a link leads out of the repository"),
            "{run:?}"
        );
        scene.is_untouched(&run);
    }
    scene.folder.remove("autopilot-lint.toml");
    scene.refuses("check --schema known.json sub", "known.json", "netrc");
    scene.refuses("check --baseline known.json sub", "known.json", "netrc");
    scene.refuses("derive known.json", "known.json", "netrc");
    scene.refuses("derive --diff known.json known.json", "known.json", "netrc");
}

#[test]
fn a_configuration_that_is_no_file_is_not_passed_over() {
    const NAME: &str = "autopilot-lint.toml";
    let scene = Scene::new(&[("sub/a.json", CLEAN)]);
    let refused = |said: &str| {
        for words in ["check", "check sub", "check sub/a.json", "check --quiet ."] {
            let run = scene.folder.run(words);
            assert_eq!(run.status, Some(2), "{words} {run:?}");
            assert_eq!(run.stderr, format!("error: {NAME}: {said}\n"), "{words}");
        }
        assert_eq!(scene.folder.run("check --no-config sub").status, Some(0));
        fs::remove_file(scene.folder.path().join(NAME)).expect("removed");
    };
    scene.link(NAME, "nowhere");
    refused("a link that leads nowhere");
    make_fifo(&scene.folder.path().join(NAME));
    refused("not a regular file");
    make_fifo(&scene.folder.path().join("pipe"));
    scene.link(NAME, "pipe");
    refused("not a regular file");
    symlink("/dev/null", scene.folder.path().join(NAME)).expect("linked");
    refused("a link leads out of the repository; if that is intended, name /dev/null");
    fs::create_dir(scene.folder.path().join(NAME)).expect("made");
    assert_eq!(scene.folder.run("check sub").status, Some(2));
}

#[test]
fn without_a_repository_the_folder_of_the_configuration_holds_links() {
    let outside = Folder::repository(&[("netrc", SECRET), ("a.json", FAULTY)]);
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name);
    fs::write(inside("a.json"), FAULTY).expect("written");
    symlink(outside.path().join("netrc"), inside("autopilot-lint.toml")).expect("linked");
    let run = binary::run(folder.path(), &["check", "a.json"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(!run.stderr.contains("hunter2"), "{run:?}");
    // Without a configuration nothing says where a tree ends.
    fs::remove_file(inside("autopilot-lint.toml")).expect("removed");
    symlink(outside.path(), inside("home")).expect("linked");
    assert_eq!(
        binary::run(folder.path(), &["check", "home"]).status,
        Some(1)
    );
    fs::write(inside("autopilot-lint.toml"), "").expect("written");
    assert_eq!(
        binary::run(folder.path(), &["check", "home"]).status,
        Some(2)
    );
}

#[test]
fn what_is_searched_stays_in_the_repository() {
    let scene = Scene::new(&[("z.json", FAULTY), ("in/a.json", CLEAN)]);
    scene.link_outside("x", "x");
    scene.link_outside("a.json", "x/a.json");
    scene.link("in/up", "../x");
    for (path, target) in [
        ("x", "x"),
        ("a.json", "x/a.json"),
        ("x/a.json", "x/a.json"),
        ("in/up", "x"),
    ] {
        scene.refuses(&format!("check {path}"), path, target);
        // What else is asked for is checked all the same.
        let run = scene.folder.run(&format!("check {path} z.json"));
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stdout.contains("z.json:1:21: "), "{run:?}");
    }
    // The way that the system takes, not the one that the text suggests.
    let run = scene.folder.run("check x/../netrc");
    assert_eq!(run.status, Some(2), "{run:?}");
    scene.is_untouched(&run);
    // Links above the root are nobody's in the tree.
    let above = tempfile::tempdir().expect("a folder");
    let link = above.path().join("repository");
    symlink(scene.folder.path(), &link).expect("linked");
    let named = link.join("z.json").display().to_string();
    assert_eq!(scene.folder.run(&format!("check {named}")).status, Some(1));
    let run = binary::run(
        above.path(),
        &["check", "repository/z.json", "repository/in"],
    );
    assert_eq!(run.status, Some(1), "{run:?}");
    let run = binary::run(above.path(), &["check", "repository/x"]);
    assert_eq!(run.status, Some(2), "{run:?}");
}

#[test]
fn a_submodule_and_a_worktree_are_repositories_of_their_own() {
    let folder = Folder::repository(&[
        ("a.json", FAULTY),
        ("sub/.git", "gitdir: ../.git/modules/sub\n"),
        ("sub/b.json", FAULTY),
    ]);
    symlink("../a.json", folder.path().join("sub/link.json")).expect("linked");
    symlink("sub/b.json", folder.path().join("in.json")).expect("linked");
    assert_eq!(folder.run("check sub/link.json").status, Some(2));
    assert_eq!(folder.run("check in.json").status, Some(1));
}

#[test]
fn an_input_is_checked_once_however_it_is_spelled() {
    let id = r#"{"id": "7a9f5d4c-3e21-4b86-9c07-1d2e3f4a5b6c", "deploymentState": "success"}"#;
    let folder = Folder::repository(&[("sub/a.json", id)]);
    symlink("sub", folder.path().join("folder")).expect("linked");
    symlink("sub/a.json", folder.path().join("link")).expect("linked");
    let absolute = folder.path().join("sub/a.json").display().to_string();
    for paths in [
        "sub/a.json ./sub/a.json",
        "sub/a.json sub/../sub/a.json",
        "sub/a.json folder/a.json",
        "sub/a.json link",
        "folder sub",
        "sub . folder/a.json",
        &format!("sub/a.json {absolute}"),
    ] {
        let words = format!("check --across-files --format json {paths}");
        let run = folder.run(&words);
        let report: Value = serde_json::from_str(&run.stdout).expect("a report");
        assert_eq!(report["summary"]["files"], 1, "{words} {run:?}");
        assert_eq!(run.status, Some(0), "{words} {run:?}");
    }
}

#[test]
fn derive_follows_no_link_out_of_the_tree() {
    let row = "|secretRow|String|hunter2|";
    let page = |link: &str| {
        format!(
            "# x resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n\
             |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The id.|\n\
             |part|[part]({link})|A part.|\n"
        )
    };
    let other = format!(
        "# part resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n\
         |Property|Type|Description|\n|:---|:---|:---|\n{row}\n"
    );
    let scene = Scene::new(&[]);
    scene.outside.write("part.md", &other);
    scene.folder.write("docs/inside.md", &other);
    scene.link_outside("docs/link.md", "part.md");
    let out = format!("../../{}/part.md", {
        let name = scene.outside.path().file_name().expect("a name");
        name.to_string_lossy()
    });
    for (link, follows) in [("inside.md", true), ("link.md", false), (&out, false)] {
        scene.folder.write("docs/page.md", &page(link));
        let run = scene.folder.run("derive docs/page.md");
        let shown = run.stdout.contains("secretRow") || run.stderr.contains("secretRow");
        assert_eq!(shown, follows, "{link} {run:?}");
    }
}
