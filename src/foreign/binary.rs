//! Formats that are no text, by their first bytes.

use memchr::memmem;

use super::look::HEAD;
use super::what::{Recognised, What};
use crate::json::Span;

/// What tells a format.
enum Sign {
    /// Bytes at an offset.
    At(usize, &'static [u8]),
    /// Bytes at the beginning, and more that the head of the file has.
    And(&'static [u8], fn(&[u8]) -> bool),
    /// The head of the file.
    Is(fn(&[u8]) -> bool),
}
use Sign::{And, At, Is};

struct Row {
    signs: &'static [Sign],
    what: What,
}

const fn row(signs: &'static [Sign], name: &'static str, cure: &'static str) -> Row {
    let what = What::all(name, cure);
    Row { signs, what }
}

const UNPACK: &str = "unpack it, and check the JSON files in it";
const EXPORT: &str = "export what it holds as JSON";
const FETCH: &str = "fetch the payload itself: this file took its place";
const DECRYPT: &str = "decrypt it first";

/// The first row that fits counts.
static ROWS: &[Row] = &[
    row(
        &[At(0, b"\x1f\x8b")],
        "a gzip archive",
        "end its name in `.gz`, as in `events.json.gz`, or unpack it; on standard input, name it \
         with `--stdin-filename events.json.gz`",
    ),
    row(
        &[At(0, b"\x28\xb5\x2f\xfd"), Is(skippable_frame)],
        "a Zstandard archive",
        "end its name in `.zst`, as in `events.json.zst`, or unpack it; on standard input, name it \
         with `--stdin-filename events.json.zst`",
    ),
    row(
        &[And(b"PK\x03\x04", office)],
        "an Excel workbook or another Office document",
        "export its rows as JSON: no program reads a workbook as a payload",
    ),
    row(
        &[
            At(0, b"PK\x03\x04"),
            At(0, b"PK\x05\x06"),
            At(0, b"PK\x07\x08"),
        ],
        "a ZIP archive",
        UNPACK,
    ),
    row(&[At(0, b"7z\xbc\xaf\x27\x1c")], "a 7-Zip archive", UNPACK),
    row(&[At(0, b"\xfd7zXZ\0")], "an XZ archive", UNPACK),
    row(&[And(b"BZh", bzip2)], "a bzip2 archive", UNPACK),
    row(&[At(0, b"\x04\x22\x4d\x18")], "an LZ4 archive", UNPACK),
    row(&[At(0, b"\xff\x06\0\0sNaPpY")], "a Snappy archive", UNPACK),
    row(&[At(0, b"Rar!\x1a\x07")], "a RAR archive", UNPACK),
    row(&[At(257, b"ustar")], "a tar archive", UNPACK),
    row(
        &[At(0, b"MSCF")],
        "a cabinet (CAB)",
        "unpack it, for example with `expand -F:*`, and check the JSON files in it",
    ),
    row(
        &[
            At(0, b"\x1f\x9d"),
            At(0, b"\x1f\xa0"),
            At(0, b"LZIP"),
            And(b"\x78", zlib),
        ],
        "compressed data",
        UNPACK,
    ),
    row(
        &[At(0, b"%PDF-")],
        "a PDF document",
        "get the data that it was made from: what a PDF shows is no JSON",
    ),
    row(
        &[At(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")],
        "an Office document or installer of the old format",
        EXPORT,
    ),
    row(&[At(0, b"SQLite format 3\0")], "a SQLite database", EXPORT),
    row(
        &[At(0, b"PAR1"), At(0, b"Obj\x01"), At(0, b"ARROW1\0\0")],
        "a table in a binary format (Parquet, Avro or Arrow)",
        EXPORT,
    ),
    row(
        &[At(0, b"ElfFile\0"), At(0, b"regf")],
        "a Windows event log or registry hive",
        "fetch the events from Microsoft Graph as JSON",
    ),
    row(
        &[
            At(0, b"\x89PNG\r\n"),
            At(0, b"\xff\xd8\xff"),
            At(0, b"GIF87a"),
            At(0, b"GIF89a"),
            At(0, b"II*\0"),
            At(0, b"MM\0*"),
            And(b"RIFF", |head| head.get(8..12) == Some(b"WEBP")),
            And(b"\0\0\0", |head| head.get(4..8) == Some(b"ftyp")),
        ],
        "a picture or film",
        FETCH,
    ),
    row(
        &[
            And(b"MZ", has_nul),
            At(0, b"\x7fELF"),
            At(0, b"\xcf\xfa\xed\xfe"),
            At(0, b"\xca\xfe\xba\xbe"),
            At(0, b"\0asm"),
        ],
        "a program",
        FETCH,
    ),
    row(
        &[
            At(0, b"\0GITCRYPT\0"),
            At(0, b"Salted__"),
            At(0, b"age-encryption.org/"),
            At(0, b"$ANSIBLE_VAULT;"),
            And(b"\x85", has_nul),
        ],
        "an encrypted file",
        DECRYPT,
    ),
    row(
        &[And(b"\x30\x82", |head| head.get(4) == Some(&0x30))],
        "a certificate or another DER file",
        FETCH,
    ),
    row(
        &[
            At(0, b"bplist0"),
            At(0, b"\0\x01\0\0\0\xff\xff\xff\xff"),
            And(b"\x80", pickle),
            At(0, b"\xd9\xd9\xf7"),
        ],
        "an object in a binary format",
        "write it as JSON where it comes from",
    ),
    row(
        &[Is(ebcdic)],
        "text in EBCDIC",
        "convert it to UTF-8, for example with `iconv -f IBM1047 -t UTF-8`",
    ),
];

/// The format that `bytes` begin as.
pub(super) fn find(bytes: &[u8]) -> Option<Recognised> {
    let head = &bytes[..bytes.len().min(HEAD)];
    ROWS.iter().find_map(|row| {
        let length = row.signs.iter().find_map(|sign| sign.length(head))?;
        let span = Span::new(0, length);
        let what = &row.what;
        Some(Recognised { span, what })
    })
}

impl Sign {
    /// How many of the first bytes show the format, or are the first character where others do;
    /// `None` where none do.
    fn length(&self, head: &[u8]) -> Option<usize> {
        match *self {
            At(0, sign) => head.starts_with(sign).then_some(sign.len()),
            At(at, sign) => head.get(at..)?.starts_with(sign).then(|| first(head)),
            And(sign, also) => (head.starts_with(sign) && also(head)).then_some(sign.len()),
            Is(is) => is(head).then(|| first(head)),
        }
    }
}

/// Length of the first character, or of the first byte where it is none.
fn first(head: &[u8]) -> usize {
    let whole = |length: &usize| {
        head.get(..*length)
            .is_some_and(|one| str::from_utf8(one).is_ok())
    };
    (1..=4).find(whole).unwrap_or(1)
}

fn skippable_frame(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

fn office(head: &[u8]) -> bool {
    [
        &b"[Content_Types].xml"[..],
        b"mimetypeapplication/vnd.oasis",
        b"xl/",
        b"word/",
    ]
    .iter()
    .any(|name| memmem::find(head, name).is_some())
}

fn bzip2(head: &[u8]) -> bool {
    matches!(head, [_, _, _, b'1'..=b'9', 0x31 | 0x17, ..])
}

fn zlib(head: &[u8]) -> bool {
    let text = str::from_utf8(head).map_err(|error| error.error_len());
    matches!(head, [_, 0x01 | 0x5e | 0x9c | 0xda, ..]) && matches!(text, Err(Some(_)))
}

/// Program text begins with the same letters.
fn has_nul(head: &[u8]) -> bool {
    memchr::memchr(0, &head[..head.len().min(64)]).is_some()
}

fn pickle(head: &[u8]) -> bool {
    matches!(head, [_, 2..=5, ..])
}

/// Whether it begins as JSON does in EBCDIC: a brace and a quote, or a bracket and a brace.
fn ebcdic(head: &[u8]) -> bool {
    let blank = |byte: &&u8| !matches!(**byte, 0x05 | 0x0d | 0x15 | 0x25 | 0x40);
    let mut begin = head.iter().filter(blank);
    match begin.next() {
        Some(0xc0) => begin.next() == Some(&0x7f),
        Some(0xad | 0xba | 0x4a) => begin.next() == Some(&0xc0),
        _ => false,
    }
}
