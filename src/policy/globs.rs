//! Which files something is for: globs, in the manner of .gitignore.
//!
//! Owns how a glob, and a path that a configuration names, is spelled.

use std::borrow::Cow;

use globset::{ErrorKind, GlobBuilder, GlobSet, GlobSetBuilder};

use super::selection::Refusal;
use crate::text::plain_path::begins_with_drive;
use crate::text::quote::quote;

/// Bytes of a glob: a path has up to 4096.
const MAX_LENGTH: usize = 4096;
/// Groups of alternatives in a glob. Those within each other take stack, and all of them time.
const MAX_GROUPS: usize = 64;
/// Globs of a configuration: each file is held against all of them.
const MAX_GLOBS: usize = 1000;
/// Bytes, and groups, of globs that are compiled together. At worst this takes 100 MB, where the
/// 1 MiB of a configuration took 1.4 GB.
const MAX_SET_LENGTH: usize = 128 << 10;
const MAX_SET_GROUPS: usize = 1000;
/// On Windows, `A.json` and `a.json` are one file.
const IGNORES_CASE: bool = cfg!(windows);

/// Why a glob is more than anyone writes and a library bears, if it is.
///
/// For globs of people who may mean harm: libraries read groups in groups by recursion.
#[must_use]
pub fn excess(glob: &[u8]) -> Option<String> {
    let groups = groups(glob);
    if glob.len() > MAX_LENGTH {
        Some(format!("a glob may have up to {MAX_LENGTH} bytes"))
    } else if groups > MAX_GROUPS {
        Some(format!("a glob may have up to {MAX_GROUPS} `{{`"))
    } else {
        None
    }
}

fn groups(glob: &[u8]) -> usize {
    memchr::memchr_iter(b'{', glob).count()
}

/// Whether globs may be compiled together.
fn bearable(globs: &[String]) -> Result<(), Refusal> {
    let length: usize = globs.iter().map(String::len).sum();
    let groups: usize = globs.iter().map(|glob| groups(glob.as_bytes())).sum();
    let message = if length > MAX_SET_LENGTH {
        format!("globs of {length} bytes; together they may have up to {MAX_SET_LENGTH}")
    } else if groups > MAX_SET_GROUPS {
        format!("globs with {groups} `{{`; together they may have up to {MAX_SET_GROUPS}")
    } else {
        return Ok(());
    };
    let help = "name folders instead of files, or split them";
    Err(Refusal::new(message, Some(help.to_owned())))
}

/// What is wrong with a glob. The library's words are for those who wrote it, where it compiles
/// globs to something else.
fn fault(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::Regex(_) => "too much for one set of globs".to_owned(),
        kind => kind.to_string(),
    }
}

/// Whether a configuration may have so many patterns, two to a glob.
pub(super) fn few(patterns: usize) -> Result<(), Refusal> {
    if patterns <= 2 * MAX_GLOBS {
        return Ok(());
    }
    let message = format!("more than {MAX_GLOBS} globs in a configuration");
    Err(Refusal::new(message, None))
}

/// Globs, and which of them match a path.
#[derive(Debug, Clone, Default)]
pub struct FileGlobs {
    /// As they were written.
    globs: Vec<String>,
    /// Two patterns for each.
    patterns: GlobSet,
    /// As [`Globs::ignores_case`].
    ignores_case: bool,
}

impl FileGlobs {
    /// Globs that are relative to the current folder.
    ///
    /// # Errors
    /// When one of them is none, leads out of that folder, or they are too many.
    pub fn of_current_folder(globs: &[String]) -> Result<Self, Refusal> {
        let mut collected = Globs::relative_to("the current folder");
        globs.iter().try_for_each(|glob| collected.add(glob))?;
        collected.build()
    }

    /// As they were written, in their order.
    #[must_use]
    pub fn globs(&self) -> &[String] {
        &self.globs
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.globs.is_empty()
    }

    /// How many patterns a path is held against.
    pub(super) fn patterns(&self) -> usize {
        self.patterns.len()
    }

    /// Whether one matches a path with `/` between its parts.
    #[must_use]
    pub fn is_match(&self, path: &str) -> bool {
        self.patterns.is_match(&*key_of(path, self.ignores_case))
    }

    /// Indices of those that match such a path; one may come twice.
    pub fn matching(&self, path: &str) -> impl Iterator<Item = usize> {
        let path = key_of(path, self.ignores_case);
        let patterns = self.patterns.matches(&*path).into_iter();
        patterns.map(|pattern| pattern / 2)
    }
}

/// Globs that are being collected.
#[derive(Debug, Clone)]
pub(super) struct Globs {
    /// What they are relative to, for people.
    folder: &'static str,
    /// As the files of the system are named.
    ignores_case: bool,
    written: Vec<String>,
    patterns: Vec<globset::Glob>,
}

impl Globs {
    /// `folder` is for people.
    pub(super) const fn relative_to(folder: &'static str) -> Self {
        Self {
            folder,
            ignores_case: IGNORES_CASE,
            written: Vec::new(),
            patterns: Vec::new(),
        }
    }

