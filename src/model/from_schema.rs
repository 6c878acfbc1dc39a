//! A JSON Schema back to a [`Model`], so that payloads of any resource can be checked.
//!
//! Reads what [`super::schema`] writes without loss. Of a schema from elsewhere it takes what
//! stands in plain keywords (`type`, `enum`, `format`, `properties`, local references) and takes
//! a member for Edm.Untyped where these do not tell one type; constraints that a model cannot
//! carry (lengths, foreign patterns, `required`) are left to a schema engine. Knows nothing of
//! payloads.

use std::collections::HashMap;
use std::fmt;

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::Value;

use super::keywords;
use super::{Edm, EnumMember, Enumeration, Life, Member, Model, StructuredType, TypeRef};
use crate::json::{PointerToken, pointer_tokens};
use crate::text::sanitize;

/// What a resource is called whose schema does not name it.
const NAMELESS: &str = "resource";

/// Why a schema gives no model. `Display` is safe to print; the fields are as the schema has them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemaError {
    /// JSON Pointer (RFC 6901) into the schema.
    pub pointer: String,
    /// The reason.
    pub message: String,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, message } = self;
        f.write_str(&sanitize::text(&format!(
            "schema at `{pointer}`: {message}"
        )))
    }
}

impl std::error::Error for SchemaError {}

/// Reads a schema (draft 2020-12, or an older one that uses `definitions`).
///
/// `qualified_name` is empty where the schema does not tell it, and the resource is called
/// `resource`. Types of `$defs` that nothing
/// refers to are read too.
///
/// # Errors
/// Where the schema is not one of an object or an enumeration, combines schemas at the top, refers
/// to another document, or contradicts its own annotations.
pub fn from_schema(value: &Value) -> Result<Model, SchemaError> {
    let mut reader = Reader {
        document: value,
        revisions: revisions(value),
        types: Vec::new(),
        enumerations: Vec::new(),
        known: HashMap::new(),
    };
    let pointer = reader.top()?;
    let name = qualified_name(value);
    reader.register_definitions(&pointer)?;
    reader.name_resource();
    Ok(Model {
        qualified_name: name,
        revisions: reader.revisions,
        types: reader.types,
        enumerations: reader.enumerations,
    })
}

fn fault(pointer: &str, message: impl Into<String>) -> SchemaError {
    SchemaError {
        pointer: pointer.to_owned(),
        message: message.into(),
    }
}

fn text(schema: &Value, keyword: &str) -> String {
    schema[keyword].as_str().unwrap_or_default().to_owned()
}

fn revisions(schema: &Value) -> Vec<String> {
    match (&schema["x-revisions"], &schema["x-revision"]) {
        (Value::Array(names), _) => names
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        (_, Value::String(name)) => vec![name.clone()],
        _ => Vec::new(),
    }
}

fn qualified_name(schema: &Value) -> String {
    let named = schema["x-edm-type"]
        .as_str()
        .or_else(|| schema["title"].as_str());
    named.unwrap_or_default().to_owned()
}

/// What a value's schema says, apart from `null`.
struct Shape<'a> {
    schema: &'a Value,
    pointer: String,
    nullable: bool,
}

struct Reader<'a> {
    document: &'a Value,
    revisions: Vec<String>,
    types: Vec<StructuredType>,
    enumerations: Vec<Enumeration>,
    /// Definitions by pointer; entered before they are read, as they may refer to themselves.
    known: HashMap<String, TypeRef>,
}

impl<'a> Reader<'a> {
    /// The pointer of the schema that the document is of: its top, or what the top refers to.
    fn top(&self) -> Result<String, SchemaError> {
        let mut pointer = String::new();
        for _ in 0..8 {
            let schema = self.at(&pointer)?;
            match schema["$ref"].as_str() {
                Some(reference) => pointer = local(&pointer, reference)?,
                None => return Ok(pointer),
            }
        }
        Err(fault(&pointer, "circular reference"))
    }

