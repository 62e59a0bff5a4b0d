//! Failed: what happened, what it means, what to do.

use super::dom::{El, el};
use super::messages;
use super::widget::{Shared, button, panel};
use crate::browser::Runner;
use crate::job::{Event, Failure, FailureKind};
use std::rc::Rc;

pub(super) fn view(shared: &Rc<Shared>) -> El {
    let shown = shared.shown();
    let kind = shown
        .failure
        .as_ref()
        .map_or(FailureKind::Task, |failure| failure.kind);
    let said = shown
        .failure
        .as_ref()
        .and_then(|failure| failure.said.clone());
    let (title, text) = match kind {
        FailureKind::Task => (messages::FAILED, messages::FAILED_TASK),
        FailureKind::JobUnknown => (messages::LOST_SIGHT, messages::FAILED_UNKNOWN),
        FailureKind::StatusRefused => (messages::LOST_SIGHT, messages::FAILED_REFUSED),
        FailureKind::Unreadable => (messages::LOST_SIGHT, messages::FAILED_UNREADABLE),
    };
    let may_watch = shown.failure.as_ref().is_some_and(Failure::may_be_watched);
    let check_again = may_watch.then(|| {
        button(shared, "retry", messages::CHECK_AGAIN, |shared| {
            shared.tell(Event::KeepWaiting);
        })
    });
    let retry = (shown.can_retry && !may_watch).then(|| {
        button(shared, "retry", messages::RETRY, |shared| {
            shared.run(Runner::retry);
        })
    });
    panel(shared, title)
        .child(el("p").say(shared, text))
        .maybe(shared.provider_words(said.as_deref()))
        .child(
            el("div")
                .class("row")
                .maybe(check_again)
                .maybe(retry)
                .child(button(shared, "back quiet", messages::CHANGE, |shared| {
                    shared.tell(Event::Reset);
                })),
        )
}
