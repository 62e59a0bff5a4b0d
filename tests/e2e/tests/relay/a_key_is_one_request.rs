//! One POST a key, whoever repeats it and however often: browsers do, by themselves, on a
//! connection that broke. Caddy has no storage, and says so.

use axum::Router;
use futures_util::future::join_all;
use serde_json::json;
use slidewright_e2e::ports::free_port;
use slidewright_e2e::{Log, Server};
use tokio::net::TcpListener;

use crate::call::{Call, Reply};
use crate::recipe::{Caddy, Nginx, Node, Recipe, Relay, Setting, there};

const KEY: &str = "0f4c1b7e9a2d4c6f8e1a";

/// What the relay answered, and what the service was sent.
struct Story {
    replies: Vec<Reply>,
    posts: usize,
    jobs: u64,
}

/// The same submit so many times, at once or one after the other.
async fn repeats(recipe: Recipe, scenario: &str, times: usize, at_once: bool) -> Story {
    let service = Server::start().await;
    let scenario = recipe.locked(scenario);
    let relay = Relay::start(recipe, &service, &scenario).await;
    let call = Call::submit(KEY);
    let mut replies = Vec::new();
    if at_once {
        replies = join_all((0..times).map(|_| call.send(&relay))).await;
    } else {
        for _ in 0..times {
            replies.push(call.send(&relay).await);
        }
    }
    let log = service.log(&scenario).await;
    Story {
        replies,
        posts: log.submits().len(),
        jobs: log.jobs(),
    }
}

async fn assert_one(at_once: bool) {
    for recipe in there([Node, Nginx]) {
        assert_one_by(recipe, at_once).await;
    }
}

async fn assert_one_by(recipe: Recipe, at_once: bool) {
    let story = repeats(recipe, "presenton,latency=400", 4, at_once).await;
    assert_eq!((story.posts, story.jobs), (1, 1), "{recipe:?}");
    let first = &story.replies[0];
    assert_eq!(first.status, 200, "{}", first.text());
    for reply in &story.replies {
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.json(), first.json(), "another answer");
        // Whoever had no cookie yet belongs to the same session each time.
        assert_eq!(reply.header("set-cookie"), first.header("set-cookie"));
    }
}

#[tokio::test]
async fn repeats_that_come_later() {
    assert_one(false).await;
}

#[tokio::test]
async fn repeats_that_come_at_once() {
    assert_one(true).await;
}

#[tokio::test]
async fn but_not_where_nothing_can_be_remembered() {
    for recipe in there([Caddy]) {
        let story = repeats(recipe, "presenton", 2, false).await;
        assert_eq!(story.posts, 2);
    }
    assert!(Caddy.first_lines().contains("nothing is remembered"));
}

/// A service that went away in the middle may have made the deck.
#[tokio::test]
async fn a_lost_answer_is_not_asked_for_again() {
    for recipe in there([Node, Nginx]) {
        let story = repeats(recipe, "presenton,submit=drop", 3, false).await;
        assert_eq!(story.posts, 1, "{recipe:?}");
        for reply in &story.replies {
            assert_eq!(reply.status, 502, "{recipe:?}: {}", reply.text());
            assert!(reply.is_problem(), "{recipe:?}: {}", reply.text());
        }
    }
}

