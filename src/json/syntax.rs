//! What can be wrong with a text that should be JSON (RFC 8259), in words.
//!
//! Owns the list of faults and their wording. Does not know how a fault is found (see
//! [`super::fault`]), nor how a message is shown.

use std::fmt;

use super::span::Span;
use crate::text::words::{Words, ours, quoted, words};

/// Deepest nesting that is read; the bracket that would open one level more is the fault.
pub const MAX_DEPTH: usize = 128;

/// Why a text is not a JSON text that we read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The offending token, on character boundaries; empty only where the text is.
    pub span: Span,
    /// Which fault.
    pub kind: SyntaxErrorKind,
}

/// A limit on what is read of a text. One that exceeds it may be JSON all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// [`u32::MAX`] bytes: [`SyntaxErrorKind::TextTooLong`].
    Length,
    /// So many values, member names included: [`SyntaxErrorKind::TooManyValues`].
    Values(u64),
}

/// What follows the name of a text, with what to do.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => f.write_str("exceeds the limit of 4 GiB for a document; split it"),
            Self::Values(most) => write!(
                f,
                "exceeds the limit of {most} values for a document of its size; split it"
            ),
        }
    }
}

/// The construct at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// Nothing but white space.
    EmptyDocument,
    /// More bytes than a tape can address: over [`u32::MAX`].
    TextTooLong,
    /// More values and member names than the memory bound of [`super::parse()`] allows.
    TooManyValues,
    /// Over [`MAX_DEPTH`].
    NestingTooDeep,
    /// A comma with nothing after it before the closing bracket.
    TrailingComma(Bracket),
    /// Two elements or members with no comma between them.
    MissingComma,
    /// A member name without its colon.
    MissingColon,
    /// A comma, colon or bracket where a value should stand.
    MissingValue,
    /// A comma where a member should stand.
    MissingMember,
    /// A colon with no member name before it.
    MissingName,
    /// A colon where none belongs.
    UnexpectedColon,
    /// A comment.
    Comment(CommentStyle),
    /// A string in single quotes.
    SingleQuotes,
    /// A string in typographic quotes; the opening one.
    SmartQuotes(char),
    /// A member name without quotes.
    UnquotedName,
    /// An array or object as a member name.
    NameNotString,
    /// A word without quotes that is no literal.
    UnquotedText,
    /// `NaN`, in any case and with any sign.
    NotANumber,
    /// `Infinity` or `inf`, in any case and with any sign.
    Infinity,
    /// `undefined`.
    Undefined,
    /// `None` or `nil`.
    ForeignNull,
    /// A literal with capital letters.
    WrongCase(Literal),
    /// Zeros before an integer part.
    LeadingZero,
    /// A plus sign before a number.
    LeadingPlus,
    /// No digit before the decimal point.
    LeadingPoint,
    /// No digit after the decimal point.
    TrailingPoint,
    /// A number with `0x`.
    Hexadecimal,
    /// An exponent without digits.
    BadExponent,
    /// A minus sign with no digit after it.
    LoneMinus,
    /// Something else that starts as a number does.
    MalformedNumber,
    /// A backslash before a character that has no escape.
    UnknownEscape(char),
    /// `\u` without four hexadecimal digits.
    BadUnicodeEscape,
    /// A character below U+0020 within a string.
    ControlInString(char),
    /// A string without its closing quote.
    UnterminatedString,
    /// Text that touches the closing quote of a string.
    TextAfterString,
    /// An array or object without its closing bracket.
    Unclosed(Bracket),
    /// A closing bracket of the wrong shape for the innermost open array or object.
    MismatchedBracket {
        /// What is open.
        open: Bracket,
    },
    /// A closing bracket with nothing open.
    UnopenedBracket(Bracket),
    /// Another JSON value after the document, as in JSON Lines or JSON text sequences.
    SecondDocument,
    /// A comma after the document, as between the elements of an array.
    CommaAfterDocument,
    /// Something else after the document.
    TrailingContent,
    /// White space that is none in JSON, between tokens.
    ForeignWhiteSpace(char),
    /// U+0000 between tokens.
    Nul,
    /// U+FEFF between tokens.
    ByteOrderMark,
    /// A character that begins no token.
    UnexpectedCharacter(char),
}

