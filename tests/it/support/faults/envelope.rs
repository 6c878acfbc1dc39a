//! Faults of what encloses the events.

use autopilot_lint::diagnostic::Severity;
use autopilot_lint::model::Mode;

use super::{Fault, Make};
use crate::support::document::{Document, Place, Wrap};
use crate::support::json::{Json, Members};
use crate::support::random::Random;

pub(super) const FAULTS: &[Fault] = &[
    document(
        "a number among the events",
        "not-an-event",
        Severity::Error,
        |document, _| among(document, Json::token("7")),
    ),
    document(
        "another resource among the events",
        "not-an-event",
        Severity::Error,
        |document, _| {
            // Where the context says what they are, it is believed.
            document
                .envelope
                .retain(|(name, _)| name != "@odata.context");
            let other = [("displayName", "x"), ("jailBroken", "False"), ("imei", "1")];
            let members = other.map(|(name, value)| (name.to_owned(), Json::text(value)));
            among(document, Json::Object(members.into()))
        },
    ),
    document(
        "another type among the events",
        "not-an-event",
        Severity::Error,
        |document, _| {
            let kind = Json::text("#microsoft.graph.managedDevice");
            let version = Json::text("10.0.26200.8893");
            let members = [("@odata.type", kind), ("osVersion", version)];
            let members = members.map(|(name, value)| (name.to_owned(), value));
            among(document, Json::Object(members.into()))
        },
    ),
    document(
        "the response misspells its context",
        "unknown-annotation",
        Severity::Warning,
        |document, _| {
            in_envelope(document, "@odata.contxt", Json::text("x"))?;
            Some(Place::name("/@odata.contxt"))
        },
    ),
    document(
        "a library names the next link",
        "unknown-annotation",
        Severity::Warning,
        |document, random| {
            let names = [
                "odataNextLink",
                "OdataNextLink",
                "odata_next_link",
                "@odata_nextLink",
                "@odata.nextlink",
                "@nextlink",
                "nextLink",
            ];
            let name = random.pick(&names);
            in_envelope(document, name, Json::text(LINK))?;
            Some(Place::name(format!("/{name}")))
        },
    ),
    document(
        "Windows PowerShell counts the list",
        "unknown-annotation",
        Severity::Warning,
        |document, _| {
            in_envelope(document, "Count", Json::token("2"))?;
            Some(Place::name("/Count"))
        },
    ),
    document(
        "the response has a name twice",
        "duplicate-member",
        Severity::Error,
        |document, _| {
            in_envelope(document, "@vendor.note", Json::token("1"))?;
            in_envelope(document, "@vendor.note", Json::token("2"))?;
            Some(Place::name("/@vendor.note").again())
        },
    ),
    document(
        "the count is too small",
        "count-below-items",
        Severity::Error,
        |document, _| {
            in_envelope(document, "@odata.count", Json::token("0"))?;
            Some(Place::value("/@odata.count"))
        },
    ),
    document(
        "there is a next page",
        "partial-page",
        Severity::Info,
        |document, _| {
            document
                .envelope
                .retain(|(name, _)| name != "@odata.deltaLink");
            in_envelope(document, "@odata.nextLink", Json::text(LINK))?;
            Some(Place::name("/@odata.nextLink"))
        },
    ),
    document(
        "there are both links",
        "next-and-delta-link",
        Severity::Error,
        |document, _| {
            in_envelope(document, "@odata.deltaLink", Json::text(LINK))?;
            in_envelope(document, "@odata.nextLink", Json::text(LINK))?;
            Some(Place::name("/@odata.deltaLink"))
        },
    ),
    document(
        "an identifier appears twice",
        "duplicate-event-id",
        Severity::Error,
        |document, random| {
            let id = Json::text("3e455cab-5cab-3e45-ab5c-453eab5c453e");
            let again = document.events.first()?.clone();
            if ![Wrap::Array, Wrap::Collection].contains(&document.wrap) {
                return None;
            }
            document.events.push(again);
            let last = document.events.len() - 1;
            for at in [0, last] {
                let event: &mut Members = &mut document.events[at];
                event.retain(|(name, _)| name != "id");
                let place = random.below(event.len() + 1);
                event.insert(place, ("id".to_owned(), id.clone()));
            }
            document.envelope.retain(|(name, _)| name != "@odata.count");
            Some(Place::value(format!("{}/id", document.pointer(last))))
        },
    ),
];

const LINK: &str = "https://graph.microsoft.com/beta/deviceManagement/autopilotEvents?$skiptoken=x";

const fn document(
    name: &'static str,
    rule: &'static str,
    severity: Severity,
    make: fn(&mut Document, &mut Random) -> Option<Place>,
) -> Fault {
    Fault {
        name,
        rule,
        severity,
        mode: Mode::Any,
        make: Make::Document(make),
    }
}

/// Puts a stranger behind the events of a list.
fn among(document: &mut Document, stranger: Json) -> Option<Place> {
    if ![Wrap::Array, Wrap::Collection].contains(&document.wrap) {
        return None;
    }
    document.strangers.push(stranger);
    document.envelope.retain(|(name, _)| name != "@odata.count");
    Some(Place::value(document.pointer(document.events.len())))
}

/// Adds a member to the envelope of a collection; one that may stand but once, once.
fn in_envelope(document: &mut Document, name: &str, value: Json) -> Option<()> {
    if document.wrap != Wrap::Collection {
        return None;
    }
    if name.starts_with("@odata.") {
        document.envelope.retain(|(known, _)| known != name);
    }
    document.envelope.push((name.to_owned(), value));
    Some(())
}
