//! A page that a test opens, in a tab of its own.

use std::ops::Deref;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

use crate::browser::{Browser, HEIGHT, WIDTH};
use crate::server::Server;
use crate::widget::{Widget, list, texts};
use crate::{Log, Sheet};

/// How long a condition may take to come true: far longer than it should, since
/// the machine may be slow and shared.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks at a condition.
pub const LOOK: Duration = Duration::from_millis(50);

/// A page in a browser, with a server of its own. It stands for its tab, and for
/// the first widget on it, too.
pub struct Page {
    tab: Tab,
    /// Its server.
    pub server: Server,
    /// Its browser. Dropped last, so that it is closed last.
    pub browser: Browser,
}

impl Page {
    /// Opens a page in a fresh browser.
    ///
    /// # Panics
    ///
    /// Where no browser or server can be started.
    pub async fn open(sheet: Sheet) -> Page {
        let page = Page::blank().await;
        page.show_sheet(sheet).await;
        page
    }

    /// Opens a page in a browser that others may have used, on other origins:
    /// where a test needs nothing of the browser but a page, it saves the time to
    /// open one.
    ///
    /// # Panics
    ///
    /// Where no browser or server can be started.
    pub async fn reuse(sheet: Sheet) -> Page {
        let page = Page::in_browser(Browser::reuse().await).await;
        page.show_sheet(sheet).await;
        page
    }

    /// Opens a page with one widget for a scenario, and waits until it is ready.
    ///
    /// # Panics
    ///
    /// Where it does not become ready.
    pub async fn with_widget(scenario: &str, attributes: &str) -> Page {
        let page = Page::open(Sheet::new(crate::widget(scenario, attributes))).await;
        page.ready().await;
        page
    }

    /// A fresh browser and a server, and no page yet.
    ///
    /// # Panics
    ///
    /// Where they cannot be started.
    pub async fn blank() -> Page {
        Page::in_browser(Browser::open().await).await
    }

    /// The same in a browser that others may have used, on other origins.
    ///
    /// # Panics
    ///
    /// Where they cannot be started.
    pub async fn blank_reuse() -> Page {
        Page::in_browser(Browser::reuse().await).await
    }

    async fn in_browser(browser: Browser) -> Page {
        let server = Server::start().await;
        let window = browser.windows.front().await.expect("a window");
        Page {
            tab: Tab::new(&browser, window),
            server,
            browser,
        }
    }

    async fn show_sheet(&self, sheet: Sheet) {
        let address = self.server.publish("test", sheet);
        self.go_to(&address).await;
    }

    /// Opens another tab in the same browser, which therefore shares its storage,
    /// and goes to an address there. It is a window of its own, so that each can
    /// be hidden and shown by itself.
    ///
    /// # Panics
    ///
    /// Where it cannot be opened.
    pub async fn open_tab(&self, address: &str) -> Tab {
        self.browser.wear_out();
        let window = self.browser.windows.open().await.expect("another window");
        let tab = Tab::new(&self.browser, window);
        tab.go_to(address).await;
        tab
    }

    /// Ends the process behind a tab, as a crash would. The tab is lost, the
    /// browser goes on.
    ///
    /// # Panics
    ///
    /// In WebKit, whose driver gives up the whole session then.
    pub async fn crash_tab(&self, tab: Tab) {
        self.browser.wear_out();
        self.browser.crash(&tab.window).await;
    }

    /// Takes the network away, or gives it back. WebKit's driver cannot: there
    /// the page's server is cut off, and the page is told what a browser would
    /// tell it.
    ///
    /// # Panics
    ///
    /// Where the browser refuses.
    pub async fn offline(&self, offline: bool) {
        self.browser.wear_out();
        if self.browser.offline(offline).await {
            return;
        }
        if offline {
            self.server.cut_off().await;
        } else {
            self.server.restore();
        }
        self.run("record.offline(args)", json!(offline)).await;
    }

    /// Sets the page's clock forward or back, by so many milliseconds: this page
    /// at once, every other from its next load on.
    pub async fn set_clock(&self, offset_ms: i64) {
        self.server.set_clock(offset_ms);
        self.run("record.clock(args)", json!(offset_ms)).await;
    }

    /// What the simulator has received under a scenario.
    pub async fn log(&self, scenario: &str) -> Log {
        self.server.log(scenario).await
    }

    /// The service gets to the end of a scenario's last job at once: what a test looks
    /// at meanwhile lasts until then, however slow the machine is.
    ///
    /// # Panics
    ///
    /// Where there is no job.
    pub async fn finish(&self, scenario: &str) {
        let path = format!("/sim/{scenario}/_finish");
        self.server.call("POST", &path, None).await;
    }

