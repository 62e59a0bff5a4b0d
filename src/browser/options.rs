//! What the host page says: the attributes and properties of design "The
//! element", read once, leniently, into something checked.

use super::page::{is_same_origin, resolve};
use super::value::{from_js, property, string_property};
use crate::job::{Settings, USUAL_DEADLINE};
use crate::json::Json;
use crate::provider::{self, Millis, Provider};
use crate::request::{Choice, Field, HostWishes};
use crate::status::Site;
use crate::text::small_number;
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Url;

/// Longest deadline a page may set: a day, in minutes.
const LONGEST_DEADLINE: f64 = 1440.0;

/// A page's wishes for one widget.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which dialect to speak.
    pub provider: String,
    /// Where the provider's documented paths begin.
    pub endpoint: String,
    /// Where relative files and pages live, if not there.
    pub links_base: Option<String>,
    /// Whether cookies travel along.
    pub credentials: Credentials,
    /// The form's presets, limits and choices.
    pub wishes: HostWishes,
    /// Minutes of watching after which a job is overdue.
    pub deadline_minutes: Option<f64>,
    /// A job to follow.
    pub job: Option<String>,
    /// Whether the form can be used.
    pub disabled: bool,
    /// How much of the provider's own words is shown.
    pub provider_text: ProviderText,
    /// `light`, `dark`, or as the visitor's system has it.
    pub color_scheme: Option<String>,
    /// The page's own texts, by key.
    pub messages: Vec<(String, String)>,
    /// What to add to each call.
    pub headers: HostHeaders,
    /// Asked before each submit.
    pub before_submit: Option<Function>,
    /// What to lay over the request's body.
    pub body: Option<JsValue>,
}

/// Attribute `credentials`, as fetch has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Credentials {
    /// To the page's own origin only.
    #[default]
    SameOrigin,
    /// Everywhere.
    Include,
    /// Nowhere.
    Omit,
}

/// Attribute `provider-text`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProviderText {
    /// Under "Details".
    #[default]
    Details,
    /// Not at all.
    Hide,
    /// At once.
    Show,
}

/// Property `headers`.
#[derive(Clone, Debug, Default)]
pub enum HostHeaders {
    /// None.
    #[default]
    None,
    /// Always these.
    Fixed(Vec<(String, String)>),
    /// Asked before each call, with `{purpose, jobId, signal}`.
    Function(Function),
}

impl HostHeaders {
    /// Whether asking would give what it gave before, as far as can be told.
    pub fn is_same(&self, other: &HostHeaders) -> bool {
        match (self, other) {
            (HostHeaders::None, HostHeaders::None) => true,
            (HostHeaders::Fixed(mine), HostHeaders::Fixed(theirs)) => mine == theirs,
            (HostHeaders::Function(mine), HostHeaders::Function(theirs)) => mine == theirs,
            _ => false,
        }
    }
}

/// Why a widget cannot work as the page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigProblem {
    /// No provider of this name.
    UnknownProvider(String),
    /// No `endpoint`.
    NoEndpoint,
    /// An `endpoint` that is no address of the web.
    BadEndpoint(String),
}

impl Options {
    /// Reads the shell's object: one member an attribute or property, by the
    /// attribute's name. What does not make sense is left out.
    pub fn read(object: &JsValue) -> Options {
        let text = |name: &str| string_property(object, name);
        // Read by the browser: our own tables for decimal fractions are 10 KB.
        let number = |name: &str| Some(js_sys::parse_float(&text(name)?));
        let count = |name: &str| small_number(text(name)?.trim());
        let list = |name: &str| -> Option<Vec<Field>> {
            Some(
                text(name)?
                    .split([',', ' '])
                    .filter_map(Field::named)
                    .collect(),
            )
        };
        // Presence is what counts for a boolean attribute; scripts say `false`.
        let switch = |name: &str| text(name).is_some_and(|value| value != "false");
        let presets = Field::ALL
            .into_iter()
            .filter_map(|field| Some((field, text(field.name())?)))
            .collect();
        Options {
            provider: text("provider").unwrap_or_default().trim().into(),
            endpoint: text("endpoint").unwrap_or_default().trim().into(),
            links_base: text("links-base"),
            credentials: match text("credentials").as_deref() {
                Some("include") => Credentials::Include,
                Some("omit") => Credentials::Omit,
                _ => Credentials::SameOrigin,
            },
            wishes: HostWishes {
                fields: list("fields"),
                locked: list("locked").unwrap_or_default(),
                presets,
                min_slide_count: count("min-slide-count"),
                max_slide_count: count("max-slide-count"),
                choices: read_choices(object),
            },
            deadline_minutes: number("deadline-minutes"),
            job: text("job"),
            disabled: switch("disabled"),
            provider_text: match text("provider-text").as_deref() {
                Some("hide") => ProviderText::Hide,
                Some("show") => ProviderText::Show,
                _ => ProviderText::Details,
            },
            color_scheme: text("color-scheme"),
            messages: read_messages(object),
            headers: match property(object, "headers") {
                None => HostHeaders::None,
                Some(value) => match value.dyn_into::<Function>() {
                    Ok(function) => HostHeaders::Function(function),
                    Err(value) => HostHeaders::Fixed(text_members(&value)),
                },
            },
            before_submit: property(object, "beforeSubmit")
                .and_then(|value| value.dyn_into::<Function>().ok()),
            body: property(object, "body"),
        }
    }

