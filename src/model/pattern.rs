//! The literals of the OData primitive types as regular expressions, for JSON Schema.
//!
//! A second statement of what [`edm`](crate::edm) decides, as far as a pattern can say it; a test
//! holds the two together. Patterns keep to what ECMA-262 and linear-time engines share: no
//! look-around, no `\d`.

/// A pattern that matches this text alone. Escapes what ECMA-262 gives a meaning and nothing else:
/// with the `u` flag it refuses other escapes.
pub(super) fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if "^$\\.*+?()[]{}|".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

macro_rules! date {
    () => {
        concat!(
            "(?:",
            "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})-(?:",
            "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
            "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
            "|02-(?:0[1-9]|1[0-9]|2[0-8]))",
            "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])",
            "|(?:0[48]|[2468][048]|[13579][26])00)-02-29",
            ")"
        )
    };
}

macro_rules! time {
    () => {
        "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,12})?)?"
    };
}

macro_rules! seconds {
    () => {
        "[0-9]+(?:\\.[0-9]+)?S"
    };
}

macro_rules! clock {
    () => {
        concat!(
            "(?:[0-9]+H(?:[0-9]+M)?(?:",
            seconds!(),
            ")?|[0-9]+M(?:",
            seconds!(),
            ")?|",
            seconds!(),
            ")"
        )
    };
}

/// Edm.Date: a day of the proleptic Gregorian calendar, years 0001 to 9999.
pub(crate) const DATE: &str = concat!("^", date!(), "$");

/// Edm.DateTimeOffset: seconds may be left out, up to 12 fraction digits, offsets within 14 hours.
pub(crate) const DATE_TIME: &str = concat!(
    "^",
    date!(),
    "T",
    time!(),
    "(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))$"
);

/// Edm.Duration: days, hours, minutes and seconds, at least one of them, in this order.
pub(crate) const DURATION: &str = concat!("^-?P(?:[0-9]+D(?:T", clock!(), ")?|T", clock!(), ")$");

/// Edm.TimeOfDay
pub(crate) const TIME_OF_DAY: &str = concat!("^", time!(), "$");

/// Edm.Guid: 8-4-4-4-12 hexadecimal digits.
pub(crate) const GUID: &str =
    "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$";

/// Edm.Binary: base64url (RFC 4648 section 5) or the plain alphabet (section 4) that Graph itself
/// writes; padding may be left out.
pub(crate) const BINARY: &str = "^(?:[0-9A-Za-z+/_-]{4})*(?:[0-9A-Za-z+/_-][AQgw](?:==)?|[0-9A-Za-z+/_-]{2}[AEIMQUYcgkosw048]=?)?$";

/// Edm.Double and Edm.Single: the values that a JSON number cannot be (OData JSON Format, 7.1).
pub(crate) const NOT_FINITE: &str = "^(?:-?INF|NaN)$";

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Which of the texts do not match.
    fn refused<'a>(pattern: &str, texts: &[&'a str]) -> Vec<&'a str> {
        let schema = json!({ "pattern": pattern });
        let options =
            jsonschema::options().with_pattern_options(jsonschema::PatternOptions::regex());
        let validator = options.build(&schema).expect("a linear-time pattern");
        let refused = |text: &&&str| !validator.is_valid(&Value::from(**text));
        texts.iter().filter(refused).copied().collect()
    }

    #[test]
    fn patterns_take_every_literal_of_the_type() {
        let cases: [(&str, &[&str]); 7] = [
            (
                DATE_TIME,
                &[
                    "2016-12-31T23:59:23.3984029-08:00",
                    "2017-01-01T00:00Z",
                    "0001-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999999999+14:00",
                    "2000-02-29T00:00:00-00:00",
                    "2024-02-29T00:00:00+13:59",
                ],
            ),
            (
                DURATION,
                &[
                    "PT0S",
                    "P0D",
                    "-PT1M32.1347897S",
                    "P1DT2H3M4.5S",
                    "PT2H4S",
                    "PT90M",
                    "P10675199DT2H",
                ],
            ),
            (DATE, &["0004-02-29", "2400-02-29", "2023-12-31"]),
            (TIME_OF_DAY, &["00:00", "23:59:59.123456789012"]),
            (GUID, &["3e455cab-5cab-3e45-AB5C-453eab5c453e"]),
            (BINARY, &["", "YQ", "YQ==", "YWE=", "YWFh", "-_-_", "+/+/"]),
            (NOT_FINITE, &["INF", "-INF", "NaN"]),
        ];
        for (pattern, literals) in cases {
            assert_eq!(refused(pattern, literals), [""; 0], "{pattern}");
        }
    }

    #[test]
    fn patterns_refuse_everything_else() {
        let cases: [(&str, &[&str]); 7] = [
            (
                DATE_TIME,
                &[
                    "2017-01-01T00:00:00",
                    "2017-01-01 00:00:00Z",
                    "2017-01-01t00:00:00z",
                    "2017-02-29T00:00:00Z",
                    "1900-02-29T00:00:00Z",
                    "0000-02-29T00:00:00Z",
                    "2017-04-31T00:00:00Z",
                    "2017-00-10T00:00:00Z",
                    "10000-01-01T00:00:00Z",
                    "2017-01-01T24:00:00Z",
                    "2016-12-31T23:59:60Z",
                    "2017-01-01T00:00:00.Z",
                    "2017-01-01T00:00:00.1234567890123Z",
                    "2017-01-01T00:00:00+14:01",
                    "2017-01-01T00:00:00+0100",
                    "x2017-01-01T00:00:00Z",
                    "2017-01-01T00:00:00Zx",
                    "２017-01-01T00:00:00Z",
                ],
            ),
            (
                DURATION,
                &[
                    "", "P", "PT", "P1DT", "+PT1S", "P1Y", "P1M", "P1W", "PT5", "pt1s", "PT.5S",
                    "PT1.S", "PT1S2M", "PT0.5M",
                ],
            ),
            (
                DATE,
                &["2023-13-01", "2023-1-1", "2023-02-30", "2023-01-01Z"],
            ),
            (TIME_OF_DAY, &["24:00", "1:00", "00:00:60", "00:00Z"]),
            (
                GUID,
                &[
                    "{3e455cab-5cab-3e45-ab5c-453eab5c453e}",
                    "3e455cab5cab3e45ab5c453eab5c453e",
                ],
            ),
            (
                BINARY,
                &["Y", "YR", "YQ=", "YW==", "YWFh=", "YQ==YQ==", "Y Q"],
            ),
            (NOT_FINITE, &["inf", "+INF", "1.5", ""]),
        ];
        for (pattern, texts) in cases {
            assert_eq!(refused(pattern, texts), texts, "{pattern}");
        }
    }
}
