//! The baseline: findings that are known and therefore not reported.
//!
//! Owns the file's form, and what is known, new or stale. A finding is known by its file, its rule
//! and its identity, and as often as it was counted: of equal findings none is older than another,
//! so one more of them is one new finding, wherever it stands. Reads and writes no files.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write as _};
use std::num::NonZeroUsize;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use super::Fate;
use super::tally::{Known, Tally};
use crate::source::BYTE_ORDER_MARK;

/// JSON Schema (draft 2020-12) of the file.
pub const SCHEMA: &str = include_str!("../../schemas/baseline.schema.json");

/// The form's version: rises when an older program could not read it, and when findings get other
/// identities.
const VERSION: u32 = 2;

/// Known findings by file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, BTreeMap<Key, Known>>,
}

/// What equal findings of a file have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Name of the rule; of an older or newer program, maybe.
    rule: String,
    identity: u64,
}

/// Findings of a baseline that are not made any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale<'a> {
    /// The file.
    pub file: &'a str,
    /// Name of the rule.
    pub rule: &'a str,
    /// Where in the payload.
    pub at: &'a str,
    /// How many.
    pub count: usize,
}

impl Stale<'_> {
    /// How many findings they are; the greatest number where they are more.
    #[must_use]
    pub fn total(all: &[Self]) -> usize {
        all.iter()
            .map(|one| one.count)
            .fold(0, usize::saturating_add)
    }
}

/// Why a text is no baseline that can be used.
#[derive(Debug)]
pub enum BaselineError {
    /// It was written by an older version, which knew findings by something else: nothing in it
    /// says anything about the findings of today.
    Old,
    /// Anything else, in a sentence that repeats nothing of the text.
    Unfit(String),
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Old => {
                f.write_str("written by an older version, which told findings apart in another way")
            }
            Self::Unfit(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for BaselineError {}

/// What every version of the form has.
#[derive(Deserialize)]
struct Versioned {
    /// The first programs that wrote one gave none.
    #[serde(default)]
    version: u32,
    #[serde(rename = "findings")]
    _findings: Vec<IgnoredAny>,
}

/// The file's form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "version")]
    _version: u32,
    findings: Vec<Entry>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    rule: String,
    at: String,
    /// 16 hexadecimal digits: a number would lose digits in other programs.
    identity: Hex,
    count: NonZeroUsize,
}

#[derive(Deserialize, Serialize, Clone, Copy)]
#[serde(try_from = "String", into = "String")]
struct Hex(u64);

impl TryFrom<String> for Hex {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u64::from_str_radix(&text, 16).ok().filter(|_| digits);
        value
            .map(Self)
            .ok_or_else(|| "an identity must have 16 hexadecimal digits".to_owned())
    }
}

impl From<Hex> for String {
    fn from(hex: Hex) -> Self {
        format!("{:016x}", hex.0)
    }
}

impl Baseline {
    /// Reads the text of a baseline; a byte order mark may stand before it.
    ///
    /// # Errors
    /// When it is not one, with the place of the fault; when it is of an older version, or of one
    /// to come.
    pub fn parse(text: &[u8]) -> Result<Self, BaselineError> {
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let Versioned { version, .. } = serde_json::from_slice(text).map_err(|e| unfit(&e))?;
        match version {
            0..VERSION => return Err(BaselineError::Old),
            VERSION => {}
            _ => {
                let message = format!(
                    "a baseline of version {version}; this program reads version {VERSION}"
                );
                return Err(BaselineError::Unfit(message));
            }
        }
        let document: Document = serde_json::from_slice(text).map_err(|e| unfit(&e))?;
        let mut baseline = Self::default();
        for entry in document.findings {
            baseline.add(entry);
        }
        Ok(baseline)
    }

    /// Of entries that are there twice, as after a merge of two branches, the greater count.
    fn add(&mut self, entry: Entry) {
        let key = Key {
            rule: entry.rule,
            identity: entry.identity.0,
        };
        let known = Known {
            at: entry.at,
            count: entry.count.get(),
        };
        let file = self.files.entry(entry.file).or_default();
        let there = file.entry(key).or_insert_with(|| known.clone());
        there.count = there.count.max(known.count);
    }

