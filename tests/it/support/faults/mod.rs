//! Single faults: what to do to a right event, the rule that must find it, and the exact place.
//!
//! A fault changes an event, what encloses it, or the written text. The tables are by what is
//! changed; all of them together are [`all`].

mod envelope;
mod members;
mod relations;
mod text;
mod values;

use std::ops::Range;

use autopilot_lint::diagnostic::Severity;
use autopilot_lint::model::Mode;

use super::document::{Document, Place};
use super::event::Maker;
use super::json::{Json, Members};
use super::random::Random;
use super::style::Style;

/// A kind of fault.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    /// Says what is done; unique.
    pub(crate) name: &'static str,
    /// The rule that finds it.
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    /// The mode in which it is one.
    pub(crate) mode: Mode,
    /// How it is made.
    pub(crate) make: Make,
}

/// How a fault is made. `None` is returned where the revision has nothing to make it from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Make {
    /// Changes an event; the place is relative to it.
    Event(fn(&mut Subject<'_>) -> Option<Place>),
    /// Changes what encloses the events; the place is relative to the root.
    Document(fn(&mut Document, &mut Random) -> Option<Place>),
    /// Changes the written text.
    Text(MakeText),
}

/// Gets a text and the range of one event in it, makes a fault there and gives its span.
pub(crate) type MakeText = fn(&mut Vec<u8>, Range<usize>, &mut Random) -> Range<usize>;

impl Fault {
    const fn new(
        name: &'static str,
        rule: &'static str,
        severity: Severity,
        make: fn(&mut Subject<'_>) -> Option<Place>,
    ) -> Self {
        Self {
            name,
            rule,
            severity,
            mode: Mode::Any,
            make: Make::Event(make),
        }
    }

    const fn error(
        name: &'static str,
        rule: &'static str,
        make: fn(&mut Subject<'_>) -> Option<Place>,
    ) -> Self {
        Self::new(name, rule, Severity::Error, make)
    }

    const fn warning(
        name: &'static str,
        rule: &'static str,
        make: fn(&mut Subject<'_>) -> Option<Place>,
    ) -> Self {
        Self::new(name, rule, Severity::Warning, make)
    }

    const fn info(
        name: &'static str,
        rule: &'static str,
        make: fn(&mut Subject<'_>) -> Option<Place>,
    ) -> Self {
        Self::new(name, rule, Severity::Info, make)
    }

    /// The same in a mode.
    const fn in_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// An event with it; `None` for a fault of anything else, and where the revision has nothing for
    /// it.
    pub(crate) fn event(&self, maker: &mut Maker) -> Option<Members> {
        let Make::Event(make) = self.make else {
            return None;
        };
        let mut members = maker.event();
        make(&mut Subject {
            maker,
            members: &mut members,
        })?;
        Some(members)
    }
}

/// Every kind of fault.
pub(crate) fn all() -> Vec<Fault> {
    [
        members::FAULTS,
        values::FAULTS,
        relations::FAULTS,
        envelope::FAULTS,
        text::FAULTS,
    ]
    .concat()
}

/// The event that is being made wrong.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) maker: &'a mut Maker,
    pub(crate) members: &'a mut Members,
}

impl Subject<'_> {
    /// Gives a member a value, wherever it stands, or anywhere if it is absent.
    fn set(&mut self, name: &str, value: Json) -> Option<Place> {
        if !name.contains('@')
            && self
                .maker
                .model
                .resource()
                .members
                .iter()
                .any(|m| m.name == name)
            && !self.maker.has(name)
        {
            return None;
        }
        match self.members.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.insert(name, value),
        }
        Some(Place::value(pointer(name)))
    }

    /// Adds a member anywhere, present or not.
    fn insert(&mut self, name: &str, value: Json) {
        let at = self.maker.random.below(self.members.len() + 1);
        self.members.insert(at, (name.to_owned(), value));
    }

    /// Adds a member anywhere and points at its name; one that is there already is no news.
    fn add(&mut self, name: &str, value: Json) -> Option<Place> {
        if self.members.iter().any(|(known, _)| known == name) {
            return None;
        }
        self.insert(name, value);
        Some(Place::name(pointer(name)))
    }

    fn remove(&mut self, name: &str) {
        self.members.retain(|(known, _)| known != name);
    }

    /// Gives a member another name; `None` where it is absent.
    fn rename(&mut self, name: &str, to: &str) -> Option<Place> {
        let (known, _) = self.members.iter_mut().find(|(known, _)| known == name)?;
        to.clone_into(known);
        Some(Place::name(pointer(to)))
    }

    /// Writes all names in another style and points at the first; `None` where hardly any differ.
    fn restyle(&mut self, style: Style) -> Option<Place> {
        let changed = style.rewrite(self.members);
        (changed.len() >= 3).then(|| Place::name(pointer(&changed[0])))
    }

    /// Sets one of the members that the revision has.
    fn set_one_of(&mut self, names: &[&str], value: Json) -> Option<Place> {
        let names: Vec<&&str> = names.iter().filter(|name| self.maker.has(name)).collect();
        if names.is_empty() {
            return None;
        }
        let name = self.maker.random.pick(&names);
        self.set(name, value)
    }

    fn date(&mut self, value: Json) -> Option<Place> {
        const NAMES: [&str; 5] = [
            "eventDateTime",
            "deviceRegisteredDateTime",
            "enrollmentStartDateTime",
            "deploymentStartDateTime",
            "deploymentEndDateTime",
        ];
        self.set_one_of(&NAMES, value)
    }

    fn date_text(&mut self, text: &str) -> Option<Place> {
        self.date(Json::text(text))
    }

    fn duration(&mut self, value: Json) -> Option<Place> {
        const NAMES: [&str; 5] = [
            "deploymentDuration",
            "deploymentTotalDuration",
            "devicePreparationDuration",
            "deviceSetupDuration",
            "accountSetupDuration",
        ];
        let null = value == Json::null();
        let place = self.set_one_of(&NAMES, value)?;
        if null && place.pointer == "/devicePreparationDuration" {
            // No value is no time: the stages would not add up.
            self.remove("deploymentTotalDuration");
        }
        Some(place)
    }

    fn duration_text(&mut self, text: &str) -> Option<Place> {
        self.duration(Json::text(text))
    }

    fn count(&mut self, token: &str) -> Option<Place> {
        let names = ["targetedAppCount", "targetedPolicyCount"];
        self.set_one_of(&names, Json::token(token))
    }

    fn identifier(&mut self, text: &str) -> Option<Place> {
        const NAMES: [&str; 4] = [
            "id",
            "deviceId",
            "userId",
            "windows10EnrollmentCompletionPageConfigurationId",
        ];
        self.set_one_of(&NAMES, Json::text(text))
    }

    /// A state of the deployment or of a stage.
    fn state(&mut self, value: Json) -> Option<Place> {
        let names = ["deploymentState", "deviceSetupStatus", "accountSetupStatus"];
        self.set_one_of(&names, value)
    }

    /// Sets a member of the first detail of a policy.
    fn detail(&mut self, name: &str, value: Json) -> Option<Place> {
        let type_ = self.maker.model.types[1].clone();
        let declared = type_.members.iter().find(|member| member.name == name)?;
        if self
            .maker
            .revision
            .is_some_and(|at| !declared.life.covers(at))
        {
            return None;
        }
        let mut detail = vec![("displayName".to_owned(), Json::text("Büro"))];
        detail.retain(|(known, _)| known != name);
        let at = self.maker.random.below(detail.len() + 1);
        detail.insert(at, (name.to_owned(), value));
        self.set(
            "policyStatusDetails",
            Json::Array(vec![Json::Object(detail)]),
        )?;
        Some(Place::value(format!("/policyStatusDetails/0/{name}")))
    }

    /// Everything ended well, and nothing contradicts it.
    fn finished(&mut self) {
        let present = ["deviceSetupStatus", "accountSetupStatus"];
        for name in present
            .iter()
            .filter(|name| self.maker.has(name))
            .copied()
            .collect::<Vec<_>>()
        {
            self.set(name, Json::text("success"));
        }
        self.set("deploymentState", Json::text("success"));
        self.set("enrollmentState", Json::text("enrolled"));
        self.set("enrollmentFailureDetails", Json::null());
        self.set("deploymentEndDateTime", Json::text("2024-05-02T12:00:00Z"));
        self.times([0, 10, 20, 180]);
    }

    /// Registration, enrollment, start and end, in minutes from one instant.
    fn times(&mut self, minutes: [i64; 4]) {
        /// 2024-05-02T09:00:00Z
        const BASE: i64 = 638_502_372_000_000_000;
        let names = [
            "deviceRegisteredDateTime",
            "enrollmentStartDateTime",
            "deploymentStartDateTime",
            "deploymentEndDateTime",
        ];
        for (name, minutes) in names.into_iter().zip(minutes) {
            let text = self.maker.date_time(BASE + minutes * 600_000_000);
            self.set(name, Json::text(text));
        }
    }

    /// Deployment, total, preparation, device and account setup in minutes; `None` removes.
    fn spans(&mut self, minutes: [Option<i64>; 5]) {
        let names = [
            "deploymentDuration",
            "deploymentTotalDuration",
            "devicePreparationDuration",
            "deviceSetupDuration",
            "accountSetupDuration",
        ];
        for (name, minutes) in names.into_iter().zip(minutes) {
            match minutes {
                None => self.remove(name),
                Some(minutes) => {
                    let text = self.maker.duration(minutes * 600_000_000);
                    self.set(name, Json::text(text));
                }
            }
        }
    }
}

/// JSON Pointer of a member of the event.
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
