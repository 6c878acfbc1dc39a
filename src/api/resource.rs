//! Resources: what payloads are checked against.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::derive::{self, DeriveError, Unresolved};
use crate::lint::{UnknownRevision, selected};
use crate::model::from_schema::{SchemaError, from_schema};
use crate::model::schema::SchemaOptions;
use crate::model::{Mode, Model, table};
use crate::text::sanitize;

/// The members, types and enumerations that payloads are checked against.
///
/// The bundled one is the Autopilot event, the default of every [`Linter`](crate::Linter). Others
/// come from a JSON Schema or from [`derive()`]. Of those, the rules run that follow from types.
/// Cheap to clone.
///
/// ```
/// use autopilot_lint::{Linter, Resource};
///
/// let schema = serde_json::json!({
///     "title": "appleUser",
///     "type": "object",
///     "properties": { "joined": { "type": "string", "format": "date-time" } },
/// });
/// let resource = Resource::from_json_schema(&schema)?;
/// let linter = Linter::builder().resource(resource).build()?;
///
/// let report = linter.check("user.json", r#"{"joined": "yesterday"}"#);
/// assert_eq!(report.findings().next().map(|found| found.rule().name), Some("date-time-syntax"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Resource {
    pub(super) model: Arc<Model>,
    unresolved: Arc<[Unresolved]>,
}

impl Resource {
    /// `microsoft.graph.deviceManagementAutopilotEvent`, with every documented revision.
    #[must_use]
    pub fn autopilot_event() -> Self {
        Self::of(table::autopilot_event())
    }

    /// The resource that a JSON Schema describes (draft 2020-12, or an older one that uses
    /// `definitions`).
    ///
    /// Reads what [`Resource::json_schema`] writes without loss. Of other schemas it takes `type`,
    /// `enum`, `format`, `properties` and local references; it ignores further constraints, such as
    /// lengths and patterns.
    ///
    /// # Errors
    /// Where the schema is not one of an object or an enumeration, combines schemas at the top,
    /// refers to another document, or contradicts its own annotations.
    pub fn from_json_schema(schema: &Value) -> Result<Self, SchemaError> {
        from_schema(schema).map(Self::of)
    }

    /// Its JSON Schema (draft 2020-12), for other validators and editors.
    ///
    /// `revision` is a date of [`Resource::revisions`], `latest`, or `any` for every member of every
    /// revision. `mode` decides which members are required.
    ///
    /// ```
    /// use autopilot_lint::{Mode, Resource};
    ///
    /// let event = Resource::autopilot_event();
    /// let schema = event.json_schema("latest", Mode::Response)?;
    /// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where the resource has no such revision.
    pub fn json_schema(&self, revision: &str, mode: Mode) -> Result<Value, UnknownRevision> {
        let revision = selected(&self.model, revision)?;
        let options = SchemaOptions {
            revision,
            mode,
            ..SchemaOptions::default()
        };
        Ok(derive::json_schema(&self.model, &self.unresolved, &options))
    }

    /// The dates of its revisions, oldest first; none where only one is known.
    #[must_use]
    pub fn revisions(&self) -> &[String] {
        &self.model.revisions
    }

    fn of(model: Model) -> Self {
        Self {
            model: Arc::new(model),
            unresolved: Arc::new([]),
        }
    }
}

/// What [`derive()`] read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Derived {
    /// The resource that the page describes.
    pub resource: Resource,
    /// What to look at before relying on it, in the order of reading.
    pub doubts: Vec<Doubt>,
}

/// What a page leaves open: two readings of it disagree, or it names a type that no page describes.
/// Members of such a type accept any value.
///
/// `Display` prints `page:line: message`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Doubt {
    /// The key of the page: not escaped for printing.
    pub page: String,
    /// Line in it, from 1.
    pub line: usize,
    /// What is doubtful, and which reading was taken. Safe to print.
    pub message: String,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let page = sanitize::path(&self.page);
        write!(f, "{page}:{}: {}", self.line, self.message)
    }
}

/// Reads a resource from a page of the Microsoft Graph documentation: its Markdown source, in any
/// of seven languages.
///
/// `page` is the key of the page. `load` returns the text of a page by its key, or `None` if there
/// is no such page; it is called for `page` and for the pages it links to. Keys are paths with
/// `/`: links are resolved against the key of the page that holds them, and may lead to any path,
/// so limit what `load` reads.
///
/// ```
/// let page = "\
/// ## user resource type
///
/// | Property | Type | Description |
/// |:---|:---|:---|
/// | joined | DateTimeOffset | When the user joined. |
/// ";
/// let load = |key: &str| (key == "user.md").then(|| page.to_owned());
/// let derived = autopilot_lint::derive("user.md", load)?;
///
/// let linter = autopilot_lint::Linter::builder().resource(derived.resource).build()?;
/// assert!(linter.check("user.json", r#"{"joined": "2024-05-01T08:00:00Z"}"#).is_clean());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the page describes no payload, or a row of its table cannot be read. Faults of linked
/// pages are [`Doubt`]s.
pub fn derive(page: &str, load: impl Fn(&str) -> Option<String>) -> Result<Derived, DeriveError> {
    let derived = derive::derive(page, &load, &derive::Options::default())?;
    let safe = |message: &str| sanitize::text(message).into_owned();
    let warnings = derived.warnings.into_iter().map(|warning| Doubt {
        page: warning.page,
        line: warning.line,
        message: safe(&warning.message),
    });
    let unresolved = derived.unresolved.iter().map(|unresolved| Doubt {
        page: unresolved.page.clone(),
        line: unresolved.line,
        message: safe(&unresolved.message()),
    });
    Ok(Derived {
        doubts: warnings.chain(unresolved).collect(),
        resource: Resource {
            model: Arc::new(derived.model),
            unresolved: derived.unresolved.into(),
        },
    })
}
