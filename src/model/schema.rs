//! A [`Model`] as a JSON Schema (draft 2020-12 or 7), for our engine, editors and other validators.
//!
//! Standard keywords carry the meaning; `x-` annotations carry what JSON Schema cannot say (Edm
//! types, numeric values, revisions), so that [`super::from_schema`] gets the model back. What is a
//! rule's judgement (a negative count, a zero identifier) is not put here.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::{
    Edm, EnumMember, Enumeration, JsonType, Life, Member, Mode, Model, StructuredType, TypeRef,
    pattern,
};
use crate::edm::Grammar;
use crate::json::PointerToken;

/// The dialect of every schema written here that no older one is asked for.
pub const DIALECT: &str = Draft::Draft202012.dialect();

/// A draft of JSON Schema.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Draft {
    /// 2020-12, the current one.
    #[default]
    Draft202012,
    /// 7, for editors and older validators.
    Draft7,
}

impl Draft {
    /// All, by name.
    pub const ALL: [(Self, &'static str); 2] =
        [(Self::Draft202012, "2020-12"), (Self::Draft7, "7")];

    /// `$schema`
    #[must_use]
    pub const fn dialect(self) -> &'static str {
        match self {
            Self::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
            Self::Draft7 => "http://json-schema.org/draft-07/schema#",
        }
    }

    /// Where definitions stand.
    const fn definitions(self) -> &'static str {
        match self {
            Self::Draft202012 => "$defs",
            Self::Draft7 => "definitions",
        }
    }

    /// The keywords of a schema that refers to another one. Beside `$ref`, draft 7 ignores all others,
    /// titles and descriptions too.
    fn reference(self, reference: String) -> (String, Value) {
        match self {
            Self::Draft202012 => ("$ref".to_owned(), reference.into()),
            Self::Draft7 => ("allOf".to_owned(), json!([{ "$ref": reference }])),
        }
    }
}

/// What a schema is to be made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SchemaOptions {
    /// Index into [`Model::revisions`]; `None` = any: the union of all.
    pub revision: Option<usize>,
    /// Which members must be present.
    pub mode: Mode,
    /// The draft to write.
    pub draft: Draft,
}

/// Writes the schema of a model's resource. The same model and options give the same value,
/// keywords in a fixed order.
#[must_use]
pub fn to_json_schema(model: &Model, options: &SchemaOptions) -> Value {
    Writer { model, options }.document()
}

/// `$id` of the schema of this model and these options: a URN, so that nobody tries to fetch it.
#[must_use]
pub fn schema_id(model: &Model, options: &SchemaOptions) -> String {
    let name = model.qualified_name.rsplit('.').next();
    let name = encode(name.unwrap_or_default());
    let mut id = format!("urn:autopilot-lint:schema:{name}");
    if !model.revisions.is_empty() {
        let revision = options.revision.map_or("any", |at| &model.revisions[at]);
        id.push(':');
        id.extend(encode(revision));
    }
    if options.mode != Mode::Any {
        id.push(':');
        id.push_str(options.mode.name());
    }
    if options.draft == Draft::Draft7 {
        id.push_str(":draft-7");
    }
    id
}

/// What may not stand in a URN or a fragment as it is: all but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn encode(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

struct Writer<'a> {
    model: &'a Model,
    options: &'a SchemaOptions,
}

impl<'m> Writer<'m> {
    fn document(&self) -> Value {
        let mut schema = Map::new();
        let draft = self.options.draft;
        schema.insert("$schema".into(), draft.dialect().into());
        schema.insert("$id".into(), schema_id(self.model, self.options).into());
        let name = self.model.qualified_name.as_str();
        schema.insert("x-edm-type".into(), name.into());
        schema.extend(self.revisions());
        match (self.model.types.first(), self.model.enumerations.first()) {
            (Some(resource), _) => schema.extend(self.resource(resource)),
            (None, Some(enumeration)) => schema.extend(self.enumeration(enumeration)),
            (None, None) => {}
        }
        schema.into()
    }

    fn resource(&self, resource: &'m StructuredType) -> Map<String, Value> {
        let mut schema = heading(&resource.name, &resource.description);
        schema.extend(self.structured(resource));
        let required = self.required();
        if !required.is_empty() {
            schema.insert("required".into(), required.into());
        }
        let definitions = self.definitions();
        if !definitions.is_empty() {
            let keyword = self.options.draft.definitions();
            schema.insert(keyword.into(), definitions.into());
        }
        schema
    }

