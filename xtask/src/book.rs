//! `book`: the pages of `docs` as a small site of their own. It has no script, asks no
//! other host, and works below any path and from a disk.
//!
//! `docs/SUMMARY.md` is its list of contents, as mdBook has it.

use std::path::Path;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd, html};
use pulldown_cmark_escape::escape_html;

use crate::links::{NO_ICON, resolved};
use crate::markdown::{Document, Heading, events};
use crate::project::{self, Project};
use crate::{Failure, Outcome};

/// Where the pages are.
const FOLDER: &str = "docs/";
const SUMMARY: &str = "docs/SUMMARY.md";

/// Where `cargo xtask book` puts the book.
const BOOK: &str = "target/book";

const PAGE: &str = include_str!("book/page.html");
const STYLE: &str = include_str!("book/style.css");

/// Makes the book in `target/book`, and says where it is.
///
/// # Errors
///
/// As for [`build`].
pub fn book(project: &Project) -> Outcome {
    build(project, &project.path(BOOK))?;
    println!("{BOOK}/index.html");
    Ok(())
}

/// Makes the book in the folder `into`, in place of whatever is there.
///
/// # Errors
///
/// A page that the contents lack, or have twice, or that is not there.
pub fn build(project: &Project, into: &Path) -> Outcome {
    let contents = Contents::read(&project::read_text(&project.path(SUMMARY))?)?;
    project::remove_folder(into)?;
    for path in project.files(FOLDER)? {
        let name = project.relative(&path);
        if !name.ends_with(".md") {
            project::write(&into.join(&name[FOLDER.len()..]), project::read(&path)?)?;
        } else if name != SUMMARY && contents.place(&name).is_none() {
            return Err(Failure::new(format!("{SUMMARY} lacks {name}")));
        }
    }
    let repository = repository(project)?;
    for (place, chapter) in contents.chapters.iter().enumerate() {
        let text = project::read_text(&project.path(&chapter.path))?;
        let page = contents.page(place, &text, repository.as_deref());
        project::write(&into.join(contents.file(place)), page)?;
    }
    project::write(&into.join("style.css"), STYLE)
}

/// Where files that are in the repository but not in the book can be read, if it is
/// known: releasing asks for it (`docs/releasing.md`).
fn repository(project: &Project) -> Outcome<Option<String>> {
    let text = project::read_text(&project.path("pkg/package.json"))?;
    let manifest: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| Failure::new(format!("pkg/package.json: {error}")))?;
    let url = manifest["repository"]["url"].as_str();
    Ok(url.map(|url| {
        let url = url.trim_start_matches("git+").trim_end_matches(".git");
        format!("{url}/blob/HEAD/")
    }))
}

/// The list of contents.
#[derive(Debug, PartialEq, Eq)]
pub struct Contents {
    /// In the order in which they are read.
    pub chapters: Vec<Chapter>,
}

/// A page of the book.
#[derive(Debug, PartialEq, Eq)]
pub struct Chapter {
    /// As the contents call it.
    pub title: String,
    /// From the root of the project.
    pub path: String,
    /// How deep in the list, from 0.
    pub depth: usize,
    /// What stands above it in the list, if a part of the book begins here.
    pub part: Option<String>,
}

impl Contents {
    /// Reads them from a `SUMMARY.md`: its first heading is its own title, later ones
    /// begin parts, and each link is a chapter.
    ///
    /// # Errors
    ///
    /// No chapter, or one twice.
    pub fn read(summary: &str) -> Outcome<Self> {
        let mut chapters: Vec<Chapter> = Vec::new();
        let (mut lists, mut headings) = (0_usize, 0);
        let mut part = None;
        let mut text = String::new();
        for (event, _) in events(summary) {
            match event {
                Event::Start(Tag::List(_)) => lists += 1,
                Event::End(TagEnd::List(_)) => lists -= 1,
                Event::Start(Tag::Heading { .. }) => text.clear(),
                Event::End(TagEnd::Heading(_)) => {
                    headings += 1;
                    part = (headings > 1).then(|| text.clone());
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    text.clear();
                    chapters.push(Chapter {
                        title: String::new(),
                        path: resolved(SUMMARY, &dest_url),
                        depth: lists.saturating_sub(1),
                        part: part.take(),
                    });
                }
                Event::End(TagEnd::Link) => {
                    if let Some(chapter) = chapters.last_mut() {
                        chapter.title.clone_from(&text);
                    }
                }
                Event::Text(said) | Event::Code(said) => text.push_str(&said),
                _ => {}
            }
        }
        let mut paths: Vec<_> = chapters.iter().map(|it| &it.path).collect();
        paths.sort();
        if let Some(twice) = paths.windows(2).find(|two| two[0] == two[1]) {
            return Err(Failure::new(format!("{SUMMARY} has {} twice", twice[0])));
        }
        if chapters.is_empty() {
            return Err(Failure::new(format!("{SUMMARY} has no chapter")));
        }
        Ok(Self { chapters })
    }

    fn place(&self, path: &str) -> Option<usize> {
        self.chapters.iter().position(|it| it.path == path)
    }

    /// The file of a chapter in the book; the first one is what a server shows of the
    /// folder.
    fn file(&self, place: usize) -> String {
        if place == 0 {
            return "index.html".into();
        }
        let path = &self.chapters[place].path;
        let stem = path.strip_prefix(FOLDER).unwrap_or(path);
        format!("{}.html", stem.trim_end_matches(".md"))
    }

    /// The way from a chapter's folder to the book's.
    fn root(&self, place: usize) -> String {
        "../".repeat(self.file(place).matches('/').count())
    }

