//! Asking: the service wants to know something before it goes on.

use super::dom::{El, el, part};
use super::messages;
use super::notice;
use super::widget::{Shared, button, heading};
use crate::browser::{Runner, set_property, string_property};
use crate::job::{AnswerTrouble, Event};
use std::rc::Rc;

pub(super) fn view(shared: &Rc<Shared>) -> El {
    part("section", "panel question-panel")
        .child(heading().say(shared, messages::QUESTION))
        .child(rounds(shared))
        .child(
            part("p", "question")
                .attr("id", "question")
                // Another one may take its place.
                .attr("aria-live", "polite")
                .live_text(shared, |shared| {
                    let shown = shared.shown();
                    let question = shown.status.question.clone();
                    question.unwrap_or_else(|| shared.say(messages::QUESTION_UNSAID))
                }),
        )
        .child(form(shared))
        .child(notice::view(shared))
}

fn form(shared: &Rc<Shared>) -> El {
    el("form")
        .attr("novalidate", "")
        // As in the form: it leads nowhere, and a click is what sends.
        .attr("method", "dialog")
        .child(el("div").region(
            shared,
            // Another question has a box of its own.
            |shared| u32::try_from(shared.shown().rounds.len()).unwrap_or(u32::MAX),
            |shared| {
                shared.lead_focus("#answer", "#answer");
                Some(answer_box(shared))
            },
        ))
        .child(
            part("p", "field-error")
                .attr("id", "answer-error")
                .attr("role", "alert")
                .live_text(shared, |shared| match &shared.shown().answer_trouble {
                    None => String::new(),
                    Some(AnswerTrouble::NotTaken(_)) => shared.say(messages::ANSWER_NOT_TAKEN),
                    Some(AnswerTrouble::NoReply) => shared.say(messages::ANSWER_NO_REPLY),
                }),
        )
        .child(el("div").region(
            shared,
            |shared| u32::from(shared.shown().answer_trouble.is_some()),
            |shared| match &shared.shown().answer_trouble {
                Some(AnswerTrouble::NotTaken(said)) => shared.provider_words(said.as_deref()),
                _ => None,
            },
        ))
        .child(
            el("div")
                .class("row")
                .child(
                    part("button", "button send")
                        .attr("type", "submit")
                        .on(shared, "click", |shared, event| {
                            event.prevent_default();
                            send(shared);
                        })
                        .live_text(shared, |shared| {
                            shared.say(if shared.shown().answering {
                                messages::SUBMITTING
                            } else {
                                messages::SEND
                            })
                        })
                        .live_attr(shared, "aria-disabled", |shared| {
                            shared.shown().answering.then(|| "true".into())
                        }),
                )
                .child(button(shared, "stop quiet", messages::STOP, |shared| {
                    shared.tell(Event::Stop);
                })),
        )
}

fn answer_box(shared: &Rc<Shared>) -> El {
    let area = part("textarea", "answer input")
        .attr("id", "answer")
        .attr("rows", "2")
        .attr("aria-labelledby", "question")
        .attr("aria-describedby", "answer-error")
        .attr("enterkeyhint", "enter")
        .attr("autocapitalize", "sentences")
        .on(shared, "input", |shared, event| {
            let target = event.target();
            let text = target.and_then(|target| string_property(&target, "value"));
            shared.run(|runner| runner.edit_answer(&text.unwrap_or_default()));
        })
        .on_send_keys(shared, |shared| send(shared));
    let typed = shared
        .runner()
        .map(Runner::answer_draft)
        .unwrap_or_default();
    set_property(area.node(), "value", &typed.into());
    area
}

fn send(shared: &Shared) {
    shared.run(|runner| {
        let text = runner.answer_draft();
        runner.answer(&text);
    });
}

/// The questions behind us, with their answers.
pub(super) fn rounds(shared: &Rc<Shared>) -> El {
    part("div", "rounds").region(
        shared,
        |shared| u32::try_from(shared.shown().rounds.len()).unwrap_or(u32::MAX),
        |shared| {
            let shown = shared.shown();
            if shown.rounds.is_empty() {
                return None;
            }
            let rounds = shown.rounds.iter().map(|round| {
                let question = round.question.clone();
                let question = question.unwrap_or_else(|| shared.say(messages::QUESTION_UNSAID));
                let answer = round.answer.clone();
                let answer = answer.unwrap_or_else(|| shared.say(messages::ANSWERED_ELSEWHERE));
                part("div", "round")
                    .child(el("dt").text(&question))
                    .child(el("dd").text(&answer))
            });
            Some(el("dl").children(rounds.collect()))
        },
    )
}
