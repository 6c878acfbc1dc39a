//! The members that cross-field rules speak of.

/// A member of the event by name. A rule that asks for one which the model lacks finds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `accountSetupDuration`
    AccountSetupDuration,
    /// `accountSetupStatus`
    AccountSetupStatus,
    /// `deploymentDuration`
    DeploymentDuration,
    /// `deploymentEndDateTime`
    DeploymentEndDateTime,
    /// `deploymentStartDateTime`
    DeploymentStartDateTime,
    /// `deploymentState`
    DeploymentState,
    /// `deploymentTotalDuration`
    DeploymentTotalDuration,
    /// `devicePreparationDuration`
    DevicePreparationDuration,
    /// `deviceRegisteredDateTime`
    DeviceRegisteredDateTime,
    /// `deviceSetupDuration`
    DeviceSetupDuration,
    /// `deviceSetupStatus`
    DeviceSetupStatus,
    /// `enrollmentFailureDetails`
    EnrollmentFailureDetails,
    /// `enrollmentStartDateTime`
    EnrollmentStartDateTime,
    /// `enrollmentState`
    EnrollmentState,
    /// `eventDateTime`
    EventDateTime,
    /// `id`
    Id,
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// All of them, in the order of their discriminants.
    pub const ALL: [Self; 16] = [
        Self::AccountSetupDuration,
        Self::AccountSetupStatus,
        Self::DeploymentDuration,
        Self::DeploymentEndDateTime,
        Self::DeploymentStartDateTime,
        Self::DeploymentState,
        Self::DeploymentTotalDuration,
        Self::DevicePreparationDuration,
        Self::DeviceRegisteredDateTime,
        Self::DeviceSetupDuration,
        Self::DeviceSetupStatus,
        Self::EnrollmentFailureDetails,
        Self::EnrollmentStartDateTime,
        Self::EnrollmentState,
        Self::EventDateTime,
        Self::Id,
    ];

    /// How long the stages of a deployment took, in their order.
    pub const STAGES: [Self; 3] = [
        Self::DevicePreparationDuration,
        Self::DeviceSetupDuration,
        Self::AccountSetupDuration,
    ];

    /// The name as JSON spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountSetupDuration => "accountSetupDuration",
            Self::AccountSetupStatus => "accountSetupStatus",
            Self::DeploymentDuration => "deploymentDuration",
            Self::DeploymentEndDateTime => "deploymentEndDateTime",
            Self::DeploymentStartDateTime => "deploymentStartDateTime",
            Self::DeploymentState => "deploymentState",
            Self::DeploymentTotalDuration => "deploymentTotalDuration",
            Self::DevicePreparationDuration => "devicePreparationDuration",
            Self::DeviceRegisteredDateTime => "deviceRegisteredDateTime",
            Self::DeviceSetupDuration => "deviceSetupDuration",
            Self::DeviceSetupStatus => "deviceSetupStatus",
            Self::EnrollmentFailureDetails => "enrollmentFailureDetails",
            Self::EnrollmentStartDateTime => "enrollmentStartDateTime",
            Self::EnrollmentState => "enrollmentState",
            Self::EventDateTime => "eventDateTime",
            Self::Id => "id",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_a_member_of_the_bundled_table_and_stands_at_its_discriminant() {
        let model = crate::model::table::autopilot_event();
        for (index, field) in Field::ALL.into_iter().enumerate() {
            let members = &model.resource().members;
            assert!(
                members.iter().any(|member| member.name == field.name()),
                "{field:?}"
            );
            assert_eq!(field as usize, index);
        }
    }
}
