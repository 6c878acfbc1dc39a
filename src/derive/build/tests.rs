//! Trees of small pages, and the models that come of them.

use super::*;
use crate::derive::derive;

const TABLE: &str = "|P|T|D|\n|:--|:--|:--|\n";

fn resource(name: &str, intro: &str, rows: &str) -> String {
    format!("# {name} resource type\n\n{intro}\n\n## Properties\n{TABLE}{rows}\n")
}

fn enumeration_page(name: &str, rows: &str) -> String {
    format!("# {name} enum type\n\n## Members\n|M|V|D|\n|:--|:--|:--|\n{rows}\n")
}

/// Derives `r/x-t.md` in a tree of pages; model, warnings and unresolved, one a line.
fn outcome(pages: &[(&str, String)], options: Options) -> Vec<String> {
    let load = |key: &str| {
        let page = pages.iter().find(|(known, _)| *known == key)?;
        Some(page.1.clone())
    };
    let derived = match derive("r/x-t.md", &load, &options) {
        Ok(derived) => derived,
        Err(error) => return vec![error.to_string()],
    };
    let model = &derived.model;
    let types = model.types.iter().map(|of| {
        let members: Vec<String> = of.members.iter().map(|one| shown(model, one)).collect();
        let base = of.base.map_or(String::new(), |base| {
            format!("({})", model.types[base].name)
        });
        let open = if of.open { "…" } else { "" };
        format!("{}{base} {{{}{open}}}", of.name, members.join(" "))
    });
    let enumerations = model.enumerations.iter().map(|of| {
        let names: Vec<&str> = of.members.iter().map(|one| one.name.as_str()).collect();
        format!("{} [{}]", of.name, names.join(" "))
    });
    let warnings = derived.warnings.iter().map(ToString::to_string);
    let unresolved = derived.unresolved.iter().map(ToString::to_string);
    types
        .chain(enumerations)
        .chain(warnings)
        .chain(unresolved)
        .collect()
}

fn shown(model: &Model, of: &Member) -> String {
    format!("{}:{}", of.name, model.type_name(of.type_ref))
}

const NO_OPTIONS: Options = Options {
    single_file: false,
    enum_values: false,
};

#[test]
fn enumerations_by_page_and_by_row() {
    let row = "|s|[state](../r/x-state.md)|Possible values are: `a`, `b`.|\n";
    let cases: [(&str, &str, &[&str]); 5] = [
        ("|a|0||\n|b|1||\n", row, &["t {s:state}", "state [a b]"]),
        (
            "|a|0||\n|b|1||\n|c|2||\n",
            row,
            &[
                "t {s:state}",
                "state [a b c]",
                "r/x-t.md:8: the values of `s` differ: only in the row: none; only on the linked \
                 page: `c`; using those of the page",
            ],
        ),
        (
            "|a|0||\n|c|2||\n",
            row,
            &[
                "t {s:state}",
                "state [a b]",
                "r/x-t.md:8: the values of `s` differ: only in the row: `b`; only on the linked \
                 page: `c`; using those of the row",
            ],
        ),
        (
            "|a|0||\n",
            "|s|[state](../r/x-state.md)||\n",
            &["t {s:state}", "state [a]"],
        ),
        ("|a b|0||\n", row, &["t {s:state}", "state [a b]"]),
    ];
    for (members, row, expected) in cases {
        let pages = [
            ("r/x-t.md", resource("t", "", row)),
            ("r/x-state.md", enumeration_page("state", members)),
        ];
        assert_eq!(outcome(&pages, NO_OPTIONS), expected, "{members}");
    }
    let alone = [("r/x-t.md", resource("t", "", row))];
    assert_eq!(outcome(&alone, NO_OPTIONS), ["t {s:state}", "state [a b]"]);
}

