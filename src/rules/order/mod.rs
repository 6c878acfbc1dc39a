//! Rules on the order of instants.

pub mod deployment_ends_before_start;
pub mod deployment_starts_before_enrollment;
pub mod enrolled_before_registered;
pub mod event_outside_deployment;
pub mod implausible_date;

use crate::diagnostic::{Fix, Quantity};
use crate::edm::date_time::DateTime;
use crate::edm::{elapsed, shape};
use crate::text::words::{ours, words};
use crate::view::{Event, Field, FieldValue, Findings, edits};

/// One instant that should not be before another.
struct Expected {
    earlier: Field,
    later: Field,
    /// Says at the earlier one what it is.
    label: &'static str,
    help: &'static str,
    /// It may be that each stands in the place of the other.
    swap: bool,
}

impl Expected {
    fn check(&self, event: &Event<'_>, findings: &mut Findings<'_>) {
        let (Some(earlier), Some(later)) = (event.instant(self.earlier), event.instant(self.later))
        else {
            return;
        };
        let early = earlier.value.ticks - later.value.ticks;
        if early > 0 {
            let (at, than) = (later.member(), earlier.member());
            let fix = self.swap.then(|| swapped(&earlier, &later));
            findings
                .report(
                    later.node(),
                    words!("{} is {} before {}", at, ours(&elapsed(early)), than),
                )
                .label(earlier.node(), self.label)
                .operand(than, Quantity::Instant(earlier.value.ticks))
                .operand(at, Quantity::Instant(later.value.ticks))
                .maybe_fix(fix)
                .help(self.help);
        }
    }
}

/// Writes each of two instants in the place of the other.
fn swapped(one: &FieldValue<'_, DateTime>, other: &FieldValue<'_, DateTime>) -> Fix {
    let write = |to: &FieldValue<'_, DateTime>, from: &FieldValue<'_, DateTime>| {
        let shown = shape::is_instant(&from.node().text());
        edits(to.node(), from.node().raw(), shown)
    };
    let message = words!("swap {} and {}", one.member(), other.member());
    let both = write(one, other).into_iter().chain(write(other, one));
    Fix::not_safe(message, both)
}
