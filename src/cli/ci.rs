//! The build system that a run is a part of, as its environment tells.
//!
//! The only place that knows the variables of build systems, and where each takes findings from.

use std::path::PathBuf;

use autopilot_lint::report;

use super::args::{Destination, OutputTo};

/// A build system that shows findings beside the lines they are in.
struct System {
    /// Set to `true`, in whatever case, by it and nobody else.
    variable: &'static str,
    format: &'static str,
    /// The file that it reads; the others read what a step prints, on either stream.
    file: Option<&'static str>,
}

const SYSTEMS: [System; 3] = [
    System {
        variable: "GITHUB_ACTIONS",
        format: "github",
        file: None,
    },
    System {
        variable: "TF_BUILD",
        format: "azure",
        file: None,
    },
    System {
        variable: "GITLAB_CI",
        format: "gitlab",
        file: Some("gl-code-quality-report.json"),
    },
];

/// Whether this is a run of a build system, of which others may read the log.
pub(crate) fn is_set() -> bool {
    says_yes(std::env::var("CI").ok().as_deref())
}

fn says_yes(value: Option<&str>) -> bool {
    value.is_some_and(|value| !["", "0", "false"].contains(&&*value.to_ascii_lowercase()))
}

/// Adds the format of the build system that this runs in, unless it is asked for already. Says
/// whether there is one. Standard output is left to what else is asked for.
pub(crate) fn add_annotations(outputs: &mut Vec<OutputTo>) -> bool {
    let runs = |system: &&System| {
        let value = std::env::var(system.variable);
        value.is_ok_and(|value| value.eq_ignore_ascii_case("true"))
    };
    let mut any = false;
    for system in SYSTEMS.iter().filter(runs) {
        any = true;
        if outputs.iter().all(|to| to.format.name != system.format) {
            outputs.push(OutputTo {
                format: report::format(system.format).expect("a registered format"),
                to: system.file.map_or(Destination::StandardError, |file| {
                    Destination::File(PathBuf::from(file))
                }),
            });
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_set() {
        for (value, expected) in [
            (None, false),
            (Some(""), false),
            (Some("0"), false),
            (Some("false"), false),
            (Some("False"), false),
            (Some("true"), true),
            (Some("1"), true),
            (Some("woodpecker"), true),
        ] {
            assert_eq!(says_yes(value), expected, "{value:?}");
        }
    }

    #[test]
    fn every_system_has_a_format() {
        for system in &SYSTEMS {
            assert!(report::format(system.format).is_some());
        }
    }
}
