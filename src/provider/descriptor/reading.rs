//! What a reply means, by its description.

use super::Descriptor;
use crate::json::Json;
use crate::provider::deck_id;
use crate::provider::refusal::{line, shown, words};
use crate::request::{Choice, Field};
use crate::status::{
    Download, Link, LinkKind, Progress, Site, SlideResult, SlideState, Stage, Status, TaskError,
    format_of,
};

/// No deck comes in more files, and no list of templates is looked through that
/// is longer; a reply with more is cut.
const MOST_DOWNLOADS: usize = 50;
const MOST_SLIDES: usize = 500;
const MOST_CHOICES: usize = 500;

/// A terabyte, in bytes, and thirty days, in seconds: more is a mistake.
const LARGEST_SIZE: u64 = 1_000_000_000_000;
const LONGEST_LIFE: u64 = 2_592_000;

pub(super) fn status(of: &Descriptor, json: &Json, site: &Site) -> Status {
    let word = of.find_text("/status/word", json).unwrap_or("").trim();
    let word = word.to_ascii_lowercase();
    let is = |at| of.is_word(at, &word);
    let partial = is("/status/partial");
    let stage = if is("/status/queued") {
        Stage::Queued
    } else if is("/status/asking") {
        Stage::Asking
    } else if partial || is("/status/done") {
        Stage::Done
    } else if is("/status/failed") {
        Stage::Failed(TaskError {
            text: of.find_text("/error/text", json).and_then(shown),
            code: of.find("/error/code", json).and_then(Json::identifier),
        })
    } else {
        Stage::Working
    };
    let mut status = Status {
        // A word that stands for something else, too, is no end.
        partial: partial && stage == Stage::Done,
        progress: progress(of, json),
        credits: of.find_amount("/result/credits", json),
        tokens: of.find_amount("/result/tokens", json),
        ..Status::default()
    };
    match stage {
        Stage::Queued | Stage::Working => {
            status.step = of.find_text("/progress/step", json).and_then(line);
            status.phase = of.find_text("/progress/phase", json).and_then(line);
        }
        Stage::Asking => {
            status.question = of.find_text("/question/text", json).and_then(words);
        }
        Stage::Done => {
            status.downloads = downloads(of, json, site);
            status.links = links(of, json, site);
            status.deck = of
                .find("/result/deck", json)
                .and_then(Json::identifier)
                .and_then(|id| deck_id(&id));
        }
        Stage::Failed(_) => {}
    }
    if stage.is_terminal() {
        status.slides = slides(of, json);
    }
    status.stage = stage;
    status
}

fn progress(of: &Descriptor, json: &Json) -> Progress {
    let done = of.find_amount("/progress/done", json);
    let total = of.find_amount("/progress/total", json);
    Progress::slides(done, total).or_percent(of.find_amount("/progress/percent", json))
}

fn downloads(of: &Descriptor, json: &Json, site: &Site) -> Vec<Download> {
    let files = match of.find("/download/list", json) {
        Some(list) => list.items(),
        None if of.has("/download/list") => &[],
        None => std::slice::from_ref(json),
    };
    let read = |file: &Json| {
        let url = of.find_text("/download/url", file)?;
        let format = of.find_text("/download/format", file);
        let format = format.filter(|format| is_format(format));
        let variant = of.find_amount("/download/variant", file);
        let amount = |at, most| of.find_amount(at, file).filter(|amount| *amount <= most);
        Some(Download {
            url: site.page(url)?,
            format: format.map_or_else(|| format_of(url), str::to_ascii_lowercase),
            size: amount("/download/size", LARGEST_SIZE),
            life: amount("/download/expiresIn", LONGEST_LIFE),
            variant: variant.and_then(|number| u32::try_from(number).ok()),
            private: of.is_set("/download/private"),
        })
    };
    files.iter().take(MOST_DOWNLOADS).filter_map(read).collect()
}

/// It goes into events and onto a button: nothing but a short word.
fn is_format(format: &str) -> bool {
    (1..=8).contains(&format.len()) && format.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn links(of: &Descriptor, json: &Json, site: &Site) -> Vec<Link> {
    let private = of.find("/result/public", json) == Some(&Json::Bool(false));
    let link = |at, kind| {
        let url = site.page(of.find_text(at, json)?)?;
        Some(Link { url, kind, private })
    };
    let view = link("/result/view", LinkKind::View);
    view.into_iter()
        .chain(link("/result/edit", LinkKind::Edit))
        .collect()
}

fn slides(of: &Descriptor, json: &Json) -> Vec<SlideResult> {
    let items = of.find("/slides/list", json).map(Json::items);
    let items = items.unwrap_or_default().iter().take(MOST_SLIDES);
    items
        .zip(0_u64..)
        .map(|(item, place)| {
            let word = of.find_text("/slides/word", item).unwrap_or("");
            let word = word.to_ascii_lowercase();
            let error = of.find_text("/slides/error", item).and_then(shown);
            // Its words are not all documented: an error beside any other word
            // than "done" is a failure.
            let state = if of.is_word("/slides/done", &word) {
                SlideState::Done
            } else if error.is_some() || of.is_word("/slides/failed", &word) {
                SlideState::Failed
            } else {
                SlideState::Waiting
            };
            let number = of.find_amount("/slides/number", item).unwrap_or(place);
            SlideResult {
                number: u32::try_from(number).unwrap_or(0).saturating_add(1),
                error: error.filter(|_| state == SlideState::Failed),
                state,
            }
        })
        .collect()
}

pub(super) fn list(of: &Descriptor, field: Field, json: &Json) -> Vec<Choice> {
    let at = |member: &str| ["/lists/", field.name(), "/", member].concat();
    let items = of.find(&at("items"), json).map(Json::items);
    let mut choices = Vec::new();
    for item in items.unwrap_or_default() {
        if of.has(&at("inner")) {
            let parent = of.find("/lists/template/value", item);
            let parent = parent.and_then(Json::identifier).unwrap_or_default();
            let inner = of.find(&at("inner"), item).map(Json::items);
            for item in inner.unwrap_or_default() {
                choices.extend(choice(of, &at, item, &parent));
            }
        } else {
            choices.extend(choice(of, &at, item, ""));
        }
        if choices.len() >= MOST_CHOICES {
            break;
        }
    }
    choices.truncate(MOST_CHOICES);
    choices
}

fn choice(
    of: &Descriptor,
    at: &dyn Fn(&str) -> String,
    item: &Json,
    parent: &str,
) -> Option<Choice> {
    let value = of.find(&at("value"), item)?.identifier()?;
    let text = |member| of.find_text(&at(member), item);
    Some(Choice {
        label: text("label")
            .or(Some(&value))
            .and_then(line)
            .unwrap_or_default(),
        thumbnail: text("thumbnail").unwrap_or_default().into(),
        value,
        of: parent.into(),
        slides: String::new(),
    })
}
