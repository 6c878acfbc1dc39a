//! The CI system that a run belongs to, as its environment tells.
//!
//! The only place that knows the variables of CI systems and where each takes findings from.

use std::ffi::OsStr;

use super::destination::{AskedFile, Destination, Output};

/// A CI system, or any of them, by the variable that it sets. Empty, `0` and `false` count as unset.
struct CiSystem {
    variable: &'static str,
    annotations: Option<Annotations>,
}

/// How to report findings so that the system shows them beside the lines they are in.
struct Annotations {
    format: &'static str,
    /// The file that it reads; the others read what a step prints, on either stream.
    file: Option<&'static str>,
}

const SYSTEMS: [CiSystem; 6] = [
    CiSystem {
        variable: "CI",
        annotations: None,
    },
    CiSystem {
        variable: "GITHUB_ACTIONS",
        annotations: Some(Annotations {
            format: "github",
            file: None,
        }),
    },
    CiSystem {
        variable: "TF_BUILD",
        annotations: Some(Annotations {
            format: "azure",
            file: None,
        }),
    },
    CiSystem {
        variable: "GITLAB_CI",
        annotations: Some(Annotations {
            format: "gitlab",
            file: Some("gl-code-quality-report.json"),
        }),
    },
    CiSystem {
        variable: "JENKINS_URL",
        annotations: None,
    },
    CiSystem {
        variable: "TEAMCITY_VERSION",
        annotations: None,
    },
];

/// The variables that a run in CI is known by.
pub(crate) fn variables() -> impl Iterator<Item = &'static str> {
    SYSTEMS.iter().map(|system| system.variable)
}

/// Whether this is a run in CI, whose log others may read.
pub(crate) fn is_detected() -> bool {
    detected().next().is_some()
}

/// The systems that run this; most set `CI` beside their own variable.
fn detected() -> impl Iterator<Item = &'static CiSystem> {
    SYSTEMS
        .iter()
        .filter(|system| is_set(std::env::var_os(system.variable).as_deref()))
}

fn is_set(value: Option<&OsStr>) -> bool {
    let unset = ["", "0", "false"];
    value.is_some_and(|value| !unset.iter().any(|unset| value.eq_ignore_ascii_case(unset)))
}

/// Adds the format of the CI system that this runs in, unless it is asked for already. Says whether
/// there is such a system. Standard output is left to what else is asked for.
pub(crate) fn add_annotations(outputs: &mut Vec<Output>) -> bool {
    let mut any = false;
    for Annotations { format, file } in detected().filter_map(|system| system.annotations.as_ref())
    {
        any = true;
        if outputs.iter().all(|output| output.format.name != *format) {
            let file = file.map(AskedFile::Implied);
            let destination = file.map_or(Destination::StandardError, Destination::File);
            outputs.push(Output::named(format, destination));
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use autopilot_lint::report;

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
            assert_eq!(is_set(value.map(OsStr::new)), expected, "{value:?}");
        }
    }

    #[test]
    fn every_system_has_a_format() {
        for Annotations { format, .. } in SYSTEMS.iter().filter_map(|one| one.annotations.as_ref())
        {
            assert!(report::format(format).is_some());
        }
    }
}