/// The two pairs of brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bracket {
    /// `[` and `]`.
    Array,
    /// `{` and `}`.
    Object,
}

impl Bracket {
    const fn opening(self) -> char {
        match self {
            Self::Array => '[',
            Self::Object => '{',
        }
    }

    pub(super) const fn closing(self) -> char {
        match self {
            Self::Array => ']',
            Self::Object => '}',
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Array => Self::Object,
            Self::Object => Self::Array,
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// How a comment begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentStyle {
    /// `//`
    Line,
    /// `/*`
    Block,
    /// `#`
    Hash,
}

/// The literals of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal {
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

impl Literal {
    pub(super) const ALL: [Self; 3] = [Self::True, Self::False, Self::Null];

    /// As RFC 8259 spells it.
    #[must_use]
    pub const fn spelling(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Null => "null",
        }
    }
}

impl SyntaxErrorKind {
    /// What is wrong, in one sentence without a full stop. Holds at most one character of the
    /// text, and that in printable ASCII or as `U+` and its number.
    #[must_use]
    pub fn message(&self) -> String {
        match *self {
            Self::NestingTooDeep => format!("nesting deeper than {MAX_DEPTH} levels"),
            Self::TrailingComma(bracket) => {
                format!("trailing comma before `{}`", bracket.closing())
            }
            Self::Comment(style) => format!("{} comment, which JSON does not have", style.name()),
            Self::SmartQuotes(c) => {
                format!("typographic quotation mark {} as a quote", code_point(c))
            }
            Self::WrongCase(literal) => {
                format!("literal `{}` with capital letters", literal.spelling())
            }
            Self::UnknownEscape(c) => {
                format!("unknown escape: a backslash before {}", character(c))
            }
            Self::ControlInString(c) => format!("raw {} inside a string", control_name(c)),
            Self::Unclosed(bracket) => format!(
                "{} opened with `{}` is never closed",
                bracket.noun(),
                bracket.opening()
            ),
            Self::MismatchedBracket { open } => format!(
                "`{}` cannot close the {} opened with `{}`",
                open.other().closing(),
                open.noun(),
                open.opening()
            ),
            Self::UnopenedBracket(bracket) => {
                format!("`{}` closes nothing that is open", bracket.closing())
            }
            Self::ForeignWhiteSpace(c) => {
                format!("{} is not white space in JSON", white_space_name(c))
            }
            Self::UnexpectedCharacter(c) => format!("unexpected character {}", character(c)),
            _ => self.fixed_message().to_owned(),
        }
    }

    /// The messages in which nothing varies.
    const fn fixed_message(self) -> &'static str {
        match self {
            Self::EmptyDocument => "empty document",
            Self::TextTooLong => "text longer than 4 GiB",
            Self::TooManyValues => "more values than are read from a text of its size",
            Self::MissingComma => "missing comma before this",
            Self::MissingColon => "missing colon after a member name",
            Self::MissingValue => "missing value before this",
            Self::MissingMember => "missing member before `,`",
            Self::MissingName => "missing member name before `:`",
            Self::UnexpectedColon => "unexpected `:`",
            Self::SingleQuotes => "string in single quotes",
            Self::UnquotedName => "member name without quotes",
            Self::NameNotString => "member name that is not a string",
            Self::UnquotedText => "unquoted text that is no JSON value",
            Self::NotANumber => "`NaN` is not a JSON value",
            Self::Infinity => "infinity is not a JSON value",
            Self::Undefined => "`undefined` is not a JSON value",
            Self::ForeignNull => "null in the spelling of another language",
            Self::LeadingZero => "number with a leading zero",
            Self::LeadingPlus => "number with a leading plus sign",
            Self::LeadingPoint => "number without a digit before the decimal point",
            Self::TrailingPoint => "number without a digit after the decimal point",
            Self::Hexadecimal => "hexadecimal number",
            Self::BadExponent => "number with an exponent that has no digits",
            Self::LoneMinus => "minus sign without a digit after it",
            Self::MalformedNumber => "malformed number",
            Self::BadUnicodeEscape => "`\\u` without four hexadecimal digits after it",
            Self::UnterminatedString => "string without a closing quote",
            Self::TextAfterString => "text right after the closing quote of a string",
            Self::SecondDocument => "a second JSON document follows the first",
            Self::CommaAfterDocument => "comma after the end of the document",
            Self::TrailingContent => "content after the end of the document",
            Self::Nul => "NUL character between tokens",
            Self::ByteOrderMark => "byte order mark (U+FEFF) between tokens",
            _ => "not JSON",
        }
    }