    fn revisions(&self) -> Map<String, Value> {
        let mut schema = Map::new();
        match self.options.revision {
            Some(at) => {
                schema.insert("x-revision".into(), self.revision_name(at));
            }
            None if !self.model.revisions.is_empty() => {
                schema.insert("x-revisions".into(), json!(self.model.revisions));
            }
            None => {}
        }
        schema
    }

    fn revision_name(&self, at: usize) -> Value {
        self.model.revisions[at].as_str().into()
    }

    fn members(&self, of: &'m StructuredType) -> Vec<&'m Member> {
        let mut members = self.model.all_members(of);
        members.retain(|member| self.has(member.life));
        members
    }

    fn has(&self, life: Life) -> bool {
        self.options.revision.is_none_or(|at| life.covers(at))
    }

    /// The keywords that make an object of this type; a name with `@` is an annotation, and those
    /// are always legal (OData JSON Format, 20).
    fn structured(&self, of: &'m StructuredType) -> Map<String, Value> {
        let properties: Map<String, Value> = self
            .members(of)
            .into_iter()
            .map(|member| (member.name.clone(), self.member(member)))
            .collect();
        let mut schema = Map::new();
        schema.insert("type".into(), JsonType::Object.name().into());
        schema.insert("properties".into(), properties.into());
        if !of.open {
            schema.insert("patternProperties".into(), json!({ "@": true }));
            schema.insert("additionalProperties".into(), false.into());
        }
        schema
    }

    fn required(&self) -> Vec<Value> {
        self.members(self.model.resource())
            .into_iter()
            .filter(|member| self.options.mode.requires(member))
            .filter(|member| self.options.revision.is_some() || member.life == Life::default())
            .map(|member| member.name.as_str().into())
            .collect()
    }

    fn member(&self, member: &Member) -> Value {
        let mut schema = heading(&member.title, &member.description);
        schema.insert("x-edm-type".into(), self.edm_type(member).into());
        if member.navigation {
            schema.insert("x-navigation".into(), true.into());
        }
        if let Some(role) = member.role {
            schema.insert("x-role".into(), json!(role));
        }
        schema.extend(self.life(member.life, "x-since", "x-removed"));
        schema.extend(self.value(member));
        schema.into()
    }

    fn edm_type(&self, member: &Member) -> String {
        let name = self.model.type_name(member.type_ref);
        let name = match member.type_ref {
            TypeRef::Edm(_) => name.to_owned(),
            TypeRef::Enumeration(_) | TypeRef::Structured(_) => self.model.qualify(name),
        };
        if member.collection {
            format!("Collection({name})")
        } else {
            name
        }
    }

    /// Since when and until when, in the union of revisions only.
    fn life(&self, life: Life, since: &str, removed: &str) -> Map<String, Value> {
        let mut schema = Map::new();
        if self.options.revision.is_none() {
            if life.since > 0 {
                schema.insert(since.into(), self.revision_name(life.since));
            }
            if let Some(at) = life.removed {
                schema.insert(removed.into(), self.revision_name(at));
            }
        }
        schema
    }

    fn value(&self, member: &Member) -> Map<String, Value> {
        if !member.collection {
            return self.instance(member.type_ref, member.nullable);
        }
        let mut schema = Map::new();
        schema.insert("type".into(), type_names(&["array"], member.nullable));
        schema.insert("items".into(), self.instance(member.type_ref, false).into());
        schema
    }

    fn instance(&self, of: TypeRef, nullable: bool) -> Map<String, Value> {
        let reference = match of {
            TypeRef::Edm(edm) => return primitive(edm, nullable),
            TypeRef::Structured(0) => "#".to_owned(),
            TypeRef::Structured(at) => self.definition(&self.model.types[at].name),
            TypeRef::Enumeration(at) => self.definition(&self.model.enumerations[at].name),
        };
        let mut schema = Map::new();
        if nullable {
            let choice = json!([{ "$ref": reference }, { "type": "null" }]);
            schema.insert("anyOf".into(), choice);
        } else {
            schema.extend([self.options.draft.reference(reference)]);
        }
        schema
    }

    /// The reference to a definition: a JSON Pointer (RFC 6901) as a URI fragment.
    fn definition(&self, name: &str) -> String {
        let token = PointerToken::Name(name).to_string();
        let definitions = self.options.draft.definitions();
        format!("#/{definitions}/{}", encode(&token))
    }

    /// The types that the resource refers to, directly or not: structured ones, then enumerations,
    /// each in the model's order.
    fn definitions(&self) -> Map<String, Value> {
        let reached = self.reached();
        let mut definitions = Map::new();
        for of in &reached {
            let (name, schema) = match *of {
                Reached::Structured(at) => {
                    let of = &self.model.types[at];
                    let mut schema = heading(&of.name, &of.description);
                    schema.extend(self.structured(of));
                    (&of.name, schema)
                }
                Reached::Enumeration(at) => {
                    let of = &self.model.enumerations[at];
                    (&of.name, self.enumeration(of))
                }
            };
            definitions.insert(name.clone(), schema.into());
        }
        definitions
    }

    fn reached(&self) -> BTreeSet<Reached> {
        let mut reached = BTreeSet::new();
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            for member in self.members(&self.model.types[at]) {
                match member.type_ref {
                    TypeRef::Structured(to) if to != 0 => {
                        if reached.insert(Reached::Structured(to)) {
                            open.push(to);
                        }
                    }
                    TypeRef::Enumeration(to) => {
                        reached.insert(Reached::Enumeration(to));
                    }
                    TypeRef::Structured(_) | TypeRef::Edm(_) => {}
                }
            }
        }
        reached
    }

