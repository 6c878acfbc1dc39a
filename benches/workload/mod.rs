//! Deterministic events as a tenant's export holds them, for the benchmarks and the tests on them.
//!
//! Owns what a measured event looks like. Knows nothing of the linter.

use std::fmt::Write as _;

/// What events look like.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    pub(crate) seed: u64,
    /// How many of a thousand events have a fault; the others are the same whatever it is.
    pub(crate) faulty: u64,
    /// Members that each event has and the resource does not: each an error.
    pub(crate) unknown: usize,
    /// Annotations that each event has beside its members: legal, whoever invented them.
    pub(crate) annotations: usize,
    /// Characters of the text of one more annotation; 0 = there is none.
    pub(crate) text: usize,
}

/// Ways in which an event goes wrong, one a fault: what is replaced, and by what.
pub(crate) const FAULTS: [(&str, &str); 8] = [
    (
        r#""deploymentState":"success""#,
        r#""deploymentState":"succes""#,
    ),
    (
        r#""enrollmentState":"enrolled""#,
        r#""enrollmentState":null"#,
    ),
    (r#""osVersion":"#, r#""osVersionn":"#),
    (r#"Duration":"PT0S""#, r#"Duration":"P0S""#),
    (
        r#"Z","deviceRegisteredDateTime""#,
        r#"","deviceRegisteredDateTime""#,
    ),
    (r#""id":""#, r#""id":"x"#),
    (
        r#""targetedAppCount":"#,
        r#""targetedAppCount":1,"targetedAppCount":"#,
    ),
    (
        r#""deploymentStartDateTime":"2024"#,
        r#""deploymentStartDateTime":"2014"#,
    ),
];

impl Shape {
    /// Valid events of the 2019-09 revision but for the faults, compact, without end.
    pub(crate) fn events(self) -> impl Iterator<Item = String> {
        let (mut clock, mut faults) = (Clock(self.seed), Clock(!self.seed));
        std::iter::repeat_with(move || {
            let event = self.event(&mut clock);
            let (dice, kind) = (faults.below(1000), faults.below(FAULTS.len() as u64));
            if dice >= self.faulty {
                return event;
            }
            let (right, wrong) = FAULTS[usize::try_from(kind).expect("an index")];
            event.replacen(right, wrong, 1)
        })
    }

    fn event(self, clock: &mut Clock) -> String {
        let mut event = event(clock);
        event.pop();
        for index in 0..self.unknown {
            let _ = write!(event, ",\"vendorMember{index}\":{index}");
        }
        if self.text > 0 {
            let _ = write!(event, ",\"@vendor.text\":\"{}\"", "x".repeat(self.text));
        }
        for index in 0..self.annotations {
            let _ = write!(event, ",\"@vendor.note{index}\":{index}");
        }
        event + "}"
    }
}

/// The numbers that events are made of.
struct Clock(u64);

impl Clock {
    /// The next value of `splitmix64`.
    fn random(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.random() % bound
    }

    fn guid(&mut self) -> String {
        let (high, low) = (self.random(), self.random());
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        )
    }

    /// A moment in one hour of one day, so that later hours are later instants.
    fn at(&mut self, day: u64, hour: u64) -> String {
        let (minute, second) = (self.below(60), self.below(60));
        let fraction = self.below(9_999_999) + 1;
        format!("2024-05-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:07}Z")
    }
}

/// Seconds and ticks as an Edm.Duration.
fn duration(seconds: u64, ticks: u64) -> String {
    format!("PT{}M{}.{ticks:07}S", seconds / 60, seconds % 60)
}

/// The first `count` events, one a line.
pub(crate) fn json_lines(shape: Shape, count: usize) -> String {
    let mut text = String::new();
    for event in shape.events().take(count) {
        text.push_str(&event);
        text.push('\n');
    }
    text
}

fn event(clock: &mut Clock) -> String {
    let day = clock.below(28) + 1;
    let (setup, account) = (600 + clock.below(600), 120 + clock.below(300));
    let ticks = clock.below(9_999_999) + 1;
    let failure = if clock.below(10) == 0 { "null" } else { "\"\"" };
    format!(
        concat!(
            r##"{{"@odata.type":"#microsoft.graph.deviceManagementAutopilotEvent","##,
            r#""id":"{id}","eventDateTime":"{event}","deviceRegisteredDateTime":"{registered}","#,
            r#""enrollmentStartDateTime":"{enrollment}","#,
            r#""enrollmentType":"azureADJoinedWithAutopilotProfile","#,
            r#""deviceSerialNumber":"PC{serial:08X}","managedDeviceName":"DESKTOP-{name:07}","#,
            r#""userPrincipalName":"user{user}@contoso.example","#,
            r#""windowsAutopilotDeploymentProfileDisplayName":"Büro, user-driven","#,
            r#""enrollmentState":"enrolled","#,
            r#""windows10EnrollmentCompletionPageConfigurationDisplayName":"All \"users\" and devices","#,
            r#""deploymentState":"success","osVersion":"10.0.26200.{build}","#,
            r#""deploymentDuration":"{deployment}","deploymentTotalDuration":"{total}","#,
            r#""devicePreparationDuration":"PT0S","deviceSetupDuration":"{setup}","#,
            r#""accountSetupDuration":"{account}","deploymentStartDateTime":"{start}","#,
            r#""deploymentEndDateTime":"{end}","targetedAppCount":{apps},"#,
            r#""targetedPolicyCount":{policies},"enrollmentFailureDetails":{failure}}}"#,
        ),
        id = clock.guid(),
        event = clock.at(day, 10),
        registered = clock.at(day, 7),
        enrollment = clock.at(day, 8),
        serial = clock.below(1 << 32),
        name = clock.below(10_000_000),
        user = clock.below(100_000),
        build = clock.below(10_000),
        deployment = duration(setup, ticks),
        total = duration(setup + account, ticks),
        setup = duration(setup, ticks),
        account = duration(account, 0),
        start = clock.at(day, 9),
        end = clock.at(day, 11),
        apps = clock.below(30),
        policies = clock.below(40),
        failure = failure,
    )
}
