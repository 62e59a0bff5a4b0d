//! Uncertain: nobody knows whether the request arrived, and only the visitor
//! decides what to do about it.

use super::dom::{El, el};
use super::messages;
use super::refusal;
use super::widget::{Shared, button, panel};
use crate::browser::Runner;
use crate::job::Event;
use crate::text::digits;
use std::rc::Rc;

pub(super) fn view(shared: &Rc<Shared>) -> El {
    let doubt = shared.shown().doubt.clone().unwrap_or_default();
    let again = shared.shown().can_retry;
    let mut text = shared.say(if doubt.harmless && again {
        messages::UNCERTAIN_HARMLESS
    } else {
        messages::UNCERTAIN_TEXT
    });
    if doubt.maybe_signed_out {
        text.push(' ');
        text.push_str(&shared.say(messages::UNCERTAIN_SIGNED_OUT));
    }
    if doubt.interrupted {
        text = [&shared.say(messages::UNCERTAIN_INTERRUPTED), " ", &text].concat();
    }
    if !again {
        text.push(' ');
        text.push_str(&shared.say(messages::UNCERTAIN_NOT_HERE));
    }
    let code = doubt.code.map(|code| ["HTTP ", &digits(code)].concat());
    let said = match (code, doubt.said) {
        (Some(code), Some(said)) => Some([code.as_str(), ": ", &said].concat()),
        (code, said) => code.or(said),
    };
    panel(shared, messages::UNCERTAIN)
        .child(el("p").text(&text))
        .maybe(shared.provider_words(said.as_deref()))
        .child(refusal::view(shared))
        .child(
            el("div")
                .class("row")
                .maybe(shared.shown().can_retry.then(|| {
                    button(shared, "retry", messages::SEND_AGAIN, |shared| {
                        shared.run(Runner::send_again);
                    })
                }))
                .child(button(shared, "back quiet", messages::BACK, |shared| {
                    shared.tell(Event::Reset);
                })),
        )
}
