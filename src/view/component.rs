//! The widget as a Leptos component.

use super::widget::Widget;
use crate::browser::Options;
use leptos::html::{self, Div};
use leptos::prelude::{Effect, IntoView, LocalStorage, NodeRef, NodeRefAttribute, StoredValue};
use leptos::prelude::{Get, UpdateValue, component};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ShadowRootInit, ShadowRootMode};

/// Shows a widget in a Leptos app (client-side rendering).
///
/// It lives in a shadow root of its own, as the custom element does, so the
/// app's styles and the widget's do not meet; the same custom properties and
/// parts reach in. Its events bubble from the `div` that is its host.
///
/// ```no_run
/// # #[cfg(target_arch = "wasm32")] {
/// use leptos::prelude::*;
/// use slidewright::{browser::Options, view::Slidewright};
///
/// #[component]
/// fn App() -> impl IntoView {
///     let options = Options {
///         provider: "presenton".into(),
///         endpoint: "/relay/presenton".into(),
///         ..Options::default()
///     };
///     view! { <Slidewright options/> }
/// }
/// # }
/// ```
#[component]
pub fn Slidewright(
    /// What the attributes and properties of the element would say.
    options: Options,
) -> impl IntoView {
    let place: NodeRef<Div> = NodeRef::new();
    let widget: StoredValue<Option<Widget>, LocalStorage> = StoredValue::new_local(None);
    let options = StoredValue::new_local(Some(options));
    Effect::new(move |_| {
        let Some(host) = place.try_get().flatten() else {
            return;
        };
        let Some(options) = options.try_update_value(Option::take).flatten() else {
            return;
        };
        let host: HtmlElement = host.unchecked_into();
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open));
        if let Ok(root) = root {
            let shown = Widget::mount(host, root, options, None);
            shown.ready();
            widget.try_update_value(|slot| *slot = Some(shown));
        }
    });
    html::div().node_ref(place)
}
