//! Reading a submit: what is asked for, or the server's refusal.
//!
//! The server's framework takes "5" for 5 and "true" for true, names every
//! mistyped field at once with 422, and leaves ranges and names to code that
//! stops at the first with 400.

use super::lists::TEMPLATES;
use super::{Contract, Edition, detail};
use crate::deck::{Brief, Format};
use crate::dialect::body::{self, Fault, Fields};
use crate::json::{Map, Value, json};
use crate::{Reply, Request};

/// Slides where the caller leaves the number open.
const USUAL: i64 = 8;
const MOST: i64 = 50;

/// A submit that was understood and may be done.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) brief: Brief,
    pub(super) format: Format,
    /// The number of slides, if one was given.
    pub(super) asked: Option<usize>,
}

impl Ask {
    pub(super) fn read(edition: Edition, request: &Request) -> Result<Self, Reply> {
        let body = object(request)?;
        let mut faults = Vec::new();
        let mut fields = Fields::lax(&body, &mut faults);
        let hosted = edition.contract == Contract::Cloud;
        let content = if hosted || fields.needs("content") {
            fields.text("content", hosted)
        } else {
            None
        };
        let outlines = match edition.version {
            1 => fields.texts("slides_markdown"),
            _ => contents(&mut fields, "slides"),
        };
        fields.text("instructions", true);
        fields.text("language", true);
        fields.text("theme", true);
        fields.choice("tone", &TONES, false);
        fields.choice("verbosity", &["concise", "standard", "text-heavy"], false);
        if hosted {
            let generation = ["preserve", "enhance", "condense"];
            fields.choice("content_generation", &generation, true);
            fields.choice("image_type", &["stock", "ai-generated"], false);
            fields.flag("markdown_emphasis", true);
            fields.flag("allow_access_to_user_info", true);
        }
        fields.flag("web_search", false);
        fields.flag("trigger_webhook", false);
        let contents_slide = fields.flag("include_table_of_contents", false);
        let title_slide = fields.flag("include_title_slide", true);
        let files = fields.texts("files");
        let open = edition.contract != Contract::A;
        let count = fields.whole("n_slides", open);
        let template = match edition.version {
            1 => fields.text("template", false),
            _ => fields.text("standard_template", true),
        };
        fields.text("smart_design", true);
        let format = fields.choice("export_as", formats(edition), false);
        if !faults.is_empty() {
            return Err(unprocessable(&faults));
        }

        let content = content.unwrap_or_default();
        if content.trim().is_empty() && outlines.is_empty() && files.is_empty() {
            return Err(detail(
                400,
                "Either content or slides markdown or files is required to generate presentation",
            ));
        }
        let asked = count;
        let count = match outlines.len() as i64 {
            0 => asked.unwrap_or(USUAL),
            written => written,
        };
        if count <= 0 {
            return Err(detail(400, "Number of slides must be greater than 0"));
        }
        if count > MOST {
            return Err(detail(400, "Number of slides cannot be greater than 50"));
        }
        if contents_slide && count < 3 {
            return Err(detail(
                400,
                "Number of slides cannot be less than 3 if table of contents is included",
            ));
        }
        if template.is_some_and(|name| !is_template(&name)) {
            return Err(detail(
                400,
                "Template not found. Please use a valid template.",
            ));
        }
        let content = match content.trim() {
            "" => format!("Presentation from {} files", files.len()),
            text => text.to_owned(),
        };
        Ok(Self {
            brief: Brief {
                content,
                outlines,
                count: usize::try_from(count).unwrap_or_default(),
                title_slide,
                contents_slide,
            },
            format: format
                .and_then(|word| Format::parse(&word))
                .unwrap_or(Format::Pptx),
            asked: asked.and_then(|it| usize::try_from(it).ok()),
        })
    }
}

const TONES: [&str; 6] = [
    "default",
    "casual",
    "professional",
    "funny",
    "educational",
    "sales_pitch",
];

fn is_template(name: &str) -> bool {
    name.starts_with("custom-") || TEMPLATES.iter().any(|(id, _)| *id == name)
}

fn formats(edition: Edition) -> &'static [&'static str] {
    match edition.contract {
        Contract::Cloud => &["pptx", "pdf", "png"],
        _ => &["pptx", "pdf"],
    }
}

/// The format of that name, where the edition makes it.
pub(super) fn format(edition: Edition, word: &str) -> Option<Format> {
    Format::parse(word).filter(|_| formats(edition).contains(&word))
}

/// The 422 that names a format the edition does not make.
pub(super) fn unknown_format(edition: Edition, given: Option<&Value>) -> Reply {
    let given = given.cloned().unwrap_or_default();
    let place = vec![json!("body"), json!("export_as")];
    unprocessable(&[Fault::not_among(place, formats(edition), &given)])
}

/// The 422 that names an absent field.
pub(super) fn missing(name: &str, input: &Value) -> Reply {
    unprocessable(&[Fault::missing(name, input)])
}

/// The body as a JSON object, or the framework's refusal.
pub(super) fn object(request: &Request) -> Result<Map, Reply> {
    body::object(request).map_err(|faults| unprocessable(&faults))
}

fn unprocessable(faults: &[Fault]) -> Reply {
    let faults: Vec<Value> = faults.iter().map(Fault::whole).collect();
    Reply::of_json(422, &json!({"detail": faults}))
}

/// `[{content, layout?}]`, of which the contents are wanted.
fn contents(fields: &mut Fields<'_, '_>, name: &str) -> Vec<String> {
    let texts = fields.each(name, |slide| slide.needed_text("content"));
    texts.into_iter().flatten().collect()
}
