//! The register: every declaration, in the order of the documentation.
//!
//! A new rule is a file of its own and a line here.

use crate::diagnostic::Rule;

use super::declaration::{Check, Declaration};
use super::{collection, content, duration, order, schema, state, syntax, value};

/// Every declaration, in the order of the documentation.
static DECLARATIONS: [&Declaration; 55] = [
    &syntax::json_syntax::RULE,
    &syntax::invalid_encoding::RULE,
    &syntax::lone_surrogate::RULE,
    &syntax::nesting_too_deep::RULE,
    &syntax::duplicate_member::RULE,
    &syntax::byte_order_mark::RULE,
    &schema::wrong_type::RULE,
    &schema::unknown_member::RULE,
    &schema::member_not_in_revision::RULE,
    &schema::unknown_enum_member::RULE,
    &schema::enum_member_not_in_revision::RULE,
    &schema::null_not_allowed::RULE,
    &schema::missing_member::RULE,
    &schema::member_not_in_mode::RULE,
    &schema::odata_type_mismatch::RULE,
    &schema::unknown_annotation::RULE,
    &value::date_time_syntax::RULE,
    &value::date_time_range::RULE,
    &value::duration_syntax::RULE,
    &value::duration_range::RULE,
    &value::integer_form::RULE,
    &value::integer_range::RULE,
    &value::negative_count::RULE,
    &value::guid_syntax::RULE,
    &value::zero_guid::RULE,
    &value::precision_loss::RULE,
    &value::non_canonical_value::RULE,
    &order::deployment_ends_before_start::RULE,
    &order::deployment_starts_before_enrollment::RULE,
    &order::enrolled_before_registered::RULE,
    &order::event_outside_deployment::RULE,
    &order::implausible_date::RULE,
    &duration::negative_duration::RULE,
    &duration::deployment_duration_exceeds_total::RULE,
    &duration::stage_duration_exceeds_total::RULE,
    &duration::stage_sum_mismatch::RULE,
    &duration::elapsed_time_mismatch::RULE,
    &state::success_but_enrollment_failed::RULE,
    &state::success_but_stage_failed::RULE,
    &state::in_progress_with_end::RULE,
    &state::finished_without_end::RULE,
    &state::failure_without_details::RULE,
    &state::success_with_failure_details::RULE,
    &state::skipped_stage_with_duration::RULE,
    &content::placeholder_value::RULE,
    &content::placeholder_serial_number::RULE,
    &content::user_principal_name_syntax::RULE,
    &content::os_version_syntax::RULE,
    &content::damaged_text::RULE,
    &content::invisible_character::RULE,
    &collection::duplicate_event_id::RULE,
    &collection::count_below_items::RULE,
    &collection::next_and_delta_link::RULE,
    &collection::partial_page::RULE,
    &collection::not_an_event::RULE,
];

/// Every rule, in the order of the documentation.
pub static ALL: &[&Rule] = &RULES;

/// What is said in [`DECLARATIONS`].
static RULES: [&Rule; DECLARATIONS.len()] = {
    let mut all = [&DECLARATIONS[0].rule; DECLARATIONS.len()];
    let mut index = 0;
    while index < all.len() {
        all[index] = &DECLARATIONS[index].rule;
        index += 1;
    }
    all
};

/// Every declaration, in the order of [`ALL`].
pub fn declarations() -> impl Iterator<Item = &'static Declaration> {
    DECLARATIONS.into_iter()
}

/// Whether the names in an event alone decide what a rule finds there; what it finds around events
/// is another matter.
pub(crate) fn is_of_names(rule: &Rule) -> bool {
    let declaration = declarations().find(|known| std::ptr::eq(&raw const known.rule, rule));
    declaration.is_some_and(|known| {
        matches!(
            known.checks,
            [Check::Names] | [Check::Names, Check::Document(_)]
        )
    })
}

/// The rule of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name).copied()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::diagnostic::Category;

    /// A rule whose line is missing compiles all the same, and never runs.
    #[test]
    fn every_file_of_a_rule_has_its_line() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
        for category in Category::ALL {
            let folder = Path::new(folder).join(category.name());
            for entry in fs::read_dir(folder).expect("a folder for each category") {
                let path = entry.expect("an entry").path();
                let stem = path.file_stem().and_then(OsStr::to_str).expect("a name");
                let rule = find(&stem.replace('_', "-"));
                let registered = rule.is_some_and(|rule| rule.category == category);
                assert!(registered || stem == "mod", "{stem} is not registered");
            }
        }
    }

    #[test]
    fn every_rule_looks_somewhere() {
        for declaration in declarations() {
            assert!(!declaration.checks.is_empty(), "{}", declaration.rule.name);
        }
    }
}
