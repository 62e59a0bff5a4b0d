//! The world behind sockets, with static folders beside it.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use slidewright_simulator::server::{Site, router, serve};
//!
//! let site = Site::new().folder("/", "public");
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! println!("http://{}", listener.local_addr()?);
//! serve(listener, router(site)).await
//! # }
//! ```
//!
//! Each [`router`] has a world of its own, so several servers can run in one
//! process. Use [`serve`] rather than axum's: only it can close a connection
//! without a reply, reset it, and tell whether it carried a request before.

mod line;

use std::convert::Infallible;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use futures_util::stream;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

use self::line::{Line, Scissors};
use crate::{Fault, Reply, Request, World};

/// Longest body read, in bytes: a little more than the largest upload that a
/// dialect wants to refuse by itself.
const LARGEST_BODY: usize = 110 * 1024 * 1024;
/// How long a connection that "hangs for ever" is really kept.
const LONGEST_HANG: Duration = Duration::from_secs(600);

/// What is served beside the simulator: folders, files, and headers for pages.
#[derive(Clone, Debug, Default)]
pub struct Site {
    folders: Vec<(String, PathBuf)>,
    files: Vec<(String, PathBuf)>,
    page_headers: Vec<(HeaderName, HeaderValue)>,
}

impl Site {
    /// Nothing beside the simulator.
    pub fn new() -> Self {
        Self::default()
    }

    /// A folder under a path such as `/` or `/slidewright`; `index.html` stands
    /// for the folder itself.
    #[must_use]
    pub fn folder(mut self, at: &str, folder: impl AsRef<Path>) -> Self {
        self.folders
            .push((at.to_owned(), folder.as_ref().to_owned()));
        self
    }

    /// One file at one path, which may be `/`. It goes before any folder.
    #[must_use]
    pub fn file(mut self, at: &str, file: impl AsRef<Path>) -> Self {
        self.files.push((at.to_owned(), file.as_ref().to_owned()));
        self
    }

    /// A header on every HTML page of the site, such as a
    /// `Content-Security-Policy`.
    #[must_use]
    pub fn page_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.page_headers.push((name, value));
        self
    }
}

/// The simulator under `/sim/` and the site around it.
pub fn router(site: Site) -> Router {
    let mut pages = Router::new();
    for (at, file) in &site.files {
        pages = pages.route_service(at, ServeFile::new(file));
    }
    for (at, folder) in &site.folders {
        let folder = ServeDir::new(folder);
        pages = match at.trim_end_matches('/') {
            "" => pages.fallback_service(folder),
            at => pages.nest_service(at, folder),
        };
    }
    let headers = Arc::new(site.page_headers);
    let pages = pages.layer(middleware::from_fn_with_state(headers, mark));
    let world = Arc::new(Mutex::new(World::new()));
    Router::new()
        .route("/sim/{*rest}", axum::routing::any(simulate))
        .with_state(world)
        .merge(pages)
}

/// Serves until the listener fails or the future is dropped. Dropping it cuts
/// off every open connection, as a server that dies would.
///
/// # Errors
///
/// Where the listener can accept no more.
pub async fn serve(listener: TcpListener, app: Router) -> io::Result<()> {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
        };
        let (stream, _) = match accepted {
            Ok(accepted) => accepted,
            // The caller hung up while waiting in line: not the listener's fault.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => continue,
            Err(error) => return Err(error),
        };
        // Small writes go out at once, so that a dripped body really drips.
        let _ = stream.set_nodelay(true);
        let app = app.clone();
        connections.spawn(async move {
            let scissors = Scissors::default();
            let line = Line::new(stream, scissors.clone());
            let used = AtomicBool::new(false);
            let service = service_fn(move |mut request: hyper::Request<Incoming>| {
                let app = app.clone();
                let scissors = scissors.clone();
                let reused = used.swap(true, Ordering::Relaxed);
                request.extensions_mut().insert(Reused(reused));
                async move {
                    let response = match app.oneshot(request.map(Body::new)).await {
                        Ok(response) => response,
                        Err(never) => match never {},
                    };
                    // An error from the service is how hyper is told to close
                    // the connection without writing anything.
                    match response.extensions().get::<End>() {
                        Some(End::Dropped) => Err(io::Error::other("dropped on purpose")),
                        Some(End::Cut) => {
                            scissors.cut();
                            Ok(response)
                        }
                        None => Ok(response),
                    }
                }
            });
            // Errors here are the caller's hanging up and the drops asked for.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(line), service)
                .await;
        });
    }
}

