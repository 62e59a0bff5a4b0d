//! Connection trouble, over a job that goes on.

use super::dom::{El, part};
use super::messages;
use super::widget::Shared;
use crate::job::{Notice, State};
use std::rc::Rc;

pub(super) fn view(shared: &Rc<Shared>) -> El {
    part("p", "notice")
        .attr("role", "status")
        .live_text(shared, |shared| match &shared.shown().notice {
            None => String::new(),
            Some(_) if shared.shown().state == State::Submitting => {
                shared.say(messages::SENDING_AGAIN)
            }
            Some(notice) => shared.say(match notice {
                Notice::Offline => messages::OFFLINE,
                Notice::Unreachable => messages::UNREACHABLE,
                Notice::SlowDown => messages::SLOW_DOWN,
                Notice::SignedOut => messages::SIGNED_OUT,
                Notice::Unreadable(_) => messages::UNREADABLE,
                Notice::SameLinks => messages::LIFE_FINAL,
                Notice::NotExported(_) => messages::EXPORT_FAILED,
            }),
        })
}
