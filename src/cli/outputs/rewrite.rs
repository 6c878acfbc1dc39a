//! Files whose text is replaced: each is the old or the new one, whatever ends the process.
//!
//! Owns that nobody else's change is lost, and that a file stays what it is to others: its path, its
//! mode, its owner, its other names.

use std::fs::{File, Metadata};
use std::hash::Hasher;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use xxhash_rust::xxh3::Xxh3;

use super::interrupt::{Delayed, UntilSignal};
use super::replace::{name, private_temporary_beside};
use crate::cli::inputs::{OpenFile, ReadError, open_itself};
use crate::cli::paths::{Target, folder_of};
use crate::cli::system_error::SystemError;

/// Why a file is left as it was.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RewriteError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("cannot be written: {0}")]
    Write(SystemError),
    #[error("it is read-only")]
    ReadOnly,
    /// Its data has this many names.
    #[error("it has {0} names (hard links), and the others would keep the old text")]
    HardLinks(u64),
    #[cfg(unix)]
    #[error("its owner or group could not be kept")]
    Owner,
    #[error("it changed meanwhile")]
    Changed,
}

impl RewriteError {
    fn write(error: io::Error) -> Self {
        Self::Write(error.into())
    }
}

/// A file as it was before.
#[derive(Debug)]
pub(crate) struct Original {
    pub(crate) file: File,
    real: PathBuf,
    metadata: Metadata,
    hash: u64,
}

impl Original {
    /// Opens a file whose text may be replaced.
    ///
    /// # Errors
    /// When it may not.
    pub(crate) fn open(target: &Target) -> Result<Self, RewriteError> {
        let real = target.real.clone();
        let file = open_itself(&real)?.file;
        let metadata = file.metadata().map_err(ReadError::from)?;
        let names = names(&file, &metadata);
        if names > 1 {
            return Err(RewriteError::HardLinks(names));
        }
        // A folder lets its owner replace files that he could not write to.
        if metadata.permissions().readonly() {
            return Err(RewriteError::ReadOnly);
        }
        File::options()
            .write(true)
            .open(&real)
            .map_err(RewriteError::write)?;
        Ok(Self {
            hash: hash(&file).map_err(ReadError::from)?,
            file,
            real,
            metadata,
        })
    }

    /// Whether what stands at its path is what was opened.
    ///
    /// # Errors
    /// When it is not.
    fn stands(&self) -> Result<(), RewriteError> {
        let Ok(OpenFile { file, .. }) = open_itself(&self.real) else {
            return Err(RewriteError::Changed);
        };
        let metadata = file.metadata().map_err(ReadError::from)?;
        let same = signs(&file, &metadata) == signs(&self.file, &self.metadata)
            && hash(&file).map_err(ReadError::from)? == self.hash;
        if same {
            Ok(())
        } else {
            Err(RewriteError::Changed)
        }
    }
}

/// What shows that a file is another one, or was written to.
fn signs(file: &File, metadata: &Metadata) -> impl PartialEq + use<> {
    let identity = identity(file, metadata);
    (identity, metadata.len(), metadata.modified().ok())
}