/// Marks a response that [`serve`] shall not send, or not to its end.
#[derive(Clone, Copy, Debug)]
enum End {
    Dropped,
    /// The body fails halfway; the connection is to be reset then.
    Cut,
}

/// Marks a request: whether its connection had carried another before.
#[derive(Clone, Copy, Debug)]
struct Reused(bool);

async fn simulate(
    State(world): State<Arc<Mutex<World>>>,
    request: axum::extract::Request,
) -> Response {
    let (head, body) = request.into_parts();
    let body = match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => body.to_bytes().to_vec(),
        Err(error) if error.is::<LengthLimitError>() => {
            return plain(StatusCode::PAYLOAD_TOO_LARGE);
        }
        Err(_) => return plain(StatusCode::BAD_REQUEST),
    };
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.as_str().to_owned(), value.into_owned())
    });
    let request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body,
        site: String::new(),
        reused: matches!(head.extensions.get(), Some(Reused(true))),
    };
    let reply = world
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .handle(now_ms(), &request);
    if reply.delay_ms > 0 {
        sleep(Duration::from_millis(reply.delay_ms)).await;
    }
    sent(reply).await
}

async fn sent(reply: Reply) -> Response {
    let bytes = Bytes::from(reply.body);
    let length = bytes.len();
    let body = match reply.fault {
        None => Body::from(bytes),
        Some(Fault::Drop) => {
            let mut response = plain(StatusCode::INTERNAL_SERVER_ERROR);
            response.extensions_mut().insert(End::Dropped);
            return response;
        }
        Some(Fault::Hang) => {
            sleep(LONGEST_HANG).await;
            return plain(StatusCode::GATEWAY_TIMEOUT);
        }
        Some(Fault::ResetMidBody | Fault::CutMidBody) => broken(bytes),
        Some(Fault::Drip {
            bytes: size,
            every_ms,
        }) => dripped(bytes, size, Duration::from_millis(every_ms)),
        Some(Fault::Trickle { over_ms }) => {
            let bits = u32::try_from(length).unwrap_or(u32::MAX).max(1);
            dripped(bytes, 1, Duration::from_millis(over_ms) / bits)
        }
    };
    let mut response = Response::new(body);
    if reply.fault == Some(Fault::CutMidBody) {
        response.extensions_mut().insert(End::Cut);
    }
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or_default();
    if reply.fault.is_some() {
        // Real servers announce the length, so a cut-off body shows as one.
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    for (name, value) in &reply.headers {
        // A world may be asked to say odd things, but only what HTTP can carry.
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_bytes(value.as_bytes()),
        ) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// Half the bytes, then an error, which ends the connection. The pause lets
/// the first half leave: an error at once would take the head down with it.
fn broken(bytes: Bytes) -> Body {
    let half = bytes.slice(..bytes.len() / 2);
    Body::from_stream(stream::unfold(Some(half), |left| async move {
        match left {
            Some(half) if !half.is_empty() => Some((Ok(half), Some(Bytes::new()))),
            Some(_) => {
                sleep(Duration::from_millis(50)).await;
                Some((Err(io::Error::other("reset on purpose")), None))
            }
            None => None,
        }
    }))
}

/// So many bytes at a time. Each drop has its own moment, so that late ones do
/// not add up.
fn dripped(bytes: Bytes, size: usize, every: Duration) -> Body {
    let begun = (bytes, Instant::now());
    Body::from_stream(stream::unfold(begun, move |(mut left, last)| async move {
        if left.is_empty() {
            return None;
        }
        let next = last + every;
        sleep_until(next).await;
        let drop = left.split_to(size.max(1).min(left.len()));
        Some((Ok::<_, Infallible>(drop), (left, next)))
    }))
}

/// Adds what every static file needs: nothing may be kept unasked while the
/// files are being rebuilt, and pages may carry the site's headers.
async fn mark(
    State(extra): State<Arc<Vec<(HeaderName, HeaderValue)>>>,
    request: axum::extract::Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let kind = headers.get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        for (name, value) in extra.iter() {
            headers.append(name, value.clone());
        }
    }
    response
}

fn plain(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |it| u64::try_from(it.as_millis()).unwrap_or(u64::MAX))
}
