//! A page's server.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::extract::{Path as Segment, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use slidewright_simulator::server::{Site, router, serve};
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::page::{LOOK, PATIENCE};
use crate::sheet::{HURRY, RECORDER, recorder};
use crate::{File, Log, Sheet, ports};

/// Serves the demo page at `/`, the package at `/pkg/dist`, the descriptions of
/// providers at `/descriptors`, a test's pages at `/page/…`, their scripts at
/// `/harness/…`, their other files at `/file/…`, and the simulator at `/sim/…`, on a
/// port of its own. At `/second/dist` is the package once more, as another copy of
/// it; at `/shared`, for pages of any origin; at `/leptos/index.html` the
/// example of that name, where it is built. Dropping it ends it.
pub struct Server {
    address: SocketAddr,
    pages: Arc<Pages>,
    client: reqwest::Client,
    app: Router,
    line: Mutex<Line>,
}

/// What a test decides about its pages.
#[derive(Default)]
struct Pages {
    sheets: Mutex<HashMap<String, Sheet>>,
    files: Mutex<HashMap<String, File>>,
    /// How often each path was asked for.
    asked: Mutex<HashMap<String, usize>>,
    /// By how much the clocks of pages that are loaded are wrong.
    offset_ms: AtomicI64,
}

/// Whether the server can be reached.
enum Line {
    /// Somebody listens.
    Open(JoinHandle<()>),
    /// Nobody does, but the port is kept.
    Cut(TcpSocket),
    /// In between.
    Gone,
}

impl Server {
    /// Starts one.
    ///
    /// # Panics
    ///
    /// Where there is no free port, or no built package.
    pub async fn start() -> Server {
        let root = repository();
        let package = package();
        assert!(
            package.join("slidewright.js").is_file(),
            "the package is not built: cargo xtask build"
        );
        let site = Site::new()
            .folder("/second/dist", &package)
            .folder("/pkg/dist", package)
            .folder("/descriptors", root.join("pkg/descriptors"))
            .folder("/leptos", root.join("target/leptos"));
        let pages = Arc::<Pages>::default();
        let own = Router::new()
            .route("/", get(|| recorded("index.html")))
            .route(
                "/leptos/index.html",
                get(|| recorded("target/leptos/index.html")),
            )
            .route("/page/{name}", get(page))
            .route(RECORDER, get(recorder_script))
            .route(
                HURRY,
                get(|| async { script(include_str!("hurry.js").into()) }),
            )
            .route("/file/{name}", get(file))
            .route("/shared/{file}", get(shared))
            .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
            .with_state(pages.clone());
        let listener = ports::listener();
        let address = listener.local_addr().expect("its address");
        let counted = middleware::from_fn_with_state(pages.clone(), count);
        let app = router(site).merge(own).layer(counted);
        let server = Server {
            address,
            pages,
            client: reqwest::Client::new(),
            app,
            line: Mutex::new(Line::Gone),
        };
        server.listen(listener);
        server
    }

