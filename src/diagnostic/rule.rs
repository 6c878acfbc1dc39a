//! What is declared of a rule but for its check: name, category, severity, words, examples.
//!
//! Knows nothing of how a rule looks at a payload.

use std::fmt;

use super::{Applicability, Example};

/// How much a finding matters. Ordered: an error is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// All, least first, by name.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Info, "info"),
        (Self::Warning, "warning"),
        (Self::Error, "error"),
    ];

    /// The name as the command line and every format spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Category {
    /// The text as JSON.
    Syntax,
    /// Members and types of the resource.
    Schema,
    /// One literal.
    Value,
    /// The order of instants.
    Order,
    /// Durations against each other.
    Duration,
    /// States against other members.
    State,
    /// What texts say.
    Content,
    /// Several payloads and what encloses them.
    Collection,
}

impl Category {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Syntax,
        Self::Schema,
        Self::Value,
        Self::Order,
        Self::Duration,
        Self::State,
        Self::Content,
        Self::Collection,
    ];

    /// The name as the command line and every format spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Schema => "schema",
            Self::Value => "value",
            Self::Order => "order",
            Self::Duration => "duration",
            Self::State => "state",
            Self::Content => "content",
            Self::Collection => "collection",
        }
    }

    /// What its rules look at, in a few words.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Syntax => "the text as JSON",
            Self::Schema => "members and types of the resource",
            Self::Value => "single values",
            Self::Order => "the order of dates",
            Self::Duration => "durations against each other",
            Self::State => "states against other members",
            Self::Content => "what texts say",
            Self::Collection => "several events, and what encloses them",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What lists, pages, formats and the policy know of a rule.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Kebab case; names the fault.
    pub name: &'static str,
    /// What it looks at.
    pub category: Category,
    /// Severity unless the policy says otherwise; `None` = off.
    pub default: Option<Severity>,
    /// Severities other than `default` that the rule itself gives to some findings, each with a
    /// phrase that says to which: `for …`, `where …`.
    pub exceptions: &'static [(Severity, &'static str)],
    /// What the rule reports, in one line: completes "Reports …".
    pub summary: &'static str,
    /// Why the rule exists, for `explain` and its page.
    pub why: &'static str,
    /// Where the fact comes from.
    pub source: &'static str,
    /// Texts in which exactly this rule finds exactly the marked span.
    #[doc(hidden)]
    pub bad: &'static [Example],
    /// Texts in which no rule finds anything above info, and this one nothing at all.
    #[doc(hidden)]
    pub good: &'static [Example],
}

impl Rule {
    /// How sure its fixes are at best; `None` where it offers none.
    #[must_use]
    pub fn fixable(&self) -> Option<Applicability> {
        let fixed = self.bad.iter().filter_map(|example| example.fixed);
        fixed.map(|(applicability, _)| applicability).min()
    }

    /// Whether the rule itself, before any policy, may give a finding this severity.
    #[must_use]
    pub fn gives(&self, severity: Severity) -> bool {
        self.default.unwrap_or(Severity::Warning) == severity
            || self.exceptions.iter().any(|(other, _)| *other == severity)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}
