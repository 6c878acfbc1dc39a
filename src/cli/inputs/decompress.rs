//! Compressed files: the bytes that are in an archive, as they come.
//!
//! Owns what is said of a file that is no archive, and how much comes out of one.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use autopilot_lint::foreign;

use super::archive_error::ArchiveError;
use super::gzip::{self, GzipReader};
use super::kind::{Compression, begins_as_json};
use super::read_error::ReadError;
use super::zstandard::{self, ZstandardReader};

/// Bytes of an archive that are read at a time.
const STEP: usize = 64 << 10;

/// How much may come out of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnpackLimit {
    /// In bytes.
    size: u64,
    /// Most bytes for each one of the archive.
    ratio: Option<u64>,
    /// Furthest that a Zstandard frame may refer back, in bytes: so much of it is held.
    window: u64,
}

impl UnpackLimit {
    /// What comes out at most unless somebody asks for something else.
    const DEFAULT: Self = Self {
        size: 64 << 30,
        ratio: Some(1000),
        window: Self::MOST_WINDOW,
    };
    /// What `zstd` itself reads unless it is asked for more.
    const MOST_WINDOW: u64 = 128 << 20;
    /// What RFC 8878 section 3.1.1.1.2 asks of every decoder.
    const LEAST_WINDOW: u64 = 8 << 20;
    /// Bytes that may come out of any archive: a ratio says little of a short one.
    const FREE: u64 = 64 << 20;

    /// `asked`: most bytes, whatever the ratio.
    pub(crate) fn new(asked: Option<u64>) -> Self {
        asked.map_or(Self::DEFAULT, |size| Self {
            size,
            ratio: None,
            ..Self::DEFAULT
        })
    }

    /// The same for a run that may take `memory` bytes on `threads` threads. Half of it is for what
    /// is read in parts; each thread may have a window.
    pub(crate) fn within(self, memory: Option<u64>, threads: usize) -> Self {
        let share = memory.map(|memory| memory / 2 / threads.max(1) as u64);
        let window = share.unwrap_or(Self::MOST_WINDOW);
        Self {
            window: window.clamp(Self::LEAST_WINDOW, Self::MOST_WINDOW),
            ..self
        }
    }

    /// Why `unpacked` bytes of `packed` ones are too much, if they are.
    fn excess(self, unpacked: u64, packed: u64) -> Option<UnpackExcess> {
        let Self { size, ratio, .. } = self;
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
) -> Unpacked<'a> {
    let state = Arc::new(State::default());
    let packed = Packed {
        source: Box::new(source),
        state: Arc::clone(&state),
    };
    let reader = match compression {
        Compression::None => Reader::Plain(packed),
        Compression::Gzip | Compression::Zstandard => {
            Reader::Unopened(compression, BufReader::with_capacity(STEP, packed))
        }
    };
    Unpacked {
        reader,
        limit,
        given: 0,
        state,
    }
}

/// What an archive holds.
pub(crate) struct Unpacked<'a> {
    reader: Reader<'a>,
    limit: UnpackLimit,
    /// Bytes that came out.
    given: u64,
    state: Arc<State>,
}

