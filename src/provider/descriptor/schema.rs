//! What a description may say. One line a member: its place (`*` for any key),
//! what it has to be, and `!` where its section cannot do without it.

use crate::json::Json;
use crate::request::Field;
use crate::text::split_last;
use std::fmt;

const SCHEMA: &str = "\
name text
auth header
headers/* text
pace/first number
pace/interval number
pace/maxInterval number
pace/minInterval number
fields/*/to pointer
fields/*/kind kind
fields/*/values values
fields/*/open switch
fields/*/min number
fields/*/max number
fields/*/maxLength number
fields/*/default text
fields/*/place place
fields/*/required switch
fields/*/when/* text
fields/*/extensions text
fields/*/maxSize number
fields/*/maxFiles number
fields/*/enough switch
body any
submit/path path!
submit/id pointer!
submit/idempotency header
status/path filled!
status/word pointer!
status/queued words
status/asking words
status/done words!
status/partial words
status/failed words
progress/percent pointer
progress/done pointer
progress/total pointer
progress/step pointer
progress/phase pointer
error/text pointer!
error/code pointer
slides/list pointer!
slides/number pointer
slides/word pointer!
slides/done words!
slides/failed words
slides/error pointer
result/deck pointer
result/view pointer
result/edit pointer
result/public pointer
result/credits pointer
result/tokens pointer
download/list pointer
download/url pointer!
download/format pointer
download/size pointer
download/expiresIn pointer
download/variant pointer
download/private switch
refresh/after number
refresh/path decked
refresh/url pointer
question/text pointer!
question/path filled!
question/to pointer!
lists/*/path path!
lists/*/items pointer!
lists/*/inner pointer
lists/*/value pointer!
lists/*/label pointer
lists/*/thumbnail pointer
upload/inline switch
upload/path path
upload/part text
upload/ask/name pointer
upload/ask/type pointer
upload/ask/size pointer
upload/url pointer
upload/fields pointer
upload/answer pointer
upload/item/* text
";

/// What is wrong with a description, and where: for the page's developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescriptorError {
    /// The member: `status/word`.
    pub at: String,
    /// What it has to be.
    pub problem: &'static str,
}

impl fmt::Display for DescriptorError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.at)?;
        out.write_str(": ")?;
        out.write_str(self.problem)
    }
}

/// The members of the schema: place, kind, whether it must be there.
fn members() -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    SCHEMA.split('\n').filter_map(|line| {
        let (place, kind) = line.split_once(' ')?;
        let needed = kind.strip_suffix('!');
        Some((place, needed.unwrap_or(kind), needed.is_some()))
    })
}

/// Whether a description says nothing wrong.
pub(super) fn check(json: &Json) -> Result<(), DescriptorError> {
    let Json::Map(sections) = json else {
        return Err(wrong("", "must be an object"));
    };
    walk("", sections)?;
    for (place, _, needed) in members() {
        if needed {
            look_for(place, json)?;
        }
    }
    for (member, other) in COMPANIONS {
        if json.pointer(member).is_some() && json.pointer(other).is_none() {
            return Err(wrong(other.trim_start_matches('/'), MISSING));
        }
    }
    bounds(json)
}

/// Members that are of no use without another.
const COMPANIONS: [(&str, &str); 4] = [
    ("/refresh/path", "/refresh/url"),
    ("/upload/path", "/upload/answer"),
    ("/fields/files", "/upload"),
    ("/fields/files", "/fields/files/to"),
];

/// Whether every range has something in it.
fn bounds(json: &Json) -> Result<(), DescriptorError> {
    let Some(Json::Map(fields)) = json.get("fields") else {
        return Ok(());
    };
    for (name, field) in fields {
        let bound = |name| field.get(name).and_then(Json::amount);
        let (min, max) = (bound("min"), bound("max"));
        if max.is_some_and(|max| max < min.unwrap_or(1)) {
            let at = ["fields/", name, "/max"].concat();
            // not shown: for the developer of a description.
            return Err(wrong(&at, "must not be less than min (1)"));
        }
    }
    Ok(())
}

fn wrong(at: &str, problem: &'static str) -> DescriptorError {
    DescriptorError {
        at: at.into(),
        problem,
    }
}

fn walk(at: &str, members_here: &[(String, Json)]) -> Result<(), DescriptorError> {
    for (key, value) in members_here {
        let place = if at.is_empty() {
            key.clone()
        } else {
            [at, "/", key].concat()
        };
        let mut is_section = false;
        let mut kind = None;
        for (known, its_kind, _) in members() {
            match fits(known, &place) {
                Fit::Whole => kind = Some(its_kind),
                Fit::Begins => is_section = true,
                Fit::Not => {}
            }
        }
        let names_field = matches!(at, "fields" | "lists") || at.ends_with("/when");
        if names_field && Field::named(key).is_none() {
            return Err(wrong(&place, "is no field of the form"));
        }
        match (kind, value) {
            (Some(kind), value) => {
                if let Some(problem) = mistake(kind, value) {
                    return Err(wrong(&place, problem));
                }
            }
            (None, Json::Map(inner)) if is_section => walk(&place, inner)?,
            (None, _) if is_section => return Err(wrong(&place, "must be an object")),
            (None, _) => return Err(wrong(&place, "is not known here")),
        }
    }
    Ok(())
}

enum Fit {
    Whole,
    Begins,
    Not,
}

/// Whether a place is that of a line of the schema, or leads to it.
fn fits(known: &str, place: &str) -> Fit {
    let mut keys = place.split('/');
    for expected in known.split('/') {
        match keys.next() {
            None => return Fit::Begins,
            Some(key) if expected == "*" || expected == key => {}
            Some(_) => return Fit::Not,
        }
    }
    match keys.next() {
        None => Fit::Whole,
        Some(_) => Fit::Not,
    }
}

/// Whether a member is there that its section cannot do without.
fn look_for(place: &str, json: &Json) -> Result<(), DescriptorError> {
    let Some((section, name)) = split_last(place, b'/') else {
        return Ok(());
    };
    // `lists/*/path`: each of them has one.
    if let Some(lists) = section.strip_suffix("/*") {
        let Some(Json::Map(lists_here)) = json.get(lists) else {
            return Ok(());
        };
        let lacking = lists_here.iter().find(|(_, list)| list.get(name).is_none());
        return match lacking {
            Some((key, _)) => Err(wrong(&[lists, "/", key, "/", name].concat(), MISSING)),
            None => Ok(()),
        };
    }
    let always = matches!(section, "submit" | "status");
    match json.get(section) {
        None if !always => Ok(()),
        section if section.and_then(|section| section.get(name)).is_some() => Ok(()),
        _ => Err(wrong(place, MISSING)),
    }
}

// not shown: for the developer of a description, in the console.
const MISSING: &str = "is missing";

/// What is wrong with a value, if something is.
fn mistake(kind: &str, value: &Json) -> Option<&'static str> {
    let text = value.text();
    let each = |fits: fn(&str) -> bool| text.is_some_and(|text| text.split(' ').all(fits));
    let (right, problem) = match kind {
        "any" => (true, ""),
        "number" => (
            value.amount().is_some() && text.is_none(),
            // not shown: as above.
            "must be a number, not negative",
        ),
        // not shown: as above.
        "switch" => (matches!(value, Json::Bool(_)), "must be true or false"),
        "pointer" => (
            text == Some("") || each(|pointer| pointer.starts_with('/') && is_short(pointer)),
            // not shown: as above.
            "must be a JSON pointer: it begins with /",
        ),
        "path" => (
            text.is_some_and(is_path),
            // not shown: as above.
            "must be a path: it begins with one /",
        ),
        "decked" => (
            text.is_some_and(|path| is_path(path) && has_one_place(path, "deck")),
            // not shown: as above.
            "must be a path with {deck} in it",
        ),
        "filled" => (
            text.is_some_and(|path| is_path(path) && has_one_place(path, "id")),
            // not shown: as above.
            "must be a path with {id} in it",
        ),
        "words" => (
            each(|word| !word.is_empty() && !word.bytes().any(|byte| byte.is_ascii_uppercase())),
            // not shown: as above.
            "must be words in lower case",
        ),
        "header" => (
            text.is_some_and(|name| {
                let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                name.len() < 64 && !name.is_empty() && name.bytes().all(letter)
            }),
            // not shown: as above.
            "must be a header's name; its value has no place in a page",
        ),
        "kind" => (
            matches!(
                text,
                Some(
                    "text" | "integer" | "choice" | "multiselect" | "boolean" | "slides" | "files"
                )
            ),
            // not shown: as above.
            "must be text, integer, choice, multiselect, boolean, slides or files",
        ),
        "place" => (
            matches!(text, Some("main" | "more" | "hidden")),
            // not shown: as above.
            "must be main, more or hidden",
        ),
        "values" => (
            match value {
                Json::Map(values) => values.iter().all(|(_, value)| value.text().is_some()),
                value => value.text().is_some(),
            },
            // not shown: as above.
            "must be words, or an object of texts",
        ),
        // not shown: as above.
        _ => (text.is_some(), "must be a text"),
    };
    (!right).then_some(problem)
}

/// Places are set member by member, one within the other, and a page's stack has
/// an end.
fn is_short(pointer: &str) -> bool {
    pointer.len() <= 200
}

/// One slash: two would name another host.
fn is_path(path: &str) -> bool {
    // Browsers drop control characters, and what is left may be two slashes.
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    path.starts_with('/') && !path.starts_with("//") && path.bytes().all(plain)
}

/// Whether it has one place to be filled in, of a known name.
fn has_one_place(path: &str, name: &str) -> bool {
    let mut places = path.split('{').skip(1);
    let known = |place: &str| {
        let found = place.split_once('}').map(|(found, _)| found);
        found == Some(name)
    };
    places.next().is_some_and(known) && places.next().is_none()
}