    /// Adds a glob. One without `/` but at its end matches at any depth; one that names a folder
    /// matches all that is in it.
    pub(super) fn add(&mut self, glob: &str) -> Result<(), Refusal> {
        if let Some(excess) = excess(glob.as_bytes()) {
            return Err(Refusal::new(format!("{}: {excess}", quote(glob)), None));
        }
        few(self.patterns.len() + 2)?;
        let slashes = with_slashes(glob)?;
        if !is_inside(&slashes) {
            let message = format!("{} leads outside {}", quote(glob), self.folder);
            let help = "globs are relative to that folder, without `..`";
            return Err(Refusal::new(message, Some(help.to_owned())));
        }
        let name = slashes.trim_start_matches("./").trim_end_matches('/');
        // The library knows of ASCII letters only.
        let name = key_of(name, self.ignores_case);
        let prefix = if name.contains('/') { "" } else { "**/" };
        for pattern in [format!("{prefix}{name}"), format!("{prefix}{name}/**")] {
            let built = GlobBuilder::new(&pattern).literal_separator(true).build();
            let built = built.map_err(|error| {
                let message = format!("invalid glob {}: {}", quote(glob), fault(error.kind()));
                Refusal::new(message, None)
            })?;
            self.patterns.push(built);
        }
        self.written.push(glob.to_owned());
        Ok(())
    }

    /// Compiles them.
    pub(super) fn build(self) -> Result<FileGlobs, Refusal> {
        bearable(&self.written)?;
        let mut set = GlobSetBuilder::new();
        for pattern in self.patterns {
            set.add(pattern);
        }
        let message = |error: globset::Error| format!("invalid globs: {}", fault(error.kind()));
        let patterns = set
            .build()
            .map_err(|error| Refusal::new(message(error), None))?;
        Ok(FileGlobs {
            globs: self.written,
            patterns,
            ignores_case: self.ignores_case,
        })
    }
}

/// A path or glob with `/` between its parts. A `\` stands there on Windows and nowhere else: the
/// same configuration must not mean two things.
pub(super) fn with_slashes(path: &str) -> Result<Cow<'_, str>, Refusal> {
    slashes_instead_of(path, std::path::MAIN_SEPARATOR)
}

fn slashes_instead_of(path: &str, separator: char) -> Result<Cow<'_, str>, Refusal> {
    if !path.contains('\\') {
        return Ok(Cow::Borrowed(path));
    }
    let slashes = path.replace("\\\\", "\\").replace('\\', "/");
    if separator == '\\' {
        return Ok(Cow::Owned(slashes));
    }
    let message = format!(
        "{} has `\\` as a separator, which works on Windows only",
        quote(path)
    );
    let write = format!("write {}", quote(&slashes));
    let help = match escaped(path) {
        None => write,
        Some(special) => {
            format!("{write}; a `{special}` that stands for itself is written `[{special}]`")
        }
    };
    Err(Refusal::new(message, Some(help)))
}

/// A special character of globs that follows a `\`.
fn escaped(glob: &str) -> Option<char> {
    let mut after = glob.split('\\').skip(1);
    after.find_map(|rest| rest.chars().next().filter(|next| "*?[]{}".contains(*next)))
}

/// Whether a path or glob with `/` between its parts stays below the folder that it is relative to.
/// One that begins with a drive of Windows does so nowhere.
pub(super) fn is_inside(path: &str) -> bool {
    let climbs = path.split('/').any(|part| part == "..");
    let is_absolute = path.starts_with('/') || begins_with_drive(path.as_bytes());
    !climbs && !is_absolute && !path.is_empty()
}

/// What the names that a system takes for one file have in common.
pub(super) fn file_key(path: &str) -> Cow<'_, str> {
    key_of(path, IGNORES_CASE)
}

