//! The JSON Schema engine, walking the span tape in place, each name read as what it stands for.
//!
//! The only file that knows the `jsonschema` crate: its representation traits are young, so they
//! stay behind this wall. Owns the adapter, the structural form of the schema, and the way from
//! the engine's errors to nodes. Its messages are never shown.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jsonschema::error::ValidationErrorKind;
use jsonschema::json::{self, Json, JsonNumber, NodeIdentity};
use jsonschema::paths::Location;
use jsonschema::{JsonType, Keyword, ValidationError};
use serde_json::{Map, Number, Value};

use crate::json::{Elements, Kind, Members, Node, Tape, pointer_tokens};
use crate::model::pattern::{BINARY, NOT_FINITE};

use crate::view::is_annotation;
use crate::view::naming::Naming;

/// What the engine found wrong with a value and with what is in it.
///
/// A tree rather than a list of paths: it is walked along with the document, once, where looking
/// for the end of each path would take the product of the errors and the members.
#[derive(Debug, Default)]
pub(super) struct Refused {
    /// It has members that the schema does not declare.
    pub(super) undeclared: bool,
    /// It is not of the declared type, or no member of the enumeration.
    pub(super) unfit: bool,
    /// Required members that it lacks: those of the event, which no duplicate name leads to.
    pub(super) missing: Vec<String>,
    /// By declared name, or index.
    below: HashMap<String, Self>,
}

impl Refused {
    /// What was found at or below the member or element of this name or index.
    pub(super) fn below(&self, token: &str) -> Option<&Self> {
        self.below.get(token)
    }

    /// Whether nothing was found below.
    pub(super) fn is_leaf(&self) -> bool {
        self.below.is_empty()
    }

    fn add(&mut self, error: &ValidationError<'_>) {
        let mut at = self;
        for token in pointer_tokens(error.instance_path().as_str()) {
            at = at.below.entry(token).or_default();
        }
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { .. } => at.undeclared = true,
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                at.missing.push(name.to_owned());
            }
            _ => at.unfit = true,
        }
    }
}

/// What the structural schema is read as. The keywords that it keeps mean the same in both, and the
/// meta-schema of 2020-12, a chain of dynamic references, takes as long to compile as all else that
/// a run over one file does.
const STRUCTURAL_DIALECT: jsonschema::Draft = jsonschema::Draft::Draft7;

/// A compiled structural schema.
#[derive(Debug)]
pub(super) struct Engine(jsonschema::Validator<TapeJson>);

impl Engine {
    /// Compiles `schema` without what the literal grammars decide better.
    ///
    /// # Errors
    /// The engine's own words, where the schema is none.
    pub(super) fn new(schema: Value) -> Result<Self, String> {
        jsonschema::options_for::<TapeJson>()
            .with_draft(STRUCTURAL_DIALECT)
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .with_keyword("x-flags", flags)
            .offline()
            .build(&structural(schema))
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// Whether `node` is a valid instance.
    pub(super) fn accepts(&self, node: Node<'_>, naming: &Naming<'_>) -> bool {
        self.0.is_valid(Named { node, naming })
    }

    /// Everything that is wrong with `node`.
    pub(super) fn refused(&self, node: Node<'_>, naming: &Naming<'_>) -> Refused {
        let mut refused = Refused::default();
        for error in self.0.iter_errors(Named { node, naming }) {
            refused.add(&error);
        }
        refused
    }
}

/// The schema less what is decided elsewhere: literals by the Edm grammars, with a finding of their
/// own, and annotations, which the engine does not see (see [`NamedMembers`]).
fn structural(mut schema: Value) -> Value {
    if let Value::Object(keywords) = &mut schema {
        if !decided_here(keywords) {
            keywords.shift_remove("pattern");
        }
        for keyword in ["minimum", "maximum", "patternProperties"] {
            keywords.shift_remove(keyword);
        }
        declare_the_unseen(keywords);
        for (keyword, value) in keywords.iter_mut() {
            match keyword.as_str() {
                "type" => numbers_of_any_form(value),
                "items" => *value = structural(value.take()),
                "properties" | "$defs" => {
                    each_structural(value.as_object_mut().map(Map::values_mut));
                }
                "anyOf" | "allOf" | "oneOf" => each_structural(value.as_array_mut()),
                _ => {}
            }
        }
    }
    schema
}

/// Whether a text that does not match the pattern is of another type altogether, rather than an
/// ill-formed literal: base64url, the numbers that JSON lacks.
fn decided_here(keywords: &Map<String, Value>) -> bool {
    let pattern = keywords.get("pattern").and_then(Value::as_str);
    matches!(pattern, Some(BINARY | NOT_FINITE))
}

/// The names of a flags enumeration, instead of the pattern: however many there are, a text is
/// looked up among them as fast.
struct Flags(HashSet<String>);

// As the engine has it: compiling a keyword may fail.
#[allow(clippy::unnecessary_wraps)]
fn flags<'a>(
    keywords: &'a Map<String, Value>,
    _: &'a Value,
    _: Location,
) -> Result<Box<dyn for<'i> Keyword<'i, TapeJson>>, ValidationError<'a>> {
    let names = keywords.get("x-enum-values").and_then(Value::as_object);
    let names = names.into_iter().flat_map(Map::keys).cloned();
    Ok(Box::new(Flags(names.collect())))
}