enum Reader<'a> {
    /// No archive: a file as it is.
    Plain(Packed<'a>),
    /// An archive of which nothing was read.
    Unopened(Compression, BufReader<Packed<'a>>),
    Gzip(Box<GzipReader<Packed<'a>>>),
    Zstandard(Box<ZstandardReader<Packed<'a>>>),
    /// No archive, but something known: it comes as it is, and is told from what it is then.
    Other(BufReader<Packed<'a>>),
    /// Nothing comes out any more.
    Ended,
    /// Why nothing comes out any more, however often it is asked.
    Failed(io::ErrorKind, String),
}

/// What is known of an archive while it is read, and then.
#[derive(Default)]
struct State {
    /// Bytes of the archive that were read.
    packed: AtomicU64,
    /// Why it could not be read on.
    failed: Mutex<Option<io::Error>>,
    /// The format of an archive that bytes follow which belong to nothing.
    trailing: Mutex<Option<ArchiveError>>,
}

/// What there is to say when all was read.
pub(crate) struct Afterwards(Arc<State>);

impl Afterwards {
    /// Whether nothing but what was read is in the file. What was read is good all the same.
    ///
    /// # Errors
    /// When something else follows the archive.
    pub(crate) fn check(&self) -> Result<(), ReadError> {
        match lock(&self.0.trailing).take() {
            Some(trailing) => Err(io::Error::from(trailing).into()),
            None => Ok(()),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Unpacked<'_> {
    /// Is asked when all was read.
    pub(crate) fn afterwards(&self) -> Afterwards {
        Afterwards(Arc::clone(&self.state))
    }

    /// Whether all that was read came out of one member or frame.
    pub(crate) fn is_one_part(&self) -> bool {
        match &self.reader {
            Reader::Plain(_) => true,
            Reader::Gzip(source) => source.is_one_part(),
            Reader::Zstandard(source) => source.is_one_part(),
            _ => false,
        }
    }

    fn read_on(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            match &mut self.reader {
                Reader::Plain(source) => return source.read(bytes),
                Reader::Gzip(source) => return source.read(bytes),
                Reader::Zstandard(source) => return source.read(bytes),
                Reader::Other(source) => return source.read(bytes),
                Reader::Ended => return Ok(0),
                Reader::Failed(kind, words) => return Err(io::Error::new(*kind, words.clone())),
                Reader::Unopened(compression, source) => {
                    let is_archive = is_archive(*compression, source)?;
                    let opened = std::mem::replace(&mut self.reader, Reader::Ended);
                    self.reader = opened.opened(is_archive, self.limit.window);
                }
            }
        }
    }

    /// What to make of an error: that of the file itself is more to the point.
    fn worded(&mut self, error: io::Error) -> io::Result<usize> {
        let archive = error.get_ref().and_then(|inner| inner.downcast_ref());
        if let Some(trailing @ ArchiveError::Trailing { .. }) = archive {
            *lock(&self.state.trailing) = Some(trailing.clone());
            self.reader = Reader::Ended;
            return Ok(0);
        }
        let error = lock(&self.state.failed).take().unwrap_or(error);
        if !matches!(self.reader, Reader::Plain(_)) {
            self.reader = Reader::Failed(error.kind(), error.to_string());
        }
        Err(error)
    }
}

impl Reader<'_> {
    fn opened(self, is_archive: bool, window: u64) -> Self {
        match self {
            Self::Unopened(_, source) if !is_archive => Self::Other(source),
            Self::Unopened(Compression::Gzip, source) => {
                Self::Gzip(Box::new(GzipReader::new(source)))
            }
            Self::Unopened(_, source) => {
                Self::Zstandard(Box::new(ZstandardReader::new(source, window)))
            }
            opened => opened,
        }
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = match self.read_on(bytes) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => self.worded(error)?,
            read => read?,
        };
        if matches!(self.reader, Reader::Plain(_)) {
            return Ok(read);
        }
        self.given += read as u64;
        let packed = self.state.packed.load(Ordering::Relaxed);
        match self.limit.excess(self.given, packed) {
            Some(excess) => {
                self.reader = Reader::Failed(io::ErrorKind::Other, excess.to_string());
                Err(io::Error::other(excess))
            }
            None => Ok(read),
        }
    }
}

/// Counts what is read of an archive, and keeps why that failed from the libraries' words.
struct Packed<'a> {
    source: Box<dyn Read + Send + 'a>,
    state: Arc<State>,
}

impl Read for Packed<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self.source.read(bytes) {
            Ok(read) => {
                self.state.packed.fetch_add(read as u64, Ordering::Relaxed);
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let kind = error.kind();
                *lock(&self.state.failed) = Some(error);
                Err(kind.into())
            }
        }
    }
}

