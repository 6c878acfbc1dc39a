//! Validates and lints Microsoft Graph `deviceManagementAutopilotEvent` payloads.

pub mod derive;
pub mod diagnostic;
pub mod docs;
pub mod edm;
pub mod json;
pub mod lint;
pub mod model;
pub mod policy;
pub mod quote;
pub mod report;
pub mod rules;
pub mod source;
