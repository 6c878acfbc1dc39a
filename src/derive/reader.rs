//! One documentation page, read: what it describes, its tables, its samples.
//!
//! Sections are found by anchor, columns by position, names where translation cannot reach. Follows
//! no links; a type that has a page of its own is left as a name and that page's path.

use std::collections::HashSet;

use serde_json::Value;

use super::cell::{self, Link, TypeName};
use super::english;
use super::layout::{Layout, Section};
use super::names;
use super::page::{Form, Listed, Note, Page, PageKind, Property, PropertyType, Reference};
use super::samples::{self, Sample, SampleKind};
use super::table::{self, Row, Table};

/// Reads one page.
///
/// # Errors
/// The line and the reason where a row or the page as a whole cannot be read.
pub(super) fn read(markdown: &str) -> Result<Page<'_>, Note> {
    let layout = Layout::of(markdown);
    let Some(heading) = layout.sections.first() else {
        return Err(Note::new(1, "not a documentation page: it has no heading"));
    };
    let samples = samples::in_layout(&layout);
    let (kind, subject) = kind(&layout, &samples).ok_or_else(|| {
        Note::new(
            heading.line,
            "not a resource, enumeration or request page: it has no table of properties or \
             members and no HTTP request",
        )
    })?;
    let reader = Reader {
        form: form(&layout),
        layout: &layout,
    };
    let mut page = Page {
        kind,
        form: reader.form,
        name: names::spelling(&subject, &layout, &samples).unwrap_or(subject),
        namespace: names::namespace(&samples),
        properties: Vec::new(),
        navigation: Vec::new(),
        members: Vec::new(),
        base: reader.base(),
        resource: reader.resource(kind),
        open: layout.fences.iter().any(|fence| is_open(fence.note)),
        samples,
        lost: Vec::new(),
        notes: Vec::new(),
    };
    reader.fill(&mut page)?;
    Ok(page)
}

/// What the page is about, and the name in its anchor (lower case).
fn kind(layout: &Layout<'_>, samples: &[Sample<'_>]) -> Option<(PageKind, String)> {
    let slug = layout.sections.first()?.slug.as_str();
    let suffixes = [
        ("-enum-type", PageKind::Enumeration),
        ("-resource-type", PageKind::Resource),
        ("-complex-type", PageKind::Resource),
        ("-action", PageKind::Action),
        ("-function", PageKind::Function),
    ];
    for (suffix, kind) in suffixes {
        if let Some(subject) = slug.strip_suffix(suffix) {
            return Some((
                kind,
                action_name(layout, kind).unwrap_or(subject.to_owned()),
            ));
        }
    }
    let prefixes = [
        ("create-", PageKind::Create),
        ("update-", PageKind::Update),
        ("get-", PageKind::Get),
        ("list-", PageKind::List),
        ("delete-", PageKind::Delete),
    ];
    for (prefix, kind) in prefixes {
        if let Some(subject) = slug.strip_prefix(prefix) {
            return Some((kind, subject.to_owned()));
        }
    }
    let kind = by_sections(layout, samples)?;
    let name = action_name(layout, kind).unwrap_or(slug.to_owned());
    Some((kind, name))
}

fn by_sections(layout: &Layout<'_>, samples: &[Sample<'_>]) -> Option<PageKind> {
    if layout.section("members").is_some() {
        return Some(PageKind::Enumeration);
    }
    if layout.section("properties").is_some() || layout.section("json-representation").is_some() {
        return Some(PageKind::Resource);
    }
    let created = samples
        .iter()
        .any(|sample| sample.kind == SampleKind::Response && sample.head.contains(" 201 "));
    Some(match http_request(layout)?.split_whitespace().next()? {
        "POST" if created => PageKind::Create,
        "POST" => PageKind::Action,
        "PATCH" | "PUT" => PageKind::Update,
        "GET" => PageKind::Get,
        "DELETE" => PageKind::Delete,
        _ => return None,
    })
}

/// The first line of the fence under "HTTP request".
fn http_request<'a>(layout: &Layout<'a>) -> Option<&'a str> {
    let at = layout
        .sections
        .iter()
        .position(|one| one.slug == "http-request")?;
    let fence = layout
        .fences
        .iter()
        .find(|fence| fence.section == Some(at))?;
    layout.markdown[fence.body.clone()].lines().next()
}

/// An action's own name: the last part of the URL, which no translation touches.
fn action_name(layout: &Layout<'_>, kind: PageKind) -> Option<String> {
    if kind != PageKind::Action {
        return None;
    }
    let url = http_request(layout)?.split_whitespace().nth(1)?;
    let last = url.rsplit('/').next()?;
    Some(last.rsplit('.').next()?.to_owned())
}

