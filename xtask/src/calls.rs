//! Each provider's page names every path that its dialect calls: from these lists relays
//! are made, and a path that they lack is a feature that fails on somebody's site.

use crate::Outcome;
use crate::project::{self, Project};
use crate::source::Finding;

/// A dialect's source, and the pages that together name its paths.
const PAGES: [(&str, &[&str]); 6] = [
    (
        "src/provider/presenton.rs",
        &[
            "docs/providers/presenton.md",
            "docs/providers/presenton-v3.md",
        ],
    ),
    (
        "src/provider/chronicle.json",
        &["docs/providers/chronicle.md"],
    ),
    ("src/provider/duomi.json", &["docs/providers/duomi.md"]),
    (
        "src/provider/perceptis.json",
        &["docs/providers/perceptis.md"],
    ),
    ("pkg/descriptors/gamma.json", &["docs/providers/gamma.md"]),
    (
        "pkg/descriptors/slidespeak.json",
        &["docs/providers/slidespeak.md"],
    ),
];

/// Paths that are called, and that no page names.
///
/// # Errors
///
/// A file that cannot be read.
pub fn unnamed(project: &Project) -> Outcome<Vec<Finding>> {
    let mut findings = Vec::new();
    for (dialect, pages) in PAGES {
        let source = project::read_text(&project.path(dialect))?;
        let mut text = String::new();
        for page in pages {
            text.push_str(&project::read_text(&project.path(page))?);
        }
        findings.extend(unnamed_in(dialect, &source, pages[0], &text));
    }
    Ok(findings)
}

/// Paths in a dialect's source that a page's text lacks: the literals that begin like one.
pub fn unnamed_in(dialect: &str, source: &str, page: &str, text: &str) -> Vec<Finding> {
    let literals = source.split('"').skip(1).step_by(2);
    literals
        .filter(|literal| literal.starts_with("/api/") || literal.starts_with("/v1"))
        // Whole, and not as the beginning of another one.
        .filter(|path| {
            let id = if path.ends_with('/') { "{id}" } else { "" };
            !text.contains(&format!(" {path}{id}`"))
        })
        .map(|path| Finding {
            path: page.to_owned(),
            line: 0,
            what: format!("lacks the call `{path}` of {dialect}"),
        })
        .collect()
}
