//! Holds rules, in their tests, to what becomes of texts that they have repairs for.

use crate::diagnostic::Applicability;
use crate::lint::{Linter, Options, Scratch};

use super::repair;

/// What becomes of a text.
fn fixed(text: &[u8], options: &Options, most: Applicability) -> Vec<u8> {
    let linter = Linter::new(options).expect("a revision");
    let check = |text: &[u8]| linter.check(text, &mut Scratch::default()).diagnostics;
    let repaired = repair(text, check(text), most, check);
    let repaired = repaired.unwrap_or_else(|error| panic!("{}: {error:?}", shown(text)));
    repaired.map_or_else(|| text.to_vec(), |repaired| repaired.text)
}

fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// Texts, what safe repairs make of them and what all do.
pub(crate) fn hold<T: AsRef<[u8]>>(options: &Options, table: &[(T, &str, &str)]) {
    for (text, safe, not_safe) in table {
        let text = text.as_ref();
        for (most, expected) in [
            (Applicability::Safe, safe),
            (Applicability::Unsafe, not_safe),
        ] {
            let once = fixed(text, options, most);
            assert_eq!(shown(&once), **expected, "{most}: {}", shown(text));
            let twice = fixed(&once, options, most);
            assert_eq!(shown(&twice), shown(&once), "{most}, twice");
        }
    }
}
