//! The template list, and the templates' own files.

use super::unprocessable;
use crate::deck::{Body, Deck, Format, Slide};
use crate::dialect::body::Fault;
use crate::dialect::{Call, download, signed};
use crate::json::{Map, Value, json};
use crate::service::Service;
use crate::{Reply, digest};

/// Where the templates' files lie.
pub(super) const FOLDER: &str = "/download/templates/";

struct Template {
    id: &'static str,
    filename: &'static str,
    category: &'static str,
    tags: [&'static str; 2],
    description: &'static str,
}

/// Newest first, as the list is sorted unless it is asked otherwise.
const TEMPLATES: [Template; 2] = [
    Template {
        id: "tpl_5e1f0c7a9b24",
        filename: "quarterly-review.pptx",
        category: "business",
        tags: ["quarterly", "finance"],
        description: "Figures of a quarter",
    },
    Template {
        id: "tpl_c03d8e6612fa",
        filename: "product-launch.pptx",
        category: "marketing",
        tags: ["launch", "product"],
        description: "A product and its plan",
    },
];

/// `GET /api/v1/templates`. `created_after` and `created_before` are taken and
/// not applied: the entries' time field is not documented.
pub(super) fn list(call: &Call<'_>, service: &Service) -> Reply {
    let mut faults = Vec::new();
    let mut number = |name: &str, absent: usize, most: usize| {
        let Some(given) = call.request.parameter(name) else {
            return absent;
        };
        let fits = |it: &usize| (1..=most).contains(it);
        given.parse().ok().filter(fits).unwrap_or_else(|| {
            let place = vec![json!("query"), json!(name)];
            let message = format!("Input should be a whole number from 1 to {most}");
            faults.push(Fault::new("value_error", place, &message, &json!(given)));
            absent
        })
    };
    let page = number("page", 1, 1_000_000);
    let limit = number("limit", 20, 100);
    if !faults.is_empty() {
        return unprocessable(&faults);
    }
    let asked = |name: &str| call.request.parameter(name).filter(|it| !it.is_empty());
    let mut found: Vec<&Template> = TEMPLATES
        .iter()
        .filter(|it| asked("category").is_none_or(|word| it.category == word))
        .filter(|it| asked("tags").is_none_or(|words| tagged(it, &words)))
        .filter(|_| asked("status").is_none_or(|word| word == STATUS))
        .filter(|it| asked("filename").is_none_or(|word| it.filename.contains(&word)))
        .filter(|it| {
            asked("search")
                .is_none_or(|word| it.filename.contains(&word) || it.description.contains(&word))
        })
        .collect();
    if asked("order").as_deref() == Some("asc") {
        found.reverse();
    }
    let shown = found.iter().skip((page - 1) * limit).take(limit);
    let templates: Vec<Value> = shown.map(|it| entry(it, call, service)).collect();
    let names = [
        "category",
        "tags",
        "status",
        "filename",
        "search",
        "created_after",
        "created_before",
    ];
    let filters: Map = names
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), json!(asked(name)?))))
        .collect();
    let body = json!({
        "templates": templates,
        "pagination": {
            "page": page,
            "limit": limit,
            "total": found.len(),
            "pages": found.len().div_ceil(limit),
        },
        // The inner shapes of both are not documented.
        "filters": filters,
        "aggregations": {},
    });
    Reply::of_json(200, &body)
}

/// A template's own file, behind its signed address.
pub(super) fn file(id: &str, call: &Call<'_>, service: &Service) -> Reply {
    if let Err(refusal) = signed::check(call) {
        return refusal;
    }
    match TEMPLATES.iter().find(|it| it.id == id) {
        Some(template) => {
            download::sent(&template.deck(), Format::Pptx, template.filename, service)
        }
        None => super::detail(404, "Not Found"),
    }
}

/// The status of a template that is ready; the documents list no words.
const STATUS: &str = "active";

fn tagged(template: &Template, words: &str) -> bool {
    words.split(',').all(|word| template.tags.contains(&word))
}

fn entry(template: &Template, call: &Call<'_>, service: &Service) -> Value {
    let path = format!("{FOLDER}{}.pptx", template.id);
    let end_ms = signed::end_of(service, call.now_ms);
    let file = template.deck().file(Format::Pptx);
    json!({
        "template_id": template.id,
        "org_name": super::ORGANISATION,
        "filename": template.filename,
        "file_size": file.len(),
        "status": STATUS,
        "metadata": {
            "category": template.category,
            "tags": template.tags,
            "description": template.description,
            "version": "1.0",
        },
        "download_url": signed::link(call, &call.root(), &path, end_ms),
        "download_url_expires_in": service.scenario().life_s,
        "file_hash": digest::hex(&[template.id], 64),
    })
}

impl Template {
    fn deck(&self) -> Deck {
        Deck {
            title: self.filename.trim_end_matches(".pptx").to_owned(),
            slides: vec![Slide {
                heading: self.description.to_owned(),
                body: Body::Subtitle(String::new()),
            }],
        }
    }
}
