//! What a service, a relay or the host's backend says when it does not do what
//! it was asked. Error texts live in many places (`providers.md`, "Cross-cutting
//! facts", 5); one reader finds them for all providers.

use super::Provider;
use super::http::{HttpReply, ReplyBody};
use crate::json::Json;
use crate::request::{Field, FieldProblem, Problem};
use crate::text::{self, clean, clean_markup};

/// Why a request was not taken, as far as the answer tells. All texts are fit to
/// show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status; 0 where the host page itself refused.
    pub code: u16,
    /// What the answer said, stripped of markup.
    pub text: Option<String>,
    /// Whether the texts are the host's own, written for the visitor: a problem
    /// document (RFC 9457) or the page's `beforeSubmit`. Only then is there a
    /// title or an action.
    pub from_host: bool,
    /// A title for it (RFC 9457).
    pub title: Option<String>,
    /// A stable name for it, where the answer has one.
    pub name: Option<String>,
    /// What the host offers to do about it.
    pub action: Option<Action>,
    /// What is wrong with which field.
    pub fields: Vec<FieldProblem>,
}

/// A link that the host offers: upgrade, sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it says.
    pub label: String,
    /// Where it leads: http(s), or relative to the page.
    pub href: String,
}

/// A longer list of complaints is cut: nobody reads it.
const MOST_COMPLAINTS: usize = 100;

impl Refusal {
    /// Reads an answer that is no success.
    pub fn read(reply: &HttpReply, provider: &dyn Provider) -> Refusal {
        let mut refusal = Refusal {
            code: reply.code,
            from_host: reply.problem,
            ..Refusal::default()
        };
        match &reply.body {
            ReplyBody::Text(text) => refusal.text = shown(text),
            ReplyBody::Json(json) => refusal.read_json(json, provider),
        }
        refusal
    }

    fn read_json(&mut self, json: &Json, provider: &dyn Provider) {
        let error = json.get("error");
        self.name = json
            .get("code")
            .or_else(|| error?.get("code"))
            .and_then(Json::identifier)
            .filter(|name| is_name(name));
        if self.from_host {
            self.title = json.text_of("title").and_then(shown);
            self.action = Action::read(json.get("action"));
        }
        match json.get("detail") {
            Some(list @ Json::List(_)) => {
                for item in list.items().iter().take(MOST_COMPLAINTS) {
                    self.read_complaint(item, provider);
                }
            }
            _ => self.text = error_text(json).filter(|text| self.title.as_ref() != Some(text)),
        }
    }

    /// One item of a validation error: `{loc, msg}`. `loc` may hold numbers.
    fn read_complaint(&mut self, item: &Json, provider: &dyn Provider) {
        let Some(said) = item.text_of("msg").and_then(shown) else {
            return;
        };
        let place = item.get("loc").map(Json::items).unwrap_or_default();
        let found = place.iter().enumerate().find_map(|(at, member)| {
            let field = provider.field_of(member.text()?)?;
            Some((field, at))
        });
        match found {
            Some((field, at)) => {
                // The number behind a list's name: which slide it is about.
                let number = place.iter().skip(at).find_map(|place| match place {
                    Json::Number(_) => place.amount(),
                    _ => None,
                });
                let number = number.filter(|_| field == Field::Outline);
                self.fields.push(FieldProblem {
                    field,
                    problem: match number.and_then(|number| u32::try_from(number).ok()) {
                        Some(number) => Problem::SaidOfSlide(number.saturating_add(1), said),
                        None => Problem::Said(said),
                    },
                });
            }
            None if self.text.is_none() => self.text = Some(said),
            None => {}
        }
    }
}

impl Action {
    /// From `{label, href}`; nothing where the link is not http(s).
    pub fn read(json: Option<&Json>) -> Option<Action> {
        let json = json?;
        let href = json.text_of("href")?.trim();
        let scheme = href.split_once(':').map(|(scheme, _)| scheme);
        let safe = match scheme {
            Some(scheme) => {
                scheme.eq_ignore_ascii_case("http")
                    || scheme.eq_ignore_ascii_case("https")
                    || scheme.contains(['/', '?', '#'])
            }
            None => !href.is_empty(),
        };
        let clean_href = !href.chars().any(char::is_control);
        (safe && clean_href).then_some(())?;
        Some(Action {
            label: shown(json.text_of("label")?)?,
            href: href.into(),
        })
    }
}

/// Whether a code can be one that programs know, and is no prose: it goes into
/// events that may be logged anywhere.
fn is_name(code: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte);
    !code.is_empty() && code.len() <= 64 && code.bytes().all(allowed)
}

/// The text of an error, wherever a service put it.
pub(crate) fn error_text(json: &Json) -> Option<String> {
    const PLACES: [&[&str]; 8] = [
        &["detail"],
        &["detail", "message"],
        &["detail", "msg"],
        &["error"],
        &["error", "message"],
        &["error", "detail"],
        &["message"],
        &["title"],
    ];
    PLACES
        .iter()
        .find_map(|place| shown(json.at(place)?.text()?))
}

/// Fit to show, and not empty.
#[inline(never)]
pub(crate) fn shown(said: &str) -> Option<String> {
    let said = clean_markup(said, text::LONGEST);
    (!said.is_empty()).then_some(said)
}

/// A step or a title: one line, without markup being special in it.
pub(crate) fn line(said: &str) -> Option<String> {
    let said = clean(said, 120);
    (!said.is_empty()).then_some(said)
}

/// A question: several lines, since it may list what can be answered.
pub(crate) fn words(said: &str) -> Option<String> {
    let lines = said.split('\n').take(40).filter_map(|said| {
        let said = clean(said, 1000);
        (!said.is_empty()).then_some(said)
    });
    let all = lines.collect::<Vec<_>>().join("\n");
    (!all.is_empty()).then(|| text::head(&all, 4000).into())
}

/// The first words of an answer nobody can read, for the page's developer.
pub(crate) fn first_words(reply: &HttpReply) -> Option<String> {
    match &reply.body {
        ReplyBody::Text(said) => {
            let said = clean_markup(said, 80);
            (!said.is_empty()).then_some(said)
        }
        ReplyBody::Json(json) => error_text(json).or_else(|| match json {
            Json::Map(members) => members
                .iter()
                .map(|(key, _)| key.as_str())
                .reduce(|first, _| first)
                .and_then(|key| shown(&["{\"", key, "\": …"].concat())),
            Json::Text(said) => shown(said),
            _ => None,
        }),
    }
}
