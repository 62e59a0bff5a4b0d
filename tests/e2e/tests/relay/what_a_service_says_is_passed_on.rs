//! Status and `Retry-After` are the service's; where it leads elsewhere, or says nothing, the
//! relay says so, and whatever it says can do no harm on the site.

use slidewright_e2e::Server;

use crate::call::{Call, Reply};
use crate::recipe::{Caddy, KEY, Nginx, Node, Recipe, Relay, Setting, there};

const ALL: [Recipe; 3] = [Node, Nginx, Caddy];

/// A submit through a recipe to a service in trouble, and how often that was asked.
async fn submit(recipe: Recipe, scenario: &str) -> (Reply, usize) {
    let service = Server::start().await;
    let scenario = recipe.locked(scenario);
    let relay = Relay::start(recipe, &service, &scenario).await;
    let reply = Call::submit("a-key-that-nobody-else-has")
        .send(&relay)
        .await;
    let asked = service.log(&scenario).await.requests().len();
    (reply, asked)
}

#[tokio::test]
async fn when_to_come_again() {
    for recipe in there(ALL) {
        for code in [429, 503] {
            let scenario = format!("presenton,submit={code},retry-after=7");
            let (reply, _) = submit(recipe, &scenario).await;
            assert_eq!(reply.status, code, "{recipe:?}: {}", reply.text());
            assert_eq!(reply.header("retry-after"), Some("7"), "{recipe:?} {code}");
        }
    }
}

#[tokio::test]
async fn refusals_in_the_services_words() {
    for recipe in there(ALL) {
        let (reply, _) = submit(recipe, "presenton,submit=422").await;
        assert_eq!(reply.status, 422, "{recipe:?}");
        let message = &reply.json()["detail"][0]["msg"];
        assert_eq!(message, "Field required", "{recipe:?}: {}", reply.text());
        let (reply, _) = submit(recipe, "presenton,submit=problem").await;
        assert_eq!(reply.status, 403, "{recipe:?}");
        assert!(reply.is_problem(), "{recipe:?}: {}", reply.text());
    }
}

#[tokio::test]
async fn that_it_failed() {
    for recipe in there(ALL) {
        for code in [500, 502, 504] {
            let (reply, _) = submit(recipe, &format!("presenton,submit={code}")).await;
            assert_eq!(reply.status, code, "{recipe:?}: {}", reply.text());
        }
    }
}

/// What a form has of an account's own: templates, themes, designs.
#[tokio::test]
async fn its_lists() {
    let lists = [
        ("presenton", "/api/v1/ppt/template/all"),
        ("presenton-v3", "/api/v3/standard-template/all"),
        ("presenton-v3", "/api/v3/theme/all"),
        ("presenton-v3", "/api/v3/smart-design/all"),
        ("chronicle", "/api/v1/templates"),
        ("duomi", "/api/v1/templates?limit=100"),
        ("gamma", "/v1.0/themes"),
        ("slidespeak", "/api/v1/presentation/templates"),
    ];
    let service = Server::start().await;
    let scenarios: Vec<_> = lists.iter().map(|(name, _)| Node.locked(name)).collect();
    let all: Vec<_> = scenarios.iter().map(String::as_str).collect();
    let relay = Relay::set_up(Node, &service, &all, Setting::default()).await;
    for (name, path) in lists {
        let reply = Call::get(&format!("/relay/{name}{path}"))
            .send(&relay)
            .await;
        assert_eq!(reply.status, 200, "{name}{path}: {}", reply.text());
        assert!(
            reply.json().is_object() || reply.json().is_array(),
            "{name}{path}"
        );
    }
}

/// The key would go where it leads.
#[tokio::test]
async fn but_not_where_it_leads() {
    for recipe in there(ALL) {
        let (reply, asked) = submit(recipe, "presenton,submit=307").await;
        assert_eq!(reply.status, 502, "{recipe:?}: {}", reply.text());
        assert!(reply.is_problem(), "{recipe:?}: {}", reply.text());
        assert_eq!(reply.header("location"), None, "{recipe:?}");
        assert_eq!(asked, 1, "{recipe:?} followed it");
    }
}

#[tokio::test]
async fn and_no_page_of_its_own() {
    for recipe in there(ALL) {
        let (reply, _) = submit(recipe, "presenton,submit=502").await;
        // Shown as a page, it would be one of the site's.
        assert_eq!(
            reply.header("x-content-type-options"),
            Some("nosniff"),
            "{recipe:?}"
        );
        assert!(!reply.text().contains(KEY), "{recipe:?}");
        assert!(reply.headers("access-control-").is_empty(), "{recipe:?}");
    }
    let (reply, _) = submit(Node, "presenton,submit=500").await;
    let kind = reply.header("content-type").unwrap_or_default();
    assert!(kind.starts_with("text/plain"), "{kind}");
}

/// A 2xx that nobody can read is neither a yes nor a no.
#[tokio::test]
async fn nor_what_cannot_be_read() {
    for trouble in [
        "garbage",
        "html",
        "deep",
        "huge",
        "truncated",
        "empty",
        "cut",
    ] {
        let (reply, asked) = submit(Node, &format!("presenton,submit={trouble}")).await;
        assert_eq!(
            (reply.status, asked),
            (502, 1),
            "{trouble}: {}",
            reply.text()
        );
        assert!(reply.is_problem(), "{trouble}: {}", reply.text());
    }
}
