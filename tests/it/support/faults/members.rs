//! Faults of names, types and annotations.

use autopilot_lint::model::Mode;

use super::{Fault, pointer};
use crate::support::document::Place;
use crate::support::json::Json;
use crate::support::style::Style;

pub(super) const FAULTS: &[Fault] = &[
    Fault::error("a date is a number", "wrong-type", |s| {
        s.date(Json::token("1714641243000"))
    }),
    Fault::error("a date is an object", "wrong-type", |s| {
        let value = ("value".to_owned(), Json::text("/Date(1714641243000)/"));
        let kind = ("DateTime".to_owned(), Json::text("Thursday, May 2, 2024"));
        s.date(Json::Object(vec![value, kind]))
    }),
    Fault::error("a date is a boolean", "wrong-type", |s| {
        s.date(Json::token("false"))
    }),
    Fault::error("a duration is a number", "wrong-type", |s| {
        s.duration(Json::token("201.5549443"))
    }),
    Fault::error("a duration is a TimeSpan object", "wrong-type", |s| {
        let ticks = ("Ticks".to_owned(), Json::token("2015549443"));
        let seconds = ("TotalSeconds".to_owned(), Json::token("201.5549443"));
        s.duration(Json::Object(vec![ticks, seconds]))
    }),
    Fault::error("a duration is an array", "wrong-type", |s| {
        s.duration(Json::Array(vec![Json::text("PT5M")]))
    }),
    Fault::error("a count is in quotes", "wrong-type", |s| s.count("\"3\"")),
    Fault::error("a count is a boolean", "wrong-type", |s| s.count("true")),
    Fault::error("a count is an array", "wrong-type", |s| s.count("[3]")),
    Fault::error("a state is a number", "wrong-type", |s| {
        s.state(Json::token("1"))
    }),
    Fault::error("a state is an object", "wrong-type", |s| {
        let value = ("Value".to_owned(), Json::text("success"));
        s.state(Json::Object(vec![value]))
    }),
    Fault::error("a name is a number", "wrong-type", |s| {
        s.set_one_of(&["managedDeviceName", "osVersion"], Json::token("10"))
    }),
    Fault::error("a name is a boolean", "wrong-type", |s| {
        s.set_one_of(
            &["deviceSerialNumber", "userPrincipalName"],
            Json::token("true"),
        )
    }),
    Fault::error("an identifier is a number", "wrong-type", |s| {
        s.set("id", Json::token("7"))
    }),
    Fault::error("the details are an object", "wrong-type", |s| {
        s.set("policyStatusDetails", Json::Object(vec![]))
    }),
    Fault::error("a detail is a text", "wrong-type", |s| {
        s.set("policyStatusDetails", Json::Array(vec![Json::text("x")]))?;
        Some(Place::value("/policyStatusDetails/0"))
    }),
    Fault::error("a boolean of a detail is in quotes", "wrong-type", |s| {
        s.detail("trackedOnEnrollmentStatus", Json::text("true"))
    }),
    Fault::error("an error code is in quotes", "wrong-type", |s| {
        s.detail("errorCode", Json::text("9"))
    }),
    Fault::error("a letter of a name is missing", "unknown-member", |s| {
        s.rename("deploymentDuration", "deploymentDuraton")
    }),
    Fault::error("a name is in Pascal case", "unknown-member", |s| {
        s.remove("osVersion");
        s.add("OsVersion", Json::text("10.0.26200.8893"))
    }),
    Fault::error("all names are in Pascal case", "unknown-member", |s| {
        s.restyle(Style::Pascal)
    }),
    Fault::error("all names are in snake case", "unknown-member", |s| {
        s.restyle(Style::Snake)
    }),
    Fault::error("all names are in kebab case", "unknown-member", |s| {
        s.restyle(Style::Kebab)
    }),
    Fault::error("all names are in capitals", "unknown-member", |s| {
        s.restyle(Style::Screaming)
    }),
    Fault::error("all names are in lower case", "unknown-member", |s| {
        s.restyle(Style::Lower)
    }),
    Fault::error("all names have blanks", "unknown-member", |s| {
        s.restyle(Style::Title)
    }),
    Fault::error("a name is of another resource", "unknown-member", |s| {
        s.add("complianceState", Json::text("compliant"))
    }),
    Fault::error("a name has a Cyrillic letter", "unknown-member", |s| {
        s.remove("osVersion");
        s.add("оsVersion", Json::text("10.0.26200.8893"))
    }),
    Fault::error("a name is in Cyrillic", "unknown-member", |s| {
        s.add("деплойментстате", Json::text("success"))
    }),
    Fault::error("a name holds what pointers escape", "unknown-member", |s| {
        s.add("a/b~c", Json::token("1"))
    }),
    Fault::error("a name is empty", "unknown-member", |s| {
        s.add("", Json::null())
    }),
    Fault::error("a name of a detail is unknown", "unknown-member", |s| {
        s.detail("displayName", Json::text("x"))?;
        let detail = vec![
            ("policyName".to_owned(), Json::text("x")),
            ("displayName".to_owned(), Json::text("x")),
        ];
        s.set(
            "policyStatusDetails",
            Json::Array(vec![Json::Object(detail)]),
        )?;
        Some(Place::name("/policyStatusDetails/0/policyName"))
    }),
    Fault::warning(
        "a member is of a later revision",
        "member-not-in-revision",
        |s| {
            let (name, value) = match s.maker.revision? {
                0 => ("deviceId", Json::null()),
                1 => ("deviceSetupStatus", Json::text("success")),
                2 | 3 => ("userId", Json::text("")),
                _ => return None,
            };
            s.add(name, value)
        },
    ),
    Fault::warning(
        "a member is of an earlier revision",
        "member-not-in-revision",
        |s| {
            (s.maker.revision? == 4).then_some(())?;
            s.add("targetedAppCount", Json::token("3"))
        },
    ),
    Fault::error("a state has a capital", "unknown-enum-member", |s| {
        s.state(Json::text("Success"))
    }),
    Fault::error(
        "a state is that of the enrollment",
        "unknown-enum-member",
        |s| s.state(Json::text("failed")),
    ),
    Fault::error(
        "a state of the enrollment is that of the deployment",
        "unknown-enum-member",
        |s| s.set("enrollmentState", Json::text("failure")),
    ),
    Fault::error(
        "a state is a number in quotes",
        "unknown-enum-member",
        |s| s.state(Json::text("1")),
    ),
    Fault::error("a state is translated", "unknown-enum-member", |s| {
        s.state(Json::text("сбой"))
    }),
    Fault::error("a state is two", "unknown-enum-member", |s| {
        s.state(Json::text("success,failure"))
    }),
    Fault::error(
        "a state is the guideline's sentinel",
        "unknown-enum-member",
        |s| s.state(Json::text("unknownFutureValue")),
    ),
    Fault::error("a state is empty", "unknown-enum-member", |s| {
        s.state(Json::text(""))
    }),
    Fault::error(
        "a kind is of another resource",
        "unknown-enum-member",
        |s| s.set("enrollmentType", Json::text("windowsAzureADJoin")),
    ),
    Fault::error(
        "a kind of a detail is unknown",
        "unknown-enum-member",
        |s| s.detail("policyType", Json::text("app")),
    ),
    Fault::warning(
        "a state is of a later revision",
        "enum-member-not-in-revision",
        |s| {
            let state = match s.maker.revision? {
                0 | 1 => "notAttempted",
                2 => "successOnRetry",
                _ => return None,
            };
            s.finished();
            s.spans([None; 5]);
            s.set("deploymentState", Json::text(state))
        },
    ),
    Fault::warning("a date is null", "null-not-allowed", |s| {
        let names = [
            "deviceRegisteredDateTime",
            "enrollmentStartDateTime",
            "eventDateTime",
        ];
        s.set_one_of(&names, Json::null())
    }),
    Fault::warning("a duration is null", "null-not-allowed", |s| {
        s.duration(Json::null())
    }),
    Fault::warning("the key is null", "null-not-allowed", |s| {
        s.set("id", Json::null())
    }),
    Fault::error("a count is null", "null-not-allowed", |s| s.count("null")),
    Fault::error("a state is null", "null-not-allowed", |s| {
        s.set_one_of(&["enrollmentState", "deviceSetupStatus"], Json::null())
    }),
    Fault::warning("a detail is null", "null-not-allowed", |s| {
        s.set("policyStatusDetails", Json::Array(vec![Json::null()]))?;
        Some(Place::value("/policyStatusDetails/0"))
    }),
    Fault::error("the type is another", "odata-type-mismatch", |s| {
        s.set("@odata.type", Json::text("#microsoft.graph.managedDevice"))
    }),
    Fault::warning("the type has capitals", "odata-type-mismatch", |s| {
        s.set(
            "@odata.type",
            Json::text("#Microsoft.Graph.DeviceManagementAutopilotEvent"),
        )
    }),
    Fault::error(
        "the type of a member is another",
        "odata-type-mismatch",
        |s| {
            s.remove("eventDateTime@odata.type");
            s.set("eventDateTime@odata.type", Json::text("#Duration"))
        },
    ),
    Fault::warning(
        "control information is misspelt",
        "unknown-annotation",
        |s| s.add("@odata.contxt", Json::text("x")),
    ),
    Fault::warning("an annotation has no member", "unknown-annotation", |s| {
        s.add("deploymentStat@odata.type", Json::text("#String"))
    }),
    Fault::error("a member appears twice", "duplicate-member", |s| {
        let value = ("osVersion", Json::text("10.0.26200.8893"));
        s.remove(value.0);
        s.insert(value.0, value.1.clone());
        s.insert(value.0, value.1);
        Some(Place::name("/osVersion").again())
    }),
    Fault::error("an annotation appears twice", "duplicate-member", |s| {
        s.remove("@vendor.note");
        s.insert("@vendor.note", Json::token("1"));
        s.insert("@vendor.note", Json::token("2"));
        Some(Place::name("/@vendor.note").again())
    }),
    Fault::error(
        "a member of a detail appears twice",
        "duplicate-member",
        |s| {
            let twice = vec![("displayName".to_owned(), Json::text("x")); 2];
            s.set(
                "policyStatusDetails",
                Json::Array(vec![Json::Object(twice)]),
            )?;
            Some(Place::name("/policyStatusDetails/0/displayName").again())
        },
    ),
    Fault::error(
        "a member deep in an annotation appears twice",
        "duplicate-member",
        |s| {
            let twice = Json::Object(vec![("a/b".to_owned(), Json::null()); 2]);
            s.set("@vendor.tree", Json::Array(vec![twice]))?;
            Some(Place::name("/@vendor.tree/0/a~1b").again())
        },
    ),
    Fault::error("a response lacks a member", "missing-member", |s| {
        s.remove("osVersion");
        s.remove("osVersion@vendor.note");
        s.remove("osVersion@odata.type");
        Some(Place::opening(""))
    })
    .in_mode(Mode::Response),
    Fault::error("a creation lacks a member", "missing-member", |s| {
        s.remove("eventDateTime");
        s.remove("eventDateTime@vendor.note");
        s.remove("eventDateTime@odata.type");
        Some(Place::opening(""))
    })
    .in_mode(Mode::Create),
    Fault::error("a response has one member only", "missing-member", |s| {
        s.members.clear();
        s.insert("deploymentState", Json::text("success"));
        Some(Place::opening(""))
    })
    .in_mode(Mode::Response),
    Fault::info("a creation has the key", "member-not-in-mode", |s| {
        let guid = s.maker.guid();
        s.add("id", Json::text(guid))
    })
    .in_mode(Mode::Create),
    Fault::info("an update has an entity tag", "member-not-in-mode", |s| {
        s.add("@odata.etag", Json::text("x"))
    })
    .in_mode(Mode::Update),
    Fault::info("an update changes nothing", "member-not-in-mode", |s| {
        s.members.clear();
        Some(Place::opening(""))
    })
    .in_mode(Mode::Update),
    Fault::info("a response has a binding", "member-not-in-mode", |s| {
        s.set("policyStatusDetails", Json::Array(vec![]))?;
        let name = "policyStatusDetails@odata.bind";
        s.add(name, Json::Array(vec![]))?;
        Some(Place::name(pointer(name)))
    })
    .in_mode(Mode::Response),
];
