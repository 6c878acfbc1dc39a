//! Faults of single literals.

use super::Fault;
use crate::support::json::Json;

pub(super) const FAULTS: &[Fault] = &[
    Fault::error("a date has no zone", "date-time-syntax", |s| {
        s.date_text("2024-05-02T09:14:03")
    }),
    Fault::error("a date has a space", "date-time-syntax", |s| {
        s.date_text("2024-05-02 09:14:03Z")
    }),
    Fault::error("a date is in lower case", "date-time-syntax", |s| {
        s.date_text("2024-05-02t09:14:03z")
    }),
    Fault::error("a date has a short offset", "date-time-syntax", |s| {
        s.date_text("2024-05-02T09:14:03+0200")
    }),
    Fault::error("a date has a typographic minus", "date-time-syntax", |s| {
        s.date_text("2024-05-02T09:14:03\u{2212}08:00")
    }),
    Fault::error("a date has no time", "date-time-syntax", |s| {
        s.date_text("2024-05-02")
    }),
    Fault::error("a date is of the United States", "date-time-syntax", |s| {
        s.date_text("05/02/2024 09:14:03")
    }),
    Fault::error("a date is of old PowerShell", "date-time-syntax", |s| {
        s.date_text("/Date(1714641243000)/")
    }),
    Fault::error("a date has hour 24", "date-time-syntax", |s| {
        s.date_text("2024-05-02T24:00:00Z")
    }),
    Fault::error("a date has thirteen digits", "date-time-syntax", |s| {
        s.date_text("2024-05-02T09:14:03.1234567890123Z")
    }),
    Fault::error("a date is empty", "date-time-syntax", |s| s.date_text("")),
    Fault::error("a date of a detail is none", "date-time-syntax", |s| {
        s.detail("lastReportedDateTime", Json::text("yesterday"))
    }),
    Fault::error("a date is no day", "date-time-range", |s| {
        s.date_text("2023-02-29T09:14:03Z")
    }),
    Fault::error("a date has second 60", "date-time-range", |s| {
        s.date_text("2016-12-31T23:59:60Z")
    }),
    Fault::error("a date has a great offset", "date-time-range", |s| {
        s.date_text("2024-05-02T09:14:03+14:01")
    }),
    Fault::error("a date is in year 0", "date-time-range", |s| {
        s.date_text("0000-01-01T00:00:00Z")
    }),
    Fault::error("a date is in year 12024", "date-time-range", |s| {
        s.date_text("12024-05-02T09:14:03Z")
    }),
    Fault::info("a date has nine digits", "precision-loss", |s| {
        s.set(
            "eventDateTime",
            Json::text("2024-05-02T09:14:03.123456789Z"),
        )
    }),
    Fault::info("a date is before Autopilot", "implausible-date", |s| {
        s.set("eventDateTime", Json::text("1999-12-31T23:59:59Z"))
    }),
    Fault::info("a date is in the future", "implausible-date", |s| {
        s.set("eventDateTime", Json::text("2026-11-02T00:00:00.0000001Z"))
    }),
    Fault::error("a duration has weeks", "duration-syntax", |s| {
        s.duration_text("P1W")
    }),
    Fault::error("a duration has years and months", "duration-syntax", |s| {
        s.duration_text("P1Y2M")
    }),
    Fault::error("a duration has nothing after T", "duration-syntax", |s| {
        s.duration_text("PT")
    }),
    Fault::error("a duration has no unit", "duration-syntax", |s| {
        s.duration_text("PT5")
    }),
    Fault::error("a duration has no T", "duration-syntax", |s| {
        s.duration_text("P5H")
    }),
    Fault::error("a duration has a plus sign", "duration-syntax", |s| {
        s.duration_text("+PT5M")
    }),
    Fault::error("a duration is in lower case", "duration-syntax", |s| {
        s.duration_text("pt5m")
    }),
    Fault::error("a duration has a decimal comma", "duration-syntax", |s| {
        s.duration_text("PT0,5S")
    }),
    Fault::error("a duration is a TimeSpan text", "duration-syntax", |s| {
        s.duration_text("00:03:21.5549443")
    }),
    Fault::error(
        "a duration has its units in disorder",
        "duration-syntax",
        |s| s.duration_text("PT1M1H"),
    ),
    Fault::error("a duration is beyond 32 bits", "duration-range", |s| {
        s.duration_text("PT4294967296S")
    }),
    Fault::error("a duration is beyond a TimeSpan", "duration-range", |s| {
        s.duration_text("P10675200D")
    }),
    Fault::info("a duration has nine digits", "precision-loss", |s| {
        s.remove("deploymentTotalDuration");
        s.set("deploymentDuration", Json::text("PT1.123456789S"))
    }),
    Fault::error("a count has a fraction", "integer-form", |s| s.count("3.0")),
    Fault::error("a count has an exponent", "integer-form", |s| {
        s.count("3e0")
    }),
    Fault::error("a count is nearly an integer", "integer-form", |s| {
        s.count("3.00000000000000000001")
    }),
    Fault::error("a count is beyond 32 bits", "integer-range", |s| {
        s.count("2147483648")
    }),
    Fault::error("a count is beyond 64 bits", "integer-range", |s| {
        s.count("18446744073709551616")
    }),
    Fault::error("an error code is beyond 32 bits", "integer-range", |s| {
        s.detail("errorCode", Json::token("2278556184"))
    }),
    Fault::error("a count is negative", "negative-count", |s| s.count("-1")),
    Fault::warning("an identifier is a word", "guid-syntax", |s| {
        s.identifier("evt-1")
    }),
    Fault::warning("an identifier is in braces", "guid-syntax", |s| {
        s.identifier("{3e455cab-5cab-3e45-ab5c-453eab5c453e}")
    }),
    Fault::warning("an identifier has no hyphens", "guid-syntax", |s| {
        s.identifier("3e455cab5cab3e45ab5c453eab5c453e")
    }),
    Fault::warning("an identifier is a URN", "guid-syntax", |s| {
        s.identifier("urn:uuid:3e455cab-5cab-3e45-ab5c-453eab5c453e")
    }),
    Fault::warning("an identifier of a detail is a word", "guid-syntax", |s| {
        s.detail("id", Json::text("detail-1"))
    }),
    Fault::warning("an identifier is zero", "zero-guid", |s| {
        s.identifier("00000000-0000-0000-0000-000000000000")
    }),
    Fault::info("a name is the documentation's", "placeholder-value", |s| {
        s.set("managedDeviceName", Json::text("Managed Device Name value"))
    }),
    Fault::info("a name is a generator's", "placeholder-value", |s| {
        s.set(
            "windowsAutopilotDeploymentProfileDisplayName",
            Json::text("String"),
        )
    }),
    Fault::info(
        "a serial number is a manufacturer's",
        "placeholder-serial-number",
        |s| s.set("deviceSerialNumber", Json::text("To be filled by O.E.M.")),
    ),
    Fault::info(
        "a serial number is a board's",
        "placeholder-serial-number",
        |s| s.set("deviceSerialNumber", Json::text("System Serial Number")),
    ),
    Fault::info("a user has no domain", "user-principal-name-syntax", |s| {
        s.set("userPrincipalName", Json::text("ada"))
    }),
    Fault::info("a version has three numbers", "os-version-syntax", |s| {
        s.set("osVersion", Json::text("10.0.19045"))
    }),
    Fault::info("a version is a name", "os-version-syntax", |s| {
        s.set("osVersion", Json::text("Windows 11"))
    }),
    Fault::warning("a name was misread", "damaged-text", |s| {
        s.set("managedDeviceName", Json::text("MÃ¼nchen-4F7Q2LM"))
    }),
    Fault::warning("a name was misread twice", "damaged-text", |s| {
        s.set("managedDeviceName", Json::text("MÃƒÂ¼nchen-4F7Q2LM"))
    }),
    Fault::warning("a name was misread as Latin-1", "damaged-text", |s| {
        s.set("managedDeviceName", Json::text("M\u{c3}\u{9c}NCHEN"))
    }),
    Fault::warning("a name was misread by a console", "damaged-text", |s| {
        s.set("managedDeviceName", Json::text("M├╝nchen-4F7Q2LM"))
    }),
    Fault::warning("a letter of a name is lost", "damaged-text", |s| {
        s.set("managedDeviceName", Json::text("M\u{fffd}nchen-4F7Q2LM"))
    }),
    Fault::warning(
        "a name has a blank at its end",
        "invisible-character",
        |s| s.set("managedDeviceName", Json::text("DESKTOP-4F7Q2LM ")),
    ),
    Fault::warning(
        "a name has a zero-width space",
        "invisible-character",
        |s| s.set("managedDeviceName", Json::text("DESKTOP\u{200b}-4F7Q2LM")),
    ),
    Fault::warning("a name is turned around", "invisible-character", |s| {
        s.set("managedDeviceName", Json::text("DESKTOP-\u{202e}4F7Q2LM"))
    }),
    Fault::warning(
        "a name has a control character",
        "invisible-character",
        |s| s.set("managedDeviceName", Json::text("DESKTOP-\u{1b}4F7Q2LM")),
    ),
];
