//! Which stages of the fast path run: all of them, but where one is measured.
//!
//! They are looked at when a shape is learned, never for an event, so that the choice costs nothing.

/// The stages that can be left out. What is found is the same without them.
#[doc(hidden)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each stage is left out on its own"
)]
#[derive(Debug, Clone, Copy)]
pub struct Stages {
    /// A value that was clean is compared before its grammar is asked.
    pub usual_values: bool,
    /// Values that have been the same for long become part of the layout. Needs `usual_values`.
    pub constant_values: bool,
    /// Rules that read nothing but constant values are not asked again. Needs `constant_values`.
    pub rules_that_fall_away: bool,
    /// Literals are decided while they are read.
    pub literals_on_the_way: bool,
    /// Shapes with findings in their names are learned as well.
    pub findings_in_names: bool,
}

impl Default for Stages {
    fn default() -> Self {
        Self {
            usual_values: true,
            constant_values: true,
            rules_that_fall_away: true,
            literals_on_the_way: true,
            findings_in_names: true,
        }
    }
}
