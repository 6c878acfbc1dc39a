//! Every format over the same reports: the text it prints, and that no text of a payload gets out.

use std::collections::HashSet;
use std::path::Path;

use serde_json::Value;

use super::*;
use crate::diagnostic::locate;
use crate::golden;
use crate::json::Span;
use crate::report::samples::{self, print};
use crate::source::LineIndex;

/// Compares a report with the golden file of this name.
fn hold(name: &str, printed: &str) {
    golden::hold(Path::new("src/report/golden").join(name), printed);
}

fn plain() -> RenderOptions {
    RenderOptions::default()
}

#[test]
fn golden_files() {
    for format in FORMATS {
        hold(
            &format!("{}.txt", format.name),
            &print(format.name, &samples::report(), &plain()),
        );
    }
}

#[test]
fn golden_files_of_hostile_text() {
    for format in FORMATS {
        let name = format!("hostile/{}.txt", format.name);
        hold(&name, &print(format.name, &samples::hostile(), &plain()));
    }
}

#[test]
fn golden_files_of_other_options() {
    let ascii = RenderOptions {
        unicode: false,
        width: 60,
        ..plain()
    };
    hold(
        "full-ascii-60.txt",
        &print("full", &samples::report(), &ascii),
    );
    let color = RenderOptions {
        color: true,
        hyperlinks: true,
        ..plain()
    };
    hold("full-color.txt", &print("full", &samples::report(), &color));
    for name in ["concise", "grouped"] {
        let printed = print(name, &samples::report(), &color);
        hold(&format!("{name}-color.txt"), &printed);
    }
    let strict = RenderOptions {
        fail_level: Some(Severity::Info),
        ..plain()
    };
    hold(
        "junit-fail-level-info.txt",
        &print("junit", &samples::report(), &strict),
    );
    let mut tables = Vec::new();
    let statistics = statistics::Statistics::new(&samples::report());
    statistics.write_tables(&plain(), &mut tables).unwrap();
    statistics.write_totals(&mut tables).unwrap();
    hold("statistics.txt", &String::from_utf8(tables).unwrap());
}

#[test]
fn formats_have_names_of_their_own() {
    let names: HashSet<&str> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(names.len(), FORMATS.len());
    assert!(format("full").is_some_and(|format| format.frames));
    assert!(format("xml").is_none());
}

#[test]
fn full_fits_its_width() {
    for width in [60, 80, 120] {
        let options = RenderOptions { width, ..plain() };
        let printed = print("full", &samples::report(), &options);
        let body = printed.trim_end().rsplit_once('\n').unwrap().0;
        for line in body.lines() {
            assert!(
                textwrap::core::display_width(line) <= width,
                "{width}: {line}"
            );
        }
    }
}

#[test]
fn gutters_of_lines_that_are_far_apart_are_aligned() {
    for (last, gutter) in [(9, 3), (10, 4), (12, 4), (100, 5), (1000, 6)] {
        let text = "\"x\",\n".repeat(last - 1) + "\"y\"";
        let mut diagnostic = samples::report().files[1].diagnostics[1].diagnostic.clone();
        diagnostic.span = samples::span(&text, "\"y\"");
        diagnostic.labels[0].span = Span::new(0, 3);
        diagnostic.operands.clear();
        diagnostic.help = None;
        let located = locate(diagnostic, &LineIndex::new(&text), true);
        let printed = print("full", &one_file(vec![located]), &plain());
        for line in printed
            .lines()
            .filter(|line| line.contains(['│', '╭', '·']))
        {
            let column = line.chars().position(|c| "│╭·".contains(c));
            assert_eq!(column, Some(gutter), "{printed}");
        }
        assert!(printed.contains("a:1:1]") || last == 1, "{printed}");
    }
}

#[test]
fn pages_of_rules_are_where_the_project_is() {
    assert_eq!(page_url("", "x"), None);
    let version = env!("CARGO_PKG_VERSION");
    let page = format!("https://example.com/a/blob/v{version}/docs/rules/x.md");
    for repository in ["", "/", ".git"].map(|end| format!("https://example.com/a{end}")) {
        assert_eq!(page_url(&repository, "x").as_ref(), Some(&page));
    }
}