impl Flags {
    fn has(&self, text: &str) -> bool {
        self.0.contains(text) || text.split(',').all(|name| self.0.contains(name))
    }
}

impl<'i> Keyword<'i, TapeJson> for Flags {
    fn validate(&self, instance: Named<'i>) -> Result<(), ValidationError<'i>> {
        if Keyword::is_valid(self, instance) {
            Ok(())
        } else {
            Err(ValidationError::custom("no list of members"))
        }
    }

    fn is_valid(&self, instance: Named<'i>) -> bool {
        instance.node.string().is_none_or(|text| self.has(&text))
    }
}

/// Where every declared member is required, the engine takes as many members as declarations for
/// their presence; but duplicates and annotations count as well. A declaration that is not
/// required, of a name that it never sees, makes it look at the names.
fn declare_the_unseen(keywords: &mut Map<String, Value>) {
    if keywords.contains_key("required")
        && let Some(Value::Object(properties)) = keywords.get_mut("properties")
    {
        properties.insert("@".to_owned(), true.into());
    }
}

fn each_structural<'a>(schemas: Option<impl IntoIterator<Item = &'a mut Value>>) {
    for schema in schemas.into_iter().flatten() {
        *schema = structural(schema.take());
    }
}

/// `3.0` is an integer to JSON Schema and none to Edm.Int32, `3.5` is none to both: the value rules
/// say so in better words.
fn numbers_of_any_form(types: &mut Value) {
    match types {
        Value::String(name) if name == "integer" => *types = "number".into(),
        Value::Array(names) => names.iter_mut().for_each(numbers_of_any_form),
        _ => {}
    }
}

/// The tape as a JSON representation.
#[derive(Debug)]
pub(super) struct TapeJson;

/// A value, with what the names in it stand for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    node: Node<'a>,
    naming: &'a Naming<'a>,
}

impl<'a> Named<'a> {
    const fn child(self, node: Node<'a>) -> Self {
        Self { node, ..self }
    }
}

impl Json for TapeJson {
    type Node<'a> = Named<'a>;
    type PreparedKey = String;
    type StringBuffer = (String, Tape);

    // A lookup walks the members: one pass over them is as cheap as one lookup.
    const KEYS_PER_LOOKUP: usize = 16;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        (text, tape): &mut Self::StringBuffer,
        string: &str,
        f: impl FnOnce(Named<'_>) -> T,
    ) -> T {
        *text = Value::from(string).to_string();
        crate::json::parse(text, tape).expect("serde_json writes JSON");
        f(Named {
            node: crate::json::Document::new(text, tape).root(),
            naming: &Naming::NONE,
        })
    }
}

impl<'a> json::Node<'a, TapeJson> for Named<'a> {
    type Object = Named<'a>;
    type Array = Named<'a>;
    type Number = RawNumber<'a>;

    fn as_object(&self) -> Option<Self::Object> {
        (self.node.kind() == Kind::Object).then_some(*self)
    }

    fn as_array(&self) -> Option<Self::Array> {
        (self.node.kind() == Kind::Array).then_some(*self)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.node.string()
    }

    fn as_number(&self) -> Option<Self::Number> {
        self.is_number().then(|| RawNumber(self.node.raw()))
    }

    fn is_number(&self) -> bool {
        self.node.kind() == Kind::Number
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.node.kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.node.kind() == Kind::Null
    }

    fn json_type(&self) -> JsonType {
        match self.node.kind() {
            Kind::Null => JsonType::Null,
            Kind::False | Kind::True => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.node.plain_str(), expected) {
            (Some(text), Value::String(expected)) => text == expected,
            // Our schemas list only strings and null: no numbers to compare mathematically.
            _ => self.node.to_value() == *expected,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(self.node.to_value())
    }

    /// The tape's buffers are used again for other documents, so a node has no lasting identity.
    /// Nothing needs one: nesting is bounded by the parser.
    fn identity(&self) -> Option<NodeIdentity> {
        None
    }
}

impl<'a> json::Object<'a, TapeJson> for Named<'a> {
    type Node = Named<'a>;
    type MemberName = Cow<'a, str>;
    type MembersIter = NamedMembers<'a>;

    fn len(&self) -> usize {
        self.node.len()
    }

    fn get(&self, key: &String) -> Option<Named<'a>> {
        let stands_for = || {
            let mut members = self.node.members();
            members.find(|member| self.naming.declared(member.name) == Some(key))
        };
        let found = self.node.get(key);
        let found = found.or_else(|| Some(stands_for()?.value))?;
        Some(self.child(found))
    }

    fn members(&self) -> NamedMembers<'a> {
        NamedMembers {
            members: self.node.members(),
            object: *self,
        }
    }
}