    /// The text of the baseline: an entry a line, in order of file, rule and pointer.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = format!("{{\n\"version\": {VERSION},\n\"findings\": [");
        let mut separator = "\n";
        for (file, findings) in &self.files {
            let mut findings: Vec<_> = findings.iter().collect();
            findings.sort_by_key(|(key, known)| (&key.rule, &known.at, key.identity));
            for (key, known) in findings {
                let Some(count) = NonZeroUsize::new(known.count) else {
                    continue;
                };
                let entry = Entry {
                    file: file.clone(),
                    rule: key.rule.clone(),
                    at: known.at.clone(),
                    identity: Hex(key.identity),
                    count,
                };
                let entry = serde_json::to_string(&entry).unwrap_or_default();
                let _ = write!(text, "{separator}{entry}");
                separator = ",\n";
            }
        }
        text + "\n]\n}\n"
    }

    /// How many findings are known; the greatest number where there are more.
    #[must_use]
    pub fn len(&self) -> usize {
        let files = self.files.values();
        files
            .flat_map(BTreeMap::values)
            .map(|known| known.count)
            .fold(0, usize::saturating_add)
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is known of a file, to be counted down.
    pub(super) fn of_file(&self, file: &str) -> HashMap<(&str, u64), usize> {
        let findings = self.files.get(file).into_iter().flatten();
        findings
            .map(|(key, known)| ((key.rule.as_str(), key.identity), known.count))
            .collect()
    }

    /// The findings that are known and were not made, though looked for. `found` has what was
    /// found in each checked file; `fate` says what became of a file.
    #[must_use]
    pub fn stale<'a>(
        &'a self,
        found: &BTreeMap<String, Tally>,
        fate: impl Fn(&str) -> Fate,
    ) -> Vec<Stale<'a>> {
        let mut stale = Vec::new();
        for (file, findings) in &self.files {
            let fate = fate(file);
            for (key, known) in findings.iter().filter(|(key, _)| fate.settles(&key.rule)) {
                let made = found
                    .get(file)
                    .map_or(0, |tally| tally.count_of(&key.rule, key.identity));
                if made < known.count {
                    stale.push(Stale {
                        file,
                        rule: &key.rule,
                        at: &known.at,
                        count: known.count - made,
                    });
                }
            }
        }
        stale
    }

    /// Makes what was found the known findings, leaving alone what was not looked for.
    pub fn update(&mut self, found: &BTreeMap<String, Tally>, fate: impl Fn(&str) -> Fate) {
        for (file, findings) in &mut self.files {
            let fate = fate(file);
            findings.retain(|key, _| !fate.settles(&key.rule));
        }
        for (file, tally) in found {
            let findings = self.files.entry(file.clone()).or_default();
            for ((rule, identity), made) in tally.found() {
                let key = Key {
                    rule: (*rule).to_owned(),
                    identity: *identity,
                };
                let known = findings.entry(key).or_insert_with(|| made.clone());
                known.count = known.count.max(made.count);
            }
        }
        self.files.retain(|_, findings| !findings.is_empty());
    }
}

/// Says where a text is no baseline, and nothing of what stands there: it may be a payload.
fn unfit(error: &serde_json::Error) -> BaselineError {
    let (line, column) = (error.line(), error.column());
    let what = match error.classify() {
        Category::Data => "not an entry as this program writes them",
        Category::Eof => "the text ends too early",
        Category::Io | Category::Syntax => "not JSON",
    };
    BaselineError::Unfit(format!(
        "not a baseline: {what}, at line {line}, column {column}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stop_at_the_greatest_number() {
        let entry = |file: &str, count: &str| {
            format!(
                r#"{{"file":"{file}","rule":"zero-guid","at":"","identity":"00000000000000ff","count":{count}}}"#
            )
        };
        let most = usize::MAX.to_string();
        let text = format!(
            r#"{{"version":{VERSION},"findings":[{},{}]}}"#,
            entry("a.json", &most),
            entry("b.json", &most)
        );
        let baseline = Baseline::parse(text.as_bytes()).expect("a baseline");
        assert_eq!(baseline.len(), usize::MAX);
        let stale = baseline.stale(&BTreeMap::new(), |_| Fate::Gone);
        assert_eq!(Stale::total(&stale), usize::MAX);
        let beyond = text.replace(&most, "18446744073709551616");
        assert!(Baseline::parse(beyond.as_bytes()).is_err());
    }
}