    fn enumeration(&self, of: &Enumeration) -> Map<String, Value> {
        let members: Vec<&EnumMember> =
            of.members.iter().filter(|one| self.has(one.life)).collect();
        let names: Vec<&str> = members.iter().map(|one| one.name.as_str()).collect();
        let mut schema = heading(&of.name, &of.description);
        schema.insert("type".into(), JsonType::String.name().into());
        if of.flags {
            schema.insert("x-flags".into(), true.into());
        }
        if of.flags && !names.is_empty() {
            let names: Vec<_> = names.into_iter().map(pattern::literal).collect();
            let any = names.join("|");
            let list = format!("^(?:{any})(?:,(?:{any}))*$");
            schema.insert("pattern".into(), list.into());
        } else {
            schema.insert("enum".into(), json!(names));
        }
        let notes: Map<String, Value> = members
            .iter()
            .map(|one| (one.name.clone(), self.enum_member(one).into()))
            .collect();
        schema.insert("x-enum-values".into(), notes.into());
        schema
    }

    fn enum_member(&self, of: &EnumMember) -> Map<String, Value> {
        let mut note = Map::new();
        if let Some(value) = of.value {
            note.insert("value".into(), value.into());
        }
        note.extend(self.life(of.life, "since", "removed"));
        if !of.description.is_empty() {
            note.insert("description".into(), of.description.as_ref().into());
        }
        note
    }
}

/// A type that stands in `$defs`; the order of the variants is the order there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Structured(usize),
    Enumeration(usize),
}

fn heading(title: &str, description: &str) -> Map<String, Value> {
    [("title", title), ("description", description)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(keyword, text)| (keyword.to_owned(), text.into()))
        .collect()
}

fn type_names(names: &[&str], nullable: bool) -> Value {
    match names {
        [name] if !nullable => (*name).into(),
        _ => {
            let null = nullable.then_some("null");
            names.iter().copied().chain(null).collect::<Vec<_>>().into()
        }
    }
}

