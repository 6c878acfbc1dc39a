//! The OData primitive types: one table of all that is known of each.
//!
//! A row says how JSON writes the values of a type (OData JSON Format 4.01, 7.1), which grammar of
//! [`edm`](crate::edm) decides their literals, and what JSON Schema has for it. Whoever has to know
//! one of these asks here, so that a new type is a new row. Knows nothing of members and payloads.

use std::ops::RangeInclusive;

use super::json_type::JsonType;
use super::pattern;
use crate::edm::{Grammar, integer};

/// What is known of a type.
struct Facts {
    name: &'static str,
    json: &'static [JsonType],
    grammar: Grammar,
    pattern: Option<&'static str>,
    format: Option<&'static str>,
}

impl Facts {
    const fn new(json: &'static [JsonType], grammar: Grammar) -> Self {
        Self {
            name: "",
            json,
            grammar,
            pattern: None,
            format: None,
        }
    }

    const fn text(grammar: Grammar) -> Self {
        Self::new(&[JsonType::String], grammar)
    }

    const fn integer(range: RangeInclusive<i64>) -> Self {
        Self::new(&[JsonType::Integer], Grammar::Integer(range))
    }

    /// What a text is that is a value.
    const fn pattern(self, pattern: &'static str) -> Self {
        let pattern = Some(pattern);
        Self { pattern, ..self }
    }

    /// The `format` of JSON Schema that means the same, or nearly.
    const fn format(self, format: &'static str) -> Self {
        let format = Some(format);
        Self { format, ..self }
    }

    const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }
}

/// Makes the types of a table with a row for each.
macro_rules! types {
    ($($name:ident: $facts:expr;)+) => {
        /// The OData primitive types that Graph uses.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Edm {
            $(#[doc = concat!("Edm.", stringify!($name))] $name,)+
        }

        impl Edm {
            /// Every type.
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }

        /// The rows, in the order of [`Edm::ALL`].
        static FACTS: [Facts; Edm::ALL.len()] =
            [$($facts.named(concat!("Edm.", stringify!($name)))),+];
    };
}

/// Texts for what JSON has no number for.
const NUMBER_OR_TEXT: &[JsonType] = &[JsonType::Number, JsonType::String];

types! {
    Binary: Facts::text(Grammar::Binary).pattern(pattern::BINARY);
    Boolean: Facts::new(&[JsonType::Boolean], Grammar::Boolean);
    Byte: Facts::integer(integer::BYTE);
    Date: Facts::text(Grammar::Date).pattern(pattern::DATE).format("date");
    DateTimeOffset: Facts::text(Grammar::DateTime).pattern(pattern::DATE_TIME).format("date-time");
    Decimal: Facts::new(&[JsonType::Number], Grammar::Decimal);
    Double: Facts::new(NUMBER_OR_TEXT, Grammar::Double).pattern(pattern::NOT_FINITE);
    Duration: Facts::text(Grammar::Duration).pattern(pattern::DURATION).format("duration");
    Guid: Facts::text(Grammar::Guid).pattern(pattern::GUID).format("uuid");
    Int16: Facts::integer(integer::INT16);
    Int32: Facts::integer(integer::INT32);
    Int64: Facts::integer(integer::INT64);
    SByte: Facts::integer(integer::SBYTE);
    Single: Facts::new(NUMBER_OR_TEXT, Grammar::Single).pattern(pattern::NOT_FINITE);
    // Its values do not stand in JSON; what does is text.
    Stream: Facts::text(Grammar::Any);
    String: Facts::text(Grammar::Text);
    TimeOfDay: Facts::text(Grammar::TimeOfDay).pattern(pattern::TIME_OF_DAY).format("time");
    Untyped: Facts::new(&[], Grammar::Any);
}

