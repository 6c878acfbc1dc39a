//! Seeded events that are right in every respect: no rule that is on by default finds anything.
//!
//! Every legal freedom is taken: absent, null and empty members, unset dates, all enumeration
//! members, all spellings of dates and durations, annotations, any order.

use std::rc::Rc;

use autopilot_lint::model::{Member, Mode, Model, Role, StructuredType, TypeRef, table};

use super::json::{Json, Members};
use super::random::Random;

/// Ticks of 100 ns.
const SECOND: i64 = 10_000_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;
/// 2016-01-01T00:00:00Z since year 1.
const FIRST: i64 = 635_872_032_000_000_000;
/// 1970-01-01T00:00:00Z since year 1.
const EPOCH: i64 = 621_355_968_000_000_000;

/// Makes events.
#[derive(Debug)]
pub(crate) struct Maker {
    pub(crate) model: Model,
    pub(crate) random: Random,
    /// What the revision has of the event and of a detail of a policy.
    present: [Rc<[Member]>; 2],
    /// Index of the revision whose members events have; `None` = those of all.
    pub(crate) revision: Option<usize>,
    /// Which members there must be and may not be.
    pub(crate) mode: Mode,
}

/// What the members of one event agree on.
struct Story {
    /// Registration, enrollment, start and end, in their order, then the event.
    instants: [i64; 5],
    deployment: String,
    enrollment: &'static str,
    device_setup: String,
    account_setup: String,
    details: Option<&'static str>,
    /// The deployment, the total, preparation, device and account setup.
    durations: [i64; 5],
}

impl Maker {
    pub(crate) fn new(seed: u64, revision: Option<usize>, mode: Mode) -> Self {
        let model = table::autopilot_event();
        let present = |of: &StructuredType| -> Rc<[Member]> {
            let has = |member: &&Member| revision.is_none_or(|at| member.life.covers(at));
            of.members.iter().filter(has).cloned().collect()
        };
        Self {
            present: [present(&model.types[0]), present(&model.types[1])],
            model,
            random: Random::new(seed),
            revision,
            mode,
        }
    }

    /// An event.
    pub(crate) fn event(&mut self) -> Members {
        let present = Rc::clone(&self.present[0]);
        let dropped = self.dropped(&present);
        let kept = |name: &str| {
            let named = |member: &&Member| member.name == name;
            present.iter().any(|member| named(&member)) && !dropped.contains(&name)
        };
        let story = self.story(kept("devicePreparationDuration"));
        let mut members = Members::new();
        for member in present.iter() {
            if kept(&member.name)
                && let Some(value) = self.value(member, &story)
            {
                members.push((member.name.clone(), value));
            }
        }
        self.annotate(&present, &mut members);
        self.random.shuffle(&mut members);
        members
    }

    /// Whether every structural member must be there; then none is unset either.
    const fn complete(&self) -> bool {
        matches!(self.mode, Mode::Create | Mode::Response)
    }

