//! Redaction: no output depends on what identifies, and none holds five characters of it.
//!
//! Events in which identities stand everywhere are written twice, with other identities of the same
//! kind and length the second time. What the program prints and writes must be the same.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::library::Mode;
use crate::support::binary::command;
use crate::support::event::Maker;
use crate::support::folder::Folder;
use crate::support::json::{Json, Layout, Members};
use crate::support::random::Random;
use crate::support::{FORMATS, NOW_TEXT};

/// Says how many files, where more than the usual ones are to be made.
const FILES: &str = "AUTOPILOT_LINT_REDACTION_FILES";
/// How many there are otherwise: every kind of damage once, and a quarter that are JSON.
const USUAL_FILES: usize = DAMAGES * 4 / 3 + 1;
/// Ways to damage a text, and places in it.
const DAMAGES: usize = DAMAGE.len() * PLACES;
const PLACES: usize = 10;
/// Length of a part of an identity that must not be shown.
const PART: usize = 5;

/// What identifies a person or a device, in a file.
#[derive(Debug)]
struct Identities {
    texts: Vec<String>,
    /// All digits.
    number: String,
    /// All letters: of a name or an enumeration member that is wrong, this is part of the
    /// fingerprint.
    word: String,
}

/// Letters that no word of ours has five of in a row.
const LETTERS: &[u8] = b"jkqvwxz";

impl Identities {
    fn new(random: &mut Random, other: bool) -> Self {
        let mut number = "35".to_owned();
        for _ in 0..13 {
            number.push(char::from(b'0' + digit(random)));
        }
        let mut made = |shape: &str| {
            let make = |c: char| match c {
                'a' => char::from(random.pick(LETTERS)),
                'A' => char::from(random.pick(LETTERS)).to_ascii_uppercase(),
                '0' => char::from(b'0' + digit(random)),
                'f' => char::from(random.pick(b"0123456789abcdef")),
                c => c,
            };
            shape.chars().map(make).collect::<String>()
        };
        let shapes = [
            "aaaa.aaaaa@aaaaa.aaa",
            "Aaaa Aaaaaa",
            "5AA0000AAA",
            "AAAA-0A00AA0",
            "AAAAAAA\\aaaa.aaaaa",
            "aaaa.aaaaa",
            "ffffffff-ffff-4fff-afff-ffffffffffff",
            "{ffffffff-ffff-4fff-afff-fffffffffff",
            "aaaaa%40aaaaaa.aaa",
            "Aäaé ßaaaa",
            "AaÃ¤aaa Ã©aaaaa",
            "AÃƒÂ¤aaaaa",
            "Aaaa\u{fffd}aaaa",
            "ЖЮЯ-0000-ЩЫ",
            "A-AAA-AAAAA",
            "aa:AA:00:aa:0A",
        ];
        let texts = shapes.map(&mut made).to_vec();
        let word = made("Aaaaaaa");
        let mut identities = Self {
            texts,
            number,
            word,
        };
        if other {
            identities.disguise();
        }
        identities
    }

    /// Makes them other ones of the same kind and length.
    fn disguise(&mut self) {
        let next = |of: &[u8], c: char| {
            let at = of.iter().position(|byte| char::from(*byte) == c);
            at.map(|at| char::from(of[(at + 1) % of.len()]))
        };
        let other = |c: char| {
            let upper = |c: char| c.to_ascii_uppercase();
            next(b"0123456789", c)
                .or_else(|| next(b"bcdef", c))
                .or_else(|| next(LETTERS, c))
                .or_else(|| next(LETTERS, c.to_ascii_lowercase()).map(upper))
                // A byte of a letter that is not UTF-8 is what the finding on it is about.
                .unwrap_or(match c {
                    'Ж' => 'Ю',
                    'Ю' => 'Я',
                    'Щ' => 'Ы',
                    c => c,
                })
        };
        self.word = self.word.chars().map(other).collect();
        for text in &mut self.texts {
            let percent = text.contains("%40");
            *text = text.chars().map(other).collect();
            if percent {
                *text = text.replace("%51", "%40");
            }
            *text = text.replace("-5", "-4");
        }
        let tail: String = self.number[2..].chars().map(other).collect();
        self.number.replace_range(2.., &tail);
    }

