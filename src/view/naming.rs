//! What the undeclared names of an event stand for.
//!
//! Owns the judgement that a wrong name certainly is another spelling of a declared one, so that its
//! value is that member's. Knows nothing of rules, and nothing of how members are bound.

use foldhash::{HashMap, HashMapExt, HashSet};

use crate::json::{Member, Node};
use crate::meant::{self, Meant, Style};
use crate::model::{Lookup, Model};

/// A name that its object's type does not declare.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WrongName<'a> {
    /// What has it.
    pub(crate) member: Member<'a>,
    /// Index of the type of the object.
    pub(crate) of: usize,
    /// What it was meant to be, certainly or not.
    pub(crate) meant: Option<Meant<'a>>,
    /// Index of the declared member that it stands for, where that is certain.
    pub(crate) stands_for: Option<usize>,
    /// Its object has the name too that it was meant to be.
    pub(crate) twin: bool,
    /// The name that it was meant to be, certainly or not, is free: no other name of its object is,
    /// or was more likely meant to be, that one.
    pub(crate) free: bool,
    /// What it stands in.
    pub(crate) object: Node<'a>,
}

/// The undeclared names of an event and of the objects in it.
#[derive(Debug, Default)]
pub(crate) struct Naming<'a> {
    /// In the order of the document.
    names: Vec<WrongName<'a>>,
    /// The names of what annotates them, with the tape indices of these.
    annotations: Vec<(u32, Node<'a>)>,
}

/// Names of one event that are declared ones in another style.
#[derive(Debug)]
pub(crate) struct OtherStyle<'n, 'a> {
    /// In the order of the document.
    pub(crate) names: Vec<&'n WrongName<'a>>,
    /// How they are written.
    pub(crate) style: Style,
    /// How the declared ones are; `None` where they differ among themselves.
    pub(crate) declared: Option<Style>,
}

/// Names in another style before it is the style that is at fault.
const STYLED: usize = 3;

/// Names of one event of which it is asked what they were meant to be where letter case and what
/// parts their words do not tell: more than any has. Each is compared with up to 1,000 declared
/// ones, which takes up to a millisecond.
pub(crate) const LOOKED_AT: usize = 100;

impl<'a> Naming<'a> {
    /// Every name is declared.
    pub(crate) const NONE: Naming<'static> = Naming {
        names: Vec::new(),
        annotations: Vec::new(),
    };

    /// Those of an event, in whatever order, with the names of what annotates them, as [`annotated`]
    /// gives them.
    pub(crate) fn new(
        mut names: Vec<WrongName<'a>>,
        mut annotations: Vec<(u32, Node<'a>)>,
    ) -> Self {
        names.sort_unstable_by_key(|name| name.member.name.index());
        annotations.sort_by_key(|(name, _)| *name);
        Self { names, annotations }
    }

    /// The names of what annotates a member with a wrong name.
    pub(crate) fn annotations(&self, name: Node<'_>) -> impl Iterator<Item = Node<'a>> {
        let from = self
            .annotations
            .partition_point(|(of, _)| *of < name.index());
        let these = self.annotations[from..].iter();
        let these = these.take_while(move |(of, _)| *of == name.index());
        these.map(|(_, annotation)| *annotation)
    }

    /// All of them, in the order of the document.
    pub(crate) fn names(&self) -> &[WrongName<'a>] {
        &self.names
    }

    /// What is known of a name; `None` where it is declared, or nothing was asked about it.
    pub(crate) fn get(&self, name: Node<'_>) -> Option<&WrongName<'a>> {
        let index = |known: &WrongName<'_>| known.member.name.index();
        let found = self.names.binary_search_by_key(&name.index(), index).ok()?;
        Some(&self.names[found])
    }

    /// The declared name that one stands for.
    pub(crate) fn declared(&self, name: Node<'_>) -> Option<&'a str> {
        if self.names.is_empty() {
            return None;
        }
        let known = self.get(name)?;
        known.stands_for.and(known.meant).map(|meant| meant.name)
    }

    /// The names that letter case and what parts their words alone make wrong, if they are several
    /// and share a style.
    pub(crate) fn other_style(&self) -> Option<OtherStyle<'_, 'a>> {
        let styled = |name: &&WrongName<'_>| {
            let meant = name.meant.filter(|_| name.stands_for.is_some());
            meant.is_some_and(|meant| meant.is_of_style())
        };
        let names: Vec<_> = self.names.iter().filter(styled).collect();
        if names.len() < STYLED {
            return None;
        }
        let right = |name: &WrongName<'a>| name.meant.map_or("", |meant| meant.name);
        let texts: Vec<_> = names.iter().map(|name| name.member.name_text()).collect();
        let (mut written, mut declared) = (Vec::new(), Vec::new());
        for (name, text) in std::iter::zip(&names, &texts) {
            let right = right(name);
            let single = !meant::shows_words(right) && !meant::shows_words(text);
            written.push((&**text, single));
            declared.push((right, single));
        }
        let style = Style::shared(&written)?;
        let declared = Style::shared(&declared);
        Some(OtherStyle {
            names,
            style,
            declared,
        })
    }
}

/// What undeclared names of an object of the type `of` stand for. One that its object has already,
/// or that several are meant for, none stands for. Of `left` names, and no more, it is asked
/// closely; those are taken off.
pub(crate) fn resolve<'a>(
    object: Node<'a>,
    undeclared: impl Iterator<Item = Member<'a>>,
    lookup: &'a Lookup,
    of: usize,
    left: &mut usize,
) -> Vec<WrongName<'a>> {
    let mut names: Vec<_> = undeclared
        .map(|member| {
            let text = member.name_text();
            let meant = if member.name.has_lone_surrogate() {
                None
            } else if let Some(fewer) = left.checked_sub(1) {
                *left = fewer;
                meant::member(&text, lookup, of)
            } else {
                meant::member_by_letters(&text, lookup, of)
            };
            let may_be = meant.and_then(|meant| lookup.member(of, meant.name));
            WrongName {
                member,
                of,
                meant,
                stands_for: may_be.filter(|_| meant.is_some_and(|meant| meant.certain)),
                twin: false,
                free: may_be.is_some(),
                object,
            }
        })
        .collect();
    if names.iter().any(|name| name.free) {
        let present = object.members();
        let present = present.filter_map(|member| lookup.member(of, &member.name_text()));
        let present: HashSet<usize> = present.collect();
        let may_be = |name: &WrongName<'_>| lookup.member(of, name.meant?.name);
        let claims = claims(&names, &may_be);
        for name in &mut names {
            let Some(declared) = may_be(name) else {
                continue;
            };
            let is_there = present.contains(&declared);
            let best = claims.get(&declared);
            name.free = !is_there && best.is_some_and(|best| best.is(name));
            name.twin = is_there;
            name.stands_for = name.stands_for.filter(|_| name.free);
        }
    }
    names
}

