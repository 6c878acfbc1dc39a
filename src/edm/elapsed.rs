//! A difference of time in words, for messages.
//!
//! Owns the choice of units and the rounding (half up); knows nothing of literals.

const MICROSECOND: u64 = 10;
const MILLISECOND: u64 = 1_000 * MICROSECOND;
const SECOND: u64 = 1_000 * MILLISECOND;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// Says how long `ticks` (100 ns each) last, in at most two units: `300 ns`, `12.5 µs`,
/// `398.4 ms`, `69.3 s` (up to two minutes), `3 min 21.6 s`, `1 h 2 min`, `2 d 3 h`. What is not
/// zero never reads as zero; a whole number that was not rounded has no `.0`.
#[must_use]
pub fn elapsed(ticks: i64) -> String {
    let sign = if ticks < 0 { "-" } else { "" };
    format!("{sign}{}", magnitude(ticks.unsigned_abs()))
}

fn magnitude(ticks: u64) -> String {
    let tenths_of_second = rounded(ticks, SECOND / 10);
    let minutes = rounded(ticks, MINUTE);
    if ticks == 0 {
        "0 s".to_owned()
    } else if ticks < MICROSECOND {
        format!("{} ns", ticks * 100)
    } else if ticks < MILLISECOND {
        format!("{} µs", in_unit(ticks, MICROSECOND))
    } else if rounded(ticks, MILLISECOND / 10) < 10_000 {
        format!("{} ms", in_unit(ticks, MILLISECOND))
    } else if tenths_of_second < 1_200 {
        format!("{} s", in_unit(ticks, SECOND))
    } else if tenths_of_second < 36_000 {
        minutes_and_seconds(tenths_of_second, ticks.is_multiple_of(SECOND))
    } else if minutes < 1_440 {
        pair(minutes, 60, ["h", "min"])
    } else {
        pair(rounded(ticks, HOUR), 24, ["d", "h"])
    }
}

fn minutes_and_seconds(tenths: u64, exact: bool) -> String {
    match (tenths / 600, tenths % 600) {
        (minutes, 0) => format!("{minutes} min"),
        (minutes, tenths) => format!("{minutes} min {} s", decimal(tenths, exact)),
    }
}

fn in_unit(ticks: u64, unit: u64) -> String {
    decimal(rounded(ticks, unit / 10), ticks.is_multiple_of(unit))
}

/// One decimal, which is left out where the number is exact and whole.
fn decimal(tenths: u64, exact: bool) -> String {
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if exact {
        whole.to_string()
    } else {
        format!("{whole}.{tenth}")
    }
}

/// `small` units, `per` of which make a great one; the small one is left out where it is zero.
fn pair(small: u64, per: u64, [great_name, small_name]: [&str; 2]) -> String {
    match (small / per, small % per) {
        (great, 0) => format!("{great} {great_name}"),
        (great, rest) => format!("{great} {great_name} {rest} {small_name}"),
    }
}

fn rounded(ticks: u64, unit: u64) -> u64 {
    (ticks + unit / 2) / unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_read_as_words() {
        let rows: &[(i64, &str)] = &[
            (0, "0 s"),
            (1, "100 ns"),
            (9, "900 ns"),
            (10, "1 µs"),
            (11, "1.1 µs"),
            (9_999, "999.9 µs"),
            (10_000, "1 ms"),
            (3_984_029, "398.4 ms"),
            (9_999_499, "999.9 ms"),
            (9_999_500, "1.0 s"),
            (10_000_000, "1 s"),
            (10_000_001, "1.0 s"),
            (423_708_471, "42.4 s"),
            (692_556_281, "69.3 s"),
            (420_000_000, "42 s"),
            (1_199_499_999, "119.9 s"),
            (1_199_500_000, "2 min"),
            (1_200_000_000, "2 min"),
            (2_015_549_443, "3 min 21.6 s"),
            (2_010_000_000, "3 min 21 s"),
            (35_999_499_999, "59 min 59.9 s"),
            (35_999_500_000, "1 h"),
            (37_200_000_000, "1 h 2 min"),
            (863_699_999_999, "23 h 59 min"),
            (863_700_000_000, "1 d"),
            (1_836_000_000_000, "2 d 3 h"),
            (i64::MAX, "10675199 d 3 h"),
            (i64::MIN, "-10675199 d 3 h"),
            (-692_556_281, "-69.3 s"),
        ];
        for (ticks, words) in rows {
            assert_eq!(elapsed(*ticks), *words, "{ticks}");
        }
    }

    #[test]
    fn nothing_but_zero_reads_as_zero() {
        for ticks in (1..2_000_000).chain((0..63).map(|bit| 1 << bit)) {
            let words = elapsed(ticks);
            let zero = words
                .split(' ')
                .step_by(2)
                .all(|number| number.parse() == Ok(0.0));
            assert!(!zero, "{ticks}: {words}");
        }
    }
}
