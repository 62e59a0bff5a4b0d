//! The demo on a static host, and what a visitor does there.

use std::ops::Deref;
use std::path::PathBuf;

use serde_json::{Value, json};
use slidewright_e2e::{Page, StaticHost, server};

/// Where the demo lies on its host: it must not matter.
const PATH: &str = "/some/sub/path";

/// The demo in a browser.
pub struct Demo {
    pub page: Page,
    pub host: StaticHost,
}

impl Deref for Demo {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

/// The folder with the demo.
pub fn folder() -> PathBuf {
    server::repository().join("target/site")
}

impl Demo {
    /// On a host of its own, not yet visited, in a browser that nobody else gets: for
    /// tests that do something to workers or scripts.
    pub async fn unseen() -> Demo {
        Demo::of(folder()).await
    }

    /// The same, with another folder.
    pub async fn of(folder: PathBuf) -> Demo {
        Demo::in_page(Page::blank().await, folder).await
    }

    async fn in_page(page: Page, folder: PathBuf) -> Demo {
        assert!(folder.join("worker.js").is_file(), "cargo xtask site");
        let host = StaticHost::start(PATH, folder).await;
        Demo { page, host }
    }

    /// Visited, and ready.
    pub async fn open() -> Demo {
        let demo = Demo::in_page(Page::blank_reuse().await, folder()).await;
        demo.visit().await;
        demo.is("ready").await;
        demo
    }

    pub async fn visit(&self) {
        self.go_to(&self.host.address("")).await;
    }

    /// As from a bookmark: some drivers reload as visitors do who force it.
    pub async fn visit_again(&self) {
        self.go_to("about:blank").await;
        self.visit().await;
    }

    /// Waits until the page knows how it is with the simulator.
    pub async fn is(&self, state: &str) {
        let found = "document.documentElement.dataset.simulator === args";
        let what = format!("a simulator that is {state}");
        self.wait_with(what, found, json!(state)).await;
        // Usable or not, there is a widget.
        self.ready().await;
    }

    /// Chooses a service and what it shall do, as far as the page offers it.
    pub async fn choose_behind(&self, service: &str, scenario: &str) {
        let code = "const set = (field, value) => {
                field.value = value;
                field.dispatchEvent(new Event('change', { bubbles: true }));
            };
            set(document.getElementById('service'), args[0]);
            const choice = document.querySelector(`[name=scenario][value=${args[1]}]`);
            if (choice.disabled) throw new Error('not offered');
            choice.click()";
        self.run(code, json!([service, scenario])).await;
        self.wait_state("drafting").await;
    }

    /// Asks for a deck about bees, and waits until that is taken: some scenarios are soon
    /// past their waiting.
    pub async fn ask(&self, service: &str) {
        if service != "duomi" {
            self.fill("prompt", "Bees in the city").await;
        }
        self.click("submit").await;
        let taken = "!['drafting', 'preparing', 'submitting'].includes(el.snapshot.state)";
        self.wait("a request that is taken", taken).await;
    }

    /// The service finishes at once, as the simulator does when it is told to.
    pub async fn hurry(&self) {
        let code = "return fetch(`${el.getAttribute('endpoint')}/_finish`, { method: 'POST' })
            .then((reply) => reply.status)";
        let status = self.run(code, Value::Null).await;
        assert_eq!(status, json!(200), "the simulator does not answer");
    }
}
