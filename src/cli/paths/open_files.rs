//! Paths that name what this process has open, rather than a file of a tree.

use std::path::Path;

use super::reading::is_device;

/// Names of standard input.
const STANDARD_INPUT: [&str; 3] = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// Whether a path, as a command line has it, stands for standard input.
pub(crate) fn reads_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-" || is_standard_input(path)
}

/// Whether a path is a name of standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    cfg!(unix) && STANDARD_INPUT.iter().any(|name| Path::new(name) == path)
}

/// Whether a path names a device, or what this process has open.
pub(crate) fn is_of_this_process(path: &Path) -> bool {
    path.parent().is_some_and(holds_devices) || is_device(path)
}

/// Whether a folder has devices, and what this process has open.
pub(super) fn holds_devices(folder: &Path) -> bool {
    let has_open = ["/dev/fd", "/proc"].iter().any(|of| folder.starts_with(of));
    cfg!(unix) && (folder == Path::new("/dev") || has_open)
}
