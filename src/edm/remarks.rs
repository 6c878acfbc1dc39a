//! What is worth a remark in a legal literal.

/// What is noteworthy about a legal literal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Remarks {
    /// More than seven fraction digits: finer than a tick, so the service keeps less.
    pub excess_digits: bool,
    /// Not as .NET's `XmlConvert`, and so the service, writes this value.
    pub non_canonical: bool,
}
