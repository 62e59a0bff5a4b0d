//! A browser session.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, ChromiumLikeCapabilities};
use tokio::sync::{MutexGuard, Semaphore, SemaphorePermit};
use tokio::time::{sleep, timeout};

use crate::Engine;
use crate::driver::{Driver, kill};
use crate::page::{LOOK, PATIENCE};

/// Browsers at once, however many tests run: more would only slow each other
/// down.
static PLACES: Semaphore = Semaphore::const_new(6);

/// Drivers that nobody uses, and the sessions that they may have open. A driver
/// serves one session at a time; two engines' can do no more.
static IDLE: Mutex<Vec<Seat>> = Mutex::new(Vec::new());

struct Seat {
    driver: Driver,
    session: Option<Session>,
}

#[derive(Clone)]
struct Session {
    windows: Arc<Windows>,
    downloads: PathBuf,
}

/// A browser with a profile of its own. Dropping it closes it, or leaves it to
/// the next who does not mind.
pub struct Browser {
    /// For what this harness has no word for. It acts on the window that was
    /// acted on last.
    pub driver: WebDriver,
    /// Where downloads go.
    pub downloads: PathBuf,
    pub(crate) windows: Arc<Windows>,
    seat: Option<Driver>,
    /// Whether the next may have it as it is left.
    lasting: AtomicBool,
    _place: SemaphorePermit<'static>,
}

impl Browser {
    /// Opens a browser of 1000 × 900 pixels, with a fresh profile, once there is
    /// a place for it.
    ///
    /// # Panics
    ///
    /// Where the driver cannot start one.
    pub async fn open() -> Browser {
        Browser::with_place(false).await
    }

    /// A browser that others may have used before: their pages were on other
    /// origins, so nothing of them can be met. Spares the time to open one.
    ///
    /// # Panics
    ///
    /// Where the driver cannot start one.
    pub async fn reuse() -> Browser {
        Browser::with_place(true).await
    }

    async fn with_place(lasting: bool) -> Browser {
        let place = PLACES.acquire().await.expect("never closed");
        let seat = idle(lasting);
        let (seat, session) = match seat {
            Some(Seat {
                driver,
                session: Some(session),
            }) if lasting => {
                empty(&session.downloads);
                (driver, session)
            }
            seat => {
                let unused = seat.map(|seat| seat.driver);
                open_in(unused).await
            }
        };
        Browser {
            driver: session.windows.driver.clone(),
            downloads: session.downloads,
            windows: session.windows,
            seat: Some(seat),
            lasting: lasting.into(),
            _place: place,
        }
    }

    fn seat(&self) -> &Driver {
        self.seat.as_ref().expect("a browser that is open")
    }

    /// A command of the DevTools protocol.
    ///
    /// # Panics
    ///
    /// Where the browser refuses it, and in every engine but Chromium, which
    /// alone speaks it.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let engine = Engine::current();
        assert!(
            engine == Engine::Chromium,
            "{command}: only Chromium speaks this protocol, and this is {}",
            engine.name()
        );
        let answer = self.driver.cdp().send_raw(command, parameters).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Runs a script with the rights of Firefox's own.
    ///
    /// # Panics
    ///
    /// Where it throws, and in every other engine.
    async fn privileged(&self, code: &str, args: Vec<Value>) -> Value {
        // The other context is the whole session's, so nobody else may act.
        let _alone = self.windows.front.lock().await;
        self.context("chrome").await;
        let answer = self.driver.execute(code, args).await;
        self.context("content").await;
        let answer = answer.unwrap_or_else(|error| panic!("{code}: {error}"));
        answer.json().clone()
    }

    async fn context(&self, name: &str) {
        let session = self.driver.session_id();
        let address = format!(
            "http://127.0.0.1:{}/session/{session}/moz/context",
            self.seat().port
        );
        let body = json!({"context": name});
        let sent = reqwest::Client::new().post(address).json(&body).send();
        let reply = sent.await.and_then(reqwest::Response::error_for_status);
        reply.expect("Firefox's own context");
    }
}

