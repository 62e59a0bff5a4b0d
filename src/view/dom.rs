//! Elements, built by hand on Leptos' reactive graph.
//!
//! Not by `view!`: its statically typed trees are compiled anew for every
//! element (measured on a form of fourteen elements: 9.6 KB of brotli, about
//! what this whole view costs), and it writes static parts through `innerHTML`,
//! which throws under Trusted Types. What is Leptos' own stays Leptos': owners,
//! effects, cleanup. For the same reason closures are boxed here, behind thin
//! generic doors.
//!
//! Closures get the widget's [`Shared`] handed in. They hold it strongly, which
//! is no cycle: they belong to the widget's owner, and end with it.

use super::messages::Message;
use super::widget::Shared;
use crate::browser::{Handler, invoke, is_set, property, string_property};
use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::{LocalStorage, Owner, StoredValue};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, Node};

/// An element under construction; what is live in it belongs to the current
/// owner, and ends with it.
#[derive(Clone)]
pub(super) struct El(Element);

type Listener = Box<dyn Fn(&Rc<Shared>, Event)>;
type Attribute = Box<dyn Fn(&Shared) -> Option<String>>;
type Builder = Box<dyn Fn(&Rc<Shared>) -> Option<El>>;

/// A new element. It fails for malformed names only, and ours are literals.
pub(super) fn el(tag: &str) -> El {
    let made = document().and_then(|document| document.create_element(tag).ok());
    El(made.unwrap_or_else(|| JsValue::NULL.unchecked_into()))
}

