//! Edm.Date: `YYYY-MM-DD` (`OData` ABNF 4.01, `dateValue`).
//!
//! Owns the verdict; faults are those of [`date_time`](super::date_time).

use super::date_time_fault::{DateTimeFault, Syntax};
use super::scan::Scan;

/// The value of an Edm.Date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Days since 0001-01-01, proleptic Gregorian; up to 3,652,058.
    pub days: i64,
}

/// Parses an Edm.Date literal.
///
/// # Errors
/// As [`date_time::parse`](super::date_time::parse).
pub fn parse(text: &str) -> Result<Date, DateTimeFault> {
    let mut scan = Scan::new(text.as_bytes(), Syntax::NotADate);
    let date = scan.date()?;
    scan.end()?;
    let days = date.days()?;
    Ok(Date { days })
}

#[cfg(test)]
mod tests {
    use super::super::date_time_fault::Range;
    use super::*;

    #[test]
    fn dates() {
        let syntax = |fault| Err(DateTimeFault::Syntax(fault));
        let range = |fault| Err(DateTimeFault::Range(fault));
        let rows = [
            ("0001-01-01", Ok(0)),
            ("1970-01-01", Ok(719_162)),
            ("2016-02-29", Ok(736_022)),
            ("9999-12-31", Ok(3_652_058)),
            (
                "2015-02-29",
                range(Range::NoSuchDay {
                    year: 2015,
                    month: 2,
                }),
            ),
            ("0000-01-01", range(Range::YearZero)),
            ("12016-01-01", range(Range::YearBeyond9999)),
            ("", syntax(Syntax::Empty)),
            ("2016-13-01", syntax(Syntax::Month)),
            ("2016-1-1", syntax(Syntax::NotADate)),
            ("20160101", syntax(Syntax::NotADate)),
            ("2016-01-01Z", syntax(Syntax::Trailing)),
            ("2016-01-01T00:00:00Z", syntax(Syntax::Trailing)),
            ("2016-01-01 ", syntax(Syntax::Blank)),
        ];
        for (text, verdict) in rows {
            assert_eq!(parse(text).map(|date| date.days), verdict, "{text:?}");
        }
    }
}