#[test]
fn types_by_their_links() {
    let pages = [
        (
            "r/x-t.md",
            resource(
                "t",
                "",
                "|p|[part](x-part.md) collection||\n|q|part||\n|n|[gone](x-gone.md)||\n",
            ),
        ),
        (
            "r/x-part.md",
            resource(
                "part",
                "",
                "|whole|[t](x-t.md)||\n|other|[part](../r/x-part.md)||\n",
            ),
        ),
        (
            "resources/x-part.md",
            resource("part", "", "|never|String||\n"),
        ),
    ];
    let expected = [
        "t {p:part q:Edm.Untyped n:Edm.Untyped}",
        "part {whole:t other:part}",
        "r/x-t.md:9: `part` is unresolved: its page does not exist",
        "r/x-t.md:10: `gone` is unresolved: its page does not exist",
    ];
    assert_eq!(outcome(&pages[..2], NO_OPTIONS), expected);
    // A bare name is looked for beside the page's own family.
    assert_eq!(
        outcome(&pages, NO_OPTIONS)[..3],
        [
            "t {p:part q:part_2 n:Edm.Untyped}",
            "part {whole:t other:part}",
            "part_2 {never:Edm.String}",
        ]
    );
    let single = Options {
        single_file: true,
        ..NO_OPTIONS
    };
    let expected = [
        "t {p:Edm.Untyped q:Edm.Untyped n:Edm.Untyped}",
        "r/x-t.md:8: `part` is unresolved: links are not followed",
        "r/x-t.md:9: `part` is unresolved: links are not followed",
        "r/x-t.md:10: `gone` is unresolved: links are not followed",
    ];
    assert_eq!(outcome(&pages, single), expected);
}

#[test]
fn base_types_count_where_rows_are_not_repeated() {
    let inherits = "Inherits from [b](../r/x-b.md)";
    let base = ("r/x-b.md", resource("b", "", "|id|String||\n"));
    let cases: [(&str, &[&str]); 3] = [
        (
            "|a|String||\n",
            &["t(b) {a:Edm.String}", "b {id:Edm.String}"],
        ),
        (
            "|id|String||\n|a|String||\n",
            &["t {id:Edm.String a:Edm.String}", "b {id:Edm.String}"],
        ),
        (
            "|id|String|Inherited from [b](../r/x-b.md)|\n|a|String||\n",
            &["t {id:Edm.String a:Edm.String}"],
        ),
    ];
    for (rows, expected) in cases {
        let pages = [("r/x-t.md", resource("t", inherits, rows)), base.clone()];
        assert_eq!(outcome(&pages, NO_OPTIONS), expected, "{rows}");
    }
    let alone = [("r/x-t.md", resource("t", inherits, "|a|String||\n"))];
    let expected = [
        "t {a:Edm.String…}",
        "r/x-t.md:3: `b` is unresolved: its page does not exist",
    ];
    assert_eq!(outcome(&alone, NO_OPTIONS), expected);
}

#[test]
fn a_base_type_may_stand_in_the_comment_for_tools() {
    let comment = "## JSON representation\n<!-- {\"baseType\": \"n.Base\", \"openType\": true} -->\n\
                   ```json\n{\"a\": 1}\n```\n";
    let pages = [
        ("r/x-t.md", resource("t", "", "|a|Int32||\n") + comment),
        ("resources/base.md", resource("base", "", "|id|String||\n")),
    ];
    let expected = ["t(base) {a:Edm.Int32…}", "base {id:Edm.String}"];
    assert_eq!(outcome(&pages, NO_OPTIONS), expected);
}

#[test]
fn an_action_is_compared_with_its_request_only() {
    let page = format!(
        "# do action\n## HTTP request\n```http\nPOST /x/n.doIt\n```\n## Request body\n{TABLE}|a|Int32||\n\
         ## Example\n```http\nPOST /x/n.doIt\n\n{{\"a\": 1}}\n```\n\
         ```http\nHTTP/1.1 200 OK\n\n{{\"b\": 1, \"c\": 2}}\n```\n"
    );
    assert_eq!(
        outcome(&[("r/x-t.md", page)], NO_OPTIONS),
        ["doIt {a:Edm.Int32}"]
    );
}

#[test]
fn subtypes_and_empty_types_are_open() {
    let sample = "### Response\n```json\n{\"p\": [{\"@odata.type\": \"n.part\"}, \
                  {\"@odata.type\": \"#n.special\", \"x\": 1}]}\n```\n";
    let pages = [
        (
            "r/x-t.md",
            resource("t", "", "|p|[part](x-part.md) collection||\n") + sample,
        ),
        ("r/x-part.md", resource("part", "", "|a|String||\n")),
    ];
    let expected = [
        "t {p:part}",
        "part {a:Edm.String…}",
        "r/x-t.md:12: `special` is unresolved: a subtype of `part`, whose page is not followed",
    ];
    assert_eq!(outcome(&pages, NO_OPTIONS), expected);
    let empty = [("r/x-t.md", resource("t", "", ""))];
    let expected = [
        "t {…}",
        "r/x-t.md:1: `t` has no properties, so it is abstract or empty; treated as open",
    ];
    assert_eq!(outcome(&empty, NO_OPTIONS), expected);
}

