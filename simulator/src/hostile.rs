//! `hostile=`: what a page may fall for, in everything that a service says.

use crate::deck::Deck;
use crate::json::Value;
use crate::{Reply, WHOLE, words};

/// How a base path tries the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hostile {
    No,
    /// In texts and names of files; links to pages are scripts, pictures are
    /// pages, and files can still be had.
    Texts,
    /// The same, and every address is a script.
    Scripts,
    /// The same, and every address is a page of its own.
    Data,
}

/// Added to each text that is meant to be read.
const BAIT: &str = " <script>alert('text')</script> <img src=x onerror=alert(1)> \
    <a href=\"javascript:alert('text')\">Click here</a> \
    [more](data:text/html,<script>alert(1)</script>) \
    \u{202e}txt.exe\u{202c} \u{2067}gpj.exe\u{2069} ../../etc/passwd C:\\x";

/// A name that climbs out of its folder, for the address of a file: encoded,
/// so that it arrives as it is.
const CLIMBING: &str = "..%2F..%2Fetc%2Fpasswd%5CC:%5Cx%20";
/// The same as people would write it.
const CLIMBING_PLAIN: &str = "../../etc/passwd\\C:\\x ";

/// Addresses of pages for people and of calls, in any service.
const LINKS: [&str; 3] = ["href", "poll_url", "status_url"];
/// Addresses of pictures, in any service.
const PICTURES: [&str; 6] = [
    "content",
    "cover",
    "logo_url",
    "preview_url",
    "thumbnail",
    "thumbnail_url",
];

impl Hostile {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "0" => Hostile::No,
            "1" => Hostile::Texts,
            "scripts" => Hostile::Scripts,
            "data" => Hostile::Data,
            _ => return None,
        })
    }

    pub(crate) fn is_on(self) -> bool {
        WHOLE && self != Hostile::No
    }

    /// The reply with bait in each text, and addresses that no page may follow.
    /// `links` are the service's own fields that lead to pages. What is no JSON
    /// stays as it is.
    pub(crate) fn spread(self, reply: Reply, links: &[&str]) -> Reply {
        let body = self
            .is_on()
            .then(|| Value::read(&reply.body).ok())
            .flatten();
        let Some(mut body) = body else {
            return reply;
        };
        words::each(&mut body, &mut |text| text.push_str(BAIT));
        self.spoil_addresses(&mut body, "", links);
        Reply {
            body: body.to_string().into_bytes(),
            ..reply
        }
    }

    fn spoil_addresses(self, value: &mut Value, name: &str, links: &[&str]) {
        let is_picture = PICTURES.contains(&name);
        let is_link = links.contains(&name) || LINKS.contains(&name);
        match value {
            Value::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    self.spoil_addresses(value, name, links);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.spoil_addresses(item, name, links);
                }
            }
            Value::String(text) => match self {
                Hostile::Scripts if is_address(text) => *text = hidden_script(name),
                Hostile::Data if is_address(text) => *text = page(name),
                Hostile::Texts if is_link => *text = script(name),
                Hostile::Texts if is_picture => *text = page(name),
                _ => {}
            },
            // No picture is an opportunity, too.
            Value::Null if is_picture => *value = Value::String(page(name)),
            _ => {}
        }
    }

    /// Gives the deck a title with markup, a script link, turned letters, and
    /// more of it than any box holds; its first slide as well.
    pub(crate) fn retitle(self, deck: &mut Deck) {
        if !self.is_on() {
            return;
        }
        let title = "<script>alert('title')</script> \u{202e}fdp.exe\u{202c} \
            [link](javascript:alert('title')) <img src=x onerror=alert(1)> ";
        deck.title = title.to_owned() + &"very long title ".repeat(120);
        if let Some(first) = deck.slides.first_mut() {
            first.heading = deck.title.clone();
        }
    }

    /// The name of a file.
    pub(crate) fn file_name(self, name: &str) -> String {
        match self.is_on() {
            false => name.to_owned(),
            true => format!("{CLIMBING_PLAIN}{name}"),
        }
    }

    /// The last segment of a file's address, percent-encoded.
    pub(crate) fn file_segment(self, segment: &str) -> String {
        match self.is_on() {
            false => segment.to_owned(),
            true => format!("{CLIMBING}{segment}"),
        }
    }

    /// The name that a decoded segment was made from.
    pub(crate) fn file_named(segment: &str) -> &str {
        segment.strip_prefix(CLIMBING_PLAIN).unwrap_or(segment)
    }
}

/// Addresses that carry bait for one that a page must not make clickable.
pub(crate) fn traps() -> [String; 2] {
    [script("url"), page("url")]
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "/"]
        .iter()
        .any(|start| text.starts_with(start))
}

fn script(name: &str) -> String {
    format!("javascript:alert('{name}')")
}

/// Written as browsers forgive it: they drop the blank and the tab.
fn hidden_script(name: &str) -> String {
    format!(" Java\tScript:alert('{name}')")
}

fn page(name: &str) -> String {
    format!("data:text/html,<script>alert('{name}')</script>")
}
