//! Rules on durations against each other and against instants.

pub mod deployment_duration_exceeds_total;
pub mod elapsed_time_mismatch;
pub mod negative_duration;
pub mod stage_duration_exceeds_total;
pub mod stage_sum_mismatch;

use crate::diagnostic::Quantity;
use crate::edm::{TICKS_PER_SECOND, elapsed};
use crate::text::words::{ours, words};
use crate::view::{Event, Field, Findings};

/// Reports a part that is longer than the total. Negative durations have a finding of their own.
fn exceeds_total(event: &Event<'_>, part: Field, findings: &mut Findings<'_>) {
    let (Some(part), Some(total)) = (
        event.duration(part),
        event.duration(Field::DeploymentTotalDuration),
    ) else {
        return;
    };
    if total.value < 0 || part.value <= total.value {
        return;
    }
    let message = words!(
        "{} is {} longer than {}",
        part.member(),
        ours(&elapsed(part.value - total.value)),
        total.member()
    );
    findings
        .report(part.node(), message)
        .label(
            total.node(),
            words!("the total: {}", ours(&elapsed(total.value))),
        )
        .operand(part.member(), Quantity::Duration(part.value))
        .operand(total.member(), Quantity::Duration(total.value))
        .help("a part cannot be longer than the whole");
}

/// Whether two times, in ticks, are the same but for 2 s or 1 % of the greater.
fn agree(a: i128, b: i64) -> bool {
    let b = i128::from(b);
    let tolerance = (a.abs().max(b.abs()) / 100).max(i128::from(2 * TICKS_PER_SECOND));
    (a - b).abs() <= tolerance
}

fn saturate(ticks: i128) -> i64 {
    i64::try_from(ticks).unwrap_or(i64::MAX)
}