fn key_of(path: &str, ignores_case: bool) -> Cow<'_, str> {
    if ignores_case {
        Cow::Owned(path.to_lowercase())
    } else {
        Cow::Borrowed(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_in_gitignore() {
        for (glob, path, expected) in [
            ("*.json", "a.json", true),
            ("*.json", "deep/er/a.json", true),
            ("a.json", "deep/a.json", true),
            ("deep/*.json", "deep/a.json", true),
            ("deep/*.json", "deep/er/a.json", false),
            ("deep/**/*.json", "deep/er/a.json", true),
            ("./deep/*.json", "deep/a.json", true),
            ("deep", "deep/er/a.json", true),
            ("deep/", "deep/er/a.json", true),
            ("er/", "deep/er/a.json", true),
            ("deep/er", "deep/er/a.json", true),
            ("deep/er", "too/deep/er/a.json", false),
            ("{old,older}/", "old/a.json", true),
            ("[ab].json", "b.json", true),
            ("[ab].json", "c.json", false),
        ] {
            let mut globs = Globs::relative_to("x");
            globs.add(glob).expect("a glob");
            let set = globs.build().expect("globs");
            assert_eq!(set.is_match(path), expected, "{glob} {path}");
            assert_eq!(set.matching(path).next().is_some(), expected);
        }
    }

    #[test]
    fn letter_case_counts_where_it_does_for_the_system() {
        for (glob, path) in [
            ("Payloads/*.JSON", "payloads/a.json"),
            ("*.json", "A.JSON"),
            ("[a-c]É.json", "Bé.json"),
        ] {
            for ignores_case in [true, false] {
                let mut globs = Globs {
                    ignores_case,
                    ..Globs::relative_to("x")
                };
                globs.add(glob).expect("a glob");
                let set = globs.build().expect("globs");
                assert_eq!(set.is_match(path), ignores_case, "{glob} {path}");
                let same =
                    key_of("Sub/Bé.JSON", ignores_case) == key_of("sub/bÉ.json", ignores_case);
                assert_eq!(same, ignores_case);
            }
        }
    }

    #[test]
    fn no_glob_is_too_much_for_the_library() {
        let deep = |levels: usize| "{".repeat(levels) + "a" + &"}".repeat(levels);
        for glob in [
            deep(60_000),
            deep(MAX_GROUPS + 1),
            "{a,b}".repeat(MAX_GROUPS + 1),
            "a".repeat(MAX_LENGTH + 1),
            "**/".repeat(60_000),
        ] {
            let refusal = Globs::relative_to("x").add(&glob).expect_err("too much");
            assert!(refusal.message.contains("a glob may have up to "));
            assert!(refusal.message.len() < 1000, "{refusal}");
        }
        for (glob, path) in [
            (deep(MAX_GROUPS), "a".to_owned()),
            ("{a,b}".repeat(MAX_GROUPS), "a".repeat(MAX_GROUPS)),
            ("?".repeat(MAX_LENGTH), "a".repeat(MAX_LENGTH)),
            ("[a-z]".repeat(800), "a".repeat(800)),
        ] {
            let mut globs = Globs::relative_to("x");
            globs.add(&glob).expect("bearable");
            assert!(globs.build().expect("bearable").is_match(&path), "{glob}");
        }
        let mut many = Globs::relative_to("x");
        let added = (0..=MAX_GLOBS).map(|number| many.add(&format!("x{number}")));
        let refused: Vec<_> = added.filter_map(Result::err).collect();
        assert_eq!(refused.len(), 1);
        assert!(many.build().is_ok());
    }

    #[test]
    fn globs_are_limited_together() {
        let build = |glob: &dyn Fn(usize) -> String, count: usize| {
            let mut globs = Globs::relative_to("x");
            (0..count).try_for_each(|number| globs.add(&glob(number)))?;
            globs.build()
        };
        let ordinary = |number| format!("tests/fixtures/{number}/*.json");
        assert!(build(&ordinary, MAX_GLOBS).is_ok());
        let wide = |_| "{*a,".repeat(60) + "a" + &"}".repeat(60);
        let long = |_| "?".repeat(MAX_LENGTH);
        for (glob, count, expected) in [
            (&wide as &dyn Fn(usize) -> String, 17, "globs with 1020 `{`"),
            (&long, 33, "globs of 135168 bytes"),
        ] {
            let refusal = build(glob, count).expect_err(expected);
            assert!(refusal.message.starts_with(expected), "{refusal}");
        }
        let of_the_library = ErrorKind::Regex("error building NFA".to_owned());
        assert_eq!(fault(&of_the_library), "too much for one set of globs");
    }

    #[test]
    fn bad_globs_are_refused() {
        for (glob, expected) in [
            (
                "[ab",
                "invalid glob `[ab`: unclosed character class; missing ']'",
            ),
            (
                "{a",
                "invalid glob `{a`: unclosed alternate group; missing '}'",
            ),
            ("", "`` leads outside x"),
            ("../a", "`../a` leads outside x"),
            ("a/../../b", "`a/../../b` leads outside x"),
            ("/etc/*", "`/etc/*` leads outside x"),
            ("C:/etc/*", "`C:/etc/*` leads outside x"),
            ("c:*.json", "`c:*.json` leads outside x"),
        ] {
            let refusal = Globs::relative_to("x").add(glob).expect_err(glob);
            assert!(refusal.message.starts_with(expected), "{refusal}");
        }
    }

    #[test]
    fn backslashes_separate_on_windows_and_are_refused_elsewhere() {
        for (path, slashes, help) in [
            ("a/b", "a/b", None),
            (r"a\b.json", "a/b.json", Some("write `a/b.json`")),
            (r"a\\b\\c", "a/b/c", Some("write `a/b/c`")),
            (
                r"a\*.json",
                "a/*.json",
                Some("write `a/*.json`; a `*` that stands for itself is written `[*]`"),
            ),
        ] {
            let on_windows = slashes_instead_of(path, '\\').expect("separators");
            assert_eq!(on_windows, slashes);
            let refused = slashes_instead_of(path, '/').err();
            assert_eq!(refused.and_then(|refusal| refusal.help).as_deref(), help);
        }
    }
}
