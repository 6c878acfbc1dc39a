//! Texts that are no JSON, and what spoils some that would be.

use super::look::{Look, name};
use super::what::{Recognised, What};
use crate::json::Span;

struct Row {
    what: What,
    /// Where it shows.
    find: fn(&Look<'_>) -> Option<Span>,
}

/// Something that is all of a text.
const fn all(name: &'static str, cure: &'static str, is: fn(&Look<'_>) -> bool) -> All {
    let what = What::all(name, cure);
    All { what, is }
}

/// A thing that is all of a text.
struct All {
    what: What,
    is: fn(&Look<'_>) -> bool,
}

/// Something at the place of the fault.
const fn at(name: &'static str, cure: &'static str, find: fn(&Look<'_>) -> Option<Span>) -> Row {
    let what = What::part(name, cure);
    Row { what, find }
}

const AS_JSON: &str = "write the objects as JSON: `... | ConvertTo-Json -Depth 8` in PowerShell, \
    `az ... --output json`";

/// What stands where the parser stopped. The first row that fits counts.
static PLACES: &[Row] = &[
    at(
        "merge conflict marker",
        "resolve the conflict: keep the lines of one side, and remove the marker lines",
        conflict_marker,
    ),
    at(
        "colour sequence of a terminal",
        "write the file without colours: `jq -M`, `NO_COLOR=1`, or in PowerShell \
         `$PSStyle.OutputRendering = 'PlainText'`",
        colour_sequence,
    ),
    at(
        "NUL characters up to the end of the text",
        "cut them off; if some of the text is missing too, get the file again",
        |look| padding(look, '\0'),
    ),
    at(
        "record separator (U+001E), as in JSON text sequences (RFC 7464)",
        "remove it; documents on a line each belong in a file named .jsonl",
        |look| look.rest().starts_with('\u{1e}').then(|| look.at(1)),
    ),
    at(
        "end-of-file character (U+001A, Ctrl+Z)",
        "remove it: files have not ended so since CP/M and DOS",
        |look| padding(look, '\u{1a}'),
    ),
    at(
        "Markdown fence",
        "keep only what stands between the fences",
        |look| look.rest().starts_with("```").then(|| look.at(3)),
    ),
    at(
        "quote as HTML writes it",
        "replace each `&quot;` by `\"`, or fetch the text as `application/json`",
        |look| {
            ["&quot;", "&#34;"]
                .iter()
                .find(|one| look.rest().starts_with(**one))
                .map(|one| look.at(one.len()))
        },
    ),
    at(
        "escaped quote outside a string",
        "this is what stands inside a JSON string: parse that string, and check its text",
        |look| look.rest().starts_with("\\\"").then(|| look.at(2)),
    ),
    at(
        "`=>` between a name and its value",
        "write the object as JSON: `to_json` in Ruby, `json_encode` in PHP",
        |look| look.rest().starts_with("=>").then(|| look.at(2)),
    ),
    at(
        "byte order mark that was read in another encoding",
        "remove it, and see whether letters with accents are damaged as well",
        |look| {
            let mark = ["\u{ef}\u{bb}\u{bf}", "\u{fe}\u{ff}", "\u{ff}\u{fe}"];
            let mark = mark.iter().find(|mark| look.rest().starts_with(**mark))?;
            Some(look.at(mark.len()))
        },
    ),
];

/// What a text is. The first row that fits counts.
static TEXTS: &[All] = &[
    all(
        "a Git LFS pointer",
        "fetch the file that it stands for: `git lfs pull`",
        |look| {
            look.begins_with_one_of(&[
                "version https://git-lfs.github.com/",
                "version https://hawser.github.com/",
            ])
        },
    ),
    all(
        "a git-annex pointer",
        "fetch the file that it stands for: `git annex get`",
        |look| look.begins("/annex/objects/") || look.line(0).contains(".git/annex/objects/"),
    ),
    all(
        "the path of another file, which Git writes for a symbolic link where the system has none",
        "check that file, or clone with `-c core.symlinks=true`",
        is_path,
    ),
    all(
        "the text of an object that PowerShell wrote as XML",
        "read it with `Import-Clixml`, and write it with `ConvertTo-Json -Depth 8`",
        |look| {
            look.begins("#< CLIXML") || look.head.contains("schemas.microsoft.com/powershell/2004")
        },
    ),
    all(
        "an HTML page, perhaps one to sign in with",
        "sign in and send the request again: an answer of `Content-Type: application/json` is a \
         payload",
        is_html,
    ),
    all(
        "the name or address of an object in a program",
        "write the object as JSON: `json.dumps`, `JSON.stringify`, `ConvertTo-Json -Depth 8`",
        is_object_name,
    ),
    all(
        "XML",
        "ask for JSON, with the header `Accept: application/json`",
        |look| {
            let tag = look.head.strip_prefix('<').unwrap_or_default();
            tag.starts_with(['?', '!']) || tag.starts_with(char::is_alphabetic)
        },
    ),
    all(
        "a patch",
        "apply it, and check the file that it changes",
        |look| {
            look.begins("diff --git ") || look.begins("--- ") && look.line(1).starts_with("+++ ")
        },
    ),
    all(
        "Markdown",
        "keep only the JSON that stands between its fences (```)",
        |look| {
            let fenced = !look.begins_with_bracket() && look.head.contains("\n```");
            look.begins("```") || look.begins("~~~") || fenced
        },
    ),
    all(
        "an HTTP message with its headers",
        "keep only its body, which stands behind the first empty line",
        is_http,
    ),
    all(
        "an HTTP body in chunks",
        "fetch it without `curl --raw`: the client puts the chunks together",
        is_chunked,
    ),
    all(
        "a data URI",
        "decode what stands behind its comma",
        |look| look.begins("data:application/json") || look.begins("data:text/"),
    ),
    all(
        "a stream of server-sent events",
        "write what stands behind each `data:` on a line of its own, in a file named .jsonl",
        |look| {
            let data = |line: &str| {
                line.strip_prefix("data:")
                    .is_some_and(|data| data.trim_start().starts_with(['{', '[']))
            };
            !look.begins_with_bracket() && look.lines().take(4).any(data)
        },
    ),
    all(
        "a JSON Web Token, which may be a credential",
        "revoke it if it is real, and keep tokens out of files; a payload is expected",
        is_web_token,
    ),
    all(
        "text in Base64",
        "decode it first, for example with `base64 --decode`",
        is_base64,
    ),
    all(
        "percent-encoded text",
        "decode it first: `%7B` stands for `{`",
        |look| {
            let encoded = |text: &str| {
                ["%7b", "%5b"].iter().any(|one| {
                    text.as_bytes()
                        .get(..3)
                        .is_some_and(|begin| begin.eq_ignore_ascii_case(one.as_bytes()))
                })
            };
            let value = name(look.head).and_then(|(_, rest)| rest.strip_prefix('='));
            encoded(look.head) || value.is_some_and(encoded)
        },
    ),
    all(
        "text in which HTML has replaced characters",
        "replace each `&quot;` by `\"`, or fetch the text as `application/json`",
        |look| look.begins_with_one_of(&["&quot;", "&#123;", "&#91;", "&lt;", "&#x7b;"]),
    ),
    all(
        "a response with a guard before it, against its use as a script",
        "remove what stands before the first `{` or `[`",
        |look| {
            look.begins_with_one_of(&[
                ")]}'",
                "while(1)",
                "while (1)",
                "for(;;)",
                "for (;;)",
                "throw 1",
                "&&&START&&&",
                "/*-secure-",
            ])
        },
    ),
    all(
        "the registry of Windows in text",
        "fetch the events from Microsoft Graph as JSON",
        |look| look.begins("Windows Registry Editor") || look.begins("REGEDIT4"),
    ),
    all(
        "a PEM file: a key, a certificate or an encrypted message",
        "decrypt it if it holds a payload; keep keys out of the folder",
        |look| look.begins("-----BEGIN "),
    ),
    all("a Rich Text document", "save it as plain text", |look| {
        look.begins("{\\rtf")
    }),
    all(
        "what a terminal showed, with its prompt",
        "let the command write the file: `command > events.json`",
        is_session,
    ),
    all(
        "the progress display of curl",
        "keep it out of the file: `curl --silent --output events.json`, without `2>&1`",
        |look| look.begins("% Total") || look.begins("* Trying") || look.begins("*   Trying"),
    ),
    all(
        "an error message of a program",
        "see what went wrong, and run it again",
        is_error_message,
    ),
    all("a table made for people to read", AS_JSON, is_table),
    all(
        "a list of members made for people to read",
        AS_JSON,
        is_list,
    ),
    all(
        "an object of PowerShell as text",
        "write it with `ConvertTo-Json -Depth 8`",
        |look| look.begins_with_one_of(&["@{", "[pscustomobject]@{", "[ordered]@{"]),
    ),
    all(
        "an object as Python prints it",
        "write it with `json.dumps`, without `str` or `repr`",
        is_python,
    ),
    all(
        "an object as Java, Kotlin or C# prints it",
        "write it with a JSON library, for example with Jackson's `writeValueAsString`",
        is_to_string,
    ),
    all(
        "an object as Go or PHP prints it",
        "write it with `json.Marshal` or `json_encode`",
        |look| {
            let mut lines = look.lines();
            look.begins_with_one_of(&["map[", "array(", "array (", "&{", "a:1:{", "object("])
                || lines.next() == Some("Array")
                    && lines.next().is_some_and(|line| line.trim() == "(")
        },
    ),
    all(
        "JSONP, a function call around its data",
        "keep only what stands between the parentheses",
        |look| {
            let call =
                name(look.head.trim_start_matches("/**/")).map(|(_, rest)| rest.trim_start());
            let inner = call.and_then(|call| call.strip_prefix('('));
            inner.is_some_and(|inner| inner.trim_start().starts_with(['{', '[']))
        },
    ),
    all(
        "an INI, TOML or properties file",
        "convert it to JSON",
        is_settings,
    ),
    all(
        "a program with the data in it",
        "keep only the value, from its first bracket to its last",
        is_program,
    ),
    all(
        "the members of an object without its braces",
        "write `{` before the first one and `}` behind the last one",
        |look| {
            let mut pieces = look.head.splitn(3, '"');
            let first = pieces.next() == Some("") && pieces.next().is_some();
            first
                && pieces
                    .next()
                    .is_some_and(|rest| rest.trim_start().starts_with(':'))
        },
    ),
    all(
        "CSV",
        "convert the rows to JSON, for example with `Import-Csv events.csv | ConvertTo-Json`",
        is_csv,
    ),
    all(
        "YAML",
        "convert it to JSON, for example with `yq -o json`",
        is_yaml,
    ),
];

/// What stands at the fault of a text, or what the text is.
pub(super) fn find(look: &Look<'_>) -> Option<Recognised> {
    let place = PLACES.iter().find_map(|row| {
        let span = (row.find)(look)?;
        let what = &row.what;
        Some(Recognised { span, what })
    });
    place.or_else(|| {
        let row = TEXTS
            .iter()
            .find(|row| !look.head.is_empty() && (row.is)(look))?;
        let span = look.first_line();
        let what = &row.what;
        Some(Recognised { span, what })
    })
}

fn conflict_marker(look: &Look<'_>) -> Option<Span> {
    let line = look.line_at_fault()?;
    let marker = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .find(|marker| line.starts_with(**marker))?;
    let after = &line[marker.len()..];
    (after.is_empty() || after.starts_with(' ')).then(|| look.at(line.len()))
}

fn colour_sequence(look: &Look<'_>) -> Option<Span> {
    let rest = look.rest();
    let sequence = rest.strip_prefix("\u{1b}[")?;
    let inner = sequence
        .bytes()
        .take(16)
        .take_while(|byte| matches!(byte, 0x20..=0x3f))
        .count();
    let end = sequence
        .as_bytes()
        .get(inner)
        .is_some_and(u8::is_ascii_alphabetic);
    Some(look.at(2 + inner + usize::from(end)))
}

/// A run of `c` with which the text ends, but for blanks.
fn padding(look: &Look<'_>, c: char) -> Option<Span> {
    let rest = look.rest();
    let after = rest.trim_start_matches(c);
    let run = rest.len() - after.len();
    let ends = after
        .bytes()
        .all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0 | 0x1a));
    (run > 0 && ends).then(|| look.at(run))
}

fn is_path(look: &Look<'_>) -> bool {
    let path = look.all().unwrap_or_default();
    let in_path = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '\\');
    let ends = [".json", ".jsonl", ".ndjson", ".gz", ".zst"];
    path.chars().all(in_path)
        && ends
            .iter()
            .any(|end| path.to_ascii_lowercase().ends_with(end))
}

fn is_html(look: &Look<'_>) -> bool {
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<script",
        "<meta",
        "<title",
        "<h1",
        "<p>",
        "<div",
    ];
    let comment = look.begins("<!--") && look.head.to_ascii_lowercase().contains("<html");
    comment || look.begins_with_one_of(&tags)
}

