//! The decks of earlier visits, as long as they live.

use super::dom::{self, El, part};
use super::form::page_language;
use super::messages;
use super::widget::{Shared, button};
use crate::browser::{Runner, date_text};
use crate::job::{Phase, Record};
use std::rc::Rc;

pub(super) fn view(shared: &Rc<Shared>) -> El {
    part("div", "earlier").region(shared, fingerprint, |shared| {
        let records = earlier(shared);
        if records.is_empty() {
            return None;
        }
        let items = records.iter().map(|record| {
            let key = record.key.clone();
            let message = if record.phase == Phase::Done {
                messages::EARLIER_READY
            } else {
                messages::EARLIER_OPEN
            };
            let time = date_text(record.began, &page_language(shared));
            let text = shared.say_with(message, &[("time", &time)]);
            let open = button(shared, "reopen quiet", message, move |shared| {
                shared.run(|runner| runner.reopen(&key));
            });
            part("li", "earlier-item").child(open.text(&text))
        });
        Some(
            part("section", "earlier-panel")
                .child(part("h3", "label").say(shared, messages::EARLIER))
                .child(part("ul", "earlier-list").children(items.collect()))
                .child(forget(shared)),
        )
    })
}

/// Clears all that the browser keeps for this person.
pub(super) fn forget(shared: &Rc<Shared>) -> El {
    button(shared, "forget quiet", messages::FORGET, |shared| {
        let had_focus = shared.has_focus();
        shared.run(Runner::forget);
        if had_focus {
            // Its button is gone with what it removed.
            shared.focus_soon("[part~=prompt]");
        }
    })
}

fn earlier(shared: &Shared) -> Vec<Record> {
    shared.shown();
    shared.runner().map(Runner::earlier).unwrap_or_default()
}

fn fingerprint(shared: &Shared) -> u32 {
    let records = earlier(shared).into_iter();
    let marks = records.map(|record| [&record.key, record.phase.name()].concat());
    dom::fingerprint(marks.flat_map(String::into_bytes))
}
