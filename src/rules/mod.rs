//! The rules: one declaration each, and the register of all of them.
//!
//! A declaration is the only place that states a rule's name, category, default severity, words,
//! examples and check. Lists, documentation, configuration and the tests of the examples are
//! derived from it. Rules speak of members and values; they know nothing of bytes, lines, files
//! or formats.

use std::fmt;

/// How much a finding matters. Ordered: an error is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
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
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The declaration of a rule.
#[derive(Debug)]
pub struct Rule {
    /// Kebab case; names the fault.
    pub name: &'static str,
    /// What it looks at.
    pub category: Category,
    /// Severity unless the policy says otherwise; `None` = off.
    pub default: Option<Severity>,
    /// The fault in one line, for lists.
    pub summary: &'static str,
    /// Why the rule exists, for `explain` and its page.
    pub why: &'static str,
    /// Where the fact comes from.
    pub source: &'static str,
}
