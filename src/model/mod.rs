//! The property table of a resource as data: types, members, enumerations, revisions.
//!
//! One [`Model`] serves everything: the bundled table fills it ([`table`]), `derive` fills it from
//! a documentation page, and the JSON Schema is written from it ([`schema`]). Knows nothing of
//! payloads and rules.

pub mod from_schema;
mod json_type;
mod keywords;
mod lookup;
pub(crate) mod pattern;
mod primitive;
pub mod schema;
pub mod table;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ptr;
use std::sync::Arc;

pub use json_type::JsonType;
pub(crate) use lookup::{Lookup, letters};
pub use primitive::Edm;

/// Words of a model: those of the bundled table are compiled in.
pub type Text = Cow<'static, str>;

/// A resource with all that it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Qualified name without `#`, for example `microsoft.graph.deviceManagementAutopilotEvent`.
    pub qualified_name: String,
    /// Dated revisions, oldest first; empty where the source knows but one.
    pub revisions: Vec<String>,
    /// Structured types; the first is the resource itself.
    pub types: Vec<StructuredType>,
    /// Enumeration types.
    pub enumerations: Vec<Enumeration>,
}

/// An entity or complex type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StructuredType {
    /// Name without namespace.
    pub name: String,
    /// What it is, in one sentence.
    pub description: Text,
    /// Declared properties in table order, navigation properties last.
    pub members: Vec<Member>,
    /// Undeclared members are legal (OData open type).
    pub open: bool,
    /// Index into [`Model::types`] of the base type where its members are not repeated in
    /// `members`.
    pub base: Option<usize>,
}

/// A declared property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Name as JSON spells it.
    pub name: String,
    /// Type of the value, or of its elements where `collection` is set.
    pub type_ref: TypeRef,
    /// The value is an array.
    pub collection: bool,
    /// `null` is legal.
    pub nullable: bool,
    /// A navigation property: present only when asked for.
    pub navigation: bool,
    /// What the text of a string stands for.
    pub role: Option<Role>,
    /// The revisions that have it.
    pub life: Life,
    /// A few words, as a heading.
    pub title: Text,
    /// What it is, in a sentence of ours.
    pub description: Text,
}

/// What the text of an Edm.String stands for where its type does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A GUID in text form.
    Guid,
    /// `user@domain`.
    UserPrincipalName,
    /// A hardware serial number.
    SerialNumber,
    /// Four dotted numbers.
    OsVersion,
    /// The name of a device.
    DeviceName,
    /// Text for people, maybe of several lines.
    FreeText,
}

impl Role {
    /// Whether such a text tells one person or device from others.
    #[must_use]
    pub const fn identifies(self) -> bool {
        match self {
            Self::Guid | Self::UserPrincipalName | Self::SerialNumber | Self::DeviceName => true,
            Self::OsVersion | Self::FreeText => false,
        }
    }
}

impl Member {
    /// Whether its value identifies a person or a device.
    #[must_use]
    pub fn identifies(&self) -> bool {
        self.role.is_some_and(Role::identifies) || self.type_ref == TypeRef::Edm(Edm::Guid)
    }
}

/// From which to which revision something exists; indices into [`Model::revisions`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Life {
    /// First revision that has it.
    pub since: usize,
    /// First revision that has it no more.
    pub removed: Option<usize>,
}

impl Life {
    /// Whether the revision of this index has it.
    #[must_use]
    pub fn covers(&self, revision: usize) -> bool {
        self.since <= revision && self.removed.is_none_or(|removed| revision < removed)
    }
}

/// What a payload is for; decides which members must be there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// Not known: no member is required.
    #[default]
    Any,
    /// The body of a POST: every structural member but `id`.
    Create,
    /// The body of a PATCH: no member is required.
    Update,
    /// What the service answers: every structural member.
    Response,
}

impl Mode {
    /// All, by name.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Any, "any"),
        (Self::Create, "create"),
        (Self::Update, "update"),
        (Self::Response, "response"),
    ];

    /// Whether a payload must have the member.
    #[must_use]
    pub fn requires(self, member: &Member) -> bool {
        let required = match self {
            Self::Any | Self::Update => false,
            Self::Create => member.name != "id",
            Self::Response => true,
        };
        required && !member.navigation
    }

    /// The mode of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(_, known)| *known == name);
        found.map(|(mode, _)| mode)
    }

    /// The name as the command line spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Create => "create",
            Self::Update => "update",
            Self::Response => "response",
        }
    }
}

