//! The tables of the README and of the reference, between markers:
//! `<!-- generated: NAME -->` and `<!-- end -->`, each on a line of its own.

use super::definition::{Attribute, Definition, Group, Kind, Place};
use super::{DEFINITION, Generated};
use crate::{Failure, Outcome};

/// The files with the markers.
pub const PATHS: [&str; 2] = ["README.md", "docs/reference.md"];

const END: &str = "<!-- end -->";

/// A table's name and how it is made.
type Table = (&'static str, fn(&Definition) -> String);

const TABLES: [Table; 9] = [
    ("attributes", attributes),
    ("fields", fields),
    ("properties", properties),
    ("methods", methods),
    ("events", events),
    ("slots", slots),
    ("parts", parts),
    ("custom properties", css_properties),
    ("states", states),
];

/// One of them, whose text is `page`, with its tables as the definition has them.
///
/// # Errors
///
/// A marker is missing, stands twice, or has no end.
pub fn file(definition: &Definition, path: &'static str, page: &str) -> Outcome<Generated> {
    let mut text = page.to_owned();
    for (name, table) in TABLES {
        let mut table = table(definition);
        // The definition has paths from the root.
        if path.starts_with("docs/") {
            table = table.replace("](docs/", "](");
        }
        text = filled(path, &text, name, &table)?;
    }
    Ok(Generated { path, text })
}

fn filled(path: &str, text: &str, name: &str, table: &str) -> Outcome<String> {
    let begin = format!("<!-- generated: {name} -->\n");
    let parts: Vec<_> = text.split(&begin).collect();
    let [before, rest] = parts[..] else {
        return Err(Failure::new(format!(
            "{path} has to have one line `{}` for a table of {DEFINITION}, and has {}",
            begin.trim_end(),
            parts.len() - 1
        )));
    };
    let Some((_, after)) = rest.split_once(END) else {
        return Err(Failure::new(format!(
            "{path}: after `{}` there is no `{END}`",
            begin.trim_end()
        )));
    };
    // Markdown wants a blank line around HTML.
    Ok(format!("{before}{begin}\n{table}\n{END}{after}"))
}

fn attributes(definition: &Definition) -> String {
    let shown = |attribute: &&Attribute| attribute.group != Group::Field;
    let rows = definition.attributes.iter().filter(shown).map(|attribute| {
        let about = match &attribute.see {
            Some(see) => format!("{} ([more]({see}))", attribute.about),
            None => attribute.about.clone(),
        };
        vec![code(&attribute.name), values(attribute), about]
    });
    table(&["attribute", "value", "what it says"], rows)
}

fn fields(definition: &Definition) -> String {
    let rows = definition
        .fields()
        .map(|field| vec![code(&field.name), values(field), field.about.clone()]);
    table(&["field", "value", "what it says"], rows)
}

fn properties(definition: &Definition) -> String {
    let rows = definition.properties.iter().map(|property| {
        let note = if property.read_only {
            "Read-only. "
        } else {
            ""
        };
        vec![
            code(&property.name),
            code(&property.kind),
            format!("{note}{}", property.about),
        ]
    });
    table(&["property", "type", "what it is for"], rows)
}

fn methods(definition: &Definition) -> String {
    let rows = definition.methods.iter().map(|method| {
        let of_class = if method.is_static {
            ", on the class"
        } else {
            ""
        };
        let call = format!("{}({})", method.name, method.parameters);
        vec![format!("{}{of_class}", code(&call)), method.about.clone()]
    });
    table(&["method", "what it does"], rows)
}

fn events(definition: &Definition) -> String {
    let rows = definition.events.iter().map(|event| {
        let note = if event.cancelable { " Cancelable." } else { "" };
        vec![
            code(&event.name),
            code(&event.detail),
            format!("{}{note}", event.about),
        ]
    });
    let texts: Vec<_> = definition
        .events
        .iter()
        .filter(|event| event.texts)
        .map(|event| code(&event.name))
        .collect();
    format!(
        "{}\nOnly {} carry a visitor's or a service's text, and none an address.\n",
        table(&["event", "`detail`", "when"], rows),
        texts.join(", ")
    )
}

fn slots(definition: &Definition) -> String {
    let rows = definition.slots.iter().map(|slot| {
        let name = match slot.name.as_str() {
            "" => "other children".to_owned(),
            name => code(name),
        };
        vec![name, slot.about.clone()]
    });
    table(&["slot", "what for"], rows)
}

/// A line a place: what each one is says the manifest.
fn parts(definition: &Definition) -> String {
    let places = [
        (Place::Form, "the form"),
        (Place::Job, "while the deck is made"),
        (Place::Result, "the deck"),
        (Place::Trouble, "trouble"),
        (Place::General, "everywhere"),
    ];
    let rows = places.into_iter().map(|(place, seen)| {
        let here = definition.parts.iter().filter(|part| part.group == place);
        let names: Vec<_> = here.map(|part| code(&part.name)).collect();
        vec![seen.to_owned(), names.join(" ")]
    });
    table(&["where", "parts"], rows)
}

fn css_properties(definition: &Definition) -> String {
    let rows = definition.css_properties.iter().map(|property| {
        let dark = property.dark.as_deref().map(code).unwrap_or_default();
        vec![
            code(&property.name),
            code(&property.default),
            dark,
            property.about.clone(),
        ]
    });
    table(
        &["custom property", "default", "in the dark", "what for"],
        rows,
    )
}

fn states(definition: &Definition) -> String {
    let rows = definition
        .states
        .iter()
        .map(|state| vec![code(&state.name), state.about.clone()]);
    table(&["state", "when"], rows)
}

fn values(attribute: &Attribute) -> String {
    let said: Vec<_> = attribute.values.iter().map(|value| code(value)).collect();
    let kind = match attribute.kind {
        _ if !said.is_empty() => said.join(", "),
        _ if attribute.object.is_some() => "text or object".into(),
        Kind::String => "text".into(),
        Kind::Number => "number".into(),
        Kind::Boolean => "present or not".into(),
    };
    match &attribute.default {
        Some(default) => format!("{kind} (default {})", code(default)),
        None => kind,
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = row(head.iter().map(|cell| (*cell).to_owned()).collect());
    text.push_str(&row(vec!["---".into(); head.len()]));
    text.extend(rows.map(row));
    text
}

/// A bar within a cell would end it.
fn row(cells: Vec<String>) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}
