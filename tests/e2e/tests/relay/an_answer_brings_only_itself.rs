//! Whatever a service sends along with an answer, a browser takes nothing of it for the
//! site's own: no cookie, no leave for other origins, no address, no page, and no key.

use axum::Router;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use slidewright_e2e::ports;
use tokio::task::JoinHandle;

use crate::call::{Call, Reply};
use crate::recipe::{Caddy, KEY, Nginx, Node, Recipe, Relay, Setting, there};

/// A service that tries what it can.
struct Service {
    origin: String,
    task: JoinHandle<()>,
}

impl Service {
    async fn start() -> Service {
        let listener = ports::listener();
        let origin = format!("http://{}", listener.local_addr().expect("its address"));
        let app = Router::new().fallback(answer);
        let task = tokio::spawn(async move {
            axum::serve(listener, app).await.expect("an open listener");
        });
        Service { origin, task }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.task.abort();
    }
}

const TRIED: [(&str, &str); 11] = [
    ("set-cookie", "visitor=forged"),
    ("access-control-allow-origin", "*"),
    ("access-control-allow-credentials", "true"),
    ("access-control-expose-headers", "*"),
    ("www-authenticate", "Basic realm=\"site\""),
    ("location", "https://elsewhere.example"),
    ("x-powered-by", "somebody"),
    // nginx takes this one for an order.
    ("x-accel-redirect", "/index.html"),
    ("expires", "Thu, 31 Dec 2099 23:59:59 GMT"),
    ("content-security-policy", "default-src *"),
    ("cache-control", "public, max-age=31536000"),
];

async fn answer() -> (HeaderMap, String) {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("text/html"));
    for (name, value) in TRIED {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    let page = format!("<script>alert(1)</script> Incorrect API key provided: {KEY}");
    (headers, page)
}

async fn asks(recipe: Recipe) -> Reply {
    let service = Service::start().await;
    let scenarios = ["presenton"];
    let relay = Relay::before(recipe, &service.origin, &scenarios, Setting::default()).await;
    let list = Call::get("/relay/presenton/api/v1/ppt/template/all");
    list.send(&relay).await
}

#[tokio::test]
async fn headers() {
    for recipe in there([Node, Nginx, Caddy]) {
        let reply = asks(recipe).await;
        assert_eq!(reply.status, 200, "{recipe:?}: {}", reply.text());
        assert!(
            reply.text().contains("Incorrect"),
            "{recipe:?}: {}",
            reply.text()
        );
        for (name, _) in &TRIED[..9] {
            assert_eq!(reply.header(name), None, "{recipe:?}");
        }
        let said = |name| reply.header(name).unwrap_or_default().to_owned();
        assert_eq!(said("cache-control"), "no-store", "{recipe:?}");
        assert_eq!(said("x-content-type-options"), "nosniff", "{recipe:?}");
        assert_eq!(
            said("content-security-policy"),
            "default-src 'none'; sandbox",
            "{recipe:?}"
        );
    }
}

#[tokio::test]
async fn no_page_and_no_key() {
    let reply = asks(Node).await;
    assert!(!reply.text().contains(KEY), "{}", reply.text());
    let kind = reply.header("content-type").unwrap_or_default();
    assert!(kind.starts_with("text/plain"), "{kind}");
    for recipe in there([Nginx, Caddy]) {
        assert!(
            asks(recipe).await.text().contains(KEY),
            "{recipe:?} hushes it after all"
        );
        let words = "a service that repeats the key in a complaint is not hushed";
        assert!(
            recipe.first_lines().contains(words),
            "{recipe:?} does not say so"
        );
    }
}
