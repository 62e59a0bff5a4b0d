//! The host page's side: its callbacks are asked, its listeners told. All of it
//! is foreign code: it may throw, never answer, call any method back, or remove
//! the element, so nobody holds a borrow while it runs.

use super::options::{HostHeaders, Options, text_members};
use super::page::is_thenable;
use super::value::{construct, from_js, invoke, object, property};
use super::value::{string_property, text_property, to_js};
use crate::job::{Failure, HostAnswer, Snapshot, State};
use crate::json::Json;
use crate::provider::{Action, Body, JobId, Provider, Refusal};
use crate::request::{Draft, Field, Form, GenerationRequest};
use crate::status::{SlideState, Stage};
use crate::text::digits;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, EventTarget, HtmlElement};

/// The names of the events, in one place.
pub mod event_names {
    /// The widget can be used.
    pub const READY: &str = "slidewright-ready";
    /// The visitor changed a field.
    pub const CHANGE: &str = "slidewright-change";
    /// A request is about to be made; may be cancelled.
    pub const SUBMIT: &str = "slidewright-submit";
    /// The service took it.
    pub const ACCEPTED: &str = "slidewright-accepted";
    /// The service said something.
    pub const STATUS: &str = "slidewright-status";
    /// The service asks the visitor something.
    pub const QUESTION: &str = "slidewright-question";
    /// The visitor's answer arrived.
    pub const ANSWER: &str = "slidewright-answer";
    /// The deck is there.
    pub const COMPLETE: &str = "slidewright-complete";
    /// A download was pressed; may be cancelled.
    pub const DOWNLOAD: &str = "slidewright-download";
    /// Something went wrong.
    pub const ERROR: &str = "slidewright-error";
    /// Nobody asks any more.
    pub const STOP: &str = "slidewright-stop";
    /// The job of an earlier visit, or of another tab, was taken up.
    pub const RESUME: &str = "slidewright-resume";
}

/// Where events are told: the element, or what stands for it.
#[derive(Clone)]
pub struct Host {
    target: JsValue,
    /// The widget's name among those of its page; it survives reloads.
    pub(super) place: String,
}

impl Host {
    /// Events go to `element`, and bubble from there.
    pub fn new(element: &HtmlElement) -> Host {
        Host {
            target: element.clone().into(),
            place: place_of(element),
        }
    }

    /// Events go to `target`, which is shown nowhere; `place` as with an element's `id`.
    pub fn without_element(target: &EventTarget, place: String) -> Host {
        Host {
            target: target.clone().into(),
            place,
        }
    }

    /// Tells an event; false where a listener cancelled it.
    pub fn tell(&self, name: &str, detail: &Json, cancelable: bool) -> bool {
        let init = object(&[
            ("bubbles", &JsValue::TRUE),
            ("composed", &JsValue::TRUE),
            ("cancelable", &cancelable.into()),
            ("detail", &to_js(detail)),
        ]);
        let event = construct("CustomEvent", &[name.into(), init]);
        let told = event.and_then(|event| invoke(&self.target, "dispatchEvent", &[event]));
        told.is_none_or(|unhindered| unhindered.is_truthy())
    }

    /// Whether the host agrees to a request: the cancelable event first, then
    /// `beforeSubmit(request, {signal, values})`. `values` are the named
    /// controls in the slot `before-submit`.
    pub(super) async fn agree(
        &self,
        options: &Options,
        provider: &dyn Provider,
        form: &Form,
        request: GenerationRequest,
        signal: &AbortSignal,
        values: JsValue,
    ) -> HostAnswer {
        let mut detail = Json::map();
        detail.put("request", request_json(&request));
        if !self.tell(event_names::SUBMIT, &detail, true) {
            return HostAnswer::Cancelled;
        }
        let request = match &options.before_submit {
            None => request,
            Some(function) => {
                let context = object(&[("signal", signal), ("values", &values)]);
                let answer = ask(function, &to_js(&request_json(&request)), &context).await;
                match answer {
                    Err(error) => {
                        complain(&error);
                        return host_failed("before-submit-failed");
                    }
                    Ok(answer) => match decided(&answer, form, request) {
                        Ok(request) => request,
                        Err(answer) => return answer,
                    },
                }
            }
        };
        match with_body(options, provider, request).await {
            Some(request) => HostAnswer::Go(Box::new(request)),
            None => host_failed("body-failed"),
        }
    }
}

