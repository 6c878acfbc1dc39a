//! What the keywords of one schema say of a value.
//!
//! Looks at no other schema: references are followed in [`super::from_schema`].

use serde_json::{Map, Value};

use super::{Edm, JsonType};
use crate::edm::Grammar;

/// What a schema's own keywords make of its values: read once, as lists of names may be long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// They are arrays.
    pub(super) array: bool,
    /// They are members of an enumeration.
    pub(super) enumeration: bool,
    /// They are objects with members.
    pub(super) object: bool,
    /// The primitive type that the keywords tell, as nearly as they do.
    pub(super) primitive: Edm,
}

impl Form {
    pub(super) fn of(schema: &Value) -> Self {
        Self {
            array: types(schema) == ["array"],
            enumeration: is_enumeration(schema),
            object: is_object(schema),
            primitive: primitive(schema),
        }
    }

    /// Whether a value may be of a primitive type: the schema is none of a type of its own, unless
    /// JSON writes the values of the primitive type as objects.
    pub(super) fn may_be(self, edm: Edm) -> bool {
        let object = edm.json_types() == [JsonType::Object];
        !self.enumeration && self.object == object
    }
}

/// What a type is called that stands in a member itself.
pub(super) fn inline_name<'a>(member: &'a str, schema: &'a Value) -> &'a str {
    let title = schema["title"]
        .as_str()
        .filter(|title| !title.contains(' '));
    title.unwrap_or(member)
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
pub(super) fn allows_null(schema: &Value) -> bool {
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

/// The one schema that another one only leads to, for annotations to stand beside it or for `null` to
/// be an alternative: keyword and index.
pub(super) fn only_other(schema: &Value) -> Option<(&'static str, usize)> {
    if schema["allOf"].as_array().is_some_and(|all| all.len() == 1) && !is_object(schema) {
        return Some(("allOf", 0));
    }
    ["anyOf", "oneOf"].into_iter().find_map(|keyword| {
        let choices = schema[keyword].as_array()?;
        let mut others = (0..choices.len()).filter(|at| choices[*at]["type"] != "null");
        let only = others.next()?;
        (choices.len() == 2 && others.next().is_none()).then_some((keyword, only))
    })
}

/// Whether it is an enumeration of names.
fn is_enumeration(schema: &Value) -> bool {
    let names = schema["enum"].as_array();
    let listed = names.is_some_and(|names| {
        names.iter().any(Value::is_string)
            && names.iter().all(|one| one.is_string() || one.is_null())
    });
    listed || schema["x-flags"] == true
}

/// Whether it is an object with members.
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
            if schema["pattern"].as_str() == Edm::Double.pattern() =>
        {
            Edm::Double
        }
        ["string"] => string(schema),
        _ => Edm::Untyped,
    }
}

/// The integer type with these bounds; the widest where they are other ones.
fn integer(schema: &Value) -> Edm {
    let bounds = [&schema["minimum"], &schema["maximum"]].map(Value::as_i64);
    let exact = |edm: &Edm| match edm.grammar() {
        Grammar::Integer(range) => bounds == [range.start(), range.end()].map(|end| Some(*end)),
        _ => false,
    };
    let mut all = Edm::ALL.iter().copied();
    all.find(exact).unwrap_or(Edm::Int64)
}

fn string(schema: &Value) -> Edm {
    let mut texts = Edm::ALL
        .iter()
        .copied()
        .filter(|edm| edm.json_types() == [JsonType::String]);
    let says =
        |keyword: &str, told: Option<&str>| told.is_some() && schema[keyword].as_str() == told;
    texts
        .clone()
        .find(|edm| says("pattern", edm.pattern()))
        .or_else(|| texts.find(|edm| says("format", edm.format())))
        .or_else(|| (schema["contentEncoding"] == "base64").then_some(Edm::Binary))
        .unwrap_or(Edm::String)
}

/// The type that an `x-edm-type` names, or that of the elements of the collection.
pub(super) fn element(name: &str) -> &str {
    name.strip_prefix("Collection(")
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(name)
}
