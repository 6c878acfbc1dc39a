//! The parser against the files of `JSONTestSuite` (`y_` must be read, `n_` must be refused, `i_`
//! is left to the parser: its verdict is written down here).

use std::collections::BTreeMap;
use std::fs;

use crate::library::json::{Document, SyntaxErrorKind, Tape, parse};
use crate::support::shared;

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Read,
    LoneSurrogate,
    NotUtf8,
    Refused(SyntaxErrorKind),
}

/// UTF-8 first, then the byte order mark, then the text: as a caller of the parser does.
fn verdict(bytes: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Verdict::NotUtf8;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tape = Tape::new();
    match parse(text, &mut tape) {
        Err(error) => {
            assert!(text.get(error.span.start..error.span.end).is_some());
            assert!(error.span.start < error.span.end || text.is_empty());
            Verdict::Refused(error.kind)
        }
        Ok(()) if tape.lone_surrogates().is_empty() => {
            let value = Document::new(text, &tape).root().to_value();
            if let Ok(theirs) = serde_json::from_str::<serde_json::Value>(text) {
                assert_eq!(value, theirs);
            }
            Verdict::Read
        }
        Ok(()) => Verdict::LoneSurrogate,
    }
}

/// Verdicts by file name; `None` where the suite is not there.
#[track_caller]
fn suite() -> Option<BTreeMap<String, Verdict>> {
    let folder = shared::part("data/JSONTestSuite/test_parsing")?;
    let files = fs::read_dir(folder).expect("a readable folder");
    let verdicts = files.map(|file| {
        let file = file.expect("a readable folder");
        let bytes = fs::read(file.path()).expect("a readable file");
        let name = file.file_name().into_string().expect("a name in UTF-8");
        (name, verdict(&bytes))
    });
    Some(verdicts.collect())
}

#[test]
fn what_must_be_read_is_read_and_what_must_be_refused_is_refused() {
    let Some(verdicts) = suite() else { return };
    let mut counts = BTreeMap::new();
    for (name, verdict) in &verdicts {
        match name.as_bytes()[0] {
            b'y' => assert_eq!(*verdict, Verdict::Read, "{name}"),
            b'n' => assert!(
                matches!(verdict, Verdict::NotUtf8 | Verdict::Refused(_)),
                "{name}: {verdict:?}"
            ),
            _ => {}
        }
        *counts.entry(name.as_bytes()[0]).or_insert(0) += 1;
    }
    assert_eq!(
        counts,
        BTreeMap::from([(b'i', 35), (b'n', 188), (b'y', 95)])
    );
}

#[test]
fn what_is_left_open_has_a_stable_verdict() {
    use Verdict::{LoneSurrogate, NotUtf8, Read, Refused};
    let expected = [
        ("number_double_huge_neg_exp", Read),
        ("number_huge_exp", Read),
        ("number_neg_int_huge_exp", Read),
        ("number_pos_double_huge_exp", Read),
        ("number_real_neg_overflow", Read),
        ("number_real_pos_overflow", Read),
        ("number_real_underflow", Read),
        ("number_too_big_neg_int", Read),
        ("number_too_big_pos_int", Read),
        ("number_very_big_negative_int", Read),
        ("object_key_lone_2nd_surrogate", LoneSurrogate),
        ("string_1st_surrogate_but_2nd_missing", LoneSurrogate),
        ("string_1st_valid_surrogate_2nd_invalid", LoneSurrogate),
        ("string_UTF-16LE_with_BOM", NotUtf8),
        ("string_UTF-8_invalid_sequence", NotUtf8),
        ("string_UTF8_surrogate_U+D800", NotUtf8),
        (
            "string_incomplete_surrogate_and_escape_valid",
            LoneSurrogate,
        ),
        ("string_incomplete_surrogate_pair", LoneSurrogate),
        ("string_incomplete_surrogates_escape_valid", LoneSurrogate),
        ("string_invalid_lonely_surrogate", LoneSurrogate),
        ("string_invalid_surrogate", LoneSurrogate),
        ("string_invalid_utf-8", NotUtf8),
        ("string_inverted_surrogates_U+1D11E", LoneSurrogate),
        ("string_iso_latin_1", NotUtf8),
        ("string_lone_second_surrogate", LoneSurrogate),
        ("string_lone_utf8_continuation_byte", NotUtf8),
        ("string_not_in_unicode_range", NotUtf8),
        ("string_overlong_sequence_2_bytes", NotUtf8),
        ("string_overlong_sequence_6_bytes", NotUtf8),
        ("string_overlong_sequence_6_bytes_null", NotUtf8),
        ("string_truncated-utf-8", NotUtf8),
        ("string_utf16BE_no_BOM", NotUtf8),
        ("string_utf16LE_no_BOM", NotUtf8),
        (
            "structure_500_nested_arrays",
            Refused(SyntaxErrorKind::NestingTooDeep),
        ),
        ("structure_UTF-8_BOM_empty_object", Read),
    ]
    .map(|(name, verdict)| (format!("i_{name}.json"), verdict));
    let Some(mut verdicts) = suite() else { return };
    verdicts.retain(|name, _| name.starts_with("i_"));
    assert_eq!(verdicts, BTreeMap::from(expected));
}
