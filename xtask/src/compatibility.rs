//! The compatibility matrix: what the tests of the packed tarball came to, and the
//! tables of `docs/compatibility.md` that are made of it.
//!
//! Each test leaves small files in a folder, with words between tabs: table, row,
//! column and what the cell says; or `left out` and what it was.

use std::collections::{BTreeMap, BTreeSet};

use crate::project::{self, Project};
use crate::{Failure, Outcome};

const PAGE: &str = "docs/compatibility.md";
const RESULTS: &str = "target/matrix/results";

/// A table: its name, what its rows are, and its columns.
type Table = (&'static str, &'static str, &'static [&'static str]);

const TABLES: [Table; 7] = [
    ("bundlers", "bundler", &["dev", "build", "wasm"]),
    (
        "next",
        "bundler",
        &["dev", "build", "`basePath`", "nonce policy"],
    ),
    (
        "frameworks",
        "framework",
        &["attributes", "properties", "events", "typed"],
    ),
    ("servers", "server", &["imports", "`require`", "page"]),
    (
        "engines",
        "engine",
        &[
            "files",
            "built",
            "inlined",
            "another origin",
            "strict policy",
        ],
    ),
    ("examples", "example", &["works", "with"]),
    ("entries", "entry", &["bytes"]),
];

/// What the tests left.
#[derive(Debug, Default)]
pub struct Results {
    /// By table and row, and then by column.
    cells: BTreeMap<(String, String), BTreeMap<String, String>>,
    /// What a short run did not try.
    pub left_out: BTreeSet<String>,
}

/// Forgets what earlier runs came to.
///
/// # Errors
///
/// The folder cannot be removed.
pub fn forget(project: &Project) -> Outcome {
    project::remove_folder(&project.path(RESULTS))
}

/// Notes that a row could not be tried, and why.
///
/// # Errors
///
/// It cannot be written.
pub fn not_tried(project: &Project, table: &str, row: &str, why: &str) -> Outcome {
    let columns = TABLES.iter().find(|(name, ..)| *name == table);
    let first = columns
        .and_then(|(_, _, columns)| columns.first())
        .unwrap_or(&"");
    let file = project.path(RESULTS).join(format!("{table}_{row}"));
    project::write(&file, format!("{table}\t{row}\t{first}\tnot tried: {why}"))
}

/// Reads what the tests left.
///
/// # Errors
///
/// A file cannot be read, or says something else.
pub fn results(project: &Project) -> Outcome<Results> {
    let mut notes = Vec::new();
    for path in project.files(RESULTS)? {
        notes.push(project::read_text(&path)?);
    }
    Results::parse(notes.iter().map(String::as_str))
}

/// Writes the tables of the page anew.
///
/// # Errors
///
/// A result has no place in the page, or a table no result.
pub fn write(project: &Project, results: &Results) -> Outcome {
    let path = project.path(PAGE);
    let page = results.fill(&project::read_text(&path)?)?;
    project::write(&path, page)
}

impl Results {
    /// From what the tests noted.
    ///
    /// # Errors
    ///
    /// A note of another shape, or about a table or column that there is not.
    pub fn parse<'a>(notes: impl IntoIterator<Item = &'a str>) -> Outcome<Self> {
        let mut results = Self::default();
        for note in notes {
            match *note.trim_end().split('\t').collect::<Vec<_>>() {
                ["left out", what] => {
                    results.left_out.insert(what.to_owned());
                }
                [table, row, column, value] if has(table, column) => {
                    let cells = results.cells.entry((table.to_owned(), row.to_owned()));
                    cells
                        .or_default()
                        .insert(column.to_owned(), value.to_owned());
                }
                _ => {
                    return Err(Failure::new(format!(
                        "a test of the compatibility matrix noted `{note}`, which is no cell of a table in xtask/src/compatibility.rs"
                    )));
                }
            }
        }
        Ok(results)
    }

    /// The page with these results between its marks.
    ///
    /// # Errors
    ///
    /// A table has no place in it, or no result.
    pub fn fill(&self, page: &str) -> Outcome<String> {
        let mut page = page.to_owned();
        for (name, heading, columns) in TABLES {
            let rows = self.rows(name, columns);
            if rows.is_empty() {
                return Err(Failure::new(format!("no test noted a result for {name}")));
            }
            let begin = format!("<!-- measured: {name} -->\n");
            let missing = || Failure::new(format!("{PAGE} has no place for {name}: `{begin}`"));
            let from = page.find(&begin).ok_or_else(missing)? + begin.len();
            let rest = page.get(from..).unwrap_or_default();
            let to = from + rest.find("<!-- end -->").ok_or_else(missing)?;
            let table = format!(
                "\n| {heading} | {} |\n|{}\n{rows}\n",
                columns.join(" | "),
                " --- |".repeat(columns.len() + 1),
            );
            page.replace_range(from..to, &table);
        }
        Ok(page)
    }

    fn rows(&self, table: &str, columns: &[&str]) -> String {
        let mut rows: Vec<_> = self
            .cells
            .iter()
            .filter(|((name, _), _)| name == table)
            .collect();
        rows.sort_by_key(|((_, row), _)| row.replace('`', "").to_lowercase());
        rows.into_iter()
            .map(|((_, row), cells)| {
                let cell = |column: &&str| cells.get(*column).map_or("–", String::as_str);
                let cells: Vec<_> = columns.iter().map(cell).collect();
                format!("| {row} | {} |\n", cells.join(" | "))
            })
            .collect()
    }
}

fn has(table: &str, column: &str) -> bool {
    TABLES
        .iter()
        .any(|(name, _, columns)| *name == table && columns.contains(&column))
}
