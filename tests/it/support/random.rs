//! Seeded numbers: the same seed gives the same tests on every machine; and how many seeds are tried.

/// How many cases a loop over mutants tries: `usual`, or as many as `AUTOPILOT_LINT_CASES` says.
pub(crate) fn cases(usual: usize) -> usize {
    let asked = std::env::var("AUTOPILOT_LINT_CASES").ok();
    asked.map_or(usual, |cases| cases.parse().expect("a number of cases"))
}

/// `SplitMix64` (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `bound` - 1; `bound` is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("64 bits");
        usize::try_from(self.next() % bound).expect("less than a usize")
    }

    /// From `first` to `last`.
    pub(crate) fn within(&mut self, first: i64, last: i64) -> i64 {
        let count = usize::try_from(last - first + 1).expect("in order");
        first + i64::try_from(self.below(count)).expect("less than an i64")
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Fisher and Yates.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
