//! Another person goes on at the same page (`user-scope`): nothing of the one
//! before is shown or read, and all of it is there when they are back.

use serde_json::{Value, json};
use slidewright_e2e::{Sheet, widget};

use crate::kept;
use crate::row::{Row, TOPIC};

const ASKING: &str = "chronicle,duration=300,questions=1";
const OPEN: &str = "presenton,duration=600000";

/// The page says who uses it, and writes down what is read of the storages.
const HOST: &str = "
    window.reads = [];
    for (const name of ['localStorage', 'sessionStorage']) {
        const real = window[name];
        const spy = new Proxy(real, {
            get(_, item) {
                reads.push(String(item));
                const value = real[item];
                return typeof value === 'function' ? value.bind(real) : value;
            },
            set: (_, item, value) => Reflect.set(real, item, value),
        });
        Object.defineProperty(window, name, { get: () => spy });
    }
    document.querySelector('slide-wright').userScope = sessionStorage.who ?? 'ann';";

async fn open(scenario: &str) -> Row {
    let sheet = Sheet::new(widget(scenario, "")).script(HOST);
    Row::with(scenario, sheet).await
}

async fn becomes(row: &Row, who: &str) {
    let code = "sessionStorage.setItem('who', args); el.userScope = args; window.reads.length = 0";
    row.run(code, json!(who)).await;
}

/// The form, with nothing in it, and none of these words anywhere.
async fn shows_nothing_of(row: &Row, words: &[&str]) {
    row.wait_state("drafting").await;
    row.wait("an empty form", "one('prompt').value === ''")
        .await;
    assert!(!row.sees("earlier-item").await);
    let all = "return el.shadowRoot.innerHTML + JSON.stringify(el.snapshot)
        + [...el.shadowRoot.querySelectorAll('input, textarea')].map((it) => it.value)";
    let all = row.run(all, Value::Null).await.to_string();
    for word in words {
        assert!(!all.contains(word), "{word} in {all}");
    }
    // Records hold no words, and one that is too old is removed whosever it is;
    // what was typed is read by nobody else.
    let reads = row.run("return window.reads", Value::Null).await;
    let reads = reads.as_array().expect("what was read").iter();
    let drafts = reads.filter_map(Value::as_str);
    let foreign: Vec<_> = drafts
        .filter(|it| it.contains("/draft/") && it.contains("/ann/"))
        .collect();
    assert_eq!(foreign, [] as [&str; 0]);
}

#[tokio::test]
async fn a_question_and_its_answer() {
    let row = open(ASKING).await;
    row.ask().await;
    row.wait_state("asking").await;
    row.fill("answer", "We keep bees").await;
    let job = row.run("return el.snapshot.jobId", Value::Null).await;
    let job = job.as_str().expect("a job");
    let words = [TOPIC, "We keep bees", "What does your company do?", job];

    becomes(&row, "ben").await;
    shows_nothing_of(&row, &words).await;
    let asked = row.asked_at().await.len();
    row.come_again().await;
    shows_nothing_of(&row, &words).await;
    assert_eq!(row.asked_at().await.len(), asked);

    becomes(&row, "ann").await;
    row.wait_text("What does your company do?").await;
    assert_eq!(row.value("answer").await, "We keep bees");
    row.click("send").await;
    row.ends_well().await;
    row.begun(1).await;
    row.is_unharmed().await;
}

#[tokio::test]
async fn a_draft() {
    let row = open(OPEN).await;
    row.fill("prompt", TOPIC).await;
    becomes(&row, "ben").await;
    shows_nothing_of(&row, &[TOPIC]).await;
    row.fill("prompt", "Wasps").await;
    becomes(&row, "ann").await;
    row.wait_with(
        "the own draft",
        "one('prompt').value === args",
        json!(TOPIC),
    )
    .await;
    becomes(&row, "").await;
    shows_nothing_of(&row, &[TOPIC, "Wasps"]).await;
}

/// Who begins to write and then signs in goes on writing.
#[tokio::test]
async fn a_draft_of_nobody_goes_along() {
    let row = open(OPEN).await;
    becomes(&row, "").await;
    shows_nothing_of(&row, &[]).await;
    row.fill("prompt", TOPIC).await;
    becomes(&row, "ben").await;
    row.wait_with(
        "the same draft",
        "one('prompt').value === args",
        json!(TOPIC),
    )
    .await;
    becomes(&row, "cleo").await;
    shows_nothing_of(&row, &[TOPIC]).await;
}

#[tokio::test]
async fn a_job_each_and_a_list_each() {
    let row = open(OPEN).await;
    row.ask().await;
    row.wait_state("waiting").await;
    row.click("stop").await;
    row.click("again").await;
    row.part("earlier-item").await;
    row.generate("Ants").await;
    row.wait_state("waiting").await;
    let ann = row.run("return el.snapshot.jobId", Value::Null).await;

    becomes(&row, "ben").await;
    shows_nothing_of(&row, &[TOPIC, "Ants"]).await;
    row.generate("Wasps").await;
    row.wait_state("waiting").await;
    let ben = row.run("return el.snapshot.jobId", Value::Null).await;
    assert_ne!(ann, ben);

    for (who, job) in [("ann", &ann), ("ben", &ben), ("ann", &ann)] {
        becomes(&row, who).await;
        let is_theirs = "el.snapshot.state === 'waiting' && el.snapshot.jobId === args";
        row.wait_with(who, is_theirs, job.clone()).await;
    }
    // What one removes is not the other's.
    becomes(&row, "ben").await;
    row.wait_state("waiting").await;
    row.run("el.forget()", Value::Null).await;
    shows_nothing_of(&row, &["Wasps"]).await;
    becomes(&row, "ann").await;
    row.wait_state("waiting").await;
    assert_eq!(kept::records(&row).await.len(), 2);
    row.sent(3, 3).await;
}

/// Who has left is not told what came of it; who is back is. The service has taken the
/// request and keeps its answer to itself, however long the page takes to change hands.
#[tokio::test]
async fn a_request_on_its_way() {
    let scenario = "presenton,duration=300,submit=hang,submit-times=1,accept=1";
    let row = open(scenario).await;
    row.ask().await;
    row.wait_log("the request", scenario, |log| !log.submits().is_empty())
        .await;
    becomes(&row, "ben").await;
    shows_nothing_of(&row, &[TOPIC]).await;
    row.generate("Wasps").await;
    row.ends_well().await;
    becomes(&row, "ann").await;
    row.shows("uncertain", "The page was left before an answer came.")
        .await;
    row.click("retry").await;
    row.ends_well().await;
    row.sent(3, 2).await;
    row.begun(2).await;
    row.is_unharmed().await;
}
