//! The page for whoever has trouble is looked through for what is on the screen or in
//! the console, so that it has to quote both word by word.

use crate::Outcome;
use crate::markdown::Document;
use crate::project::{self, Project};
use crate::source::Finding;

const PAGE: &str = "docs/troubleshooting.md";

/// Where our texts are: the catalogue, the shell, and what is said to developers.
const SAID: [&str; 4] = [
    "src/view/messages.rs",
    "src/browser/options.rs",
    "src/browser/descriptor.rs",
    "pkg/src",
];

/// Quoted headings that nothing says.
///
/// # Errors
///
/// A file that cannot be read.
pub fn unsaid(project: &Project) -> Outcome<Vec<Finding>> {
    let mut said = String::new();
    for place in SAID {
        let path = project.path(place);
        let files = if path.is_dir() {
            project.files(place)?
        } else {
            vec![path]
        };
        for file in files {
            said.push_str(&project::read_text(&file)?);
        }
    }
    let page = project::read_text(&project.path(PAGE))?;
    Ok(unsaid_in(&page, &said))
}

/// Headings in quotes of which `said` lacks a piece. An ellipsis in them stands for what
/// is different each time; several quotes of one heading each count.
pub fn unsaid_in(page: &str, said: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    // As it is read in a source.
    let said = said.replace("\\\"", "\"").replace("\\'", "'");
    for heading in Document::read(page).headings {
        // Text between curly quotes; what is outside is ours to say.
        for quote in heading.text.split('“').skip(1) {
            let quote = quote.split('”').next().unwrap_or_default();
            let mut pieces = quote.split('…').map(str::trim);
            if let Some(piece) = pieces.find(|piece| !said.contains(piece)) {
                findings.push(Finding {
                    path: PAGE.into(),
                    line: heading.line,
                    what: format!("neither widget nor console says “{piece}”"),
                });
            }
        }
    }
    findings
}
