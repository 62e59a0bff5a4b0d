//! Nobody knows whether the request arrived: that is said, nothing more is sent,
//! and the visitor's "Send again" is the same wish.

use crate::row::{Row, TOPIC};

const UNSURE: &str = "We couldn't tell whether your request arrived";

/// Whether a browser may have repeated the request by itself.
#[derive(PartialEq)]
enum Arrived {
    Once,
    PerhapsAgain,
}

async fn is_left_to_the_visitor(row: Row, arrived: Arrived) {
    row.ask().await;
    row.shows("uncertain", UNSURE).await;
    row.told("no-answer", "unknown").await;
    match arrived {
        Arrived::Once => row.sent(1, 1).await,
        Arrived::PerhapsAgain => row.sent_one_wish().await,
    }
    row.click("retry").await;
    row.ends_well().await;
    row.sent_one_wish().await;
    row.begun(1).await;
}

async fn answered_by(word: &str) {
    let scenario = format!("presenton,duration=300,submit={word},submit-times=1");
    is_left_to_the_visitor(Row::open(&scenario).await, Arrived::Once).await;
}

#[tokio::test]
async fn the_connection_is_refused() {
    let row = Row::open("presenton,duration=300").await;
    row.server.cut_off().await;
    row.ask().await;
    row.shows("uncertain", UNSURE).await;
    row.told("no-answer", "unknown").await;
    row.server.restore();
    row.sent(0, 0).await;
    row.click("retry").await;
    row.ends_well().await;
    row.sent(1, 1).await;
    row.begun(1).await;
}

#[tokio::test]
async fn the_connection_closes_without_an_answer() {
    // However often the browser itself repeats the request: four times have been seen.
    let scenario = "presenton,duration=300,submit=drop,accept=1";
    let row = Row::open(scenario).await;
    row.ask().await;
    row.shows("uncertain", UNSURE).await;
    row.sent_one_wish().await;
    row.begun(1).await;
    row.click("back").await;
    assert_eq!(row.value("prompt").await, TOPIC);
    row.another_ends_well().await;
}

#[tokio::test]
async fn the_connection_closes_within_the_answer() {
    answered_by("reset").await;
}

#[tokio::test]
async fn the_connection_is_reset_within_the_answer() {
    answered_by("cut").await;
}

/// With a time limit of twelve seconds in place of sixty.
#[tokio::test]
async fn the_answer_takes_too_long() {
    let row = Row::hurried("presenton,duration=300,submit=hang,submit-times=1").await;
    is_left_to_the_visitor(row, Arrived::PerhapsAgain).await;
}

#[tokio::test]
async fn error_500() {
    answered_by("500").await;
}

#[tokio::test]
async fn error_502() {
    answered_by("502").await;
}

#[tokio::test]
async fn error_503() {
    answered_by("503").await;
}

#[tokio::test]
async fn error_504() {
    answered_by("504").await;
}

#[tokio::test]
async fn accepted_without_a_word() {
    answered_by("202empty").await;
}

#[tokio::test]
async fn nothing_in_json() {
    answered_by("empty").await;
}

#[tokio::test]
async fn a_sign_in_page() {
    answered_by("html").await;
}

#[tokio::test]
async fn plain_text() {
    answered_by("text").await;
}

#[tokio::test]
async fn garbage() {
    answered_by("garbage").await;
}

#[tokio::test]
async fn half_a_reply() {
    answered_by("truncated").await;
}

#[tokio::test]
async fn a_reply_without_an_id() {
    answered_by("noid").await;
}

#[tokio::test]
async fn ten_megabytes() {
    answered_by("huge").await;
}

#[tokio::test]
async fn ten_thousand_brackets() {
    answered_by("deep").await;
}

#[tokio::test]
async fn fifty_megabytes_out_of_fifty_kilobytes() {
    answered_by("long-text").await;
}