/// An element with part names; what hosts style.
pub(super) fn part(tag: &str, names: &str) -> El {
    el(tag).attr("part", names)
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

impl El {
    pub(super) fn node(&self) -> &Element {
        &self.0
    }

    #[inline(never)]
    pub(super) fn attr(self, name: &str, value: &str) -> El {
        // It fails for malformed names only, and ours are literals.
        let _ = self.0.set_attribute(name, value);
        self
    }

    pub(super) fn attr_if(self, condition: bool, name: &str, value: &str) -> El {
        if condition {
            self.attr(name, value)
        } else {
            self
        }
    }

    pub(super) fn class(self, name: &str) -> El {
        self.attr("class", name)
    }

    #[inline(never)]
    pub(super) fn text(self, text: &str) -> El {
        self.0.set_text_content(Some(text));
        self
    }

    /// A text of the catalogue.
    #[inline(never)]
    pub(super) fn say(self, shared: &Shared, message: Message) -> El {
        self.text(&shared.say(message))
    }

    pub(super) fn child(self, child: El) -> El {
        self.append(&child.0);
        self
    }

    pub(super) fn maybe(self, child: Option<El>) -> El {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    #[inline(never)]
    pub(super) fn children(self, children: Vec<El>) -> El {
        for child in children {
            self.append(&child.0);
        }
        self
    }

    #[inline(never)]
    fn append(&self, child: &Node) {
        // It fails only for cycles, which a builder cannot make.
        let _ = self.0.append_child(child);
    }

    /// Listens; the listener goes with the owner.
    pub(super) fn on(
        self,
        shared: &Rc<Shared>,
        event: &'static str,
        then: impl Fn(&Rc<Shared>, Event) + 'static,
    ) -> El {
        self.listen(shared.clone(), event, Box::new(then));
        self
    }

    #[inline(never)]
    fn listen(&self, shared: Rc<Shared>, event: &'static str, then: Listener) {
        let handler = Handler::new(move |event: JsValue| then(&shared, event.unchecked_into()));
        let function = handler.as_ref().unchecked_ref();
        let _ = self.0.add_event_listener_with_callback(event, function);
        keep(Box::new(Listening {
            target: self.0.clone(),
            event,
            handler,
        }));
    }

    /// What Enter does with Ctrl or the command key held: alone it makes a new
    /// line.
    pub(super) fn on_send_keys(
        self,
        shared: &Rc<Shared>,
        then: impl Fn(&Rc<Shared>) + 'static,
    ) -> El {
        self.on(shared, "keydown", move |shared, event| {
            let held = is_set(&event, "ctrlKey") || is_set(&event, "metaKey");
            if held && string_property(&event, "key").as_deref() == Some("Enter") {
                event.prevent_default();
                then(shared);
            }
        })
    }

    /// Text that follows what it reads.
    pub(super) fn live_text(
        self,
        shared: &Rc<Shared>,
        text: impl Fn(&Shared) -> String + 'static,
    ) -> El {
        self.follow_text(shared.clone(), Box::new(text));
        self
    }

    #[inline(never)]
    fn follow_text(&self, shared: Rc<Shared>, text: Box<dyn Fn(&Shared) -> String>) {
        let node = self.0.clone();
        let last = RefCell::new(None);
        live(Box::new(move || {
            // Unchanged text is left alone: live regions would speak it again.
            let text = Some(text(&shared));
            if *last.borrow() != text {
                node.set_text_content(text.as_deref());
                *last.borrow_mut() = text;
            }
        }));
    }

    /// An attribute that follows what it reads; absent while that is nothing.
    pub(super) fn live_attr(
        self,
        shared: &Rc<Shared>,
        name: &'static str,
        value: impl Fn(&Shared) -> Option<String> + 'static,
    ) -> El {
        self.follow_attr(shared.clone(), name, Box::new(value));
        self
    }

    #[inline(never)]
    fn follow_attr(&self, shared: Rc<Shared>, name: &'static str, value: Attribute) {
        let node = self.0.clone();
        live(Box::new(move || {
            let _ = match value(&shared) {
                Some(value) => node.set_attribute(name, &value),
                None => node.remove_attribute(name),
            };
        }));
    }

    /// A custom property of the style, set through the object model: a `style`
    /// attribute is blocked by strict policies.
    pub(super) fn live_style(
        self,
        shared: &Rc<Shared>,
        name: &'static str,
        value: impl Fn(&Shared) -> String + 'static,
    ) -> El {
        let style = property(&self.0, "style").unwrap_or(JsValue::NULL);
        let shared = shared.clone();
        live(Box::new(move || {
            let arguments = [name.into(), value(&shared).into()];
            invoke(&style, "setProperty", &arguments);
        }));
        self
    }

    /// A child that is built anew whenever its key changes. What the old one had
    /// live ends first.
    pub(super) fn region(
        self,
        shared: &Rc<Shared>,
        key: impl Fn(&Shared) -> u32 + 'static,
        build: impl Fn(&Rc<Shared>) -> Option<El> + 'static,
    ) -> El {
        self.follow_child(shared.clone(), Box::new(key), Box::new(build));
        self
    }

    #[inline(never)]
    fn follow_child(&self, shared: Rc<Shared>, key: Box<dyn Fn(&Shared) -> u32>, build: Builder) {
        let here = self.clone();
        // Weakly: the effect belongs to this very owner.
        let outer = Owner::current().map(|owner| owner.downgrade());
        let last = Cell::new(None);
        let inner: RefCell<Option<Owner>> = RefCell::new(None);
        live(Box::new(move || {
            let key = key(&shared);
            if last.replace(Some(key)) == Some(key) {
                return;
            }
            let old = inner.borrow_mut().take();
            if let Some(old) = old {
                old.cleanup();
            }
            let Some(outer) = outer.as_ref().and_then(|outer| outer.upgrade()) else {
                return;
            };
            let owner = outer.child();
            let child = owner.with(|| build(&shared));
            *inner.borrow_mut() = Some(owner);
            here.0.set_text_content(None);
            if let Some(child) = child {
                here.append(&child.0);
            }
        }));
    }
}

struct Listening {
    target: Element,
    event: &'static str,
    handler: Handler,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let function = self.handler.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.event, function);
    }
}

/// A number for what a region shows: FNV-1a.
pub(super) fn fingerprint(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(2_166_136_261, |hash: u32, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
    })
}

/// Runs now, and again whenever something it read changes.
#[inline(never)]
pub(super) fn live(run: Box<dyn Fn()>) {
    keep(Box::new(RenderEffect::<()>::new(move |_| run())));
}

/// Keeps a value until the current owner ends.
#[inline(never)]
pub(super) fn keep(value: Box<dyn Any>) {
    StoredValue::<Box<dyn Any>, LocalStorage>::new_local(value);
}
