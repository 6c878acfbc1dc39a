//! What changed between two models, as data and in words.
//!
//! Compares by name; order and words are not compared. Knows nothing of where the models came from.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::model::{EnumMember, Enumeration, Member, Model, StructuredType};
use crate::text::sanitize;

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Only the new model has it.
    Added,
    /// Only the old model has it.
    Removed,
    /// Both have it, and it differs.
    Changed,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The resource, by its qualified name.
    Resource,
    /// A structured type.
    Type,
    /// A declared property.
    Member,
    /// The type of a declared property.
    MemberType,
    /// Whether a declared property may be null.
    Nullability,
    /// Whether undeclared members are legal.
    Openness,
    /// An enumeration type.
    Enumeration,
    /// A member of an enumeration.
    EnumerationMember,
    /// The numeric value of a member of an enumeration.
    Value,
}

impl Subject {
    const fn words(self) -> &'static str {
        match self {
            Self::Resource => "resource",
            Self::Type => "type",
            Self::Member => "member",
            Self::MemberType => "type of member",
            Self::Nullability => "nullability of member",
            Self::Openness => "openness of type",
            Self::Enumeration => "enumeration",
            Self::EnumerationMember => "enumeration member",
            Self::Value => "value of enumeration member",
        }
    }
}

/// One difference. [`Display`](fmt::Display) says it in a sentence that is safe to
/// print.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// What it is about.
    pub subject: Subject,
    /// Type, or type and member joined by a dot.
    pub name: String,
    /// How it was, where that can be said in a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// How it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sanitize::text(&self.words()))
    }
}

impl Change {
    fn words(&self) -> String {
        let kind = match self.kind {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Changed => "changed",
        };
        let about = format!("{kind} {} {}", self.subject.words(), self.name);
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => format!("{about}: {old} -> {new}"),
            (Some(one), None) | (None, Some(one)) => format!("{about}: {one}"),
            (None, None) => about,
        }
    }
}

/// The differences from `old` to `new`: what is gone or differs in the order of `old`, then what
/// is new in the order of `new`, type by type.
#[must_use]
pub fn diff(old: &Model, new: &Model) -> Vec<Change> {
    let mut changes = Changes::default();
    let names = [old, new].map(|model| model.qualified_name.clone());
    if names[0] != names[1] {
        let [old, new] = names;
        changes.changed(Subject::Resource, &new.clone(), old, new);
    }
    let models = Models { old, new };
    models.types(&mut changes);
    models.enumerations(&mut changes);
    changes.0
}

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn added(&mut self, subject: Subject, name: String, new: Option<String>) {
        self.push(ChangeKind::Added, subject, name, None, new);
    }

    fn removed(&mut self, subject: Subject, name: String, old: Option<String>) {
        self.push(ChangeKind::Removed, subject, name, old, None);
    }

    fn changed(&mut self, subject: Subject, name: &str, old: String, new: String) {
        if old != new {
            let name = name.to_owned();
            self.push(ChangeKind::Changed, subject, name, Some(old), Some(new));
        }
    }

    fn push(
        &mut self,
        kind: ChangeKind,
        subject: Subject,
        name: String,
        old: Option<String>,
        new: Option<String>,
    ) {
        self.0.push(Change {
            kind,
            subject,
            name,
            old,
            new,
        });
    }
}

/// Pairs by name: those of the old list with their match in the new one, then the new ones alone.
fn pairs<'a, T>(
    old: &'a [T],
    new: &'a [T],
    name: impl Fn(&T) -> &str + 'a,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let mut matches: HashMap<&str, &T> = HashMap::new();
    for one in new {
        matches.entry(name(one)).or_insert(one);
    }
    let known = |one: &'a T| (Some(one), matches.get(name(one)).copied());
    let mut pairs: Vec<_> = old.iter().map(known).collect();
    let old: HashSet<&str> = old.iter().map(&name).collect();
    let added = new.iter().filter(|one| !old.contains(name(one)));
    pairs.extend(added.map(|one| (None, Some(one))));
    pairs
}

struct Models<'a> {
    old: &'a Model,
    new: &'a Model,
}

impl<'a> Models<'a> {
    fn types(&self, changes: &mut Changes) {
        // The resources are compared even where they are named differently.
        let (old_resource, old) = split_first(&self.old.types);
        let (new_resource, new) = split_first(&self.new.types);
        self.structured((old_resource, new_resource), changes);
        for pair in pairs(old, new, |one: &StructuredType| &one.name) {
            self.structured(pair, changes);
        }
    }

    fn structured(
        &self,
        pair: (Option<&'a StructuredType>, Option<&'a StructuredType>),
        changes: &mut Changes,
    ) {
        match pair {
            (Some(old), Some(new)) => {
                let openness =
                    |of: &StructuredType| if of.open { "open" } else { "closed" }.to_owned();
                changes.changed(Subject::Openness, &new.name, openness(old), openness(new));
                self.members(old, new, changes);
            }
            (Some(old), None) => changes.removed(Subject::Type, old.name.clone(), None),
            (None, Some(new)) => changes.added(Subject::Type, new.name.clone(), None),
            (None, None) => {}
        }
    }

