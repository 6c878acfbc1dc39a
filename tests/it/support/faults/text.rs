//! Faults of the written text: what is no JSON, no UTF-8, or no character.

use std::ops::Range;

use autopilot_lint::diagnostic::Severity;
use autopilot_lint::model::Mode;

use super::{Fault, Make, MakeText};
use crate::support::json::{Spot, spots};
use crate::support::random::Random;

pub(super) const FAULTS: &[Fault] = &[
    syntax("a comma before the bracket", |text, event, _| {
        let last = members(text, &event).last().expect("a member").value.end;
        insert(text, last, ",")
    }),
    syntax("two commas", |text, event, random| {
        let next = next_name(text, &event, random);
        insert(text, next.start, ", ");
        next.start..next.start + 1
    }),
    syntax("no comma", |text, event, random| {
        let next = next_name(text, &event, random);
        let comma = text[..next.start].iter().rposition(|byte| *byte == b',');
        replace(
            text,
            comma.expect("a comma")..comma.expect("a comma") + 1,
            " ",
        );
        next
    }),
    syntax("a semicolon for a comma", |text, event, random| {
        let next = next_name(text, &event, random);
        let comma = text[..next.start].iter().rposition(|byte| *byte == b',');
        let comma = comma.expect("a comma");
        replace(text, comma..comma + 1, ";")
    }),
    syntax("no colon", |text, event, random| {
        let (colon, value) = colon(text, &event, random);
        replace(text, colon..colon + 1, " ");
        if matches!(text[value.start], b'{' | b'[') {
            return value.start..value.start + 1;
        }
        value
    }),
    syntax("an equals sign for a colon", |text, event, random| {
        let (colon, _) = colon(text, &event, random);
        replace(text, colon..colon + 1, "=")
    }),
    syntax("no value", |text, event, random| {
        let (_, value) = colon(text, &event, random);
        let after = text[value.end..]
            .iter()
            .position(|byte| !byte.is_ascii_whitespace());
        let after = value.start + after.expect("a comma or bracket");
        replace(text, value, "");
        after..after + 1
    }),
    syntax("a name in single quotes", |text, event, _| {
        before_members(text, &event, "'osVersion'", ": 1, ")
    }),
    syntax("a name without quotes", |text, event, _| {
        before_members(text, &event, "osVersion", ": 1, ")
    }),
    syntax("a comment to the end of the line", |text, event, _| {
        before_members(text, &event, "// exported today", "\n")
    }),
    syntax("a comment between marks", |text, event, _| {
        before_members(text, &event, "/* exported today */", " ")
    }),
    syntax("a comment of a shell", |text, event, _| {
        before_members(text, &event, "# exported today", "\n")
    }),
    syntax("a hard blank", |text, event, _| {
        before_members(text, &event, "\u{a0}", " ")
    }),
    syntax("a byte order mark within", |text, event, _| {
        before_members(text, &event, "\u{feff}", " ")
    }),
    syntax("a value NaN", |text, event, random| {
        token(text, &event, random, "NaN")
    }),
    syntax("a value -Infinity", |text, event, random| {
        token(text, &event, random, "-Infinity")
    }),
    syntax("a value undefined", |text, event, random| {
        token(text, &event, random, "undefined")
    }),
    syntax("a value of Python", |text, event, random| {
        token(text, &event, random, "None")
    }),
    syntax("a literal with a capital", |text, event, random| {
        token(text, &event, random, "True")
    }),
    syntax("a bare word", |text, event, random| {
        token(text, &event, random, "success")
    }),
    syntax("a text in single quotes", |text, event, random| {
        token(text, &event, random, "'10.0.26200.8893'")
    }),
    syntax("a text in typographic quotes", |text, event, random| {
        token(text, &event, random, "“success”")
    }),
    syntax("a number with zeros before it", |text, event, random| {
        token(text, &event, random, "03")
    }),
    syntax("a number with a plus sign", |text, event, random| {
        token(text, &event, random, "+3")
    }),
    syntax(
        "a number that begins with a point",
        |text, event, random| token(text, &event, random, ".5"),
    ),
    syntax("a number that ends with a point", |text, event, random| {
        token(text, &event, random, "5.")
    }),
    syntax("a hexadecimal number", |text, event, random| {
        token(text, &event, random, "0x10")
    }),
    syntax("a number with a bare exponent", |text, event, random| {
        token(text, &event, random, "1e")
    }),
    syntax("a minus sign alone", |text, event, random| {
        token(text, &event, random, "-")
    }),
    syntax("a line end in a text", |text, event, random| {
        in_string(text, &event, random, "\n")
    }),
    syntax("a tabulator in a text", |text, event, random| {
        in_string(text, &event, random, "\t")
    }),
    syntax("an escape that is none", |text, event, random| {
        in_string(text, &event, random, "\\x")
    }),
    syntax("a bracket of the other kind", |text, event, _| {
        replace(text, event.end - 1..event.end, "]")
    }),
    syntax("a bracket too many", |text, _, _| append(text, "}")),
    syntax("a text cut off", |text, event, random| {
        let (_, value) = colon(text, &event, random);
        text.truncate(value.end);
        event.start..event.start + 1
    }),
    syntax("a second value", |text, _, _| append(text, "{")),
    syntax("a word behind the value", |text, _, _| append(text, "PS")),
    syntax("a zero byte behind the value", |text, _, _| {
        append(text, "\0")
    }),
    encoding("a character of a code page", |text, event, random| {
        bytes_in_string(text, &event, random, b"\xfc")
    }),
    encoding("a byte that no encoding has", |text, event, random| {
        bytes_in_string(text, &event, random, b"\xff")
    }),
    encoding("half a character", |text, event, random| {
        bytes_in_string(text, &event, random, b"\xe2\x82")
    }),
    encoding("UTF-16 with its mark", |text, _, _| utf16(text, "\u{feff}")),
    encoding("UTF-16 without a mark", |text, _, _| utf16(text, "")),
    surrogate("a high surrogate alone", |text, event, _| {
        let value = before_members(text, &event, "\"@vendor.x\": \"Ω", "\\ud83d\", ");
        value.end..value.end + 6
    }),
    surrogate("a low surrogate alone", |text, event, _| {
        let value = before_members(
            text,
            &event,
            "\"@vendor.x\": \"Ω",
            "\\uDE80\\ud83d\\ude80\", ",
        );
        value.end..value.end + 6
    }),
    surrogate("half a pair in a name", |text, event, _| {
        let name = before_members(text, &event, "\"@vendor.", "\\uD83D\": 1, ");
        name.end..name.end + 6
    }),
    Fault {
        severity: Severity::Info,
        ..text("a byte order mark", "byte-order-mark", |text, _, _| {
            insert(text, 0, "\u{feff}")
        })
    },
    text(
        "levels over the limit",
        "nesting-too-deep",
        |text, event, _| {
            const LIMIT: usize = 128;
            let all = spots(str(text));
            let own = all
                .iter()
                .find(|spot| spot.value == event)
                .expect("the event");
            let depth = own.pointer.matches('/').count() + 1;
            let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
            let name = before_members(text, &event, "\"@vendor.deep\":", &format!("{deep}, "));
            let first = name.end + LIMIT - depth;
            first..first + 1
        },
    ),
];

