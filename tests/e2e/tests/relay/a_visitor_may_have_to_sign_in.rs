//! Where the site has sessions of its own, it is asked first; who has none is told where to
//! get one, and costs nothing.

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use slidewright_e2e::{Server, ports};
use tokio::task::JoinHandle;

use crate::call::Call;
use crate::recipe::{Caddy, Nginx, Node, Recipe, Relay, Setting, there};

/// The site's own server, which knows one visitor.
struct Site {
    address: String,
    task: JoinHandle<()>,
}

impl Site {
    async fn start() -> Site {
        let app = Router::new().route("/session", get(session));
        let listener = ports::listener();
        let address = listener.local_addr().expect("its address").to_string();
        let task = tokio::spawn(async move {
            axum::serve(listener, app).await.expect("an open listener");
        });
        Site { address, task }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn session(headers: HeaderMap) -> StatusCode {
    match headers.get("cookie") {
        Some(cookie) if cookie == "visitor=known" => StatusCode::NO_CONTENT,
        _ => StatusCode::UNAUTHORIZED,
    }
}

async fn asks(recipe: Recipe) {
    if there([recipe]).is_empty() {
        return;
    }
    let site = Site::start().await;
    let service = Server::start().await;
    let scenario = recipe.locked("presenton,contract=cloud");
    let setting = Setting {
        session: Some(site.address.clone()),
        ..Setting::default()
    };
    let relay = Relay::set_up(recipe, &service, &[&scenario], setting).await;
    let call = Call::submit("a-key-that-nobody-else-has");
    for cookie in ["", "visitor=made-up"] {
        let reply = call.clone().with("Cookie", cookie).send(&relay).await;
        assert_eq!(reply.status, 401, "{recipe:?}: {}", reply.text());
        assert!(reply.is_problem(), "{recipe:?}: {}", reply.text());
        let status = Call::status("task-1")
            .with("Cookie", cookie)
            .send(&relay)
            .await;
        assert_eq!(status.status, 401, "{recipe:?}: {}", status.text());
        if recipe != Caddy {
            let action = &reply.json()["action"];
            assert_eq!(action["href"], "/login", "{recipe:?}: {}", reply.text());
        }
    }
    assert_eq!(
        service.log(&scenario).await.requests().len(),
        0,
        "{recipe:?}"
    );
    let reply = call.with("Cookie", "visitor=known").send(&relay).await;
    assert_eq!(reply.status, 200, "{recipe:?}: {}", reply.text());
    let log = service.log(&scenario).await;
    assert_eq!(log.jobs(), 1, "{recipe:?}");
    assert!(
        log.submits()[0]["headers"].get("cookie").is_none(),
        "{log:?}"
    );
    // Whoever is asked is told of the length, and sent nothing.
    let upload = Call::upload(1_000_000).with("Cookie", "visitor=known");
    let reply = upload.send(&relay).await;
    assert_eq!(reply.status, 200, "{recipe:?}: {}", reply.text());
}

#[tokio::test]
async fn by_node() {
    asks(Node).await;
}

#[tokio::test]
async fn by_nginx() {
    asks(Nginx).await;
}

#[tokio::test]
async fn by_caddy() {
    asks(Caddy).await;
}
