//! What the binary does about files, streams, threads and texts that others chose; each threat of
//! `docs/reliability.md` has a test here or beside the code.

mod dependencies;
mod files;
mod fixes;
mod injection;
mod limits;
mod memory;
mod paths;
mod runs;
mod streams;
mod table;
mod unseen;
mod windows;