/// The names of what annotates members with wrong names, with the tape indices of these, from the
/// annotations of an object whose target is not declared. A name is not free for a member if an
/// annotation of that one is there.
pub(crate) fn annotated<'a>(
    names: &mut [WrongName<'a>],
    annotations: impl Iterator<Item = Member<'a>>,
) -> Vec<(u32, Node<'a>)> {
    let Some(object) = names.first().map(|name| name.object) else {
        return Vec::new();
    };
    let mut by_text = HashMap::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| name.free) {
        by_text.entry(name.member.name_text()).or_insert(at);
    }
    if by_text.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut present = None;
    for annotation in annotations {
        let text = annotation.name_text();
        let Some((target, term)) = text.split_once('@') else {
            continue;
        };
        let Some(at) = by_text.get(target) else {
            continue;
        };
        let name = &mut names[*at];
        let right = format!("{}@{term}", name.meant.map_or("", |meant| meant.name));
        let texts = || object.members().map(|member| member.name_text());
        let present: &HashSet<_> = present.get_or_insert_with(|| texts().collect());
        name.free &= !present.contains(&*right);
        found.push((name.member.name.index(), annotation.name));
    }
    found
}

/// Of the names that are meant for one member, the most likely one.
struct Claim {
    rank: (bool, u8),
    text: String,
    /// Another name is as likely.
    disputed: bool,
}

impl Claim {
    fn is(&self, name: &WrongName<'_>) -> bool {
        !self.disputed && self.rank == rank(name) && self.text == name.member.name_text()
    }
}

/// How unlikely it is that a name stands for what it was meant to be.
fn rank(name: &WrongName<'_>) -> (bool, u8) {
    let rank = |meant: Meant<'_>| (!meant.certain, meant.rank());
    name.meant.map_or((true, u8::MAX), rank)
}

