//! The order of the house: which room may know which, read from the paths in the code.
//!
//! A room is a module right below the crate's root. An arrow runs from a file to the file that
//! defines what it names; a folder's `mod.rs` that only hands a name on is passed through.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, lowest first. Those on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["json"],
    &["edm", "foreign", "source"],
    &["model"],
    &["redact"],
    &["derive", "diagnostic", "meant"],
    &["view"],
    &["rules"],
    &["lint"],
    &["fixer", "report"],
    &["policy"],
    &["docs"],
    // The front door of the library, and the binary, which goes in by the rooms.
    &["api", "cli"],
    &["lib"],
    &["main"],
];

/// The rooms of the command line, lowest first.
const CLI_FLOORS: &[&[&str]] = &[
    &["budget", "exit", "paths", "system_error"],
    &["inputs"],
    &["settings"],
    &["outputs"],
    &["results"],
    &["streams"],
    &["fixing"],
    &["pipeline"],
    &["args"],
    &["commands"],
];

/// A module: its path from the crate's root, for example `["lint", "fast"]`.
type Module = Vec<String>;

#[derive(Default)]
struct House {
    /// The code of each module, without comments, texts and tests.
    code: BTreeMap<Module, String>,
    /// For each module, the names that it hands on, and the module each comes from.
    handed_on: BTreeMap<(Module, String), Module>,
}

impl House {
    fn read() -> Self {
        let mut house = Self::default();
        house.add(Path::new("src"), &[]);
        house.find_handed_on();
        house
    }

    fn add(&mut self, folder: &Path, module: &[String]) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        entries.sort();
        for path in entries {
            let stem = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or_default();
            let mut inner = module.to_vec();
            if path.is_dir() {
                inner.push(stem.to_owned());
                self.add(&path, &inner);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                if stem != "mod" {
                    inner.push(stem.to_owned());
                }
                let code = code(&fs::read_to_string(&path).expect("UTF-8"));
                self.code.insert(inner, code);
            }
        }
    }

    /// Reads every `pub use` of a child.
    fn find_handed_on(&mut self) {
        let uses = self.code.iter().flat_map(|(module, code)| {
            let public = uses(code).filter(|(public, _)| *public);
            public.map(move |(_, path)| (module.clone(), path))
        });
        for (module, path) in uses.collect::<Vec<_>>() {
            let Some(name) = path.last() else { continue };
            if let Some(target) = self.module_of(&module, &path) {
                self.handed_on.insert((module, name.clone()), target);
            }
        }
    }

    /// The module that a path leads to from inside `from`; `None` where it leaves the crate.
    fn module_of(&self, from: &[String], path: &[String]) -> Option<Module> {
        let mut at: Module = from.to_vec();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" | "autopilot_lint" => at.clear(),
            "self" => {}
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    at.pop();
                    rest = &rest[1..];
                }
                return Some(self.descend(at, rest));
            }
            child => {
                at.push(child.to_owned());
                if !self.code.contains_key(&at) {
                    return None;
                }
            }
        }
        Some(self.descend(at, &rest[1..]))
    }

    fn descend(&self, mut at: Module, path: &[String]) -> Module {
        for name in path {
            let mut child = at.clone();
            child.push(name.clone());
            if self.code.contains_key(&child) {
                at = child;
            } else if let Some(target) = self.handed_on.get(&(at.clone(), name.clone())) {
                return target.clone();
            } else {
                break;
            }
        }
        at
    }

    /// Every arrow from a file to another.
    fn arrows(&self) -> BTreeSet<(Module, Module)> {
        let mut arrows = BTreeSet::new();
        for (module, code) in &self.code {
            let used = uses(code)
                .filter(|(public, _)| !public)
                .map(|(_, path)| path);
            let inner = without_uses(code);
            let paths = used.chain(paths(&inner));
            for path in paths {
                if let Some(target) = self.module_of(module, &path)
                    && target != *module
                    && !target.is_empty()
                {
                    arrows.insert((module.clone(), target));
                }
            }
        }
        arrows
    }
}

/// The code of a file without comments, string literals and what is compiled for tests only.
fn code(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        // Tests stand last in a file.
        if line.starts_with("#[cfg(test)]") || line.starts_with("#[cfg(all(test") {
            break;
        }
        let line = line.split("//").next().unwrap_or_default();
        for (index, part) in line.split('"').enumerate() {
            if index % 2 == 0 {
                code.push_str(part);
            }
        }
        code.push('\n');
    }
    code
}

/// The paths of all `use` declarations, each with whether it hands the name on.
fn uses(code: &str) -> impl Iterator<Item = (bool, Vec<String>)> {
    let declarations = code.split(';').filter_map(|statement| {
        let at = statement.rfind("use ")?;
        let before = statement[..at].trim_end();
        let starts =
            before.is_empty() || before.ends_with(['\n', ')', '}', ']']) || before.ends_with("pub");
        let public = before.ends_with("pub")
            || before.ends_with("pub(crate)")
            || before.ends_with("pub(super)");
        let fresh = statement[..at].ends_with(char::is_whitespace) || at == 0;
        (starts && fresh).then(|| (public, statement[at + 4..].to_owned()))
    });
    declarations.flat_map(|(public, tree)| {
        let mut found = Vec::new();
        expand(&tree, &[], &mut found);
        found.into_iter().map(move |path| (public, path))
    })
}