    /// One of them, alone or in a text.
    fn any(&self, random: &mut Random) -> String {
        let text = if random.chance(15) {
            self.number.clone()
        } else {
            random.pick(&self.texts)
        };
        match random.below(16) {
            0 => format!("{text} "),
            1 => format!("\u{200b}{text}"),
            2 => format!("{text}\u{202e}{text}"),
            3 => format!("of {text}, again"),
            4 => format!("2024-05-02T09:14:03Z {text}"),
            5 => format!("{}{text}", ".".repeat(114)),
            6 => format!("`{text}`"),
            7 => format!("String ({text})"),
            8 => format!("@{{id={text}}}"),
            9 => format!("#microsoft.graph.{text}"),
            10 => format!("{text}\n\t{text}"),
            _ => text,
        }
    }

    /// The parts that must not be shown, in lower case: of digits alone, the other text decides.
    fn parts(&self) -> Vec<[char; PART]> {
        let texts = self.texts.iter().chain([&self.word]);
        let parts = texts.flat_map(|text| {
            let chars: Vec<char> = text.to_lowercase().chars().collect();
            let parts = chars.array_windows().filter(|part| tells(part)).copied();
            parts.collect::<Vec<_>>()
        });
        parts.collect()
    }
}

fn digit(random: &mut Random) -> u8 {
    u8::try_from(random.below(10)).expect("a digit")
}

/// Members whose texts may be anything.
const TEXTS: [&str; 4] = [
    "deviceSerialNumber",
    "enrollmentFailureDetails",
    "managedDeviceName",
    "userPrincipalName",
];

/// An event with identities in its members, as names of members, and in what is unknown.
fn event(maker: &mut Maker, identities: &Identities) -> Members {
    let mut members = maker.event();
    let random = &mut maker.random;
    let percent = random.pick(&[5, 20, 60]);
    for (name, value) in &mut members {
        if TEXTS.contains(&name.as_str()) && random.chance(10) {
            *value = Json::text(&identities.word);
        } else if random.chance(percent) {
            *value = value_of(random, identities);
        }
    }
    for name in [
        "upn",
        "serial",
        "emailAddress",
        "imei",
        "@odata.etag",
        "osVersion@a.b",
    ] {
        if random.chance(30) {
            members.push((name.to_owned(), value_of(random, identities)));
        }
    }
    for _ in 0..random.below(3) {
        let own = identities.any(random);
        let name = match random.below(6) {
            0 => format!("{own}@odata.type"),
            1 => format!("@odata.{own}"),
            2 => format!("@odata.typ{}", &own[..0]),
            _ => own,
        };
        let value = value_of(random, identities);
        if random.chance(30) {
            members.push((name.clone(), value.clone()));
        }
        members.push((name, value));
    }
    random.shuffle(&mut members);
    members
}

/// A text, a number, or something that holds both.
fn value_of(random: &mut Random, identities: &Identities) -> Json {
    let text = Json::text(identities.any(random));
    match random.below(10) {
        0 => Json::token(&identities.number),
        1 => Json::token(format!("{}.0", identities.number)),
        2 => Json::Array(vec![text, Json::token(&identities.number)]),
        3 => {
            let name = identities.any(random);
            let inner = Json::Array(vec![text, Json::Object(vec![(name.clone(), Json::null())])]);
            Json::Object(vec![
                ("Ticks".to_owned(), Json::token(&identities.number)),
                (name, inner),
            ])
        }
        _ => text,
    }
}