/// What a member's value is an instance of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypeRef {
    /// An OData primitive type.
    Edm(Edm),
    /// Index into [`Model::enumerations`].
    Enumeration(usize),
    /// Index into [`Model::types`].
    Structured(usize),
}

impl TypeRef {
    /// The usual type of its JSON values; `None` where these are of any type.
    #[must_use]
    pub fn json_type(self) -> Option<JsonType> {
        match self {
            Self::Edm(edm) => edm.json_types().first().copied(),
            Self::Enumeration(_) => Some(JsonType::String),
            Self::Structured(_) => Some(JsonType::Object),
        }
    }
}

/// An enumeration type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enumeration {
    /// Name without namespace.
    pub name: String,
    /// What it is, in one sentence.
    pub description: Text,
    /// Several members may be joined by commas.
    pub flags: bool,
    /// Members in the order of their values.
    pub members: Vec<EnumMember>,
}

/// A member of an enumeration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnumMember {
    /// Name as JSON spells it.
    pub name: String,
    /// Numeric value where the source gives it.
    pub value: Option<i64>,
    /// The revisions that have it.
    pub life: Life,
    /// What it means, in our words.
    pub description: Text,
}

impl StructuredType {
    /// The names of its own members, in table order.
    #[must_use]
    pub fn member_names(&self) -> Vec<&str> {
        self.members
            .iter()
            .map(|member| member.name.as_str())
            .collect()
    }
}

impl Model {
    /// Name of the resource that the rules on order, durations, states and texts speak of.
    pub const AUTOPILOT_EVENT: &str = "deviceManagementAutopilotEvent";

    /// Whether this is the resource of those rules, whatever its revision.
    #[must_use]
    pub fn is_autopilot_event(&self) -> bool {
        self.resource().name == Self::AUTOPILOT_EVENT
    }

    /// The same with the members of base types repeated in each type.
    #[must_use]
    pub fn flattened(self: Arc<Self>) -> Arc<Self> {
        if self.types.iter().all(|of| of.base.is_none()) {
            return self;
        }
        let mut model = Arc::unwrap_or_clone(self);
        let members: Vec<Vec<Member>> = model
            .types
            .iter()
            .map(|of| model.all_members(of).into_iter().cloned().collect())
            .collect();
        for (of, members) in model.types.iter_mut().zip(members) {
            of.members = members;
            of.base = None;
        }
        Arc::new(model)
    }

    /// The resource's own type.
    #[must_use]
    pub fn resource(&self) -> &StructuredType {
        &self.types[0]
    }

    /// Qualified name of a type of this model: the resource's namespace and `name`.
    #[must_use]
    pub fn qualify(&self, name: &str) -> String {
        match self.qualified_name.rsplit_once('.') {
            Some((namespace, _)) => format!("{namespace}.{name}"),
            None => name.to_owned(),
        }
    }

    /// Name of a type: qualified where it is a primitive one, without namespace where it is of
    /// this model.
    #[must_use]
    pub fn type_name(&self, of: TypeRef) -> &str {
        match of {
            TypeRef::Edm(edm) => edm.name(),
            TypeRef::Enumeration(at) => &self.enumerations[at].name,
            TypeRef::Structured(at) => &self.types[at].name,
        }
    }

    /// The members of a type in order, those of its base types first.
    #[must_use]
    pub fn all_members<'a>(&'a self, of: &'a StructuredType) -> Vec<&'a Member> {
        let mut line = vec![of];
        let mut base = of.base;
        let mut seen = HashSet::new();
        while let Some(at) = base
            && seen.insert(at)
            && !ptr::eq(&raw const self.types[at], of)
        {
            line.push(&self.types[at]);
            base = self.types[at].base;
        }
        line.iter().rev().flat_map(|one| &one.members).collect()
    }

    /// Index of the revision of this name.
    #[must_use]
    pub fn revision_index(&self, name: &str) -> Option<usize> {
        self.revisions.iter().position(|revision| revision == name)
    }
}
