//! What a searched folder has that a run did not look at.

/// A file that is named as those to check are, or a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PassedOver {
    /// The name to show; not yet safe to print.
    pub(crate) name: String,
    pub(crate) is_folder: bool,
    pub(crate) reason: Reason,
}

/// Why it was not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// A `.gitignore` file excludes it.
    Ignored,
    /// A link that leads out of the searched folder, or nowhere.
    Link,
    /// A pipe, socket or device.
    Special,
}

impl Reason {
    /// For people.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Ignored => "excluded by .gitignore",
            Self::Link => "a link that leads out of the searched folder or nowhere",
            Self::Special => "not a regular file",
        }
    }
}