    /// Whether the widget can work, and with what. Errors: what the page's
    /// developer has to put right.
    pub fn check(&self) -> Result<(Rc<dyn Provider>, Settings), ConfigProblem> {
        let provider = provider::named(&self.provider)
            .ok_or_else(|| ConfigProblem::UnknownProvider(self.provider.clone()))?;
        let endpoint = self.endpoint_url()?;
        let links_base = self.links_base.as_deref().and_then(resolve);
        let site = Site::new(
            &without_query(&endpoint),
            links_base.as_ref().map(without_query).as_deref(),
        );
        let deadline = self
            .deadline_minutes
            .filter(|minutes| *minutes > 0.0)
            .map_or(USUAL_DEADLINE, |minutes| {
                (minutes.min(LONGEST_DEADLINE) * 60_000.0) as Millis
            });
        let settings = Settings {
            site,
            deadline,
            same_origin: is_same_origin(&endpoint),
            headers_may_change: matches!(self.headers, HostHeaders::Function(_)),
        };
        Ok((provider, settings))
    }

    fn endpoint_url(&self) -> Result<Url, ConfigProblem> {
        if self.endpoint.is_empty() {
            return Err(ConfigProblem::NoEndpoint);
        }
        resolve(&self.endpoint).ok_or_else(|| ConfigProblem::BadEndpoint(self.endpoint.clone()))
    }
}

/// An address to which paths can be appended.
fn without_query(url: &Url) -> String {
    [url.origin(), url.pathname()].concat()
}

/// `{template: [{value, label, thumbnail}], …}`; a plain string is its own label.
fn read_choices(object: &JsValue) -> Vec<(Field, Vec<Choice>)> {
    let choices = json_property(object, "choices");
    let Some(Json::Map(fields)) = choices else {
        return Vec::new();
    };
    fields
        .iter()
        .filter_map(|(name, list)| {
            let choices = list.items().iter().filter_map(read_choice).collect();
            Some((Field::named(name)?, choices))
        })
        .collect()
}

fn read_choice(choice: &Json) -> Option<Choice> {
    if let Some(value) = choice.identifier() {
        return Some(Choice {
            label: value.clone(),
            value,
            thumbnail: String::new(),
        });
    }
    let text = |name| choice.get(name).and_then(Json::identifier);
    let value = text("value")?;
    Some(Choice {
        label: text("label").unwrap_or_else(|| value.clone()),
        value,
        thumbnail: text("thumbnail").unwrap_or_default(),
    })
}

fn read_messages(object: &JsValue) -> Vec<(String, String)> {
    match json_property(object, "messages") {
        Some(Json::Map(members)) => members
            .into_iter()
            .filter_map(|(key, text)| match text {
                Json::Text(text) => Some((key, text)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A property that is an object, or its JSON in an attribute.
fn json_property(object: &JsValue, name: &str) -> Option<Json> {
    let value = property(object, name)?;
    match value.as_string() {
        Some(text) => super::parse(&text),
        None => from_js(&value),
    }
}

/// The members of an object that are texts.
pub(super) fn text_members(value: &JsValue) -> Vec<(String, String)> {
    match from_js(value) {
        Some(Json::Map(members)) => members
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.identifier()?)))
            .collect(),
        _ => Vec::new(),
    }
}