impl Browser {
    /// What has been downloaded, by name, once it is so many whole files.
    ///
    /// # Panics
    ///
    /// Where it does not become so many.
    pub async fn saved(&self, count: usize) -> Vec<PathBuf> {
        let start = Instant::now();
        loop {
            let files = fs::read_dir(&self.downloads).expect("the folder of downloads");
            let files = files.filter_map(|file| Some(file.ok()?.path()));
            let mut whole: Vec<PathBuf> = files.filter(|file| is_whole(file)).collect();
            if whole.len() >= count {
                whole.sort();
                return whole;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "not saved: {whole:?} of {count}"
            );
            sleep(LOOK).await;
        }
    }

    /// A file that a visitor can choose.
    ///
    /// # Panics
    ///
    /// Where it cannot be written.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let folder = tempfile::Builder::new()
            .prefix("uploads-")
            .tempdir_in(&self.seat().scratch)
            .expect("a folder for files")
            .keep();
        let file = folder.join(name);
        fs::write(&file, content).expect("a file");
        file
    }

    /// Makes the network slow: bytes a second each way, -1 for no limit. In
    /// Chromium alone.
    pub async fn slow_down(&self, down: i64, up: i64) {
        self.network(false, down, up).await;
    }

    /// Takes the network away, or gives it back; false where this engine's driver
    /// has no way to. Use [`Page::offline`](crate::Page::offline).
    pub(crate) async fn offline(&self, offline: bool) -> bool {
        match Engine::current() {
            Engine::Chromium => self.network(offline, -1, -1).await,
            Engine::Firefox => {
                // Connections to this machine would stay open.
                let code = "Services.io.offline = arguments[0];
                    Services.obs.notifyObservers(null, 'net:cancel-all-connections')";
                self.privileged(code, vec![json!(offline)]).await;
            }
            Engine::WebKit => return false,
        }
        true
    }

    async fn network(&self, offline: bool, down: i64, up: i64) {
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": down, "uploadThroughput": up,
        });
        // Each has a network of its own.
        for window in self.driver.windows().await.expect("windows") {
            let _at = self.windows.at(&window).await.expect("a window");
            self.cdp("Network.enable", json!({})).await;
            self.cdp("Network.emulateNetworkConditions", conditions.clone())
                .await;
        }
    }

    /// Stops all of the browser's processes, as a machine that sleeps would,
    /// until the guard is dropped. Meanwhile its driver answers nothing.
    pub fn freeze(&self) -> Frozen<'_> {
        self.seat().stop();
        Frozen(self)
    }

    /// Kills the process behind a tab. The others go on, in the engines where
    /// they can.
    pub(crate) async fn crash(&self, window: &WindowHandle) {
        match Engine::current() {
            Engine::Chromium => {
                let at = self.windows.at(window).await.expect("the tab's window");
                let crash = at.cdp();
                let crash = crash.send_raw("Page.crash", json!({}));
                // Nobody is left to answer.
                let _ = timeout(Duration::from_secs(5), crash).await;
            }
            Engine::Firefox => {
                drop(self.windows.at(window).await.expect("the tab's window"));
                // Or it would take the whole browser along, so that tests notice.
                let code = "Services.env.set('MOZ_CRASHREPORTER_SHUTDOWN', '');
                    return gBrowser.selectedBrowser.frameLoader.remoteTab.osPid";
                let process = self.privileged(code, vec![]).await;
                let process = process.as_u64().and_then(|it| u32::try_from(it).ok());
                kill(process.expect("the process of the tab"));
            }
            Engine::WebKit => {
                panic!("WebKit's driver ends its session when a page crashes")
            }
        }
    }

    /// Says that nobody else shall have this browser.
    pub(crate) fn wear_out(&self) {
        self.lasting.store(false, Ordering::Relaxed);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let Some(driver) = self.seat.take() else {
            return;
        };
        let session = if *self.lasting.get_mut() && !thread::panicking() {
            Some(Session {
                windows: self.windows.clone(),
                downloads: self.downloads.clone(),
            })
        } else {
            let closed = close(driver.port, &self.driver.session_id().to_string());
            if closed.is_err() {
                // Its driver, when dropped, takes it along.
                return;
            }
            None
        };
        let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(Seat { driver, session });
    }
}

