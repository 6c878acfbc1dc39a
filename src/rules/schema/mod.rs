//! Rules on the members and types of the resource.

pub mod enum_member_not_in_revision;
pub mod member_not_in_mode;
pub mod member_not_in_revision;
pub mod missing_member;
pub mod null_not_allowed;
pub mod odata_type_mismatch;
pub mod unknown_annotation;
pub mod unknown_enum_member;
pub mod unknown_member;
pub mod wrong_type;