    fn at(&self, pointer: &str) -> Result<&'a Value, SchemaError> {
        let found = self.document.pointer(pointer);
        found.ok_or_else(|| fault(pointer, "a reference points here, but nothing is here"))
    }

    /// Enters the top and every definition in the order of the document, then reads them.
    fn register_definitions(&mut self, top: &str) -> Result<(), SchemaError> {
        let mut pending = vec![top.to_owned()];
        for keyword in ["$defs", "definitions"] {
            let names = self.document[keyword].as_object().into_iter().flatten();
            let pointers =
                names.map(|(name, _)| format!("/{keyword}/{}", PointerToken::Name(name)));
            pending.extend(pointers.filter(|pointer| pointer != top));
        }
        for pointer in &pending {
            self.enter(pointer)?;
        }
        if !self.known.contains_key(top) {
            return Err(fault(
                top,
                "neither an object schema with `properties` nor an enumeration",
            ));
        }
        for pointer in &pending {
            if let Some(TypeRef::Structured(at)) = self.known.get(pointer).copied() {
                self.structured(pointer, at)?;
            }
        }
        Ok(())
    }

    fn name_resource(&mut self) {
        if let Some(resource) = self.types.first_mut()
            && resource.name.is_empty()
        {
            NAMELESS.clone_into(&mut resource.name);
        }
    }

    /// Takes an index for a definition that is a type of its own.
    fn enter(&mut self, pointer: &str) -> Result<Option<TypeRef>, SchemaError> {
        let schema = self.at(pointer)?;
        let name = match pointer_tokens(pointer).next_back() {
            Some(name) if !name.is_empty() => name,
            _ => simple(&qualified_name(schema)).to_owned(),
        };
        let entered = if keywords::is_enumeration(schema) {
            self.enumerations
                .push(self.enumeration(name, schema, pointer)?);
            TypeRef::Enumeration(self.enumerations.len() - 1)
        } else if keywords::is_object(schema) {
            refuse_combinations(schema, pointer)?;
            self.types.push(StructuredType {
                name,
                description: text(schema, "description").into(),
                open: schema["additionalProperties"] != Value::Bool(false),
                ..StructuredType::default()
            });
            TypeRef::Structured(self.types.len() - 1)
        } else {
            return Ok(None);
        };
        self.known.insert(pointer.to_owned(), entered);
        Ok(Some(entered))
    }

    fn structured(&mut self, pointer: &str, at: usize) -> Result<(), SchemaError> {
        let schema = self.at(pointer)?;
        let mut members = Vec::new();
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            if !name.contains('@') {
                let pointer = format!("{pointer}/properties/{}", PointerToken::Name(name));
                members.push(self.member(name, schema, &pointer)?);
            }
        }
        self.types[at].members = members;
        Ok(())
    }

    fn member(
        &mut self,
        name: &str,
        schema: &'a Value,
        pointer: &str,
    ) -> Result<Member, SchemaError> {
        if *schema == Value::Bool(false) {
            return Err(fault(pointer, "a member for which no value is valid"));
        }
        let shape = self.shape(schema, pointer)?;
        let nullable = shape.nullable;
        let collection = keywords::types(shape.schema) == ["array"];
        let value = if collection {
            self.elements(&shape)?
        } else {
            Some(shape)
        };
        let Some(type_ref) = self.declared(name, schema, value.as_ref())? else {
            let name = text(schema, "x-edm-type");
            let message = format!("`x-edm-type` says `{name}`, but the other keywords do not");
            return Err(fault(pointer, message));
        };
        Ok(Member {
            name: name.to_owned(),
            type_ref,
            collection,
            nullable,
            navigation: schema["x-navigation"] == true,
            role: schema
                .get("x-role")
                .and_then(|role| Deserialize::deserialize(role).ok()),
            life: self.life(schema, "x-since", "x-removed", pointer)?,
            title: text(schema, "title").into(),
            description: text(schema, "description").into(),
        })
    }

    /// Looks through references, and through a choice between a schema and `null`.
    fn shape(&self, schema: &'a Value, pointer: &str) -> Result<Shape<'a>, SchemaError> {
        let mut shape = Shape {
            schema,
            pointer: pointer.to_owned(),
            nullable: false,
        };
        for _ in 0..8 {
            shape.nullable |= keywords::allows_null(shape.schema);
            if let Some(choice) = keywords::other_than_null(shape.schema) {
                let (keyword, at) = choice;
                shape.pointer = format!("{}/{keyword}/{at}", shape.pointer);
                shape.schema = &shape.schema[keyword][at];
            } else if let Some(reference) = shape.schema["$ref"].as_str() {
                shape.pointer = local(&shape.pointer, reference)?;
                shape.schema = self.at(&shape.pointer)?;
            } else {
                return Ok(shape);
            }
        }
        Err(fault(pointer, "circular reference"))
    }

    /// What the elements of an array are, if anything is said of them.
    fn elements(&self, array: &Shape<'a>) -> Result<Option<Shape<'a>>, SchemaError> {
        let pointer = format!("{}/items", array.pointer);
        let items = array.schema.get("items");
        items.map(|items| self.shape(items, &pointer)).transpose()
    }

    /// The type of a value: the primitive one that `x-edm-type` of the member names, which is more
    /// than the keywords can tell, or the one that the keywords tell. `None` where the two
    /// contradict each other.
    fn declared(
        &mut self,
        member: &str,
        schema: &Value,
        value: Option<&Shape<'a>>,
    ) -> Result<Option<TypeRef>, SchemaError> {
        let name = schema["x-edm-type"].as_str().map(keywords::element);
        if let Some(edm) = name.and_then(Edm::from_name) {
            let may_be = value.is_none_or(|value| keywords::may_be(value.schema, edm));
            return Ok(may_be.then_some(TypeRef::Edm(edm)));
        }
        let read = match value {
            Some(value) => self.type_ref(member, value)?,
            None => TypeRef::Edm(Edm::Untyped),
        };
        let primitive = matches!(read, TypeRef::Edm(_));
        Ok((name.is_none() || !primitive).then_some(read))
    }

    /// A definition, a type that stands in the member itself, or a primitive type.
    fn type_ref(&mut self, member: &str, shape: &Shape<'a>) -> Result<TypeRef, SchemaError> {
        if let Some(known) = self.known.get(&shape.pointer) {
            return Ok(*known);
        }
        let name = self.unused(keywords::inline_name(member, shape.schema));
        let Some(entered) = self.enter(&shape.pointer)? else {
            return Ok(TypeRef::Edm(keywords::primitive(shape.schema)));
        };
        match entered {
            TypeRef::Structured(at) => {
                self.types[at].name = name;
                self.structured(&shape.pointer, at)?;
            }
            TypeRef::Enumeration(at) => self.enumerations[at].name = name,
            TypeRef::Edm(_) => {}
        }
        Ok(entered)
    }

    /// The name, numbered where another type bears it already.
    fn unused(&self, name: String) -> String {
        let bears = |name: &str| {
            self.types.iter().any(|of| of.name == name)
                || self.enumerations.iter().any(|of| of.name == name)
        };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let first = std::iter::once(name.clone());
        first
            .chain(numbered)
            .find(|name| !bears(name))
            .unwrap_or(name)
    }

    fn enumeration(
        &self,
        name: String,
        schema: &Value,
        pointer: &str,
    ) -> Result<Enumeration, SchemaError> {
        let notes = &schema["x-enum-values"];
        let names: Vec<&str> = match schema["enum"].as_array() {
            Some(names) => names.iter().filter_map(Value::as_str).collect(),
            None => notes
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str())
                .collect(),
        };
        let mut members = Vec::new();
        for name in names {
            let note = &notes[name];
            members.push(EnumMember {
                name: name.to_owned(),
                value: note["value"].as_i64(),
                life: self.life(note, "since", "removed", pointer)?,
                description: text(note, "description").into(),
            });
        }
        Ok(Enumeration {
            name,
            description: text(schema, "description").into(),
            flags: schema["x-flags"] == true,
            members,
        })
    }

    fn life(
        &self,
        note: &Value,
        since: &str,
        removed: &str,
        pointer: &str,
    ) -> Result<Life, SchemaError> {
        let index = |keyword: &str| {
            let Some(name) = note[keyword].as_str() else {
                return Ok(None);
            };
            let at = self.revisions.iter().position(|known| known == name);
            at.map(Some).ok_or_else(|| {
                fault(
                    pointer,
                    format!("`{keyword}` names the unknown revision `{name}`"),
                )
            })
        };
        Ok(Life {
            since: index(since)?.unwrap_or(0),
            removed: index(removed)?,
        })
    }
}

