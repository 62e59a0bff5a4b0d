//! What the documentation's examples say to the element exists, and so does the service of a
//! relay's path.

use crate::Outcome;
use crate::generate::definition::Definition;
use crate::markdown::{Document, Fence};
use crate::project::{self, Project};
use crate::source::Finding;

/// What HTML gives to every element.
const EVERY_ELEMENT: [&str; 7] = ["class", "dir", "hidden", "id", "lang", "slot", "style"];

/// The handler, whose table of services has a name a line.
const RELAY: &str = "examples/relay/relay.mjs";

/// Names in examples that the definition lacks, and paths that no relay has.
///
/// # Errors
///
/// The definition, the relay, or a page, cannot be read.
pub fn unknown(project: &Project) -> Outcome<Vec<Finding>> {
    let definition = Definition::read(project)?;
    let relay = project::read_text(&project.path(RELAY))?;
    let services = services(&relay);
    let mut findings = Vec::new();
    for path in project.tracked()? {
        if path.ends_with(".md") {
            let text = project::read_text(&project.path(&path))?;
            findings.extend(unknown_in(&path, &text, &definition));
            findings.extend(misled_in(&path, &text, &definition.tag, &services));
        }
    }
    Ok(findings)
}

/// The services that a relay's source has: the names in its table.
pub fn services(source: &str) -> Vec<&str> {
    let table = source.split("\nconst SERVICES = {\n").nth(1);
    let table = table.and_then(|it| it.split("\n};").next());
    let names = table.unwrap_or_default().lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.strip_suffix(": {")?;
        (!name.starts_with(' ')).then(|| name.trim_matches('\''))
    });
    names.collect()
}

/// Paths of a relay in the examples of one page that lead to no service, or to that of
/// another provider than the element's.
pub fn misled_in(path: &str, text: &str, tag: &str, services: &[&str]) -> Vec<Finding> {
    const PATH: &str = "/relay/";
    let mut findings = Vec::new();
    for fence in Document::read(text).fences {
        let mut found = |at: usize, what: String| {
            findings.push(Finding {
                path: path.to_owned(),
                line: fence.line + fence.text[..at].matches('\n').count(),
                what,
            });
        };
        for (at, _) in fence.text.match_indices(PATH) {
            let name = word(&fence.text[at + PATH.len()..]);
            // The path of the relay itself is nobody's service, nor is a file's name.
            let is_folder = name.is_empty() || fence.text[..at].ends_with("examples");
            if !is_folder && !services.contains(&name) {
                found(at, format!("the relay has no service `{name}`"));
            }
        }
        for (at, open) in fence.text.match_indices(&format!("<{tag}")) {
            let rest = &fence.text[at + open.len()..];
            let element = rest.split('>').next().unwrap_or_default();
            let value = |name: &str| {
                let after = element.split(&format!(" {name}=\"")).nth(1)?;
                after.split('"').next()
            };
            let Some(service) = value("endpoint").and_then(|it| it.strip_prefix(PATH)) else {
                continue;
            };
            let provider = match value("provider") {
                // A description's file has the provider's name.
                Some("custom") => value("descriptor").and_then(|it| {
                    let file = it.rsplit('/').next()?;
                    file.strip_suffix(".json")
                }),
                other => other,
            };
            if provider.is_some_and(|it| services.contains(&it) && it != service) {
                let provider = provider.unwrap_or_default();
                let what = format!("`{provider}` asks the relay for `{service}`");
                found(at, what);
            }
        }
    }
    findings
}

/// Names in the examples of one page that a definition lacks.
pub fn unknown_in(path: &str, text: &str, definition: &Definition) -> Vec<Finding> {
    let mut findings = Vec::new();
    for fence in Document::read(text).fences {
        for (kind, name, line) in named(&fence, &definition.tag) {
            let mut known: Box<dyn Iterator<Item = &str>> = match kind {
                "attribute" => Box::new(definition.attributes.iter().map(|it| it.name.as_str())),
                "event" => Box::new(definition.events.iter().map(|it| it.name.as_str())),
                "slot" => Box::new(definition.slots.iter().map(|it| it.name.as_str())),
                "part" => Box::new(
                    (definition.parts.iter().map(|it| it.name.as_str()))
                        .chain(definition.fields().map(|it| it.name.as_str())),
                ),
                _ => Box::new(definition.css_properties.iter().map(|it| it.name.as_str())),
            };
            if !known.any(|known| known == name) {
                findings.push(Finding {
                    path: path.to_owned(),
                    line,
                    what: format!("the element has no {kind} `{name}`"),
                });
            }
        }
    }
    findings
}

/// What an example names: its kind, the name, and the line.
fn named<'a>(fence: &'a Fence, tag: &str) -> Vec<(&'static str, &'a str, usize)> {
    let text = fence.text.as_str();
    let is_html = fence.language == "html";
    let mut names = Vec::new();
    let line = |at: usize| fence.line + text[..at].matches('\n').count();
    if is_html {
        for (at, open) in text.match_indices(&format!("<{tag}")) {
            for (name, offset) in attributes(&text[at + open.len()..]) {
                let of_every = EVERY_ELEMENT.contains(&name)
                    || name.starts_with("data-")
                    || name.starts_with("aria-");
                if !of_every {
                    names.push(("attribute", name, line(at + open.len() + offset)));
                }
            }
        }
    }
    let after = |mark: &'static str| {
        text.match_indices(mark)
            .map(move |(at, _)| (at, word(&text[at + mark.len()..])))
    };
    if is_html || matches!(fence.language.as_str(), "css" | "js" | "jsx" | "ts" | "tsx") {
        names.extend(after(" slot=\"").map(|(at, name)| ("slot", name, line(at))));
        names.extend(after("::part(").map(|(at, name)| ("part", name, line(at))));
        names.extend(after("addEventListener('").map(|(at, name)| ("event", name, line(at))));
        names.extend(text.match_indices("--slidewright-").map(|(at, _)| {
            // Dashes are part of it.
            ("custom property", word(&text[at..]), line(at))
        }));
    }
    // A page listens to other things, too.
    names.retain(|(kind, name, _)| *kind != "event" || name.starts_with("slidewright-"));
    names
}

fn word(text: &str) -> &str {
    let end = text.find(|char: char| !char.is_alphanumeric() && char != '-');
    &text[..end.unwrap_or(text.len())]
}

/// The names of attributes up to the end of a tag, with where they stand.
fn attributes(tag: &str) -> Vec<(&str, usize)> {
    let mut names = Vec::new();
    let mut rest = 0;
    loop {
        let Some(skipped) = tag[rest..].find(|char: char| !char.is_whitespace()) else {
            return names;
        };
        let start = rest + skipped;
        if tag[start..].starts_with(['>', '/']) {
            return names;
        }
        let length = tag[start..].find(|char: char| char.is_whitespace() || "=>/".contains(char));
        let end = start + length.unwrap_or(tag.len() - start);
        names.push((&tag[start..end], start));
        rest = end;
        if let Some(value) = tag[end..].strip_prefix('=') {
            let quote = value.chars().next().filter(|char| "'\"".contains(*char));
            let value_end = match quote {
                Some(quote) => value[1..].find(quote).map(|at| at + 2),
                None => value.find(|char: char| char.is_whitespace() || char == '>'),
            };
            rest = end + 1 + value_end.unwrap_or(value.len());
        }
    }
}
