//! Files that appear whole or not at all, whatever ends the process.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::Path;

use autopilot_lint::text::sanitize;
use tempfile::NamedTempFile;

use super::interrupt::{Delayed, UntilSignal};
use super::write_error::WriteError;
use crate::cli::paths::{self, Target, temporary};

/// Writes beside a file and renames, so that no reader ever sees half of it. A file keeps its
/// permissions. Nothing is written through a link that has come up since the door let the file
/// through.
pub(crate) fn replace(
    target: &Target,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let file = &target.real;
    if target.is_device {
        // Where it stands for a file, that is shared with whoever opened it.
        let mut out = io::BufWriter::new(fs::File::options().append(true).open(file)?);
        write(&mut out)?;
        return out.flush();
    }
    let permissions = fs::symlink_metadata(file).ok();
    let permissions = permissions
        .filter(Metadata::is_file)
        .map(|file| file.permissions());
    let _delayed = Delayed::begin();
    let temporary = temporary_beside(file)?;
    let mut out = io::BufWriter::new(UntilSignal(temporary.as_file()));
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
    let mut builder = named();
    make_public(&mut builder);
    builder.tempfile_in(paths::folder_of(file))
}

/// The same that nobody else may read.
pub(super) fn private_temporary_beside(file: &Path) -> io::Result<NamedTempFile> {
    named().tempfile_in(paths::folder_of(file))
}

fn named() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder
        .prefix(temporary::PREFIX)
        .suffix(temporary::SUFFIX)
        .rand_bytes(temporary::RANDOM);
    builder
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
    let _delayed = Delayed::begin();
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
    use crate::cli::paths::Door;

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
        let door = Door::new().expect("a current folder");
        let target = door.target(&pipe).expect("nothing leads outside");
        replace(&target, |out| out.write_all(b"report")).expect("written");
        let kind = fs::metadata(&pipe).expect("still there").file_type();
        assert!(kind.is_fifo());
        let read = reader.join().expect("the reader ends");
        assert_eq!(read.expect("read"), "report");
    }
}