    /// Waits until the simulator's log is as wanted.
    ///
    /// # Panics
    ///
    /// Where it does not become so.
    pub async fn wait_log(&self, what: &str, scenario: &str, wanted: impl Fn(&Log) -> bool) -> Log {
        self.server.wait_log(what, scenario, wanted).await
    }
}

impl Deref for Page {
    type Target = Tab;

    fn deref(&self) -> &Tab {
        &self.tab
    }
}

/// A tab of a browser, and the page in it. It stands for the first widget there.
pub struct Tab {
    widget: Widget,
}

impl Tab {
    fn new(browser: &Browser, window: WindowHandle) -> Tab {
        Tab {
            widget: Widget {
                windows: browser.windows.clone(),
                window,
                selector: "slide-wright".into(),
            },
        }
    }

    /// Goes to an address.
    ///
    /// # Panics
    ///
    /// Where it cannot be loaded.
    pub async fn go_to(&self, address: &str) {
        self.at().await.goto(address).await.expect(address);
    }

    /// Loads the page again.
    ///
    /// # Panics
    ///
    /// Where it cannot be loaded.
    pub async fn reload(&self) {
        self.at().await.refresh().await.expect("the page again");
    }

    /// Goes back to the page before.
    ///
    /// # Panics
    ///
    /// Where the browser refuses.
    pub async fn back(&self) {
        self.at().await.back().await.expect("the page before");
    }

    /// Goes forward again.
    ///
    /// # Panics
    ///
    /// Where the browser refuses.
    pub async fn forward(&self) {
        self.at().await.forward().await.expect("the page after");
    }

    /// Hides the page, by minimising its window, and waits until it knows.
    ///
    /// # Panics
    ///
    /// Where the browser refuses.
    pub async fn hide(&self) {
        let minimised = self.at().await.minimize_window().await;
        minimised.expect("a window that can be minimised");
        self.wait("a hidden page", "document.visibilityState === 'hidden'")
            .await;
    }

    /// Shows the page again, and waits until it knows.
    ///
    /// # Panics
    ///
    /// Where the browser refuses.
    pub async fn show(&self) {
        let shown = self.at().await.set_window_rect(0, 0, WIDTH, HEIGHT).await;
        shown.expect("a window that can be restored");
        self.wait("a visible page", "document.visibilityState === 'visible'")
            .await;
    }

    /// Closes the tab, as a visitor would: nobody is asked, nothing is waited for.
    ///
    /// # Panics
    ///
    /// Where the browser refuses.
    pub async fn close(self) {
        let closed = self.at().await.close().await;
        closed.expect("a window that can be closed");
    }

    /// Another widget on the page, by its selector.
    pub fn widget(&self, selector: &str) -> Widget {
        Widget {
            windows: self.windows.clone(),
            window: self.window.clone(),
            selector: selector.into(),
        }
    }

    /// The events of a name that widgets told so far: `{id, detail}`, the name
    /// without its prefix.
    pub async fn events(&self, name: &str) -> Vec<Value> {
        let found = "return record.events.filter((event) => event.name === args)";
        list(self.run(found, json!(name)).await)
    }

    /// What the console was told so far, of a level: `error`, `warn`, `uncaught`
    /// or `unhandled`.
    pub async fn console(&self, level: &str) -> Vec<String> {
        let found = "return record.console.filter((it) => it.level === args).map((it) => it.text)";
        texts(self.run(found, json!(level)).await)
    }

    /// What the page's policy stopped so far.
    pub async fn violations(&self) -> Vec<String> {
        texts(self.run("return record.violations", Value::Null).await)
    }

    /// Presses keys, as a keyboard would: whatever has the focus gets them.
    ///
    /// # Panics
    ///
    /// Where the browser refuses.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let at = self.at().await;
        let chain = at.action_chain();
        chain.send_keys(keys).perform().await.expect("a keyboard");
    }

    /// Presses a key while another is held.
    ///
    /// # Panics
    ///
    /// Where the browser refuses.
    pub async fn press_with(&self, held: Key, key: Key) {
        let at = self.at().await;
        let chain = at.action_chain();
        let (held, key) = (held.value(), key.value());
        let chain = chain.key_down(held).key_down(key).key_up(key).key_up(held);
        chain.perform().await.expect("a keyboard");
    }
}

impl Deref for Tab {
    type Target = Widget;

    fn deref(&self) -> &Widget {
        &self.widget
    }
}
