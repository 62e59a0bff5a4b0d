//! The visitor's files: held by the page, known to the core by their handles.

use super::value::{construct, invoke, property, set_property, string_property, text_property};
use crate::request::FileRef;
use crate::text::clean;
use js_sys::{Array, Function, Promise};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// Longest name that is shown and sent.
const LONGEST_NAME: usize = 200;

/// The files that were chosen.
#[derive(Default)]
pub(super) struct Files {
    held: RefCell<Vec<(u32, Blob)>>,
    next: Cell<u32>,
}

impl Files {
    /// Takes over what a picker, a drop or a paste brought.
    pub(super) fn take(&self, list: &JsValue) -> Vec<FileRef> {
        let files = Array::from(list);
        let known = |file: JsValue| {
            let blob: Blob = file.dyn_into().ok()?;
            let handle = self.next.get();
            self.next.set(handle.wrapping_add(1));
            let file = FileRef {
                handle,
                name: clean(&string_property(&blob, "name")?, LONGEST_NAME),
                media_type: text_property(&blob, "type"),
                size: property(&blob, "size")?.as_f64()? as u64,
            };
            self.held.borrow_mut().push((handle, blob));
            Some(file)
        };
        files.iter().filter_map(known).collect()
    }

    pub(super) fn release(&self, handle: u32) {
        self.held.borrow_mut().retain(|(of, _)| *of != handle);
    }

    pub(super) fn release_all(&self) {
        self.held.borrow_mut().clear();
    }

    pub(super) fn get(&self, handle: u32) -> Option<Blob> {
        let held = self.held.borrow();
        let found = held.iter().find(|(of, _)| *of == handle);
        found.map(|(_, blob)| blob.clone())
    }

    /// What is in a file, in Base64; nothing where it cannot be read any more
    /// (it was moved, or changed since).
    pub(super) async fn read(&self, handle: u32) -> Option<String> {
        let blob = self.get(handle)?;
        let reader = construct("FileReader", &[])?;
        let done = Promise::new(&mut |resolve: Function, _| {
            set_property(&reader, "onloadend", &resolve);
        });
        invoke(&reader, "readAsDataURL", &[blob.into()])?;
        JsFuture::from(done).await.ok()?;
        let url = property(&reader, "result")?.as_string()?;
        url.split_once(',').map(|(_, data)| data.into())
    }
}