fn form(layout: &Layout<'_>) -> Form {
    let localised = layout.front_matter.lines().any(|line| {
        line.strip_prefix("ms.contentlocale:")
            .is_some_and(|locale| !locale.trim().starts_with("en"))
    });
    if english::is_bilingual(layout.markdown) {
        Form::Bilingual
    } else if localised {
        Form::Translated
    } else {
        Form::English
    }
}

fn is_open(note: Option<&str>) -> bool {
    annotation(note).is_some_and(|note| note["openType"] == true)
}

/// The comment for the documentation's tools, as JSON.
fn annotation(note: Option<&str>) -> Option<Value> {
    serde_json::from_str(note?).ok()
}

struct Reader<'a> {
    layout: &'a Layout<'a>,
    form: Form,
}

impl Reader<'_> {
    fn fill(&self, page: &mut Page<'_>) -> Result<(), Note> {
        match page.kind {
            PageKind::Enumeration => {
                page.members = self.members()?;
            }
            PageKind::Create | PageKind::Update | PageKind::Action => {
                page.properties = self.properties(self.layout.section("request-body"), page)?;
            }
            PageKind::Resource => {
                page.properties = self.properties(self.property_section(), page)?;
                page.navigation = self.properties(self.layout.section("relationships"), page)?;
            }
            PageKind::Get | PageKind::List | PageKind::Delete | PageKind::Function => {}
        }
        let keys = names::keys(page);
        names::recover(page, &keys, self.form)
    }

    /// The section of the property table; where its anchor is lost, the one before the
    /// relationships.
    fn property_section(&self) -> Option<&Section> {
        self.layout.section("properties").or_else(|| {
            let sections = &self.layout.sections;
            let after = sections
                .iter()
                .position(|one| one.slug == "relationships")?;
            sections.get(after.checked_sub(1)?)
        })
    }

    fn table(&self, section: &Section, page: &mut Page<'_>) -> Option<Table> {
        let table = table::first(&self.layout.lines(section))?;
        if let Some(line) = table.further {
            page.notes.push(Note::new(
                line,
                format!(
                    "a second table in the section `{}` is ignored",
                    section.slug
                ),
            ));
        }
        Some(table)
    }

    fn properties(
        &self,
        section: Option<&Section>,
        page: &mut Page<'_>,
    ) -> Result<Vec<Property>, Note> {
        let Some(table) = section.and_then(|section| self.table(section, page)) else {
            return Ok(Vec::new());
        };
        let mut properties: Vec<Property> = Vec::new();
        let mut names = HashSet::new();
        for row in &table.rows {
            let property = self.property(row)?;
            if names.contains(&property.name) {
                page.notes.push(Note::new(
                    row.line,
                    format!("a second row for `{}` is ignored", property.name),
                ));
            } else if !property.name.contains('@') {
                names.insert(property.name.clone());
                properties.push(property);
            }
        }
        Ok(properties)
    }

    fn property(&self, row: &Row) -> Result<Property, Note> {
        let [name, type_text, rest @ ..] = row.cells.as_slice() else {
            return Err(Note::new(
                row.line,
                format!("the row `{}` has no type column", row.cells.join("|")),
            ));
        };
        let name = cell::name(name);
        let translated = self.form == Form::Translated;
        let read = cell::type_cell(type_text, translated).ok_or_else(|| {
            Note::new(
                row.line,
                format!("the row of `{name}` names an unknown type: `{type_text}`"),
            )
        })?;
        let description = rest.first().map_or("", String::as_str);
        let of = match read.of {
            TypeName::Edm(edm) => PropertyType::Edm(edm),
            TypeName::Named { text, page } => PropertyType::Named(Reference {
                name: text.to_owned(),
                page: page.map(str::to_owned),
                line: row.line,
            }),
        };
        Ok(Property {
            name: name.to_owned(),
            line: row.line,
            listed: listed(&of, description, translated),
            of,
            collection: read.collection,
            not_nullable: description.to_ascii_lowercase().contains("not nullable"),
            inherited_from: inherited_from(description),
        })
    }

    fn members(&self) -> Result<Vec<Listed>, Note> {
        let heading = self
            .layout
            .sections
            .first()
            .map_or(1, |section| section.line);
        if self.form == Form::Translated {
            return Err(Note::new(
                heading,
                "a machine-translated enumeration page: the names and values of its members are \
                 translated too, and nothing else on the page gives the originals",
            ));
        }
        let table = self
            .layout
            .section("members")
            .and_then(|section| table::first(&self.layout.lines(section)));
        let table = table.filter(|table| !table.rows.is_empty());
        let table = table.ok_or_else(|| Note::new(heading, "the page has no table of members"))?;
        let mut members: Vec<Listed> = Vec::new();
        let mut names = HashSet::new();
        for row in &table.rows {
            let member = enumeration_member(row)?;
            if !names.insert(member.name.clone()) {
                return Err(Note::new(
                    row.line,
                    format!("a second row for the member `{}`", member.name),
                ));
            }
            members.push(member);
        }
        Ok(members)
    }

    /// The page after "Inherits from" in the introduction, or the type that the comment for the
    /// documentation's tools names.
    fn base(&self) -> Option<Reference> {
        let introduction = self.layout.sections.first()?;
        let lines = self.layout.lines(introduction);
        let linked = lines.into_iter().find_map(|line| {
            let (_, rest) = line.text.split_once("Inherits from")?;
            reference(&Link::first(rest)?, line.number)
        });
        linked.or_else(|| {
            let declared = self.layout.fences.iter().find_map(|fence| {
                let name = annotation(fence.note)?;
                Some((name["baseType"].as_str()?.to_owned(), fence.body.start))
            });
            declared.map(|(name, at)| Reference {
                name: names::simple(&name).to_owned(),
                page: None,
                line: self.layout.line_of(at),
            })
        })
    }

    /// The page of the resource that a request is about: linked where its body is described, or
    /// its answer, or in the introduction.
    fn resource(&self, kind: PageKind) -> Option<Reference> {
        let introduction = self.layout.sections.first()?;
        let slugs: &[&str] = match kind {
            PageKind::Create | PageKind::Update => &["request-body", "response"],
            _ => &["response"],
        };
        let sections = slugs.iter().filter_map(|slug| self.layout.section(slug));
        sections.chain([introduction]).find_map(|section| {
            self.layout.lines(section).into_iter().find_map(|line| {
                let links = Link::all(&line.text);
                links.iter().find_map(|link| reference(link, line.number))
            })
        })
    }
}

