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
