//! `autopilot-lint check`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant, SystemTime};

use autopilot_lint::edm::{TICKS_PER_SECOND, date_time};
use autopilot_lint::lint::{Linter, Options};
use autopilot_lint::model::table;
use autopilot_lint::report::{self, FileReport, Report, RunError, Summary};
use autopilot_lint::rules::Severity;
use rayon::prelude::*;

use super::args::{CheckArgs, FailLevel, OutputTo};
use super::exit::Exit;
use super::output;
use super::run::{Buffers, Run};
use super::schema_file;
use super::walk::{self, Target};

/// Most threads: more only cost memory.
const MAX_JOBS: usize = 64;

pub(crate) fn run(args: &CheckArgs) -> Exit {
    let started = Instant::now();
    let outputs = match outputs(&args.output_format) {
        Ok(outputs) => outputs,
        Err(message) => return usage(&message),
    };
    let options = Options {
        revision: args.revision.clone(),
        mode: args.mode,
        now: Some(args.now.unwrap_or_else(now)),
        also: Vec::new(),
    };
    let model = match args.schema.as_deref().map(schema_file::resource) {
        None => table::autopilot_event(),
        Some(Ok(model)) => model,
        Some(Err(message)) => return usage(&message),
    };
    let linter = match Linter::with_model(model, &options) {
        Ok(linter) => linter,
        Err(unknown) => return usage(&unknown.to_string()),
    };
    let run = Run {
        linter: &linter,
        max_file_size: args.max_file_size,
        max_diagnostics: args.max_diagnostics,
        frames: outputs.iter().any(|to| to.format.frames),
    };
    let (targets, errors) = walk::targets(&args.paths, args.stdin_filename.as_deref());
    if targets.is_empty() && errors.is_empty() {
        output::note("autopilot-lint: no files to check");
    }
    let mut report = check_all(&run, &targets, args.jobs);
    report.errors.splice(0..0, errors);
    let written = write_all(&report, &outputs, args);
    if !args.quiet {
        output::note(&summary_line(&report.summary(), started.elapsed()));
    }
    written.max(exit(&report, args.fail_level))
}

fn usage(message: &str) -> Exit {
    output::note(&format!("error: {message}"));
    Exit::Fault
}

/// The formats to print; the default where none is given.
pub(super) fn outputs(asked: &[OutputTo]) -> Result<Vec<OutputTo>, String> {
    use std::io::IsTerminal;
    let to_stdout = asked.iter().filter(|to| to.file.is_none());
    if to_stdout.count() > 1 {
        return Err(
            "only one format can go to standard output; give the others a file: NAME=FILE"
                .to_owned(),
        );
    }
    if !asked.is_empty() {
        return Ok(asked.to_vec());
    }
    let terminal = std::io::stdout().is_terminal();
    let format = report::format(if terminal { "full" } else { "concise" });
    let format = format.expect("a registered format");
    Ok(vec![OutputTo { format, file: None }])
}

/// The clock, in ticks of an Edm.DateTimeOffset.
fn now() -> i64 {
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seconds = since_epoch.map_or(0, |elapsed| elapsed.as_secs());
    let ticks = i64::try_from(seconds)
        .unwrap_or(0)
        .saturating_mul(TICKS_PER_SECOND);
    date_time::UNIX_EPOCH_TICKS.saturating_add(ticks)
}

fn check_all(run: &Run<'_>, targets: &[Target], jobs: usize) -> Report {
    let jobs = match jobs {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => jobs,
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.clamp(1, MAX_JOBS))
        .build();
    let check = || {
        targets
            .par_iter()
            .map_init(Buffers::default, |buffers, target| {
                check_one(run, target, buffers)
            })
            .collect::<Vec<_>>()
    };
    let results = match pool {
        Ok(pool) => pool.install(check),
        Err(_) => {
            let mut buffers = Buffers::default();
            targets
                .iter()
                .map(|target| check_one(run, target, &mut buffers))
                .collect()
        }
    };
    let mut report = Report::default();
    for (file, fault) in results {
        report.errors.extend(fault.map(|message| RunError {
            file: file.path.clone(),
            message,
        }));
        report.files.push(file);
    }
    report
}

/// Checks one target; a panic costs this target's findings and no other's.
fn check_one(
    run: &Run<'_>,
    target: &Target,
    buffers: &mut Buffers,
) -> (FileReport, Option<String>) {
    let checked = catch_unwind(AssertUnwindSafe(|| run.check(target, buffers)));
    checked.unwrap_or_else(|_| {
        *buffers = Buffers::default();
        let report = FileReport {
            path: target.name.clone(),
            ..FileReport::default()
        };
        let message = "internal error; please report it with this file".to_owned();
        (report, Some(message))
    })
}

fn write_all(report: &Report, outputs: &[OutputTo], args: &CheckArgs) -> Exit {
    let options = output::render_options(args.color, args.fail_level.threshold());
    for error in &report.errors {
        output::note(&format!("error: {}: {}", error.file, error.message));
    }
    let mut exit = Exit::Clean;
    for to in outputs {
        if let Err(message) = output::write(report, to, &options) {
            output::note(&format!("error: {message}"));
            exit = Exit::Fault;
        }
    }
    exit
}

fn exit(report: &Report, fail_level: FailLevel) -> Exit {
    if !report.errors.is_empty() {
        return Exit::Fault;
    }
    let found = report.summary().found;
    let fails = |threshold: Severity| {
        found.errors > 0
            || threshold <= Severity::Warning && found.warnings > 0
            || threshold <= Severity::Info && found.infos > 0
    };
    if fail_level.threshold().is_some_and(fails) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

fn summary_line(summary: &Summary, elapsed: Duration) -> String {
    let Summary {
        files,
        payloads,
        found,
        not_shown,
        ..
    } = summary;
    let count = |number: usize, noun: &str| {
        format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
    };
    let mut line = format!(
        "{}, {}: {}, {}, {}",
        count(*files, "file"),
        count(*payloads, "payload"),
        count(found.errors, "error"),
        count(found.warnings, "warning"),
        count(found.infos, "info"),
    );
    if *not_shown > 0 {
        line += &format!(" ({not_shown} not shown)");
    }
    if summary.unreadable > 0 {
        line += &format!(", {} not read", count(summary.unreadable, "file"));
    }
    line + &format!(" in {}", time(elapsed))
}

fn time(elapsed: Duration) -> String {
    if elapsed.as_secs() > 0 {
        format!("{:.1} s", elapsed.as_secs_f64())
    } else {
        format!("{} ms", elapsed.as_millis())
    }
}
