//! The fault matrix of `docs/reliability.md` and the tests it speaks of have to be
//! the same: every row names a test that is there, and the engines in which it
//! runs; every test of a fault has its row.

use crate::project::Project;
use crate::source::Finding;
use crate::{Outcome, project};

const TABLE: &str = "docs/reliability.md";
const FOLDER: &str = "tests/e2e/tests/faults";

/// Tests of the tools that the others use.
const HARNESS: &str = "what_a_test_does_to_the_world_reaches_the_page";

const ENGINES: [&str; 3] = ["Chromium", "Firefox", "WebKit"];

/// A test as its source has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Test {
    /// File and function: `a_file::a_test`.
    pub name: String,
    /// Where it runs.
    pub engines: Vec<&'static str>,
}

/// Where table and tests differ.
///
/// # Errors
///
/// One of them cannot be read.
pub fn differences(project: &Project) -> Outcome<Vec<Finding>> {
    let table = project::read_text(&project.path(TABLE))?;
    let mut tests = Vec::new();
    for path in project.files(FOLDER)? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if stem != HARNESS {
            tests.extend(tests_in(&stem, &project::read_text(&path)?));
        }
    }
    Ok(compare(&table, &tests))
}

/// Where a table and tests differ.
pub fn compare(table: &str, tests: &[Test]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut found = |line: usize, what: String| {
        findings.push(Finding {
            path: TABLE.into(),
            line,
            what,
        });
    };
    let mut named = Vec::new();
    for (at, line) in table.lines().enumerate() {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        // A row begins and ends with a bar: four cells, and nothing on both sides.
        let ["", _, _, names, engines, ""] = cells[..] else {
            continue;
        };
        for name in names.split(", ").filter_map(|name| {
            let name = name.strip_prefix('`')?.strip_suffix('`')?;
            name.contains("::").then_some(name)
        }) {
            named.push(name);
            let Some(test) = tests.iter().find(|test| test.name == name) else {
                found(at + 1, format!("there is no test `{name}` in {FOLDER}"));
                continue;
            };
            let said = engines_in(engines);
            if said != test.engines {
                let runs = test.engines.join(", ");
                found(at + 1, format!("`{name}` runs in {runs}, not in {engines}"));
            }
        }
    }
    for test in tests {
        if !named.contains(&test.name.as_str()) {
            found(0, format!("`{}` has no row", test.name));
        }
    }
    findings
}

/// Every engine for `all`, otherwise those that are named before a semicolon: what
/// follows it says why.
fn engines_in(cell: &str) -> Vec<&'static str> {
    let list = cell.split(';').next().unwrap_or(cell);
    let named = |engine: &&str| list == "all" || list.split(", ").any(|word| word == *engine);
    ENGINES.into_iter().filter(|engine| named(engine)).collect()
}

/// The tests of a file, and the engines that each names with `only`.
pub fn tests_in(file: &str, source: &str) -> Vec<Test> {
    let mut tests = Vec::new();
    for body in source.split("#[tokio::test").skip(1) {
        let Some((_, rest)) = body.split_once("async fn ") else {
            continue;
        };
        let Some((name, rest)) = rest.split_once('(') else {
            continue;
        };
        let only = rest
            .split_once("only(&[")
            .and_then(|(_, list)| list.split_once(']'));
        let engines = match only {
            None => ENGINES.to_vec(),
            Some((list, _)) => {
                let named = |engine: &&str| list.contains(&format!("Engine::{engine}"));
                ENGINES.into_iter().filter(named).collect()
            }
        };
        tests.push(Test {
            name: format!("{file}::{name}"),
            engines,
        });
    }
    tests
}
