//! The known name that a wrong one was meant to be, and what happened to it on the way.
//!
//! Owns the ways in which names are damaged; the rules that meet a wrong name only ask. Costs the
//! product of the lengths for each known name, so it is for names that are known to be wrong.

mod cyrillic;
mod look;
mod meaning;
mod nearest;
pub(crate) mod objects;
mod style;
pub(crate) mod translated;

use crate::model::{self, Lookup};
use crate::text::words::{Words, ours, words};
use crate::text::{invisible, misread};
use look::look;
pub(crate) use nearest::{Tolerance, nearest};
pub(crate) use style::{Style, shows_words};

/// Known names that a wrong one is compared with: a schema from elsewhere may have any number, and
/// a payload as many wrong ones.
pub(crate) const MAX_KNOWN: usize = 1000;
/// Code points up to which a name is compared.
const MAX_LENGTH: usize = 128;

/// A known name that a wrong one was meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meant<'a> {
    /// The known name.
    pub(crate) name: &'a str,
    /// No other name can be meant, so that what is said of the known one holds for the wrong one.
    pub(crate) certain: bool,
    damage: Damage,
    /// Letters differ, whatever else does.
    slip: bool,
}

/// What makes a name another one than it was meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damage {
    /// The first letter is upper case, as .NET and PowerShell objects have it.
    Pascal,
    /// Other letters are in another case.
    Case,
    /// Blanks, hyphens or underscores between its words.
    Separators,
    /// Something that is not seen stands in it.
    Hidden(char),
    /// Letters that look like the right ones.
    Homoglyphs(char),
    /// Written in Cyrillic, letter by letter, as machine translation does.
    Transliterated,
    /// A few letters differ.
    Typo,
}

impl<'a> Meant<'a> {
    const fn new(name: &'a str, damage: Damage, certain: bool) -> Self {
        Self {
            name,
            certain,
            damage,
            slip: matches!(damage, Damage::Typo),
        }
    }

    /// Whether it takes a guess to tell: other letters were written, or another name may be meant.
    pub(crate) const fn is_guess(&self) -> bool {
        self.slip || !self.certain
    }

    /// How unlikely it is: the greater, the less can be said for it.
    pub(crate) const fn rank(&self) -> u8 {
        match self.damage {
            Damage::Pascal | Damage::Case | Damage::Separators => 0,
            Damage::Hidden(_) | Damage::Homoglyphs(_) | Damage::Transliterated => 1,
            Damage::Typo => 2,
        }
    }

    /// Whether nothing but letter case, and what parts the words, makes it another name.
    pub(crate) const fn is_of_style(&self) -> bool {
        matches!(
            self.damage,
            Damage::Pascal | Damage::Case | Damage::Separators
        )
    }

    /// A sentence for the help; `kind` is what is being named, in the plural.
    #[must_use]
    pub(crate) fn help(&self, kind: &'static str) -> Words {
        let name = ours(self.name);
        match self.damage {
            Damage::Pascal => words!(
                "{} are case-sensitive: write `{}`; an upper-case first letter is how .NET and PowerShell objects spell it",
                kind,
                name
            ),
            Damage::Case => words!("{} are case-sensitive: write `{}`", kind, name),
            Damage::Hidden(c) => {
                words!(
                    "it holds {}; write `{}`",
                    ours(&invisible::describe(c)),
                    name
                )
            }
            Damage::Separators => {
                words!("its words are separated differently: write `{}`", name)
            }
            Damage::Homoglyphs(c) => words!(
                "U+{} only looks like the letter of the right name; write `{}`",
                ours(&format!("{:04X}", u32::from(c))),
                name
            ),
            Damage::Transliterated => {
                words!(
                    "machine translation wrote it in Cyrillic letters; write `{}`",
                    name
                )
            }
            Damage::Typo => words!("did you mean `{}`?", name),
        }
    }
}

/// The name of `known` that `name` was meant to be; `None` where none is near.
#[must_use]
pub(crate) fn meant<'a>(name: &str, known: &[&'a str]) -> Option<Meant<'a>> {
    among(name, known.iter().copied(), &|name| {
        let letters = model::letters(name);
        let is_same = |known: &&str| letters.is_some() && model::letters(known) == letters;
        let cased = find(known, |known| known.eq_ignore_ascii_case(name));
        let mut same = known.iter().copied().filter(is_same);
        let first = same.next();
        Some((cased.or(first)?, first.is_some() && same.next().is_none()))
    })
}

