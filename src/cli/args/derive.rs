//! `derive`.

use std::path::PathBuf;

use clap::Args;

use super::values::{one_of, output_help};
use crate::cli::outputs::{ColorChoice, Output};

/// Turn Graph documentation pages into a JSON Schema.
#[derive(Debug, Args)]
pub(crate) struct DeriveArgs {
    /// Markdown files: create, update, get, list, action, resource or enumeration pages
    #[arg(required_unless_present = "diff")]
    pub(crate) pages: Vec<PathBuf>,

    /// Follow no links: types of other pages are known by the values that a page lists
    #[arg(long)]
    pub(crate) single_file: bool,

    /// Check each page's own requests and responses against its own table, in place of a schema
    #[arg(long)]
    pub(crate) check_samples: bool,

    /// Say what changed between two pages or JSON Schemas
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    #[arg(conflicts_with_all = ["pages", "check_samples"])]
    pub(crate) diff: Vec<PathBuf>,

    /// How to print findings or, with json, changes
    #[arg(long, visible_alias = "format", value_name = "NAME[=FILE]", value_parser = Output::parse)]
    #[arg(help = output_help())]
    pub(crate) output_format: Vec<Output>,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = one_of(&ColorChoice::ALL))]
    pub(crate) color: ColorChoice,
}