#[test]
fn pages_without_a_payload_are_refused() {
    let get = "# Get t\n\nReads a [t](../r/x-real.md).\n\n## HTTP request\n";
    let cases = [
        (
            "# Delete t\n",
            "r/x-t.md:1: a delete request has no payload",
        ),
        (
            "# do function\n",
            "a function takes its parameters in the URL",
        ),
        (
            "# Create t\n\n## Request body\n",
            "links to no resource page",
        ),
        ("# do action\n", "the action has no table of parameters"),
        ("# Get t\n", "links to no resource page"),
        (
            get,
            "r/x-t.md:3: the page has no table of properties, and the resource page cannot be read",
        ),
        (
            "# t enum type\n",
            "r/x-t.md:1: the page has no table of members",
        ),
        (
            "# t enum type\n## Members\n|M|V|\n|--|--|\n|a|0|\n|a|1|\n",
            "r/x-t.md:6: a second row for the member `a`",
        ),
        (
            "# t enum type\n## Members\n|M|V|\n|--|--|\n|a b|0|\n",
            "r/x-t.md:5: the row `a b|0` does not name a member",
        ),
    ];
    for (page, expected) in cases {
        let result = outcome(&[("r/x-t.md", page.to_owned())], NO_OPTIONS);
        assert!(result[0].contains(expected), "{result:?}");
    }
    let real = ("r/x-real.md", resource("real", "", "|a|String||\n"));
    let create = "# Create t\n\nIn an [x](../r/x-else.md).\n\n## Request body\n\n\
                  A [real](../r/x-real.md).\n";
    for page in [get, create] {
        let both = [("r/x-t.md", page.to_owned()), real.clone()];
        assert_eq!(outcome(&both, NO_OPTIONS), ["real {a:Edm.String}"]);
    }
}

/// Derives with hardly any stack, and in no time to speak of.
fn at_once(entry: &str, load: impl Fn(&str) -> Option<String> + Send + Sync) -> Derived {
    let started = std::time::Instant::now();
    let derived = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(512 << 10);
        let thread = thread.spawn_scoped(scope, || derive(entry, &load, &NO_OPTIONS));
        thread.expect("a thread").join().expect("no panic")
    });
    assert!(started.elapsed().as_secs() < 30);
    derived.expect("a page")
}

/// Pages `r/x-t0.md` and so on, each of which leads to the next.
fn chained(
    pages: usize,
    one: impl Fn(String) -> (String, String),
) -> impl Fn(&str) -> Option<String> {
    move |key| {
        let number: usize = key
            .strip_prefix("r/x-t")?
            .strip_suffix(".md")?
            .parse()
            .ok()?;
        let (intro, rows) = one(format!("[t{}](x-t{}.md)", number + 1, number + 1));
        (number < pages).then(|| resource(&format!("t{number}"), &intro, &rows))
    }
}

#[test]
fn pages_may_lead_on_however_far() {
    const FAR: usize = 4_000;
    let members = chained(FAR, |next| {
        (String::new(), format!("|m|{next}||\n|n|Int32||\n"))
    });
    let derived = at_once("r/x-t0.md", members);
    assert_eq!(derived.model.types.len(), FAR);
    assert_eq!(derived.model.types[FAR - 1].members.len(), 2);
    assert_eq!(derived.unresolved.len(), 1);

    let bases = chained(FAR, |next| {
        (format!("Inherits from {next}"), "|m|Int32||\n".to_owned())
    });
    let derived = at_once("r/x-t0.md", bases);
    assert_eq!(derived.model.types.len(), FAR);
    assert!(
        derived
            .to_json_schema(&crate::model::schema::SchemaOptions::default())
            .is_object()
    );
}

#[test]
fn members_of_base_types_are_not_repeated_without_end() {
    const PAGES: usize = 3000;
    let own = |number: usize| {
        let intro = format!("Inherits from [t](x-t{}.md)", number + 1);
        resource("t", &intro, &format!("|m{number}|Int32||\n"))
    };
    let load = |key: &str| {
        let number: usize = key
            .strip_prefix("r/x-t")?
            .strip_suffix(".md")?
            .parse()
            .ok()?;
        (number < PAGES).then(|| own(number))
    };
    let derived = at_once("r/x-t0.md", load);
    let all: usize = derived
        .model
        .types
        .iter()
        .map(|of| derived.model.all_members(of).len())
        .sum();
    assert!(all <= MAX_INHERITED + PAGES, "{all}");
    let refused = derived
        .unresolved
        .iter()
        .filter(|one| one.reason.contains("too many members"));
    assert!(refused.count() > 0);
}

