//! From which severity findings fail a run.

use crate::diagnostic::Severity;
use crate::report::Counts;

/// The least severity that fails a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailLevel {
    /// Errors.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// Every finding.
    Info,
    /// No finding.
    Never,
}

impl FailLevel {
    /// All, by name.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Error, "error"),
        (Self::Warning, "warning"),
        (Self::Info, "info"),
        (Self::Never, "never"),
    ];

    /// The level of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(_, known)| *known == name);
        found.map(|(level, _)| level)
    }

    /// The name as the command line spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(level, _)| *level == self);
        found.map_or("", |(_, name)| name)
    }

    /// As a severity; `None` for [`FailLevel::Never`].
    #[must_use]
    pub const fn threshold(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }

    /// The one under which more runs fail.
    #[must_use]
    pub(crate) fn stricter(self, other: Self) -> Self {
        match (self.threshold(), other.threshold()) {
            (None, _) => other,
            (Some(own), Some(others)) if others < own => other,
            _ => self,
        }
    }

    /// Whether a run with these findings fails.
    #[must_use]
    pub const fn fails(self, found: &Counts) -> bool {
        match self.threshold() {
            Some(level) => found.any_from(level),
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_fails_on_its_severity_and_worse() {
        for (level, expected) in [
            ("error", [true, false, false, false]),
            ("warning", [true, true, false, false]),
            ("info", [true, true, true, false]),
            ("never", [false, false, false, false]),
        ] {
            let name = level;
            let level = FailLevel::from_name(level).expect(level);
            assert_eq!(level.name(), name);
            let found = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)];
            let fails = found.map(|(errors, warnings, infos)| {
                level.fails(&Counts {
                    errors,
                    warnings,
                    infos,
                })
            });
            assert_eq!(fails, expected, "{level:?}");
        }
        assert_eq!(FailLevel::from_name("off"), None);
    }

    #[test]
    fn the_stricter_level_fails_on_less() {
        let strictest_first = [
            FailLevel::Info,
            FailLevel::Warning,
            FailLevel::Error,
            FailLevel::Never,
        ];
        for (index, stricter) in strictest_first.into_iter().enumerate() {
            for laxer in &strictest_first[index..] {
                assert_eq!(stricter.stricter(*laxer), stricter);
                assert_eq!(laxer.stricter(stricter), stricter);
            }
        }
    }
}
