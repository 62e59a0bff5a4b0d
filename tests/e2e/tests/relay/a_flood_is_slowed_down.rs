//! Who asks too often is told when to come again. Caddy cannot, and says so.

use futures_util::future::join_all;
use serde_json::json;
use slidewright_e2e::Server;

use crate::call::{Call, Reply};
use crate::recipe::{Caddy, Nginx, Node, Recipe, Relay, Setting};

const SCENARIO: &str = "presenton,contract=cloud";

async fn flood(recipe: Recipe, setting: Setting, calls: Vec<Call>) -> Vec<Reply> {
    let service = Server::start().await;
    let scenario = recipe.locked(SCENARIO);
    let relay = Relay::set_up(recipe, &service, &[&scenario], setting).await;
    let mut replies = Vec::new();
    for some in calls.chunks(20) {
        replies.extend(join_all(some.iter().map(|call| call.send(&relay))).await);
    }
    replies
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

#[tokio::test]
async fn statuses() {
    let calls = || vec![Call::status("task-1"); 100];
    let options = json!({"rate": {"callsPerMinute": 5, "shared": 4}});
    let setting = Setting {
        options: Some(options),
        ..Setting::default()
    };
    let replies = flood(Node, setting, calls()).await;
    assert_told_when(&replies);
    assert_eq!(
        replies.len() - slowed(&replies).len(),
        20,
        "four times five for an address"
    );
    assert_told_when(&flood(Nginx, Setting::default(), calls()).await);
    let replies = flood(Caddy, Setting::default(), calls()).await;
    assert!(slowed(&replies).is_empty());
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
    let replies = flood(Node, setting, calls()).await;
    assert_told_when(&replies);
    assert_eq!(
        replies.len() - slowed(&replies).len(),
        4,
        "twice two for an address"
    );
    assert_told_when(&flood(Nginx, Setting::default(), calls()).await);
}
