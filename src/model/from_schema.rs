//! A JSON Schema back to a [`Model`], so that payloads of any resource can be checked.
//!
//! Reads what [`super::schema`] writes without loss. Of a schema from elsewhere it takes what
//! stands in plain keywords (`type`, `enum`, `format`, `properties`, local references) and takes
//! a member for Edm.Untyped where these do not tell one type; constraints that a model cannot
//! carry (lengths, foreign patterns, `required`) are left to a schema engine. Knows nothing of
//! payloads.
//!
//! Schemas come from anyone. Nothing here recurses, and a schema is looked at once however many
//! references lead to it, so that time and stack do not depend on how references lead on.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ptr;

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, map};

use super::keywords::{self, Form};
use super::{Edm, EnumMember, Enumeration, Life, Member, Model, StructuredType, TypeRef};
use crate::json::{Pointer, PointerToken, pointer_tokens};
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
        revisions: Revisions::of(value),
        types: Vec::new(),
        enumerations: Vec::new(),
        names: Names::default(),
        known: HashMap::new(),
        shapes: HashMap::new(),
    };
    reader.read()?;
    reader.name_resource();
    Ok(Model {
        qualified_name: qualified_name(value),
        revisions: reader.revisions.names,
        types: reader.types,
        enumerations: reader.enumerations,
    })
}

fn text(schema: &Value, keyword: &str) -> String {
    schema[keyword].as_str().unwrap_or_default().to_owned()
}

fn qualified_name(schema: &Value) -> String {
    let named = schema["x-edm-type"]
        .as_str()
        .or_else(|| schema["title"].as_str());
    named.unwrap_or_default().to_owned()
}

/// The revisions that a schema lists, and the index of each.
struct Revisions {
    names: Vec<String>,
    indices: HashMap<String, usize>,
}

impl Revisions {
    fn of(schema: &Value) -> Self {
        let names: Vec<String> = match (&schema["x-revisions"], &schema["x-revision"]) {
            (Value::Array(names), _) => names
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            (_, Value::String(name)) => vec![name.clone()],
            _ => Vec::new(),
        };
        let mut indices = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            indices.entry(name.clone()).or_insert(index);
        }
        Self { names, indices }
    }
}

/// The names of types, each once.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    /// The number to try next for a name that is taken.
    next: HashMap<String, usize>,
}

impl Names {
    /// The name, numbered where another type bears it already.
    fn unused(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let next = self.next.entry(name.to_owned()).or_insert(2);
        loop {
            let numbered = format!("{name}{next}");
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// A schema by its place in memory: the document does not move while it is read.
type Address = *const Value;

/// What stands behind references and choices between a schema and `null`.
#[derive(Clone, Copy)]
struct Shape<'a> {
    schema: &'a Value,
    form: Form,
    nullable: bool,
}

/// A structured type whose members are being read.
struct Open<'a> {
    /// Its index.
    at: usize,
    properties: Properties<'a>,
    members: Vec<Member>,
}

/// The members of `properties` that are left.
type Properties<'a> = std::iter::Flatten<std::option::IntoIter<&'a map::Map<String, Value>>>;

struct Reader<'a> {
    document: &'a Value,
    revisions: Revisions,
    types: Vec<StructuredType>,
    enumerations: Vec<Enumeration>,
    names: Names,
    /// What schemas are; a type is entered before it is read, as it may refer to itself.
    known: HashMap<Address, TypeRef>,
    /// Where schemas lead to, those on the way to others too.
    shapes: HashMap<Address, Shape<'a>>,
}