/// What a format says of where a rule is explained leads there: nothing is a path within the
/// project, which no reader of a report has.
#[test]
fn no_format_tells_a_path_that_leads_nowhere() {
    let report = samples::report();
    for format in FORMATS {
        let printed = print(format.name, &report, &plain());
        for at in printed.match_indices(RULE_PAGES).map(|(at, _)| at) {
            let before = printed[..at].rsplit(['"', ' ', '(']).next().unwrap();
            assert!(before.starts_with("https://"), "{}", format.name);
        }
    }
    let json: Value = serde_json::from_str(&print("json", &report, &plain())).unwrap();
    let sarif: Value = serde_json::from_str(&print("sarif", &report, &plain())).unwrap();
    let url = rule_url(&samples::ENDS_BEFORE_START);
    let diagnostics = json["diagnostics"].as_array().unwrap();
    let found = |one: &&Value| one["rule"] == samples::ENDS_BEFORE_START.name;
    let diagnostic = diagnostics.iter().find(found).unwrap();
    assert_eq!(diagnostic.get("url"), Some(&Value::from(url.clone())));
    let driver = &sarif["runs"][0]["tool"]["driver"];
    let url = url.map(Value::from);
    assert_eq!(driver["rules"][0].get("helpUri"), url.as_ref());
    let project = project_url().map(Value::from);
    assert_eq!(driver.get("informationUri"), project.as_ref());
}

#[test]
fn every_format_carries_the_help() {
    let report = samples::report();
    for format in FORMATS {
        let printed = print(format.name, &report, &plain());
        let words: Vec<&str> = printed.split_whitespace().collect();
        let words = words.join(" ");
        for located in report.files.iter().flat_map(|file| &file.diagnostics) {
            let help = located.diagnostic.help.as_deref().unwrap_or_default();
            let help = help.trim_matches('`').replace('`', "");
            let shown = words.replace("<code>", "").replace("</code>", "");
            assert!(
                shown.replace('`', "").contains(&help),
                "{}: {help}",
                format.name
            );
        }
    }
}

/// Neither alone nor beside the report on the file that could not be read.
#[test]
fn what_could_not_be_read_looks_clean_in_no_format() {
    let error = RunError {
        file: "dir/locked.json".to_owned(),
        message: "permission denied".to_owned(),
    };
    let file = FileReport {
        path: error.file.clone(),
        from_root: Some("root/dir/locked.json".into()),
        ..FileReport::default()
    };
    for files in [Vec::new(), vec![file]] {
        let named = files.len();
        let report = Report {
            files,
            errors: vec![error.clone()],
            ..Report::default()
        };
        for format in FORMATS {
            let printed = print(format.name, &report, &plain());
            for words in ["dir/locked.json", "permission denied"] {
                assert!(printed.contains(words), "{}: {printed}", format.name);
            }
        }
        let junit = print("junit", &report, &plain());
        let junit = quick_junit::Report::deserialize_from_str(&junit).unwrap();
        assert_eq!((junit.tests, junit.errors), (1, 1));
        for name in ["github", "azure", "gitlab", "sarif", "markdown"] {
            let printed = print(name, &report, &plain());
            let found = printed.matches("root/dir/locked.json").count();
            assert_eq!(found, named, "{name}: {printed}");
        }
    }
}

#[test]
fn full_takes_any_span_at_any_width() {
    let text = format!(
        "{{\t\"日本\": \"{}\",\r\n\"b\u{202e}\": 1}}\n",
        "é\u{1F600}x".repeat(80)
    );
    let index = LineIndex::new(&text);
    let template = samples::report().files[1].diagnostics[1].diagnostic.clone();
    for start in (0..text.len() + 3).step_by(7) {
        for length in [0, 1, 5, 30, 2000] {
            let mut diagnostic = template.clone();
            diagnostic.span = Span::new(start, start + length);
            diagnostic.labels[0].span = Span::new(start / 2, start / 2 + length);
            let report = one_file(vec![locate(diagnostic, &index, true)]);
            for width in [0, 80, 500] {
                let printed = print("full", &report, &RenderOptions { width, ..plain() });
                let shown = printed.contains("╭─[a:") && printed.contains("starts here");
                assert!(shown, "{start} {length}: {printed}");
            }
            print("html", &report, &plain());
        }
    }
}

