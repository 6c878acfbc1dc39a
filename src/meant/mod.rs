//! The known name that a wrong one was meant to be, and what happened to it on the way.
//!
//! Owns the ways in which names are damaged; the rules that meet a wrong name only ask. Costs the
//! product of the lengths for each known name, so it is for names that are known to be wrong.

mod cyrillic;
mod look;
mod nearest;
pub(crate) mod objects;
pub(crate) mod translated;

use crate::text::words::{Words, ours, words};
use look::look;
pub(crate) use nearest::{Tolerance, nearest};

use crate::text::invisible;

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
    damage: Damage,
}

/// What makes a name another one than it was meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damage {
    /// The first letter is upper case, as .NET and PowerShell objects have it.
    Pascal,
    /// Other letters are in another case.
    Case,
    /// Something that is not seen stands in it.
    Hidden(char),
    /// Blanks, hyphens or underscores between its words.
    Separators,
    /// Letters that look like the right ones.
    Homoglyphs(char),
    /// Written in Cyrillic, letter by letter, as machine translation does.
    Transliterated,
    /// A few letters differ.
    Typo,
}

impl Meant<'_> {
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
    if name.chars().nth(MAX_LENGTH).is_some() {
        return None;
    }
    if let Some(found) = find(known, |known| known.eq_ignore_ascii_case(name)) {
        let pascal = name.get(1..) == found.get(1..);
        let damage = if pascal { Damage::Pascal } else { Damage::Case };
        return Some(Meant {
            name: found,
            damage,
        });
    }
    if let Some((c, cleaned)) = invisible::without(name) {
        let Meant { name, .. } = meant(&cleaned, known)?;
        let damage = Damage::Hidden(c);
        return Some(Meant { name, damage });
    }
    let parted = || {
        let name = find(known, |known| same_words(name, known))?;
        let damage = Damage::Separators;
        Some(Meant { name, damage })
    };
    parted()
        .or_else(|| foreign(name, known))
        .or_else(|| near(name, known, Damage::Typo))
        .or_else(|| ending(name, known))
}

fn find<'a>(known: &[&'a str], is: impl Fn(&str) -> bool) -> Option<&'a str> {
    known.iter().copied().find(|known| is(known))
}

/// The only known name that ends with `name`, where that is long enough to tell.
fn ending<'a>(name: &str, known: &[&'a str]) -> Option<Meant<'a>> {
    const LONG_ENOUGH: usize = 8;
    let ends = |known: &str| {
        let at = known.len().checked_sub(name.len());
        at.and_then(|at| known.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let mut found = known.iter().copied().filter(|known| ends(known));
    let only = found.next().filter(|_| name.len() >= LONG_ENOUGH)?;
    found.next().is_none().then_some(Meant {
        name: only,
        damage: Damage::Typo,
    })
}

/// Letters of another script: look-alikes, or the name written in that script.
fn foreign<'a>(name: &str, known: &[&'a str]) -> Option<Meant<'a>> {
    let odd = name.chars().find(|c| !c.is_ascii())?;
    let look = look(name);
    // A letter may look like two, and the other way round, but not often.
    let length = name.chars().count();
    let alike = |known: &str| known.len().abs_diff(length) <= 3 && self::look(known) == look;
    if let Some(name) = find(known, alike) {
        let damage = Damage::Homoglyphs(odd);
        return Some(Meant { name, damage });
    }
    let latin = cyrillic::to_latin(name)?;
    near(&latin, known, Damage::Transliterated)
}

fn near<'a>(name: &str, known: &[&'a str], damage: Damage) -> Option<Meant<'a>> {
    let name = nearest(name, known.iter().copied(), Tolerance::ThirdOfShorter)?;
    Some(Meant { name, damage })
}

/// Whether two names have the same letters and digits, whatever their case and what parts their
/// words.
#[must_use]
pub(crate) fn same_words(name: &str, known: &str) -> bool {
    let letters = |text: &'_ str| -> Option<String> {
        let mut letters = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                ' ' | '-' | '_' | '.' => {}
                c if c.is_ascii_alphanumeric() => letters.push(c.to_ascii_lowercase()),
                _ => return None,
            }
        }
        Some(letters)
    };
    letters(name).is_some_and(|name| Some(name) == letters(known))
}

/// The name of `known` that one in another script, or with its words parted, is. Cheap for names
/// that are neither: objects of other kinds are asked for all of theirs.
#[must_use]
pub(crate) fn damaged<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    if name.chars().nth(MAX_LENGTH).is_some() {
        None
    } else if !name.is_ascii() {
        foreign(name, known).map(|meant| meant.name)
    } else if name.contains([' ', '-', '_', '.']) {
        find(known, |known| same_words(name, known))
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
            ("state", None),
            ("состояние", None),
            ("说明", None),
            ("", None),
        ] {
            let found = meant(name, &KNOWN).map(|meant| meant.help("names"));
            assert_eq!(found.as_deref(), expected, "{name}");
        }
        assert_eq!(meant(&"a".repeat(1_000_000), &KNOWN), None);
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
