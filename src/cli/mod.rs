//! The command line: what the binary adds to the library.
//!
//! Owns files, threads, streams, the clock and the environment. Must not know JSON or what a rule
//! checks.
//!
//! The rooms, highest first. Each uses only rooms below it; `tests/it/project/rooms.rs` holds the
//! order.
//!
//! | room | what happens there |
//! |---|---|
//! | `commands` | one file per subcommand: arguments in, exit status out |
//! | `args` | the declarations that clap reads |
//! | `pipeline` | turns every input into its part of the report, on several threads |
//! | `fixing` | the new text of an input, and what becomes of its file |
//! | `streams` | JSON Lines and long arrays: chunks on several threads, results in order |
//! | `results` | what checking a file gives: findings that count, with their places |
//! | `outputs` | reports, files that appear whole, annotations, summary, progress, notes |
//! | `settings` | configuration, baseline, and the linter that each file is checked with |
//! | `inputs` | search in folders, kinds of input, reading, decompression |
//! | `paths` | how paths are spelled, where their links lead, and which a run may read and write |
//! | `budget` | the memory that documents queue for |
//! | `exit`, `system_error` | the exit status; a system error in words |
//!
//! Every path that a run reads or writes goes through `paths/door.rs`. One file each opens what is
//! read (`inputs/open.rs`), writes files (`outputs/replace.rs`, and `outputs/rewrite.rs` those that
//! were read), searches folders (`inputs/search.rs`), puts names in place of wildcards
//! (`inputs/wildcards.rs`) and finds the configuration (`settings/config_file.rs`). Only `commands`
//! and `outputs` print. The other rooms return typed errors: `Display` words them, and `commands`
//! turns them into a status.

pub(crate) mod args;
mod budget;
pub(crate) mod commands;
pub(crate) mod exit;
mod fixing;
mod inputs;
pub(crate) mod outputs;
mod paths;
mod pipeline;
mod results;
mod settings;
mod streams;
mod system_error;
