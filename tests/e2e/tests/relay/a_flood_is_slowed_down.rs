//! Who asks too often is told when to come again. Caddy cannot, and says so.

use std::time::Instant;

use futures_util::future::join_all;
use serde_json::json;
use slidewright_e2e::Server;

use crate::call::{Call, Reply};
use crate::recipe::{Caddy, Nginx, Node, Recipe, Relay, Setting, there};

const SCENARIO: &str = "presenton,contract=cloud";

/// What was answered, and in how many seconds.
async fn flood(recipe: Recipe, setting: Setting, calls: Vec<Call>) -> (Vec<Reply>, u64) {
    let service = Server::start().await;
    let scenario = recipe.locked(SCENARIO);
    let relay = Relay::set_up(recipe, &service, &[&scenario], setting).await;
    let start = Instant::now();
    let mut replies = Vec::new();
    for some in calls.chunks(20) {
        replies.extend(join_all(some.iter().map(|call| call.send(&relay))).await);
    }
    (replies, start.elapsed().as_secs())
}

fn slowed(replies: &[Reply]) -> Vec<&Reply> {
    replies.iter().filter(|it| it.status == 429).collect()
}

fn assert_told_when(replies: &[Reply]) {
    let slowed = slowed(replies);
    assert!(!slowed.is_empty(), "nobody was slowed down");
    for reply in slowed {
        let wait = reply
            .header("retry-after")
            .and_then(|it| it.parse::<u64>().ok());
        assert!(wait.is_some_and(|it| it > 0), "{wait:?}");
        assert!(reply.is_problem(), "{}", reply.text());
    }
}

/// So many pass at once, and one more each time that so many seconds are over.
fn assert_kept_to(burst: u64, interval: u64, (replies, seconds): &(Vec<Reply>, u64)) {
    assert_told_when(replies);
    let passed = (replies.len() - slowed(replies).len()) as u64;
    assert!(
        (burst..=burst + seconds / interval + 1).contains(&passed),
        "{passed} in {seconds} s"
    );
}

#[tokio::test]
async fn statuses() {
    let calls = |count| vec![Call::status("task-1"); count];
    let options = json!({"rate": {"callsPerMinute": 5, "shared": 4}});
    let setting = Setting {
        options: Some(options),
        ..Setting::default()
    };
    // Four times five for an address, and another one each three seconds.
    assert_kept_to(20, 3, &flood(Node, setting, calls(100)).await);
    for recipe in there([Nginx]) {
        // It lets four pass each second: so many that a slow machine cannot be slow enough.
        assert_told_when(&flood(recipe, Setting::default(), calls(400)).await.0);
    }
    for recipe in there([Caddy]) {
        let (replies, _) = flood(recipe, Setting::default(), calls(100)).await;
        assert!(slowed(&replies).is_empty());
    }
    assert!(Caddy.first_lines().contains("there is no rate limit"));
}

/// Decks cost more than calls.
#[tokio::test]
async fn decks() {
    let calls = || {
        (0..12)
            .map(|at| Call::submit(&format!("a-key-of-its-own-{at}")))
            .collect()
    };
    let options = json!({"rate": {"decksPerHour": 2, "shared": 2}});
    let setting = Setting {
        options: Some(options),
        ..Setting::default()
    };
    // Twice two for an address, and another one each quarter of an hour.
    assert_kept_to(4, 900, &flood(Node, setting, calls()).await);
    for recipe in there([Nginx]) {
        assert_told_when(&flood(recipe, Setting::default(), calls()).await.0);
    }
}
