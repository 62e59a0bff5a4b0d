//! Of what a page sends, headers and members of the body that are none of the service's
//! business end at the relay, whoever put them there.

use serde_json::{Value, json};
use slidewright_e2e::Server;

use crate::call::Call;
use crate::recipe::{Caddy, KEY, Nginx, Node, Recipe, Relay, Setting, there};

const KEY_OF_CALL: &str = "a-key-that-nobody-else-has";

/// What the service is sent for a call.
async fn sent(recipe: Recipe, setting: Setting, call: Call) -> Value {
    let service = Server::start().await;
    let scenario = recipe.locked("presenton,contract=cloud");
    let relay = Relay::set_up(recipe, &service, &[&scenario], setting).await;
    let reply = call.send(&relay).await;
    assert_eq!(reply.status, 200, "{recipe:?}: {}", reply.text());
    service.log(&scenario).await.requests()[0].clone()
}

/// Headers that a page may send, or another server on the way may have added.
const FORGED: [(&str, &str); 12] = [
    ("Authorization", "Bearer of-the-page"),
    ("X-Api-Key", "of-the-page"),
    ("X-Org-Name", "of-the-page"),
    ("Cookie", "visitor=known"),
    ("X-Forwarded-For", "10.0.0.1"),
    ("X-Forwarded-Host", "elsewhere.example"),
    ("X-Real-Ip", "10.0.0.1"),
    ("Forwarded", "for=10.0.0.1"),
    ("X-Http-Method-Override", "DELETE"),
    ("X-Original-Url", "/api/v1/ppt/presentation/all"),
    ("Referer", "https://site.example/private"),
    ("Transfer-Coding", "chunked"),
];

#[tokio::test]
async fn headers() {
    for recipe in there([Node, Nginx, Caddy]) {
        let call = FORGED
            .iter()
            .fold(Call::submit(KEY_OF_CALL), |call, (name, value)| {
                call.and(name, value)
            });
        let request = sent(recipe, Setting::default(), call).await;
        let headers = request["headers"].as_object().expect("headers");
        assert_eq!(
            headers["authorization"],
            json!(format!("Bearer {KEY}")),
            "{recipe:?}"
        );
        for (name, _) in &FORGED[1..] {
            let name = name.to_ascii_lowercase();
            assert!(
                !headers.contains_key(&name),
                "{recipe:?}: {name}: {request}"
            );
        }
        for name in ["origin", "x-slidewright", "idempotency-key"] {
            assert!(!headers.contains_key(name), "{recipe:?}: {name}: {request}");
        }
    }
}

fn body(request: &Value) -> Value {
    slidewright_e2e::log::body(request)
}

#[tokio::test]
async fn members_of_the_body() {
    let asked = json!({
        "content": "Bees", "n_slides": 3, "trigger_webhook": true, "allow_access_to_user_info": true,
        "__proto__": {"web_search": true}, "constructor": "x", "tone": null,
    });
    let call = Call::submit(KEY_OF_CALL).json(&asked);
    let request = sent(Node, Setting::default(), call).await;
    assert_eq!(body(&request), json!({"content": "Bees", "n_slides": 3}));
}

/// Whoever leaves the number open gets no more than is allowed.
#[tokio::test]
async fn a_number_of_slides_that_is_left_open() {
    let options = json!({"limits": {"maxSlides": 5}});
    let setting = Setting {
        options: Some(options),
        ..Setting::default()
    };
    let call = Call::submit(KEY_OF_CALL).json(&json!({"content": "Bees"}));
    let request = sent(Node, setting, call).await;
    assert_eq!(body(&request), json!({"content": "Bees", "n_slides": 5}));
}

/// What the site has decided, no page changes.
#[tokio::test]
async fn what_the_site_has_fixed() {
    let fixed = json!({"template": "modern", "web_search": true});
    let options = json!({"services": {"presenton": {"fixed": fixed}}});
    let setting = Setting {
        options: Some(options),
        ..Setting::default()
    };
    let asked = json!({"content": "Bees", "n_slides": 3, "template": "swift", "web_search": false});
    let request = sent(Node, setting, Call::submit(KEY_OF_CALL).json(&asked)).await;
    let wanted =
        json!({"content": "Bees", "n_slides": 3, "template": "modern", "web_search": true});
    assert_eq!(body(&request), wanted);
}
