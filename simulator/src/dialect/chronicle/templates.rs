//! Templates, and the pictures of those that have one.

use crate::Reply;
use crate::dialect::{Call, download};
use crate::json::{Value, json};

#[derive(Debug)]
pub(super) struct Template {
    pub(super) id: &'static str,
    name: &'static str,
    description: &'static str,
    category: &'static [&'static str],
    has_picture: bool,
    /// Id and name.
    pub(super) sections: &'static [(&'static str, &'static str)],
}

impl Template {
    /// The name of a section.
    pub(super) fn section(&self, id: &str) -> Option<&'static str> {
        let found = self.sections.iter().find(|(known, _)| *known == id);
        found.map(|(_, name)| *name)
    }
}

const TEMPLATES: [Template; 3] = [
    Template {
        id: "tpl_pitch",
        name: "Agency pitch",
        description: "Wins a client over in five sections",
        category: &["Pitch", "Sales"],
        has_picture: true,
        sections: &[
            ("sec_pitch_cover", "Cover"),
            ("sec_pitch_problem", "Problem"),
            ("sec_pitch_solution", "Solution"),
            ("sec_pitch_team", "Team"),
            ("sec_pitch_ask", "Ask"),
        ],
    },
    Template {
        id: "tpl_report",
        name: "Quarterly report",
        description: "Numbers first",
        category: &["Meeting"],
        has_picture: true,
        sections: &[
            ("sec_report_cover", "Cover"),
            ("sec_report_numbers", "Numbers"),
            ("sec_report_outlook", "Outlook"),
        ],
    },
    Template {
        id: "tpl_plain",
        name: "Plain",
        description: "",
        category: &[],
        has_picture: false,
        sections: &[("sec_plain_cover", "Cover"), ("sec_plain_text", "Text")],
    },
];

pub(super) fn named(id: &str) -> Option<&'static Template> {
    const { &TEMPLATES }
        .iter()
        .find(|template| template.id == id)
}

/// The list. What an entry of `sections` holds is not documented; that it has
/// an id follows from the request's `selected_section_ids`.
pub(super) fn list(call: &Call<'_>) -> Reply {
    let root = call.root();
    let entries = TEMPLATES.iter().map(|template| {
        let sections = template.sections.iter();
        let sections = sections.map(|(id, name)| json!({"id": id, "name": name}));
        let picture = format!("{root}/previews/{}.png", template.id);
        json!({
            "id": template.id,
            "name": template.name,
            "description": template.description,
            "category": template.category,
            "preview_url": template.has_picture.then_some(picture),
            "sections": sections.collect::<Vec<Value>>(),
        })
    });
    let entries: Vec<Value> = entries.collect();
    Reply::of_json(200, &json!({"templates": entries}))
}

/// A picture of a title slide.
pub(super) fn preview(id: &str) -> Reply {
    let Some(template) = named(id).filter(|template| template.has_picture) else {
        return Reply::empty(404);
    };
    download::picture(template.name, template.description)
}