fn is_object_name(look: &Look<'_>) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '[' | ']' | '`');
    let dotted = |text: &str| text.chars().all(in_name);
    let type_name = look.begins("System.") || look.begins("Microsoft.");
    let address = look.head.starts_with('<') && look.line(0).contains(" object at 0x");
    look.begins("[object ") || address || type_name && look.lines().all(dotted)
}

fn is_http(look: &Look<'_>) -> bool {
    let first = look.line(0);
    let mut words = first.split(' ');
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    let method = words.next().is_some_and(|word| methods.contains(&word));
    let address = words
        .next()
        .is_some_and(|word| word.starts_with('/') || word.contains("://"));
    let header = |line: &str| {
        let line = line.trim_start_matches(['<', '>', ' ']);
        line.as_bytes()
            .get(..13)
            .is_some_and(|begin| begin.eq_ignore_ascii_case(b"content-type:"))
    };
    let headers = !look.begins_with_bracket() && look.lines().take(40).any(header);
    look.begins("HTTP/") || method && address || headers
}

fn is_chunked(look: &Look<'_>) -> bool {
    let mut lines = look.lines();
    let size = lines.next().unwrap_or_default();
    let hexadecimal = size.len() <= 8 && size.bytes().all(|byte| byte.is_ascii_hexdigit());
    let ends = look.head[size.len()..].starts_with("\r\n");
    hexadecimal
        && ends
        && lines
            .next()
            .is_some_and(|body| body.starts_with(['{', '[']))
}

fn is_web_token(look: &Look<'_>) -> bool {
    let token = look
        .head
        .split_ascii_whitespace()
        .next()
        .unwrap_or_default();
    let in_token = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let parts = token
        .split('.')
        .take(2)
        .filter(|part| part.starts_with("eyJ"))
        .count();
    parts == 2 && token.bytes().all(in_token)
}

/// Least characters of Base64 that are taken for it: a shorter text may be a word.
const LEAST_BASE64: usize = 12;

fn is_base64(look: &Look<'_>) -> bool {
    let in_base64 = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || byte.is_ascii_whitespace()
            || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=')
    };
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        _ => None,
    };
    let &[first, second, ..] = look.head.as_bytes() else {
        return false;
    };
    let (Some(first), Some(second)) = (digit(first), digit(second)) else {
        return false;
    };
    let byte = first << 2 | second >> 4;
    let json = matches!(byte, b'{' | b'[') || look.head.starts_with("77u/");
    json && look.head.len() >= LEAST_BASE64 && look.head.bytes().all(in_base64)
}

fn is_session(look: &Look<'_>) -> bool {
    let line = look.line(0);
    let prompt = line.split_once('>').map_or("", |(prompt, _)| prompt);
    let drive = prompt.as_bytes().first_chunk::<3>();
    let cmd =
        drive.is_some_and(|[letter, rest @ ..]| letter.is_ascii_alphabetic() && rest == b":\\");
    let shell = line
        .split_once("$ ")
        .is_some_and(|(host, _)| host.is_empty() || host.contains('@') && !host.contains(' '));
    prompt.starts_with("PS ") || cmd || shell || look.begins(">>> ")
}

fn is_error_message(look: &Look<'_>) -> bool {
    let begins = [
        "Traceback (most recent call last)",
        "curl: (",
        "ERROR: ",
        "Error: ",
        "jq: error",
        "fatal: ",
        "bash: ",
        "Unhandled exception",
        "The term '",
        "The remote server returned an error",
    ];
    let cmdlet = ["Invoke-", "Get-Mg", "Get-Autopilot", "Connect-Mg"];
    let refused = look.begins_with_one_of(&cmdlet) && look.line(0).contains(':');
    refused || look.begins_with_one_of(&begins)
}

/// Whether a line of dashes stands below a head, as in the tables of PowerShell, az and databases.
fn is_table(look: &Look<'_>) -> bool {
    let rule = |line: &str| {
        line.contains("--")
            && line
                .bytes()
                .all(|byte| matches!(byte, b'-' | b' ' | b'|' | b'+' | b':'))
    };
    let mut lines = look.lines().take(4);
    let Some(mut above) = lines.next() else {
        return false;
    };
    for line in lines {
        if rule(line) && above.contains(char::is_alphabetic) {
            return !look.begins_with_bracket();
        }
        above = line;
    }
    false
}

/// Whether the first lines are names and values with their colons one below the other.
fn is_list(look: &Look<'_>) -> bool {
    let colon = |line: &str| {
        let (_, rest) = name(line)?;
        let value = rest.trim_start_matches(' ').strip_prefix(':')?;
        let spaced = rest.starts_with(' ') && (value.is_empty() || value.starts_with(' '));
        spaced.then(|| line.len() - value.len())
    };
    let first = colon(look.line(0));
    first.is_some() && first == colon(look.line(1))
}

fn is_python(look: &Look<'_>) -> bool {
    if look.begins_with_one_of(&["b'", "b\"{", "OrderedDict(", "dict_values(", "defaultdict("]) {
        return true;
    }
    let object = look
        .head
        .trim_start_matches('[')
        .strip_prefix('{')
        .unwrap_or_default();
    let object = object.strip_prefix('u').unwrap_or(object);
    let object = object
        .strip_prefix('\'')
        .filter(|_| !look.head.contains("\":"));
    let Some((_, value)) = object.and_then(|name| name.split_once("': ")) else {
        return false;
    };
    // Others may write one member so.
    let words = [", '", ": None", ": True", ": False", ": datetime."];
    // It takes double quotes only around an apostrophe.
    match value.strip_prefix('"') {
        Some(text) => text
            .split('"')
            .next()
            .is_some_and(|text| text.contains('\'')),
        None => words.iter().any(|word| look.head.contains(word)),
    }
}

/// Whether a bracket, maybe behind the name of a class, opens names and values with `=` between.
fn is_to_string(look: &Look<'_>) -> bool {
    let list = look.head.trim_start_matches('[');
    let class = name(list).map_or(list, |(_, rest)| rest);
    let Some(inner) = class.trim_start_matches(' ').strip_prefix(['{', '(', '[']) else {
        return false;
    };
    let Some((_, rest)) = name(inner.trim_start()) else {
        return false;
    };
    let value = rest.trim_start_matches(' ').strip_prefix('=');
    value.is_some_and(|value| !value.starts_with(['=', '>']))
}

fn is_program(look: &Look<'_>) -> bool {
    let begins = [
        "import ",
        "\"use strict\"",
        "'use strict'",
        "#!",
        "@'",
        "@\"",
        "function ",
        "<?php",
    ];
    let line = look.line(0);
    let before = line.split(['{', '[']).next().unwrap_or_default().trim_end();
    let before = before.trim_end_matches(['@', '(']).trim_end();
    let left = before
        .strip_suffix('=')
        .unwrap_or_default()
        .trim_end_matches([':', ' ']);
    let in_left = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | ' ' | ':');
    let opens = line.len() > before.len();
    let assigned = opens && !left.is_empty() && left.chars().all(in_left);
    let words = [
        "export default",
        "return",
        "module.exports =",
        "exports.default =",
    ];
    assigned || opens && words.contains(&before) || look.begins_with_one_of(&begins)
}

fn is_csv(look: &Look<'_>) -> bool {
    if look.begins("#TYPE ") || look.begins("sep=") {
        return true;
    }
    let (head, row) = (look.line(0), look.line(1));
    let in_head = |c: char| c.is_alphanumeric() || " _-.@/()\"".contains(c);
    let names = |delimiter: char| {
        head.chars().all(|c| c == delimiter || in_head(c))
            && head
                .split(delimiter)
                .all(|field| field.contains(char::is_alphabetic))
    };
    !look.begins_with_bracket()
        && [',', ';', '\t', '|'].into_iter().any(|delimiter| {
            let columns = delimiters(head, delimiter);
            let rows = if row.is_empty() {
                columns > 1
            } else {
                columns > 0 && columns == delimiters(row, delimiter)
            };
            rows && names(delimiter)
        })
}

/// How often `delimiter` stands in a line outside double quotes.
fn delimiters(line: &str, delimiter: char) -> usize {
    let outside = line.split('"').step_by(2);
    outside.map(|text| text.matches(delimiter).count()).sum()
}

/// Whether it begins with a section, or with names and values with `=` between.
fn is_settings(look: &Look<'_>) -> bool {
    let setting = |line: &str| {
        let rest = name(line).map(|(_, rest)| rest.trim_start());
        rest.is_some_and(|rest| rest.starts_with('=') && !rest.starts_with("=="))
    };
    let section = |line: &str| {
        let inner = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'));
        let inner = inner.map(|inner| inner.trim_matches(['[', ']']));
        inner
            .and_then(name)
            .is_some_and(|(_, rest)| rest.is_empty())
    };
    let first = look.line(0);
    (setting(first) || section(first)) && setting(look.line(1))
}

fn is_yaml(look: &Look<'_>) -> bool {
    let item = |line: &'_ str| line.starts_with("- ");
    let member = |line: &str| {
        let line = line.trim_start_matches("- ").trim_start();
        let rest = name(line).map(|(_, rest)| rest);
        rest.is_some_and(|rest| rest == ":" || rest.starts_with(": "))
    };
    let mut lines = look.lines().filter(|line| !line.starts_with('#'));
    let first = lines.next().unwrap_or_default();
    let second = lines.next().unwrap_or_default();
    first == "---"
        || first.starts_with("%YAML")
        || member(first) && (item(first) || member(second) || item(second.trim_start()))
}
