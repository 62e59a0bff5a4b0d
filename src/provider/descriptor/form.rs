//! What a described provider's form offers, and how it is sent.

use super::Descriptor;
use crate::json::Json;
use crate::outline;
use crate::provider::{HttpRequest, Part, Upload};
use crate::request::{
    Choice, Field, FieldProblem, FileRef, FileRules, GenerationRequest, Kind, Offer, Place, Problem,
};
use crate::text::digits;

/// Where a description names no limit: ours, so that a pasted book is refused
/// where it can still be shortened.
const LONGEST_TEXT: u64 = 50_000;
const MOST_SLIDES: u64 = 100;
const MOST_FILES: u64 = 10;
const LARGEST_FILE: u64 = 10_000_000;

/// Where the description has a member of a field.
fn at(field: Field, member: &str) -> String {
    ["/fields/", field.name(), "/", member].concat()
}

fn kind_of(of: &Descriptor, field: Field) -> &str {
    of.json
        .pointer(&at(field, "kind"))
        .and_then(Json::text)
        .unwrap_or("text")
}

fn fields(of: &Descriptor) -> impl Iterator<Item = Field> {
    let described = of.json.get("fields");
    let is_there = move |field: &Field| described.is_some_and(|of| of.get(field.name()).is_some());
    Field::ALL.iter().copied().filter(is_there)
}

pub(super) fn offers(of: &Descriptor) -> Vec<Offer> {
    fields(of).map(|field| offer(of, field)).collect()
}

fn offer(of: &Descriptor, field: Field) -> Offer {
    let text = |member| of.text(&at(field, member)).to_string();
    let amount = |member, usual| of.amount(&at(field, member)).unwrap_or(usual);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let count = |member, usual| u32::try_from(amount(member, usual)).unwrap_or(u32::MAX);
    let kind = match kind_of(of, field) {
        "integer" => Kind::Count {
            min: count("min", 1),
            max: count("max", MOST_SLIDES),
        },
        "choice" => Kind::Choice {
            values: values(of, field),
            open: of.is_set(&at(field, "open")),
        },
        "multiselect" => Kind::Several {
            values: values(of, field),
        },
        "boolean" => Kind::Switch,
        "files" => Kind::Files(FileRules {
            endings: text("extensions"),
            most: size(amount("maxFiles", MOST_FILES)),
            largest: amount("maxSize", LARGEST_FILE),
            enough: of.is_set(&at(field, "enough")),
        }),
        _ => Kind::Text {
            longest: size(amount("maxLength", LONGEST_TEXT)),
        },
    };
    let place = match text("place").as_str() {
        "main" => Place::Main,
        "hidden" => Place::Hidden,
        _ => Place::More,
    };
    let mut offer = Offer::new(field, kind, place, &text("default"));
    offer.required |= of.is_set(&at(field, "required"));
    if let Some(Json::Map(conditions)) = of.json.pointer(&at(field, "when")) {
        let condition =
            |(name, value): &(String, Json)| Some((Field::named(name)?, value.text()?.to_string()));
        offer.when = conditions.iter().filter_map(condition).collect();
    }
    offer
}

fn values(of: &Descriptor, field: Field) -> Vec<Choice> {
    let known = |words: &str| words.split(' ').map(Choice::known).collect();
    match of.json.pointer(&at(field, "values")) {
        Some(Json::Map(values)) => values
            .iter()
            .map(|(value, _)| Choice::known(value))
            .collect(),
        Some(Json::Text(words)) => known(words),
        _ => Vec::new(),
    }
}

pub(super) fn field_of(of: &Descriptor, member: &str) -> Option<Field> {
    fields(of).find(|field| {
        of.text(&at(*field, "to"))
            .split('/')
            .any(|key| key == member)
    })
}

/// Slides of a template need to know which: that is the host's to say.
pub(super) fn check(of: &Descriptor, request: &GenerationRequest) -> Vec<FieldProblem> {
    let structured = kind_of(of, Field::Outline) == "slides";
    let lacking = structured
        && request.text(Field::Outline).is_some()
        && request.text(Field::TemplateSlides).is_none();
    let problem = FieldProblem {
        field: Field::TemplateSlides,
        problem: Problem::Missing,
    };
    lacking.then_some(problem).into_iter().collect()
}

pub(super) fn body(of: &Descriptor, request: &GenerationRequest) -> Json {
    let mut body = of.json.get("body").cloned().unwrap_or_else(Json::map);
    for field in fields(of) {
        let to = of.text(&at(field, "to"));
        if to.is_empty() {
            continue;
        }
        if let Some(value) = value(of, field, request) {
            body.put_at(to, value);
        }
    }
    body
}

