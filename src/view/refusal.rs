//! Why a request was not taken, over the button that sent it.

use super::dom::{El, el, part};
use super::messages::{self, Message};
use super::widget::Shared;
use crate::browser::{Runner, is_http};
use crate::provider::Refusal;
use crate::request::Place;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A place that stays, so that what comes into it is announced.
pub(super) fn view(shared: &Rc<Shared>) -> El {
    let last: RefCell<Option<Rc<Refusal>>> = RefCell::new(None);
    let version = Cell::new(0_u32);
    el("div").class("refusal").attr("role", "alert").region(
        shared,
        move |shared| {
            let refusal = shared.shown().refusal.clone();
            // A complaint less is no news: it would be read out again.
            let same = match (&refusal, &*last.borrow()) {
                (Some(now), Some(before)) => {
                    Rc::ptr_eq(now, before) || now.fields.len() < before.fields.len()
                }
                (None, None) => true,
                _ => false,
            };
            if !same {
                *last.borrow_mut() = refusal;
                version.set(version.get().wrapping_add(1));
            }
            version.get()
        },
        |shared| {
            let shown = shared.shown();
            Some(card(shared, shown.refusal.as_ref()?))
        },
    )
}

fn card(shared: &Rc<Shared>, refusal: &Refusal) -> El {
    let title = refusal.title.as_deref().filter(|_| refusal.from_host);
    let card = part("div", "error")
        .attr("tabindex", "-1")
        .maybe(title.map(|title| part("strong", "error-title").text(title)));
    let card = match &refusal.text {
        Some(text) if refusal.from_host => card.child(el("p").text(text)),
        _ if refusal.from_host => card,
        said => card
            .child(el("p").say(shared, our_words(shared, refusal)))
            .maybe(shared.provider_words(said.as_deref())),
    };
    let action = refusal
        .action
        .as_ref()
        .filter(|action| is_http(&action.href));
    card.maybe(action.map(|action| {
        part("a", "link action")
            .attr("href", &action.href)
            .text(&action.label)
    }))
}

fn our_words(shared: &Shared, refusal: &Refusal) -> Message {
    if !refusal.fields.is_empty() {
        let form = shared.runner().map(Runner::form).unwrap_or_default();
        let visible = refusal.fields.iter().any(|problem| {
            form.entry_of(problem.field)
                .is_some_and(|entry| entry.place != Place::Hidden && !entry.locked)
        });
        return if visible {
            messages::CHECK_FIELDS
        } else {
            messages::HIDDEN_FIELD
        };
    }
    let named = refusal.name.as_ref().and_then(|name| {
        let key = ["refused.", &name.to_ascii_lowercase()].concat();
        messages::named(&key)
    });
    if let Some(message) = named {
        return message;
    }
    match refusal.code {
        0 => messages::REFUSED_BY_PAGE,
        401 | 407 | 428 => messages::REFUSED_SIGNED_OUT,
        402 => messages::REFUSED_ACCOUNT,
        403 => messages::REFUSED_NOT_ALLOWED,
        // With a code of the service's own, it is there, and misses something else.
        404 if refusal.name.is_some() => messages::REFUSED,
        300..=399 | 404 | 405 | 410 => messages::REFUSED_NOT_FOUND,
        413 => messages::REFUSED_TOO_LARGE,
        429 => messages::REFUSED_TOO_MANY,
        _ => messages::REFUSED,
    }
}
