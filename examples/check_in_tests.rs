//! Keeps the payloads that a program makes valid, in its own test suite.
//!
//! Copy `assert_valid` into your tests. If a payload has findings, the test fails and shows each of
//! them with the source around it:
//!
//! ```sh
//! cargo test --example check_in_tests
//! ```

/// What a program under test makes: the body of a request that creates an event.
pub(crate) fn create_request(device: &str, minutes: u32) -> String {
    let duration = format!("PT{minutes}M");
    let event = serde_json::json!({
        "deviceId": "5f0cbbd9-3f52-4a7e-9d0d-4b7c3a0e9d11",
        "userId": "0f4e2f5c-6a3b-4f0e-8f43-2f1f7d6a9b21",
        "eventDateTime": "2024-09-03T08:16:10Z",
        "deviceRegisteredDateTime": "2024-09-02T10:00:00Z",
        "enrollmentStartDateTime": "2024-09-03T08:00:00Z",
        "enrollmentType": "azureADJoinedWithAutopilotProfile",
        "deviceSerialNumber": "5CD1234XYZ",
        "managedDeviceName": device,
        "userPrincipalName": "megan@contoso.com",
        "windowsAutopilotDeploymentProfileDisplayName": "Office",
        "enrollmentState": "enrolled",
        "windows10EnrollmentCompletionPageConfigurationDisplayName": "All users",
        "windows10EnrollmentCompletionPageConfigurationId": "c7b0c1de-5a43-4a02-9f0f-4a3f1d8e7b66",
        "deploymentState": "success",
        "deviceSetupStatus": "success",
        "accountSetupStatus": "success",
        "osVersion": "10.0.22631.4037",
        "deploymentDuration": duration,
        "deploymentTotalDuration": duration,
        "deviceSetupDuration": duration,
        "accountSetupDuration": "PT0S",
        "deploymentStartDateTime": "2024-09-03T08:02:00Z",
        "deploymentEndDateTime": "2024-09-03T08:14:00Z",
        "enrollmentFailureDetails": null,
    });
    format!("{event:#}")
}

fn main() {
    println!("{}", create_request("PC-0001", 12));
}

#[cfg(test)]
pub(crate) mod tests {
    use autopilot_lint::{Format, Linter, Mode};

    use super::create_request;

    /// Fails a test unless `payload` is the body of a valid create request: without findings, even
    /// harmless ones.
    #[track_caller]
    pub(crate) fn assert_valid(name: &str, payload: &str) {
        let linter = Linter::builder().mode(Mode::Create).revision("latest");
        let report = linter.build().expect("a valid policy").check(name, payload);
        assert!(
            report.is_clean(),
            "{name} should be valid:\n\n{}",
            report.render(Format::FULL)
        );
    }

    #[test]
    fn a_create_request_is_valid() {
        assert_valid("create-request.json", &create_request("PC-0001", 12));
    }
}
