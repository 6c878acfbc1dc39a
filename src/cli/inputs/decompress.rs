//! Compressed files: the bytes that are in an archive, as they come.
//!
//! Owns the formats, their errors, what a decoder keeps at a time, and how much comes out.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::kind::Compression;

/// Bytes of an archive that are read at a time.
const STEP: usize = 64 << 10;
/// Furthest that a Zstandard frame may refer back, in bytes: what RFC 8878 section 3.1.1.1.2 asks
/// of every decoder.
const MAX_WINDOW: u64 = 8 << 20;

/// How much may come out of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnpackLimit {
    /// In bytes.
    size: u64,
    /// Most bytes for each one of the archive.
    ratio: Option<u64>,
}

impl UnpackLimit {
    /// What comes out at most unless somebody asks for something else.
    const DEFAULT: Self = Self {
        size: 64 << 30,
        ratio: Some(1000),
    };
    /// Bytes that may come out of any archive: a ratio says little of a short one.
    const FREE: u64 = 64 << 20;

    /// `asked`: most bytes, whatever the ratio.
    pub(crate) fn new(asked: Option<u64>) -> Self {
        asked.map_or(Self::DEFAULT, |size| Self { size, ratio: None })
    }

    /// Why `unpacked` bytes of `packed` ones are too much, if they are.
    fn excess(self, unpacked: u64, packed: u64) -> Option<UnpackExcess> {
        let Self { size, ratio } = self;
        let ratio = ratio.filter(|ratio| unpacked > Self::FREE.max(packed.saturating_mul(*ratio)));
        let size = (unpacked > size).then_some(UnpackExcess::Size(size));
        size.or(ratio.map(UnpackExcess::Ratio))
    }
}

/// Why no more of an archive is read.
#[derive(Debug, thiserror::Error)]
enum UnpackExcess {
    #[error("unpacks to more than the limit of {0} bytes; raise it with --max-unpacked")]
    Size(u64),
    #[error("unpacks to more than {0} times its size; allow that with --max-unpacked")]
    Ratio(u64),
}

/// The bytes in `source`, which may consist of several members or frames.
pub(crate) fn decompress<'a>(
    compression: Compression,
    limit: UnpackLimit,
    source: impl Read + Send + 'a,
) -> Box<dyn Read + Send + 'a> {
    let packed = Arc::new(AtomicU64::new(0));
    let source = Counted {
        source,
        bytes: Arc::clone(&packed),
    };
    let (source, format): (Box<dyn Read + Send>, _) = match compression {
        Compression::None => return Box::new(source.source),
        Compression::Gzip => (Box::new(MultiGzDecoder::new(source)), "gzip"),
        Compression::Zstandard => (Box::new(ZstandardReader::new(source)), "Zstandard"),
    };
    Box::new(Limited {
        source: NamedErrors { source, format },
        limit,
        packed,
        unpacked: 0,
    })
}

/// Counts what is read.
struct Counted<R> {
    source: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(bytes)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Gives no more than a limit allows.
struct Limited<R> {
    source: R,
    limit: UnpackLimit,
    /// Bytes of the archive that were read.
    packed: Arc<AtomicU64>,
    unpacked: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(bytes)?;
        self.unpacked += read as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        match self.limit.excess(self.unpacked, packed) {
            Some(excess) => Err(io::Error::other(excess)),
            None => Ok(read),
        }
    }
}

/// Names the format in every error.
struct NamedErrors<R> {
    source: R,
    format: &'static str,
}

impl<R: Read> Read for NamedErrors<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let Self { source, format } = self;
        source.read(bytes).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            io::Error::other(format!(
                "not {format} data, or damaged or truncated: {error}"
            ))
        })
    }
}

/// Reads the frames of Zstandard data one after the other.
struct ZstandardReader<R> {
    source: BufReader<R>,
    decoder: FrameDecoder,
    /// Inside a frame.
    open: bool,
    /// Has seen a frame.
    any: bool,
}

