//! Pictures of the widget in each of its states, light and dark, wide and
//! narrow, into `target/pictures`; and the one that the README shows, into
//! `docs/widget.png`.
//!
//! `cargo run --package slidewright-e2e --bin pictures`

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use slidewright_e2e::server::repository;
use slidewright_e2e::{Page, Sheet, widget};

const TOPIC: &str = "How bees came to live in our cities, for a class of twelve-year-olds";

/// What has to happen for a state to be seen.
struct State {
    name: &'static str,
    scenario: &'static str,
    /// What is true once it is there.
    when: &'static str,
    /// Run then, to show more of it.
    more: &'static str,
}

const FORM: State = State {
    name: "form",
    scenario: "presenton",
    when: "seen(one('submit'))",
    more: "",
};

const STATES: [State; 11] = [
    FORM,
    State {
        name: "more-options",
        more: "one('more').open = true",
        ..FORM
    },
    State {
        name: "complaint",
        more: "el.submit({ prompt: '' })",
        ..FORM
    },
    State {
        name: "waiting",
        scenario: "presenton,duration=6000",
        when: "el.snapshot.slidesDone > 0 && seen(one('slides'))",
        more: "",
    },
    State {
        name: "done",
        scenario: "presenton,duration=1000",
        when: "seen(one('download'))",
        more: "",
    },
    State {
        name: "done-without-link",
        scenario: "presenton,duration=1000,contract=b",
        when: "seen(one('again'))",
        more: "",
    },
    State {
        name: "failed",
        scenario: "presenton,duration=1000,fail=renderer",
        when: "seen(one('details'))",
        more: "one('details').open = true",
    },
    State {
        name: "uncertain",
        scenario: "presenton,submit=502",
        when: "seen(one('back'))",
        more: "",
    },
    State {
        name: "stopped",
        scenario: "presenton,duration=60000",
        when: "seen(one('stop'))",
        more: "el.stopWatching()",
    },
    State {
        name: "refused",
        scenario: "presenton,submit=problem",
        when: "seen(one('action'))",
        more: "",
    },
    State {
        name: "notice",
        scenario: "presenton,duration=60000,status=503",
        when: "seen(one('notice'))",
        more: "",
    },
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let root = repository();
    let folder = root.join("target/pictures");
    fs::create_dir_all(&folder).expect("a folder for the pictures");
    let page = Page::blank().await;
    for state in &STATES {
        for width in [900, 320] {
            resize(&page, width).await;
            show(&page, state).await;
            for scheme in ["light", "dark"] {
                prefer(&page, scheme).await;
                let file = folder.join(format!("{}-{width}-{scheme}.png", state.name));
                picture(&page, &file).await;
            }
        }
    }
    resize(&page, 900).await;
    show(&page, &FORM).await;
    prefer(&page, "light").await;
    fs::create_dir_all(root.join("docs")).expect("the folder of the documents");
    picture(&page, &root.join("docs/widget.png")).await;
}

async fn resize(page: &Page, width: u32) {
    let metrics = json!({"width": width, "height": 1800, "deviceScaleFactor": 1, "mobile": false});
    page.browser
        .cdp("Emulation.setDeviceMetricsOverride", metrics)
        .await;
}

async fn prefer(page: &Page, scheme: &str) {
    let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
    page.browser
        .cdp("Emulation.setEmulatedMedia", features)
        .await;
}

async fn show(page: &Page, state: &State) {
    let style = "<style>body { margin: 0; background: Canvas; color-scheme: light dark }</style>";
    let sheet = Sheet::new(widget(state.scenario, "")).head(style);
    let address = page.server.publish(state.name, sheet);
    page.go_to(&address).await;
    page.ready().await;
    page.fill("prompt", TOPIC).await;
    if state.when != FORM.when {
        page.click("submit").await;
    }
    page.wait(state.name, state.when).await;
    page.run(state.more, Value::Null).await;
    // Nobody types in a picture.
    page.run("el.shadowRoot.activeElement?.blur()", Value::Null)
        .await;
    page.wait("a picture that stands still", "document.getAnimations().every((it) => it.playState !== 'running' || it.effect.getTiming().iterations === Infinity)")
        .await;
}

async fn picture(page: &Page, file: &Path) {
    let element = page.element().await;
    let png = element.screenshot_as_png().await.expect("a picture");
    fs::write(file, png).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    println!("{}", file.display());
}
