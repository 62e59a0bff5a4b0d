//! The field for files: picker, drag and drop, paste; a list of what was chosen.

use super::dom::{self, El, el, part};
use super::form::size_text;
use super::messages;
use super::widget::{Shared, button};
use crate::browser::{Runner, property, set_property};
use crate::job::State;
use crate::request::{Entry, FileRef, FileRules};
use crate::text::{count_digits, digits};
use js_sys::Array;
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
    let most = count_digits(rules.most);
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
                .live_attr(shared, "disabled", {
                    let locked = entry.locked;
                    move |shared| {
                        let preparing = shared.shown().state == State::Preparing;
                        (locked || preparing).then(String::new)
                    }
                })
                .on(shared, "change", |shared, event| {
                    if let Some(input) = event.target() {
                        if let Some(files) = property(&input, "files") {
                            shared.run(|runner| {
                                runner.attach(&files);
                            });
                        }
                        // So that the same file can be chosen again.
                        set_property(&input, "value", &"".into());
                    }
                }),
        )
        .child(part("p", "hint").attr("id", "files-hint").text(&hint))
        .child(el("div").region(shared, fingerprint, |shared| {
            let draft = shared.runner().map(Runner::draft).unwrap_or_default();
            let files: Vec<El> = draft.files.iter().map(|file| item(shared, file)).collect();
            (!files.is_empty()).then(|| part("ul", "files").children(files))
        }))
        .on(shared, "dragover", |_, event| {
            // Without this the browser would open the file in place of the page.
            event.prevent_default();
        })
        .on(shared, "drop", |shared, event| {
            event.prevent_default();
            if let Some(dropped) = property(&event, "dataTransfer") {
                take(shared, &dropped);
            }
        })
}

/// Files that were pasted anywhere in the form; whether there were any. Text goes
/// where it was pasted: office programs bring a picture of it along.
pub(super) fn paste(shared: &Shared, event: &Event) -> bool {
    let Some(clipboard) = property(event, "clipboardData") else {
        return false;
    };
    let kinds = property(&clipboard, "types");
    let kinds = kinds.map(|kinds| Array::from(&kinds));
    let has_text = kinds.is_some_and(|kinds| kinds.includes(&"text/plain".into(), 0));
    !has_text && take(shared, &clipboard)
}

/// Files in what was dropped or pasted; whether any was taken, or refused by
/// name.
fn take(shared: &Shared, from: &JsValue) -> bool {
    let files = property(from, "files");
    let taken = files.is_some_and(|files| {
        let runner = shared.runner();
        runner.is_some_and(|runner| runner.attach(&files))
    });
    if taken {
        // What happens to it must be seen.
        let field = shared.find("#files");
        let fold = field.and_then(|field| field.closest("details").ok().flatten());
        if let Some(fold) = fold {
            set_property(&fold, "open", &JsValue::TRUE);
        }
    }
    taken
}

fn fingerprint(shared: &Shared) -> u32 {
    shared.shown();
    let draft = shared.runner().map(Runner::draft).unwrap_or_default();
    let handles = draft.files.iter().map(|file| file.handle);
    dom::fingerprint(handles.flat_map(u32::to_le_bytes))
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
                let share = digits(shared.runner().map_or(0, Runner::sent_share));
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
