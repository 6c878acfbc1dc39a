//! Files that appear whole or not at all, whatever ends the process.

use std::fs::{self, Metadata, Permissions};
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
        // Nothing has a device of Windows for a file, and not all of them can append.
        let mut options = fs::File::options();
        options.append(!cfg!(windows)).write(true);
        let mut out = io::BufWriter::new(options.open(file)?);
        write(&mut out)?;
        return out.flush();
    }
    let permissions = fs::symlink_metadata(file).ok();
    let permissions = permissions
        .filter(Metadata::is_file)
        .map(|file| file.permissions());
    if permissions.as_ref().is_some_and(keeps_its_content) {
        return Err(io::Error::other("read-only; left unchanged"));
    }
    let _delayed = Delayed::begin();
    let temporary = temporary_beside(file)?;
    let mut out = io::BufWriter::new(UntilSignal(temporary.as_file()));
    write(&mut out)?;
    out.flush()?;
    drop(out);
    name(temporary, permissions, file)
}

/// Whether a file of these permissions is not to be replaced. Elsewhere than on Windows its folder
/// decides.
fn keeps_its_content(permissions: &Permissions) -> bool {
    cfg!(windows) && permissions.readonly()
}

/// Gives a file that is complete its permissions and its name.
#[cfg(not(windows))]
pub(super) fn name(
    temporary: NamedTempFile,
    permissions: Option<Permissions>,
    file: &Path,
) -> io::Result<()> {
    if let Some(permissions) = permissions {
        temporary.as_file().set_permissions(permissions)?;
    }
    temporary.persist(file)?;
    Ok(())
}

/// Gives a file that is complete its attributes and its name. Tries again for a second where another
/// program has the file open: scanners and indexers look at what has just been written.
///
/// A program that has opened it and lets nobody delete it keeps it as it is. With one that lets others
/// delete it, that depends: on a disk of NTFS, Windows 10 replaces the file, and the program reads on
/// what it has opened; elsewhere it is in the way too.
#[cfg(windows)]
pub(super) fn name(
    temporary: NamedTempFile,
    attributes: Option<Permissions>,
    file: &Path,
) -> io::Result<()> {
    // `fs::rename` replaces what others have open if they allow it, and knows long paths.
    let (open, temporary) = temporary.keep().map_err(|error| error.error)?;
    let attributes = attributes.map_or(Ok(()), |attributes| open.set_permissions(attributes));
    drop(open);
    let named = attributes.and_then(|()| patiently(|| fs::rename(&temporary, file)));
    if named.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    named
}

/// Does what another program may be in the way of, for a second.
#[cfg(windows)]
fn patiently(mut does: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    const ERROR_ACCESS_DENIED: i32 = 5;
    const ERROR_SHARING_VIOLATION: i32 = 32;
    const PAUSES: [u64; 6] = [10, 30, 60, 100, 300, 500];
    let is_in_the_way = |error: &io::Error| {
        let code = error.raw_os_error();
        code == Some(ERROR_ACCESS_DENIED) || code == Some(ERROR_SHARING_VIOLATION)
    };
    for pause in PAUSES {
        match does() {
            Err(error) if is_in_the_way(&error) => {
                std::thread::sleep(std::time::Duration::from_millis(pause));
            }
            done => return done,
        }
    }
    does().map_err(|error| {
        if is_in_the_way(&error) {
            io::Error::other("another program has it open, or it may not be replaced")
        } else {
            error
        }
    })
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

#[cfg(all(test, windows))]
mod tests_on_windows {
    use std::os::windows::fs::OpenOptionsExt;

    use super::*;
    use crate::cli::paths::Door;

    const FILE_SHARE_READ: u32 = 1;
    const FILE_SHARE_DELETE: u32 = 4;

    fn written(file: &Path) -> io::Result<()> {
        let target = Door::new().unwrap().target(file).expect("a target");
        replace(&target, |out| out.write_all(b"new"))
    }

    /// What is in the folder of a file, beside the file.
    fn beside(file: &Path) -> usize {
        let entries = fs::read_dir(file.parent().unwrap()).unwrap();
        entries
            .filter(|entry| entry.as_ref().unwrap().path() != file)
            .count()
    }

    #[test]
    fn a_file_that_may_not_be_replaced_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.json");
        fs::write(&file, "old").unwrap();
        let open = |share| {
            let mut options = fs::File::options();
            options.read(true).share_mode(share).open(&file).unwrap()
        };
        let reader = open(FILE_SHARE_READ);
        let refused = written(&file).expect_err("it is open");
        assert!(
            refused
                .to_string()
                .starts_with("another program has it open"),
            "{refused}"
        );
        drop(reader);
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(beside(&file), 0);

        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions.clone()).unwrap();
        let refused = written(&file).expect_err("it is read-only");
        assert_eq!(refused.to_string(), "read-only; left unchanged");
        permissions.set_readonly(false);
        fs::set_permissions(&file, permissions).unwrap();
        assert_eq!(beside(&file), 0);

        // It depends on the disk and the version of Windows whether this is allowed.
        let reader = open(FILE_SHARE_READ | FILE_SHARE_DELETE);
        let expected = match written(&file) {
            Ok(()) => "new",
            Err(refused) => {
                let refused = refused.to_string();
                assert!(
                    refused.starts_with("another program has it open"),
                    "{refused}"
                );
                "old"
            }
        };
        drop(reader);
        assert_eq!(fs::read_to_string(&file).unwrap(), expected);
        assert_eq!(beside(&file), 0);
        written(&file).expect("nobody has it open");
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    }

    #[test]
    fn devices_take_a_report_in_every_folder() {
        for name in ["NUL", "nul", "no/such/folder/../../../nul"] {
            written(Path::new(name)).expect(name);
        }
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