fn reference(link: &Link<'_>, at: usize) -> Option<Reference> {
    Some(Reference {
        name: link.text.to_owned(),
        page: Some(link.page()?.to_owned()),
        line: at,
    })
}

/// Values are listed for enumerations; in the text of a primitive type code marks are anything.
fn listed(of: &PropertyType, description: &str, translated: bool) -> Vec<String> {
    match of {
        PropertyType::Edm(_) => Vec::new(),
        PropertyType::Named(_) => {
            let values = cell::listed_values(description, translated);
            values.into_iter().map(str::to_owned).collect()
        }
    }
}

/// Rows that are inherited link to the page of the base type.
fn inherited_from(description: &str) -> Option<String> {
    let links = Link::all(description);
    let page = links.iter().rev().find_map(Link::page)?;
    Some(page.to_owned())
}

fn enumeration_member(row: &Row) -> Result<Listed, Note> {
    let name = cell::name(&row.cells[0]);
    if !cell::is_value(name) {
        return Err(Note::new(
            row.line,
            format!("the row `{}` does not name a member", row.cells.join("|")),
        ));
    }
    Ok(Listed {
        name: name.to_owned(),
        value: row.cells.get(1).and_then(|value| value.parse().ok()),
        line: row.line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCALISED: &str = "---\nms.contentlocale: ru-RU\n---\n";

    fn page(head: &str, sections: &str) -> Result<Vec<String>, String> {
        let markdown = format!("{head}\n{sections}");
        let page = read(&markdown).map_err(|note| format!("{}: {}", note.line, note.message))?;
        let rows = page.properties.iter().map(|row| row.name.clone());
        let notes = page
            .notes
            .iter()
            .map(|note| format!("{}: {}", note.line, note.message));
        Ok(rows.chain(notes).collect())
    }

    fn table(rows: &str) -> String {
        format!("|Property|Type|Description|\n|:--|:--|:--|\n{rows}")
    }

    #[test]
    fn kinds_by_anchor_and_by_request() {
        let post = "## HTTP request\n```http\nPOST /x/{id}/ns.assign\n```\n";
        let created = "### Response\n```http\nHTTP/1.1 201 Created\n\n{}\n```\n";
        let cases = [
            (
                "# thing resource type",
                String::new(),
                PageKind::Resource,
                "thing",
            ),
            (
                "# thing enum type",
                String::new(),
                PageKind::Enumeration,
                "thing",
            ),
            ("# Create thing", String::new(), PageKind::Create, "thing"),
            (
                "# <a name=\"update-thing\"></a>Обновление",
                String::new(),
                PageKind::Update,
                "thing",
            ),
            (
                "# <a name=\"assign-action\"></a>действие",
                post.to_owned(),
                PageKind::Action,
                "assign",
            ),
            (
                "# getThings function",
                String::new(),
                PageKind::Function,
                "getthings",
            ),
            ("# List things", String::new(), PageKind::List, "things"),
            ("# Delete thing", String::new(), PageKind::Delete, "thing"),
            ("# thing: send", post.to_owned(), PageKind::Action, "assign"),
            (
                "# Add thing",
                format!("{post}{created}"),
                PageKind::Create,
                "add-thing",
            ),
            (
                "# things",
                "## Properties\n".to_owned(),
                PageKind::Resource,
                "things",
            ),
            (
                "# things",
                "## Members\n".to_owned(),
                PageKind::Enumeration,
                "things",
            ),
        ];
        for (heading, rest, expected, name) in cases {
            let markdown = format!("{heading}\n\n{rest}");
            let layout = Layout::of(&markdown);
            let samples = samples::in_layout(&layout);
            let read = kind(&layout, &samples);
            assert_eq!(read, Some((expected, name.to_owned())), "{heading}");
        }
        assert!(read("# About\n\ntext").is_err());
        assert!(read("text").is_err());
    }

    #[test]
    fn rows_that_cannot_be_read_are_errors_of_their_line() {
        let cases = [
            (
                "|a|Strong text|x|",
                "7: the row of `a` names an unknown type: `Strong text`",
            ),
            ("|a|", "7: the row `a` has no type column"),
            (
                "|a b|String|x|",
                "7: the row `a b` does not name a property",
            ),
        ];
        for (row, message) in cases {
            let text = format!("\n## Properties\n{}", table(row));
            let result = page("# thing resource type\n", &text);
            assert_eq!(result, Err(message.to_owned()), "{row}");
        }
    }

    #[test]
    fn table_and_json_disagree() {
        let rows = table("|id|String||\n|a|String||\n|a|Int32||\n|x@odata.bind|String||\n");
        let json = "## JSON Representation\n```json\n{\"id\": 1, \"b\": 1, \"@odata.type\": \"#n.t\"}\n```\n";
        let text = format!("## Properties\n{rows}\n{json}");
        let expected = [
            "id",
            "a",
            "7: a second row for `a` is ignored",
            "5: `id` is Edm.String in the table, but a number in the page's JSON",
            "5: the page's JSON has `b`, but the table has no such row",
            "6: the table has `a`, but the page's JSON does not",
        ];
        assert_eq!(
            page("# t resource type", &text),
            Ok(expected.map(str::to_owned).into())
        );
    }

    type Expected<'a> = Result<&'a [&'a str], &'a str>;

    fn translated(rows: &str, json: &str) -> Result<Vec<String>, String> {
        let text = format!(
            "# <a name=\"t-resource-type\"></a>T\n## <a name=\"properties\"></a>P\n{}\n\
             ## <a name=\"json-representation\"></a>J\n```json\n{json}\n```\n",
            table(rows)
        );
        let mut lines = page(LOCALISED, &text)?;
        lines.retain(|line| !line.contains(' '));
        Ok(lines)
    }

    #[test]
    fn translated_names_come_from_the_json() {
        let cases: [(&str, &str, Expected<'_>); 7] = [
            (
                "|ид|String||\n|b|Int32||\n",
                r#"{"id": "", "b": 1}"#,
                Ok(&["id", "b"]),
            ),
            (
                "|a|String||\n|имя|String||\n",
                r#"{"a": "", "name": ""}"#,
                Ok(&["a", "name"]),
            ),
            (
                "|a|String||\n|nome|String||\n",
                r#"{"a": "", "name": ""}"#,
                Ok(&["a", "name"]),
            ),
            (
                "|x|String||\n|имя|String||\n|b|Int32||\n",
                r#"{"name": "", "b": 1}"#,
                Ok(&["x", "name", "b"]),
            ),
            ("|x|String||\n", r#"{"a": "", "b": ""}"#, Ok(&["x"])),
            (
                "|имя|Int32||\n",
                r#"{"name": "text"}"#,
                Err("the row `имя` is machine-translated"),
            ),
            (
                "|имя|String||\n",
                r#"{"a": "", "b": ""}"#,
                Err("the row `имя` is machine-translated"),
            ),
        ];
        for (rows, json, expected) in cases {
            match (translated(rows, json), expected) {
                (Ok(names), Ok(expected)) => assert_eq!(names, expected, "{rows}"),
                (Err(error), Err(expected)) => assert!(error.contains(expected), "{error}"),
                (got, _) => panic!("{rows}: {got:?}"),
            }
        }
    }

    #[test]
    fn a_lost_anchor_is_made_up_for_by_position() {
        let text = format!(
            "# <a name=\"t-resource-type\"></a>T\n## <a name=\"p\"></a>P\n{}\n\
             ## <a name=\"relationships\"></a>R\n",
            table("|a|String||\n")
        );
        assert_eq!(page("", &text), Ok(vec!["a".to_owned()]));
    }
}
