//! What the JavaScript shell of `<slide-wright>` calls. Four functions over
//! numbers, since a class would cost glue, and a number outlives a restart of
//! the module.

use crate::browser::Options;
use crate::view::Widget;
use js_sys::Function;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlElement, ShadowRoot};

thread_local! {
    static WIDGETS: RefCell<Vec<(u32, Rc<Widget>)>> = const { RefCell::new(Vec::new()) };
    static NEXT: Cell<u32> = const { Cell::new(1) };
}

/// Shows a widget in `root`, the shadow root of `host`, and gives its number.
/// `options`: one member an attribute or property. `on_state`: told each state.
#[wasm_bindgen]
pub fn mount(
    host: HtmlElement,
    root: ShadowRoot,
    options: &JsValue,
    on_state: Option<Function>,
) -> u32 {
    // Fails from the second widget on, when it is there already.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let id = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
    let widget = Rc::new(Widget::mount(host, root, Options::read(options), on_state));
    WIDGETS.with(|widgets| widgets.borrow_mut().push((id, widget.clone())));
    widget.ready();
    id
}

/// Takes other options.
#[wasm_bindgen]
pub fn configure(id: u32, options: &JsValue) {
    if let Some(widget) = widget(id) {
        widget.configure(Options::read(options));
    }
}

/// A method of the element.
#[wasm_bindgen]
pub fn call(id: u32, method: &str, argument: &JsValue) -> JsValue {
    match widget(id) {
        Some(widget) => widget.call(method, argument),
        None => JsValue::UNDEFINED,
    }
}

/// Ends a widget.
#[wasm_bindgen]
pub fn unmount(id: u32) {
    // Taken out first: ending it runs code that may ask for it.
    let widget = widget(id);
    WIDGETS.with(|widgets| widgets.borrow_mut().retain(|(of, _)| *of != id));
    drop(widget);
}

/// Held while it is in use, so that a listener may remove the element meanwhile.
fn widget(id: u32) -> Option<Rc<Widget>> {
    WIDGETS.with(|widgets| {
        let widgets = widgets.borrow();
        let found = widgets.iter().find(|(of, _)| *of == id);
        found.map(|(_, widget)| widget.clone())
    })
}
