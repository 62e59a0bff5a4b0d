//! `html-data.json`: what Visual Studio Code shows while HTML is written.

use serde::Serialize;

use super::definition::{Attribute, Definition, Kind};
use super::typescript::described;
use super::{Generated, NOTE, manifest};
use crate::Outcome;

#[derive(Serialize)]
struct Data<'a> {
    #[serde(rename = "$comment")]
    comment: &'static str,
    version: f64,
    tags: [Tag<'a>; 1],
}

#[derive(Serialize)]
struct Tag<'a> {
    name: &'a str,
    description: Markdown,
    attributes: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    description: Markdown,
    /// `v`: no value is needed.
    #[serde(rename = "valueSet", skip_serializing_if = "Option::is_none")]
    value_set: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<Value<'a>>,
}

#[derive(Serialize)]
struct Value<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Markdown {
    kind: &'static str,
    value: String,
}

/// The file.
///
/// # Errors
///
/// The JSON cannot be written.
pub fn file(definition: &Definition) -> Outcome<Generated> {
    let data = Data {
        comment: NOTE,
        version: 1.1,
        tags: [Tag {
            name: &definition.tag,
            description: markdown(definition.about.clone()),
            attributes: definition.attributes.iter().map(entry).collect(),
        }],
    };
    Ok(Generated {
        path: "pkg/html-data.json",
        text: manifest::json(&data)?,
    })
}

fn entry(attribute: &Attribute) -> Entry<'_> {
    Entry {
        name: &attribute.name,
        description: markdown(described(attribute)),
        value_set: (attribute.kind == Kind::Boolean).then_some("v"),
        values: attribute.values.iter().map(|name| Value { name }).collect(),
    }
}

fn markdown(value: String) -> Markdown {
    Markdown {
        kind: "markdown",
        value,
    }
}
