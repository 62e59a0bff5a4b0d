//! No link of the documentation leads nowhere: neither in the Markdown that a
//! repository shows, nor in the built book, nor in what the package holds.
//!
//! Other sites are never asked; of an address elsewhere nothing is known but that it
//! is one of the web.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::markdown::Document;
use crate::project::{self, Project};
use crate::source::Finding;
use crate::{Outcome, pack};

/// What registries show: there, a relative link is one to the registry's own pages.
const SHOWN_ELSEWHERE: [&str; 1] = ["pkg/README.md"];

/// Broken links in every Markdown file that is tracked or about to be.
///
/// # Errors
///
/// No git, or a file that cannot be read.
pub fn broken(project: &Project) -> Outcome<Vec<Finding>> {
    let mut texts = BTreeMap::new();
    for path in project.tracked()? {
        let is_markdown = Path::new(&path).extension().is_some_and(|it| it == "md");
        if is_markdown {
            texts.insert(path.clone(), project::read_text(&project.path(&path))?);
        }
    }
    let packed = pack::BESIDE.map(|(from, _)| from);
    Ok(among(&texts, &packed, |path| project.path(path).exists()))
}

/// Broken links in these texts, by their paths from the root; `packed` are those that
/// also lie in the package, without the others.
pub fn among(
    texts: &BTreeMap<String, String>,
    packed: &[&str],
    exists: impl Fn(&str) -> bool,
) -> Vec<Finding> {
    let documents: BTreeMap<_, _> = texts
        .iter()
        .map(|(path, text)| (path.as_str(), Document::read(text)))
        .collect();
    let mut findings = Vec::new();
    for (path, document) in &documents {
        for link in &document.links {
            let wrong = match Target::of(path, &link.target) {
                Target::Web => None,
                Target::Other => Some("is neither a path nor an address of the web".to_owned()),
                Target::File { path: to, anchor } => {
                    let there = exists(&to);
                    let known = |anchor: &String| {
                        documents.get(to.as_str()).is_some_and(|it| it.has(anchor))
                    };
                    let is_own = to == *path;
                    if !there {
                        Some(format!("leads to {to}, which is not there"))
                    } else if anchor.as_ref().is_some_and(|anchor| !known(anchor)) {
                        Some(format!("leads to no heading of {to}"))
                    } else if SHOWN_ELSEWHERE.contains(path) && !is_own {
                        Some("leads nowhere at a registry, which shows this page".into())
                    } else if packed.contains(path) && !packed.contains(&to.as_str()) && !is_own {
                        Some(format!("leads to {to}, which the package lacks"))
                    } else {
                        None
                    }
                }
            };
            findings.extend(wrong.map(|wrong| Finding {
                path: (*path).to_owned(),
                line: link.line,
                what: format!("`{}` {wrong}", link.target),
            }));
        }
    }
    findings
}

/// Broken links in a folder of HTML, and whatever its pages would fetch from another
/// host.
///
/// # Errors
///
/// A file that cannot be read.
pub fn broken_in_pages(folder: &Path) -> Outcome<Vec<Finding>> {
    let mut pages = BTreeMap::new();
    let mut files = BTreeSet::new();
    for path in project::files_below(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        if name.ends_with(".html") {
            pages.insert(name.clone(), project::read_text(&path)?);
        }
        files.insert(name);
    }
    let mut findings = Vec::new();
    for (name, page) in &pages {
        for reference in references(page) {
            let wrong = match Target::of(name, reference.target) {
                Target::Web if reference.is_link => None,
                Target::Web => Some("is fetched from another host".to_owned()),
                Target::Other if reference.target == NO_ICON => None,
                Target::Other => Some("is neither a path nor an address of the web".to_owned()),
                Target::File { path: to, anchor } => {
                    let marked = |anchor: &String| {
                        pages
                            .get(&to)
                            .is_some_and(|page| page.contains(&format!(" id=\"{anchor}\"")))
                    };
                    if !files.contains(&to) {
                        Some(format!("leads to {to}, which is not there"))
                    } else if anchor.as_ref().is_some_and(|anchor| !marked(anchor)) {
                        Some(format!("leads to no place in {to}"))
                    } else {
                        None
                    }
                }
            };
            findings.extend(wrong.map(|wrong| Finding {
                path: name.clone(),
                line: reference.line,
                what: format!("`{}` {wrong}", reference.target),
            }));
        }
    }
    Ok(findings)
}

/// Keeps browsers from asking for `/favicon.ico`.
pub const NO_ICON: &str = "data:,";

/// What a link's words stand for.
enum Target {
    /// A file, by its path from the root, and a place in it.
    File {
        path: String,
        anchor: Option<String>,
    },
    /// An http(s) address.
    Web,
    /// Another scheme, another host without one, or the root of a host.
    Other,
}

impl Target {
    fn of(from: &str, written: &str) -> Self {
        if written.starts_with("https://") || written.starts_with("http://") {
            return Self::Web;
        }
        let first = written.split(['/', '#', '?']).next().unwrap_or_default();
        if first.contains(':') || written.starts_with('/') {
            return Self::Other;
        }
        let (path, anchor) = match written.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_owned())),
            None => (written, None),
        };
        let path = match path {
            "" => from.to_owned(),
            path => resolved(from, path),
        };
        Self::File { path, anchor }
    }
}

/// The path from the root that `relative` means in the file `from`.
pub fn resolved(from: &str, relative: &str) -> String {
    let mut parts: Vec<_> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            // Out of the root: kept, so that it is not there.
            ".." if parts.last().is_none_or(|last| *last == "..") => parts.push(".."),
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

impl Document {
    fn has(&self, anchor: &str) -> bool {
        self.headings.iter().any(|it| it.anchor == anchor)
    }
}

/// An address in a page of HTML.
struct Reference<'a> {
    target: &'a str,
    line: usize,
    /// Followed by whoever reads, and not fetched with the page.
    is_link: bool,
}

/// Every `href` and `src` of a page that [`crate::book`] wrote: in double quotes, and
/// nowhere else but in tags, since `"` in a text is escaped.
fn references(page: &str) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    for (at, tag) in page.match_indices('<') {
        let Some(end) = page[at..].find('>') else {
            continue;
        };
        let inner = &page[at..at + end];
        for name in [" href=\"", " src=\""] {
            if let Some((target, _)) = inner
                .split_once(name)
                .and_then(|(_, rest)| rest.split_once('"'))
            {
                found.push(Reference {
                    target,
                    line: page[..at].matches('\n').count() + 1,
                    is_link: page[at + tag.len()..].starts_with("a "),
                });
            }
        }
    }
    found
}
