//! `pkg/element.toml`, read and checked for contradictions.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::DEFINITION;
use crate::project::{self, Project};
use crate::{Failure, Outcome};

/// What the element is to a host page.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Definition {
    /// The tag.
    pub tag: String,
    /// The TypeScript interface of the element.
    pub class: String,
    /// What it is, in a sentence.
    pub about: String,
    /// In the order in which the README has them; so with all that follow.
    #[serde(rename = "attribute", default)]
    pub attributes: Vec<Attribute>,
    /// Those that are no attributes.
    #[serde(rename = "property", default)]
    pub properties: Vec<Property>,
    /// Of the element, and of its class.
    #[serde(rename = "method", default)]
    pub methods: Vec<Method>,
    /// All bubble and are composed.
    #[serde(rename = "event", default)]
    pub events: Vec<Event>,
    /// The one without a name has an empty one.
    #[serde(rename = "slot", default)]
    pub slots: Vec<Named>,
    /// Without those of the fields: see [`Definition::field_parts`].
    #[serde(rename = "part", default)]
    pub parts: Vec<Part>,
    /// CSS custom properties.
    #[serde(rename = "css-property", default)]
    pub css_properties: Vec<CssProperty>,
    /// Custom states for `:state()`.
    #[serde(rename = "state", default)]
    pub states: Vec<Named>,
}

/// An attribute; in camel case it is a property, too.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Attribute {
    /// In kebab case.
    pub name: String,
    /// What it belongs to.
    pub group: Group,
    /// What kind of value it takes, unless `values` says it.
    #[serde(rename = "type", default)]
    pub kind: Kind,
    /// The values it knows.
    #[serde(default)]
    pub values: Vec<String>,
    /// Whether it takes others, too.
    #[serde(default)]
    pub open: bool,
    /// The TypeScript type that the property takes besides the text.
    pub object: Option<String>,
    /// What holds without it.
    pub default: Option<String>,
    /// What it is for.
    pub about: String,
    /// Where in the documentation there is more.
    pub see: Option<String>,
    /// Whether a field has a control at all.
    #[serde(default = "yes")]
    pub shown: bool,
    /// Whether the address of `embed.html` may say it. What shapes the form always may.
    #[serde(default)]
    pub by_address: bool,
}

/// What an attribute belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// What to call.
    Service,
    /// The form as a whole.
    Form,
    /// One field of the form.
    Field,
    /// How the widget behaves.
    Behaviour,
}

/// What kind of value an attribute takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Any text.
    #[default]
    String,
    /// A whole number.
    Number,
    /// Being there is enough.
    Boolean,
}

/// A property that no attribute can carry.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Property {
    /// In camel case.
    pub name: String,
    /// In TypeScript.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it can only be read.
    #[serde(default)]
    pub read_only: bool,
    /// What it is for.
    pub about: String,
}

/// A method.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Method {
    /// In camel case.
    pub name: String,
    /// In TypeScript; at most one.
    #[serde(default)]
    pub parameters: String,
    /// In TypeScript.
    #[serde(default = "nothing")]
    pub returns: String,
    /// Whether it is the class's.
    #[serde(default, rename = "static")]
    pub is_static: bool,
    /// What it does.
    pub about: String,
}

/// An event.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Event {
    /// With the prefix.
    pub name: String,
    /// In TypeScript.
    pub detail: String,
    /// Whether a listener can keep from happening what it tells.
    #[serde(default)]
    pub cancelable: bool,
    /// Whether it carries a visitor's or a service's words.
    #[serde(default)]
    pub texts: bool,
    /// When it is told.
    pub about: String,
}

/// A part that a host page can style.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Part {
    /// For `::part()`.
    pub name: String,
    /// Where it is seen.
    pub group: Place,
    /// What it is.
    pub about: String,
}

/// Where a part is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// While a request is written.
    Form,
    /// While the deck is made.
    Job,
    /// When it is there.
    Result,
    /// When something went wrong.
    Trouble,
    /// Anywhere.
    General,
}

/// A CSS custom property.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CssProperty {
    /// With the two dashes.
    pub name: String,
    /// What it takes, as CSS writes it.
    pub syntax: Option<String>,
    /// What holds without it.
    pub default: String,
    /// What holds in the dark scheme, if that is something else.
    pub dark: Option<String>,
    /// What it is for.
    pub about: String,
}