impl<'a> Reader<'a> {
    /// Enters the top and every definition in the order of the document, then reads them.
    fn read(&mut self) -> Result<(), SchemaError> {
        let (top, name) = self.top()?;
        let mut pending = vec![(top, name)];
        for keyword in ["$defs", "definitions"] {
            let definitions = self.document[keyword].as_object().into_iter().flatten();
            let others = definitions.filter(|(_, schema)| !ptr::eq(*schema, top));
            pending.extend(others.map(|(name, schema)| (schema, name.clone())));
        }
        let mut entered = Vec::new();
        for (schema, name) in pending {
            let form = Form::of(schema);
            if let Some(of) = self.enter(schema, form, name.clone())? {
                self.names.taken.insert(name);
                entered.push((schema, of));
            }
        }
        if !self.known.contains_key(&ptr::from_ref(top)) {
            let message = "neither an object schema with `properties` nor an enumeration";
            return Err(self.fault(top, message));
        }
        for (schema, of) in entered {
            if let TypeRef::Structured(at) = of {
                self.structured(schema, at)?;
            }
        }
        Ok(())
    }

    /// The schema that the document is of, and its name: the top, or what the top refers to.
    fn top(&self) -> Result<(&'a Value, String), SchemaError> {
        let mut schema = self.document;
        let mut name = None;
        let mut passed = HashSet::new();
        while let Some(reference) = schema["$ref"].as_str() {
            if !passed.insert(ptr::from_ref(schema)) {
                return Err(self.fault(self.document, "circular reference"));
            }
            let target = self.local(schema, reference)?;
            schema = self.at(&target)?;
            name = pointer_tokens(&target).next_back();
        }
        let name = name.filter(|name| !name.is_empty());
        let own = || simple(&qualified_name(schema)).to_owned();
        Ok((schema, name.unwrap_or_else(own)))
    }

