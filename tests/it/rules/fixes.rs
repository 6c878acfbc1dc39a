//! What fixing makes of wrong values, one by one: of each kind of value that a rule refuses, in
//! events and in other resources.

use serde_json::json;

use crate::library::{
    Applicability, Diagnostics, Linter, Mode, Options, RuleSet, Scratch, from_schema, repair,
};
use crate::support::linter;
use Applicability::{Safe, Unsafe};

/// Findings of rules on values alone, so that no other fix is made.
fn of_values(linter: &Linter, text: &[u8]) -> Diagnostics {
    let mut found = linter.check(text, &mut Scratch::default()).diagnostics;
    for found in &mut *found {
        if matches!(found.rule.name, "unknown-member" | "duplicate-member") {
            found.fix = None;
        }
    }
    found
}

fn fixed(linter: &Linter, text: &str, most: Applicability) -> String {
    let check = |text: &[u8]| of_values(linter, text);
    let repaired = repair(text.as_bytes(), check(text.as_bytes()), most, check);
    let repaired = repaired.unwrap_or_else(|error| panic!("{text}: {error:?}"));
    repaired.map_or_else(
        || text.to_owned(),
        |repaired| String::from_utf8(repaired.text).expect("UTF-8"),
    )
}

type Outcome<'a> = Option<(Applicability, &'a str)>;

/// Holds that fixing makes `expected` of `text`, and no more where less may be done.
fn holds(linter: &Linter, text: &str, expected: Outcome<'_>) {
    for most in Applicability::ALL {
        let expected = match expected {
            Some((sure, expected)) if sure <= most => expected,
            _ => text,
        };
        assert_eq!(fixed(linter, text, most), expected, "{most}: {text}");
    }
}

/// The same of a value in an event.
fn becomes(linter: &Linter, member: &str, value: &str, expected: Outcome<'_>) {
    let event = |value: &str| {
        let (other, state) = match member {
            "deploymentState" => ("enrollmentState", "enrolled"),
            _ => ("deploymentState", "success"),
        };
        format!("{{\"{other}\": \"{state}\",\r\n\t\"{member}\" : {value}}}")
    };
    let expected = expected.map(|(sure, value)| (sure, event(value)));
    let expected = expected.as_ref().map(|(sure, text)| (*sure, text.as_str()));
    holds(linter, &event(value), expected);
}

