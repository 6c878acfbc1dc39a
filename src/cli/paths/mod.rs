//! Paths: how they are spelled, where they lead, and which of them a run may use.
//!
//! Must not know what a file holds or why somebody asks for it. Opens nothing.

mod door;
mod links;
mod open_files;
mod reading;
mod spelling;
mod target;
pub(crate) mod temporary;

pub(crate) use door::{Door, Outside, Place};
pub(crate) use links::{is_there, resolve};
pub(crate) use open_files::{is_of_this_process, is_standard_input, reads_standard_input};
pub(crate) use reading::is_device;
pub(crate) use spelling::{WorkingFolder, folder_of, repository, without_leading_dot};
pub(crate) use target::{Target, TargetRefusal};
pub(crate) use temporary::is_temporary;
