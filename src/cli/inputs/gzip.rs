//! The members of gzip data (RFC 1952), one after the other.
//!
//! The only file that knows the `flate2` crate. Reads what `gzip`, Python and Node read: zeros may
//! follow a member, as on tapes.

use std::io::{self, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::archive_error::{ArchiveError, is_end};
use super::padding::skip_padding;

pub(super) const FORMAT: &str = "gzip";
/// What a member begins with.
pub(super) const SIGN: &[u8] = &[0x1f, 0x8b];

pub(super) struct GzipReader<R> {
    /// The member that is read; `None` behind the last one.
    member: Option<GzDecoder<BufReader<R>>>,
    /// Something was read of it.
    begun: bool,
    /// It is not the first one.
    later: bool,
}

impl<R: Read> GzipReader<R> {
    pub(super) fn new(source: BufReader<R>) -> Self {
        Self {
            member: Some(GzDecoder::new(source)),
            begun: false,
            later: false,
        }
    }

    /// Goes from the end of a member to the next one.
    ///
    /// # Errors
    /// Where something else follows.
    fn go_on(&mut self) -> io::Result<()> {
        let Some(member) = self.member.take() else {
            return Ok(());
        };
        let mut source = member.into_inner();
        if skip_padding(&mut source)? {
            if source.buffer().first() != SIGN.first() {
                return Err(ArchiveError::Trailing { format: FORMAT }.into());
            }
            *self = Self {
                later: true,
                ..Self::new(source)
            };
        }
        Ok(())
    }

    /// In words of our own.
    fn worded(&self, error: &io::Error) -> ArchiveError {
        let format = FORMAT;
        let header = !self.begun
            && self
                .member
                .as_ref()
                .is_none_or(|one| one.header().is_none());
        if is_end(error) {
            ArchiveError::Truncated { format }
        } else if self.later && header {
            ArchiveError::Trailing { format }
        } else if error.to_string().contains("checksum") {
            ArchiveError::Checksum { format }
        } else {
            ArchiveError::Damaged { format }
        }
    }
}

impl<R: Read> Read for GzipReader<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while !bytes.is_empty() {
            let Some(member) = &mut self.member else {
                break;
            };
            match member.read(bytes) {
                Ok(0) => self.go_on()?,
                Ok(read) => {
                    self.begun = true;
                    return Ok(read);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
                Err(error) => return Err(self.worded(&error).into()),
            }
        }
        Ok(0)
    }
}
