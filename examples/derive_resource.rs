//! Derives a resource from a page of the Microsoft Graph documentation, prints its JSON Schema and
//! checks a payload against it.
//!
//! ```sh
//! cargo run --example derive_resource -- examples/data printer.md examples/data/printer.json
//! ```
//!
//! The first argument is the folder of the documentation's Markdown sources, the second a page in
//! it.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Component, Path};
use std::{env, fs};

use autopilot_lint::{Format, Linter, Mode, Resource, derive};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [docs, page, payload] = arguments.as_slice() else {
        return Err("usage: derive_resource FOLDER PAGE PAYLOAD".into());
    };
    let resource = derive_resource(Path::new(docs), page, io::stderr())?;
    println!("{:#}", resource.json_schema("any", Mode::Any)?);
    check(resource, Path::new(payload), io::stdout())
}

/// Reads a page and the pages it links to, and prints what they leave open to `notes`.
pub(crate) fn derive_resource(
    docs: &Path,
    page: &str,
    mut notes: impl Write,
) -> Result<Resource, Box<dyn Error>> {
    let derived = derive(page, |key| read_below(docs, key))?;
    for doubt in &derived.doubts {
        writeln!(notes, "note: {doubt}")?;
    }
    Ok(derived.resource)
}

/// The text of a page. A link must not lead out of the folder.
fn read_below(docs: &Path, key: &str) -> Option<String> {
    let mut parts = Path::new(key).components();
    let below = parts.all(|part| matches!(part, Component::Normal(_)));
    below.then(|| fs::read_to_string(docs.join(key)).ok())?
}

/// Checks a payload against the resource and prints the findings to `out`.
pub(crate) fn check(
    resource: Resource,
    payload: &Path,
    mut out: impl Write,
) -> Result<(), Box<dyn Error>> {
    let linter = Linter::builder().resource(resource).build()?;
    let report = linter.check(payload, fs::read(payload)?);
    write!(out, "{}", report.render(Format::CONCISE))?;
    Ok(())
}
