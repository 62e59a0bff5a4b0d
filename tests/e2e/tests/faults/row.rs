//! What every row needs: a widget for a scenario, and what is asked of both
//! afterwards.

use std::ops::Deref;

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

/// What the visitor asks for.
pub const TOPIC: &str = "Bees in the city";

/// The service by whose replies most rows are tried.
pub const ENDING: &str = "duration=300";

/// A page with one widget for a scenario, in a browser that rows share.
pub struct Row {
    page: Page,
    pub scenario: String,
}

impl Row {
    /// Opens it, and waits until the widget is ready.
    pub async fn open(scenario: &str) -> Row {
        Row::with(scenario, Sheet::new(widget(scenario, ""))).await
    }

    /// On a page whose time limits are short ([`Sheet::hurried`]).
    pub async fn hurried(scenario: &str) -> Row {
        Row::with(scenario, Sheet::new(widget(scenario, "")).hurried()).await
    }

    /// On a page of its own kind, whose first widget is for that scenario.
    pub async fn with(scenario: &str, sheet: Sheet) -> Row {
        let page = Page::reuse(sheet).await;
        page.ready().await;
        Row {
            page,
            scenario: scenario.to_owned(),
        }
    }

    /// Asks for a deck, and records from then on which notices are shown.
    pub async fn ask(&self) {
        let notice = "root.querySelector('[part~=notice]')?.textContent";
        self.trace("notice", notice).await;
        self.generate(TOPIC).await;
    }

    /// Loads the page again, and waits until the widget is ready.
    pub async fn come_again(&self) {
        self.reload().await;
        self.ready().await;
    }

    /// The service gets to the end of the last job at once.
    pub async fn finish(&self) {
        self.page.finish(&self.scenario).await;
    }

    /// Waits for a text, and holds the widget to a state then.
    pub async fn shows(&self, state: &str, text: &str) {
        self.wait_text(text).await;
        assert_eq!(self.state().await, state);
    }

    /// So many submits arrived, with so many different keys.
    pub async fn sent(&self, submits: usize, keys: usize) {
        let log = self.log(&self.scenario).await;
        let counted = (log.submits().len(), log.keys().len());
        assert_eq!(counted, (submits, keys), "{log:?}");
    }

    /// All submits that arrived were one wish's: a browser may repeat a POST by
    /// itself where a connection closes without an answer.
    pub async fn sent_one_wish(&self) {
        let log = self.log(&self.scenario).await;
        assert!(!log.submits().is_empty(), "{log:?}");
        assert_eq!(log.keys().len(), 1, "{log:?}");
    }

    /// So many decks were begun.
    pub async fn begun(&self, jobs: u64) {
        assert_eq!(self.log(&self.scenario).await.jobs(), jobs);
    }

    /// When the service was asked how the job is, in milliseconds.
    pub async fn asked_at(&self) -> Vec<u64> {
        let log = self.log(&self.scenario).await;
        let polls = log.polls();
        let at = polls.iter().map(|it| it["at_ms"].as_u64());
        at.collect::<Option<_>>().expect("times")
    }

    /// The same job comes to its end, and nobody is told of any trouble any more.
    pub async fn ends_well(&self) {
        self.wait_state("done").await;
        self.part("again").await;
        assert!(self.sees("download").await || self.sees("link").await);
        assert!(!self.sees("notice").await);
        self.is_unharmed().await;
    }

    /// The widget takes another wish, for a service without faults.
    pub async fn another_ends_well(&self) {
        let provider = self.scenario.split(',').next().unwrap_or_default();
        let sound = format!("/sim/{provider},{ENDING},run=after");
        self.run(
            "el.stopWatching(); el.reset(); el.endpoint = args",
            json!(sound),
        )
        .await;
        self.wait_state("drafting").await;
        self.generate("Wasps").await;
        self.ends_well().await;
    }

    /// No script of the page has ended in an exception.
    pub async fn is_unharmed(&self) {
        for level in ["uncaught", "unhandled"] {
            assert_eq!(self.console(level).await, Vec::<String>::new());
        }
    }

    /// A notice was shown meanwhile.
    pub async fn noticed(&self, notice: &str) {
        let notices = self.traced("notice").await;
        assert!(notices.contains(&json!(notice)), "{notices:?}");
    }

    /// No notice was shown.
    pub async fn noticed_nothing(&self) {
        self.noticed_nothing_but("").await;
    }

    /// If any notice was shown, it was this one.
    pub async fn noticed_nothing_but(&self, notice: &str) {
        let mut notices = self.traced("notice").await;
        notices.retain(|it| it.as_str().is_some_and(|it| !it.is_empty() && it != notice));
        assert_eq!(notices, Vec::<Value>::new());
    }

    /// The one error that the host was told, by its code, and what it may have
    /// cost.
    pub async fn told(&self, code: &str, charged: &str) {
        let errors = self.events("error").await;
        let told: Vec<_> = errors.iter().map(|it| &it["detail"]).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0]["code"], json!(code));
        assert_eq!(told[0]["charged"], json!(charged));
    }

    /// The host was told of no error.
    pub async fn told_nothing(&self) {
        assert_eq!(self.events("error").await, Vec::<Value>::new());
    }
}

impl Deref for Row {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}
