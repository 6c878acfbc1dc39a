//! Rules on states against other members.

pub mod failure_without_details;
pub mod finished_without_end;
pub mod in_progress_with_end;
pub mod skipped_stage_with_duration;
pub mod success_but_enrollment_failed;
pub mod success_but_stage_failed;
pub mod success_with_failure_details;

/// The stages that have a state and a duration.
use crate::view::Field;

const STAGES: [(Field, Field); 2] = [
    (Field::DeviceSetupStatus, Field::DeviceSetupDuration),
    (Field::AccountSetupStatus, Field::AccountSetupDuration),
];

/// Whether a deployment came to a good end, at once or not.
fn succeeded(state: &str) -> bool {
    matches!(state, "success" | "successWithTimeout" | "successOnRetry")
}

/// Whether a deployment came to an end.
fn finished(state: &str) -> bool {
    succeeded(state) || state == "failure"
}
