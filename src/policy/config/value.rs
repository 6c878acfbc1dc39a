//! Values of the configuration file with their places, taken as what they must be.
//!
//! Owns the words for values of a wrong type. Knows nothing of the keys.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ConfigError;
use crate::policy::globs::{is_inside, with_slashes};
use crate::policy::selection::Refusal;

/// The value of a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    /// The key, for messages.
    pub(super) key: &'a str,
    spanned: &'a Spanned<DeValue<'a>>,
    /// It is an element of the key's list.
    element: bool,
    /// The revisions there are.
    pub(super) revisions: &'a [String],
}

/// The names and values of a table.
pub(super) struct Table<'a> {
    pub(super) span: Range<usize>,
    members: &'a DeTable<'a>,
    revisions: &'a [String],
}

impl<'a> Value<'a> {
    /// The whole file.
    pub(super) fn root(file: &'a Spanned<DeTable<'a>>, revisions: &'a [String]) -> Table<'a> {
        Table {
            span: file.span(),
            members: file.get_ref(),
            revisions,
        }
    }

    pub(super) fn text(self) -> Result<&'a str, ConfigError> {
        let text = self.spanned.get_ref().as_str();
        text.ok_or_else(|| self.wrong_type("a string"))
    }

    pub(super) fn boolean(self) -> Result<bool, ConfigError> {
        let value = self.spanned.get_ref().as_bool();
        value.ok_or_else(|| self.wrong_type("a boolean"))
    }

    /// The elements of a list of `what`.
    pub(super) fn list(
        self,
        what: &str,
    ) -> Result<impl Iterator<Item = Value<'a>> + use<'a>, ConfigError> {
        let elements = self.spanned.get_ref().as_array();
        let elements = elements.ok_or_else(|| self.wrong_type(&format!("a list of {what}")))?;
        Ok(elements.iter().map(move |spanned| Value {
            spanned,
            element: true,
            ..self
        }))
    }

    /// The elements of a list of texts, converted.
    pub(super) fn texts<T>(
        self,
        what: &str,
        convert: impl Fn(&'a str) -> Result<T, Refusal>,
    ) -> Result<Vec<T>, ConfigError> {
        let elements = self.list(what)?;
        elements
            .map(|element| element.converted(&convert))
            .collect()
    }

    /// The text, converted.
    pub(super) fn converted<T>(
        self,
        convert: impl FnOnce(&'a str) -> Result<T, Refusal>,
    ) -> Result<T, ConfigError> {
        convert(self.text()?).map_err(|refusal| self.refused(refusal))
    }

    pub(super) fn table(self) -> Result<Table<'a>, ConfigError> {
        let members = self.spanned.get_ref().as_table();
        Ok(Table {
            span: self.spanned.span(),
            members: members.ok_or_else(|| self.wrong_type("a table"))?,
            revisions: self.revisions,
        })
    }

    pub(super) fn is_table(self) -> bool {
        matches!(self.spanned.get_ref(), DeValue::Table(_))
    }

    /// A path below the folder of the configuration, with `/` between its parts.
    pub(super) fn path_inside(self) -> Result<Cow<'a, str>, ConfigError> {
        self.converted(|text| {
            let text = with_slashes(text)?;
            let message = format!(
                "`{}` must name something inside the configuration's folder",
                self.key
            );
            let help = "write a path relative to that folder, without `..`";
            let refusal = || Refusal::new(message, Some(help.to_owned()));
            is_inside(&text).then_some(text).ok_or_else(refusal)
        })
    }

    pub(super) fn refused(self, refusal: Refusal) -> ConfigError {
        ConfigError {
            message: refusal.message,
            help: refusal.help,
            span: self.spanned.span(),
        }
    }

    fn wrong_type(self, expected: &str) -> ConfigError {
        let found = match self.spanned.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date-time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let whose = if self.element { "an element of " } else { "" };
        let message = format!("{whose}`{}` must be {expected}, not {found}", self.key);
        self.refused(Refusal::new(message, None))
    }
}

impl<'a> Table<'a> {
    /// Names with their places and values, in the order of the file.
    pub(super) fn members(&self) -> Vec<(&'a str, Range<usize>, Value<'a>)> {
        let revisions = self.revisions;
        let member = |(name, value): (&'a Spanned<_>, &'a Spanned<DeValue<'a>>)| {
            let key: &'a std::borrow::Cow<'a, str> = name.get_ref();
            let value = Value {
                key,
                spanned: value,
                element: false,
                revisions,
            };
            (key.as_ref(), name.span(), value)
        };
        let mut members: Vec<_> = self.members.iter().map(member).collect();
        members.sort_by_key(|(_, span, _)| span.start);
        members
    }
}
