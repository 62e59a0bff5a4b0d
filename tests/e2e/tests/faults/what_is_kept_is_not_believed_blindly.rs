//! What stands in a browser's storage may be broken, old, or somebody else's: it
//! is dropped, and the form is there as on a first visit.

use serde_json::{Value, json};

use crate::kept;
use crate::row::Row;

const OPEN: &str = "presenton,duration=600000";

/// A page that keeps a job, its record and its draft, as `[name, text]`; and then
/// has forgotten it.
async fn forgotten() -> (Row, Value, Value) {
    let row = Row::open(OPEN).await;
    row.ask().await;
    row.wait_state("waiting").await;
    let code =
        "const entry = (all, part) => Object.entries(all).find(([name]) => name.includes(part));
        return [entry(localStorage, '/job/'), entry(sessionStorage, '/draft/')]";
    let kept = row.run(code, Value::Null).await;
    row.run("el.forget()", Value::Null).await;
    kept::assert_nothing(&row).await;
    (row, kept[0].clone(), kept[1].clone())
}

/// The record, with one member changed.
fn with(record: &Value, member: &str, value: Value) -> String {
    let mut record: Value =
        serde_json::from_str(record[1].as_str().expect("a text")).expect("a record in JSON");
    record[member] = value;
    record.to_string()
}

/// More deeply than anything of ours is.
fn nested() -> String {
    ["[".repeat(5000), "]".repeat(5000)].concat()
}

/// Puts a text under a name, loads the page again, and finds an empty form and no
/// trouble.
async fn is_dropped(row: &Row, storage: &str, name: &Value, text: &str) {
    let put = "window[args[0]].setItem(args[1], args[2])";
    row.run(put, json!([storage, name, text])).await;
    row.come_again().await;
    let what: String = text.chars().take(80).collect();
    assert_eq!(row.state().await, "drafting", "{what}");
    assert!(row.sees("submit").await, "{what}");
    assert!(!row.sees("earlier-item").await, "{what}");
    assert_eq!(kept::records(row).await, Vec::<String>::new(), "{what}");
    for level in ["error", "warn", "uncaught", "unhandled"] {
        let said = row.console(level).await;
        assert_eq!(said, Vec::<String>::new(), "{what}");
    }
    row.told_nothing().await;
}

#[tokio::test]
async fn records() {
    let (row, record, _) = forgotten().await;
    let mut texts: Vec<String> = ["", "{", "null", "7", "\"x\"", "[]", "{}", "[object Object]"]
        .map(str::to_owned)
        .into();
    texts.push(nested());
    texts.push("x".repeat(1_000_000));
    let members = [
        ("v", json!(2)),
        ("key", json!("another")),
        ("key", json!("")),
        ("place", Value::Null),
        ("digest", json!({"a": 1})),
        ("job", json!("../../admin?x=1#y\n")),
        ("job", json!("x".repeat(10_000))),
        ("job", Value::Null),
        ("phase", json!("sent")),
        ("phase", json!("<script>")),
        ("began", json!("today")),
        ("began", json!(-1)),
        ("began", json!(1e300)),
        ("began", json!(0)),
        ("watched", json!([])),
    ];
    texts.extend(members.map(|(member, value)| with(&record, member, value)));
    for text in texts {
        is_dropped(&row, "localStorage", &record[0], &text).await;
    }
    row.another_ends_well().await;
}

#[tokio::test]
async fn drafts() {
    let (row, _, draft) = forgotten().await;
    let texts = [
        "".into(),
        "{".into(),
        "null".into(),
        "[[]]".into(),
        nested(),
        "x".repeat(1_000_000),
        json!({"current": 7, "fields": 7, "files": {}, "answer": [], "rounds": "x"}).to_string(),
        json!({"current": "another", "rounds": [7, {"question": []}]}).to_string(),
        json!({"fields": {"prompt": {"a": 1}, "nothing": "x", "__proto__": "x"}}).to_string(),
    ];
    for text in texts {
        is_dropped(&row, "sessionStorage", &draft[0], &text).await;
        assert_eq!(row.value("prompt").await, "");
    }
    // What can be read of it is text in fields, and checked like any other.
    let odd = json!({"fields": {"prompt": "<img src=x onerror=alert(1)>", "slide-count": "-9e99"}});
    is_dropped(&row, "sessionStorage", &draft[0], &odd.to_string()).await;
    assert_eq!(row.value("prompt").await, "<img src=x onerror=alert(1)>");
    row.click("submit").await;
    row.wait_text("Please choose a whole number").await;
    row.sent(1, 1).await;
    row.fill("slide-count", "3").await;
    row.another_ends_well().await;
}

/// What belongs to somebody else on this origin is left alone.
#[tokio::test]
async fn nothing_that_is_not_ours_is_touched() {
    let (row, record, _) = forgotten().await;
    let ours = record[0].as_str().expect("a name");
    let others = json!({
        "app/job/1": "{",
        "slidewrights": "x",
        (format!("app:{ours}")): "{}",
        "session": "{\"user\":1}",
    });
    let put = "for (const storage of [localStorage, sessionStorage])
        for (const [name, text] of Object.entries(args)) storage.setItem(name, text)";
    row.run(put, others.clone()).await;
    is_dropped(&row, "localStorage", &record[0], "{").await;
    row.ask().await;
    row.wait_state("waiting").await;
    row.run("el.forget()", Value::Null).await;
    let left = row.run(
        "return [{ ...localStorage }, { ...sessionStorage }]",
        Value::Null,
    );
    assert_eq!(left.await, json!([others, others]));
}
