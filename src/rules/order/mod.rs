//! Rules on the order of instants.

pub mod deployment_ends_before_start;
pub mod deployment_starts_before_enrollment;
pub mod enrolled_before_registered;
pub mod event_outside_deployment;
pub mod implausible_date;

use crate::diagnostic::Quantity;
use crate::edm::elapsed;
use crate::text::words::{ours, words};
use crate::view::{Event, Field, Findings};

/// One instant that should not be before another.
struct Expected {
    earlier: Field,
    later: Field,
    /// Says at the earlier one what it is.
    label: &'static str,
    help: &'static str,
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
            findings
                .report(
                    later.node(),
                    words!("{} is {} before {}", at, ours(&elapsed(early)), than),
                )
                .label(earlier.node(), self.label)
                .operand(than, Quantity::Instant(earlier.value.ticks))
                .operand(at, Quantity::Instant(later.value.ticks))
                .help(self.help);
        }
    }
}
