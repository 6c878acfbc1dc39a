//! From the text of a configuration file to a [`Config`].

use toml::de::DeTable;

use super::error::ConfigError;
use super::key::read;
use super::keys;
use super::settings::Config;
use super::value::Value;

impl Config {
    /// Reads a configuration; `revisions` are those of the model.
    ///
    /// # Errors
    /// The first fault in it.
    pub fn parse(text: &str, revisions: &[String]) -> Result<Self, ConfigError> {
        let file = DeTable::parse(text).map_err(|error| not_toml(text, &error))?;
        read(keys::ROOT, &Value::root(&file, revisions))
    }

    /// The schema that a configuration names, which has the revisions to read the rest with; `None`
    /// also where the rest is not read because of a fault there.
    #[must_use]
    pub fn schema_of(text: &str) -> Option<String> {
        let file = DeTable::parse(text).ok()?;
        let mut config = Self::default();
        let members = Value::root(&file, &[]).members();
        let (.., value) = members
            .into_iter()
            .find(|(name, ..)| *name == keys::SCHEMA.name)?;
        (keys::SCHEMA.read)(&mut config, value).ok()?;
        config.schema
    }
}

fn not_toml(text: &str, error: &toml::de::Error) -> ConfigError {
    let span = error.span().unwrap_or_default();
    // The one who writes both `ignore = [..]` and `[[ignore]]` cannot know that they are one key.
    let help = "`ignore` and `[[ignore]]` are one key; put both into one list: \
        ignore = [\"a-rule\", { rule = .., file = .., pointer = .., reason = .. }]";
    let of_ignore = text.get(span.clone()) == Some("ignore");
    ConfigError {
        message: format!("not TOML: {}", error.message().replace('\n', ", ")),
        help: of_ignore.then(|| help.to_owned()),
        span,
    }
}
