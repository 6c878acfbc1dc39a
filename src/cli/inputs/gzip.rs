//! The members of gzip data (RFC 1952), one after the other.
//!
//! The only file that knows the `flate2` crate. Reads what `gzip`, Python and Node read: zeros may
//! follow a member, as on tapes.

use std::io::{self, BufReader, Read, Write};

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};

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

    /// Whether nothing but one member was read.
    pub(super) const fn is_one_part(&self) -> bool {
        !self.later
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

/// What a member says of itself.
pub(super) struct GzipHeader {
    header: flate2::GzHeader,
    level: Compression,
}

impl GzipHeader {
    /// Of the extra flags (RFC 1952 section 2.3.1), what stands for the best compression and for the
    /// fastest one.
    const BEST: u8 = 2;
    const FASTEST: u8 = 4;

    /// Reads the header of the first member.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn read(mut source: impl Read) -> io::Result<Self> {
        let mut head = [0; 10];
        source.read_exact(&mut head)?;
        let level = match head[8] {
            Self::BEST => Compression::best(),
            Self::FASTEST => Compression::fast(),
            _ => Compression::default(),
        };
        let source = BufReader::new(head.chain(source));
        let header = GzDecoder::new(source).header().cloned();
        let header = header.ok_or(ArchiveError::Damaged { format: FORMAT })?;
        Ok(Self { header, level })
    }

    fn builder(&self) -> GzBuilder {
        let Self { header, .. } = self;
        let mut builder = GzBuilder::new()
            .mtime(header.mtime())
            .operating_system(header.operating_system());
        if let Some(name) = header.filename() {
            builder = builder.filename(name);
        }
        if let Some(comment) = header.comment() {
            builder = builder.comment(comment);
        }
        if let Some(extra) = header.extra() {
            builder = builder.extra(extra);
        }
        builder
    }
}

/// Writes one member with what `source` holds.
///
/// # Errors
/// When one of them cannot be read or written.
pub(super) fn compress(
    header: &GzipHeader,
    mut source: impl Read,
    out: impl Write,
) -> io::Result<()> {
    let mut member = header.builder().write(out, header.level);
    io::copy(&mut source, &mut member)?;
    member.finish()?;
    Ok(())
}
