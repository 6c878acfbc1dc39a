//! Keys of pages: paths with `/`, as links lead from one to another.

/// The key of the page that `link` leads to from the page of key `from`: both are paths with `/`.
pub(super) fn join(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Where the page of a type may stand that is named on the page of key `from` without a link: in
/// the same family, or by itself.
pub(super) fn of_name(from: &str, name: &str) -> Vec<String> {
    let file = from.rsplit('/').next().unwrap_or(from);
    let lower = name.to_lowercase();
    let family = file.rsplit_once('-');
    let sibling = family.map(|(family, _)| format!("../resources/{family}-{lower}.md"));
    let links = sibling
        .into_iter()
        .chain([format!("../resources/{lower}.md")]);
    links.map(|link| join(from, &link)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_joined_as_paths() {
        let cases = [
            ("a/b/c.md", "d.md", "a/b/d.md"),
            ("a/b/c.md", "../d/e.md", "a/d/e.md"),
            ("c.md", "./d.md", "d.md"),
            ("c.md", "../d.md", "../d.md"),
            ("../a/c.md", "../../d.md", "../../d.md"),
        ];
        for (from, link, expected) in cases {
            assert_eq!(join(from, link), expected, "{from} {link}");
        }
    }

    #[test]
    fn a_name_without_a_link_is_looked_for_in_the_family_first() {
        let cases = [
            (
                "a/api/intune-x-create.md",
                ["a/resources/intune-x-thing.md", "a/resources/thing.md"].as_slice(),
            ),
            ("a/api/create.md", &["a/resources/thing.md"]),
        ];
        for (from, expected) in cases {
            assert_eq!(of_name(from, "Thing"), expected, "{from}");
        }
    }
}
