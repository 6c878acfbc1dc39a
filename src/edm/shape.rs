//! Texts that are certainly a date, a duration or a number, legal or not.
//!
//! Owns what redaction shows of values that a grammar refused. The patterns are narrow where a
//! serial number could fit, and wide elsewhere. Decides nothing about validity.

/// Most digits of a fraction: what a legal literal may have.
const MAX_FRACTION: usize = 12;
/// Most digits of a number in place of a date or duration.
const MAX_ALONE: usize = 4;

/// Whether a text is certainly an instant, a date or a time of day.
#[must_use]
pub fn is_instant(text: &str) -> bool {
    let text = text.trim();
    is_date_time(text) || is_clock(text) || is_microsoft_json(text) || is_short_number(text)
}

/// Whether a text is certainly a duration.
#[must_use]
pub fn is_duration(text: &str) -> bool {
    let text = text.trim();
    is_iso_duration(text) || is_clock(text) || is_short_number(text)
}

/// Whether a text is a number with too few digits to identify anything.
#[must_use]
pub fn is_short_number(text: &str) -> bool {
    is_number_of(text, MAX_ALONE)
}

/// Whether a text is a number of at most so many digits.
#[must_use]
pub fn is_number_of(text: &str, most_digits: usize) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let other = |byte: u8| !byte.is_ascii_digit() && !b"+-.eE".contains(&byte);
    (1..=most_digits).contains(&digits) && text.len() <= digits + 5 && !text.bytes().any(other)
}

/// Whether a text is a version of Windows 10 or 11: `10.0`, five digits, and maybe a revision.
#[must_use]
pub fn is_windows_version(text: &str) -> bool {
    let mut rest = Rest(text);
    rest.text("10.0.")
        && rest.digits(5, 5)
        && (rest.0.is_empty() || rest.text(".") && rest.digits(1, 5))
        && rest.0.is_empty()
}

