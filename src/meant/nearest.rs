//! The known name that the fewest edits set apart from a wrong one.
//!
//! Owns the one measure of that. How far is too far hangs on what is named, so whoever asks says.

/// Up to how many edits a name is taken for a slip of the known one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tolerance {
    /// So many, however long the names are.
    Edits(usize),
    /// One for every three characters of the shorter name.
    ThirdOfShorter,
    /// Fewer than one for every three characters of the known name, but one at least.
    UnderThirdOfKnown,
}

impl Tolerance {
    /// The edits for names of these lengths, in characters.
    const fn edits(self, name: usize, known: usize) -> usize {
        match self {
            Self::Edits(edits) => edits,
            Self::ThirdOfShorter if name < known => name / 3,
            Self::ThirdOfShorter => known / 3,
            Self::UnderThirdOfKnown if known < 4 => 1,
            Self::UnderThirdOfKnown => (known - 1) / 3,
        }
    }
}

/// A known name that few edits set apart from a wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near<'a> {
    pub(super) name: &'a str,
    pub(super) edits: usize,
    /// No other one is as near.
    pub(super) only: bool,
}

/// The nearest of the known names, letter case aside; `None` where none is near enough. Among
/// equals it is the first by name.
#[must_use]
pub(crate) fn nearest<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    tolerance: Tolerance,
) -> Option<&'a str> {
    near(name, known, tolerance, |_| true).map(|near| near.name)
}

/// The same of those that `takes` holds for, with how near it is.
#[must_use]
pub(super) fn near<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    tolerance: Tolerance,
    takes: impl Fn(&str) -> bool,
) -> Option<Near<'a>> {
    let name = Folded::new(name);
    let mut nearest: Option<Near<'a>> = None;
    for known in known {
        let length = known.chars().count();
        // The distance costs the product of the lengths; lengths and letters alone often tell that
        // it is more than is tolerated, or than the nearest has.
        let tolerated = tolerance.edits(name.length, length);
        let most = nearest.map_or(tolerated, |near| near.edits.min(tolerated));
        if length.abs_diff(name.length) > most {
            continue;
        }
        let lower = known.to_lowercase();
        if name.lacks(&lower) > most {
            continue;
        }
        let edits = strsim::osa_distance(&name.lower, &lower);
        if edits > most || !takes(known) {
            continue;
        }
        match &mut nearest {
            Some(near) if (near.edits, near.name) <= (edits, known) => {
                near.only &= known == near.name;
            }
            _ => {
                nearest = Some(Near {
                    name: known,
                    edits,
                    only: nearest.is_none_or(|near| edits < near.edits),
                });
            }
        }
    }
    nearest
}

/// A name in lower case.
struct Folded {
    lower: String,
    /// In characters.
    length: usize,
    /// How many characters there are of each [`Self::kind`].
    kinds: [u32; Self::KINDS],
}

impl Folded {
    const KINDS: usize = 128;

    fn new(name: &str) -> Self {
        let lower = name.to_lowercase();
        let (mut length, mut kinds) = (0, [0; Self::KINDS]);
        for c in lower.chars() {
            length += 1;
            kinds[Self::kind(c)] += 1;
        }
        Self {
            lower,
            length,
            kinds,
        }
    }

    const fn kind(c: char) -> usize {
        c as usize % Self::KINDS
    }

    /// How many characters of another name this one lacks: it takes as many edits at least to make
    /// one of the other. Characters that share a kind only make it less.
    fn lacks(&self, other: &str) -> usize {
        let mut left = self.kinds;
        let lacking = |c: &char| {
            let left = &mut left[Self::kind(*c)];
            let here = *left > 0;
            *left -= u32::from(here);
            !here
        };
        other.chars().filter(lacking).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_within_what_is_tolerated() {
        use Tolerance::{Edits, ThirdOfShorter, UnderThirdOfKnown};
        let known = ["id", "osVersion", "odata.type", "deviceId", "userId"];
        for (name, tolerance, expected) in [
            ("osVerison", Edits(1), Some("osVersion")),
            ("OSVERSOIN", Edits(1), Some("osVersion")),
            ("osVrson", Edits(1), None),
            ("osVrson", Edits(2), Some("osVersion")),
            ("osVrson", ThirdOfShorter, Some("osVersion")),
            ("osVrsoX", ThirdOfShorter, None),
            ("odta.ype", UnderThirdOfKnown, Some("odata.type")),
            ("odt.yp", UnderThirdOfKnown, None),
            ("ids", ThirdOfShorter, None),
            ("ids", UnderThirdOfKnown, Some("id")),
        ] {
            let nearest = nearest(name, known, tolerance);
            assert_eq!(nearest, expected, "{name} {tolerance:?}");
        }
    }

    #[test]
    fn one_that_is_as_near_is_noticed_wherever_it_stands() {
        for (known, name, only) in [
            (["stale", "state"], "stale", false),
            (["state", "stale"], "stale", false),
            (["stable", "state"], "state", true),
            (["state", "stable"], "state", true),
            (["state", "state"], "state", true),
        ] {
            let near = near("stare", known, Tolerance::Edits(2), |_| true);
            let expected = Near {
                name,
                edits: 1,
                only,
            };
            assert_eq!(near, Some(expected), "{known:?}");
        }
    }

    #[test]
    fn no_fewer_edits_than_characters_are_lacking() {
        let names = [
            "odata.type",
            "odta.type",
            "odata.tpye",
            "odata.tуpe",
            "@odata.type",
            "odata.context",
            "vendor.note",
            "",
            "日本語",
        ];
        for one in names {
            for other in names {
                let lacking = Folded::new(one).lacks(other);
                assert!(lacking <= strsim::osa_distance(one, other), "{one} {other}");
            }
        }
        assert!(Folded::new("vendor.note1").lacks("odata.context") > 2);
    }
}
