//! From a value to the edits that make it another one.
//!
//! Owns which of them are said to identify nobody. Knows nothing of why a value is to be another.

use crate::diagnostic::Edit;
use crate::json::Node;

/// The edits that make the token of a value `to`, another token. `shown`: it certainly identifies
/// nobody.
pub(crate) fn edits(value: Node<'_>, to: &str, shown: bool) -> Vec<Edit> {
    let changes = value.respelling(to).into_iter();
    let edits = changes.map(|(span, text)| {
        // What only parts or encloses what was there tells nothing of it.
        if shown || text.bytes().all(|byte| byte.is_ascii_punctuation()) {
            Edit::replace(span, text)
        } else {
            Edit::rewrite(span, text)
        }
    });
    edits.collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::{Linter, Options, Scratch};

    /// Under redaction a fix keeps its edits where what they put in identifies nobody.
    #[test]
    fn edits_that_may_identify_somebody_are_withheld() {
        let linter = Linter::new(&Options::default()).expect("any revision");
        for (member, value, kept) in [
            ("id", r#""{3e455cab-5cab-3e45-ab5c-453eab5c453e}""#, 2),
            ("id", r#""3e455cab5cab3e45ab5c453eab5c453e""#, 4),
            ("managedDeviceName", r#"" LAPTOP-42 ""#, 2),
            ("managedDeviceName", "10", 2),
            ("eventDateTime", r#""2024-05-02 09:14:03Z""#, 1),
            ("deploymentDuration", r#""00:03:21""#, 1),
            ("targetedAppCount", r#""3""#, 2),
            ("targetedAppCount", r#""1234567890""#, 2),
            ("enrollmentState", r#""Failed""#, 1),
            ("enrollmentState", "null", 1),
            // The name is computed from the text, and the duration may be of any number.
            ("managedDeviceName", r#""BÃ¼ro-7""#, 0),
            ("deploymentDuration", r#"{"Ticks": 4901542032375180}"#, 0),
            ("eventDateTime", "1714641243", 0),
        ] {
            let text = format!(r#"{{"deploymentState": "success", "{member}": {value}}}"#);
            let found = linter.check(text.as_bytes(), &mut Scratch::default());
            let found = found.diagnostics.first().cloned().expect("a finding");
            let fix = found.redacted(linter.vocabulary()).fix.expect("a fix");
            assert_eq!(fix.edits.len(), kept, "{text}: {:?}", fix.edits);
        }
    }
}