fn value(of: &Descriptor, field: Field, request: &GenerationRequest) -> Option<Json> {
    let kind = kind_of(of, field);
    if kind == "files" {
        let uploaded = request.uploaded();
        return (!uploaded.is_empty()).then(|| Json::List(uploaded.to_vec()));
    }
    // An outline has its own place, or is part of the prompt.
    if field == Field::Prompt && of.text(&at(Field::Outline, "to")).is_empty() {
        let prompt = request.whole_prompt();
        return (!prompt.is_empty()).then_some(Json::Text(prompt));
    }
    let text = request.text(field)?;
    Some(match kind {
        "integer" => request.count(field)?.into(),
        "boolean" => (text == "true").into(),
        "multiselect" => Json::List(text.split_whitespace().map(Json::from).collect()),
        "slides" => {
            let chosen = request.text(Field::TemplateSlides).unwrap_or("");
            outline::for_template(&outline::read(text), chosen)
        }
        "choice" => return translated(of, field, text),
        _ => text.into(),
    })
}

/// A choice in the service's own word: a language's may be that of the language
/// without its region. One that it does not know is left to the service, unless
/// it takes any.
fn translated(of: &Descriptor, field: Field, value: &str) -> Option<Json> {
    let Some(Json::Map(words)) = of.json.pointer(&at(field, "values")) else {
        return Some(value.into());
    };
    let word_of = |tag: &str| {
        let same = |(known, _): &&(String, Json)| known.eq_ignore_ascii_case(tag);
        words.iter().find(same).map(|(_, word)| word.clone())
    };
    let language = value.split(['-', '_']).next().unwrap_or(value);
    word_of(value).or_else(|| word_of(language)).or_else(|| {
        of.is_set(&at(field, "open"))
            .then(|| Json::Text(value.into()))
    })
}

pub(super) fn upload(of: &Descriptor, file: &FileRef) -> Upload {
    if of.is_set("/upload/inline") {
        return Upload::Read;
    }
    let path = of.text("/upload/path");
    if path.is_empty() {
        return Upload::Impossible;
    }
    let part = of.text("/upload/part");
    let request = if of.has("/upload/ask") {
        let mut body = Json::map();
        let size = Json::Number(file.size as f64);
        body.put_at(of.text("/upload/ask/name"), file.name.as_str().into());
        body.put_at(of.text("/upload/ask/type"), media_type(file).into());
        body.put_at(of.text("/upload/ask/size"), size);
        HttpRequest::post(path, body)
    } else {
        HttpRequest::post_form(path, vec![Part::File(part.into(), file.handle)])
    };
    Upload::Send(of.with_headers(request))
}

pub(super) fn uploaded(
    of: &Descriptor,
    file: &FileRef,
    reply: &Json,
    target: Option<&Json>,
) -> Upload {
    if target.is_none() && of.has("/upload/url") {
        return match bucket(of, file, reply) {
            Some(request) => Upload::SendTo(request, reply.clone()),
            None => Upload::Impossible,
        };
    }
    let answer = of.find("/upload/answer", target.unwrap_or(reply));
    match answer.and_then(Json::identifier) {
        Some(name) if of.has("/upload/item") => Upload::Done(item(of, file, "{url}", &name)),
        Some(name) => Upload::Done(Json::Text(name)),
        None => Upload::Impossible,
    }
}

/// The form that a bucket wants: the fields it was asked with, in order, and the
/// file last (`providers.md` 1.4).
fn bucket(of: &Descriptor, file: &FileRef, reply: &Json) -> Option<HttpRequest> {
    let url = of.find_text("/upload/url", reply)?;
    let fields = of.find("/upload/fields", reply).map(Json::items);
    let field = |field: &Json| {
        let text = |name| Some(field.text_of(name)?.to_string());
        Some(Part::Text(text("name")?, text("value")?))
    };
    let fields = fields.unwrap_or_default().iter().filter_map(field);
    let last = Part::File("file".into(), file.handle);
    let form = fields.chain(std::iter::once(last)).collect();
    Some(HttpRequest::post_form(url, form))
}

/// How the request's body has a file: a text, or an object by its template.
pub(super) fn item(of: &Descriptor, file: &FileRef, place: &str, value: &str) -> Json {
    let Some(Json::Map(template)) = of.json.pointer("/upload/item") else {
        return value.into();
    };
    let mut item = Json::map();
    for (name, holder) in template {
        let holder = holder.text().unwrap_or("");
        match holder {
            "{name}" => item.put(name, file.name.as_str()),
            "{type}" => item.put(name, media_type(file)),
            "{id}" => item.put(name, ["file-", &digits(file.handle)].concat().as_str()),
            _ if holder == place => item.put(name, value),
            other => item.put(name, other),
        }
    }
    item
}

/// Where the browser knows none, it says nothing.
fn media_type(file: &FileRef) -> &str {
    if file.media_type.is_empty() {
        "application/octet-stream"
    } else {
        &file.media_type
    }
}
