//! Trouble with a question about a job is a notice, and no end: the job goes on,
//! it is asked for again, and nothing is submitted twice.

use slidewright_e2e::Page;

use crate::row::Row;

const UNREACHABLE: &str = "We can't reach the service just now. We'll keep checking.";
const BUSY: &str = "The service is busy. We'll check less often.";
const SIGNED_OUT: &str = "The service doesn't recognise this page's sign-in any more. \
    Your deck may still be in progress. We'll keep checking.";
const SOMETHING_ELSE: &str =
    "Something else answered in place of the service. We'll keep checking.";

async fn goes_on_after(row: &Row, notice: &str) {
    row.ask().await;
    row.ends_well().await;
    row.noticed(notice).await;
    row.told_nothing().await;
    row.sent(1, 1).await;
    row.begun(1).await;
}

async fn answered_by(word: &str, notice: &str) {
    let scenario = format!("presenton,duration=300,status={word},status-times=1");
    goes_on_after(&Row::open(&scenario).await, notice).await;
}

/// Some answers are no news: nothing is said about them.
async fn passes_unseen(word: &str, times: u32) {
    let scenario = format!("presenton,duration=300,status={word},status-times={times}");
    let row = Row::open(&scenario).await;
    row.ask().await;
    row.ends_well().await;
    row.noticed_nothing().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
}

/// A visitor who looks at the page again need not wait out the backoff.
async fn look_again(page: &Page, what: &str, condition: &str) {
    let looked = format!("(document.dispatchEvent(new Event('visibilitychange')), {condition})");
    page.wait(what, &looked).await;
}

#[tokio::test]
async fn the_connection_is_refused() {
    let row = Row::open("presenton,duration=600000").await;
    row.ask().await;
    row.wait_state("waiting").await;
    row.server.cut_off().await;
    row.wait_text(UNREACHABLE).await;
    assert_eq!(row.state().await, "waiting");
    row.server.restore();
    row.finish().await;
    row.ends_well().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
}

/// A browser repeats such a question by itself, unseen: Chromium once or twice,
/// Firefox so often that the visitor hears nothing of it.
#[tokio::test]
async fn the_connection_closes_without_an_answer() {
    let row = Row::open("presenton,duration=300,status=drop,status-times=6").await;
    row.ask().await;
    look_again(&row, "the deck", "el.snapshot.state === 'done'").await;
    row.ends_well().await;
    row.noticed_nothing_but(UNREACHABLE).await;
    assert_eq!(row.asked_at().await.len(), 7);
    row.told_nothing().await;
    row.sent(1, 1).await;
}

#[tokio::test]
async fn the_connection_closes_within_the_answer() {
    answered_by("reset", UNREACHABLE).await;
}

#[tokio::test]
async fn the_connection_is_reset_within_the_answer() {
    answered_by("cut", UNREACHABLE).await;
}

/// With a time limit of six seconds in place of thirty.
#[tokio::test]
async fn the_answer_takes_too_long() {
    let row = Row::hurried("presenton,duration=300,status=hang,status-times=1").await;
    goes_on_after(&row, UNREACHABLE).await;
}

#[tokio::test]
async fn error_500() {
    answered_by("500", UNREACHABLE).await;
}

#[tokio::test]
async fn error_502() {
    answered_by("502", UNREACHABLE).await;
}

#[tokio::test]
async fn error_503_again_and_again() {
    let row = Row::open("presenton,duration=300,status=503,status-times=3").await;
    row.ask().await;
    row.wait_text(UNREACHABLE).await;
    look_again(&row, "the deck", "el.snapshot.state === 'done'").await;
    row.ends_well().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
}

#[tokio::test]
async fn too_many_429() {
    answered_by("429,retry-after=1", BUSY).await;
}

#[tokio::test]
async fn signed_out_401() {
    answered_by("401", SIGNED_OUT).await;
}

#[tokio::test]
async fn not_allowed_403() {
    answered_by("403", SIGNED_OUT).await;
}

#[tokio::test]
async fn not_set_up_428() {
    answered_by("428", SIGNED_OUT).await;
}

#[tokio::test]
async fn half_a_reply() {
    answered_by("truncated", SOMETHING_ELSE).await;
}

#[tokio::test]
async fn ten_megabytes() {
    answered_by("huge", SOMETHING_ELSE).await;
}

#[tokio::test]
async fn ten_thousand_brackets() {
    answered_by("deep", SOMETHING_ELSE).await;
}

#[tokio::test]
async fn fifty_megabytes_out_of_fifty_kilobytes() {
    answered_by("long-text", SOMETHING_ELSE).await;
}

#[tokio::test]
async fn a_sign_in_page() {
    answered_by("html", SOMETHING_ELSE).await;
}

#[tokio::test]
async fn plain_text() {
    answered_by("text", SOMETHING_ELSE).await;
}

#[tokio::test]
async fn garbage() {
    answered_by("garbage", SOMETHING_ELSE).await;
}

#[tokio::test]
async fn nothing_204() {
    answered_by("204", SOMETHING_ELSE).await;
}

#[tokio::test]
async fn not_yet_202() {
    passes_unseen("202empty", 1).await;
}

/// Once or twice: a job just made may not be known everywhere yet.
#[tokio::test]
async fn not_found_404_twice() {
    passes_unseen("404", 2).await;
}

/// To where the same question is answered.
#[tokio::test]
async fn sent_elsewhere_307() {
    passes_unseen("307", 1).await;
}

#[tokio::test]
async fn a_word_that_nobody_has_heard_of() {
    passes_unseen("unknown-word", 1).await;
}
