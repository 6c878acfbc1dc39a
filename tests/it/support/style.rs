//! Names in other styles than the service writes.

use crate::support::json::Json;

/// How the names of an event are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Pascal,
    Snake,
    Kebab,
    Screaming,
    Lower,
    Title,
}

impl Style {
    pub(crate) const ALL: [Self; 6] = [
        Self::Pascal,
        Self::Snake,
        Self::Kebab,
        Self::Screaming,
        Self::Lower,
        Self::Title,
    ];

    /// A name in camelCase in this style.
    pub(crate) fn name(self, name: &str) -> String {
        match self {
            Self::Pascal => capital(name),
            Self::Snake => parted(name, '_').to_lowercase(),
            Self::Kebab => parted(name, '-').to_lowercase(),
            Self::Screaming => parted(name, '_').to_uppercase(),
            Self::Lower => name.to_lowercase(),
            Self::Title => capital(&parted(name, ' ')),
        }
    }

    /// The names of an object and of the objects in it, but for annotations, in this style; gives
    /// those that are others now, in the order of the document.
    pub(crate) fn rewrite(self, members: &mut [(String, Json)]) -> Vec<String> {
        let mut changed = Vec::new();
        for (name, value) in members {
            if !name.contains('@') {
                let other = self.name(name);
                if other != *name {
                    changed.push(other.clone());
                }
                *name = other;
                changed.extend(self.rewrite_within(value));
            }
        }
        changed
    }

    fn rewrite_within(self, value: &mut Json) -> Vec<String> {
        match value {
            Json::Object(members) => self.rewrite(members),
            Json::Array(elements) => {
                let each = elements.iter_mut();
                each.flat_map(|element| self.rewrite_within(element))
                    .collect()
            }
            Json::Token(_) | Json::Text(_) => Vec::new(),
        }
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The words of a name with something between them.
fn parted(name: &str, with: char) -> String {
    let mut parted = String::new();
    let mut lower_before = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && lower_before {
            parted.push(with);
        }
        lower_before = !c.is_ascii_uppercase();
        parted.push(c);
    }
    parted
}