/// A browser whose processes stand still; dropping this lets them go on.
pub struct Frozen<'a>(&'a Browser);

impl Drop for Frozen<'_> {
    fn drop(&mut self) {
        self.0.seat().resume();
    }
}

/// The windows of a browser: a session acts on one of them at a time.
pub(crate) struct Windows {
    driver: WebDriver,
    /// The one that is acted on; nothing where that is closed.
    front: tokio::sync::Mutex<Option<WindowHandle>>,
}

impl Windows {
    /// The driver, acting on this window for as long as this is held.
    pub(crate) async fn at(&self, window: &WindowHandle) -> WebDriverResult<At<'_>> {
        let mut front = self.front.lock().await;
        if front.as_ref() != Some(window) {
            *front = None;
            self.driver.switch_to_window(window.clone()).await?;
            *front = Some(window.clone());
        }
        Ok(At {
            driver: &self.driver,
            front,
        })
    }

    /// The window that was acted on last.
    pub(crate) async fn front(&self) -> WebDriverResult<WindowHandle> {
        let mut front = self.front.lock().await;
        match &*front {
            Some(front) => Ok(front.clone()),
            None => {
                let window = self.driver.window().await?;
                Ok(front.insert(window).clone())
            }
        }
    }

    /// Opens another one beside them. (A tab of the same window would be hidden
    /// in one engine, and hidden together with the first in all.)
    pub(crate) async fn open(&self) -> WebDriverResult<WindowHandle> {
        self.driver.new_window().await
    }
}

/// The driver, acting on one window.
pub(crate) struct At<'a> {
    driver: &'a WebDriver,
    front: MutexGuard<'a, Option<WindowHandle>>,
}

impl At<'_> {
    /// Closes the window.
    pub(crate) async fn close(mut self) -> WebDriverResult<()> {
        *self.front = None;
        self.driver.close_window().await
    }
}

impl Deref for At<'_> {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        self.driver
    }
}

/// A driver without use, if there is one; rather with a session than without,
/// or the other way round.
fn idle(with_session: bool) -> Option<Seat> {
    let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let wanted = idle
        .iter()
        .position(|seat| seat.session.is_some() == with_session);
    match wanted {
        Some(at) => Some(idle.swap_remove(at)),
        None => idle.pop(),
    }
    .map(|mut seat| {
        if !with_session && let Some(session) = seat.session.take() {
            // One that cannot be closed shows when the next is opened.
            let id = session.windows.driver.session_id().to_string();
            let _ = close(seat.driver.port, &id);
        }
        seat
    })
}

/// Opens a session, with this driver or another.
async fn open_in(unused: Option<Driver>) -> (Driver, Session) {
    let mut unused = unused;
    let mut last = None;
    for _ in 0..3 {
        let driver = unused.take().unwrap_or_else(Driver::start);
        match session(&driver).await {
            Ok(session) => return (driver, session),
            // Whatever is wrong with it, it may be the driver's; another has none
            // of its history.
            Err(error) => last = Some(error),
        }
    }
    panic!("no browser session: {last:?}");
}

async fn session(driver: &Driver) -> WebDriverResult<Session> {
    let downloads = tempfile::Builder::new()
        .prefix("downloads-")
        .tempdir_in(&driver.scratch)
        .expect("a folder for downloads")
        .keep();
    let address = format!("http://127.0.0.1:{}", driver.port);
    // A session outlives the test that opened it, and a connection does not.
    let client = reqwest::Client::builder()
        .timeout(2 * PATIENCE)
        .pool_max_idle_per_host(0)
        .build()
        .expect("a client");
    let web = WebDriver::builder(address, capabilities(driver, &downloads))
        .client(client)
        .await?;
    // Its own way of closing in `drop` waits for the runtime that it blocks.
    web.clone().leak().expect("a session that is open");
    web.set_window_rect(0, 0, WIDTH, HEIGHT).await?;
    Ok(Session {
        windows: Arc::new(Windows {
            driver: web,
            front: tokio::sync::Mutex::new(None),
        }),
        downloads,
    })
}