impl<R: Read> ZstandardReader<R> {
    fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW);
        Self {
            source: BufReader::with_capacity(STEP, source),
            decoder,
            open: false,
            any: false,
        }
    }

    /// Goes to the next frame; `false` at the end of the data.
    fn open(&mut self) -> io::Result<bool> {
        // Without any data there is no frame, which is an error.
        if self.any && self.source.fill_buf()?.is_empty() {
            return Ok(false);
        }
        match self.decoder.reset(&mut self.source) {
            Ok(()) => self.open = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => self.skip(length.into())?,
            Err(error) => return Err(io::Error::other(error)),
        }
        self.any = true;
        Ok(true)
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
        if skipped < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }

    /// Reads from the open frame; 0 at its end.
    fn read_frame(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let one = BlockDecodingStrategy::UptoBlocks(1);
            let decoded = self.decoder.decode_blocks(&mut self.source, one);
            decoded.map_err(io::Error::other)?;
        }
        self.decoder.read(bytes)
    }

    /// Leaves a frame at its end.
    fn close(&mut self) -> io::Result<()> {
        self.open = false;
        let stored = self.decoder.get_checksum_from_data();
        if stored.is_some() && stored != self.decoder.get_calculated_checksum() {
            return Err(io::Error::other("checksum mismatch"));
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).expect("in memory");
        encoder.finish().expect("in memory")
    }

    fn zstandard(text: &[u8]) -> Vec<u8> {
        compress_to_vec(text, CompressionLevel::Fastest)
    }

    fn decompressed(compression: Compression, packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        let limit = UnpackLimit::new(None);
        decompress(compression, limit, packed).read_to_end(&mut text)?;
        Ok(text)
    }

    type Pack = fn(&[u8]) -> Vec<u8>;
    const FORMATS: [(Compression, Pack); 2] = [
        (Compression::Gzip, gzip),
        (Compression::Zstandard, zstandard),
    ];

    /// Some text that does not shrink to nothing.
    fn text() -> Vec<u8> {
        (0..60_000_u32)
            .flat_map(|n| n.wrapping_mul(n).to_string().into_bytes())
            .collect()
    }

    #[test]
    fn members_and_frames_follow_one_another() {
        for (compression, pack) in FORMATS {
            let text = text();
            assert_eq!(
                decompressed(compression, &pack(&text)).expect("whole"),
                text
            );
            let two = [pack(b"a"), pack(b""), pack(b"b")].concat();
            assert_eq!(decompressed(compression, &two).expect("whole"), b"ab");
        }
        let skipped = [
            &[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9],
            &*zstandard(b"a"),
        ]
        .concat();
        assert_eq!(
            decompressed(Compression::Zstandard, &skipped).expect("whole"),
            b"a"
        );
    }

    #[test]
    fn what_is_damaged_is_never_taken_for_whole() {
        for (compression, pack) in FORMATS {
            let packed = pack(&text());
            for length in [
                0,
                1,
                3,
                9,
                packed.len() / 2,
                packed.len() - 5,
                packed.len() - 1,
            ] {
                decompressed(compression, &packed[..length]).expect_err("cut off");
            }
            for at in [0, packed.len() / 2, packed.len() - 3] {
                let mut damaged = packed.clone();
                damaged[at] ^= 0x55;
                assert!(
                    decompressed(compression, &damaged).map_or(true, |text| text != self::text())
                );
            }
            let followed = [&*packed, b"more"].concat();
            decompressed(compression, &followed).expect_err("something follows");
        }
        decompressed(
            Compression::Zstandard,
            &[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9],
        )
        .expect_err("cut off");
    }

    #[test]
    fn an_archive_gives_no_more_than_the_limit() {
        let feeds = vec![b'\n'; 1 << 20];
        for (compression, pack) in FORMATS {
            let packed = pack(&feeds);
            for (size, whole) in [(1 << 20, true), ((1 << 20) - 1, false), (0, false)] {
                let mut source = decompress(compression, UnpackLimit::new(Some(size)), &*packed);
                let mut text = Vec::new();
                let read = source
                    .read_to_end(&mut text)
                    .map_err(|error| error.to_string());
                assert!(text.len() as u64 <= size, "{}", text.len());
                if whole {
                    assert_eq!(read, Ok(1 << 20));
                } else {
                    let message = read.expect_err("more than that");
                    assert!(message.contains("--max-unpacked"), "{message}");
                }
            }
        }
    }

    #[test]
    fn a_ratio_counts_beyond_what_is_free() {
        let limit = UnpackLimit::new(None);
        let free = UnpackLimit::FREE;
        for (unpacked, packed, too_much) in [
            (free, 0, false),
            (free + 1, 0, true),
            (free + 1, free / 1000 + 1, false),
            (10_000 << 20, 10 << 20, false),
            ((10_000 << 20) + 1, 10 << 20, true),
            ((64 << 30) + 1, 64 << 30, true),
            (u64::MAX, u64::MAX, true),
        ] {
            let excess = limit.excess(unpacked, packed);
            assert_eq!(excess.is_some(), too_much, "{unpacked} {packed}");
        }
        let asked = UnpackLimit::new(Some(free * 9));
        assert!(asked.excess(free * 9, 1).is_none());
    }

    #[test]
    fn a_frame_cannot_ask_for_much_memory() {
        // A window of 2^(10 + 20) bytes, an empty last block.
        let greedy = [0x28, 0xb5, 0x2f, 0xfd, 0, 20 << 3, 1, 0, 0];
        decompressed(Compression::Zstandard, &greedy).expect_err("too large a window");
        let modest = [0x28, 0xb5, 0x2f, 0xfd, 0, 13 << 3, 1, 0, 0];
        assert_eq!(
            decompressed(Compression::Zstandard, &modest).expect("8 MiB"),
            b""
        );
    }
}