fn primitive(edm: Edm, nullable: bool) -> Map<String, Value> {
    let mut schema = Map::new();
    let names: Vec<&str> = edm.json_types().iter().map(|of| of.name()).collect();
    if names.is_empty() {
        return schema;
    }
    schema.insert("type".into(), type_names(&names, nullable));
    if let Grammar::Integer(range) = edm.grammar() {
        schema.insert("minimum".into(), (*range.start()).into());
        schema.insert("maximum".into(), (*range.end()).into());
    }
    if let Some(pattern) = edm.pattern() {
        schema.insert("pattern".into(), pattern.into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, type_ref: TypeRef) -> Member {
        Member {
            name: name.to_owned(),
            type_ref,
            collection: false,
            nullable: false,
            navigation: false,
            role: None,
            life: Life::default(),
            title: "".into(),
            description: "".into(),
        }
    }

    fn life(since: usize, removed: Option<usize>) -> Life {
        Life { since, removed }
    }

    /// Three revisions; `gone` was in the first, `late` and the member `c` came with the second.
    fn model() -> Model {
        let mut gone = member("gone", TypeRef::Structured(1));
        gone.life = life(0, Some(1));
        gone.collection = true;
        gone.navigation = true;
        let mut late = member("late", TypeRef::Enumeration(0));
        late.life = life(1, None);
        late.nullable = true;
        let enum_member = |name: &str, life| EnumMember {
            name: name.to_owned(),
            life,
            ..EnumMember::default()
        };
        Model {
            qualified_name: "ns.thing".to_owned(),
            revisions: ["r1", "r2", "r3"].map(str::to_owned).into(),
            types: vec![
                StructuredType {
                    name: "thing".to_owned(),
                    members: vec![member("id", TypeRef::Edm(Edm::String)), gone, late],
                    ..StructuredType::default()
                },
                StructuredType {
                    name: "part".to_owned(),
                    base: Some(2),
                    members: vec![member("of", TypeRef::Structured(0))],
                    open: true,
                    ..StructuredType::default()
                },
                StructuredType {
                    name: "root".to_owned(),
                    members: vec![member("key", TypeRef::Edm(Edm::Byte))],
                    ..StructuredType::default()
                },
            ],
            enumerations: vec![Enumeration {
                name: "state".to_owned(),
                members: vec![
                    enum_member("a", life(0, None)),
                    enum_member("c", life(1, None)),
                ],
                ..Enumeration::default()
            }],
        }
    }

    #[test]
    fn the_union_of_revisions() {
        let expected = json!({
            "$schema": DIALECT,
            "$id": "urn:autopilot-lint:schema:thing:any",
            "x-edm-type": "ns.thing",
            "x-revisions": ["r1", "r2", "r3"],
            "title": "thing",
            "type": "object",
            "properties": {
                "id": {"x-edm-type": "Edm.String", "type": "string"},
                "gone": {
                    "x-edm-type": "Collection(ns.part)",
                    "x-navigation": true,
                    "x-removed": "r2",
                    "type": "array",
                    "items": {"$ref": "#/$defs/part"},
                },
                "late": {
                    "x-edm-type": "ns.state",
                    "x-since": "r2",
                    "anyOf": [{"$ref": "#/$defs/state"}, {"type": "null"}],
                },
            },
            "patternProperties": {"@": true},
            "additionalProperties": false,
            "$defs": {
                "part": {
                    "title": "part",
                    "type": "object",
                    "properties": {
                        "key": {"x-edm-type": "Edm.Byte", "type": "integer", "minimum": 0, "maximum": 255},
                        "of": {"x-edm-type": "ns.thing", "$ref": "#"},
                    },
                },
                "state": {
                    "title": "state",
                    "type": "string",
                    "enum": ["a", "c"],
                    "x-enum-values": {"a": {}, "c": {"since": "r2"}},
                },
            },
        });
        let schema = to_json_schema(&model(), &SchemaOptions::default());
        assert_eq!(format!("{schema:#}"), format!("{expected:#}"));
        assert!(jsonschema::meta::is_valid(&schema));
    }

    #[test]
    fn a_revision_has_only_what_lives_in_it() {
        let cases = [
            (0, ["id", "gone"], "part", vec![]),
            (1, ["id", "late"], "state", vec!["a", "c"]),
            (2, ["id", "late"], "state", vec!["a", "c"]),
        ];
        for (revision, members, definition, names) in cases {
            let options = SchemaOptions {
                revision: Some(revision),
                ..SchemaOptions::default()
            };
            let schema = to_json_schema(&model(), &options);
            let keys = |of: &Value| -> Vec<String> {
                of.as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, _)| name.clone())
                    .collect()
            };
            assert_eq!(keys(&schema["properties"]), members);
            assert_eq!(keys(&schema["$defs"]), [definition]);
            assert_eq!(schema["properties"]["late"]["x-since"], Value::Null);
            let listed = schema["$defs"]["state"]["enum"].as_array();
            assert_eq!(listed.cloned().unwrap_or_default(), names);
        }
    }

    #[test]
    fn required_members_by_mode() {
        let cases: [(Option<usize>, Mode, &[&str], &str); 5] = [
            (None, Mode::Any, &[], "any"),
            (None, Mode::Response, &["id"], "any:response"),
            (Some(1), Mode::Response, &["id", "late"], "r2:response"),
            (Some(1), Mode::Create, &["late"], "r2:create"),
            (Some(1), Mode::Update, &[], "r2:update"),
        ];
        for (revision, mode, required, id) in cases {
            let options = SchemaOptions {
                revision,
                mode,
                ..SchemaOptions::default()
            };
            let schema = to_json_schema(&model(), &options);
            let listed = schema["required"].as_array().cloned().unwrap_or_default();
            assert_eq!(listed, required, "{id}");
            assert_eq!(
                schema["$id"],
                format!("urn:autopilot-lint:schema:thing:{id}")
            );
        }
    }

    #[test]
    fn a_schema_of_draft_7_says_the_same() {
        let options = SchemaOptions {
            draft: Draft::Draft7,
            ..SchemaOptions::default()
        };
        let schema = to_json_schema(&model(), &options);
        assert!(jsonschema::draft7::meta::is_valid(&schema));
        let text = schema.to_string();
        assert!(
            !text.contains("$defs") && text.contains("#/definitions/"),
            "{text}"
        );
        assert_eq!(schema["$id"], "urn:autopilot-lint:schema:thing:any:draft-7");
        let newest = to_json_schema(&model(), &SchemaOptions::default());
        let read = |schema: &Value| super::super::from_schema::from_schema(schema);
        assert_eq!(
            format!("{:?}", read(&schema)),
            format!("{:?}", read(&newest))
        );
    }

    #[test]
    fn names_that_a_uri_cannot_hold() {
        let mut model = model();
        model.qualified_name = "ns.a b#".to_owned();
        model.types[1].name = "é/~".to_owned();
        let schema = to_json_schema(&model, &SchemaOptions::default());
        assert_eq!(schema["$id"], "urn:autopilot-lint:schema:a%20b%23:any");
        assert_eq!(
            schema["properties"]["gone"]["items"]["$ref"],
            "#/$defs/%C3%A9~1~0"
        );
        assert!(jsonschema::meta::is_valid(&schema));
        let validator = jsonschema::validator_for(&schema).expect("references that resolve");
        assert!(validator.is_valid(&json!({"gone": [{"key": 1}]})));
        assert!(!validator.is_valid(&json!({"gone": [{"key": -1}]})));
        let again = super::super::from_schema::from_schema(&schema).expect("our own schema");
        assert_eq!(again.types[1].name, "é/~");
    }

    #[test]
    fn flags_are_joined_by_commas() {
        let mut model = model();
        model.types.clear();
        model.enumerations[0].flags = true;
        let schema = to_json_schema(&model, &SchemaOptions::default());
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let valid = ["a", "a,c", "", "a,", "a c", "b"].map(|text| validator.is_valid(&text.into()));
        assert_eq!(valid, [true, true, false, false, false, false]);
        assert_eq!(schema["$id"], "urn:autopilot-lint:schema:thing:any");
    }

    #[test]
    fn names_in_patterns_stand_for_themselves() {
        let mut model = model();
        model.types.clear();
        model.enumerations[0].flags = true;
        let names = [
            "a.*",
            "a(",
            "b|c",
            "[",
            "a{1000}{1000}",
            "\\",
            "$",
            "x-y",
            "#",
            "",
            "é",
        ];
        for name in names {
            model.enumerations[0].members = vec![EnumMember {
                name: name.to_owned(),
                ..EnumMember::default()
            }];
            let schema = to_json_schema(&model, &SchemaOptions::default());
            let validator = jsonschema::validator_for(&schema).expect(name);
            let valid = |text: &str| validator.is_valid(&text.into());
            assert!(valid(name) && valid(&format!("{name},{name}")), "{name}");
            assert!(!valid("aa") && !valid("b") && !valid("x"), "{name}");
            let again = super::super::from_schema::from_schema(&schema).expect("our own schema");
            assert_eq!(again.enumerations[0].members, model.enumerations[0].members);
        }
        model.enumerations[0].members.clear();
        let schema = to_json_schema(&model, &SchemaOptions::default());
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        assert!(!validator.is_valid(&"".into()) && !validator.is_valid(&",".into()));
    }
}
