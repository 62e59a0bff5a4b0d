//! The picker: each choice is something that the service behind it really does.

use serde_json::{Value, json};

use super::demo::Demo;

async fn asked(service: &str, scenario: &str) -> Demo {
    let demo = Demo::open().await;
    demo.choose_behind(service, scenario).await;
    demo.ask(service).await;
    demo
}

#[tokio::test]
async fn it_asks_two_questions() {
    let demo = asked("chronicle", "question").await;
    for (round, answer) in ["For beekeepers", "Short"].into_iter().enumerate() {
        demo.wait_state("asking").await;
        demo.fill("answer", answer).await;
        demo.click("send").await;
        let taken = "el.snapshot.rounds.length === args";
        demo.wait_with("the answer taken", taken, json!(round + 1))
            .await;
    }
    demo.hurry().await;
    demo.wait_state("done").await;
}

#[tokio::test]
async fn a_slide_is_missing() {
    let demo = asked("duomi", "partial").await;
    demo.hurry().await;
    demo.wait_state("done").await;
    demo.part("slide-errors").await;
}

#[tokio::test]
async fn it_fails() {
    let demo = asked("presenton", "failure").await;
    demo.hurry().await;
    demo.wait_state("failed").await;
}

#[tokio::test]
async fn it_takes_long_and_says_how_far_it_is() {
    let demo = asked("presenton", "slow").await;
    demo.part("progress").await;
    demo.wait("some progress", "el.snapshot.slidesTotal > 0")
        .await;
    assert_eq!(demo.state().await, "waiting");
    demo.hurry().await;
    demo.wait_state("done").await;
}

#[tokio::test]
async fn links_end_and_are_renewed() {
    let demo = asked("duomi", "expired").await;
    demo.hurry().await;
    demo.wait_state("done").await;
    let first = demo.wait("a link", "one('download')?.href").await;
    // Its time is over when the button asks for a fresh one.
    demo.wait("a link that has ended", "seen(one('refresh'))")
        .await;
    demo.click("refresh").await;
    let renewed = "one('download')?.href && one('download').href !== args";
    demo.wait_with("a fresh link", renewed, first).await;
}

#[tokio::test]
async fn the_network_goes_for_a_while() {
    let demo = asked("presenton", "offline").await;
    demo.part("notice").await;
    demo.wait_state("done").await;
    // Each time.
    demo.click("again").await;
    demo.ask("presenton").await;
    demo.part("notice").await;
}

#[tokio::test]
async fn what_a_service_cannot_do_is_said() {
    let demo = Demo::open().await;
    let code = "return [...document.querySelectorAll('[name=scenario]')]
        .filter((it) => it.disabled)
        .map((it) => [it.value, it.closest('label').innerText.includes('Not here:')])";
    let barred = demo.run(code, Value::Null).await;
    let expected = json!([["question", true], ["partial", true], ["expired", true]]);
    assert_eq!(barred, expected);
}
