//! A finished deck: what it says, and the files it can be had as.

mod archive;
mod outline;
mod pdf;
mod picture;
mod powerpoint;
mod sum;

pub(crate) use outline::Brief;

/// The words of a deck. The first slide is the title slide, where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Deck {
    /// The title of the whole, from which files are named.
    pub(crate) title: String,
    pub(crate) slides: Vec<Slide>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slide {
    pub(crate) heading: String,
    pub(crate) body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// A title slide's second line; may be empty.
    Subtitle(String),
    Points(Vec<String>),
}

/// A file format that a deck can be had in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    #[default]
    Pptx,
    Pdf,
    /// A picture of the first slide.
    Png,
    /// A picture of each slide, in one archive.
    Pictures,
}

impl Format {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "pptx" => Format::Pptx,
            "pdf" => Format::Pdf,
            "png" => Format::Png,
            _ => return None,
        })
    }

    pub(crate) fn extension(self) -> &'static str {
        match self {
            Format::Pptx => "pptx",
            Format::Pdf => "pdf",
            Format::Png => "png",
            Format::Pictures => "zip",
        }
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Format::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Format::Pdf => "application/pdf",
            Format::Png => "image/png",
            Format::Pictures => "application/zip",
        }
    }
}

impl Deck {
    /// Adds a line to the last slide.
    pub(crate) fn note(&mut self, text: &str) {
        let line = outline::line(text);
        match self.slides.last_mut().map(|slide| &mut slide.body) {
            Some(Body::Points(points)) => points.push(line),
            Some(Body::Subtitle(subtitle)) if subtitle.is_empty() => *subtitle = line,
            Some(Body::Subtitle(subtitle)) => *subtitle = format!("{subtitle}; {line}"),
            None => {}
        }
    }

    /// The deck as a file; the same deck gives the same bytes.
    pub(crate) fn file(&self, format: Format) -> Vec<u8> {
        match format {
            Format::Pptx => powerpoint::write(self),
            Format::Pdf => pdf::write(self),
            Format::Png => picture::write(self.slides.first()),
            Format::Pictures => picture::archive(self),
        }
    }
}
