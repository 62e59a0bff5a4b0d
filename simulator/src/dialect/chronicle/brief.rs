//! Reading a submit: what is asked for, or the service's refusal.

use super::templates::{self, Template};
use super::{bad_request, error};
use crate::bucket::Bucket;
use crate::deck::{Brief, Deck};
use crate::dialect::body::{self, Fields};
use crate::json::json;
use crate::{Reply, Request};

/// Slides where the caller leaves the number open.
const USUAL: usize = 9;
/// The documents name no limit; this one keeps a deck small.
const MOST: i64 = 100;

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
        let read = body::read(request, |fields| Given {
            files: attachments(fields, bucket),
            wishes: Wishes::read(fields),
            prompt: fields.words("prompt").unwrap_or_default(),
            non_interactive: fields.switch("non_interactive"),
            selected: fields.texts("selected_section_ids"),
            template: fields.text("template_id", true),
        });
        let given = read.map_err(|faults| bad_request(&body::lines(&faults)))?;
        let template = match given.template.as_deref().map(templates::named) {
            Some(None) => {
                return Err(error(404, "TEMPLATE_NOT_FOUND", "Template not found"));
            }
            known => known.flatten(),
        };
        let mut sections = Vec::new();
        // Without a template the ids are ignored, whatever they are.
        if let Some(template) = template {
            for id in &given.selected {
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
        let free = template.is_none() && given.non_interactive;
        let (slides, mut notes) = match sections.len() {
            0 if free => (given.wishes.slides.unwrap_or(USUAL), given.wishes.notes),
            0 => (USUAL, Vec::new()),
            sections => (sections, Vec::new()),
        };
        let files = given.files.iter().take(NAMED);
        notes.extend(files.map(|name| format!("From {name}")));
        Ok(Self {
            prompt: given.prompt,
            template,
            non_interactive: given.non_interactive,
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

/// The fields as they came.
struct Given {
    files: Vec<String>,
    wishes: Wishes,
    prompt: String,
    non_interactive: bool,
    selected: Vec<String>,
    template: Option<String>,
}

/// What holds only without a template and with `non_interactive`.
struct Wishes {
    slides: Option<usize>,
    notes: Vec<String>,
}

impl Wishes {
    fn read(fields: &mut Fields<'_, '_>) -> Self {
        let mut notes = Vec::new();
        let rewrites = ["Strong", "Subtle", "Preserve"];
        for (name, words) in [
            ("narrative_type", NARRATIVES.as_slice()),
            ("rewrite_style", &rewrites),
            ("language", &LANGUAGES),
        ] {
            if let Some(word) = fields.choice(name, words, true) {
                notes.push(format!("{name}: {word}"));
            }
        }
        let count = "section_count";
        let slides = match fields.present(count) {
            Some(word) if word.as_str() == Some("auto") => None,
            _ => fields.count(count, 1, MOST),
        };
        Self { slides, notes }
    }
}

/// The names of the files that a request brings along. Each must have been
/// uploaded: what the service says of others is not documented.
pub(super) fn attachments(fields: &mut Fields<'_, '_>, bucket: &Bucket) -> Vec<String> {
    let names = fields.each("attachments", |file| {
        file.words("id");
        file.words("type");
        let url = file.words("url").unwrap_or_default();
        let target = bucket.issued(&url);
        if target.is_none_or(|it| it.file.is_none()) {
            let message = "Should be the address of an upload";
            file.fault("value_error", "url", message, &json!(url));
        }
        file.words("file_name")
    });
    names.into_iter().flatten().collect()
}
