//! A visit to a host's page: what has to hold on each, whoever built or serves it.

use std::ops::Deref;

use serde_json::{Value, json};
use slidewright_e2e::project::{Copies, Process, StaticSite, downloaded, record};
use slidewright_e2e::{Log, Page};

/// The service behind the pages. It answers other origins, since a development
/// server has one of its own.
pub const SCENARIO: &str = "presenton,duration=300,cors=a";

/// A page of a host.
pub struct Visit {
    page: Page,
}

impl Visit {
    /// Visits a page that another program serves. `{service}` in the path stands for
    /// the address of the service.
    pub async fn dynamic(process: &Process, path: &str) -> Visit {
        let page = Page::blank().await;
        record(&page).await;
        Visit::go(page, process.origin(), path).await
    }

    /// Visits a page of files, likewise.
    pub async fn files(site: &StaticSite, path: &str) -> Visit {
        Visit::go(Page::blank().await, site.origin(), path).await
    }

    async fn go(page: Page, origin: &str, path: &str) -> Visit {
        let service = format!("{}/sim/{SCENARIO}", page.server.origin());
        let path = path.replace("{service}", &service);
        page.go_to(&format!("{origin}{path}")).await;
        Visit { page }
    }

    /// A visitor gets a deck, and nothing is complained about.
    pub async fn makes_a_deck(&self) {
        self.ready().await;
        self.generate("Bees in the city").await;
        self.wait_state("done").await;
        self.part("download").await;
        self.is_quiet().await;
    }

    /// Nothing was said in the console, nothing went wrong unheard, and no policy
    /// stopped anything.
    pub async fn is_quiet(&self) {
        let said = self.run("return record.console", Value::Null).await;
        assert_eq!(said, json!([]));
        assert_eq!(self.violations().await, Vec::<String>::new());
    }

    /// The wasm came by itself, and once.
    pub async fn downloads_it_once(&self) {
        let files = downloaded(&self.page).await;
        assert_eq!(files.len(), 1, "{files:?}");
    }

    /// By itself and once, or within a script.
    pub async fn downloads_it_once_at_most(&self) {
        let files = downloaded(&self.page).await;
        assert!(files.len() <= 1, "{files:?}");
    }

    /// The wasm came within a script.
    pub async fn downloads_it_inlined(&self) {
        assert_eq!(downloaded(&self.page).await, Vec::<String>::new());
    }

    /// The wasm came as the build has it.
    pub async fn downloads_as_built(&self, copies: Copies) {
        match copies {
            Copies {
                files: 1,
                inlined: 0,
            } => self.downloads_it_once().await,
            Copies {
                files: 0,
                inlined: 1,
            } => self.downloads_it_inlined().await,
            other => panic!("the build has {other:?}"),
        }
    }

    /// What the service of this visit received.
    pub async fn received(&self) -> Log {
        self.log(SCENARIO).await
    }
}

impl Deref for Visit {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}
