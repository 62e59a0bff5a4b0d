//! The widget inside a Leptos app: in a shadow root of its own, and gone with
//! its owner.

use leptos::prelude::*;
use slidewright::browser::Options;
use slidewright::view::Slidewright;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, ShadowRoot};

fn place() -> HtmlElement {
    let place = document().create_element("div").expect("an element");
    document()
        .body()
        .expect("a body")
        .append_child(&place)
        .expect("a place");
    place.unchecked_into()
}

/// The effects of a mount run in a task of their own.
async fn shadow_root(place: &HtmlElement) -> ShadowRoot {
    for _ in 0..100 {
        let host = place.first_element_child();
        if let Some(root) = host.and_then(|host| host.shadow_root()) {
            return root;
        }
        leptos::task::tick().await;
    }
    panic!("no shadow root in a hundred ticks");
}

#[wasm_bindgen_test]
async fn and_goes_with_its_owner() {
    let place = place();
    let options = Options {
        provider: "presenton".into(),
        endpoint: "/relay".into(),
        ..Options::default()
    };
    let mounted = leptos::mount::mount_to(place.clone(), move || {
        view! { <Slidewright options=options/> }
    });
    let root = shadow_root(&place).await;
    assert!(
        root.query_selector("textarea#prompt")
            .expect("a selector")
            .is_some()
    );
    drop(mounted);
    assert!(
        root.query_selector("textarea#prompt")
            .expect("a selector")
            .is_none()
    );
}

#[wasm_bindgen_test]
async fn or_says_what_is_missing() {
    let place = place();
    let mounted = leptos::mount::mount_to(place.clone(), move || {
        view! { <Slidewright options=Options::default()/> }
    });
    let root = shadow_root(&place).await;
    let text = root.text_content().unwrap_or_default();
    assert!(text.contains("isn't set up yet"), "{text}");
    drop(mounted);
}
