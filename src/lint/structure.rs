//! What the schema engine refuses, and the wrong names that it is not shown, in the words of the
//! schema rules.
//!
//! Owns the way from an instance path to nodes and declarations, and the choice of the rule. The
//! words are in `rules::schema`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, Rule};
use crate::edm::Grammar;
use crate::json::{Kind, Node};
use crate::model::{EnumMember, TypeRef};
use crate::rules::schema;
use crate::view::naming::{self, Naming};
use crate::view::{Expected, Findings, Payload, is_annotation};

use super::engine::Violation;
use super::setup::Setup;

/// Reports the wrong names of a payload that stand for declared ones, and everything that the
/// engine finds wrong with it under these.
pub(super) fn explain(
    setup: &Setup,
    payload: &Payload<'_>,
    naming: &Naming<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut explanation = Explanation {
        setup,
        payload,
        naming,
        added: Vec::new(),
        diagnostics,
    };
    explanation.other_names();
    if setup.engine().accepts(payload.node, naming) {
        return;
    }
    let mut missing: BTreeMap<u32, Missing> = BTreeMap::new();
    for (path, violation) in setup.engine().violations(payload.node, naming) {
        for (node, declared) in instances(setup, naming, payload.node, &path) {
            match (&violation, declared) {
                (Violation::Undeclared, Declared::Object(object)) => {
                    explanation.undeclared(node, object);
                }
                (Violation::Missing(name), Declared::Object(object)) => {
                    let missing = missing.entry(node.index());
                    let (_, names) = missing.or_insert_with(|| (object, Vec::new()));
                    names.push(name.clone());
                }
                (Violation::Unfit, Declared::Value(member)) => explanation.unfit(node, member),
                _ => {}
            }
        }
    }
    for (index, (of, names)) in missing {
        explanation.missing(payload.node.document().node(index), of, &names);
    }
}

/// The type of an object, and the names that it lacks.
type Missing = (usize, Vec<String>);

/// What is declared for a node.
#[derive(Clone, Copy)]
enum Declared<'a> {
    /// By the index of its type.
    Object(usize),
    Value(Expected<'a>),
}

/// The nodes that an instance path leads to: more than one where a name on it is duplicate.
fn instances<'a>(
    setup: &'a Setup,
    naming: &Naming<'_>,
    root: Node<'a>,
    path: &[String],
) -> Vec<(Node<'a>, Declared<'a>)> {
    let mut reached = vec![(root, Declared::Object(0))];
    for token in path {
        let step = |(node, declared)| match declared {
            Declared::Object(object) => named(setup, naming, node, object, token),
            Declared::Value(expected) => element(node, expected, token),
        };
        reached = reached.into_iter().flat_map(step).collect();
    }
    reached
}

fn named<'a>(
    setup: &'a Setup,
    naming: &Naming<'_>,
    node: Node<'a>,
    of: usize,
    name: &str,
) -> Vec<(Node<'a>, Declared<'a>)> {
    let Some(index) = setup.member(of, name) else {
        return Vec::new();
    };
    let member = &setup.model.types[of].members[index];
    let expected = Expected {
        member,
        element: false,
    };
    node.members()
        .filter(|found| found.is_named(name) || naming.declared(found.name) == Some(name))
        .map(|found| (found.value, declared_for(found.value, expected)))
        .collect()
}

fn element<'a>(
    node: Node<'a>,
    expected: Expected<'a>,
    index: &str,
) -> Vec<(Node<'a>, Declared<'a>)> {
    let index = index.parse().ok();
    let found = index.and_then(|index| node.elements().nth(index));
    let expected = Expected {
        element: true,
        ..expected
    };
    found
        .map(|value| (value, declared_for(value, expected)))
        .into_iter()
        .collect()
}

fn declared_for<'a>(value: Node<'a>, expected: Expected<'a>) -> Declared<'a> {
    match expected.member.type_ref {
        TypeRef::Structured(index) if value.kind() == Kind::Object && !expected.collection() => {
            Declared::Object(index)
        }
        _ => Declared::Value(expected),
    }
}

struct Explanation<'a> {
    setup: &'a Setup,
    payload: &'a Payload<'a>,
    naming: &'a Naming<'a>,
    /// Names that are spoken of already, by their tape indices, in order.
    added: Vec<u32>,
    diagnostics: &'a mut Diagnostics,
}

