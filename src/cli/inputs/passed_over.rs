//! What a run met and did not check.

/// A file that is named as those to check are or that somebody named, or a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PassedOver {
    /// The name to show; not yet safe to print.
    pub(crate) name: String,
    pub(crate) is_folder: bool,
    pub(crate) reason: Reason,
    /// Somebody named it.
    pub(crate) is_named: bool,
}

impl PassedOver {
    /// The name, with `/` behind that of a folder. Not yet safe to print.
    pub(crate) fn shown(&self) -> String {
        let end = if self.is_folder { "/" } else { "" };
        format!("{}{end}", self.name)
    }
}

/// Why it was not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// A `.gitignore` file excludes it.
    Ignored,
    /// `exclude` of the configuration has it.
    Excluded,
    /// `include` of the configuration does not have it.
    NotIncluded,
    /// `--exclude` has it.
    ExcludedByOption,
    /// A link that leads out of the searched folder, or nowhere.
    Link,
    /// A pipe, socket or device.
    Special,
    /// Events were looked for, and there is no sign of one in it.
    NoSign,
    /// A report, baseline or schema of this program.
    OwnOutput,
}

impl Reason {
    /// For people.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Ignored => "excluded by .gitignore",
            Self::Excluded => "excluded by the configuration",
            Self::NotIncluded => "not included by the configuration",
            Self::ExcludedByOption => "excluded by --exclude",
            Self::Link => "a link that leads out of the searched folder or nowhere",
            Self::Special => "not a regular file",
            Self::NoSign => "no sign of an event; name the file or its folder to check it",
            Self::OwnOutput => "written by this program; name it to check it",
        }
    }
}
