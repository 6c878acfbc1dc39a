//! Reads and checks elements that follow one another.

use std::fs::File;

use autopilot_lint::json::skip_blanks;
use autopilot_lint::lint::{Part, Scratch, Shell};

use super::window::Window;
use crate::cli::budget::{Budget, Permit};

/// Bytes that are read beyond a chunk at once: the end of its last element is mostly among them.
pub(super) const SLACK: usize = 8 << 10;

/// Bytes of elements up to which they take their memory unasked.
const LONG: usize = 1 << 20;

/// Elements that follow one another.
pub(super) struct Stretch {
    /// Byte of the file that the first one begins with.
    pub(super) first: usize,
    pub(super) next: Next,
    pub(super) part: Part,
}

/// What follows a stretch, by its byte of the file.
#[derive(Clone, Copy)]
pub(super) enum Next {
    /// An element begins.
    Element(usize),
    /// The array closes.
    Close(usize),
}

/// How far elements were read, in bytes of the file.
#[derive(Clone, Copy)]
enum At {
    /// An element should begin here.
    Element(usize),
    /// An element ends here.
    After(usize),
}

/// Where a reader comes to.
enum Reached {
    /// All elements before the limit, and what comes next.
    Next(Next),
    /// The end of the text, so far.
    End(At),
    /// Something else than elements.
    Wrong,
}

/// Reads the elements of a file.
pub(super) struct ElementReader<'a> {
    pub(super) file: &'a File,
    pub(super) shell: &'a Shell<'a>,
    /// Longest element, in bytes.
    pub(super) longest: usize,
    pub(super) budget: &'a Budget,
}

impl ElementReader<'_> {
    /// Checks the elements from `first` on that begin before `limit`; `None` where one is none. The
    /// window begins before them, and is read on as far as it takes.
    pub(super) fn read(
        &self,
        first: usize,
        limit: usize,
        window: &mut Window,
        scratch: &mut Scratch,
    ) -> Option<Stretch> {
        let mut permit = None;
        let stretch = self.read_within(first, limit, window, scratch, &mut permit);
        if permit.is_some() {
            // What is kept for the next chunk would be nobody's.
            *scratch = Scratch::default();
        }
        stretch
    }

    fn read_within<'b>(
        &'b self,
        first: usize,
        limit: usize,
        window: &mut Window,
        scratch: &mut Scratch,
        permit: &mut Option<Permit<'b>>,
    ) -> Option<Stretch> {
        let mut part = Part::default();
        let mut at = At::Element(first);
        loop {
            let (At::Element(begin) | At::After(begin)) = at;
            let text = ElementText {
                shell: self.shell,
                text: window.text_from(begin),
                start: begin,
                limit,
            };
            at = match text.read(at, scratch, &mut part) {
                Reached::Next(next) => return Some(Stretch { first, next, part }),
                Reached::End(at) => at,
                Reached::Wrong => return None,
            };
            let (At::Element(begin) | At::After(begin)) = at;
            let held = window.bytes().len();
            let pending = (window.start() + held).saturating_sub(begin);
            if window.ended() || pending > self.longest {
                return None;
            }
            if held > LONG && permit.is_none() {
                // Asking for more while others do might be for ever.
                *permit = Some(self.budget.wait_for(self.longest));
            }
            window.grow(self.file, held + SLACK + pending).ok()?;
        }
    }
}

/// A text of elements.
struct ElementText<'a> {
    shell: &'a Shell<'a>,
    text: &'a str,
    /// Byte of the file that the text begins with.
    start: usize,
    limit: usize,
}

impl ElementText<'_> {
    fn read(&self, mut at: At, scratch: &mut Scratch, part: &mut Part) -> Reached {
        loop {
            at = match at {
                At::Element(begin) => {
                    let text = &self.text[begin - self.start..];
                    match self.shell.check(text, begin, scratch, part) {
                        Some(length) => At::After(begin + length),
                        None => return Reached::End(at),
                    }
                }
                At::After(end) => match self.after(end) {
                    Reached::Next(Next::Element(next)) if next < self.limit => At::Element(next),
                    reached => return reached,
                },
            };
        }
    }

    /// What comes after an element that ends here.
    fn after(&self, end: usize) -> Reached {
        let bytes = self.text.as_bytes();
        let mark = skip_blanks(bytes, end - self.start);
        let next = skip_blanks(bytes, mark + 1);
        match bytes.get(mark) {
            Some(b']') => Reached::Next(Next::Close(self.start + mark)),
            Some(b',') if next < bytes.len() => Reached::Next(Next::Element(self.start + next)),
            Some(b',') | None => Reached::End(At::After(end)),
            Some(_) => Reached::Wrong,
        }
    }
}
