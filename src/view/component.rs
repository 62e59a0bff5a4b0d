//! The widget as a Leptos component.

use super::widget::Widget;
use crate::browser::{Handler, Options, event_names, invoke, text_property};
use leptos::children::Children;
use leptos::ev::CustomEvent;
use leptos::html::{self, Custom, ElementChild};
use leptos::prelude::{Callable, Effect, Get, GetValue, IntoView, UpdateValue};
use leptos::prelude::{LocalStorage, NodeRef, NodeRefAttribute, Signal, StoredValue};
use leptos::prelude::{UnsyncCallback, component, on_cleanup};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, ShadowRootInit, ShadowRootMode};

/// The element that the widget lives in. A name of its own, so that it can be told
/// apart from all others of a page, and from `<slide-wright>`, which defines itself.
const TAG: &str = "slidewright-widget";

/// All that is told.
const EVENTS: [&str; 12] = [
    event_names::READY,
    event_names::CHANGE,
    event_names::SUBMIT,
    event_names::ACCEPTED,
    event_names::STATUS,
    event_names::QUESTION,
    event_names::ANSWER,
    event_names::COMPLETE,
    event_names::DOWNLOAD,
    event_names::ERROR,
    event_names::STOP,
    event_names::RESUME,
];

/// Shows a widget in a Leptos app (client-side rendering).
///
/// It lives in a shadow root of its own, as the custom element does, so the
/// app's styles and the widget's do not meet; the same custom properties and
/// parts reach in. What is typed into it reaches the app's own listeners for keys, as
/// coming from the component. Say `attr:id`, where a page has several: their jobs are kept
/// apart by it.
///
/// ```no_run
/// # #[cfg(target_arch = "wasm32")] {
/// use leptos::ev::CustomEvent;
/// use leptos::prelude::*;
/// use slidewright::browser::{Options, event_names};
/// use slidewright::view::{Handle, Slidewright};
///
/// #[component]
/// fn App() -> impl IntoView {
///     let options = Options {
///         provider: "presenton".into(),
///         endpoint: "/relay/presenton".into(),
///         ..Options::default()
///     };
///     let made = RwSignal::new(false);
///     let widget = Handle::new();
///     view! {
///         <Slidewright
///             options
///             handle=widget
///             on_event=move |event: CustomEvent| {
///                 if event.type_() == event_names::COMPLETE {
///                     made.set(true);
///                 }
///             }
///         >
///             <p slot="header">{move || made.get().then_some("It is made.")}</p>
///         </Slidewright>
///         <button on:click=move |_| widget.reset()>"Another one"</button>
///     }
/// }
/// # }
/// ```
#[component]
pub fn Slidewright(
    /// What the attributes and properties of the element would say. What a signal
    /// says later is taken, too; another provider or endpoint is for the next job.
    #[prop(into)]
    options: Signal<Options, LocalStorage>,
    /// Told each event of the widget. Its name ([`event_names`]) is its `type_`, and
    /// what it says its `detail`. They bubble, so `on:` on an element around the
    /// widget hears them, too; on the component itself, Leptos 0.8 drops an `on:`
    /// whose event has a dash in its name.
    #[prop(optional, into)]
    on_event: Option<UnsyncCallback<CustomEvent>>,
    /// Takes hold of the widget, for its methods.
    #[prop(optional)]
    handle: Handle,
    /// What goes into the widget's slots.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let place: NodeRef<Custom<&'static str>> = NodeRef::new();
    let listener: StoredValue<Option<Listener>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(host) = place.try_get().flatten() else {
            return;
        };
        let Some(options) = options.try_get() else {
            return;
        };
        if let Some(widget) = handle.widget() {
            widget.configure(options);
            return;
        }
        let host: HtmlElement = host.unchecked_into();
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open));
        if let Ok(root) = root {
            let listening = on_event.map(|on_event| Listener::new(&host, on_event));
            listener.try_update_value(|slot| *slot = listening);
            let widget = Rc::new(Widget::mount(host, root, options, None));
            handle.hold(Some(widget.clone()));
            widget.ready();
        }
    });
    on_cleanup(move || handle.hold(None));
    html::custom(TAG)
        .node_ref(place)
        .child(children.map(|children| children()))
}

/// Holds a [`Slidewright`] of a page, for what the element has methods for. Where
/// it is not there, yet or any more, they do nothing.
#[derive(Clone, Copy, Debug)]
pub struct Handle(StoredValue<Option<Rc<Widget>>, LocalStorage>);

impl Handle {
    /// One for the property `handle`, which lives as long as where it is made.
    pub fn new() -> Handle {
        Handle(StoredValue::new_local(None))
    }

    /// Sends what is in the form.
    pub fn submit(self) {
        self.call("submit", JsValue::UNDEFINED);
    }

    /// Answers the question that is asked.
    pub fn answer(self, text: &str) {
        self.call("answer", text.into());
    }

    /// Follows a job made elsewhere.
    pub fn watch(self, job: &str) {
        self.call("watch", job.into());
    }

    /// Stops asking; the deck may still be made.
    pub fn stop_watching(self) {
        self.call("stopWatching", JsValue::UNDEFINED);
    }

    /// After a failure, the same request as a new one.
    pub fn retry(self) {
        self.call("retry", JsValue::UNDEFINED);
    }

    /// Back to the form.
    pub fn reset(self) {
        self.call("reset", JsValue::UNDEFINED);
    }

    /// Asks for links that live longer.
    pub fn refresh_links(self) {
        self.call("refreshLinks", JsValue::UNDEFINED);
    }

    /// Forgets all that the browser keeps of this user at this endpoint.
    pub fn forget(self) {
        self.call("forget", JsValue::UNDEFINED);
    }

    /// The job's state by its name, such as `waiting`.
    pub fn state(self) -> Option<String> {
        let widget = self.widget()?;
        let snapshot = widget.call("snapshot", &JsValue::UNDEFINED);
        Some(text_property(&snapshot, "state"))
    }

    fn call(self, method: &str, argument: JsValue) {
        if let Some(widget) = self.widget() {
            widget.call(method, &argument);
        }
    }

    /// Not borrowed but held: what is called may take the component away.
    fn widget(self) -> Option<Rc<Widget>> {
        self.0.try_get_value().flatten()
    }

    fn hold(self, widget: Option<Rc<Widget>>) {
        let mut before = None;
        self.0
            .try_update_value(|slot| before = std::mem::replace(slot, widget));
        // Out of the store by now: its end runs code of the host.
        drop(before);
    }
}

impl Default for Handle {
    fn default() -> Handle {
        Handle::new()
    }
}

/// A callback that hears the widget, until it is dropped.
struct Listener {
    host: HtmlElement,
    handler: Handler,
}

impl Listener {
    fn new(host: &HtmlElement, on_event: UnsyncCallback<CustomEvent>) -> Listener {
        let handler = Handler::new(move |event: JsValue| {
            on_event.try_run(event.unchecked_into());
        });
        let listener = Listener {
            host: host.clone(),
            handler,
        };
        listener.each("addEventListener");
        listener
    }

    fn each(&self, method: &str) {
        for name in EVENTS {
            let handler = self.handler.as_ref().clone();
            invoke(&self.host, method, &[name.into(), handler]);
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.each("removeEventListener");
    }
}
