//! The property table into a [`Model`].
//!
//! Owns the form of the table, which people edit as TOML. The bundled one is compiled in as data
//! (see `bundled`): reading the TOML would be a third of the work of a run over one file. Knows
//! nothing of JSON Schema and payloads.

#[rustfmt::skip]
mod bundled;
mod form;

use super::Model;

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

#[cfg(test)]
mod tests {
    use super::form::Table;
    use super::*;
    use crate::golden;

    const TOML: &str = include_str!("../../schemas/autopilot-event.toml");

    fn read(text: &str) -> Result<Model, String> {
        let table: Table = toml::from_str(text).map_err(|error| error.to_string())?;
        table.model().map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_compiled_in_is_what_people_edit() {
        let edited: Table = toml::from_str(TOML).expect("a table");
        golden::hold_source("src/model/table/bundled.rs", &source(&edited));
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
//! `UPDATE_EXPECT=1 cargo test --lib table`.

use std::borrow::Cow::Borrowed;

use super::form::{EnumMemberRow, EnumerationTable, MemberRow, Table, TypeTable};
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
