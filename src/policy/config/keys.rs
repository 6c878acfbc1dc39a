//! The keys of the configuration file, one declaration each.
//!
//! A declaration is the only place that states a key's name, words, example, schema and reader.
//! The file's JSON Schema and the commented file that `init` writes are derived from it.

use serde_json::json;

use super::error::ConfigError;
use super::key::{Key, read};
use super::schema;
use super::settings::{Config, IgnoredFinding, Override};
use super::value::Value;
use crate::diagnostic::Severity;
use crate::lint::{self, UnknownRevision};
use crate::model::Mode;
use crate::policy::FailLevel;
use crate::policy::globs::{self, FileGlobs, Globs};
use crate::policy::selection::{self, Layer, Refusal, Selector};
use crate::report;
use crate::text::quote::quote;

/// The keys of the file.
pub(super) static ROOT: &[Key<Config>] = &[
    revision(),
    mode(),
    Key {
        name: "fail-level",
        about: "Lowest severity that makes the exit status 1; `never` reports without failing.",
        example: r#"fail-level = "error""#,
        required: false,
        schema: |_| json!({ "enum": FailLevel::ALL.map(|(_, name)| name) }),
        read: |config, value| {
            let level = value.converted(|text| {
                let names = FailLevel::ALL.map(|(_, name)| name);
                FailLevel::from_name(text).ok_or_else(|| none_of("fail level", text, &names))
            })?;
            config.fail_level = Some(level);
            Ok(())
        },
    },
    Key {
        name: "baseline",
        about: "Hide the findings recorded in this file; `check --write-baseline FILE` writes it.",
        example: r#"baseline = "autopilot-lint-baseline.json""#,
        required: false,
        schema: |_| json!({ "type": "string", "minLength": 1 }),
        read: |config, value| {
            config.baseline = Some(value.path_inside()?.into_owned());
            Ok(())
        },
    },
    Key {
        name: "include",
        about: "Files that hold payloads; all others are passed over, even if they are named. Globs as in \
            .gitignore, relative to the configuration's folder.",
        example: r#"include = ["payloads/"]"#,
        required: false,
        schema: |_| schema::globs(1),
        read: |config, value| {
            config.include = files(value)?;
            Ok(())
        },
    },
    Key {
        name: "exclude",
        about: "Files and folders to pass over, even if they are named or included. Globs as in \
            .gitignore, relative to the configuration's folder.",
        example: r#"exclude = ["package.json", ".vscode/"]"#,
        required: false,
        schema: |_| schema::globs(0),
        read: |config, value| {
            config.exclude = globs_of(value)?;
            Ok(())
        },
    },
    SCHEMA,
    Key {
        name: "across-files",
        about: "Also report an id that an event in an earlier file already has.",
        example: "across-files = true",
        required: false,
        schema: |_| json!({ "type": "boolean" }),
        read: |config, value| {
            config.across_files = value.boolean()?;
            Ok(())
        },
    },
    Key {
        name: "output-format",
        about: "Format of the report on standard output. Files to write are named on the command line \
            only.",
        example: r#"output-format = "grouped""#,
        required: false,
        schema: |_| json!({ "enum": format_names() }),
        read: |config, value| {
            let format = value.converted(|text| match text.split_once('=') {
                Some((name, _)) => Err(Refusal::new(
                    format!("{} names a file", quote(text)),
                    Some(format!(
                        "write {}; only the command line names files to write",
                        quote(name)
                    )),
                )),
                None => {
                    report::format(text).ok_or_else(|| none_of("format", text, &format_names()))
                }
            })?;
            config.output_format = Some(format);
            Ok(())
        },
    },
    Key {
        name: "show",
        about: "Lowest severity that reports show. Findings below it are counted, and count for the \
            exit status and the baseline.",
        example: r#"show = "warning""#,
        required: false,
        schema: |_| json!({ "enum": severity_names() }),
        read: |config, value| {
            let severity = value.converted(|text| {
                let named = Severity::ALL.into_iter().find(|(_, name)| *name == text);
                let severity = named.map(|(severity, _)| severity);
                severity.ok_or_else(|| none_of("severity", text, &severity_names()))
            })?;
            config.show = Some(severity);
            Ok(())
        },
    },
    Key {
        name: "redact",
        about: "Mask text that may identify a person or device, as in CI systems. Only `true` is \
            allowed: `--no-redact` turns it off.",
        example: "redact = true",
        required: false,
        schema: |_| json!({ "const": true }),
        read: |config, value| {
            if !value.boolean()? {
                let help = "leave it out, or use --no-redact where the report may show everything";
                let refusal = Refusal::new("`redact` can only be true", Some(help.to_owned()));
                return Err(value.refused(refusal));
            }
            config.redact = true;
            Ok(())
        },
    },
    select(),
    Key {
        name: "ignore",
        about: "Rules and categories to turn off. A table, or `[[ignore]]`, accepts a single finding, \
            given its rule, file, pointer and a reason.",
        example: "ignore = [\n    \"zero-guid\",\n    { rule = \"implausible-date\", file = \"a.json\", \
            pointer = \"/eventDateTime\", reason = \"the clock was never set\" },\n]",
        required: false,
        schema: |revisions| {
            let finding = schema::table(IGNORED, revisions);
            json!({ "type": "array", "items": { "anyOf": [schema::selector(), finding] } })
        },
        read: |config, value| {
            for element in value.list("rules, categories and tables")? {
                if element.is_table() {
                    let finding = read(IGNORED, &element.table()?)?;
                    config.ignored.push(finding);
                } else {
                    let selector = element.converted(Selector::parse_ignored)?;
                    config.layer.ignore.push(selector);
                }
            }
            Ok(())
        },
    },
    severity(),
    fixable(),
    unfixable(),
    Key {
        name: "overrides",
        about: "Different settings for some files. If several match a file, the last one wins.",
        example: "[[overrides]]\nfiles = [\"fixtures/old/\"]\nrevision = \"2019-09\"",
        required: false,
        schema: |revisions| json!({ "type": "array", "items": schema::table(OVERRIDE, revisions) }),
        read: |config, value| {
            for element in value.list("tables")? {
                let read = read(OVERRIDE, &element.table()?)?;
                config.overrides.push(read);
                let patterns = config.overrides.iter();
                let patterns = patterns.map(|one| one.files.patterns()).sum();
                globs::few(patterns).map_err(|refusal| element.refused(refusal))?;
            }
            Ok(())
        },
    },
];

