//! A service that asks before it goes on: the visitor answers below the question,
//! and it is one job from beginning to end.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, Widget, log, widget};
use thirtyfour::Key;

const FIRST: &str = "What does your company do? (question 1 of 2)";
const SECOND: &str = "Who will see the deck? (question 2 of 2)";

/// The questions and answers that are shown as behind us.
async fn rounds(page: &Widget) -> Value {
    let code = "return all('round').filter(seen).map((it) => it.innerText.split(/\\n+/))";
    page.run(code, Value::Null).await
}

async fn assert_asks(page: &Widget, question: &str) {
    page.wait_with(
        "the question",
        "one('question').innerText === args",
        json!(question),
    )
    .await;
}

#[tokio::test]
async fn two_rounds_are_shown_and_kept() {
    let scenario = "chronicle,duration=900,questions=2";
    let page = Page::with_widget(scenario, "").await;
    page.generate("Bees").await;

    assert_asks(&page, FIRST).await;
    // The focus was inside, and its place is gone: it goes where an answer is
    // written, whose name is the question.
    let focused = "el.shadowRoot.activeElement === one('answer')
        && one('answer').getAttribute('aria-labelledby') === one('question').id";
    page.wait("the focus in the answer box", focused).await;
    page.press("We keep bees").await;
    page.press_with(Key::Shift, Key::Enter).await;
    page.press("on roofs").await;
    page.click("send").await;

    page.wait_state("waiting").await;
    let first = json!([FIRST, "We keep bees", "on roofs"]);
    assert_eq!(rounds(&page).await, json!([first]));

    assert_asks(&page, SECOND).await;
    assert_eq!(rounds(&page).await, json!([first]));
    page.wait("the focus in the new answer box", focused).await;
    assert_eq!(page.value("answer").await, "");
    page.press("The city council").await;
    page.press_with(Key::Control, Key::Enter).await;
    page.wait_state("waiting").await;
    assert_eq!(
        rounds(&page).await,
        json!([first, [SECOND, "The city council"]])
    );

    page.wait_state("done").await;
    let kept = page.run("return el.snapshot.rounds", Value::Null).await;
    let kept_wanted = json!([
        {"question": FIRST, "answer": "We keep bees\non roofs"},
        {"question": SECOND, "answer": "The city council"},
    ]);
    assert_eq!(kept, kept_wanted);
    page.wait_text("You may have to sign in to the service to see it.")
        .await;
    let link = page.run("return one('link').href", Value::Null).await;
    let link = link.as_str().expect("an address");
    assert!(link.contains("/document/pres_"), "{link}");

    let log = page.log(scenario).await;
    assert_eq!((log.jobs(), log.keys().len()), (1, 1), "{log:?}");
    assert_eq!(log.calls("POST", "/presentations/generate").len(), 3);
    let job = page.run("return el.snapshot.jobId", Value::Null).await;
    let job = job.as_str().expect("an id");
    let path = format!("/api/v1/presentations/generate/{job}/message");
    let answers = log.calls("POST", &path);
    let said: Vec<_> = answers.iter().map(|it| log::body(it)).collect();
    let wanted = json!([{"content": "We keep bees\non roofs"}, {"content": "The city council"}]);
    assert_eq!(Value::from(said), wanted);
    for answer in answers {
        let headers = &answer["headers"];
        assert_eq!(headers["x-slidewright"], json!("1"));
        assert_eq!(headers["idempotency-key"], Value::Null);
    }

    assert_told(&page).await;
}

/// Two events have the texts, and no other has any.
async fn assert_told(page: &Page) {
    let asked = page.events("question").await;
    let asked: Vec<_> = asked.iter().map(|it| &it["detail"]).collect();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert_eq!(asked[0]["question"], json!(FIRST));
    assert_eq!(asked[1]["question"], json!(SECOND));
    assert_eq!([&asked[0]["round"], &asked[1]["round"]], [1, 2]);

    let answered = page.events("answer").await;
    let answered: Vec<_> = answered.iter().map(|it| &it["detail"]).collect();
    assert_eq!(answered.len(), 2, "{answered:?}");
    assert_eq!(answered[0]["question"], json!(FIRST));
    assert_eq!(answered[0]["answer"], json!("We keep bees\non roofs"));
    assert_eq!(answered[1]["answer"], json!("The city council"));

    let texts = "const quiet = ['ready', 'accepted', 'status', 'complete', 'error', 'stop'];
        const text = /company|council|roofs|Bees|http/;
        return record.events.filter((it) => quiet.includes(it.name) && text.test(JSON.stringify(it)))";
    assert_eq!(page.run(texts, Value::Null).await, json!([]));
}

#[tokio::test]
async fn a_script_may_answer_and_a_visitor_elsewhere_on_the_page_hears_of_it() {
    let scenario = "chronicle,duration=900,questions=1,public=1";
    let html = [&widget(scenario, ""), "<input id=\"elsewhere\">"].concat();
    let page = Page::open(Sheet::new(html)).await;
    page.ready().await;
    let begin = "document.querySelector('#elsewhere').focus(); el.submit({ prompt: 'Bees' })";
    page.run(begin, Value::Null).await;
    page.wait_state("asking").await;
    page.wait(
        "an announcement",
        "el.shadowRoot.querySelector('.voice[role=status]').innerText",
    )
    .await;
    let said = "return el.shadowRoot.querySelector('.voice[role=status]').innerText";
    let said = page.run(said, Value::Null).await;
    assert_eq!(said, json!("A question before we go on"));
    let stays = "return [document.activeElement.id, scrollY]";
    assert_eq!(page.run(stays, Value::Null).await, json!(["elsewhere", 0]));

    // Nothing is no answer.
    page.run("el.answer('   ')", Value::Null).await;
    assert_eq!(page.state().await, "asking");
    page.run("el.answer('We keep bees')", Value::Null).await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    let answers = log.calls("POST", "/message");
    assert_eq!(answers.len(), 1, "{log:?}");
    assert_eq!(log::body(answers[0]), json!({"content": "We keep bees"}));
    // Anybody may see this one.
    page.part("link").await;
    assert!(!page.shown().await.contains("sign in"));
}

#[tokio::test]
async fn an_answer_half_written_is_kept() {
    let scenario = "chronicle,duration=300,questions=1";
    let page = Page::with_widget(scenario, "").await;
    page.generate("Bees").await;
    page.part("answer").await;
    page.fill("answer", "We keep").await;
    page.press(Key::Left + Key::Left).await;
    // The page changes its texts: everything is built anew.
    page.run("el.messages = { send: 'Go on' }", Value::Null)
        .await;
    page.wait("the page's own text", "one('send').innerText === 'Go on'")
        .await;
    page.wait(
        "the focus where it was",
        "el.shadowRoot.activeElement === one('answer')",
    )
    .await;
    page.press("-").await;
    assert_eq!(page.value("answer").await, "We ke-ep");

    page.click("stop").await;
    page.wait_text("We've stopped checking").await;
    page.click("retry").await;
    page.part("answer").await;
    assert_eq!(page.value("answer").await, "We ke-ep");
    assert_eq!(page.events("question").await.len(), 1, "it is the same one");
    assert_eq!(page.log(scenario).await.calls("POST", "/message").len(), 0);
}

#[tokio::test]
async fn and_belongs_to_its_job() {
    let page = Page::with_widget("chronicle,duration=300,questions=1", "").await;
    page.generate("Bees").await;
    page.fill("answer", "We keep").await;
    page.click("stop").await;
    page.click("again").await;
    page.generate("Wasps").await;
    assert_eq!(page.value("answer").await, "", "it was about bees");
}
