//! The field for files: picker, drag and drop, paste; a list of what was chosen.

use super::dom::{El, el, part};
use super::form::size_text;
use super::messages;
use super::widget::{Shared, button};
use crate::browser::{Runner, property, set_property};
use crate::request::{Entry, FileRef, FileRules};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlElement};

pub(super) fn field(shared: &Rc<Shared>, entry: &Entry, rules: &FileRules) -> El {
    let accept: Vec<_> = rules
        .endings
        .split(' ')
        .map(|it| [".", it].concat())
        .collect();
    let endings = rules.endings.replace(' ', ", ");
    let size = size_text(shared, rules.largest);
    let most = rules.most.to_string();
    let hint = shared.say_with(
        messages::FILES_HINT,
        &[("endings", &endings), ("size", &size), ("most", &most)],
    );
    part("div", "file")
        .class("drop")
        .child(
            part("input", "file-input")
                .attr("id", "files")
                .attr("type", "file")
                .attr("multiple", "")
                .attr("accept", &accept.join(","))
                .attr("aria-describedby", "files-hint files-error") // not shown: ids
                .attr_if(entry.locked, "disabled", "")
                .on(shared, "change", |shared, event| {
                    if let Some(input) = event.target() {
                        if let Some(files) = property(&input, "files") {
                            shared.run(|runner| runner.attach(&files));
                        }
                        // So that the same file can be chosen again.
                        set_property(&input, "value", &"".into());
                    }
                }),
        )
        .child(part("p", "hint").attr("id", "files-hint").text(&hint))
        .child(part("ul", "files").region(shared, fingerprint, |shared| {
            let draft = shared.runner().map(Runner::draft).unwrap_or_default();
            let files: Vec<El> = draft.files.iter().map(|file| item(shared, file)).collect();
            (!files.is_empty()).then(|| el("div").children(files))
        }))
        .on(shared, "dragover", |_, event| {
            // Without this the browser would open the file in place of the page.
            event.prevent_default();
        })
        .on(shared, "drop", |shared, event| {
            event.prevent_default();
            take(shared, &event, "dataTransfer");
        })
}

/// Files in what was dropped or pasted; whether there were any.
pub(super) fn take(shared: &Shared, event: &Event, holder: &str) -> bool {
    let files = property(event, holder).and_then(|holder| property(&holder, "files"));
    let length = |files: &JsValue| property(files, "length").and_then(|length| length.as_f64());
    match files.filter(|files| length(files).is_some_and(|length| length > 0.0)) {
        Some(files) => {
            shared.run(|runner| runner.attach(&files));
            true
        }
        None => false,
    }
}

fn fingerprint(shared: &Shared) -> u32 {
    shared.shown();
    let draft = shared.runner().map(Runner::draft).unwrap_or_default();
    let files = draft.files.iter();
    files.fold(1, |hash: u32, file| {
        hash.wrapping_mul(31)
            .wrapping_add(file.handle.wrapping_add(1))
    })
}

fn item(shared: &Rc<Shared>, file: &FileRef) -> El {
    let handle = file.handle;
    let name = [("name", file.name.as_str())];
    let label = shared.say_with(messages::REMOVE_FILE, &name);
    el("li")
        .child(el("span").class("file-name").text(&file.name))
        .child(part("small", "size").live_text(shared, {
            let size = file.size;
            move |shared| {
                if shared.shown().uploading != Some(handle) {
                    return size_text(shared, size);
                }
                let share = shared.runner().map_or(0, Runner::sent_share).to_string();
                shared.say_with(messages::UPLOADING, &[("percent", &share)])
            }
        }))
        .child(
            button(shared, "remove quiet", messages::REMOVE, move |shared| {
                shared.run(|runner| runner.detach(handle));
                // Its button is gone with it.
                let input = shared.find("#files");
                if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
                    let _ = input.focus();
                }
            })
            .attr("aria-label", &label),
        )
}
