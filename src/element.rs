//! What the JavaScript shell of `<slide-wright>` calls: four functions over numbers.

use crate::browser::Options;
use crate::numbered::Numbered;
use crate::view::Widget;
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlElement, ShadowRoot};

thread_local! {
    static WIDGETS: Numbered<Widget> = const { Numbered::new() };
}

/// Shows a widget in `root`, the shadow root of `host`, and gives its number. It waits
/// for the call `ready`, since its listeners may want the number.
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
    let widget = Rc::new(Widget::mount(host, root, Options::read(options), on_state));
    WIDGETS.with(|widgets| widgets.add(widget))
}

/// Takes other options.
#[wasm_bindgen]
pub fn configure(id: u32, options: &JsValue) {
    if let Some(widget) = widget(id) {
        widget.configure(Options::read(options));
    }
}

/// A method of the element, or `ready`: its number is known, and it may begin.
#[wasm_bindgen]
pub fn call(id: u32, method: &str, argument: &JsValue) -> JsValue {
    match widget(id) {
        Some(widget) if method == "ready" => widget.ready(),
        Some(widget) => return widget.call(method, argument),
        None => {}
    }
    JsValue::UNDEFINED
}

/// Ends a widget.
#[wasm_bindgen]
pub fn unmount(id: u32) {
    drop(WIDGETS.with(|widgets| widgets.remove(id)));
}

fn widget(id: u32) -> Option<Rc<Widget>> {
    WIDGETS.with(|widgets| widgets.find(id))
}
