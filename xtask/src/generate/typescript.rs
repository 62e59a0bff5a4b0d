//! The shell's lists of names, and the typings that scripts see.

use super::definition::{Attribute, CssProperty, Definition, Property};
use super::{Generated, NOTE};

/// What the name of every event begins with.
const PREFIX: &str = "slidewright-";

/// What the name of every custom property begins with.
const STYLE: &str = "--slidewright-";

/// Where a line of a list ends at the latest.
const WIDTH: usize = 100;

/// `names.ts`: what the shell has to know at run time. It ends up in what every page
/// downloads, so it holds names and nothing else.
pub fn names(definition: &Definition) -> Generated {
    let attributes = definition.attributes.iter().map(|it| it.name.as_str());
    let writable = definition.properties.iter().filter(|it| !it.read_only);
    let properties = writable.map(|it| it.name.as_str());
    let methods = definition.own_methods().map(|it| it.name.as_str());
    let events = definition.events.iter().map(|it| it.name.as_str());
    let events = events.map(|name| name.strip_prefix(PREFIX).unwrap_or(name));
    let text = format!(
        "// {NOTE}\n\n\
         /** The attributes of `<{}>`; each is a property too, in camel case. */\n\
         {}\n\
         /** Properties that no attribute can carry. */\n\
         {}\n\
         /** Methods that are handed on as they are. */\n\
         {}\n\
         /** Events, without their `{PREFIX}`. */\n\
         {}",
        definition.tag,
        list("ATTRIBUTES", attributes),
        list("PROPERTIES", properties),
        list("METHODS", methods),
        list("EVENTS", events),
    );
    Generated {
        path: "pkg/src/names.ts",
        text,
    }
}

/// `embed-names.ts`: what `embed.html` takes from its address and tells its parent.
pub fn embed_names(definition: &Definition) -> Generated {
    let attributes = definition.by_address().map(|it| it.name.as_str());
    let events = definition.events.iter().filter(|it| !it.texts);
    let events = events.map(|it| it.name.as_str());
    let styles = |of: fn(&CssProperty) -> bool| {
        let found = definition.css_properties.iter().filter(move |it| of(it));
        found.map(|it| it.name.strip_prefix(STYLE).unwrap_or(&it.name))
    };
    let is_color = |it: &CssProperty| it.syntax.as_deref() == Some("<color>");
    let is_length = |it: &CssProperty| it.syntax.as_deref() == Some("<length>");
    let text = format!(
        "// {NOTE}\n\n\
         /** Attributes that the address may say. */\n\
         {}\n\
         /** Events that carry no words of a visitor or a service. */\n\
         {}\n\
         /** Custom properties that are colours, without their `{STYLE}`. */\n\
         {}\n\
         /** Those that are lengths. */\n\
         {}",
        list("ATTRIBUTES", attributes),
        list("EVENTS", events),
        list("COLORS", styles(is_color)),
        list("LENGTHS", styles(is_length)),
    );
    Generated {
        path: "pkg/src/embed-names.ts",
        text,
    }
}

/// One text, which compresses better than a list. Where nobody uses it, a bundler may
/// leave it out.
fn list<'a>(constant: &str, names: impl Iterator<Item = &'a str>) -> String {
    let mut lines = vec![String::new()];
    for name in names {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(name),
            Some(line) if line.len() + name.len() < WIDTH => {
                line.push(' ');
                line.push_str(name);
            }
            _ => lines.push(name.to_owned()),
        }
    }
    format!(
        "export const {constant} = /* @__PURE__ */ (\n  '{}'\n).split(' ');\n",
        lines.join(" ' +\n  '")
    )
}

