use super::*;
use crate::json::{Tape, parse};

/// What is recognised as a document is read: refused as UTF-8, or else by the parser.
fn recognised(bytes: &[u8]) -> Option<Recognised> {
    let wide = wide::encoding(bytes).is_some();
    match str::from_utf8(bytes).ok().filter(|_| !wide) {
        None => in_bytes(bytes),
        Some(text) => {
            let text = text.trim_start_matches('\u{feff}');
            let error = parse(text, &mut Tape::new()).err()?;
            in_text(text, &error)
        }
    }
}

fn name(bytes: &[u8]) -> &'static str {
    recognised(bytes).map_or("", |found| found.what.name)
}

fn utf_16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16();
    [0xff, 0xfe]
        .into_iter()
        .chain(units.flat_map(u16::to_le_bytes))
        .collect()
}

/// Archives, programs and pictures, by how they begin.
const BINARY: &[(&[u8], &str)] = &[
    (b"\x1f\x8b\x08\0\0\0\0\0\0\x03", "gzip"),
    (b"\x28\xb5\x2f\xfd\x24\x05", "Zstandard"),
    (b"\x50\x2a\x4d\x18\x01\0\0\0x", "Zstandard"),
    (b"PK\x03\x04\x14\0\0\0\x08\0events.json\xff", "ZIP"),
    (
        b"PK\x03\x04\x14\0\0\0\x08\0[Content_Types].xml\xff",
        "Excel",
    ),
    (b"PK\x05\x06\0\0\0\0", "ZIP"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    (b"%PDF-1.4\n1 0 obj\n", "PDF"),
    (b"7z\xbc\xaf\x27\x1c\0\x04", "7-Zip"),
    (b"\xfd7zXZ\0\0\x04", "XZ"),
    (b"BZh91AY&SY\xff", "bzip2"),
    (b"\x78\x9c\xab\x56\x4a\xff", "compressed"),
    (b"MSCF\0\0\0\0\xff", "CAB"),
    (b"SQLite format 3\0\x10\0", "SQLite"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "Office"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
    (b"\0\0\0\x18ftypmp42", "picture"),
    (b"MZ\x90\0\x03\0\0\0", "program"),
    (b"\x7fELF\x02\x01\x01", "program"),
    (b"ElfFile\0\0\0", "event log"),
    (b"Salted__\xaa\xbb", "encrypted"),
    (b"\x30\x82\x03\x01\x30\x82", "certificate"),
    (b"\x25\xc0\x25\x40\x40\x7f\x89\x84\x7f\x7a", "EBCDIC"),
    (b"\xad\xc0\x7f\x89\x84\x7f", "EBCDIC"),
];

/// Texts, and a word of what each is.
const TEXTS: &[(&str, &str)] = &[
    (
        "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 5120\n",
        "Git LFS",
    ),
    (
        "\u{feff}version https://git-lfs.github.com/spec/v1\r\noid sha256:0\r\n",
        "Git LFS",
    ),
    (
        "../../.git/annex/objects/Xx/Yy/SHA256E-s5--1.json",
        "git-annex",
    ),
    ("../payloads/event.json", "path of another file"),
    (
        "<!DOCTYPE html>\n<html><head><title>Sign in</title>",
        "HTML",
    ),
    ("\r\n\r\n<html lang=\"en\">", "HTML"),
    ("<!-- Copyright -->\n<HTML>", "HTML"),
    ("<?xml version=\"1.0\"?><feed/>", "XML"),
    ("<Event><id>1</id></Event>", "XML"),
    (
        "#< CLIXML\r\n<Objs Version=\"1.1.0.1\">",
        "PowerShell wrote as XML",
    ),
    ("```json\n{\"id\": \"x\"}\n```\n", "Markdown"),
    ("~~~\n{}\n~~~", "Markdown"),
    ("# Sample\n\nThe answer:\n\n```json\n{}\n```\n", "Markdown"),
    ("{\"id\": \"x\"}\n```\n", "Markdown fence"),
    (
        "{\n<<<<<<< HEAD\n\"id\": \"a\"\n=======\n\"id\": \"b\"\n>>>>>>> main\n}",
        "conflict",
    ),
    (
        "<<<<<<< ours\n{}\n||||||| base\n{}\n=======\n{}\n>>>>>>> theirs\n",
        "conflict",
    ),
    ("{\"id\": \"x\",\r\n=======\r\n}", "conflict"),
    ("\u{1b}[1;39m{\n  \u{1b}[0m\u{1b}[34;1m\"id\"", "colour"),
    ("{\"id\": \u{1b}[0;32m\"x\"\u{1b}[0m}", "colour"),
    ("{\"id\": \"\u{1b}[31mx\u{1b}[0m\"}", "colour"),
    ("{\"id\": \"x\"}\n\u{1a}", "end-of-file"),
    ("{\"id\": \"x\"}\0\0\0\0", "NUL"),
    ("{\"id\": \"x\", \0\0\0\0\0\0", "NUL"),
    ("\0\0\0\0\0\0\0\0", "NUL"),
    ("id,deviceId,osVersion\n1,2,3\n", "CSV"),
    ("\"id\",\"deviceId\"\r\n\"1\",\"a,b\"\r\n", "CSV"),
    ("\"id\";\"deviceId\"\n\"1\";\"2\"\n", "CSV"),
    ("id\tdeviceId\n1\t2\n", "CSV"),
    ("id,deviceId,osVersion", "CSV"),
    ("#TYPE Microsoft.Graph.Event\n\"id\"\n", "CSV"),
    ("id: x\ndeviceId: y\n", "YAML"),
    ("- id: x\n  deviceId: y\n", "YAML"),
    ("---\nid: x\n", "YAML"),
    ("# exported\nvalue:\n  - id: x\n", "YAML"),
    (
        "\r\nid    deviceId\r\n--    --------\r\nx     y\r\n",
        "table",
    ),
    (" id | device \n----+--------\n 1  | 2\n", "table"),
    ("| id | device |\n|----|--------|\n| 1 | 2 |\n", "table"),
    (
        "\r\n\r\nid              : 1\r\ndeviceId        : 2\r\n",
        "list",
    ),
    (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}",
        "HTTP",
    ),
    (
        "POST /beta/deviceManagement/autopilotEvents HTTP/1.1\n\n{}",
        "HTTP",
    ),
    (
        "GET https://graph.microsoft.com/beta/deviceManagement/autopilotEvents\n",
        "HTTP",
    ),
    (
        "cache-control: private\ncontent-type: application/json\n\n{}",
        "HTTP",
    ),
    (
        "--batch_1\r\nContent-Type: application/http\r\n\r\n",
        "HTTP",
    ),
    ("1f4\r\n{\"id\": 1}\r\n0\r\n\r\n", "chunks"),
    ("12\r\n{\"id\": 1}\r\n0\r\n\r\n", "chunks"),
    ("data: {\"id\": 1}\n\ndata: {\"id\": 2}\n", "server-sent"),
    ("event: message\ndata: {\"id\": 1}\n", "server-sent"),
    ("data:application/json;base64,eyJpZCI6MX0=", "data URI"),
    (
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        "JSON Web Token",
    ),
    ("eyJpZCI6ICJ4IiwgImRldmljZUlkIjogInkifQ==", "Base64"),
    ("ewogICJpZCI6ICJ4Igp9\n", "Base64"),
    ("W3siaWQiOiAieCJ9XQ==", "Base64"),
    ("%7B%22id%22%3A1%7D", "percent"),
    ("payload=%7b%22id%22%3a1%7d", "percent"),
    ("{&quot;id&quot;: 1}", "HTML writes"),
    ("{\\\"id\\\": \\\"x\\\"}", "escaped quote"),
    ("[{\\\"id\\\": 1}]", "escaped quote"),
    (")]}'\n{\"id\": 1}", "guard"),
    ("while(1);{\"id\": 1}", "guard"),
    ("for (;;); {}", "guard"),
    ("callback({\"id\": 1});", "JSONP"),
    ("/**/jQuery123_4([{}]);", "JSONP"),
    ("export default {\n  \"id\": 1\n};\n", "program"),
    ("module.exports = {\"id\": 1};", "program"),
    ("const event: Event = {\n  id: 1\n}", "program"),
    ("$body = @{\n  id = 1\n}", "program"),
    ("window.data = [{\"id\": 1}];", "program"),
    ("#!/bin/sh\ncurl x\n", "program"),
    ("{'id': 'x', 'ok': True}", "Python"),
    ("[{'id': 'x', 'a': None}]", "Python"),
    ("{'a': \"it's\", 'b': 1}", "Python"),
    ("b'{\"id\": 1}'", "Python"),
    ("OrderedDict([('id', 1)])", "Python"),
    ("{id=x, deviceId=y}", "Java"),
    ("[{id=x, deviceId=y}]", "Java"),
    ("AutopilotEvent(id=x, deviceId=y)", "Java"),
    ("AutopilotEvent { Id = x, DeviceId = y }", "Java"),
    ("{\"id\"=>\"x\"}", "=>"),
    ("map[id:x deviceId:y]", "Go"),
    ("Array\n(\n    [id] => x\n)\n", "PHP"),
    ("@{id=x; deviceId=y}", "PowerShell as text"),
    ("System.Object[]", "name or address"),
    ("[object Object]", "name or address"),
    ("<main.Event object at 0x7f00>", "name or address"),
    ("PS C:\\Users\\a> Get-Content event.json\n{}", "terminal"),
    ("C:\\temp>type event.json\r\n{}", "terminal"),
    ("$ cat event.json\n{}", "terminal"),
    (
        "Traceback (most recent call last):\n  File",
        "error message",
    ),
    (
        "curl: (6) Could not resolve host: graph.microsoft.com",
        "error message",
    ),
    ("Invoke-MgGraphRequest : GET https://graph", "error message"),
    ("  % Total    % Received % Xferd\n", "curl"),
    ("diff --git a/x.json b/x.json\n", "patch"),
    ("--- a/x.json\n+++ b/x.json\n", "patch"),
    ("Windows Registry Editor Version 5.00\r\n", "registry"),
    ("-----BEGIN PGP MESSAGE-----\n", "PEM"),
    ("{\\rtf1\\ansi}", "Rich Text"),
    ("[event]\nid=x\n", "INI"),
    ("id = \"x\"\nname = 'y'\n", "INI"),
    (
        "\"id\": \"x\",\n\"deviceId\": \"y\"\n",
        "without its braces",
    ),
    ("\u{ef}\u{bb}\u{bf}{\"id\": 1}", "byte order mark"),
];

/// Faulty JSON, whose fault has a better name, and JSON.
const JSON: &[&str] = &[
    "",
    "{}",
    "nulls",
    "{\"id\": \"x\",}",
    "// exported\n{}",
    "# exported\n{\"id\": \"x\"}",
    "{'osVersion': \"10.0\"}",
    "['a']",
    "{id: 1}",
    "{\"a\": NaN}",
    "{\"a\": None}",
    "{\"id\": \"x\"}\n{\"id\": \"y\"}",
    "{\"id\": \"x\"},\n{\"id\": \"y\"},",
    "{\"id\": \"x\"",
    "[1, 2",
    "\"a\" \"b\"",
    "1 2",
    "2024-01-02",
    "truefalse",
    "{\"a\": \"b\0c\"}",
    "{\"a\": \0 1}",
    "[\u{a0}1]",
    "{\"a\" = 1}",
    "{\"text\": \"<<<<<<< HEAD\", \"b\" 1}",
    "Event",
];

#[test]
fn each_kind_has_its_name() {
    for (bytes, word) in BINARY {
        let name = name(bytes);
        assert!(name.contains(word), "{name:?} for {word}");
    }
    for (text, word) in TEXTS {
        let name = name(text.as_bytes());
        assert!(name.contains(word), "{name:?} for {text:?}");
    }
}

#[test]
fn what_windows_powershell_redirects_is_known_in_its_encoding() {
    for (text, word) in TEXTS {
        let Some(Recognised { span, what }) = recognised(text.as_bytes()) else {
            panic!("{text}");
        };
        if what.whole {
            let wide = recognised(&utf_16(text)).expect(word);
            assert_eq!((wide.what, wide.span), (what, Span::new(0, 2)), "{text}");
            assert!(span.start < span.end, "{text}");
        }
    }
}

#[test]
fn faults_of_json_keep_their_own_names() {
    for text in JSON {
        assert_eq!(name(text.as_bytes()), "", "{text:?}");
        assert_eq!(recognised(&utf_16(text)), None, "{text:?}");
    }
}

#[test]
fn names_and_cures_are_distinct_sentences() {
    let found = TEXTS.iter().map(|(text, _)| text.as_bytes());
    let found = found.chain(BINARY.iter().map(|(bytes, _)| *bytes));
    for what in found.filter_map(|bytes| Some(recognised(bytes)?.what)) {
        for words in [what.name, what.cure] {
            assert!(!words.is_empty() && !words.ends_with('.'), "{words}");
            assert!(!words.contains("save it as UTF-8"), "{words}");
        }
    }
}

#[test]
fn whatever_the_bytes_a_place_is_in_them() {
    let seeds = TEXTS.iter().map(|(text, _)| text.as_bytes());
    let seeds = seeds.chain(BINARY.iter().map(|(bytes, _)| *bytes));
    let seeds: Vec<&[u8]> = seeds
        .chain(JSON.iter().map(|text| text.as_bytes()))
        .collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default() % below.max(1)
    };
    for _ in 0..4_000 {
        let (one, other) = (seeds[random(seeds.len())], seeds[random(seeds.len())]);
        let mut bytes = one[..random(one.len() + 1)].to_vec();
        bytes.extend_from_slice(&other[random(other.len() + 1)..]);
        if random(3) == 0 && !bytes.is_empty() {
            let at = random(bytes.len());
            bytes[at] = [0, 0x1a, 0x1b, b'{', b'=', b'\n', 0xc3, 0xff][random(8)];
        }
        if random(8) == 0 {
            bytes.resize(bytes.len() + 5000, b" \0-e"[random(4)]);
        }
        let Some(Recognised { span, .. }) = recognised(&bytes) else {
            continue;
        };
        let text = str::from_utf8(&bytes)
            .ok()
            .map(|text| text.trim_start_matches('\u{feff}'));
        let length = text.map_or(bytes.len(), str::len);
        assert!(span.start < span.end && span.end <= length, "{bytes:?}");
        if let Some(text) = text {
            let boundary = |at: usize| text.is_char_boundary(at);
            assert!(boundary(span.start) && boundary(span.end), "{text:?}");
        }
    }
}

#[test]
fn a_look_costs_the_same_however_long_the_text() {
    // What is looked at of a text does not depend on what follows its head.
    for (text, _) in TEXTS
        .iter()
        .filter(|(text, _)| !name(text.as_bytes()).is_empty())
    {
        let head = in_bytes(text.as_bytes());
        let long = [
            text.as_bytes(),
            &b"\n".repeat(3 * HEAD),
            "é".repeat(HEAD).as_bytes(),
        ]
        .concat();
        if let Some(head) = head.filter(|head| !head.what.name.starts_with("the path")) {
            assert_eq!(
                in_bytes(&long).map(|long| long.what),
                Some(head.what),
                "{text}"
            );
        }
    }
}