    /// A chapter as a page.
    pub fn page(&self, place: usize, text: &str, repository: Option<&str>) -> String {
        let chapter = &self.chapters[place];
        let headings = Document::read(text).headings;
        let root = self.root(place);
        let title = match place {
            0 => "Slidewright".to_owned(),
            _ => format!("{} – Slidewright", escaped(&chapter.title)),
        };
        let turn = |to: Option<usize>, word: &str| match to {
            Some(to) if to < self.chapters.len() => format!(
                "<a href=\"{root}{}\" rel=\"{word}\">{}</a>",
                self.file(to),
                escaped(&self.chapters[to].title)
            ),
            _ => "<span></span>".into(),
        };
        // The text last: what it says of such places is not meant.
        PAGE.replace("{title}", &title)
            .replace("{icon}", NO_ICON)
            .replace("{root}", &root)
            .replace("{previous}", &turn(place.checked_sub(1), "prev"))
            .replace("{next}", &turn(Some(place + 1), "next"))
            .replace("{contents}", &self.list(place, &headings))
            .replace("{text}", &self.body(place, text, &headings, repository))
    }

    /// The contents as a list, with the sections of the page that is shown.
    fn list(&self, here: usize, headings: &[Heading]) -> String {
        let mut out = String::new();
        let mut depth = None;
        for (place, chapter) in self.chapters.iter().enumerate() {
            if let Some(part) = &chapter.part {
                close(&mut out, &mut depth, None);
                out.push_str(&format!("<p class=\"part\">{}</p>\n", escaped(part)));
            }
            close(&mut out, &mut depth, Some(chapter.depth));
            let current = if place == here {
                " aria-current=\"page\""
            } else {
                ""
            };
            out.push_str(&format!(
                "<li><a href=\"{}{}\"{current}>{}</a>",
                self.root(here),
                self.file(place),
                escaped(&chapter.title)
            ));
            let sections = headings.iter().filter(|it| it.level == HeadingLevel::H2);
            let sections: Vec<_> = sections
                .map(|it| {
                    let text = escaped(&it.text);
                    format!("<li><a href=\"#{}\">{text}</a></li>\n", it.anchor)
                })
                .collect();
            if place == here && !sections.is_empty() {
                out.push_str("\n<ol class=\"sections\">\n");
                out.push_str(&sections.concat());
                out.push_str("</ol>");
            }
        }
        close(&mut out, &mut depth, None);
        out
    }

    fn body(
        &self,
        place: usize,
        text: &str,
        headings: &[Heading],
        repository: Option<&str>,
    ) -> String {
        let mut anchors = headings.iter().map(|it| it.anchor.as_str());
        let mut unlinked = Vec::new();
        let changed = events(text).filter_map(|(event, _)| {
            Some(vec![match event {
                Event::Start(Tag::Heading {
                    level,
                    classes,
                    attrs,
                    ..
                }) => Event::Start(Tag::Heading {
                    level,
                    id: anchors.next().map(CowStr::from),
                    classes,
                    attrs,
                }),
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }) => {
                    let address = self.address(place, &dest_url, repository);
                    unlinked.push(address.is_none());
                    match address {
                        Some(address) => Event::Start(Tag::Link {
                            link_type,
                            dest_url: address.into(),
                            title,
                            id,
                        }),
                        None => in_line("<span title=\"In the repository\">"),
                    }
                }
                Event::End(TagEnd::Link) if unlinked.pop() == Some(true) => in_line("</span>"),
                // Wider than a phone, they are moved inside their own box: by the
                // keyboard too, once they have the focus.
                Event::Start(Tag::Table(columns)) => {
                    return Some(vec![
                        block("<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"Table\">"),
                        Event::Start(Tag::Table(columns)),
                    ]);
                }
                Event::End(TagEnd::Table) => {
                    return Some(vec![Event::End(TagEnd::Table), block("</div>")]);
                }
                // Markers for what writes tables.
                Event::Html(html) if html.trim_start().starts_with("<!--") => return None,
                other => other,
            }])
        });
        let mut out = String::new();
        html::push_html(&mut out, changed.flatten());
        out
    }

    /// What a link of a page becomes in the book; nothing where what it leads to is
    /// not in the book, and nobody knows where else it is.
    fn address(&self, from: usize, written: &str, repository: Option<&str>) -> Option<String> {
        let first = written.split(['/', '#']).next().unwrap_or_default();
        if first.contains(':') || written.starts_with('#') {
            return Some(written.into());
        }
        let (path, anchor) = match written.find('#') {
            Some(at) => written.split_at(at),
            None => (written, ""),
        };
        let path = resolved(&self.chapters[from].path, path);
        match self.place(&path) {
            Some(to) => Some(format!("{}{}{anchor}", self.root(from), self.file(to))),
            None => match path.strip_prefix(FOLDER) {
                Some(beside) => Some(format!("{}{beside}", self.root(from))),
                None => repository.map(|repository| format!("{repository}{path}{anchor}")),
            },
        }
    }
}

/// Closes and opens lists on the way from one depth to another, and the item before.
fn close(out: &mut String, depth: &mut Option<usize>, wanted: Option<usize>) {
    let (from, to) = (
        depth.map_or(0, |depth| depth + 1),
        wanted.map_or(0, |it| it + 1),
    );
    for _ in to..from {
        out.push_str("</li>\n</ol>\n");
    }
    if to > 0 && from >= to {
        out.push_str("</li>\n");
    }
    for _ in from..to {
        out.push_str("\n<ol>\n");
    }
    *depth = wanted;
}

fn block(html: &'static str) -> Event<'static> {
    Event::Html(html.into())
}

fn in_line(html: &'static str) -> Event<'static> {
    Event::InlineHtml(html.into())
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = escape_html(&mut out, text);
    out
}
