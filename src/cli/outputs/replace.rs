//! Files that appear whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use autopilot_lint::text::sanitize;
use tempfile::NamedTempFile;

use super::write_error::WriteError;
use crate::cli::paths;

/// Writes beside a file and renames, so that no reader ever sees half of it. A link stays a link, and
/// a file keeps its permissions.
pub(crate) fn replace(
    file: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let file = paths::resolve_links(file).unwrap_or_else(|| file.to_path_buf());
    if fs::metadata(&file).is_ok_and(|file| !file.is_file()) {
        // A device or a pipe is written to: what it stands for is not to be replaced.
        let mut out = io::BufWriter::new(fs::File::options().write(true).open(&file)?);
        write(&mut out)?;
        return out.flush();
    }
    let permissions = fs::metadata(&file).ok().map(|file| file.permissions());
    let temporary = temporary_beside(&file)?;
    let mut out = io::BufWriter::new(temporary.as_file());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    if let Some(permissions) = permissions {
        temporary.as_file().set_permissions(permissions)?;
    }
    temporary.persist(file)?;
    Ok(())
}

/// A file in the same folder that goes away unless it is given a name.
fn temporary_beside(file: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    make_public(&mut builder);
    let builder = builder.prefix(".autopilot-lint-");
    builder.tempfile_in(paths::folder_of(file))
}

/// Gives a file the permissions that the system gives new files, the user's mask applied; temporary
/// files are private otherwise.
#[cfg(unix)]
fn make_public(builder: &mut tempfile::Builder<'_, '_>) {
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
}

#[cfg(not(unix))]
fn make_public(_: &mut tempfile::Builder<'_, '_>) {}

/// Writes a file where there is none yet.
///
/// # Errors
/// When there is one, or it cannot be written.
pub(crate) fn create(file: &Path, text: &str) -> Result<(), WriteError> {
    let created = temporary_beside(file).and_then(|mut temporary| {
        temporary.write_all(text.as_bytes())?;
        Ok(temporary.persist_noclobber(file)?)
    });
    match created {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(WriteError::Exists(sanitize::display_path(file)))
        }
        created => created
            .map(drop)
            .map_err(|error| WriteError::file(file, error)),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::FileTypeExt;

    use super::*;

    #[test]
    fn what_is_no_file_is_written_to_and_stays_what_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo").success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe)
        });
        replace(&pipe, |out| out.write_all(b"report")).expect("written");
        let kind = fs::metadata(&pipe).expect("still there").file_type();
        assert!(kind.is_fifo());
        let read = reader.join().expect("the reader ends");
        assert_eq!(read.expect("read"), "report");
    }
}
