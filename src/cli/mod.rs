//! The command line: what the binary adds to the library.
//!
//! Owns files, threads, streams, the clock and the environment. Must not know JSON or what a rule
//! checks.
//!
//! The rooms, highest first. Each uses only those below it, and within a room the arrows between
//! files go one way too:
//!
//! | room | what happens there |
//! |---|---|
//! | `commands` | one file a subcommand: arguments in, exit status out |
//! | `args` | the declarations that clap reads |
//! | `pipeline` | every input to its part of the report, on several threads |
//! | `streams` | JSON Lines and long arrays: chunks on several threads, results in order |
//! | `results` | what checking a file gives: findings that count, with their places |
//! | `outputs` | reports, files that appear whole, annotations, summary, progress, notes |
//! | `settings` | configuration, baseline, and the linter that each file is checked with |
//! | `inputs` | search in folders, kinds of input, reading, decompression |
//! | `paths` | the one place where paths are made absolute or relative and links are resolved |
//! | `exit`, `system_error` | the exit status; an error of the system in words |
//!
//! Only `commands` and `outputs` print. Everything else returns typed errors: their `Display` is the
//! wording, and `commands` turns them into a status.

pub(crate) mod args;
pub(crate) mod commands;
pub(crate) mod exit;
mod inputs;
pub(crate) mod outputs;
mod paths;
mod pipeline;
mod results;
mod settings;
mod streams;
mod system_error;