const fn text(name: &'static str, rule: &'static str, make: MakeText) -> Fault {
    Fault {
        name,
        rule,
        severity: Severity::Error,
        mode: Mode::Any,
        make: Make::Text(make),
    }
}

const fn syntax(name: &'static str, make: MakeText) -> Fault {
    text(name, "json-syntax", make)
}

const fn encoding(name: &'static str, make: MakeText) -> Fault {
    text(name, "invalid-encoding", make)
}

const fn surrogate(name: &'static str, make: MakeText) -> Fault {
    text(name, "lone-surrogate", make)
}

fn str(text: &[u8]) -> &str {
    std::str::from_utf8(text).expect("still UTF-8")
}

/// Puts bytes in the place of others.
fn splice(text: &mut Vec<u8>, range: Range<usize>, bytes: &[u8]) -> Range<usize> {
    let start = range.start;
    text.splice(range, bytes.iter().copied());
    start..start + bytes.len()
}

fn replace(text: &mut Vec<u8>, range: Range<usize>, with: &str) -> Range<usize> {
    splice(text, range, with.as_bytes())
}

fn insert(text: &mut Vec<u8>, at: usize, with: &str) -> Range<usize> {
    replace(text, at..at, with)
}

fn append(text: &mut Vec<u8>, with: &str) -> Range<usize> {
    let end = text.len();
    insert(text, end, with)
}

/// The members of the event itself.
fn members(text: &[u8], event: &Range<usize>) -> Vec<Spot> {
    let all = spots(str(text));
    let own = all.iter().position(|spot| spot.value == *event);
    let own = &all[own.expect("the event")].pointer;
    let depth = own.matches('/').count() + 1;
    let direct = |spot: &&Spot| {
        spot.name
            .as_ref()
            .is_some_and(|name| event.contains(&name.start))
            && spot.pointer.matches('/').count() == depth
    };
    all.iter().filter(direct).cloned().collect()
}

/// A member's colon and value.
fn colon(text: &[u8], event: &Range<usize>, random: &mut Random) -> (usize, Range<usize>) {
    let members = members(text, event);
    let member = random.pick(&members);
    let after = member.name.clone().expect("a name").end;
    let colon = text[after..].iter().position(|byte| *byte == b':');
    (after + colon.expect("a colon"), member.value.clone())
}

/// The name of a member that is not the first; one is added where there is no other.
fn next_name(text: &mut Vec<u8>, event: &Range<usize>, random: &mut Random) -> Range<usize> {
    let added = before_members(text, event, "\"@vendor.first\":", "1,").len() + 2;
    let grown = event.start..event.end + added;
    let members = members(text, &grown);
    let at = 1 + random.below(members.len() - 1);
    members[at].name.clone().expect("a name")
}

/// Puts `what` and `then` before the first member.
fn before_members(
    text: &mut Vec<u8>,
    event: &Range<usize>,
    what: &str,
    then: &str,
) -> Range<usize> {
    let first = members(text, event)[0].name.clone().expect("a name").start;
    insert(text, first, then);
    insert(text, first, what)
}

/// Puts a token in the place of a value.
fn token(
    text: &mut Vec<u8>,
    event: &Range<usize>,
    random: &mut Random,
    with: &str,
) -> Range<usize> {
    let (_, value) = colon(text, event, random);
    replace(text, value, with)
}

fn in_string(
    text: &mut Vec<u8>,
    event: &Range<usize>,
    random: &mut Random,
    what: &str,
) -> Range<usize> {
    bytes_in_string(text, event, random, what.as_bytes())
}

/// Puts bytes at the begin of a name.
fn bytes_in_string(
    text: &mut Vec<u8>,
    event: &Range<usize>,
    random: &mut Random,
    what: &[u8],
) -> Range<usize> {
    let members = members(text, event);
    let name = random.pick(&members).name.expect("a name");
    splice(text, name.start + 1..name.start + 1, what)
}

/// Writes everything in units of 16 bits; the span is that of the first one.
fn utf16(text: &mut Vec<u8>, mark: &str) -> Range<usize> {
    let all = format!("{mark}{}", str(text));
    *text = all.encode_utf16().flat_map(u16::to_le_bytes).collect();
    0..2
}
