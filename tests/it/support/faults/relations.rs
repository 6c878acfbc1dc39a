//! Faults between members: instants, durations and states that do not go together.

use super::Fault;
use crate::support::document::Place;
use crate::support::json::Json;

const START: &str = "deploymentStartDateTime";
const END: &str = "deploymentEndDateTime";

pub(super) const FAULTS: &[Fault] = &[
    Fault::error(
        "the deployment ends before it starts",
        "deployment-ends-before-start",
        |s| {
            s.finished();
            s.times([0, 10, 30, 20]);
            Some(Place::value("/deploymentEndDateTime"))
        },
    ),
    Fault::error(
        "the end is a tick before the start",
        "deployment-ends-before-start",
        |s| {
            s.finished();
            s.set(START, Json::text("2024-05-02T10:00:00.0000001Z"));
            s.set(END, Json::text("2024-05-02T10:00:00Z"))
        },
    ),
    Fault::error(
        "the end is earlier but reads later",
        "deployment-ends-before-start",
        |s| {
            s.finished();
            s.set(START, Json::text("2024-05-02T23:00:00Z"));
            s.set(END, Json::text("2024-05-03T00:30:00+02:00"))
        },
    ),
    Fault::warning(
        "the deployment precedes the enrollment",
        "deployment-starts-before-enrollment",
        |s| {
            s.finished();
            s.times([0, 30, 20, 40]);
            Some(Place::value("/deploymentStartDateTime"))
        },
    ),
    Fault::info(
        "the enrollment precedes the registration",
        "enrolled-before-registered",
        |s| {
            s.finished();
            s.times([30, 20, 40, 50]);
            Some(Place::value("/enrollmentStartDateTime"))
        },
    ),
    Fault::warning("a stage is negative", "negative-duration", |s| {
        s.finished();
        let names = [
            "devicePreparationDuration",
            "deviceSetupDuration",
            "accountSetupDuration",
        ];
        s.set_one_of(&names, Json::text("-PT2M57.2190107S"))
    }),
    Fault::warning(
        "the deployment is a tick below zero",
        "negative-duration",
        |s| s.set("deploymentDuration", Json::text("-PT0.0000001S")),
    ),
    Fault::warning(
        "the deployment is longer than the total",
        "deployment-duration-exceeds-total",
        |s| {
            s.finished();
            s.spans([Some(61), Some(60), None, Some(30), Some(30)]);
            Some(Place::value("/deploymentDuration"))
        },
    ),
    Fault::warning(
        "the device setup is longer than the total",
        "stage-duration-exceeds-total",
        |s| {
            s.finished();
            s.spans([Some(10), Some(60), None, Some(61), Some(0)]);
            Some(Place::value("/deviceSetupDuration"))
        },
    ),
    Fault::warning(
        "the account setup is longer than the total",
        "stage-duration-exceeds-total",
        |s| {
            s.finished();
            s.spans([None, Some(60), None, None, Some(90)]);
            Some(Place::value("/accountSetupDuration"))
        },
    ),
    Fault::warning(
        "the preparation is longer than the total",
        "stage-duration-exceeds-total",
        |s| {
            s.maker.has("devicePreparationDuration").then_some(())?;
            s.finished();
            s.spans([None, Some(60), Some(70), Some(30), Some(30)]);
            Some(Place::value("/devicePreparationDuration"))
        },
    ),
    Fault::info(
        "the stages are less than the total",
        "stage-sum-mismatch",
        |s| {
            s.finished();
            s.spans([Some(10), Some(60), None, Some(20), Some(20)]);
            Some(Place::value("/deploymentTotalDuration"))
        },
    ),
    Fault::info(
        "the stages are more than the total",
        "stage-sum-mismatch",
        |s| {
            s.finished();
            s.spans([Some(10), Some(60), None, Some(50), Some(20)]);
            Some(Place::value("/deploymentTotalDuration"))
        },
    ),
    Fault::warning(
        "success, yet the enrollment failed",
        "success-but-enrollment-failed",
        |s| {
            s.finished();
            s.remove("enrollmentFailureDetails");
            s.set("enrollmentState", Json::text("failed"))?;
            Some(Place::value("/deploymentState"))
        },
    ),
    Fault::warning(
        "late success, yet the enrollment failed",
        "success-but-enrollment-failed",
        |s| {
            s.finished();
            s.set("deploymentState", Json::text("successWithTimeout"));
            s.remove("enrollmentFailureDetails");
            s.set("enrollmentState", Json::text("failed"))?;
            Some(Place::value("/deploymentState"))
        },
    ),
    Fault::warning(
        "success, yet a stage failed",
        "success-but-stage-failed",
        |s| {
            s.finished();
            let names = ["deviceSetupStatus", "accountSetupStatus"];
            s.set_one_of(&names, Json::text("failure"))?;
            Some(Place::value("/deploymentState"))
        },
    ),
    Fault::warning("it runs, yet has an end", "in-progress-with-end", |s| {
        s.finished();
        s.set("deploymentState", Json::text("inProgress"))
    }),
    Fault::info("it is over, yet has no end", "finished-without-end", |s| {
        s.finished();
        s.set(END, Json::text("0001-01-01T00:00:00Z"))
    }),
    Fault::info(
        "it failed without details",
        "failure-without-details",
        |s| {
            s.finished();
            s.set("deploymentState", Json::text("failure"))?;
            s.set("enrollmentFailureDetails", Json::text(""))
        },
    ),
    Fault::info(
        "success, yet there are failure details",
        "success-with-failure-details",
        |s| {
            s.finished();
            s.set("enrollmentFailureDetails", Json::text("0x80180014"))
        },
    ),
    Fault::warning(
        "a stage did not run, yet took time",
        "skipped-stage-with-duration",
        |s| {
            s.maker.has("deviceSetupStatus").then_some(())?;
            s.finished();
            s.spans([Some(10), Some(60), None, Some(60), Some(0)]);
            s.set("deviceSetupStatus", Json::text("notAttempted"))?;
            Some(Place::value("/deviceSetupDuration"))
        },
    ),
    Fault::warning(
        "a stage was switched off, yet took time",
        "skipped-stage-with-duration",
        |s| {
            s.maker.has("accountSetupStatus").then_some(())?;
            s.finished();
            s.spans([Some(10), Some(60), None, Some(0), Some(60)]);
            s.set("accountSetupStatus", Json::text("disabled"))?;
            Some(Place::value("/accountSetupDuration"))
        },
    ),
];