/// Where there was nobody to be asked, nothing was sent.
#[tokio::test]
async fn but_one_that_met_nobody_is() {
    for recipe in there([Node, Nginx]) {
        let port = free_port();
        let origin = format!("http://127.0.0.1:{port}");
        let relay = Relay::before(recipe, &origin, &["presenton"], Setting::default()).await;
        let first = Call::submit(KEY).send(&relay).await;
        assert_eq!(first.status, 502, "{recipe:?}: {}", first.text());
        let listener = TcpListener::bind(("127.0.0.1", port))
            .await
            .expect("its port");
        let answer = || async {
            let kind = [("content-type", "application/json")];
            (kind, r#"{"id":"task-1","status":"pending"}"#)
        };
        let service = tokio::spawn(async move {
            let app = Router::new().fallback(answer);
            axum::serve(listener, app).await.expect("an open listener");
        });
        let second = Call::submit(KEY).send(&relay).await;
        service.abort();
        if recipe == Node {
            assert_eq!(second.status, 200, "{}", second.text());
        } else {
            assert_eq!(second.status, 502, "{}", second.text());
            assert!(
                recipe
                    .first_lines()
                    .contains("even where there was no connection")
            );
        }
    }
}

/// Nor is one that takes longer than anybody waits.
#[tokio::test]
async fn nor_is_one_that_never_comes() {
    let service = Server::start().await;
    let scenario = Node.locked("presenton,submit=hang");
    let setting = Setting {
        options: Some(json!({"patience": {"submit": 1}})),
        ..Setting::default()
    };
    let relay = Relay::set_up(Node, &service, &[&scenario], setting).await;
    for _ in 0..2 {
        let reply = Call::submit(KEY).send(&relay).await;
        assert_eq!(reply.status, 504, "{}", reply.text());
        assert!(reply.is_problem(), "{}", reply.text());
    }
    assert_eq!(service.log(&scenario).await.submits().len(), 1);
}

/// Whoever leaves in the middle finds the answer when they come back.
#[tokio::test]
async fn one_whose_visitor_left_is_kept() {
    for recipe in there([Node, Nginx]) {
        let service = Server::start().await;
        let scenario = recipe.locked("presenton,latency=4000");
        let relay = Relay::start(recipe, &service, &scenario).await;
        let call = Call::submit(KEY);
        let begun = |log: &Log| !log.submits().is_empty();
        // The log has the call before the answer is sent, late as that is.
        let left = async {
            tokio::select! {
                reply = call.send(&relay) => panic!("answered already: {}", reply.text()),
                _ = service.wait_log("the submit", &scenario, begun) => {}
            }
        };
        left.await;
        let reply = call.send(&relay).await;
        assert_eq!(reply.status, 200, "{recipe:?}: {}", reply.text());
        assert!(!reply.job().is_empty());
        let log = service.log(&scenario).await;
        assert_eq!(log.submits().len(), 1, "{recipe:?}: {log:?}");
    }
}

/// And so may one that says 503.
#[tokio::test]
async fn nor_is_one_that_leaves_it_open() {
    for recipe in there([Node, Nginx]) {
        let story = repeats(recipe, "presenton,submit=503,retry-after=7", 2, false).await;
        assert_eq!(story.posts, 1, "{recipe:?}");
        for reply in &story.replies {
            assert_eq!(reply.status, 503, "{recipe:?}: {}", reply.text());
        }
    }
}

/// A refusal made nothing: the widget asks again with the same key once it has new headers.
#[tokio::test]
async fn a_refused_one_may_come_again() {
    for recipe in there([Node, Nginx]) {
        let story = repeats(recipe, "presenton,submit=401,submit-times=1", 2, false).await;
        let codes: Vec<_> = story.replies.iter().map(|it| it.status).collect();
        assert_eq!(codes, [401, 200], "{recipe:?}");
        assert_eq!((story.posts, story.jobs), (2, 1), "{recipe:?}");
    }
}

/// Where the service itself honours the key, it is the one to be asked again.
#[tokio::test]
async fn a_service_that_honours_the_key_is_asked_again() {
    let service = Server::start().await;
    let scenario = Node.locked("perceptis,submit=drop,submit-times=1,accept=1");
    let relay = Relay::start(Node, &service, &scenario).await;
    let call = Call::post("/relay/perceptis/api/v1/generate")
        .with("Idempotency-Key", KEY)
        .json(&json!({"prompt": "Bees", "output_type": "deck"}));
    assert_eq!(call.send(&relay).await.status, 502);
    let second = call.send(&relay).await;
    assert!((200..300).contains(&second.status), "{}", second.text());
    let log = service.log(&scenario).await;
    assert_eq!(
        (log.submits().len(), log.jobs(), log.keys().len()),
        (2, 1, 1),
        "{log:?}"
    );
}

/// A key that comes with something else, or from somebody else, is told nothing.
#[tokio::test]
async fn a_key_for_something_else_is_refused() {
    let service = Server::start().await;
    let scenario = Node.locked("presenton");
    let relay = Relay::start(Node, &service, &scenario).await;
    let first = Call::submit(KEY).send(&relay).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let other = Call::submit(KEY).json(&json!({"content": "Wasps"}));
    let reply = other.send(&relay).await;
    assert_eq!(reply.status, 409, "{}", reply.text());
    assert_eq!(reply.json()["code"], json!("idempotency_conflict"));
    assert_eq!(service.log(&scenario).await.submits().len(), 1);
}
