//! What the rows come to. `cargo xtask test --full` makes the tables of
//! `docs/compatibility.md` of it.

use std::env;
use std::fs;
use std::io::{self, Write};

use slidewright_e2e::server::repository;

/// Whether this run is the whole matrix. If not, what it leaves out is noted, and
/// the test has to return.
#[must_use]
pub fn full(what: &str) -> bool {
    match env::var("SLIDEWRIGHT_MATRIX").as_deref() {
        Ok("full") => return true,
        Ok("short") | Err(_) => {}
        Ok(other) => panic!("SLIDEWRIGHT_MATRIX is short or full, not {other}"),
    }
    note(&["left out", what]);
    // Past the test runner's ears.
    let _ = io::stderr().write_all(format!("left out: {what}\n").as_bytes());
    false
}

/// Notes that what a column of a table asks holds in a row.
pub fn works(table: &str, row: &str, column: &str) {
    cell(table, row, column, "works");
}

/// Notes what a cell of a table says.
pub fn cell(table: &str, row: &str, column: &str, value: &str) {
    note(&[table, row, column, value]);
}

/// One file a note, since tests run beside each other.
fn note(words: &[&str]) {
    let folder = repository().join("target/matrix/results");
    fs::create_dir_all(&folder).expect("a folder for the results");
    let (_, key) = words.split_last().expect("words");
    let name = match key {
        ["left out"] => words.join(" "),
        key => key.join(" "),
    };
    let name: String = name
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() || ".-".contains(it) {
                it
            } else {
                '_'
            }
        })
        .collect();
    fs::write(folder.join(name), words.join("\t")).expect("a note of the result");
}
