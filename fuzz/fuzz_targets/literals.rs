//! The literals of Edm against another reading of their grammars; proposals are legal.
#![no_main]

#[path = "../../src/edm/readings.rs"]
mod readings;

use autopilot_lint::edm::{
    binary, date, date_time, duration, guid, integer, meant, number, time_of_day,
};
use date_time::DateTimeFault;
use duration::DurationFault;
use libfuzzer_sys::fuzz_target;
use number::Written;
use readings::Verdict;

fuzz_target!(|text: &str| {
    check_date_time(text);
    check_duration(text);
    let expected = readings::date(text).is_some_and(|day| day.is_ok());
    assert_eq!(date::parse(text).is_ok(), expected, "{text:?}");
    let expected = readings::time(text).is_some_and(|(_, leap_second)| !leap_second);
    assert_eq!(time_of_day::parse(text).is_ok(), expected, "{text:?}");
    let expected = text.len() == 36 && uuid::Uuid::try_parse(text).is_ok();
    assert_eq!(guid::parse(text).is_ok(), expected, "{text:?}");
    let proposed = meant::guid(text);
    for literal in proposed.iter().flat_map(|meant| meant.literals()) {
        assert!(guid::parse(literal).is_ok(), "{text:?}: {literal}");
    }
    // No other reading of these: that they end, and say something.
    let faults = [
        binary::parse(text).err().map(|fault| fault.to_string()),
        integer::parse(text, integer::INT32)
            .err()
            .map(|fault| fault.to_string()),
        number::parse_double(Written::Text(text))
            .err()
            .map(|fault| fault.to_string()),
        number::parse_single(Written::Number(text))
            .err()
            .map(|fault| fault.to_string()),
        number::parse_decimal(Written::Text(text))
            .err()
            .map(|fault| fault.to_string()),
    ];
    assert!(faults.iter().flatten().all(|fault| !fault.is_empty()));
});

fn check_date_time(text: &str) {
    let verdict = match date_time::parse(text) {
        Ok(value) => Verdict::Ticks(value.ticks),
        Err(DateTimeFault::Range(_)) => Verdict::OutOfRange,
        Err(DateTimeFault::Syntax(_)) => Verdict::Refused,
    };
    let expected = readings::date_time(text).unwrap_or(Verdict::Refused);
    assert_eq!(verdict, expected, "{text:?}");
    let proposed = meant::date_time(text);
    for literal in proposed.iter().flat_map(|meant| meant.literals()) {
        let value = date_time::parse(literal).expect("a legal proposal");
        assert!(!value.remarks.non_canonical, "{text:?}: {literal}");
    }
}

fn check_duration(text: &str) {
    let verdict = match duration::parse(text) {
        Ok(value) => Verdict::Ticks(value.ticks),
        Err(DurationFault::Range(_)) => Verdict::OutOfRange,
        Err(DurationFault::Syntax(_)) => Verdict::Refused,
    };
    let expected = readings::duration(text).unwrap_or(Verdict::Refused);
    assert_eq!(verdict, expected, "{text:?}");
    let proposed = meant::duration(text);
    for literal in proposed.iter().flat_map(|meant| meant.literals()) {
        let value = duration::parse(literal).expect("a legal proposal");
        assert!(!value.remarks.non_canonical, "{text:?}: {literal}");
    }
}