#[test]
fn literals() {
    let linter = linter(None, Mode::Any, &[]);
    let (date, duration, count) = ("eventDateTime", "deploymentDuration", "targetedAppCount");
    for (member, value, expected) in [
        // Blanks go, and nothing else.
        (
            date,
            r#"" 2024-05-02T09:14Z\r\n""#,
            Some((Safe, r#""2024-05-02T09:14Z""#)),
        ),
        (duration, r#""\u00a0PT300S""#, Some((Safe, r#""PT300S""#))),
        (duration, r#""PT5M\u0000""#, Some((Safe, r#""PT5M""#))),
        (duration, r#""PT\u200b5M""#, Some((Safe, r#""PT5M""#))),
        (
            date,
            "\"\u{200e}2024-05-02T09:14:03\\u005a\u{200b}\"",
            Some((Safe, r#""2024-05-02T09:14:03\u005a""#)),
        ),
        (
            "id",
            r#"" 3E455CAB-5CAB-3E45-AB5C-453EAB5C453E""#,
            Some((Safe, r#""3E455CAB-5CAB-3E45-AB5C-453EAB5C453E""#)),
        ),
        (
            "id",
            r#""{3E455CAB-5CAB-3E45-AB5C-453EAB5C453E}""#,
            Some((Safe, r#""3E455CAB-5CAB-3E45-AB5C-453EAB5C453E""#)),
        ),
        (
            "id",
            r#""urn:uuid:3e455cab-5cab-3e45-ab5c-453eab5c453e""#,
            Some((Safe, r#""3e455cab-5cab-3e45-ab5c-453eab5c453e""#)),
        ),
        (
            "id",
            r#""3E455CAB5CAB3E45AB5C453EAB5C453E""#,
            Some((Safe, r#""3E455CAB-5CAB-3E45-AB5C-453EAB5C453E""#)),
        ),
        (
            "id",
            r#""3e455cab-5cab-3e45-ab5c-\u200b453eab5c453e""#,
            Some((Safe, r#""3e455cab-5cab-3e45-ab5c-453eab5c453e""#)),
        ),
        ("id", r#""3e455cab-5cab-3e45-ab5c-453eab5c453""#, None),
        // Other notations.
        (
            date,
            r#""2024-05-02t09:14:03z""#,
            Some((Safe, r#""2024-05-02T09:14:03Z""#)),
        ),
        (
            date,
            r#""\/Date(1714641243000+0200)\/""#,
            Some((Safe, r#""2024-05-02T11:14:03+02:00""#)),
        ),
        (duration, r#""pt5m""#, Some((Safe, r#""PT5M""#))),
        (duration, r#""+PT5M""#, Some((Safe, r#""PT5M""#))),
        (
            duration,
            r#""1.02:03:04.5000000""#,
            Some((Safe, r#""P1DT2H3M4.5S""#)),
        ),
        (
            duration,
            r#""-1 day, 23:14:29.500000""#,
            Some((Safe, r#""-PT45M30.5S""#)),
        ),
        (
            duration,
            r#"{"Ticks": 2015549443, "Days": 0, "Hours": 0, "Minutes": 3, "Seconds": 21, "Milliseconds": 554}"#,
            Some((Safe, r#""PT3M21.5549443S""#)),
        ),
        (
            duration,
            r#"{"Ticks": 2015549443, "Days": 0, "Hours": 0, "Minutes": 5, "Seconds": 21, "Milliseconds": 554}"#,
            Some((Unsafe, r#""PT3M21.5549443S""#)),
        ),
        (duration, "0", Some((Safe, r#""PT0S""#))),
        (
            date,
            "1714641243",
            Some((Safe, r#""2024-05-02T09:14:03Z""#)),
        ),
        (
            date,
            r#"{"value": "/Date(1714641243000)/", "DisplayHint": 2, "DateTime": "x"}"#,
            Some((Safe, r#""2024-05-02T09:14:03Z""#)),
        ),
        // Likely.
        (
            date,
            r#""2024-05-02 09:14:03""#,
            Some((Unsafe, r#""2024-05-02T09:14:03Z""#)),
        ),
        (
            date,
            "[2024, 5, 2, 9, 14, 3]",
            Some((Unsafe, r#""2024-05-02T09:14:03Z""#)),
        ),
        (
            date,
            "45414.3847569444",
            Some((Unsafe, r#""2024-05-02T09:14:03Z""#)),
        ),
        (duration, "201.5", Some((Unsafe, r#""PT3M21.5S""#))),
        (
            duration,
            r#""-P1Y2M3DT4H""#,
            Some((Unsafe, r#""-P428DT4H""#)),
        ),
        (duration, r#""1 mon 2 days""#, Some((Unsafe, r#""P32D""#))),
        (
            date,
            r#""2024-05-02T09:14:03.123456789Z""#,
            Some((Unsafe, r#""2024-05-02T09:14:03.1234568Z""#)),
        ),
        (
            date,
            r#""2024-05-02T09:14:03.123456712Z""#,
            Some((Unsafe, r#""2024-05-02T09:14:03.1234567Z""#)),
        ),
        (
            duration,
            r#""PT300.123456789S""#,
            Some((Unsafe, r#""PT300.1234567S""#)),
        ),
        // Anyone's guess, or out of range, or cut off.
        (date, r#""05/02/2024 09:14:03""#, None),
        (date, r#""2024-05-02""#, None),
        (date, r#""2024-05-02T09:14:""#, None),
        (date, r#""2023-02-29T09:14:03Z""#, None),
        (date, r#""2016-12-31T23:59:60Z""#, None),
        (date, r#""String (timestamp)""#, None),
        (date, "0", None),
        (duration, r#""03:21""#, None),
        (duration, "2015549443", None),
        (duration, r#""PT5""#, None),
        (duration, r#""P10675200D""#, None),
        (duration, r#""PT3M21.5549443S or so""#, None),
        // Numbers.
        (count, "3.0", Some((Safe, "3"))),
        (count, "30e-1", Some((Safe, "3"))),
        (count, "1e2", Some((Safe, "100"))),
        (count, "-0.0", Some((Safe, "0"))),
        (count, r#""3""#, Some((Safe, "3"))),
        (count, r#"" 3\n""#, Some((Safe, "3"))),
        (count, "3.5", None),
        (count, "2147483648.0", None),
        (count, r#""2147483648""#, None),
        (count, "-3.0", None),
        (count, r#""-3""#, None),
        (count, r#""three""#, None),
        (count, "[3]", None),
        (count, "true", None),
    ] {
        becomes(&linter, member, value, expected);
    }
}

#[test]
fn enumeration_members() {
    let linter = linter(None, Mode::Any, &[]);
    for (value, expected) in [
        (r#""SUCCESS""#, Some((Safe, "success"))),
        (r#""in_progress""#, Some((Safe, "inProgress"))),
        (r#""In Progress""#, Some((Safe, "inProgress"))),
        (r#"" success""#, Some((Safe, "success"))),
        (r#""suc\u200bcess""#, Some((Safe, "success"))),
        (r#""ѕuccess""#, Some((Safe, "success"))),
        (r#""сбой""#, Some((Safe, "failure"))),
        (r#""Erfolgreich""#, Some((Safe, "success"))),
        ("1", Some((Safe, "success"))),
        (r#""1""#, Some((Safe, "success"))),
        (r#""succes""#, Some((Unsafe, "success"))),
        (r#""failed""#, Some((Unsafe, "failure"))),
        (r#""completed""#, Some((Unsafe, "success"))),
        (r#""running""#, Some((Unsafe, "inProgress"))),
        // Cyrillic that was read in another encoding.
        ("\"Ñ\u{81}Ð±Ð¾Ð¹\"", Some((Unsafe, "failure"))),
        (r#""unknownFutureValue""#, None),
        (r#""preProvisioned""#, None),
        (r#""String""#, None),
        ("99", None),
        (r#""99""#, None),
        ("1.5", None),
        ("[\"success\"]", None),
    ] {
        let text = expected.map(|(sure, name)| (sure, format!("\"{name}\"")));
        let expected = text.as_ref().map(|(sure, text)| (*sure, text.as_str()));
        becomes(&linter, "deploymentState", value, expected);
    }
    becomes(
        &linter,
        "enrollmentState",
        r#""erfolgreich""#,
        Some((Unsafe, r#""enrolled""#)),
    );
    becomes(&linter, "enrollmentType", r#""windowsAzureADJoin""#, None);
}

/// A member that another revision has is none that a fix may write.
#[test]
fn members_of_the_selected_revision() {
    let linter = linter(Some(0), Mode::Any, &[]);
    for value in ["5", r#""5""#, r#""Disabled""#, r#""отключено""#] {
        becomes(&linter, "deploymentState", value, None);
    }
    becomes(
        &linter,
        "deploymentState",
        "1",
        Some((Safe, r#""success""#)),
    );
}

#[test]
fn texts() {
    let linter = linter(None, Mode::Any, &[]);
    let (profile, details) = (
        "windowsAutopilotDeploymentProfileDisplayName",
        "enrollmentFailureDetails",
    );
    for (member, value, expected) in [
        (
            "managedDeviceName",
            r#"" LAPTOP-42\u00a0""#,
            Some((Safe, r#""LAPTOP-42""#)),
        ),
        (
            "deviceSerialNumber",
            r#""PC6T\u00adLVBTR\u0000\u0000""#,
            Some((Safe, r#""PC6TLVBTR""#)),
        ),
        (
            "userPrincipalName",
            r#""\ufeffjane@contoso.com""#,
            Some((Safe, r#""jane@contoso.com""#)),
        ),
        // Shown in another order than it is stored.
        (
            "deviceSerialNumber",
            r#""PC6T\u202eLVBTR""#,
            Some((Unsafe, r#""PC6TLVBTR""#)),
        ),
        // The service may have the same.
        (profile, r#""Laptops ""#, Some((Unsafe, r#""Laptops""#))),
        (
            profile,
            r#""Lap\u200btops""#,
            Some((Unsafe, r#""Laptops""#)),
        ),
        (
            details,
            r#""Error\u200b 7\r\n\tat step 2 ""#,
            Some((Unsafe, r#""Error 7\r\n\tat step 2""#)),
        ),
        // A blank stood there, or a character that was lost.
        (profile, r#""All\nLaptops""#, None),
        (profile, r#""All\u2028Laptops""#, None),
        ("managedDeviceName", r#""LAPTOP\u009642""#, None),
        // Misread.
        (
            "managedDeviceName",
            r#""B\u00c3\u00bcro-7""#,
            Some((Unsafe, r#""Büro-7""#)),
        ),
        (
            details,
            "\"BÃ¼ro\\r\\n7\"",
            Some((Unsafe, "\"Büro\\r\\n7\"")),
        ),
        ("managedDeviceName", "\"B\u{fffd}ro-7\"", None),
        (
            "osVersion",
            r#""Microsoft Windows [Version 10.0.19045.3693]""#,
            Some((Unsafe, r#""10.0.19045.3693""#)),
        ),
        ("osVersion", r#""10.0.19045""#, None),
        ("osVersion", "10.0", None),
        ("osVersion", r#""Os Version value""#, None),
        ("managedDeviceName", r#""{{deviceName}}""#, None),
        ("managedDeviceName", "10", Some((Unsafe, r#""10""#))),
        ("managedDeviceName", "true", Some((Unsafe, r#""true""#))),
        ("managedDeviceName", "{}", Some((Unsafe, "null"))),
        ("managedDeviceName", r#"["PC-7"]"#, None),
        ("userPrincipalName", "7", None),
        (
            "deviceId",
            r#""00000000-0000-0000-0000-000000000000""#,
            None,
        ),
    ] {
        becomes(&linter, member, value, expected);
    }
    // Another name may be one that is there already.
    holds(
        &linter,
        r#"{"@vendor.note\u200b": "x", "deploymentState": "success"}"#,
        None,
    );
    holds(
        &linter,
        r#"{"@vendor.bÃ¼ro": "x", "deploymentState": "success"}"#,
        None,
    );
    holds(
        &linter,
        r#"{"@vendor.note": ["x "], "deploymentState": "success"}"#,
        Some((
            Unsafe,
            r#"{"@vendor.note": ["x"], "deploymentState": "success"}"#,
        )),
    );
}

#[test]
fn values_that_are_none() {
    for (mode, text, expected) in [
        (
            Mode::Any,
            r#"{"deploymentState": null, "osVersion": "", "id": ""}"#,
            Some(r#"{"osVersion": "", "id": ""}"#),
        ),
        (
            Mode::Any,
            r#"{"osVersion": "", "targetedAppCount": null}"#,
            Some(r#"{"osVersion": ""}"#),
        ),
        (
            Mode::Any,
            r#"{"osVersion": "", "eventDateTime": "N/A"}"#,
            Some(r#"{"osVersion": ""}"#),
        ),
        (
            Mode::Any,
            r#"{"osVersion": "", "targetedAppCount": ""}"#,
            Some(r#"{"osVersion": ""}"#),
        ),
        (
            Mode::Any,
            r#"{"osVersion": "", "deploymentDuration": {}}"#,
            Some(r#"{"osVersion": ""}"#),
        ),
        (
            Mode::Any,
            "{\n  \"deploymentEndDateTime\": null,\n  \"targetedAppCount\": null,\n  \"osVersion\": \"\",\n  \"deploymentDuration\": null\n}\n",
            Some("{\n  \"osVersion\": \"\"\n}\n"),
        ),
        (
            Mode::Any,
            r#"{"osVersion": "", "policyStatusDetails": [null, {"displayName": "x", "complianceStatus": null}, {}]}"#,
            Some(r#"{"osVersion": "", "policyStatusDetails": [{"displayName": "x"}, {}]}"#),
        ),
        // Nothing would be left of it.
        (Mode::Any, r#"{"targetedAppCount": null}"#, None),
        (
            Mode::Any,
            r#"{"targetedAppCount": null, "deploymentState": null, "@odata.etag": "x"}"#,
            None,
        ),
        (Mode::Update, r#"{"targetedAppCount": null}"#, None),
        // The name first.
        (
            Mode::Any,
            r#"{"TargetedAppCount": null, "osVersion": ""}"#,
            None,
        ),
    ] {
        let linter = linter(None, mode, &[]);
        holds(&linter, text, expected.map(|expected| (Unsafe, expected)));
    }
    let selected = |members: &str, rest: &str| {
        format!(
            r#"{{"@odata.context": "https://graph.microsoft.com/beta/$metadata#deviceManagement/autopilotEvents({members})/$entity", {rest}}}"#
        )
    };
    let response = linter(None, Mode::Response, &[]);
    for (member, value) in [
        ("eventDateTime", Some(r#""0001-01-01T00:00:00Z""#)),
        ("enrollmentState", Some(r#""unknown""#)),
        // That nothing was targeted is another thing.
        ("targetedAppCount", None),
        ("deploymentDuration", None),
    ] {
        let text = selected(member, &format!(r#""{member}": null"#));
        let expected = value.map(|value| selected(member, &format!(r#""{member}": {value}"#)));
        let expected = expected.as_deref().map(|text| (Unsafe, text));
        holds(&response, &text, expected);
    }
}

#[test]
fn lists() {
    let linter = linter(None, Mode::Any, &[]);
    let detail = r#"{"id": "x", "displayName": null, "complianceStatus": "compliant"}"#;
    let list = format!("[{detail}]");
    let in_object = format!(r#"{{"value": {list}, "Count": 1}}"#);
    for (value, expected) in [
        (detail, Some((Safe, list.as_str()))),
        (&in_object, Some((Safe, &list))),
        (r#"{"value": [], "Count": 0}"#, Some((Safe, "[]"))),
        (r#""""#, Some((Safe, "[]"))),
        // What nobody looked at before would be at fault.
        (r#"{"id": "x", "complianceStatus": "Compliant"}"#, None),
        (r#"{"id": 7}"#, None),
        (r#"{"id": null}"#, None),
        (r#"{"region": "x"}"#, None),
        (r#"{"@odata.typ": "x"}"#, None),
        (r#"{"value": [7], "Count": 1}"#, None),
        (r#""[{}]""#, None),
        (r#""System.Object[]""#, None),
        ("7", None),
        // Elements, and what is in them.
        (
            r#"[{"id": "x", "errorCode": "7"}]"#,
            Some((Safe, r#"[{"id": "x", "errorCode": 7}]"#)),
        ),
        (
            r#"[{"lastReportedDateTime": "/Date(1714641243000)/"}]"#,
            Some((
                Safe,
                r#"[{"lastReportedDateTime": "2024-05-02T09:14:03Z"}]"#,
            )),
        ),
        (
            r#"[{"policyType": 3, "trackedOnEnrollmentStatus": "True"}]"#,
            Some((
                Safe,
                r#"[{"policyType": "application", "trackedOnEnrollmentStatus": true}]"#,
            )),
        ),
        (
            r#"[{"trackedOnEnrollmentStatus": 1}]"#,
            Some((Unsafe, r#"[{"trackedOnEnrollmentStatus": true}]"#)),
        ),
    ] {
        becomes(&linter, "policyStatusDetails", value, expected);
    }
}

#[test]
fn types_and_order() {
    let linter = linter(None, Mode::Any, &[]);
    for (text, expected) in [
        (
            r##"{"@odata.type": "https:\/\/graph.microsoft.com/beta/$metadata#Microsoft.Graph.deviceManagementAutopilotEvent", "osVersion": ""}"##,
            Some((
                Safe,
                r##"{"@odata.type": "https:\/\/graph.microsoft.com/beta/$metadata#microsoft.graph.deviceManagementAutopilotEvent", "osVersion": ""}"##,
            )),
        ),
        (
            r##"{"osVersion@odata.type": "#Edm.string", "osVersion": ""}"##,
            Some((
                Safe,
                r##"{"osVersion@odata.type": "#Edm.String", "osVersion": ""}"##,
            )),
        ),
        (
            r##"{"osVersion@odata.type": "#Int32", "osVersion": ""}"##,
            None,
        ),
        (
            r#"{"deploymentEndDateTime": "2024-05-02T09:14:03+00:00", "deploymentStartDateTime": "2024-05-02T23:14:03+02:00"}"#,
            Some((
                Unsafe,
                r#"{"deploymentEndDateTime": "2024-05-02T23:14:03+02:00", "deploymentStartDateTime": "2024-05-02T09:14:03+00:00"}"#,
            )),
        ),
        (
            r#"{"enrollmentStartDateTime": "2024-05-02T09:14:03Z", "deploymentStartDateTime": "2024-05-02T09:14:00Z"}"#,
            None,
        ),
    ] {
        holds(&linter, text, expected);
    }
}

/// Values under names that certainly stand for declared ones are mended as those of the declared, in
/// the same pass as the names.
#[test]
fn values_under_wrong_names() {
    let linter = linter(None, Mode::Any, &[]);
    let event = |[state, count, version, date]: [&str; 4], values: [&str; 4]| {
        let [a, b, c, d] = values;
        format!(r#"{{"{state}": {a}, "{count}": {b}, "{version}": {c}, "{date}": {d}}}"#)
    };
    let wrong = [
        r#""Success""#,
        r#""3""#,
        r#""10.0.19045.3693 ""#,
        r#""2024-05-02 09:14:03Z""#,
    ];
    let right = [
        r#""success""#,
        "3",
        r#""10.0.19045.3693""#,
        r#""2024-05-02T09:14:03Z""#,
    ];
    let declared = [
        "deploymentState",
        "targetedAppCount",
        "osVersion",
        "eventDateTime",
    ];
    for names in [
        [
            "DeploymentState",
            "TargetedAppCount",
            "OsVersion",
            "EventDateTime",
        ],
        [
            "deployment_state",
            "targeted_app_count",
            "os_version",
            "event_date_time",
        ],
        [
            "deploymentState",
            "targetedAppCount",
            "OSVersion",
            "eventDateTime",
        ],
    ] {
        let text = event(names, wrong);
        let values_alone = event(names, right);
        holds(&linter, &text, Some((Safe, &values_alone)));
        let mut passes = 0;
        let mut check = |text: &[u8]| {
            passes += 1;
            linter.check(text, &mut Scratch::default()).diagnostics
        };
        let found = check(text.as_bytes());
        let repaired = repair(text.as_bytes(), found, Safe, &mut check);
        let repaired = repaired.expect("proven").expect("fixed");
        let fixed = String::from_utf8(repaired.text).expect("UTF-8");
        assert_eq!((fixed, passes), (event(declared, right), 2), "{text}");
    }
}

/// A rule that is off by default says of a value only how it is written: it has its turn after the
/// value was made readable.
#[test]
fn with_every_rule() {
    let options = Options {
        rules: RuleSet::of_those(|_| true),
        ..Options::default()
    };
    let linter = Linter::new(&options).expect("any revision");
    for (member, value, expected) in [
        (
            "deploymentDuration",
            r#"" PT300S ""#,
            Some((Safe, r#""PT5M""#)),
        ),
        (
            "eventDateTime",
            r#"" 2024-05-02T09:14Z""#,
            Some((Safe, r#""2024-05-02T09:14:00Z""#)),
        ),
        (
            "deploymentDuration",
            r#""PT300.00000000S""#,
            Some((Safe, r#""PT5M""#)),
        ),
        (
            "deploymentDuration",
            r#""PT300.00000001S""#,
            Some((Unsafe, r#""PT5M""#)),
        ),
    ] {
        becomes(&linter, member, value, expected);
    }
}

#[test]
fn other_resources() {
    let of = |edm: &str, json: &str| json!({"x-edm-type": edm, "type": json});
    let flags = json!({
        "type": "string",
        "x-flags": true,
        "x-enum-values": {"read": {"value": 1}, "write": {"value": 2}, "runAs": {"value": 4}},
        "pattern": "^(?:read|write|runAs)(?:,(?:read|write|runAs))*$",
    });
    let schema = json!({
        "title": "thing",
        "type": "object",
        "properties": {
            "key": {"x-edm-type": "Edm.Guid", "type": "string", "format": "uuid"},
            "day": {"x-edm-type": "Edm.Date", "type": "string", "format": "date"},
            "time": {"x-edm-type": "Edm.TimeOfDay", "type": "string", "format": "time"},
            "double": of("Edm.Double", "number"),
            "decimal": of("Edm.Decimal", "number"),
            "byte": of("Edm.Byte", "integer"),
            "blob": of("Edm.Binary", "string"),
            "flag": {"type": "boolean"},
            "rights": flags,
            "names": {"type": "array", "items": {"type": "string"}},
        },
    });
    let model = from_schema(&schema).expect("a resource");
    let linter = Linter::with_model(model, &Options::default()).expect("any revision");
    for (member, value, expected) in [
        (
            "key",
            r#""{3E455CAB-5CAB-3E45-AB5C-453EAB5C453E}""#,
            Some((Safe, r#""3E455CAB-5CAB-3E45-AB5C-453EAB5C453E""#)),
        ),
        ("day", r#""2024-05-02 ""#, Some((Safe, r#""2024-05-02""#))),
        ("day", r#""2024/05/02""#, Some((Safe, r#""2024-05-02""#))),
        (
            "day",
            r#""2024-05-02T00:00:00Z""#,
            Some((Unsafe, r#""2024-05-02""#)),
        ),
        ("day", r#""02/05/2024""#, None),
        ("day", r#""2024-02-30""#, None),
        ("time", r#""9:14:03""#, Some((Safe, r#""09:14:03""#))),
        ("time", r#""9:14 PM""#, None),
        (
            "time",
            r#""09:14:03.123456789""#,
            Some((Unsafe, r#""09:14:03.1234567""#)),
        ),
        ("double", r#""3.50""#, Some((Safe, "3.50"))),
        ("double", r#""1e400""#, None),
        ("double", r#""much""#, None),
        ("decimal", r#""3.50""#, Some((Safe, "3.50"))),
        ("byte", "255.0", Some((Safe, "255"))),
        ("byte", "256.0", None),
        ("byte", r#""256""#, None),
        ("blob", r#""TWFu\r\nTWFu\n""#, Some((Safe, r#""TWFuTWFu""#))),
        ("blob", r#""TWFu!""#, None),
        ("flag", r#""true""#, Some((Safe, "true"))),
        ("flag", r#"" $False""#, Some((Safe, "false"))),
        ("flag", "0", Some((Unsafe, "false"))),
        ("flag", r#""yes""#, None),
        (
            "rights",
            r#""Read, write,run_as""#,
            Some((Safe, r#""read,write,runAs""#)),
        ),
        (
            "rights",
            r#""read,wrte""#,
            Some((Unsafe, r#""read,write""#)),
        ),
        ("rights", r#""Read,anything""#, None),
        ("rights", "2", Some((Safe, r#""write""#))),
        ("rights", "3", None),
        (
            "names",
            r#"["a", null, "b"]"#,
            Some((Unsafe, r#"["a", "b"]"#)),
        ),
        ("names", r#""a""#, None),
    ] {
        let text = |value: &str| format!(r#"{{"{member}": {value}, "@odata.etag": "x"}}"#);
        let expected = expected.map(|(sure, value)| (sure, text(value)));
        let expected = expected.as_ref().map(|(sure, text)| (*sure, text.as_str()));
        holds(&linter, &text(value), expected);
    }
}
