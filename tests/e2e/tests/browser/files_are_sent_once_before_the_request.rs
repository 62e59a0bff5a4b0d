//! Files to work from: chosen, dropped or pasted; sent one after the other; not
//! sent again with the next attempt.

use serde_json::{Value, json};
use slidewright_e2e::{Page, log};

/// The names of the files that are chosen.
async fn chosen(page: &Page) -> Value {
    let names =
        "return [...el.shadowRoot.querySelectorAll('.file-name')].map((it) => it.innerText)";
    page.run(names, Value::Null).await
}

#[tokio::test]
async fn files_are_sent_once_before_the_request() {
    let scenario = "presenton,duration=300,submit=400,submit-times=1";
    let page = Page::with_widget(scenario, "").await;
    let host = "window.asked = [];
        el.headers = ({ purpose }) => { asked.push(purpose); return { Authorization: 'Bearer right' } }";
    page.run(host, Value::Null).await;
    page.click("more-summary").await;
    let notes = page
        .browser
        .file("notes on bees.txt", "Bees live in cities");
    let table = page
        .browser
        .file("hives.csv", "city;hives\nBern;12".repeat(200));
    page.choose_files(&[notes, table]).await;
    page.wait_text("hives.csv").await;
    let sizes = page.run("return all('size').map((it) => it.innerText)", Value::Null);
    assert_eq!(sizes.await, json!(["1 KB", "4 KB"]));

    // Two files are something to work from: no topic is needed.
    page.click("submit").await;
    page.wait_text("The service didn't accept this request.")
        .await;
    let first = page.log(scenario).await;
    assert_eq!(first.calls("POST", "/files/upload").len(), 2, "{first:?}");
    page.click("submit").await;
    page.wait_state("done").await;

    let log = page.log(scenario).await;
    let uploads = log.calls("POST", "/files/upload");
    assert_eq!(uploads.len(), 2, "not sent again: {log:?}");
    for (upload, name, text) in [
        (uploads[0], "notes on bees.txt", "Bees live in cities"),
        (uploads[1], "hives.csv", "Bern;12"),
    ] {
        let body = upload["body"].as_str().unwrap_or_default();
        let disposition = format!("name=\"files\"; filename=\"{name}\"");
        assert!(body.contains(&disposition) && body.contains(text), "{body}");
        let headers = &upload["headers"];
        assert_eq!(headers["authorization"], json!("Bearer right"));
        assert_eq!(headers["x-slidewright"], json!("1"));
        assert_eq!(headers["idempotency-key"], Value::Null);
        let kind = headers["content-type"].as_str().unwrap_or_default();
        assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
    }
    let submits = log.calls("POST", "/generate/async");
    assert_eq!((submits.len(), log.jobs()), (2, 1), "{log:?}");
    let files = log::body(submits[1])["files"].clone();
    let files = files.as_array().expect("a list");
    assert!(
        files[0]
            .as_str()
            .is_some_and(|it| it.ends_with("/notes on bees.txt"))
    );
    assert!(
        files[1]
            .as_str()
            .is_some_and(|it| it.ends_with("/hives.csv"))
    );
    let asked = page.run(
        "return asked.filter((it) => it === 'upload').length",
        Value::Null,
    );
    assert_eq!(asked.await, json!(2));
}

#[tokio::test]
async fn what_is_dropped_or_pasted_is_taken() {
    let page = Page::with_widget("presenton", "fields=\"prompt,files\"").await;
    let over = "return !one('file').dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true }))";
    page.part("file").await;
    assert_eq!(page.run(over, Value::Null).await, json!(true));
    assert!(page.bring_file("drop", "file", "dropped.txt").await);
    assert!(page.bring_file("paste", "prompt", "pasted.pdf").await);
    page.wait_text("pasted.pdf").await;
    assert_eq!(chosen(&page).await, json!(["dropped.txt", "pasted.pdf"]));
    assert!(page.bring_file("drop", "file", "picture.gif").await);
    page.wait_text("The service does not take files like “picture.gif”.")
        .await;
    assert_eq!(chosen(&page).await, json!(["dropped.txt", "pasted.pdf"]));
    // The page is asked first, and told of them.
    let host = "el.beforeSubmit = ({ files }) => { window.asked = files; return false }";
    page.run(host, Value::Null).await;
    page.click("submit").await;
    let asked = page.wait("that the page is asked", "window.asked").await;
    assert_eq!(
        asked[0],
        json!({"name": "dropped.txt", "type": "", "size": 13})
    );
    assert_eq!(page.log("presenton").await.submits().len(), 0);
}