/// A slot or a state.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Named {
    /// As the page writes it.
    pub name: String,
    /// What it is for.
    pub about: String,
}

impl Definition {
    /// The project's definition.
    ///
    /// # Errors
    ///
    /// It cannot be read, or as for [`Definition::parse`].
    pub fn read(project: &Project) -> Outcome<Self> {
        Self::parse(&project::read_text(&project.path(DEFINITION))?)
    }

    /// A definition from its text.
    ///
    /// # Errors
    ///
    /// It is no TOML of this shape, or says a thing twice.
    pub fn parse(text: &str) -> Outcome<Self> {
        let definition: Self =
            toml::from_str(text).map_err(|error| Failure::new(format!("{DEFINITION}: {error}")))?;
        definition.says_things_once()?;
        Ok(definition)
    }

    /// The attributes that preset a field of the form.
    pub fn fields(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes
            .iter()
            .filter(|attribute| attribute.group == Group::Field)
    }

    /// Those that the address of `embed.html` may say.
    pub fn by_address(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| {
            attribute.by_address || matches!(attribute.group, Group::Form | Group::Field)
        })
    }

    /// The fields that have a control: its part is the field's name.
    pub fn field_parts(&self) -> impl Iterator<Item = &Attribute> {
        self.fields().filter(|field| field.shown)
    }

    /// The methods of the element, without those of its class.
    pub fn own_methods(&self) -> impl Iterator<Item = &Method> {
        self.methods.iter().filter(|method| !method.is_static)
    }

    fn says_things_once(&self) -> Outcome {
        fn once(what: &str, names: impl Iterator<Item = String>) -> Outcome {
            let mut seen = BTreeSet::new();
            for name in names {
                if seen.contains(&name) {
                    return Err(Failure::new(format!(
                        "{DEFINITION} has the {what} `{name}` twice"
                    )));
                }
                seen.insert(name);
            }
            Ok(())
        }
        let attributes = self.attributes.iter().map(Attribute::property);
        let properties = self.properties.iter().map(|it| it.name.clone());
        let methods = self.own_methods().map(|it| it.name.clone());
        // They share one object.
        once("member", attributes.chain(properties).chain(methods))?;
        let parts = self.parts.iter().map(|it| it.name.clone());
        let field_parts = self.field_parts().map(|it| it.name.clone());
        once("part", parts.chain(field_parts))?;
        once("event", self.events.iter().map(|it| it.name.clone()))?;
        once("slot", self.slots.iter().map(|it| it.name.clone()))?;
        once("state", self.states.iter().map(|it| it.name.clone()))?;
        let css = self.css_properties.iter();
        once("custom property", css.map(|it| it.name.clone()))
    }
}

impl Attribute {
    /// The property of the same meaning, in camel case.
    pub fn property(&self) -> String {
        camel_case(&self.name)
    }

    /// The TypeScript type of the attribute's value, as JSX writes it.
    pub fn attribute_type(&self) -> String {
        match self.kind {
            _ if !self.values.is_empty() => self.union(),
            Kind::String => "string".into(),
            Kind::Number => "number | string".into(),
            Kind::Boolean => "boolean | 'true' | 'false' | ''".into(),
        }
    }

    /// The TypeScript type of the property.
    pub fn property_type(&self) -> String {
        match (&self.object, self.kind) {
            (Some(object), _) => format!("{object} | string"),
            (None, Kind::Boolean) => "boolean | string".into(),
            (None, _) => self.attribute_type(),
        }
    }

    /// The TypeScript type that a request has for the field.
    pub fn request_type(&self) -> &'static str {
        match self.kind {
            Kind::String => "string",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
        }
    }

    fn union(&self) -> String {
        let mut values: Vec<_> = self.values.iter().map(|it| format!("'{it}'")).collect();
        if self.open {
            // Any text, without losing the list in an editor.
            values.push("(string & {})".into());
        }
        values.join(" | ")
    }
}

/// `slide-count` as scripts have it: `slideCount`.
pub fn camel_case(kebab: &str) -> String {
    let mut camel = String::new();
    let mut raise = false;
    for letter in kebab.chars() {
        match letter {
            '-' => raise = true,
            _ if raise => {
                camel.push(letter.to_ascii_uppercase());
                raise = false;
            }
            _ => camel.push(letter),
        }
    }
    camel
}

fn yes() -> bool {
    true
}

fn nothing() -> String {
    "void".into()
}
