//! Reading a submit: what is asked for, or the service's refusal.

use super::templates::{self, Template};
use super::{bad_request, error};
use crate::bucket::Bucket;
use crate::deck::{Brief, Deck};
use crate::dialect::fields::Fields;
use crate::{Reply, Request};

/// Slides where the caller leaves the number open.
const USUAL: usize = 9;
/// The documents name no limit; this one keeps a deck small.
const MOST: u64 = 100;

/// Attachments that the deck names.
const NAMED: usize = 20;

const NARRATIVES: [&str; 9] = [
    "Pitch",
    "Showcase",
    "Sales",
    "Proposal",
    "Research",
    "Guide",
    "Meeting",
    "Portfolio",
    "Auto",
];

const LANGUAGES: [&str; 14] = [
    "us", "uk", "es", "fr", "de", "it", "pt", "cn", "in", "ja", "ko", "ar", "hi", "bn",
];

/// A submit that was understood and may be done.
#[derive(Debug)]
pub(super) struct Ask {
    prompt: String,
    /// None is a "Standalone" generation.
    pub(super) template: Option<&'static Template>,
    pub(super) non_interactive: bool,
    /// Headings after the title's; empty where they are made up.
    sections: Vec<&'static str>,
    slides: usize,
    /// What else was asked for, in words.
    notes: Vec<String>,
}

impl Ask {
    pub(super) fn read(request: &Request, bucket: &Bucket) -> Result<Self, Reply> {
        let refused = |why: String| bad_request(&why);
        let mut fields = Fields::read(request).map_err(refused)?;
        let files = attachments(&mut fields, bucket)?;
        let wishes = Wishes::read(&fields).map_err(refused)?;
        let prompt = fields.needed("prompt").map_err(refused)?;
        let non_interactive = fields.flag("non_interactive").map_err(refused)?;
        let selected = fields.texts("selected_section_ids").map_err(refused)?;
        let template = fields.text("template_id").map_err(refused)?;
        let template = match template.map(templates::named) {
            Some(None) => {
                return Err(error(404, "TEMPLATE_NOT_FOUND", "Template not found"));
            }
            known => known.flatten(),
        };
        let mut sections = Vec::new();
        // Without a template the ids are ignored, whatever they are.
        if let Some(template) = template {
            for id in &selected {
                let section = template.section(id).ok_or_else(|| {
                    bad_request(&format!("selected_section_ids: no section {id}"))
                })?;
                sections.push(section);
            }
            if sections.is_empty() {
                sections = template.sections.iter().map(|(_, name)| *name).collect();
            }
        }
        // The wishes are checked always and granted only here.
        let free = template.is_none() && non_interactive;
        let (slides, mut notes) = match sections.len() {
            0 if free => (wishes.slides.unwrap_or(USUAL), wishes.notes),
            0 => (USUAL, Vec::new()),
            sections => (sections, Vec::new()),
        };
        let files = files.iter().take(NAMED);
        notes.extend(files.map(|name| format!("From {name}")));
        Ok(Self {
            prompt: prompt.to_owned(),
            template,
            non_interactive,
            sections,
            slides,
            notes,
        })
    }

    pub(super) fn deck(&self) -> Deck {
        let brief = Brief {
            content: self.prompt.clone(),
            count: self.slides,
            title_slide: true,
            ..Brief::default()
        };
        let mut deck = brief.deck();
        let slides = deck.slides.iter_mut().zip(&self.sections);
        // The first is the title slide, which keeps the prompt's words.
        for (slide, section) in slides.skip(1) {
            slide.heading = (*section).to_owned();
        }
        for note in &self.notes {
            deck.note(note);
        }
        deck
    }
}

/// What holds only without a template and with `non_interactive`.
struct Wishes {
    slides: Option<usize>,
    notes: Vec<String>,
}

impl Wishes {
    fn read(fields: &Fields) -> Result<Self, String> {
        let mut notes = Vec::new();
        let rewrites = ["Strong", "Subtle", "Preserve"];
        for (name, words) in [
            ("narrative_type", NARRATIVES.as_slice()),
            ("rewrite_style", &rewrites),
            ("language", &LANGUAGES),
        ] {
            if let Some(word) = fields.choice(name, words)? {
                notes.push(format!("{name}: {word}"));
            }
        }
        let auto = fields.value("section_count").is_some_and(|it| it == "auto");
        let slides = match auto {
            true => None,
            false => fields.whole("section_count", 1, MOST)?,
        };
        Ok(Self {
            slides: slides.and_then(|it| usize::try_from(it).ok()),
            notes,
        })
    }
}

/// The names of the files that a request brings along. Each must have been
/// uploaded: what the service says of others is not documented.
pub(super) fn attachments(fields: &mut Fields, bucket: &Bucket) -> Result<Vec<String>, Reply> {
    let items = fields.objects("attachments");
    let items = items.map_err(|why| bad_request(&why))?;
    let names = items.iter().map(|item| {
        let needed = |name| {
            let text = item.needed(name);
            text.map_err(|why| bad_request(&format!("attachments: {why}")))
        };
        for name in ["id", "type"] {
            needed(name)?;
        }
        let target = bucket.issued(needed("url")?);
        if target.is_none_or(|it| it.file.is_none()) {
            return Err(bad_request("attachments: url is not that of an upload"));
        }
        needed("file_name").map(str::to_owned)
    });
    names.collect()
}
