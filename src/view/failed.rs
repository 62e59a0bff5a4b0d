//! Failed: what happened, what it means, what to do.

use super::dom::{El, el};
use super::messages::{self, Message};
use super::slides;
use super::widget::{Shared, button, panel};
use crate::browser::Runner;
use crate::job::{Event, Failure, FailureKind, Snapshot};
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
    let text = match kind {
        FailureKind::Task => messages::FAILED_TASK,
        FailureKind::JobUnknown => messages::FAILED_UNKNOWN,
        FailureKind::StatusRefused => messages::FAILED_REFUSED,
        FailureKind::Unreadable => messages::FAILED_UNREADABLE,
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
    panel(shared, title(&shown))
        .child(el("p").say(shared, text))
        .maybe(slides::failures(shared))
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

/// A job that is only lost from sight may still come to a good end.
pub(super) fn title(shown: &Snapshot) -> Message {
    match &shown.failure {
        Some(failure) if failure.may_be_watched() => messages::LOST_SIGHT,
        _ => messages::FAILED,
    }
}