/// The paths of a `use` tree.
fn expand(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
    let tree = tree.trim();
    let split = tree.split_once('{').filter(|(path, _)| !path.contains(','));
    if let Some((path, rest)) = split {
        let mut before = before.to_vec();
        before.extend(parts(path));
        let inner = rest.trim_end().strip_suffix('}').unwrap_or(rest);
        let (mut depth, mut start) = (0, 0);
        for (at, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    expand(&inner[start..at], &before, found);
                    start = at + 1;
                }
                _ => {}
            }
        }
        expand(&inner[start..], &before, found);
    } else if !tree.is_empty() {
        let path = tree.split(" as ").next().unwrap_or(tree);
        let own = parts(path).filter(|part| part != "self");
        found.push(before.iter().cloned().chain(own).collect());
    }
}

fn parts(path: &str) -> impl Iterator<Item = String> {
    path.split("::")
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
}

fn without_uses(code: &str) -> String {
    code.split(';')
        .filter(|statement| !statement.contains("use "))
        .collect::<Vec<_>>()
        .join(";")
}

/// Every path of two names or more.
fn paths(code: &str) -> impl Iterator<Item = Vec<String>> {
    let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    words
        .filter(|word| word.contains("::"))
        .map(|word| parts(word).collect())
}

/// What can be reached from a module along arrows.
fn reached<'a>(arrows: &'a BTreeSet<(Module, Module)>, start: &'a Module) -> BTreeSet<&'a Module> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&Module> = vec![start];
    while let Some(at) = next.pop() {
        let from_here = arrows.iter().filter(|(from, _)| from == at);
        next.extend(from_here.map(|(_, to)| to).filter(|to| reached.insert(*to)));
    }
    reached
}

fn floor(floors: &[&[&str]], room: &str) -> usize {
    let floor = floors.iter().position(|floor| floor.contains(&room));
    floor.unwrap_or_else(|| panic!("the room `{room}` stands on no floor: add it"))
}

fn name(module: &[String]) -> String {
    module.join("::")
}

/// The arrows up among the modules right below `parent`.
fn arrows_up(floors: &[&[&str]], parent: &[&str]) -> Vec<String> {
    let room = |module: &Module| {
        let inside = module
            .get(..parent.len())
            .is_some_and(|head| head == parent);
        let room = module.get(parent.len()).filter(|_| inside)?;
        Some((room.clone(), floor(floors, room)))
    };
    let arrows = House::read().arrows();
    let up = arrows.iter().filter(|(from, to)| {
        let rooms = room(from).zip(room(to));
        rooms.is_some_and(|((from, low), (to, high))| from != to && low <= high)
    });
    up.map(|(from, to)| format!("{} -> {}", name(from), name(to)))
        .collect()
}

#[test]
fn arrows_between_rooms_run_down() {
    let up = arrows_up(FLOORS, &[]);
    assert!(up.is_empty(), "arrows that run up:\n{}", up.join("\n"));
}

#[test]
fn arrows_between_the_rooms_of_the_command_line_run_down() {
    let up = arrows_up(CLI_FLOORS, &["cli"]);
    assert!(up.is_empty(), "arrows that run up:\n{}", up.join("\n"));
}

#[test]
fn files_do_not_know_each_other_in_circles() {
    let arrows = House::read().arrows();
    let modules: BTreeSet<&Module> = arrows.iter().map(|(from, _)| from).collect();
    let reach: BTreeMap<_, _> = modules
        .iter()
        .map(|at| (*at, reached(&arrows, at)))
        .collect();
    let in_a_circle = |(from, to): &&(Module, Module)| {
        reach.get(to).is_some_and(|reached| reached.contains(from))
    };
    let circles: Vec<String> = arrows
        .iter()
        .filter(in_a_circle)
        .map(|(from, to)| format!("{} -> {}", name(from), name(to)))
        .collect();
    assert!(
        circles.is_empty(),
        "arrows of circles:\n{}",
        circles.join("\n")
    );
}

#[test]
fn the_whole_house_is_read() {
    let house = House::read();
    let arrows = house.arrows();
    let of = |from: &str, to: &str| {
        let module = |path: &str| parts(path).collect::<Vec<_>>();
        arrows.contains(&(module(from), module(to)))
    };
    // Through a `use` with braces, a name handed on, a path in the code, and from the binary.
    assert!(of("rules::order::implausible_date", "view::findings"));
    assert!(of("lint::linter", "lint::setup"));
    assert!(house.code.len() > 150, "{} files", house.code.len());
}
