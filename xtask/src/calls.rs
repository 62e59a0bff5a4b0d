//! Each provider's page names every path that its dialect calls: from these lists relays
//! are made, and a path that they lack is a feature that fails on somebody's site.

use crate::Outcome;
use crate::project::{self, Project};
use crate::source::Finding;

/// The one dialect that is no description, and the pages that together name its paths.
const PRESENTON: &str = "src/provider/presenton.rs";
const PRESENTON_PAGES: [&str; 2] = [
    "docs/providers/presenton.md",
    "docs/providers/presenton-v3.md",
];

/// Where descriptions are; each has a page of its name.
const DESCRIPTIONS: [&str; 2] = ["src/provider", "pkg/descriptors"];

/// Paths that are called, and that no page names.
///
/// # Errors
///
/// A file that cannot be read, such as the page of a provider that has none.
pub fn unnamed(project: &Project) -> Outcome<Vec<Finding>> {
    let mut text = String::new();
    for page in PRESENTON_PAGES {
        text.push_str(&project::read_text(&project.path(page))?);
    }
    let source = project::read_text(&project.path(PRESENTON))?;
    let mut findings = unnamed_in(PRESENTON, &source, PRESENTON_PAGES[0], &text);
    for folder in DESCRIPTIONS {
        for path in project.files(folder)? {
            if path.extension().is_none_or(|it| it != "json") {
                continue;
            }
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let page = format!("docs/providers/{name}.md");
            findings.extend(unnamed_in(
                &project.relative(&path),
                &project::read_text(&path)?,
                &page,
                &project::read_text(&project.path(&page))?,
            ));
        }
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
