//! `custom-elements.json`, the manifest by which tools know custom elements
//! (schema 2.1.0).

use serde::Serialize;

use super::definition::{Attribute, Definition, Kind, Method, Named};
use super::{Generated, NOTE};
use crate::Outcome;
use crate::failure::Context;

const SCHEMA: &str = "2.1.0";

/// What a page imports, from the root of the package.
const MODULE: &str = "dist/slidewright.js";

/// The class's name among the exports of the module.
const EXPORT: &str = "SlideWrightElementClass";

#[derive(Serialize)]
struct Manifest<'a> {
    #[serde(rename = "$comment")]
    comment: &'static str,
    #[serde(rename = "schemaVersion")]
    schema_version: &'static str,
    readme: &'static str,
    modules: [Module<'a>; 1],
}

#[derive(Serialize)]
struct Module<'a> {
    kind: &'static str,
    path: &'static str,
    declarations: [Element<'a>; 1],
    exports: [Export<'a>; 2],
}

#[derive(Serialize)]
struct Export<'a> {
    kind: &'static str,
    name: &'a str,
    declaration: Reference,
}

#[derive(Serialize)]
struct Reference {
    name: &'static str,
    module: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Element<'a> {
    kind: &'static str,
    name: &'static str,
    description: &'a str,
    tag_name: &'a str,
    custom_element: bool,
    superclass: Superclass,
    attributes: Vec<AttributeEntry<'a>>,
    members: Vec<Member<'a>>,
    events: Vec<EventEntry<'a>>,
    slots: Vec<Plain<'a>>,
    css_parts: Vec<Plain<'a>>,
    css_properties: Vec<CssPropertyEntry<'a>>,
    css_states: Vec<Plain<'a>>,
}

#[derive(Serialize)]
struct Superclass {
    name: &'static str,
    package: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AttributeEntry<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: Type,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<&'a str>,
    description: &'a str,
    field_name: String,
}

/// A property or a method: which members it has depends on its kind.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Member<'a> {
    #[serde(rename_all = "camelCase")]
    Field {
        name: String,
        #[serde(rename = "type")]
        of: Type,
        #[serde(skip_serializing_if = "Option::is_none")]
        default: Option<&'a str>,
        description: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        attribute: Option<&'a str>,
        #[serde(skip_serializing_if = "is_false")]
        readonly: bool,
    },
    Method {
        name: &'a str,
        #[serde(rename = "static", skip_serializing_if = "is_false")]
        is_static: bool,
        description: &'a str,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        parameters: Vec<Parameter<'a>>,
        #[serde(rename = "return")]
        returns: Returned,
    },
}

#[derive(Serialize)]
struct Parameter<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: Type,
    #[serde(skip_serializing_if = "is_false")]
    optional: bool,
}

#[derive(Serialize)]
struct Returned {
    #[serde(rename = "type")]
    kind: Type,
}

#[derive(Serialize)]
struct EventEntry<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: Type,
    description: &'a str,
}

#[derive(Serialize)]
struct CssPropertyEntry<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    syntax: Option<&'a str>,
    default: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
struct Plain<'a> {
    name: &'a str,
    description: String,
}

#[derive(Serialize)]
struct Type {
    text: String,
}

/// The file.
///
/// # Errors
///
/// The JSON cannot be written.
pub fn file(definition: &Definition) -> Outcome<Generated> {
    let reference = || Reference {
        name: EXPORT,
        module: MODULE,
    };
    let manifest = Manifest {
        comment: NOTE,
        schema_version: SCHEMA,
        readme: "README.md",
        modules: [Module {
            kind: "javascript-module",
            path: MODULE,
            declarations: [element(definition)],
            exports: [
                Export {
                    kind: "js",
                    name: EXPORT,
                    declaration: reference(),
                },
                Export {
                    kind: "custom-element-definition",
                    name: &definition.tag,
                    declaration: reference(),
                },
            ],
        }],
    };
    Ok(Generated {
        path: "pkg/custom-elements.json",
        text: json(&manifest)?,
    })
}

/// JSON as it is kept in a repository.
///
/// # Errors
///
/// It cannot be written.
pub(super) fn json(data: &impl Serialize) -> Outcome<String> {
    let mut text = serde_json::to_string_pretty(data).or_cannot("write the JSON")?;
    text.push('\n');
    Ok(text)
}

fn element(definition: &Definition) -> Element<'_> {
    let attributes = definition.attributes.iter().map(|it| Member::Field {
        name: it.property(),
        of: text(it.property_type()),
        default: it.default.as_deref(),
        description: &it.about,
        attribute: Some(&it.name),
        readonly: false,
    });
    let properties = definition.properties.iter().map(|it| Member::Field {
        name: it.name.clone(),
        of: text(&it.kind),
        default: None,
        description: &it.about,
        attribute: None,
        readonly: it.read_only,
    });
    let methods = definition.methods.iter().map(method);
    let parts = definition.parts.iter().map(|it| Plain {
        name: &it.name,
        description: it.about.clone(),
    });
    let field_parts = definition.field_parts().map(|it| Plain {
        name: &it.name,
        description: format!("The control of the field `{}`.", it.name),
    });
    Element {
        kind: "class",
        name: EXPORT,
        description: &definition.about,
        tag_name: &definition.tag,
        custom_element: true,
        superclass: Superclass {
            name: "HTMLElement",
            package: "global:",
        },
        attributes: definition.attributes.iter().map(attribute).collect(),
        members: attributes.chain(properties).chain(methods).collect(),
        events: definition
            .events
            .iter()
            .map(|it| EventEntry {
                name: &it.name,
                kind: text(format!("CustomEvent<{}>", it.detail)),
                description: &it.about,
            })
            .collect(),
        slots: definition.slots.iter().map(plain).collect(),
        css_parts: parts.chain(field_parts).collect(),
        css_properties: definition
            .css_properties
            .iter()
            .map(|it| CssPropertyEntry {
                name: &it.name,
                syntax: it.syntax.as_deref(),
                default: &it.default,
                description: &it.about,
            })
            .collect(),
        css_states: definition.states.iter().map(plain).collect(),
    }
}

fn attribute(attribute: &Attribute) -> AttributeEntry<'_> {
    // In HTML everything is text: what is open is said by the description.
    let kind = match attribute.kind {
        _ if !attribute.values.is_empty() => {
            let mut values: Vec<_> = attribute
                .values
                .iter()
                .map(|it| format!("'{it}'"))
                .collect();
            values.extend(attribute.open.then(|| "string".to_owned()));
            values.join(" | ")
        }
        Kind::String => "string".into(),
        Kind::Number => "number".into(),
        Kind::Boolean => "boolean".into(),
    };
    AttributeEntry {
        name: &attribute.name,
        kind: text(kind),
        default: attribute.default.as_deref(),
        description: &attribute.about,
        field_name: attribute.property(),
    }
}

fn method(method: &Method) -> Member<'_> {
    let parameter = method.parameters.split_once(':').map(|(name, kind)| {
        let name = name.trim();
        Parameter {
            name: name.trim_end_matches('?'),
            kind: text(kind.trim()),
            optional: name.ends_with('?'),
        }
    });
    Member::Method {
        name: &method.name,
        is_static: method.is_static,
        description: &method.about,
        parameters: parameter.into_iter().collect(),
        returns: Returned {
            kind: text(&method.returns),
        },
    }
}

fn plain(named: &Named) -> Plain<'_> {
    Plain {
        name: &named.name,
        description: named.about.clone(),
    }
}

fn text(text: impl Into<String>) -> Type {
    Type { text: text.into() }
}

fn is_false(value: &bool) -> bool {
    !value
}
