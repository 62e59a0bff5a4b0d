//! Markdown, as the places that show it read it.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A text with what the checks ask of it.
#[derive(Debug, Default)]
pub struct Document {
    /// In their order.
    pub headings: Vec<Heading>,
    /// Links and pictures.
    pub links: Vec<Link>,
    /// Blocks of code between fences.
    pub fences: Vec<Fence>,
}

/// A heading, and the anchor that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// From 1.
    pub level: HeadingLevel,
    /// As it is read, without marks.
    pub text: String,
    /// What stands after `#` in an address.
    pub anchor: String,
    /// Counted from 1.
    pub line: usize,
}

/// Where something leads.
#[derive(Debug, PartialEq, Eq)]
pub struct Link {
    /// As it is written.
    pub target: String,
    /// Counted from 1.
    pub line: usize,
}

/// A block of code.
#[derive(Debug, PartialEq, Eq)]
pub struct Fence {
    /// The word after the fence.
    pub language: String,
    /// The code.
    pub text: String,
    /// Its first line, counted from 1.
    pub line: usize,
}

/// A parser's events, of the kind of Markdown that is used here.
pub fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter()
}

impl Document {
    /// Reads a text.
    pub fn read(text: &str) -> Self {
        let mut document = Self::default();
        let mut anchors = Anchors::default();
        let mut heading: Option<Heading> = None;
        let mut fence: Option<Fence> = None;
        for (event, range) in events(text) {
            let line = || text[..range.start].matches('\n').count() + 1;
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    heading = Some(Heading {
                        level,
                        text: String::new(),
                        anchor: String::new(),
                        line: line(),
                    });
                }
                Event::End(TagEnd::Heading(_)) => {
                    document.headings.extend(heading.take().map(|mut heading| {
                        heading.anchor = anchors.next(&heading.text);
                        heading
                    }));
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    fence = Some(Fence {
                        language: language.into_string(),
                        text: String::new(),
                        line: line() + 1,
                    });
                }
                Event::End(TagEnd::CodeBlock) => document.fences.extend(fence.take()),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    document.links.push(Link {
                        target: dest_url.into_string(),
                        line: line(),
                    });
                }
                Event::Text(said) | Event::Code(said) => {
                    if let Some(fence) = &mut fence {
                        fence.text.push_str(&said);
                    }
                    if let Some(heading) = &mut heading {
                        heading.text.push_str(&said);
                    }
                }
                _ => {}
            }
        }
        document
    }
}

/// The anchors of one page: of headings that are called the same, the second has a
/// number after it.
#[derive(Default)]
struct Anchors(HashMap<String, usize>);

impl Anchors {
    fn next(&mut self, heading: &str) -> String {
        let slug = slug(heading);
        let before = self.0.entry(slug.clone()).or_default();
        *before += 1;
        match *before {
            1 => slug,
            more => format!("{slug}-{}", more - 1),
        }
    }
}

/// A heading's anchor by the rule of GitHub and mdBook: small letters, digits, `-` and
/// `_` stay, a space becomes `-`, the rest goes.
pub fn slug(heading: &str) -> String {
    let kept = |char: char| match char {
        ' ' => Some('-'),
        '-' | '_' => Some(char),
        _ => char.is_alphanumeric().then_some(char),
    };
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(kept)
        .collect()
}
