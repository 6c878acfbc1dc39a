//! Fixes one input.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};

use autopilot_lint::lint::Linter;
use autopilot_lint::policy::Filter;
use tempfile::tempfile;

use super::archive;
use super::mender::Mended;
use super::stop::Stop;
use super::text::Text;
use super::{Fixing, diff};
use crate::cli::inputs::{Buffer, Compression, Input, OpenFile, decompress};
use crate::cli::outputs::rewrite::{Original, Replacement};
use crate::cli::paths::{Target, TargetRefusal};
use crate::cli::results::{FixError, FixedInput, RunOptions};
use crate::cli::streams::{lines, lock};

/// An input in which something can be fixed.
pub(crate) struct FixJob<'a> {
    pub(crate) input: &'a Input,
    /// What standard input gave, where the input is that.
    pub(crate) standard_input: Option<&'a File>,
    pub(crate) linter: &'a Linter,
    /// As it is before the first finding.
    pub(crate) filter: Filter<'a>,
    pub(crate) options: RunOptions<'a>,
    pub(crate) fixing: &'a Fixing,
}

impl FixJob<'_> {
    /// Makes the fixes, or says what they would change.
    ///
    /// # Errors
    /// When the input is left as it was.
    pub(crate) fn run(&self) -> Result<FixedInput, Stop> {
        match self.standard_input {
            Some(text) => self.fix_standard_input(text),
            None => self.fix_file(),
        }
    }

    fn fix_standard_input(&self, text: &File) -> Result<FixedInput, Stop> {
        let plain = self.unpacked(text)?;
        let plain = plain.as_ref().unwrap_or(text);
        let json_lines = self.input.kind().json_lines || has_lines(plain)?;
        let new = tempfile().map_err(FixError::write)?;
        let mended = self.mend(plain, json_lines, &new)?;
        if mended.fixed == 0 || self.fixing.diffs.is_some() {
            return self.say((plain, &new), &mended);
        }
        let packed = tempfile().map_err(FixError::write)?;
        let is_archive = self.compression() != Compression::None;
        if is_archive {
            archive::pack(self.compression(), text, &new, &packed, &self.options)?;
        }
        Ok(FixedInput {
            findings: mended.fixed,
            text: Some(if is_archive { packed } else { new }),
            ..FixedInput::default()
        })
    }

    fn fix_file(&self) -> Result<FixedInput, Stop> {
        let json_lines = self.input.kind().json_lines;
        if self.fixing.diffs.is_some() {
            let OpenFile { file, size } = self.input.open()?;
            size.ok_or(FixError::NotRegular)?;
            let unpacked = self.unpacked(&file)?;
            let plain = unpacked.as_ref().unwrap_or(&file);
            let new = tempfile().map_err(FixError::write)?;
            let mended = self.mend(plain, json_lines, &new)?;
            return self.say((plain, &new), &mended);
        }
        let original = Original::open(&self.target()?).map_err(FixError::from)?;
        let packed = &original.file;
        let unpacked = self.unpacked(packed)?;
        let begin = || Replacement::begin(&original).map_err(FixError::from);
        let (mended, replacement) = if let Some(plain) = &unpacked {
            let new = tempfile().map_err(FixError::write)?;
            let mended = self.mend(plain, json_lines, &new)?;
            let replacement = begin()?;
            if mended.fixed > 0 {
                let to = replacement.file();
                archive::pack(self.compression(), packed, &new, to, &self.options)?;
            }
            (mended, replacement)
        } else {
            let replacement = begin()?;
            let mended = self.mend(packed, json_lines, replacement.file())?;
            (mended, replacement)
        };
        if mended.fixed > 0 {
            let put = replacement.put_in_place(original);
            let folder = put.map_err(FixError::from)?;
            lock(&self.fixing.folders).insert(folder);
        }
        Ok(FixedInput {
            findings: mended.fixed,
            ..FixedInput::default()
        })
    }

    /// Says what would change.
    fn say(&self, (old, new): (&File, &File), mended: &Mended) -> Result<FixedInput, Stop> {
        let mut fixed = FixedInput {
            findings: mended.fixed,
            ..FixedInput::default()
        };
        if let (Some(diffs), false) = (&self.fixing.diffs, mended.changes.is_empty()) {
            let diff = diff::Diff {
                name: &self.input.name,
                old,
                new,
                changes: &mended.changes,
                vocabulary: self.linter.vocabulary(),
            };
            fixed.diff = Some(diffs.add(&diff)?);
        }
        Ok(fixed)
    }

    fn mend(&self, plain: &File, json_lines: bool, new: &File) -> Result<Mended, Stop> {
        let text = Text {
            file: plain,
            json_lines,
            linter: self.linter,
            options: self.options,
            most: self.fixing.most,
            changes: self.fixing.diffs.is_some(),
            goes_without: self.standard_input.is_some(),
        };
        text.mend(&self.filter, new)
    }

    /// The file that is written.
    fn target(&self) -> Result<Target, FixError> {
        let path = self.input.file_path().ok_or(FixError::NotRegular)?;
        let target = lock(&self.fixing.door).target(path);
        let target = target.map_err(|refusal| match refusal {
            TargetRefusal::Outside(outside) => FixError::Outside(outside.problem()),
            _ => FixError::Changed,
        })?;
        if target.is_device {
            return Err(FixError::NotRegular);
        }
        if self
            .input
            .real
            .as_ref()
            .is_some_and(|real| *real != target.real)
        {
            return Err(FixError::Changed);
        }
        Ok(target)
    }

    fn compression(&self) -> Compression {
        self.input.kind().compression
    }

    /// The text in an archive; `None` where the file is none.
    fn unpacked(&self, packed: &File) -> Result<Option<File>, FixError> {
        if self.compression() == Compression::None {
            return Ok(None);
        }
        let mut from = packed;
        from.rewind()?;
        let mut source = decompress(self.compression(), self.options.max_unpacked, from);
        let mut text = tempfile().map_err(FixError::write)?;
        let mut block = vec![0; 256 << 10];
        loop {
            let read = match source.read(&mut block) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if read == 0 {
                break;
            }
            io::Write::write_all(&mut text, &block[..read]).map_err(FixError::write)?;
        }
        source.afterwards().check()?;
        if !source.is_one_part() {
            return Err(FixError::SeveralParts);
        }
        text.rewind()?;
        Ok(Some(text))
    }
}

/// Whether a text that nobody gives a name is JSON Lines.
fn has_lines(mut text: &File) -> Result<bool, FixError> {
    text.rewind()?;
    let mut begin = Buffer::default();
    let has_lines = lines::begins_with_lines(&mut text.chain(Cursor::new([])), &mut begin)?;
    text.rewind()?;
    Ok(has_lines)
}
