//! What the tests see of the library.
//!
//! Owns where things are: a part that moves is looked for here alone. The generators in `support`
//! name theirs, as others compile them too.

pub(crate) use autopilot_lint::diagnostic::{
    Applicability, Category, Diagnostic, Diagnostics, Example, Rule, Severity,
};
pub(crate) use autopilot_lint::fixer::{repair, splice};
pub(crate) use autopilot_lint::lint::{Linter, Options, Outcome, Scratch};
pub(crate) use autopilot_lint::model::from_schema::from_schema;
pub(crate) use autopilot_lint::model::schema::{DIALECT, Draft, SchemaOptions, to_json_schema};
pub(crate) use autopilot_lint::model::{Edm, Enumeration, Member, Mode, Model, TypeRef, table};
pub(crate) use autopilot_lint::policy::{Baseline, Config, config};
pub(crate) use autopilot_lint::report::{FORMATS, Format, RenderOptions, Report, rule_url};
pub(crate) use autopilot_lint::rules::{Check, RuleSet, set};
pub(crate) use autopilot_lint::{derive, docs, json, rules};
