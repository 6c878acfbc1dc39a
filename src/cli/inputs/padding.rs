//! What follows a part of an archive.

use std::io::{self, BufRead};

/// Skips the zeros that may follow a part of an archive, and says whether anything comes after them.
pub(super) fn skip_padding(source: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = source.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        if zeros < bytes.len() {
            source.consume(zeros);
            return Ok(true);
        }
        source.consume(zeros);
    }
}