fn one_file(diagnostics: Vec<Located>) -> Report {
    let file = FileReport {
        path: "a".to_owned(),
        diagnostics,
        ..FileReport::default()
    };
    Report {
        files: vec![file],
        ..Report::default()
    }
}

#[test]
fn fingerprints_are_unique_and_do_not_hang_on_places() {
    let report = samples::report();
    let mut all = Vec::new();
    for file in &report.files {
        let mut fingerprints = Fingerprints::new(&file.path);
        // Twice over: the second time each is one more of the same.
        for located in file.diagnostics.iter().chain(&file.diagnostics) {
            all.push(fingerprints.next(&located.diagnostic));
        }
    }
    let unique: HashSet<&String> = all.iter().collect();
    assert_eq!(unique.len(), all.len());
    let mut moved = report.files[1].diagnostics[0].diagnostic.clone();
    moved.span = Span::new(0, 0);
    moved.message = "".into();
    assert_eq!(
        Fingerprints::new("./fixtures/event.json").next(&moved),
        all[0]
    );
    // Baselines hold fingerprints: this one may never change.
    assert_eq!(all[0], "8145d830eff0e8d6454a736940bb3f34");
}

#[test]
fn what_is_fixable_is_counted_in_words() {
    for (safe, not_safe, words) in [
        (0, 0, None),
        (12, 0, Some("12 fixable with --fix")),
        (0, 1, Some("1 fixable with --fix --unsafe-fixes")),
        (
            12,
            3,
            Some("12 fixable with --fix, 3 more with --unsafe-fixes"),
        ),
    ] {
        assert_eq!(Fixable { safe, not_safe }.words().as_deref(), words);
    }
}

#[test]
fn the_summary_counts_what_is_not_shown() {
    let summary = samples::report().summary();
    let found = Counts {
        errors: 7,
        warnings: 4,
        infos: 2,
    };
    assert_eq!(summary.found, found);
    assert_eq!(
        (summary.not_shown, summary.unreadable, summary.payloads),
        (3, 1, 7)
    );
    let fixable = Fixable {
        safe: 6,
        not_safe: 6,
    };
    assert_eq!(summary.fixable, fixable);
    let one = Summary {
        files: 1,
        payloads: 1,
        found: Counts {
            errors: 1,
            ..Counts::default()
        },
        ..Summary::default()
    };
    let table = [
        (Summary::default(), "No findings in 0 files (0 payloads)."),
        (one, "Found 1 error in 1 file (1 payload)."),
    ];
    for (summary, expected) in table {
        assert_eq!(full::conclusion(&summary), expected);
    }
}

/// The options that change what text formats print.
fn looks() -> [RenderOptions; 3] {
    [
        plain(),
        RenderOptions {
            unicode: false,
            width: 40,
            ..plain()
        },
        RenderOptions {
            fail_level: None,
            width: 200,
            ..plain()
        },
    ]
}

#[test]
fn no_character_that_acts_or_hides_gets_out() {
    for format in FORMATS {
        for options in looks() {
            for report in [samples::hostile(), samples::report()] {
                let printed = print(format.name, &report, &options);
                let hidden = printed
                    .chars()
                    .find(|c| *c != '\n' && !sanitize::is_visible(*c));
                assert_eq!(hidden, None, "{}", format.name);
            }
        }
    }
    let color = RenderOptions {
        color: true,
        hyperlinks: true,
        ..plain()
    };
    for Format { name, .. } in FORMATS {
        let printed = print(name, &samples::hostile(), &color);
        assert_eq!(
            printed.contains('\u{1b}'),
            ["full", "concise", "grouped"].contains(name),
            "{name}"
        );
        let hidden = printed
            .chars()
            .find(|c| !matches!(c, '\n' | '\u{1b}') && !sanitize::is_visible(*c));
        assert_eq!(hidden, None);
        // Only the sequences that this program writes itself.
        for sequence in printed.split('\u{1b}').skip(1) {
            let own = sequence.starts_with("]8;;")
                || sequence.starts_with('\\')
                || style_sequence(sequence);
            assert!(own, "{sequence}");
        }
    }
}

