//! What a refused Edm.Date or Edm.TimeOfDay was meant to be.
//!
//! Guesses only: whatever it proposes has been through the grammar of the type.

use crate::edm::notation::{Meant, trimmed};
use crate::edm::{date, date_time, time_of_day};

use super::date_time::{calendar_day, clock_text};

/// What a refused date was meant to be, with the legal literal where it follows from the text.
#[must_use]
pub fn date(text: &str) -> Option<Meant> {
    if date::parse(text).is_ok() {
        return None;
    }
    let text = trimmed(text)?;
    let is_right = |text: &str| date::parse(text).is_ok();
    if is_right(text) {
        return Some(Meant::literal_of("a date", text.to_owned()));
    }
    if date_time::parse(text).is_ok() {
        let day = text.split('T').next().map(str::to_owned);
        return Some(Meant::usually("an instant", "give the date", day));
    }
    // A number of another length may count something.
    let written = text.contains(['-', '/']) || text.len() == "YYYYMMDD".len();
    let day = calendar_day(text).filter(|_| written)?.to_string();
    is_right(&day).then(|| Meant::literal_of("a date of ISO 8601", day))
}

/// The same of a time of day.
#[must_use]
pub fn time_of_day(text: &str) -> Option<Meant> {
    const NOTATION: &str = "a time in another spelling";
    if time_of_day::parse(text).is_ok() {
        return None;
    }
    let text = trimmed(text)?;
    let is_right = |text: &str| time_of_day::parse(text).is_ok();
    if is_right(text) {
        return Some(Meant::literal_of(NOTATION, text.to_owned()));
    }
    let clock = clock_text(text).filter(|_| text.contains(':'));
    // The midnight that ends a day is none that begins it.
    let (clock, _) = clock.filter(|(clock, ends_day)| !ends_day && is_right(clock))?;
    Some(Meant::literal_of(NOTATION, clock))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

    fn holds(meant: fn(&str) -> Option<Meant>, rows: &[Row<'_>]) {
        for (text, certain, likely) in rows {
            let meant = meant(text);
            let found = meant.as_ref();
            let found = (
                found.and_then(Meant::literal),
                found.and_then(Meant::likely),
            );
            assert_eq!(found, (*certain, *likely), "{text:?}");
        }
    }

    #[test]
    fn dates_in_other_spellings_are_read() {
        holds(
            date,
            &[
                (" 2024-05-02\n", Some("2024-05-02"), None),
                ("2024/05/02", Some("2024-05-02"), None),
                ("20240502", Some("2024-05-02"), None),
                ("2024-123", Some("2024-05-02"), None),
                ("2024-05-02T09:14:03Z", None, Some("2024-05-02")),
                ("2024-05-02", None, None),
                ("2024-02-30", None, None),
                ("2024/02/30", None, None),
                ("02/05/2024", None, None),
                ("2024123", None, None),
                ("202405", None, None),
                ("today", None, None),
                ("", None, None),
            ],
        );
    }

    #[test]
    fn times_in_other_spellings_are_read() {
        holds(
            time_of_day,
            &[
                (" 09:14:03 ", Some("09:14:03"), None),
                ("9:14", Some("09:14"), None),
                ("9:14:3,5", Some("09:14:03.5"), None),
                ("09:14:03", None, None),
                ("24:00", None, None),
                ("25:00", None, None),
                ("0914", None, None),
                ("9:14 PM", None, None),
                ("PT5M", None, None),
                ("", None, None),
            ],
        );
    }
}
