//! What the schema engine refuses, and the wrong names that it is not shown, in the words of the
//! schema rules.
//!
//! Owns the way from what is refused to nodes and declarations, and the choice of the rule. The
//! words are in `rules::schema`.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostics, Rule};
use crate::edm::Grammar;
use crate::json::{Kind, Node};
use crate::model::{EnumMember, Mode, TypeRef};
use crate::rules::schema;
use crate::view::naming::{self, Naming};
use crate::view::{Expected, Findings, Payload, is_annotation};

use super::engine::Refused;
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
        spares: setup.mode != Mode::Update || asks_for_something(setup, payload.node, naming),
        diagnostics,
    };
    explanation.other_names();
    if setup.engine().accepts(payload.node, naming) {
        return;
    }
    let refused = setup.engine().refused(payload.node, naming);
    explanation.walk(payload.node, Declared::Object(0), &refused);
}

/// Whether an update asks for something by other members than those that are undeclared.
fn asks_for_something(setup: &Setup, update: Node<'_>, naming: &Naming<'_>) -> bool {
    update.members().any(|member| {
        let name = member.name_text();
        let is_known = || {
            is_annotation(&name)
                || setup.member(0, &name).is_some()
                || naming.declared(member.name).is_some()
        };
        schema::member_not_in_mode::changes(&name) && is_known()
    })
}

