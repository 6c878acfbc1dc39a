//! The frames of Zstandard data (RFC 8878), one after the other.
//!
//! The only file that knows the `ruzstd` crate. Zeros may follow a frame, as in gzip data.

use std::io::{self, BufReader, Read, Write};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, FrameCompressor};

use super::archive_error::{ArchiveError, is_end};
use super::padding::skip_padding;

pub(super) const FORMAT: &str = "Zstandard";
/// What a frame with data begins with.
pub(super) const SIGN: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

pub(super) struct ZstandardReader<R> {
    source: BufReader<R>,
    decoder: FrameDecoder,
    /// Inside a frame.
    open: bool,
    /// Has seen a frame.
    any: bool,
    /// Has seen another one.
    several: bool,
}

impl<R: Read> ZstandardReader<R> {
    /// `window`: furthest that a frame may refer back, in bytes.
    pub(super) fn new(source: BufReader<R>, window: u64) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(window);
        Self {
            source,
            decoder,
            open: false,
            any: false,
            several: false,
        }
    }

    /// Whether nothing but one frame was read.
    pub(super) const fn is_one_part(&self) -> bool {
        !self.several
    }

    /// Goes to the next frame; `false` at the end of the data.
    fn open(&mut self) -> io::Result<bool> {
        if self.any {
            if !skip_padding(&mut self.source)? {
                return Ok(false);
            }
            if !matches!(self.source.buffer(), [0x28 | 0x50..=0x5f, ..]) {
                return Err(ArchiveError::Trailing { format: FORMAT }.into());
            }
        }
        match self.decoder.reset(&mut self.source) {
            Ok(()) => self.open = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => self.skip(length.into())?,
            Err(error) => return Err(self.worded(&error).into()),
        }
        self.several = self.any;
        self.any = true;
        Ok(true)
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
        if skipped < length {
            return Err(ArchiveError::Truncated { format: FORMAT }.into());
        }
        Ok(())
    }

    /// Reads from the open frame; 0 at its end.
    fn read_frame(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let one = BlockDecodingStrategy::UptoBlocks(1);
            let decoded = self.decoder.decode_blocks(&mut self.source, one);
            decoded.map_err(|error| self.worded(&error))?;
        }
        self.decoder.read(bytes)
    }

    /// Leaves a frame at its end.
    fn close(&mut self) -> io::Result<()> {
        self.open = false;
        let stored = self.decoder.get_checksum_from_data();
        if stored.is_some() && stored != self.decoder.get_calculated_checksum() {
            return Err(ArchiveError::Checksum { format: FORMAT }.into());
        }
        Ok(())
    }

    /// In words of our own.
    fn worded(&self, error: &FrameDecoderError) -> ArchiveError {
        let format = FORMAT;
        match error {
            FrameDecoderError::WindowSizeTooBig { requested, max } => ArchiveError::Window {
                window: *requested,
                limit: *max,
            },
            FrameDecoderError::DictNotProvided { dict_id } => ArchiveError::Dictionary(*dict_id),
            FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(_))
                if self.any =>
            {
                ArchiveError::Trailing { format }
            }
            error if is_end(error) => ArchiveError::Truncated { format },
            _ => ArchiveError::Damaged { format },
        }
    }
}

impl<R: Read> Read for ZstandardReader<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while !bytes.is_empty() {
            if self.open {
                let read = self.read_frame(bytes)?;
                if read > 0 {
                    return Ok(read);
                }
                self.close()?;
            }
            if !self.open()? {
                break;
            }
        }
        Ok(0)
    }
}

/// Writes one frame with what `source` holds, at the only level that there is.
///
/// # Errors
/// When one of them cannot be read or written.
pub(super) fn compress(source: impl Read, out: impl Write) -> io::Result<()> {
    let (mut source, mut out) = (Steady::new(source), Steady::new(out));
    let mut compressor = FrameCompressor::new(CompressionLevel::Fastest);
    compressor.set_source(&mut source);
    compressor.set_drain(&mut out);
    compressor.compress();
    drop(compressor);
    source.result()?;
    out.result()
}

/// Keeps errors from the compressor, which would panic: behind one, nothing is read, and what is
/// written is lost.
struct Steady<T> {
    inner: T,
    failed: Option<io::Error>,
}

impl<T> Steady<T> {
    const fn new(inner: T) -> Self {
        Self {
            inner,
            failed: None,
        }
    }

    fn result(self) -> io::Result<()> {
        self.failed.map_or(Ok(()), Err)
    }
}

impl<R: Read> Read for Steady<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while self.failed.is_none() {
            match self.inner.read(bytes) {
                Ok(read) => return Ok(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.failed = Some(error),
            }
        }
        Ok(0)
    }
}

impl<W: Write> Write for Steady<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.is_none() {
            self.failed = self.inner.write_all(bytes).err();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