/// A file system, and the number of a file on it.
#[cfg(unix)]
fn identity(_: &File, metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// A volume, and the number of a file on it; where that cannot be told, no file is another.
#[cfg(windows)]
fn identity(file: &File, _: &Metadata) -> Option<(u64, u64)> {
    let information = winapi_util::file::information(file).ok()?;
    Some((information.volume_serial_number(), information.file_index()))
}

#[cfg(unix)]
fn names(_: &File, metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(windows)]
fn names(file: &File, _: &Metadata) -> u64 {
    let information = winapi_util::file::information(file);
    information.map_or(1, |information| information.number_of_links())
}

/// A number that another text has another of, almost certainly.
pub(crate) fn hash(source: &File) -> io::Result<u64> {
    use std::io::Seek;
    let mut source = source;
    source.rewind()?;
    let hash = hash_of(source);
    source.rewind()?;
    hash
}

/// The same of what is read.
pub(crate) fn hash_of(source: impl Read) -> io::Result<u64> {
    let mut hash = Xxh3::new();
    let mut source = BufReader::with_capacity(1 << 20, source);
    loop {
        let bytes = io::BufRead::fill_buf(&mut source)?;
        if bytes.is_empty() {
            return Ok(hash.finish());
        }
        hash.write(bytes);
        let length = bytes.len();
        io::BufRead::consume(&mut source, length);
    }
}

/// The new text of a file, which is not in its place yet and goes away unless it comes there. While it
/// lives, no signal ends the process.
pub(crate) struct Replacement {
    // Goes before the signal may act.
    temporary: NamedTempFile,
    _delayed: Delayed,
}

impl Replacement {
    /// An empty one beside the file.
    ///
    /// # Errors
    /// When no file can be made there.
    pub(crate) fn begin(original: &Original) -> Result<Self, RewriteError> {
        let delayed = Delayed::begin();
        let temporary = private_temporary_beside(&original.real);
        Ok(Self {
            temporary: temporary.map_err(RewriteError::write)?,
            _delayed: delayed,
        })
    }

    pub(crate) fn file(&self) -> &File {
        self.temporary.as_file()
    }

    /// Puts it in the place of the file; gives the folder that this is in.
    ///
    /// # Errors
    /// When that cannot be, or somebody else changed the file.
    pub(crate) fn put_in_place(self, original: Original) -> Result<PathBuf, RewriteError> {
        let file = self.temporary.as_file();
        keep_owner(file, &original.metadata)?;
        file.set_permissions(original.metadata.permissions())
            .and_then(|()| file.sync_all())
            .map_err(RewriteError::write)?;
        original.stands()?;
        let Original {
            file: open,
            real,
            metadata,
            ..
        } = original;
        // On a share of Windows, nothing that is open is replaced.
        drop(open);
        name(self.temporary, Some(metadata.permissions()), &real).map_err(RewriteError::write)?;
        Ok(folder_of(&real).to_path_buf())
    }
}

/// Writes to a file that no signal leaves half-written.
pub(crate) fn writer(file: &File) -> BufWriter<impl Write> {
    BufWriter::with_capacity(256 << 10, UntilSignal(file))
}

/// Gives a file the owner and group of another.
#[cfg(unix)]
fn keep_owner(file: &File, of: &Metadata) -> Result<(), RewriteError> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata().map_err(RewriteError::write)?;
    let other = |own: u32, wanted: u32| (own != wanted).then_some(wanted);
    let (owner, group) = (other(own.uid(), of.uid()), other(own.gid(), of.gid()));
    if owner.is_none() && group.is_none() {
        return Ok(());
    }
    fchown(file, owner, group).map_err(|_| RewriteError::Owner)
}

#[cfg(not(unix))]
const fn keep_owner(_: &File, _: &Metadata) -> Result<(), RewriteError> {
    Ok(())
}

/// Makes sure that what came to its place in a folder stays there when the machine stops. Not all
/// systems can.
pub(crate) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::paths::Door;

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder
            .path()
            .canonicalize()
            .expect("a folder")
            .join("a.json");
        let door = Door::new().expect("a current folder");
        type Change = fn(&Path, Metadata);
        let changes: [(&str, Change); 5] = [
            ("it grew", |path, _| {
                fs::write(path, "old text").expect("written")
            }),
            (
                "another text of the same length and time",
                |path, before| {
                    fs::write(path, "abc").expect("written");
                    let file = File::options().write(true).open(path).expect("a file");
                    file.set_modified(before.modified().expect("a time"))
                        .expect("a time");
                },
            ),
            ("written again at another time", |path, _| {
                let file = File::options().write(true).open(path).expect("a file");
                let time = std::time::SystemTime::UNIX_EPOCH;
                file.set_modified(time).expect("a time");
            }),
            ("it is gone", |path, _| {
                fs::remove_file(path).expect("removed")
            }),
            ("a folder", |path, _| {
                fs::remove_file(path).expect("removed");
                fs::create_dir(path).expect("made");
            }),
        ];
        for (what, change) in changes {
            fs::write(&path, "old").expect("written");
            let target = door.target(&path).expect("nothing leads outside");
            let original = Original::open(&target).expect("a file");
            let replacement = Replacement::begin(&original).expect("a temporary file");
            let mut out = writer(replacement.file());
            out.write_all(b"new")
                .and_then(|()| out.flush())
                .expect("written");
            drop(out);
            change(&path, original.metadata.clone());
            let put = replacement.put_in_place(original);
            assert!(matches!(put, Err(RewriteError::Changed)), "{what}: {put:?}");
            assert_ne!(fs::read(&path).unwrap_or_default(), b"new", "{what}");
            let left = fs::read_dir(folder.path()).expect("a folder").count();
            assert_eq!(left, usize::from(path.exists()), "{what}");
        }
    }
}