    /// Whether the revision has a member of the event.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.present[0].iter().any(|member| member.name == name)
    }

    /// Members that are left out. Two that no other resource has always stay.
    fn dropped<'a>(&mut self, present: &'a [Member]) -> Vec<&'a str> {
        const STAY: [&str; 2] = ["deploymentState", "deploymentTotalDuration"];
        let percent = if self.complete() {
            0
        } else {
            self.random.pick(&[0, 0, 10, 50, 90])
        };
        let misplaced: &[&str] = match self.mode {
            Mode::Create => &["id"],
            Mode::Update => &["id", "policyStatusDetails"],
            _ => &[],
        };
        let names = present.iter().map(|member| member.name.as_str());
        let dropped = |name: &&str| {
            misplaced.contains(name) || !STAY.contains(name) && self.random.chance(percent)
        };
        names.filter(dropped).collect()
    }

    fn story(&mut self, preparation: bool) -> Story {
        let deployment = self.member_of("windowsAutopilotDeploymentState");
        let failed = deployment == "failure";
        let succeeded = deployment.starts_with("success");
        let stage = |maker: &mut Self| loop {
            let state = maker.member_of("windowsAutopilotDeploymentState");
            if !succeeded || state != "failure" {
                return state;
            }
        };
        let [device_setup, account_setup] = [stage(self), stage(self)];
        let enrollments = [
            "unknown",
            "enrolled",
            "pendingReset",
            "notContacted",
            "blocked",
        ];
        let details = [
            "0x80180014",
            "Zeitüberschreitung \"ESP\"",
            "超时\n\\\\srv\\log",
        ];
        Story {
            enrollment: if failed && self.random.chance(50) {
                "failed"
            } else {
                self.random.pick(&enrollments)
            },
            details: failed.then(|| self.random.pick(&details)),
            instants: self.instants(),
            durations: self.durations(preparation, &device_setup, &account_setup),
            deployment,
            device_setup,
            account_setup,
        }
    }

    fn instants(&mut self) -> [i64; 5] {
        let mut at = self.rounded(FIRST, FIRST + 3900 * DAY);
        let [registered, enrolled, started, ended] =
            [0, DAY, 10 * MINUTE, 90 * MINUTE].map(|gap| {
                let pause = if self.random.chance(10) { 0 } else { gap };
                at += self.rounded(0, pause);
                at
            });
        let event = enrolled + self.rounded(0, 100 * MINUTE);
        [registered, enrolled, started, ended, event]
    }

    fn durations(&mut self, preparation: bool, device: &str, account: &str) -> [i64; 5] {
        let skipped = |state: &str| ["notAttempted", "disabled"].contains(&state);
        let mut stage = |skip: bool| {
            if skip || self.random.chance(10) {
                0
            } else {
                self.rounded(0, 90 * MINUTE)
            }
        };
        let [prepared, device, account] =
            [false, skipped(device), skipped(account)].map(&mut stage);
        let drift = self.random.within(-SECOND, SECOND);
        let counted = preparation && self.random.chance(70);
        let stages = device + account + if counted { prepared } else { 0 };
        let longest = device.max(account).max(if counted { prepared } else { 0 });
        let total = if self.random.chance(70) {
            stages
        } else {
            (stages + drift).max(longest)
        };
        let prepared = prepared.min(total);
        let whole = if self.random.chance(30) {
            total
        } else {
            self.random.within(0, total)
        };
        [whole, total, prepared, device, account]
    }

    /// Ticks from `first` to `last`, often whole seconds or minutes.
    fn rounded(&mut self, first: i64, last: i64) -> i64 {
        let units = [1, 10, 1000, 100_000, 1_000_000, SECOND, SECOND, MINUTE];
        let unit = self.random.pick(&units);
        let ticks = self.random.within(first, last);
        (ticks - ticks % unit).max(first)
    }

    /// A member of an enumeration that the revision has.
    pub(crate) fn member_of(&mut self, enumeration: &str) -> String {
        let known = self.model.enumerations.iter();
        let found = known.filter(|known| known.name == enumeration);
        let members = found.flat_map(|known| &known.members);
        let names: Vec<String> = members
            .filter(|member| self.revision.is_none_or(|at| member.life.covers(at)))
            .map(|member| member.name.clone())
            .collect();
        self.random.pick(&names)
    }

    fn value(&mut self, member: &Member, story: &Story) -> Option<Json> {
        let durations = [
            "deploymentDuration",
            "deploymentTotalDuration",
            "devicePreparationDuration",
            "deviceSetupDuration",
            "accountSetupDuration",
        ];
        let instants = [
            "deviceRegisteredDateTime",
            "enrollmentStartDateTime",
            "deploymentStartDateTime",
            "deploymentEndDateTime",
            "eventDateTime",
        ];
        let name = member.name.as_str();
        if let Some(at) = durations.iter().position(|known| *known == name) {
            return Some(Json::text(self.duration(story.durations[at])));
        }
        if let Some(at) = instants.iter().position(|known| *known == name) {
            return self.instant(name, story.instants[at], story);
        }
        Some(match name {
            "deploymentState" => Json::text(&*story.deployment),
            "enrollmentState" => Json::text(story.enrollment),
            "deviceSetupStatus" => Json::text(&*story.device_setup),
            "accountSetupStatus" => Json::text(&*story.account_setup),
            "enrollmentFailureDetails" => match story.details {
                Some(details) => Json::text(details),
                None => self.nothing(),
            },
            "policyStatusDetails" => self.details(),
            _ => self.free(member),
        })
    }

    /// No text: null or empty.
    fn nothing(&mut self) -> Json {
        if self.random.chance(50) {
            Json::null()
        } else {
            Json::text("")
        }
    }

    /// A value that nothing else depends on.
    fn free(&mut self, member: &Member) -> Json {
        if member.nullable && !self.complete() && self.random.chance(15) {
            return self.nothing();
        }
        match member.type_ref {
            TypeRef::Enumeration(index) => {
                let name = self.model.enumerations[index].name.clone();
                Json::text(self.member_of(&name))
            }
            _ if member.name.ends_with("Count") => {
                Json::token(self.random.pick(&["0", "-0", "3", "17", "2147483647"]))
            }
            _ if member.name == "errorCode" => {
                Json::token(self.random.pick(&["0", "9", "-2016281112", "-2147483648"]))
            }
            _ if member.name == "trackedOnEnrollmentStatus" => {
                Json::token(self.random.pick(&["true", "false"]))
            }
            _ if member.name.ends_with("DateTime") => {
                let ticks = self.rounded(FIRST, FIRST + 3900 * DAY);
                Json::text(self.date_time(ticks))
            }
            _ => Json::text(self.words(member)),
        }
    }

    fn words(&mut self, member: &Member) -> String {
        let names = [
            "Büro 7",
            "Kiosk (Lager)",
            "配置文件 \"一\"",
            "Все устройства",
            "🚀 Pilot/2",
        ];
        let devices = ["DESKTOP-4F7Q2LM", "BÜRO-7", "端末-12", "LAPTOP-0001"];
        let serials = [
            "PC6TLVBTR",
            "MJ0KP6EV",
            "4813-0622-7790-3381-2046-9917-05",
            "5CD1234XYZ",
        ];
        let users = [
            "ada@contoso.com",
            "josé.niño@contoso.example",
            "ada_fabrikam.com#EXT#@contoso.onmicrosoft.com",
        ];
        let versions = ["10.0.26200.8893", "10.0.19045.4291", "10.0.22631.1"];
        let choice: &[&str] = match member.role {
            Some(Role::Guid) => return self.guid(),
            Some(Role::SerialNumber) => &serials,
            Some(Role::DeviceName) => &devices,
            Some(Role::UserPrincipalName) => &users,
            Some(Role::OsVersion) => &versions,
            _ => &names,
        };
        self.random.pick(choice).to_owned()
    }

    pub(crate) fn guid(&mut self) -> String {
        let bits = (u128::from(self.random.next()) << 64) | u128::from(self.random.next());
        let digits = format!("{bits:032x}");
        let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
        let guid = parts.join("-");
        if self.random.chance(20) {
            guid.to_ascii_uppercase()
        } else {
            guid
        }
    }

    fn instant(&mut self, name: &str, ticks: i64, story: &Story) -> Option<Json> {
        let end = name == "deploymentEndDateTime";
        let running = story.deployment == "inProgress";
        let unset = if end {
            running
        } else {
            !self.complete() && self.random.chance(5)
        };
        if end && running && !self.complete() && self.random.chance(50) {
            return None;
        }
        let never = ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z"];
        let text = if unset {
            self.random.pick(&never).to_owned()
        } else {
            self.date_time(ticks)
        };
        Some(Json::text(text))
    }

    /// One of the spellings of an instant.
    pub(crate) fn date_time(&mut self, ticks: i64) -> String {
        let quarters = if self.random.chance(50) {
            0
        } else {
            self.random.within(-56, 56)
        };
        let local = ticks + quarters * 15 * MINUTE;
        let seconds = (local - EPOCH).div_euclid(SECOND);
        let written = chrono::DateTime::from_timestamp(seconds, 0).expect("in range");
        let fraction = self.fraction(local.rem_euclid(SECOND));
        let no_seconds =
            fraction.is_empty() && seconds.rem_euclid(60) == 0 && self.random.chance(20);
        let pattern = if no_seconds {
            "%Y-%m-%dT%H:%M"
        } else {
            "%Y-%m-%dT%H:%M:%S"
        };
        let sign = if quarters < 0 { '-' } else { '+' };
        let zone = match quarters {
            0 => self
                .random
                .pick(&["Z", "Z", "Z", "+00:00", "-00:00"])
                .to_owned(),
            _ => format!(
                "{sign}{:02}:{:02}",
                quarters.abs() / 4,
                quarters.abs() % 4 * 15
            ),
        };
        format!("{}{fraction}{zone}", written.format(pattern))
    }

    /// The fraction of a second with its point, with some or all of its trailing zeros.
    fn fraction(&mut self, ticks: i64) -> String {
        let digits = format!("{ticks:07}");
        let needed = digits.trim_end_matches('0').len();
        let kept = if self.random.chance(70) {
            needed
        } else {
            needed + self.random.below(8 - needed)
        };
        match kept {
            0 => String::new(),
            _ => format!(".{}", &digits[..kept]),
        }
    }

    /// One of the spellings of an elapsed time of zero or more.
    pub(crate) fn duration(&mut self, ticks: i64) -> String {
        if ticks == 0 {
            let zeros = ["PT0S", "PT0S", "P0D", "PT0M", "PT0H0M0S", "PT0.0S", "-PT0S"];
            return self.random.pick(&zeros).to_owned();
        }
        let fraction = self.fraction(ticks % SECOND);
        let seconds = ticks / SECOND;
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        match self.random.below(10) {
            0 => format!("PT{seconds}{fraction}S"),
            1 => format!("PT{hours:02}H{minutes:02}M{rest:02}{fraction}S"),
            2 => format!("P0DT{}M{rest}{fraction}S", seconds / 60),
            _ => {
                let part = |number: i64, unit: char| match number {
                    0 => String::new(),
                    _ => format!("{number}{unit}"),
                };
                let end = match (rest, fraction.as_str()) {
                    (0, "") => String::new(),
                    _ => format!("{rest}{fraction}S"),
                };
                format!("PT{}{}{end}", part(hours, 'H'), part(minutes, 'M'))
            }
        }
    }

    /// The expanded details of up to three policies.
    fn details(&mut self) -> Json {
        let present = Rc::clone(&self.present[1]);
        let count = self.random.below(4);
        let of = |maker: &mut Self| {
            let mut members = Members::new();
            for member in present.iter() {
                if maker.complete() || maker.random.chance(80) {
                    members.push((member.name.clone(), maker.free(member)));
                }
            }
            maker.random.shuffle(&mut members);
            Json::Object(members)
        };
        Json::Array((0..count).map(|_| of(self)).collect())
    }

    /// Adds control information and annotations, known and unknown.
    fn annotate(&mut self, present: &[Member], members: &mut Members) {
        let kind = "#microsoft.graph.deviceManagementAutopilotEvent";
        let absolute = format!("https://graph.microsoft.com/beta/$metadata{kind}");
        let nested = vec![
            ("a".to_owned(), Json::token("1.50e2")),
            (
                "日本/~".to_owned(),
                Json::Array(vec![Json::null(), Json::text("é")]),
            ),
        ];
        let own = [
            ("@odata.type", Json::text(kind), 40),
            ("@odata.type", Json::text(absolute), 5),
            ("@odata.etag", Json::text("W/\"JzEt\\\""), 10),
            ("@vendor.note", Json::text("日本語 🚀 ünïcode"), 15),
            ("@vendor.tree", Json::Object(nested), 10),
        ];
        let request = matches!(self.mode, Mode::Create | Mode::Update);
        for (name, value, percent) in own {
            if request && name == "@odata.etag" {
                continue;
            }
            if self.random.chance(percent) && !members.iter().any(|(known, _)| known == name) {
                members.push((name.to_owned(), value));
            }
        }
        for member in present {
            if self.random.chance(3) {
                members.push((format!("{}@vendor.note", member.name), Json::token("7")));
            }
            if self.random.chance(3) && !member.navigation {
                let name = format!("{}@odata.type", member.name);
                members.push((name, Json::text(self.type_name(member))));
            }
        }
    }

    fn type_name(&self, member: &Member) -> String {
        match member.type_ref {
            TypeRef::Edm(edm) => edm.name().replace("Edm.", "#"),
            TypeRef::Enumeration(index) => {
                format!("#microsoft.graph.{}", self.model.enumerations[index].name)
            }
            TypeRef::Structured(index) => {
                format!("#microsoft.graph.{}", self.model.types[index].name)
            }
        }
    }
}