/// Names the schema whose revisions others may name.
pub(super) const SCHEMA: Key<Config> = Key {
    name: "schema",
    about: "Check another resource, described by this JSON Schema; `derive` prints one.",
    example: r#"schema = "schemas/resource.json""#,
    required: false,
    schema: |_| json!({ "type": "string", "minLength": 1 }),
    read: |config, value| {
        config.schema = Some(value.path_inside()?.into_owned());
        Ok(())
    },
};

/// The keys of an element of `overrides`.
pub(super) static OVERRIDE: &[Key<Override>] = &[
    Key {
        name: "files",
        about: "Files that the settings apply to: globs as in .gitignore, relative to the configuration's \
            folder.",
        example: r#"files = ["fixtures/**/*.json"]"#,
        required: true,
        schema: |_| schema::globs(1),
        read: |target, value| {
            target.files = files(value)?;
            Ok(())
        },
    },
    revision(),
    mode(),
    select(),
    Key {
        name: "ignore",
        about: "Rules and categories to turn off for these files.",
        example: r#"ignore = ["placeholder-value"]"#,
        required: false,
        schema: |_| json!({ "type": "array", "items": schema::selector() }),
        read: |target, value| {
            let ignored = value.texts("rules and categories", Selector::parse_ignored)?;
            target.layer.ignore = ignored;
            Ok(())
        },
    },
    severity(),
    fixable(),
    unfixable(),
];