fn style_sequence(text: &str) -> bool {
    text.strip_prefix('[')
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'))
        .is_some_and(|rest| rest.starts_with('m'))
}

/// A line as GitHub's runner reads it: `::command::` after white space, or the older
/// `##[command]` anywhere.
fn github_command(line: &str) -> Option<&str> {
    let trimmed = line.trim_start();
    if let Some(rest) = trimmed.strip_prefix("::")
        && let Some(end) = rest.find("::")
    {
        return rest[..end].split(' ').next();
    }
    bracketed(line, "##[")
}

/// A line as the agent of Azure Pipelines reads it: `##vso[command]` anywhere.
fn azure_command(line: &str) -> Option<&str> {
    bracketed(line, "##vso[")
}

fn bracketed<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = &line[line.find(prefix)? + prefix.len()..];
    rest[..rest.find(']')?].split(' ').next()
}

#[test]
fn no_foreign_command_gets_out() {
    assert_eq!(github_command("  ::error file=x::y"), Some("error"));
    assert_eq!(github_command("a ##[group]b"), Some("group"));
    assert_eq!(azure_command("a ##vso[task.x y=z]b"), Some("task.x"));
    for format in FORMATS {
        for options in looks() {
            let printed = print(format.name, &samples::hostile(), &options);
            for line in printed.lines() {
                let github = github_command(line);
                let azure = azure_command(line);
                match format.name {
                    "github" => assert_eq!((github, azure), (Some("error"), None), "{line}"),
                    "azure" => assert_eq!((github, azure), (None, Some("task.logissue")), "{line}"),
                    name => assert_eq!((github, azure), (None, None), "{name}: {line}"),
                }
            }
        }
    }
}

/// The properties of a workflow command as the runner undoes them.
fn github_property(line: &str, name: &str) -> String {
    let properties = line[2..].split("::").next().unwrap();
    let properties = properties.split_once(' ').unwrap().1;
    let property = properties
        .split(',')
        .find_map(|property| property.strip_prefix(&format!("{name}=")));
    let undone = property
        .unwrap()
        .replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%3A", ":");
    undone.replace("%2C", ",").replace("%25", "%")
}

#[test]
fn file_names_arrive_as_they_are() {
    let name = "a dir/50%25,\r\n:b;c].json";
    let mut report = samples::report();
    report.files.truncate(2);
    report.files[1].path = name.to_owned();
    report.errors[0].file = name.to_owned();
    let github = print("github", &report, &plain());
    assert!(
        github
            .lines()
            .all(|line| github_property(line, "file") == name)
    );
    let sarif: Value = serde_json::from_str(&print("sarif", &report, &plain())).unwrap();
    let uri = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        ["uri"];
    let decoded = percent_encoding::percent_decode_str(uri.as_str().unwrap())
        .decode_utf8()
        .unwrap();
    assert_eq!(decoded, name);
    let gitlab: Value = serde_json::from_str(&print("gitlab", &report, &plain())).unwrap();
    for issue in gitlab.as_array().unwrap() {
        assert_eq!(issue["location"]["path"], name);
    }
}

