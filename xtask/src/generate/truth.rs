//! Whether the definition is true: its names and those that the sources know have to
//! be the same, in both directions.

use std::collections::BTreeSet;

use super::DEFINITION;
use super::definition::{CssProperty, Definition};
use super::sources::{self, Known, PAGE, SHELL, STYLE, VIEWS};
use crate::Outcome;
use crate::project::{self, Project};
use crate::source::{Finding, SourceFile};

const OPTIONS: &str = "src/browser/options.rs";
const FIELDS: &str = "src/request.rs";
const PROVIDERS: &str = "src/provider/mod.rs";
const EVENTS: &str = "src/browser/host.rs";
const STATES: &str = "src/job/snapshot.rs";

/// What the shell reads by itself.
const READ_BY_SHELL: &str = "wasm-url";

/// The field that no text can preset, and whose control goes by another name.
const FILES: &str = "files";

/// The slot that stands for children without one.
const NO_SLOT: &str = "";

/// Where the definition and the sources differ.
///
/// # Errors
///
/// One of them cannot be read, or a source has changed so much that nothing is found
/// where names used to stand.
pub fn differences(project: &Project) -> Outcome<Vec<Finding>> {
    let definition = Definition::read(project)?;
    let rust = |path: &str| SourceFile::parse(path, &project::read_text(&project.path(path))?);
    let mut page = Vec::new();
    for folder in PAGE {
        page.extend(SourceFile::all(project, folder)?);
    }
    let views = page.iter().filter(|file| file.path.starts_with(VIEWS));
    let views: Vec<_> = views.collect();
    let shell = sources::shell(project)?;
    let style = project::read_text(&project.path(STYLE))?;

    let fields = sources::fields(&rust(FIELDS)?)?;
    let read = sources::options(&rust(OPTIONS)?)?;
    let mut findings = attributes(&definition, &read, &fields, &shell);

    let events = sources::events(&rust(EVENTS)?)?;
    let defined = definition.events.iter().map(|it| it.name.as_str());
    findings.extend(compare("event", EVENTS, defined, &events));

    let methods = sources::methods(&page)?;
    findings.extend(compare(
        "method",
        &PAGE.join(" or "),
        called(&definition),
        &methods,
    ));

    let states = sources::states(&rust(STATES)?)?;
    let defined = definition.states.iter().map(|it| it.name.as_str());
    findings.extend(compare("state", STATES, defined, &states));

    let providers = sources::providers(&rust(PROVIDERS)?)?;
    let defined = definition
        .attributes
        .iter()
        .filter(|it| it.name == "provider");
    let defined = defined.flat_map(|it| it.values.iter().map(String::as_str));
    findings.extend(compare(
        "value of `provider`",
        PROVIDERS,
        defined,
        &providers,
    ));

    let hidden = |name: &str| definition.fields().any(|it| it.name == name && !it.shown);
    let mut controls = fields;
    controls.retain(|field| field.name != FILES && !hidden(&field.name));
    let (parts, unreadable) = sources::parts(&views, &controls)?;
    findings.extend(unreadable);
    findings.extend(compare("part", VIEWS, parts_of(&definition), &parts));

    let mut slots = sources::slots(&views)?;
    slots.extend(sources::shell_slots(&shell));
    let defined = definition.slots.iter().map(|it| it.name.as_str());
    let defined = defined.filter(|name| *name != NO_SLOT);
    findings.extend(compare(
        "slot",
        &[VIEWS, SHELL].join(" or "),
        defined,
        &slots,
    ));

    findings.extend(css_properties(&definition.css_properties, &style));
    findings.extend(styled_parts(&definition, &style));
    Ok(findings)
}

/// Where names that the definition has and names that the sources know differ. `place`:
/// where they should be found.
pub fn compare<'a>(
    what: &str,
    place: &str,
    defined: impl IntoIterator<Item = &'a str>,
    known: &[Known],
) -> Vec<Finding> {
    let defined: BTreeSet<&str> = defined.into_iter().collect();
    let mut findings = Vec::new();
    let mut reported = BTreeSet::new();
    for Known { name, path, line } in known {
        if !defined.contains(name.as_str()) && reported.insert(name) {
            findings.push(Finding {
                path: path.clone(),
                line: *line,
                what: format!("{DEFINITION} has no {what} `{name}`: define it there"),
            });
        }
    }
    for name in defined {
        if known.iter().all(|it| it.name != name) {
            findings.push(defined_only(format!(
                "has the {what} `{name}`, which {place} does not know: remove it here, or bring it about there"
            )));
        }
    }
    findings
}