/// Whether a text is a failure code of Windows: `0x8` and seven digits.
#[must_use]
pub fn is_failure_code(text: &str) -> bool {
    let digits = text.strip_prefix("0x8");
    digits.is_some_and(|digits| digits.len() == 7 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// `YYYY-MM-DD` or `DD.MM.YYYY` with any separators, then maybe time and zone.
fn is_date_time(text: &str) -> bool {
    let mut rest = Rest(text);
    if !rest.day() {
        return false;
    }
    if rest.0.is_empty() {
        return true;
    }
    let before = rest.0;
    rest.0 = before.trim_start_matches([' ', ',', 'T', 't', '_', '\u{a0}', '\u{202f}']);
    before.len() - rest.0.len() <= 3 && rest.clock() && rest.zone() && rest.0.is_empty()
}

/// `/Date(1714641243000)/`, milliseconds of the years to 2100 or so.
fn is_microsoft_json(text: &str) -> bool {
    let inner = text
        .strip_prefix("/Date(")
        .and_then(|text| text.strip_suffix(")/"));
    inner.is_some_and(|inner| {
        let mut rest = Rest(inner);
        rest.sign();
        rest.digits(1, 13) && rest.zone() && rest.0.is_empty()
    })
}

/// `[d.]hh:mm[:ss[.f]]` or `d:hh:mm:ss[.f]`, with a sign or without.
fn is_clock(text: &str) -> bool {
    let mut rest = Rest(text);
    rest.sign();
    let mut bare = rest;
    if bare.clock() && bare.0.is_empty() {
        return true;
    }
    rest.digits(1, 5) && rest.any(&['.', ':', ' ']) && rest.clock() && rest.0.is_empty()
}

/// `P` and numbers, each with a letter of a unit or none.
fn is_iso_duration(text: &str) -> bool {
    const MOST_COMPONENTS: usize = 8;
    let mut rest = Rest(text);
    rest.sign();
    if !rest.any(&['P', 'p']) {
        return false;
    }
    for _ in 0..MOST_COMPONENTS {
        rest.any(&['T', 't']);
        rest.sign();
        if rest.0.is_empty() {
            return true;
        }
        let number = rest;
        let whole = rest.digits(1, 10);
        let fraction = rest.any(&['.', ',']) && rest.digits(0, MAX_FRACTION);
        let length = number.0.len() - rest.0.len();
        let unit = rest.any(&['Y', 'M', 'W', 'D', 'H', 'S', 'y', 'm', 'w', 'd', 'h', 's']);
        let known = if unit {
            whole || fraction
        } else {
            whole && length <= MAX_ALONE
        };
        if !known {
            return false;
        }
    }
    rest.0.is_empty()
}

/// The unread rest of a text. Each method consumes what it finds and says whether it did.
#[derive(Clone, Copy)]
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn text(&mut self, wanted: &str) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn any(&mut self, wanted: &[char]) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn sign(&mut self) -> bool {
        self.any(&['-', '+', '\u{2212}'])
    }

    /// At least `least` digits, and no more than `most`.
    fn digits(&mut self, least: usize, most: usize) -> bool {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let fits = (least..=most).contains(&count);
        if fits {
            self.0 = &self.0[count..];
        }
        fits
    }

    /// Year, month and day, the year first or last and near the present.
    fn day(&mut self) -> bool {
        const YEARS: [&str; 4] = ["0001", "19", "20", "21"];
        let is_year = |text: &str| YEARS.iter().any(|year| text.starts_with(year));
        let first = is_year(self.0) && self.digits(4, 4);
        if !first && !self.digits(1, 2) {
            return false;
        }
        let Some(sign) = self.0.chars().next().filter(|c| "-/.\u{2212}".contains(*c)) else {
            return false;
        };
        let between = |rest: &mut Self| rest.any(&[sign]);
        if !between(self) || !self.digits(1, 2) || !between(self) {
            return false;
        }
        if first {
            self.digits(1, 2)
        } else {
            is_year(self.0) && self.digits(4, 4)
        }
    }

    /// `h:mm[:ss[.f]]`, and maybe the half of the day.
    fn clock(&mut self) -> bool {
        if !(self.digits(1, 2) && self.text(":") && self.digits(1, 2)) {
            return false;
        }
        if self.text(":") {
            if !self.digits(1, 2) {
                return false;
            }
            if self.any(&['.', ',']) && !self.digits(0, MAX_FRACTION) {
                return false;
            }
        }
        let half = self.0.trim_start();
        for name in ["AM", "PM", "am", "pm"] {
            if let Some(rest) = half.strip_prefix(name) {
                self.0 = rest;
            }
        }
        true
    }

    /// `Z`, its other names, or an offset; nothing is a zone too.
    fn zone(&mut self) -> bool {
        let rest = self.0.trim_start();
        if rest.is_empty() {
            self.0 = rest;
            return true;
        }
        self.0 = rest;
        if ["Z", "z", "UTC", "GMT"].iter().any(|name| self.text(name)) {
            return true;
        }
        if !self.sign() {
            return false;
        }
        if self.digits(4, 4) {
            return true;
        }
        self.digits(1, 2) && (!self.text(":") || self.digits(1, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants() {
        for text in [
            "2024-05-02T09:14:03Z",
            "2024-05-02 09:14:03.1234567 +02:00",
            "2024-05-02t09:14:03z",
            "2023-02-29T09:14:03Z",
            "2016-12-31T23:59:60Z",
            "0001-01-01T00:00:00Z",
            "2024-05-02T09:14:03+14:01",
            "2024-05-02T09:14:03+0200",
            "2024-05-02T09:14:03 UTC",
            "2024-05-02T09:14:03",
            "2024-05-02",
            "2024/05/02 9:14",
            "02.05.2024 09:14:03",
            "5/2/2024 9:14:03 AM",
            "09:14:03",
            "/Date(1714641243000)/",
            "/Date(1714641243000+0200)/",
            "2024",
        ] {
            assert!(is_instant(text), "{text}");
        }
        for text in [
            "",
            "490154203237518",
            "1714641243",
            "7763-4721-5520-5461-0042-5536-89",
            "7763-47-21",
            "5521-44-7",
            "2024-05-02T09:14:03Z anna",
            "anna 2024-05-02",
            "2024-05-02T09:14:03.4901542032375Z",
            "2024-05-02T09:14:03ZZ",
            "/Date(490154203237518)/",
            "String (timestamp)",
            "5CG1234XYZ",
            "12-34-56-78-90",
            "+49 170 1234567",
        ] {
            assert!(!is_instant(text), "{text}");
        }
    }

    #[test]
    fn durations() {
        for text in [
            "PT3M21.5549443S",
            "-PT1M",
            "P1W",
            "P1Y2M",
            "PT",
            "P",
            "pt5m",
            "PT4294967296S",
            "P10675199DT2H48M5.4775807S",
            "PT5",
            "00:03:21.55",
            "1.02:03:04",
            "1:02:03:04",
            "90",
            "PT1,5S",
        ] {
            assert!(is_duration(text), "{text}");
        }
        for text in [
            "",
            "490154203237518",
            "77441",
            "PANNA",
            "PT49015420323S",
            "PC6TLVBTR",
            "P12345-678",
            "P1234567890",
            "PSHMDY",
            "five minutes",
            "P1D2D3D4D5D6D7D8D9D",
        ] {
            assert!(!is_duration(text), "{text}");
        }
    }

    #[test]
    fn numbers() {
        for text in [
            "0",
            "-1",
            "3.5",
            "3e0",
            "2147483648",
            "-2147483648",
            "1e400",
        ] {
            assert!(is_number_of(text, 10), "{text}");
        }
        for text in [
            "",
            "-",
            "12345678901",
            "1.23456789012",
            "NaN",
            "1 2",
            "e",
            "--------1",
        ] {
            assert!(!is_number_of(text, 10), "{text}");
        }
        assert!(is_short_number("2024") && !is_short_number("20245"));
    }

    #[test]
    fn versions_and_failure_codes() {
        assert!(is_windows_version("10.0.26200.8893") && is_windows_version("10.0.19045"));
        for text in [
            "10.0.12.7",
            "10.0.123456",
            "10.0.26200.",
            "10.0.26200.8893.1",
            "11.0.26200",
        ] {
            assert!(!is_windows_version(text), "{text}");
        }
        assert!(is_failure_code("0x80180014"));
        assert!(!is_failure_code("0x801800145") && !is_failure_code("0x00180014"));
    }
}