impl Edm {
    #[inline]
    const fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }

    /// Qualified name, for example `Edm.Int32`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// The type of this qualified name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|edm| edm.name() == name)
    }

    /// The types of the JSON values that it has, the usual one first; none where it has all.
    #[must_use]
    pub const fn json_types(self) -> &'static [JsonType] {
        self.facts().json
    }

    /// Whether JSON writes values as numbers.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(
            self.json_types(),
            [JsonType::Integer | JsonType::Number, ..]
        )
    }

    /// What decides its literals.
    #[must_use]
    #[inline]
    pub const fn grammar(self) -> &'static Grammar {
        &self.facts().grammar
    }

    /// A regular expression that every text matches which is a value, and as far as a regular
    /// expression can tell no other; `None` where every text is one, or none.
    #[must_use]
    pub const fn pattern(self) -> Option<&'static str> {
        self.facts().pattern
    }

    /// The `format` of JSON Schema that comes nearest.
    #[must_use]
    pub const fn format(self) -> Option<&'static str> {
        self.facts().format
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edm::number::{self, Written};
    use crate::edm::{binary, date, date_time, duration, guid, time_of_day};

    #[test]
    fn rows_stand_in_the_order_of_the_types() {
        for edm in Edm::ALL {
            assert_eq!(edm.name(), format!("Edm.{edm:?}"));
            assert_eq!(Edm::from_name(edm.name()), Some(*edm));
        }
        assert_eq!(Edm::from_name("Int32"), None);
    }

    /// Whether a text is a literal, and such texts.
    type Grammared = (fn(&str) -> bool, &'static [&'static str]);

    fn texts_of(grammar: &Grammar) -> Grammared {
        // The range of a TimeSpan is beyond what a pattern can say.
        let duration: fn(&str) -> bool = |text| {
            !matches!(
                duration::parse(text),
                Err(duration::DurationFault::Syntax(_))
            )
        };
        match grammar {
            Grammar::Binary => (
                |text| binary::parse(text).is_ok(),
                &["YQ==", "YWE=", "YWFhYWFh", "-_A"],
            ),
            Grammar::Date => (
                |text| date::parse(text).is_ok(),
                &["2023-04-30", "2000-02-29"],
            ),
            Grammar::DateTime => (
                |text| date_time::parse(text).is_ok(),
                &[
                    "2016-12-31T23:59:23.3984029-08:00",
                    "2024-02-29T10:20Z",
                    "1900-02-28T00:00:59+13:59",
                ],
            ),
            Grammar::Double => (
                |text| number::parse_double(Written::Text(text)).is_ok(),
                &["INF", "-INF", "NaN"],
            ),
            Grammar::Duration => (duration, &["-P1DT2H3M4.5S", "PT0S", "P1D", "PT2H4S"]),
            Grammar::Guid => (
                |text| guid::parse(text).is_ok(),
                &["3e455cab-5cab-3e45-AB5C-453eab5c453e"],
            ),
            Grammar::Single => (
                |text| number::parse_single(Written::Text(text)).is_ok(),
                &["INF", "-INF", "NaN"],
            ),
            Grammar::TimeOfDay => (
                |text| time_of_day::parse(text).is_ok(),
                &["23:59:59.1234567", "10:20"],
            ),
            other => unreachable!("{other:?} decides no texts by a pattern"),
        }
    }

    /// Every text that differs from `seed` in one character, and the seed.
    fn neighbours(seed: &str) -> Vec<String> {
        let alphabet = "0123456789-+:.TZPDHMSYW tz=Aa";
        let mut texts = vec![seed.to_owned()];
        for at in 0..seed.len() {
            texts.push([&seed[..at], &seed[at + 1..]].concat());
            for c in alphabet.chars() {
                texts.push(format!("{}{c}{}", &seed[..at], &seed[at + 1..]));
                texts.push(format!("{}{c}{}", &seed[..at], &seed[at..]));
            }
        }
        texts
    }

    /// The patterns are a second statement of what `edm` decides: they must not drift apart.
    #[test]
    fn patterns_agree_with_the_literal_grammars() {
        let with_pattern = |edm: &Edm| Some((*edm, edm.pattern()?));
        for (edm, pattern) in Edm::ALL.iter().filter_map(with_pattern) {
            let schema = serde_json::json!({ "pattern": pattern });
            let validator = jsonschema::options()
                .with_pattern_options(jsonschema::PatternOptions::regex())
                .build(&schema)
                .expect("a linear-time pattern");
            let (is_literal, seeds) = texts_of(edm.grammar());
            for seed in seeds {
                assert!(is_literal(seed), "{edm:?} {seed:?}");
                for text in neighbours(seed) {
                    let matches = validator.is_valid(&text.as_str().into());
                    assert_eq!(is_literal(&text), matches, "{edm:?} {text:?}");
                }
            }
        }
    }
}
