//! Findings counted by rule, category and file.
//!
//! Owns the counting and the plain table. What a report counts and does not show is in it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::full::conclusion;
use super::{Counts, RenderOptions, Report, Summary, count, palette::Palette, sanitize};
use crate::diagnostic::{Category, Severity};

/// The figures of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// Totals, with what is not shown or hidden.
    pub summary: Summary,
    /// Findings that the policy or a baseline took out.
    pub silenced: usize,
    /// By rule, most findings first, then by name.
    pub rules: Vec<(String, Counts)>,
    /// By category, likewise.
    pub categories: Vec<(String, Counts)>,
    /// By file, likewise; names are not yet safe to print.
    pub files: Vec<(String, Counts)>,
}

/// A number with its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    /// What is counted.
    pub(super) name: &'static str,
    /// How many there are.
    pub(super) number: usize,
    /// How grave that is.
    pub(super) severity: Option<Severity>,
}

impl Statistics {
    /// Counts.
    #[must_use]
    pub fn new(report: &Report) -> Self {
        Self {
            summary: report.summary(),
            silenced: report.files.iter().map(|file| file.silenced).sum(),
            rules: by(report, |_, rule, _| rule),
            categories: by(report, |_, _, category| category.name()),
            files: by(report, |path, _, _| path),
        }
    }

    /// The figures that a report begins with: those that are seldom anything but zero only where
    /// they are not.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let Summary {
            found,
            files,
            payloads,
            not_shown,
            hidden,
            fixable,
            unreadable,
            omitted,
        } = self.summary;
        let error = Some(Severity::Error);
        let always = [
            ("errors", found.errors, error),
            ("warnings", found.warnings, Some(Severity::Warning)),
            ("infos", found.infos, Some(Severity::Info)),
            ("files", files, None),
            ("payloads", payloads, None),
        ];
        let seldom = [
            ("not checked", unreadable, error),
            ("fixable", fixable.safe, None),
            ("fixable unsafely", fixable.not_safe, None),
            ("not shown", not_shown, None),
            ("hidden", hidden, None),
            ("suppressed", self.silenced, None),
            ("passed over", omitted.passed_over, None),
            ("rules off", omitted.rules_off, None),
            ("severities lowered", omitted.severities_lowered, None),
        ];
        let seldom = seldom.into_iter().filter(|(_, number, _)| *number > 0);
        let all = always.into_iter().chain(seldom);
        all.map(|(name, number, severity)| Figure {
            name,
            number,
            severity: severity.filter(|_| number > 0),
        })
        .collect()
    }

    /// Writes what is found as tables for people.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_tables(&self, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
        let palette = Palette::new(options);
        for (heading, rows) in [
            ("Rule", &self.rules),
            ("Category", &self.categories),
            ("File", &self.files),
        ] {
            write_table(heading, rows, &palette, out)?;
        }
        Ok(())
    }

    /// Writes the totals as sentences.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_totals(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", conclusion(&self.summary))?;
        if let Some(fixable) = self.summary.fixable.words() {
            writeln!(out, "{fixable}.")?;
        }
        if self.silenced > 0 {
            writeln!(out, "{} suppressed.", count(self.silenced, "finding"))?;
        }
        Ok(())
    }
}

/// The findings by a key made of their file, rule and category.
fn by<'a>(
    report: &'a Report,
    key: fn(&'a str, &'static str, Category) -> &'a str,
) -> Vec<(String, Counts)> {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for file in &report.files {
        for located in &file.diagnostics {
            let rule = located.diagnostic.rule;
            let count = counts.entry(key(&file.path, rule.name, rule.category));
            count.or_default().add(located.diagnostic.severity);
        }
        let counted = file.not_shown.by_rule().chain(file.hidden.by_rule());
        for (rule, category, more) in counted {
            *counts.entry(key(&file.path, rule, category)).or_default() += more;
        }
    }
    let mut rows: Vec<(String, Counts)> = counts
        .into_iter()
        .map(|(name, counts)| (name.to_owned(), counts))
        .collect();
    rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.total()));
    rows
}

fn write_table(
    heading: &str,
    rows: &[(String, Counts)],
    palette: &Palette,
    out: &mut dyn Write,
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = rows.iter().map(|(name, _)| sanitize::path(name)).collect();
    let width = names
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0)
        .max(heading.len());
    let head = format!("{heading:width$}  errors  warnings  infos  total");
    writeln!(out, "{}", palette.message.style(head))?;
    for (name, (_, counts)) in names.iter().zip(rows) {
        let Counts {
            errors,
            warnings,
            infos,
        } = counts;
        writeln!(
            out,
            "{name:width$}  {errors:>6}  {warnings:>8}  {infos:>5}  {:>5}",
            counts.total()
        )?;
    }
    writeln!(out)
}
