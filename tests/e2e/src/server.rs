//! A page's server.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::extract::{Path as Segment, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use slidewright_simulator::server::{Site, router, serve};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::page::{LOOK, PATIENCE};
use crate::{Log, Sheet};

type Sheets = Arc<Mutex<HashMap<String, Sheet>>>;

/// Serves the demo page at `/`, the package at `/pkg/dist`, the descriptions of
/// providers at `/descriptors`, a test's pages at `/page/…`, and the simulator at
/// `/sim/…`, on a port of its own. Dropping it ends it.
pub struct Server {
    address: SocketAddr,
    sheets: Sheets,
    client: reqwest::Client,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts one.
    ///
    /// # Panics
    ///
    /// Where there is no free port, or no built package.
    pub async fn start() -> Server {
        let root = repository();
        let package = root.join("pkg/dist");
        assert!(
            package.join("slidewright.js").is_file(),
            "the package is not built: cargo xtask build"
        );
        let site = Site::new()
            .file("/", root.join("index.html"))
            .folder("/pkg/dist", package)
            .folder("/descriptors", root.join("pkg/descriptors"));
        let sheets = Sheets::default();
        let pages = Router::new()
            .route("/page/{name}", get(page))
            .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
            .with_state(sheets.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let app = router(site).merge(pages);
        let task = tokio::spawn(async move {
            serve(listener, app).await.expect("an open listener");
        });
        Server {
            address,
            sheets,
            client: reqwest::Client::new(),
            task,
        }
    }

    /// Where it is: `http://127.0.0.1:…`, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves a page, and gives its address.
    pub fn publish(&self, name: &str, sheet: Sheet) -> String {
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        sheets.insert(name.to_owned(), sheet);
        format!("{}/page/{name}", self.origin())
    }

    /// What the simulator has received under a scenario.
    ///
    /// # Panics
    ///
    /// Where the scenario is none.
    pub async fn log(&self, scenario: &str) -> Log {
        Log::new(
            self.call("GET", &format!("/sim/{scenario}/_log"), None)
                .await,
        )
    }

    /// Waits until the simulator's log of a scenario is as wanted.
    ///
    /// # Panics
    ///
    /// Where it does not become so.
    pub async fn wait_log(&self, what: &str, scenario: &str, wanted: impl Fn(&Log) -> bool) -> Log {
        let start = Instant::now();
        loop {
            let log = self.log(scenario).await;
            if wanted(&log) {
                return log;
            }
            assert!(start.elapsed() < PATIENCE, "never: {what}; {log:?}");
            sleep(LOOK).await;
        }
    }

    /// Calls the server past any browser, and reads its JSON.
    ///
    /// # Panics
    ///
    /// Where it does not answer in JSON with a 2xx.
    pub async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let method = method.parse().expect("a method");
        let request = self
            .client
            .request(method, format!("{}{path}", self.origin()));
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let reply = request.send().await.expect("an answer");
        let reply = reply.error_for_status().expect("a 2xx");
        reply.json().await.expect("JSON")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn page(State(sheets): State<Sheets>, Segment(name): Segment<String>) -> Response {
    let sheets = sheets.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(sheet) = sheets.get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Html(sheet.html()).into_response();
    for (name, value) in sheet.headers() {
        response.headers_mut().append(name, value.clone());
    }
    response
}

/// The repository's root.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2);
    root.expect("two folders up").to_owned()
}
