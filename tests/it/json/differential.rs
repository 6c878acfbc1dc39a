//! The parser against `serde_json`, the oracle, on mutated texts; and against itself on the spans
//! it writes.

use rayon::prelude::*;

use crate::library::json::{Document, Kind, Node, Tape, parse};
use crate::support::oracle::{Difference, compare, walk};
use crate::support::random::{Random, cases};

/// Mutants in a usual run.
const MUTANTS: usize = 40_000;
/// Mutants that one tape sees.
const OF_ONE: usize = 1_000;

/// Texts that are mutated: two events, a collection, and one of each construct.
const SEEDS: [&str; 14] = [
    r##"{"@odata.type":"#microsoft.graph.deviceManagementAutopilotEvent","id":"8a4f1c52-0c77-4e0f-9d6b-2f7f6f3f0a11","eventDateTime":"2024-03-05T10:11:12.1234567Z","deploymentState":"success","deploymentDuration":"PT3M21.5549443S","targetedAppCount":14,"enrollmentFailureDetails":null}"##,
    "{\r\n  \"id\": \"8a4f\",\r\n  \"userPrincipalName\": \"zoë@contoso.com\",\r\n  \"targetedPolicyCount\": 0,\r\n  \"policyStatusDetails\": [\r\n    {\r\n      \"displayName\": \"a \\\"b\\\"\"\r\n    }\r\n  ]\r\n}\r\n",
    r#"{"@odata.context":"https://example.org/$metadata#x","@odata.count":2,"value":[{"id":"a"},{"id":"b"}]}"#,
    r"[[[[[[[[1]]],[],[[]]]]]],{}]",
    r#"{"a":{"b":{"c":{"d":{"e":[{"f":{}}]}}}},"a":1,"\u0061":2}"#,
    r#"["\"","\\","\/","\b\f\n\r\t","\u0041\u00e9","\ud834\udd1e\u20ac","x\u0000y"]"#,
    r#"["\ud834\udd1e","\ud834","\udd1e\ud834","a\uDBFFz\uDC00"]"#,
    "[0,-0,1,-1,12345678901234567890,0.5,-0.25e-3,1E5,1e+15,9007199254740993,123456.789012345]",
    "[1e308,1e309,-1e400,4.9e-324,1e-400,0e999999,18446744073709551616,-9223372036854775809]",
    "[true,false,null,[true],{\"t\":true,\"f\":false,\"n\":null}]",
    "\u{1d11e}",
    "\"eight by8 é \u{20ac} \u{1d11e} plain text, long enough for several words\"",
    " \t\r\n [ 1 , 2 , { \"a\" : [ ] , \"b\" : { } } ] \n",
    "{\"\":\"\",\" \":\" \",\"\u{7f}\":\"\u{80}\u{2028}\u{feff}\"}",
];

/// Bytes that mutations put in: what JSON is made of, and what it is often mistaken for.
const BYTES: &[u8] =
    b"\"\"\"\\\\{}[]::,,0123456789.-+eE \t\n\r\0\x0b\x0c\x1f\x7f'/*#utfnalrsebdDd8cCxXNI\xc3\xa9\xef\xbb\xbf\xff";

/// A seed text with one to three small changes to its bytes.
fn mutant(random: &mut Random) -> Vec<u8> {
    let mut bytes = random.pick(&SEEDS).as_bytes().to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        match random.below(8) {
            0 | 1 => bytes[at] = random.pick(BYTES),
            2 | 3 => bytes.insert(at, random.pick(BYTES)),
            4 if bytes.len() > 1 => drop(bytes.remove(at)),
            5 => bytes.truncate(at + 1),
            6 => {
                let end = (at + random.below(12)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                let levels = 100 + random.below(40);
                bytes.splice(..0, [b'['].repeat(levels));
                bytes.extend([b']'].repeat(levels));
            }
        }
    }
    bytes
}

