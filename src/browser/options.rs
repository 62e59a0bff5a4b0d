//! What the host page says: the attributes and properties of design "The
//! element", read once, leniently, into something checked.

use super::descriptor::Fetched;
use super::page::{is_same_origin, resolve};
use super::storage::LONGEST_LIFE;
use super::value::{from_js, property, string_property, text_property};
use crate::job::{Settings, USUAL_DEADLINE};
use crate::json::Json;
use crate::provider::{self, Descriptor, Millis, Provider};
use crate::request::{Choice, Field, HostWishes};
use crate::status::Site;
use crate::text::small_number;
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

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
    /// Hosts beside the endpoint's that files may be sent to, and pictures of
    /// choices fetched from.
    pub file_hosts: Vec<String>,
    /// The description of `provider="custom"`: its JSON, or where that is.
    pub descriptor: Option<Description>,
    /// A job to follow.
    pub job: Option<String>,
    /// Where a job is kept, so that it outlives the page.
    pub resume: Resume,
    /// For how many hours at most.
    pub resume_hours: Option<f64>,
    /// The host's word for whoever uses the page: what is kept for one is never
    /// shown to another.
    pub user_scope: String,
    /// A plain object that outlives the wasm module: with [`Resume::Off`] all is
    /// kept there.
    pub memory: Option<JsValue>,
    /// A `Set` of the page's, of what gives back the locks that are held: a module
    /// that traps cannot.
    pub locks: Option<JsValue>,
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

/// Attribute `descriptor`.
#[derive(Clone, Debug, PartialEq)]
pub enum Description {
    /// It stands in the page; nothing where that is no JSON.
    Here(Option<Json>),
    /// It has to be fetched.
    At(String),
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

/// Attribute `resume`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resume {
    /// In the browser, for all tabs.
    #[default]
    Local,
    /// As long as the tab is open.
    Session,
    /// As long as the page is.
    Off,
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

