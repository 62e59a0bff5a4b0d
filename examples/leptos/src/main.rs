//! A page of a conference: speakers have a first version of their slides made.

use leptos::ev::CustomEvent;
use leptos::prelude::*;
use slidewright::browser::{Options, event_names};
use slidewright::request::HostWishes;
use slidewright::view::Slidewright;

/// A path of this site that passes requests on to Presenton and adds the key.
/// Another one can be named while building.
const ENDPOINT: &str = match option_env!("SLIDEWRIGHT_ENDPOINT") {
    Some(endpoint) => endpoint,
    None => "/relay/presenton",
};

fn main() {
    leptos::mount::mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let made = RwSignal::new(0);
    let open = RwSignal::new(true);
    let told = move |event: CustomEvent| {
        if event.type_() == event_names::COMPLETE {
            made.update(|made| *made += 1);
        }
    };
    view! {
        <main>
            <h1>"Your talk, as slides"</h1>
            <p id="said">{move || said(made.get())}</p>
            <Show when=move || open.get()>
                // The id keeps this widget's decks apart from those of others.
                <Slidewright options=options() on_event=told attr:id="slides"/>
            </Show>
            <button id="toggle" on:click=move |_| open.update(|open| *open = !*open)>
                {move || if open.get() { "Close" } else { "Make slides" }}
            </button>
        </main>
    }
}

fn options() -> Options {
    Options {
        provider: "presenton".into(),
        endpoint: ENDPOINT.into(),
        // Talks of this conference are short.
        wishes: HostWishes {
            max_slide_count: Some(12),
            ..HostWishes::default()
        },
        ..Options::default()
    }
}

fn said(made: u32) -> String {
    match made {
        0 => "Say what it is about, and get a first version to work on.".into(),
        1 => "Your deck is ready. Good luck on stage!".into(),
        made => format!("{made} decks are ready. Good luck on stage!"),
    }
}