    fn at(&self, pointer: &str) -> Result<&'a Value, SchemaError> {
        let found = self.document.pointer(pointer);
        found.ok_or_else(|| SchemaError {
            pointer: pointer.to_owned(),
            message: "a reference points here, but nothing is here".to_owned(),
        })
    }

    fn fault(&self, schema: &Value, message: impl Into<String>) -> SchemaError {
        SchemaError {
            pointer: pointer_of(self.document, schema),
            message: message.into(),
        }
    }

    fn name_resource(&mut self) {
        if let Some(resource) = self.types.first_mut()
            && resource.name.is_empty()
        {
            NAMELESS.clone_into(&mut resource.name);
        }
    }

    /// Takes an index for a schema that is a type of its own.
    fn enter(
        &mut self,
        schema: &'a Value,
        form: Form,
        name: String,
    ) -> Result<Option<TypeRef>, SchemaError> {
        let entered = if form.enumeration {
            self.enumerations.push(self.enumeration(name, schema)?);
            TypeRef::Enumeration(self.enumerations.len() - 1)
        } else if form.object {
            self.refuse_combinations(schema)?;
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
        self.known.insert(ptr::from_ref(schema), entered);
        Ok(Some(entered))
    }

    fn refuse_combinations(&self, schema: &Value) -> Result<(), SchemaError> {
        let keywords = ["allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas"];
        let found = keywords
            .iter()
            .find(|keyword| schema.get(**keyword).is_some());
        found.map_or(Ok(()), |keyword| {
            let message = format!(
                "`{keyword}` combines schemas, so this object has no single list of members"
            );
            Err(self.fault(schema, message))
        })
    }

    /// Reads the members of a type, and those of the types that stand in them: each of these right
    /// after the member that it stands in.
    fn structured(&mut self, schema: &'a Value, at: usize) -> Result<(), SchemaError> {
        let mut open = vec![Open::new(schema, at)];
        while let Some(inner) = open.last_mut() {
            let Some((name, schema)) = inner.properties.next() else {
                let Open { at, members, .. } = open.pop().expect("looked at above");
                self.types[at].members = members;
                continue;
            };
            if !name.contains('@') {
                let (member, within) = self.member(name, schema)?;
                inner.members.push(member);
                open.extend(within);
            }
        }
        Ok(())
    }

    /// A member, and the type that stands in it where that is yet to be read.
    fn member(
        &mut self,
        name: &str,
        schema: &'a Value,
    ) -> Result<(Member, Option<Open<'a>>), SchemaError> {
        if *schema == Value::Bool(false) {
            return Err(self.fault(schema, "a member for which no value is valid"));
        }
        let shape = self.shape(schema)?;
        let nullable = shape.nullable;
        let collection = shape.form.array;
        let value = if collection {
            let items = shape.schema.get("items");
            items.map(|items| self.shape(items)).transpose()?
        } else {
            Some(shape)
        };
        let (declared, within) = self.declared(name, schema, value)?;
        let Some(type_ref) = declared else {
            let name = text(schema, "x-edm-type");
            let message = format!("`x-edm-type` says `{name}`, but the other keywords do not");
            return Err(self.fault(schema, message));
        };
        let member = Member {
            name: name.to_owned(),
            type_ref,
            collection,
            nullable,
            navigation: schema["x-navigation"] == true,
            role: schema
                .get("x-role")
                .and_then(|role| Deserialize::deserialize(role).ok()),
            life: self.life(schema, schema, "x-since", "x-removed")?,
            title: text(schema, "title").into(),
            description: text(schema, "description").into(),
        };
        Ok((member, within))
    }

    /// Looks through references, and through a choice between a schema and `null`.
    fn shape(&mut self, schema: &'a Value) -> Result<Shape<'a>, SchemaError> {
        let mut passed = Vec::new();
        let mut seen = HashSet::new();
        let mut at = schema;
        let mut shape = loop {
            if let Some(known) = self.shapes.get(&ptr::from_ref(at)) {
                break *known;
            }
            if !seen.insert(ptr::from_ref(at)) {
                return Err(self.fault(schema, "circular reference"));
            }
            passed.push(at);
            at = match self.next(at)? {
                Some(next) => next,
                None => {
                    break Shape {
                        schema: at,
                        form: Form::of(at),
                        nullable: false,
                    };
                }
            };
        };
        for schema in passed.into_iter().rev() {
            shape.nullable |= keywords::allows_null(schema);
            self.shapes.insert(ptr::from_ref(schema), shape);
        }
        Ok(shape)
    }

    /// The schema that another one only leads to.
    fn next(&self, schema: &'a Value) -> Result<Option<&'a Value>, SchemaError> {
        if let Some((keyword, at)) = keywords::only_other(schema) {
            return Ok(Some(&schema[keyword][at]));
        }
        let reference = schema["$ref"].as_str();
        reference
            .map(|reference| self.at(&self.local(schema, reference)?))
            .transpose()
    }

    /// The type of a value: the primitive one that `x-edm-type` of the member names, which is more
    /// than the keywords can tell, or the one that the keywords tell. `None` where the two
    /// contradict each other.
    fn declared(
        &mut self,
        member: &str,
        schema: &Value,
        value: Option<Shape<'a>>,
    ) -> Result<(Option<TypeRef>, Option<Open<'a>>), SchemaError> {
        let name = schema["x-edm-type"].as_str().map(keywords::element);
        if let Some(edm) = name.and_then(Edm::from_name) {
            let may_be = value.is_none_or(|value| value.form.may_be(edm));
            return Ok((may_be.then_some(TypeRef::Edm(edm)), None));
        }
        let (read, within) = match value {
            Some(value) => self.type_ref(member, value)?,
            None => (TypeRef::Edm(Edm::Untyped), None),
        };
        let primitive = matches!(read, TypeRef::Edm(_));
        Ok(((name.is_none() || !primitive).then_some(read), within))
    }

    /// A definition, a type that stands in the member itself, or a primitive type.
    fn type_ref(
        &mut self,
        member: &str,
        shape: Shape<'a>,
    ) -> Result<(TypeRef, Option<Open<'a>>), SchemaError> {
        if let Some(known) = self.known.get(&ptr::from_ref(shape.schema)) {
            return Ok((*known, None));
        }
        if !shape.form.enumeration && !shape.form.object {
            return Ok((TypeRef::Edm(shape.form.primitive), None));
        }
        let name = keywords::inline_name(member, shape.schema);
        let name = self.names.unused(name);
        let entered = self.enter(shape.schema, shape.form, name)?;
        let within = match entered {
            Some(TypeRef::Structured(at)) => Some(Open::new(shape.schema, at)),
            _ => None,
        };
        Ok((entered.unwrap_or(TypeRef::Edm(Edm::Untyped)), within))
    }

    fn enumeration(&self, name: String, schema: &Value) -> Result<Enumeration, SchemaError> {
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
                life: self.life(schema, note, "since", "removed")?,
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
        schema: &Value,
        note: &Value,
        since: &str,
        removed: &str,
    ) -> Result<Life, SchemaError> {
        let index = |keyword: &str| {
            let Some(name) = note[keyword].as_str() else {
                return Ok(None);
            };
            let at = self.revisions.indices.get(name).copied();
            at.map(Some).ok_or_else(|| {
                let message = format!("`{keyword}` names the unknown revision `{name}`");
                self.fault(schema, message)
            })
        };
        Ok(Life {
            since: index(since)?.unwrap_or(0),
            removed: index(removed)?,
        })
    }

    /// The pointer of a reference within the document.
    fn local(&self, schema: &Value, reference: &str) -> Result<String, SchemaError> {
        match reference.strip_prefix('#').and_then(decode) {
            Some(target) if target.is_empty() || target.starts_with('/') => Ok(target),
            _ => {
                let message = format!(
                    "`{reference}` points outside this document; references must start with `#/`"
                );
                Err(self.fault(schema, message))
            }
        }
    }
}

impl<'a> Open<'a> {
    fn new(schema: &'a Value, at: usize) -> Self {
        Self {
            at,
            properties: schema["properties"].as_object().into_iter().flatten(),
            members: Vec::new(),
        }
    }
}

/// The JSON Pointer of a schema of the document, which is looked for only once there is a fault.
fn pointer_of(document: &Value, wanted: &Value) -> String {
    // Each value with its token, and the index of the value that it stands in.
    let mut met = vec![(0, PointerToken::Index(0), document)];
    let mut at = 0;
    while let Some((_, _, value)) = met.get(at).copied()
        && !ptr::eq(value, wanted)
    {
        match value {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                met.extend(items.map(|(index, item)| (at, PointerToken::Index(index), item)));
            }
            Value::Object(members) => {
                let members = members.iter();
                met.extend(members.map(|(name, value)| (at, PointerToken::Name(name), value)));
            }
            _ => {}
        }
        at += 1;
    }
    let mut tokens = Vec::new();
    while at > 0
        && let Some((parent, token, _)) = met.get(at)
    {
        tokens.push(*token);
        at = *parent;
    }
    let mut pointer = Pointer::root();
    for token in tokens.into_iter().rev() {
        pointer.push(token);
    }
    pointer.as_str().to_owned()
}

fn simple(qualified: &str) -> &str {
    qualified.rsplit('.').next().unwrap_or(qualified)
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
    fn only_types_take_names() {
        let object = json!({"properties": {}});
        let schema = json!({
            "title": "t",
            "properties": {"s": object, "o": object, "o2": object, "e": object},
            "$defs": {"s": {"type": "string"}, "o": object, "e": {"enum": ["a"]}},
        });
        let model = read(&schema);
        let names: Vec<_> = model.types.iter().map(|of| of.name.as_str()).collect();
        assert_eq!(names, ["t", "o", "s", "o2", "o22", "e2"]);
    }

    /// Reads a schema with hardly any stack, and in no time to speak of.
    fn read_at_once(schema: &Value) -> Result<Model, SchemaError> {
        let started = cpu_time::ThreadTime::now();
        let read = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(256 << 10);
            let thread = thread.spawn_scoped(scope, || from_schema(schema));
            thread.expect("a thread").join().expect("no panic")
        });
        assert!(started.elapsed().as_secs() < 10);
        read
    }

    /// `count` schemas, each made of the pointer to the next one, in an object.
    fn chain(count: usize, one: impl Fn(Value) -> Value) -> Value {
        let link = |at: usize| one(json!({"$ref": format!("#/x/{}", at + 1)}));
        let links = (0..count).map(|at| (at.to_string(), link(at)));
        let last = (count.to_string(), json!({"type": "boolean"}));
        Value::Object(links.chain([last]).collect())
    }

    #[test]
    fn references_may_lead_on_however_far() {
        const FAR: usize = 20_000;
        let first = json!({"$ref": "#/x/0"});
        let types = chain(FAR, |next| json!({"properties": {"m": next}}));
        let schema = json!({"title": "t", "properties": {"m": first}, "x": types});
        let model = read_at_once(&schema).expect("no circle");
        let named: Vec<_> = model.types.iter().map(|of| of.name.as_str()).collect();
        assert_eq!(
            (&named[..3], named.len()),
            (["t", "m", "m2"].as_slice(), FAR + 1)
        );
        let last = &model.types[FAR].members[0];
        assert_eq!(last.type_ref, TypeRef::Edm(Edm::Boolean));

        // Each link of the chain is a member's type too: followed once, not once for each.
        for one in [
            |next: Value| next,
            |next: Value| json!({"anyOf": [next, {"type": "null"}]}),
        ] {
            let members =
                (0..FAR).map(|at| (format!("m{at}"), json!({"$ref": format!("#/x/{at}")})));
            let members: Value = Value::Object(members.collect());
            let schema = json!({"title": "t", "properties": members, "x": chain(FAR, one)});
            let model = read_at_once(&schema).expect("no circle");
            let nullable = one(Value::Null) != Value::Null;
            for member in &model.resource().members {
                assert_eq!(member.type_ref, TypeRef::Edm(Edm::Boolean));
                assert_eq!(member.nullable, nullable);
            }
        }

        let top = chain(FAR, |next| next);
        let mut schema = json!({"$ref": "#/x/0", "x": top});
        schema["x"][FAR.to_string()] = json!({"title": "t", "properties": {}});
        let model = read_at_once(&schema).expect("no circle");
        assert_eq!(model.resource().name, FAR.to_string());
    }

    #[test]
    fn a_circle_is_refused_however_long() {
        let mut circle = chain(20_000, |next| next);
        circle["20000"] = json!({"$ref": "#/x/5"});
        for (schema, pointer) in [
            (
                json!({"properties": {"m": {"$ref": "#/x/0"}}, "x": circle}),
                "/properties/m",
            ),
            (json!({"$ref": "#/x/0", "x": circle}), ""),
        ] {
            let error = read_at_once(&schema).expect_err("a circle");
            let message = "circular reference".to_owned();
            assert_eq!((error.pointer.as_str(), error.message), (pointer, message));
        }
    }

    #[test]
    fn what_is_said_once_is_read_once() {
        const MANY: usize = 20_000;
        let members = |one: &dyn Fn(usize) -> Value| -> Value {
            Value::Object((0..MANY).map(|at| (format!("m{at}"), one(at))).collect())
        };
        let same = members(&|_| json!({"title": "same", "properties": {}}));
        let model = read_at_once(&json!({"title": "t", "properties": same})).expect("a model");
        let last = &model.types[MANY];
        assert_eq!(last.name, format!("same{MANY}"));

        let numbers: Vec<_> = (0..MANY).collect();
        let of_one = members(&|_| json!({"$ref": "#/$defs/e", "x-edm-type": "Edm.Int64"}));
        let schema = json!({
            "title": "t",
            "properties": of_one,
            "$defs": {"e": {"type": "integer", "enum": numbers}},
        });
        assert!(read_at_once(&schema).is_ok());

        let revisions: Vec<_> = (0..MANY).map(|at| format!("r{at}")).collect();
        let last = revisions.last().cloned();
        let late = members(&|_| json!({"x-since": last}));
        let schema = json!({"title": "t", "x-revisions": revisions, "properties": late});
        let model = read_at_once(&schema).expect("a model");
        assert_eq!(model.resource().members[0].life.since, MANY - 1);

        let name = "L".repeat(4_000_000);
        let wide = members(&|_| json!({"type": "string"}));
        let schema = json!({"title": "t", "properties": {}, "$defs": {name: {"properties": wide}}});
        assert_eq!(
            read_at_once(&schema).expect("a model").types[1]
                .members
                .len(),
            MANY
        );
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
