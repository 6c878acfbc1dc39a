//! The property table as people edit it (TOML) into a [`Model`].
//!
//! Owns the file's form and the bundled table. Knows nothing of JSON Schema and payloads.

use std::fmt;

use serde::Deserialize;

use super::{Edm, EnumMember, Enumeration, Life, Member, Model, Role, StructuredType, TypeRef};

/// The table of `deviceManagementAutopilotEvent` in all its revisions.
const AUTOPILOT_EVENT: &str = include_str!("../../schemas/autopilot-event.toml");

/// The bundled model of `deviceManagementAutopilotEvent`.
///
/// # Panics
/// Never: a test reads the bundled table.
#[must_use]
pub fn autopilot_event() -> Model {
    match read(AUTOPILOT_EVENT) {
        Ok(model) => model,
        Err(error) => unreachable!("the bundled table is read by a test: {error}"),
    }
}

/// Why a table could not be read.
#[derive(Debug)]
pub struct TableError(String);

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TableError {}

/// Reads a table.
///
/// # Errors
/// When it is not TOML of the expected form, or names a type or revision that it does not define.
pub fn read(text: &str) -> Result<Model, TableError> {
    let table: Table = toml::from_str(text).map_err(|error| TableError(error.to_string()))?;
    table.into_model()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: String,
    revisions: Vec<String>,
    types: Vec<TypeTable>,
    enumerations: Vec<EnumerationTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeTable {
    name: String,
    description: String,
    members: Vec<MemberRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberRow {
    name: String,
    r#type: String,
    #[serde(default)]
    collection: bool,
    #[serde(default)]
    navigation: bool,
    #[serde(default)]
    nullable: bool,
    since: Option<String>,
    removed: Option<String>,
    role: Option<Role>,
    title: String,
    description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnumerationTable {
    name: String,
    description: String,
    members: Vec<EnumMemberRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnumMemberRow {
    name: String,
    value: i64,
    since: Option<String>,
    description: String,
}

/// The names that rows refer to.
struct Names {
    revisions: Vec<String>,
    types: Vec<String>,
    enumerations: Vec<String>,
}

impl Table {
    fn into_model(self) -> Result<Model, TableError> {
        let names = Names {
            types: self.types.iter().map(|row| row.name.clone()).collect(),
            enumerations: self
                .enumerations
                .iter()
                .map(|row| row.name.clone())
                .collect(),
            revisions: self.revisions.clone(),
        };
        Ok(Model {
            qualified_name: self.name,
            revisions: self.revisions,
            types: self
                .types
                .into_iter()
                .map(|table| table.into_type(&names))
                .collect::<Result<_, _>>()?,
            enumerations: self
                .enumerations
                .into_iter()
                .map(|table| table.into_enumeration(&names))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl TypeTable {
    fn into_type(self, names: &Names) -> Result<StructuredType, TableError> {
        Ok(StructuredType {
            name: self.name,
            description: self.description,
            members: self
                .members
                .into_iter()
                .map(|row| row.into_member(names))
                .collect::<Result<_, _>>()?,
            ..StructuredType::default()
        })
    }
}

impl MemberRow {
    fn into_member(self, names: &Names) -> Result<Member, TableError> {
        Ok(Member {
            type_ref: names.type_ref(&self.r#type)?,
            life: names.life(self.since.as_deref(), self.removed.as_deref())?,
            name: self.name,
            collection: self.collection,
            nullable: self.nullable,
            navigation: self.navigation,
            role: self.role,
            title: self.title,
            description: self.description,
        })
    }
}

impl EnumerationTable {
    fn into_enumeration(self, names: &Names) -> Result<Enumeration, TableError> {
        let members = self.members.into_iter().map(|row| {
            Ok(EnumMember {
                life: names.life(row.since.as_deref(), None)?,
                name: row.name,
                value: Some(row.value),
                description: row.description,
            })
        });
        Ok(Enumeration {
            members: members.collect::<Result<_, TableError>>()?,
            name: self.name,
            description: self.description,
            flags: false,
        })
    }
}

impl Names {
    fn type_ref(&self, name: &str) -> Result<TypeRef, TableError> {
        let position = |names: &[String]| names.iter().position(|known| known == name);
        Edm::from_name(name)
            .map(TypeRef::Edm)
            .or_else(|| position(&self.enumerations).map(TypeRef::Enumeration))
            .or_else(|| position(&self.types).map(TypeRef::Structured))
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
            let error = read(&table(member)).expect_err(member).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