    fn members(&self, old: &StructuredType, new: &StructuredType, changes: &mut Changes) {
        let before = self.old.all_members(old);
        let after = self.new.all_members(new);
        for pair in pairs(&before, &after, |one: &&Member| &one.name) {
            match pair {
                (Some(one), Some(other)) => {
                    let name = format!("{}.{}", new.name, other.name);
                    let types = [type_name(self.old, one), type_name(self.new, other)];
                    let [was, is] = types;
                    changes.changed(Subject::MemberType, &name, was, is);
                    let nullability = |of: &Member| {
                        if of.nullable {
                            "nullable"
                        } else {
                            "not nullable"
                        }
                        .to_owned()
                    };
                    let [was, is] = [one, other].map(|of| nullability(of));
                    changes.changed(Subject::Nullability, &name, was, is);
                }
                (Some(one), None) => {
                    let name = format!("{}.{}", old.name, one.name);
                    changes.removed(Subject::Member, name, Some(type_name(self.old, one)));
                }
                (None, Some(one)) => {
                    let name = format!("{}.{}", new.name, one.name);
                    changes.added(Subject::Member, name, Some(type_name(self.new, one)));
                }
                (None, None) => {}
            }
        }
    }

    fn enumerations(&self, changes: &mut Changes) {
        let (old, new) = (&self.old.enumerations, &self.new.enumerations);
        for pair in pairs(old, new, |one: &Enumeration| &one.name) {
            match pair {
                (Some(old), Some(new)) => enumeration_members(old, new, changes),
                (Some(old), None) => changes.removed(Subject::Enumeration, old.name.clone(), None),
                (None, Some(new)) => changes.added(Subject::Enumeration, new.name.clone(), None),
                (None, None) => {}
            }
        }
    }
}

fn split_first<T>(list: &[T]) -> (Option<&T>, &[T]) {
    match list.split_first() {
        Some((first, rest)) => (Some(first), rest),
        None => (None, &[]),
    }
}

fn enumeration_members(old: &Enumeration, new: &Enumeration, changes: &mut Changes) {
    let subject = Subject::EnumerationMember;
    let number = |of: &EnumMember| of.value.map(|value| value.to_string());
    for pair in pairs(&old.members, &new.members, |one: &EnumMember| &one.name) {
        match pair {
            (Some(one), Some(other)) => {
                if let (Some(was), Some(is)) = (number(one), number(other)) {
                    let name = format!("{}.{}", new.name, other.name);
                    changes.changed(Subject::Value, &name, was, is);
                }
            }
            (Some(one), None) => {
                changes.removed(subject, format!("{}.{}", old.name, one.name), number(one));
            }
            (None, Some(one)) => {
                changes.added(subject, format!("{}.{}", new.name, one.name), number(one));
            }
            (None, None) => {}
        }
    }
}

fn type_name(model: &Model, of: &Member) -> String {
    let name = model.type_name(of.type_ref);
    if of.collection {
        format!("Collection({name})")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::{Options, derive};

    fn model(properties: &str) -> Model {
        let page = format!(
            "# thing resource type\n\n## Properties\n|Property|Type|Description|\n|:--|:--|:--|\n\
             {properties}"
        );
        let options = Options::default();
        let derived = derive(
            "a/resources/x-thing.md",
            &|key| key.ends_with("x-thing.md").then(|| page.clone()),
            &options,
        );
        derived.expect("a page").model
    }

    #[test]
    fn changes_in_words() {
        let state = "|s|[state](../resources/x-state.md)|Possible values are: `a`, `b`.|\n";
        let later = "|s|[state](../resources/x-state.md)|Possible values are: `b`, `c`.|\n";
        let cases: [(&str, &str, &[&str]); 6] = [
            ("|a|String||\n", "|a|String||\n", &[]),
            (
                "|a|String||\n|b|Int32||\n",
                "|b|Int64||\n|c|String collection||\n",
                &[
                    "removed member thing.a: Edm.String",
                    "changed type of member thing.b: Edm.Int32 -> Edm.Int64",
                    "added member thing.c: Collection(Edm.String)",
                ],
            ),
            (
                "|a|String||\n",
                "|a|String|Not nullable.|\n",
                &["changed nullability of member thing.a: nullable -> not nullable"],
            ),
            (
                state,
                later,
                &[
                    "removed enumeration member state.a",
                    "added enumeration member state.c",
                ],
            ),
            (
                "|a|String||\n",
                state,
                &[
                    "removed member thing.a: Edm.String",
                    "added member thing.s: state",
                    "added enumeration state",
                ],
            ),
            (
                "",
                "|a|String||\n",
                &[
                    "changed openness of type thing: open -> closed",
                    "added member thing.a: Edm.String",
                ],
            ),
        ];
        for (old, new, expected) in cases {
            let changes = diff(&model(old), &model(new));
            let words: Vec<String> = changes.iter().map(Change::to_string).collect();
            assert_eq!(words, expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn long_lists_are_compared_at_once() {
        let wide = |first: usize| {
            let rows = (first..first + 50_000).map(|at| format!("|m{at}|String||\n"));
            model(&rows.collect::<String>())
        };
        let started = std::time::Instant::now();
        let changes = diff(&wide(0), &wide(49_999));
        assert_eq!(changes.len(), 49_999 * 2);
        assert!(started.elapsed().as_secs() < 30);
    }

    #[test]
    fn changes_as_json() {
        let changes = diff(&model("|a|String||\n"), &model("|a|Guid||\n"));
        let json = serde_json::to_string(&changes).expect("plain data");
        let expected = r#"[{"kind":"changed","subject":"member-type","name":"thing.a","old":"Edm.String","new":"Edm.Guid"}]"#;
        assert_eq!(json, expected);
    }
}
