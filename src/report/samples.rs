//! Reports made by hand, for the tests of the formats: no linter is needed to print one.

use super::{FileReport, RenderOptions, Report, RunError, format};
use crate::diagnostic::locate;
use crate::diagnostic::{
    Applicability, Category, Diagnostic, Edit, Fix, Label, Located, Operand, Quantity, Rule,
    Severity,
};
use crate::json::{Pointer, PointerToken, Span};
use crate::source::LineIndex;
use crate::text::words::Words;

const fn rule(name: &'static str, category: Category, default: Severity) -> Rule {
    Rule {
        name,
        category,
        default: Some(default),
        exceptions: &[],
        summary: "a fault in one line",
        why: "Because <it> matters & [so](on).",
        source: "a page",
        bad: &[],
        good: &[],
    }
}

pub(super) static ENDS_BEFORE_START: Rule = rule(
    "deployment-ends-before-start",
    Category::Order,
    Severity::Error,
);
pub(super) static UNKNOWN_MEMBER: Rule = rule("unknown-member", Category::Schema, Severity::Error);
pub(super) static STAGE_EXCEEDS: Rule = rule(
    "stage-duration-exceeds-total",
    Category::Duration,
    Severity::Warning,
);
pub(super) static PLACEHOLDER: Rule = rule(
    "placeholder-serial-number",
    Category::Content,
    Severity::Info,
);

/// A finding in a text, its places named by what stands there (the first occurrence).
pub(super) struct Finding {
    pub(super) rule: &'static Rule,
    pub(super) message: &'static str,
    pub(super) help: Option<&'static str>,
    pub(super) at: &'static str,
    pub(super) labels: &'static [(&'static str, &'static str)],
    pub(super) operands: &'static [(&'static str, Quantity)],
    pub(super) fix: Option<SampleFix>,
}

/// A fix: how sure it is, what it does, and what goes (the first occurrence) and comes.
pub(super) type SampleFix = (
    Applicability,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// The span of the first occurrence of `needle`.
pub(super) fn span(text: &str, needle: &str) -> Span {
    let start = text.find(needle).expect("the sample holds the place");
    Span::new(start, start + needle.len())
}

impl Finding {
    pub(super) fn locate(&self, text: &str) -> Located {
        let pointer = |name: &str| {
            let payload = Pointer::root().join(PointerToken::Name("value"));
            payload
                .join(PointerToken::Index(0))
                .join(PointerToken::Name(name.trim_matches('"')))
        };
        let labels = self.labels.iter().map(|(at, message)| Label {
            span: span(text, at),
            pointer: pointer("other"),
            message: (*message).into(),
        });
        let diagnostic = Diagnostic {
            rule: self.rule,
            severity: self.rule.default.unwrap_or(Severity::Info),
            message: self.message.into(),
            help: self.help.map(Words::from),
            fix: self.fix.map(|(applicability, message, edits)| {
                let edits = edits
                    .iter()
                    .map(|(goes, comes)| Edit::replace(span(text, goes), *comes));
                let message = message.into();
                Box::new(Fix {
                    applicability,
                    message,
                    edits: edits.collect(),
                })
            }),
            span: span(text, self.at),
            pointer: pointer("member"),
            payload: Some(
                Pointer::root()
                    .join(PointerToken::Name("value"))
                    .join(PointerToken::Index(0)),
            ),
            labels: labels.collect(),
            operands: self
                .operands
                .iter()
                .map(|(name, quantity)| Operand {
                    name: (*name).to_owned(),
                    quantity: *quantity,
                })
                .collect(),
            times: None,
            identity: 7,
        };
        locate(diagnostic, &LineIndex::new(text), true)
    }
}

/// A file with findings.
pub(super) fn file(path: &str, text: &str, findings: &[Finding]) -> FileReport {
    FileReport {
        path: path.to_owned(),
        payloads: 1,
        diagnostics: findings
            .iter()
            .map(|finding| finding.locate(text))
            .collect(),
        ..FileReport::default()
    }
}

const EVENT: &str = r#"{
  "value": [
    {
      "id": "8da1ba2c-0c1c-4a3e-9d5c-0b1f0f0f0f0f",
      "deviceSerialNumber": "To be filled by O.E.M.",
      "deploymentStartDateTime": "2017-01-01T00:02:58.4418045-08:00",
      "deploymentEndDateTime": "2017-01-01T00:01:49.1418045-08:00",
      "deploymentDuration": "PT3M21.5549443S",
      "deploymentTotalDuration": "PT1M43.4869513S",
      "devicePreparationDuration": "PT50.5S",
      "deviceSetupStatus": "success",
      "deviceSetupDuration": "PT2M10S",
      "deploymentSate": "success"
    }
  ]
}
"#;