/// The name and bytes of a file; the same but for the identities if asked for `other` ones.
fn file(number: usize, other: bool) -> (String, Vec<u8>, Identities) {
    let mut maker = Maker::new(number as u64, None, Mode::Any);
    let identities = Identities::new(&mut maker.random, other);
    let count = 1 + maker.random.below(3);
    let events: Vec<Json> = (0..count)
        .map(|_| Json::Object(event(&mut maker, &identities)))
        .collect();
    let random = &mut maker.random;
    let layout = Layout::any(random);
    let is_damaged = !number.is_multiple_of(4);
    let root = match random.below(6) {
        0 => Json::Array(events),
        1 => {
            let mut members = vec![("value".to_owned(), Json::Array(events))];
            members.push((identities.any(random), value_of(random, &identities)));
            members.push(("@odata.count".to_owned(), Json::token(&identities.number)));
            Json::Object(members)
        }
        2 => Json::Array(vec![value_of(random, &identities), events[0].clone()]),
        3 if !is_damaged => {
            let mut lines = String::new();
            for event in &events {
                lines += &Layout::COMPACT.write(event, random);
                // The same identities further on than a piece of the file is long.
                lines += &"\n".repeat(if number.is_multiple_of(50) {
                    300_000
                } else {
                    1
                });
            }
            return (format!("{number}.jsonl"), lines.into_bytes(), identities);
        }
        4 if number.is_multiple_of(30) => {
            // Long enough to be read piece by piece.
            Json::Array(
                (0..200)
                    .map(|at| events[at % events.len()].clone())
                    .collect(),
            )
        }
        _ => events[0].clone(),
    };
    let text = layout.write(&root, random);
    let bytes = if is_damaged {
        damaged(
            &text,
            (number - number / 4 - 1) % DAMAGES,
            &identities,
            random,
        )
    } else {
        text.into_bytes()
    };
    (format!("{number}.json"), bytes, identities)
}

/// Makes a text something else than JSON at a place, which is given in bytes.
type Damage = fn(&str, usize, &Identities) -> Vec<u8>;

const DAMAGE: [Damage; 32] = [
    |text, at, own| put(text, at, &format!("// {}\n", own.texts[1])),
    |text, at, own| put(text, at, &format!("/* {} */", own.texts[0])),
    |text, at, own| put(text, at, &format!("# {}\n", own.texts[2])),
    |text, _, _| text.replace("\":", "\"\u{a0}:").into_bytes(),
    |text, _, _| text.replace("\":", "\"::").into_bytes(),
    |text, _, _| text.replace('"', "“").into_bytes(),
    |text, _, _| text.replace('"', "'").into_bytes(),
    |text, at, own| put(text, at, &format!("\"{}\"", own.texts[3])),
    |text, _, _| text.replacen(',', "", 1).into_bytes(),
    |text, _, _| text.replace('}', ",}").into_bytes(),
    |text, _, _| text.replacen("\":", "\"", 1).into_bytes(),
    |text, _, _| text.replace("\":", "\" =>").into_bytes(),
    |text, _, _| {
        text.replace(":\"", ":u\"")
            .replace(": \"", ": u\"")
            .into_bytes()
    },
    |text, at, _| text.as_bytes()[..at].to_vec(),
    |text, at, own| put(text, at, &own.texts[5]),
    |text, _, _| text.replace('"', "").into_bytes(),
    |text, _, own| format!("<event><id>{}</id>{text}</event>", own.texts[6]).into_bytes(),
    |_, _, own| {
        format!(
            "id,userPrincipalName\n{},{}\n",
            own.number,
            own.texts.join(",")
        )
        .into_bytes()
    },
    |text, _, own| format!("- id: {}\n  user: {}\n{text}", own.number, own.texts[0]).into_bytes(),
    |text, _, _| text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    |text, at, own| {
        let latin = own.texts[9]
            .chars()
            .map(|c| u8::try_from(c).unwrap_or(b'?'));
        [
            &text.as_bytes()[..at],
            &latin.collect::<Vec<_>>(),
            &text.as_bytes()[at..],
        ]
        .concat()
    },
    |text, at, _| put(text, at, "\0"),
    |text, _, own| {
        text.replacen('"', &format!("\"{}\u{1}", own.texts[1]), 3)
            .into_bytes()
    },
    |text, _, own| {
        text.replacen('"', &format!("\"{}\\x", own.texts[1]), 3)
            .into_bytes()
    },
    |text, _, own| {
        text.replacen('"', &format!("\"\\u12{}", own.texts[5]), 3)
            .into_bytes()
    },
    |text, _, own| {
        text.replacen(":\"", &format!(":\"{}\\ud83d", own.texts[1]), 1)
            .into_bytes()
    },
    |text, at, _| put(text, at, "}"),
    |text, at, own| put(text, at, &format!("\u{feff}{}", own.texts[10])),
    |text, _, own| format!("{text} {{\"{}\": 1}}", own.texts[2]).into_bytes(),
    |text, at, own| put(text, at, &format!("{} = {}", own.texts[3], own.number)),
    |text, at, own| put(text, at, &format!("\\\"{}\\\\\"", own.texts[1])),
    |text, at, own| put(text, at, &format!("0{}", own.number)),
];

