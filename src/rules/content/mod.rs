//! Rules on what texts say.

pub mod damaged_text;
pub mod invisible_character;
pub mod os_version_syntax;
pub mod placeholder_serial_number;
pub mod placeholder_value;
pub mod user_principal_name_syntax;
