//! The binary as people, hooks and build systems run it.

mod baseline;
mod check;
mod commands;
mod completions;
mod config;
mod fix;
mod fixes;
mod identifiers;
mod other_files;
mod output;
mod policy;
mod redaction;
mod schemas;
mod search;
mod streams;
