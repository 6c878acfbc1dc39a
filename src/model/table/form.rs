//! The form of the property table, and how a [`Model`] is made of one.

use std::borrow::Cow;
use std::fmt;

use crate::model::{
    Edm, EnumMember, Enumeration, Life, Member, Model, Role, StructuredType, Text, TypeRef,
};

/// A row names what the table does not define.
#[derive(Debug)]
pub(super) struct TableError(String);

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(super) type Rows<T> = Cow<'static, [T]>;

#[derive(Debug, Clone)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub(super) struct Table {
    pub(super) name: Text,
    pub(super) revisions: Rows<Text>,
    pub(super) types: Rows<TypeTable>,
    pub(super) enumerations: Rows<EnumerationTable>,
}

#[derive(Debug, Clone)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub(super) struct TypeTable {
    pub(super) name: Text,
    pub(super) description: Text,
    pub(super) members: Rows<MemberRow>,
}

#[derive(Debug, Clone)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub(super) struct MemberRow {
    pub(super) name: Text,
    #[cfg_attr(test, serde(rename = "type"))]
    pub(super) type_name: Text,
    #[cfg_attr(test, serde(default))]
    pub(super) collection: bool,
    #[cfg_attr(test, serde(default))]
    pub(super) navigation: bool,
    #[cfg_attr(test, serde(default))]
    pub(super) nullable: bool,
    pub(super) since: Option<Text>,
    pub(super) removed: Option<Text>,
    pub(super) role: Option<Role>,
    pub(super) title: Text,
    pub(super) description: Text,
}

#[derive(Debug, Clone)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub(super) struct EnumerationTable {
    pub(super) name: Text,
    pub(super) description: Text,
    pub(super) members: Rows<EnumMemberRow>,
}

#[derive(Debug, Clone)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub(super) struct EnumMemberRow {
    pub(super) name: Text,
    pub(super) value: i64,
    pub(super) since: Option<Text>,
    pub(super) description: Text,
}

impl Table {
    pub(super) fn model(&self) -> Result<Model, TableError> {
        let types = self.types.iter().map(|table| self.structured(table));
        let enumerations = self
            .enumerations
            .iter()
            .map(|table| self.enumeration(table));
        Ok(Model {
            qualified_name: self.name.to_string(),
            revisions: self.revisions.iter().map(ToString::to_string).collect(),
            types: types.collect::<Result<_, _>>()?,
            enumerations: enumerations.collect::<Result<_, _>>()?,
        })
    }

    fn structured(&self, table: &TypeTable) -> Result<StructuredType, TableError> {
        let members = table.members.iter().map(|row| self.member(row));
        Ok(StructuredType {
            name: table.name.to_string(),
            description: table.description.clone(),
            members: members.collect::<Result<_, _>>()?,
            ..StructuredType::default()
        })
    }

    fn member(&self, row: &MemberRow) -> Result<Member, TableError> {
        Ok(Member {
            name: row.name.to_string(),
            type_ref: self.type_ref(&row.type_name)?,
            collection: row.collection,
            nullable: row.nullable,
            navigation: row.navigation,
            role: row.role,
            life: self.life(row.since.as_deref(), row.removed.as_deref())?,
            title: row.title.clone(),
            description: row.description.clone(),
        })
    }

    fn enumeration(&self, table: &EnumerationTable) -> Result<Enumeration, TableError> {
        let members = table.members.iter().map(|row| {
            Ok(EnumMember {
                name: row.name.to_string(),
                value: Some(row.value),
                life: self.life(row.since.as_deref(), None)?,
                description: row.description.clone(),
            })
        });
        Ok(Enumeration {
            name: table.name.to_string(),
            description: table.description.clone(),
            flags: false,
            members: members.collect::<Result<_, TableError>>()?,
        })
    }

    fn type_ref(&self, name: &str) -> Result<TypeRef, TableError> {
        let enumeration = || self.enumerations.iter().position(|of| of.name == name);
        let structured = || self.types.iter().position(|of| of.name == name);
        Edm::from_name(name)
            .map(TypeRef::Edm)
            .or_else(|| enumeration().map(TypeRef::Enumeration))
            .or_else(|| structured().map(TypeRef::Structured))
            .ok_or_else(|| TableError(format!("the table defines no type `{name}`")))
    }

    fn life(&self, since: Option<&str>, removed: Option<&str>) -> Result<Life, TableError> {
        Ok(Life {
            since: since.map_or(Ok(0), |name| self.revision(name))?,
            removed: removed.map(|name| self.revision(name)).transpose()?,
        })
    }

    fn revision(&self, name: &str) -> Result<usize, TableError> {
        self.revisions
            .iter()
            .position(|known| known == name)
            .ok_or_else(|| TableError(format!("the table lists no revision `{name}`")))
    }
}