    fn listen(&self, listener: TcpListener) {
        let app = self.app.clone();
        let task = tokio::spawn(async move {
            serve(listener, app).await.expect("an open listener");
        });
        *self.line() = Line::Open(task);
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cuts every connection and refuses new ones, until it is
    /// [restored](Server::restore). What the simulator knows stays.
    ///
    /// # Panics
    ///
    /// Where the port is lost meanwhile.
    pub async fn cut_off(&self) {
        let line = std::mem::replace(&mut *self.line(), Line::Gone);
        let Line::Open(task) = line else {
            *self.line() = line;
            return;
        };
        task.abort();
        // Until it has ended, somebody listens.
        let _ = task.await;
        // A socket that is bound and does not listen refuses, and keeps the port.
        let socket = TcpSocket::new_v4().expect("a socket");
        socket
            .set_reuseaddr(true)
            .expect("a port that can be reused");
        socket.bind(self.address).expect("the same port");
        *self.line() = Line::Cut(socket);
    }

    /// Can be reached again, at the same address.
    ///
    /// # Panics
    ///
    /// Where the system refuses.
    pub fn restore(&self) {
        let line = std::mem::replace(&mut *self.line(), Line::Gone);
        match line {
            Line::Cut(socket) => self.listen(socket.listen(1024).expect("the same port")),
            line => *self.line() = line,
        }
    }

    /// Sets the clock of every page loaded from now on, by so many milliseconds.
    pub(crate) fn set_clock(&self, offset_ms: i64) {
        self.pages.offset_ms.store(offset_ms, Ordering::Relaxed);
    }

    /// Where it is: `http://127.0.0.1:…`, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves a page and the files beside it, and gives its address.
    pub fn publish(&self, name: &str, sheet: Sheet) -> String {
        for (name, file) in sheet.files() {
            self.put(name, file.clone());
        }
        let sheets = self.pages.sheets.lock();
        let mut sheets = sheets.unwrap_or_else(PoisonError::into_inner);
        sheets.insert(name.to_owned(), sheet);
        format!("{}/page/{name}", self.origin())
    }

    /// Serves a file below `/file/`, from now on.
    pub fn put(&self, name: &str, file: File) {
        let files = self.pages.files.lock();
        let mut files = files.unwrap_or_else(PoisonError::into_inner);
        files.insert(name.to_owned(), file);
    }

    /// How often a path was asked for so far.
    pub fn asked(&self, path: &str) -> usize {
        let asked = self.pages.asked.lock();
        let asked = asked.unwrap_or_else(PoisonError::into_inner);
        asked.get(path).copied().unwrap_or_default()
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
        if let Line::Open(task) = &*self.line() {
            task.abort();
        }
    }
}

/// A page of the repository, with the recorder before anything of its own.
async fn recorded(file: &str) -> Html<String> {
    let page = fs::read_to_string(repository().join(file)).expect(file);
    let head = "<head>";
    assert!(page.contains(head), "no head to put the recorder into");
    Html(page.replacen(head, &[head, &recorder()].concat(), 1))
}

async fn recorder_script(State(pages): State<Arc<Pages>>) -> Response {
    let offset = pages.offset_ms.load(Ordering::Relaxed);
    let code = include_str!("recorder.js");
    script(format!("{{\nconst OFFSET = {offset};\n{code}}}\n"))
}

fn script(code: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        // The clock in it may be another next time.
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, code).into_response()
}

/// The package for pages of any origin, such as those that have none.
async fn shared(Segment(name): Segment<String>) -> Response {
    let file = package().join(&name);
    let kind = match file.extension().and_then(|it| it.to_str()) {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    match fs::read(file) {
        Ok(content) => (headers, content).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn file(State(pages): State<Arc<Pages>>, Segment(name): Segment<String>) -> Response {
    let files = pages.files.lock().unwrap_or_else(PoisonError::into_inner);
    match files.get(&name) {
        Some(file) => file.response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn count(State(pages): State<Arc<Pages>>, request: Request, next: Next) -> Response {
    {
        let mut asked = pages.asked.lock().unwrap_or_else(PoisonError::into_inner);
        *asked.entry(request.uri().path().to_owned()).or_default() += 1;
    }
    next.run(request).await
}

async fn page(State(pages): State<Arc<Pages>>, Segment(name): Segment<String>) -> Response {
    let sheets = pages.sheets.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(sheet) = sheets.get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Html(sheet.html()).into_response();
    for (name, value) in sheet.headers() {
        response.headers_mut().append(name, value.clone());
    }
    response
}

/// The package's files, as they are served: those of `pkg`, or of the folder that the
/// environment names in its place, such as an unpacked tarball's.
pub fn package() -> PathBuf {
    let named = env::var_os("SLIDEWRIGHT_PACKAGE").unwrap_or_else(|| "pkg".into());
    repository().join(named).join("dist")
}

/// The repository's root.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2);
    root.expect("two folders up").to_owned()
}
