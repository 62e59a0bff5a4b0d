//! Built files, served as a static host would.

use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use slidewright_simulator::server::{Site, router, serve};
use tokio::task::JoinHandle;

use super::RECORDER;
use crate::{Log, ports};

/// Longest body that is passed on, in bytes.
const LONGEST: usize = 64 * 1024 * 1024;

/// Where the recorder is; a script of the page's own origin, which strict policies
/// let in.
const AT: &str = "/harness/recorder.js";

/// Folders served on a port of their own, with the simulator at `/sim/…`. Every
/// page of it records what it hears and says. Dropping it ends it.
pub struct StaticSite {
    origin: String,
    client: reqwest::Client,
    task: JoinHandle<()>,
}

/// What is served, and how.
#[derive(Default)]
pub struct Plan {
    site: Site,
    relay: Option<String>,
    open: bool,
}

impl StaticSite {
    /// Begins with a folder under a path, such as `/`.
    pub fn of(at: &str, folder: impl AsRef<Path>) -> Plan {
        Plan::default().folder(at, folder)
    }

    /// Where it is: `http://127.0.0.1:…`, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What its simulator has received under a scenario.
    ///
    /// # Panics
    ///
    /// Where the scenario is none.
    pub async fn log(&self, scenario: &str) -> Log {
        let address = format!("{}/sim/{scenario}/_log", self.origin);
        let reply = self.client.get(address).send().await.expect("an answer");
        Log::new(reply.json().await.expect("JSON"))
    }
}

impl Plan {
    /// One more folder.
    #[must_use]
    pub fn folder(mut self, at: &str, folder: impl AsRef<Path>) -> Plan {
        let folder = folder.as_ref();
        assert!(folder.is_dir(), "{folder:?} is no folder");
        self.site = self.site.folder(at, folder);
        self
    }

    /// A header on every page.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Plan {
        let name = HeaderName::from_static(name);
        self.site = self.site.page_header(name, HeaderValue::from_static(value));
        self
    }

    /// A relay of the host's own at `/relay/presenton`, with a scenario of the
    /// simulator behind it.
    #[must_use]
    pub fn relay(mut self, scenario: &str) -> Plan {
        self.relay = Some(scenario.to_owned());
        self
    }

    /// Lets pages of other origins read the files.
    #[must_use]
    pub fn open(mut self) -> Plan {
        self.open = true;
        self
    }

    /// Serves it.
    ///
    /// # Panics
    ///
    /// Where there is no free port.
    pub async fn serve(self) -> StaticSite {
        let listener = ports::listener();
        let address = listener.local_addr().expect("its address");
        let origin = format!("http://{address}");
        let client = reqwest::Client::new();
        let recorder = || async { ([(header::CONTENT_TYPE, "text/javascript")], RECORDER) };
        let mut app = router(self.site)
            .layer(map_response(recorded))
            .route(AT, get(recorder))
            .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }));
        if let Some(scenario) = self.relay {
            let relay = any(relay).with_state(Relay {
                client: client.clone(),
                service: format!("{origin}/sim/{scenario}"),
            });
            app = app.route_service("/relay/presenton/{*path}", relay);
        }
        if self.open {
            app = app.layer(map_response(readable));
        }
        let task = tokio::spawn(async move {
            serve(listener, app).await.expect("an open listener");
        });
        StaticSite {
            origin,
            client,
            task,
        }
    }
}

/// Where a relay passes calls on to.
#[derive(Clone)]
struct Relay {
    client: reqwest::Client,
    service: String,
}

impl Drop for StaticSite {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A page, with the recorder before anything of its own.
async fn recorded(response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !page {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let body = to_bytes(body, LONGEST).await.expect("a page");
    let html = String::from_utf8(body.to_vec()).expect("a page in UTF-8");
    // Some bundlers leave out the tags that HTML lets them: then after the doctype.
    let end = |tag: &str| html.find(tag).map(|at| at + tag.len());
    let at = end("<head>").or_else(|| end(">")).unwrap_or_default();
    let (before, after) = html.split_at(at);
    let html = format!("{before}<script src=\"{AT}\"></script>{after}");
    head.headers.remove(header::CONTENT_LENGTH);
    (head, html).into_response()
}

async fn readable(mut response: Response) -> Response {
    let any = HeaderValue::from_static("*");
    response
        .headers_mut()
        .entry(header::ACCESS_CONTROL_ALLOW_ORIGIN)
        .or_insert(any);
    response
}

/// Passes a call on, as a host's relay would.
async fn relay(State(relay): State<Relay>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |it| it.as_str());
    let path = path.strip_prefix("/relay/presenton").unwrap_or(path);
    let body = to_bytes(body, LONGEST).await.expect("a body");
    let mut headers = head.headers;
    headers.remove(header::HOST);
    let sent = relay
        .client
        .request(head.method, format!("{}{path}", relay.service))
        .headers(headers)
        .body(body)
        .send();
    let Ok(reply) = sent.await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let (status, headers) = (reply.status(), reply.headers().clone());
    let body = reply.bytes().await.unwrap_or_default();
    (status, headers, Body::from(body)).into_response()
}
