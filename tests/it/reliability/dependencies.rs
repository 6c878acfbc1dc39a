//! What the program is made of: nothing that speaks to a network, and no reader that takes a member
//! of a payload for something else.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::process::Command;

use crate::support::binary::run;
use crate::support::folder::Folder;

/// What `cargo deny` is told, where it is installed; here by other means.
fn policy() -> toml::Table {
    include_str!("../../../deny.toml").parse().expect("a table")
}

fn texts(values: &toml::Value) -> Vec<&str> {
    let values = values.as_array().expect("an array").iter();
    values
        .map(|value| value.as_str().expect("a string"))
        .collect()
}

struct Crate {
    name: String,
    license: String,
    features: Vec<String>,
}

/// Each crate and version of the binary.
fn crates() -> Vec<Crate> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}|{l}|{f}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).expect("text");
    let read = |line: &str| {
        let parts: Vec<_> = line.trim_end_matches(" (*)").split('|').collect();
        let [package, license, features] = parts.as_slice() else {
            panic!("{line}");
        };
        Crate {
            name: package.split(' ').next().expect("a name").to_owned(),
            license: (*license).to_owned(),
            features: features.split(',').map(str::to_owned).collect(),
        }
    };
    let crates: Vec<_> = lines
        .lines()
        .filter(|line| !line.is_empty())
        .map(read)
        .collect();
    assert!(crates.len() > 50, "{}", crates.len());
    crates
}

#[test]
fn no_crate_speaks_to_a_network() {
    let policy = policy();
    let banned = texts(&policy["bans"]["deny"]);
    assert!(
        ["reqwest", "hyper", "tokio", "rustls"]
            .iter()
            .all(|name| banned.contains(name))
    );
    for package in crates() {
        assert!(!banned.contains(&package.name.as_str()), "{}", package.name);
    }
}

#[test]
fn serde_json_is_built_without_its_private_members() {
    let policy = policy();
    let rules = policy["bans"]["features"].as_array().expect("rules");
    let rule = rules
        .iter()
        .find(|rule| rule["crate"].as_str() == Some("serde_json"));
    let banned = texts(&rule.expect("a rule")["deny"]);
    assert!(banned.contains(&"arbitrary_precision") && banned.contains(&"raw_value"));
    let crates = crates();
    let mut of_json = crates
        .iter()
        .filter(|package| package.name == "serde_json")
        .peekable();
    assert!(of_json.peek().is_some());
    for package in of_json {
        for feature in &package.features {
            assert!(!banned.contains(&feature.as_str()), "{feature}");
        }
    }
}

/// Of the alternatives that an SPDX expression gives, one must be allowed; of what goes together,
/// all.
#[test]
fn every_licence_is_allowed() {
    let policy = policy();
    let allowed = texts(&policy["licenses"]["allow"]);
    for Crate { name, license, .. } in crates() {
        let bare = license.replace(['(', ')'], "").replace('/', " OR ");
        let together = bare.split(" AND ");
        let known = |part: &str| part.split(" OR ").any(|one| allowed.contains(&one.trim()));
        assert!(together.into_iter().all(known), "{name}: {license}");
    }
}

#[test]
fn panics_unwind() {
    let manifest = include_str!("../../../Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("a manifest");
    let profiles = manifest["profile"].as_table().expect("profiles");
    assert!(
        profiles
            .values()
            .all(|profile| profile.get("panic").is_none())
    );
}

/// Everything that could be followed leads to a listener.
#[test]
fn no_link_is_followed() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let url = format!("http://{}/x", listener.local_addr().expect("an address"));
    let folder = Folder::repository(&[
        (
            "a.json",
            &format!(
                r#"{{"$schema": "{url}", "@odata.context": "{url}", "@odata.nextLink": "{url}", "value": [{{"$ref": "{url}", "@odata.id": "{url}"}}]}}"#
            ),
        ),
        (
            "schema.json",
            &format!(r#"{{"$schema": "{url}", "$ref": "{url}"}}"#),
        ),
        (
            "other.json",
            &format!(r#"{{"$id": "{url}", "properties": {{"a": {{"$ref": "{url}#/$defs/b"}}}}}}"#),
        ),
        (
            "page.md",
            &format!(
                "# x resource type\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|a|[b]({url})|[c]({url})|\n"
            ),
        ),
    ]);
    for words in [
        "check",
        "check --format html",
        "check --format markdown",
        "check --schema schema.json a.json",
        "check --schema other.json a.json",
        "derive page.md",
        "derive --check-samples page.md",
        "derive --diff schema.json other.json",
    ] {
        let words: Vec<_> = words.split(' ').collect();
        let run = run(folder.path(), &words);
        assert!(run.status.is_some(), "{run:?}");
        let called = listener.accept().map(|_| ());
        assert_eq!(
            called.map_err(|error| error.kind()),
            Err(ErrorKind::WouldBlock),
            "{words:?}"
        );
    }
}
