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
    /// Run only these rules and categories instead of the defaults; all = every rule
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse)]
    pub(crate) select: Vec<Selector>,

    /// Do not run these rules and categories. A rule's own name takes precedence over its category
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse_ignored)]
    pub(crate) ignore: Vec<Selector>,

    /// Set the severity of a rule: error, warning, info or off. Turns on a rule that is off by
    /// default
    #[arg(long, value_name = "RULE=LEVEL", value_parser = parse_rule_level)]
    pub(crate) severity: Vec<RuleLevel>,

    /// Lowest severity that makes the exit status 1; never = report without failing [default:
    /// error]
    #[arg(long, value_name = "LEVEL", value_parser = one_of(&FailLevel::ALL))]
    pub(crate) fail_level: Option<FailLevel>,

    /// Configuration file [default: the nearest autopilot-lint.toml above the checked files, within
    /// the repository]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Use no configuration file
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,

    /// Hide findings recorded in this baseline
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Record all findings in this baseline instead of reporting them
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(crate) write_baseline: Option<PathBuf>,
}