/// What came of some mutants.
#[derive(Default)]
struct Tally {
    texts: usize,
    read: usize,
    differences: Vec<Difference>,
}

impl Tally {
    fn of(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut tape = Tape::new();
        let mut tally = Self::default();
        for _ in 0..OF_ONE {
            let bytes = mutant(&mut random);
            // What is not UTF-8 never gets here: the caller refuses it first.
            let Ok(text) = std::str::from_utf8(&bytes) else {
                continue;
            };
            tally.texts += 1;
            tally.differences.extend(compare(text, &mut tape));
            tally.read += usize::from(parse(text, &mut tape).is_ok());
        }
        tally
    }

    fn and(mut self, other: Self) -> Self {
        self.texts += other.texts;
        self.read += other.read;
        self.differences.extend(other.differences);
        self
    }
}

#[test]
fn mutants_are_read_as_serde_json_reads_them() {
    let seeds = (0..cases(MUTANTS).div_ceil(OF_ONE)).into_par_iter();
    let tallies = seeds.map(|seed| Tally::of(seed as u64));
    let Tally {
        texts,
        read,
        differences,
    } = tallies.reduce(Tally::default, Tally::and);
    // The test is worth something only where both verdicts and all differences are frequent.
    assert!((texts / 20..texts / 2).contains(&read), "{read} of {texts}");
    for kind in [
        Difference::Depth,
        Difference::LoneSurrogate,
        Difference::NumberRange,
    ] {
        let count = differences.iter().filter(|found| **found == kind).count();
        assert!(count >= 10, "{kind:?}: {count}");
    }
}

/// Whether the text of `node` by itself parses to the value that it is in its document.
fn reads_alone(node: Node<'_>, tape: &mut Tape) -> bool {
    let raw = node.raw();
    parse(raw, tape).is_ok() && Document::new(raw, tape).root().to_value() == node.to_value()
}

fn check_span(node: Node<'_>, tape: &mut Tape) {
    let raw = node.raw();
    assert!(reads_alone(node, tape), "{raw}");
    let (first, last) = (raw.chars().next(), raw.chars().next_back());
    match node.kind() {
        Kind::String => assert_eq!((first, last), (Some('"'), Some('"'))),
        Kind::Array => assert_eq!((first, last), (Some('['), Some(']'))),
        Kind::Object => assert_eq!((first, last), (Some('{'), Some('}'))),
        _ => assert_eq!(raw, raw.trim()),
    }
}

#[test]
fn every_span_is_the_whole_of_its_token() {
    let (mut tape, mut inner) = (Tape::new(), Tape::new());
    let mut nodes = 0;
    for text in seeds_that_are_json() {
        parse(text, &mut tape).expect(text);
        let root = Document::new(text, &tape).root();
        assert_eq!(root.raw(), text.trim_ascii());
        walk(root, 0, &mut |node, _| {
            check_span(node, &mut inner);
            nodes += 1;
            for member in node.members() {
                check_span(member.name, &mut inner);
            }
        });
    }
    assert!(nodes > 100, "{nodes}");
}

#[test]
fn every_pointer_leads_to_its_value() {
    let mut tape = Tape::new();
    // No pointer can tell members of one name apart.
    for text in seeds_that_are_json().filter(|text| !text.contains(r#""\u0061""#)) {
        parse(text, &mut tape).expect(text);
        let root = Document::new(text, &tape).root();
        let whole = root.to_value();
        walk(root, 0, &mut |node, _| {
            for member in node.members() {
                assert_eq!(member.name.pointer(), member.value.pointer());
            }
            let pointer = node.pointer();
            assert_eq!(
                whole.pointer(pointer.as_str()),
                Some(&node.to_value()),
                "{pointer}"
            );
        });
    }
}

fn seeds_that_are_json() -> impl Iterator<Item = &'static str> {
    SEEDS
        .into_iter()
        .filter(|text| text.is_ascii() || text.contains('"'))
}
