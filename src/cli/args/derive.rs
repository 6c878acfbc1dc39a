//! `derive`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::candidates;
use super::values::{OutputParser, one_of};
use crate::cli::outputs::{ColorChoice, Output};

/// Derive a JSON Schema from documentation pages of Microsoft Graph
#[derive(Debug, Args)]
pub(crate) struct DeriveArgs {
    /// Pages in Markdown: create, update, get, list, action, resource or enumeration
    #[arg(value_name = "PAGE", required_unless_present = "diff")]
    pub(crate) pages: Vec<PathBuf>,

    /// Do not follow links
    ///
    /// Types from other pages are known only by the values that a page lists.
    #[arg(long)]
    pub(crate) single_file: bool,

    /// Check each page's requests and responses against its table
    ///
    /// Instead of printing a schema.
    #[arg(long)]
    pub(crate) check_samples: bool,

    /// Print what changed between two pages or JSON Schemas
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    #[arg(conflicts_with_all = ["pages", "check_samples"])]
    pub(crate) diff: Vec<PathBuf>,

    /// Format of the findings or, with json, of the changes
    #[arg(long, visible_alias = "format", value_name = "NAME[=FILE]", value_parser = OutputParser)]
    #[arg(add = ArgValueCompleter::new(candidates::formats))]
    pub(crate) output_format: Vec<Output>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = one_of(&ColorChoice::ALL))]
    pub(crate) color: ColorChoice,
}
