//! The colours of the text formats.
//!
//! Owns the styles; knows nothing of what they are put on.

use owo_colors::Style;

use super::RenderOptions;
use crate::diagnostic::Severity;

/// The styles of everything that is not payload text.
pub(super) struct Palette {
    severities: [Style; 3],
    /// What was found.
    pub(super) message: Style,
    /// The other operands.
    pub(super) label: Style,
    /// What to do.
    pub(super) help: Style,
    /// File, line and column.
    pub(super) place: Style,
    /// Line numbers and other side matters.
    pub(super) faint: Style,
    /// What a fix takes out.
    pub(super) goes: Style,
    /// What it puts in.
    pub(super) comes: Style,
}

impl Palette {
    const COLOR: Self = Self {
        severities: [
            Style::new().bright_cyan().bold(),
            Style::new().yellow().bold(),
            Style::new().bright_red().bold(),
        ],
        message: Style::new().bold(),
        label: Style::new().bright_blue(),
        help: Style::new().green().bold(),
        place: Style::new().cyan(),
        faint: Style::new().bright_black(),
        goes: Style::new().red(),
        comes: Style::new().green(),
    };

    /// No colours.
    pub(super) const PLAIN: Self = Self {
        severities: [Style::new(); 3],
        message: Style::new(),
        label: Style::new(),
        help: Style::new(),
        place: Style::new(),
        faint: Style::new(),
        goes: Style::new(),
        comes: Style::new(),
    };

    /// The styles that the options allow.
    pub(super) const fn new(options: &RenderOptions) -> Self {
        if options.color {
            Self::COLOR
        } else {
            Self::PLAIN
        }
    }

    /// The style of a severity's name and of the place it is found at.
    pub(super) const fn severity(&self, severity: Severity) -> Style {
        self.severities[severity as usize]
    }
}
