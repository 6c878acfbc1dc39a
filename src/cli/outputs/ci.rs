//! The CI system that a run belongs to, as its environment tells.
//!
//! The only place that knows the variables of CI systems and where each takes findings from.

use super::destination::{AskedFile, Destination, Output};

/// A CI system that shows findings beside the lines they are in.
struct CiSystem {
    /// Set to `true`, in whatever case, by this system only.
    variable: &'static str,
    format: &'static str,
    /// The file that it reads; the others read what a step prints, on either stream.
    file: Option<&'static str>,
}

const SYSTEMS: [CiSystem; 3] = [
    CiSystem {
        variable: "GITHUB_ACTIONS",
        format: "github",
        file: None,
    },
    CiSystem {
        variable: "TF_BUILD",
        format: "azure",
        file: None,
    },
    CiSystem {
        variable: "GITLAB_CI",
        format: "gitlab",
        file: Some("gl-code-quality-report.json"),
    },
];

/// Whether this is a run in CI, whose log others may read.
pub(crate) fn is_detected() -> bool {
    says_yes(std::env::var("CI").ok().as_deref())
}

fn says_yes(value: Option<&str>) -> bool {
    value.is_some_and(|value| !["", "0", "false"].contains(&&*value.to_ascii_lowercase()))
}

/// Adds the format of the CI system that this runs in, unless it is asked for already. Says whether
/// there is such a system. Standard output is left to what else is asked for.
pub(crate) fn add_annotations(outputs: &mut Vec<Output>) -> bool {
    let running = |system: &&CiSystem| {
        let value = std::env::var(system.variable);
        value.is_ok_and(|value| value.eq_ignore_ascii_case("true"))
    };
    let mut any = false;
    for system in SYSTEMS.iter().filter(running) {
        any = true;
        if outputs
            .iter()
            .all(|output| output.format.name != system.format)
        {
            let file = system.file.map(AskedFile::Implied);
            let destination = file.map_or(Destination::StandardError, Destination::File);
            outputs.push(Output::named(system.format, destination));
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