/// The element's `id`; without one, which it is of its kind in the page.
fn place_of(element: &HtmlElement) -> String {
    let id = text_property(element, "id");
    // A longer one would not be read back.
    if !id.is_empty() && id.len() <= 100 {
        return id;
    }
    let kind = text_property(element, "localName");
    let root = invoke(element, "getRootNode", &[]);
    let alike = root.and_then(|root| invoke(&root, "querySelectorAll", &[kind.into()]));
    let alike = alike.map(|alike| Array::from(&alike));
    let at = alike.map_or(-1, |alike| alike.index_of(element, 0));
    // An `id` cannot hold a space.
    [" ", &digits(u32::try_from(at).unwrap_or(0))].concat()
}

/// What `beforeSubmit` returned: nothing, `false`, a refusal `{message, action}`,
/// or a changed request. What cannot be read is no consent.
fn decided(
    answer: &JsValue,
    form: &Form,
    request: GenerationRequest,
) -> Result<GenerationRequest, HostAnswer> {
    if answer.as_bool() == Some(false) {
        return Err(HostAnswer::Cancelled);
    }
    if !answer.is_object() {
        return Ok(request);
    }
    if let Some(message) = string_property(answer, "message") {
        let action = property(answer, "action").and_then(|action| from_js(&action));
        return Err(HostAnswer::Refused(Box::new(Refusal {
            text: Some(crate::text::clean(&message, crate::text::LONGEST)),
            from_host: true,
            action: Action::read(action.as_ref()),
            ..Refusal::default()
        })));
    }
    let Some(json @ Json::Map(_)) = from_js(answer) else {
        return Err(host_failed("before-submit-failed"));
    };
    // What the visitor left empty stays empty, whatever the preset.
    let mut draft = request.to_draft();
    for entry in &form.entries {
        if request.text(entry.field).is_none() {
            draft.set(entry.field, "");
        }
    }
    let draft = draft_from(&json, draft);
    // The host is trusted with fields that the form hides or locks.
    form.unlocked().check(&draft).map_err(|fields| {
        HostAnswer::Refused(Box::new(Refusal {
            fields,
            ..Refusal::default()
        }))
    })
}

/// Property `body`: an object is laid over the request's body, a function is
/// given that body and returns another (or changes the one it got). `None`: the
/// function failed.
async fn with_body(
    options: &Options,
    provider: &dyn Provider,
    request: GenerationRequest,
) -> Option<GenerationRequest> {
    let Some(body) = &options.body else {
        return Some(request);
    };
    let Some(function) = body.dyn_ref::<Function>() else {
        return Some(request.with_body(from_js(body)));
    };
    let Body::Json(planned) = provider.submit(&request).body else {
        return Some(request);
    };
    let planned = to_js(&planned);
    match ask(function, &planned, &JsValue::UNDEFINED).await {
        Ok(answer) => {
            let answer = if answer.is_object() { answer } else { planned };
            Some(request.rewritten(from_js(&answer)?))
        }
        Err(error) => {
            complain(&error);
            None
        }
    }
}

/// The host's headers for one call. Errors: the function threw.
pub(super) async fn headers(
    options: &Options,
    purpose: &str,
    job: Option<&JobId>,
    signal: &AbortSignal,
) -> Result<Vec<(String, String)>, ()> {
    match &options.headers {
        HostHeaders::None => Ok(Vec::new()),
        HostHeaders::Fixed(headers) => Ok(headers.clone()),
        HostHeaders::Function(function) => {
            let job = job.map_or(JsValue::NULL, |job| job.as_str().into());
            let context = object(&[
                ("purpose", &purpose.into()),
                ("jobId", &job),
                ("signal", signal),
            ]);
            match ask(function, &context, &JsValue::UNDEFINED).await {
                Ok(answer) => Ok(text_members(&answer)),
                Err(error) => {
                    complain(&error);
                    Err(())
                }
            }
        }
    }
}

