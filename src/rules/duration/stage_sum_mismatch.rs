//! Stages that do not make up the total.

use super::{agree, saturate};
use crate::diagnostic::{Category, Example, Quantity, Rule, Severity};
use crate::edm::elapsed;
use crate::json::{Kind, Node};
use crate::rules::{Check, Declaration};
use crate::text::words::{ours, words};
use crate::view::{Event, Field, FieldValue, Findings};

/// The declaration.
pub static RULE: Declaration = Declaration {
    rule: Rule {
        name: "stage-sum-mismatch",
        category: Category::Duration,
        default: Some(Severity::Info),
        exceptions: &[],
        summary: "stages that do not add up to deploymentTotalDuration (tolerance: 2 s or 1 %)",
        why: "In the only real record that is public, the stages add up to the total exactly. The \
            total may include the preparation or not. Events with a negative stage, or one longer \
            than the total, are skipped: other rules report those.",
        source: "one real record; descriptions of the members",
        bad: &[Example::new(
            r#"{"deviceSetupDuration": "PT20M", "accountSetupDuration": "PT5M", "deploymentTotalDuration": ⟦"PT30M"⟧}"#,
        )],
        good: &[
            Example::new(
                r#"{"deviceSetupDuration": "PT42M36S", "accountSetupDuration": "PT1M54S", "deploymentTotalDuration": "PT44M30S"}"#,
            ),
            Example::new(
                r#"{"devicePreparationDuration": "PT5M", "deviceSetupDuration": "PT20M", "accountSetupDuration": "PT5M", "deploymentTotalDuration": "PT30M"}"#,
            ),
        ],
    },
    checks: &[Check::Event(check)],
};

fn check(event: &Event<'_>, findings: &mut Findings<'_>) {
    let [preparation, device, account] = Field::STAGES.map(|stage| event.duration(stage));
    let (Some(total), Some(device), Some(account)) = (
        event.duration(Field::DeploymentTotalDuration),
        device,
        account,
    ) else {
        return;
    };
    let unreadable = |value: Node<'_>| preparation.is_none() && value.kind() != Kind::Null;
    if event.value(Field::STAGES[0]).is_some_and(unreadable) {
        // What it says may be just what the others lack.
        return;
    }
    let stages = [preparation, Some(device), Some(account)];
    let told = |stage: &FieldValue<'_, i64>| stage.value < 0 || stage.value > total.value;
    if stages.iter().flatten().any(told) {
        return;
    }
    let esp = i128::from(device.value) + i128::from(account.value);
    let all = esp + preparation.map_or(0, |stage| i128::from(stage.value));
    let difference = |sum: i128| sum - i128::from(total.value);
    if agree(esp, total.value) || agree(all, total.value) {
        return;
    }
    let direction = if difference(all) < 0 { "less" } else { "more" };
    let message = words!(
        "the stages add up to {}, {} {} than deploymentTotalDuration",
        ours(&elapsed(saturate(all))),
        ours(&elapsed(saturate(difference(all).abs()))),
        direction
    );
    let mut finding = findings.report(total.node(), message);
    finding
        .operand(total.member(), Quantity::Duration(total.value))
        .help("correct the duration that is wrong, or add that of the stage that is missing");
    for stage in stages.into_iter().flatten() {
        finding
            .label(stage.node(), words!("{}", ours(&elapsed(stage.value))))
            .operand(stage.member(), Quantity::Duration(stage.value));
    }
}
