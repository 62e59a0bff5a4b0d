//! The other tabs of this origin: who leads, and what they tell each other
//! (design "Pacing"). Locks are the browser's own, so one that its tab does not
//! give back, since it crashed, is free all the same.

use super::value::{construct, invoke, object, property};
use js_sys::{Function, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// How a lock is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    /// Until it is free.
    Patiently,
    /// Only if it is free.
    IfFree,
    /// Whoever has it.
    Robbing,
}

/// What came of asking.
pub(super) enum Answer {
    /// It is ours.
    Held(Lock),
    /// Somebody else has it.
    Taken,
    /// Asking was stopped.
    Stopped,
    /// This browser, or a page without TLS, has no locks.
    Unsupported,
}

/// A lock that is held; dropping it gives it back.
pub(super) struct Lock {
    release: Function,
    over: Promise,
    trustees: Option<JsValue>,
}

impl Lock {
    /// A module that traps gives nothing back: the page does it in its place, by
    /// what stands in this `Set` of functions.
    pub(super) fn entrust(&mut self, trustees: Option<JsValue>) {
        self.trustees = trustees;
        self.tell_trustees("add");
    }

    fn tell_trustees(&self, what: &str) {
        if let Some(trustees) = &self.trustees {
            invoke(trustees, what, &[self.release.clone().into()]);
        }
    }

    /// Settles when the lock is given back, or fails when another tab has robbed
    /// it.
    pub(super) fn over(&self) -> Promise {
        self.over.clone()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.tell_trustees("delete");
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// Whether this page has locks at all.
pub(super) fn has_locks() -> bool {
    locks().is_some()
}

fn locks() -> Option<JsValue> {
    property(&super::page::navigator()?, "locks")
}

/// Asks for a lock by its name; without a signal only to see that nobody has it,
/// which others may do at the same time.
pub(super) async fn ask(name: &str, asking: Asking, signal: Option<&AbortSignal>) -> Answer {
    let Some(locks) = locks() else {
        return Answer::Unsupported;
    };
    let (yes, shared) = (JsValue::TRUE, JsValue::from("shared"));
    let options = match (asking, signal) {
        (Asking::IfFree, Some(_)) => object(&[("ifAvailable", &yes)]),
        (Asking::IfFree, None) => object(&[("ifAvailable", &yes), ("mode", &shared)]),
        (Asking::Robbing, _) => object(&[("steal", &yes)]),
        (Asking::Patiently, Some(signal)) => object(&[("signal", signal)]),
        (Asking::Patiently, None) => object(&[("mode", &shared)]),
    };
    let over: Rc<RefCell<Option<Promise>>> = Rc::default();
    let known = over.clone();
    let granted = Promise::new(&mut |resolve: Function, reject: Function| {
        // It is held for as long as the promise that this returns is open.
        let hold = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::NULL);
                return JsValue::UNDEFINED;
            }
            Promise::new(&mut |release, _| {
                let _ = resolve.call1(&JsValue::UNDEFINED, &release);
            })
            .into()
        });
        let asked = invoke(&locks, "request", &[name.into(), options.clone(), hold]);
        if let Some(asked) = asked.and_then(|asked| asked.dyn_into::<Promise>().ok()) {
            // Stopped while it waited: then nobody calls `hold`.
            let _ = invoke(&asked, "catch", &[reject.into()]);
            *known.borrow_mut() = Some(asked);
        } else {
            let _ = reject.call0(&JsValue::UNDEFINED);
        }
    });
    let granted = JsFuture::from(granted).await;
    let over = over.borrow_mut().take();
    match (granted, over) {
        (Err(_), _) if signal.is_some_and(AbortSignal::aborted) => Answer::Stopped,
        // A page whose storage is blocked has locks that nobody can have.
        (Err(_), _) => Answer::Unsupported,
        (Ok(release), Some(over)) => match release.dyn_into::<Function>() {
            Ok(release) => Answer::Held(Lock {
                release,
                over,
                trustees: None,
            }),
            Err(_) => Answer::Taken,
        },
        (Ok(_), None) => Answer::Stopped,
    }
}

/// A channel to the tabs, and the other widgets of this page, that have the same
/// name for it. Nothing where the browser has none.
pub(super) fn channel(name: &str) -> Option<JsValue> {
    construct("BroadcastChannel", &[name.into()])
}
