//! What becomes of findings.

use std::path::PathBuf;

use autopilot_lint::policy::selection::RuleLevel;
use autopilot_lint::policy::{FailLevel, Selector};
use clap::Args;

use super::values::{one_of, parse_rule_level};

/// What becomes of findings.
#[derive(Debug, Args)]
#[command(next_help_heading = "Policy")]
pub(crate) struct PolicyArgs {
    /// Rules and categories to run instead of those that are on by default; all = every rule
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse)]
    pub(crate) select: Vec<Selector>,

    /// Rules and categories not to run. A rule's name counts more than its category's
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse_ignored)]
    pub(crate) ignore: Vec<Selector>,

    /// Report a rule as error, warning or info, or (off) do not run it; turns on a rule that is
    /// off by default
    #[arg(long, value_name = "RULE=LEVEL", value_parser = parse_rule_level)]
    pub(crate) severity: Vec<RuleLevel>,

    /// The least severity that makes the exit status 1 [default: error]
    #[arg(long, value_name = "LEVEL", value_parser = one_of(&FailLevel::ALL))]
    pub(crate) fail_level: Option<FailLevel>,

    /// Configuration to use [default: the nearest autopilot-lint.toml above what is checked, not
    /// beyond the repository]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Use no configuration
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,

    /// Do not report the findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write what is found to this file, to be known from now on, and report none of it
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(crate) write_baseline: Option<PathBuf>,
}
