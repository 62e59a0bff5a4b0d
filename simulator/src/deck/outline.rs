//! From what a caller asked for to the words on the slides.

use super::{Body, Deck, Slide};

/// Longest title taken from a topic, in characters.
const TITLE: usize = 90;
/// Longest heading, point or subtitle.
const LINE: usize = 300;
/// Points on one slide.
const POINTS: usize = 12;

/// Headings of a made-up deck, in the order in which a talk is usually given.
const HEADINGS: [&str; 8] = [
    "Background",
    "Why it matters",
    "Key ideas",
    "How it works",
    "An example",
    "Challenges",
    "What comes next",
    "Summary",
];

/// The part of a request that decides what the deck says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Brief {
    /// The topic, or the text to work from.
    pub(crate) content: String,
    /// Slides written out in Markdown; where there are any, they are the deck.
    pub(crate) outlines: Vec<String>,
    /// How many slides, where none are written out.
    pub(crate) count: usize,
    pub(crate) title_slide: bool,
    pub(crate) contents_slide: bool,
}

impl Brief {
    /// The deck, with exactly as many slides as asked for.
    pub(crate) fn deck(&self) -> Deck {
        if self.outlines.is_empty() {
            self.made_up()
        } else {
            self.written_out()
        }
    }

    fn made_up(&self) -> Deck {
        let (title, rest) = split_topic(&self.content);
        let short = shortened(&title, 48);
        let mut slides = Vec::with_capacity(self.count);
        if self.title_slide && self.count > 0 {
            slides.push(Slide {
                heading: title.clone(),
                body: Body::Subtitle(rest.clone()),
            });
        }
        let contents_at = slides.len();
        let wanted = self.count.saturating_sub(slides.len());
        let contents = usize::from(self.contents_slide && wanted > 1);
        let mut sentences = sentences(&rest).into_iter();
        for number in 0..wanted - contents {
            let round = number / HEADINGS.len();
            let name = HEADINGS[number % HEADINGS.len()];
            let heading = match round {
                0 => name.to_owned(),
                round => format!("{name}, part {}", round + 1),
            };
            let mut points: Vec<String> = sentences.by_ref().take(2).collect();
            for point in points.len() + 1..=3 {
                points.push(format!("Key point {point} on {short}"));
            }
            slides.push(Slide {
                heading,
                body: Body::Points(points),
            });
        }
        if contents == 1 {
            let headings = slides[contents_at..].iter().map(|it| it.heading.clone());
            let points = headings.take(POINTS).collect();
            slides.insert(
                contents_at,
                Slide {
                    heading: "Contents".to_owned(),
                    body: Body::Points(points),
                },
            );
        }
        Deck { title, slides }
    }

    fn written_out(&self) -> Deck {
        let slides: Vec<Slide> = self
            .outlines
            .iter()
            .enumerate()
            .map(from_markdown)
            .collect();
        let title = match slides.first() {
            Some(first) => shortened(&first.heading, TITLE),
            None => split_topic(&self.content).0,
        };
        Deck { title, slides }
    }
}

/// A slide of Markdown: the first heading (or line) is its title, list items
/// and other lines its points.
fn from_markdown((index, markdown): (usize, &String)) -> Slide {
    let lines: Vec<&str> = markdown
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let head = lines.iter().position(|line| line.starts_with('#'));
    let head = head.unwrap_or(0);
    let heading = lines.get(head).map_or("", |line| line);
    let heading = shortened(&plain(heading.trim_start_matches('#')), LINE);
    let mut others = lines.clone();
    if head < others.len() {
        others.remove(head);
    }
    let listed = others.iter().any(|line| item(line).is_some());
    let points: Vec<String> = others
        .iter()
        .map(|line| item(line).unwrap_or(line.trim_start_matches('#')))
        .map(|line| shortened(&plain(line), LINE))
        .filter(|line| !line.is_empty())
        .take(POINTS)
        .collect();
    let body = if index == 0 && !listed {
        Body::Subtitle(shortened(&points.join(" "), LINE))
    } else {
        Body::Points(points)
    };
    Slide {
        heading: if heading.is_empty() {
            format!("Slide {}", index + 1)
        } else {
            heading
        },
        body,
    }
}

/// What a list item says; nothing where the line is none.
fn item(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        0 => ["- ", "* ", "+ "]
            .iter()
            .find_map(|mark| line.strip_prefix(mark)),
        _ => line[digits..].strip_prefix(". "),
    }
}

/// The text without emphasis marks and control characters.
fn plain(text: &str) -> String {
    let text = text.replace("**", "").replace('`', "");
    let kept = text.chars().filter(|it| !it.is_control());
    kept.collect::<String>().trim().to_owned()
}

/// The first line as the title, cut at a word where it is long, and the rest.
fn split_topic(content: &str) -> (String, String) {
    let content = content.trim();
    let (first, rest) = content.split_once('\n').unwrap_or((content, ""));
    let first = plain(first.trim_start_matches('#'));
    let limit = first.char_indices().nth(TITLE - 1);
    let spilled = limit
        .filter(|_| first.chars().count() > TITLE)
        .map(|(limit, _)| first[..limit].rfind(' ').unwrap_or(limit));
    let title = match spilled {
        None if first.is_empty() => "Untitled presentation".to_owned(),
        None => first.clone(),
        Some(at) => format!("{}…", first[..at].trim_end()),
    };
    let over = spilled.map_or("", |at| first[at..].trim());
    let mut joined = String::new();
    for line in std::iter::once(over.to_owned()).chain(rest.lines().map(plain)) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        // Lines may be a list: without a mark between them they would run on.
        if !joined.is_empty() && !joined.ends_with(['.', '!', '?', ';', ':', ',']) {
            joined.push(';');
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&words.join(" "));
    }
    (title, shortened(&joined, LINE))
}

fn sentences(text: &str) -> Vec<String> {
    text.split_inclusive(['.', '!', '?', ';'])
        .map(|it| it.trim().trim_end_matches(';').to_owned())
        .filter(|it| it.chars().count() > 3)
        .collect()
}

/// Any text as one line that a slide has room for.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    shortened(&plain(&words.join(" ")), LINE)
}

/// At most `limit` characters, the last an ellipsis where something was cut.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
