//! What a context URL says (OData 4.01 part 1, section 10): the entity set, and what was selected.
//!
//! Owns the form of its fragment. Knows nothing of payloads.

/// The fragment of a context URL, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContextUrl<'a> {
    /// Path of the entity set, or the name of a type.
    pub path: &'a str,
    /// What stands in the parentheses behind it.
    list: &'a str,
}

impl<'a> ContextUrl<'a> {
    /// Reads the URL; `None` where it has no fragment.
    #[must_use]
    pub fn read(url: &'a str) -> Option<Self> {
        let (_, fragment) = url.split_once('#')?;
        let set = fragment.strip_suffix("/$entity").unwrap_or(fragment);
        let split = set.strip_suffix(')').and_then(|inner| {
            let at = opening(inner)?;
            Some((&inner[..at], &inner[at + 1..]))
        });
        Some(match split {
            Some(("Collection", name)) => Self {
                path: name,
                list: "",
            },
            Some((path, list)) => Self { path, list },
            None => Self {
                path: set,
                list: "",
            },
        })
    }

    /// The members that were selected; `None` where all of them are there. One that lists expanded
    /// members only has all the others too.
    #[must_use]
    pub fn selected(&self) -> Option<Vec<&'a str>> {
        let mut names = top_level(self.list);
        names.retain(|name| !name.is_empty() && !name.contains('('));
        let all = names.is_empty() || names.contains(&"*");
        (!all).then_some(names)
    }
}

/// Where the parenthesis opens that closes after the end of `text`.
fn opening(text: &str) -> Option<usize> {
    let mut closed = 0;
    text.bytes().rposition(|byte| {
        closed += i32::from(byte == b')') - i32::from(byte == b'(');
        closed < 0
    })
}

/// The parts of a list between the commas that stand in no parentheses.
fn top_level(list: &str) -> Vec<&str> {
    let mut depth = 0;
    let parts = list.split(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    });
    parts.map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_taken_apart() {
        for (url, path, selected) in [
            ("x#a/b", "a/b", None),
            ("x#a/b/$entity", "a/b", None),
            (
                "x#b(id,deploymentState)",
                "b",
                Some(vec!["id", "deploymentState"]),
            ),
            (
                "x#b(id, osVersion)/$entity",
                "b",
                Some(vec!["id", "osVersion"]),
            ),
            ("x#a('7')/b(id)", "a('7')/b", Some(vec!["id"])),
            ("x#b('7')/c", "b('7')/c", None),
            ("x#b(c(id),osVersion)", "b", Some(vec!["osVersion"])),
            ("x#b(c())", "b", None),
            ("x#b(*,c())", "b", None),
            ("x#b)", "b)", None),
            ("x#Collection(graph.b)", "graph.b", None),
            ("x#", "", None),
        ] {
            let read = ContextUrl::read(url).expect("a fragment");
            assert_eq!((read.path, read.selected()), (path, selected), "{url}");
        }
        assert_eq!(ContextUrl::read("x"), None);
    }
}