#[tokio::test]
async fn one_that_is_pasted_can_be_seen() {
    let page = Page::with_widget("presenton", "").await;
    page.part("prompt").await;
    assert!(page.bring_file("paste", "prompt", "pasted.pdf").await);
    page.wait(
        "its name",
        "[...el.shadowRoot.querySelectorAll('.file-name')].some(seen)",
    )
    .await;
}

#[tokio::test]
async fn where_the_page_wants_none_none_is_sent() {
    let scenario = "presenton,duration=300";
    let page = Page::with_widget(scenario, "fields=\"prompt\"").await;
    page.part("prompt").await;
    page.bring_file("paste", "prompt", "pasted.pdf").await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    assert_eq!(log.calls("POST", "/files/upload").len(), 0, "{log:?}");
}

#[tokio::test]
async fn where_the_page_locks_them_none_is_taken() {
    let attributes = "fields=\"prompt,files\" locked=\"files\"";
    let page = Page::with_widget("presenton", attributes).await;
    page.part("file").await;
    let locked = page.run("return one('file-input').disabled", Value::Null);
    assert_eq!(locked.await, json!(true));
    page.bring_file("drop", "file", "dropped.txt").await;
    page.bring_file("paste", "prompt", "pasted.pdf").await;
    assert_eq!(chosen(&page).await, json!([]));
}

#[tokio::test]
async fn files_that_the_service_would_not_take_are_named() {
    let scenario = "perceptis,duration=300";
    let page = Page::with_widget(scenario, "output-type=\"single_slide\"").await;
    let hint = page.text("hint").await;
    let file = |name: &str, size: usize| page.browser.file(name, vec![7_u8; size]);
    page.choose_files(&[file("virus.exe", 10)]).await;
    page.wait_text("The service does not take files like “virus.exe”.")
        .await;
    page.choose_files(&[file("large.png", 5_000_001)]).await;
    page.wait_text("“large.png” is too large. A file may have at most 5 MB.")
        .await;
    assert!(!page.shown().await.contains("virus.exe"));
    assert_eq!(chosen(&page).await, json!([]));
    let six: Vec<_> = ["a", "b", "c", "d", "e", "f"]
        .iter()
        .map(|it| file(&format!("{it}.png"), 3))
        .collect();
    page.choose_files(&six).await;
    page.wait_text("At most 5 files can be sent.").await;
    let five = json!(["a.png", "b.png", "c.png", "d.png", "e.png"]);
    assert_eq!(chosen(&page).await, five);
    assert!(!hint.is_empty());
    let limits = "Choose, drop or paste up to 5 files of at most 5 MB: png, jpg, jpeg, gif, webp.";
    page.wait_text(limits).await;

    for _ in 0..4 {
        page.click("remove").await;
    }
    page.wait("one file", "all('remove').length === 1").await;
    assert!(!page.shown().await.contains("At most 5 files can be sent."));
    let label = page
        .run("return one('remove').ariaLabel", Value::Null)
        .await;
    assert_eq!(label, json!("Remove e.png"));

    // This service wants it in the request itself.
    page.generate("Bees").await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    let sent = log::body(log.calls("POST", "/generate")[0]);
    let image = json!([{"data": "BwcH", "mime_type": "image/png"}]);
    assert_eq!(sent["reference_images"], image);
    assert_eq!(log.calls("POST", "").len(), 1, "{log:?}");
}

/// What is copied from a text document or a table comes as text and as a picture
/// of it.
async fn assert_text_may_be_pasted(scenario: &str, attributes: &str, field: &str) {
    let page = Page::with_widget(scenario, attributes).await;
    page.part(field).await;
    let paste = "const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', 'Bees live in cities');
        clipboardData.items.add(new File(['a picture of it'], 'image.png', { type: 'image/png' }));
        const init = { bubbles: true, cancelable: true, composed: true, clipboardData };
        return one(args).dispatchEvent(new ClipboardEvent('paste', init))";
    let typed = page.run(paste, json!(field)).await;
    assert_eq!(typed, json!(true), "the browser may insert the text");
    assert!(!page.shown().await.contains("image.png"));
}

#[tokio::test]
async fn text_that_is_pasted_is_never_lost() {
    assert_text_may_be_pasted("presenton", "fields=\"prompt,files\"", "prompt").await;
}

#[tokio::test]
async fn nor_where_there_are_no_files() {
    assert_text_may_be_pasted("duomi", "", "outline").await;
}
