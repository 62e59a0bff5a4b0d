//! What a form may offer: templates, designs, themes, kinds of source files.

use super::{Contract, Edition};
use crate::Reply;
use crate::dialect::Call;
use crate::json::{Value, json};

/// Built-in templates: id and number of layouts.
pub(super) const TEMPLATES: [(&str, u32); 8] = [
    ("general", 12),
    ("modern", 10),
    ("standard", 11),
    ("swift", 9),
    ("neo-general", 14),
    ("neo-modern", 12),
    ("neo-standard", 12),
    ("neo-swift", 10),
];

const THEMES: [(&str, [&str; 3]); 5] = [
    ("edge-yellow", ["#1E1E1E", "#FFD400", "#FFFFFF"]),
    ("light-rose", ["#5B2333", "#F7C5CC", "#FFF6F7"]),
    ("mint-blue", ["#0B3C49", "#8FE3CF", "#F2FBF9"]),
    ("professional-blue", ["#0A2540", "#2F6FED", "#FFFFFF"]),
    ("professional-dark", ["#0F1115", "#7C8CFF", "#E8EAF0"]),
];

/// The template list. Version 3 has two shapes: an array, or where the query
/// names a page, an object of one page.
pub(super) fn templates(edition: Edition, call: &Call<'_>) -> Reply {
    let name = |id: &str| {
        let words = id.split('-').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_ascii_uppercase() + rest
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let query = |key| call.request.parameter(key);
    if edition.version == 1 || (query("page").is_none() && query("page_size").is_none()) {
        let own = query("include_defaults").as_deref() == Some("false");
        let all = TEMPLATES
            .iter()
            .filter(|_| !own)
            .map(|(id, layouts)| json!({"id": id, "name": name(id), "total_layouts": layouts}));
        return Reply::of_json(200, &Value::Array(all.collect()));
    }
    let (page, size) = paging(call);
    let own = query("default").as_deref() == Some("false");
    let all: Vec<_> = TEMPLATES.iter().filter(|_| !own).collect();
    let shown = all.iter().skip((page - 1) * size).take(size);
    let items: Vec<Value> = shown
        .map(|(id, layouts)| {
            json!({
                "id": id,
                "name": name(id),
                "description": format!("{} layouts", layouts),
                "layout_count": layouts,
                "thumbnail": null,
                "is_default": true,
                "created_at": "2026-01-05T09:00:00Z",
                "updated_at": "2026-01-05T09:00:00Z",
            })
        })
        .collect();
    let body = json!({"items": items, "total": all.len(), "page": page, "page_size": size});
    Reply::of_json(200, &body)
}

pub(super) fn smart_designs(call: &Call<'_>) -> Reply {
    let designs = [
        ("aurora", "Aurora"),
        ("blueprint", "Blueprint"),
        ("harvest", "Harvest"),
    ];
    let (page, size) = paging(call);
    let shown = designs.iter().skip((page - 1) * size).take(size);
    let results: Vec<Value> = shown
        .map(|(id, name)| json!({"id": id, "name": name, "thumbnail_url": null, "default": true}))
        .collect();
    let pages = designs.len().div_ceil(size);
    let body = json!({"total_pages": pages, "page": page, "page_size": size, "results": results});
    Reply::of_json(200, &body)
}

/// The built-in themes, and after them those of the caller's own.
pub(super) fn themes(own: bool) -> Reply {
    let theme = |id: &str, [primary, accent, background]: [&str; 3]| {
        json!({
            "id": id,
            "name": id.replace('-', " "),
            "description": "",
            "logo_url": null,
            "company_name": null,
            "data": {
                "colors": {"primary": primary, "accent": accent, "background": background},
                "fonts": {"textFont": {"name": "Inter", "url": ""}},
            },
        })
    };
    let mut all: Vec<Value> = THEMES
        .iter()
        .map(|(id, colors)| theme(id, *colors))
        .collect();
    if own {
        all.push(theme("house-colours", ["#22303C", "#E4572E", "#FFFFFF"]));
    }
    Reply::of_json(200, &Value::Array(all))
}

/// Extensions of source files that are taken, by edition.
pub(super) fn upload_types(edition: Edition) -> &'static [&'static str] {
    match edition.contract {
        Contract::Cloud => &[
            "pdf", "txt", "md", "pptx", "ppt", "docx", "doc", "csv", "xlsx", "xls", "html", "htm",
            "adoc", "asciidoc",
        ],
        Contract::A => &["pdf", "txt", "pptx", "doc", "docx"],
        Contract::B | Contract::C => &[
            "pdf", "txt", "pptx", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "tsv",
            "png", "jpg", "jpeg", "webp",
        ],
    }
}

fn paging(call: &Call<'_>) -> (usize, usize) {
    let number = |key: &str, absent: usize| {
        let given = call.request.parameter(key);
        given.map_or(absent, |it| it.parse().unwrap_or(absent))
    };
    (
        number("page", 1).clamp(1, 10_000),
        number("page_size", 10).clamp(1, 100),
    )
}