const EVENT_FINDINGS: [Finding; 4] = [
    Finding {
        rule: &PLACEHOLDER,
        message: "deviceSerialNumber is `To be filled by O.E.M.`, which board makers ship as a default",
        help: None,
        at: "\"To be filled by O.E.M.\"",
        labels: &[],
        operands: &[],
        fix: None,
    },
    Finding {
        rule: &ENDS_BEFORE_START,
        message: "deploymentEndDateTime is 69.3 s before deploymentStartDateTime",
        help: Some(
            "swap the two values, or check the clock of the device: it may have been set back while the deployment ran",
        ),
        at: "\"2017-01-01T00:01:49.1418045-08:00\"",
        labels: &[("\"2017-01-01T00:02:58.4418045-08:00\"", "starts here")],
        operands: &[
            ("deploymentEndDateTime", Quantity::Instant(1_091_418_045)),
            ("deploymentStartDateTime", Quantity::Instant(1_784_418_045)),
        ],
        fix: Some((
            Applicability::Unsafe,
            "swap the two values",
            &[
                (
                    "\"2017-01-01T00:02:58.4418045-08:00\"",
                    "\"2017-01-01T00:01:49.1418045-08:00\"",
                ),
                (
                    "\"2017-01-01T00:01:49.1418045-08:00\"",
                    "\"2017-01-01T00:02:58.4418045-08:00\"",
                ),
            ],
        )),
    },
    Finding {
        rule: &STAGE_EXCEEDS,
        message: "deviceSetupDuration (130 s) is 26.5130487 s longer than deploymentTotalDuration (103.4869513 s)",
        help: None,
        at: "\"PT2M10S\"",
        labels: &[("\"PT1M43.4869513S\"", "all stages together took this long")],
        operands: &[
            ("deploymentTotalDuration", Quantity::Duration(1_034_869_513)),
            ("deviceSetupDuration", Quantity::Duration(1_300_000_000)),
            (
                "devicePreparationDuration",
                Quantity::Duration(-505_000_000),
            ),
        ],
        // Redaction withholds the edits.
        fix: Some((Applicability::Safe, "write `‹text, 7 characters›`", &[])),
    },
    Finding {
        rule: &UNKNOWN_MEMBER,
        message: "no revision of deviceManagementAutopilotEvent has a member `deploymentSate`",
        help: Some("write `deploymentState`"),
        at: "\"deploymentSate\"",
        labels: &[],
        operands: &[],
        fix: Some((
            Applicability::Safe,
            "write `deploymentState`",
            &[("\"deploymentSate\"", "\"deploymentState\"")],
        )),
    },
];

/// Findings as people meet them.
pub(super) fn report() -> Report {
    let minified: String = EVENT.split_inclusive('\n').map(str::trim).collect();
    let padded = format!(
        "{{\"padding\":\"{}\",\"more\":{minified}}}",
        "x".repeat(70_000)
    );
    let mut cut = file(
        "fixtures/tabs.json",
        &EVENT.replace("      ", "\t\t\t").replace('\n', "\r\n"),
        &EVENT_FINDINGS[1..2],
    );
    for index in [1, 1, 2] {
        let more = EVENT_FINDINGS[index].locate(EVENT);
        cut.not_shown.add(&more.diagnostic);
    }
    Report {
        files: vec![
            FileReport {
                path: "fixtures/clean.json".to_owned(),
                payloads: 2,
                ..FileReport::default()
            },
            file("fixtures/event.json", EVENT, &EVENT_FINDINGS),
            file("fixtures/minified.json", &minified, &EVENT_FINDINGS[1..3]),
            file("fixtures/one-line.json", &padded, &EVENT_FINDINGS[1..3]),
            cut,
            file(
                "fixtures/wide.json",
                &format!(
                    "\u{FEFF}{}",
                    EVENT.replace("To be filled by O.E.M.", "日本語 \u{1F600}")
                ),
                &[Finding {
                    at: "\u{1F600}",
                    labels: &[("日本語", "three wide characters")],
                    operands: &[],
                    fix: Some((
                        Applicability::Safe,
                        "remove the space",
                        &[(" \u{1F600}", "\u{1F600}")],
                    )),
                    ..Finding {
                        ..EVENT_FINDINGS[0]
                    }
                }],
            ),
        ],
        errors: vec![RunError {
            file: "missing.json".to_owned(),
            message: "no such file".to_owned(),
        }],
        ..Report::default()
    }
}

/// Text that means harm to terminals, build agents and readers of documents.
pub(super) const HOSTILE: &str = concat!(
    "\u{1b}[31m\u{7}\u{7f}\u{9b}2J\u{85}\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{e000}",
    "\r\n::error::owned\n  ::set-output name=x::y ##[error]owned ##vso[task.complete result=Failed;]",
    " ]]> </script><script>alert(1)</script> <!-- --> \" ' & {0} [a](javascript:x) %0A::error::x `` "
);

/// [`HOSTILE`] in every text of a report.
pub(super) fn hostile() -> Report {
    let text = format!("{{\"a\": 1, \"{HOSTILE}\": \"{HOSTILE}\"}}");
    let mut file = file(
        &format!("dir/{HOSTILE}.json"),
        &text,
        &[Finding {
            rule: &UNKNOWN_MEMBER,
            message: HOSTILE,
            help: Some(HOSTILE),
            at: HOSTILE,
            labels: &[("1", HOSTILE), ("\u{feff}", HOSTILE)],
            operands: &[
                (HOSTILE, Quantity::Instant(0)),
                (HOSTILE, Quantity::Instant(i64::MAX)),
                (HOSTILE, Quantity::Duration(1)),
                (HOSTILE, Quantity::Duration(-1)),
            ],
            fix: Some((
                Applicability::Safe,
                HOSTILE,
                &[("1", HOSTILE), (HOSTILE, HOSTILE)],
            )),
        }],
    );
    let token = PointerToken::Name(HOSTILE);
    for located in &mut file.diagnostics {
        located.diagnostic.pointer.push(token);
        located.diagnostic.payload = Some(Pointer::root().join(token));
    }
    let leading = FileReport {
        path: "::error::x".to_owned(),
        ..file.clone()
    };
    Report {
        files: vec![leading, file],
        errors: vec![RunError {
            file: HOSTILE.to_owned(),
            message: HOSTILE.to_owned(),
        }],
        ..Report::default()
    }
}

/// A report as a format prints it.
pub(super) fn print(name: &str, report: &Report, options: &RenderOptions) -> String {
    let mut out = Vec::new();
    let format = format(name).expect("a format of this name");
    (format.write)(report, options, &mut out).expect("a vector takes every write");
    String::from_utf8(out).expect("formats write UTF-8")
}
