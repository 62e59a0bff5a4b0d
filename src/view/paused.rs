//! Stopped and Overdue: nobody asks any more, and the deck may still be made.

use super::dom::{El, el};
use super::messages::{self, Message};
use super::widget::{Shared, button, panel};
use crate::job::Event;
use std::rc::Rc;

pub(super) fn stopped(shared: &Rc<Shared>) -> El {
    view(
        shared,
        messages::STOPPED,
        messages::STOPPED_TEXT,
        messages::WATCH_AGAIN,
    )
}

pub(super) fn overdue(shared: &Rc<Shared>) -> El {
    view(
        shared,
        messages::OVERDUE,
        messages::OVERDUE_TEXT,
        messages::KEEP_WAITING,
    )
}

fn view(shared: &Rc<Shared>, title: Message, text: Message, go_on: Message) -> El {
    panel(shared, title).child(el("p").say(shared, text)).child(
        el("div")
            .class("row")
            .child(button(shared, "retry", go_on, |shared| {
                shared.tell(Event::KeepWaiting);
            }))
            .child(button(
                shared,
                "again quiet",
                messages::START_OVER,
                |shared| {
                    shared.tell(Event::Reset);
                },
            )),
    )
}