/// The name of a member of the type `of` that `name` was meant to be. Of those that differ in more
/// than letter case and what parts their words, only the first 1000 are looked at.
#[must_use]
pub(crate) fn member<'a>(name: &str, lookup: &'a Lookup, of: usize) -> Option<Meant<'a>> {
    let members = &lookup.model().types[of].members;
    let known = members.iter().take(MAX_KNOWN);
    among(name, known.map(|member| member.name.as_str()), &|name| {
        let spelt = lookup.member_of_letters(of, name)?;
        Some((&members[spelt.member].name, spelt.only))
    })
}

/// The same of those only that differ in nothing else.
#[must_use]
pub(crate) fn member_by_letters<'a>(
    name: &str,
    lookup: &'a Lookup,
    of: usize,
) -> Option<Meant<'a>> {
    let spelt = lookup.member_of_letters(of, name)?;
    let found = &lookup.model().types[of].members[spelt.member].name;
    Some(Meant::new(found, damage(name, found), spelt.only))
}

/// As [`meant`]; `spelt` finds a name in whatever letter case, and however its words are parted,
/// and says whether it is the only one.
fn among<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    spelt: &dyn Fn(&str) -> Option<(&'a str, bool)>,
) -> Option<Meant<'a>> {
    if name.chars().nth(MAX_LENGTH).is_some() {
        return None;
    }
    let by_letters = |name: &str| {
        let (found, only) = spelt(name)?;
        Some(Meant::new(found, damage(name, found), only))
    };
    let misread = misread::undo(name);
    let name = misread.as_ref().map_or(name, |misread| &misread.mended);
    if let Some((c, cleaned)) = invisible::without(name, false) {
        let found = by_letters(&cleaned).or_else(|| by_likeness(&cleaned, known))?;
        let damage = Damage::Hidden(c);
        return Some(Meant { damage, ..found });
    }
    by_letters(name).or_else(|| by_likeness(name, known))
}

/// What sets two names of the same letters apart.
fn damage(name: &str, right: &str) -> Damage {
    if !name.eq_ignore_ascii_case(right) {
        Damage::Separators
    } else if name.starts_with(|c: char| c.is_ascii_uppercase()) && name.get(1..) == right.get(1..)
    {
        Damage::Pascal
    } else {
        Damage::Case
    }
}

fn by_likeness<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<Meant<'a>> {
    foreign(name, known.clone())
        .or_else(|| slip(name, known.clone()))
        .or_else(|| part(name, known))
}

fn find<'a>(known: &[&'a str], is: impl Fn(&str) -> bool) -> Option<&'a str> {
    known.iter().copied().find(|known| is(known))
}

/// The only known name that begins or ends with the words of `name`.
fn part<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<Meant<'a>> {
    let mut found = wholes(name, known);
    let only = found.next()?;
    // The words that it lacks may be those of another resource.
    let meant = Meant::new(only, Damage::Typo, false);
    let alone = found.next().is_none() && !meaning::is_opposite(name, only);
    alone.then_some(meant)
}

/// Asks which of a few known names was meant that begin or end with the words of `name`.
#[must_use]
pub(crate) fn one_of_few<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<Words> {
    let found: Vec<_> = wholes(name, known).take(3).collect();
    match found.as_slice() {
        [one, other] => Some(words!("did you mean `{}` or `{}`?", ours(one), ours(other))),
        _ => None,
    }
}

/// The known names that begin or end with the words of `name`, where these are long enough to tell.
fn wholes<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    const LONG_ENOUGH: usize = 8;
    let is_part = move |known: &&str| {
        let is_name = |part: Option<&str>| part.is_some_and(|part| part.eq_ignore_ascii_case(name));
        let at = known.len().checked_sub(name.len());
        let ends = is_name(at.and_then(|at| known.get(at..)));
        let goes_on = known.get(name.len()..).unwrap_or_default();
        let word = goes_on.starts_with(|c: char| c.is_ascii_uppercase());
        name.len() >= LONG_ENOUGH && (ends || word && is_name(known.get(..name.len())))
    };
    known.filter(is_part)
}