impl Explanation<'_> {
    /// Reports the names that stand for declared ones: those of another style together.
    fn other_names(&mut self) {
        let context = self.setup.context();
        let naming = self.naming;
        let style = naming.other_style();
        if let Some(style) = &style {
            let strangers = naming
                .names()
                .iter()
                .filter(|name| name.stands_for.is_none());
            let added = strangers.filter(|name| schema::unknown_member::is_added(name, style));
            let added: Vec<_> = added.collect();
            self.added = added.iter().map(|name| name.member.name.index()).collect();
            let object = self.payload.node;
            let findings = &mut self.findings(&schema::unknown_member::RULE.rule);
            schema::unknown_member::report_style(style, &added, object, context, findings);
        }
        let styled = style.map_or_else(Vec::new, |style| style.names);
        let mut styled = styled.into_iter().peekable();
        for name in naming.names() {
            let Some(index) = name.stands_for else {
                continue;
            };
            let declared = &context.model.types[name.of];
            let (this, of_style) = (name.member.name, styled.peek());
            if of_style.is_some_and(|name| name.member.name.index() == this.index()) {
                styled.next();
            } else {
                let findings = &mut self.findings(&schema::unknown_member::RULE.rule);
                schema::unknown_member::report(name.member, name.meant, declared, findings);
            }
            let known = &declared.members[index];
            if !context.has(known.life) {
                let findings = &mut self.findings(&schema::member_not_in_revision::RULE.rule);
                schema::member_not_in_revision::report(this, known, context, findings);
            }
        }
    }

    fn undeclared(&mut self, object: Node<'_>, of: usize) {
        let context = self.setup.context();
        let declared = &context.model.types[of];
        if naming::is_of_derived_type(self.payload.node, object, context.model, of) {
            return;
        }
        for member in object.members() {
            let name = member.name_text();
            if is_annotation(&name) || member.name.has_lone_surrogate() {
                continue;
            }
            let known = self.setup.member(of, &name);
            match known.map(|index| &declared.members[index]) {
                None => {
                    let wrong = self.naming.get(member.name);
                    let told = wrong.is_some_and(|wrong| wrong.stands_for.is_some());
                    if told || self.added.binary_search(&member.name.index()).is_ok() {
                        continue;
                    }
                    let meant = wrong.and_then(|wrong| wrong.meant);
                    let findings = &mut self.findings(&schema::unknown_member::RULE.rule);
                    schema::unknown_member::report(member, meant, declared, findings);
                }
                Some(known) if !context.has(known.life) => {
                    let findings = &mut self.findings(&schema::member_not_in_revision::RULE.rule);
                    schema::member_not_in_revision::report(member.name, known, context, findings);
                }
                Some(_) => {}
            }
        }
    }

    fn missing(&mut self, object: Node<'_>, of: usize, names: &[String]) {
        let context = self.setup.context();
        let declared = &context.model.types[of];
        let accounted = schema::missing_member::Accounted::new(self.payload, object, self.naming);
        let names = names.iter().map(String::as_str);
        let names: Vec<_> = names.filter(|name| !accounted.has(name)).collect();
        let findings = &mut self.findings(&schema::missing_member::RULE.rule);
        schema::missing_member::report(object, declared, &names, context, findings);
    }

    fn unfit(&mut self, value: Node<'_>, expected: Expected<'_>) {
        let context = self.setup.context();
        match (expected.member.type_ref, value.kind()) {
            (_, Kind::Null) if !expected.member.nullable || expected.element => {
                let findings = &mut self.findings(&schema::null_not_allowed::RULE.rule);
                schema::null_not_allowed::report(value, expected, context, findings);
            }
            (_, Kind::Null) => {}
            (TypeRef::Enumeration(index), Kind::String) if !expected.collection() => {
                self.enumeration_member(value, index);
            }
            (TypeRef::Edm(edm), Kind::String)
                if *edm.grammar() == Grammar::Binary && !expected.collection() =>
            {
                let findings = &mut self.findings(&schema::wrong_type::RULE.rule);
                schema::wrong_type::report_binary(value, expected, findings);
            }
            (type_ref, kind) if expected.collection() || !fits(type_ref, kind) => {
                let findings = &mut self.findings(&schema::wrong_type::RULE.rule);
                schema::wrong_type::report(value, expected, context, findings);
            }
            _ => {}
        }
    }

    fn enumeration_member(&mut self, value: Node<'_>, enumeration: usize) {
        let context = self.setup.context();
        let at = enumeration;
        let enumeration = &context.model.enumerations[at];
        let text = value.string().unwrap_or_default();
        let find = |name: &str| {
            let index = self.setup.enum_member(at, name)?;
            Some(&enumeration.members[index])
        };
        let known = if enumeration.flags {
            // Of names that are all known, the one that the selected revision lacks.
            let mut names = text.split(',').map(find);
            let lacking = |member: &EnumMember| !context.has(member.life);
            let all: Option<Vec<_>> = names.by_ref().collect();
            all.and_then(|all| all.into_iter().find(|member| lacking(member)))
        } else {
            find(&text)
        };
        match known {
            _ if value.has_lone_surrogate() => {}
            None => {
                let findings = &mut self.findings(&schema::unknown_enum_member::RULE.rule);
                schema::unknown_enum_member::report(value, enumeration, context, findings);
            }
            Some(known) if !context.has(known.life) => {
                let findings = &mut self.findings(&schema::enum_member_not_in_revision::RULE.rule);
                schema::enum_member_not_in_revision::report(value, known, context, findings);
            }
            Some(_) => {}
        }
    }

    fn findings(&mut self, rule: &'static Rule) -> Findings<'_> {
        Findings::new(
            rule,
            Some(self.payload),
            &self.setup.vocabulary,
            self.diagnostics,
        )
    }
}

/// Whether a JSON value of this kind is an instance of the type. The texts that stand for numbers
/// are not asked for: the engine takes them.
fn fits(type_ref: TypeRef, kind: Kind) -> bool {
    type_ref.json_type().is_none_or(|usual| usual.takes(kind))
}