/// The claims to each member; `may_be` gives the one that a name was meant to be.
fn claims(
    names: &[WrongName<'_>],
    may_be: &dyn Fn(&WrongName<'_>) -> Option<usize>,
) -> HashMap<usize, Claim> {
    let mut claims: HashMap<usize, Claim> = HashMap::new();
    for name in names {
        let Some(declared) = may_be(name) else {
            continue;
        };
        let (rank, text) = (rank(name), name.member.name_text());
        let claim = || Claim {
            rank,
            text: text.clone().into_owned(),
            disputed: false,
        };
        claims
            .entry(declared)
            .and_modify(|best| {
                if rank < best.rank {
                    *best = claim();
                } else if rank == best.rank {
                    best.disputed |= best.text != text;
                }
            })
            .or_insert_with(claim);
    }
    claims
}

/// Whether an object within a payload says to be of another type: one derived from the declared
/// one, which is not described.
pub(crate) fn is_of_derived_type(
    payload: Node<'_>,
    object: Node<'_>,
    model: &Model,
    of: usize,
) -> bool {
    let nested = object.index() != payload.index();
    if !nested || model.is_autopilot_event() {
        return false;
    }
    let named = object.get("@odata.type").and_then(|value| value.string());
    named.is_some_and(|text| {
        let name = text.rsplit(['#', '.']).next().unwrap_or(&text);
        !name.eq_ignore_ascii_case(&model.types[of].name)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::json::{Document, Tape, parse};

    /// What the undeclared names of an event stand for, and the style that they share.
    fn naming(text: &str) -> (Vec<Option<String>>, Option<(usize, &'static str)>) {
        let lookup = Lookup::new(Arc::new(crate::model::table::autopilot_event()));
        let mut tape = Tape::new();
        parse(text, &mut tape).expect("JSON");
        let object = Document::new(text, &tape).root();
        let undeclared = object.members();
        let undeclared =
            undeclared.filter(|member| lookup.member(0, &member.name_text()).is_none());
        let names = resolve(object, undeclared, &lookup, 0, &mut { LOOKED_AT });
        let naming = Naming::new(names, Vec::new());
        let names = naming.names().iter().map(|name| name.member.name);
        let declared = names.map(|name| naming.declared(name).map(str::to_owned));
        let style = naming.other_style();
        let style = style.map(|other| (other.names.len(), other.style.name()));
        (declared.collect(), style)
    }

    #[test]
    fn a_wrong_name_stands_for_what_it_was_certainly_meant_to_be() {
        for (text, expected) in [
            (r#"{"OsVersion": 1}"#, vec![Some("osVersion")]),
            (r#"{"os_version": 1}"#, vec![Some("osVersion")]),
            (r#"{"osVersion\u200b": 1}"#, vec![Some("osVersion")]),
            (r#"{"оsVersion": 1}"#, vec![Some("osVersion")]),
            (
                r#"{"девицесериалнумбер": 1}"#,
                vec![Some("deviceSerialNumber")],
            ),
            (r#"{"deploymentStat": 1}"#, vec![Some("deploymentState")]),
            // Perhaps, but not certainly.
            (r#"{"serialNumber": 1}"#, vec![None]),
            (r#"{"startDateTime": 1}"#, vec![None]),
            (r#"{"region": 1}"#, vec![None]),
            (r#"{"osVersion\ud800": 1}"#, vec![None]),
            // The right name is there.
            (r#"{"OsVersion": 1, "osVersion": 2}"#, vec![None]),
            // Two names for one member: the likelier, or none; the same twice is as good as once.
            (
                r#"{"osVersoin": 1, "OsVersion": 2}"#,
                vec![None, Some("osVersion")],
            ),
            (r#"{"OsVersion": 1, "os_version": 2}"#, vec![None, None]),
            (
                r#"{"OsVersion": 1, "OsVersion": 2}"#,
                vec![Some("osVersion"), Some("osVersion")],
            ),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|name| name.map(str::to_owned))
                .collect();
            assert_eq!(naming(text).0, expected, "{text}");
        }
    }

    #[test]
    fn only_so_many_names_of_an_event_are_looked_at_closely() {
        let lookup = Lookup::new(Arc::new(crate::model::table::autopilot_event()));
        let names = (0..LOOKED_AT).map(|number| format!(r#""x{number}": 0"#));
        let text = format!(
            r#"{{{}, "deploymentStat": 1, "OsVersion": 2}}"#,
            names.collect::<Vec<_>>().join(",")
        );
        let mut tape = Tape::new();
        parse(&text, &mut tape).expect("JSON");
        let object = Document::new(&text, &tape).root();
        for (mut left, near) in [(LOOKED_AT, false), (LOOKED_AT + 1, true)] {
            let names = resolve(object, object.members(), &lookup, 0, &mut left);
            let [.., slip, cased] = &*names else {
                panic!("{names:?}")
            };
            assert_eq!(left, 0);
            assert_eq!(slip.meant.is_some(), near);
            // Letter case is told by a look-up, however many there are.
            assert_eq!(cased.meant.map(|meant| meant.name), Some("osVersion"));
        }
    }

    #[test]
    fn a_style_is_one_that_all_names_of_other_letters_share() {
        for (text, expected) in [
            (
                r#"{"Id": 1, "OsVersion": 2, "UserId": 3}"#,
                Some((3, "PascalCase")),
            ),
            (
                r#"{"id": 1, "os_version": 2, "user_id": 3, "device_id": 4}"#,
                Some((3, "snake_case")),
            ),
            (
                r#"{"ID": 1, "userID": 3, "deviceID": 4}"#,
                Some((3, "camelCase")),
            ),
            // A typo and a stranger are none of them.
            (
                r#"{"OsVersion": 1, "UserId": 2, "DeviceId": 3, "DeploymentStat": 4, "Region": 5}"#,
                Some((3, "PascalCase")),
            ),
            (r#"{"OsVersion": 1, "UserId": 2}"#, None),
            (r#"{"OsVersion": 1, "UserId": 2, "device_id": 3}"#, None),
        ] {
            assert_eq!(naming(text).1, expected, "{text}");
        }
    }
}