#[test]
fn every_document_parses() {
    for report in [samples::report(), samples::hostile(), Report::default()] {
        let shown = report.findings().count();
        let printed = |name| print(name, &report, &plain());
        let json: Value = serde_json::from_str(&printed("json")).unwrap();
        assert_eq!(json["diagnostics"].as_array().unwrap().len(), shown);
        let schema = serde_json::from_str(SCHEMA).unwrap();
        let validated = jsonschema::draft202012::new(&schema).unwrap();
        assert!(validated.is_valid(&json));
        let lines = printed("json-lines");
        let lines: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let (found, errors) = lines.split_at(shown);
        assert_eq!(found, json["diagnostics"].as_array().unwrap());
        assert_eq!(errors, json["errors"].as_array().unwrap());
        let sarif: Value = serde_json::from_str(&printed("sarif")).unwrap();
        assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), shown);
        let gitlab: Value = serde_json::from_str(&printed("gitlab")).unwrap();
        let fingerprints: HashSet<&str> = gitlab
            .as_array()
            .unwrap()
            .iter()
            .map(|issue| issue["fingerprint"].as_str().unwrap())
            .collect();
        assert_eq!(fingerprints.len(), shown + report.errors.len());
        let junit = quick_junit::Report::deserialize_from_str(&printed("junit")).unwrap();
        assert!(junit.tests >= shown);
    }
}

#[test]
fn json_is_without_loss() {
    let report = samples::hostile();
    let json: Value = serde_json::from_str(&print("json", &report, &plain())).unwrap();
    let diagnostic = &json["diagnostics"][1];
    assert_eq!(diagnostic["message"], samples::HOSTILE);
    assert_eq!(diagnostic["file"], report.files[1].path);
    assert_eq!(diagnostic["labels"][0]["message"], samples::HOSTILE);
    assert_eq!(json["errors"][0]["file"], samples::HOSTILE);
}

#[test]
fn the_page_has_no_element_of_a_payload() {
    let printed = print("html", &samples::hostile(), &plain());
    assert_eq!(printed.matches("<script").count(), 1);
    assert_eq!(printed.matches("</script").count(), 1);
    assert!(!printed.contains("<!--"));
    for url in ["http:", "https:", "javascript:x)\"", "url("] {
        assert!(!printed.contains(url), "{url}");
    }
}

/// A report as the command makes it, with what it knows of the run.
fn with_origin(report: Report) -> Report {
    let origin = Origin {
        command: "autopilot-lint check --mode create 'a <b>'".to_owned(),
        revision: "2021-01".to_owned(),
        mode: "create",
        configuration: Some("team/autopilot-lint.toml".to_owned()),
        baseline: Some("known.json".to_owned()),
        date: Some("2026-11-01T00:00:00Z".to_owned()),
        redacted: true,
    };
    Report {
        origin: Some(origin),
        ..report
    }
}

#[test]
fn the_page_says_how_it_came_about() {
    hold(
        "html-clean.txt",
        &print("html", &with_origin(Report::default()), &plain()),
    );
    let page = print("html", &with_origin(samples::report()), &plain());
    for html in [
        concat!("<small>", env!("CARGO_PKG_VERSION"), "</small>"),
        "<code>autopilot-lint check --mode create &#39;a &lt;b&gt;&#39;</code>",
        "<dt>Revision</dt><dd>2021-01</dd>",
        "<dt>Mode</dt><dd>create</dd>",
        "<dt>Configuration</dt><dd><code>team/autopilot-lint.toml</code></dd>",
        "<dt>Baseline</dt><dd><code>known.json</code></dd>",
        "<dt>Date</dt><dd>2026-11-01T00:00:00Z</dd>",
        "<dt>Identifying values</dt><dd>masked</dd>",
    ] {
        assert!(page.contains(html), "{html}");
    }
    let without = print("html", &samples::report(), &plain());
    assert!(!without.contains("<dt>Date</dt>"));
}