/// The keys of a table in `ignore`.
pub(super) static IGNORED: &[Key<IgnoredFinding>] = &[
    Key {
        name: "rule",
        about: "Rule that reports the finding.",
        example: r#"rule = "zero-guid""#,
        required: true,
        schema: |_| schema::rule(),
        read: |target, value| {
            target.rule = value.converted(selection::parse_rule)?.name;
            Ok(())
        },
    },
    Key {
        name: "file",
        about: "File of the finding, relative to the configuration's folder.",
        example: r#"file = "fixtures/a.json""#,
        required: true,
        schema: |_| json!({ "type": "string", "pattern": "^[^*?]+$" }),
        read: |target, value| {
            let path = value.path_inside()?;
            if path.contains(['*', '?']) {
                return Err(value.refused(glob_as_file(&path)));
            }
            path.trim_start_matches("./").clone_into(&mut target.file);
            Ok(())
        },
    },
    Key {
        name: "pointer",
        about: "JSON Pointer (RFC 6901) of the finding, as the json format prints it; empty for the \
            whole document.",
        example: r#"pointer = "/value/0/id""#,
        required: true,
        schema: |_| json!({ "type": "string", "pattern": "^(/([^/~]|~[01])*)*$" }),
        read: |target, value| {
            value.converted(pointer)?.clone_into(&mut target.pointer);
            Ok(())
        },
    },
    Key {
        name: "reason",
        about: "Why the value is correct.",
        example: r#"reason = "the device was never registered""#,
        required: true,
        schema: |_| json!({ "type": "string", "pattern": "\\S" }),
        read: |target, value| {
            let reason = value.text()?;
            if reason.trim().is_empty() {
                return Err(value.refused(Refusal::new("`reason` is empty", None)));
            }
            reason.clone_into(&mut target.reason);
            Ok(())
        },
    },
];

const fn revision<T: AsMut<Layer>>() -> Key<T> {
    Key {
        name: "revision",
        about: "Revision of the resource to check against: its date, `latest`, or `any` for all \
            revisions at once.",
        example: r#"revision = "2021-01""#,
        required: false,
        schema: |revisions| {
            let names = lint::revision_names(revisions);
            json!({ "enum": names.collect::<Vec<_>>() })
        },
        read: |target, value| {
            let known = value.revisions;
            let name = value.converted(|name| {
                let found = lint::revision_names(known).any(|known| known == name);
                let unknown = || UnknownRevision {
                    name: name.to_owned(),
                    known: known.to_vec(),
                };
                found
                    .then_some(name)
                    .ok_or_else(|| Refusal::new(unknown().to_string(), None))
            })?;
            target.as_mut().revision = Some(name.to_owned());
            Ok(())
        },
    }
}

const fn mode<T: AsMut<Layer>>() -> Key<T> {
    Key {
        name: "mode",
        about: "Whether the payloads are create requests (`create`), update requests (`update`) or \
            responses (`response`); decides which members are required.",
        example: r#"mode = "response""#,
        required: false,
        schema: |_| json!({ "enum": Mode::ALL.map(|(_, name)| name) }),
        read: |target, value| {
            let mode = value.converted(|text| {
                let names = Mode::ALL.map(|(_, name)| name);
                Mode::from_name(text).ok_or_else(|| none_of("mode", text, &names))
            })?;
            target.as_mut().mode = Some(mode);
            Ok(())
        },
    }
}

const fn select<T: AsMut<Layer>>() -> Key<T> {
    Key {
        name: "select",
        about: "Rules and categories to run instead of the defaults.",
        example: r#"select = ["syntax", "schema", "value", "stage-sum-mismatch"]"#,
        required: false,
        schema: |_| json!({ "type": "array", "items": schema::selector() }),
        read: |target, value| {
            let selected = value.texts("rules and categories", Selector::parse)?;
            target.as_mut().select = Some(selected);
            Ok(())
        },
    }
}

