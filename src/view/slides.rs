//! A strip of small slides, as far as the service counts them: each fills when it
//! is made, or shows that it failed.

use super::dom::{El, el, fingerprint, part};
use super::messages;
use super::widget::Shared;
use crate::browser::ProviderText;
use crate::status::{SlideState, Status};
use crate::text::digits;
use std::rc::Rc;

/// More would be a wall, not a strip.
const MOST: usize = 60;

pub(super) fn strip(shared: &Rc<Shared>) -> El {
    part("div", "slide-strip")
        // The counts beside it say the same in words.
        .attr("aria-hidden", "true")
        .region(
            shared,
            |shared| {
                let states = states(&shared.shown().status);
                fingerprint(states.iter().map(|state| *state as u8))
            },
            |shared| {
                let states = states(&shared.shown().status);
                if states.is_empty() || states.len() > MOST {
                    return None;
                }
                let slides = states.iter().map(|state| {
                    el("span").class(match state {
                        SlideState::Waiting => "slide",
                        SlideState::Done => "slide made",
                        SlideState::Failed => "slide failed",
                    })
                });
                Some(el("div").class("strip").children(slides.collect()))
            },
        )
}

/// What is known of each slide: its own result, or whether so many are made.
fn states(status: &Status) -> Vec<SlideState> {
    if !status.slides.is_empty() {
        return status.slides.iter().map(|slide| slide.state).collect();
    }
    let count = |count: Option<u32>| usize::try_from(count.unwrap_or(0)).unwrap_or(0);
    let progress = status.progress;
    let (done, total) = (count(progress.slides_done), count(progress.slides_total));
    if done == 0 && progress.percent.unwrap_or(0) > 0 {
        // A percentage alone does not say which.
        return Vec::new();
    }
    let state = |place| {
        if place < done {
            SlideState::Done
        } else {
            SlideState::Waiting
        }
    };
    (0..total.min(MOST + 1)).map(state).collect()
}

/// Which slides are missing, and what the service says about each.
pub(super) fn failures(shared: &Rc<Shared>) -> Option<El> {
    let shown = shared.shown();
    let failed = shown.status.slides.iter();
    let failed = failed.filter(|slide| slide.state == SlideState::Failed);
    let hidden = shared.options().provider_text == ProviderText::Hide;
    let items: Vec<El> = failed
        .map(|slide| {
            let number = digits(slide.number);
            let text = shared.say_with(messages::SLIDE_FAILED, &[("number", &number)]);
            let reason = slide.error.as_ref().filter(|_| !hidden);
            el("li").text(&match reason {
                Some(reason) => [text.as_str(), ": ", reason].concat(),
                None => text,
            })
        })
        .collect();
    (!items.is_empty()).then(|| part("ul", "slide-errors").children(items))
}
