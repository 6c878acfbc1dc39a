//! `autopilot-lint check`.

use std::sync::Arc;
use std::time::{Instant, SystemTime};

use autopilot_lint::edm::{TICKS_PER_SECOND, date_time};
use autopilot_lint::model::table;
use autopilot_lint::policy::FailLevel;
use autopilot_lint::report::{self, FileReport, Report, RunError};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use super::across;
use super::args::{CheckArgs, Destination, OutputTo};
use super::ci;
use super::exit::Exit;
use super::governing::{Governing, Plan};
use super::known::Done;
use super::output::{self, Stream, fault};
use super::progress::Progress;
use super::run::{Buffers, Ended, Run, Shared};
use super::schema_file;
use super::spare::Spare;
use super::summary::{self, KeptOut};
use super::task::Task;
use super::walk::{self, Found, Target};

/// Most threads: more only cost memory.
const MAX_JOBS: usize = 64;
/// Files up to which a second thread gains nothing, if each is little.
const FEW: usize = 4;
/// Bytes up to which a file is little.
const LITTLE: u64 = 32 << 10;

pub(crate) fn run(args: &CheckArgs) -> Exit {
    check(args).unwrap_or_else(|message| fault(&message))
}

/// Checks what is asked for.
///
/// # Errors
/// What keeps it from being checked at all, in lines that are safe to print.
fn check(args: &CheckArgs) -> Result<Exit, String> {
    let started = Instant::now();
    let mut outputs = outputs(&args.output_format)?;
    if args.beside.ci && !ci::add_annotations(&mut outputs) && !args.quiet {
        output::note(
            "note: --ci has no effect: this is not GitHub Actions, Azure Pipelines or GitLab",
        );
    }
    let model = match &args.schema {
        Some(file) => schema_file::resource(file)?,
        None => table::autopilot_event(),
    };
    let model = Arc::new(model);
    let mut governing = Governing::new(args, &model)?;
    let Found {
        mut targets,
        errors,
        passed_over,
    } = walk::targets(&args.paths, args.stdin_filename.as_deref());
    let written = outputs.iter().filter_map(OutputTo::file);
    governing.leave_out_our_own(&mut targets, written.chain(args.schema.as_deref()));
    let now = args.now.unwrap_or_else(now);
    let times = outputs.iter().any(|to| to.format.times);
    let plan = governing.plan(&model, &targets, now, times);
    let plan = plan.map_err(|unknown| unknown.to_string())?;
    if targets.is_empty() && errors.is_empty() {
        output::note("note: no files to check");
    }
    if passed_over > 0 && !args.quiet {
        output::note(&format!(
            "note: {passed_over} skipped: special files, or links that lead outside the folder"
        ));
    }
    let redact = redacts(args);
    let progress = shows_progress(args).then(|| Progress::new(&targets));
    let progress = progress.flatten();
    let shared = Shared {
        frames: outputs.iter().any(|to| to.format.frames),
        redact,
        progress: progress.as_ref(),
    };
    let (files, ended) = check_all(&governing, &plan, &targets, args, shared);
    drop(progress);
    let mut report = gather(files, &ended, errors);
    governing.name_from_root(&mut report, &targets);
    let fail_level = governing.policy.fail_level(args.policy.fail_level);
    let kept_out = KeptOut {
        ignored: ended.iter().map(|ended| ended.tally.ignored).sum(),
        known: ended.iter().map(|ended| ended.tally.known).sum(),
        rules: plan.ways[0].0.rules.turned_off(),
        overridden: plan.of_target.iter().filter(|way| **way > 0).count(),
        fail_level,
        redact,
    };
    let written = write_all(&report, &outputs, args, fail_level);
    if args.beside.statistics {
        output::write_statistics(&report, args.color);
    }
    let concluded = conclude(&mut governing, &plan, &targets, &ended, args.quiet);
    if args.verbose {
        summary::details(&report, &governing);
    }
    if !args.quiet {
        let elapsed = started.elapsed();
        output::note(&summary::line(&report, &governing, kept_out, elapsed));
    }
    Ok(written.max(concluded).max(exit(&report, fail_level)))
}

/// The formats to print; the default where none is given.
pub(super) fn outputs(asked: &[OutputTo]) -> Result<Vec<OutputTo>, String> {
    use std::io::IsTerminal;
    let to_stdout = asked
        .iter()
        .filter(|to| to.to == Destination::StandardOutput);
    if to_stdout.count() > 1 {
        return Err(
            "only one format can go to standard output; send the others to files with NAME=FILE"
                .to_owned(),
        );
    }
    if !asked.is_empty() {
        return Ok(asked.to_vec());
    }
    let terminal = std::io::stdout().is_terminal();
    let format = report::format(if terminal { "full" } else { "concise" });
    let format = format.expect("a registered format");
    let to = Destination::StandardOutput;
    Ok(vec![OutputTo { format, to }])
}

/// Whether what may identify is kept out of the report.
fn redacts(args: &CheckArgs) -> bool {
    let asked = &args.beside.identities;
    asked.redact || !asked.no_redact && ci::is_detected()
}

