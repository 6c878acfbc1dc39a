//! Whether two names that are nearly the same can mean the same.
//!
//! Owns what is a word of its own and what makes a word its opposite. Knows no single name.

/// Words that stand for each other.
const SYNONYMS: [[&str; 2]; 1] = [["state", "status"]];

/// What makes a word its opposite.
const NEGATIONS: [&str; 4] = ["not", "un", "dis", "non"];

/// Whether a wrong name means something else than a known one that it is like: names of as many
/// words differ in one by more than a slip (`start` is not `event`) or in a word that the other
/// known names have too (`start` is not `state`), or one is the opposite.
pub(super) fn differs<'a>(
    name: &str,
    known: &str,
    others: &(impl Iterator<Item = &'a str> + Clone),
) -> bool {
    if is_opposite(name, known) {
        return true;
    }
    let (words, right) = (words_of(name), words_of(known));
    if words.len() != right.len() || words.len() < 2 {
        return false;
    }
    let mut pairs = words
        .iter()
        .zip(&right)
        .filter(|(word, right)| word != right);
    pairs.any(|(word, right)| {
        let shorter = word.chars().count().min(right.chars().count());
        let most = if shorter < 4 { 1 } else { (shorter / 3).max(2) };
        let synonyms = SYNONYMS.iter();
        let mut synonyms = synonyms.filter(|pair| pair.contains(&word.as_str()));
        let same = synonyms.any(|pair| pair.contains(&right.as_str()));
        let another = || others.clone().any(|other| words_of(other).contains(word));
        !same && (strsim::osa_distance(word, right) > most || another())
    })
}

/// Whether one of two names is the other with a negation before it: `disabled`, `enabled`.
pub(super) fn is_opposite(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    negates(&one, &other) || negates(&other, &one)
}

/// Both in lower case.
fn negates(one: &str, other: &str) -> bool {
    const EDITS_OF_THE_REST: usize = 2;
    NEGATIONS.iter().any(|negation| {
        let Some(rest) = one.strip_prefix(negation) else {
            return false;
        };
        let slips = slips_of(negation);
        !slips.iter().any(|slip| other.starts_with(slip))
            && strsim::osa_distance(rest, other) <= EDITS_OF_THE_REST
    })
}

/// A word itself, with two neighbours exchanged and with a letter left out.
fn slips_of(word: &str) -> Vec<String> {
    let mut slips = vec![word.to_owned()];
    for at in 0..word.len() {
        let (before, rest) = word.split_at(at);
        slips.push(format!("{before}{}", &rest[1..]));
        if rest.len() > 1 {
            slips.push(format!(
                "{before}{}{}{}",
                &rest[1..2],
                &rest[..1],
                &rest[2..]
            ));
        }
    }
    slips
}

/// The words of a name in lower case, as upper-case letters and what parts them show.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower_before = false;
    for c in name.chars() {
        if c.is_uppercase() && lower_before {
            words.push(String::new());
        }
        lower_before = c.is_lowercase() || c.is_ascii_digit();
        if c.is_alphanumeric() {
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        } else {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_another_meaning_are_told_from_slips() {
        let known = [
            "eventDateTime",
            "deploymentStartDateTime",
            "deploymentState",
            "enrollmentState",
            "deviceSetupStatus",
            "disabled",
            "enrolled",
            "notAttempted",
            "unknown",
            "displayName",
        ];
        for (name, right, expected) in [
            ("startDateTime", "eventDateTime", true),
            ("endDateTime", "eventDateTime", true),
            ("enrollmentStart", "enrollmentState", true),
            ("deploymentStart", "deploymentState", true),
            ("enrollmentStatus", "enrollmentState", false),
            ("deviceSetupState", "deviceSetupStatus", false),
            ("deploymentStat", "deploymentState", false),
            ("enrolmentStates", "enrollmentState", false),
            ("evnetDateTime", "eventDateTime", false),
            ("enabled", "disabled", true),
            ("unenrolled", "enrolled", true),
            ("attempted", "notAttempted", true),
            ("known", "unknown", true),
            ("idsabled", "disabled", false),
            ("uknown", "unknown", false),
            ("dissabled", "disabled", false),
            ("xdisplayName", "displayName", false),
        ] {
            let differs = differs(name, right, &known.iter().copied());
            assert_eq!(differs, expected, "{name} {right}");
        }
    }
}
