//! What the JavaScript of `slidewright/headless` calls: the same engine as the
//! element's, for hosts that draw their own.

use crate::browser::{Host, Options, Runner, from_js, object, to_js};
use crate::job::{AnswerTrouble, Event, Notice, Snapshot};
use crate::json::Json;
use crate::numbered::Numbered;
use crate::provider::Refusal;
use crate::request::Problem;
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::EventTarget;

thread_local! {
    static JOBS: Numbered<Runner> = const { Numbered::new() };
}

/// Begins a job and gives its number; it waits for the call `ready`. `target` hears the events; `place` is its name
/// among those of its page, by which it is taken up after a reload; `options`: one
/// member an attribute or property, by the attribute's name; `changed` is called
/// after each change of the snapshot.
#[wasm_bindgen]
pub fn open(target: EventTarget, place: String, options: &JsValue, changed: Function) -> u32 {
    let runner = Rc::new(Runner::new(
        Host::without_element(&target, place),
        Options::read(options),
        move || {
            let _ = changed.call0(&JsValue::UNDEFINED);
        },
        || object(&[]),
    ));
    JOBS.with(|jobs| jobs.add(runner))
}

/// Takes other options.
#[wasm_bindgen]
pub fn set(id: u32, options: &JsValue) {
    if let Some(runner) = job(id) {
        runner.configure(Options::read(options));
    }
}

/// A method of a job, or `ready`: its number is known, and it may begin.
#[wasm_bindgen]
pub fn ask(id: u32, method: &str, argument: &JsValue) -> JsValue {
    let Some(runner) = job(id) else {
        return JsValue::UNDEFINED;
    };
    match method {
        "submit" => match from_js(argument) {
            Some(fields @ Json::Map(_)) => runner.submit_with(&fields),
            _ => runner.submit(),
        },
        "ready" => runner.ready(),
        "sendAgain" => runner.send_again(),
        "keepWaiting" => runner.handle(Event::KeepWaiting),
        "attach" => return runner.attach(argument).into(),
        "snapshot" => return to_js(&snapshot(&runner)),
        _ => return runner.call(method, argument),
    }
    JsValue::UNDEFINED
}

/// Ends a job. What was made of it is kept, as when an element is removed.
#[wasm_bindgen]
pub fn close(id: u32) {
    drop(JOBS.with(|jobs| jobs.remove(id)));
}

fn job(id: u32) -> Option<Rc<Runner>> {
    JOBS.with(|jobs| jobs.find(id))
}

/// What the element's property of that name says, and beside it what our own views
/// would show: why there is no deck, and what can be done.
fn snapshot(runner: &Runner) -> Json {
    let shown = runner.shown();
    let mut json = runner.snapshot();
    if let Some(problem) = runner.problem() {
        let words = problem.for_developers();
        if !words.is_empty() {
            json.put("problem", words.as_str());
        }
    }
    if let Some(refusal) = &shown.refusal {
        json.put("refusal", refusal_json(refusal));
    }
    if let Some(notice) = &shown.notice {
        json.put("notice", notice_name(notice));
    }
    if let Some(said) = said(&shown) {
        json.put("said", said.as_str());
    }
    if let Some(trouble) = &shown.answer_trouble {
        let word = match trouble {
            AnswerTrouble::NotTaken(_) => "not-taken",
            AnswerTrouble::NoReply => "no-reply",
        };
        json.put("answerTrouble", word);
    }
    for (name, is) in [
        ("answering", shown.answering),
        ("canRetry", shown.can_retry),
        ("refreshing", shown.refreshing),
        ("resuming", shown.resuming),
    ] {
        json.put(name, is);
    }
    json
}

/// The service's own words on what happened last.
fn said(shown: &Snapshot) -> Option<&String> {
    let of_failure = shown.failure.as_ref().and_then(|it| it.said.as_ref());
    let of_doubt = shown.doubt.as_ref().and_then(|it| it.said.as_ref());
    let of_answer = match &shown.answer_trouble {
        Some(AnswerTrouble::NotTaken(said)) => said.as_ref(),
        _ => None,
    };
    of_failure.or(of_doubt).or(of_answer)
}

fn refusal_json(refusal: &Refusal) -> Json {
    let mut json = Json::map();
    json.put("fromHost", refusal.from_host);
    if refusal.code > 0 {
        json.put("status", u32::from(refusal.code));
    }
    let texts = [("title", &refusal.title), ("message", &refusal.text)];
    for (name, text) in texts.into_iter().chain([("code", &refusal.name)]) {
        if let Some(text) = text {
            json.put(name, text.as_str());
        }
    }
    if let Some(action) = &refusal.action {
        let mut link = Json::map();
        link.put("label", action.label.as_str());
        link.put("href", action.href.as_str());
        json.put("action", link);
    }
    let fields = refusal.fields.iter().map(|wrong| {
        let mut json = Json::map();
        json.put("field", wrong.field.name());
        problem_json(&mut json, &wrong.problem);
        json
    });
    json.put("fields", Json::List(fields.collect()));
    json
}

/// What is wrong, as a word, and what goes with it.
fn problem_json(json: &mut Json, problem: &Problem) {
    let word = match problem {
        Problem::Missing => "missing",
        Problem::TooLong { longest, .. } => {
            json.put("limit", Json::Number(*longest as f64));
            "too-long"
        }
        Problem::NotInRange { min, max } | Problem::SlidesNotInRange { min, max } => {
            json.put("min", *min);
            json.put("max", *max);
            "not-in-range"
        }
        Problem::NotAChoice => "not-a-choice",
        Problem::FileType(name) => {
            json.put("file", name.as_str());
            "file-type"
        }
        Problem::FileTooLarge { name, largest } => {
            json.put("file", name.as_str());
            json.put("limit", Json::Number(*largest as f64));
            "file-too-large"
        }
        Problem::TooManyFiles(most) => {
            json.put("limit", Json::Number(*most as f64));
            "too-many-files"
        }
        Problem::ChooseAgain(names) => {
            json.put("file", names.as_str());
            "choose-again"
        }
        Problem::NotUploaded(name) => {
            json.put("file", name.as_str());
            "not-uploaded"
        }
        Problem::NoPlaceForFile(name) => {
            json.put("file", name.as_str());
            "no-place-for-file"
        }
        Problem::Said(said) => {
            json.put("said", said.as_str());
            "refused"
        }
        Problem::SaidOfSlide(slide, said) => {
            json.put("slide", *slide);
            json.put("said", said.as_str());
            "refused"
        }
    };
    json.put("problem", word);
}

fn notice_name(notice: &Notice) -> &'static str {
    match notice {
        Notice::Offline => "offline",
        Notice::Unreachable => "unreachable",
        Notice::SlowDown => "slow-down",
        Notice::SignedOut => "signed-out",
        Notice::Unreadable(_) => "unreadable",
        Notice::SameLinks => "same-links",
        Notice::NotExported(_) => "not-exported",
    }
}