/// Members by the names that theirs stand for, annotations left out: any is legal anywhere.
pub(super) struct NamedMembers<'a> {
    members: Members<'a>,
    object: Named<'a>,
}

impl<'a> Iterator for NamedMembers<'a> {
    type Item = (Cow<'a, str>, Named<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let member = self.members.next()?;
            let name = member.name_text();
            if !is_annotation(&name) {
                let declared = self.object.naming.declared(member.name);
                let name = declared.map_or(name, Cow::Borrowed);
                return Some((name, self.object.child(member.value)));
            }
        }
    }
}

impl<'a> json::Array<'a, TapeJson> for Named<'a> {
    type Node = Named<'a>;
    type ElementsIter = NamedElements<'a>;

    fn len(&self) -> usize {
        self.node.len()
    }

    fn elements(&self) -> NamedElements<'a> {
        NamedElements {
            elements: self.node.elements(),
            array: *self,
        }
    }
}

/// Elements, with what the names in them stand for.
pub(super) struct NamedElements<'a> {
    elements: Elements<'a>,
    array: Named<'a>,
}

impl<'a> Iterator for NamedElements<'a> {
    type Item = Named<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let element = self.elements.next()?;
        Some(self.array.child(element))
    }
}

/// A number as written.
pub(super) struct RawNumber<'a>(&'a str);

impl JsonNumber for RawNumber<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        // Out of the range of f64 only in texts that serde_json refuses: any number will do, the
        // structural schema does not look at its value.
        Cow::Owned(self.0.parse().unwrap_or_else(|_| Number::from(0)))
    }

    fn is_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::from_schema::from_schema;
    use crate::model::schema::{SchemaOptions, to_json_schema};

    /// An engine for a schema from elsewhere.
    fn engine(schema: &Value) -> Engine {
        let model = from_schema(schema).expect("a model");
        Engine::new(to_json_schema(&model, &SchemaOptions::default())).expect("a schema")
    }

    fn accepts(engine: &Engine, text: &str) -> bool {
        let mut tape = Tape::default();
        crate::json::parse(text, &mut tape).expect("JSON");
        let root = crate::json::Document::new(text, &tape).root();
        engine.accepts(root, &Naming::NONE)
    }

    #[test]
    fn names_of_flags_are_names_and_no_patterns() {
        let many = (0..100_000).map(|number| format!("name{number}"));
        let odd = ["a.*", "a(", "b|c", "x{1000}{1000}"].map(str::to_owned);
        let names = odd.into_iter().chain(many);
        let notes: Map<String, Value> = names.map(|name| (name, serde_json::json!({}))).collect();
        let schema = serde_json::json!({
            "title": "t",
            "properties": {"m": {"type": "string", "x-flags": true, "x-enum-values": notes}},
        });
        let started = std::time::Instant::now();
        let engine = engine(&schema);
        for (text, expected) in [
            (r#"{"m": "name99999"}"#, true),
            (r#"{"m": "a.*,a(,b|c"}"#, true),
            (r#"{"m": "abc"}"#, false),
            (r#"{"m": "b"}"#, false),
            (r#"{"m": "name1,"}"#, false),
            (r#"{"m": ""}"#, false),
            (r#"{"m": 1}"#, false),
        ] {
            assert_eq!(accepts(&engine, text), expected, "{text}");
        }
        assert!(started.elapsed().as_secs() < 10);
    }

    /// `count` types, of each of which two members are of the next one.
    fn chained(count: usize) -> Value {
        let reference = |to: usize| serde_json::json!({"$ref": format!("#/$defs/{to}")});
        let one = |at: usize| {
            let next = reference(at + 1);
            (
                at.to_string(),
                serde_json::json!({"properties": {"l": next, "r": next}}),
            )
        };
        let last = (count.to_string(), serde_json::json!({"type": "string"}));
        let types: Map<String, Value> = (0..count).map(one).chain([last]).collect();
        serde_json::json!({"title": "t", "properties": {"l": reference(0)}, "$defs": types})
    }

    #[test]
    fn types_may_lead_on_however_far() {
        let started = std::time::Instant::now();
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(1 << 20);
            let thread = thread.spawn_scoped(scope, || {
                let engine = engine(&chained(4_000));
                assert!(accepts(&engine, r#"{"l": {"r": {"l": {}}}}"#));
                assert!(!accepts(&engine, r#"{"l": {"r": {"l": 1}}}"#));
                let deep = r#"{"l":"#.repeat(127) + "{}" + &"}".repeat(127);
                assert!(accepts(&engine, &deep));
            });
            thread.expect("a thread").join().expect("no panic");
        });
        assert!(started.elapsed().as_secs() < 60);
    }
}
