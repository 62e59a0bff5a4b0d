//! A fresh browser session.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, ChromiumLikeCapabilities};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::sleep;

use crate::driver::driver;
use crate::page::{LOOK, PATIENCE};

/// Browsers at once: more would only slow each other down.
static PLACES: Semaphore = Semaphore::const_new(2);

/// Runs in every document before anything of its own: records what a page
/// hears and says. It is no script of the page, so no policy stops it.
const RECORDER: &str = include_str!("recorder.js");

/// A browser with a profile of its own. Dropping it closes it.
pub struct Browser {
    /// For what this harness has no word for.
    pub driver: WebDriver,
    /// Where downloads go.
    pub downloads: PathBuf,
    _place: SemaphorePermit<'static>,
}

impl Browser {
    /// Opens a browser of 1000 × 900 CSS pixels once there is a place for it.
    ///
    /// # Panics
    ///
    /// Where the driver cannot start one.
    pub async fn open() -> Browser {
        let place = PLACES.acquire().await.expect("never closed");
        let downloads = tempfile::Builder::new()
            .prefix("downloads-")
            .tempdir_in(&driver().scratch)
            .expect("a folder for downloads")
            .keep();
        let address = format!("http://127.0.0.1:{}", driver().port);
        let driver = WebDriver::new(address, capabilities(&downloads))
            .await
            .expect("a browser session");
        // Its own way of closing in `drop` waits for the runtime that it blocks.
        driver.clone().leak().expect("a session that is open");
        let browser = Browser {
            driver,
            downloads,
            _place: place,
        };
        let recorder = json!({"source": RECORDER});
        browser
            .cdp("Page.addScriptToEvaluateOnNewDocument", recorder)
            .await;
        browser
    }

    /// A command of the DevTools protocol.
    ///
    /// # Panics
    ///
    /// Where the browser refuses it.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let answer = self.driver.cdp().send_raw(command, parameters).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
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
            // Until they are whole, they have other names.
            let whole = |file: &PathBuf| {
                let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
                !file.file_name().is_some_and(hidden)
                    && file.extension().is_none_or(|it| it != "crdownload")
            };
            let mut whole: Vec<PathBuf> = files.filter(whole).collect();
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
            .tempdir_in(&driver().scratch)
            .expect("a folder for files")
            .keep();
        let file = folder.join(name);
        fs::write(&file, content).expect("a file");
        file
    }

    /// Makes the network slow: bytes a second each way, -1 for no limit.
    pub async fn slow_down(&self, down: i64, up: i64) {
        self.network(false, down, up).await;
    }

    /// Takes the network away, or gives it back.
    pub async fn offline(&self, offline: bool) {
        self.network(offline, -1, -1).await;
    }

    async fn network(&self, offline: bool, down: i64, up: i64) {
        self.cdp("Network.enable", json!({})).await;
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": down, "uploadThroughput": up,
        });
        self.cdp("Network.emulateNetworkConditions", conditions)
            .await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // What is left open is closed with the driver, at the end.
        let _ = close(&self.driver.session_id().to_string());
    }
}

/// Ends a session, without a runtime: a test that panics has none any more.
fn close(session: &str) -> io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", driver().port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "DELETE /session/{session} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )?;
    stream.read_exact(&mut [0])
}

fn capabilities(downloads: &Path) -> Capabilities {
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
    });
    chrome
        .add_experimental_option("prefs", preferences)
        .expect("plain preferences");
    if let Ok(binary) = env::var("SLIDEWRIGHT_CHROME") {
        chrome.set_binary(&binary).expect("a plain path");
    }
    chrome.into()
}
