//! Values about which no rule on literals has anything to say, told at a fraction of a check's cost.
//!
//! Only the fast path asks here. Each predicate is held to the checks it stands for by a test over
//! generated and hostile values: ordinary means that they find nothing.

use crate::edm::Remarks;
use crate::edm::date_time::DateTime;
use crate::edm::duration::Duration;
use crate::edm::guid::GuidRemark;

use crate::lint::setup::Setup;

impl Setup {
    /// Whether no rule on instants has anything to say of this one.
    pub(super) fn finds_ordinary(&self, instant: &DateTime) -> bool {
        let mut checks = self.checks.instant.iter();
        checks.all(|(_, ordinary, _)| ordinary(instant, self.now))
    }

    /// Whether no rule has anything to say of how a literal is spelt.
    pub(super) fn accepts_spelling(&self, remarks: Remarks) -> bool {
        !remarks.non_canonical || self.checks.spelling.is_empty()
    }
}

/// What most literals of a type are: the rules on them have nothing to say, and are asked about the
/// others only.
pub(super) trait Ordinary {
    fn is_ordinary(&self) -> bool;
}

/// How it is spelt, is for other rules.
impl Ordinary for Remarks {
    fn is_ordinary(&self) -> bool {
        !self.excess_digits
    }
}

impl Ordinary for DateTime {
    fn is_ordinary(&self) -> bool {
        self.remarks.is_ordinary()
    }
}

impl Ordinary for Duration {
    fn is_ordinary(&self) -> bool {
        self.remarks.is_ordinary() && self.ticks >= 0
    }
}

impl Ordinary for i64 {
    fn is_ordinary(&self) -> bool {
        *self >= 0
    }
}

impl Ordinary for GuidRemark {
    fn is_ordinary(&self) -> bool {
        *self == Self::Ordinary
    }
}

impl Ordinary for () {
    fn is_ordinary(&self) -> bool {
        true
    }
}

/// What is refused never is.
impl<T: Ordinary, E> Ordinary for Result<T, E> {
    fn is_ordinary(&self) -> bool {
        self.as_ref().is_ok_and(T::is_ordinary)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::edm::{date_time, duration, guid, integer};
    use crate::lint::{Linter, Options, Scratch};
    use crate::model::{Edm, Member, Role, TypeRef};
    use crate::rules::{self, Check};

    /// 2024-05-02T09:14:03Z.
    const NOW: i64 = 638_502_380_430_000_000;

    /// Runs every rule on literals, those on spellings only where asked: with them, a text that is
    /// spelt unusually is never ordinary, which would hide the other predicates.
    fn linter(spellings: bool) -> Linter {
        let of_spellings = |check: &Check| matches!(check, Check::Spelling(_));
        let of_events = |check: &Check| matches!(check, Check::Event(_) | Check::Document(_));
        let of_literals = rules::declarations()
            .filter(|known| !known.checks.iter().any(of_events))
            .filter(|known| spellings || !known.checks.iter().any(of_spellings))
            .map(|known| &known.rule);
        let options = Options {
            now: Some(NOW),
            rules: of_literals.collect(),
            ..Options::default()
        };
        Linter::new(&options).expect("any revision")
    }

    /// Names of the rules that find something in the only member of an event, on the full path.
    fn found(linter: &Linter, member: &str, value: &str) -> BTreeSet<&'static str> {
        let event = format!("{{\"deploymentState\":\"success\",\"{member}\":{value}}}");
        let outcome = linter.check(event.as_bytes(), &mut Scratch::without_filter());
        let at = event.len() - 1 - value.len();
        let own = outcome
            .diagnostics
            .iter()
            .filter(|one| one.span.start == at);
        own.map(|one| one.rule.name).collect()
    }