fn put(text: &str, at: usize, piece: &str) -> Vec<u8> {
    [
        &text.as_bytes()[..at],
        piece.as_bytes(),
        &text.as_bytes()[at..],
    ]
    .concat()
}

fn damaged(text: &str, damage: usize, identities: &Identities, random: &mut Random) -> Vec<u8> {
    let (how, place) = (damage % DAMAGE.len(), damage / DAMAGE.len());
    let signs = signs(text);
    let at = (signs.len() * place + random.below(signs.len())) / PLACES;
    DAMAGE[how](text, signs[at], identities)
}

/// Where brackets, colons and commas stand.
fn signs(text: &str) -> Vec<usize> {
    let (mut in_string, mut escaped) = (false, false);
    let is_sign = |(_, byte): &(usize, u8)| {
        if escaped {
            escaped = false;
            return false;
        }
        escaped = in_string && *byte == b'\\';
        in_string ^= *byte == b'"';
        !in_string && b"{}[]:,".contains(byte)
    };
    let signs = text.bytes().enumerate().filter(is_sign);
    signs.map(|(at, _)| at).collect()
}

/// What a run prints and writes, by name, without the time it took.
fn outputs(folder: &Folder, words: &str) -> BTreeMap<String, String> {
    let mut all = vec!["check", "--now", NOW_TEXT, "--select", "all"];
    all.extend(words.split(' '));
    let mut command = command(folder.path(), &all);
    let run = command.output().expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let mut outputs = BTreeMap::new();
    outputs.insert("standard output".to_owned(), text(run.stdout));
    let notes = text(run.stderr);
    let timeless = |line: &str| match line.split_once(" in ") {
        Some((counts, rest)) if counts.contains(" payload") => {
            format!("{counts}{}", rest.split_once(';').unwrap_or_default().1)
        }
        _ => line.to_owned(),
    };
    let notes: Vec<String> = notes.lines().map(timeless).collect();
    outputs.insert("standard error".to_owned(), notes.join("\n"));
    for entry in fs::read_dir(folder.path().join("out")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        outputs.insert(name, fs::read_to_string(&path).expect("UTF-8"));
        fs::remove_file(path).expect("removed");
    }
    outputs
}

/// All outputs of the runs over some files.
fn all_outputs(folder: &Folder) -> BTreeMap<String, String> {
    let formats = FORMATS.map(|format| format!("--output-format {format}=out/{format}"));
    let words = format!("--redact --statistics -v {} in", formats.join(" "));
    let mut all = outputs(folder, &words);
    let known = "--redact -v --across-files --write-baseline out/known in";
    for (name, output) in outputs(folder, known) {
        all.insert(format!("with a baseline: {name}"), output);
    }
    all
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    fs::write(folder.join("in").join(name), bytes).expect("written");
}

/// The first place where two texts differ, with what stands around it.
fn difference(one: &str, other: &str) -> Option<String> {
    let at = one.bytes().zip(other.bytes()).position(|(a, b)| a != b);
    let at = at.or((one.len() != other.len()).then(|| one.len().min(other.len())))?;
    let around = |text: &str| {
        let range = at.saturating_sub(400)..(at + 100).min(text.len());
        String::from_utf8_lossy(&text.as_bytes()[range]).into_owned()
    };
    Some(format!("{}\n--- and ---\n{}", around(one), around(other)))
}

