//! Frameworks move nodes about: reorder lists, change a parent, take out and put back.
//! What was typed stays, and a job goes on.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

/// A job that goes on until the test ends it.
const SCENARIO: &str = "presenton,duration=600000";

/// Ways to move it, of which each ends in the page.
const MOVES: [(&str, &str); 6] = [
    ("another parent", "place.append(el)"),
    ("another order", "list.insertBefore(el, list.firstChild)"),
    ("its parent", "place.append(list)"),
    ("out and in", "el.remove(); list.prepend(el)"),
    (
        "out, and in when others had their turn",
        "const own = el; own.remove(); setTimeout(() => list.prepend(own), 30)",
    ),
    (
        "without being taken out, where the engine can",
        "place.moveBefore ? place.moveBefore(el, null) : place.append(el)",
    ),
];

async fn open() -> Page {
    let body = format!(
        "<div id=\"list\"><p>One</p>{}<p>Two</p></div><div id=\"place\"><i>There</i></div>",
        widget(SCENARIO, "")
    );
    let page = Page::reuse(Sheet::new(body)).await;
    page.ready().await;
    page
}

async fn act(page: &Page, way: &str) {
    let code = format!(
        "const [list, place] = ['list', 'place'].map((it) => document.getElementById(it));
        {way}"
    );
    page.run(&code, Value::Null).await;
    page.ready().await;
}

#[tokio::test]
async fn while_somebody_types() {
    for (name, way) in MOVES {
        let page = open().await;
        page.fill("prompt", "Bees in").await;
        act(&page, way).await;
        assert_eq!(page.value("prompt").await, "Bees in", "{name}");
        // It can be gone on with.
        page.run(
            "const at = one('prompt'); at.focus(); at.setSelectionRange(99, 99)",
            Value::Null,
        )
        .await;
        page.press(" the city").await;
        act(&page, way).await;
        assert_eq!(page.value("prompt").await, "Bees in the city", "{name}");
        page.click("submit").await;
        page.wait_state("waiting").await;
        let log = page.log(SCENARIO).await;
        assert_eq!(log.last_body()["content"], json!("Bees in the city"));
    }
}

#[tokio::test]
async fn while_a_deck_is_made() {
    for (name, way) in MOVES {
        let page = open().await;
        page.generate("Bees").await;
        page.wait_state("waiting").await;
        let job = "return el.snapshot.jobId";
        let before = page.run(job, Value::Null).await;
        act(&page, way).await;
        page.finish(SCENARIO).await;
        page.wait_state("done").await;
        assert_eq!(page.run(job, Value::Null).await, before, "{name}");
        page.part("download").await;
        let log = page.log(SCENARIO).await;
        assert_eq!((log.submits().len(), log.jobs()), (1, 1), "{name}: {log:?}");
        for level in ["error", "warn", "uncaught", "unhandled"] {
            assert_eq!(page.console(level).await, Vec::<String>::new(), "{name}");
        }
    }
}

/// The request is on its way, and nobody sends it a second time.
#[tokio::test]
async fn while_a_request_is_sent() {
    let scenario = "presenton,duration=300,latency=700";
    for (name, way) in MOVES {
        let body = format!(
            "<div id=\"list\"><p>One</p>{}<p>Two</p></div><div id=\"place\"></div>",
            widget(scenario, "")
        );
        let page = Page::reuse(Sheet::new(body)).await;
        page.ready().await;
        page.generate("Bees").await;
        page.wait_log("the request", scenario, |log| !log.submits().is_empty())
            .await;
        act(&page, way).await;
        page.wait_state("done").await;
        let log = page.log(scenario).await;
        assert_eq!((log.keys().len(), log.jobs()), (1, 1), "{name}: {log:?}");
    }
}