    /// The message with a letter or digit of the text marked.
    pub(crate) fn words(self) -> Words {
        match self {
            Self::UnknownEscape(c) if c.is_ascii_alphanumeric() => words!(
                "unknown escape: a backslash before {}",
                quoted(c.encode_utf8(&mut [0; 4]))
            ),
            Self::UnknownEscape(c) if c.is_alphanumeric() => words!(
                "unknown escape: a backslash before {}",
                quoted(&code_point(c)).bare()
            ),
            kind => words!("{}", ours(&kind.message())),
        }
    }

    /// What to do about it, where that is more than the message says.
    #[must_use]
    pub const fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::EmptyDocument => "a JSON text holds exactly one value",
            Self::TrailingComma(_) => "remove the comma",
            Self::MissingMember => "remove the extra comma",
            Self::Comment(_) => "remove the comment",
            Self::SingleQuotes | Self::SmartQuotes(_) => "write `\"` at both ends",
            Self::UnquotedName | Self::UnquotedText => "put it in double quotes",
            Self::NameNotString => "a member name is a string in double quotes",
            Self::NotANumber | Self::Infinity | Self::Undefined | Self::ForeignNull => {
                "write `null` where the member may be null, or leave it out"
            }
            Self::WrongCase(literal) => match literal {
                Literal::True => "write `true`",
                Literal::False => "write `false`",
                Literal::Null => "write `null`",
            },
            Self::LeadingZero => "remove the zeros, or quote it if it is text",
            Self::LeadingPlus => "remove the plus sign",
            Self::LeadingPoint => "write a zero before the point",
            Self::TrailingPoint => "remove the point, or write a zero behind it",
            Self::Hexadecimal => "write it in decimal",
            Self::MalformedNumber => "text, dates and identifiers stand in double quotes",
            Self::UnknownEscape(_) => "a backslash itself is written `\\\\`",
            Self::ControlInString(c) => match c {
                '\t' => "write `\\t`",
                '\n' => "write `\\n`",
                '\r' => "write `\\r`",
                _ => "write it as `\\u00` and two hexadecimal digits",
            },
            Self::TextAfterString => "a quote inside a string is written `\\\"`",
            Self::SecondDocument => {
                "one document a file, or one a line in a file named .jsonl or .ndjson"
            }
            Self::CommaAfterDocument => {
                "remove it; several documents make an array, with `[` before the first and `]` \
                 behind the last"
            }
            Self::ForeignWhiteSpace(_) => "only space, tab, line feed and carriage return are",
            Self::Nul | Self::ByteOrderMark => "remove the character",
            _ => return None,
        })
    }
}

impl CommentStyle {
    const fn name(self) -> &'static str {
        match self {
            Self::Line => "`//`",
            Self::Block => "`/*`",
            Self::Hash => "`#`",
        }
    }
}

fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// A character as a message may show it: itself only where it cannot do harm.
fn character(c: char) -> String {
    if c.is_ascii_graphic() && c != '`' {
        format!("`{c}`")
    } else {
        code_point(c)
    }
}

fn control_name(c: char) -> String {
    match c {
        '\t' => "tab".to_owned(),
        '\n' => "line break".to_owned(),
        '\r' => "carriage return".to_owned(),
        '\0' => "NUL".to_owned(),
        c => format!("control character {}", code_point(c)),
    }
}

fn white_space_name(c: char) -> String {
    let name = match c {
        '\u{b}' => "vertical tab",
        '\u{c}' => "form feed",
        '\u{85}' => "next line",
        '\u{a0}' => "no-break space",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202f}' => "narrow no-break space",
        '\u{3000}' => "ideographic space",
        _ => return code_point(c),
    };
    format!("{name} ({})", code_point(c))
}
