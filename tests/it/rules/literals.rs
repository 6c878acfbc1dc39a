//! Every literal of the grammar tables, from a member of an event to the rules that find it.
//!
//! Sources: the OData ABNF and JSON format, .NET's readers, JSON Schema's test suite. What is an
//! error and what a warning is the contract's decision; each row is one literal.

use crate::library::Severity::{self, Error, Info, Warning};
use crate::library::{Category, Linter, Mode, Scratch};
use crate::support::linter;

type Finding = (&'static str, Severity);

/// Nothing is found.
const CLEAN: &[Finding] = &[];
const DATE_SYNTAX: &[Finding] = &[("date-time-syntax", Error)];
const DATE_RANGE: &[Finding] = &[("date-time-range", Error)];
const DURATION_SYNTAX: &[Finding] = &[("duration-syntax", Error)];
const DURATION_RANGE: &[Finding] = &[("duration-range", Error)];
const NEGATIVE: &[Finding] = &[("negative-duration", Warning)];
const PRECISION: &[Finding] = &[("precision-loss", Info)];
const IMPLAUSIBLE: &[Finding] = &[("implausible-date", Info)];
const GUID: &[Finding] = &[("guid-syntax", Warning)];
const ZERO_GUID: &[Finding] = &[("zero-guid", Warning)];
const FORM: &[Finding] = &[("integer-form", Error)];
const RANGE: &[Finding] = &[("integer-range", Error)];
const WRONG_TYPE: &[Finding] = &[("wrong-type", Error)];
const UNKNOWN: &[Finding] = &[("unknown-enum-member", Error)];
const NULL: &[Finding] = &[("null-not-allowed", Warning)];
const NULL_ERROR: &[Finding] = &[("null-not-allowed", Error)];
const JSON: &[Finding] = &[("json-syntax", Error)];
const SURROGATE: &[Finding] = &[("lone-surrogate", Error)];
const NON_CANONICAL: &[Finding] = &[("non-canonical-value", Warning)];

/// Categories that judge a literal as such, and not what it says.
const OF_LITERALS: [Category; 5] = [
    Category::Syntax,
    Category::Schema,
    Category::Value,
    Category::Order,
    Category::Duration,
];

/// What is found for `token` as the value of `member`. Everything found must be at the token; for
/// `json-syntax` and `lone-surrogate`, inside of it.
fn findings(linter: &Linter, member: &str, token: &str) -> Vec<Finding> {
    let before = format!("{{\"managedDeviceName\": \"BÜRO-7\",\n  \"{member}\": ");
    let text = format!("{before}{token}\n}}\n");
    let outcome = linter.check(text.as_bytes(), &mut Scratch::default());
    let of_literals = |category| OF_LITERALS.contains(&category);
    let found = outcome.diagnostics.iter();
    let found = found.filter(|found| of_literals(found.rule.category));
    let found = found.map(|found| {
        let span = &text[found.span.start..found.span.end];
        if ["json-syntax", "lone-surrogate"].contains(&found.rule.name) {
            assert!(token.contains(span), "{token}: {span:?}");
        } else {
            assert_eq!((found.span.start, span), (before.len(), token), "{token}");
            assert_eq!(found.pointer.as_str(), format!("/{member}"));
        }
        (found.rule.name, found.severity)
    });
    found.collect()
}

/// Compares every row; all that differ are shown at once.
fn rows(member: &str, also: &[&str], rows: &[(&str, &[Finding])], quote: impl Fn(&str) -> String) {
    let linter = linter(None, Mode::Any, also);
    let mut wrong = Vec::new();
    for (literal, expected) in rows {
        let found = findings(&linter, member, &quote(literal));
        if found != *expected {
            wrong.push(format!("{literal:?}: {found:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{member}\n{}", wrong.join("\n"));
}

/// The text as a JSON string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// JSON text as it is.
fn as_is(text: &str) -> String {
    text.to_owned()
}

#[test]
fn date_times() {
    let table: &[(&str, &[Finding])] = &[
        // The documentation's samples and what live data holds.
        ("2016-12-31T23:59:23.3984029-08:00", CLEAN),
        ("2017-01-01T00:02:48.7185581-08:00", CLEAN),
        ("2016-12-31T23:59:37.257201-08:00", CLEAN),
        ("2024-05-02T09:14:03Z", CLEAN),
        ("2024-05-02T09:14:03+02:00", CLEAN),
        ("2024-05-02T09:14:03-09:30", CLEAN),
        ("0001-01-01T00:00:00Z", CLEAN),
        ("0001-01-01T00:00:00.0000000Z", CLEAN),
        ("0001-12-31T23:59:59Z", CLEAN),
        // Fraction digits: 1 to 7 kept, to 12 legal, more not.
        ("2024-05-02T09:14:03.1Z", CLEAN),
        ("2024-05-02T09:14:03.12Z", CLEAN),
        ("2024-05-02T09:14:03.123Z", CLEAN),
        ("2024-05-02T09:14:03.1234Z", CLEAN),
        ("2024-05-02T09:14:03.12345Z", CLEAN),
        ("2024-05-02T09:14:03.123456Z", CLEAN),
        ("2024-05-02T09:14:03.1234567Z", CLEAN),
        ("2024-05-02T09:14:03.12345678Z", PRECISION),
        ("2024-05-02T09:14:03.123456789Z", PRECISION),
        ("2024-05-02T09:14:03.1234567890Z", PRECISION),
        ("2024-05-02T09:14:03.12345678901Z", PRECISION),
        ("2024-05-02T09:14:03.123456789012Z", PRECISION),
        ("2024-05-02T09:14:03.1234567890123Z", DATE_SYNTAX),
        ("2024-05-02T09:14:03.12345678901234567890Z", DATE_SYNTAX),
        ("2024-05-02T09:14:03.Z", DATE_SYNTAX),
        ("2024-05-02T09:14:03,5Z", DATE_SYNTAX),
        // Seconds are optional.
        ("2024-05-02T23:59Z", CLEAN),
        ("2024-05-02T23:59+02:00", CLEAN),
        ("2024-05-02T23Z", DATE_SYNTAX),
        // Letter case and separator.
        ("2024-05-02t09:14:03Z", DATE_SYNTAX),
        ("2024-05-02T09:14:03z", DATE_SYNTAX),
        ("2024-05-02t09:14:03z", DATE_SYNTAX),
        ("2024-05-02 09:14:03Z", DATE_SYNTAX),
        ("2024-05-02_09:14:03Z", DATE_SYNTAX),
        // Seconds: 60 is in the grammar, but no .NET instant.
        ("2024-05-02T23:59:59Z", CLEAN),
        ("2016-12-31T23:59:60Z", DATE_RANGE),
        ("2016-12-31T12:00:60Z", DATE_RANGE),
        ("2016-12-31T23:59:61Z", DATE_SYNTAX),
        ("2016-12-31T23:59:99Z", DATE_SYNTAX),
        // Hours and minutes.
        ("2024-05-02T24:00:00Z", DATE_SYNTAX),
        ("2024-05-02T23:60:00Z", DATE_SYNTAX),
        // Offsets: 23:59 is the grammar's limit, 14:00 that of .NET.
        ("2024-05-02T09:14:03-00:00", CLEAN),
        ("2024-05-02T09:14:03+00:00", CLEAN),
        ("2024-05-02T09:14:03+14:00", CLEAN),
        ("2024-05-02T09:14:03-14:00", CLEAN),
        ("2024-05-02T09:14:03+14:01", DATE_RANGE),
        ("2024-05-02T09:14:03-14:01", DATE_RANGE),
        ("2024-05-02T09:14:03+23:59", DATE_RANGE),
        ("2024-05-02T09:14:03-23:59", DATE_RANGE),
        ("2024-05-02T09:14:03+24:00", DATE_SYNTAX),
        ("2024-05-02T09:14:03-24:00", DATE_SYNTAX),
        ("2024-05-02T09:14:03+08:60", DATE_SYNTAX),
        ("2024-05-02T09:14:03+0800", DATE_SYNTAX),
        ("2024-05-02T09:14:03+08", DATE_SYNTAX),
        ("2024-05-02T09:14:03", DATE_SYNTAX),
        ("2024-05-02T09:14:03\u{2212}08:00", DATE_SYNTAX),
        // The calendar.
        ("2024-02-29T00:00:00Z", CLEAN),
        ("2000-02-29T00:00:00Z", IMPLAUSIBLE),
        ("2015-02-29T00:00:00Z", DATE_RANGE),
        ("2100-02-29T00:00:00Z", DATE_RANGE),
        ("2024-02-30T00:00:00Z", DATE_RANGE),
        ("2024-04-31T00:00:00Z", DATE_RANGE),
        ("2024-06-31T00:00:00Z", DATE_RANGE),
        ("2024-09-31T00:00:00Z", DATE_RANGE),
        ("2024-11-31T00:00:00Z", DATE_RANGE),
        ("2024-05-00T00:00:00Z", DATE_SYNTAX),
        ("2024-05-32T00:00:00Z", DATE_SYNTAX),
        ("2024-00-02T00:00:00Z", DATE_SYNTAX),
        ("2024-13-02T00:00:00Z", DATE_SYNTAX),
        // Years: the grammar has negative and longer ones.
        ("0000-01-01T00:00:00Z", DATE_RANGE),
        ("-0001-01-01T00:00:00Z", DATE_RANGE),
        ("12016-01-01T00:00:00Z", DATE_RANGE),
        ("9999-12-31T23:59:59Z", IMPLAUSIBLE),
        ("999-01-01T00:00:00Z", DATE_SYNTAX),
        ("16-01-01T00:00:00Z", DATE_SYNTAX),
        ("2016-1-1T00:00:00Z", DATE_SYNTAX),
        ("+2016-01-01T00:00:00Z", DATE_SYNTAX),
        // The instant in UTC must be one too.
        ("0001-01-01T00:00:00+01:00", DATE_RANGE),
        ("9999-12-31T23:59:59-01:00", DATE_RANGE),
        // Text around it, and other notations.
        ("2024-05-02T09:14:03Z ", DATE_SYNTAX),
        (" 2024-05-02T09:14:03Z", DATE_SYNTAX),
        ("2024-05-02T09:14:03Z\n", DATE_SYNTAX),
        ("2024-05-02T09:14:03Z\0", DATE_SYNTAX),
        ("2024-05-02T09:14:03 UTC", DATE_SYNTAX),
        ("২০২৪-05-02T09:14:03Z", DATE_SYNTAX),
        ("2024-05-02", DATE_SYNTAX),
        ("09:14:03Z", DATE_SYNTAX),
        ("20240502T091403Z", DATE_SYNTAX),
        ("2024-W18-4T09:14:03Z", DATE_SYNTAX),
        ("05/02/2024 09:14:03", DATE_SYNTAX),
        ("/Date(1714641243000)/", DATE_SYNTAX),
        ("1714641243", DATE_SYNTAX),
        ("String (timestamp)", DATE_SYNTAX),
        ("INF", DATE_SYNTAX),
        ("NaN", DATE_SYNTAX),
        ("", DATE_SYNTAX),
    ];
    rows("eventDateTime", &[], table, quoted);
}

#[test]
fn a_fraction_of_a_million_digits_is_refused_in_few_words() {
    let literal = format!("2024-05-02T09:14:03.{}Z", "3".repeat(1_000_000));
    let text = format!("{{\"eventDateTime\": \"{literal}\"}}");
    let outcome = linter(None, Mode::Any, &[]).check(text.as_bytes(), &mut Scratch::default());
    let [found] = &*outcome.diagnostics else {
        panic!("{} findings", outcome.diagnostics.len());
    };
    assert_eq!(found.rule.name, "date-time-syntax");
    assert_eq!(found.span.end - found.span.start, literal.len() + 2);
    assert!(found.message.chars().count() < 300, "{}", found.message);
}

#[test]
fn durations() {
    let table: &[(&str, &[Finding])] = &[
        // The documentation's samples.
        ("PT3M21.5549443S", CLEAN),
        ("PT1M43.5284261S", CLEAN),
        ("-PT1M32.1347897S", NEGATIVE),
        ("-PT2M57.2190107S", NEGATIVE),
        ("-PT2M32.0507894S", NEGATIVE),
        // The grammar.
        ("PT0S", CLEAN),
        ("-PT0S", CLEAN),
        ("PT44M30S", CLEAN),
        ("PT1H2S", CLEAN),
        ("P1DT1S", CLEAN),
        ("P1D", CLEAN),
        ("P1DT2H3M4.5S", CLEAN),
        ("PT0.5S", CLEAN),
        ("PT1H", CLEAN),
        ("PT1M", CLEAN),
        ("PT48H", CLEAN),
        ("PT90M", CLEAN),
        ("PT00H05M00S", CLEAN),
        // Signs.
        ("+PT1M", DURATION_SYNTAX),
        ("PT-1S", DURATION_SYNTAX),
        ("P-1D", DURATION_SYNTAX),
        ("--PT1S", DURATION_SYNTAX),
        ("\u{2212}PT1S", DURATION_SYNTAX),
        // A component after P, and one after T.
        ("P", DURATION_SYNTAX),
        ("PT", DURATION_SYNTAX),
        ("-P", DURATION_SYNTAX),
        ("-PT", DURATION_SYNTAX),
        ("P1DT", DURATION_SYNTAX),
        // Years, months and weeks are ISO 8601 only.
        ("P1Y", DURATION_SYNTAX),
        ("P1M", DURATION_SYNTAX),
        ("P1Y2M", DURATION_SYNTAX),
        ("P1Y2M3DT4H5M6S", DURATION_SYNTAX),
        ("P1W", DURATION_SYNTAX),
        ("P2W", DURATION_SYNTAX),
        ("P1W1D", DURATION_SYNTAX),
        // Units and their order.
        ("P1D/P2D", DURATION_SYNTAX),
        ("PTS", DURATION_SYNTAX),
        ("PT1D", DURATION_SYNTAX),
        ("PT1M1H", DURATION_SYNTAX),
        ("PT1SX", DURATION_SYNTAX),
        ("PT1H30", DURATION_SYNTAX),
        ("PT5", DURATION_SYNTAX),
        ("P1H", DURATION_SYNTAX),
        ("P1S", DURATION_SYNTAX),
        ("PT1S1S", DURATION_SYNTAX),
        // Fractions: of seconds only, digits on both sides of a point.
        ("PT1.5M", DURATION_SYNTAX),
        ("PT1.5H", DURATION_SYNTAX),
        ("P1.5D", DURATION_SYNTAX),
        ("PT.5S", DURATION_SYNTAX),
        ("PT1.S", DURATION_SYNTAX),
        ("PT0,5S", DURATION_SYNTAX),
        ("PT1.1234567S", CLEAN),
        ("PT1.12345678S", PRECISION),
        ("PT1.123456789012345S", PRECISION),
        // Letter case.
        ("pt1s", DURATION_SYNTAX),
        ("PT1s", DURATION_SYNTAX),
        ("Pt1S", DURATION_SYNTAX),
        ("p1D", DURATION_SYNTAX),
        // .NET reads each component as 32 bits and holds 64 bits of ticks.
        ("PT2147483647S", CLEAN),
        ("PT2147483648S", DURATION_RANGE),
        ("PT4294967296S", DURATION_RANGE),
        ("PT99999999999999999999S", DURATION_RANGE),
        ("P4294967296D", DURATION_RANGE),
        ("P10675199DT2H48M5.4775807S", CLEAN),
        ("P10675199DT2H48M5.4775808S", DURATION_RANGE),
        ("-P10675199DT2H48M5.4775808S", NEGATIVE),
        ("-P10675199DT2H48M5.4775809S", DURATION_RANGE),
        ("P10675200D", DURATION_RANGE),
        // Text around it, and other notations.
        ("P1D\n", DURATION_SYNTAX),
        ("PT1S ", DURATION_SYNTAX),
        (" PT1S", DURATION_SYNTAX),
        ("PT1S\0", DURATION_SYNTAX),
        ("PT১S", DURATION_SYNTAX),
        ("P１D", DURATION_SYNTAX),
        ("00:03:21.55", DURATION_SYNTAX),
        ("1.02:03:04", DURATION_SYNTAX),
        ("201.55", DURATION_SYNTAX),
        ("P0001-00-00T00:00:00", DURATION_SYNTAX),
        ("String (duration)", DURATION_SYNTAX),
        ("INF", DURATION_SYNTAX),
        ("", DURATION_SYNTAX),
    ];
    rows("deploymentDuration", &[], table, quoted);
    rows("deploymentDuration", &[], &[("201.55", WRONG_TYPE)], as_is);
}

#[test]
fn spellings_that_the_service_does_not_use_are_legal() {
    let also = ["non-canonical-value"];
    let durations: &[(&str, &[Finding])] = &[
        ("PT0S", CLEAN),
        ("PT5M", CLEAN),
        ("PT1H30M", CLEAN),
        ("P1DT1H", CLEAN),
        ("PT3M21.5549443S", CLEAN),
        ("P0D", NON_CANONICAL),
        ("PT300S", NON_CANONICAL),
        ("PT5M0S", NON_CANONICAL),
        ("PT90M", NON_CANONICAL),
        ("PT25H", NON_CANONICAL),
        ("PT00H05M00S", NON_CANONICAL),
        ("PT1.50S", NON_CANONICAL),
        ("-PT0S", NON_CANONICAL),
    ];
    rows("deploymentDuration", &also, durations, quoted);
    rows("deploymentDuration", &[], &[("P0D", CLEAN)], quoted);
    let dates: &[(&str, &[Finding])] = &[
        ("2024-05-02T09:14:03Z", CLEAN),
        ("2024-05-02T09:14:03.5-08:00", CLEAN),
        ("2024-05-02T09:14Z", NON_CANONICAL),
        ("2024-05-02T09:14:03.50Z", NON_CANONICAL),
        ("2024-05-02T09:14:03-00:00", NON_CANONICAL),
        ("2024-05-02T09:14:03+00:00", NON_CANONICAL),
    ];
    rows("eventDateTime", &also, dates, quoted);
}

#[test]
fn identifiers() {
    let table: &[(&str, &[Finding])] = &[
        ("3e455cab-5cab-3e45-ab5c-453eab5c453e", CLEAN),
        ("3E455CAB-5CAB-3E45-AB5C-453EAB5C453E", CLEAN),
        ("3e455CAB-5cab-3E45-ab5c-453eAB5C453e", CLEAN),
        ("ffffffff-ffff-ffff-ffff-ffffffffffff", CLEAN),
        ("00000000-0000-0000-0000-000000000000", ZERO_GUID),
        // Absent, in the spelling of live data.
        ("", CLEAN),
        // What other readers take.
        ("3e455cab5cab3e45ab5c453eab5c453e", GUID),
        ("{3e455cab-5cab-3e45-ab5c-453eab5c453e}", GUID),
        ("urn:uuid:3e455cab-5cab-3e45-ab5c-453eab5c453e", GUID),
        ("URN:UUID:3E455CAB-5CAB-3E45-AB5C-453EAB5C453E", GUID),
        ("(3e455cab-5cab-3e45-ab5c-453eab5c453e)", GUID),
        (
            "{0x3e455cab,0x5cab,0x3e45,{0xab,0x5c,0x45,0x3e,0xab,0x5c,0x45,0x3e}}",
            GUID,
        ),
        // What none takes.
        ("3e455cab-5cab-3e45-ab5c-453eab5c453", GUID),
        ("3e455cab-5cab-3e45-ab5c-453eab5c453e0", GUID),
        ("3e455cab-5cab-3e45-ab5c4-53eab5c453e", GUID),
        ("3e455cab_5cab_3e45_ab5c_453eab5c453e", GUID),
        ("３e455cab-5cab-3e45-ab5c-453eab5c453e", GUID),
        ("3g455cab-5cab-3e45-ab5c-453eab5c453e", GUID),
        (" 3e455cab-5cab-3e45-ab5c-453eab5c453e", GUID),
        ("3e455cab-5cab-3e45-ab5c-453eab5c453e ", GUID),
        ("3e455cab-5cab-3e45-ab5c-453eab5c453e\n", GUID),
        ("evt-1", GUID),
        ("event-001", GUID),
    ];
    rows("deviceId", &[], table, quoted);
    let nulls: &[(&str, &[Finding])] = &[("null", CLEAN), ("7", WRONG_TYPE)];
    rows("deviceId", &[], nulls, as_is);
}

#[test]
fn integers() {
    let table: &[(&str, &[Finding])] = &[
        ("0", CLEAN),
        ("3", CLEAN),
        ("-0", CLEAN),
        ("2147483647", CLEAN),
        ("2147483648", RANGE),
        ("4294967296", RANGE),
        ("18446744073709551616", RANGE),
        ("99999999999999999999999999999999", RANGE),
        ("-2147483649", RANGE),
        ("-2147483648", &[("negative-count", Error)]),
        ("-1", &[("negative-count", Error)]),
        // Numbers that JSON Schema, or a reader of binary64, takes for integers.
        ("3.0", FORM),
        ("3e0", FORM),
        ("3E0", FORM),
        ("-0.0", FORM),
        ("30e-1", FORM),
        ("1e-400", FORM),
        ("2147483647.0000000001", FORM),
        ("3.00000000000000000001", FORM),
        ("3.5", FORM),
        ("0e99999999999999999999", FORM),
        ("1e400", FORM),
        ("1e99999999999999999999", FORM),
        // Not JSON.
        ("+3", JSON),
        ("03", JSON),
        (".5", JSON),
        ("5.", JSON),
        ("0x10", JSON),
        ("NaN", JSON),
        ("Infinity", JSON),
        // Not numbers.
        ("\"3\"", WRONG_TYPE),
        ("\"+3\"", WRONG_TYPE),
        ("\"Integer\"", WRONG_TYPE),
        ("true", WRONG_TYPE),
        ("[3]", WRONG_TYPE),
        ("null", NULL_ERROR),
    ];
    rows("targetedAppCount", &[], table, as_is);
}

#[test]
fn enumeration_members() {
    let deployment: &[(&str, &[Finding])] = &[
        ("unknown", CLEAN),
        ("success", CLEAN),
        ("inProgress", CLEAN),
        ("failure", CLEAN),
        ("successWithTimeout", CLEAN),
        ("notAttempted", CLEAN),
        ("disabled", CLEAN),
        ("successOnRetry", CLEAN),
        ("Success", UNKNOWN),
        ("InProgress", UNKNOWN),
        ("failed", UNKNOWN),
        ("preProvisioned", UNKNOWN),
        ("unknownFutureValue", UNKNOWN),
        ("success,failure", UNKNOWN),
        ("1", UNKNOWN),
        ("String", UNKNOWN),
        ("", UNKNOWN),
        (" success", UNKNOWN),
        ("success ", UNKNOWN),
        ("сбой", UNKNOWN),
    ];
    rows("deploymentState", &[], deployment, quoted);
    let tokens: &[(&str, &[Finding])] = &[
        ("1", WRONG_TYPE),
        ("true", WRONG_TYPE),
        ("null", NULL_ERROR),
        (r#""\ud800""#, SURROGATE),
        (r#""succes\u0073""#, CLEAN),
    ];
    rows("deploymentState", &[], tokens, as_is);
    let enrollment: &[(&str, &[Finding])] = &[
        ("enrolled", CLEAN),
        ("pendingReset", CLEAN),
        ("failed", CLEAN),
        ("notContacted", CLEAN),
        ("blocked", CLEAN),
        ("failure", UNKNOWN),
        ("enrolling", UNKNOWN),
        ("Blocked", UNKNOWN),
    ];
    rows("enrollmentState", &[], enrollment, quoted);
    let kinds: &[(&str, &[Finding])] = &[
        ("azureADJoinedWithAutopilotProfile", CLEAN),
        ("offlineDomainJoinedWithOfflineAutopilotProfile", CLEAN),
        ("userDrivenAADJoin", UNKNOWN),
        ("windowsAzureADJoin", UNKNOWN),
    ];
    rows("enrollmentType", &[], kinds, quoted);
}

#[test]
fn null_is_judged_by_the_service_s_metadata() {
    for (member, expected) in [
        ("deploymentEndDateTime", NULL),
        ("deploymentDuration", NULL),
        ("targetedPolicyCount", NULL_ERROR),
        ("enrollmentState", NULL_ERROR),
        ("id", NULL),
        ("osVersion", CLEAN),
        ("userPrincipalName", CLEAN),
        ("deviceSerialNumber", CLEAN),
        ("deviceId", CLEAN),
        ("enrollmentFailureDetails", CLEAN),
        ("policyStatusDetails", CLEAN),
    ] {
        rows(member, &[], &[("null", expected)], as_is);
    }
}