    const TEXTS: &[&str] = &[
        "",
        " ",
        "a",
        "0",
        "00000000",
        "XXXXXXXX",
        "Default string",
        "To be filled by O.E.M.",
        "A1",
        "PC6TLVBTR",
        "System.Object[]",
        "String",
        "{{serial}}",
        "<serial>",
        "osVersion value",
        "Os Version value",
        "10.0.26200.8893",
        "10.0.19045",
        "1.2.3.4.",
        ".1.2.3.4",
        "1..2.3",
        "99999999999.0.0.0",
        "user@example.com",
        "user@",
        "@example.com",
        "a@b@c",
        "CONTOSO\\jane",
        "jane@büro.example",
        "x.@y",
        ".x@y",
        "LAPTOP-\u{200b}42",
        "LAPTOP-42 ",
        " LAPTOP-42",
        "a\u{202e}b",
        "\u{feff}a",
        "a\u{7f}",
        "a\u{1}b",
        "é",
        "BÃ¼ro",
        "B\u{fffd}ro",
        "MarÃ\u{ad}a",
        "नि",
        "👩‍💻",
        "ok\tok",
        "0001-01-01T00:00:00Z",
        "2014-12-31T23:59:59Z",
        "2015-01-01T00:00:00Z",
        "2024-05-03T09:14:03Z",
        "2024-05-03T09:14:04Z",
        "9999-12-31T23:59:59.9999999Z",
        "2024-05-02T09:14Z",
        "2024-05-02T09:14:03-00:00",
        "2024-05-02T09:14:03.12345678Z",
        "2024-05-02t09:14:03z",
        "2024-02-30T00:00:00Z",
        "2024-05-02T24:00:00Z",
        "2024-05-02T09:14:03+14:01",
        "PT5M",
        "PT300S",
        "P0D",
        "PT0S",
        "-PT1S",
        "PT1.12345678S",
        "P1Y",
        "P",
        "PT",
        "pt1s",
        "P10675199DT2H48M5.4775807S",
        "P10675199DT2H48M5.4775808S",
        "00000000-0000-0000-0000-000000000000",
        "3E455CAB-5CAB-3E45-AB5C-453EAB5C453E",
        "{3e455cab-5cab-3e45-ab5c-453eab5c453e}",
        "3e455cab5cab3e45ab5c453eab5c453e",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ];
    const NUMBERS: &[&str] = &[
        "0",
        "-0",
        "-1",
        "1",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "3.0",
        "3e0",
        "1e400",
    ];

    /// The texts, and each with one character changed, inserted or removed.
    fn texts() -> Vec<String> {
        let mut all: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
        for text in TEXTS {
            let ends = text.char_indices().map(|(at, c)| (at, at + c.len_utf8()));
            for (start, end) in ends.take(40) {
                for with in ["", "0", "Z", "-", ".", "@", " ", "\u{200b}"] {
                    all.push(format!("{}{with}{}", &text[..start], &text[end..]));
                    all.push(format!("{}{with}{}", &text[..start], &text[start..]));
                }
            }
        }
        all.sort();
        all.dedup();
        all
    }

    /// Whether the fast path would call a text ordinary for a member.
    fn is_ordinary(linter: &Linter, member: &Member, text: &str) -> bool {
        let setup = &linter.setup;
        match member.type_ref {
            TypeRef::Edm(Edm::DateTimeOffset) => date_time::parse(text).is_ok_and(|value| {
                value.is_ordinary()
                    && setup.finds_ordinary(&value)
                    && setup.accepts_spelling(value.remarks)
            }),
            TypeRef::Edm(Edm::Duration) => duration::parse(text)
                .is_ok_and(|value| value.is_ordinary() && setup.accepts_spelling(value.remarks)),
            TypeRef::Edm(Edm::String) if member.role == Some(Role::Guid) => {
                guid::parse(text).is_ordinary()
            }
            TypeRef::Edm(Edm::String) => {
                let mut rules = setup.checks.of_text(member.role);
                rules.all(|(_, ordinary, _)| ordinary(text))
            }
            _ => false,
        }
    }

    #[test]
    fn what_is_ordinary_no_rule_reports() {
        for spellings in [true, false] {
            compare(&linter(spellings));
        }
    }

    fn compare(linter: &Linter) {
        let texts = texts();
        let model = crate::model::table::autopilot_event();
        let mut asked = 0;
        for member in &model.resource().members {
            for text in &texts {
                if is_ordinary(linter, member, text) {
                    let value = serde_json::to_string(text).expect("JSON");
                    let found = found(linter, &member.name, &value);
                    assert!(found.is_empty(), "{} {text:?}: {found:?}", member.name);
                    asked += 1;
                }
            }
            for number in NUMBERS {
                let integer = member.type_ref == TypeRef::Edm(Edm::Int32);
                if integer && integer::parse(number, integer::INT32).is_ordinary() {
                    let found = found(linter, &member.name, number);
                    assert!(found.is_empty(), "{} {number}: {found:?}", member.name);
                    asked += 1;
                }
            }
        }
        assert!(asked > 1_000, "only {asked} values are ordinary");
    }
}
