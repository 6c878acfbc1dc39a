//! The first table of a section, row by row.
//!
//! These tables are not clean Markdown: cells break over lines, descriptions hold bare pipes,
//! sub-headings stand among the rows. The tolerances are (t1) a row that does not end in a pipe
//! goes on up to the line that does, (t2) what is beyond the last column belongs to it, (t3) a row
//! of one bold text is a sub-heading. Knows nothing of what the columns mean.

use super::english::Line;

/// A table without its delimiter row and sub-headings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// Line of a further table in the same section, which is not read.
    pub(super) further: Option<usize>,
}

/// A row; as many cells as the header has, fewer only where the page has fewer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// Reads the first table among the lines.
pub(super) fn first(lines: &[Line]) -> Option<Table> {
    let mut rows = logical_rows(lines).into_iter().peekable();
    let header = rows.next()?;
    rows.next_if(is_delimiter)?;
    let width = header.cells.len();
    let mut table = Table {
        header: header.cells,
        ..Table::default()
    };
    while let Some(row) = rows.next() {
        if rows.peek().is_some_and(is_delimiter) {
            table.further = Some(row.line);
            break;
        }
        if !is_subheading(&row) {
            table.rows.push(join_surplus(row, width));
        }
    }
    Some(table)
}

/// Rows as they are meant: broken ones joined (t1).
fn logical_rows(lines: &[Line]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let text = line.text.trim();
        let mut next = at + 1;
        if text.starts_with('|') {
            let (joined, used) = close(text, &lines[next..]);
            rows.push(Row {
                line: line.number,
                cells: cells(&joined),
            });
            next += used;
        }
        at = next;
    }
    rows
}

/// The whole row that begins with `text`, and how many further lines it takes.
fn close(text: &str, further: &[Line]) -> (String, usize) {
    if text.len() > 1 && text.ends_with('|') {
        return (text.to_owned(), 0);
    }
    let mut joined = text.to_owned();
    for (index, line) in further.iter().enumerate() {
        let more = line.text.trim();
        if more.starts_with('|') && more.len() > 1 {
            break;
        }
        joined.push(' ');
        joined.push_str(more);
        if more.ends_with('|') {
            return (joined, index + 1);
        }
    }
    (text.to_owned(), 0)
}

/// Cells between pipes; `\|` is a pipe of the text.
fn cells(row: &str) -> Vec<String> {
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').unwrap_or(row);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in row.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            c => {
                let cell = cells.last_mut().expect("never empty");
                if c == '|' {
                    cell.pop();
                }
                cell.push(c);
            }
        }
        escaped = c == '\\' && !escaped;
    }
    for cell in &mut cells {
        *cell = cell.trim().to_owned();
    }
    cells
}

fn is_delimiter(row: &Row) -> bool {
    row.cells
        .iter()
        .all(|cell| cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}

/// (t3)
fn is_subheading(row: &Row) -> bool {
    let bold = row.cells[0].starts_with("**") && row.cells[0].ends_with("**");
    bold && row.cells[1..].iter().all(String::is_empty)
}

/// (t2)
fn join_surplus(mut row: Row, width: usize) -> Row {
    if width > 0 && row.cells.len() > width {
        let surplus = row.cells.split_off(width - 1).join("|");
        row.cells.push(surplus);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Option<Table> {
        let lines: Vec<Line> = text
            .lines()
            .enumerate()
            .map(|(index, text)| Line {
                number: index + 1,
                text: text.to_owned(),
            })
            .collect();
        first(&lines)
    }

    type Expected<'a> = &'a [(usize, &'a [&'a str])];

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let table = table(text).expect("a table");
        table
            .rows
            .into_iter()
            .map(|row| (row.line, row.cells))
            .collect()
    }

    #[test]
    fn rows_with_their_tolerances() {
        let cases: [(&str, Expected<'_>); 9] = [
            ("|a|b|c|\n", &[(3, &["a", "b", "c"])]),
            ("| a | b | |\n", &[(3, &["a", "b", ""])]),
            (
                "|a|b|one\n\ntwo`.|\n|d|e|f|",
                &[(3, &["a", "b", "one  two`."]), (6, &["d", "e", "f"])],
            ),
            (
                "|a|b|c\n|d|e|f|",
                &[(3, &["a", "b", "c"]), (4, &["d", "e", "f"])],
            ),
            ("|a|b|c\n\nafterwards", &[(3, &["a", "b", "c"])]),
            ("|a|b|x|y| z|", &[(3, &["a", "b", "x|y|z"])]),
            ("|a|b|x\\|y|", &[(3, &["a", "b", "x|y"])]),
            ("|**On**|\n|**On**||\n|a|b|c|", &[(5, &["a", "b", "c"])]),
            ("|a|b|\n", &[(3, &["a", "b"])]),
        ];
        for (text, expected) in cases {
            let expected: Vec<(usize, Vec<String>)> = expected
                .iter()
                .map(|(line, cells)| (*line, cells.iter().map(|c| (*c).to_owned()).collect()))
                .collect();
            let got = rows(&format!("|N|T|D|\n|:--|---|:-:|\n{text}"));
            assert_eq!(got, expected, "{text}");
        }
    }

    #[test]
    fn one_table_a_section() {
        assert_eq!(table("no table\n"), None);
        assert_eq!(table("|a|b|\n|c|d|\n"), None);
        let two = table("|N|\n|--|\n|a|\n\n|M|\n|--|\n|b|\n").expect("a table");
        assert_eq!((two.rows.len(), two.further), (1, Some(5)));
        assert_eq!(table("|N|\n|--|\n").expect("a table").rows, []);
    }
}
