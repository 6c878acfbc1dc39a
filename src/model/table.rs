//! The property table into a [`Model`].
//!
//! Owns the form of the table, which people edit as TOML. The bundled one is compiled in as data
//! (see `bundled`): reading the TOML would be a third of the work of a run over one file. Knows
//! nothing of JSON Schema and payloads.

#[rustfmt::skip]
mod bundled;

use std::borrow::Cow;
use std::fmt;

use super::{
    Edm, EnumMember, Enumeration, Life, Member, Model, Role, StructuredType, Text, TypeRef,
};

/// The bundled model of `deviceManagementAutopilotEvent`.
///
/// # Panics
/// Never: a test makes a model of the bundled table.
#[must_use]
pub fn autopilot_event() -> Model {
    match bundled::TABLE.model() {
        Ok(model) => model,
        Err(error) => unreachable!("a test makes a model of the bundled table: {error}"),
    }
}

/// A row names what the table does not define.
#[derive(Debug)]
struct TableError(String);

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

type Rows<T> = Cow<'static, [T]>;

#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
struct Table {
    name: Text,
    revisions: Rows<Text>,
    types: Rows<TypeTable>,
    enumerations: Rows<EnumerationTable>,
}

#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
struct TypeTable {
    name: Text,
    description: Text,
    members: Rows<MemberRow>,
}

#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
struct MemberRow {
    name: Text,
    #[cfg_attr(test, serde(rename = "type"))]
    type_name: Text,
    #[cfg_attr(test, serde(default))]
    collection: bool,
    #[cfg_attr(test, serde(default))]
    navigation: bool,
    #[cfg_attr(test, serde(default))]
    nullable: bool,
    since: Option<Text>,
    removed: Option<Text>,
    role: Option<Role>,
    title: Text,
    description: Text,
}

#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
struct EnumerationTable {
    name: Text,
    description: Text,
    members: Rows<EnumMemberRow>,
}

#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
struct EnumMemberRow {
    name: Text,
    value: i64,
    since: Option<Text>,
    description: Text,
}

impl Table {
    fn model(&self) -> Result<Model, TableError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = include_str!("../../schemas/autopilot-event.toml");

    fn read(text: &str) -> Result<Model, String> {
        let table: Table = toml::from_str(text).map_err(|error| error.to_string())?;
        table.model().map_err(|error| error.to_string())
    }

    /// `UPDATE_SCHEMAS=1 cargo test --lib table` writes the compiled-in form instead.
    #[test]
    fn what_is_compiled_in_is_what_people_edit() {
        let edited: Table = toml::from_str(TOML).expect("a table");
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/model/table/bundled.rs");
            return std::fs::write(path, source(&edited)).expect("a writable file");
        }
        assert_eq!(bundled::TABLE, edited, "see the head of this test");
    }

    /// The table as Rust source: what `Debug` gives, with the borrows that it does not show.
    fn source(table: &Table) -> String {
        let mut source = HEAD.to_owned();
        for line in format!("{table:#?};").lines() {
            let value = line
                .trim_start()
                .trim_start_matches(|c: char| c == '_' || c.is_lowercase());
            let value = value.strip_prefix(": ").unwrap_or(line.trim_start());
            source += &line[..line.len() - value.len()];
            source += &match value.strip_suffix(',') {
                Some("]") => "]),".to_owned(),
                Some(text) if text.starts_with('"') => ["Borrowed(", text, "),"].concat(),
                _ if value == "[" => "Borrowed(&[".to_owned(),
                _ => value.to_owned(),
            };
            source += "\n";
        }
        source
    }

    const HEAD: &str = "\
//! The bundled property table as data: `schemas/autopilot-event.toml`, written here by
//! `UPDATE_SCHEMAS=1 cargo test --lib table`.

use std::borrow::Cow::Borrowed;

use super::{EnumMemberRow, EnumerationTable, MemberRow, Table, TypeTable};
use crate::model::Role::{DeviceName, FreeText, Guid, OsVersion, SerialNumber, UserPrincipalName};

pub(super) static TABLE: Table = ";

    /// Members, id included and navigation left out, of each revision: as counted from the
    /// documentation's tables.
    #[test]
    fn bundled_table_has_the_documented_number_of_members() {
        let model = autopilot_event();
        let counts: Vec<usize> = (0..model.revisions.len())
            .map(|revision| {
                let members = model.resource().members.iter();
                members
                    .filter(|member| !member.navigation && member.life.covers(revision))
                    .count()
            })
            .collect();
        assert_eq!(counts, [23, 24, 27, 27, 25]);
    }

    #[test]
    fn unknown_names_are_refused() {
        let table = |member: &str| {
            format!(
                "name='x'\nrevisions=['2019-09']\nenumerations=[]\n[[types]]\nname='x'\n\
                 description=''\n[[types.members]]\nname='a'\ntitle=''\ndescription=''\n{member}"
            )
        };
        assert!(read(&table("type='Edm.String'")).is_ok());
        for (member, expected) in [
            ("type='Edm.Strin'", "no type `Edm.Strin`"),
            (
                "type='Edm.String'\nsince='2020-03'",
                "no revision `2020-03`",
            ),
            (
                "type='Edm.String'\nsinse='2019-09'",
                "unknown field `sinse`",
            ),
        ] {
            let error = read(&table(member)).expect_err(member);
            assert!(error.contains(expected), "{error}");
        }
    }
}