/// What is declared for a node.
#[derive(Clone, Copy)]
enum Declared<'a> {
    /// By the index of its type.
    Object(usize),
    Value(Expected<'a>),
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
    /// Something is left of the payload without its undeclared members.
    spares: bool,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Explanation<'a> {
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
            schema::unknown_member::report_style(
                style,
                &added,
                (object, naming),
                context,
                findings,
            );
        }
        let styled = style.map_or_else(Vec::new, |style| style.names);
        let mut styled = styled.into_iter().peekable();
        for name in naming.names() {
            let Some(index) = name.stands_for else {
                continue;
            };
            let declared = &context.model.types[name.of];
            let place = self.place(name.object, name.of);
            let (this, of_style) = (name.member.name, styled.peek());
            if of_style.is_some_and(|name| name.member.name.index() == this.index()) {
                styled.next();
            } else {
                let findings = &mut self.findings(&schema::unknown_member::RULE.rule);
                schema::unknown_member::report(name.member, Some(name), place, findings);
            }
            let known = &declared.members[index];
            if !context.has(known.life) {
                let findings = &mut self.findings(&schema::member_not_in_revision::RULE.rule);
                schema::member_not_in_revision::report(this, known, context, findings);
            }
        }
    }

    /// Reports what was refused of `node` and of all that is in it. As deep as the document at most.
    fn walk(&mut self, node: Node<'_>, declared: Declared<'_>, refused: &Refused) {
        match declared {
            Declared::Object(of) => {
                if refused.undeclared {
                    self.undeclared(node, of);
                }
                self.missing(node, of, &refused.missing);
            }
            Declared::Value(expected) if refused.unfit => self.unfit(node, expected),
            Declared::Value(_) => {}
        }
        if refused.is_leaf() {
            return;
        }
        match declared {
            Declared::Object(of) => self.walk_members(node, of, refused),
            Declared::Value(expected) => self.walk_elements(node, expected, refused),
        }
    }

    fn walk_members(&mut self, object: Node<'_>, of: usize, refused: &Refused) {
        let (setup, naming) = (self.setup, self.naming);
        for found in object.members() {
            let declared = naming.declared(found.name).map(Cow::Borrowed);
            let name = declared.unwrap_or_else(|| found.name_text());
            let Some(refused) = refused.below(&name) else {
                continue;
            };
            if let Some(index) = setup.member(of, &name) {
                let expected = Expected {
                    member: &setup.model.types[of].members[index],
                    element: false,
                };
                let declared = declared_for(found.value, expected);
                self.walk(found.value, declared, refused);
            }
        }
    }

    fn walk_elements(&mut self, array: Node<'_>, expected: Expected<'_>, refused: &Refused) {
        let expected = Expected {
            element: true,
            ..expected
        };
        for (index, value) in array.elements().enumerate() {
            if let Some(refused) = refused.below(&index.to_string()) {
                self.walk(value, declared_for(value, expected), refused);
            }
        }
    }

    fn undeclared(&mut self, object: Node<'_>, of: usize) {
        let context = self.setup.context();
        let declared = &context.model.types[of];
        if naming::is_of_derived_type(self.payload.node, object, context.model, of) {
            return;
        }
        let place = schema::unknown_member::Place {
            is_typed: schema::unknown_member::is_typed(object),
            ..self.place(object, of)
        };
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
                    let findings = &mut self.findings(&schema::unknown_member::RULE.rule);
                    schema::unknown_member::report(member, wrong, place, findings);
                }
                Some(known) if !context.has(known.life) => {
                    let findings = &mut self.findings(&schema::member_not_in_revision::RULE.rule);
                    schema::member_not_in_revision::report(member.name, known, context, findings);
                }
                Some(_) => {}
            }
        }
    }

    /// What is known of an object of the type `of`.
    fn place(&self, object: Node<'_>, of: usize) -> schema::unknown_member::Place<'a> {
        let context = self.setup.context();
        schema::unknown_member::Place {
            declared: &context.model.types[of],
            context,
            naming: self.naming,
            spares: self.spares || object.index() != self.payload.node.index(),
            is_typed: false,
        }
    }

    fn missing(&mut self, object: Node<'_>, of: usize, names: &[String]) {
        if names.is_empty() {
            return;
        }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::lint::{Linter, Options, Scratch};
    use crate::model::Mode;
    use crate::model::from_schema::from_schema;

    /// What is found in an event of a schema of the members `a`, `l` and `s`: pointer, with the rule
    /// or the message.
    fn found(text: &str) -> Vec<String> {
        let of_two = json!({
            "type": "object",
            "properties": {"x": {"type": "string"}, "y": {"type": "string"}},
            "additionalProperties": false,
        });
        let schema = json!({
            "title": "t",
            "type": "object",
            "properties": {
                "a": {"$ref": "#/$defs/o"},
                "l": {"type": "array", "items": {"$ref": "#/$defs/o"}},
                "s": {"type": "string"},
            },
            "additionalProperties": false,
            "$defs": {"o": of_two},
        });
        let options = Options {
            mode: Mode::Response,
            ..Options::default()
        };
        let model = from_schema(&schema).expect("a model");
        let linter = Linter::with_model(model, &options).expect("any revision");
        let outcome = linter.check(text.as_bytes(), &mut Scratch::default());
        let found = outcome.diagnostics.iter();
        let found = found.filter(|found| found.rule.name != "duplicate-member");
        let told = found.map(|found| match found.rule.name {
            "missing-member" => format!("{} {}", found.pointer, &*found.message),
            name => format!("{} {name}", found.pointer),
        });
        told.collect()
    }

    #[test]
    fn what_is_refused_is_found_where_it_stands() {
        const X: &str = r#""x": "", "y": """#;
        for (text, expected) in [
            (
                format!(r#"{{"a": {{{X}}}, "l": [{{{X}}}], "s": 1}}"#),
                vec!["/s wrong-type"],
            ),
            (
                format!(r#"{{"s": 1, "s": "", "s": [], "a": {{{X}}}, "l": []}}"#),
                vec!["/s wrong-type", "/s wrong-type"],
            ),
            (
                format!(
                    r#"{{"l": [{{{X}}}, {{"x": 1, "y": "", "zzz": 2}}, 3], "a": {{{X}}}, "s": ""}}"#
                ),
                vec![
                    "/l/1/x wrong-type",
                    "/l/1/zzz unknown-member",
                    "/l/2 wrong-type",
                ],
            ),
            (
                r#"{"S": 1, "a": {"X": 2, "y": ""}, "l": []}"#.to_owned(),
                vec![
                    "/S unknown-member",
                    "/S wrong-type",
                    "/a/X unknown-member",
                    "/a/X wrong-type",
                ],
            ),
        ] {
            assert_eq!(found(&text), expected, "{text}");
        }
    }
}