#[test]
fn no_output_depends_on_what_identifies() {
    let count = std::env::var(FILES)
        .ok()
        .and_then(|count| count.parse().ok());
    let count: usize = count.unwrap_or(USUAL_FILES);
    let folder = Folder::repository(&[("in/x", ""), ("out/x", "")]);
    for step in 0..count.div_ceil(USUAL_FILES) {
        let numbers = step * USUAL_FILES..((step + 1) * USUAL_FILES).min(count);
        let files = numbers.len();
        for name in ["in", "out"] {
            fs::remove_dir_all(folder.path().join(name)).expect("removed");
            fs::create_dir(folder.path().join(name)).expect("made");
        }
        let mut parts = Parts::new();
        for number in numbers.clone() {
            let (name, bytes, identities) = file(number, false);
            write(folder.path(), &name, &bytes);
            parts.extend(identities.parts().into_iter().map(|part| (part, number)));
        }
        let of_these = all_outputs(&folder);
        for number in numbers {
            let (name, bytes, _) = file(number, true);
            write(folder.path(), &name, &bytes);
        }
        let of_others = all_outputs(&folder);
        assert_eq!(of_these.len(), of_others.len());
        for (name, output) in &of_these {
            if let Some(difference) = difference(output, &of_others[name]) {
                panic!("{name} depends on identities:\n{difference}");
            }
            if let Some((part, number, around)) = shown(output, &parts) {
                panic!("{name} shows {part} of file {number}:\n{around}");
            }
        }
        let findings = of_these["concise"].lines().count();
        assert!(findings > 3 * files, "{findings} findings");
    }
}

/// Parts of identities, with the file that has them.
type Parts = HashMap<[char; PART], usize>;

/// Whether a text with this part in it cannot have it by chance.
fn tells(part: &[char; PART]) -> bool {
    let rare = |c: &&char| !c.is_ascii() || LETTERS.contains(&(**c as u8));
    part.iter().filter(rare).count() > 2
}

/// A part that a text shows, with the file that has it, and what stands around it.
fn shown(text: &str, parts: &Parts) -> Option<(String, usize, String)> {
    let chars: Vec<char> = text.to_lowercase().chars().collect();
    let windows = chars.array_windows().enumerate();
    let mut windows = windows.filter(|(_, window)| tells(window));
    windows.find_map(|(at, window)| {
        let number = parts.get(window)?;
        let around = at.saturating_sub(200)..(at + 100).min(chars.len());
        Some((
            String::from_iter(window),
            *number,
            String::from_iter(&chars[around]),
        ))
    })
}

/// The test above finds what redaction is to keep back, where it does not.
#[test]
fn without_redaction_identities_are_found_in_every_format() {
    let folder = Folder::repository(&[("in/x", ""), ("out/x", "")]);
    let mut parts = Parts::new();
    for number in 0..40 {
        let (name, bytes, identities) = file(number, false);
        write(folder.path(), &name, &bytes);
        parts.extend(identities.parts().into_iter().map(|part| (part, number)));
    }
    for format in FORMATS {
        let words = format!("--no-redact --output-format {format} in");
        let output = &outputs(&folder, &words)["standard output"];
        assert!(shown(output, &parts).is_some(), "{format}");
    }
}

#[test]
fn there_are_three_hundred_kinds_of_damage() {
    const { assert!(DAMAGES >= 300) };
    let mut random = Random::new(7);
    let identities = Identities::new(&mut random, false);
    let text = format!("{{\"id\": \"{}\", \"x\": 1}}", identities.texts[0]);
    let mut message = String::new();
    for damage in 0..DAMAGES {
        let bytes = damaged(&text, damage, &identities, &mut random);
        let unread = serde_json::from_slice::<serde_json::Value>(&bytes).is_err();
        if !unread {
            let _ = writeln!(message, "{damage}: {}", String::from_utf8_lossy(&bytes));
        }
    }
    assert!(message.lines().count() < DAMAGES / 10, "{message}");
}
