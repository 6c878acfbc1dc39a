//! The style that names share: how their words are parted, and which letters are upper case.
//!
//! Owns what each style is called and who writes it. Knows nothing of which names are wrong.

/// A way to write names of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    parted: Parted,
    case: Case,
}

/// What stands between the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parted {
    Nothing,
    Underscores,
    Hyphens,
    Dots,
    Blanks,
}

/// Which letters are upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// None.
    Lower,
    /// All.
    Upper,
    /// The first, and that of each further word, or not.
    Pascal,
    /// Those of further words.
    Camel,
}

impl Parted {
    /// The first one is taken where names would fit several.
    const ALL: [Self; 5] = [
        Self::Nothing,
        Self::Underscores,
        Self::Hyphens,
        Self::Dots,
        Self::Blanks,
    ];

    const fn character(self) -> Option<char> {
        match self {
            Self::Nothing => None,
            Self::Underscores => Some('_'),
            Self::Hyphens => Some('-'),
            Self::Dots => Some('.'),
            Self::Blanks => Some(' '),
        }
    }

    /// Whether a name can be parted so; a single word may be in names that are parted in any way.
    fn fits(self, name: &str, single: bool) -> bool {
        let mut parting = name.chars().filter(|c| !c.is_ascii_alphanumeric());
        match parting.next() {
            None => single || self == Self::Nothing,
            first => self.character() == first && parting.all(|c| Some(c) == first),
        }
    }
}

impl Case {
    /// The first one is taken where names would fit several.
    const ALL: [Self; 4] = [Self::Pascal, Self::Camel, Self::Lower, Self::Upper];

    /// Whether the letters of a name can be so. A single word may be an acronym, and has no further
    /// words.
    fn fits(self, name: &str, single: bool) -> bool {
        let upper = |c: &char| c.is_ascii_uppercase();
        let letters = || name.chars().filter(char::is_ascii_alphabetic);
        let first_is_upper = letters().next().is_some_and(|c| upper(&c));
        if letters().all(|c| upper(&c)) {
            self == Self::Upper || single && self != Self::Lower
        } else if !letters().any(|c| upper(&c)) {
            self == Self::Lower || single && self == Self::Camel
        } else {
            self == if first_is_upper {
                Self::Pascal
            } else {
                Self::Camel
            }
        }
    }
}

impl Style {
    /// The style that all of these names share; `None` where there is none, or no name. `single`
    /// says of a name whether it is a single word.
    pub(crate) fn shared(names: &[(&str, bool)]) -> Option<Self> {
        names.first()?;
        let parted = |parted: &Parted| {
            let mut names = names.iter();
            names.all(|(name, single)| parted.fits(name, *single))
        };
        let case = |case: &Case| {
            let mut names = names.iter();
            names.all(|(name, single)| case.fits(name, *single))
        };
        Some(Self {
            parted: Parted::ALL.into_iter().find(parted)?,
            case: Case::ALL.into_iter().find(case)?,
        })
    }

    /// What it is called, behind "in".
    pub(crate) const fn name(self) -> &'static str {
        match (self.parted, self.case) {
            (Parted::Nothing, Case::Pascal) => "PascalCase",
            (Parted::Nothing, Case::Camel) => "camelCase",
            (Parted::Nothing, Case::Lower) => "lower case",
            (Parted::Nothing, Case::Upper) => "upper case",
            (Parted::Underscores, Case::Lower) => "snake_case",
            (Parted::Underscores, Case::Upper) => "SCREAMING_SNAKE_CASE",
            (Parted::Underscores, Case::Pascal | Case::Camel) => {
                "mixed case with underscores between the words"
            }
            (Parted::Hyphens, Case::Lower) => "kebab-case",
            (Parted::Hyphens, _) => "mixed case with hyphens between the words",
            (Parted::Dots, _) => "words with dots between them",
            (Parted::Blanks, _) => "words with blanks between them",
        }
    }

    /// Whether it is that of .NET and PowerShell objects.
    pub(crate) fn is_pascal(self) -> bool {
        (self.parted, self.case) == (Parted::Nothing, Case::Pascal)
    }

    /// Who is known to write names so, behind "as".
    pub(crate) const fn origin(self) -> Option<&'static str> {
        match (self.parted, self.case) {
            (Parted::Nothing, Case::Pascal) => Some(".NET and PowerShell objects have them"),
            (Parted::Nothing, Case::Lower) => Some("databases without letter case have them"),
            (Parted::Nothing | Parted::Underscores, Case::Upper) => {
                Some("databases and environment variables have them")
            }
            (Parted::Underscores, Case::Lower) => Some("Python and databases have them"),
            (Parted::Hyphens, Case::Lower) => Some("YAML and command lines have them"),
            (Parted::Blanks, _) => Some("spreadsheets and reports have them"),
            _ => None,
        }
    }
}

/// Whether a name shows where its words meet: by what parts them, or by an upper-case letter behind
/// another.
pub(crate) fn shows_words(name: &str) -> bool {
    let mut before = ' ';
    name.chars().any(|c| {
        let lower_before = before.is_ascii_lowercase() || before.is_ascii_digit();
        let meets = c.is_ascii_uppercase() && lower_before;
        before = c;
        meets || !c.is_ascii_alphanumeric()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_share_a_style_or_none() {
        for (names, expected) in [
            (&["OsVersion", "Id", "UserId"][..], Some("PascalCase")),
            (&["OSVersion", "ID", "UserID"], Some("PascalCase")),
            (&["osVersion", "deviceID", "userID"], Some("camelCase")),
            (&["oSVersion", "ID", "userID"], Some("camelCase")),
            (&["os_version", "id", "user_id"], Some("snake_case")),
            (
                &["OS_VERSION", "ID", "USER_ID"],
                Some("SCREAMING_SNAKE_CASE"),
            ),
            (&["os-version", "id"], Some("kebab-case")),
            (
                &["Os-Version", "Id"],
                Some("mixed case with hyphens between the words"),
            ),
            (
                &["Os_Version", "User_Id"],
                Some("mixed case with underscores between the words"),
            ),
            (
                &["os.version", "user.id"],
                Some("words with dots between them"),
            ),
            (
                &["Os Version", "User Id", "Id"],
                Some("words with blanks between them"),
            ),
            (&["osversion", "id", "userid"], Some("lower case")),
            (&["OSVERSION", "ID", "USERID"], Some("upper case")),
            (&["OsVersion", "user_id"], None),
            (&["OsVersion", "osversion"], None),
            (&["os_version", "userid"], None),
            (&["os_version", "user-id"], None),
            (&["os_version-x"], None),
            (&[], None),
        ] {
            let names = names.iter();
            let names = names.map(|name| (*name, name.eq_ignore_ascii_case("id")));
            let style = Style::shared(&names.collect::<Vec<_>>());
            assert_eq!(style.map(Style::name), expected);
        }
    }

    #[test]
    fn words_are_seen_where_they_meet() {
        for name in ["osVersion", "os_version", "OS version", "windows10Id"] {
            assert!(shows_words(name), "{name}");
        }
        for name in ["id", "Id", "ID", "osversion", "OSVERSION", ""] {
            assert!(!shows_words(name), "{name}");
        }
    }
}
