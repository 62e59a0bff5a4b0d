//! Submitting and Waiting: progress, of what is known, and nothing invented.

use super::dom::{El, el, keep, live, part};
use super::messages;
use super::notice;
use super::question;
use super::slides;
use super::widget::{Shared, button, heading};
use crate::browser::{ProviderText, Runner, now};
use crate::job::{Event, State};
use crate::status::Stage;
use crate::text::digits;
use gloo_timers::callback::Interval;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::Cell;
use std::rc::Rc;

/// Listeners hear a new percentage at most this often, in milliseconds.
const VOICE_PAUSE: u64 = 30_000;

pub(super) fn view(shared: &Rc<Shared>) -> El {
    speak_progress(shared);
    part("section", "panel progress-panel")
        .child(heading().live_text(shared, title))
        .child(question::rounds(shared))
        .child(bar(shared))
        .child(slides::strip(shared))
        .child(
            el("div")
                .class("row facts")
                .child(part("span", "step").live_text(shared, step))
                .child(part("span", "slides").live_text(shared, slides_text))
                .child(elapsed(shared)),
        )
        .child(notice::view(shared))
        .child(part("p", "hint").live_text(shared, |shared| {
            shared.shown();
            let unsaved = shared.runner().is_some_and(Runner::is_unsaved);
            if unsaved {
                shared.say(messages::UNSAVED)
            } else {
                String::new()
            }
        }))
        .child(el("div").class("row").region(
            shared,
            |shared| u32::from(can_stop(shared)),
            |shared| {
                can_stop(shared).then(|| {
                    button(shared, "stop quiet", messages::STOP, |shared| {
                        shared.tell(Event::Stop);
                    })
                })
            },
        ))
}

/// A request that another tab sends need not be waited for: that tab may sleep.
fn can_stop(shared: &Shared) -> bool {
    let shown = shared.shown();
    shown.state == State::Waiting || shown.sent_elsewhere
}

fn title(shared: &Shared) -> String {
    let shown = shared.shown();
    let status = &shown.status;
    if shown.state == State::Submitting {
        return shared.say(if shown.stopping {
            messages::STOPPING
        } else {
            messages::SENDING
        });
    }
    if shown.resuming {
        return shared.say(messages::RESUMING);
    }
    let phase = status.phase.as_ref();
    let known = phase.and_then(|phase| shared.say_key(&["phase.", phase].concat()));
    known.unwrap_or_else(|| {
        let waiting = status.stage == Stage::Queued && status.step.is_none();
        shared.say(if waiting {
            messages::QUEUED
        } else {
            messages::WORKING
        })
    })
}

/// What the service says it is doing; until then, what is usual.
fn step(shared: &Shared) -> String {
    let hidden = shared.options().provider_text == ProviderText::Hide;
    let shown = shared.shown();
    match &shown.status.step {
        Some(step) if !hidden => step.clone(),
        _ => shared.say(messages::WAIT_HINT),
    }
}

fn slides_text(shared: &Shared) -> String {
    let progress = shared.shown().status.progress;
    match (
        progress.slides_done,
        progress.slides_total,
        progress.percent,
    ) {
        // Where both are told, and no slide is counted yet, the other says more.
        (Some(0), _, Some(percent)) | (None, _, Some(percent)) if percent > 0 => {
            shared.say_with(messages::PERCENT, &[("percent", &digits(percent))])
        }
        (Some(done), Some(total), _) => shared.say_with(
            messages::SLIDES_DONE,
            &[("done", &digits(done)), ("total", &digits(total))],
        ),
        _ => String::new(),
    }
}

/// Determinate where the service counts, else a bar that only says "alive".
fn bar(shared: &Rc<Shared>) -> El {
    fn percent(shared: &Shared) -> Option<u8> {
        shared.shown().status.progress.percent
    }
    part("div", "progress")
        .attr("role", "progressbar")
        .attr("aria-label", &shared.say(messages::WORKING))
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", "100")
        .live_attr(shared, "aria-valuenow", |shared| {
            percent(shared).map(digits)
        })
        // At nothing, too, it moves: a still bar looks dead.
        .live_attr(shared, "data-busy", |shared| {
            (percent(shared).unwrap_or(0) == 0).then(String::new)
        })
        .child(
            el("div")
                .class("bar")
                .live_style(shared, "--done", |shared| {
                    let mut share = digits(percent(shared).unwrap_or(0));
                    share.push('%');
                    share
                }),
        )
}

fn elapsed(shared: &Rc<Shared>) -> El {
    let second = ArcTrigger::new();
    let tick = second.clone();
    keep(Box::new(Interval::new(1_000, move || tick.notify())));
    part("span", "elapsed")
        .attr("role", "timer")
        // A timer's every tick is not news.
        .attr("aria-live", "off")
        .attr("aria-label", &shared.say(messages::ELAPSED))
        .live_text(shared, move |shared| {
            second.track();
            let shown = shared.shown();
            if shown.state == State::Waiting {
                clock(now().wall.saturating_sub(shown.started))
            } else {
                String::new()
            }
        })
}

/// `0:42`, `12:05`, `1:00:00`.
fn clock(span: u64) -> String {
    let seconds = span.checked_div(1000).unwrap_or(0);
    let part = |unit: u64, of: u64| {
        seconds
            .checked_div(unit)
            .and_then(|whole| whole.checked_rem(of))
            .unwrap_or(0)
    };
    let (hours, minutes, seconds) = (part(3600, 1000), part(60, 60), part(1, 60));
    let two = |number: u64| {
        let mut two = digits(number);
        if number < 10 {
            two.insert(0, '0');
        }
        two
    };
    if hours > 0 {
        [&digits(hours), ":", &two(minutes), ":", &two(seconds)].concat()
    } else {
        [&digits(minutes), ":", &two(seconds)].concat()
    }
}

fn speak_progress(shared: &Rc<Shared>) {
    let shared = shared.clone();
    let last = Cell::new((0_u64, None));
    live(Box::new(move || {
        let progress = shared.shown().status.progress.percent;
        let (at, said) = last.get();
        let time = now().steady;
        if progress.is_some() && progress != said && time.saturating_sub(at) >= VOICE_PAUSE {
            last.set((time, progress));
            if at > 0 {
                shared.announce(&slides_text(&shared));
            }
        }
    }));
}
