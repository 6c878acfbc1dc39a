//! A JSON Schema back to a [`Model`], so that payloads of any resource can be checked.
//!
//! Reads what [`super::schema`] writes without loss. Of a schema from elsewhere it takes what
//! stands in plain keywords (`type`, `enum`, `format`, `properties`, local references) and takes
//! a member for Edm.Untyped where these do not tell one type; constraints that a model cannot
//! carry (lengths, foreign patterns, `required`) are left to a schema engine. Knows nothing of
//! payloads.

use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::schema::{bounds, pattern};
use super::{Edm, EnumMember, Enumeration, Life, Member, Model, StructuredType, TypeRef};

/// Why a schema gives no model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaError {
    /// JSON Pointer (RFC 6901) into the schema.
    pub pointer: String,
    /// The reason.
    pub message: String,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, message } = self;
        write!(f, "schema at `{pointer}`: {message}")
    }
}

impl std::error::Error for SchemaError {}

/// Reads a schema (draft 2020-12, or an older one that uses `definitions`).
///
/// `qualified_name` is empty where the schema does not tell it. Types of `$defs` that nothing
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
            let pointers = names.map(|(name, _)| format!("/{keyword}/{}", escape(name)));
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

    /// Takes an index for a definition that is a type of its own.
    fn enter(&mut self, pointer: &str) -> Result<Option<TypeRef>, SchemaError> {
        let schema = self.at(pointer)?;
        let last = pointer.rsplit('/').next().unwrap_or_default();
        let name = match unescape(last) {
            name if name.is_empty() => simple(&qualified_name(schema)).to_owned(),
            name => name,
        };
        let entered = if is_enumeration(schema) {
            self.enumerations
                .push(self.enumeration(name, schema, pointer)?);
            TypeRef::Enumeration(self.enumerations.len() - 1)
        } else if is_object(schema) {
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
                let pointer = format!("{pointer}/properties/{}", escape(name));
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
        let collection = types(shape.schema) == ["array"];
        let type_ref = if collection {
            let pointer = format!("{}/items", shape.pointer);
            match shape.schema.get("items") {
                Some(items) => {
                    let items = self.shape(items, &pointer)?;
                    self.type_ref(name, &items)?
                }
                None => TypeRef::Edm(Edm::Untyped),
            }
        } else {
            self.type_ref(name, &shape)?
        };
        Ok(Member {
            name: name.to_owned(),
            type_ref: declared(schema, type_ref, pointer)?,
            collection,
            nullable: shape.nullable,
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
            shape.nullable |= allows_null(shape.schema);
            if let Some(choice) = other_than_null(shape.schema) {
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

    /// A definition, a type that stands in the member itself, or a primitive type.
    fn type_ref(&mut self, member: &str, shape: &Shape<'a>) -> Result<TypeRef, SchemaError> {
        if let Some(known) = self.known.get(&shape.pointer) {
            return Ok(*known);
        }
        let name = self.unused(inline_name(member, shape.schema));
        let Some(entered) = self.enter(&shape.pointer)? else {
            return Ok(TypeRef::Edm(primitive(shape.schema)));
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

fn inline_name(member: &str, schema: &Value) -> String {
    let title = schema["title"]
        .as_str()
        .filter(|title| !title.contains(' '));
    title.unwrap_or(member).to_owned()
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
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

/// Resolves percent-encoding (RFC 3986, section 2.1); `None` where it is not UTF-8.
fn decode(fragment: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut pieces = fragment.split('%');
    bytes.extend(pieces.next()?.bytes());
    for piece in pieces {
        bytes.push(u8::from_str_radix(piece.get(..2)?, 16).ok()?);
        bytes.extend(piece[2..].bytes());
    }
    String::from_utf8(bytes).ok()
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

/// Types that `type` allows, without `null`.
fn types(schema: &Value) -> Vec<&str> {
    let names: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    names.into_iter().filter(|name| *name != "null").collect()
}

/// No constraint allows everything, `null` too.
fn allows_null(schema: &Value) -> bool {
    let listed =
        |list: &Value, wanted: &Value| list.as_array().is_some_and(|list| list.contains(wanted));
    match schema {
        Value::Bool(all) => *all,
        Value::Object(keywords) => {
            let null_type = Value::from("null");
            let only_type = serde_json::json!({ "type": "null" });
            listed(&schema["type"], &null_type)
                || listed(&schema["enum"], &Value::Null)
                || listed(&schema["anyOf"], &only_type)
                || listed(&schema["oneOf"], &only_type)
                || is_unconstrained(keywords)
        }
        _ => false,
    }
}

fn is_unconstrained(keywords: &Map<String, Value>) -> bool {
    let annotation = |name: &String| {
        name.starts_with("x-") || matches!(name.as_str(), "title" | "description" | "$comment")
    };
    keywords.keys().all(annotation)
}

/// The one alternative to `null` of a choice: keyword and index.
fn other_than_null(schema: &Value) -> Option<(&'static str, usize)> {
    ["anyOf", "oneOf"].into_iter().find_map(|keyword| {
        let choices = schema[keyword].as_array()?;
        let mut others = (0..choices.len()).filter(|at| choices[*at]["type"] != "null");
        let only = others.next()?;
        (choices.len() == 2 && others.next().is_none()).then_some((keyword, only))
    })
}

fn is_enumeration(schema: &Value) -> bool {
    let names = schema["enum"].as_array();
    let listed = names.is_some_and(|names| {
        names.iter().any(Value::is_string)
            && names.iter().all(|one| one.is_string() || one.is_null())
    });
    listed || schema["x-flags"] == true
}

fn is_object(schema: &Value) -> bool {
    let named = types(schema);
    named == ["object"] || named.is_empty() && schema["properties"].is_object()
}

fn primitive(schema: &Value) -> Edm {
    match types(schema).as_slice() {
        ["boolean"] => Edm::Boolean,
        ["integer"] => integer(schema),
        ["number"] => Edm::Double,
        ["number", "string"] | ["string", "number"]
            if schema["pattern"].as_str() == pattern(Edm::Double) =>
        {
            Edm::Double
        }
        ["string"] => string(schema),
        _ => Edm::Untyped,
    }
}

/// The integer type with these bounds; the widest where they are other ones.
fn integer(schema: &Value) -> Edm {
    let range = (schema["minimum"].as_i64(), schema["maximum"].as_i64());
    let exact = [Edm::Byte, Edm::SByte, Edm::Int16, Edm::Int32]
        .into_iter()
        .find(|edm| bounds(*edm).is_some_and(|(least, most)| range == (Some(least), Some(most))));
    exact.unwrap_or(Edm::Int64)
}

fn string(schema: &Value) -> Edm {
    let texts = [
        Edm::Binary,
        Edm::Date,
        Edm::DateTimeOffset,
        Edm::Duration,
        Edm::Guid,
        Edm::TimeOfDay,
    ];
    let by_pattern = schema["pattern"]
        .as_str()
        .and_then(|given| texts.into_iter().find(|edm| pattern(*edm) == Some(given)));
    by_pattern.unwrap_or(match schema["format"].as_str() {
        Some("date-time") => Edm::DateTimeOffset,
        Some("date") => Edm::Date,
        Some("time") => Edm::TimeOfDay,
        Some("duration") => Edm::Duration,
        Some("uuid") => Edm::Guid,
        _ if schema["contentEncoding"] == "base64" => Edm::Binary,
        _ => Edm::String,
    })
}

/// What `x-edm-type` says of a primitive type is more than the keywords can.
fn declared(schema: &Value, read: TypeRef, pointer: &str) -> Result<TypeRef, SchemaError> {
    let Some(name) = schema["x-edm-type"].as_str() else {
        return Ok(read);
    };
    let element = name
        .strip_prefix("Collection(")
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(name);
    match (Edm::from_name(element), read) {
        (Some(edm), TypeRef::Edm(_)) => Ok(TypeRef::Edm(edm)),
        (None, TypeRef::Enumeration(_) | TypeRef::Structured(_)) => Ok(read),
        _ => Err(fault(
            pointer,
            format!("`x-edm-type` says `{name}`, but the other keywords do not"),
        )),
    }
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
        let name = match of.type_ref {
            TypeRef::Edm(edm) => edm.name(),
            TypeRef::Enumeration(at) => &model.enumerations[at].name,
            TypeRef::Structured(at) => &model.types[at].name,
        };
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
            (json!({"$ref": "#/$defs/x"}), "/$defs/x", "nothing is here"),
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
}