/// Letters of another script: look-alikes, or the name written in that script.
fn foreign<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<Meant<'a>> {
    let odd = name.chars().find(|c| !c.is_ascii())?;
    let look = look(name);
    // A letter may look like two, and the other way round, but not often.
    let length = name.chars().count();
    let alike = |known: &&str| {
        known.len().abs_diff(length) <= 3
            // What is ASCII looks like ASCII: most names in another script need no second look.
            && (look.is_ascii() || !known.is_ascii())
            && self::look(known) == look
    };
    let mut found = known.clone().filter(alike);
    if let Some(name) = found.next() {
        let only = found.next().is_none();
        return Some(Meant::new(name, Damage::Homoglyphs(odd), only));
    }
    let latin = cyrillic::to_latin(name)?;
    let near = nearest::near(&latin, known, Tolerance::ThirdOfShorter, |_| true)?;
    Some(Meant::new(near.name, Damage::Transliterated, near.only))
}

/// A few letters that differ, but no whole word.
fn slip<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<Meant<'a>> {
    let others = known.clone();
    let same_meaning = |known: &str| !meaning::differs(name, known, &others);
    let near = nearest::near(name, known, Tolerance::ThirdOfShorter, same_meaning)?;
    let length = name.chars().count().min(near.name.chars().count());
    let few = near.edits <= CERTAIN_EDITS && near.edits * CERTAIN_LENGTH <= length;
    Some(Meant::new(near.name, Damage::Typo, near.only && few))
}

/// Edits up to which it is certain what was meant, each in so many characters.
const CERTAIN_EDITS: usize = 2;
const CERTAIN_LENGTH: usize = 5;

/// Whether two names have the same letters and digits, whatever their case and what parts their
/// words.
#[must_use]
pub(crate) fn same_words(name: &str, known: &str) -> bool {
    model::letters(name).is_some_and(|name| Some(name) == model::letters(known))
}