/// Calls a function of the host and awaits what it returns.
async fn ask(function: &Function, first: &JsValue, second: &JsValue) -> Result<JsValue, JsValue> {
    let answer = function.call2(&JsValue::UNDEFINED, first, second)?;
    if is_thenable(&answer) {
        JsFuture::from(Promise::resolve(&answer)).await
    } else {
        Ok(answer)
    }
}

fn host_failed(name: &str) -> HostAnswer {
    HostAnswer::Refused(Box::new(Refusal {
        name: Some(name.into()),
        ..Refusal::default()
    }))
}

/// The host's own exception, for its developer.
fn complain(error: &JsValue) {
    web_sys::console::error_2(&"slidewright:".into(), error);
}

/// A draft from a script's object: `{prompt, slideCount, …, body}`.
pub(super) fn draft_from(json: &Json, mut draft: Draft) -> Draft {
    let Json::Map(members) = json else {
        return draft;
    };
    for (name, value) in members {
        let text = match value {
            Json::Bool(true) => Some("true".into()),
            Json::Bool(false) => Some("false".into()),
            Json::Null => Some(String::new()),
            other => other.identifier(),
        };
        if let (Some(field), Some(text)) = (Field::named(name), text) {
            draft.set(field, &text);
        }
    }
    if let Some(body @ Json::Map(_)) = json.get("body") {
        draft.body = Some(body.clone());
    }
    draft
}

/// A request as scripts see it, in camel case.
fn request_json(request: &GenerationRequest) -> Json {
    let mut json = Json::map();
    for field in Field::ALL.iter().copied() {
        let name = camel_case(field.name());
        match (field, request.text(field)) {
            (Field::SlideCount | Field::VariantCount, Some(_)) => {
                if let Some(count) = request.count(field) {
                    json.put(&name, count);
                }
            }
            (_, Some(switch @ ("true" | "false"))) => json.put(&name, switch == "true"),
            (_, Some(text)) => json.put(&name, text),
            (_, None) => {}
        }
    }
    let files = request.files().iter().map(|file| {
        let mut json = Json::map();
        json.put("name", file.name.as_str());
        json.put("type", file.media_type.as_str());
        json.put("size", Json::Number(file.size as f64));
        json
    });
    if !request.files().is_empty() {
        json.put("files", Json::List(files.collect()));
    }
    if let Some(body) = request.body() {
        json.put("body", body.clone());
    }
    json
}