fn shows_progress(args: &CheckArgs) -> bool {
    !args.beside.no_progress && !args.quiet
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

fn check_all(
    governing: &Governing,
    plan: &Plan,
    targets: &[Target],
    args: &CheckArgs,
    shared: Shared<'_>,
) -> (Vec<FileReport>, Vec<Ended>) {
    let threads = jobs(args.jobs, targets);
    let task = |(target, way): (_, &usize)| {
        let (settings, linter) = &plan.ways[*way];
        let run = Run {
            linter,
            max_file_size: args.max_file_size,
            max_diagnostics: args.max_diagnostics,
            threads,
            shared,
        };
        Task {
            target,
            run,
            settings,
            governing,
        }
    };
    let check = || {
        if args.across_files {
            let tasks = targets.iter().zip(&plan.of_target).map(task);
            let checked = across::check_all(&tasks.collect::<Vec<_>>());
            return checked.into_iter().unzip();
        }
        let spare = Spare::new();
        let tasks = targets.par_iter().zip(&plan.of_target).map(task);
        let checked = tasks.map(|task| {
            let mut buffers: Buffers = spare.take();
            let checked = task.check(&mut buffers, None);
            spare.put_back(buffers);
            checked
        });
        // Each where it stays: to move what thousands of files gave costs as much as to make it.
        let (mut files, mut ended) = (Vec::new(), Vec::new());
        checked.unzip_into_vecs(&mut files, &mut ended);
        (files, ended)
    };
    pool(threads).install(check)
}

/// Threads of our own, whatever the environment asks for. This one is one of them: a job alone
/// starts no other.
fn pool(jobs: usize) -> ThreadPool {
    let threads = ThreadPoolBuilder::new().num_threads(jobs);
    or_this_thread(threads.use_current_thread().build())
}

/// Where the system gives no threads, the one that there is.
fn or_this_thread(pool: Result<ThreadPool, ThreadPoolBuildError>) -> ThreadPool {
    pool.or_else(|_| {
        let this = ThreadPoolBuilder::new().num_threads(1);
        this.use_current_thread().build()
    })
    .expect("no thread to start")
}

/// How many threads to check `targets` with.
fn jobs(asked: usize, targets: &[Target]) -> usize {
    if is_little(targets) {
        return 1;
    }
    let jobs = match asked {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => jobs,
    };
    jobs.clamp(1, MAX_JOBS)
}

/// Whether all of it is checked sooner than a second thread is started.
fn is_little(targets: &[Target]) -> bool {
    let little = |target: &Target| target.bytes().is_some_and(|bytes| bytes <= LITTLE);
    targets.len() <= FEW && targets.iter().all(little)
}

/// The report, with what kept files from being checked to their end.
fn gather(files: Vec<FileReport>, ended: &[Ended], mut errors: Vec<RunError>) -> Report {
    let faults = files.iter().zip(ended).filter_map(|(file, ended)| {
        let message = ended.fault.clone()?;
        let file = file.path.clone();
        Some(RunError { file, message })
    });
    errors.extend(faults);
    Report {
        errors,
        files,
        ..Report::default()
    }
}

/// Writes the baseline that is asked for, and says what is stale.
fn conclude(
    governing: &mut Governing,
    plan: &Plan,
    targets: &[Target],
    ended: &[Ended],
    quiet: bool,
) -> Exit {
    let done = |name: &dyn Fn(&Target) -> Option<String>| -> Done {
        let checked = targets.iter().zip(&plan.of_target).zip(ended);
        let named = checked.filter_map(|((target, way), Ended { fault, tally })| {
            let rules = fault.is_none().then_some(plan.ways[*way].0.rules.set);
            Some((name(target)?, (rules, tally.clone())))
        });
        named.collect()
    };
    if !quiet && !governing.policy.config.ignored.is_empty() {
        governing.name_stale_ignores(&done(&|target| governing.name_in_config(target)));
    }
    let Some(mut known) = governing.known.take() else {
        return Exit::Clean;
    };
    let done = done(&|target| Some(governing.name_in_baseline(&known, target)));
    let concluded = known.conclude(&done, quiet);
    governing.known = Some(known);
    concluded.map_or_else(|message| fault(&message), |()| Exit::Clean)
}

fn write_all(
    report: &Report,
    outputs: &[OutputTo],
    args: &CheckArgs,
    fail_level: FailLevel,
) -> Exit {
    let options = output::render_options(Stream::Stdout, args.color, fail_level.threshold());
    if !output::are_one_screen(outputs) {
        for error in &report.errors {
            output::note(&format!("error: {}: {}", error.file, error.message));
        }
    }
    let write = |to: &OutputTo| output::write(report, to, &options);
    let faults = outputs.iter().filter_map(|to| write(to).err());
    let exits = faults.map(|message| fault(&message));
    exits.max().unwrap_or(Exit::Clean)
}

fn exit(report: &Report, fail_level: FailLevel) -> Exit {
    if !report.errors.is_empty() {
        Exit::Fault
    } else if fail_level.fails(&report.summary().found) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_that_the_system_does_not_give_are_done_without() {
        let refusing = ThreadPoolBuilder::new().num_threads(4);
        let refused = refusing.spawn_handler(|_| Err(std::io::ErrorKind::WouldBlock.into()));
        let sum = || (0..100).into_par_iter().sum::<i32>();
        assert_eq!(or_this_thread(refused.build()).install(sum), 4950);
    }

    #[test]
    fn no_more_threads_than_are_of_use() {
        let missing = walk::targets(&["missing".into()], None).targets;
        for (asked, given) in [(1, 1), (8, 8), (64, 64), (65, 64), (usize::MAX, 64)] {
            assert_eq!(jobs(asked, &missing), given);
        }
        assert!((1..=MAX_JOBS).contains(&jobs(0, &missing)));
    }
}