fn simple(qualified: &str) -> &str {
    qualified.rsplit('.').next().unwrap_or(qualified)
}

fn refuse_combinations(schema: &Value, pointer: &str) -> Result<(), SchemaError> {
    let keywords = ["allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas"];
    match keywords
        .iter()
        .find(|keyword| schema.get(**keyword).is_some())
    {
        Some(keyword) => Err(fault(
            pointer,
            format!("`{keyword}` combines schemas, so this object has no single list of members"),
        )),
        None => Ok(()),
    }
}

/// The pointer of a reference within the document.
fn local(pointer: &str, reference: &str) -> Result<String, SchemaError> {
    match reference.strip_prefix('#').and_then(decode) {
        Some(target) if target.is_empty() || target.starts_with('/') => Ok(target),
        _ => Err(fault(
            pointer,
            format!("`{reference}` points outside this document; references must start with `#/`"),
        )),
    }
}

/// Resolves percent-encoding (RFC 3986, section 2.1); `None` where there is a bare `%`, or what
/// comes out is not UTF-8.
fn decode(fragment: &str) -> Option<String> {
    let coded = |rest: &str| {
        let digits = rest.as_bytes().first_chunk::<2>();
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let well_formed = fragment.split('%').skip(1).all(coded);
    let text = percent_decode_str(fragment).decode_utf8().ok()?;
    well_formed.then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::schema::{SchemaOptions, to_json_schema};
    use super::*;

    fn read(schema: &Value) -> Model {
        from_schema(schema).expect("a model")
    }

    fn names(model: &Model, of: &Member) -> String {
        let name = model.type_name(of.type_ref);
        let array = if of.collection { "[]" } else { "" };
        let null = if of.nullable { "?" } else { "" };
        format!("{name}{array}{null}")
    }

    #[test]
    fn members_of_any_schema() {
        let defs = json!({
            "e": {"enum": ["a", "b"]},
            "o": {"type": "object", "properties": {"self": {"$ref": "#/$defs/o"}}},
            "s": {"type": "string", "format": "uuid"},
        });
        let cases = [
            (json!(true), "Edm.Untyped?"),
            (json!({"description": "x"}), "Edm.Untyped?"),
            (json!({"type": "string"}), "Edm.String"),
            (json!({"type": ["string", "null"]}), "Edm.String?"),
            (json!({"type": ["string", "integer"]}), "Edm.Untyped"),
            (
                json!({"type": "string", "format": "date-time"}),
                "Edm.DateTimeOffset",
            ),
            (json!({"type": "string", "format": "date"}), "Edm.Date"),
            (json!({"type": "string", "format": "time"}), "Edm.TimeOfDay"),
            (
                json!({"type": "string", "format": "duration"}),
                "Edm.Duration",
            ),
            (json!({"type": "string", "pattern": "^x"}), "Edm.String"),
            (
                json!({"type": "string", "contentEncoding": "base64"}),
                "Edm.Binary",
            ),
            (json!({"type": "boolean"}), "Edm.Boolean"),
            (json!({"type": "integer"}), "Edm.Int64"),
            (
                json!({"type": "integer", "minimum": 0, "maximum": 255}),
                "Edm.Byte",
            ),
            (
                json!({"type": "integer", "minimum": 0, "maximum": 254}),
                "Edm.Int64",
            ),
            (json!({"type": "number"}), "Edm.Double"),
            (
                json!({"type": "array", "items": {"type": "string"}}),
                "Edm.String[]",
            ),
            (json!({"type": ["array", "null"]}), "Edm.Untyped[]?"),
            (
                json!({"type": "array", "items": {"$ref": "#/$defs/o"}}),
                "o[]",
            ),
            (json!({"$ref": "#/$defs/e"}), "e"),
            (
                json!({"oneOf": [{"type": "null"}, {"$ref": "#/$defs/e"}]}),
                "e?",
            ),
            (
                json!({"anyOf": [{"type": "string"}, {"type": "number"}]}),
                "Edm.Untyped",
            ),
            (json!({"$ref": "#/$defs/s"}), "Edm.Guid"),
            (json!({"$ref": "#"}), "thing"),
            (json!({"enum": ["x", null]}), "m?"),
            (
                json!({"type": "object", "title": "inner", "properties": {}}),
                "inner",
            ),
            (
                json!({"type": "integer", "x-edm-type": "Edm.Byte"}),
                "Edm.Byte",
            ),
            (
                json!({"type": "array", "x-edm-type": "Collection(Edm.Guid)"}),
                "Edm.Guid[]",
            ),
            (json!({"type": "array"}), "Edm.Untyped[]"),
        ];
        for (member, expected) in cases {
            let schema = json!({"title": "thing", "properties": {"m": member}, "$defs": defs});
            let model = read(&schema);
            let of = &model.resource().members[0];
            assert_eq!(names(&model, of), expected, "{member}");
        }
    }

    #[test]
    fn the_top_may_be_a_reference() {
        let schema = json!({
            "$ref": "#/definitions/a~1b",
            "definitions": {
                "other": {"enum": ["x"]},
                "a/b": {"properties": {"@odata.type": true, "p": {}}, "additionalProperties": false},
            },
        });
        let model = read(&schema);
        let top = model.resource();
        assert_eq!(
            (top.name.as_str(), top.open, top.members.len()),
            ("a/b", false, 1)
        );
        assert_eq!(model.enumerations[0].name, "other");
    }

    #[test]
    fn what_gives_no_model() {
        let cases = [
            (json!(true), "", "neither an object schema"),
            (json!({"type": "array"}), "", "neither an object schema"),
            (
                json!({"properties": {}, "allOf": []}),
                "",
                "`allOf` combines schemas",
            ),
            (json!({"$ref": "#"}), "", "circular reference"),
            (
                json!({"$ref": "https://example.org/s"}),
                "",
                "points outside this document",
            ),
            (
                json!({"$ref": "#/$defs/%+1"}),
                "",
                "points outside this document",
            ),
            (
                json!({"$ref": "#/$defs/%C3"}),
                "",
                "points outside this document",
            ),
            (json!({"$ref": "#/$defs/x"}), "/$defs/x", "nothing is here"),
            (
                json!({"$ref": "#/$defs/%78"}),
                "/$defs/x",
                "nothing is here",
            ),
            (
                json!({"properties": {"a/b": false}}),
                "/properties/a~1b",
                "no value is valid",
            ),
            (
                json!({"properties": {"m": {"$ref": "#/properties/m"}}}),
                "/properties/m",
                "circular reference",
            ),
            (
                json!({"properties": {"m": {"x-since": "r9"}}}),
                "/properties/m",
                "unknown revision `r9`",
            ),
            (
                json!({"properties": {"m": {"x-edm-type": "Edm.String", "$ref": "#"}}}),
                "/properties/m",
                "`x-edm-type` says `Edm.String`",
            ),
            (
                json!({"properties": {"m": {"x-edm-type": "Edm.String", "enum": ["a"]}}}),
                "/properties/m",
                "`x-edm-type` says `Edm.String`",
            ),
            (
                json!({"properties": {"m": {"x-edm-type": "ns.state", "type": "string"}}}),
                "/properties/m",
                "`x-edm-type` says `ns.state`",
            ),
        ];
        for (schema, pointer, message) in cases {
            let error = from_schema(&schema).expect_err(message);
            assert_eq!(error.pointer, pointer, "{schema}");
            assert!(error.message.contains(message), "{error}");
        }
    }

    #[test]
    fn what_we_write_comes_back() {
        let written = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "urn:autopilot-lint:schema:thing:any",
            "x-edm-type": "ns.thing",
            "x-revisions": ["r1", "r2"],
            "title": "thing",
            "description": "A thing.",
            "type": "object",
            "properties": {
                "id": {"title": "Id", "x-edm-type": "Edm.String", "x-role": "guid", "type": "string"},
                "stream": {"x-edm-type": "Edm.Stream", "x-removed": "r2", "type": ["string", "null"]},
                "any": {"x-edm-type": "Collection(Edm.Untyped)", "type": "array", "items": {}},
                "parts": {
                    "x-edm-type": "Collection(ns.part)",
                    "x-navigation": true,
                    "type": ["array", "null"],
                    "items": {"$ref": "#/$defs/part"},
                },
                "state": {"x-edm-type": "ns.state", "x-since": "r2", "$ref": "#/$defs/state"},
            },
            "patternProperties": {"@": true},
            "additionalProperties": false,
            "$defs": {
                "part": {
                    "title": "part",
                    "type": "object",
                    "properties": {
                        "whole": {"x-edm-type": "ns.thing", "anyOf": [{"$ref": "#"}, {"type": "null"}]},
                        "flags": {"x-edm-type": "ns.flags", "$ref": "#/$defs/flags"},
                    },
                },
                "state": {
                    "title": "state",
                    "type": "string",
                    "enum": ["a", "b"],
                    "x-enum-values": {
                        "a": {"value": 0, "description": "First."},
                        "b": {"value": 1, "since": "r2"},
                    },
                },
                "flags": {
                    "title": "flags",
                    "x-flags": true,
                    "type": "string",
                    "pattern": "^(?:x|y)(?:,(?:x|y))*$",
                    "x-enum-values": {"x": {}, "y": {}},
                },
            },
        });
        let model = read(&written);
        let again = to_json_schema(&model, &SchemaOptions::default());
        let mut sorted = written;
        sorted.sort_all_objects();
        let mut again_sorted = again.clone();
        again_sorted.sort_all_objects();
        assert_eq!(again_sorted, sorted);
        assert_eq!(read(&again), model);
    }

    #[test]
    fn every_primitive_type_comes_back() {
        let member = |edm: Edm, collection: bool, nullable: bool| Member {
            name: format!("{edm:?}{collection}{nullable}"),
            type_ref: TypeRef::Edm(edm),
            collection,
            nullable,
            navigation: false,
            role: None,
            life: Life::default(),
            title: "".into(),
            description: "".into(),
        };
        let members = Edm::ALL.iter().flat_map(|edm| {
            // Of any value null is one.
            let never_null = (*edm != Edm::Untyped).then(|| member(*edm, false, false));
            let others = [(false, true), (true, false), (true, true)];
            let others = others.map(|(collection, nullable)| member(*edm, collection, nullable));
            never_null.into_iter().chain(others)
        });
        let model = Model {
            qualified_name: "ns.thing".to_owned(),
            revisions: Vec::new(),
            types: vec![StructuredType {
                name: "thing".to_owned(),
                members: members.collect(),
                ..StructuredType::default()
            }],
            enumerations: Vec::new(),
        };
        let schema = to_json_schema(&model, &SchemaOptions::default());
        assert!(jsonschema::meta::is_valid(&schema));
        assert_eq!(read(&schema), model);
    }
}