/// Whether a file begins as an archive of its kind does, or as something else that is known.
///
/// # Errors
/// When it begins as neither.
fn is_archive(compression: Compression, source: &mut impl BufRead) -> io::Result<bool> {
    let (format, extension, sign) = match compression {
        Compression::Zstandard => (zstandard::FORMAT, "zst", zstandard::SIGN),
        _ => (gzip::FORMAT, "gz", gzip::SIGN),
    };
    let head = source.fill_buf()?;
    let skippable = matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
    if head.starts_with(sign) || compression == Compression::Zstandard && skippable {
        return Ok(true);
    }
    let error = if head.is_empty() {
        ArchiveError::Empty { format }
    } else if sign.starts_with(head) {
        ArchiveError::Truncated { format }
    } else if foreign::in_bytes(head).is_some() {
        return Ok(false);
    } else if begins_as_json(head) {
        ArchiveError::Plain { format, extension }
    } else {
        ArchiveError::Unknown { format }
    };
    Err(error.into())
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
        let frame = |window: u8| [0x28, 0xb5, 0x2f, 0xfd, 0, window << 3, 1, 0, 0];
        let refused = decompressed(Compression::Zstandard, &frame(20));
        let message = refused.expect_err("too large a window").to_string();
        assert!(message.contains("1073741824 bytes, more than the limit of 134217728"));
        let ordinary = decompressed(Compression::Zstandard, &frame(17));
        assert_eq!(ordinary.expect("128 MiB"), b"");
        let limit = UnpackLimit::new(None);
        for (memory, threads, window) in [
            (None, 64, 128 << 20),
            (Some(1 << 40), 4, 128 << 20),
            (Some(256 << 20), 2, 64 << 20),
            (Some(1), 1, 8 << 20),
        ] {
            assert_eq!(limit.within(memory, threads).window, window);
        }
        let mut text = Vec::new();
        let tight = limit.within(Some(1), 1);
        let source = &frame(14)[..];
        let read = decompress(Compression::Zstandard, tight, source).read_to_end(&mut text);
        read.expect_err("16 MiB");
    }

    /// What is read, and what is said then.
    fn with_what_follows(compression: Compression, packed: &[u8]) -> (Vec<u8>, String) {
        let mut source = decompress(compression, UnpackLimit::new(None), packed);
        let mut text = Vec::new();
        let read = source.read_to_end(&mut text);
        let error = read.err().map(|error| error.to_string());
        let after = source.afterwards().check();
        let after = after.err().map(|error| error.to_string());
        (text, error.or(after).unwrap_or_default())
    }

    #[test]
    fn what_follows_an_archive_is_padding_or_is_told() {
        for (compression, pack) in FORMATS {
            let one = pack(b"one");
            for (after, text, told) in [
                (vec![], "one", false),
                (vec![0; 1], "one", false),
                (vec![0; 3 * STEP], "one", false),
                ([&[0; 511][..], &pack(b"two")].concat(), "onetwo", false),
                (b"more".to_vec(), "one", true),
                (b"m".to_vec(), "one", true),
                (b"\0\0more and more".to_vec(), "one", true),
                ([&pack(b"two")[..], b"{}"].concat(), "onetwo", true),
            ] {
                let packed = [&one[..], &after].concat();
                let (read, message) = with_what_follows(compression, &packed);
                assert_eq!(read, text.as_bytes(), "{after:?}");
                assert_eq!(message.starts_with("bytes follow the"), told, "{message}");
                assert_eq!(message.is_empty(), !told, "{message}");
            }
            // Another member or frame, of which something is missing.
            let packed = [&one[..], &pack(b"two")[..7]].concat();
            let (read, message) = with_what_follows(compression, &packed);
            assert_eq!(read, b"one");
            assert!(message.contains("is cut off"), "{message}");
        }
    }

    #[test]
    fn a_file_that_is_no_archive_is_told_for_what_it_is() {
        for (file, words) in [
            (&b""[..], "empty, and no"),
            (
                b"{\"id\": 1}",
                "text that is not compressed; take the extension .",
            ),
            (b"\xef\xbb\xbf\n[]", "text that is not compressed"),
            (b"nothing known", "archive"),
        ] {
            for (compression, _) in FORMATS {
                let (text, message) = with_what_follows(compression, file);
                assert!(text.is_empty() && message.contains(words), "{message}");
            }
        }
        // What is known comes as it is: what a document is that is none, is said elsewhere.
        for other in [
            b"version https://git-lfs.github.com/spec/v1\n".to_vec(),
            b"PK\x03\x04".to_vec(),
            b"<html>".repeat(100_000),
        ] {
            for (compression, _) in FORMATS {
                let same = (other.clone(), String::new());
                assert_eq!(with_what_follows(compression, &other), same);
            }
        }
        let zstandard = zstandard(b"a");
        let same = (zstandard.clone(), String::new());
        assert_eq!(with_what_follows(Compression::Gzip, &zstandard), same);
    }

    #[test]
    fn no_words_of_a_library_get_out() {
        let ours = [
            "",
            "is cut off; get it again",
            "is damaged; get it again",
            "is damaged: its checksum does not fit what is in it",
            "compress it with `zstd --long=27` at most",
            "and cannot be read; compress it without one",
            "and were not read; what it holds was checked",
            "; allow that with --max-unpacked",
        ];
        let begin = ["no gzip archive", "no Zstandard archive"];
        let mut said = std::collections::BTreeSet::new();
        for (compression, pack) in FORMATS {
            let text: Vec<u8> = (0..60_u32)
                .flat_map(|n| (n * n).to_string().into_bytes())
                .collect();
            let packed = [pack(&text), pack(b"two")].concat();
            let cut = (0..packed.len()).map(|length| packed[..length].to_vec());
            let flipped = (0..packed.len()).flat_map(|at| {
                let packed = &packed;
                [0x01, 0x04, 0x20, 0x80, 0x55, 0xff]
                    .into_iter()
                    .map(move |mask| {
                        let mut damaged = packed.clone();
                        damaged[at] ^= mask;
                        damaged
                    })
            });
            for packed in cut.chain(flipped) {
                let (_, message) = with_what_follows(compression, &packed);
                let end = ours
                    .iter()
                    .find(|end| message.ends_with(**end) && end.is_empty() == message.is_empty());
                let known = end.is_some()
                    || begin.iter().any(|begin| message.contains(begin))
                    || message.starts_with("empty");
                assert!(known, "{message}");
                said.extend(end);
            }
        }
        let seen = |words: &str| said.iter().any(|end: &&str| end.contains(words));
        for words in [
            "cut off",
            "damaged; get",
            "checksum",
            "were not read",
            "without one",
            "--long",
        ] {
            assert!(seen(words), "{words} of {said:?}");
        }
    }

    #[test]
    fn an_error_of_the_system_stays_one() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        for (compression, pack) in FORMATS {
            let packed = pack(&text());
            let source = packed[..packed.len() / 2].chain(Failing);
            let mut source = decompress(compression, UnpackLimit::new(None), source);
            for _ in 0..2 {
                let read = source.read_to_end(&mut Vec::new());
                assert_eq!(read.expect_err("gone").to_string(), "the disk is gone");
            }
        }
    }
}
