//! What is large, and what is asked for once a deck is there, goes through each recipe.

use serde_json::json;
use slidewright_e2e::Server;

use crate::call::{Call, PRESENTON};
use crate::recipe::{Caddy, Nginx, Node, Relay, there};

#[tokio::test]
async fn a_large_file() {
    for recipe in there([Node, Nginx, Caddy]) {
        let service = Server::start().await;
        let scenario = recipe.locked("presenton");
        let relay = Relay::start(recipe, &service, &scenario).await;
        let reply = Call::upload(1_000_000).send(&relay).await;
        assert_eq!(reply.status, 200, "{recipe:?}: {}", reply.text());
        assert!(reply.json()[0].is_string(), "{recipe:?}: {}", reply.text());
        let log = service.log(&scenario).await;
        assert_eq!(log.calls("POST", "/files/upload").len(), 1, "{recipe:?}");
    }
}

#[tokio::test]
async fn another_format() {
    for recipe in there([Node, Nginx, Caddy]) {
        let service = Server::start().await;
        let scenario = recipe.locked("presenton,duration=0");
        let relay = Relay::start(recipe, &service, &scenario).await;
        let accepted = Call::submit("a-key-that-nobody-else-has")
            .send(&relay)
            .await;
        let cookie = match recipe {
            Node => accepted.cookie(),
            _ => String::new(),
        };
        let status = Call::status(&accepted.job()).with("Cookie", &cookie);
        let status = status.send(&relay).await.json();
        let deck = &status["data"]["presentation_id"];
        assert!(deck.is_string(), "{recipe:?}: {status}");
        let export = Call::post(&format!("{PRESENTON}/export"))
            .with("Cookie", &cookie)
            .json(&json!({"id": deck, "export_as": "pdf"}));
        let reply = export.send(&relay).await;
        assert_eq!(reply.status, 200, "{recipe:?}: {}", reply.text());
        assert!(
            reply.json()["path"].is_string(),
            "{recipe:?}: {}",
            reply.text()
        );
        let log = service.log(&scenario).await;
        assert_eq!(log.calls("POST", "/export").len(), 1, "{recipe:?}");
    }
}
