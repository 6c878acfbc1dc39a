//! What a stream of this process can show: colours, Unicode, links, width.

use std::env;
use std::io::{self, IsTerminal};

use anstream::AutoStream;
use autopilot_lint::diagnostic::Severity;
use autopilot_lint::report::RenderOptions;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// Every choice with its name on the command line.
    pub(crate) const ALL: [(Self, &'static str); 3] = [
        (Self::Auto, "auto"),
        (Self::Always, "always"),
        (Self::Never, "never"),
    ];
}

/// Lets `FORCE_COLOR` force colours, as `CLICOLOR_FORCE` does, in reports and in clap's help alike:
/// both decide through anstream, which does not know that variable. `NO_COLOR` outranks both.
///
/// Call it before anything is printed.
pub(crate) fn honour_force_color() {
    let force = env::var_os("FORCE_COLOR").unwrap_or_default();
    let forced = !["", "0", "false"].iter().any(|off| force == *off);
    if forced && !anstyle_query::no_color() {
        anstream::ColorChoice::Always.write_global();
    }
}

/// Lets a console of Windows show colours, which it does only on demand. Whether a terminal then
/// does: old consoles never do, nor one beside a standard output that goes elsewhere.
fn shows_colors() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
        || anstyle_query::term_supports_ansi_color()
}

/// A stream that text is printed to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum StandardStream {
    Output,
    Error,
}

impl StandardStream {
    /// How to draw on it.
    pub(crate) fn render_options(
        self,
        choice: ColorChoice,
        fail_level: Option<Severity>,
    ) -> RenderOptions {
        let (terminal, color, unicode, hyperlinks) = match self {
            Self::Output => (
                io::stdout().is_terminal(),
                AutoStream::choice(&io::stdout()),
                supports_unicode::Stream::Stdout,
                supports_hyperlinks::Stream::Stdout,
            ),
            Self::Error => (
                io::stderr().is_terminal(),
                AutoStream::choice(&io::stderr()),
                supports_unicode::Stream::Stderr,
                supports_hyperlinks::Stream::Stderr,
            ),
        };
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        RenderOptions {
            color: match choice {
                ColorChoice::Always => {
                    shows_colors();
                    true
                }
                ColorChoice::Never => false,
                ColorChoice::Auto => {
                    color != anstream::ColorChoice::Never && (!terminal || shows_colors())
                }
            },
            unicode: supports_unicode::on(unicode),
            hyperlinks: terminal && supports_hyperlinks::on(hyperlinks),
            width: width.filter(|_| terminal).unwrap_or(80),
            fail_level,
        }
    }
}