fn defined_only(what: String) -> Finding {
    Finding {
        path: DEFINITION.into(),
        line: 0,
        what,
    }
}

/// Attributes and properties against what the element reads: by name, or as a
/// field's preset.
pub fn attributes(
    definition: &Definition,
    read: &[Known],
    fields: &[Known],
    shell: &[(String, String)],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let of_fields = definition.fields().map(|it| it.name.as_str());
    findings.extend(compare("field", FIELDS, of_fields.chain([FILES]), fields));
    let others = definition
        .attributes
        .iter()
        .map(|it| it.name.as_str())
        .filter(|name| definition.fields().all(|field| field.name != *name))
        .filter(|name| *name != READ_BY_SHELL);
    let writable = definition.properties.iter().filter(|it| !it.read_only);
    let properties = writable.map(|it| it.name.as_str());
    findings.extend(compare(
        "attribute or property",
        OPTIONS,
        others.chain(properties),
        read,
    ));
    let in_shell = format!("'{READ_BY_SHELL}'");
    let shell_reads = shell.iter().any(|(_, text)| text.contains(&in_shell));
    let defined = definition
        .attributes
        .iter()
        .any(|it| it.name == READ_BY_SHELL);
    if shell_reads != defined {
        findings.push(defined_only(format!(
            "{SHELL} and {DEFINITION} differ on the attribute `{READ_BY_SHELL}`"
        )));
    }
    findings
}

/// Custom properties, with their defaults: the first value that the style has for
/// each is that of light, all others are that of the dark scheme.
pub fn css_properties(defined: &[CssProperty], style: &str) -> Vec<Finding> {
    let uses = sources::uses_of_variables(style);
    let known: Vec<_> = uses.iter().map(|(known, _)| known.clone()).collect();
    let names = defined.iter().map(|property| property.name.as_str());
    let mut findings = compare("custom property", STYLE, names, &known);
    for property in defined {
        let mut values = uses.iter().filter(|(known, _)| known.name == property.name);
        let light = values.next();
        let wanted = std::iter::once((light, Some(&property.default)));
        let dark = values.map(|value| (Some(value), property.dark.as_ref()));
        let mut in_the_dark = 0;
        for (at, (value, wanted)) in wanted.chain(dark).enumerate() {
            in_the_dark = at;
            let Some((known, value)) = value else {
                continue;
            };
            if Some(value) != wanted {
                let wanted = wanted.map_or("none", String::as_str);
                findings.push(Finding {
                    path: known.path.clone(),
                    line: known.line,
                    what: format!(
                        "the default of `{}` is {value} here, and {wanted} in {DEFINITION}",
                        known.name
                    ),
                });
            }
        }
        if property.dark.is_some() && light.is_some() && in_the_dark == 0 {
            findings.push(defined_only(format!(
                "{STYLE} has no default of `{}` for the dark scheme",
                property.name
            )));
        }
    }
    findings
}

/// Parts that the style speaks of and nobody sets.
pub fn styled_parts(definition: &Definition, style: &str) -> Vec<Finding> {
    let parts: BTreeSet<&str> = parts_of(definition).into_iter().collect();
    let mut findings = Vec::new();
    for (at, line) in style.lines().enumerate() {
        for rest in line.split("[part~=").skip(1) {
            let name = rest.split(']').next().unwrap_or(rest);
            if !parts.contains(name) {
                findings.push(Finding {
                    path: STYLE.into(),
                    line: at + 1,
                    what: format!("styles the part `{name}`, which nothing has"),
                });
            }
        }
    }
    findings
}

/// What is asked for by the name of a method.
fn called(definition: &Definition) -> Vec<&str> {
    let methods = definition.own_methods().map(|it| it.name.as_str());
    let read_only = definition.properties.iter().filter(|it| it.read_only);
    methods
        .chain(read_only.map(|it| it.name.as_str()))
        .collect()
}

fn parts_of(definition: &Definition) -> Vec<&str> {
    let fields = definition.field_parts().map(|it| it.name.as_str());
    let parts = definition.parts.iter().map(|it| it.name.as_str());
    parts.chain(fields).collect()
}