/// Of a window, in pixels.
pub(crate) const WIDTH: u32 = 1000;
/// Of a window, in pixels.
pub(crate) const HEIGHT: u32 = 900;

/// Ends a session, without a runtime: a test that panics has none any more.
fn close(port: u16, session: &str) -> io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    stream.read_exact(&mut [0])
}

/// What another test has downloaded is none of this one's.
fn empty(folder: &Path) {
    let files = fs::read_dir(folder).expect("the folder of downloads");
    for file in files.flatten() {
        let _ = fs::remove_file(file.path());
    }
}

/// Until files are whole, they have other names, or nothing in them.
fn is_whole(file: &Path) -> bool {
    let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
    let ending = file.extension().and_then(OsStr::to_str);
    !file.file_name().is_some_and(hidden)
        && !matches!(ending, Some("crdownload" | "part" | "wkdownload"))
        && fs::metadata(file).is_ok_and(|it| it.is_file() && it.len() > 0)
}

fn capabilities(driver: &Driver, downloads: &Path) -> Capabilities {
    match Engine::current() {
        Engine::Chromium => chromium(downloads),
        Engine::Firefox => firefox(downloads),
        Engine::WebKit => webkit(driver, downloads),
    }
}

fn chromium(downloads: &Path) -> Capabilities {
    let mut chrome = DesiredCapabilities::chrome();
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-breakpad",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        "--hide-scrollbars",
        "--window-size=1000,900",
        "--lang=en-US",
    ];
    for argument in arguments {
        chrome.add_arg(argument).expect("a plain argument");
    }
    let preferences = json!({
        "download.default_directory": downloads,
        "download.prompt_for_download": false,
        "profile.default_content_setting_values.automatic_downloads": 1,
        // As careful visitors have it: a page of this name keeps nothing.
        "profile.content_settings.exceptions.cookies": {
            "http://localhost:*,*": { "setting": 2 },
        },
    });
    chrome
        .add_experimental_option("prefs", preferences)
        .expect("plain preferences");
    if let Ok(binary) = env::var("SLIDEWRIGHT_CHROME") {
        chrome.set_binary(&binary).expect("a plain path");
    }
    chrome.into()
}

fn firefox(downloads: &Path) -> Capabilities {
    let preferences = json!({
        "browser.download.dir": downloads,
        "browser.download.folderList": 2,
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.download.open_pdf_attachments_inline": false,
        "browser.download.alwaysOpenPanel": false,
        "pdfjs.disabled": true,
        "intl.accept_languages": "en-US, en",
        // What is taken away with the network, the tests' own server included.
        "network.disable-localhost-when-offline": true,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    });
    let mut options = json!({"args": ["-headless"], "prefs": preferences});
    if let Ok(binary) = env::var("SLIDEWRIGHT_FIREFOX") {
        options["binary"] = json!(binary);
    }
    let mut capabilities = Capabilities::new();
    let set = capabilities.set("moz:firefoxOptions", options);
    set.expect("plain options");
    capabilities
}

/// Its browser has no preferences; it saves where the desktop's settings say.
fn webkit(driver: &Driver, downloads: &Path) -> Capabilities {
    let settings = driver.scratch.join(".config");
    fs::create_dir_all(&settings).expect("a folder for settings");
    let line = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
    fs::write(settings.join("user-dirs.dirs"), line).expect("the desktop's settings");
    let binary = env::var("SLIDEWRIGHT_MINIBROWSER").unwrap_or_else(|_| minibrowser());
    let options = json!({"binary": binary, "args": ["--automation"]});
    let mut capabilities = Capabilities::new();
    let set = capabilities.set("webkitgtk:browserOptions", options);
    set.expect("plain options");
    capabilities
}

/// Where Debian has it, out of the way of people.
fn minibrowser() -> String {
    let machine = env::consts::ARCH;
    format!("/usr/lib/{machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser")
}
