//! The widget inside a Leptos app: in a shadow root of its own, and gone with
//! its owner.

use leptos::ev::CustomEvent;
use leptos::prelude::*;
use slidewright::browser::{Options, event_names};
use slidewright::request::HostWishes;
use slidewright::view::{Handle, Slidewright};
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

fn options(most: u32) -> Options {
    Options {
        provider: "presenton".into(),
        endpoint: "/relay".into(),
        wishes: HostWishes {
            max_slide_count: Some(most),
            ..HostWishes::default()
        },
        ..Options::default()
    }
}

#[wasm_bindgen_test]
async fn and_follows_a_signal_of_options() {
    let place = place();
    let (given, give) = signal_local(options(7));
    let mounted = leptos::mount::mount_to(place.clone(), move || {
        view! { <Slidewright options=given/> }
    });
    let root = shadow_root(&place).await;
    let most = || {
        let field = root.query_selector("#slide-count").expect("a selector");
        field.and_then(|field| field.get_attribute("max"))
    };
    assert_eq!(most().as_deref(), Some("7"));
    give.set(options(9));
    for _ in 0..100 {
        if most().as_deref() == Some("9") {
            break;
        }
        leptos::task::tick().await;
    }
    assert_eq!(most().as_deref(), Some("9"));
    drop(mounted);
}

#[wasm_bindgen_test]
async fn and_tells_its_events_and_takes_what_is_slotted() {
    let place = place();
    let heard = StoredValue::new_local(Vec::new());
    let handle = Handle::new();
    let mounted = leptos::mount::mount_to(place.clone(), move || {
        view! {
            <Slidewright
                options=options(7)
                handle
                on_event=move |event: CustomEvent| {
                    heard.update_value(|heard| heard.push(event.type_()));
                }
            >
                <p slot="header">"Ours"</p>
            </Slidewright>
        }
    });
    let root = shadow_root(&place).await;
    for _ in 0..100 {
        if heard.try_get_value().is_some_and(|heard| !heard.is_empty()) {
            break;
        }
        leptos::task::tick().await;
    }
    assert_eq!(
        heard.try_get_value().unwrap_or_default(),
        [event_names::READY]
    );
    assert_eq!(handle.state().as_deref(), Some("drafting"));
    let slotted = root.host().query_selector("p[slot=header]");
    assert!(slotted.expect("a selector").is_some());
    drop(mounted);
    assert_eq!(handle.state(), None, "it outlives the component");
}