/// The index of the member of the type `of` that a name in another script, or with its words
/// parted, is. Cheap for names that are neither: objects of other kinds are asked for all of theirs.
#[must_use]
pub(crate) fn damaged(name: &str, lookup: &Lookup, of: usize) -> Option<usize> {
    if name.chars().nth(MAX_LENGTH).is_some() {
        None
    } else if !name.is_ascii() {
        let known = lookup.model().types[of].members.iter().take(MAX_KNOWN);
        let meant = foreign(name, known.map(|member| member.name.as_str()))?;
        lookup.member(of, meant.name)
    } else if name.contains([' ', '-', '_', '.']) {
        Some(lookup.member_of_letters(of, name)?.member)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 7] = [
        "deploymentState",
        "deviceSerialNumber",
        "enrollmentState",
        "id",
        "osVersion",
        "targetedPolicyCount",
        "windowsAutopilotDeploymentProfileDisplayName",
    ];

    #[test]
    fn damage_is_recognised_and_strangers_are_not() {
        for (name, expected) in [
            ("deploymentStat", Some("did you mean `deploymentState`?")),
            ("enrolmentStates", Some("did you mean `enrollmentState`?")),
            (
                "deploymentstate",
                Some("names are case-sensitive: write `deploymentState`"),
            ),
            (
                "DeploymentState",
                Some(
                    "names are case-sensitive: write `deploymentState`; an upper-case first \
                     letter is how .NET and PowerShell objects spell it",
                ),
            ),
            (
                "os_version",
                Some("its words are separated differently: write `osVersion`"),
            ),
            (
                "Device Serial Number",
                Some("its words are separated differently: write `deviceSerialNumber`"),
            ),
            (
                "osVersion\u{200b}",
                Some("it holds a zero-width space (U+200B); write `osVersion`"),
            ),
            (
                " osVersion",
                Some("it holds a surrounding blank (U+0020); write `osVersion`"),
            ),
            (
                "оsVersion",
                Some("U+043E only looks like the letter of the right name; write `osVersion`"),
            ),
            (
                "деплойментстате",
                Some("machine translation wrote it in Cyrillic letters; write `deploymentState`"),
            ),
            ("serialNumber", Some("did you mean `deviceSerialNumber`?")),
            (
                "targetedPolicy",
                Some("did you mean `targetedPolicyCount`?"),
            ),
            (
                "Ð´ÐµÐ¿Ð»Ð¾Ð¹Ð¼ÐµÐ½Ñ‚Ñ\u{81}Ñ‚Ð°Ñ‚Ðµ",
                Some("machine translation wrote it in Cyrillic letters; write `deploymentState`"),
            ),
            ("state", None),
            ("состояние", None),
            ("说明", None),
            ("", None),
        ] {
            let found = meant(name, &KNOWN).map(|meant| meant.help("names"));
            assert_eq!(found.as_deref(), expected, "{name}");
        }
        assert_eq!(meant(&"a".repeat(1_000_000), &KNOWN), None);
        let known = [
            "deploymentStartDateTime",
            "enrollmentStartDateTime",
            "osVersion",
        ];
        let asked = one_of_few("startDateTime", known.into_iter());
        let expected = "did you mean `deploymentStartDateTime` or `enrollmentStartDateTime`?";
        assert_eq!(asked.as_deref(), Some(expected));
    }

    #[test]
    fn other_letters_are_a_guess_however_likely() {
        for (name, guess) in [
            ("OsVersion", false),
            ("os_version", false),
            ("osVersion\u{200b}", false),
            ("оsVersion", false),
            ("деплойментстате", false),
            ("osVersoin", true),
            ("osVersoin\u{200b}", true),
            ("serialNumber", true),
        ] {
            let found = meant(name, &KNOWN).map(|meant| meant.is_guess());
            assert_eq!(found, Some(guess), "{name}");
        }
    }

    #[test]
    fn names_of_the_translated_pages_are_recognised() {
        let model = crate::model::table::autopilot_event();
        let members = model.resource().member_names();
        let enumerations = model.enumerations.iter().flat_map(|one| &one.members);
        let values: Vec<_> = enumerations.map(|member| member.name.as_str()).collect();
        for (known, name, expected) in [
            (&members, "аккаунтсетупдуратион", "accountSetupDuration"),
            (
                &members,
                "девицепрепаратиондуратион",
                "devicePreparationDuration",
            ),
            (
                &members,
                "девицерегистереддатетиме",
                "deviceRegisteredDateTime",
            ),
            (&members, "девицесериалнумбер", "deviceSerialNumber"),
            (&members, "девицесетупдуратион", "deviceSetupDuration"),
            (&members, "деплойментдуратион", "deploymentDuration"),
            (&members, "деплойментенддатетиме", "deploymentEndDateTime"),
            (
                &members,
                "деплойментстартдатетиме",
                "deploymentStartDateTime",
            ),
            (&members, "деплойментстате", "deploymentState"),
            (
                &members,
                "деплойменттоталдуратион",
                "deploymentTotalDuration",
            ),
            (
                &members,
                "енроллментстартдатетиме",
                "enrollmentStartDateTime",
            ),
            (&members, "енроллментстате", "enrollmentState"),
            (
                &members,
                "енроллментфаилуредетаилс",
                "enrollmentFailureDetails",
            ),
            (&members, "таржетедаппкаунт", "targetedAppCount"),
            (&members, "таржетедполицикаунт", "targetedPolicyCount"),
            (
                &members,
                "виндовсаутопилотдеплойментпрофиледисплайнаме",
                "windowsAutopilotDeploymentProfileDisplayName",
            ),
            (&values, "пендингресет", "pendingReset"),
            (&values, "нотконтактед", "notContacted"),
            (&values, "сукцессвистимеаут", "successWithTimeout"),
            (&values, "ноткомплиант", "notCompliant"),
            (&values, "нотинсталлед", "notInstalled"),
            (&values, "конфигуратионполици", "configurationPolicy"),
            (&values, "оффлинедомаинжоинед", "offlineDomainJoined"),
            (
                &values,
                "азуреаджоинедусингдевицеаусвисаутаутопилотпрофиле",
                "azureADJoinedUsingDeviceAuthWithoutAutopilotProfile",
            ),
            (
                &values,
                "азуреаджоинедусингдевицеаусвисаутопилотпрофиле",
                "azureADJoinedUsingDeviceAuthWithAutopilotProfile",
            ),
            (
                &values,
                "оффлинедомаинжоинедвисвхитеглове",
                "offlineDomainJoinedWithWhiteGlove",
            ),
        ] {
            let found = meant(name, known).map(|meant| meant.name);
            assert_eq!(found, Some(expected), "{name}");
        }
    }
}