#[test]
fn the_colour_of_the_page_is_that_of_the_worst_finding() {
    let of = |report: &Report| {
        let page = print("html", report, &plain());
        let (_, rest) = page.split_once("<p class=\"conclusion ").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let finding = |rule| samples::Finding {
        rule,
        message: "x",
        help: None,
        at: "x",
        labels: &[],
        operands: &[],
        fix: None,
    };
    for (rule, class) in [
        (&samples::ENDS_BEFORE_START, "error"),
        (&samples::STAGE_EXCEEDS, "warning"),
        (&samples::PLACEHOLDER, "info"),
    ] {
        let file = samples::file("a", "x", &[finding(rule)]);
        assert_eq!(of(&one_file(file.diagnostics)), class);
        let mut counted = FileReport::default();
        counted.hidden.add(&finding(rule).locate("x").diagnostic);
        let report = Report {
            files: vec![counted],
            ..Report::default()
        };
        assert_eq!(of(&report), class, "hidden");
    }
    assert_eq!(of(&one_file(Vec::new())), "clean");
    let unread = Report {
        errors: samples::report().errors,
        ..Report::default()
    };
    assert_eq!(of(&unread), "error");
}

/// Findings and filter come first, the rest folds, and every button has its target.
#[test]
fn the_page_is_in_order() {
    let template = &samples::report().files[1].diagnostics[0];
    let files = (0..71).map(|number| FileReport {
        path: format!("{number}.json"),
        diagnostics: vec![template.clone()],
        ..FileReport::default()
    });
    let mut report = samples::report();
    report.files.extend(files);
    let page = print("html", &report, &plain());
    let at = |html: &str| page.find(html).unwrap_or_else(|| panic!("{html}"));
    let order = [
        "<header>",
        "<form ",
        "<main ",
        "<section id=\"counts\">",
        "popover ",
    ]
    .map(at);
    assert!(order.is_sorted(), "{order:?}");
    // What does not fit is folded, not left out.
    let (_, more) = page.split_once("<summary>and 56 more</summary>").unwrap();
    assert_eq!(more.matches("data-filter=\"file\"").count(), 56);
    let ids: Vec<&str> = values(&page, "id=\"").collect();
    let unique: HashSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    let targets: HashSet<&str> = values(&page, "popovertarget=\"").collect();
    assert_eq!(targets.len(), 4);
    assert!(targets.iter().all(|target| ids.contains(target)));
    for text in [
        "Because &lt;it&gt; matters &amp; [so](on).",
        "Source: a page",
    ] {
        assert!(page.contains(text));
    }
}

fn values<'a>(page: &'a str, attribute: &'a str) -> impl Iterator<Item = &'a str> {
    let found = page.split(attribute).skip(1);
    found.filter_map(|rest| rest.split('"').next())
}

#[test]
fn sarif_keeps_the_limits() {
    let template = samples::report().files[1].diagnostics.clone();
    let diagnostics: Vec<Located> = template.iter().cycle().take(5100).cloned().collect();
    let mut report = one_file(diagnostics);
    for _ in 0..7 {
        report.files[0].not_shown.add(&template[0].diagnostic);
    }
    let sarif: Value = serde_json::from_str(&print("sarif", &report, &plain())).unwrap();
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 5000);
    assert_eq!(results[0]["level"], "error");
    let note = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(note["message"]["text"], "107 findings omitted");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(
            run["tool"]["driver"]["rules"][index]["id"],
            result["ruleId"]
        );
    }
}

/// Neither the time nor the size of the output hangs on how long the line is.
#[test]
fn a_long_line_with_many_findings_is_printed_at_once() {
    let text = format!("[{}1]", "\"0123456789\",".repeat(400_000));
    let index = LineIndex::new(&text);
    let template = samples::report().files[1].diagnostics[1].diagnostic.clone();
    let started = cpu_time::ThreadTime::now();
    let diagnostics = (0..1000).map(|number| {
        let mut diagnostic = template.clone();
        diagnostic.span = Span::new(1 + number * 5200, 13 + number * 5200);
        diagnostic.labels[0].span = Span::new(14, 26);
        locate(diagnostic, &index, true)
    });
    let report = one_file(diagnostics.collect());
    let printed = print(
        "full",
        &report,
        &RenderOptions {
            color: true,
            ..plain()
        },
    );
    let elapsed = started.elapsed();
    assert!(printed.len() < 4 << 20, "{}", printed.len());
    // Without optimisation; a rescan of the line for each finding takes minutes.
    assert!(elapsed.as_secs() < 20, "{elapsed:?}");
    assert!(printed.contains("a:1:5194802"));
    eprintln!("{elapsed:?}, {} bytes", printed.len());
}
