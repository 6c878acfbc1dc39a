//! The part of a model that a payload can reach: as deep as documents nest.
//!
//! A schema from elsewhere may chain any number of types, and the schema engine takes more than
//! twice as long for twice as long a chain.

use std::borrow::Cow;

use crate::json::MAX_DEPTH;
use crate::model::{Edm, Model, TypeRef};

/// The model; members whose types lie deeper than documents nest are of any value.
pub(super) fn reachable(model: &Model) -> Cow<'_, Model> {
    let depths = depths(model);
    let beyond = |of: TypeRef| match of {
        TypeRef::Structured(at) => depths[at].is_none(),
        TypeRef::Edm(_) | TypeRef::Enumeration(_) => false,
    };
    let mut members = model
        .types
        .iter()
        .zip(&depths)
        .filter(|(_, depth)| depth.is_some());
    if !members.any(|(of, _)| of.members.iter().any(|member| beyond(member.type_ref))) {
        return Cow::Borrowed(model);
    }
    let mut model = model.clone();
    for member in model.types.iter_mut().flat_map(|of| &mut of.members) {
        if beyond(member.type_ref) {
            member.type_ref = TypeRef::Edm(Edm::Untyped);
        }
    }
    Cow::Owned(model)
}

/// How many objects are around a value of each type at least; `None` where documents do not nest
/// so deep, or nothing leads to it.
fn depths(model: &Model) -> Vec<Option<usize>> {
    let mut depths = vec![None; model.types.len()];
    let mut level = vec![0];
    for depth in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for at in level {
            if depths[at].is_some() {
                continue;
            }
            depths[at] = Some(depth);
            for member in model.all_members(&model.types[at]) {
                if let TypeRef::Structured(to) = member.type_ref {
                    next.push(to);
                }
            }
        }
        level = next;
    }
    depths
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::model::from_schema::from_schema;
    use crate::model::schema::{SchemaOptions, to_json_schema};

    /// A chain of `count` types behind the resource.
    fn chained(count: usize) -> Model {
        let reference = |to: usize| json!({"$ref": format!("#/$defs/{to}")});
        let one = |at: usize| {
            (
                at.to_string(),
                json!({"properties": {"m": reference(at + 1)}}),
            )
        };
        let last = (count.to_string(), json!({"properties": {}}));
        let types: Map<String, Value> = (1..count).map(one).chain([last]).collect();
        let schema = json!({"title": "t", "properties": {"m": reference(1)}, "$defs": types});
        from_schema(&schema).expect("a model")
    }

    #[test]
    fn types_are_left_out_that_no_document_reaches() {
        let written = |model: &Model| to_json_schema(model, &SchemaOptions::default());
        for (count, cut) in [
            (1, false),
            (MAX_DEPTH - 1, false),
            (MAX_DEPTH, true),
            (1000, true),
        ] {
            let model = chained(count);
            let reached = reachable(&model);
            assert_eq!(matches!(reached, Cow::Owned(_)), cut, "{count}");
            let definitions = written(&reached)["$defs"].as_object().map(Map::len);
            assert_eq!(definitions, Some(count.min(MAX_DEPTH - 1)));
        }
        let bundled = crate::model::table::autopilot_event();
        assert!(matches!(reachable(&bundled), Cow::Borrowed(_)));
    }
}