    /// Whether they are for the same account, as far as can be told: frameworks hand
    /// a new function over with each rendering.
    pub fn is_alike(&self, other: &HostHeaders) -> bool {
        match (self, other) {
            (HostHeaders::Function(_), HostHeaders::Function(_)) => true,
            _ => self.is_same(other),
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
    /// `provider="custom"` without a `descriptor`.
    NoDescriptor,
    /// A `descriptor` that is wrong, and how.
    BadDescriptor(String),
    /// The `descriptor` is on its way.
    Loading,
}

impl ConfigProblem {
    /// What is wrong, what it means, and what to do: for the console.
    pub fn for_developers(&self) -> String {
        let known = crate::provider::NAMES;
        match self {
            ConfigProblem::UnknownProvider(name) if name.is_empty() => [
                "<slide-wright> needs the attribute provider; one of: custom ", // not shown: console
                known,
            ]
            .concat(),
            ConfigProblem::UnknownProvider(name) => [
                "<slide-wright> knows no provider \"", // not shown: console
                name,
                "\"; one of: custom ", // not shown: console
                known,
            ]
            .concat(),
            ConfigProblem::NoEndpoint => {
                "<slide-wright> needs the attribute endpoint: the address of your relay, or of the provider" // not shown: console
                    .into()
            }
            ConfigProblem::BadEndpoint(endpoint) => [
                "<slide-wright> cannot use the endpoint \"", // not shown: console
                endpoint,
                "\": it is no http(s) address", // not shown: console
            ]
            .concat(),
            ConfigProblem::NoDescriptor => {
                "<slide-wright provider=\"custom\"> needs the attribute descriptor: JSON, or the address of a file on this site" // not shown: console
                    .into()
            }
            ConfigProblem::BadDescriptor(wrong) => [
                "<slide-wright> cannot use the descriptor: ", // not shown: console
                wrong,
            ]
            .concat(),
            ConfigProblem::Loading => String::new(),
        }
    }
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
        let preset = |field: &Field| {
            let value = text(field.name())?;
            // As with any boolean attribute, being there is enough.
            let bare = value.is_empty() && field.is_switch();
            Some((*field, if bare { "true".into() } else { value }))
        };
        let presets = Field::ALL.iter().filter_map(preset).collect();
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
            file_hosts: text("file-hosts")
                .unwrap_or_default()
                .split([',', ' '])
                .filter(|host| !host.is_empty())
                .map(|host| host.trim_end_matches('/').into())
                .collect(),
            descriptor: read_descriptor(object),
            job: text("job"),
            resume: match text("resume").as_deref() {
                Some("off") => Resume::Off,
                Some("session") => Resume::Session,
                _ => Resume::Local,
            },
            resume_hours: number("resume-hours"),
            user_scope: text("user-scope").unwrap_or_default(),
            memory: property(object, "memory"),
            locks: property(object, "locks"),
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

    /// Whether the widget can work, and with what. `fetched` is the description
    /// that was fetched from elsewhere. Errors: what the page's developer has to
    /// put right.
    pub(super) fn check(
        &self,
        fetched: &Fetched,
    ) -> Result<(Rc<dyn Provider>, Settings), ConfigProblem> {
        let provider: Rc<dyn Provider> = if self.provider == "custom" {
            Rc::new(self.described(fetched)?)
        } else {
            provider::named(&self.provider, super::parse)
                .ok_or_else(|| ConfigProblem::UnknownProvider(self.provider.clone()))?
        };
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
            file_hosts: self.file_hosts.clone(),
            // Whoever makes the job knows its widget.
            place: None,
        };
        Ok((provider, settings))
    }

    /// For how long a job is kept, in milliseconds.
    pub(super) fn resume_life(&self) -> Millis {
        let hours = self.resume_hours.filter(|hours| *hours >= 0.0);
        hours.map_or(LONGEST_LIFE, |hours| {
            ((hours * 3_600_000.0) as Millis).min(LONGEST_LIFE)
        })
    }

    fn described(&self, fetched: &Fetched) -> Result<Descriptor, ConfigProblem> {
        let json = match &self.descriptor {
            None => return Err(ConfigProblem::NoDescriptor),
            Some(Description::Here(json)) => json.clone(),
            Some(Description::At(url)) => match fetched {
                Some((from, result)) if from == url => match result {
                    Ok(json) => Some(json.clone()),
                    Err(problem) => return Err(ConfigProblem::BadDescriptor(problem.clone())),
                },
                _ => return Err(ConfigProblem::Loading),
            },
        };
        // not shown: for the console.
        let json = json.ok_or_else(|| ConfigProblem::BadDescriptor("it is no JSON".into()))?;
        Descriptor::new(json).map_err(|wrong| {
            let problem = [wrong.at.as_str(), ": ", wrong.problem].concat();
            ConfigProblem::BadDescriptor(problem)
        })
    }

    fn endpoint_url(&self) -> Result<JsValue, ConfigProblem> {
        if self.endpoint.is_empty() {
            return Err(ConfigProblem::NoEndpoint);
        }
        resolve(&self.endpoint).ok_or_else(|| ConfigProblem::BadEndpoint(self.endpoint.clone()))
    }
}

/// An address to which paths can be appended.
fn without_query(url: &JsValue) -> String {
    ["origin", "pathname"]
        .map(|part| text_property(url, part))
        .concat()
}

fn read_descriptor(object: &JsValue) -> Option<Description> {
    let value = property(object, "descriptor")?;
    Some(match value.as_string() {
        Some(text) if text.trim_start().starts_with('{') => Description::Here(super::parse(&text)),
        Some(url) => Description::At(url.trim().into()),
        None => Description::Here(from_js(&value)),
    })
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
            ..Choice::default()
        });
    }
    let text = |name| choice.get(name).and_then(Json::identifier);
    let value = text("value")?;
    Some(Choice {
        label: text("label").unwrap_or_else(|| value.clone()),
        value,
        thumbnail: text("thumbnail").unwrap_or_default(),
        of: text("of").unwrap_or_default(),
        slides: slides_of(choice.get("slides")),
    })
}

/// A template's slides, `{title: id, text: id, table: id}`, as the field
/// `template-slides` has them.
fn slides_of(slides: Option<&Json>) -> String {
    let Some(Json::Map(slides)) = slides else {
        return String::new();
    };
    let pair = |(kind, id): &(String, Json)| Some([kind, "=", &id.identifier()?].concat());
    let pairs: Vec<_> = slides.iter().filter_map(pair).collect();
    pairs.join(" ")
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
