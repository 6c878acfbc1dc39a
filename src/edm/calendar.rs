//! The proleptic Gregorian calendar.

/// What the first of January of year 1 comes to when days are counted from the first of March of
/// year 0, this day being day 1.
const MARCH_1_YEAR_0: u32 = 307;

/// Days from 0001-01-01 to a day of the years from 1 on; the month has such a day.
#[inline]
pub(super) fn days(year: u32, month: u8, day: u8) -> i64 {
    // Years that begin in March have their leap day at the end.
    let early = month < 3;
    let year = year - u32::from(early);
    let month = if early { month + 9 } else { month - 3 };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days =
        year * 365 + leap_days + (153 * u32::from(month) + 2) / 5 + u32::from(day) - MARCH_1_YEAR_0;
    i64::from(days)
}

/// Days in a month (1 to 12) of a year.
pub(super) fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 => 28 + u8::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}