/// So many texts in one.
fn texts(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

#[test]
fn long_tables_are_read_at_once() {
    const ROWS: usize = 20_000;
    let table = |row: &dyn Fn(usize) -> String| -> String { (0..ROWS).map(row).collect() };
    let one_page = |page: String| {
        at_once("r/x-t.md", move |key| {
            (key == "r/x-t.md").then(|| page.clone())
        })
    };

    let timed = |rows: usize| {
        let page = resource("t", "", &texts(rows, |at| format!("|m{at}|String||\n")));
        let started = std::time::Instant::now();
        assert_eq!(one_page(page).model.types[0].members.len(), rows);
        started.elapsed()
    };
    let (short, long) = (timed(ROWS), timed(4 * ROWS));
    assert!(long < 9 * short + std::time::Duration::from_secs(1));
    let own = table(&|at| format!("|m{at}|s{at}|Possible values are: `a`.|\n"));
    assert_eq!(
        one_page(resource("t", "", &own)).model.enumerations.len(),
        ROWS
    );
    let shared = table(&|at| format!("|m{at}|s|Possible values are: `a{at}`.|\n"));
    let derived = one_page(resource("t", "", &shared));
    let names: Vec<_> = derived.model.enumerations[0]
        .members
        .iter()
        .map(|of| &of.name)
        .collect();
    // Those of a later row come first.
    assert_eq!((names.len(), names[0].as_str()), (ROWS, "a19999"));
    let values = texts(ROWS, |at| format!("`a{at}`"));
    let listed = format!("|m|s|Possible values are: {values}.|\n");
    assert_eq!(
        one_page(resource("t", "", &listed)).model.enumerations[0]
            .members
            .len(),
        ROWS
    );

    let json = texts(ROWS, |at| format!(",\"m{}\":\"\"", ROWS - 1 - at));
    let json = format!("## JSON representation\n```json\n{{{}}}\n```\n", &json[1..]);
    let rows = table(&|at| format!("|m{at}|String||\n"));
    let page = resource("t", "", &rows) + &json;
    assert!(one_page(page.clone()).warnings.is_empty());
    let translated = format!("---\nms.contentlocale: ru-RU\n---\n{page}");
    assert_eq!(one_page(translated).model.types[0].members.len(), ROWS);

    let unspelt = format!("|m|[имя](x-{}.md)||\n", "ab".repeat(100_000));
    let page = format!(
        "---\nms.contentlocale: ru-RU\n---\n{}",
        resource("t", "", &unspelt)
    );
    assert_eq!(one_page(page + &json).unresolved.len(), 1);
}

#[test]
fn a_page_that_many_rows_lead_to_is_read_once() {
    const ROWS: usize = 5_000;
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let rows = texts(ROWS, |at| format!("|m{at}|e||\n"));
    let values = texts(ROWS, |at| format!("|a{at}|{at}||\n"));
    let pages = [
        ("r/x-t.md", resource("t", "", &rows)),
        ("resources/e.md", enumeration_page("e", &values)),
    ];
    let derived = at_once("r/x-t.md", |key| {
        asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let page = pages.iter().find(|(known, _)| *known == key)?;
        Some(page.1.clone())
    });
    assert_eq!(derived.model.enumerations[0].members.len(), ROWS);
    assert!(asked.into_inner() < 10);
    // What differs is said in as many names as a reader can make use of.
    let rows = texts(ROWS, |at| format!("|m{at}|e|Possible values are: `a0`.|\n"));
    let pages = [("r/x-t.md", resource("t", "", &rows)), pages[1].clone()];
    let derived = at_once("r/x-t.md", |key| {
        let page = pages.iter().find(|(known, _)| *known == key)?;
        Some(page.1.clone())
    });
    assert_eq!(derived.warnings.len(), ROWS);
    let message = &derived.warnings[0].message;
    assert!(
        message.contains("`a50` and 4949 more; using those of the page"),
        "{message}"
    );
}
