//! A duration that is not the time between start and end.

use super::agree;
use crate::diagnostic::{Category, Example, Rule};
use crate::edm::elapsed;
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Event, Field, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "elapsed-time-mismatch",
        category: Category::Duration,
        default: None,
        exceptions: &[],
        summary: "an end minus start that equals neither deploymentDuration nor \
            deploymentTotalDuration",
        why: "Off by default because the durations are known to differ from it: several consumers \
            compute the elapsed time themselves for that reason.",
        source: "none; the documentation's own sample violates it",
        bad: &[Example::new(
            r#"{"deploymentStartDateTime": "2024-05-02T09:00:00Z", "deploymentEndDateTime": "2024-05-02T09:30:00Z", "deploymentDuration": ⟦"PT20M"⟧}"#,
        )],
        good: &[Example::new(
            r#"{"deploymentStartDateTime": "2024-05-02T09:00:00Z", "deploymentEndDateTime": "2024-05-02T09:30:00Z", "deploymentDuration": "PT20M", "deploymentTotalDuration": "PT30M1S"}"#,
        )],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    let instants = event
        .instant(Field::DeploymentStartDateTime)
        .zip(event.instant(Field::DeploymentEndDateTime));
    let durations: Vec<_> = [Field::DeploymentDuration, Field::DeploymentTotalDuration]
        .into_iter()
        .filter_map(|field| event.duration(field))
        .collect();
    let (Some((start, end)), Some(first)) = (instants, durations.first()) else {
        return;
    };
    let between = end.value.ticks - start.value.ticks;
    if between < 0
        || durations
            .iter()
            .any(|duration| agree(i128::from(between), duration.value))
    {
        return;
    }
    let message = words!(
        "{} is {}, but {} pass from start to end",
        first.member(),
        ours(&elapsed(first.value)),
        ours(&elapsed(between)),
    );
    let mut finding = findings.report(first.node(), message);
    finding
        .label(start.node(), "start")
        .label(end.node(), "end")
        .help("correct the duration, or the date that is wrong");
    for other in &durations[1..] {
        finding.label(other.node(), words!("{}", ours(&elapsed(other.value))));
    }
}