/// `element.ts`: the interfaces that list attributes, properties, methods and events.
/// What they are made of stands in `types.ts`.
pub fn element(definition: &Definition) -> Generated {
    let text = [
        format!("// {NOTE}\n"),
        imports(definition),
        states(definition),
        interface(
            "What a request can say: one member a field.",
            "RequestFields",
            definition
                .fields()
                .map(|field| optional(&field.property(), field, field.request_type())),
        ),
        interface(
            &format!("The attributes of `<{}>`, as JSX writes them.", definition.tag),
            "SlidewrightAttributes",
            definition.attributes.iter().map(|attribute| {
                let name = quoted(&attribute.name);
                let kind = format!("{} | undefined", attribute.attribute_type());
                optional(&name, attribute, &kind)
            }),
        ),
        interface(
            "What can be set as a property: the attributes, in camel case, and what none can carry.",
            "SlidewrightOptions",
            definition
                .attributes
                .iter()
                .map(|it| member(&it.property(), &described(it), &it.property_type()))
                .chain(
                    writable(definition).map(|it| member(&it.name, &it.about, &it.kind)),
                ),
        ),
        interface(
            "What can be called, and what can only be read.",
            "SlidewrightMethods",
            definition
                .own_methods()
                .map(|it| {
                    let name = format!("{}({})", it.name, it.parameters);
                    member(&name, &it.about, &it.returns)
                })
                .chain(
                    definition
                        .properties
                        .iter()
                        .filter(|it| it.read_only)
                        .map(|it| member(&format!("readonly {}", it.name), &it.about, &it.kind)),
                ),
        ),
        interface(
            "The events, by name. All bubble and are composed.",
            "SlidewrightEvents",
            definition.events.iter().map(|it| {
                let kind = format!("CustomEvent<{}>", it.detail);
                member(&quoted(&it.name), &it.about, &kind)
            }),
        ),
    ]
    .join("\n");
    Generated {
        path: "pkg/src/element.ts",
        text,
    }
}

/// Types that the definition names and `types.ts` explains.
fn imports(definition: &Definition) -> String {
    let properties = definition.properties.iter().map(|it| it.kind.as_str());
    let methods = definition.own_methods();
    let methods = methods.flat_map(|it| [it.parameters.as_str(), it.returns.as_str()]);
    let events = definition.events.iter().map(|it| it.detail.as_str());
    let mut names: Vec<&str> = properties
        .chain(methods)
        .chain(events)
        .flat_map(|kind| kind.split(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| word.starts_with(char::is_uppercase))
        // TypeScript's own.
        .filter(|word| !matches!(*word, "Record" | "Promise" | "Partial"))
        .collect();
    names.sort_unstable();
    names.dedup();
    format!(
        "import type {{\n  {},\n}} from './types.js';\n",
        names.join(",\n  ")
    )
}

fn states(definition: &Definition) -> String {
    let docs = definition
        .states
        .iter()
        .map(|state| format!("  /** {} */\n  | '{}'\n", state.about, state.name));
    format!(
        "/** The states of a widget; also for `:state()`. */\nexport type State =\n{};\n",
        docs.collect::<String>().trim_end()
    )
}

fn writable(definition: &Definition) -> impl Iterator<Item = &Property> {
    definition.properties.iter().filter(|it| !it.read_only)
}

fn interface(about: &str, name: &str, members: impl Iterator<Item = String>) -> String {
    format!(
        "/** {about} */\nexport interface {name} {{\n{}}}\n",
        members.collect::<String>()
    )
}

fn optional(name: &str, attribute: &Attribute, kind: &str) -> String {
    member(&format!("{name}?"), &described(attribute), kind)
}

fn member(name: &str, about: &str, kind: &str) -> String {
    format!("  /** {about} */\n  {name}: {kind};\n")
}

/// What an attribute is for, with its default.
pub fn described(attribute: &Attribute) -> String {
    match &attribute.default {
        Some(default) => format!("{} Default: `{default}`.", attribute.about),
        None => attribute.about.clone(),
    }
}

/// A name as a key: quoted, unless it can stand alone.
pub fn quoted(name: &str) -> String {
    if name.contains('-') {
        format!("'{name}'")
    } else {
        name.to_owned()
    }
}