const fn severity<T: AsMut<Layer>>() -> Key<T> {
    Key {
        name: "severity",
        about: "Severity of rules and categories: error, warning, info or off. A rule's own name turns \
            it on if it is off by default, and takes precedence over its category.",
        example: "severity = { implausible-date = \"warning\", content = \"info\" }",
        required: false,
        schema: |_| schema::severities(),
        read: |target, value| {
            for (name, span, level) in value.table()?.members() {
                let named = Selector::parse(name);
                named.map_err(|refusal| ConfigError::refused(refusal, span))?;
                let level = level.converted(|level| selection::parse_rule_level(name, level))?;
                target.as_mut().severity.push(level);
            }
            Ok(())
        },
    }
}

const fn fixable<T: AsMut<Layer>>() -> Key<T> {
    Key {
        name: "fixable",
        about: "Rules and categories whose findings `--fix` may fix, instead of all.",
        example: r#"fixable = ["syntax", "guid-syntax"]"#,
        required: false,
        schema: |_| json!({ "type": "array", "items": schema::selector() }),
        read: |target, value| {
            let fixable = value.texts("rules and categories", Selector::parse)?;
            target.as_mut().fixable = Some(fixable);
            Ok(())
        },
    }
}

const fn unfixable<T: AsMut<Layer>>() -> Key<T> {
    Key {
        name: "unfixable",
        about: "Rules and categories whose findings `--fix` leaves alone.",
        example: r#"unfixable = ["unknown-member"]"#,
        required: false,
        schema: |_| json!({ "type": "array", "items": schema::selector() }),
        read: |target, value| {
            target.as_mut().unfixable = value.texts("rules and categories", Selector::parse)?;
            Ok(())
        },
    }
}

/// Globs of files, at least one.
fn files(value: Value<'_>) -> Result<FileGlobs, ConfigError> {
    let globs = globs_of(value)?;
    if globs.is_empty() {
        let message = format!("`{}` is empty", value.key);
        return Err(value.refused(Refusal::new(message, None)));
    }
    Ok(globs)
}

fn globs_of(value: Value<'_>) -> Result<FileGlobs, ConfigError> {
    let mut globs = Globs::relative_to("the configuration's folder");
    for element in value.list("globs")? {
        element.converted(|glob| globs.add(glob))?;
    }
    globs.build().map_err(|refusal| value.refused(refusal))
}

fn glob_as_file(path: &str) -> Refusal {
    let message = format!("`file` is no glob, but {} looks like one", quote(path));
    let help = "name one file; for several files, use `ignore` in `[[overrides]]`";
    Refusal::new(message, Some(help.to_owned()))
}

fn format_names() -> Vec<&'static str> {
    report::FORMATS.iter().map(|format| format.name).collect()
}

/// The names of all severities, worst first.
fn severity_names() -> Vec<&'static str> {
    Severity::ALL.iter().rev().map(|(_, name)| *name).collect()
}

/// `name` is none of `known`.
fn none_of(what: &str, name: &str, known: &[&str]) -> Refusal {
    let message = format!("unknown {what} {}", quote(name));
    Refusal::new(
        message,
        Some(format!("expected one of {}", known.join(", "))),
    )
}

/// `text`, if it is a JSON Pointer.
fn pointer(text: &str) -> Result<&str, Refusal> {
    let mut parts = text.split('/');
    let rooted = parts.next() == Some("");
    let escaped = |part: &str| {
        let mut after = part.split('~').skip(1);
        after.all(|rest| rest.starts_with(['0', '1']))
    };
    if rooted && parts.all(escaped) {
        Ok(text)
    } else {
        let help = "for example `/value/0/id`, or an empty string for the whole document";
        let message = format!("{} is not a JSON Pointer", quote(text));
        Err(Refusal::new(message, Some(help.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_pointers_are_told_from_other_texts() {
        for (text, expected) in [
            ("", true),
            ("/", true),
            ("/value/0/a~1b~0c", true),
            ("value/0", false),
            ("$.value", false),
            ("/a~2", false),
            ("/a~", false),
        ] {
            assert_eq!(pointer(text).is_ok(), expected, "{text}");
        }
    }
}