fn camel_case(kebab: &str) -> String {
    let mut words = kebab.split('-');
    let mut out = words.next().unwrap_or_default().to_string();
    for word in words {
        let mut letters = word.chars();
        out.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

/// What every event says of a job; no text of anybody, no address.
pub(super) fn detail(shown: &Snapshot) -> Json {
    let mut detail = Json::map();
    detail.put("provider", shown.provider.as_str());
    detail.put("state", shown.state.name());
    if let Some(job) = &shown.job {
        detail.put("jobId", job.as_str());
    }
    let progress = shown.status.progress;
    if let Some(percent) = progress.percent {
        detail.put("percent", u32::from(percent));
    }
    if let Some(done) = progress.slides_done {
        detail.put("slidesDone", done);
    }
    if let Some(total) = progress.slides_total {
        detail.put("slidesTotal", total);
    }
    let status = &shown.status;
    for (name, amount) in [("credits", status.credits), ("tokens", status.tokens)] {
        if let Some(amount) = amount {
            detail.put(name, Json::Number(amount as f64));
        }
    }
    if status.partial {
        detail.put("partial", true);
    }
    detail.put("stage", stage_name(&shown.status.stage));
    let formats = shown
        .status
        .downloads
        .iter()
        .map(|download| Json::from(download.format.as_str()))
        .collect();
    detail.put("formats", Json::List(formats));
    if let Some((code, charged)) = trouble(shown) {
        detail.put("code", code.as_str());
        detail.put("charged", charged);
    }
    detail
}

/// The stable code of what went wrong, and whether it may have cost something.
fn trouble(shown: &Snapshot) -> Option<(String, &'static str)> {
    match shown.state {
        State::Failed => {
            let Failure { kind, charged, .. } = shown.failure.as_ref()?;
            Some((kind.code().into(), charged.name()))
        }
        State::Uncertain => Some(("no-answer".into(), "unknown")),
        State::Done => None,
        _ => {
            let refusal = shown.refusal.as_ref()?;
            let code = match &refusal.name {
                Some(name) => name.clone(),
                None if !refusal.fields.is_empty() => "invalid".into(),
                None if refusal.code == 0 => "refused-by-page".into(),
                None => ["http-", digits(refusal.code).as_str()].concat(),
            };
            Some((code, "no"))
        }
    }
}

fn stage_name(stage: &Stage) -> &'static str {
    match stage {
        Stage::Queued => "queued",
        Stage::Working => "working",
        Stage::Asking => "asking",
        Stage::Done => "done",
        Stage::Failed(_) => "failed",
    }
}

/// What the service asks, or what was answered: with the texts.
pub(super) fn round_detail(shown: &Snapshot, answered: bool) -> Json {
    let mut json = detail(shown);
    let round = shown.rounds.last().filter(|_| answered);
    let question = round.map_or(&shown.status.question, |round| &round.question);
    put_text(&mut json, "question", question.as_ref());
    put_text(
        &mut json,
        "answer",
        round.and_then(|round| round.answer.as_ref()),
    );
    // Counted from 1; the one that waits comes after those behind us.
    let number = shown.rounds.len().saturating_add(usize::from(!answered));
    json.put("round", u32::try_from(number).unwrap_or(u32::MAX));
    json
}

fn put_text(json: &mut Json, name: &str, text: Option<&String>) {
    if let Some(text) = text {
        json.put(name, text.as_str());
    }
}

/// The property `snapshot`: all that is shown, for hosts that draw more.
pub(super) fn snapshot_json(shown: &Snapshot) -> Json {
    let mut json = detail(shown);
    let status = &shown.status;
    put_text(&mut json, "step", status.step.as_ref());
    put_text(&mut json, "phase", status.phase.as_ref());
    put_text(&mut json, "question", status.question.as_ref());
    let downloads = shown.status.downloads.iter().map(|download| {
        let mut entry = Json::map();
        entry.put("url", download.url.as_str());
        entry.put("format", download.format.as_str());
        let variant = download.variant.map(u64::from);
        for (name, amount) in [("size", download.size), ("variant", variant)] {
            if let Some(amount) = amount {
                entry.put(name, Json::Number(amount as f64));
            }
        }
        if let Some(life) = download.life {
            let end = shown.linked.wall.saturating_add(life.saturating_mul(1000));
            entry.put("expiresAt", Json::Number(end as f64));
        }
        entry
    });
    json.put("downloads", Json::List(downloads.collect()));
    let links = shown.status.links.iter().map(|link| {
        let mut entry = Json::map();
        entry.put("url", link.url.as_str());
        entry
    });
    json.put("links", Json::List(links.collect()));
    let slides = status.slides.iter().map(|slide| {
        let mut entry = Json::map();
        entry.put("number", slide.number);
        let state = match slide.state {
            SlideState::Waiting => "waiting",
            SlideState::Done => "done",
            SlideState::Failed => "failed",
        };
        entry.put("state", state);
        put_text(&mut entry, "error", slide.error.as_ref());
        entry
    });
    json.put("slides", Json::List(slides.collect()));
    let rounds = shown.rounds.iter().map(|round| {
        let mut entry = Json::map();
        put_text(&mut entry, "question", round.question.as_ref());
        put_text(&mut entry, "answer", round.answer.as_ref());
        entry
    });
    json.put("rounds", Json::List(rounds.collect()));
    json.put("startedAt", Json::Number(shown.started as f64));
    json
}
