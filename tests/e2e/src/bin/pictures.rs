//! Pictures of the widget in each of its states, light and dark, wide and
//! narrow, into `target/pictures`; and the one that the README shows, into
//! `docs/widget.png`. Names of states make only those.
//!
//! `cargo run --package slidewright-e2e --bin pictures [-- name…]`

use std::env;
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
    attributes: &'static str,
    /// Run first, in the page.
    before: &'static str,
    /// Whether the form is sent.
    sent: bool,
    /// What is true once it is there.
    when: &'static str,
    /// Bytes a second from then on; -1 for no limit.
    speed: i64,
    /// Run then, to show more of it.
    more: &'static str,
    /// What is true once that is there, too.
    then: &'static str,
}

const FORM: State = State {
    name: "form",
    scenario: "presenton",
    attributes: "",
    before: "",
    sent: false,
    when: "seen(one('submit'))",
    speed: -1,
    more: "",
    then: "true",
};

/// One that is seen after the form was sent.
const SENT: State = State { sent: true, ..FORM };

const OUTLINE: &str = "template-slides='title=slide_a' outline='# Bees in our cities\n\n\
    # Why they came\n- Warm winters\n- Flowers from March to October\n\n\
    # Hives by city\n| City | Hives |\n| --- | --- |\n| Bern | 312 |\n| Lyon | 540 |'";

const STATES: [State; 18] = [
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
        ..SENT
    },
    State {
        name: "done",
        scenario: "presenton,duration=1000",
        when: "seen(one('download'))",
        ..SENT
    },
    State {
        name: "done-without-link",
        scenario: "presenton,duration=1000,contract=b",
        when: "seen(one('again'))",
        ..SENT
    },
    State {
        name: "failed",
        scenario: "presenton,duration=1000,fail=renderer",
        when: "seen(one('details'))",
        more: "one('details').open = true",
        ..SENT
    },
    State {
        name: "uncertain",
        scenario: "presenton,submit=502",
        when: "seen(one('back'))",
        ..SENT
    },
    State {
        name: "stopped",
        scenario: "presenton,duration=60000",
        when: "seen(one('stop'))",
        more: "el.stopWatching()",
        ..SENT
    },
    State {
        name: "refused",
        scenario: "presenton,submit=problem",
        when: "seen(one('action'))",
        ..SENT
    },
    State {
        name: "notice",
        scenario: "presenton,duration=60000,status=503",
        when: "seen(one('notice'))",
        ..SENT
    },
    State {
        name: "question",
        scenario: "chronicle,duration=300,questions=2",
        when: "el.snapshot.rounds.length ? seen(one('answer'))
            : (el.snapshot.state === 'asking' && el.answer('We lend hives to schools, and teach.'), false)",
        more: "one('answer').value = 'Twelve-year-olds, and their'",
        ..SENT
    },
    State {
        name: "outline",
        scenario: "duomi",
        attributes: OUTLINE,
        ..FORM
    },
    State {
        name: "partial",
        scenario: "duomi,duration=300,bad-slides=1",
        attributes: OUTLINE,
        when: "seen(one('slide-errors'))",
        ..SENT
    },
    State {
        name: "templates",
        scenario: "chronicle",
        before: "one('prompt').focus()",
        when: "seen(one('template'))",
        more: "one('template').querySelector('[value=tpl_pitch]').click()",
        then: "seen(one('sections')) && all('template').every((it) =>
            [...it.querySelectorAll('img')].every((it) => it.complete))",
        ..FORM
    },
    State {
        name: "files",
        scenario: "perceptis",
        attributes: "output-type='single_slide'",
        when: "seen(one('file'))",
        more: "for (const [name, size] of [['hive.png', 1.2e6], ['a bee on lavender.jpg', 48e3], ['notes.txt', 9]]) {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([new ArrayBuffer(size)], name));
            one('file').dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer }));
        }",
        then: "all('field-error').some(seen)",
        ..FORM
    },
    State {
        name: "old-link",
        scenario: "perceptis,duration=300",
        when: "seen(one('download'))",
        more: "const now = Date.now; Date.now = () => now() + 2e6",
        then: "seen(one('refresh'))",
        ..SENT
    },
    State {
        name: "saving",
        scenario: "presenton,duration=300,auth=right",
        before: "el.headers = { Authorization: 'Bearer right' }",
        when: "seen(one('download'))",
        speed: 1500,
        more: "one('download').click()",
        then: "/Downloading: [1-9]/.test(el.shadowRoot.querySelector('.screen').innerText)",
        ..SENT
    },
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let root = repository();
    let folder = root.join("target/pictures");
    fs::create_dir_all(&folder).expect("a folder for the pictures");
    let page = Page::blank().await;
    let names: Vec<String> = env::args().skip(1).collect();
    let wanted = |state: &&State| names.is_empty() || names.iter().any(|it| it == state.name);
    for state in STATES.iter().filter(wanted) {
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
    if names.is_empty() {
        resize(&page, 900).await;
        show(&page, &FORM).await;
        prefer(&page, "light").await;
        fs::create_dir_all(root.join("docs")).expect("the folder of the documents");
        picture(&page, &root.join("docs/widget.png")).await;
    }
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
    let sheet = Sheet::new(widget(state.scenario, state.attributes)).head(style);
    let address = page.server.publish(state.name, sheet);
    page.browser.slow_down(-1, -1).await;
    page.go_to(&address).await;
    page.ready().await;
    page.run(state.before, Value::Null).await;
    if page.sees("prompt").await {
        page.fill("prompt", TOPIC).await;
    }
    if state.sent {
        page.click("submit").await;
    }
    page.wait(state.name, state.when).await;
    page.browser.slow_down(state.speed, -1).await;
    page.run(state.more, Value::Null).await;
    page.wait(state.name, state.then).await;
    // Nobody types in a picture.
    page.run("el.shadowRoot.activeElement?.blur()", Value::Null)
        .await;
}

async fn picture(page: &Page, file: &Path) {
    let still = "el.shadowRoot.getAnimations().every((it) =>
        it.playState !== 'running' || it.effect.getTiming().iterations === Infinity)";
    page.wait("a picture that stands still", still).await;
    let element = page.element().await;
    let png = element.screenshot_as_png().await.expect("a picture");
    fs::write(file, png).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    println!("{}", file.display());
}
