//! Which files an override is for: globs, in the manner of .gitignore.

use globset::{ErrorKind, GlobBuilder, GlobSet, GlobSetBuilder};

use super::selection::Refusal;
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

/// Whether globs may be compiled together. `patterns` are two to a glob.
fn bearable(patterns: &[globset::Glob]) -> Result<(), Refusal> {
    let globs = || patterns.iter().step_by(2).map(globset::Glob::glob);
    let length: usize = globs().map(str::len).sum();
    let groups: usize = globs().map(|glob| groups(glob.as_bytes())).sum();
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

/// Globs that are being collected.
#[derive(Debug, Clone, Default)]
pub(super) struct Globs(Vec<globset::Glob>);

impl Globs {
    /// Adds a glob. One without `/` but at its end matches at any depth; one that names a folder
    /// matches all that is in it.
    pub(super) fn add(&mut self, glob: &str) -> Result<(), Refusal> {
        if let Some(excess) = excess(glob.as_bytes()) {
            return Err(Refusal::new(format!("{}: {excess}", quote(glob)), None));
        }
        few(self.0.len() + 2)?;
        if !is_inside(glob) {
            let message = format!("{} leads outside the configuration's folder", quote(glob));
            let help = "globs are relative to that folder, without `..`";
            return Err(Refusal::new(message, Some(help.to_owned())));
        }
        let name = glob.trim_start_matches("./").trim_end_matches('/');
        let prefix = if glob.trim_end_matches('/').contains('/') {
            ""
        } else {
            "**/"
        };
        for pattern in [format!("{prefix}{name}"), format!("{prefix}{name}/**")] {
            let built = GlobBuilder::new(&pattern).literal_separator(true).build();
            let built = built.map_err(|error| {
                let message = format!("invalid glob {}: {}", quote(glob), fault(error.kind()));
                Refusal::new(message, None)
            })?;
            self.0.push(built);
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Compiles them.
    pub(super) fn build(self) -> Result<GlobSet, Refusal> {
        bearable(&self.0)?;
        let mut set = GlobSetBuilder::new();
        for glob in self.0 {
            set.add(glob);
        }
        let message = |error: globset::Error| format!("invalid globs: {}", fault(error.kind()));
        set.build()
            .map_err(|error| Refusal::new(message(error), None))
    }
}

fn is_inside(glob: &str) -> bool {
    let climbs = glob.split('/').any(|part| part == "..");
    !climbs && !glob.starts_with('/') && !glob.is_empty()
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
            let mut globs = Globs::default();
            globs.add(glob).expect("a glob");
            let set = globs.build().expect("globs");
            assert_eq!(set.is_match(path), expected, "{glob} {path}");
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
            let refusal = Globs::default().add(&glob).expect_err("too much");
            assert!(refusal.message.contains("a glob may have up to "));
            assert!(refusal.message.len() < 1000, "{refusal}");
        }
        for (glob, path) in [
            (deep(MAX_GROUPS), "a".to_owned()),
            ("{a,b}".repeat(MAX_GROUPS), "a".repeat(MAX_GROUPS)),
            ("?".repeat(MAX_LENGTH), "a".repeat(MAX_LENGTH)),
            ("[a-z]".repeat(800), "a".repeat(800)),
        ] {
            let mut globs = Globs::default();
            globs.add(&glob).expect("bearable");
            assert!(globs.build().expect("bearable").is_match(path), "{glob}");
        }
        let mut many = Globs::default();
        let added = (0..=MAX_GLOBS).map(|number| many.add(&format!("x{number}")));
        let refused: Vec<_> = added.filter_map(Result::err).collect();
        assert_eq!(refused.len(), 1);
        assert!(many.build().is_ok());
    }

    #[test]
    fn globs_are_limited_together() {
        let build = |glob: &dyn Fn(usize) -> String, count: usize| {
            let mut globs = Globs::default();
            (0..count).try_for_each(|number| globs.add(&glob(number)))?;
            globs.build()
        };
        let ordinary = |number| format!("tests/fixtures/{number}/*.json");
        assert!(build(&ordinary, MAX_GLOBS).is_ok());
        let wide = |_| "{*a,".repeat(60) + "a" + &"}".repeat(60);
        let long = |_| "?".repeat(MAX_LENGTH);
        for (glob, count, expected) in [
            (&wide as &dyn Fn(usize) -> String, 17, "globs with 1020 `{`"),
            (&long, 33, "globs of 135267 bytes"),
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
            ("", "`` leads outside the configuration's folder"),
            ("../a", "`../a` leads outside the configuration's folder"),
            (
                "a/../../b",
                "`a/../../b` leads outside the configuration's folder",
            ),
            (
                "/etc/*",
                "`/etc/*` leads outside the configuration's folder",
            ),
        ] {
            let refusal = Globs::default().add(glob).expect_err(glob);
            assert!(refusal.message.starts_with(expected), "{refusal}");
        }
    }
}
