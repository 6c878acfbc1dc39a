//! What one documentation page says, as data.
//!
//! Knows nothing of Markdown, nor of other pages: a type that has a page of its own is a name and
//! that page's path.

use super::samples::Sample;
use crate::model::Edm;

/// What a page describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    /// A POST that creates an entity.
    Create,
    /// A PATCH.
    Update,
    /// A GET of one entity.
    Get,
    /// A GET of a collection.
    List,
    /// A DELETE: no payload at all.
    Delete,
    /// A POST with parameters in the body.
    Action,
    /// A GET with parameters in the URL.
    Function,
    /// An entity or complex type.
    Resource,
    /// An enumeration type.
    Enumeration,
}

/// In which language a page speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Written in English.
    English,
    /// A translation that keeps the English text in hidden spans.
    Bilingual,
    /// A translation alone: names in its tables may be translated too.
    Translated,
}

/// A page, read by itself.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// What it describes.
    pub kind: PageKind,
    /// In which language.
    pub form: Form,
    /// The type or action it is about, spelt as JSON does where the page tells, else lower case.
    pub name: String,
    /// Namespace of that type.
    pub namespace: String,
    /// Rows of the property or parameter table.
    pub properties: Vec<Property>,
    /// Rows of the relationship table.
    pub navigation: Vec<Property>,
    /// Rows of the member table of an enumeration.
    pub members: Vec<Listed>,
    /// The type it inherits from, and that type's page.
    pub base: Option<Reference>,
    /// The resource page that the introduction links to.
    pub resource: Option<Reference>,
    /// Undeclared members are legal.
    pub open: bool,
    /// The payloads it shows.
    pub samples: Vec<Sample<'a>>,
    /// Relationships whose names a machine translated, and nothing on the page tells.
    pub lost: Vec<Property>,
    /// Where its parts disagree.
    pub notes: Vec<Note>,
}

/// A row of a property table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Name as JSON spells it.
    pub name: String,
    /// Line of the row.
    pub line: usize,
    /// Type of the value or of its elements.
    pub of: PropertyType,
    /// The value is an array.
    pub collection: bool,
    /// The page says that null is not legal.
    pub not_nullable: bool,
    /// Values listed in the description, where the type is a named one.
    pub listed: Vec<String>,
    /// The page that the row says it is inherited from.
    pub inherited_from: Option<String>,
}

/// The type a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PropertyType {
    /// A primitive type.
    Edm(Edm),
    /// A type with a page, or a bare name.
    Named(Reference),
}

/// A type that another page describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its name as the row shows it.
    pub name: String,
    /// Relative path of its page.
    pub page: Option<String>,
    /// Line of the reference.
    pub line: usize,
}

/// A row of a member table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Name as JSON spells it.
    pub name: String,
    /// Numeric value.
    pub value: Option<i64>,
    /// Line of the row.
    pub line: usize,
}

/// Something about a line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Line, from 1.
    pub line: usize,
    /// What is to be said, both readings included where two disagree.
    pub message: String,
}

impl Note {
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }
}
