//! JSON Pointers (RFC 6901) as text that grows token by token, and their tokens.

use std::fmt::{self, Write as _};

/// A JSON Pointer; empty for the whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    text: String,
    /// Where strange names stand in the text: byte ranges, ascending.
    strange: Vec<(usize, usize)>,
}

/// One reference token; displays as it stands in a pointer, `~` and `/` escaped.
#[derive(Debug, Clone, Copy)]
pub enum PointerToken<'a> {
    /// A member name, unescaped.
    Name(&'a str),
    /// The same for a name that is not the model's: redaction masks it.
    StrangeName(&'a str),
    /// An array index.
    Index(usize),
}

/// A part of a pointer as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step<'a> {
    /// `~` and `/` are escaped.
    pub(crate) text: &'a str,
    /// It is a [`PointerToken::StrangeName`].
    pub(crate) strange: bool,
}

impl Step<'_> {
    /// Whether it is an array index.
    pub(crate) fn is_index(&self) -> bool {
        let digits = self.text.bytes().all(|byte| byte.is_ascii_digit());
        !self.strange && digits && !self.text.is_empty()
    }
}

impl Pointer {
    /// The pointer to the whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self {
            text: String::new(),
            strange: Vec::new(),
        }
    }

    /// Appends a reference token.
    pub fn push(&mut self, token: PointerToken<'_>) {
        let start = self.text.len() + 1;
        let _ = write!(self.text, "/{token}");
        if let PointerToken::StrangeName(_) = token {
            self.strange.push((start, self.text.len()));
        }
    }

    /// This pointer with one more token.
    #[must_use]
    pub fn join(&self, token: PointerToken<'_>) -> Self {
        let mut joined = self.clone();
        joined.push(token);
        joined
    }

    /// Where this is once what `from` points to stands at `to`; the same if `from` does not lead to
    /// it.
    pub(crate) fn rebase(&mut self, from: &Self, to: &Self) {
        let Some(rest) = self.after(from) else {
            return;
        };
        let (before, after) = (from.text.len(), to.text.len());
        let text = format!("{}{rest}", to.text);
        let moved = self.strange.iter().filter(|(start, _)| *start > before);
        let moved = moved.map(|(start, end)| (start - before + after, end - before + after));
        self.strange = to.strange.iter().copied().chain(moved).collect();
        self.text = text;
    }

    /// The text after that of `ancestor`; `None` if this is not below it.
    pub(crate) fn after(&self, ancestor: &Self) -> Option<&str> {
        let rest = self.text.strip_prefix(&ancestor.text)?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }

    /// The tokens in order.
    pub(crate) fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let mut strange = self.strange.iter().peekable();
        let mut start = 0;
        self.text.split('/').skip(1).map(move |text| {
            start += 1;
            let end = start + text.len();
            let strange = strange.next_if_eq(&&(start, end)).is_some();
            start = end;
            Step { text, strange }
        })
    }

    /// The same with each strange name replaced by its `mask`.
    pub(crate) fn masked(&self, mask: impl Fn(&str) -> String) -> Self {
        if self.strange.is_empty() {
            return self.clone();
        }
        let mut text = String::with_capacity(self.text.len());
        for step in self.steps() {
            text.push('/');
            if step.strange {
                text.push_str(&mask(step.text));
            } else {
                text.push_str(step.text);
            }
        }
        Self {
            text,
            strange: Vec::new(),
        }
    }

    /// The text of the pointer.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for PointerToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = match self {
            Self::Index(index) => return write!(f, "{index}"),
            Self::Name(name) | Self::StrangeName(name) => *name,
        };
        while let Some(at) = rest.find(['~', '/']) {
            let (plain, special) = rest.split_at(at);
            f.write_str(plain)?;
            f.write_str(if special.starts_with('~') { "~0" } else { "~1" })?;
            rest = &special[1..];
        }
        f.write_str(rest)
    }
}

/// The reference tokens of the text of a pointer, unescaped.
pub(crate) fn pointer_tokens(pointer: &str) -> impl DoubleEndedIterator<Item = String> {
    let tokens = pointer.strip_prefix('/').map(|rest| rest.split('/'));
    let unescaped = |token: &str| token.replace("~1", "/").replace("~0", "~");
    tokens.into_iter().flatten().map(unescaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_as_rfc_6901_says() {
        let mut pointer = Pointer::root();
        pointer.push(PointerToken::Name("a/b~c"));
        pointer.push(PointerToken::Index(7));
        assert_eq!(pointer.as_str(), "/a~1b~0c/7");
    }

    #[test]
    fn tokens_come_back_unescaped() {
        for names in [
            &[][..],
            &[""],
            &["", "a"],
            &["a/b~c", "7", "~1", "~0", "~01", "é/"],
        ] {
            let mut pointer = Pointer::root();
            for name in names {
                pointer.push(PointerToken::Name(name));
            }
            let tokens: Vec<String> = pointer_tokens(pointer.as_str()).collect();
            assert_eq!(tokens, names, "{pointer}");
        }
    }

    #[test]
    fn a_pointer_moves_with_what_holds_it() {
        let pointer = |text: &str| Pointer {
            text: text.to_owned(),
            strange: Vec::new(),
        };
        for (text, moved) in [
            ("/a/0", "/b/12"),
            ("/a/0/x/a/0", "/b/12/x/a/0"),
            ("/a/01", "/a/01"),
            ("/a", "/a"),
            ("", ""),
        ] {
            let mut moving = pointer(text);
            moving.rebase(&pointer("/a/0"), &pointer("/b/12"));
            assert_eq!(moving.as_str(), moved);
        }
    }

    #[test]
    fn strange_names_are_masked_wherever_they_move() {
        let base = Pointer::root().join(PointerToken::Name("value"));
        let mut pointer = base.join(PointerToken::Index(3));
        pointer.push(PointerToken::StrangeName("490154203237518"));
        pointer.push(PointerToken::Index(0));
        pointer.push(PointerToken::StrangeName("a/b"));
        pointer.push(PointerToken::StrangeName(""));
        pointer.push(PointerToken::Name("id"));
        let mask = |name: &str| format!("<{}>", name.len());
        assert_eq!(pointer.as_str(), "/value/3/490154203237518/0/a~1b//id");
        assert_eq!(pointer.masked(mask).as_str(), "/value/3/<15>/0/<4>/<0>/id");
        let steps: Vec<_> = pointer.steps().map(|step| step.is_index()).collect();
        assert_eq!(steps, [false, true, false, true, false, false, false]);
        pointer.rebase(&base, &Pointer::root());
        assert_eq!(pointer.masked(mask).as_str(), "/3/<15>/0/<4>/<0>/id");
        pointer.rebase(&Pointer::root(), &base.join(PointerToken::StrangeName("x")));
        assert_eq!(
            pointer.masked(mask).as_str(),
            "/value/<1>/3/<15>/0/<4>/<0>/id"
        );
    }
}
