//! What becomes of findings.

use std::path::PathBuf;

use autopilot_lint::policy::selection::RuleLevel;
use autopilot_lint::policy::{FailLevel, Selector};
use clap::Args;
use clap_complete::ArgValueCompleter;

use super::candidates;
use super::groups::RULES;
use super::values::{one_of, parse_rule_level};

/// What becomes of findings.
#[derive(Debug, Args)]
#[command(next_help_heading = RULES)]
pub(crate) struct PolicyArgs {
    /// Run only these rules and categories; all = every rule
    ///
    /// They replace the rules that run by default. `autopilot-lint rules` lists all.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse, add = ArgValueCompleter::new(candidates::selectors))]
    pub(crate) select: Vec<Selector>,

    /// Do not run these rules and categories
    ///
    /// A rule's own name takes precedence over its category. Rules that find that a text cannot be
    /// checked at all run in any case.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    #[arg(value_parser = Selector::parse_ignored)]
    #[arg(add = ArgValueCompleter::new(candidates::selectors))]
    pub(crate) ignore: Vec<Selector>,

    /// Set severities: error, warning, info or off
    ///
    /// NAME is a rule, a category or all; a rule's own name takes precedence over its category, and
    /// turns the rule on if it is off by default.
    #[arg(long, value_name = "NAME=LEVEL,...", value_delimiter = ',')]
    #[arg(value_parser = parse_rule_level, add = ArgValueCompleter::new(candidates::levels))]
    pub(crate) severity: Vec<RuleLevel>,

    /// Lowest severity that makes the exit status 1
    ///
    /// never reports without failing. By default, error.
    #[arg(long, value_name = "LEVEL", value_parser = one_of(&FailLevel::ALL))]
    pub(crate) fail_level: Option<FailLevel>,

    /// Exit with status 0 despite findings: --fail-level never
    #[arg(long, conflicts_with = "fail_level")]
    pub(crate) exit_zero: bool,

    /// Configuration file
    ///
    /// By default, the nearest autopilot-lint.toml above the checked files, within the repository.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Use no configuration file
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,

    /// Hide findings recorded in this baseline
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Record findings in this baseline instead of reporting them
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(crate) write_baseline: Option<PathBuf>,
}
