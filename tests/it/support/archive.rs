//! Compressed texts.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

pub(crate) fn gzip(text: &(impl AsRef<[u8]> + ?Sized)) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_ref()).expect("in memory");
    encoder.finish().expect("in memory")
}

pub(crate) fn zstandard(text: &(impl AsRef<[u8]> + ?Sized)) -> Vec<u8> {
    compress_to_vec(text.as_ref(), CompressionLevel::Fastest)
}
