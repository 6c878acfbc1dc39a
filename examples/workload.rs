//! Writes the events of the benchmarks: as JSON Lines, as one array, or as a folder of files.
//!
//! `cargo run --release --example workload -- lines 1000 events.jsonl --faulty 10`
//!
//! Owns the command line of the generator. What events look like, `benches/workload` knows.

#[path = "../benches/workload/mod.rs"]
#[allow(dead_code, reason = "the benchmarks use the rest")]
mod workload;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use workload::Shape;

const USAGE: &str = "\
workload lines|array|files COUNT PATH [--seed N] [--faulty PER_MILLE] [--annotations N] [--text N]
         [--unknown N]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match write(&arguments) {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(error)) => {
            eprintln!("workload: {error}");
            ExitCode::FAILURE
        }
        None => {
            eprintln!("usage: {USAGE}");
            ExitCode::FAILURE
        }
    }
}

/// `None` where the arguments are not what [`USAGE`] says.
fn write(arguments: &[String]) -> Option<io::Result<()>> {
    let [form, count, path, options @ ..] = arguments else {
        return None;
    };
    let events = shape(options)?.events().take(count.parse().ok()?);
    let path = Path::new(path);
    match form.as_str() {
        "lines" => Some(one_file(path, events, ["", "\n", "\n"])),
        "array" => Some(one_file(path, events, ["[", ",\n", "]\n"])),
        "files" => Some(files(path, events)),
        _ => None,
    }
}

fn shape(options: &[String]) -> Option<Shape> {
    let mut shape = Shape::default();
    for option in options.chunks(2) {
        let [name, value] = option else {
            return None;
        };
        match name.as_str() {
            "--seed" => shape.seed = value.parse().ok()?,
            "--faulty" => shape.faulty = value.parse().ok()?,
            "--annotations" => shape.annotations = value.parse().ok()?,
            "--unknown" => shape.unknown = value.parse().ok()?,
            "--text" => shape.text = value.parse().ok()?,
            _ => return None,
        }
    }
    Some(shape)
}

fn one_file(
    path: &Path,
    events: impl Iterator<Item = String>,
    [begin, between, end]: [&str; 3],
) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut before = begin;
    for event in events {
        write!(file, "{before}{event}")?;
        before = between;
    }
    file.write_all(end.as_bytes())?;
    file.flush()
}

fn files(folder: &Path, events: impl Iterator<Item = String>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (index, event) in events.enumerate() {
        fs::write(folder.join(format!("event-{index:06}.json")), event + "\n")?;
    }
    Ok(())
}
